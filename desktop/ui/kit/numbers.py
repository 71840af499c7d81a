"""Numbers as accountants type them, and as the program shows them; never a float, never `eval`."""

import re
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal

from desktop.domain.expression import NARROW, ExpressionError, Flaw, parse

_GROUPED = re.compile(r"[0-9]{1,3}(,[0-9]{3})+(\.[0-9]*)?|[0-9]+(\.[0-9]*)?|\.[0-9]+")
_UNITS = {"万": Decimal(10_000), "亿": Decimal(100_000_000)}
_LONGEST = 200
_LARGEST = Decimal("999999999999999")


class NotANumber(ValueError):
    """What was typed cannot be read as a number; the message says why, in Chinese."""


def parse_number(typed: str, places: int = 2, names: Mapping[str, Decimal] | None = None) -> Decimal | None:
    """Read a number as typed or pasted.

    Accepts grouping commas, full-width digits, ¥ and 元, (123) and -123 as negative, 1.2万, and after "=" an
    expression of + - * / ( ) % whose result is rounded half up.

    Args:
        places: Decimals that the number may have; an expression is rounded to them.
        names: Numbers that an expression may name; None where names mean nothing.

    Returns:
        The number with exactly `places` decimals, or None for an empty text.

    Raises:
        NotANumber: It is no number, has too many decimals or is 10^15 or more.
    """
    text = typed.translate(NARROW).strip()
    if not text:
        return None
    if len(text) > _LONGEST:
        raise NotANumber("内容太长，不是一个数")
    if text.startswith("="):
        return _fit(compute(text[1:], names), places, rounding=True)
    return _fit(_literal(text, typed), places, rounding=False)


def _literal(text: str, typed: str) -> Decimal:
    body = text.replace("¥", "").replace(" ", "").removesuffix("元")
    negative = False
    if body.startswith("(") and body.endswith(")"):
        negative, body = True, body[1:-1]
    if body[:1] in ("-", "+"):
        if negative:
            raise NotANumber(f"“{typed.strip()}”不是一个数")
        negative, body = body[0] == "-", body[1:]
    factor = _UNITS.get(body[-1:], Decimal(1))
    if factor != 1:
        body = body[:-1]
    if not _GROUPED.fullmatch(body):
        raise NotANumber(f"“{typed.strip()}”不是一个数")
    number = Decimal(body.replace(",", "")) * factor
    return -number if negative else number


def _fit(number: Decimal, places: int, *, rounding: bool) -> Decimal:
    if abs(number) > _LARGEST:
        raise NotANumber("数太大了")
    fitted = number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    if not rounding and fitted != number:
        raise NotANumber(f"最多 {places} 位小数" if places else "只能是整数")
    return abs(fitted) if fitted == 0 else fitted


def compute(expression: str, names: Mapping[str, Decimal] | None = None) -> Decimal:
    """Compute an expression without its "="; exact to 50 digits, not rounded.

    Args:
        names: Numbers that the expression may name; None where names mean nothing.

    Raises:
        NotANumber: It cannot be computed; the message names the sign in question.
    """
    try:
        return parse(expression.rstrip(), names=names is not None).value(names)
    except ExpressionError as error:
        raise NotANumber(_flaw_words(error, expression)) from None


def _flaw_words(error: ExpressionError, text: str) -> str:
    near = error.what or text[error.at:error.at + 6].strip()
    return {
        Flaw.EMPTY: "“=”后面还没有算式", Flaw.TOO_LONG: "算式太长", Flaw.TOO_DEEP: "算式里的括号太多",
        Flaw.TOO_LARGE: "算出来的数太大了", Flaw.SIGN: f"算式里有不认识的内容“{near}”",
        Flaw.INCOMPLETE: f"算式不完整，“{near}”前面缺一个数" if near else "算式不完整，最后缺一个数",
        Flaw.NO_OPERATOR: f"“{near}”前面缺加减乘除号", Flaw.OPEN_BRACKET: "算式缺少右括号",
        Flaw.CLOSE_BRACKET: "算式多了一个右括号", Flaw.ZERO_DIVISION: "算式里除数是零",
        Flaw.NAME: f"没有叫“{near}”的数",
    }[error.flaw]


def format_number(number: Decimal | int, places: int = 2, *, zero_blank: bool = False) -> str:
    """Write a number with grouping commas and a fixed count of decimals, negative as -1,234.00.

    Args:
        zero_blank: Return an empty text for zero, as forms do; vouchers show 0.00.
    """
    if zero_blank and number == 0:
        return ""
    return f"{Decimal(number).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP):,.{places}f}"


def group_digits(code: str) -> str:
    """Return a long number, as an account, in groups of four; other texts stay as they are."""
    plain = code.replace(" ", "")
    if len(plain) <= 8 or not plain.isascii() or not plain.isdigit():
        return code
    return " ".join(plain[at:at + 4] for at in range(0, len(plain), 4))
