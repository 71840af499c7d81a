"""What blocks and the cursor need of the view: its model, its visible columns, the current cell."""

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QItemSelectionRange, QRect
from PySide6.QtWidgets import QTableView, QWidget

from desktop.ui.grid.model import SheetModel


class GridBase(QTableView):
    """A table view of a `SheetModel`, before keys and editing."""

    def __init__(self, model: SheetModel, *, lists: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sheet, self.lists = model, lists

    def columns(self) -> list[int]:
        """Return the visible columns from left to right."""
        return [at for at in range(self.sheet.columnCount()) if not self.isColumnHidden(at)]

    def at(self) -> tuple[int, int]:
        """Return row and column of the current cell, (-1, -1) when there is none."""
        index = self.currentIndex()
        return index.row(), index.column()

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
