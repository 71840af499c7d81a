"""Where the current cell goes: to the next cell that can be typed into, to the edge of a block of data."""

from collections.abc import Sequence

from desktop.ui.grid.model import SheetModel

Cell = tuple[int, int]


def next_editable(model: SheetModel, columns: Sequence[int], at: Cell, step: int) -> Cell | None:
    """Return the next (+1) or previous (-1) editable cell in reading order; None at the end.

    Args:
        columns: Visible columns from left to right.
    """
    row, rows = at[0], model.rowCount()
    place = columns.index(at[1]) if at[1] in columns else -1
    while 0 <= row < rows:
        place += step
        while 0 <= place < len(columns):
            if model.editable(row, columns[place]):
                return row, columns[place]
            place += step
        row += step
        place = -1 if step > 0 else len(columns)
    return None


def next_down(model: SheetModel, columns: Sequence[int], at: Cell, step: int) -> Cell | None:
    """Return the next editable cell below (+1) or above (-1); at the end of a column, that of the next column."""
    row, rows = at[0] + step, model.rowCount()
    while 0 <= row < rows:
        if model.editable(row, at[1]):
            return row, at[1]
        row += step
    place = columns.index(at[1]) + step if at[1] in columns else -1
    while 0 <= place < len(columns):
        span = range(rows) if step > 0 else range(rows - 1, -1, -1)
        for row in span:
            if not model.is_add_row(row) and model.editable(row, columns[place]):
                return row, columns[place]
        place += step
    return None


def data_edge(filled: Sequence[bool], at: int, step: int) -> int:
    """Return where Ctrl+arrow leads along a line of cells, as Excel does.

    From a filled cell with a filled neighbour: the last filled one before a gap. Else: the next filled cell, or
    the end of the line.
    """
    last = len(filled) - 1 if step > 0 else 0
    if at == last:
        return at
    inside = filled[at] and filled[at + step]
    at += step
    while at != last:
        if inside and not filled[at + step]:
            return at
        if not inside and filled[at]:
            return at
        at += step
    return at
