"""Fill a goal: change its profile, share its points, take over last year's goal, write an own indicator (P-02)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from decimal import Decimal
from enum import StrEnum

from desktop.domain.frames import cost_of, in_frame, level2_of
from desktop.domain.goal import Direction, Frame, GoalLine, Level1, LibraryKind, Operator, PerformanceGoal
from desktop.domain.goal_rules import GoalFacts
from desktop.domain.goal_targets import plain_name
from desktop.domain.goal_weights import fill_up, split_evenly
from desktop.domain.head import Kind
from desktop.domain.library import Indicator, WeightProfile
from desktop.domain.parameters import Parameters
from desktop.domain.project import Project
from desktop.usecases.library_changes import heirs_of
from desktop.usecases.pick_indicators import in_order, line_of
from desktop.usecases.ports import Books
from desktop.usecases.seat import Seat

OWN_PREFIX = "ZN"  # codes of indicators that the unit wrote itself; the library's codes begin otherwise
_LEAST_LIKENESS = 0.3  # share of pairs of characters from which on two names are worth comparing


# -- the profile


@dataclass(frozen=True, slots=True)
class Move:
    """What a profile means for a line.

    Attributes:
        to: The new place; None where the profile's form has none for it.
        pointless: The profile gives the level no points.
    """

    line: GoalLine
    to: tuple[Level1, str] | None
    pointless: bool

    @property
    def fits(self) -> bool:
        """Whether the line stays where it is and keeps its points."""
        return self.to == (self.line.level1, self.line.level2) and not self.pointless


def with_profile(
    goal: PerformanceGoal, profile: WeightProfile, facts: GoalFacts
) -> tuple[PerformanceGoal, tuple[Move, ...]]:
    """Return the goal under another profile, and the lines that move or have no place (P-04).

    A line of the library stands where the library puts it in the profile's frame, so that going to the older form and
    back loses nothing. A line without a place stays where it was: the rules say so, the user decides.
    """
    moves = tuple(_move(line, profile, facts) for line in goal.lines)
    lines = [line if move.to is None else replace(line, level1=move.to[0], level2=move.to[1])
             for line, move in zip(goal.lines, moves, strict=True)]
    return replace(goal, profile=profile.code, lines=in_order(lines)), tuple(one for one in moves if not one.fits)


def _move(line: GoalLine, profile: WeightProfile, facts: GoalFacts) -> Move:
    entry = facts.indicators.get(line.indicator_code)
    to = in_frame(profile.frame, entry.level1, entry.level2) if entry is not None else None
    to = to or in_frame(profile.frame, line.level1, line.level2)
    if to is None and line.level2 in facts.parameters.names("extra_level2"):
        to = (line.level1, line.level2)
    level = to[0] if to is not None else line.level1
    return Move(line, to, pointless=profile.points(level) == 0)


# -- points


def fill_group(goal: PerformanceGoal, profile: WeightProfile, level: Level1) -> PerformanceGoal:
    """Return the goal whose level reaches its points: what lacks is shared by the lines that have none.

    Where every line has points the last one takes the difference. Unchanged where that would leave it none.
    """
    lines = [line for line in goal.lines if line.level1 is level]
    bare = tuple(line for line in lines if not line.weight)
    lack = profile.points(level) - goal.weight_of(level)
    if not lines:
        return goal
    if not bare or lack <= 0:
        return fill_up(goal, profile, lines[-1].line_id)
    shared = split_evenly(replace(goal, lines=bare), _with_points(profile, level, lack))
    weights = {line.line_id: line.weight for line in shared.lines}
    return replace(goal, lines=tuple(replace(one, weight=weights.get(one.line_id, one.weight)) for one in goal.lines))


def _with_points(profile: WeightProfile, level: Level1, points: Decimal) -> WeightProfile:
    wanted: dict[str, Decimal] = {level.value.lower(): points}
    return replace(profile, **wanted)  # type: ignore[arg-type]


# -- benefits that are costs


def may_be_cost(line: GoalLine, profile: WeightProfile) -> bool:
    """Tell whether a benefit may be listed as social or ecological cost: one in money, where the form has cost (P-12).

    Source: 财预〔2021〕101号.
    """
    in_money = line.unit.strip().endswith("元")
    return line.level1 is Level1.BENEFIT and in_money and profile.cost > 0 and bool(cost_of(line.level2))


def as_cost(goal: PerformanceGoal, line_id: str) -> PerformanceGoal:
    """Return the goal with a benefit listed as cost; its points are still to be given."""
    lines = [
        replace(line, level1=Level1.COST, level2=cost_of(line.level2), weight=Decimal(0))
        if line.line_id == line_id and cost_of(line.level2) else line
        for line in goal.lines
    ]  # fmt: skip
    return replace(goal, lines=in_order(lines))


# -- last year


class Standing(StrEnum):
    """How a line of last year's goal stands to this year's."""

    HERE = "HERE"  # this year's goal has it
    FREE = "FREE"  # it can be taken
    SUCCEEDED = "SUCCEEDED"  # retired; its successor can be taken
    OWN = "OWN"  # the unit wrote it itself
    GONE = "GONE"  # retired without a successor, or no longer in the library


@dataclass(frozen=True, slots=True)
class LastLine:
    """A line of last year's goal.

    Attributes:
        now: This year's line of the same indicator or of its successor.
        entry: The library's entry that would be taken.
    """

    line: GoalLine
    standing: Standing
    now: GoalLine | None = None
    entry: Indicator | None = None

    @property
    def takeable(self) -> bool:
        """Whether something of it can be brought into this year's goal."""
        return self.standing is not Standing.GONE


