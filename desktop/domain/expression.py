"""Arithmetic as people type it: parsed once into a flat program, computed with `Decimal`, never evaluated as code.

For amounts typed as ``=1200*12``, for formulas over named numbers (人数×标准×月数), and for showing a formula with
its numbers put in. Parsing and computing use no recursion: depth and length are limits of taste, not of the stack.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal, DivisionByZero, InvalidOperation, Overflow, localcontext
from enum import StrEnum

LONGEST, DEEPEST = 1_000, 64
LARGEST = Decimal(10) ** 60
PRECISION = 50
_UNITS = {"万": Decimal(10_000), "亿": Decimal(100_000_000)}
# Every replacement is one sign for one sign, so places in the text stay true. Full-width ASCII only: a full Unicode
# normalization would also read ² as 2 and ① as 1.
NARROW = {0xFF01 + at: 0x21 + at for at in range(94)} | {
    0x3000: " ", ord("￥"): "¥", ord("−"): "-", ord("×"): "*", ord("÷"): "/", ord("－"): "-", ord("﹣"): "-"}
_NUMBER = re.compile(r"(?:[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]+)(?:\.[0-9]*)?|\.[0-9]+")
_NAME = re.compile(r"[^\W\d]\w*")
_BINDING = {"+": 1, "-": 1, "*": 2, "/": 2, "neg": 3, "pos": 3}
_SHOWN = {"+": " + ", "-": " − ", "*": " × ", "/": " ÷ "}


class Flaw(StrEnum):
    """Why an expression cannot be computed; the words are the screen's."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    TOO_DEEP = "too_deep"
    TOO_LARGE = "too_large"
    SIGN = "sign"
    INCOMPLETE = "incomplete"
    NO_OPERATOR = "no_operator"
    OPEN_BRACKET = "open_bracket"
    CLOSE_BRACKET = "close_bracket"
    ZERO_DIVISION = "zero_division"
    NAME = "name"


class ExpressionError(ValueError):
    """An expression that cannot be computed.

    Attributes:
        flaw: What is wrong.
        at: Where in the text, counted from 0; its length when something is missing at the end.
        what: The sign or name in question, as typed; may be empty.
    """

    def __init__(self, flaw: Flaw, at: int, what: str = "") -> None:
        super().__init__(f"{flaw} at {at}: {what}")
        self.flaw, self.at, self.what = flaw, at, what


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the program: push a number or a name's value, or apply an operator; `at` is its place."""

    at: int
    number: Decimal | None = None
    name: str = ""
    operator: str = ""


@dataclass(frozen=True, slots=True)
class _Token:
    at: int
    text: str
    number: Decimal | None = None
    is_name: bool = False


