"""From actual values to points: methods, the bureau's scoring profile, grades.

The same facts give different grades under different profiles, so a goal names its profile and the profile's version.
Points are rounded half up to two places for each indicator first, then summed. Source: performance rules, sections 5
to 7; 财预〔2020〕10号 for the grades and for points in proportion.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from desktop.domain.goal import GoalLine, Level1, Operator
from desktop.domain.goal_targets import target_bounds, target_number

_ONE, _HUNDRED, _CENT = Decimal(1), Decimal(100), Decimal("0.01")


class Method(StrEnum):
    """赋分规则 of an indicator."""

    DIRECT = "DIRECT"
    PROPORTION = "PROPORTION"
    GRADE = "GRADE"
    SATISFACTION = "SATISFACTION"
    INTERVAL = "INTERVAL"


# The library's words -> the method.
METHODS: Mapping[str, Method] = {
    "直接赋分": Method.DIRECT,
    "完成比例赋分": Method.PROPORTION,
    "评判等级赋分": Method.GRADE,
    "满意度赋分": Method.SATISFACTION,
    "区间赋分": Method.INTERVAL,
}


class Negative(StrEnum):
    """How a negative indicator that missed its target counts: t ÷ a, or 2 − a ÷ t down to 0."""

    INVERSE = "INVERSE"
    LINEAR = "LINEAR"


class GradeLevel(StrEnum):
    """基本达成 [80, 100], 部分达成 [60, 80), 未达成 [0, 60) percent of the points."""

    BASIC = "BASIC"
    PARTLY = "PARTLY"
    LOW = "LOW"

    @property
    def bounds(self) -> tuple[Decimal, Decimal]:
        """Lowest percentage, and the one that must not be reached (100 may)."""
        return {
            GradeLevel.BASIC: (Decimal(80), Decimal("100.01")),
            GradeLevel.PARTLY: (Decimal(60), Decimal(80)),
            GradeLevel.LOW: (Decimal(0), Decimal(60)),
        }[self]


@dataclass(frozen=True, slots=True)
class Band:
    """From ``low`` percent on, ``share`` (percent of the points, or points where the table says so)."""

    low: Decimal
    share: Decimal


@dataclass(frozen=True, slots=True)
class GradeBand:
    """A grade and the total from which it begins."""

    name: str
    low: Decimal


@dataclass(frozen=True, slots=True)
class ScoringProfile:
    """How a bureau scores; synced, versioned, printed on the form.

    Attributes:
        threshold: Completion (percent) below which an indicator in proportion gets nothing; 0 for plain proportion.
        satisfaction: Bands in percent of the points; empty scores satisfaction in proportion without a threshold.
        execution: Bands of points for an unfinished project's execution rate; empty scores it in proportion.
        execution_points: Points of the execution rate, beside the form's 90.
        over: Completion in percent above which a reason is asked for (P-21).
    """

    code: str
    version: str
    name: str
    threshold: Decimal = Decimal(0)
    negative: Negative = Negative.INVERSE
    satisfaction: tuple[Band, ...] = ()
    execution: tuple[Band, ...] = ()
    execution_points: Decimal = Decimal(10)
    grades: tuple[GradeBand, ...] = ()
    over: Decimal = Decimal(130)
    source: str = ""


@dataclass(frozen=True, slots=True)
class Actual:
    """What was reached.

    Attributes:
        value: A number as typed; of a `Method.DIRECT` indicator it may stay empty.
        done: Whether a direct indicator was met.
        misses: How often it was missed, where the library lists a deduction for each.
        level, percent: Of a graded one: the level and the percentage that the scorer gives inside it.
    """

    value: str = ""
    done: bool = False
    misses: int = 0
    level: GradeLevel | None = None
    percent: Decimal = Decimal(0)


class NotScorable(ValueError):
    """An actual value without points; ``case`` is ``number``, ``target``, ``level``, ``percent`` or ``bands``."""

    def __init__(self, case: str) -> None:
        super().__init__(case)
        self.case = case


@dataclass(frozen=True, slots=True)
class LineScore:
    """Points of one line, with two decimals, and the completion in percent where there is one."""

    points: Decimal
    completion: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Total:
    """The scored form: points by line in the order of the goal, of the execution rate, their sum and its grade."""

    lines: tuple[LineScore, ...]
    execution: Decimal
    points: Decimal
    grade: str


@dataclass(frozen=True, slots=True)
class Execution:
    """The year's money: yuan after adjustments, yuan paid less refunds, and whether the project is finished."""

    budget: Decimal
    spent: Decimal
    finished: bool = False


