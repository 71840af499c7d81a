"""What a tour leaves beside its pictures: the batch as it was sent, its receipt, and a report that says how it went."""

import json
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from desktop.storage.workspace import Workspace
from desktop.usecases.month_end import StageReport, Status
from desktop.usecases.ports import Books
from sync.batch import open_sealed, verify
from sync.manifest import ReceiptManifest
from sync.stream import SentBatch


class NothingSent(Exception):
    """The month end came to no batch with a decision."""


def write_report(workspace: Workspace, out: Path, stages: Sequence[StageReport]) -> dict[str, Any]:
    """Copy batch and receipt out of the workspace and write ``report.json``.

    Args:
        workspace: Of the unit, after the tour.
        out: The folder; ``batch.bsp``, ``receipt.bsp`` and ``report.json`` are replaced.
        stages: As they ended.

    Returns:
        The report; ``ok`` is true only when every stage is done, the receipt's signature verifies against the root, and
        it accepts every document of the batch, which are of three kinds at least.

    Raises:
        NothingSent: There is no decided batch.
    """
    with workspace.books() as books:
        batch, receipt_file = _last_decided(books, Path(workspace.inbox))
        root = books.exchange.trust().root_manifest()
    shutil.copyfile(batch.path, out / "batch.bsp")
    shutil.copyfile(receipt_file, out / "receipt.bsp")
    opened = open_sealed(out / "receipt.bsp", keys=[workspace.vault().writer_key()])
    verify(opened, root.keys_of("receipt"), root.roles["receipt"].threshold)
    receipt = opened.expect(ReceiptManifest)
    accepted = sum(one.verdict in ("accepted", "duplicate") for one in receipt.documents)
    kinds = sorted({entry.kind for entry in batch.documents})
    done = all(stage.status is Status.DONE for stage in stages) and len(stages) > 0
    report: dict[str, Any] = {
        "ok": done and accepted == len(batch.documents) and len(kinds) >= 3,
        "stages": [_stage(stage) for stage in stages],
        "batch": {
            "id": batch.id,
            "seq": batch.seq,
            "digest": batch.digest,
            "documents": len(batch.documents),
            "kinds": kinds,
            "total": batch.totals.get("VOUCHER", "0.00"),
        },
        "receipt": {
            "no": receipt.receipt_no,
            "verdict": receipt.verdict,
            "accepted": accepted,
            "returned": len(receipt.documents) - accepted,
        },
    }
    text = json.dumps(report, ensure_ascii=False, indent=2) + "\n"
    (out / "report.json").write_text(text, encoding="utf-8")
    return report


def _last_decided(books: Books, inbox: Path) -> tuple[SentBatch, Path]:
    for receipt in reversed(books.exchange.receipts()):
        batch = books.exchange.batch(receipt.batch_id)
        if receipt.stage == "decided" and batch is not None:
            return batch, inbox / receipt.file_name
    raise NothingSent


def _stage(stage: StageReport) -> Mapping[str, object]:
    return {"stage": stage.stage.value, "status": stage.status.value, "seconds": round(stage.seconds, 3)}
