"""One grid for all tables of a kind: codes, pairs, expenditure standards, asset standards."""

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.texts import tr
from desktop.ui.app.read_source import ReadSource
from desktop.ui.basics.shelves import Line, Shelf
from desktop.ui.grid.columns import ColumnSpec
from desktop.ui.grid.model import SheetModel
from desktop.ui.grid.sheet import Sheet
from desktop.ui.kit.notes import Notes


class LineSource(ReadSource):
    """Rows of a table."""

    def __init__(self) -> None:
        self.lines: Sequence[Line] = ()

    def row_count(self) -> int:
        return len(self.lines)

    def value(self, row: int, key: str) -> object:
        return self.lines[row].values.get(key)


class LineTable(QWidget):
    """The grid; `shelf` is the table that it shows now."""

    def __init__(self, kind: str, columns: Sequence[ColumnSpec], notes: Notes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shelf: Shelf | None = None
        self.source = LineSource()
        self.model = SheetModel(columns, self.source, parent=self)
        self.sheet = Sheet(self.model, lists=True)
        self.sheet.view.setAccessibleName(tr("基础资料"))
        self.sheet.keep_layout(notes, f"basics/{kind}")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.sheet)

    def show_lines(self, shelf: Shelf, fitting: Sequence[int]) -> None:
        """Show a table, and of its rows only these; the cursor stays where it was if it can."""
        at = -1
        if shelf is not self.shelf:
            self.shelf = shelf
            self.source.lines = shelf.lines
            self.sheet.view.viewing.arranger.clear()
            self.model.reload()
            self.sheet.view.setAccessibleName(shelf.name)
        else:
            at = self.sheet.view.source_at()[0]
        wanted = frozenset(fitting)
        self.sheet.show_only(None if len(fitting) == len(shelf.lines) else wanted.__contains__)
        if fitting:
            self.go_to(at if at in wanted else fitting[0])

    def go_to(self, row: int) -> None:
        """Bring the cursor to a row of the table; the keyboard stays where it is."""
        self.sheet.view.viewing.arranger.reveal(row)
        self.sheet.view.select_source(row, 0)
