"""The exchange with a platform in this process: the same calls to the same core, without a port."""

from pathlib import Path

from sync.central.service import Service
from sync.crypto import Signer, sm3
from sync.durable import disk_fault, write_file
from sync.faults import ExchangeFault
from sync.manifest import CatalogueRef
from sync.protocol import Announcement, Hello, UploadState, session_message
from sync.transport import Tick


class DirectTransport:
    """Implements `sync.transport.Transport` over a `Service`.

    Args:
        service: The platform's core.
        decide: Decide what waits whenever receipts are asked for; false when a worker does it.
    """

    def __init__(self, service: Service, *, decide: bool = True) -> None:
        self._service, self._decide, self._token = service, decide, ""

    def sign_in(self, stream: str, platform: str, signer: Signer) -> None:
        """See `Transport.sign_in`."""
        nonce = self._service.challenge(stream, signer.key_id)
        self._token = self._service.open_session(nonce, signer.sign(session_message(stream, platform, nonce)))

    def hello(self, program: str) -> Hello:
        """See `Transport.hello`."""
        return self._service.hello(self._stream(), program)

    def announce(self, batch: Announcement) -> UploadState:
        """See `Transport.announce`."""
        return self._service.announce(self._stream(), batch)[1]

    def append(self, batch_id: str, offset: int, chunk: bytes) -> int:
        """See `Transport.append`."""
        return self._service.append(self._stream(), batch_id, offset, chunk, sm3(chunk))

    def complete(self, batch_id: str) -> bytes:
        """See `Transport.complete`."""
        return self._service.complete(self._stream(), batch_id)[0]

    def receipts(self, after: int, limit: int) -> list[bytes]:
        """See `Transport.receipts`."""
        stream = self._stream()
        if self._decide:
            self._service.decide_all()
        return self._service.receipts(stream, after, limit)

    def batch(self, batch_id: str, into: Path) -> None:
        """See `Transport.batch`."""
        kept, _ = self._service.batch(self._stream(), batch_id)
        try:
            data = kept.read_bytes()
        except OSError as reason:
            raise disk_fault(reason, kept) from reason
        write_file(into, data, replace=True)

    def root(self, version: int) -> bytes | None:
        """See `Transport.root`."""
        try:
            return self._service.root(version)
        except ExchangeFault as fault:
            if fault.code == "NOT_FOUND":
                return None
            raise

    def head(self) -> bytes:
        """See `Transport.head`."""
        return self._service.head()

    def catalogue(self, ref: CatalogueRef, into: Path, tick: Tick) -> None:
        """See `Transport.catalogue`."""
        data = self._service.catalogue(self._stream(), ref.scope.partition(":")[0], ref.version)
        write_file(into, data, replace=True)
        tick(len(data))

    def close(self) -> None:
        """See `Transport.close`."""
        self._token = ""

    def _stream(self) -> str:
        return self._service.stream_of(self._token)
