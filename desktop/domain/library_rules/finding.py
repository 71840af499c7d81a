"""What the check of a library says: values with the place in the sheet, all at once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from desktop.domain.problem import Level

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands.

    Attributes:
        file: Name of the file, with the sheet where a workbook has several.
        row: As the sheet counts, from 1; 0 is the file as a whole.
        field: Field of the record, empty for the whole row.
        column: Letters of the column, empty where the place is no cell.
    """

    file: str
    row: int = 0
    field: str = ""
    column: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing in a library that is wrong or deserves a look.

    Attributes:
        code: Id of the rule, "L-05"; never a sentence.
        facts: What the shown text needs; ``case`` chooses between the texts of a rule.
        subject: Code and name of the entry, for people.
    """

    code: str
    place: Place
    facts: Mapping[str, str] = field(default_factory=dict)
    level: Level = Level.ERROR
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Placed(Generic[T]):
    """A record with the row that it came from.

    Attributes:
        file, row: As in `Place`.
        columns: Field to column letters; a field that the sheet does not have is missing here.
    """

    item: T
    file: str
    row: int
    columns: Mapping[str, str]

    def at(self, name: str = "") -> Place:
        """Return the place of one of its fields, or of the row."""
        return Place(self.file, self.row, name, self.columns.get(name, ""))

    def has(self, name: str) -> bool:
        """Tell whether the sheet has a column for the field."""
        return name in self.columns


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Return findings by file, row and rule."""
    return sorted(findings, key=lambda one: (one.place.file, one.place.row, one.code, one.place.field))
