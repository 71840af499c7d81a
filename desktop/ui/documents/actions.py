"""Which steps the person at the screen may take on a document; the use cases decide once more."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from desktop.domain.document import Document, Post, State
from desktop.texts import tr
from desktop.usecases.ports import DocumentRow
from desktop.usecases.problems_of import amount_of
from desktop.usecases.seat import Seat


class Act(StrEnum):
    """A step on one or many documents."""

    PRESENT = "present"
    CHECK = "check"
    SIGN = "sign"
    SEND_BACK = "send_back"
    RECALL = "recall"
    REOPEN = "reopen"
    VOID = "void"


@dataclass(frozen=True, slots=True)
class ActLook:
    """How a step is shown."""

    word: str
    icon: str
    signs: bool = False  # asks for the PIN


LOOKS = {
    Act.PRESENT: ActLook(tr("送复核"), "send"),
    Act.CHECK: ActLook(tr("复核通过"), "check", signs=True),
    Act.SIGN: ActLook(tr("签章"), "stamp", signs=True),
    Act.SEND_BACK: ActLook(tr("退回经办"), "return"),
    Act.RECALL: ActLook(tr("撤回"), "undo"),
    Act.REOPEN: ActLook(tr("更正并重报"), "pencil"),
    Act.VOID: ActLook(tr("作废"), "trash"),
}
# Those that make sense for many at once; giving back and reopening need a look at each document.
BULK = (Act.PRESENT, Act.CHECK, Act.SIGN, Act.RECALL, Act.VOID)

_IN_HAND = (State.PRESENTED, State.CHECKED, State.SIGNED)


@dataclass(frozen=True, slots=True)
class Standing:
    """What decides about the steps of one document.

    Attributes:
        signers: Officer ids of those who have signed, checker first.
        amount: Yuan.
    """

    state: State
    maker: str
    signers: tuple[str, ...]
    amount: Decimal


def standing_of_row(row: DocumentRow) -> Standing:
    """Return the standing of a list row."""
    return Standing(row.state, row.maker, row.signers, row.amount)


def standing_of(document: Document) -> Standing:
    """Return the standing of an open document."""
    signers = tuple(mark.officer for mark in document.signatures)
    return Standing(document.state, document.head.maker, signers, amount_of(document.content))


def legal_acts(standing: Standing, seat: Seat, head_from: Decimal) -> tuple[Act, ...]:
    """Return the steps that this person may take now, the most wanted first.

    Args:
        standing: Of the document.
        seat: Who is at the screen, in which post.
        head_from: Yuan from which the unit's head signs too.
    """
    if seat.post is Post.MAKER:
        return _maker_acts(standing) if standing.maker == seat.officer else ()
    if standing.maker == seat.officer:
        return ()
    if seat.post is Post.CHECKER:
        return (Act.CHECK, Act.SEND_BACK) if standing.state is State.PRESENTED else ()
    if standing.state is not State.CHECKED or seat.officer in standing.signers:
        return ()
    if seat.post is Post.HEAD and standing.amount < head_from:
        return ()
    return (Act.SIGN, Act.SEND_BACK)


def _maker_acts(standing: Standing) -> tuple[Act, ...]:
    if standing.state is State.DRAFT:
        return (Act.PRESENT, Act.VOID)
    if standing.state in _IN_HAND:
        return (Act.RECALL,)
    return (Act.REOPEN, Act.VOID) if standing.state is State.RETURNED else ()


def bulk_acts(rows: Sequence[DocumentRow], seat: Seat, head_from: Decimal) -> dict[Act, list[DocumentRow]]:
    """Return for each step of `BULK` the rows that it may be taken on; steps without a row are left out."""
    found: dict[Act, list[DocumentRow]] = {}
    for act in BULK:
        fits = [row for row in rows if act in legal_acts(standing_of_row(row), seat, head_from)]
        if fits:
            found[act] = fits
    return found
