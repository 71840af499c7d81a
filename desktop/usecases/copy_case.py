"""Copy a case (案例) into a goal: its indicators as the library has them now, its targets to compare with."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from desktop.domain.frames import in_frame
from desktop.domain.goal import Direction, GoalLine, LibraryKind, Operator, PerformanceGoal
from desktop.domain.goal_targets import plain_name
from desktop.domain.goal_weights import split_by_library, unreachable
from desktop.domain.library import CaseLine, GoalCase, Indicator, WeightProfile
from desktop.domain.project import Project
from desktop.usecases.fill_goal import OWN_PREFIX
from desktop.usecases.pick_indicators import in_order, line_of
from desktop.usecases.ports import Books
from desktop.usecases.seat import Seat

_DOWN = (Operator.LE, Operator.LT)
_NAME_PAIRS = 2  # characters that are compared together
_SAME_FUNCTION = {7: 3, 5: 2, 3: 1}  # how many digits of the function code agree -> how well a case fits


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is taken of a case.

    Attributes:
        places: Places of its lines.
        in_place: The goal's own lines go; else the case's are added to them.
        targets: Its targets come along; else they only stand among the values to compare with.
        texts: Its general goal and year goal come along.
        own: Lines that the library has no entry for become the unit's own ones (P-02); else they stay out.
    """

    places: Collection[int]
    in_place: bool
    targets: bool
    texts: bool
    own: bool


@dataclass(frozen=True, slots=True)
class Copied:
    """The goal with a case's lines.

    Attributes:
        goal: Its points fit the profile where any points can.
        added: How many lines came.
        left_out: Names that the library does not have, or has retired.
        without_place: Names whose group the profile's form does not have (P-04).
    """

    goal: PerformanceGoal
    added: int
    left_out: tuple[str, ...]
    without_place: tuple[str, ...]


def cases_for(cases: Sequence[GoalCase], project: Project) -> list[GoalCase]:
    """Return all cases, those nearest to the project first: by function code, then by name."""

    def fitness(case: GoalCase) -> tuple[int, int]:
        own, other = project.function_code, case.function_code
        agreeing = next((n for n in _SAME_FUNCTION if own and own[:n] == other[:n] and len(own) >= n), 0)
        return -_SAME_FUNCTION.get(agreeing, 0), -len(_pairs(project.name) & _pairs(case.project_name))

    return sorted(cases, key=fitness)


def find_cases(cases: Sequence[GoalCase], typed: str) -> list[GoalCase]:
    """Return the cases that hold every typed word: in name, fields, function code or the initials of the name."""
    words = typed.lower().split()
    return [case for case in cases if all(_holds(case, word) for word in words)]


def entries_of_case(books: Books, case: GoalCase) -> Mapping[str, Indicator]:
    """Return the library's entries of a case's lines, by code."""
    with books:
        return books.mirrors.indicators([line.indicator_code for line in case.lines if line.indicator_code])


def copy_case(
    goal: PerformanceGoal,
    case: GoalCase,
    wanted: Wanted,
    entries: Mapping[str, Indicator],
    profiles: Mapping[str, WeightProfile],
    seat: Seat,
) -> Copied:
    """Return the goal with what is wanted of a case.

    A case taken in place of the goal's lines brings its profile. Points are the case's where they fit the profile
    exactly, else they are shared by the library's weights. Indicators that the goal has already are not added again.
    """
    chosen = case.profile if wanted.in_place and case.profile in profiles else goal.profile
    profile = profiles[chosen]
    kept = () if wanted.in_place else goal.lines
    have = {plain_name(line.name) for line in kept} | {line.indicator_code for line in kept}
    made: list[GoalLine] = []
    left_out: list[str] = []
    homeless: list[str] = []
    for place in sorted(wanted.places):
        one = case.lines[place]
        if plain_name(one.name) in have or one.indicator_code in have:
            continue
        line = _line(one, wanted, entries, profile, seat, goal.head.fiscal_year)
        if line is None:
            left_out.append(one.name)
            continue
        if in_frame(profile.frame, line.level1, line.level2) is None:
            homeless.append(line.name)
        made.append(line)
    written = _with_texts(goal, case) if wanted.texts else goal
    whole = replace(written, profile=chosen, lines=in_order([*kept, *made]))
    return Copied(_pointed(whole, profile, entries), len(made), tuple(left_out), tuple(homeless))


def _line(
    one: CaseLine, wanted: Wanted, entries: Mapping[str, Indicator], profile: WeightProfile, seat: Seat, year: int
) -> GoalLine | None:
    entry = entries.get(one.indicator_code)
    if entry is not None and entry.is_open_in(year):
        line = line_of(entry, seat.ids.new(), year, profile.frame)
        alike = one.unit.strip() == entry.unit.strip()
        same_way = (one.operator in _DOWN) is (entry.operator in _DOWN)
        target = one.target if wanted.targets and alike else ""
        return replace(line, weight=one.weight, target=target, operator=one.operator if same_way else line.operator)
    if not wanted.own:
        return None
    place = in_frame(profile.frame, one.level1, one.level2) or (one.level1, one.level2)
    line_id = seat.ids.new()
    return GoalLine(
        line_id, f"{OWN_PREFIX}{line_id[:8]}", "", LibraryKind.CUSTOM, *place, one.name, one.operator,
        target=one.target if wanted.targets else "", unit=one.unit, weight=one.weight,
        direction=Direction.NEGATIVE if one.operator in _DOWN else Direction.POSITIVE, explanation=one.note,
    )


def _pointed(goal: PerformanceGoal, profile: WeightProfile, entries: Mapping[str, Indicator]) -> PerformanceGoal:
    exact = all(goal.weight_of(level) == profile.points(level) for level in {line.level1 for line in goal.lines})
    if exact and sum((line.weight for line in goal.lines), Decimal(0)) == profile.total():
        return goal
    crowded = [one for one in unreachable(goal, profile) if one.facts.get("case") == "crowded"]
    return goal if crowded else split_by_library(goal, profile, entries)


def _with_texts(goal: PerformanceGoal, case: GoalCase) -> PerformanceGoal:
    return replace(goal, general_goal=case.general_goal, year_goal=case.year_goal)


def _holds(case: GoalCase, word: str) -> bool:
    texts = (case.project_name, case.industry, case.category, case.fund_use, case.initials)
    return case.function_code.startswith(word) or any(word in text.lower() for text in texts)


def _pairs(name: str) -> set[str]:
    return {name[at : at + _NAME_PAIRS] for at in range(len(name) - 1)}
