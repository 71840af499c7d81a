"""执行进度: how much of each budget is spent and reserved, beside how much of the year has gone."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from desktop.ui.charts.chart import Chart, ChartTable, rows_of
from desktop.ui.charts.shapes import Legend, hatch, paint_legend, percent, share
from desktop.ui.grid.columns import ColumnSpec
from desktop.ui.kit.icons import qcolor
from desktop.ui.kit.numbers import format_number
from desktop.ui.kit.paint import LEFT, RIGHT, draw_text, text_width
from desktop.ui.kit.typography import font, px

BAR, FOOT, TOP, SIDE = 18, 28, 10, 56
_COLUMNS = (
    ColumnSpec("word", "类别", width=120, stretch=2),
    ColumnSpec("budget", "全年", "amount", 124, zero_blank=False),
    ColumnSpec("spent", "已支付", "amount", 124, zero_blank=False),
    ColumnSpec("reserved", "占用", "amount", 116, zero_blank=False),
    ColumnSpec("left", "可用", "amount", 124, zero_blank=False),
    ColumnSpec("share", "执行率", width=72, align="right"),
)


@dataclass(frozen=True, slots=True)
class BulletBar:
    """One bar in yuan: what was budgeted, spent and reserved."""
    word: str
    budget: Decimal
    spent: Decimal
    reserved: Decimal = Decimal(0)


class BulletChart(Chart):
    """Bars with the amount inside, reserved hatched behind, one upright line for the time gone.

    Args:
        time: Share of the year that has gone, 0 to 1.
    """

    def __init__(self, bars: Sequence[BulletBar] = (), time: Decimal = Decimal(0),
                 parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bars: tuple[BulletBar, ...] = ()
        self._time = time
        self.set_bars(bars, time)

    def set_bars(self, bars: Sequence[BulletBar], time: Decimal) -> None:
        """Show these bars."""
        self._bars, self._time = tuple(bars), time
        self.show_anew()

    def has_data(self) -> bool:
        return bool(self._bars)

    def table(self) -> ChartTable:
        values = [(bar.word, bar.budget, bar.spent, bar.reserved, bar.budget - bar.spent - bar.reserved,
                   percent(bar.spent, bar.budget)) for bar in self._bars]
        return ChartTable(_COLUMNS, rows_of([column.key for column in _COLUMNS], values))

    def summary(self) -> str:
        """Return the chart in words."""
        parts = [f"{bar.word}已支付 {format_number(bar.spent)}，占 {percent(bar.spent, bar.budget)}"
                 for bar in self._bars]
        return "；".join([*parts, f"时间进度 {self._time * 100:.1f}%"]) if parts else "还没有预算"

    def sizeHint(self) -> QSize:
        return QSize(360, TOP + len(self._bars) * px(40) + px(FOOT))

    def minimumSizeHint(self) -> QSize:
        return QSize(240, TOP + len(self._bars) * px(BAR + 8) + px(FOOT))

    def draw(self, painter: QPainter, field: QRect) -> None:
        names = max(text_width(font(), bar.word) for bar in self._bars) + 20
        track = QRect(names, 0, max(40, field.width() - names - px(SIDE)), px(BAR))
        room = field.height() - px(FOOT) - TOP
        pitch = room / len(self._bars)
        for at, bar in enumerate(self._bars):
            track.moveTop(round(TOP + pitch * (at + 0.5) - track.height() / 2))
            self._paint_bar(painter, bar, track, field.width())
        mark = track.left() + share(self._time, Decimal(1), track.width())
        painter.fillRect(mark - 1, 0, 2, TOP + room, qcolor("text"))
        paint_legend(painter, track.left(), field.height() - px(FOOT) // 2 + 4, (
            Legend("已支付", "s1"), Legend("占用", "s1", "hatch"),
            Legend(f"时间 {self._time * 100:.1f}%", "text", "mark")))

    def _paint_bar(self, painter: QPainter, bar: BulletBar, track: QRect, width: int) -> None:
        draw_text(painter, QRect(0, track.top() - 4, track.left() - 8, track.height() + 8), bar.word, font(), "text")
        painter.fillRect(track, qcolor("head"))
        spent = share(bar.spent, bar.budget, track.width())
        held = share(bar.spent + bar.reserved, bar.budget, track.width())
        if held > spent:
            hatch(painter, QRect(track.left() + spent, track.top(), held - spent, track.height()), "s1")
        painter.fillRect(QRect(track.left(), track.top(), spent, track.height()), qcolor("s1"))
        amount = format_number(bar.spent)
        needed = text_width(font("caption"), amount)
        inside = needed + 14 <= spent
        left = track.left() + 8 if inside else track.left() + held + 6
        draw_text(painter, QRect(left, track.top(), needed + 2, track.height()), amount, font("caption"),
                  "white" if inside else "text2", LEFT)
        side = QRect(track.right(), track.top() - 4, width - track.right(), track.height() + 8)
        draw_text(painter, side, percent(bar.spent, bar.budget), font("body", bold=True), "text", RIGHT)
