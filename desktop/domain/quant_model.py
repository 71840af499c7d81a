"""Quantification models (量化模型): measured inputs become the value of an indicator, by a formula that is data.

====  =========================================================================================================
P-50  an input or the result lies outside what the model allows, is missing or cannot be read
P-51  the target of a line is no longer what its model gave; the model's version is frozen with the goal
P-52  the model itself cannot be used: its formula or its inputs do not fit together
====  =========================================================================================================

Source: performance rules, section 10.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from desktop.domain.expression import Expression, ExpressionError, Flaw
from desktop.domain.goal import GoalLine, ModelInput, ModelUse
from desktop.domain.goal_targets import target_number
from desktop.domain.problem import Level, Problem
from desktop.domain.quant_formula import Value, evaluate, read_formula, rounded

MOST_ROWS = 500


class InputKind(StrEnum):
    """Whether an input is one number or a column of a table."""

    SCALAR = "SCALAR"
    TABLE = "TABLE"


class InputSource(StrEnum):
    """Where an input is measured."""

    STATION = "STATION"  # 监测站点
    SURVEY = "SURVEY"  # 实地调查
    REMOTE_SENSING = "REMOTE_SENSING"  # 遥感
    LEDGER = "LEDGER"  # 台账、账簿
    COEFFICIENT = "COEFFICIENT"  # 标准给出的系数


@dataclass(frozen=True, slots=True)
class OtherUnit:
    """Another unit that an input may be typed in: so many of it make one of the input's own (15 亩 make 1 公顷)."""

    unit: str
    per: Decimal


@dataclass(frozen=True, slots=True)
class QuantInput:
    """An input of a model.

    Attributes:
        name: As the formula writes it.
        low, high: Smallest and largest value, both allowed; None for no bound (P-50).
        default: What it starts with; the rows of a table are parted by ``;``.
        keep_from: Rows of the table in which this input is smaller are left out of every column.
        evidence: The document that proves it; required where it is not empty.
        other_units: Units that are converted to its own.
    """

    name: str
    unit: str
    kind: InputKind
    source: InputSource
    low: Decimal | None = None
    high: Decimal | None = None
    default: str = ""
    keep_from: Decimal | None = None
    evidence: str = ""
    note: str = ""
    other_units: tuple[OtherUnit, ...] = ()


@dataclass(frozen=True, slots=True)
class QuantModel:
    """One model of the library.

    Attributes:
        output_unit: Unit of the result, as an indicator has it.
        decimals: Of the result, rounded half up.
        low, high: Bounds of the result.
        aliases: Other names of the same model: 沙漠化治理率 is 沙化土地治理率.
        source: Standard or document that the formula and its coefficients come from.
    """

    code: str
    version: str
    name: str
    output_unit: str
    expression: str
    inputs: tuple[QuantInput, ...]
    decimals: int = 2
    low: Decimal | None = None
    high: Decimal | None = None
    aliases: tuple[str, ...] = ()
    source: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class ModelResult:
    """What a model gave.

    Attributes:
        value: Rounded; None while something is missing or wrong.
        problems: P-50 and P-52, ``where`` is ``inputs.<name>`` or ``inputs.<name>[row]``, ``result`` or ``expression``.
        left_out: Rows, counted from 0, that were left out because they were too small.
    """

    value: Decimal | None
    problems: tuple[Problem, ...] = ()
    left_out: tuple[int, ...] = ()


def check_model(model: QuantModel) -> list[Problem]:
    """Return why a model cannot be used: an unreadable formula, unknown names, inputs twice or unused (P-52)."""
    names = [one.name for one in model.inputs]
    found = [_flaw("twice", name=name) for name in sorted({name for name in names if names.count(name) > 1})]
    found += [
        _flaw("bounds", name=one.name)
        for one in model.inputs
        if one.low is not None and one.high is not None and one.low > one.high
    ]
    try:
        expression = read_formula(model.expression)
    except ExpressionError as error:
        return [*found, _unreadable(error)]
    found += [_flaw("unknown", name=name) for name in expression.names if name not in names]
    found += [_flaw("unused", name=name) for name in names if name not in expression.names]
    return found


def compute(model: QuantModel, inputs: Mapping[str, Sequence[str]]) -> ModelResult:
    """Compute a model.

    Args:
        model: Any; a broken one gives its flaws.
        inputs: What was typed under each name, in the input's own unit: one text, or one for each row of a table.

    Returns:
        The value rounded half up, or every reason why there is none.
    """
    broken = check_model(model)
    if broken:
        return ModelResult(None, tuple(broken))
    problems: list[Problem] = []
    values: dict[str, Value] = {}
    tables = [one for one in model.inputs if one.kind is InputKind.TABLE]
    rows = [row for row in range(_longest(tables, inputs)) if any(_cell(inputs, one, row) for one in tables)]
    if tables and not rows:
        problems.append(Problem("P-50", f"inputs.{tables[0].name}", {"case": "rows", "name": tables[0].name}))
    for one in model.inputs:
        table = one.kind is InputKind.TABLE
        numbers = [_number(one, _cell(inputs, one, row), row, problems) for row in (rows if table else (0,))]
        values[one.name] = tuple(numbers) if table else numbers[0]
    left_out = _too_small(tables, values, rows)
    if problems:
        return ModelResult(None, tuple(problems), left_out)
    if tables and len(left_out) == len(rows):
        return ModelResult(None, (Problem("P-50", "result", {"case": "none_left"}),), left_out)
    kept = {name: _without(value, rows, left_out) for name, value in values.items()}
    return _result(model, read_formula(model.expression), kept, left_out)