def last_goal(books: Books, project: Project) -> PerformanceGoal | None:
    """Return the goal of the year before: of the same project, or of one with the same name or bureau's code.

    Must be called inside ``with books``.
    """
    year = project.head.fiscal_year - 1
    found = books.documents.find(Kind.GOAL, f"{project.head.key}@{year}")
    if found is None:
        rows = books.documents.rows(kinds=(Kind.GOAL,), fiscal_year=year)
        named = [row for row in rows if plain_name(row.project_name) == plain_name(project.name)]
        found = books.documents.get(named[0].doc_id) if named and project.name.strip() else None
    if found is None and project.code:
        coded = (one for one in books.documents.of_kind(Kind.GOAL, year)
                 if isinstance(one.content, PerformanceGoal) and one.content.project_code == project.code)
        found = next(coded, None)
    return found.content if found is not None and isinstance(found.content, PerformanceGoal) else None


@dataclass(frozen=True, slots=True)
class LastLibrary:
    """What the library says today of last year's indicators.

    Attributes:
        known: Its entries by code, retired ones too.
        heirs: Code that is retired or gone to the entry that takes its place.
    """

    known: Mapping[str, Indicator]
    heirs: Mapping[str, Indicator]


def library_of_last(books: Books, last: PerformanceGoal, year: int) -> LastLibrary:
    """Return what the library has for last year's lines, for a goal of the year."""
    codes = [line.indicator_code for line in last.lines if line.library_kind is not LibraryKind.CUSTOM]
    with books:
        known = books.mirrors.indicators(codes)
        return LastLibrary(known, heirs_of(books, codes, known, year))


def compare_with_last(
    goal: PerformanceGoal, last: PerformanceGoal, library: LastLibrary
) -> tuple[LastLine, ...]:
    """Return last year's lines in their order, each with what it is now."""
    return tuple(_last_line(goal, line, library) for line in last.lines)


def _last_line(goal: PerformanceGoal, line: GoalLine, library: LastLibrary) -> LastLine:
    entry = library.known.get(line.indicator_code)
    here = _same(goal, line.indicator_code, line.name)
    if here is not None:
        return LastLine(line, Standing.HERE, here, entry)
    if line.library_kind is LibraryKind.CUSTOM:
        return LastLine(line, Standing.OWN)
    if entry is not None and entry.is_open_in(goal.head.fiscal_year):
        return LastLine(line, Standing.FREE, None, entry)
    heir = library.heirs.get(line.indicator_code)
    if heir is None:
        return LastLine(line, Standing.GONE)
    here = _same(goal, heir.code, heir.name)
    return LastLine(line, Standing.SUCCEEDED if here is None else Standing.HERE, here, heir)


def take_last(
    goal: PerformanceGoal, picked: Iterable[LastLine], seat: Seat, frame: Frame, *, with_targets: bool
) -> PerformanceGoal:
    """Return the goal with lines of last year's: as this year's targets too, or only to compare with.

    Targets of a successor in another unit are not brought: the number would mean something else. Points of last year
    come along where this year's goal had no lines at all.
    """
    bare, lines = not goal.lines, {line.line_id: line for line in goal.lines}
    for one in picked:
        taken = _taken(one, seat, frame, goal.head.fiscal_year)
        if taken is None:
            continue
        alike = taken.unit.strip() == one.line.unit.strip()
        target = one.line.target if alike and with_targets else taken.target if one.now is not None else ""
        weight = one.line.weight if bare else taken.weight
        lines[taken.line_id] = replace(taken, last_target=one.line.target if alike else taken.last_target,
                                       target=target, weight=weight)
    return replace(goal, lines=in_order(lines.values()))


