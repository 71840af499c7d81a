"""A unit's office for tests: keys, officers, sealed batches, and a desk that keeps what the exchange applies."""

import shutil
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import uuid4

from sync.activation import read_activation
from sync.batch import Sealed, seal
from sync.catalogue import Catalogue, Trust, first_trust
from sync.contents import batch_parts
from sync.crypto import PublicKey, SoftKey
from sync.faults import ExchangeFault
from sync.manifest import (
    BATCH,
    BatchManifest,
    DocumentEntry,
    DocumentVerdict,
    HeadManifest,
    Part,
    ReceiptManifest,
    RootManifest,
)
from sync.session import Session
from sync.sheet import Sheet, SheetLine, sign_sheet
from sync.stream import SentBatch, StreamState, after_sealing, next_place
from sync.transport import Transport
from tests.sync.papers import CHECKER, HEAD, MAKER, SIGNER, UNIT, amount_of, encoded, entry_of

POSTS = {MAKER: ("maker",), CHECKER: ("checker",), SIGNER: ("signer",), HEAD: ("head",)}
NAMES = {MAKER: "张丽", CHECKER: "李强", SIGNER: "王志远", HEAD: "巴图"}


@dataclass
class FileDesk:
    """Implements `sync.session.Desk`; each method is one step that a crash can only leave done or undone."""

    folder: Path
    state: StreamState
    believed: Trust
    batches: dict[str, SentBatch] = field(default_factory=dict)
    documents: dict[str, str] = field(default_factory=dict)  # doc_id → ready, sealed, submitted, accepted, returned
    verdicts: dict[str, DocumentVerdict] = field(default_factory=dict)
    mirrors: dict[str, Mapping[str, list[dict[str, Any]]]] = field(default_factory=dict)
    receipts: list[ReceiptManifest] = field(default_factory=list)
    aside: list[tuple[Path, str]] = field(default_factory=list)
    booked: Counter[str] = field(default_factory=Counter)  # how often a document was accepted for the first time

    def stream(self) -> StreamState:
        return self.state

    def trust(self) -> Trust:
        return self.believed

    def to_send(self) -> Sequence[SentBatch]:
        return sorted((one for one in self.batches.values() if one.stage == "sealed"), key=lambda one: one.seq)

    def batch(self, batch_id: str) -> SentBatch | None:
        return self.batches.get(batch_id)

    def inbox(self) -> Path:
        return self.folder

    def apply_receipt(self, manifest: ReceiptManifest, container: Path, state: StreamState) -> None:
        assert container.exists()
        batch = self.batches.get(manifest.batch.id)
        if batch is not None:
            self._apply(manifest, batch)
        self.receipts.append(manifest)
        self.state = state

    def _apply(self, manifest: ReceiptManifest, batch: SentBatch) -> None:
        if manifest.verdict == "refused":
            for behind in [one for one in self.to_send() if one.seq >= batch.seq]:
                self._move(behind, "refused", "ready")
        elif manifest.stage == "decided":
            self._move(batch, "decided", None)
            for one in manifest.documents:
                final = one.facts["verdict"] if one.verdict == "duplicate" else one.verdict
                self.documents[one.doc_id] = {"accepted": "accepted", "rejected": "returned"}[final]
                self.verdicts[one.doc_id] = one
                self.booked[one.doc_id] += one.verdict == "accepted"
        elif manifest.verdict == "accepted":
            self._move(batch, "arrived", "submitted")

    def _move(self, batch: SentBatch, stage: str, documents: str | None) -> None:
        self.batches[batch.id] = replace(batch, stage=stage)
        for one in batch.documents if documents else ():
            self.documents[one.doc_id] = documents

    def apply_catalogue(self, catalogue: Catalogue, container: Path) -> None:
        self.mirrors[catalogue.manifest.scope] = catalogue.datasets
        self.believed = self.believed.with_catalogue(catalogue)

    def apply_head(self, head: HeadManifest, data: bytes) -> None:
        self.believed = self.believed.with_head(head)

    def apply_root(self, root: RootManifest, data: bytes) -> None:
        self.believed = self.believed.with_root(data, root)

    def set_aside(self, container: Path, fault: ExchangeFault) -> None:
        kept = container.with_suffix(".aside")
        shutil.move(container, kept)
        self.aside.append((kept, fault.code))


