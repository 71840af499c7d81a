"""Documents with their exact bytes, every commit of them, and the index rows; all written together."""

import zlib
from collections.abc import Collection, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, bindparam, func, select
from sqlalchemy.dialects.sqlite import insert

from desktop.domain.document import Content, Document, Post, ReturnComment, SignatureMark, State
from desktop.domain.head import Kind
from desktop.domain.listing import ListHit, ListQuery, Tally
from desktop.storage import tables
from desktop.storage.audit import Audit
from desktop.storage.codec import decode, decode_content, encode, nfc
from desktop.storage.index_rows import details, listing, marks, query_words
from desktop.storage.listings import hits, names, rows_of, shown_row, tallies
from desktop.storage.memory import Memory
from desktop.storage.payees import PayeeMemory
from desktop.storage.rows import add, change, drop
from desktop.usecases.ports import DocumentRow, Revision, SimilarVoucher
from sync.crypto import sm3

_D, _R, _S, _V = tables.document.c, tables.revision.c, tables.signature.c, tables.voucher.c
_COLUMN_NAMES = tuple(column.name for column in tables.document.columns)
_LAST_CHANGE = select(func.max(_D.change_no))
_ZLIB_LEVEL = 3  # a third of the time of the usual 6 for a twentieth more bytes
_ONE = select(tables.document).where(_D.id == bindparam("doc_id"))
_FIND = (
    select(_D.id)
    .where(_D.kind == bindparam("kind"), _D.key == bindparam("key"))
    .order_by(_D.state == State.VOIDED.value, _D.change_no.desc())
    .limit(1)
)
_MARKS = select(tables.signature).where(_S.doc_id == bindparam("doc_id")).order_by(_S.position)
_BYTES = (
    select(_R.content)
    .join(tables.document, (_R.doc_id == _D.id) & (_R.number == _D.commit_no))
    .where(_D.id == bindparam("doc_id"))
)
_NEXT = insert(tables.sequence).values(name=bindparam("name"), last=1)
_NEXT_NUMBER = _NEXT.on_conflict_do_update(
    index_elements=["name"], set_={"last": tables.sequence.c.last + 1}
).returning(tables.sequence.c.last)