def converted(one: QuantInput, typed: str, unit: str) -> str:
    """Return a number typed in another unit of the input in its own; the text itself where it is no number.

    Raises:
        KeyError: The input knows no such unit.
    """
    number = target_number(typed)
    if unit == one.unit or number is None:
        return typed
    per = {other.unit: other.per for other in one.other_units}[unit]
    return f"{rounded(number / per, Decimal('0.0000000001')).normalize():f}"


def use_of(model: QuantModel, inputs: Mapping[str, Sequence[str]], value: Decimal) -> ModelUse:
    """Return what a line keeps of a computed target (P-51)."""
    kept = tuple(ModelInput(one.name, tuple(inputs.get(one.name, ()))) for one in model.inputs)
    return ModelUse(model.code, model.version, kept, f"{value:f}")


def model_drift(line: GoalLine, model: QuantModel | None) -> Problem | None:
    """Return P-51 when the line's target is not what its model gave, or the library has another version now."""
    use = line.model
    if use is None:
        return None
    said = {"name": line.name, "result": use.result, "target": line.target}
    if target_number(line.target) != target_number(use.result):
        return Problem("P-51", "target", {"case": "target", **said}, Level.WARN)
    if model is not None and model.version != use.version:
        return Problem("P-51", "target", {"case": "version", **said, "old": use.version, "new": model.version},
                       Level.INFO)
    return None


def _result(
    model: QuantModel, expression: Expression, values: Mapping[str, Value], left_out: tuple[int, ...]
) -> ModelResult:
    try:
        value = rounded(evaluate(expression, values), Decimal(1).scaleb(-model.decimals))
    except ExpressionError as error:
        if error.flaw is Flaw.ZERO_DIVISION:
            return ModelResult(None, (Problem("P-50", "result", {"case": "zero"}),), left_out)
        return ModelResult(None, (_unreadable(error),), left_out)
    outside = _outside(value, model.low, model.high)
    if outside:
        said = {"case": f"result_{outside}", "value": f"{value:f}", **_bounds(model.low, model.high)}
        return ModelResult(None, (Problem("P-50", "result", said),), left_out)
    return ModelResult(value, (), left_out)


def _number(one: QuantInput, typed: str, row: int, problems: list[Problem]) -> Decimal:
    where = f"inputs.{one.name}" if one.kind is InputKind.SCALAR else f"inputs.{one.name}[{row}]"
    said = {"name": one.name, "value": typed, "unit": one.unit, "row": str(row + 1)}
    number = target_number(typed)
    if number is None:
        problems.append(Problem("P-50", where, {"case": "number" if typed.strip() else "missing", **said}))
        return Decimal(0)
    outside = _outside(number, one.low, one.high)
    if outside:
        problems.append(Problem("P-50", where, {"case": outside, **said, **_bounds(one.low, one.high)}))
    return number


def _outside(value: Decimal, low: Decimal | None, high: Decimal | None) -> str:
    if low is not None and value < low:
        return "low"
    return "high" if high is not None and value > high else ""


def _bounds(low: Decimal | None, high: Decimal | None) -> dict[str, str]:
    return {"low": "" if low is None else f"{low:f}", "high": "" if high is None else f"{high:f}"}


def _longest(tables: Sequence[QuantInput], inputs: Mapping[str, Sequence[str]]) -> int:
    return min(MOST_ROWS, max((len(inputs.get(one.name, ())) for one in tables), default=0))


def _cell(inputs: Mapping[str, Sequence[str]], one: QuantInput, row: int) -> str:
    cells = inputs.get(one.name, ())
    return cells[row].strip() if row < len(cells) else ""


def _too_small(tables: Sequence[QuantInput], values: Mapping[str, Value], rows: Sequence[int]) -> tuple[int, ...]:
    found: set[int] = set()
    for one in tables:
        column = values[one.name]
        if one.keep_from is not None and isinstance(column, tuple):
            found |= {row for row, value in zip(rows, column, strict=True) if value < one.keep_from}
    return tuple(sorted(found))


def _without(value: Value, rows: Sequence[int], left_out: tuple[int, ...]) -> Value:
    if not isinstance(value, tuple):
        return value
    return tuple(number for row, number in zip(rows, value, strict=True) if row not in left_out)


def _flaw(case: str, **facts: str) -> Problem:
    return Problem("P-52", "expression", {"case": case, **facts})


def _unreadable(error: ExpressionError) -> Problem:
    return _flaw("formula", flaw=error.flaw.value, at=str(error.at + 1), what=error.what)


def model_for(code: str, name: str, models: Mapping[str, QuantModel]) -> QuantModel | None:
    """Return the model of an indicator: the one that the library names, else one of the same name or alias."""
    if code in models:
        return models[code]
    return next((one for one in models.values() if name == one.name or name in one.aliases), None)
