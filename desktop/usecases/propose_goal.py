"""Propose a complete goal for a project: what the library, its cases and last year's goal say fits it, with reasons.

The index over the library is built once for each edition and kept by a `Proposer`; it takes some tenths of a second,
so it is built outside the books' thread, where pages go on reading.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from threading import Lock

from desktop.domain.goal import GoalLine, Level1, PerformanceGoal
from desktop.domain.goal_rules import GoalFacts, check_goal
from desktop.domain.head import Head, Kind
from desktop.domain.library import CoreSet, GoalCase, Indicator, WeightProfile
from desktop.domain.problem import Problem
from desktop.domain.project import Project, YearPlan
from desktop.domain.suggesting.compose import general_goal, year_goal
from desktop.domain.suggesting.library_index import LibraryIndex
from desktop.domain.suggesting.project_words import KINDS
from desktop.domain.suggesting.proposal import Basis, Brief, Candidate, Proposal, Target
from desktop.domain.suggesting.propose import Rules, propose
from desktop.domain.suggesting.weights import split_with_core
from desktop.usecases.pick_indicators import in_order, line_of
from desktop.usecases.ports import AtBooks, Books
from desktop.usecases.seat import Seat

_WORKS, _PROCUREMENT = "WORKS", "PROCUREMENT"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A proposal with what is needed to take it over.

    Attributes:
        profile: Of the form.
        core_share: Of the points, 0 to 1 (P-06).
        edition: Version of the public catalogue that the library came with, empty for the shipped one.
    """

    brief: Brief
    proposal: Proposal
    profile: WeightProfile
    core_share: Decimal
    edition: str = ""


Material = tuple[tuple[Indicator, ...], tuple[GoalCase, ...], tuple[CoreSet, ...]]


class Proposer:
    """Makes proposals over the books and keeps the library's index; for any worker but the books' own thread."""

    def __init__(self) -> None:
        self._edition: tuple[int, str] | None = None
        self._index: LibraryIndex | None = None
        self._building = Lock()

    def propose(self, at: AtBooks, brief: Brief, *, complete: bool = False) -> Suggestion | None:
        """Return a goal for the project, or None when the library has nothing for it.

        Args:
            at: The way to the books' thread, which is held up only while the library is read; nothing is written.
            brief: The project.
            complete: Leave out lines whose value only a person can know.
        """
        with self._building:
            edition, rules, material = at(self._read)
            if material is not None:
                self._index, self._edition = LibraryIndex(*material), edition
            index = self._index
        return suggest(brief, index, rules, complete=complete, edition=str(edition[0])) if index is not None else None

    def _read(self, books: Books) -> tuple[tuple[int, str], Rules, Material | None]:
        with books:
            mirrors = books.mirrors
            edition = mirrors.versions().get("public", (0, ""))
            known = self._index is not None and edition == self._edition
            material = None if known else (mirrors.library(), mirrors.cases(), mirrors.core_sets())
            return edition, Rules(mirrors.weight_profiles(), mirrors.parameters()), material


def suggest(
    brief: Brief, index: LibraryIndex, rules: Rules, *, complete: bool = False, edition: str = ""
) -> Suggestion | None:
    """Return a goal for the project from a given index; None when nothing fits."""
    proposal = propose(brief, index, rules, complete=complete)
    if proposal is None:
        return None
    return Suggestion(brief, proposal, rules.profiles[proposal.profile], rules.core_share, edition)


def brief_of(project: Project, goal: PerformanceGoal | None, last_goal: PerformanceGoal | None) -> Brief:
    """Return what a proposal needs to know of a project that is written down.

    Args:
        project: As it is now.
        goal: Its goal of the year; its profile stands.
        last_goal: Last year's goal of the same project.
    """
    year = goal.head.fiscal_year if goal is not None else project.head.fiscal_year
    return Brief(
        project.name,
        project.year_amount(year) or project.total,
        year,
        project.summary,
        project.project_class,
        project.function_code,
        goal.profile if goal is not None else "",
        project.needs_cost,
        last_goal,
    )


