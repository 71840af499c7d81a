"""A table as it came from a file or the clipboard: plain cells, nothing interpreted."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

Cell = str | Decimal | date | bool | None
Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet, cut to the area that holds something.

    Numbers have at most the 15 digits that Excel keeps; one with more was rounded by Excel and has an exponent
    above zero. The value of merged cells stands in the upper left one alone.

    Attributes:
        name: Of the sheet, or of the source.
        rows: All of one width; the first is row ``first_row`` of the sheet.
        first_row: Number of the first row as the sheet counts, from 1.
        first_column: Number of the first column, from 1.
        hidden: The sheet is hidden in its file.
        marker: Key of the import target when it is one of our own templates, else empty.
        merged: Merged areas as (top, left, bottom, right), counted in ``rows`` from 0, both ends inside.
    """

    name: str
    rows: tuple[Row, ...]
    first_row: int = 1
    first_column: int = 1
    hidden: bool = False
    marker: str = ""
    merged: tuple[tuple[int, int, int, int], ...] = ()

    @property
    def width(self) -> int:
        """How many columns there are."""
        return len(self.rows[0]) if self.rows else 0

    def row_number(self, at: int) -> int:
        """Return the number that the sheet gives to a row."""
        return self.first_row + at

    def column_name(self, at: int) -> str:
        """Return the letters that the sheet gives to a column: A, B … Z, AA."""
        number, letters = self.first_column + at, ""
        while number:
            number, rest = divmod(number - 1, 26)
            letters = chr(ord("A") + rest) + letters
        return letters


def text_of(cell: Cell) -> str:
    """Return a cell as people read it: numbers plain without an exponent, dates as 2026-11-20, 是 and 否."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, Decimal):
        plain = f"{cell:f}"
        return plain.rstrip("0").rstrip(".") if "." in plain else plain
    return cell.isoformat()


def is_blank(cell: Cell) -> bool:
    """Say whether a cell holds nothing that can be seen."""
    return cell is None or (isinstance(cell, str) and not cell.strip())
