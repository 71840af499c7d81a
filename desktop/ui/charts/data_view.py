"""看数据: the numbers behind a chart as a table, to be read, summed and copied."""

from collections.abc import Mapping
from decimal import Decimal

from PySide6.QtWidgets import QWidget

from desktop.texts import tr
from desktop.ui.charts.chart import Chart, ChartTable
from desktop.ui.grid.columns import SheetSource
from desktop.ui.grid.model import SheetModel
from desktop.ui.grid.sheet import Sheet
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.dialogs import Question, Verb
from desktop.ui.kit.typography import px

MOST_ROWS, WIDTH = 12, 680


class TableRows(SheetSource):
    """Rows of a chart's table."""

    def __init__(self, table: ChartTable) -> None:
        self._table = table

    def row_count(self) -> int:
        return len(self._table.rows)

    def value(self, row: int, key: str) -> object:
        found = self._table.rows[row][key]
        return Decimal(found) if isinstance(found, int) and not isinstance(found, bool) else found

    def read_only_reason(self, row: int, key: str) -> str:
        return tr("图表的数据由单据算出，不能在这里修改")

    def rows(self) -> tuple[Mapping[str, object], ...]:
        """Return the rows as the chart gave them."""
        return self._table.rows


class DataDialog(Question):
    """The table over one button; Esc closes.

    Attributes:
        sheet: The table.
    """

    def __init__(self, title: str, chart: Chart, parent: QWidget | None = None) -> None:
        super().__init__(title, chart.summary(), (Verb("close", tr("关闭"), "primary"),), level="info", parent=parent)
        table = chart.table()
        self._model = SheetModel(table.columns, TableRows(table), parent=self)
        self.sheet = Sheet(self._model)
        self.sheet.view.setAccessibleName(title)
        rows = min(max(3, len(table.rows)), MOST_ROWS)
        self.sheet.setFixedHeight(px(28) + px(24) * rows + 14)
        self.sheet.setMinimumWidth(px(WIDTH))
        self.add_field(self.sheet)


def data_button(title: str, chart: Chart) -> Button:
    """Return the link beside a chart's title that opens its numbers."""
    button = Button(tr("看数据"), "link")
    button.setAccessibleName(tr("{title}：看数据", title=title))

    def show() -> None:
        dialog = DataDialog(title, chart, button.window())
        dialog.exec()
        dialog.deleteLater()

    button.clicked.connect(show)
    return button
