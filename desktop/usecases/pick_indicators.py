"""Pick indicators from the synced library into a goal: 从“填报”变为“勾选”."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from desktop.domain.document import Refused
from desktop.domain.frames import in_frame
from desktop.domain.goal import Frame, GoalLine, Level1, PerformanceGoal
from desktop.domain.goal_weights import split_by_library
from desktop.domain.library import Indicator
from desktop.domain.library_search import LibraryFindings, LibraryQuery
from desktop.domain.problem import Problem
from desktop.usecases.ports import Books
from desktop.usecases.seat import Seat

_ORDER = tuple(Level1)


SHOWN = 200  # hits of a search that are read; who wants others types more


@dataclass(frozen=True, slots=True)
class LibraryPage:
    """What the picker shows.

    Attributes:
        found: Hits in order, with counts over all of them.
        library_size: How many the library holds in all.
        version: Of the catalogue it came with.
        cases: How many complete example goals have a hit, by code; without those that none has.
        successors: What takes the place of a retired hit, by its code.
    """

    found: LibraryFindings
    library_size: int
    version: str
    cases: Mapping[str, int] = field(default_factory=dict)
    successors: Mapping[str, Indicator] = field(default_factory=dict)

    @property
    def hits(self) -> tuple[Indicator, ...]:
        """The hits in order."""
        return self.found.hits


def search_library(books: Books, query: LibraryQuery, limit: int = SHOWN) -> LibraryPage:
    """Search the library: `desktop.domain.library_search` says what fits and in which order it comes."""
    with books:
        mirrors = books.mirrors
        found = mirrors.find_indicators(query, limit)
        counted = mirrors.case_uses()
        replaced = {one.code: one.successor for one in found.hits if one.successor}
        known = mirrors.indicators(replaced.values()) if replaced else {}
        return LibraryPage(
            found,
            mirrors.indicator_count(),
            str(mirrors.versions().get("public", (0, ""))[0]),
            {one.code: counted[one.code] for one in found.hits if one.code in counted},
            {code: known[successor] for code, successor in replaced.items() if successor in known},
        )


def add_indicators(
    goal: PerformanceGoal, picked: Sequence[Indicator], seat: Seat, frame: Frame = Frame.F2021
) -> PerformanceGoal:
    """Return the goal with the indicators added: operator, unit, direction and scoring from the library.

    One that the goal already holds is not added again. Lines stay in the order of the form: cost, output, benefit,
    satisfaction. The user types only target and points.

    Args:
        goal: To be added to.
        picked: Entries of the library.
        seat: Gives the lines their ids.
        frame: Of the goal's profile: cost stands under output in the older form.

    Raises:
        Refused: P-03, one of them is not open in the goal's year.
    """
    year = goal.head.fiscal_year
    closed = next((one for one in picked if not one.is_open_in(year)), None)
    if closed is not None:
        said = {"name": closed.name, "code": closed.code, "until": closed.effective_to or closed.effective_from}
        raise Refused(Problem("P-03", "lines", {"case": "retired", **said}))
    have = {line.indicator_code for line in goal.lines}
    fresh = (line_of(one, seat.ids.new(), year, frame) for one in picked if one.code not in have)
    return replace(goal, lines=in_order([*goal.lines, *fresh]))


def in_order(lines: Iterable[GoalLine]) -> tuple[GoalLine, ...]:
    """Return lines in the order of the form: by level 1, those of one level 2 together, otherwise as they come."""
    given = list(lines)
    groups = {(line.level1, line.level2): at for at, line in reversed(list(enumerate(given)))}
    return tuple(sorted(given, key=lambda line: (_ORDER.index(line.level1), groups[line.level1, line.level2])))


def remove_indicator(goal: PerformanceGoal, line_id: str) -> PerformanceGoal:
    """Return the goal without one line."""
    return replace(goal, lines=tuple(line for line in goal.lines if line.line_id != line_id))


def proposed_weights(books: Books, goal: PerformanceGoal) -> PerformanceGoal:
    """Return the goal with the points that the library's default weights suggest (P-05, P-07)."""
    with books:
        profile = books.mirrors.weight_profiles()[goal.profile]
        indicators = books.mirrors.indicators([line.indicator_code for line in goal.lines])
    return split_by_library(goal, profile, indicators)


def line_of(indicator: Indicator, line_id: str, year: int, frame: Frame) -> GoalLine:
    """Return a line with everything that the library says of an indicator; a timeliness one ends with the year (P-10).

    One that has no place in the frame stays where the library puts it; P-04 says so.
    """
    level1, level2 = in_frame(frame, indicator.level1, indicator.level2) or (indicator.level1, indicator.level2)
    return GoalLine(
        line_id=line_id,
        indicator_code=indicator.code,
        library_version=indicator.version,
        library_kind=indicator.library_kind,
        level1=level1,
        level2=level2,
        name=indicator.name,
        operator=indicator.operator,
        target=indicator.typical_value,
        unit=indicator.unit,
        weight=Decimal(0),
        direction=indicator.direction,
        is_core=indicator.is_core,
        scoring_method=indicator.scoring_method,
        data_source=indicator.data_source,
        evidence=indicator.evidence,
        explanation=indicator.definition,
        formula=indicator.formula,
        scoring_params=indicator.scoring_params,
        value_basis=indicator.value_basis or "",
        source_kind=indicator.source_kind or "",
        collection_method=indicator.collection_method or "",
        due=date(year, 12, 31) if indicator.level2.startswith("时效") else None,
    )
