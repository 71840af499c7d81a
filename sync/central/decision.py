"""The transaction around a judgement: a waiting batch is opened, judged and answered, whole or not at all (R5)."""

import dataclasses
import logging
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update
from sqlalchemy.exc import OperationalError

from sync.batch import open_sealed
from sync.central.decide import Judgement, accepted_totals, judge
from sync.central.loading import load_register
from sync.central.platform import Platform
from sync.central.publish import publish_head, publish_scope, put_record, unit_scope
from sync.central.receipts import Answer, receipt_number, write_receipt
from sync.central.register import Register
from sync.central.sheets import read_sheets
from sync.central.store import Numbers
from sync.central.tables import batches, documents, evoucher_uses, jobs, quota_uses, rulings, writers
from sync.contents import documents_of, files_of, sheets_of
from sync.faults import ContentInvalid
from sync.manifest import BatchManifest, BatchRef

_log = logging.getLogger(__name__)
_ZERO = Decimal("0.00")


def decide_next(platform: Platform) -> str | None:
    """Decide the batch that has waited longest.

    Returns:
        Its id, None when nothing waits that could be decided.

    Raises:
        OperationalError: The database cannot be used just now; the batch waits on.
    """
    with platform.store.read() as db:
        job = _next_job(db)
    if job is None:
        return None
    batch_id: str = job.batch_id
    try:
        _decide(platform, batch_id)
    except OperationalError:
        raise
    except Exception as reason:  # noqa: BLE001 - one batch that our mistake trips over may not stop all the others
        _log.exception("batch %s cannot be decided", batch_id)
        with platform.store.write() as db:
            failed = update(jobs).where(jobs.c.batch_id == batch_id)
            db.execute(failed.values(failure=f"{type(reason).__name__}: {reason}"[:500]))
    return batch_id


def decide_all(platform: Platform) -> list[str]:
    """Decide everything that waits; gives the ids of the batches."""
    decided: list[str] = []
    while (batch_id := decide_next(platform)) is not None:
        decided.append(batch_id)
    return decided


def forget_failures(platform: Platform) -> None:
    """Let batches that could not be decided be tried again: at start, when the program may be a newer one."""
    with platform.store.write() as db:
        db.execute(update(jobs).values(failure=None))


def _next_job(db: Connection) -> Row[Any] | None:
    """Give the oldest job of a stream none of whose jobs has failed."""
    failed = select(jobs.c.stream).where(jobs.c.failure.is_not(None))
    waiting = select(jobs).where(jobs.c.stream.not_in(failed)).order_by(jobs.c.number)
    return db.execute(waiting.limit(1)).one_or_none()


def _decide(platform: Platform, batch_id: str) -> None:
    opened = open_sealed(platform.batch_path(batch_id), keys=[platform.keys.encryption])
    manifest = opened.expect(BatchManifest)
    try:
        content = documents_of(opened, manifest)
    except ContentInvalid:
        content = [b"" for _ in manifest.documents]  # each is then answered as not readable
    sheets, files = sheets_of(opened, manifest), files_of(manifest)
    with platform.store.write() as db:
        if db.execute(select(jobs.c.number).where(jobs.c.batch_id == batch_id)).scalar() is None:
            return  # another worker was quicker
        unit_code = _unit_of(db, manifest.stream)
        sequences = Numbers(db)
        register = load_register(db, unit_code, manifest.documents, files, sequences)
        signatures = read_sheets(sheets, unit_code, register.officers)
        judgements = judge(manifest, content, signatures, register, platform.settings.comment_by)
        sequences.save()
        _keep(platform, db, manifest, judgements, register)
        ref = BatchRef(manifest.id, opened.digest, manifest.epoch, manifest.seq)
        totals = accepted_totals(manifest, judgements)
        verdicts = [one.verdict for one in judgements]
        answer = Answer("decided", "accepted", documents=verdicts, totals=totals)
        write_receipt(platform, db, manifest.stream, ref, answer)
        db.execute(update(batches).where(batches.c.id == batch_id).values(state="decided"))
        db.execute(delete(jobs).where(jobs.c.batch_id == batch_id))


def _keep(
    platform: Platform,
    db: Connection,
    manifest: BatchManifest,
    judgements: Sequence[Judgement],
    register: Register,
) -> None:
    """Write what was decided, and everything that follows from it."""
    unit = {"unit_code": register.unit_code}
    now, number = platform.now(), receipt_number(db, manifest.stream)
    rows = [
        _document_row(one) | unit | {"batch_id": manifest.id, "receipt_no": number, "decided_at": now}
        for one in judgements
        if one.is_new
    ]
    if rows:
        db.execute(insert(documents), rows)
    if register.quota_uses:
        unpaid = unit | {"paid": _ZERO, "refunded": _ZERO}
        db.execute(insert(quota_uses), [unpaid | dataclasses.asdict(use) for use in register.quota_uses])
    if register.evoucher_uses:
        db.execute(insert(evoucher_uses), [unit | dataclasses.asdict(use) for use in register.evoucher_uses])
    left = set(register.rulings)
    for entry in manifest.documents:
        if (entry.kind, entry.key) not in left:
            used_up = (rulings.c.kind == entry.kind, rulings.c.key == entry.key)
            db.execute(delete(rulings).where(rulings.c.unit_code == register.unit_code, *used_up))
    if register.admissions:
        scope = unit_scope(register.unit_code)
        for record in register.admissions:
            put_record(db, scope, "project", record)
        publish_scope(platform, db, scope)
        publish_head(platform, db)


def _document_row(one: Judgement) -> dict[str, Any]:
    entry, verdict = one.entry, one.verdict
    return {
        "kind": entry.kind,
        "key": entry.key,
        "revision": entry.revision,
        "digest": entry.digest,
        "doc_id": entry.doc_id,
        "verdict": verdict.verdict,
        "code": verdict.code,
        "field": verdict.field,
        "comment": verdict.comment,
        "central_no": verdict.central_no,
        "amount": one.amount,
        "content": one.data,
    }


def _unit_of(db: Connection, stream: str) -> str:
    return str(db.execute(select(writers.c.unit_code).where(writers.c.stream == stream)).scalar_one())
