"""Which steps the person at the screen may take on a document; the use cases decide once more."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from desktop.domain.document import Document, Post, State
from desktop.domain.listing import ListHit
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
    DISCARD = "discard"
    RESTORE = "restore"


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
    Act.DISCARD: ActLook(tr("删除"), "trash"),
    Act.RESTORE: ActLook(tr("恢复"), "undo"),
}
# Those that make sense for many at once; giving back and reopening need a look at each document.
BULK = (Act.PRESENT, Act.CHECK, Act.SIGN, Act.RECALL, Act.DISCARD, Act.VOID)

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


def standing_of_row(row: DocumentRow | ListHit) -> Standing:
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
    if seat.looks_only:
        return ()
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


def bulk_acts(hits: Sequence[ListHit], seat: Seat, head_from: Decimal, *, binned: bool = False
              ) -> dict[Act, list[ListHit]]:
    """Return for each step of `BULK` the documents that it may be taken on; steps without one are left out.

    A draft that was never sent is deleted into the recycle bin; what was sent before can only be made void.

    Args:
        hits: The ticked documents.
        seat: Who is at the screen.
        head_from: Yuan from which the unit's head signs too.
        binned: They lie in the recycle bin.
    """
    if binned:
        may = seat.post is Post.MAKER and not seat.looks_only
        own = [hit for hit in hits if may and hit.maker == seat.officer]
        return {Act.RESTORE: own} if own else {}
    found: dict[Act, list[ListHit]] = {}
    for hit in hits:
        for act in legal_acts(standing_of_row(hit), seat, head_from):
            fresh = act is Act.VOID and hit.state is State.DRAFT and hit.revision == 1
            found.setdefault(Act.DISCARD if fresh else act, []).append(hit)
    return {act: found[act] for act in BULK if act in found}
