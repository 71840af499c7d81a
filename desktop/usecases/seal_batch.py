"""Seal what is signed into one batch: built once, byte for byte, on disk before the database says so (R2)."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from desktop.domain.document import Document, ReturnComment, State, sealed, sent_back
from desktop.domain.head import SENDING_ORDER
from desktop.domain.problem import errors
from desktop.domain.voucher import PaymentVoucher
from desktop.usecases.ports import Books
from desktop.usecases.problems_of import amount_of, problems_of
from desktop.usecases.seat import Seat
from desktop.usecases.write_document import let_go
from sync import batch as container
from sync.contents import batch_parts
from sync.crypto import PublicKey, SoftKey
from sync.durable import TEMPORARY, disk_fault
from sync.manifest import BATCH, BatchManifest, CatalogueRef, DocumentEntry, Part
from sync.stream import SentBatch, next_place

RULES_VERSION = "2026.11"
# What the maker reads on a document that no longer passes; its findings say the rest.
SET_BACK = "同步前按最新规则再审，不再符合，请打开查看并修改。"
BATCH_SUFFIX = ".bsp"
UNLISTED = "unlisted"  # folder in the outbox for whole batches that the books do not know


@dataclass(frozen=True, slots=True)
class Sealer:
    """What sealing needs beside the books: where to, with which key, for whom."""

    outbox: Path
    writer: SoftKey
    platform: str
    platform_key: PublicKey
    program: str


@dataclass(frozen=True, slots=True)
class Rechecked:
    """The signed documents after the rules ran once more against the newest mirrors."""

    ready: tuple[Document, ...]
    set_back: tuple[Document, ...]


def recheck(books: Books, seat: Seat) -> Rechecked:
    """Run the rules again over everything signed; what no longer passes becomes a draft with the reason."""
    ready, set_back = [], []
    with books:
        for document in ready_documents(books):
            found = errors(problems_of(books, document.content))
            if not found:
                ready.append(document)
                continue
            let_go(books, document, seat)
            comment = ReturnComment("", seat.at(), found[0].code, SET_BACK, found[0].where)
            step = replace(sent_back(document, comment), problems_count=len(found), updated_at=seat.at())
            books.documents.put(step, by=seat.officer, why="按新规则再审未通过", at=seat.at())
            set_back.append(step)
        if set_back:
            books.commit()
    return Rechecked(tuple(ready), tuple(set_back))


def ready_documents(books: Books) -> list[Document]:
    """Return every signed document in the order in which kinds must arrive (S-05)."""
    found = [d for kind in SENDING_ORDER for d in books.documents.of_kind(kind) if d.state is State.SIGNED]
    return sorted(found, key=lambda d: (SENDING_ORDER.index(d.head.kind), d.head.key))


def seal(books: Books, seat: Seat, sealer: Sealer, documents: Sequence[Document]) -> SentBatch | None:
    """Seal documents into the stream's next batch.

    The file is complete and on disk before the one commit that names it; a crash in between leaves documents SIGNED.

    Returns:
        The sealed batch, None when there is nothing to seal.

    Raises:
        Fault: DISK_FULL; the documents stay as they were.
    """
    if not documents:
        return None
    with books:
        at = seat.at()
        sent = _write(books, sealer, documents, seat.ids.new(), at)
        for document in documents:
            step = replace(sealed(document, sent.id), updated_at=at)
            books.documents.put(step, by=seat.officer, why="封入批次", at=at)
        books.exchange.put_batch(sent, [d.head.doc_id for d in documents], at=at)
        facts = {"digest": sent.digest, "seq": str(sent.seq)}
        books.audit(seat.officer, seat.post.value, "SEALED", sent.id, facts, at=at)
        books.commit()
    return sent


def _write(books: Books, sealer: Sealer, documents: Sequence[Document], batch_id: str, at: str) -> SentBatch:
    """Write the container to the outbox; nothing in the books changes."""
    stream = books.exchange.stream()
    epoch, seq, prev = next_place(stream)
    entries, totals = tuple(_entry(document) for document in documents), _totals(documents)

    def manifest(parts: tuple[Part, ...]) -> BatchManifest:
        return BatchManifest(
            id=batch_id,
            stream=stream.stream,
            audience=sealer.platform,
            epoch=epoch,
            seq=seq,
            prev=prev,
            period=at[:7],
            sealed_at=at,
            program=sealer.program,
            rules=RULES_VERSION,
            catalogue=tuple(CatalogueRef(s, v, d) for s, (v, d) in sorted(books.mirrors.versions().items())),
            counts=dict(Counter(entry.kind for entry in entries)),
            totals=totals,
            parts=parts,
            documents=entries,
        )

    made = container.seal(
        sealer.outbox / f"BSP-{stream.stream.replace('/', '-')}-U{epoch}-{seq:04d}-{batch_id[:8]}{BATCH_SUFFIX}",
        kind="batch",
        payload_type=BATCH,
        manifest=manifest,
        parts=_parts(books, documents),
        signers=[sealer.writer],
        recipients=[sealer.platform_key, sealer.writer.public],
    )
    amounts = {d.head.doc_id: f"{amount_of(d.content):.2f}" for d in documents}
    file = (made.path, made.size, made.file_sm3, made.digest)
    return SentBatch(batch_id, *file, epoch, seq, prev, entries, totals, "sealed", amounts)


def sweep(books: Books, outbox: Path) -> list[Path]:
    """Clear the outbox of what a crash while sealing left there.

    A half-written file is removed. A whole batch that no commit names is put into the folder `UNLISTED`, never removed:
    after the restore of an older backup it may be one that the platform has (R8).

    Returns:
        What lay there.

    Raises:
        Fault: DISK_FAILED.
    """
    with books:
        known = {Path(batch.path).name for batch in books.exchange.batches()}
    try:
        found = [path for path in sorted(outbox.iterdir()) if path.is_file() and path.name not in known]
        left = [path for path in found if path.suffix in (BATCH_SUFFIX, TEMPORARY)]
        for path in left:
            if path.suffix == TEMPORARY:
                path.unlink()
                continue
            (outbox / UNLISTED).mkdir(exist_ok=True)
            path.replace(outbox / UNLISTED / path.name)
    except OSError as reason:
        raise disk_fault(reason, outbox) from reason
    return left


def _entry(document: Document) -> DocumentEntry:
    head = document.head
    return DocumentEntry(
        head.doc_id, head.kind.value, head.schema, head.key, head.revision, document.digest, head.supersedes
    )


def _totals(documents: Sequence[Document]) -> dict[str, str]:
    sums: dict[str, Decimal] = {}
    for document in documents:
        kind = document.head.kind.value
        sums[kind] = sums.get(kind, Decimal("0.00")) + amount_of(document.content)
    return {kind: f"{total:.2f}" for kind, total in sums.items()}


def _parts(books: Books, documents: Sequence[Document]) -> list[container.PartSource]:
    doc_ids = [document.head.doc_id for document in documents]
    sheets = [sheet.envelope for sheet in books.sheets.of_documents(doc_ids)]
    files = {sm3: books.originals.read(sm3) for sm3 in _originals(documents)}
    return batch_parts([books.documents.bytes_of(doc_id) for doc_id in doc_ids], sheets, files)


def _originals(documents: Sequence[Document]) -> list[str]:
    found = {use.sm3: None for d in documents if isinstance(d.content, PaymentVoucher) for use in d.content.evouchers}
    return list(found)
