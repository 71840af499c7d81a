"""月度支出: a column for each month, and over them how much of the year's money has gone so far."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import accumulate

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from desktop.ui.charts.chart import Chart, ChartTable, rows_of
from desktop.ui.charts.shapes import Legend, in_short, paint_legend, percent, share
from desktop.ui.grid.columns import ColumnSpec
from desktop.ui.kit.icons import qcolor
from desktop.ui.kit.numbers import format_number
from desktop.ui.kit.paint import CENTER, draw_text, hairline, text_width
from desktop.ui.kit.typography import font, px

MONTHS, TOP, WORDS, FOOT, DOT = 12, 20, 20, 26, 3
_COLUMNS = (
    ColumnSpec("month", "月份", width=80, stretch=1),
    ColumnSpec("paid", "本月支付", "amount", 132, zero_blank=False),
    ColumnSpec("sum", "累计", "amount", 132, zero_blank=False),
    ColumnSpec("share", "占全年", width=80, align="right"),
)


class MonthlyChart(Chart):
    """Twelve columns in yuan and the cumulative line, which reaches the top when the whole budget is spent.

    Args:
        paid: Yuan paid in each month from January; at most twelve, later months are still to come.
        budget: Yuan of the whole year.
    """

    def __init__(self, paid: Sequence[Decimal] = (), budget: Decimal = Decimal(0),
                 parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._paid: tuple[Decimal, ...] = ()
        self._budget = budget
        self.set_months(paid, budget)

    def set_months(self, paid: Sequence[Decimal], budget: Decimal) -> None:
        """Show these months."""
        self._paid, self._budget = tuple(paid)[:MONTHS], budget
        self.show_anew()

    def has_data(self) -> bool:
        return any(self._paid)

    def summary(self) -> str:
        if not self.has_data():
            return "今年还没有支付"
        total = sum(self._paid, Decimal(0))
        most = max(self._paid)
        return (f"1 至 {len(self._paid)} 月共支付 {format_number(total)}，占全年 {percent(total, self._budget)}；"
                f"{self._paid.index(most) + 1} 月最多，{format_number(most)}")

    def table(self) -> ChartTable:
        sums = accumulate(self._paid)
        values = [(f"{at} 月", paid, total, percent(total, self._budget))
                  for at, (paid, total) in enumerate(zip(self._paid, sums, strict=True), start=1)]
        return ChartTable(_COLUMNS, rows_of([column.key for column in _COLUMNS], values))

    def sizeHint(self) -> QSize:
        return QSize(420, px(TOP + 110 + WORDS + FOOT))

    def minimumSizeHint(self) -> QSize:
        return QSize(300, px(TOP + 60 + WORDS + FOOT))

    def draw(self, painter: QPainter, field: QRect) -> None:
        room = QRect(0, px(TOP), field.width(), field.height() - px(TOP + WORDS + FOOT))
        hairline(painter, room, "bottom", "ctl")
        most, pitch = max(self._paid), field.width() / MONTHS
        for at in range(MONTHS):
            slot = QRect(round(pitch * at), room.top(), round(pitch), room.height())
            words = QRect(slot.left(), room.bottom() + 2, slot.width(), px(WORDS))
            draw_text(painter, words, f"{at + 1}月" if at == 0 or pitch > px(34) else str(at + 1), font("caption"),
                      "text2", CENTER)
            if at < len(self._paid):
                self._paint_column(painter, _bar(slot, self._paid[at], most), self._paid[at], slot)
        self._paint_line(painter, room, pitch)
        paint_legend(painter, 0, field.height() - px(FOOT) // 2 + 2, (
            Legend("当月支付", "s1"), Legend("累计占全年", "s2", "mark")))

    def _paint_column(self, painter: QPainter, bar: QRect, paid: Decimal, slot: QRect) -> None:
        painter.fillRect(bar, qcolor("s1"))
        word = in_short(paid)
        # Inside at the foot, where the line seldom is; over a column too low for it.
        inside = bar.height() > px(20) and text_width(font("caption"), word) <= bar.width() + 2
        top = bar.bottom() - px(18) if inside else bar.top() - px(17)
        if paid and text_width(font("caption"), word) <= slot.width() + 2:
            draw_text(painter, QRect(slot.left() - 4, top, slot.width() + 8, px(16)), word, font("caption"),
                      "white" if inside else "text", CENTER)

    def _paint_line(self, painter: QPainter, room: QRect, pitch: float) -> None:
        if self._budget <= 0:
            return
        points = [QPointF(pitch * (at + 0.5), room.bottom() - share(total, self._budget, room.height()))
                  for at, total in enumerate(accumulate(self._paid))]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(qcolor("s2"), 2))
        painter.drawPolyline(QPolygonF(points))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(qcolor("s2"))
        for point in points:
            painter.drawEllipse(point, DOT, DOT)
        painter.restore()
        word = percent(sum(self._paid, Decimal(0)), self._budget)
        last, width = points[-1], text_width(font("caption", bold=True), word) + 4
        left = min(round(last.x()) + 6, room.right() - width)
        place = QRect(left, max(0, round(last.y()) - px(18)), width, px(16))
        draw_text(painter, place, word, font("caption", bold=True), "s2")


def _bar(slot: QRect, paid: Decimal, most: Decimal) -> QRect:
    # A fifth of the height stays free for the number over the highest column.
    high, width = share(paid, most, round(slot.height() * 0.8)), max(4, round(slot.width() * 0.72))
    return QRect(slot.center().x() - width // 2, slot.bottom() - high, width, high)
