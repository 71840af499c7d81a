"""The documents of a run that came back, each with its reason; Enter opens one."""

from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.texts import tr
from desktop.ui.app.read_source import ReadSource
from desktop.ui.app.rows import full_name
from desktop.ui.grid.columns import ColumnSpec, Rich
from desktop.ui.grid.model import SheetModel
from desktop.ui.grid.sheet import Sheet
from desktop.ui.kit import tokens
from desktop.ui.kit.panels import SectionTitle
from desktop.ui.kit.typography import px
from desktop.usecases.ports import DocumentRow

MOST_SHOWN = 4

_COLUMNS = (
    ColumnSpec("name", tr("退回的单据"), "rich", 220, stretch=4),
    ColumnSpec("amount", tr("金额（元）"), "amount", 116, zero_blank=False),
    ColumnSpec("reason", tr("退回意见"), "rich", 200, stretch=6),
)


class _Source(ReadSource):
    def __init__(self) -> None:
        self.rows: tuple[DocumentRow, ...] = ()

    def row_count(self) -> int:
        return len(self.rows)

    def value(self, row: int, key: str) -> Rich | Decimal:
        one = self.rows[row]
        if key == "amount":
            return one.amount
        return Rich(full_name(one), icon="return", tone="err") if key == "name" else Rich(one.comment)


class ReturnedList(QWidget):
    """A short list.

    Signals:
        chosen(object): The `DocumentRow` to be corrected.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source = _Source()
        self.model = SheetModel(_COLUMNS, self._source)
        self.sheet = Sheet(self.model, lists=True)
        self.sheet.view.opened.connect(lambda row: self.chosen.emit(self._source.rows[row]))
        self._title = SectionTitle(tr("退回的单据"), tr("回车打开，更正后重报"))
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 4, 16, 12)
        column.setSpacing(6)
        column.addWidget(self._title)
        column.addWidget(self.sheet)
        self.hide()

    def show_rows(self, rows: Sequence[DocumentRow]) -> None:
        """Show these documents; hidden when there are none."""
        if tuple(rows) != self._source.rows:
            self._source.rows = tuple(rows)
            self.model.reload()
        self.setVisible(bool(rows))
        shown = min(max(1, len(rows)), MOST_SHOWN)
        self.sheet.setFixedHeight(px(tokens.HEAD_ROW) + shown * px(tokens.ROW) + 2)
