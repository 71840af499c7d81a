"""Fixed keys and small, valid manifests for the tests of the exchange."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path

from sync.batch import PartSource, SealedBytes, seal_bytes
from sync.crypto import PublicKey, SoftKey, sm3
from sync.envelope import Envelope
from sync.manifest import (
    BATCH,
    NO_DIGEST,
    RECEIPT,
    BatchManifest,
    BatchRef,
    CatalogueRef,
    DocumentEntry,
    DocumentVerdict,
    Part,
    ReceiptManifest,
    Tip,
)
from sync.sheet import MEDIA_TYPE, Sheet, SheetLine, sign_sheet

VECTORS = Path(__file__).parent.parent / "data" / "vectors"
BATCH_ID = "6f1c0f4e-58a5-4f0e-9d0b-7a5f0c2b9e11"
DOCUMENTS = (
    '{"amount":"1234.50","kind":"VOUCHER","payee":"呼和浩特市某印刷厂"}'.encode(),
    '{"amount":"80.00","kind":"VOUCHER","payee":"张三"}'.encode(),
)


def kept_key(name: str) -> SoftKey:
    """Give one of the keys of ``keys.json``; they protect nothing."""
    kept = json.loads((VECTORS / "keys.json").read_text(encoding="ascii"))[name]
    return SoftKey.from_private(bytes.fromhex(kept["private"]), PublicKey.from_hex(kept["public"]))


WRITER, PLATFORM, RECEIPT_KEY = kept_key("writer"), kept_key("platform"), kept_key("receipt")
CHECKER, STRANGER = kept_key("checker"), kept_key("stranger")


def trusted(*keys: SoftKey) -> dict[str, PublicKey]:
    """Give the public halves by key id."""
    return {key.key_id: key.public for key in keys}


def entries() -> tuple[DocumentEntry, ...]:
    """List ``DOCUMENTS`` as a batch does."""
    return tuple(
        DocumentEntry(f"doc-{number}", "VOUCHER", "1.0", f"219001-2026-{number:06d}", 1, sm3(content))
        for number, content in enumerate(DOCUMENTS, start=1)
    )


def batch_manifest(parts: tuple[Part, ...] = ()) -> BatchManifest:
    """Give the manifest of the batch that holds ``DOCUMENTS``."""
    return BatchManifest(
        id=BATCH_ID,
        stream="219001/w1",
        audience="demo-bureau",
        epoch=1,
        seq=1,
        prev=NO_DIGEST,
        period="2026-11",
        sealed_at="2026-11-05T10:00:00+08:00",
        program="0.1.0",
        rules="2026.1",
        catalogue=(CatalogueRef("public", 3, "ab" * 32),),
        counts={"VOUCHER": 2},
        totals={"VOUCHER": "1314.50"},
        parts=parts,
        documents=entries(),
    )


def sheet(role: str = "checker") -> Sheet:
    """Give a sheet over ``DOCUMENTS``."""
    lines = tuple(SheetLine(one.kind, one.key, one.revision, one.digest) for one in entries())
    return Sheet("219001", "o-2", "李四", "会计", role, "2026-11-05T09:30:00+08:00", lines)


def signed_sheet() -> Envelope:
    """Give that sheet signed by the checker."""
    return sign_sheet(sheet(), CHECKER)


def batch_parts() -> list[PartSource]:
    """Give the parts of the batch: the documents and the sheet."""
    return [
        PartSource("documents.ndjson", "application/x-ndjson", b"".join(one + b"\n" for one in DOCUMENTS), 2),
        PartSource("sheet-1.json", MEDIA_TYPE, signed_sheet().to_bytes()),
    ]


def sealed_batch(
    *,
    parts: list[PartSource] | None = None,
    signers: tuple[SoftKey, ...] = (WRITER,),
    recipients: tuple[SoftKey, ...] = (WRITER, PLATFORM),
    manifest: Callable[[tuple[Part, ...]], BatchManifest] = batch_manifest,
) -> SealedBytes:
    """Seal the batch in memory."""
    return seal_bytes(
        kind="batch",
        payload_type=BATCH,
        manifest=manifest,
        parts=batch_parts() if parts is None else parts,
        signers=signers,
        recipients=[key.public for key in recipients],
    )


def receipt_manifest(batch_digest: str, facts: Mapping[str, str] | None = None) -> ReceiptManifest:
    """Give the receipt that accepts one document of the batch and rejects the other."""
    first, second = entries()
    return ReceiptManifest(
        receipt_no=1,
        prev_receipt=NO_DIGEST,
        stream="219001/w1",
        stage="decided",
        batch=BatchRef(BATCH_ID, batch_digest, 1, 1),
        verdict="accepted",
        documents=(
            DocumentVerdict(
                first.doc_id, first.kind, first.key, 1, first.digest, "accepted", central_no="150821-2026-00000007"
            ),
            DocumentVerdict(
                second.doc_id,
                second.kind,
                second.key,
                1,
                second.digest,
                "rejected",
                code="QUOTA_EXCEEDED",
                field="lines[0].amount",
                comment="额度不足,请调整后重新提交",
                facts=dict(facts or {"over_by": "80.00"}),
            ),
        ),
        totals={"VOUCHER": "1234.50"},
        tip=Tip(1, 1, batch_digest),
        server_time="2026-11-05T10:01:00+08:00",
        min_program="0.1.0",
        protocol=1,
        platform_serial=RECEIPT_KEY.key_id,
    )


def sealed_receipt(batch_digest: str) -> SealedBytes:
    """Seal that receipt for the writer."""
    return seal_bytes(
        kind="receipt",
        payload_type=RECEIPT,
        manifest=lambda _: receipt_manifest(batch_digest),
        signers=[RECEIPT_KEY],
        recipients=[WRITER.public],
    )
