"""How the current cell moves by keys."""

from collections.abc import Sequence

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QObject

from desktop.ui.grid.base import GridBase
from desktop.ui.grid.blocks import Blocks
from desktop.ui.grid.walking import data_edge, next_down, next_editable

RIGHTWARDS, DOWNWARDS = "right", "down"


class Cursor(QObject):
    """Moves the current cell of a view.

    Attributes:
        direction: Where Enter leads, RIGHTWARDS or DOWNWARDS.
    """

    def __init__(self, view: GridBase, blocks: Blocks) -> None:
        super().__init__(view)
        self._view, self._blocks = view, blocks
        self.direction = RIGHTWARDS

    def walk(self, step: int, *, by_tab: bool) -> bool:
        """Go to the next (+1) or previous (-1) cell that can be typed into; tell whether there was one."""
        down = self.direction == DOWNWARDS and not by_tab
        at = self._view.at() if self._view.currentIndex().isValid() else (0, -1)
        found = (next_down if down else next_editable)(self._view.sheet, self._view.columns(), at, step)
        if found is not None:
            self._view.set_current(*found)
        return found is not None

    def step(self, down: int, right: int) -> None:
        """Go one cell up, down, left or right."""
        columns, (row, column) = self._view.columns(), self._view.at()
        place = columns.index(column) + right if column in columns else 0
        if 0 <= place < len(columns) and 0 <= row + down < self._view.sheet.rowCount():
            self._view.set_current(row + down, columns[place])

    def to_edge(self, down: int, right: int, *, extend: bool) -> None:
        """Go to the edge of the data, as Ctrl+arrow does; with `extend` the selection grows."""
        model, columns, (row, column) = self._view.sheet, self._view.columns(), self._view.at()
        if column not in columns:
            return
        if down:
            filled: Sequence[bool] = [bool(model.clip(at, column)) for at in range(model.rowCount())]
            row = data_edge(filled, row, down)
        else:
            filled = [bool(model.clip(row, at)) for at in columns]
            column = columns[data_edge(filled, columns.index(column), right)]
        if not extend:
            self._view.set_current(row, column)
            return
        index, chosen = model.index(row, column), self._view.selectionModel()
        chosen.select(QItemSelection(self._blocks.anchor(), index), QItemSelectionModel.SelectionFlag.ClearAndSelect)
        chosen.setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
        self._view.scrollTo(index)

    def enter_first(self) -> None:
        """Make the first cell that can be typed into the current one, if there is none yet."""
        columns = self._view.columns()
        if not self._view.currentIndex().isValid() and self._view.sheet.rowCount() and columns:
            self._view.set_current(*(next_editable(self._view.sheet, columns, (0, -1), 1) or (0, columns[0])))
