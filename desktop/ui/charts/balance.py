"""可用余额: what is left of each kind of money, reserved and spent behind it."""

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
from desktop.ui.kit.paint import LEFT, RIGHT, draw_text
from desktop.ui.kit.typography import font, px

SERIES = ("s1", "s2", "s3", "s4", "s5")
BAR, ROW, FOOT = 12, 56, 28
_COLUMNS = (
    ColumnSpec("word", "资金性质", width=140, stretch=2),
    ColumnSpec("whole", "全年", "amount", 124, zero_blank=False),
    ColumnSpec("spent", "已支付", "amount", 124, zero_blank=False),
    ColumnSpec("reserved", "占用", "amount", 116, zero_blank=False),
    ColumnSpec("free", "可用", "amount", 124, zero_blank=False),
    ColumnSpec("share", "剩余", width=72, align="right"),
)


@dataclass(frozen=True, slots=True)
class BalanceBar:
    """One kind of money in yuan: the whole year's, what is free now, what is reserved."""
    word: str
    whole: Decimal
    free: Decimal
    reserved: Decimal = Decimal(0)


class BalanceChart(Chart):
    """Stacked bars, one colour for each kind of money, values printed over and under each."""

    def __init__(self, bars: Sequence[BalanceBar] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bars: tuple[BalanceBar, ...] = ()
        self.set_bars(bars)

    def set_bars(self, bars: Sequence[BalanceBar]) -> None:
        """Show these bars."""
        self._bars = tuple(bars)
        self.show_anew()

    def has_data(self) -> bool:
        return bool(self._bars)

    def table(self) -> ChartTable:
        values = [(bar.word, bar.whole, bar.whole - bar.free - bar.reserved, bar.reserved, bar.free,
                   percent(bar.free, bar.whole)) for bar in self._bars]
        return ChartTable(_COLUMNS, rows_of([column.key for column in _COLUMNS], values))

    def summary(self) -> str:
        """Return the chart in words."""
        parts = [f"{bar.word}可用 {format_number(bar.free)}，占全年 {percent(bar.free, bar.whole)}"
                 for bar in self._bars]
        return "；".join(parts) if parts else "还没有指标"

    def sizeHint(self) -> QSize:
        return QSize(320, len(self._bars) * px(ROW + 10) + px(FOOT))

    def minimumSizeHint(self) -> QSize:
        return QSize(220, len(self._bars) * px(ROW) + px(FOOT))

    def draw(self, painter: QPainter, field: QRect) -> None:
        pitch = (field.height() - px(FOOT)) / len(self._bars)
        for at, bar in enumerate(self._bars):
            self._paint_bar(painter, bar, QRect(0, round(pitch * at), field.width(), px(20)), SERIES[at % len(SERIES)])
        paint_legend(painter, 0, field.height() - px(FOOT) // 2 + 4, (
            Legend("可用", "s1"), Legend("占用", "s1", "hatch"), Legend("已支付", "head")))

    def _paint_bar(self, painter: QPainter, bar: BalanceBar, upper: QRect, token: str) -> None:
        draw_text(painter, upper, bar.word, font(), "text", LEFT)
        draw_text(painter, upper, format_number(bar.free), font("body", bold=True), "neg" if bar.free < 0 else "text",
                  RIGHT)
        track = QRect(0, upper.bottom() + 2, upper.width(), BAR)
        painter.fillRect(track, qcolor("head"))
        free = share(bar.free, bar.whole, track.width())
        held = share(bar.free + bar.reserved, bar.whole, track.width())
        if held > free:
            hatch(painter, QRect(free, track.top(), held - free, BAR), token)
        painter.fillRect(QRect(0, track.top(), free, BAR), qcolor(token))
        lower = QRect(0, track.bottom() + 2, upper.width(), px(18))
        draw_text(painter, lower, f"全年 {format_number(bar.whole)}", font("caption"), "text2", LEFT)
        draw_text(painter, lower, f"剩 {percent(bar.free, bar.whole)}", font("caption"), "text2", RIGHT)
