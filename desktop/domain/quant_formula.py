"""The expression language of quantification models: numbers, input names, + − × ÷ ( ), min max round sum; over tables.

A name stands for one number or for the column of a table. Arithmetic between columns of the same length goes row by
row, with single numbers for every row; ``sum``, and ``min`` or ``max`` of one column, make one number of it. Nothing is
ever evaluated as code. Source: performance rules, section 10.
"""

from collections.abc import Callable, Mapping
from decimal import ROUND_HALF_UP, Decimal, localcontext

from desktop.domain.expression import LARGEST, PRECISION, Expression, ExpressionError, Flaw, Step, apply, parse

FUNCTIONS = ("sum", "min", "max", "round")
MOST_DECIMALS = 10
Column = tuple[Decimal, ...]
Value = Decimal | Column

# The words of the functions where a formula is shown.
FUNCTION_WORDS: Mapping[str, str] = {"sum": "合计", "min": "最小值", "max": "最大值", "round": "四舍五入"}
_SIGNS = ("neg", "pos", "%")


def read_formula(text: str) -> Expression:
    """Read the expression of a model; `ExpressionError` with the place of what does not fit."""
    expression = parse(text, names=True, functions=FUNCTIONS)
    for step in expression.steps:
        if step.count and not _takes(step):
            raise ExpressionError(Flaw.ARGUMENTS, step.at, step.operator)
    return expression


def evaluate(expression: Expression, names: Mapping[str, Value]) -> Decimal:
    """Compute a formula with 50 digits; rounding is the caller's.

    Raises:
        ExpressionError: A name that is not given, a division by zero, a result of 10^60 or more, columns of different
            lengths, ``round`` to something else than 0 to 10 decimals, or a result that is still a column.
    """
    stack: list[Value] = []
    with localcontext() as context:
        context.prec = PRECISION
        for step in expression.steps:
            if step.number is not None:
                stack.append(step.number)
            elif step.name:
                if step.name not in names:
                    raise ExpressionError(Flaw.NAME, step.at, step.name)
                stack.append(names[step.name])
            else:
                count = step.count or (1 if step.operator in _SIGNS else 2)
                operands = tuple(stack[-count:])
                del stack[-count:]
                stack.append(_call(step, operands) if step.count else _each(step, operands))
    result = stack[0]
    if isinstance(result, tuple):
        raise ExpressionError(Flaw.TABLE, 0)
    return result


def shown_formula(text: str) -> str:
    """Return a formula as people read it: × and ÷, functions by their words; a broken one as it is written."""
    try:
        words = read_formula(text).words()
    except ExpressionError:
        return text
    for name, word in FUNCTION_WORDS.items():
        words = words.replace(f"{name}(", f"{word}(")
    return words


def _takes(step: Step) -> bool:
    if step.operator == "round":
        return step.count in (1, 2)
    return step.operator != "sum" or step.count == 1


def _each(step: Step, operands: tuple[Value, ...]) -> Value:
    """Apply an operator row by row."""
    lengths = {len(one) for one in operands if isinstance(one, tuple)}
    if not lengths:
        return apply(step, *(one for one in operands if isinstance(one, Decimal)))
    if len(lengths) > 1:
        raise ExpressionError(Flaw.TABLE, step.at)
    rows = range(lengths.pop())
    return tuple(apply(step, *(one[row] if isinstance(one, tuple) else one for one in operands)) for row in rows)


def _call(step: Step, operands: tuple[Value, ...]) -> Value:
    if step.operator == "round":
        return _round(step, operands)
    if step.operator == "sum":
        total = sum(_numbers(operands), Decimal(0))
        if abs(total) >= LARGEST:
            raise ExpressionError(Flaw.TOO_LARGE, step.at)
        return total
    chosen: Callable[..., Decimal] = min if step.operator == "min" else max
    found = _numbers(operands)
    if not found:
        raise ExpressionError(Flaw.TABLE, step.at)
    return chosen(found)


def _numbers(operands: tuple[Value, ...]) -> list[Decimal]:
    return [number for one in operands for number in (one if isinstance(one, tuple) else (one,))]


def _round(step: Step, operands: tuple[Value, ...]) -> Value:
    places = operands[1] if len(operands) > 1 else Decimal(0)
    if isinstance(places, tuple) or places != int(places) or not 0 <= places <= MOST_DECIMALS:
        raise ExpressionError(Flaw.ARGUMENTS, step.at, step.operator)
    cut, what = Decimal(1).scaleb(-int(places)), operands[0]
    if isinstance(what, tuple):
        return tuple(rounded(one, cut) for one in what)
    return rounded(what, cut)


def rounded(value: Decimal, step: Decimal) -> Decimal:
    """Round half up, away from zero, to a multiple of ``step`` (a power of ten)."""
    with localcontext() as context:
        context.prec = 2 * PRECISION
        return value.quantize(step, ROUND_HALF_UP)
