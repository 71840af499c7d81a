"""The unit's side of the exchange: what `sync.session` asks of the local store, each answer one transaction."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from desktop.domain.fault import Fault
from desktop.domain.library_changes import LibraryUpdate
from desktop.usecases.apply_answer import apply_receipt, apply_snapshot
from desktop.usecases.ports import AtBooks, Books
from desktop.usecases.seat import Seat
from sync.catalogue import PUBLIC, Catalogue, Trust
from sync.faults import ExchangeFault
from sync.manifest import HeadManifest, ReceiptManifest, RootManifest
from sync.stream import SentBatch, StreamState


@dataclass(slots=True)
class UnitDesk:
    """Implements `sync.session.Desk` over the books; may be called from a thread of the net.

    Attributes:
        at: Takes each step to the thread of the books.
        folder: The inbox.
        changed: Mirror records that changed since the desk was made, for the stage's words.
        library: What the newest catalogue since then changed in the library.
        decided: Ids of the batches whose decision was applied since then, also of those sent in an earlier run.
    """

    at: AtBooks
    seat: Seat
    folder: Path
    changed: int = 0
    library: LibraryUpdate | None = None
    decided: list[str] = field(default_factory=list)

    def stream(self) -> StreamState:
        """Return the stream's numbering."""

        def read(books: Books) -> StreamState:
            with books:
                return books.exchange.stream()

        return self.at(read)

    def trust(self) -> Trust:
        """Return whom we trust and what we hold."""

        def read(books: Books) -> Trust:
            with books:
                return books.exchange.trust()

        return self.at(read)

    def to_send(self) -> Sequence[SentBatch]:
        """Return sealed batches without an ``arrived`` receipt, in order."""

        def read(books: Books) -> Sequence[SentBatch]:
            with books:
                return books.exchange.batches(("sealed",))

        return self.at(read)

    def batch(self, batch_id: str) -> SentBatch | None:
        """Return one of our batches."""

        def read(books: Books) -> SentBatch | None:
            with books:
                return books.exchange.batch(batch_id)

        return self.at(read)

    def inbox(self) -> Path:
        """Return the folder for received containers."""
        return self.folder

    def apply_receipt(self, manifest: ReceiptManifest, container: Path, state: StreamState) -> None:
        """Apply a verified receipt."""
        self.at(lambda books: apply_receipt(books, self.seat, manifest, container, state))
        if manifest.stage == "decided":
            self.decided.append(manifest.batch.id)

    def apply_catalogue(self, catalogue: Catalogue, container: Path) -> None:
        """Replace the mirrors of a scope, let the ledger follow, and remember the version, in one transaction.

        Raises:
            Fault: MIRROR_INVALID when a record does not fit: the container is put aside, nothing else changes.
        """
        manifest = catalogue.manifest

        def write(books: Books) -> tuple[int, LibraryUpdate | None]:
            with books:
                books.exchange.set_trust(books.exchange.trust().with_catalogue(catalogue))
                changed = apply_snapshot(books, self.seat, manifest.scope, manifest.version, catalogue.datasets)
                facts = {"version": str(manifest.version), "file": container.name}
                self._audit(books, "CATALOGUE", manifest.scope, facts)
                newest = books.library_log.updates()[:1] if manifest.scope == PUBLIC else []
                books.commit()
            return changed, next((one for one in newest if one.version == manifest.version), None)

        try:
            changed, library = self.at(write)
            self.changed, self.library = self.changed + changed, library or self.library
        except Fault as fault:
            if fault.code == "MIRROR_INVALID":
                self._put_aside(container, fault.code)
            raise

    def apply_head(self, head: HeadManifest, data: bytes) -> None:
        """Remember the head's version, so that an older one is refused (R10)."""
        self._set_trust(lambda trust: trust.with_head(head))

    def apply_root(self, root: RootManifest, data: bytes) -> None:
        """Trust a newer root that the old one signed."""
        self._set_trust(lambda trust: trust.with_root(data, root))

    def set_aside(self, container: Path, fault: ExchangeFault) -> None:
        """Keep what could not be applied, out of the way, with its reason in the audit; nothing else changes."""
        self._put_aside(container, fault.code)

    def _put_aside(self, container: Path, code: str) -> None:
        aside = self.folder / "set-aside"
        aside.mkdir(exist_ok=True)
        container.replace(aside / container.name)

        def write(books: Books) -> None:
            with books:
                self._audit(books, "SET_ASIDE", container.name, {"code": code, "file": container.name})
                books.commit()

        self.at(write)

    def _set_trust(self, change: Callable[[Trust], Trust]) -> None:
        def write(books: Books) -> None:
            with books:
                books.exchange.set_trust(change(books.exchange.trust()))
                books.commit()

        self.at(write)

    def _audit(self, books: Books, what: str, subject: str, facts: dict[str, str]) -> None:
        books.audit(self.seat.officer, self.seat.post.value, what, subject, facts, at=self.seat.at())
