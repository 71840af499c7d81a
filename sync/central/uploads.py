"""Bytes of a batch on their way in: announced, appended piece by piece, completed.

The size of the file is the offset; there is no second truth. An unfinished upload starts again when it is announced
again. Every call may be repeated.
"""

from pathlib import Path

from sqlalchemy import Connection, delete, insert, select

from sync.central.arrival import arrive
from sync.central.platform import Platform
from sync.central.receipts import first_receipt
from sync.central.tables import batches, uploads
from sync.crypto import Sm3, sm3
from sync.durable import disk_fault
from sync.faults import DamagedFile, DiskFailed, DiskFull, ExchangeFault, TooLarge
from sync.protocol import Announcement, UploadState

_BLOCK = 1 << 20


def announce(platform: Platform, stream: str, batch: Announcement) -> tuple[bool, UploadState]:
    """Create or find an upload.

    Returns:
        Whether it is new, and where the platform stands with the batch.

    Raises:
        ExchangeFault: ``STREAM_NOT_YOURS``, ``ID_REUSED`` (R3), ``TOO_LARGE``.
    """
    if batch.stream != stream:
        raise ExchangeFault("STREAM_NOT_YOURS", {"stream": batch.stream})
    if batch.size > platform.settings.max_container:
        raise TooLarge(what="container", limit=str(platform.settings.max_container), found=str(batch.size))
    with platform.store.write() as db:
        known = db.execute(select(batches).where(batches.c.id == batch.id)).one_or_none()
        if known is not None:
            if (known.stream, known.size, known.file_sm3) != (stream, batch.size, batch.sm3):
                raise ExchangeFault("ID_REUSED", {"id": batch.id})
            return False, UploadState(known.state, batch.size)
        upload = db.execute(select(uploads).where(uploads.c.id == batch.id)).one_or_none()
        if upload is None:
            db.execute(insert(uploads).values(id=batch.id, stream=stream, size=batch.size, sm3=batch.sm3))
        elif (upload.stream, upload.size, upload.sm3) != (stream, batch.size, batch.sm3):
            raise ExchangeFault("ID_REUSED", {"id": batch.id})
        _start(platform.upload_path(batch.id))
        return upload is None, UploadState("receiving", 0)


def append(platform: Platform, stream: str, batch_id: str, offset: int, chunk: bytes, checksum: str) -> int:
    """Add one piece at the end of an upload.

    Args:
        platform: Ours.
        stream: The session's.
        batch_id: The announced batch.
        offset: Where the piece belongs; must be the number of bytes held.
        chunk: The bytes.
        checksum: Their SM3.

    Returns:
        The new offset.

    Raises:
        ExchangeFault: ``CHUNK_DAMAGED``, ``OFFSET_WRONG`` (facts: offset), ``TOO_LARGE``, ``NOT_FOUND``.
    """
    if sm3(chunk) != checksum:
        raise ExchangeFault("CHUNK_DAMAGED", {"offset": str(offset)})
    # The write lock keeps two pieces of one upload apart, whichever process takes them.
    with platform.store.write() as db:
        size = _upload(db, stream, batch_id).size
        path = platform.upload_path(batch_id)
        held = _held(path)
        if offset != held:
            raise ExchangeFault("OFFSET_WRONG", {"offset": str(held)})
        if offset + len(chunk) > size:
            raise TooLarge(what="upload", limit=str(size), found=str(offset + len(chunk)))
        try:
            with path.open("ab") as file:
                file.write(chunk)
        except OSError as reason:
            raise disk_fault(reason, path) from reason
    return offset + len(chunk)


def complete(platform: Platform, stream: str, batch_id: str) -> bytes:
    """Verify and keep an uploaded batch; safe to repeat.

    Returns:
        The container of the receipt that answered it first.

    Raises:
        ExchangeFault: ``UPLOAD_INCOMPLETE`` (facts: offset), ``NOT_FOUND``, or why it was turned away; the upload is
            then gone and starts again with an announcement.
    """
    with platform.store.read() as db:
        known = db.execute(select(batches.c.stream).where(batches.c.id == batch_id)).scalar()
        if known == stream:
            return first_receipt(db, batch_id)
        upload = _upload(db, stream, batch_id)
    path = platform.upload_path(batch_id)
    held = _held(path)
    if held != upload.size:
        raise ExchangeFault("UPLOAD_INCOMPLETE", {"offset": str(held)})
    try:
        if _digest(path) != upload.sm3:
            raise DamagedFile(what="upload")
        return arrive(platform, path, stream, batch_id)
    except (DiskFull, DiskFailed):
        raise  # our own trouble: the bytes stay for another try
    except ExchangeFault:
        with platform.store.write() as db:
            db.execute(delete(uploads).where(uploads.c.id == batch_id))
        path.unlink(missing_ok=True)
        raise


class _Upload:
    """The announced size and digest of an unfinished upload."""

    __slots__ = ("size", "sm3")

    def __init__(self, size: int, digest: str) -> None:
        self.size, self.sm3 = size, digest


def _upload(db: Connection, stream: str, batch_id: str) -> _Upload:
    found = select(uploads.c.size, uploads.c.sm3).where(uploads.c.id == batch_id, uploads.c.stream == stream)
    row = db.execute(found).one_or_none()
    if row is None:
        raise ExchangeFault("NOT_FOUND", {"what": "upload", "id": batch_id})
    return _Upload(row.size, row.sm3)


def _start(path: Path) -> None:
    try:
        path.write_bytes(b"")
    except OSError as reason:
        raise disk_fault(reason, path) from reason


def _held(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def _digest(path: Path) -> str:
    state = Sm3()
    try:
        with path.open("rb") as file:
            while block := file.read(_BLOCK):
                state.update(block)
    except OSError as reason:
        raise disk_fault(reason, path) from reason
    return state.hexdigest()
