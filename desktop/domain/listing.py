"""What a list of documents asks for, and what it gets."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from desktop.domain.document import State
from desktop.domain.head import Kind


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document as lists show it; read from index tables, content not opened. Amount in yuan."""

    doc_id: str
    kind: Kind
    key: str
    fiscal_year: int
    revision: int
    state: State
    title: str
    amount: Decimal
    counterpart: str  # payee of a voucher
    project_key: str
    project_name: str
    economic: str  # department economic code(s) of a voucher, "30202" or "30202 等2项"
    purpose: str
    attachments: int
    date: str
    maker: str
    signers: tuple[str, ...]  # officer ids of checker and signers, in order
    problems_count: int
    comment: str  # first line of the return comment
    central_no: str
    updated_at: str
    binned_at: str = ""  # when it went into the recycle bin


@dataclass(frozen=True, slots=True)
class ListQuery:
    """Which documents a list shows, and in which order.

    Attributes:
        faulty: Only those in which rules found errors, or only those without; None for both.
        text: Words; a document must hold all of them in key, names, purpose or amount.
        names: For a word of ``text``, payees and projects that are meant by it too, as by initials.
        date_from, date_to: ISO days, both included; empty for open.
        amount_from, amount_to: Yuan, both included.
        binned: Only what lies in the recycle bin since ``binned_since``; otherwise only what does not lie there.
        order: change, state, number, title, date, payee, amount, quota, economic, purpose, files, people, updated or
            binned.
    """

    kinds: tuple[Kind, ...] = ()
    states: tuple[State, ...] = ()
    faulty: bool | None = None
    fiscal_year: int | None = None
    text: str = ""
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    date_from: str = ""
    date_to: str = ""
    amount_from: Decimal | None = None
    amount_to: Decimal | None = None
    quota_id: str = ""
    project: str = ""
    maker: str = ""
    binned: bool = False
    binned_since: str = ""
    order: str = "change"
    descending: bool = True


@dataclass(frozen=True, slots=True)
class ListHit:
    """A document of a list before its row is looked at: what ticks, sums and legal steps need. Amount in yuan."""

    doc_id: str
    kind: Kind
    state: State
    maker: str
    signers: tuple[str, ...]
    amount: Decimal
    problems_count: int
    revision: int


@dataclass(frozen=True, slots=True)
class Tally:
    """How many documents stand in a state, with or without errors, and their yuan."""

    state: State
    faulty: bool
    count: int
    total: Decimal