@dataclass
class Office:
    """One installation of unit 219001: seals documents and exchanges."""

    folder: Path
    writer: SoftKey
    officers: Mapping[str, SoftKey]
    desk: FileDesk
    platform: str
    platform_key: PublicKey

    @classmethod
    def opened(
        cls, folder: Path, activation: bytes, writer: SoftKey, officers: Mapping[str, SoftKey]
    ) -> "Office":
        """Start an installation from its activation file."""
        read = read_activation(activation)
        folder.mkdir(exist_ok=True)
        (folder / "inbox").mkdir(exist_ok=True)
        desk = FileDesk(
            folder / "inbox", StreamState(f"{read.unit_code}/{read.writer_id}"), first_trust(read.root_envelope)
        )
        key = PublicKey.from_hex(read.encryption_key)
        return cls(folder, writer, officers, desk, read.platform, key)

    def session(self, link: Transport, **options: Any) -> Session:
        """Give a session that never waits on a clock."""
        return Session(link, self.desk, self.writer, **{"pause": lambda seconds: None, **options})

    def exchange(self, link: Transport, patience: float = 20.0, **options: Any) -> Session:
        """Run a whole session."""
        session = self.session(link, **options)
        session.connect()
        session.receive()
        session.send()
        session.collect(patience)
        return session

    def seal(self, *documents: Mapping[str, Any], **changes: Any) -> SentBatch:
        """Seal documents into the next batch of the stream and note it down; signed by checker, signer and head."""
        epoch, seq, prev = next_place(self.desk.state)
        batch, sealed = self.build(documents, epoch=epoch, seq=seq, prev=prev, **changes)
        self.desk.batches[batch.id] = batch
        for one in batch.documents:
            self.desk.documents[one.doc_id] = "sealed"
        self.desk.state = after_sealing(self.desk.state, seq, sealed.digest)
        return batch

    def build(
        self,
        documents: Sequence[Mapping[str, Any]],
        *,
        sheets: Sequence[bytes] | None = None,
        files: Mapping[str, bytes] | None = None,
        signer: SoftKey | None = None,
        path: Path | None = None,
        **changes: Any,
    ) -> tuple[SentBatch, Sealed]:
        """Write a batch container, right or wrong as a test wants it."""
        entries = changes.pop("entries", None) or tuple(entry_of(one) for one in documents)
        bodies = changes.pop("bodies", None) or [encoded(one) for one in documents]
        signed = self.sheets(entries) if sheets is None else sheets
        fields = {
            "id": str(uuid4()),
            "stream": self.desk.state.stream,
            "audience": self.platform,
            "period": "2026-11",
            "sealed_at": "2026-11-20T16:02:00+08:00",
            "program": "0.1.0",
            "rules": "2026.11",
            "catalogue": (),
            "counts": dict(Counter(one.kind for one in entries)),
            "totals": totals_of(documents),
            "documents": entries,
        } | changes

        def manifest(parts: tuple[Part, ...]) -> BatchManifest:
            return BatchManifest(parts=parts, **fields)

        path = path or self.folder / f"{fields['id']}.bsp"
        sealed = seal(
            path,
            kind="batch",
            payload_type=BATCH,
            manifest=manifest,
            parts=batch_parts(bodies, signed, files),
            signers=[signer or self.writer],
            recipients=[self.platform_key, self.writer.public],
        )
        amounts = {one["head"]["doc_id"]: amount_of(one) for one in documents}
        place = (fields["epoch"], fields["seq"], fields["prev"])
        about = (fields["id"], path, sealed.size, sealed.file_sm3, sealed.digest)
        return SentBatch(*about, *place, entries, fields["totals"], "sealed", amounts), sealed

    def sheets(self, entries: Sequence[DocumentEntry], **people: str) -> list[bytes]:
        """Give a sheet for each role over all documents, by the people who hold the posts or by others."""
        chosen = {"checker": CHECKER, "signer": SIGNER, "head": HEAD} | people
        return [self.sheet(entries, role, officer) for role, officer in chosen.items() if officer]

    def sheet(
        self, entries: Sequence[DocumentEntry], role: str, officer: str, key: SoftKey | None = None
    ) -> bytes:
        """Give one signed sheet."""
        lines = tuple(SheetLine(one.kind, one.key, one.revision, one.digest) for one in entries)
        name = NAMES.get(officer, officer)
        sheet = Sheet(UNIT, officer, name, role, role, "2026-11-20T15:00:00+08:00", lines)
        return sign_sheet(sheet, key or self.officers[officer]).to_bytes()


def totals_of(documents: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """Give the sums by kind."""
    sums: dict[str, Decimal] = {}
    for one in documents:
        kind = one["head"]["kind"]
        sums[kind] = sums.get(kind, Decimal("0.00")) + Decimal(amount_of(one))
    return {kind: f"{total:.2f}" for kind, total in sums.items()}


def officer_records(officers: Mapping[str, SoftKey]) -> list[dict[str, Any]]:
    """Give the officers as the bureau registers them."""
    return [
        {
            "id": officer,
            "name": NAMES[officer],
            "posts": list(POSTS[officer]),
            "key_id": key.key_id,
            "public_key": key.public.hex,
            "active": True,
        }
        for officer, key in officers.items()
    ]
