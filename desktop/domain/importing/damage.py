"""Long numbers that Excel has spoiled (M17): it keeps 15 digits and fills up with zeros, for ever."""

import re
from decimal import Decimal

from desktop.domain.accounts import is_digits, luhn_ok, normal_digits
from desktop.domain.importing.table import Cell

KEPT = 15  # digits that Excel keeps of a number
_SCIENTIFIC = re.compile(r"[+-]?\d(?:[.,]\d+)?E[+-]?\d+", re.IGNORECASE)


def is_damaged(cell: Cell) -> bool:
    """Say whether a cell of an account or another long number has lost digits.

    A number is damaged when it needs an exponent or has a fraction; a text when it is written scientifically, or
    when it has more than 15 digits and only zeros after the fifteenth. A card number of 16 digits whose last digit is
    a right check digit is believed: one in ten ends in 0 by nature.
    """
    if isinstance(cell, bool) or cell is None:
        return False
    if isinstance(cell, Decimal):
        plain = cell.normalize()  # 5.0 is as whole as 5
        exponent = _exponent(plain)
        return exponent < 0 or len(plain.as_tuple().digits) + exponent > KEPT
    if not isinstance(cell, str):
        return False
    if _SCIENTIFIC.fullmatch(cell.strip().replace(" ", "")):
        return True
    digits = normal_digits(cell)
    if not is_digits(digits) or len(digits) <= KEPT:
        return False
    lost = set(digits[KEPT:]) == {"0"}
    return lost and not (len(digits) == KEPT + 1 and luhn_ok(digits))


def _exponent(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0
