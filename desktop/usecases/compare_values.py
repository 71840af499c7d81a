"""Values that a target can be compared with: last year's, the library's, those of cases; each can be taken."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from desktop.domain.goal import GoalLine, Operator
from desktop.domain.library import GoalCase, Indicator

LAST, TYPICAL, CASE = "LAST", "TYPICAL", "CASE"


@dataclass(frozen=True, slots=True)
class Comparable:
    """A value somebody else, or the unit itself last year, aimed at.

    Attributes:
        value: As a target is written.
        origin: ``LAST``, ``TYPICAL``, ``CASE`` or the code of a `desktop.domain.library.ValueBasis`.
        year, region, source: Where it holds and who says so; may be empty.
    """

    value: str
    origin: str
    year: str = ""
    region: str = ""
    source: str = ""


def comparables(
    line: GoalLine, entry: Indicator | None, cases: Sequence[GoalCase] = (), most: int = 8
) -> list[Comparable]:
    """Return the values for a line, the nearest first: last year's, standards newest first, the usual one, cases.

    A value that another one says already is left out, and so are values in another unit.
    """
    found: list[Comparable] = []
    if line.last_target.strip():
        found.append(Comparable(line.last_target.strip(), LAST))
    if entry is not None and _alike(line.unit, entry.unit):
        known = sorted(entry.reference_values, key=lambda one: one.year, reverse=True)
        found += [Comparable(one.value, one.basis.value, one.year, one.region, one.source) for one in known]
        if entry.typical_value.strip() and entry.operator is not Operator.QUAL:
            found.append(Comparable(entry.typical_value.strip(), TYPICAL))
    found += _from_cases(line, cases)
    return list(_once(found))[:most]


def _from_cases(line: GoalLine, cases: Iterable[GoalCase]) -> list[Comparable]:
    return [
        Comparable(one.target.strip(), CASE, case.year, "", case.project_name)
        for case in cases
        for one in case.lines
        if one.indicator_code == line.indicator_code and one.target.strip() and _alike(one.unit, line.unit)
    ]


def _once(found: Iterable[Comparable]) -> Iterable[Comparable]:
    seen: set[str] = set()
    for one in found:
        if one.value not in seen:
            seen.add(one.value)
            yield one


def _alike(one: str, other: str) -> bool:
    return one.strip() == other.strip()
