"""One cell made a value of its column, by the same reading of amounts, dates and codes as the grid's.

Codes of a `Flaw`:

====  ======================================================================
I-01  nothing in a required column
I-02  not an amount                     I-03  part of a fen (rounded)
I-04  an amount out of range            I-05  not above zero, or below it
I-06  not a date                        I-07  not in the year (year)
I-08  not in the list                   I-09  several entries fit (choices)
I-10  a sum, not a leaf                 I-11  a long number spoiled by Excel
I-12  not a number of digits            I-13  longer than allowed (most)
I-14  an error value of Excel           I-15  neither 是 nor 否
I-16  the same thing as another row     I-17  what the target itself objects
I-18  ended, something is in its place  I-19  ended, nobody knows what is
====  ======================================================================
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from desktop.domain.accounts import is_digits, normal_digits
from desktop.domain.dates import NotADate, from_serial, parse_date
from desktop.domain.importing.damage import is_damaged
from desktop.domain.importing.table import Cell, is_blank, text_of
from desktop.domain.importing.target import Kind, Lists, TargetColumn, squeezed
from desktop.domain.money import MoneyError, parse_yuan

Value = str | Decimal | date | bool | None
_FEN = Decimal("0.01")
_ERRORS = ("#ref!", "#n/a", "#value!", "#div/0!", "#name?", "#num!", "#null!", "#getting_data")
_YES = ("是", "y", "yes", "1", "√", "✓", "true", "有", "对")
_NO = ("否", "n", "no", "0", "×", "false", "无", "不", "-")
_NOTHING = ("-", "—", "——", "/", "\\", "无")  # how people fill a cell that has nothing


@dataclass(frozen=True, slots=True)
class Flaw:
    """What is wrong with a cell.

    Attributes:
        key: Of the column.
        facts: What the shown text needs, already formatted.
    """

    code: str
    key: str
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reading:
    """What the reading of cells needs to know.

    Attributes:
        year, month: Fill in short dates; dates must lie in the year.
        round_fen: Amounts with parts of a fen are rounded half up, because the user said so.
        factor: Amounts are multiplied by it: 10,000 for a sheet in 万元.
    """

    lists: Lists
    year: int
    month: int = 1
    round_fen: bool = False
    factor: Decimal = Decimal(1)


class Unfit(Exception):
    """A cell does not fit; carries code and facts of a `Flaw`."""

    def __init__(self, code: str, **facts: str) -> None:
        super().__init__(code)
        self.code, self.facts = code, facts


def convert(cell: Cell, column: TargetColumn, reading: Reading, *, typed: bool = False) -> Value:
    """Return the value of a cell; None when there is nothing in it.

    Args:
        typed: The cell was typed into the preview: a long number is believed.

    Raises:
        Unfit: It does not fit its column.
    """
    if is_blank(cell) or (column.kind is not Kind.TEXT and isinstance(cell, str) and cell.strip() in _NOTHING):
        if column.required:
            raise Unfit("I-01")
        return None
    if isinstance(cell, str) and cell.strip().lower() in _ERRORS:
        raise Unfit("I-14", text=cell.strip())
    if column.kind is Kind.AMOUNT:
        return _amount(cell, column, reading)
    if column.kind is Kind.DATE:
        return _day(cell, reading)
    if column.kind is Kind.DIGITS:
        return _digits(cell, column, typed=typed)
    if column.kind is Kind.CODE:
        return _code(cell, column, reading.lists)
    if column.kind is Kind.YES:
        return _yes(cell)
    text = text_of(cell).strip()
    if column.longest and len(text) > column.longest:
        raise Unfit("I-13", most=str(column.longest), length=str(len(text)))
    return text


def _amount(cell: Cell, column: TargetColumn, reading: Reading) -> Decimal:
    if isinstance(cell, (date, bool)):
        raise Unfit("I-02", text=text_of(cell))
    try:
        number = cell if isinstance(cell, Decimal) else _typed_amount(str(cell))
    except MoneyError as error:
        raise Unfit("I-04" if error.code == "M-04" else "I-02", text=text_of(cell)) from None
    number *= reading.factor
    if abs(number) >= Decimal(10) ** 12:
        raise Unfit("I-04", text=text_of(cell))
    cut = number.quantize(_FEN, ROUND_HALF_UP)
    if cut != number and not reading.round_fen:
        raise Unfit("I-03", text=text_of(cell), rounded=f"{cut:,.2f}")
    if cut < 0 or (column.above_zero and not cut):
        raise Unfit("I-05", text=text_of(cell))
    return cut if cut else Decimal("0.00")


def _typed_amount(text: str) -> Decimal:
    try:
        return parse_yuan(text)
    except MoneyError as error:
        if error.code != "M-03":
            raise
        plain = text.strip().replace(",", "").removesuffix("元")
        if not plain.lstrip("+-").replace(".", "", 1).isdecimal() or not plain.isascii():
            raise
        return Decimal(plain)  # more decimals than fen: `_amount` says so, with what it would be rounded to


def _day(cell: Cell, reading: Reading) -> date:
    found: date | None = None
    if isinstance(cell, date):
        found = cell
    elif isinstance(cell, Decimal) and cell == cell.to_integral_value():
        found = from_serial(int(cell))
    if found is None:
        try:
            found = parse_date(squeezed(text_of(cell)) if isinstance(cell, Decimal) else text_of(cell), reading.year,
                               reading.month)
        except NotADate:
            found = None
    if found is None and isinstance(cell, str) and is_digits(cell.strip()):
        found = from_serial(int(cell.strip()[:6]))
    if found is None:
        raise Unfit("I-06", text=text_of(cell), year=str(reading.year))
    if found.year != reading.year:
        raise Unfit("I-07", text=found.isoformat(), year=str(reading.year))
    return found


def _digits(cell: Cell, column: TargetColumn, *, typed: bool) -> str:
    if not typed and is_damaged(cell):
        raise Unfit("I-11", text=text_of(cell))
    digits = normal_digits(text_of(cell))
    if not is_digits(digits):
        raise Unfit("I-12", text=text_of(cell))
    if column.longest and len(digits) > column.longest:
        raise Unfit("I-13", most=str(column.longest), length=str(len(digits)))
    return digits


def _code(cell: Cell, column: TargetColumn, lists: Lists) -> str:
    text = text_of(cell).strip()
    found = lists[column.list_name].find(text)
    if not found:
        gone = lists[column.list_name].find_ended(text)
        if gone is not None and gone.instead:
            raise Unfit("I-18", text=text, last=gone.last, instead=gone.instead)
        if gone is not None:
            raise Unfit("I-19", text=text, last=gone.last)
        raise Unfit("I-08", text=text)
    if len(found) > 1:
        names = "、".join(item.name for item in found[:3])
        raise Unfit("I-09", text=text, count=str(len(found)), choices=names)
    if not found[0].leaf:
        raise Unfit("I-10", text=text)
    return found[0].code


def _yes(cell: Cell) -> bool:
    word = squeezed(text_of(cell))
    if word in _YES or word in _NO:
        return word in _YES
    raise Unfit("I-15", text=text_of(cell))
