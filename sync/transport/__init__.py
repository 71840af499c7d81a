"""The carriers of a session: the same calls over HTTP and straight to a platform in this process.

A carrier moves bytes and small values. It proves nothing, and nothing that it says changes a document (R6).
"""

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from sync.crypto import Signer
from sync.manifest import CatalogueRef
from sync.protocol import Announcement, Hello, UploadState

Tick = Callable[[int], None]  # told how many bytes have come so far; may raise to stop


class Transport(Protocol):
    """What a session asks of the platform.

    Every call may raise `ExchangeFault`: ``NO_LINK`` when it is not known whether the platform did the work, any other
    code when the platform refused it.
    """

    def sign_in(self, stream: str, platform: str, signer: Signer) -> None:
        """Prove the writer's key; everything else needs it.

        Raises:
            ExchangeFault: ``KEY_UNKNOWN``, ``KEY_REVOKED``.
        """
        ...

    def hello(self, program: str) -> Hello:
        """Greet; ``PROGRAM_TOO_OLD`` when this program may take part no more."""
        ...

    def announce(self, batch: Announcement) -> UploadState:
        """Create or find the upload of a batch; ``ID_REUSED``, ``TOO_LARGE``."""
        ...

    def append(self, batch_id: str, offset: int, chunk: bytes) -> int:
        """Send one piece and return the new offset; ``OFFSET_WRONG``, ``CHUNK_DAMAGED``."""
        ...

    def complete(self, batch_id: str) -> bytes:
        """Ask for the batch to be verified and kept; safe to repeat. Returns its first receipt's container."""
        ...

    def receipts(self, after: int, limit: int) -> list[bytes]:
        """Return the containers of the receipts behind a number, in order."""
        ...

    def batch(self, batch_id: str, into: Path) -> None:
        """Fetch the stream's own batch back into a file; ``NOT_FOUND``."""
        ...

    def root(self, version: int) -> bytes | None:
        """Return the envelope of a root, None when there is no such version."""
        ...

    def head(self) -> bytes:
        """Return the envelope of the newest head."""
        ...

    def catalogue(self, ref: CatalogueRef, into: Path, tick: Tick) -> None:
        """Fetch a catalogue's container into a file, which is complete or not there."""
        ...

    def close(self) -> None:
        """Let the link go."""
        ...
