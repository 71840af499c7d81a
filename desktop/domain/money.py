"""Yuan and fen: exact, never a float, never rounded behind somebody's back.

Codes of `MoneyError`:

====  ===========================================================
M-01  nothing was typed
M-02  not an amount that can be read
M-03  more than two decimals: there is nothing smaller than a fen
M-04  beyond ±999,999,999,999.99 yuan
M-05  the words are not an amount in capitals
====  ===========================================================
"""

import re
from decimal import Decimal, InvalidOperation
from typing import Annotated

Yuan = Annotated[Decimal, "yuan with exactly two decimals"]

ZERO = Decimal("0.00")
LARGEST = Decimal("999999999999.99")  # quota_and_payment rules, section 8

_FEN = Decimal("0.01")
_SCALES = {"": Decimal(1), "万": Decimal(10_000), "亿": Decimal(100_000_000)}
# Only full-width ASCII is narrowed: NFKC would also read ² as 2 and ① as 1, which nobody meant as a digit.
_NARROW = {0xFF01 + i: 0x21 + i for i in range(94)} | {0x3000: 0x20, 0xFFE5: 0xA5, 0x2212: 0x2D}
_AMOUNT = re.compile(
    r"(?P<open>\()?\s*(?P<sign1>[-+])?\s*¥?\s*(?P<sign2>[-+])?\s*"
    r"(?P<whole>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]*)(?P<part>\.[0-9]*)?"
    r"\s*(?P<scale>[万亿]?)\s*元?\s*(?P<close>\))?",
)


class MoneyError(ValueError):
    """A text or number that is no amount of yuan; ``code`` says why, ``text`` is what was given."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(code, text)
        self.code = code
        self.text = text


def yuan(value: Decimal | int | str) -> Decimal:
    """Return the value with exactly two decimals.

    Args:
        value: A number, or one as the wire writes it: ``"-1234.50"``. For what people type see `parse_yuan`.

    Raises:
        MoneyError: M-02 for no number, M-03 for a part of a fen, M-04 out of range.
    """
    try:
        exact = Decimal(value)
    except InvalidOperation:
        raise MoneyError("M-02", str(value)) from None
    if not exact.is_finite():
        raise MoneyError("M-02", str(value))
    if abs(exact) > LARGEST:
        raise MoneyError("M-04", str(value))
    cut = exact.quantize(_FEN)
    if cut != exact:
        raise MoneyError("M-03", str(value))
    return cut if cut else ZERO  # no minus zero


def to_fen(value: Decimal) -> int:
    """Return whole fen; `MoneyError` as `yuan`."""
    return int(yuan(value).scaleb(2))


def from_fen(fen: int) -> Decimal:
    """Return yuan of whole fen; `MoneyError` M-04 out of range."""
    return yuan(Decimal(fen).scaleb(-2))


def format_yuan(value: Decimal, zero: str = "0.00") -> str:
    """Return the amount as screens show it: ``1,234,567.89``, ``-1,234.00``.

    Args:
        value: Yuan with at most two decimals; of any size, since sums and differences pass the range of one amount.
        zero: What stands for nothing: ``""`` in forms, ``"0.00"`` in vouchers.

    Raises:
        MoneyError: M-03 for a part of a fen.
    """
    if value != value.quantize(_FEN):
        raise MoneyError("M-03", str(value))
    return f"{value:,.2f}" if value else zero


def parse_yuan(text: str) -> Decimal:
    """Read an amount as people type or paste it, in yuan.

    Takes ``1,234.5``, full-width characters, ``¥``, ``元``, ``(123)`` and ``-123``, ``1.2万``, ``3亿元``. Commas must
    part groups of three: ``1,50`` is more likely a slip than an amount.

    Raises:
        MoneyError: M-01 to M-04.
    """
    plain = text.translate(_NARROW).strip()
    if not plain:
        raise MoneyError("M-01", text)
    found = _AMOUNT.fullmatch(plain)
    if found is None:
        raise MoneyError("M-02", text)
    digits = found["whole"].replace(",", "") + (found["part"] or "")
    signs = (found["sign1"] or "") + (found["sign2"] or "")
    bracketed = found["open"] is not None
    if not digits.strip(".") or bracketed != (found["close"] is not None) or len(signs) + bracketed > 1:
        raise MoneyError("M-02", text)
    if len(digits) > 28:  # beyond what Decimal keeps exactly
        raise MoneyError("M-04" if len(found["whole"]) > 12 else "M-03", text)
    try:
        amount = yuan(Decimal(digits) * _SCALES[found["scale"]])
    except MoneyError as error:
        raise MoneyError(error.code, text) from None
    return -amount if amount and (bracketed or signs == "-") else amount
