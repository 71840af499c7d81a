"""How the bytes of a batch become a point of its stream's chain, or do not (R3, R4, R5).

A container is opened and its signature verified first. What is not whole, not for us, or not signed by the writer is
turned away without a trace in the stream: anybody could have made it. What the writer did sign gets a receipt in the
same transaction that keeps the batch and moves the tip.
"""

import logging
import os
import uuid
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Row, delete, insert, select, update

from sync.batch import Opened, open_sealed, verify
from sync.central.chain import Place, place_of
from sync.central.platform import Platform
from sync.central.receipts import Answer, first_receipt, locked_stream, write_receipt
from sync.central.tables import batches, jobs, streams, uploads, writers
from sync.container import LIMITS, Limits
from sync.crypto import PublicKey
from sync.durable import disk_fault
from sync.faults import BadSignature, ContentInvalid, ExchangeFault, FormatTooNew
from sync.manifest import BATCH, BatchManifest, BatchRef, Tip

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Verified:
    """A batch whose bytes are whole and whose writer signed it."""

    manifest: BatchManifest
    digest: str
    size: int
    file_sm3: str
    revoked: bool

    @property
    def ref(self) -> BatchRef:
        return BatchRef(self.manifest.id, self.digest, self.manifest.epoch, self.manifest.seq)


def arrive(platform: Platform, path: Path, stream: str | None = None, batch_id: str | None = None) -> bytes:
    """Take a batch container that lies on our disk.

    Args:
        platform: Ours.
        path: The file; it is moved away when the batch is kept or turned away.
        stream: The stream that brought it; None when it came by another way than a session.
        batch_id: The id that it was announced under, if it was.

    Returns:
        The container of the receipt; of the stored one when the batch is known (R3).

    Raises:
        ExchangeFault: It is no batch that a registered writer signed, or ``ID_REUSED``.
    """
    try:
        verified = _verified(platform, path)
        _require_announced(verified.manifest, stream, batch_id)
    except ExchangeFault as fault:
        _turn_away(platform, path, fault)
        raise
    with platform.store.write() as db:
        known = db.execute(select(batches).where(batches.c.id == verified.manifest.id)).one_or_none()
        if known is not None:
            if known.digest != verified.digest or known.stream != verified.manifest.stream:
                raise ExchangeFault("ID_REUSED", {"id": verified.manifest.id})
            path.unlink(missing_ok=True)
        else:
            _keep(platform, path, verified.manifest.id)
            _take(platform, db, verified)
        db.execute(delete(uploads).where(uploads.c.id == verified.manifest.id))
        return first_receipt(db, verified.manifest.id)


def _verified(platform: Platform, path: Path) -> _Verified:
    opened = _opened(platform, path)
    manifest = opened.expect(BatchManifest)
    with platform.store.read() as db:
        writer = db.execute(select(writers).where(writers.c.stream == manifest.stream)).one_or_none()
    if writer is None:
        raise ExchangeFault("KEY_UNKNOWN", {"stream": manifest.stream})
    key = PublicKey.from_hex(writer.public_key)
    verify(opened, {key.key_id: key})
    return _Verified(manifest, opened.digest, opened.size, opened.file_sm3, writer.revoked_at is not None)


def _opened(platform: Platform, path: Path) -> Opened:
    """Open a container of any age: what is too old to be read is told apart from what is too new."""
    limits = Limits(container=min(platform.settings.max_container, LIMITS.container))
    try:
        return open_sealed(path, keys=[platform.keys.encryption], limits=limits)
    except FormatTooNew as fault:
        ours, theirs = _major(BATCH), _major(fault.facts.get("found", ""))
        if theirs is not None and ours is not None and theirs < ours:
            raise ExchangeFault("FORMAT_TOO_OLD", dict(fault.facts)) from fault
        raise


def _major(payload_type: str) -> int | None:
    """Give the major version of a batch's payload type, None for anything else."""
    stem, _, number = payload_type.rpartition("=")
    ours = stem == BATCH.rpartition("=")[0] and number.isascii() and number.isdecimal()
    return int(number) if ours else None


