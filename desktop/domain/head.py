"""What every document carries first: who it is, in the bytes that are signed."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """The kinds of document that a unit sends up, by their names on the wire."""

    PROJECT = "PROJECT"
    GOAL = "GOAL"
    BUDGET_UP2 = "BUDGET_UP2"
    VOUCHER = "VOUCHER"


# Base information before projects before budget before vouchers (rule S-05).
SENDING_ORDER = (Kind.PROJECT, Kind.GOAL, Kind.BUDGET_UP2, Kind.VOUCHER)


@dataclass(frozen=True, slots=True)
class Head:
    """Identity of a document: (unit, kind, key, revision) names it, its digest proves it.

    Attributes:
        doc_id: A random UUID, the same for all revisions of the document.
        schema: ``major.minor`` of the content's fields.
        key: The business key, unique in unit and kind: a voucher's ``219001-2026-000131``, a project's ``L-219001-7``.
        revision: 1, 2, 3 …; goes up when a returned document is opened again.
        fiscal_year: The budget year that the document belongs to.
        maker: Officer id of the person who prepares it.
        supersedes: Digest (SM3, hex) of the returned revision that this one replaces.
    """

    doc_id: str
    kind: Kind
    schema: str
    unit_code: str
    key: str
    fiscal_year: int
    revision: int
    maker: str
    supersedes: str | None = None


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """The maker's written reason for going on in spite of a warning; it is sent up with the document."""

    code: str
    text: str
