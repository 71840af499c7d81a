"""Values as the readers give them, made plain cells."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from desktop.domain.importing.table import Cell, Row, is_blank
from desktop.exchange.tables.faults import TableRefused
from desktop.exchange.tables.limits import MOST_COLUMNS, MOST_ROWS

_EXACT = 16  # characters of a float that cannot have more than 15 digits: a sign or a point and the digits


def number(value: float) -> Decimal:
    """Return a number with the 15 digits that Excel keeps; 0.1+0.2 is 0.3, as the sheet shows it."""
    text = repr(value)
    if len(text) > _EXACT:
        text = f"{value:.15g}"
    return Decimal(text)


def _moment(value: datetime) -> Cell:
    return value.date() if value.time() == time() else value.isoformat(" ", "minutes")


_MAKE: dict[type, Callable[..., Cell]] = {
    float: number,
    int: Decimal,
    str: lambda value: value or None,
    bool: bool,
    datetime: _moment,
    date: lambda value: value,
    time: lambda value: value.isoformat("minutes"),
    timedelta: str,
    type(None): lambda value: None,
}


def cells(values: Iterable[object]) -> Row:
    """Return the cells of a row."""
    make = _MAKE
    return tuple([make[type(value)](value) for value in values])


def trimmed(rows: list[Row], file: str, sheet: str) -> tuple[tuple[Row, ...], int, int]:
    """Cut what is empty at the four edges, and give every row the same width.

    Returns:
        The rows, and how many rows and columns were cut at the top and at the left.

    Raises:
        TableRefused: T-TOO_MANY with the number of rows that hold something; T-BOMB for too many columns.
    """
    while rows and all(is_blank(cell) for cell in rows[-1]):
        rows.pop()
    top = next((at for at, row in enumerate(rows) if any(not is_blank(cell) for cell in row)), 0)
    if len(rows) - top > MOST_ROWS:
        full = sum(any(not is_blank(cell) for cell in row) for row in rows)
        if full > MOST_ROWS:
            raise TableRefused("T-TOO_MANY", file=file, sheet=sheet, rows=f"{full:,}", limit=f"{MOST_ROWS:,}")
    right = max((_last(row) for row in rows), default=0)
    left = min((_first(row, right) for row in rows), default=0)
    if right - left > MOST_COLUMNS:
        raise TableRefused("T-BOMB", file=file, what="列数", limit=f"{MOST_COLUMNS} 列")
    if all(len(row) == right for row in rows) and not left:
        return tuple(rows[top:]), top, 0
    return tuple(_cut(row, left, right) for row in rows[top:]), top, left


def _cut(row: Sequence[Cell], left: int, right: int) -> Row:
    return (*row[left:right], *(None,) * (right - max(len(row), left)))


def _last(row: Row) -> int:
    at = len(row)
    while at and is_blank(row[at - 1]):
        at -= 1
    return at


def _first(row: Row, most: int) -> int:
    return next((at for at, cell in enumerate(row) if not is_blank(cell)), most)
