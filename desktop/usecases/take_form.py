"""Bring a filled goal form back into its goal: every line is found in the library, or said to be none of it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from desktop.domain.frames import in_frame
from desktop.domain.goal import Frame, GoalLine, PerformanceGoal
from desktop.domain.goal_form.layout import FormWords, GoalForm, goal_form
from desktop.domain.goal_form.reading import FormLine, FormReading
from desktop.domain.goal_targets import plain_name
from desktop.domain.library import Indicator
from desktop.domain.library_search import LibraryQuery
from desktop.usecases.fill_goal import OwnIndicator, SimilarNames, add_own, may_write_own
from desktop.usecases.pick_indicators import in_order, line_of
from desktop.usecases.ports import Books
from desktop.usecases.seat import Seat

_LOOKED_AT = 40  # hits that are compared by name


class Found(StrEnum):
    """How a line of the form stands to goal and library."""

    HERE = "HERE"  # the goal has it
    LIBRARY = "LIBRARY"  # the library has it under this name or an alias
    OWN = "OWN"  # neither; the unit may write it itself, and everything is said that P-02 asks
    UNSAID = "UNSAID"  # so, but something is missing
    CLOSED = "CLOSED"  # the library's entry is retired (P-03)
    UNKNOWN = "UNKNOWN"  # not in the library, and own indicators are not allowed

    @property
    def takeable(self) -> bool:
        """Whether it can come into the goal."""
        return self in (Found.HERE, Found.LIBRARY, Found.OWN)


@dataclass(frozen=True, slots=True)
class FormMatch:
    """A line of the form.

    Attributes:
        now: The goal's line of the same indicator.
        entry: The library's.
        near: Names in the library that are like it, where it was not found.
    """

    line: FormLine
    found: Found
    now: GoalLine | None = None
    entry: Indicator | None = None
    near: tuple[str, ...] = ()

    @property
    def changes(self) -> bool:
        """Whether taking it would change the goal."""
        now, line = self.now, self.line
        if now is None:
            return self.found.takeable
        return (now.target, now.weight, now.operator, now.unit) != (line.target, line.weight, line.operator, line.unit)


@dataclass(frozen=True, slots=True)
class FormTaking:
    """What of a form is to be taken: rows of the sheet, the texts of the goal, and lines the form leaves out."""

    rows: Collection[int]
    texts: bool = True
    drop_others: bool = False


def form_of(books: Books, goal: PerformanceGoal, project_class: str) -> GoalForm:
    """Return the form of a goal.

    Args:
        books: Asked for names; entered here.
        goal: Any.
        project_class: The word for the project's class.
    """
    with books:
        mirrors, unit = books.mirrors, books.mirrors.unit()
        profile = mirrors.weight_profiles().get(goal.profile)
        scoring = mirrors.scoring_profiles().get(goal.scoring_profile)
        natures = {code: one.name for code, one in mirrors.codes("FUND_NATURE", goal.head.fiscal_year).items()}
    words = FormWords(
        unit=f"{unit.unit_code} {unit.name}",
        department="",
        project_class=project_class,
        profile=profile.name if profile is not None else goal.profile,
        scoring=scoring.name if scoring is not None else "",
        natures=natures,
    )
    return goal_form(goal, words)


def match_form(books: Books, goal: PerformanceGoal, reading: FormReading) -> tuple[FormMatch, ...]:
    """Find every line of a form in the goal and in the library, by its exact name or an alias."""
    with books:
        allowed = may_write_own(books.mirrors.parameters())
        found = {line.name: _entry(books, line.name, goal.head.fiscal_year) for line in reading.lines}
        unknown = [name for name, entry in found.items() if entry is None]
        library = SimilarNames(books.mirrors.library() if unknown else (), goal.head.fiscal_year)
    near = {name: library.find(name) for name in unknown}
    return tuple(
        _match(goal, line, found[line.name], allowed, tuple(one.name for one in near.get(line.name, ())))
        for line in reading.lines
    )


def take_form(
    goal: PerformanceGoal,
    reading: FormReading,
    matches: Sequence[FormMatch],
    taking: FormTaking,
    seat: Seat,
    frame: Frame = Frame.F2021,
) -> PerformanceGoal:
    """Return the goal with what was chosen of a form: targets, points, signs and units as the sheet has them.

    What the library says of an indicator stays the library's; only an indicator that the unit wrote itself takes its
    words from the sheet. A text that is empty on the sheet leaves the goal's as it is.
    """
    chosen = [one for one in matches if one.line.row in taking.rows and one.found.takeable]
    for match in chosen:
        goal = _with_match(goal, match, seat, frame)
    if taking.drop_others:
        names = {one.line.name for one in matches}
        codes = {one.entry.code for one in matches if one.entry is not None}
        kept = (line for line in goal.lines if line.name in names or line.indicator_code in codes)
        goal = replace(goal, lines=tuple(kept))
    if taking.texts:
        goal = replace(goal, year_goal=reading.year_goal or goal.year_goal,
                       general_goal=reading.general_goal or goal.general_goal)
    return replace(goal, lines=in_order(goal.lines))


def _entry(books: Books, name: str, year: int) -> Indicator | None:
    hits = books.mirrors.find_indicators(LibraryQuery(text=name, fiscal_year=year), _LOOKED_AT).hits
    plain = plain_name(name)
    exact = [one for one in hits if plain_name(one.name) == plain]
    named = exact or [one for one in hits if plain in map(plain_name, one.aliases)]
    return named[0] if named else None


def _match(
    goal: PerformanceGoal, line: FormLine, entry: Indicator | None, allowed: bool, near: tuple[str, ...]
) -> FormMatch:
    plain = plain_name(line.name)
    now = next((one for one in goal.lines if plain_name(one.name) == plain), None)
    if now is None and entry is not None:
        now = next((one for one in goal.lines if one.indicator_code == entry.code), None)
    if now is not None:
        return FormMatch(line, Found.HERE, now, entry)
    if entry is not None:
        open_now = entry.is_open_in(goal.head.fiscal_year)
        return FormMatch(line, Found.LIBRARY if open_now else Found.CLOSED, None, entry)
    if not allowed:
        return FormMatch(line, Found.UNKNOWN, near=near)
    return FormMatch(line, Found.UNSAID if _own(line).missing() else Found.OWN, near=near)


def _with_match(goal: PerformanceGoal, match: FormMatch, seat: Seat, frame: Frame) -> PerformanceGoal:
    line = match.line
    if match.now is not None:
        lines = tuple(_typed(one, line) if one.line_id == match.now.line_id else one for one in goal.lines)
        return replace(goal, lines=lines)
    if match.entry is not None:
        fresh = line_of(match.entry, seat.ids.new(), goal.head.fiscal_year, frame)
        return replace(goal, lines=(*goal.lines, _typed(fresh, line)))
    goal = add_own(goal, _own(line, frame), seat)
    lines = tuple(_typed(one, line) if one.name == line.name else one for one in goal.lines)
    return replace(goal, lines=lines)


def _typed(line: GoalLine, form: FormLine) -> GoalLine:
    """Return a line with what people type on the form; the day it is due by where the sheet names a real one."""
    return replace(
        line, operator=form.operator, target=form.target, unit=form.unit or line.unit, weight=form.weight,
        due=_day(form.about.due) or line.due, evidence=form.about.evidence or line.evidence,
        data_source=form.about.data_source or line.data_source,
    )  # fmt: skip


def _own(line: FormLine, frame: Frame = Frame.F2021) -> OwnIndicator:
    level1, level2 = in_frame(frame, line.level1, line.level2) or (line.level1, line.level2)
    about = line.about
    return OwnIndicator(
        level1, level2, line.name, line.operator, line.target, line.unit, line.direction, about.explanation,
        about.formula, about.data_source, about.reason,
    )  # fmt: skip


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None
