"""Numbers as accountants type them, and as the program shows them; never a float, never `eval`."""

import re
from decimal import ROUND_HALF_UP, Decimal, DecimalException, localcontext

_GROUPED = re.compile(r"[0-9]{1,3}(,[0-9]{3})+(\.[0-9]*)?|[0-9]+(\.[0-9]*)?|\.[0-9]+")
_UNITS = {"万": Decimal(10_000), "亿": Decimal(100_000_000)}
_TOKEN = re.compile(r"\s*(?:([0-9]+\.?[0-9]*|\.[0-9]+)([万亿]?)|([-+*/()%]))")
# Full-width ASCII only: a full Unicode normalization would also read ² as 2 and ① as 1.
_NARROW = {0xFF01 + at: 0x21 + at for at in range(94)} | {
    0x3000: " ", ord("￥"): "¥", ord("−"): "-", ord("×"): "*", ord("÷"): "/", ord("－"): "-", ord("﹣"): "-"}
_LONGEST, _DEEPEST = 200, 40
_LARGEST = Decimal("999999999999999")


class NotANumber(ValueError):
    """What was typed cannot be read as a number; the message says why, in Chinese."""


def parse_number(typed: str, places: int = 2) -> Decimal | None:
    """Read a number as typed or pasted.

    Accepts grouping commas, full-width digits, ¥ and 元, (123) and -123 as negative, 1.2万, and after "=" an
    expression of + - * / ( ) % whose result is rounded half up.

    Args:
        places: Decimals that the number may have; an expression is rounded to them.

    Returns:
        The number with exactly `places` decimals, or None for an empty text.

    Raises:
        NotANumber: It is no number, has too many decimals or is 10^15 or more.
    """
    text = typed.translate(_NARROW).strip()
    if not text:
        return None
    if len(text) > _LONGEST:
        raise NotANumber("内容太长，不是一个数")
    if text.startswith("="):
        return _fit(_Expression(text[1:]).value(), places, rounding=True)
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


class _Expression:
    """Recursive descent over + - * / ( ) and a trailing %."""

    def __init__(self, text: str) -> None:
        self._tokens: list[Decimal | str] = []
        at = 0
        text = text.replace(",", "").rstrip()
        while at < len(text):
            found = _TOKEN.match(text, at)
            if found is None:
                raise NotANumber(f"算式里有不认识的内容“{text[at:at + 6].strip()}”")
            if found.group(1):
                self._tokens.append(Decimal(found.group(1)) * _UNITS.get(found.group(2), Decimal(1)))
            else:
                self._tokens.append(found.group(3))
            at = found.end()
        self._at = self._depth = 0

    def value(self) -> Decimal:
        try:
            with localcontext() as context:
                context.prec = 50
                result = self._sum()
        except DecimalException:
            raise NotANumber("算式除以零或结果太大") from None
        if self._at != len(self._tokens):
            raise NotANumber("算式不完整")
        return result

    def _peek(self) -> Decimal | str | None:
        return self._tokens[self._at] if self._at < len(self._tokens) else None

    def _take(self, *wanted: str) -> str:
        token = self._peek()
        if isinstance(token, str) and token in wanted:
            self._at += 1
            return token
        return ""

    def _sum(self) -> Decimal:
        total = self._product()
        while sign := self._take("+", "-"):
            term = self._product()
            total = total + term if sign == "+" else total - term
        return total

    def _product(self) -> Decimal:
        total = self._signed()
        while sign := self._take("*", "/"):
            term = self._signed()
            total = total * term if sign == "*" else total / term
        return total

    def _signed(self) -> Decimal:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise NotANumber("算式太深")
        sign = self._take("+", "-")
        number = self._signed() if sign else self._primary()
        self._depth -= 1
        return -number if sign == "-" else number

    def _primary(self) -> Decimal:
        token = self._peek()
        self._at += 1
        if isinstance(token, Decimal):
            number = token
        elif token == "(":
            number = self._sum()
            if not self._take(")"):
                raise NotANumber("算式缺少右括号")
        else:
            raise NotANumber("算式不完整")
        while self._take("%"):
            number /= 100
        return number


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
