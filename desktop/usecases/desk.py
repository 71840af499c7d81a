"""The unit's side of the exchange: what `sync.session` asks of the local store, each answer one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop.usecases.apply_answer import apply_receipt, apply_snapshot
from desktop.usecases.ports import Books
from desktop.usecases.seat import Seat
from sync.catalogue import Catalogue, Trust
from sync.faults import ExchangeFault
from sync.manifest import HeadManifest, ReceiptManifest, RootManifest
from sync.stream import SentBatch, StreamState


@dataclass(slots=True)
class UnitDesk:
    """Implements `sync.session.Desk` over the books.

    Attributes:
        changed: Mirror records that changed since the desk was made, for the stage's words.
    """

    books: Books
    seat: Seat
    folder: Path
    changed: int = 0

    def stream(self) -> StreamState:
        """Return the stream's numbering."""
        with self.books:
            return self.books.exchange.stream()

    def trust(self) -> Trust:
        """Return whom we trust and what we hold."""
        with self.books:
            return self.books.exchange.trust()

    def to_send(self) -> Sequence[SentBatch]:
        """Return sealed batches without an ``arrived`` receipt, in order."""
        with self.books:
            return self.books.exchange.batches(("sealed",))

    def batch(self, batch_id: str) -> SentBatch | None:
        """Return one of our batches."""
        with self.books:
            return self.books.exchange.batch(batch_id)

    def inbox(self) -> Path:
        """Return the folder for received containers."""
        return self.folder

    def apply_receipt(self, manifest: ReceiptManifest, container: Path, state: StreamState) -> None:
        """Apply a verified receipt."""
        apply_receipt(self.books, self.seat, manifest, container, state)

    def apply_catalogue(self, catalogue: Catalogue, container: Path) -> None:
        """Replace the mirrors of a scope, let the ledger follow, and remember the version, in one transaction."""
        manifest = catalogue.manifest
        with self.books:
            trust = self.books.exchange.trust()
            self.books.exchange.set_trust(trust.with_catalogue(catalogue))
            self.changed += apply_snapshot(self.books, self.seat, manifest.scope, manifest.version, catalogue.datasets)
            facts = {"version": str(manifest.version), "file": container.name}
            self._audit("CATALOGUE", manifest.scope, facts)
            self.books.commit()

    def apply_head(self, head: HeadManifest, data: bytes) -> None:
        """Remember the head's version, so that an older one is refused (R10)."""
        with self.books:
            trust = self.books.exchange.trust()
            self.books.exchange.set_trust(trust.with_head(head))
            self.books.commit()

    def apply_root(self, root: RootManifest, data: bytes) -> None:
        """Trust a newer root that the old one signed."""
        with self.books:
            trust = self.books.exchange.trust()
            self.books.exchange.set_trust(trust.with_root(data, root))
            self.books.commit()

    def set_aside(self, container: Path, fault: ExchangeFault) -> None:
        """Keep what could not be applied, out of the way, with its reason in the audit; nothing else changes."""
        aside = self.folder / "set-aside"
        aside.mkdir(exist_ok=True)
        container.replace(aside / container.name)
        with self.books:
            self._audit("SET_ASIDE", container.name, {"code": fault.code, "file": container.name})
            self.books.commit()

    def _audit(self, what: str, subject: str, facts: dict[str, str]) -> None:
        seat = self.seat
        self.books.audit(seat.officer, seat.post.value, what, subject, facts, at=seat.at())