def adopt(
    goal: PerformanceGoal, suggestion: Suggestion, picked: Sequence[Candidate], seat: Seat, *, estimates: bool = False
) -> PerformanceGoal:
    """Return the goal with the picked lines added; nothing that somebody typed is changed.

    Points: what the goal's own lines leave of each level is split over the new ones. Texts are filled only where they
    are empty.

    Args:
        goal: The form as it is.
        suggestion: Where the lines come from.
        picked: Lines to add; those that the goal has by code or name are passed over.
        seat: Gives the lines their ids.
        estimates: Fill in values that were worked out from cases and prices; otherwise they stay empty, to be typed.
    """
    codes, names = {one.indicator_code for one in goal.lines}, {one.name for one in goal.lines}
    fresh = [one for one in _as_wanted(picked, estimates=estimates)
             if one.indicator.code not in codes and one.indicator.name not in names]
    if not fresh:
        return goal
    lines = [_as_line(one, seat.ids.new(), suggestion) for one in fresh]
    lines = _with_points(goal, lines, suggestion, {one.indicator.code: one.indicator for one in fresh})
    year, general = goal_texts(suggestion, fresh, estimates=estimates)
    return replace(
        goal,
        lines=in_order([*goal.lines, *lines]),
        year_goal=goal.year_goal if goal.year_goal.strip() else year,
        general_goal=goal.general_goal if goal.general_goal.strip() else general,
    )


def goal_texts(suggestion: Suggestion, picked: Sequence[Candidate], *, estimates: bool) -> tuple[str, str]:
    """Return the year's and the whole goal as the picked lines say them; values still to be typed are left out."""
    kinds = [kind for kind in KINDS if kind.name in suggestion.proposal.recognised.kinds]
    said = _as_wanted(picked, estimates=estimates)
    return year_goal(suggestion.brief, said), general_goal(suggestion.brief, kinds, said)


def _as_wanted(picked: Sequence[Candidate], *, estimates: bool) -> list[Candidate]:
    """Return the lines, without values that were worked out unless these are wanted."""
    return [one if estimates or not one.target.estimated else replace(one, target=Target("", Basis.OPEN))
            for one in picked]


def split_points(
    goal: PerformanceGoal, suggestion: Suggestion, picked: Sequence[Candidate]
) -> dict[str, Decimal]:
    """Return the points that each picked line would get beside the goal's own, by indicator code."""
    lines = [_as_line(one, one.indicator.code, suggestion) for one in picked]
    entries = {one.indicator.code: one.indicator for one in picked}
    return {one.indicator_code: one.weight for one in _with_points(goal, lines, suggestion, entries)}


def as_goal(suggestion: Suggestion) -> PerformanceGoal:
    """Return the whole proposal as a goal of its own, as a file or a check wants it."""
    proposal, brief = suggestion.proposal, suggestion.brief
    lines = [replace(_as_line(one.candidate, f"l{at}", suggestion), weight=one.weight)
             for at, one in enumerate(proposal.lines, 1)]
    return PerformanceGoal(
        Head("", Kind.GOAL, "1.0", "", "", brief.year, 1, ""),
        "",
        brief.name,
        proposal.profile,
        general_goal=proposal.general_goal,
        year_goal=proposal.year_goal,
        year_total=brief.amount,
        lines=tuple(lines),
    )


def findings(suggestion: Suggestion, index: LibraryIndex, rules: Rules) -> list[Problem]:
    """Return what every P-rule says of the whole proposal."""
    brief, goal = suggestion.brief, as_goal(suggestion)
    kinds = [kind for kind in KINDS if kind.name in suggestion.proposal.recognised.kinds[:1]]
    project = Project(
        Head("", Kind.PROJECT, "1.0", "", "", brief.year, 1, ""),
        brief.name,
        brief.project_class,
        brief.function_code,
        brief.year,
        brief.year,
        total=brief.amount,
        plan=(YearPlan(brief.year, "", "", brief.amount),),
        is_works=any(kind.profile_kind == _WORKS for kind in kinds),
        procurement=any(kind.profile_kind == _PROCUREMENT for kind in kinds),
    )
    return check_goal(goal, GoalFacts(rules.profiles, index.by_code, project, rules.parameters))


def _as_line(one: Candidate, line_id: str, suggestion: Suggestion) -> GoalLine:
    brief = suggestion.brief
    line = line_of(one.indicator, line_id, brief.year, suggestion.profile.frame)
    last = {each.indicator_code: each.target for each in (brief.last_goal.lines if brief.last_goal else ())}
    return replace(
        line,
        level1=one.level1,
        level2=one.level2,
        target=one.target.value,
        last_target=last.get(one.indicator.code, ""),
    )


def _with_points(
    goal: PerformanceGoal, lines: Sequence[GoalLine], suggestion: Suggestion, entries: dict[str, Indicator]
) -> list[GoalLine]:
    profile = suggestion.profile
    left = {level.value.lower(): max(Decimal(0), profile.points(level) - goal.weight_of(level)) for level in Level1}
    rest = replace(profile, **left)  # type: ignore[arg-type]
    split = split_with_core(replace(goal, lines=tuple(lines)), rest, entries, suggestion.core_share)
    return [one if rest.points(one.level1) > 0 else replace(one, weight=Decimal(0)) for one in split.lines]

