"""Arithmetic as people type it: parsed once into a flat program, computed with `Decimal`, never evaluated as code.

For amounts typed as ``=1200*12``, for formulas over named numbers (人数×标准×月数), for models with functions over
tables (`desktop.domain.quant_formula`), and for showing a formula with its numbers put in. Parsing and computing use
no recursion: depth and length are limits of taste, not of the stack.
"""

import operator
import re
from collections.abc import Callable, Collection, Mapping
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
_UNGROUPED = re.compile(r"[0-9]+(?:\.[0-9]*)?|\.[0-9]+")  # where a comma parts the arguments of a function
_NAME = re.compile(r"[^\W\d]\w*")
_BINDING = {"+": 1, "-": 1, "*": 2, "/": 2, "neg": 3, "pos": 3}
_OPERATORS: Mapping[str, Callable[..., Decimal]] = {
    "+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv,
    "neg": operator.neg, "pos": operator.pos, "%": lambda value: value / 100,
}
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
    ARGUMENTS = "arguments"
    TABLE = "table"


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
    """One step of the program: push a number or a name's value, or apply an operator or a function.

    Attributes:
        at: Its place in the text.
        count: Arguments of the function that ``operator`` names; 0 for + - * / and signs.
    """

    at: int
    number: Decimal | None = None
    name: str = ""
    operator: str = ""
    count: int = 0


@dataclass(frozen=True, slots=True)
class _Token:
    at: int
    text: str
    number: Decimal | None = None
    is_name: bool = False
    is_function: bool = False


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
                    right = stack.pop()
                    stack.append(apply(step, *([stack.pop()] if step.operator in _SHOWN else ()), right))
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
            if token.text == ",":
                parts.append("，")
                after_value = False
                continue
            parts.append(operand(token) if value else _SHOWN.get(token.text, token.text) if after_value
                         else token.text)
            after_value = value or token.text in (")", "%")
        return "".join(parts)


def apply(step: Step, *operands: Decimal) -> Decimal:
    """Apply an operator or a sign to plain numbers, inside the caller's precision.

    Raises:
        ExpressionError: A division by zero, or a result of 10^60 or more.
    """
    try:
        result = _OPERATORS[step.operator](*operands)
    except (DivisionByZero, InvalidOperation):
        raise ExpressionError(Flaw.ZERO_DIVISION, step.at) from None
    except Overflow:
        raise ExpressionError(Flaw.TOO_LARGE, step.at) from None
    if abs(result) >= LARGEST:
        raise ExpressionError(Flaw.TOO_LARGE, step.at)
    return result


def parse(
    text: str, *, names: bool = False, functions: Collection[str] = (), longest: int = LONGEST
) -> Expression:
    """Read an expression of + - * / ( ) and a trailing %, with 万, 亿, grouping commas and full-width signs.

    Args:
        names: Names may stand for numbers: letters and Chinese characters, digits after the first.
        functions: Names that are functions when a bracket follows; commas then part arguments, not groups of digits.
        longest: How many signs it may have.

    Raises:
        ExpressionError: It cannot be read; the place is that of the first sign which does not fit.
    """
    if len(text) > longest:
        raise ExpressionError(Flaw.TOO_LONG, longest)
    tokens = _tokens(text, names, functions)
    if not tokens:
        raise ExpressionError(Flaw.EMPTY, 0)
    return Expression(_Program(len(text)).read(tokens), tuple(tokens))


def _tokens(text: str, names: bool, functions: Collection[str]) -> list[_Token]:
    narrow, tokens, at = text.translate(NARROW), [], 0
    number_sign = _UNGROUPED if functions else _NUMBER
    while at < len(narrow):
        sign = narrow[at]
        if sign.isspace():
            at += 1
        elif found := number_sign.match(narrow, at):
            end, number = found.end(), Decimal(found.group().replace(",", ""))
            if narrow[end:end + 1] in _UNITS:
                number *= _UNITS[narrow[end]]
                end += 1
            tokens.append(_Token(at, narrow[at:end], number))
            at = end
        elif sign in "+-*/()%" or (sign == "," and functions):
            tokens.append(_Token(at, sign))
            at += 1
        elif names and (found := _NAME.match(narrow, at)):
            called = found.group() in functions and narrow[found.end():].lstrip().startswith("(")
            tokens.append(_Token(at, found.group(), is_name=not called, is_function=called))
            at = found.end()
        else:
            raise ExpressionError(Flaw.SIGN, at, text[at:at + 6].strip())
    return tokens


