"""Receipts: numbered and chained per stream, signed, sealed for the writer; written inside the caller's transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection, Row, insert, select, update

from sync.batch import seal_bytes
from sync.central.platform import Platform
from sync.central.tables import receipts, streams, writers
from sync.crypto import PublicKey
from sync.manifest import RECEIPT, BatchRef, DocumentVerdict, Part, ReceiptManifest, Tip
from sync.protocol import PROTOCOL


@dataclass(frozen=True, slots=True)
class Answer:
    """What a receipt says of a batch."""

    stage: str
    verdict: str
    code: str | None = None
    facts: Mapping[str, str] = field(default_factory=dict)
    documents: Sequence[DocumentVerdict] = ()
    totals: Mapping[str, str] = field(default_factory=dict)


def write_receipt(platform: Platform, db: Connection, stream: str, batch: BatchRef, answer: Answer) -> bytes:
    """Write the stream's next receipt and give its container; the tip that it states is the one in the database."""
    row = locked_stream(db, stream)
    number = row.last_receipt_no + 1

    def manifest(parts: tuple[Part, ...]) -> ReceiptManifest:
        return ReceiptManifest(
            receipt_no=number,
            prev_receipt=row.last_receipt_digest,
            stream=stream,
            stage=answer.stage,
            batch=batch,
            verdict=answer.verdict,
            documents=tuple(answer.documents),
            totals=answer.totals,
            tip=Tip(row.epoch, row.seq, row.digest),
            server_time=platform.now(),
            min_program=platform.settings.min_program,
            protocol=PROTOCOL,
            platform_serial=platform.keys.receipt.key_id,
            code=answer.code,
            facts=answer.facts,
        )

    writer = db.execute(select(writers.c.public_key).where(writers.c.stream == stream)).scalar_one()
    sealed = seal_bytes(
        kind="receipt",
        payload_type=RECEIPT,
        manifest=manifest,
        signers=[platform.keys.receipt],
        recipients=[PublicKey.from_hex(writer), platform.keys.encryption.public],
    )
    values = {"stream": stream, "number": number, "batch_id": batch.id, "container": sealed.data}
    db.execute(insert(receipts).values(stage=answer.stage, verdict=answer.verdict, **values))
    moved = update(streams).where(streams.c.stream == stream)
    db.execute(moved.values(last_receipt_no=number, last_receipt_digest=sealed.digest))
    return sealed.data


def receipt_number(db: Connection, stream: str) -> int:
    """Give the number that the stream's next receipt will have."""
    return int(locked_stream(db, stream).last_receipt_no) + 1


def first_receipt(db: Connection, batch_id: str) -> bytes:
    """Give what was answered when a batch came: arrived, refused, or held while it still waits."""
    found = select(receipts.c.container).where(receipts.c.batch_id == batch_id, receipts.c.stage == "arrived")
    return bytes(db.execute(found.order_by(receipts.c.number.desc()).limit(1)).scalar_one())


def receipts_after(db: Connection, stream: str, after: int, limit: int) -> list[bytes]:
    """Give the containers of a stream's receipts behind a number, in order."""
    found = select(receipts.c.container).where(receipts.c.stream == stream, receipts.c.number > after)
    return [bytes(one) for one in db.execute(found.order_by(receipts.c.number).limit(limit)).scalars()]


def locked_stream(db: Connection, stream: str) -> Row[tuple[str, int, int, str, int, str]]:
    """Give a stream's row, held against other workers until the transaction ends."""
    return db.execute(select(streams).where(streams.c.stream == stream).with_for_update()).one()
