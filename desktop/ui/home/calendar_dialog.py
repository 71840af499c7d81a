"""全部日程: every coming day of the year in a table, with where it comes from."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from desktop.domain.year_calendar import Due
from desktop.texts import home as words
from desktop.texts import tr
from desktop.ui.charts.chart import ChartTable, rows_of
from desktop.ui.charts.data_view import TableRows
from desktop.ui.grid.columns import ColumnSpec
from desktop.ui.grid.model import SheetModel
from desktop.ui.grid.sheet import Sheet
from desktop.ui.kit.dialogs import Question, Verb
from desktop.ui.kit.typography import px

_COLUMNS = (
    ColumnSpec("day", tr("日期"), "date", 96),
    ColumnSpec("weekday", tr("星期"), width=56),
    ColumnSpec("title", tr("事项"), width=190, stretch=2),
    ColumnSpec("left", tr("还有"), width=112),
    ColumnSpec("source", tr("依据"), width=220, stretch=3),
)
WIDTH, MOST_ROWS = 760, 14


class CalendarDialog(Question):
    """The table over one button; Esc closes."""

    def __init__(self, due: Sequence[Due], parent: QWidget | None = None) -> None:
        body = tr("财政局调整日程后，同步一次这里就会更新。双休日不算工作日。")
        super().__init__(tr("全部日程"), body, (Verb("close", tr("关闭"), "primary"),), level="info", parent=parent)
        values = [(one.day, words.weekday(one.day), words.due_title(one), words.due_left(one), one.deadline.source)
                  for one in due]
        table = ChartTable(_COLUMNS, rows_of([column.key for column in _COLUMNS], values))
        self._model = SheetModel(_COLUMNS, TableRows(table), parent=self)
        self.sheet = Sheet(self._model)
        self.sheet.view.setAccessibleName(tr("全部日程"))
        self.sheet.setFixedHeight(px(28) + px(24) * min(max(3, len(values)), MOST_ROWS) + 14)
        self.sheet.setMinimumWidth(px(WIDTH))
        self.add_field(self.sheet)
