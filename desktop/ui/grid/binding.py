"""A table over one immutable document: rows lie in a tuple somewhere in it, columns are fields of a row.

No rule lives here. Converters turn a field into what a cell holds and back, and may refuse a value; what an edit gives
is a new document, handed on whole. Undo hands the old document back, so that it is the same to the last byte.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from typing import Any, Generic, TypeVar

from desktop.ui.grid.columns import TAKEN, Outcome, SheetSource

D = TypeVar("D")
R = TypeVar("R")


class NotTaken(ValueError):
    """A value that a field cannot hold; the message says why and what to do, in Chinese."""


def as_is(value: Any) -> Any:
    """Return a value unchanged."""
    return value


@dataclass(frozen=True, slots=True)
class Field:
    """A column bound to a field.

    Attributes:
        key: Of the column.
        path: Of the field within a row, "amount" or "payee.name".
        show: Turns the field into what the cell holds.
        take: Turns what a cell holds, None when it was emptied, into the field; may raise `NotTaken`.
    """
    key: str
    path: str
    show: Callable[[Any], object] = as_is
    take: Callable[[Any], object] = as_is


def look_up(whole: Any, path: str) -> Any:
    """Return what lies at a dotted path of attributes."""
    return reduce(getattr, path.split("."), whole)


def put_in(whole: Any, path: str, value: object) -> Any:
    """Return a frozen dataclass with another value at a dotted path; everything else is the same object."""
    name, _, rest = path.partition(".")
    return replace(whole, **{name: put_in(getattr(whole, name), rest, value) if rest else value})


def put_all_in(whole: Any, values: Mapping[str, object]) -> Any:
    """Return a frozen dataclass with other values at some paths, made anew once for all that lie in it directly."""
    direct = {path: value for path, value in values.items() if "." not in path}
    whole = replace(whole, **direct) if direct else whole
    for path, value in values.items():
        if "." in path:
            whole = put_in(whole, path, value)
    return whole


class DocumentSource(SheetSource, Generic[D, R]):
    """Rows of a document; inherit to add computed columns, marks, reasons and totals.

    Args:
        rows: Path of the tuple of rows in the document.
        fields: The bound columns.
        read: Returns the document as it is now.
        write: Takes the document as it is from now on.
        fresh: Makes an empty row; None where rows neither come nor go.
    """

    def __init__(self, rows: str, fields: Sequence[Field], *, read: Callable[[], D], write: Callable[[D], None],
                 fresh: Callable[[], R] | None = None) -> None:
        self._path, self._read, self._write, self._fresh = rows, read, write, fresh
        self._fields = {field.key: field for field in fields}

    def rows(self) -> tuple[R, ...]:
        """Return the rows as they are now."""
        found: tuple[R, ...] = look_up(self._read(), self._path)
        return found

    def put_rows(self, rows: Sequence[R]) -> None:
        """Hand on a document with these rows."""
        self._write(put_in(self._read(), self._path, tuple(rows)))

    def row_count(self) -> int:
        return len(self.rows())

    def value(self, row: int, key: str) -> object:
        field = self._fields.get(key)
        line = self.rows()[row]
        return field.show(look_up(line, field.path)) if field is not None else self.computed(row, line, key)

    def computed(self, row: int, line: R, key: str) -> object:
        """Return what a cell without a field shows."""
        return None

    def set_value(self, row: int, key: str, value: object) -> Outcome:
        return self.set_values([(row, key, value)])[0]

    def set_values(self, cells: Sequence[tuple[int, str, object]]) -> Sequence[Outcome]:
        changes: dict[int, dict[str, object]] = {}
        outcomes = []
        for row, key, value in cells:
            field = self._fields.get(key)
            if field is None:
                outcomes.append(Outcome(False, "这里不能修改"))
                continue
            try:
                changes.setdefault(row, {})[field.path] = field.take(value)
                outcomes.append(TAKEN)
            except NotTaken as problem:
                outcomes.append(Outcome(False, str(problem)))
        if any(changes.values()):
            rows = list(self.rows())
            for row, fields in changes.items():
                rows[row] = put_all_in(rows[row], fields)
            self.put_rows(rows)
        return outcomes

    def insert_row(self, at: int) -> None:
        self.insert_rows(at, 1)

    def insert_rows(self, at: int, count: int) -> None:
        if self._fresh is None:
            raise TypeError(f"{type(self).__name__} has a fixed set of rows")
        rows = self.rows()
        self.put_rows([*rows[:at], *(self._fresh() for _ in range(count)), *rows[at:]])

    def remove_row(self, at: int) -> None:
        self.remove_rows(at, 1)

    def remove_rows(self, at: int, count: int) -> None:
        rows = self.rows()
        self.put_rows([*rows[:at], *rows[at + count:]])

    def snapshot(self) -> object:
        return self._read()

    def restore(self, snapshot: object) -> None:
        self._write(snapshot)  # type: ignore[arg-type]  # only ever what `snapshot` of this source gave
