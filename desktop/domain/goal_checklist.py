"""The live checklist beside the goal form: what is done, what is missing, what is worth a look."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from desktop.domain.goal import Level1, Operator, PerformanceGoal
from desktop.domain.goal_rules import GoalFacts, check_goal, core_needed, is_core, points
from desktop.domain.goal_targets import money_in, same_target
from desktop.domain.library import WeightProfile
from desktop.domain.money import format_yuan
from desktop.domain.problem import Level, Problem
from desktop.domain.project import ProjectClass


@dataclass(frozen=True, slots=True)
class ChecklistItem:
    """One line of the live checklist.

    Attributes:
        ok: True done, False must be done, None worth a look.
        code: ``LEVEL1``, ``TOTAL``, ``SHAPE``, ``TARGETS``, ``CORE``, ``TEXT``, ``AMOUNT`` or ``LAST_YEAR``.
    """

    ok: bool | None
    code: str
    facts: Mapping[str, str] = field(default_factory=dict)


def goal_checklist(goal: PerformanceGoal, facts: GoalFacts) -> tuple[ChecklistItem, ...]:
    """Return the checklist in the order of the form; it never says done where `check_goal` finds an error."""
    problems = check_goal(goal, facts)
    profile = facts.profiles.get(goal.profile)
    items: list[ChecklistItem] = []
    if profile is not None:
        items += [_level(goal, profile, level) for level in Level1 if profile.points(level) or goal.weight_of(level)]
    items.append(_total(goal, facts, problems))
    items.append(ChecklistItem(_state(problems, "P-10", "P-13", "P-14", "P-15"), "SHAPE"))
    items.append(_targets(goal, problems))
    if facts.project is not None and facts.project.project_class is ProjectClass.T:
        items.append(_core(goal, facts))
    length = str(len("".join(goal.year_goal.split())))
    items.append(ChecklistItem(_state(problems, "P-16"), "TEXT", {"length": length}))
    items += _amount(goal, facts, problems)
    items += _last_year(goal)
    return tuple(items)


def _state(problems: list[Problem], *codes: str) -> bool | None:
    levels = {problem.level for problem in problems if problem.code in codes}
    if Level.ERROR in levels:
        return False
    return None if levels else True


def _level(goal: PerformanceGoal, profile: WeightProfile, level: Level1) -> ChecklistItem:
    have, want = goal.weight_of(level), profile.points(level)
    count = sum(line.level1 is level for line in goal.lines)
    facts = {"level1": level.value, "count": str(count), "have": points(have), "want": points(want)}
    return ChecklistItem(have == want, "LEVEL1", facts)


def _total(goal: PerformanceGoal, facts: GoalFacts, problems: list[Problem]) -> ChecklistItem:
    have, want = sum((line.weight for line in goal.lines), Decimal(0)), facts.parameters.number("goal_total")
    ok = have == want and _state(problems, "P-05") is True
    return ChecklistItem(ok, "TOTAL", {"have": points(have), "want": points(want)})


def _targets(goal: PerformanceGoal, problems: list[Problem]) -> ChecklistItem:
    missing = sum(not line.target.strip() for line in goal.lines)
    wrong = {p.where.split(".")[0] for p in problems if p.code == "P-20"}
    qualitative = sum(line.operator is Operator.QUAL for line in goal.lines)
    facts = {"missing": str(missing), "wrong": str(len(wrong)), "qualitative": str(qualitative)}
    return ChecklistItem(_state(problems, "P-20") if goal.lines else False, "TARGETS", facts)


def _core(goal: PerformanceGoal, facts: GoalFacts) -> ChecklistItem:
    core = [line for line in goal.lines if is_core(line)]
    have, need = sum((line.weight for line in core), Decimal(0)), core_needed(facts)
    ok = have > 0 and (True if have >= need else None)  # none at all is B-13, too little a warning
    return ChecklistItem(ok, "CORE", {"count": str(len(core)), "have": points(have), "need": points(need)})


def _amount(goal: PerformanceGoal, facts: GoalFacts, problems: list[Problem]) -> list[ChecklistItem]:
    if facts.project is None:
        return []
    named = next(iter(money_in(goal.year_goal)), None)
    amount = format_yuan(facts.project.year_amount(goal.head.fiscal_year))
    said = {"project": amount, "written": "" if named is None else format_yuan(named)}
    return [ChecklistItem(_state(problems, "P-17", "P-18"), "AMOUNT", said)]


def _last_year(goal: PerformanceGoal) -> list[ChecklistItem]:
    same = [line for line in goal.lines if same_target(line)]
    if not same:
        return []
    said = {"count": str(len(same)), "name": same[0].name, "target": f"{same[0].target}{same[0].unit}"}
    return [ChecklistItem(None, "LAST_YEAR", said)]