@dataclass(frozen=True, slots=True)
class Scored:
    """Actual values by line id, and the money."""

    actuals: Mapping[str, Actual] = field(default_factory=dict)
    execution: Execution = field(default_factory=lambda: Execution(Decimal(0), Decimal(0)))


def method_of(line: GoalLine) -> Method:
    """Return the method of a line; by its group and operator where the library names none."""
    named = METHODS.get(line.scoring_method.strip())
    if named is not None:
        return named
    if line.level1 is Level1.SATISFACTION:
        return Method.SATISFACTION
    return Method.GRADE if line.operator is Operator.QUAL else Method.PROPORTION


def completion(line: GoalLine, actual: str, profile: ScoringProfile) -> Decimal:
    """Return the completion ratio r, not cut: 1.05 for 5 % more than the target.

    Source: performance rules, section 5: positive a/t; negative 1 if a ≤ t else t/a or max(0, 2 − a/t); equal
    1 − |a − t|/|t|; range 1 inside, else by the nearer bound; with a target of 0, 1 if it is met, else 0.

    Raises:
        NotScorable: Target or actual value is no number.
    """
    bounds, value = target_bounds(line), target_number(actual)
    if bounds is None:
        raise NotScorable("target")
    if value is None:
        raise NotScorable("number")
    low, high = bounds[0], bounds[-1]
    if line.operator is Operator.RANGE:
        if low <= value <= high:
            return _ONE
        return _upward(value, low) if value < low else _downward(value, high, profile)
    if line.operator in (Operator.LE, Operator.LT):
        return _downward(value, high, profile)
    if line.operator is Operator.EQ:
        if value == low:
            return _ONE
        return Decimal(0) if low == 0 else max(Decimal(0), _ONE - abs(value - low) / abs(low))
    return _upward(value, low)


def is_met(line: GoalLine, actual: str) -> bool:
    """Tell whether a value reaches the line's target; unlike `completion` it tells < from ≤.

    Raises:
        NotScorable: Target or actual value is no number.
    """
    bounds, value = target_bounds(line), target_number(actual)
    if bounds is None:
        raise NotScorable("target")
    if value is None:
        raise NotScorable("number")
    return {
        Operator.GE: value >= bounds[0],
        Operator.GT: value > bounds[0],
        Operator.LE: value <= bounds[0],
        Operator.LT: value < bounds[0],
        Operator.EQ: value == bounds[0],
    }.get(line.operator, bounds[0] <= value <= bounds[-1])


def score_line(line: GoalLine, actual: Actual, profile: ScoringProfile) -> LineScore:
    """Return a line's points, at most its weight (P-34).

    Raises:
        NotScorable: Something that the method needs is missing or does not fit.
    """
    method = method_of(line)
    if method is Method.DIRECT:
        return LineScore(_direct(line, actual))
    if method is Method.GRADE:
        return LineScore(_grade(line, actual))
    if method is Method.INTERVAL:
        return LineScore(_interval(line, actual))
    if method is Method.SATISFACTION and profile.satisfaction:
        return _satisfaction(line, actual, profile)
    ratio = completion(line, actual.value, profile)
    cut = min(_ONE, max(Decimal(0), ratio))
    threshold = Decimal(0) if method is Method.SATISFACTION else profile.threshold / _HUNDRED
    share = Decimal(0) if cut < threshold else (cut - threshold) / (_ONE - threshold)
    return LineScore(_points(share * line.weight), _points(ratio * _HUNDRED))


