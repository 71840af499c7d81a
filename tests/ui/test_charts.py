"""Charts: the same numbers as a picture, a table and a sentence."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from desktop.ui.charts.balance import BalanceBar, BalanceChart
from desktop.ui.charts.bullet import BulletBar, BulletChart
from desktop.ui.charts.chart import Chart
from desktop.ui.charts.completion import CompletionBar, CompletionChart
from desktop.ui.charts.data_view import DataDialog
from desktop.ui.charts.history import HistoryStrip, RunBar
from desktop.ui.charts.monthly import MonthlyChart
from desktop.ui.charts.shapes import in_short

D = Decimal


def charts() -> list[Chart]:
    return [
        BulletChart([BulletBar("人员经费", D(4320000), D(3805920), D(9000))], D("0.879")),
        BalanceChart([BalanceBar("一般公共预算", D(10380000), D(3159580), D(350000))]),
        MonthlyChart([D(380000), D(410000), D(0)], D(11000000)),
        CompletionChart([CompletionBar("校舍维修", D("72.5"), D(90)), CompletionBar("草原生态", D(90), D(90))]),
        HistoryStrip([RunBar("10-26", 6), RunBar("11-20", 0, 0, True)]),
    ]


def ink(image: QImage) -> int:
    """Count the points that are not white, on a coarse grid."""
    white = QColor(Qt.GlobalColor.white)
    return sum(image.pixelColor(x, y) != white for x in range(0, image.width(), 4) for y in range(0, image.height(), 4))


@pytest.mark.parametrize("at", range(5))
def test_a_chart_is_drawn_inside_the_place_it_is_given_on_paper(qtbot, at: int) -> None:
    chart = charts()[at]
    qtbot.addWidget(chart)
    image = QImage(1200, 900, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    place = QRectF(100, 80, 900, 420)
    chart.drawing()(painter, place)
    painter.end()
    assert ink(image.copy(100, 80, 900, 420)) > 200
    for outside in ((0, 0, 1200, 78), (0, 504, 1200, 396), (0, 80, 98, 420), (1004, 80, 196, 420)):
        assert ink(image.copy(*outside)) == 0, outside


@pytest.mark.parametrize("at", range(5))
def test_the_table_of_a_chart_fills_every_column_of_every_row(qtbot, at: int) -> None:
    chart = charts()[at]
    qtbot.addWidget(chart)
    table = chart.table()
    assert table.rows
    assert all(set(row) == {column.key for column in table.columns} for row in table.rows)


def test_the_numbers_open_as_a_table_that_escape_closes(qtbot, picture: Callable[[QWidget, str], None]) -> None:
    chart = MonthlyChart([D(100), D(50)], D(300))
    qtbot.addWidget(chart)
    dialog = DataDialog("月度支出", chart)
    qtbot.addWidget(dialog)
    dialog.show()
    model = dialog.sheet.model
    texts = [model.index(1, column).data() for column in range(model.columnCount())]
    assert texts == ["2 月", "50.00", "150.00", "50.0%"]
    picture(dialog, "chart-data")
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not dialog.isVisible())


def test_months_say_their_sum_and_their_highest(qtbot) -> None:
    chart = MonthlyChart([D(100), D(200)], D(600))
    qtbot.addWidget(chart)
    assert chart.accessibleName() == "1 至 2 月共支付 300.00，占全年 50.0%；2 月最多，200.00"
    assert MonthlyChart().summary() == "今年还没有支付"
    assert not MonthlyChart([D(0)]).has_data()


def test_goals_say_which_fall_short(qtbot) -> None:
    chart = CompletionChart([CompletionBar("校舍", D("72.50"), D(90)), CompletionBar("草原", D(90), D(90))])
    qtbot.addWidget(chart)
    assert chart.summary() == "2 个项目，1 个已达到；校舍 72.5/90 分"
    assert CompletionChart().summary() == "还没有绩效目标"


@pytest.mark.parametrize(("yuan", "words"), [
    ("12345678900", "123亿"), ("120000000", "1.2亿"), ("1520000", "152万"), ("863000", "86.3万"), ("940.4", "940"),
    ("-36500", "-3.7万"),
])
def test_amounts_over_columns_are_short(yuan: str, words: str) -> None:
    assert in_short(D(yuan)) == words
