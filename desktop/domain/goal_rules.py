"""Rules of a performance goal. Source: performance rules, sections 1 to 5.

====  =========================================================================================================
P-01  the library has a newer version of the indicator (information; an accepted goal never changes)
P-02  indicators the unit wrote itself: only where the bureau allows them, at most 30 % of the points; each says
      what it means, how it is computed, where its values come from and why no entry of the library fits
P-03  the indicator's code is no longer in the library, or retired before the goal's year
P-04  the level-2 group does not belong to the profile's form (2021 or 2015)
P-05  points: every level 1 as the profile says, 90 in all, each above zero with at most one decimal
P-06  core indicators carry at least 40 % of a specific target's points (warning)
P-10  output needs a quantity and a quality indicator; a timeliness indicator names its last day, inside the year
P-11  works, large repairs and purchases need a cost indicator
P-13  satisfaction is required unless the bureau exempts the class of project
P-14  one indicator name only once
P-15  at least three output lines and one benefit line
P-16  length of the goal text
P-17  an amount in the goal text is not the project's (warning)
P-18  the goal's amount is not the project's amount of the year
P-19  a target is last year's again (information)
P-20  operator, direction, target and unit belong together
P-51  a target that a model computed is another now (warning), or the model has a newer version (information)
====  =========================================================================================================
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from desktop.domain.frames import is_cost, level2_of
from desktop.domain.goal import Direction, Frame, GoalLine, Level1, LibraryKind, Operator, PerformanceGoal
from desktop.domain.goal_targets import may_pass_hundred, money_in, names_a_day, plain_name, same_target, target_bounds
from desktop.domain.library import Indicator, WeightProfile
from desktop.domain.money import format_yuan
from desktop.domain.parameters import Parameters
from desktop.domain.problem import Level, Problem
from desktop.domain.project import Project, ProjectClass
from desktop.domain.quant_model import QuantModel, model_drift

_REQUIRED_LEVEL2 = (("quantity", "数量"), ("quality", "质量"))
_UP = (Operator.GE, Operator.GT)
_DOWN = (Operator.LE, Operator.LT)
_TIMELINESS = "时效"
# What a self-written indicator must say (P-02) -> the field.
_OWN_WORDS = ("explanation", "formula", "data_source", "reason")


@dataclass(frozen=True, slots=True)
class GoalFacts:
    """What the rules of a goal need to know.

    Attributes:
        profiles: Weight profiles by code.
        indicators: Library entries of today, by code, at least those that the goal uses and the library still has.
        heirs: Code that is retired or gone to the entry that takes its place, where there is one (P-03).
        models: Quantification models by code, at least those that the goal uses.
        project: The project that the goal is for, in its present content; None leaves P-18, P-17 and classes out.
    """

    profiles: Mapping[str, WeightProfile]
    indicators: Mapping[str, Indicator]
    project: Project | None = None
    parameters: Parameters = field(default_factory=Parameters)
    heirs: Mapping[str, Indicator] = field(default_factory=dict)
    models: Mapping[str, QuantModel] = field(default_factory=dict)


def check_goal(goal: PerformanceGoal, facts: GoalFacts) -> list[Problem]:
    """Return every finding about the goal, in the order of the form: text, points, lines.

    Source: performance rules P-01 to P-20 and P-51 as in the table above.
    """
    return [problem for rule in _RULES for problem in rule(goal, facts)]


def is_core(line: GoalLine) -> bool:
    """Say whether the line is one of the fixed core indicators (B-13, P-06)."""
    return line.is_core or line.library_kind is LibraryKind.CORE


def core_needed(facts: GoalFacts) -> Decimal:
    """Return the points that core indicators must carry together (P-06)."""
    return facts.parameters.number("goal_total") * facts.parameters.number("core_weight_percent") / 100


def points(value: Decimal) -> str:
    """Return points as people write them: ``15``, ``7.5``."""
    return f"{value.normalize():f}" if value else "0"


def _text(goal: PerformanceGoal, facts: GoalFacts) -> Iterator[Problem]:
    low, high = (int(facts.parameters.number(name)) for name in ("goal_text_min", "goal_text_max"))
    limits = {"min": str(low), "max": str(high)}
    length = len("".join(goal.year_goal.split()))
    if length < low:
        yield Problem("P-16", "year_goal", {"case": "short", "length": str(length), **limits})
    for where, text in (("year_goal", goal.year_goal), ("general_goal", goal.general_goal)):
        if len(text) > high:
            yield Problem("P-16", where, {"case": "long", "length": str(len(text)), **limits})


def _money(goal: PerformanceGoal, facts: GoalFacts) -> Iterator[Problem]:
    if facts.project is None:
        return
    amount = facts.project.year_amount(goal.head.fiscal_year)
    shown = {"project": format_yuan(amount)}
    if goal.year_total != amount:
        yield Problem("P-18", "year_total", {"goal": format_yuan(goal.year_total), **shown})
    named = list(money_in(goal.year_goal))
    if named and amount not in named:
        yield Problem("P-17", "year_goal", {"written": format_yuan(named[0]), **shown}, Level.WARN)


def _points(goal: PerformanceGoal, facts: GoalFacts) -> Iterator[Problem]:
    profile = facts.profiles.get(goal.profile)
    if profile is None:
        yield Problem("P-05", "profile", {"case": "profile"})
        return
    right = True
    for level in Level1:
        have, want = goal.weight_of(level), profile.points(level)
        if have != want:
            right = False
            facts_ = {"case": "level1", "level1": level.value, "have": points(have), "want": points(want)}
            yield Problem("P-05", _first_of(goal, level), {**facts_, "difference": points(want - have)})
    total = facts.parameters.number("goal_total")
    if right and profile.total() != total:
        yield Problem("P-05", "profile", {"case": "total", "have": points(profile.total()), "want": points(total)})


def _first_of(goal: PerformanceGoal, level: Level1) -> str:
    return next((f"lines[{i}].weight" for i, line in enumerate(goal.lines) if line.level1 is level), "lines")


def _weights(goal: PerformanceGoal, facts: GoalFacts) -> Iterator[Problem]:
    decimals = int(facts.parameters.number("weight_decimals"))
    for i, line in enumerate(goal.lines):
        where, said = f"lines[{i}].weight", {"name": line.name, "weight": points(line.weight)}
        if line.weight <= 0:
            yield Problem("P-05", where, {"case": "weight", **said})
        elif line.weight != round(line.weight, decimals):
            yield Problem("P-05", where, {"case": "decimals", "decimals": str(decimals), **said})


def _core(goal: PerformanceGoal, facts: GoalFacts) -> Iterator[Problem]:
    if facts.project is None or facts.project.project_class is not ProjectClass.T:
        return
    have = sum((line.weight for line in goal.lines if is_core(line)), Decimal(0))
    need = core_needed(facts)
    if have < need:
        yield Problem("P-06", "lines", {"have": points(have), "need": points(need)}, Level.WARN)


def _shape(goal: PerformanceGoal, facts: GoalFacts) -> Iterator[Problem]:
    output = [line for line in goal.lines if line.level1 is Level1.OUTPUT]
    for case, word in _REQUIRED_LEVEL2:
        if not any(line.level2.startswith(word) for line in output):
            yield Problem("P-10", "lines", {"case": case})
    least = int(facts.parameters.number("goal_output_min"))
    if len(output) < least:
        yield Problem("P-15", "lines", {"case": "output", "have": str(len(output)), "need": str(least)})
    if not any(line.level1 is Level1.BENEFIT for line in goal.lines):
        yield Problem("P-15", "lines", {"case": "benefit", "have": "0", "need": "1"})
    yield from _satisfaction(goal, facts)


def _frame(goal: PerformanceGoal, facts: GoalFacts) -> Iterator[Problem]:
    profile = facts.profiles.get(goal.profile)
    if profile is None:
        return
    tolerated = facts.parameters.names("extra_level2")
    for i, line in enumerate(goal.lines):
        if line.level2 not in (*level2_of(profile.frame, line.level1), *tolerated):
            said = {"name": line.name, "level2": line.level2, "profile": profile.name}
            yield Problem("P-04", f"lines[{i}].level2", said)


def _due(goal: PerformanceGoal, _: GoalFacts) -> Iterator[Problem]:
    for i, line in enumerate(goal.lines):
        if not line.level2.startswith(_TIMELINESS):
            continue
        where, year = f"lines[{i}].due", goal.head.fiscal_year
        if line.due is None and not names_a_day(line.target):
            yield Problem("P-10", where, {"case": "due", "name": line.name})
        elif line.due is not None and line.due.year != year:
            said = {"name": line.name, "due": line.due.isoformat(), "year": str(year)}
            yield Problem("P-10", where, {"case": "due_year", **said})


def _cost(goal: PerformanceGoal, facts: GoalFacts) -> Iterator[Problem]:
    if facts.project is None or not facts.project.needs_cost:
        return
    profile = facts.profiles.get(goal.profile)
    if profile is not None and profile.frame is Frame.F2021 and profile.cost == 0:
        yield Problem("P-11", "profile", {"case": "profile", "profile": profile.name})
    elif not any(is_cost(line.level1, line.level2) for line in goal.lines):
        yield Problem("P-11", "lines", {"case": "lines"})


def _satisfaction(goal: PerformanceGoal, facts: GoalFacts) -> Iterator[Problem]:
    exempt = facts.parameters.names("satisfaction_exempt")
    if facts.project is not None and facts.project.project_class.value in exempt:
        return
    profile = facts.profiles.get(goal.profile)
    if profile is not None and profile.satisfaction == 0:
        yield Problem("P-13", "profile", {"case": "profile"})
    elif not any(line.level1 is Level1.SATISFACTION for line in goal.lines):
        yield Problem("P-13", "lines", {"case": "lines"})


def _names(goal: PerformanceGoal, facts: GoalFacts) -> Iterator[Problem]:
    seen: Counter[str] = Counter()
    for i, line in enumerate(goal.lines):
        name = plain_name(line.name)
        if seen[name]:
            yield Problem("P-14", f"lines[{i}].name", {"name": line.name})
        seen[name] += 1


def _library(goal: PerformanceGoal, facts: GoalFacts) -> Iterator[Problem]:
    for i, line in enumerate(goal.lines):
        if line.library_kind is LibraryKind.CUSTOM:
            continue
        where, entry = f"lines[{i}].indicator_code", facts.indicators.get(line.indicator_code)
        said = {"name": line.name, "code": line.indicator_code}
        if entry is None or not entry.is_open_in(goal.head.fiscal_year):
            yield Problem("P-03", where, _retired(entry, said, facts.heirs.get(line.indicator_code)))
        elif entry.version not in (line.library_version, line.kept_version):
            versions = {"old": line.library_version, "new": entry.version}
            yield Problem("P-01", where, {**said, **versions}, Level.INFO)


def _retired(entry: Indicator | None, said: Mapping[str, str], heir: Indicator | None) -> Mapping[str, str]:
    until = {"until": entry.effective_to or entry.effective_from} if entry is not None else {}
    if heir is None:
        return {"case": "retired" if entry is not None else "gone", **said, **until}
    case = "succeeded" if entry is not None else "gone_succeeded"
    return {"case": case, **said, **until, "successor": heir.code, "successor_name": heir.name}


def _custom(goal: PerformanceGoal, facts: GoalFacts) -> Iterator[Problem]:
    own = [(i, line) for i, line in enumerate(goal.lines) if line.library_kind is LibraryKind.CUSTOM]
    if facts.parameters.text("custom_indicators") != "1":
        for i, line in own:
            yield Problem("P-02", f"lines[{i}].name", {"case": "off", "name": line.name})
        return
    for i, line in own:
        for name in _OWN_WORDS:
            if not getattr(line, name).strip():
                yield Problem("P-02", f"lines[{i}].{name}", {"case": name, "name": line.name})
    have = sum((line.weight for _, line in own), Decimal(0))
    most = facts.parameters.number("goal_total") * facts.parameters.number("custom_weight_percent") / 100
    if have > most:
        said = {"case": "weight", "have": points(have), "most": points(most)}
        yield Problem("P-02", f"lines[{own[0][0]}].weight", said)


def _targets(goal: PerformanceGoal, facts: GoalFacts) -> Iterator[Problem]:
    for i, line in enumerate(goal.lines):
        where, said = f"lines[{i}].target", {"name": line.name, "target": line.target}
        wrong_way = Direction.NEGATIVE if line.operator in _UP else Direction.POSITIVE
        if line.operator in (*_UP, *_DOWN) and line.direction is wrong_way:
            signs = {"operator": line.operator.value, "direction": line.direction.value}
            yield Problem("P-20", f"lines[{i}].operator", {"case": "direction", **said, **signs})
        if not line.target.strip():
            yield Problem("P-20", where, {"case": "missing", **said})
        elif line.operator is not Operator.QUAL:
            yield from _quantity(line, facts.indicators.get(line.indicator_code), where, said)
        if line.operator is not Operator.QUAL:
            yield from _unit(line, facts.indicators.get(line.indicator_code), f"lines[{i}].unit")
        if same_target(line):
            yield Problem("P-19", where, said, Level.INFO)


def _quantity(line: GoalLine, entry: Indicator | None, where: str, said: Mapping[str, str]) -> Iterator[Problem]:
    bounds = target_bounds(line)
    if bounds is None:
        yield Problem("P-20", where, {"case": "range" if line.operator is Operator.RANGE else "number", **said})
        return
    if bounds[0] > bounds[-1]:
        yield Problem("P-20", where, {"case": "order", **said})
    if line.unit.strip() in ("%", "％") and not may_pass_hundred(entry) and not 0 <= min(bounds) <= max(bounds) <= 100:
        yield Problem("P-20", where, {"case": "percent", **said})


def _unit(line: GoalLine, entry: Indicator | None, where: str) -> Iterator[Problem]:
    if not line.unit.strip():
        yield Problem("P-20", where, {"case": "unit", "name": line.name})
    elif entry is not None and entry.unit and entry.unit.strip() != line.unit.strip():
        units = {"unit": line.unit, "library": entry.unit}
        yield Problem("P-20", where, {"case": "unit_differs", "name": line.name, **units}, Level.WARN)


def _models(goal: PerformanceGoal, facts: GoalFacts) -> Iterator[Problem]:
    for i, line in enumerate(goal.lines):
        if line.model is not None:
            found = model_drift(line, facts.models.get(line.model.code))
            if found is not None:
                yield replace(found, where=f"lines[{i}].target")


_RULES: tuple[Callable[[PerformanceGoal, GoalFacts], Iterator[Problem]], ...] = (
    _text,
    _money,
    _points,
    _weights,
    _core,
    _frame,
    _shape,
    _due,
    _cost,
    _names,
    _library,
    _custom,
    _targets,
    _models,
)
