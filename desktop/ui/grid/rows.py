"""Which rows of a source the table shows, and the coming and going of rows; the half of the model below the cells."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Signal

from desktop.ui.grid.arrangement import Arrangement
from desktop.ui.grid.columns import SheetSource

TOP = QModelIndex()
Index = QModelIndex | QPersistentModelIndex


class RowsModel(QAbstractTableModel):
    """Rows of a source, filtered and sorted by `arrange`; one more row for a new line if the source takes new rows.

    Rows are counted as they are shown, in Qt's indexes, signals and all methods, unless a name or its description
    says source row.

    Signals:
        arrangement_lost(): The rows of the source changed under an arrangement, all are shown again as stored;
            whoever arranged them may arrange them anew.
    """

    arrangement_lost = Signal()

    def __init__(self, source: SheetSource, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.source = source
        self._arrangement, self._arranged_of = Arrangement(), 0

    def arrange(self, order: Sequence[int] | None) -> None:
        """Show these source rows in this order, None: all as stored; the row for a new line stays at the end.

        Nothing is stored, no undo step arises, drafts stay. Rows that the user adds appear at once. With the same
        number of rows selection and current cell follow their rows, else the model is reset. `reload`, and a
        `refresh` that finds other rows, give the arrangement up and tell so by `arrangement_lost`.

        Raises:
            ValueError: A row is named twice, or is none of the source's.
        """
        count = self.source.row_count()
        fresh = Arrangement()
        fresh.set(order, count)
        if self.rowCount() == fresh.shown_count(count) + bool(self.source.add_label()):
            self._sort_to(fresh)
        else:
            self.beginResetModel()
            self._arrangement = fresh
            self.forget()
            self.endResetModel()
        self._arranged_of = count

    def _sort_to(self, fresh: Arrangement) -> None:
        self.layoutAboutToBeChanged.emit()
        held = self.persistentIndexList()
        rows = [self.source_row(index.row()) for index in held]
        self._arrangement = fresh
        self.forget()
        count, moved = self.source.row_count(), []
        for index, row in zip(held, rows, strict=True):
            place = fresh.shown_row(row) if row < count else fresh.shown_count(count)
            moved.append(self.index(place, index.column()) if place >= 0 else QModelIndex())
        self.changePersistentIndexList(held, moved)
        self.layoutChanged.emit()

    def forget(self) -> None:
        """Drop what was kept of the shown rows; the model of cells overrides it."""

    def follow(self, at: int, by: int) -> None:
        """Learn that `by` source rows came at `at` (by > 0) or went; the model of cells overrides it."""
        self._arranged_of = self.source.row_count()
        self.forget()

    # -- reading

    def arrangement(self) -> Sequence[int] | None:
        """Return the source rows in the order shown, None when all are shown as stored."""
        return self._arrangement.order

    def source_row(self, row: int) -> int:
        """Return the source row behind a shown row; for the row for a new line, the number of source rows."""
        return self._arrangement.source_row(row, self.source.row_count())

    def shown_row(self, source_row: int) -> int:
        """Return where a source row is shown, -1 when it is not."""
        return self._arrangement.shown_row(source_row)

    def shown_count(self) -> int:
        """Return how many rows are shown, the row for a new line not counted."""
        return self._arrangement.shown_count(self.source.row_count())

    def rowCount(self, parent: Index = TOP) -> int:
        return 0 if parent.isValid() else self.shown_count() + bool(self.source.add_label())

    def is_add_row(self, row: int) -> bool:
        """Tell whether this is the empty row at the end, for a new line."""
        return row >= self.shown_count()

    def value(self, row: int, key: str) -> object:
        """Return what the source holds in a shown row; None in the row for a new line."""
        return None if self.is_add_row(row) else self.source.value(self.source_row(row), key)

    # -- rows that come and go, without undo steps: the undo commands call these

    def add_rows(self, at: int, count: int) -> None:
        """Insert empty source rows; they are shown, whatever the arrangement.

        At the end, the row for a new line becomes the first of them and a new such row follows: the current cell
        and an open editor stay in it.
        """
        if count:
            place = self._arrangement.place_for(at)
            first = place + (place == self.shown_count() and bool(self.source.add_label()))
            self.beginInsertRows(TOP, first, first + count - 1)
            self.source.insert_rows(at, count)
            self._arrangement.make_room(place, at, count)
            self.follow(at, count)
            self.endInsertRows()

    def drop_rows(self, at: int, count: int) -> None:
        """Remove source rows; the other way of `add_rows`."""
        if not count:
            return
        if self._arrangement.order is None:
            first = at + (bool(self.source.add_label()) and at + count == self.source.row_count())
            self.beginRemoveRows(TOP, first, first + count - 1)
            self.source.remove_rows(at, count)
            self.follow(at, -count)
            self.endRemoveRows()
            return
        for first, last in self._arrangement.runs(at, count):
            shift = bool(self.source.add_label()) and last + 1 == self.shown_count()
            self.beginRemoveRows(TOP, first + shift, last + shift)
            self._arrangement.hide(first, last)
            self.forget()
            self.endRemoveRows()
        self.source.remove_rows(at, count)
        self._arrangement.close_gap(at, count)
        self.follow(at, -count)

    # -- telling

    def refresh(self) -> None:
        """Ask the source for everything again, with the same rows; selection and drafts stay."""
        self.forget()
        if self._arrangement.order is not None and self._arranged_of != self.source.row_count():
            self.give_up()
        elif self.rowCount():
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, self.columnCount() - 1))

    def give_up(self) -> None:
        """Show all rows as stored, anew, and tell who had arranged them."""
        arranged = self._arrangement.order is not None
        self.beginResetModel()
        self.forget()
        self._arrangement = Arrangement()
        self.endResetModel()
        if arranged:
            self.arrangement_lost.emit()
