"""State of the stream with the platform: numbering, batches, receipts, trust, runs; and the way in for the mirrors."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select, update

from desktop.storage import tables
from desktop.storage.codec import encode as encode_value
from desktop.storage.codec import read_json
from desktop.storage.faults import WorkspaceFault
from desktop.storage.mirror_writing import MirrorWriter
from desktop.storage.rows import add, put
from desktop.usecases.ports import StoredReceipt, SyncRun
from sync.canonical import encode
from sync.catalogue import Pin, Trust
from sync.manifest import NO_DIGEST, DocumentEntry, Tip
from sync.stream import SentBatch, StreamState, next_place

_B, _R = tables.batch.c, tables.receipt.c
_STAGE = update(tables.batch).where(_B.id == bindparam("batch_id")).values(stage=bindparam("new_stage"))


class StoredExchange:
    """Implements `ports.Exchange` inside one transaction."""

    def __init__(self, connection: Connection, outbox: Path, mirrors: MirrorWriter) -> None:
        self._connection, self._outbox, self._mirrors = connection, outbox, mirrors

    def begin_stream(self, stream: str, epoch: int = 1) -> None:
        """Set the stream (``unit/writer``) once, at activation.

        Raises:
            ValueError: There is a stream already.
        """
        if self._stream_row() is not None:
            raise ValueError("the stream was begun already")
        self._put_stream(StreamState(stream, epoch, Tip(epoch, 0, NO_DIGEST)))

    def stream(self) -> StreamState:
        """Return the numbering; `WorkspaceFault` STREAM_MISSING before activation."""
        row = self._stream_row()
        if row is None:
            raise WorkspaceFault("STREAM_MISSING")
        sealed = Tip(row.sealed_epoch, row.sealed_seq, row.sealed_digest)
        return StreamState(row.stream, row.epoch, sealed, row.last_receipt_no, row.last_receipt_digest)

    def put_batch(self, batch: SentBatch, doc_ids: Sequence[str], *, at: str) -> None:
        """Record a sealed batch and move the stream's sealed tip.

        Raises:
            ValueError: The batch does not stand at the stream's next place, or lies outside the outbox.
        """
        state = self.stream()
        if (batch.epoch, batch.seq, batch.prev) != next_place(state):
            raise ValueError(f"batch {batch.seq} is not the next of the stream")
        if batch.path.parent.resolve() != self._outbox.resolve():
            raise ValueError("a batch lies in the outbox")
        row = {
            "id": batch.id,
            "epoch": batch.epoch,
            "seq": batch.seq,
            "prev": batch.prev,
            "digest": batch.digest,
            "file_name": batch.path.name,
            "size": batch.size,
            "file_sm3": batch.file_sm3,
            "stage": batch.stage,
            "totals": encode(batch.totals).decode(),
            "at": at,
        }
        add(self._connection, tables.batch, [row])
        pairs = zip(doc_ids, batch.documents, strict=True)
        rows = [_entry_row(batch, position, doc_id, entry) for position, (doc_id, entry) in enumerate(pairs)]
        add(self._connection, tables.batch_document, rows)
        self.rewind(Tip(batch.epoch, batch.seq, batch.digest))

    def batch(self, batch_id: str) -> SentBatch | None:
        """Return a batch with its entries, None for an id that is not ours."""
        row = self._connection.execute(select(tables.batch).where(_B.id == batch_id)).one_or_none()
        return None if row is None else self._sent(row)

    def batches(self, stages: Collection[str] = ()) -> list[SentBatch]:
        """Return batches in sending order, of the given stages or all."""
        found = select(tables.batch).order_by(_B.epoch, _B.seq, _B.at)
        if stages:
            found = found.where(_B.stage.in_(list(stages)))
        return [self._sent(row) for row in self._connection.execute(found).all()]

    def documents_of(self, batch_id: str) -> list[str]:
        """Return the doc ids inside a batch, in its order."""
        of = tables.batch_document.c
        found = select(of.doc_id).where(of.batch_id == batch_id).order_by(of.position)
        return list(self._connection.execute(found).scalars())

    def set_stage(self, batch_id: str, stage: str) -> None:
        """Say how far a batch has come; `KeyError` for an id that is not ours."""
        if not self._connection.execute(_STAGE, {"batch_id": batch_id, "new_stage": stage}).rowcount:
            raise KeyError(batch_id)

    def rewind(self, to: Tip) -> None:
        """Set the sealed tip: forward by a new batch, back after the platform refused one as a whole."""
        self._put_stream(replace(self.stream(), sealed=to))

    def put_receipt(self, receipt: StoredReceipt, prev_digest: str) -> None:
        """Record a receipt; an applied one moves the stream's last receipt number and digest.

        Raises:
            ValueError: An applied receipt does not follow the last one.
        """
        row = {
            "receipt_no": receipt.receipt_no,
            "digest": receipt.digest,
            "prev_digest": prev_digest,
            "stage": receipt.stage,
            "batch_id": receipt.batch_id,
            "file_name": receipt.file_name,
            "applied": int(receipt.applied),
            "server_time": receipt.server_time,
            "at": receipt.at,
        }
        if receipt.applied:
            state = self.stream()
            if (receipt.receipt_no, prev_digest) != (state.last_receipt_no + 1, state.last_receipt_digest):
                raise ValueError(f"receipt {receipt.receipt_no} does not follow {state.last_receipt_no}")
            moved = replace(state, last_receipt_no=receipt.receipt_no, last_receipt_digest=receipt.digest)
            self._put_stream(moved)
        put(self._connection, tables.receipt, [row])

    def receipts(self) -> list[StoredReceipt]:
        """Return every receipt, in the platform's order."""
        columns = (_R.receipt_no, _R.stage, _R.batch_id, _R.digest, _R.file_name, _R.applied, _R.server_time, _R.at)
        found = self._connection.execute(select(*columns).order_by(_R.receipt_no, _R.at))
        return [StoredReceipt(*row[:5], bool(row[5]), *row[6:]) for row in found]

    def trust(self) -> Trust:
        """Return whom we trust and what we hold; `WorkspaceFault` TRUST_MISSING before activation."""
        row = self._connection.execute(select(tables.trust)).one_or_none()
        if row is None:
            raise WorkspaceFault("TRUST_MISSING")
        scopes = {scope: Pin(version, digest) for scope, version, digest in self._connection.execute(_SCOPES)}
        return Trust(row.root_version, row.root, row.head_version, scopes)

    def set_trust(self, trust: Trust) -> None:
        """Store root, head version and scopes.

        Raises:
            WorkspaceFault: MIRROR_OLDER when a version would go down, or keep its number and change its content (R10).
        """
        before = self._connection.execute(select(tables.trust)).one_or_none()
        if before is not None:
            _require_newer("root", before.root_version, trust.root_version)
            _require_newer("head", before.head_version, trust.head_version)
        for scope, version, digest in self._connection.execute(_SCOPES):
            new = trust.scopes.get(scope)
            _require_newer(scope, version, new.version if new else 0)
            if new is not None and new.version == version and new.digest != digest:
                raise WorkspaceFault("MIRROR_OLDER", what=scope, have=str(version), found=str(version))
        row = {"id": 1, "root_version": trust.root_version, "root": trust.root, "head_version": trust.head_version}
        put(self._connection, tables.trust, [row])
        scopes = [{"scope": name, "version": pin.version, "digest": pin.digest} for name, pin in trust.scopes.items()]
        put(self._connection, tables.catalogue, scopes)

    def replace_mirror(
        self, scope: str, datasets: Mapping[str, Sequence[Mapping[str, object]]], version: int, at: str = ""
    ) -> int:
        """Replace the datasets of a scope by a snapshot's records; return how many records changed.

        What changed in the library is noted with it, as of ``at`` (`StoredLibraryLog`).

        Raises:
            WorkspaceFault: MIRROR_INVALID when a record does not fit its class or comes twice; nothing was written.
        """
        return self._mirrors.replace(scope, datasets, version, at)

    def add_run(self, run: SyncRun) -> None:
        """Keep a run of the history for ever."""
        names = [column.name for column in tables.sync_run.columns if column.name != "number"]
        row = {name: getattr(run, name) for name in names} | {"seconds": f"{run.seconds:f}"}
        add(self._connection, tables.sync_run, [row])

    def runs(self, limit: int = 20) -> list[SyncRun]:
        """Return the newest runs first."""
        found = select(tables.sync_run).order_by(tables.sync_run.c.number.desc()).limit(limit)
        return [_run(row) for row in self._connection.execute(found)]

    def _stream_row(self) -> Row[Any] | None:
        return self._connection.execute(select(tables.stream)).one_or_none()

    def _put_stream(self, state: StreamState) -> None:
        row = {
            "id": 1,
            "stream": state.stream,
            "epoch": state.epoch,
            "sealed_epoch": state.sealed.epoch,
            "sealed_seq": state.sealed.seq,
            "sealed_digest": state.sealed.digest,
            "last_receipt_no": state.last_receipt_no,
            "last_receipt_digest": state.last_receipt_digest,
        }
        put(self._connection, tables.stream, [row])

    def _sent(self, row: Row[Any]) -> SentBatch:
        of = tables.batch_document.c
        found = select(of.doc_id, of.entry, of.amount).where(of.batch_id == row.id).order_by(of.position)
        entries = self._connection.execute(found).all()
        return SentBatch(
            id=row.id,
            path=self._outbox / row.file_name,
            size=row.size,
            file_sm3=row.file_sm3,
            digest=row.digest,
            epoch=row.epoch,
            seq=row.seq,
            prev=row.prev,
            documents=tuple(DocumentEntry(**read_json(entry.encode())) for _, entry, _ in entries),
            totals=read_json(row.totals.encode()),
            stage=row.stage,
            amounts={doc_id: f"{amount:.2f}" for doc_id, _, amount in entries if amount is not None},
        )


_SCOPES = select(tables.catalogue.c.scope, tables.catalogue.c.version, tables.catalogue.c.digest)


def _entry_row(batch: SentBatch, position: int, doc_id: str, entry: DocumentEntry) -> dict[str, object]:
    amount = batch.amounts.get(doc_id)
    return {
        "batch_id": batch.id,
        "position": position,
        "doc_id": doc_id,
        "entry": encode_value(entry).decode(),
        "amount": None if amount is None else Decimal(amount),
    }


def _run(row: Row[Any]) -> SyncRun:
    return SyncRun(
        run_id=row.run_id,
        started_at=row.started_at,
        seconds=Decimal(row.seconds),
        way=row.way,
        outcome=row.outcome,
        sent=row.sent,
        accepted=row.accepted,
        returned=row.returned,
        received=row.received,
        total=row.total,
        batch_id=row.batch_id,
        receipt_no=row.receipt_no,
        code=row.code,
    )


def _require_newer(what: str, have: int, found: int) -> None:
    if found < have:
        raise WorkspaceFault("MIRROR_OLDER", what=what, have=str(have), found=str(found))
