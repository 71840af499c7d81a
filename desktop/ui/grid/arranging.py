"""Filters and the sorting of one table: keeps what the user wants to see and arranges the model by it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from PySide6.QtCore import QObject, Signal

from desktop.ui.grid.columns import ColumnSpec
from desktop.ui.grid.filtering import (
    ColumnCells,
    ColumnFilter,
    ValueCount,
    arranged,
    fits,
    read_cells,
    sort_keys,
    value_counts,
)
from desktop.ui.grid.look import shown_text
from desktop.ui.grid.model import SheetModel


@dataclass(frozen=True, slots=True)
class Shown:
    """How many rows of all are shown."""
    rows: int
    of: int

    def words(self) -> str:
        """Return "筛选 12/340 行"."""
        return f"筛选 {self.rows:,}/{self.of:,} 行"


class Arranger(QObject):
    """Filters and sorts a `SheetModel`; the stored order never changes.

    Rows that an edit makes unfit stay until the filter is applied again, as the user expects of a table; after the
    source brought other rows it is applied by itself.

    Signals:
        changed(): Other filters, another sorting, or other rows that fit.
    """

    changed = Signal()

    def __init__(self, model: SheetModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._filters: dict[str, ColumnFilter] = {}
        self._rows: Callable[[int], bool] | None = None
        self._sort: tuple[str, bool] = ("", False)
        self._cells: dict[str, ColumnCells] = {}
        self._sums: dict[str, Decimal | None] = {}
        self.sorted_by_page = self._arranging = False
        model.arrangement_lost.connect(self._lost)
        for signal in (model.dataChanged, model.rowsInserted, model.rowsRemoved, model.modelReset, model.layoutChanged,
                       model.stepped):
            signal.connect(self._forget)

    # -- what is wanted

    def filters(self) -> Mapping[str, ColumnFilter]:
        """Return the filters by column."""
        return dict(self._filters)

    def filter_of(self, key: str) -> ColumnFilter:
        """Return a column's filter; one that lets everything through when there is none."""
        return self._filters.get(key, ColumnFilter())

    def set_filter(self, key: str, wanted: ColumnFilter) -> None:
        """Filter by a column; an empty filter takes that of the column away."""
        self._filters.pop(key, None)
        if wanted:
            self._filters[key] = wanted
        self.apply()

    def show_only(self, fitting: Callable[[int], bool] | None) -> None:
        """Show only the source rows that fit a switch of the page, as 只看有数行; None: all. Makes no chip."""
        self._rows = fitting
        self.apply()

    def sorting(self) -> tuple[str, bool]:
        """Return the column by which rows are sorted, empty when by none, and whether the greatest comes first."""
        return self._sort

    def sort(self, key: str, *, descending: bool = False) -> None:
        """Sort by a column; an empty key brings the stored order back."""
        self._sort = (key, descending)
        self.apply()

    def turn(self, key: str) -> None:
        """Sort by a column, the other way round at the second call, as stored at the third."""
        if self._sort[0] != key:
            self.sort(key)
        elif not self._sort[1]:
            self.sort(key, descending=True)
        else:
            self.sort("")

    def clear(self) -> None:
        """Take all filters and the sorting away."""
        self._filters.clear()
        self._sort = ("", False)
        self.apply()

    def is_on(self) -> bool:
        """Tell whether the user filters or sorts."""
        return bool(self._filters or self._sort[0])

    def is_filtered(self) -> bool:
        """Tell whether rows may be missing from what is shown."""
        return bool(self._filters or self._rows is not None)

    def reveal(self, source_row: int) -> None:
        """Show a source row that the filter hides, in its stored place, as when a finding leads there."""
        order = self._model.arrangement()
        if order is None or source_row in order or not 0 <= source_row < self._model.source.row_count():
            return
        place = next((at for at, row in enumerate(order) if row > source_row), len(order))
        self._arrange([*order[:place], source_row, *order[place:]])
        self.changed.emit()

    # -- doing it

    def apply(self) -> None:
        """Filter and sort by what the cells hold now."""
        wanted = bool(self._filters or self._sort[0] or self._rows is not None)
        if wanted or self._model.arrangement() is not None:
            self._arrange(self._order() if wanted else None)
        self.changed.emit()

    def _arrange(self, order: Sequence[int] | None) -> None:
        """Arrange the model; what was read of its columns stays true meanwhile."""
        self._arranging = True
        self._model.arrange(order)
        self._arranging = False
        self._sums.clear()

    def _lost(self) -> None:
        self._forget()
        self.apply()

    def _order(self) -> list[int]:
        source, key = self._model.source, self._sort[0]
        count = source.row_count()
        questions = self._questions(leave_out="")
        keys = sort_keys(self._spec(key), self.cells(key)) if key else None
        return arranged(count, self._kinds(count), questions, keys, descending=self._sort[1])

    def _kinds(self, count: int) -> Sequence[str]:
        kind = self._model.source.row_kind
        return [kind(row) for row in range(count)]

    def _questions(self, leave_out: str) -> list[Callable[[int], bool]]:
        found = [fits(wanted, self.cells(key), partial(self._is_wrong, key))
                 for key, wanted in self._filters.items() if key != leave_out]
        return ([self._rows] if self._rows is not None else []) + found

    def _is_wrong(self, key: str, row: int) -> bool:
        return (row, key) in self._drafts() or self._model.source.mark(row, key).level == "error"

    def _drafts(self) -> Mapping[tuple[int, str], str]:
        return self._model.draft_texts()

    def _spec(self, key: str) -> ColumnSpec:
        return self._model.columns[self._model.column_of(key)]

    def _forget(self) -> None:
        if self._arranging:
            return
        self._cells.clear()
        self._sums.clear()

    # -- telling

    def cells(self, key: str) -> ColumnCells:
        """Return a column over all source rows; kept until the model changes."""
        found = self._cells.get(key)
        if found is None:
            found = self._cells[key] = read_cells(self._model.source, self._spec(key), self._drafts(),
                                                    shown_text)
        return found

    def values(self, key: str) -> list[ValueCount]:
        """Return the distinct values of a column with their counts, among the rows that the other filters let through.

        Rows that stand at the head of a group do not count.
        """
        count = self._model.source.row_count()
        kinds, questions = self._kinds(count), self._questions(leave_out=key)
        rows = [row for row in range(count) if kinds[row] != "group" and all(ask(row) for ask in questions)]
        return value_counts(self._spec(key), self.cells(key), rows)

    def error_count(self, key: str) -> int:
        """Return how many cells of a column have an error."""
        return sum(self._is_wrong(key, row) for row in range(self._model.source.row_count()))

    def shown(self) -> Shown:
        """Return how many rows fit, heads of groups not counted."""
        model = self._model
        count = model.source.row_count()
        kinds = self._kinds(count)
        order = model.arrangement()
        rows = count - kinds.count("group")
        if order is None:
            return Shown(rows, rows)
        return Shown(sum(kinds[row] != "group" for row in order), rows)

    def shown_sum(self, key: str) -> Decimal | None:
        """Return a column's sum over the rows that are shown; None where the column's total is no sum of its rows."""
        if key not in self._sums:
            self._sums[key] = self._sum(key)
        return self._sums[key]

    def column_sum(self, key: str) -> Decimal:
        """Return the sum of a column's numbers over the rows that are shown, heads of groups not counted."""
        values, kind = self.cells(key).values, self._model.source.row_kind
        order = self._model.arrangement()
        rows = range(len(values)) if order is None else order
        numbers = ((row, values[row]) for row in rows if kind(row) != "group")
        return sum((Decimal(value) for _, value in numbers if isinstance(value, (Decimal, int))), Decimal(0))

    def _sum(self, key: str) -> Decimal | None:
        model = self._model
        total = model.source.total(key)
        if not isinstance(total, Decimal):
            return None
        kinds, values = self._kinds(model.source.row_count()), self.cells(key).values
        order = model.arrangement()
        for counted in (("data",), ("data", "void")):
            numbers = {row: Decimal(value) for row, value in enumerate(values)
                       if kinds[row] in counted and isinstance(value, (Decimal, int))}
            if sum(numbers.values(), Decimal(0)) == total:
                return sum((numbers.get(row, Decimal(0)) for row in order if row in numbers), Decimal(0)) \
                    if order is not None else total
        return None
