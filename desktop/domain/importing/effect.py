"""What importing the good rows would do: how many are new, change something, are there already, repeat each other."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from desktop.domain.importing.precheck import Checked, key_of
from desktop.domain.importing.target import ImportTarget, Kind
from desktop.domain.importing.values import Value

NEW, CHANGE, SAME, REPEAT = "NEW", "CHANGE", "SAME", "REPEAT"


@dataclass(frozen=True, slots=True)
class Present:
    """What is there already under a key.

    Attributes:
        label: Names it for people: 000131, or a project with its code.
        values: What it holds now, by column key; columns that it lacks are not compared.
    """

    label: str
    values: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Planned:
    """One row and what becomes of it: ``NEW``, ``CHANGE``, ``SAME`` (left out) or ``REPEAT`` (there already)."""

    row: Checked
    fate: str
    present: Present | None = None


@dataclass(frozen=True, slots=True)
class Effect:
    """What an import would do, row by row."""

    planned: tuple[Planned, ...]
    bad: int
    total: Decimal

    def count(self, fate: str) -> int:
        """Return how many rows have a fate."""
        return sum(one.fate == fate for one in self.planned)

    def taken(self, *, repeats: bool) -> tuple[Planned, ...]:
        """Return the rows that are imported; those that are there already only when the user wants them twice."""
        fates = (NEW, CHANGE, REPEAT) if repeats else (NEW, CHANGE)
        return tuple(one for one in self.planned if one.fate in fates)


def effect_of(
    rows: Sequence[Checked], target: ImportTarget, present: Mapping[tuple[Value, ...], Present]
) -> Effect:
    """Compare the good rows with what is there and with each other.

    Args:
        rows: Checked rows; bad ones are counted only.
        target: Says what makes two rows the same thing, and whether such a row overwrites.
        present: What is there, by `key_of`.
    """
    planned = []
    seen: set[tuple[Value, ...]] = set()
    for row in rows:
        if row.flaws:
            continue
        key = key_of(row.values, target)
        there = present.get(key)
        if there is not None and target.overwrites:
            fate = SAME if _same(row.values, there) else CHANGE
        else:
            fate = REPEAT if there is not None or key in seen else NEW
        seen.add(key)
        planned.append(Planned(row, fate, there))
    amounts = [column.key for column in target.columns if column.kind is Kind.AMOUNT][:1]
    total = sum((_yuan(one.row.values.get(key)) for one in planned for key in amounts), Decimal("0.00"))
    return Effect(tuple(planned), sum(bool(row.flaws) for row in rows), total)


def _same(values: Mapping[str, Value], there: Present) -> bool:
    """Cells that the file leaves empty change nothing."""
    return all(value is None or there.values.get(key, value) == value for key, value in values.items())


def _yuan(value: Value) -> Decimal:
    return value if isinstance(value, Decimal) else Decimal(0)
