"""绩效完成率: how far each goal is, beside the mark that it must reach."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from desktop.ui.charts.chart import Chart, ChartTable, rows_of
from desktop.ui.charts.shapes import Legend, paint_legend, percent, share
from desktop.ui.grid.columns import ColumnSpec
from desktop.ui.kit.icons import qcolor
from desktop.ui.kit.paint import LEFT, RIGHT, draw_text, text_width
from desktop.ui.kit.typography import font, px

BAR, ROW, FOOT, SIDE, MOST_NAME = 14, 26, 26, 96, 168
_COLUMNS = (
    ColumnSpec("word", "项目", width=160, stretch=3),
    ColumnSpec("done", "已完成", "number", 88, places=1, zero_blank=False),
    ColumnSpec("target", "应达到", "number", 88, places=1, zero_blank=False),
    ColumnSpec("share", "完成率", width=80, align="right"),
)


@dataclass(frozen=True, slots=True)
class CompletionBar:
    """One goal: what is done and what must be reached, in the same measure (points, percent, pieces)."""
    word: str
    done: Decimal
    target: Decimal


class CompletionChart(Chart):
    """Bars against their target marks; what falls short has another colour and both numbers in words.

    Args:
        bars: The goals.
        measure: Word of the measure, "分" or "%".
    """

    def __init__(self, bars: Sequence[CompletionBar] = (), measure: str = "分", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bars: tuple[CompletionBar, ...] = ()
        self._measure = measure
        self.set_bars(bars)

    def set_bars(self, bars: Sequence[CompletionBar]) -> None:
        """Show these goals."""
        self._bars = tuple(bars)
        self.show_anew()

    def has_data(self) -> bool:
        return bool(self._bars)

    def summary(self) -> str:
        if not self._bars:
            return "还没有绩效目标"
        short = [bar for bar in self._bars if bar.done < bar.target]
        parts = [f"{bar.word} {_plain(bar.done)}/{_plain(bar.target)} {self._measure}" for bar in short]
        head = f"{len(self._bars)} 个项目，{len(self._bars) - len(short)} 个已达到"
        return "；".join([head, *parts])

    def table(self) -> ChartTable:
        values = [(bar.word, bar.done, bar.target, percent(bar.done, bar.target)) for bar in self._bars]
        return ChartTable(_COLUMNS, rows_of([column.key for column in _COLUMNS], values))

    def sizeHint(self) -> QSize:
        return QSize(420, max(1, len(self._bars)) * px(ROW) + px(FOOT) + 6)

    def minimumSizeHint(self) -> QSize:
        return QSize(300, max(1, len(self._bars)) * px(BAR + 6) + px(FOOT))

    def draw(self, painter: QPainter, field: QRect) -> None:
        names = min(px(MOST_NAME), max(text_width(font(), bar.word) for bar in self._bars) + 16, field.width() // 2)
        track = QRect(names, 0, max(40, field.width() - names - px(SIDE)), px(BAR))
        pitch = (field.height() - px(FOOT)) / len(self._bars)
        most = max(max(bar.done, bar.target) for bar in self._bars)
        for at, bar in enumerate(self._bars):
            track.moveTop(round(pitch * (at + 0.5) - track.height() / 2))
            self._paint_bar(painter, bar, track, most)
            side = QRect(track.right() + 8, track.top() - 4, field.width() - track.right() - 8, track.height() + 8)
            reached = bar.done >= bar.target
            word = f"{_plain(bar.done)}/{_plain(bar.target)} {self._measure}"
            draw_text(painter, side, word, font("body", bold=True), "text" if reached else "warn", RIGHT)
        paint_legend(painter, track.left(), field.height() - px(FOOT) // 2 + 4, (
            Legend("已完成", "s3"), Legend("未达到", "s2"), Legend("应达到", "text", "mark")))

    def _paint_bar(self, painter: QPainter, bar: CompletionBar, track: QRect, most: Decimal) -> None:
        name = QRect(0, track.top() - 5, track.left() - 8, track.height() + 10)
        draw_text(painter, name, bar.word, font(), "text", LEFT)
        painter.fillRect(track, qcolor("head"))
        done, mark = share(bar.done, most, track.width()), share(bar.target, most, track.width())
        painter.fillRect(QRect(track.left(), track.top(), done, track.height()),
                         qcolor("s3" if bar.done >= bar.target else "s2"))
        left = min(track.left() + mark, track.right()) - 1
        painter.fillRect(QRect(left, track.top() - 3, 2, track.height() + 6), qcolor("text"))


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}" if number else "0"