class StoredDocuments:
    """Implements `ports.Documents` inside one transaction."""

    def __init__(self, connection: Connection, audit: Audit, memory: Memory) -> None:
        self._connection, self._audit, self._memory = connection, audit, memory
        self._payees = PayeeMemory(connection)
        self._encoded: tuple[Content, bytes, str] | None = None  # the last content, which is asked for again at once

    def encode(self, content: Content) -> bytes:
        """Return the exact bytes of a content."""
        return self._bytes_and_digest(content)[0]

    def digest(self, content: Content) -> str:
        """Return SM3 (hex) of `encode(content)`."""
        return self._bytes_and_digest(content)[1]

    def get(self, doc_id: str) -> Document:
        """Return a document; `KeyError` when there is none."""
        row = self._connection.execute(_ONE, {"doc_id": doc_id}).one_or_none()
        if row is None:
            raise KeyError(doc_id)
        marks = self._connection.execute(_MARKS, {"doc_id": doc_id}).all() if row.signers else ()
        return _document(row, self._content(row), marks)

    def find(self, kind: Kind, key: str) -> Document | None:
        """Return the document of a business key; a void one only when there is no other."""
        found = self._connection.execute(_FIND, {"kind": kind.value, "key": nfc(key)}).scalar()
        return None if found is None else self.get(found)

    def of_kind(self, kind: Kind, fiscal_year: int | None = None) -> list[Document]:
        """Return every document of a kind that is not void, by key."""
        wanted = [_D.kind == kind.value, _D.state != State.VOIDED.value]
        if fiscal_year is not None:
            wanted.append(_D.fiscal_year == fiscal_year)
        of_document: dict[str, list[Row[Any]]] = {}
        signed = select(tables.signature).join(tables.document, _S.doc_id == _D.id).where(*wanted)
        for mark in self._connection.execute(signed.order_by(_S.doc_id, _S.position)):
            of_document.setdefault(mark.doc_id, []).append(mark)
        rows = self._connection.execute(select(tables.document).where(*wanted).order_by(_D.key)).all()
        return [_document(row, self._content(row), of_document.get(row.id, ())) for row in rows]

    def put(self, document: Document, *, by: str, why: str, at: str) -> None:
        """Store a new document, its next content or its next state, with revision, index and audit rows.

        Raises:
            ValueError: ``document.digest`` is not that of its content.
        """
        doc_id = document.head.doc_id
        before = self._connection.execute(_ONE, {"doc_id": doc_id}).one_or_none()
        commit_no = before.commit_no if before else 0
        changed = before is None or before.digest != document.digest
        old = None
        if before and changed:
            old = self._memory.written.get(before.digest) or self._content(before)
        if changed:
            commit_no += 1
            self._commit_content(document, commit_no, by, why, at)
        row = {**listing(document), "updated_at": at, "commit_no": commit_no, "change_no": self._next_change()}
        if before is None:
            add(self._connection, tables.document, [row])
        else:
            stored = dict(zip(_COLUMN_NAMES, before, strict=True))
            moved = {name: value for name, value in row.items() if stored[name] != value}
            change(self._connection, tables.document, {"id": doc_id}, moved)
        if document.signatures or (before and before.signers):
            drop(self._connection, tables.signature, doc_id=doc_id)
            add(self._connection, tables.signature, marks(document))
        with self._payees.followed(document, before.state if before else None, content_changed=changed):
            if changed:
                self._index(old, document.content)
        self._tell(document, before, by, why, at)

    def bytes_of(self, doc_id: str) -> bytes:
        """Return the stored bytes of the document's content, exactly; `KeyError` when there is no such document."""
        packed = self._connection.execute(_BYTES, {"doc_id": doc_id}).scalar()
        if packed is None:
            raise KeyError(doc_id)
        return zlib.decompress(packed)

    def content_at(self, doc_id: str, number: int) -> bytes:
        """Return the bytes of an earlier commit, for showing what changed; `KeyError` when there is none."""
        packed = self._connection.execute(
            select(_R.content).where(_R.doc_id == doc_id, _R.number == number)
        ).scalar()
        if packed is None:
            raise KeyError(doc_id, number)
        return zlib.decompress(packed)

    def earlier(self, doc_id: str, number: int) -> Content:
        """Return the content of a commit; `KeyError` when there is none."""
        return decode_content(self.content_at(doc_id, number))

    def rows(
        self,
        kinds: Collection[Kind] = (),
        states: Collection[State] = (),
        fiscal_year: int | None = None,
        text: str = "",
        limit: int | None = None,
    ) -> list[DocumentRow]:
        """Return list rows, newest change first; every word of ``text`` is in key, names, purpose or amount.

        All of them without a limit.
        """
        wanted: list[ColumnElement[bool]] = [func.instr(_D.search, word) > 0 for word in query_words(text)]
        if kinds:
            wanted.append(_D.kind.in_([kind.value for kind in kinds]))
        if states:
            wanted.append(_D.state.in_([state.value for state in states]))
        if fiscal_year is not None:
            wanted.append(_D.fiscal_year == fiscal_year)
        wanted.append(_D.binned_at == "")
        found: Select[Any] = select(tables.document).where(*wanted).order_by(_D.change_no.desc()).limit(limit)
        return [shown_row(row) for row in self._connection.execute(found)]

    def hits(self, query: ListQuery) -> list[ListHit]:
        """Return every document that a list shows, in its order; rows are read by `rows_of` when they are looked at."""
        return hits(self._connection, query)

    def rows_of(self, doc_ids: Sequence[str]) -> list[DocumentRow]:
        """Return the list rows of these documents, in this order; those that do not exist are left out."""
        return rows_of(self._connection, doc_ids)

    def tallies(self, query: ListQuery) -> list[Tally]:
        """Return counts and sums of what a list holds, by state; the query's own states are not looked at."""
        return tallies(self._connection, query)

    def names(self, query: ListQuery) -> list[str]:
        """Return the payees and projects of what a list holds, each once."""
        return names(self._connection, query)

    def revisions(self, doc_id: str) -> list[Revision]:
        """Return all commits of a document, newest first."""
        columns = (_R.number, _R.revision, _R.sm3, _R.at, _R.by, _R.why)
        found = self._connection.execute(select(*columns).where(_R.doc_id == doc_id).order_by(_R.number.desc()))
        return [Revision(*row) for row in found]

    def next_number(self, name: str) -> int:
        """Return the next number of a local sequence, never given twice once this transaction is committed."""
        return int(self._connection.execute(_NEXT_NUMBER, {"name": name}).scalar_one())

    def similar_vouchers(self, payee: str, since: str, except_doc: str) -> list[SimilarVoucher]:
        """Return vouchers to the payee dated ``since`` or later that are not void, newest first."""
        found = self._connection.execute(
            select(_D.key, _V.date, _V.amount, _V.purpose, _V.payee_account, _V.payee_bank)
            .join(tables.document, _V.doc_id == _D.id)
            .where(_V.payee_name == nfc(payee), _V.date >= since, _V.doc_id != except_doc)
            .where(_D.state != State.VOIDED.value)
            .order_by(_V.date.desc(), _D.change_no.desc())
        )
        return [SimilarVoucher(*row) for row in found]

    def evoucher_used(self, key: str, except_doc: str) -> Decimal:
        """Return yuan of an e-voucher used by all vouchers that are not void, but one (R-11)."""
        use = tables.evoucher_use.c
        return self._sum(
            select(func.coalesce(func.sum(use.used), 0))
            .join(tables.document, use.doc_id == _D.id)
            .where(use.key == key, use.doc_id != except_doc, _D.state != State.VOIDED.value)
        )

    def planned_use(self, quota_id: str, except_doc: str) -> Decimal:
        """Return yuan of drafts (DRAFT, PRESENTED) on the quota that reserve nothing yet, but one (R-01)."""
        open_states = (State.DRAFT.value, State.PRESENTED.value)
        return self._sum(
            select(func.coalesce(func.sum(_V.amount), 0))
            .join(tables.document, _V.doc_id == _D.id)
            .where(_V.quota_id == quota_id, _V.doc_id != except_doc, _D.state.in_(open_states))
        )

    def _sum(self, statement: Select[tuple[Any]]) -> Decimal:
        return Decimal(self._connection.execute(statement).scalar_one())

    def _bytes_and_digest(self, content: Content) -> tuple[bytes, str]:
        if self._encoded is None or self._encoded[0] is not content:
            data = encode(content)
            self._encoded = content, data, sm3(data)
        return self._encoded[1], self._encoded[2]

    def _commit_content(self, document: Document, number: int, by: str, why: str, at: str) -> None:
        data, digest = self._bytes_and_digest(document.content)
        if digest != document.digest:
            raise ValueError(f"{document.head.doc_id}: the digest is not that of the content")
        self._memory.remember_written(digest, document.content)
        row = {
            "doc_id": document.head.doc_id,
            "number": number,
            "revision": document.head.revision,
            "sm3": digest,
            "at": at,
            "by": nfc(by),
            "why": nfc(why),
            "content": zlib.compress(data, _ZLIB_LEVEL),
        }
        add(self._connection, tables.revision, [row])

    def _content(self, row: Row[Any]) -> Content:
        """Return the content of a row of ``document``, decoded once for each digest."""
        known = self._memory.content(row.digest)
        if known is None:
            known = decode_content(self.bytes_of(row.id))
            self._memory.remember(row.digest, known)
        return known

    def _index(self, old: Content | None, new: Content) -> None:
        """Write the index rows in which two contents of a document differ."""
        before = dict(details(old)) if old is not None else {}
        for table, rows in details(new):
            if before.get(table) == rows:
                continue
            key = [column.name for column in table.primary_key]
            had = {tuple(row[name] for name in key): row for row in before.get(table, ())}
            has = {tuple(row[name] for name in key): row for row in rows}
            for gone in had.keys() - has.keys():
                drop(self._connection, table, **dict(zip(key, gone, strict=True)))
            add(self._connection, table, [row for named, row in has.items() if named not in had])
            for named in has.keys() & had.keys():
                moved = {name: value for name, value in has[named].items() if had[named][name] != value}
                if moved:
                    change(self._connection, table, dict(zip(key, named, strict=True)), moved)

    def _next_change(self) -> int:
        last = self._memory.change_no
        if last is None:
            last = self._connection.execute(_LAST_CHANGE).scalar() or 0
        self._memory.change_no = last + 1
        return last + 1

    def _tell(self, document: Document, before: Any, by: str, why: str, at: str) -> None:
        facts = {
            "kind": document.head.kind.value,
            "key": document.head.key,
            "revision": str(document.head.revision),
            "from": before.state if before else "",
            "to": document.state.value,
            "digest_before": before.digest if before else "",
            "digest_after": document.digest,
            "why": why,
        }
        self._audit.append(by, "", "DOCUMENT", document.head.doc_id, facts, at=at)


def _document(row: Row[Any], content: Content, signatures: Sequence[Row[Any]]) -> Document:
    return Document(
        content=content,
        digest=row.digest,
        state=State(row.state),
        signatures=tuple(
            SignatureMark(Post(mark.role), mark.officer, mark.officer_name, mark.key_id, mark.at, mark.sheet_id)
            for mark in signatures
        ),
        comment=None if row.comment is None else decode(row.comment.encode(), ReturnComment),
        problems_count=row.problems_count,
        central_no=row.central_no,
        batch_id=row.batch_id,
        receipt_no=row.receipt_no,
        updated_at=row.updated_at,
        binned_at=row.binned_at,
    )