@dataclass(frozen=True, slots=True)
class Expression:
    """A parsed expression.

    Attributes:
        steps: Its program, operands before operators.
        tokens: Its signs in the order typed, for showing it again.
    """

    steps: tuple[Step, ...]
    tokens: tuple[_Token, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names that it needs, each once, in the order typed."""
        return tuple(dict.fromkeys(step.name for step in self.steps if step.name))

    def value(self, names: Mapping[str, Decimal] | None = None) -> Decimal:
        """Compute it with 50 digits; rounding is the caller's.

        Raises:
            ExpressionError: A name is not given, a division by zero, or a result of 10^60 or more.
        """
        stack: list[Decimal] = []
        with localcontext() as context:
            context.prec = PRECISION
            for step in self.steps:
                if step.number is not None:
                    stack.append(step.number)
                elif step.name:
                    if names is None or step.name not in names:
                        raise ExpressionError(Flaw.NAME, step.at, step.name)
                    stack.append(names[step.name])
                else:
                    _apply(step, stack)
        return stack[0]

    def words(self) -> str:
        """Return it as written in a formula: names as they are, − × ÷ for the operators."""
        return self._written(lambda token: token.text)

    def filled(self, names: Mapping[str, Decimal], show: Callable[[Decimal], str]) -> str:
        """Return it with the numbers put in for the names; a negative one in brackets.

        Raises:
            ExpressionError: A name is not given.
        """
        def put_in(token: _Token) -> str:
            if not token.is_name:
                return token.text
            if token.text not in names:
                raise ExpressionError(Flaw.NAME, token.at, token.text)
            number = names[token.text]
            return f"({show(number)})" if number < 0 else show(number)
        return self._written(put_in)

    def _written(self, operand: Callable[[_Token], str]) -> str:
        parts, after_value = [], False
        for token in self.tokens:
            value = token.number is not None or token.is_name
            parts.append(operand(token) if value else _SHOWN.get(token.text, token.text) if after_value
                         else token.text)
            after_value = value or token.text in (")", "%")
        return "".join(parts)


def _apply(step: Step, stack: list[Decimal]) -> None:
    right = stack.pop()
    try:
        if step.operator == "%":
            result = right / 100
        elif step.operator == "neg":
            result = -right
        elif step.operator == "pos":
            result = right
        else:
            left = stack.pop()
            result = {"+": left.__add__, "-": left.__sub__, "*": left.__mul__, "/": left.__truediv__}[step.operator](
                right)
    except (DivisionByZero, InvalidOperation):
        raise ExpressionError(Flaw.ZERO_DIVISION, step.at) from None
    except Overflow:
        raise ExpressionError(Flaw.TOO_LARGE, step.at) from None
    if abs(result) >= LARGEST:
        raise ExpressionError(Flaw.TOO_LARGE, step.at)
    stack.append(result)


def parse(text: str, *, names: bool = False, longest: int = LONGEST) -> Expression:
    """Read an expression of + - * / ( ) and a trailing %, with 万, 亿, grouping commas and full-width signs.

    Args:
        names: Names may stand for numbers: letters and Chinese characters, digits after the first.
        longest: How many signs it may have.

    Raises:
        ExpressionError: It cannot be read; the place is that of the first sign which does not fit.
    """
    if len(text) > longest:
        raise ExpressionError(Flaw.TOO_LONG, longest)
    tokens = _tokens(text, names=names)
    if not tokens:
        raise ExpressionError(Flaw.EMPTY, 0)
    return Expression(_program(tokens, len(text)), tuple(tokens))


def _tokens(text: str, *, names: bool) -> list[_Token]:
    narrow, tokens, at = text.translate(NARROW), [], 0
    while at < len(narrow):
        sign = narrow[at]
        if sign.isspace():
            at += 1
        elif found := _NUMBER.match(narrow, at):
            end, number = found.end(), Decimal(found.group().replace(",", ""))
            if narrow[end:end + 1] in _UNITS:
                number *= _UNITS[narrow[end]]
                end += 1
            tokens.append(_Token(at, narrow[at:end], number))
            at = end
        elif sign in "+-*/()%":
            tokens.append(_Token(at, sign))
            at += 1
        elif names and (found := _NAME.match(narrow, at)):
            tokens.append(_Token(at, found.group(), is_name=True))
            at = found.end()
        else:
            raise ExpressionError(Flaw.SIGN, at, text[at:at + 6].strip())
    return tokens


def _program(tokens: list[_Token], end: int) -> tuple[Step, ...]:
    """Put the tokens into the order of computing, operators after their operands (the shunting-yard method)."""
    steps: list[Step] = []
    waiting: list[_Token | Step] = []  # opening brackets, and operators whose right side is still to come
    wanted, depth = True, 0  # whether a value must follow; brackets and signs that are open
    for token in tokens:
        operand = token.number is not None or token.is_name
        if wanted:
            if operand:
                steps.append(Step(token.at, token.number, token.text if token.is_name else ""))
                wanted = False
            elif token.text == "(":
                waiting.append(token)
            elif token.text in "+-":
                waiting.append(Step(token.at, operator="neg" if token.text == "-" else "pos"))
            else:
                raise ExpressionError(Flaw.INCOMPLETE, token.at, token.text)
            depth = depth + 1 if not operand else depth
            if depth > DEEPEST:
                raise ExpressionError(Flaw.TOO_DEEP, token.at)
        elif operand or token.text == "(":
            raise ExpressionError(Flaw.NO_OPERATOR, token.at, token.text)
        elif token.text == "%":
            steps.append(Step(token.at, operator="%"))
        elif token.text == ")":
            depth -= _unwind(steps, waiting, 0)
            if not waiting:
                raise ExpressionError(Flaw.CLOSE_BRACKET, token.at)
            waiting.pop()
            depth -= 1
        else:
            depth -= _unwind(steps, waiting, _BINDING[token.text])
            waiting.append(Step(token.at, operator=token.text))
            wanted = True
    if wanted:
        raise ExpressionError(Flaw.INCOMPLETE, end)
    _unwind(steps, waiting, 0)
    if waiting:
        raise ExpressionError(Flaw.OPEN_BRACKET, waiting[-1].at)
    return tuple(steps)


def _unwind(steps: list[Step], waiting: list[_Token | Step], binding: int) -> int:
    """Apply the waiting operators that bind at least as tightly; return how many of them were leading signs."""
    signs = 0
    while waiting and isinstance(top := waiting[-1], Step) and _BINDING[top.operator] >= binding:
        waiting.pop()
        steps.append(top)
        signs += top.operator in ("neg", "pos")
    return signs
