"""Points of a goal form: split by the library or evenly, filled up, or why no split reaches the profile (P-05)."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import ROUND_DOWN, Decimal

from desktop.domain.goal import Frame, GoalLine, Level1, PerformanceGoal
from desktop.domain.goal_rules import is_core, points
from desktop.domain.library import Indicator, WeightProfile
from desktop.domain.problem import Problem
from desktop.domain.project import Project

_STEPS = (Decimal("0.5"), Decimal("0.1"))  # P-07: halves of a point; tenths only where halves do not reach all lines
WORKS, PROCUREMENT = "WORKS", "PROCUREMENT"


def split_by_library(
    goal: PerformanceGoal, profile: WeightProfile, indicators: Mapping[str, Indicator]
) -> PerformanceGoal:
    """Return the goal with points split by the library's default weights.

    Each level's points are split over its lines, cut down to halves, and what is left goes to the first core line, or
    to the first line where none is core. A level without points in the profile gets zeros: its lines do not belong.

    Args:
        goal: The goal whose lines get new weights.
        profile: Points of each level 1.
        indicators: Library entries by code; a line without one counts as default weight 1.

    Source: performance rules, P-07: output 50 with defaults 3:2:3:2 → 15, 10, 15, 10.
    """
    lines = list(goal.lines)
    for level in Level1:
        places = [i for i, line in enumerate(lines) if line.level1 is level]
        if places:
            shares = _split(profile.points(level), [lines[i] for i in places], indicators)
            for i, share in zip(places, shares, strict=True):
                lines[i] = replace(lines[i], weight=share)
    return replace(goal, lines=tuple(lines))


def split_evenly(goal: PerformanceGoal, profile: WeightProfile) -> PerformanceGoal:
    """Return the goal with each level's points split evenly over its lines (平均分配)."""
    return split_by_library(goal, profile, {})  # without entries every line counts the same


def fill_up(goal: PerformanceGoal, profile: WeightProfile, line_id: str) -> PerformanceGoal:
    """Return the goal whose line takes what its level lacks, or gives up what it has too much (补足到满分).

    The goal comes back unchanged where the line would be left without points.
    """
    line = next((one for one in goal.lines if one.line_id == line_id), None)
    if line is None:
        return goal
    weight = line.weight + profile.points(line.level1) - goal.weight_of(line.level1)
    if weight <= 0:
        return goal
    lines = tuple(replace(one, weight=weight) if one is line else one for one in goal.lines)
    return replace(goal, lines=lines)


def unreachable(goal: PerformanceGoal, profile: WeightProfile) -> list[Problem]:
    """Return why no points at all could satisfy the profile with these lines.

    ``empty``: a level has points and no line; ``foreign``: it has lines and no points; ``crowded``: it has more lines
    than a tenth of a point for each would allow. Source: P-05.
    """
    found = []
    for level in Level1:
        count, want = sum(line.level1 is level for line in goal.lines), profile.points(level)
        case = _trouble(count, want)
        if case:
            said = {"case": case, "level1": level.value, "count": str(count), "want": points(want)}
            found.append(Problem("P-05", "lines", {**said, "profile": profile.name}))
    return found


def profile_for(project: Project, profiles: Mapping[str, WeightProfile]) -> str:
    """Return the code of the profile that a goal of the project starts with; empty when there is none.

    Works, large repairs and purchases need cost indicators (P-11), so they start with the profile that the bureau
    meant for them; other projects with the one of their class; else with the first that asks for satisfaction and, as
    the kind of project needs it or not, for cost. A profile of the older form comes after those of the present one.
    """
    kinds = project_kinds(project)
    for kind in kinds:
        for code, profile in profiles.items():
            if kind in profile.project_kinds:
                return code
    present_first = sorted(profiles, key=lambda code: profiles[code].frame is Frame.F2015)
    fitting = [code for code in present_first
               if profiles[code].satisfaction > 0 and (profiles[code].cost > 0) is project.needs_cost]
    return next(iter([*fitting, *present_first]), "")


def project_kinds(project: Project) -> Sequence[str]:
    """Return the kinds that profiles are chosen by, the narrowest first."""
    found = [WORKS] if project.is_works else []
    if project.procurement or project.asset:
        found.append(PROCUREMENT)
    return [*found, project.project_class.value]


def _trouble(count: int, want: Decimal) -> str:
    if want > 0 and count == 0:
        return "empty"
    if want == 0 and count > 0:
        return "foreign"
    return "crowded" if count * _STEPS[-1] > want else ""


def _split(total: Decimal, lines: list[GoalLine], indicators: Mapping[str, Indicator]) -> list[Decimal]:
    parts = [_default_weight(line, indicators) for line in lines]
    first = next((i for i, line in enumerate(lines) if is_core(line)), 0)
    shares: list[Decimal] = []
    for step in _STEPS:
        shares = [max(step, _cut(total * part / sum(parts), step)) for part in parts]
        shares[first] += total - sum(shares)
        if shares[first] > 0:
            return shares
    return [Decimal(0)] * len(lines)


def _default_weight(line: GoalLine, indicators: Mapping[str, Indicator]) -> int:
    entry = indicators.get(line.indicator_code)
    return 1 if entry is None else max(1, entry.default_weight)


def _cut(value: Decimal, step: Decimal) -> Decimal:
    return (value / step).quantize(Decimal(1), ROUND_DOWN) * step
