"""Payees of the unit's own vouchers, remembered from the moment a voucher is handed over; made again by `rebuild`."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Select, bindparam, select

from desktop.domain.document import Document
from desktop.domain.voucher import PaymentVoucher
from desktop.storage import tables
from desktop.storage.codec import nfc
from desktop.storage.index_rows import UNREMEMBERED
from desktop.storage.rows import Row, drop, put
from desktop.storage.search import searchable

Payee = tuple[str, str]  # name and account

_V, _D = tables.voucher.c, tables.document.c
_OF = select(_V.payee_name, _V.payee_account).where(_V.doc_id == bindparam("doc_id"))
_COLUMNS = (
    _V.payee_name.label("name"),
    _V.payee_account.label("account"),
    _V.payee_bank.label("bank"),
    _V.payee_bank_line_no.label("bank_line_no"),
    _V.payee_kind.label("kind"),
    _V.date.label("last_date"),
)


def remembered() -> Select[Any]:
    """Return the statement of all vouchers whose payee is remembered, the newest of each payee last."""
    return (
        select(*_COLUMNS)
        .join(tables.document, _V.doc_id == _D.id)
        .where(_D.state.not_in(UNREMEMBERED), _V.payee_name != "")
        .order_by(_V.date, _V.doc_id)
    )


def payee_row(found: Mapping[str, Any]) -> Row:
    """Return the row of ``payee`` that a row of `remembered` gives."""
    return {**found, "search": searchable(found["name"], found["account"])}


_LATEST = (
    remembered()
    .where(_V.payee_name == bindparam("name"), _V.payee_account == bindparam("account"))
    .order_by(None)
    .order_by(_V.date.desc(), _V.doc_id.desc())
    .limit(1)
)


class PayeeMemory:
    """Keeps the ``payee`` table in step with the vouchers, inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    @contextmanager
    def followed(self, document: Document, old_state: str | None, *, content_changed: bool) -> Iterator[None]:
        """Bring the payees of a voucher up to date around the writing of its rows.

        Args:
            document: The voucher as it will be; other kinds change nothing.
            old_state: Its state before, None when it is new.
            content_changed: Whether its content changes.
        """
        content = document.content
        counted = old_state is not None and old_state not in UNREMEMBERED
        counts = document.state.value not in UNREMEMBERED
        touched = isinstance(content, PaymentVoucher) and (counted != counts or (counts and content_changed))
        payees = self._of(document.head.doc_id) if touched and counted and content_changed else set()
        yield
        if isinstance(content, PaymentVoucher) and touched:
            for name, account in payees | {(nfc(content.payee.name), content.payee.account)}:
                self._refresh(name, account)

    def _of(self, doc_id: str) -> set[Payee]:
        return {(row.payee_name, row.payee_account) for row in self._connection.execute(_OF, {"doc_id": doc_id})}

    def _refresh(self, name: str, account: str) -> None:
        if not name:
            return
        latest = self._connection.execute(_LATEST, {"name": name, "account": account}).mappings().one_or_none()
        if latest is None:
            drop(self._connection, tables.payee, name=name, account=account)
        else:
            put(self._connection, tables.payee, [payee_row(dict(latest))])
