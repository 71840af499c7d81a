"""What lists of documents ask for: which documents, in which order, how many and how much; rows when looked at."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, func, or_, select

from desktop.domain.document import State
from desktop.domain.head import Kind
from desktop.domain.listing import ListHit, ListQuery, Tally
from desktop.storage import tables
from desktop.storage.codec import nfc
from desktop.storage.index_rows import query_words
from desktop.usecases.ports import DocumentRow

_D, _V = tables.document.c, tables.voucher.c
_AT_ONCE = 500  # ids in one statement; SQLite takes far more, but the statement is made anew for each length
_ORDERS: dict[str, ColumnElement[Any]] = {
    "change": _D.change_no,
    "state": _D.state,
    "number": _D.key,
    "title": _D.title,
    "date": _D.date,
    "payee": _D.counterpart,
    "amount": _D.amount,
    "quota": _D.project_name,
    "economic": _D.economic,
    "purpose": _D.purpose,
    "files": _D.attachments,
    "people": _D.maker,
    "updated": _D.updated_at,
    "binned": _D.binned_at,
}


def hits(connection: Connection, query: ListQuery) -> list[ListHit]:
    """Return every document that a list shows, in its order."""
    wanted = _wanted(query)
    if query.states:
        wanted.append(_D.state.in_([state.value for state in query.states]))
    if query.faulty is not None:
        wanted.append(_D.problems_count > 0 if query.faulty else _D.problems_count == 0)
    order = _ORDERS[query.order]
    columns = (_D.id, _D.kind, _D.state, _D.maker, _D.signers, _D.amount, _D.problems_count, _D.revision)
    found = select(*columns).where(*wanted).order_by(order.desc() if query.descending else order, _D.change_no.desc())
    states, kinds = {one.value: one for one in State}, {one.value: one for one in Kind}
    return [
        ListHit(
            doc_id, kinds[kind], states[state], maker, tuple(signers.split("\n")) if signers else (), amount, count,
            revision,
        )
        for doc_id, kind, state, maker, signers, amount, count, revision in connection.execute(found)
    ]


def rows_of(connection: Connection, doc_ids: Sequence[str]) -> list[DocumentRow]:
    """Return the list rows of these documents, in this order."""
    rows: dict[str, DocumentRow] = {}
    for at in range(0, len(doc_ids), _AT_ONCE):
        some = doc_ids[at : at + _AT_ONCE]
        rows.update((row.id, shown_row(row)) for row in connection.execute(
            select(tables.document).where(_D.id.in_(some))
        ))
    return [rows[doc_id] for doc_id in doc_ids if doc_id in rows]


def tallies(connection: Connection, query: ListQuery) -> list[Tally]:
    """Return counts and sums by state and by whether rules found errors; the query's states are not looked at."""
    faulty = (_D.problems_count > 0).label("faulty")
    found = (
        select(_D.state, faulty, func.count(), func.sum(_D.amount)).where(*_wanted(query)).group_by(_D.state, faulty)
    )
    return [
        Tally(State(state), bool(wrong), count, Decimal(total))
        for state, wrong, count, total in connection.execute(found)
    ]


def names(connection: Connection, query: ListQuery) -> list[str]:
    """Return payees and projects of what a list holds, each once."""
    found: dict[str, None] = {}
    for column in (_D.counterpart, _D.project_name):
        for name in connection.execute(select(column).where(*_wanted(query), column != "").distinct()).scalars():
            found[name] = None
    return list(found)


def _wanted(query: ListQuery) -> list[ColumnElement[bool]]:
    wanted: list[ColumnElement[bool]] = [_D.binned_at > query.binned_since if query.binned else _D.binned_at == ""]
    if query.kinds:
        wanted.append(_D.kind.in_([kind.value for kind in query.kinds]))
    if query.fiscal_year is not None:
        wanted.append(_D.fiscal_year == query.fiscal_year)
    for word in query_words(query.text):
        named = query.names.get(word, ())
        within = func.instr(_D.search, word) > 0
        wanted.append(or_(within, _D.counterpart.in_(named), _D.project_name.in_(named)) if named else within)
    if query.date_from:
        wanted.append(_D.date >= query.date_from)
    if query.date_to:
        wanted.append(_D.date <= query.date_to)
    if query.amount_from is not None:
        wanted.append(_D.amount >= query.amount_from)
    if query.amount_to is not None:
        wanted.append(_D.amount <= query.amount_to)
    if query.quota_id:
        wanted.append(_D.id.in_(select(_V.doc_id).where(_V.quota_id == query.quota_id)))
    if query.project:
        wanted.append(_D.project_name == nfc(query.project))
    if query.maker:
        wanted.append(_D.maker == query.maker)
    return wanted


def shown_row(row: Row[Any]) -> DocumentRow:
    """Return a row of ``document`` as lists show it."""
    return DocumentRow(
        doc_id=row.id,
        kind=Kind(row.kind),
        key=row.key,
        fiscal_year=row.fiscal_year,
        revision=row.revision,
        state=State(row.state),
        title=row.title,
        amount=row.amount,
        counterpart=row.counterpart,
        project_key=row.project_key,
        project_name=row.project_name,
        economic=row.economic,
        purpose=row.purpose,
        attachments=row.attachments,
        date=row.date,
        maker=row.maker,
        signers=tuple(row.signers.split("\n")) if row.signers else (),
        problems_count=row.problems_count,
        comment=row.comment_line,
        central_no=row.central_no,
        updated_at=row.updated_at,
        binned_at=row.binned_at,
    )
