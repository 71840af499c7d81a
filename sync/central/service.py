"""What a unit may ask of the platform, without any web in it: HTTP and the direct carrier call the same methods.

Safe to call from several threads; all state is in the database and in the data folder.
"""

import threading
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import select

from sync.catalogue import PUBLIC
from sync.central.access import challenge, open_session, stream_of
from sync.central.decision import decide_all, decide_next
from sync.central.platform import Platform
from sync.central.publish import unit_scope
from sync.central.receipts import receipts_after
from sync.central.tables import batches, catalogues, heads, roots, streams, writers
from sync.central.uploads import announce, append, complete
from sync.faults import ExchangeFault
from sync.manifest import Tip
from sync.protocol import OLDEST_PROTOCOL, PROTOCOL, RECEIPTS_AT_ONCE, Announcement, Hello, UploadState, too_old


@dataclass(frozen=True, slots=True)
class Service:
    """The calls of the protocol over one platform.

    Attributes:
        arrived: Set whenever a batch may be waiting for its decision.
    """

    platform: Platform
    arrived: threading.Event = field(default_factory=threading.Event)

    def challenge(self, stream: str, key_id: str) -> str:
        """Give a nonce to sign; ``KEY_UNKNOWN``, ``KEY_REVOKED``."""
        return challenge(self.platform, stream, key_id)

    def open_session(self, nonce: str, signature: bytes) -> str:
        """Give a token for a signed nonce; ``NONCE_UNKNOWN``, ``SIGNATURE_INVALID``."""
        return open_session(self.platform, nonce, signature)

    def stream_of(self, token: str) -> str:
        """Give the stream of a token; ``SESSION_UNKNOWN``, ``KEY_REVOKED``."""
        return stream_of(self.platform, token)

    def hello(self, stream: str, program: str) -> Hello:
        """Greet a stream; ``PROGRAM_TOO_OLD``."""
        settings = self.platform.settings
        if too_old(program, settings.min_program):
            raise ExchangeFault("PROGRAM_TOO_OLD", {"found": program[:40], "needed": settings.min_program})
        with self.platform.store.read() as db:
            row = db.execute(select(streams).where(streams.c.stream == stream)).one()
        return Hello(
            platform=settings.audience,
            protocol=PROTOCOL,
            oldest_protocol=OLDEST_PROTOCOL,
            min_program=settings.min_program,
            server_time=self.platform.now(),
            max_container=settings.max_container,
            max_chunk=settings.max_chunk,
            tip=Tip(row.epoch, row.seq, row.digest),
            last_receipt_no=row.last_receipt_no,
            notice=settings.notice,
        )

    def announce(self, stream: str, batch: Announcement) -> tuple[bool, UploadState]:
        """See `sync.central.uploads.announce`."""
        return announce(self.platform, stream, batch)

    def append(self, stream: str, batch_id: str, offset: int, chunk: bytes, checksum: str) -> int:
        """See `sync.central.uploads.append`."""
        if len(chunk) > self.platform.settings.max_chunk:
            raise ExchangeFault("TOO_LARGE", {"what": "chunk", "limit": str(self.platform.settings.max_chunk)})
        return append(self.platform, stream, batch_id, offset, chunk, checksum)

    def complete(self, stream: str, batch_id: str) -> tuple[bytes, bool]:
        """Verify and keep an uploaded batch.

        Returns:
            The container of its first receipt, and whether the batch is decided already.
        """
        receipt = complete(self.platform, stream, batch_id)
        self.arrived.set()
        with self.platform.store.read() as db:
            state = db.execute(select(batches.c.state).where(batches.c.id == batch_id)).scalar()
        return receipt, state == "decided"

    def receipts(self, stream: str, after: int, limit: int = RECEIPTS_AT_ONCE) -> list[bytes]:
        """Give the containers of the stream's receipts behind a number, in order, at most 50."""
        with self.platform.store.read() as db:
            return receipts_after(db, stream, after, max(1, min(limit, RECEIPTS_AT_ONCE)))

    def batch(self, stream: str, batch_id: str) -> tuple[Path, str]:
        """Give where the stream's own batch lies, and the SM3 of the file; ``NOT_FOUND``."""
        with self.platform.store.read() as db:
            found = select(batches.c.file_sm3).where(batches.c.id == batch_id, batches.c.stream == stream)
            digest = db.execute(found).scalar()
        if digest is None:
            raise ExchangeFault("NOT_FOUND", {"what": "batch", "id": batch_id})
        return self.platform.batch_path(batch_id), digest

    def root(self, version: int) -> bytes:
        """Give a root's envelope; ``NOT_FOUND``."""
        with self.platform.store.read() as db:
            data = db.execute(select(roots.c.data).where(roots.c.version == version)).scalar()
        if data is None:
            raise ExchangeFault("NOT_FOUND", {"what": "root", "version": str(version)})
        return bytes(data)

    def head(self) -> bytes:
        """Give the newest head's envelope."""
        with self.platform.store.read() as db:
            return bytes(db.execute(select(heads.c.data).order_by(heads.c.version.desc()).limit(1)).scalar_one())

    def catalogue(self, stream: str, scope: str, version: int) -> bytes:
        """Give a catalogue's container: ``public``, or ``unit`` for that of the stream's own unit; ``NOT_FOUND``."""
        with self.platform.store.read() as db:
            unit = db.execute(select(writers.c.unit_code).where(writers.c.stream == stream)).scalar_one()
            wanted = {PUBLIC: PUBLIC, "unit": unit_scope(unit)}.get(scope, "")
            found = select(catalogues.c.container).where(
                catalogues.c.scope == wanted, catalogues.c.version == version
            )
            data = db.execute(found).scalar()
        if data is None:
            raise ExchangeFault("NOT_FOUND", {"what": "catalogue", "scope": scope[:40], "version": str(version)})
        return bytes(data)

    def decide_next(self) -> str | None:
        """Decide the batch that has waited longest; see `sync.central.decision.decide_next`."""
        return decide_next(self.platform)

    def decide_all(self) -> list[str]:
        """Decide everything that waits."""
        return decide_all(self.platform)
