"""The left columns that stay in place, as a second view over the first."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QModelIndex, QRect
from PySide6.QtGui import QContextMenuEvent, QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QStyleOptionViewItem, QTableView, QWidget

from desktop.ui.grid.cells import CellPainter
from desktop.ui.grid.columns import ColumnSpec
from desktop.ui.grid.delegate import SheetDelegate
from desktop.ui.grid.model import SheetModel
from desktop.ui.kit.typography import px


class FrozenView(QTableView):
    """Shares model, selection and scrolling with the main view; only draws, never edits.

    Args:
        main: The view it lies over.
        count: How many columns.
        cells: Draws them.
        double_click: Called with the cell of a double click.
    """

    def __init__(self, main: QTableView, count: int, cells: CellPainter,
                 double_click: Callable[[QModelIndex], None]) -> None:
        super().__init__(main)
        self.count, self.cells = count, cells
        self._main, self._double_click = main, double_click

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_cells(self, event, self.cells)

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._main.wheelEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid():
            self._double_click(index)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self._main.contextMenuEvent(event)

    def scrollTo(self, index: QModelIndex,
                 hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible) -> None:
        """Stay: the main view leads."""

    def place(self) -> None:
        """Take the widths, height and scroll position of the main view."""
        for at in range(self.count):
            self.setColumnWidth(at, self._main.columnWidth(at))
        height = self._main.viewport().height() + self._main.horizontalHeader().height()
        self.setGeometry(0, 0, self.width_of_columns(), height)
        self.verticalScrollBar().setValue(self._main.verticalScrollBar().value())

    def width_of_columns(self) -> int:
        """Return how wide the frozen columns are together."""
        return sum(self._main.columnWidth(at) for at in range(self.count))


class MainDelegate(SheetDelegate):
    """The delegate of the main view; puts editors of frozen columns into the frozen view."""

    frozen: FrozenView | None = None

    def place_for(self, column: int, parent: QWidget) -> QWidget:
        return self.frozen.viewport() if self.frozen is not None and column < self.frozen.count else parent

    def box_for(self, index: QModelIndex, option: QStyleOptionViewItem) -> QRect:
        if self.frozen is not None and index.column() < self.frozen.count:
            return self.frozen.visualRect(index)
        return option.rect


def paint_cells(table: QTableView, event: QPaintEvent, cells: CellPainter, *, from_left: int = 0) -> None:
    """Draw what of a table has to be drawn anew.

    Args:
        from_left: Where the cells begin that nothing lies over.
    """
    model, part = table.model(), event.rect()
    part.setLeft(max(part.left(), from_left))
    if isinstance(model, SheetModel) and not part.isEmpty():
        cells.paint(QPainter(table.viewport()), part, model, table.selectionModel(),
                    (table.verticalHeader(), table.horizontalHeader()))


def share_width(columns: tuple[ColumnSpec, ...], shown: list[int], room: int,
                chosen: Mapping[str, int]) -> dict[int, int]:
    """Return the width of every shown column: its own, plus its share of the room that is left over.

    Args:
        chosen: Widths that the user gave to columns, by key; such a column takes no share.
    """
    widths = {at: chosen.get(columns[at].key, px(columns[at].width)) for at in shown}
    elastic = [at for at in shown if columns[at].stretch and columns[at].key not in chosen]
    shares = sum(columns[at].stretch for at in elastic)
    left = room - sum(widths.values())
    if left <= 0 or not shares:
        return widths
    for at in elastic:
        widths[at] += left * columns[at].stretch // shares
    last = max(elastic)
    widths[last] += room - sum(widths.values())
    return widths
