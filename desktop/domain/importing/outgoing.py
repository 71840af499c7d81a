"""Tables that go out: what a screen shows as rows and columns, and the empty form that comes back filled in."""

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.domain.importing.table import Row

SAMPLE_MARK = "（示例）"  # begins the sample row of a template, which is never imported


@dataclass(frozen=True, slots=True)
class OutColumn:
    """A column of a table that goes out.

    Attributes:
        kind: ``text`` (also codes and accounts, so that no digit is lost), ``amount`` (yuan), ``number``, ``percent``
            (60 stands for 60 %) or ``date``.
        width: Characters.
    """

    title: str
    kind: str = "text"
    width: int = 14


@dataclass(frozen=True, slots=True)
class OutTable:
    """A table that goes out, rows in the order shown.

    Attributes:
        title: Stands in the first row, and names the sheet.
        notes: Unit, unit of money, who and when; the second row, one cell each.
        totals: The last row, as long as the columns; None without one.
    """

    title: str
    notes: tuple[str, ...]
    columns: tuple[OutColumn, ...]
    rows: Sequence[Row]
    totals: Row | None = None


@dataclass(frozen=True, slots=True)
class FormColumn:
    """A column of a template.

    Attributes:
        help: What belongs here; shown when the cell is chosen.
        choices: What may be picked from a list; empty when anything may be written.
    """

    title: str
    kind: str
    width: int
    required: bool
    help: str
    sample: str
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FormSheet:
    """A template: an empty table that is read back without mapping."""

    target: str
    title: str
    columns: tuple[FormColumn, ...]
