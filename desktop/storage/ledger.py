"""The quota ledger on disk: append only; the database itself keeps the books balanced and no account below zero.

An entry holds debit, credit and one amount, so debits always equal credits. A trigger moves the balance of the quota,
whose checks refuse an account below zero. Corrections are reversing entries.
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, bindparam, case, func, select

from desktop.domain.ledger import Balance, Event, LedgerAccount, Movement, apply
from desktop.storage import mirror_tables, tables
from desktop.storage.faults import IntegrityFault
from desktop.storage.rows import add

_E, _B = tables.ledger_entry.c, tables.ledger_balance.c
_COLUMNS = (_B.sources, _B.available, _B.reserved, _B.paid, _B.reclaimed, _B.carried)
_BALANCE = select(*_COLUMNS).where(_B.quota_id == bindparam("quota_id"))
_EFFECT = ("event", "quota_id", "debit", "credit", "amount")
_SAME_CAUSE = select(*(_E[name] for name in _EFFECT)).where(_E.cause == bindparam("cause"))
_RESERVED = LedgerAccount.USE_RESERVED.value

_RESULT, _DOCUMENT = mirror_tables.MIRRORS["payment_result"].table, tables.document
_SIGNED: Any = case((_E.debit == _RESERVED, _E.amount), (_E.credit == _RESERVED, -_E.amount), else_=0)
_SUM = func.sum(_SIGNED, type_=tables.Fen)
_HELD = select(_SUM).where(
    _E.source_record == bindparam("doc_id"), _E.event.in_((Event.RESERVE.value, Event.RELEASE.value))
)
# What was paid for it: an entry names the payment result, the result names the voucher.
_PAID = (
    select(_SUM)
    .select_from(_DOCUMENT)
    .join(_RESULT, _RESULT.c.voucher_key == _DOCUMENT.c.key)
    .join(tables.ledger_entry, _E.source_record == _RESULT.c.result_no)
    .where(_DOCUMENT.c.id == bindparam("doc_id"), _E.event == Event.PAID.value)
)


class StoredLedger:
    """Implements `ports.Ledger` inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def balance(self, quota_id: str) -> Balance:
        """Return where the quota's money stands; all zero for a quota without entries."""
        row = self._connection.execute(_BALANCE, {"quota_id": quota_id}).one_or_none()
        return Balance() if row is None else Balance(*row)

    def balances(self, quota_ids: Iterable[str]) -> Mapping[str, Balance]:
        """Return the balance of each quota."""
        wanted = list(dict.fromkeys(quota_ids))
        found = self._connection.execute(select(_B.quota_id, *_COLUMNS).where(_B.quota_id.in_(wanted)))
        known = {row[0]: Balance(*row[1:]) for row in found}
        return {quota_id: known.get(quota_id, Balance()) for quota_id in wanted}

    def post(self, movement: Movement, *, at: str) -> None:
        """Add a movement; the same movement under the same cause again changes nothing.

        Raises:
            IntegrityFault: LEDGER_OVERDRAWN when an account would go below zero, LEDGER_CAUSE when the cause has
                another effect already, LEDGER_ENTRY for an amount that is not above zero or two equal accounts.
                Nothing is written then.
        """
        row = {
            "cause": movement.cause,
            "event": movement.event.value,
            "quota_id": movement.quota_id,
            "debit": movement.debit.value,
            "credit": movement.credit.value,
            "amount": movement.amount,
            "source_record": movement.source_record,
            "parent_quota": movement.parent_quota,
            "at": at,
        }
        facts = {"quota": movement.quota_id, "amount": f"{movement.amount:.2f}", "cause": movement.cause}
        before = self._connection.execute(_SAME_CAUSE, {"cause": movement.cause}).one_or_none()
        if before is not None:
            if tuple(before) != tuple(row[name] for name in _EFFECT):
                raise IntegrityFault("LEDGER_CAUSE", **facts)
            return
        if movement.amount <= 0 or movement.debit is movement.credit:
            raise IntegrityFault("LEDGER_ENTRY", **facts)
        # Asked here so that the transaction can go on without this movement; the file's own checks stand behind it.
        balance = apply(self.balance(movement.quota_id), movement)
        if not balance.holds():
            raise IntegrityFault("LEDGER_OVERDRAWN", **facts)
        add(self._connection, tables.ledger_entry, [row])

    def reserved_by(self, doc_id: str) -> Decimal:
        """Return yuan that the document holds reserved now: its reserves less its releases and what was paid for it."""
        found = [self._connection.execute(part, {"doc_id": doc_id}).scalar() for part in (_HELD, _PAID)]
        return sum((amount for amount in found if amount is not None), Decimal("0.00"))

    def entries(self, quota_id: str) -> list[Movement]:
        """Return every movement of a quota, oldest first, for tracing a payment back to its source."""
        found = self._connection.execute(
            select(tables.ledger_entry).where(_E.quota_id == quota_id).order_by(_E.id)
        )
        return [movement_of(row) for row in found]


def movement_of(row: Any) -> Movement:
    """Return the movement that a row of ``ledger_entry`` keeps."""
    return Movement(
        event=Event(row.event),
        quota_id=row.quota_id,
        debit=LedgerAccount(row.debit),
        credit=LedgerAccount(row.credit),
        amount=row.amount,
        cause=row.cause,
        source_record=row.source_record,
        parent_quota=row.parent_quota,
    )