def _taken(one: LastLine, seat: Seat, frame: Frame, year: int) -> GoalLine | None:
    if one.now is not None:
        return one.now
    if one.standing is Standing.OWN:
        return replace(one.line, line_id=seat.ids.new(), weight=Decimal(0), plan=(), model=None)
    if one.entry is None or one.standing is Standing.GONE:
        return None
    made = line_of(one.entry, seat.ids.new(), year, frame)
    return replace(made, data_source=one.line.data_source or made.data_source,
                   evidence=one.line.evidence or made.evidence)


def _same(goal: PerformanceGoal, code: str, name: str) -> GoalLine | None:
    plain = plain_name(name)
    return next((one for one in goal.lines if one.indicator_code == code or plain_name(one.name) == plain), None)


# -- own indicators


@dataclass(frozen=True, slots=True)
class OwnIndicator:
    """An indicator as the unit writes it itself; every word is required (P-02)."""

    level1: Level1
    level2: str
    name: str
    operator: Operator
    target: str
    unit: str
    direction: Direction
    explanation: str
    formula: str
    data_source: str
    reason: str

    def missing(self) -> tuple[str, ...]:
        """Return the names of the fields that are still empty; a grade in words has no unit."""
        empty = [one.name for one in fields(self) if not str(getattr(self, one.name)).strip()]
        return tuple(name for name in empty if name != "unit" or self.operator is not Operator.QUAL)


def may_write_own(parameters: Parameters) -> bool:
    """Tell whether the bureau lets a unit write indicators itself."""
    return parameters.text("custom_indicators") == "1"


def own_points(goal: PerformanceGoal, parameters: Parameters) -> tuple[Decimal, Decimal]:
    """Return the points of the goal's own indicators, and the most that they may have (P-02)."""
    have = sum((line.weight for line in goal.lines if line.library_kind is LibraryKind.CUSTOM), Decimal(0))
    return have, parameters.number("goal_total") * parameters.number("custom_weight_percent") / 100


def add_own(goal: PerformanceGoal, own: OwnIndicator, seat: Seat) -> PerformanceGoal:
    """Return the goal with an indicator that the unit wrote itself, marked as such; its points are still to be given.

    Raises:
        ValueError: Something is missing.
    """
    if own.missing():
        raise ValueError(f"own indicator without {', '.join(own.missing())}")
    line_id = seat.ids.new()
    words = {one.name: getattr(own, one.name) for one in fields(own)}
    line = GoalLine(line_id, f"{OWN_PREFIX}{line_id[:8]}", "", LibraryKind.CUSTOM, **words)
    return replace(goal, lines=in_order([*goal.lines, line]))


def own_levels(frame: Frame, profile: WeightProfile) -> tuple[tuple[Level1, str], ...]:
    """Return the groups of the form that have points, in its order."""
    return tuple((level1, level2) for level1 in Level1 if profile.points(level1) for level2 in level2_of(frame, level1))


class SimilarNames:
    """The library's names, ready to be compared with what somebody types.

    Args:
        library: Entries of the library.
        year: Entries that are not open in it are not offered (P-03).
    """

    def __init__(self, library: Sequence[Indicator], year: int) -> None:
        self._known = [(one, _pairs(one.name)) for one in library if one.is_open_in(year)]

    def find(self, name: str, most: int = 3) -> list[Indicator]:
        """Return the entries whose names share the most pairs of characters with a name, the likest first."""
        wanted = _pairs(name)
        if not wanted:
            return []
        scored = [(2 * len(wanted & pairs) / (len(wanted) + len(pairs)), at) for at, (_, pairs) in
                  enumerate(self._known) if not wanted.isdisjoint(pairs)]
        best = sorted((pair for pair in scored if pair[0] >= _LEAST_LIKENESS), key=lambda pair: (-pair[0], pair[1]))
        return [self._known[at][0] for _, at in best[:most]]


def similar_names(books: Books, year: int) -> SimilarNames:
    """Return the whole library's names for a goal of the year."""
    with books:
        return SimilarNames(books.mirrors.library(), year)


def _pairs(name: str) -> frozenset[str]:
    plain = plain_name(name)
    return frozenset(plain[at : at + 2] for at in range(len(plain) - 1))
