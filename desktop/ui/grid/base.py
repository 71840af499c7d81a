"""What blocks and the cursor need of the view: its model, its visible columns, the current cell."""

from collections.abc import Mapping

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QItemSelectionRange, QRect
from PySide6.QtWidgets import QTableView, QWidget

from desktop.ui.grid.model import SheetModel
from desktop.ui.grid.statistics import Statistics, statistics

MOST_COUNTED = 30_000


class GridBase(QTableView):
    """A table view of a `SheetModel`, before keys and editing."""

    def __init__(self, model: SheetModel, *, lists: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sheet, self.lists = model, lists
        self.hidden_keys: frozenset[str] = frozenset()     # columns that the user has hidden
        self._widths: dict[str, int] = {}

    def columns(self) -> list[int]:
        """Return the visible columns from left to right."""
        return [at for at in range(self.sheet.columnCount()) if not self.isColumnHidden(at)]

    def at(self) -> tuple[int, int]:
        """Return row and column of the current cell, (-1, -1) when there is none."""
        index = self.currentIndex()
        return index.row(), index.column()

    def source_at(self) -> tuple[int, int]:
        """Return source row and column of the current cell, (-1, -1) when there is none; for pages."""
        row, column = self.at()
        return (self.sheet.source_row(row), column) if row >= 0 else (-1, -1)

    def selected_source_rows(self) -> list[int]:
        """Return the source rows of the selection, that of the current cell when nothing is selected; for pages."""
        rows = {row for part in self.ranges() for row in range(part.top(), part.bottom() + 1)} or {self.at()[0]}
        return sorted(self.sheet.source_row(row) for row in rows if row >= 0)

    def select_source(self, source_row: int, column: int) -> None:
        """Make the cell of a source row the current one, if it is shown; for pages, after they read anew.

        A row behind the last one is the row for a new line, where there is one.
        """
        beyond = source_row >= self.sheet.source.row_count()
        index = self.sheet.index(self.sheet.rowCount() - 1 if beyond else self.sheet.shown_row(source_row), column)
        if index.isValid():
            self.setCurrentIndex(index)

    def current_place(self) -> tuple[int, str]:
        """Return source row and key of the current cell, (-1, "") when there is none."""
        row, column = self.source_at()
        return (row, self.sheet.columns[column].key) if row >= 0 else (-1, "")

    def set_current_place(self, source_row: int, key: str) -> None:
        """Make a cell current again, after the columns changed places."""
        if source_row >= 0:
            self.select_source(source_row, self.sheet.column_of(key))

    def fit_columns(self) -> None:
        """Give columns their widths; the view overrides it."""

    def widths(self) -> dict[str, int]:
        """Return the widths that the user gave to columns, by key, to be remembered."""
        return dict(self._widths)

    def set_widths(self, widths: Mapping[str, int]) -> None:
        """Give columns the widths that the user chose before; none: 恢复默认."""
        self._widths = {spec.key: widths[spec.key] for spec in self.sheet.columns if spec.key in widths}
        self.fit_columns()

    def set_current(self, row: int, column: int) -> None:
        """Make a cell the current and the only selected one, and scroll to it.

        Said outright to the selection: a modifier that is still held, as after a shortcut, must not keep the old one.
        """
        index = self.sheet.index(row, column)
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.scrollTo(index)

    def cell_box(self, row: int, column: int) -> QRect:
        """Return where a cell lies in the viewport; a view with frozen columns overrides it for these."""
        return self.visualRect(self.sheet.index(row, column))

    def select_box(self, top: int, left: int, bottom: int, right: int) -> None:
        """Select a rectangle of cells; the current cell stays."""
        box = QItemSelection(self.sheet.index(top, left), self.sheet.index(bottom, right))
        self.selectionModel().select(box, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def ranges(self) -> list[QItemSelectionRange]:
        """Return the rectangles that the selection is made of."""
        chosen = self.selectionModel().selection()
        return [chosen.at(place) for place in range(chosen.size())]

    def statistics(self) -> Statistics:
        """Return sum, mean, count, least and greatest of the selected cells; empty beyond 30,000 cells."""
        ranges = self.ranges()
        if sum(part.width() * part.height() for part in ranges) > MOST_COUNTED:
            return Statistics()
        shown = set(self.columns())
        return statistics(self.sheet.number(row, column) for part in ranges
                          for column in range(part.left(), part.right() + 1) if column in shown
                          for row in range(part.top(), part.bottom() + 1))