def _require_announced(manifest: BatchManifest, stream: str | None, batch_id: str | None) -> None:
    if stream is not None and manifest.stream != stream:
        raise ContentInvalid(what="batch", reason="another stream than the session's")
    if batch_id is not None and manifest.id != batch_id:
        raise ContentInvalid(what="batch", reason="another id than announced")


def _take(platform: Platform, db: Connection, verified: _Verified) -> None:
    """Write a new batch, what it does to the chain, and its receipt."""
    manifest = verified.manifest
    row = locked_stream(db, manifest.stream)
    place = place_of(
        Tip(row.epoch, row.seq, row.digest), manifest.epoch, manifest.seq, manifest.prev, manifest.resume
    )
    refusal = _refusal(platform, verified, place)
    state = "refused" if refusal else "held"
    db.execute(
        insert(batches).values(
            id=manifest.id,
            stream=manifest.stream,
            digest=verified.digest,
            epoch=manifest.epoch,
            seq=manifest.seq,
            prev=manifest.prev,
            size=verified.size,
            file_sm3=verified.file_sm3,
            state=state,
            received_at=platform.now(),
        )
    )
    if refusal:
        write_receipt(platform, db, manifest.stream, verified.ref, Answer("arrived", "refused", refusal))
    elif place == "gap":
        missing = {"missing": str(row.seq + 1 if manifest.epoch == row.epoch else 1)}
        write_receipt(platform, db, manifest.stream, verified.ref, Answer("arrived", "held", "GAP", missing))
    else:
        _book(platform, db, manifest.stream, verified.ref)
        _release_held(platform, db, manifest.stream)


def _refusal(platform: Platform, verified: _Verified, place: Place) -> str | None:
    if verified.manifest.audience != platform.settings.audience:
        return "WRONG_AUDIENCE"
    if verified.revoked:
        return "KEY_REVOKED"
    return None if place in ("next", "gap") else place


def _book(platform: Platform, db: Connection, stream: str, ref: BatchRef) -> None:
    """Make a batch the tip of its stream, and queue it for decision."""
    db.execute(update(batches).where(batches.c.id == ref.id).values(state="arrived"))
    tip = update(streams).where(streams.c.stream == stream)
    db.execute(tip.values(epoch=ref.epoch, seq=ref.seq, digest=ref.digest))
    db.execute(insert(jobs).values(batch_id=ref.id, stream=stream))
    write_receipt(platform, db, stream, ref, Answer("arrived", "accepted"))


def _release_held(platform: Platform, db: Connection, stream: str) -> None:
    """Look again at what waits: some of it may be next now, some can never be booked any more."""
    while True:
        row = locked_stream(db, stream)
        tip, moved = Tip(row.epoch, row.seq, row.digest), False
        for held in _held(db, stream):
            place = place_of(tip, held.epoch, held.seq, held.prev, None)
            ref = BatchRef(held.id, held.digest, held.epoch, held.seq)
            if place == "next":
                _book(platform, db, stream, ref)
                moved = True
                break
            if place != "gap":
                db.execute(update(batches).where(batches.c.id == ref.id).values(state="refused"))
                write_receipt(platform, db, stream, ref, Answer("arrived", "refused", place))
        if not moved:
            return


def _held(db: Connection, stream: str) -> list[Row[tuple[object, ...]]]:
    waiting = select(batches).where(batches.c.stream == stream, batches.c.state == "held")
    return list(db.execute(waiting.order_by(batches.c.epoch, batches.c.seq)))


def _keep(platform: Platform, path: Path, batch_id: str) -> None:
    """Make the bytes durable under their name, before the transaction that says so ends."""
    kept = platform.batch_path(batch_id)
    try:
        with path.open("rb") as file:
            os.fsync(file.fileno())
        path.replace(kept)
        if os.name != "nt":
            folder = os.open(kept.parent, os.O_RDONLY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)
    except OSError as reason:
        raise disk_fault(reason, kept) from reason


def _turn_away(platform: Platform, path: Path, fault: ExchangeFault) -> None:
    """Log what was not signed by its writer and keep the file for people to look at; drop what is merely broken."""
    _log.warning("batch turned away: %s", fault)
    if isinstance(fault, BadSignature):
        path.replace(platform.folder("rejected") / f"{uuid.uuid4()}.bsp")
    else:
        path.unlink(missing_ok=True)
