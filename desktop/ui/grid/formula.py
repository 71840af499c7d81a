"""Cells that a formula gives: how it reads, with which numbers, and what 运算 changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from desktop.domain.expression import ExpressionError, parse
from desktop.ui.kit.numbers import format_number


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula for the inspector: with names (本年申报数 − 上年执行数), and with the numbers of the row put in."""
    words: str
    filled: str


def formula(expression: str, names: Mapping[str, Decimal | None], places: int = 2) -> Formula:
    """Return how an expression over named numbers reads for a row; a name without a number counts as 0.

    Raises:
        ExpressionError: The expression itself is wrong, or names something that is not given.
    """
    parsed = parse(expression, names=True)
    numbers = {name: number if number is not None else Decimal(0) for name, number in names.items()}
    return Formula(parsed.words(), parsed.filled(numbers, lambda number: format_number(number, places)))


def result(expression: str, names: Mapping[str, Decimal | None]) -> Decimal | None:
    """Compute an expression over named numbers; None where it cannot be computed, as a share of nothing."""
    numbers = {name: number if number is not None else Decimal(0) for name, number in names.items()}
    try:
        return parse(expression, names=True).value(numbers)
    except ExpressionError:
        return None


@dataclass(frozen=True, slots=True)
class Recomputed:
    """A cell that 运算 changed: source row, column, and what it showed before and after."""
    row: int
    key: str
    title: str
    before: str
    after: str
