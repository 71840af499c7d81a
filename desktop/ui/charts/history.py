"""同步 history: one column a run, what arrived, what came back, which runs were stopped."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.ui.charts.chart import Chart, ChartTable, rows_of
from desktop.ui.charts.shapes import Legend, hatch, paint_legend
from desktop.ui.grid.columns import ColumnSpec
from desktop.ui.kit.icons import qcolor
from desktop.ui.kit.paint import LEFT, RIGHT, draw_text, hairline
from desktop.ui.kit.typography import font, px

COLUMNS, TOP, DATES, FOOT, STOPPED = 20, 8, 22, 24, 20
_COLUMNS = (
    ColumnSpec("day", "日期", width=96, stretch=1),
    ColumnSpec("delivered", "送达（张）", "number", 88, places=0, zero_blank=False),
    ColumnSpec("returned", "退回（张）", "number", 88, places=0, zero_blank=False),
    ColumnSpec("stopped", "已停止", "check", 72),
)


@dataclass(frozen=True, slots=True)
class RunBar:
    """One run: its day as shown, documents that arrived and that came back, and whether it was stopped."""
    day: str
    delivered: int
    returned: int = 0
    stopped: bool = False


class HistoryStrip(Chart):
    """The last twenty runs, oldest at the left."""

    def __init__(self, runs: Sequence[RunBar] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runs: tuple[RunBar, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_runs(runs)

    def set_runs(self, runs: Sequence[RunBar]) -> None:
        """Show the last twenty of these runs."""
        self._runs = tuple(runs)[-COLUMNS:]
        self.show_anew()

    def has_data(self) -> bool:
        return True  # without a run the empty field and its legend say what will stand here

    def table(self) -> ChartTable:
        values = [(run.day, run.delivered, run.returned, run.stopped) for run in self._runs]
        return ChartTable(_COLUMNS, rows_of([column.key for column in _COLUMNS], values))

    def summary(self) -> str:
        """Return the chart in words."""
        if not self._runs:
            return "还没有同步过"
        delivered, returned = sum(run.delivered for run in self._runs), sum(run.returned for run in self._runs)
        stopped = sum(run.stopped for run in self._runs)
        return (f"最近 {len(self._runs)} 次同步：{self._runs[0].day} 至 {self._runs[-1].day}，"
                f"送达 {delivered} 张，退回 {returned} 张，停止 {stopped} 次")

    def sizeHint(self) -> QSize:
        return QSize(354, TOP + px(80) + px(DATES) + px(FOOT))

    def minimumSizeHint(self) -> QSize:
        return QSize(200, TOP + px(56) + px(DATES) + px(FOOT))

    def draw(self, painter: QPainter, field: QRect) -> None:
        whole = field
        field = QRect(0, TOP, whole.width(), whole.height() - TOP - px(DATES) - px(FOOT))
        for part in (0.0, 0.5):
            painter.fillRect(0, field.top() + round(field.height() * part), field.width(), 1, qcolor("line"))
        hairline(painter, field, "bottom", "ctl")
        if self._runs:
            self._paint_runs(painter, field)
            used = max(px(96), round(field.width() / COLUMNS * len(self._runs)))
            dates = QRect(0, field.bottom() + 2, min(used, whole.width()), px(DATES))
            draw_text(painter, dates, self._runs[0].day, font("caption"), "text2", LEFT)
            if len(self._runs) > 1:
                draw_text(painter, dates, self._runs[-1].day, font("caption"), "text2", RIGHT)
        paint_legend(painter, 0, whole.height() - px(FOOT) // 2,
                     (Legend("送达（张）", "s1"), Legend("退回", "err"), Legend("已停止", "ctl", "hatch")))

    def _paint_runs(self, painter: QPainter, field: QRect) -> None:
        most = max(1, *(run.delivered + run.returned for run in self._runs))
        pitch = field.width() / COLUMNS
        for at, run in enumerate(self._runs):
            left, width = round(pitch * at) + 3, max(4, round(pitch * 0.62))
            blue = round((field.height() - 1) * run.delivered / most)
            red = round((field.height() - 1) * run.returned / most)
            bottom = field.bottom()
            if run.stopped and blue + red < STOPPED:
                hatch(painter, QRect(left, bottom - STOPPED, width, STOPPED), "ctl")
            painter.fillRect(left, bottom - blue, width, blue, qcolor("s1"))
            painter.fillRect(left, bottom - blue - red, width, red, qcolor("err"))
