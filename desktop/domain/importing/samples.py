"""What the cells under a title say about the column."""

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from desktop.domain.accounts import is_digits, normal_digits
from desktop.domain.importing.damage import is_damaged
from desktop.domain.importing.table import Cell, text_of
from desktop.domain.importing.target import Kind, Lists, TargetColumn
from desktop.domain.importing.values import Reading, Unfit, convert
from desktop.domain.money import MoneyError, parse_yuan

MOST_SAMPLES = 30
_ANY_YEAR = 2026
_IDENTITY = re.compile(r"\d{6}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])\d{3}[\dXx]")  # 身份证号, GB 11643
_LONG = 10  # digits from which a number is an account or an identity rather than an amount


def fit_of(samples: Sequence[Cell], column: TargetColumn, lists: Lists) -> float:
    """Return the share of samples that could stand in the column; damaged accounts count as accounts."""
    return sum(_could_be(cell, column, lists) for cell in samples) / len(samples)


def looks_like(samples: Sequence[Cell], column: TargetColumn, lists: Lists) -> float:
    """Return the share of samples that can hardly be anything else than the column's kind."""
    if column.kind is Kind.AMOUNT:
        fits = [isinstance(cell, Decimal) and not is_damaged_or_long(cell) for cell in samples]
    elif column.kind is Kind.DATE:
        fits = [isinstance(cell, date) or (isinstance(cell, str) and _could_be(cell, column, lists) and len(cell) >= 8)
                for cell in samples]
    elif column.kind is Kind.DIGITS:
        fits = [_is_long(cell) for cell in samples]
    elif column.kind is Kind.CODE:
        fits = [isinstance(cell, str) and _could_be(cell, column, lists) for cell in samples]
    else:
        fits = [False for _ in samples]
    return sum(fits) / len(fits)


def is_damaged_or_long(cell: Decimal) -> bool:
    """Say whether a number has so many digits that it is no amount."""
    return abs(cell) >= Decimal(10) ** (_LONG + 2)


def _could_be(cell: Cell, column: TargetColumn, lists: Lists) -> bool:
    if column.kind is Kind.DIGITS:
        return is_damaged(cell) or is_digits(normal_digits(text_of(cell)))
    if column.kind is Kind.TEXT:
        return isinstance(cell, str) and not _is_amount(cell)
    if column.kind is Kind.AMOUNT:
        return isinstance(cell, Decimal) or (isinstance(cell, str) and _is_amount(cell))
    try:
        convert(cell, column, Reading(lists, _ANY_YEAR))
    except Unfit as unfit:
        return unfit.code in ("I-07", "I-09", "I-10")
    return True


def _is_amount(text: str) -> bool:
    try:
        parse_yuan(text)
    except MoneyError as error:
        return error.code == "M-03"
    return True


def _is_long(cell: Cell) -> bool:
    digits = normal_digits(text_of(cell))
    if _IDENTITY.fullmatch(digits):
        return False
    return (is_damaged(cell) and not isinstance(cell, Decimal)) or (is_digits(digits) and len(digits) >= _LONG)