class _Program:
    """Puts tokens into the order of computing, operators after their operands (the shunting-yard method)."""

    def __init__(self, end: int) -> None:
        self._end = end
        self._steps: list[Step] = []
        self._waiting: list[_Token | Step] = []  # brackets, functions, operators whose right side is still to come
        self._arguments: list[int] = []  # of each open bracket, those that began; 0 for a plain bracket
        self._wanted, self._depth = True, 0  # whether a value must follow; brackets and signs that are open

    def read(self, tokens: list[_Token]) -> tuple[Step, ...]:
        """Return the program; `ExpressionError` at the first token that does not fit."""
        for token in tokens:
            if self._wanted:
                self._begin(token)
            else:
                self._go_on(token)
        if self._wanted:
            raise ExpressionError(Flaw.INCOMPLETE, self._end)
        self._unwind(0)
        if self._waiting:
            raise ExpressionError(Flaw.OPEN_BRACKET, self._waiting[-1].at)
        return tuple(self._steps)

    def _begin(self, token: _Token) -> None:
        """Take a token where a value must come."""
        if token.number is not None or token.is_name:
            self._steps.append(Step(token.at, token.number, token.text if token.is_name else ""))
            self._wanted = False
            return
        if token.text == "(":
            called = bool(self._waiting) and _is_function(self._waiting[-1])
            self._waiting.append(token)
            self._arguments.append(int(called))
        elif token.is_function:
            self._waiting.append(token)
        elif token.text in ("+", "-"):
            self._waiting.append(Step(token.at, operator="neg" if token.text == "-" else "pos"))
        else:
            raise ExpressionError(Flaw.INCOMPLETE, token.at, token.text)
        self._depth += not token.is_function  # its bracket counts
        if self._depth > DEEPEST:
            raise ExpressionError(Flaw.TOO_DEEP, token.at)

    def _go_on(self, token: _Token) -> None:
        """Take a token after a value."""
        if token.number is not None or token.is_name or token.is_function or token.text == "(":
            raise ExpressionError(Flaw.NO_OPERATOR, token.at, token.text)
        if token.text == "%":
            self._steps.append(Step(token.at, operator="%"))
        elif token.text == ")":
            self._close(token)
        elif token.text == ",":
            self._unwind(0)
            if not self._arguments or not self._arguments[-1]:
                raise ExpressionError(Flaw.SIGN, token.at, token.text)
            self._arguments[-1] += 1
            self._wanted = True
        else:
            self._unwind(_BINDING[token.text])
            self._waiting.append(Step(token.at, operator=token.text))
            self._wanted = True

    def _close(self, token: _Token) -> None:
        self._unwind(0)
        if not self._waiting:
            raise ExpressionError(Flaw.CLOSE_BRACKET, token.at)
        self._waiting.pop()
        self._depth -= 1
        count = self._arguments.pop()
        if count:
            function = self._waiting.pop()
            name = function.text if isinstance(function, _Token) else ""
            self._steps.append(Step(function.at, operator=name, count=count))

    def _unwind(self, binding: int) -> None:
        """Apply the waiting operators that bind at least as tightly."""
        while self._waiting and isinstance(top := self._waiting[-1], Step) and _BINDING[top.operator] >= binding:
            self._waiting.pop()
            self._steps.append(top)
            self._depth -= top.operator in ("neg", "pos")


def _is_function(waiting: _Token | Step) -> bool:
    return isinstance(waiting, _Token) and waiting.is_function
