"""The quota ledger (指标账): every movement of a quota is a debit and a credit of the same amount.

Invariants: Σ debits = Σ credits; available + reserved + paid + reclaimed + carried = Σ sources; no use account below
zero.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from desktop.domain.money import ZERO, Yuan


class LedgerAccount(StrEnum):
    """Source accounts are credit-normal, use accounts debit-normal."""

    SRC_INITIAL = "SRC_INITIAL"
    SRC_SUPPLEMENT = "SRC_SUPPLEMENT"
    SRC_REALLOC = "SRC_REALLOC"
    SRC_CARRY = "SRC_CARRY"
    USE_AVAILABLE = "USE_AVAILABLE"
    USE_RESERVED = "USE_RESERVED"
    USE_PAID = "USE_PAID"
    USE_RECLAIMED = "USE_RECLAIMED"
    USE_CARRIED = "USE_CARRIED"


class Event(StrEnum):
    """What happened."""

    ARRIVAL = "ARRIVAL"
    RESERVE = "RESERVE"
    RELEASE = "RELEASE"
    PAID = "PAID"
    REFUND = "REFUND"
    RECLAIM = "RECLAIM"


_SOURCE_OF_TYPE = {
    "INITIAL": LedgerAccount.SRC_INITIAL,
    "PRE_APPROVAL": LedgerAccount.SRC_INITIAL,
    "SUPPLEMENT": LedgerAccount.SRC_SUPPLEMENT,
    "REALLOC": LedgerAccount.SRC_REALLOC,
    "CARRY_OVER": LedgerAccount.SRC_CARRY,
}


@dataclass(frozen=True, slots=True)
class Movement:
    """One event on one quota. Amount in yuan, above zero; a reduction swaps debit and credit.

    Attributes:
        cause: Unique name of the cause, so that posting it twice is one effect: ``arrival:Q1:3``, ``reserve:<doc>:2``.
        source_record: What it rests on: a quota version, a voucher's doc id, a payment result's number.
        parent_quota: The quota's parent, for tracing backward.
    """

    event: Event
    quota_id: str
    debit: LedgerAccount
    credit: LedgerAccount
    amount: Yuan
    cause: str
    source_record: str
    parent_quota: str = ""


@dataclass(frozen=True, slots=True)
class Balance:
    """Where the money of a quota stands, yuan."""

    sources: Yuan = ZERO
    available: Yuan = ZERO
    reserved: Yuan = ZERO
    paid: Yuan = ZERO
    reclaimed: Yuan = ZERO
    carried: Yuan = ZERO

    def holds(self) -> bool:
        """Whether the invariants of the ledger hold for this quota."""
        uses = (self.available, self.reserved, self.paid, self.reclaimed, self.carried)
        return sum(uses, ZERO) == self.sources and min(uses) >= 0


def arrival(quota_id: str, quota_type: str, change: Decimal, version: str, parent: str = "") -> Movement:
    """Quota arrives, or its amount changes by ``change`` yuan (negative: a reduction)."""
    source = _SOURCE_OF_TYPE.get(quota_type, LedgerAccount.SRC_INITIAL)
    debit, credit = LedgerAccount.USE_AVAILABLE, source
    if change < 0:
        debit, credit = credit, debit
    cause = f"arrival:{quota_id}:{version}"
    return Movement(Event.ARRIVAL, quota_id, debit, credit, abs(change), cause, f"{quota_id}@{version}", parent)


def reserve(quota_id: str, amount: Decimal, doc_id: str, turn: str) -> Movement:
    """A voucher is CHECKED: its amount is held. ``turn`` tells apart repeated checks of one voucher."""
    return _use(Event.RESERVE, quota_id, amount, doc_id, turn)


def release(quota_id: str, amount: Decimal, doc_id: str, turn: str) -> Movement:
    """A checked voucher is recalled, changed, returned or voided."""
    return _use(Event.RELEASE, quota_id, amount, doc_id, turn)


def payment(quota_id: str, amount: Decimal, result_no: str) -> Movement:
    """The treasury has paid."""
    return _use(Event.PAID, quota_id, amount, result_no, "")


def refund(quota_id: str, amount: Decimal, result_no: str) -> Movement:
    """Money came back in the same year."""
    return _use(Event.REFUND, quota_id, amount, result_no, "")


def reclaim(quota_id: str, amount: Decimal, record: str) -> Movement:
    """The bureau takes unspent money back."""
    return _use(Event.RECLAIM, quota_id, amount, record, "")


_SIDES = {
    Event.RESERVE: (LedgerAccount.USE_RESERVED, LedgerAccount.USE_AVAILABLE),
    Event.RELEASE: (LedgerAccount.USE_AVAILABLE, LedgerAccount.USE_RESERVED),
    Event.PAID: (LedgerAccount.USE_PAID, LedgerAccount.USE_RESERVED),
    Event.REFUND: (LedgerAccount.USE_AVAILABLE, LedgerAccount.USE_PAID),
    Event.RECLAIM: (LedgerAccount.USE_RECLAIMED, LedgerAccount.USE_AVAILABLE),
}


def _use(event: Event, quota_id: str, amount: Decimal, record: str, turn: str) -> Movement:
    debit, credit = _SIDES[event]
    cause = f"{event.value.lower()}:{record}:{turn}" if turn else f"{event.value.lower()}:{record}"
    return Movement(event, quota_id, debit, credit, amount, cause, record)


_FIELD_OF_USE = {
    LedgerAccount.USE_AVAILABLE: "available",
    LedgerAccount.USE_RESERVED: "reserved",
    LedgerAccount.USE_PAID: "paid",
    LedgerAccount.USE_RECLAIMED: "reclaimed",
    LedgerAccount.USE_CARRIED: "carried",
}


def apply(balance: Balance, movement: Movement) -> Balance:
    """Return the balance after one movement of its quota; the caller asks `Balance.holds` before keeping it."""
    figures = {name: getattr(balance, name) for name in ("sources", *_FIELD_OF_USE.values())}
    for account, change in ((movement.debit, movement.amount), (movement.credit, -movement.amount)):
        if account in _FIELD_OF_USE:
            figures[_FIELD_OF_USE[account]] += change
        else:
            figures["sources"] -= change  # sources are credit-normal
    return Balance(**figures)
