"""The live checklist beside the goal form: what is done, what is missing, what is worth a look."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from desktop.domain.goal import Level1, LibraryKind, Operator, PerformanceGoal
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
        code: ``LEVEL1``, ``TOTAL``, ``SHAPE``, ``NO_LINES``, ``TARGETS``, ``CORE``, ``OWN``, ``LIBRARY``, ``TEXT``,
            ``AMOUNT`` or ``LAST_YEAR``.
        problems: The findings that keep it from being done, in the order of the form.
        where: Where to go to do something about it, as in a problem; a level without lines is its code.
    """

    ok: bool | None
    code: str
    facts: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    where: str = ""


def goal_checklist(goal: PerformanceGoal, facts: GoalFacts) -> tuple[ChecklistItem, ...]:
    """Return the checklist in the order of the form; it never says done where `check_goal` finds an error."""
    problems = check_goal(goal, facts)
    profile = facts.profiles.get(goal.profile)
    items: list[ChecklistItem] = []
    if profile is not None:
        items += [_level(goal, profile, level) for level in Level1 if profile.points(level) or goal.weight_of(level)]
    items.append(_total(goal, facts, problems))
    items.append(_of("SHAPE", _those(problems, "P-04", "P-10", "P-11", "P-13", "P-14", "P-15"), "lines"))
    items.append(_targets(goal, problems))
    if facts.project is not None and facts.project.project_class is ProjectClass.T:
        items.append(_core(goal, facts))
    items += _own(goal, facts, problems)
    gone = _those(problems, "P-03")
    if gone:
        items.append(_of("LIBRARY", gone, "", {"count": str(len(gone)), "name": gone[0].facts["name"]}))
    length = str(len("".join(goal.year_goal.split())))
    items.append(_of("TEXT", _those(problems, "P-16"), "year_goal", {"length": length}))
    items += _amount(goal, facts, problems)
    items += _last_year(goal)
    return tuple(items)


def _those(problems: list[Problem], *codes: str) -> tuple[Problem, ...]:
    return tuple(problem for problem in problems if problem.code in codes)


def _of(code: str, found: tuple[Problem, ...], where: str, facts: Mapping[str, str] | None = None) -> ChecklistItem:
    ok = False if any(one.level is Level.ERROR for one in found) else None if found else True
    return ChecklistItem(ok, code, facts or {}, found, found[0].where if found else where)


def _level(goal: PerformanceGoal, profile: WeightProfile, level: Level1) -> ChecklistItem:
    have, want = goal.weight_of(level), profile.points(level)
    places = [at for at, line in enumerate(goal.lines) if line.level1 is level]
    facts = {"level1": level.value, "count": str(len(places)), "have": points(have), "want": points(want)}
    bare = [at for at in places if not goal.lines[at].weight]
    where = f"lines[{(bare or places)[0]}].weight" if places else level.value
    return ChecklistItem(have == want, "LEVEL1", facts, where=where)


def _total(goal: PerformanceGoal, facts: GoalFacts, problems: list[Problem]) -> ChecklistItem:
    have, want = sum((line.weight for line in goal.lines), Decimal(0)), facts.parameters.number("goal_total")
    # A level that is wrong says so in its own line; the sum of 90 may be right all the same.
    found = tuple(one for one in _those(problems, "P-05") if have != want or one.facts.get("case") != "level1")
    where = found[0].where if found else "lines"
    return ChecklistItem(
        have == want and not found, "TOTAL", {"have": points(have), "want": points(want)}, found, where
    )


def _own(goal: PerformanceGoal, facts: GoalFacts, problems: list[Problem]) -> list[ChecklistItem]:
    own = [line for line in goal.lines if line.library_kind is LibraryKind.CUSTOM]
    if not own:
        return []
    most = facts.parameters.number("goal_total") * facts.parameters.number("custom_weight_percent") / 100
    have = sum((line.weight for line in own), Decimal(0))
    said = {"count": str(len(own)), "have": points(have), "most": points(most)}
    return [_of("OWN", _those(problems, "P-02"), f"lines[{goal.lines.index(own[0])}].name", said)]


def _targets(goal: PerformanceGoal, problems: list[Problem]) -> ChecklistItem:
    missing = sum(not line.target.strip() for line in goal.lines)
    wrong = {p.where.split(".")[0] for p in problems if p.code == "P-20"}
    qualitative = sum(line.operator is Operator.QUAL for line in goal.lines)
    facts = {"missing": str(missing), "wrong": str(len(wrong)), "qualitative": str(qualitative)}
    if not goal.lines:
        return ChecklistItem(False, "NO_LINES", facts, where="lines")
    return _of("TARGETS", _those(problems, "P-20"), "lines", facts)


def _core(goal: PerformanceGoal, facts: GoalFacts) -> ChecklistItem:
    core = [line for line in goal.lines if is_core(line)]
    have, need = sum((line.weight for line in core), Decimal(0)), core_needed(facts)
    ok = have > 0 and (True if have >= need else None)  # none at all is B-13, too little a warning
    said = {"count": str(len(core)), "have": points(have), "need": points(need)}
    where = f"lines[{goal.lines.index(core[0])}].weight" if core else "lines"
    return ChecklistItem(ok, "CORE", said, where=where)


def _amount(goal: PerformanceGoal, facts: GoalFacts, problems: list[Problem]) -> list[ChecklistItem]:
    if facts.project is None:
        return []
    named = next(iter(money_in(goal.year_goal)), None)
    amount = format_yuan(facts.project.year_amount(goal.head.fiscal_year))
    said = {"project": amount, "written": "" if named is None else format_yuan(named)}
    return [_of("AMOUNT", _those(problems, "P-17", "P-18"), "year_goal", said)]


def _last_year(goal: PerformanceGoal) -> list[ChecklistItem]:
    same = [line for line in goal.lines if same_target(line)]
    if not same:
        return []
    said = {"count": str(len(same)), "name": same[0].name, "target": f"{same[0].target}{same[0].unit}"}
    return [ChecklistItem(None, "LAST_YEAR", said, where=f"lines[{goal.lines.index(same[0])}].target")]