def score_execution(money: Execution, profile: ScoringProfile) -> Decimal:
    """Return the points of the budget execution rate.

    A finished project that spent no more than its budget has them all; an unfinished one goes by the profile's bands,
    or in proportion where it has none. A budget of 0 gives 0.
    """
    if money.budget <= 0:
        return _points(Decimal(0))
    rate = money.spent / money.budget
    if not profile.execution:
        return _points(min(_ONE, max(Decimal(0), rate)) * profile.execution_points)
    if money.finished and rate <= 1:
        return _points(profile.execution_points)
    return _points(_band(profile.execution, rate * _HUNDRED))


def score_goal(lines: Sequence[GoalLine], scored: Scored, profile: ScoringProfile) -> Total:
    """Return the points of a whole form.

    Raises:
        NotScorable: A line has no usable actual value.
    """
    each = tuple(score_line(line, scored.actuals.get(line.line_id, Actual()), profile) for line in lines)
    execution = score_execution(scored.execution, profile)
    total = sum((one.points for one in each), execution)
    return Total(each, execution, total, grade_of(total, profile))


def grade_of(total: Decimal, profile: ScoringProfile) -> str:
    """Return the grade of a total: 90.00 is 优, 89.99 is 良 (财预〔2020〕10号)."""
    bands = sorted(profile.grades, key=lambda band: band.low, reverse=True)
    return next((band.name for band in bands if total >= band.low), "")


def bands_in(params: str) -> tuple[Band, ...]:
    """Read ``95:10;90:8;0:0``: lower bound and points, of an interval indicator.

    Raises:
        NotScorable: It is no such table.
    """
    found = []
    for part in filter(None, (piece.strip() for piece in params.split(";"))):
        low, parted, share = part.partition(":")
        numbers = target_number(low), target_number(share)
        if not parted or numbers[0] is None or numbers[1] is None:
            raise NotScorable("bands")
        found.append(Band(numbers[0], numbers[1]))
    if not found:
        raise NotScorable("bands")
    return tuple(found)


def _upward(value: Decimal, target: Decimal) -> Decimal:
    if target <= 0:  # no share of it says how far one has come
        return _ONE if value >= target else Decimal(0)
    return value / target


def _downward(value: Decimal, target: Decimal, profile: ScoringProfile) -> Decimal:
    if value <= target:
        return _ONE
    if target <= 0:
        return Decimal(0)
    return target / value if profile.negative is Negative.INVERSE else max(Decimal(0), 2 - value / target)


def _direct(line: GoalLine, actual: Actual) -> Decimal:
    """Met or not; a deduction for each miss where the library lists one as ``扣 2`` in its parameters."""
    done = actual.done
    if actual.value.strip() and line.operator is not Operator.QUAL:
        done = is_met(line, actual.value)
    if done:
        return _points(line.weight)
    deduction = target_number(line.scoring_params.strip().removeprefix("扣"))
    if deduction is None or not actual.misses:
        return _points(Decimal(0))
    return _points(max(Decimal(0), line.weight - deduction * actual.misses))


def _grade(line: GoalLine, actual: Actual) -> Decimal:
    if actual.level is None:
        raise NotScorable("level")
    low, high = actual.level.bounds
    if not low <= actual.percent < high or actual.percent > _HUNDRED:
        raise NotScorable("percent")
    return _points(line.weight * actual.percent / _HUNDRED)


def _interval(line: GoalLine, actual: Actual) -> Decimal:
    value = target_number(actual.value)
    if value is None:
        raise NotScorable("number")
    return _points(min(line.weight, _band(bands_in(line.scoring_params), value)))


def _satisfaction(line: GoalLine, actual: Actual, profile: ScoringProfile) -> LineScore:
    value = target_number(actual.value)
    if value is None:
        raise NotScorable("number")
    return LineScore(_points(line.weight * _band(profile.satisfaction, value) / _HUNDRED), _points(value))


def _band(bands: Sequence[Band], value: Decimal) -> Decimal:
    reached = [band for band in bands if value >= band.low]
    return max(reached, key=lambda band: band.low).share if reached else Decimal(0)


def _points(value: Decimal) -> Decimal:
    return value.quantize(_CENT, ROUND_HALF_UP)
