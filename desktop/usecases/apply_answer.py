"""Apply the platform's verified word: receipts move documents, catalogues replace mirrors and move the ledger.

Each function is one transaction and may be repeated: applying the same answer twice changes nothing more (S-04).
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from desktop.domain import ledger
from desktop.domain.document import (
    Document,
    ReturnComment,
    State,
    accepted,
    arrived,
    paid,
    refunded,
    returned,
    sent_back,
    unsealed,
)
from desktop.domain.head import Kind
from desktop.domain.mirrors import PaymentResult, Quota
from desktop.domain.voucher import PaymentVoucher
from desktop.usecases.ports import Books, StoredReceipt
from desktop.usecases.seat import Seat
from desktop.usecases.write_document import let_go
from sync.manifest import DocumentVerdict, ReceiptManifest
from sync.stream import StreamState

ZERO = Decimal("0.00")


def apply_receipt(books: Books, seat: Seat, manifest: ReceiptManifest, container: Path, state: StreamState) -> None:
    """Apply a receipt that was verified against the root and against our own batch (R6).

    ``arrived``: documents are SUBMITTED. ``decided``: each is ACCEPTED with the platform's number, or RETURNED with the
    comment and its quota free again. ``refused`` as a whole: its documents, and those of batches sealed behind it, are
    ready again. ``held``: only the receipt is kept.

    Args:
        books: The books.
        seat: Whose session it is; named in the audit.
        manifest: Verified and checked.
        container: The receipt's file in the inbox.
        state: How far the stream is with it; stored in the same transaction.
    """
    at = seat.at()
    with books:
        if manifest.receipt_no <= books.exchange.stream().last_receipt_no:
            return
        doc_ids = books.exchange.documents_of(manifest.batch.id)
        if manifest.verdict == "refused":
            _refuse(books, seat, manifest)
        elif manifest.verdict == "accepted" and manifest.stage == "arrived":
            for doc_id in doc_ids:
                _put(books, seat, arrived(books.documents.get(doc_id), manifest.receipt_no), "已送达")
            books.exchange.set_stage(manifest.batch.id, "arrived")
        elif manifest.stage == "decided":
            for verdict in manifest.documents:
                _decide(books, seat, verdict, manifest)
            books.exchange.set_stage(manifest.batch.id, "decided")
        stored = StoredReceipt(
            manifest.receipt_no,
            manifest.stage,
            manifest.batch.id,
            state.last_receipt_digest,
            container.name,
            True,
            manifest.server_time,
            at,
        )
        books.exchange.put_receipt(stored, manifest.prev_receipt)
        if books.exchange.stream().sealed != state.sealed:
            books.exchange.rewind(state.sealed)
        facts = {"batch": manifest.batch.id, "stage": manifest.stage, "verdict": manifest.verdict}
        books.audit(seat.officer, seat.post.value, "RECEIPT", str(manifest.receipt_no), facts, at=at)
        books.commit()


def apply_snapshot(
    books: Books, seat: Seat, scope: str, version: int, datasets: Mapping[str, Sequence[Mapping[str, object]]]
) -> int:
    """Replace the mirrors of one scope and let the quota ledger follow.

    Must be called inside ``with books``; the caller stores the trust and commits, all in one transaction.

    Returns:
        How many records changed.
    """
    changed = books.exchange.replace_mirror(scope, datasets, version, seat.at())
    if "quota" in datasets:
        year_quotas = [q for year in _years(datasets["quota"]) for q in books.mirrors.quotas(year)]
        for quota in year_quotas:
            _follow_quota(books, seat, quota, version)
    if "payment_result" in datasets:
        for result in books.mirrors.payment_results():
            _apply_result(books, seat, result)
    return changed


def _refuse(books: Books, seat: Seat, manifest: ReceiptManifest) -> None:
    batch = books.exchange.batch(manifest.batch.id)
    if batch is None:
        return
    # What was sealed behind a refused batch names it as predecessor and can only be refused too.
    for behind in books.exchange.batches(("sealed",)):
        if (behind.epoch, behind.seq) < (batch.epoch, batch.seq):
            continue
        for doc_id in books.exchange.documents_of(behind.id):
            _put(books, seat, unsealed(books.documents.get(doc_id)), f"整批被拒 {manifest.code}")
        books.exchange.set_stage(behind.id, "refused")


def _decide(books: Books, seat: Seat, verdict: DocumentVerdict, manifest: ReceiptManifest) -> None:
    document = books.documents.get(verdict.doc_id)
    # A duplicate says again what its first receipt said.
    if verdict.verdict == "accepted" or (verdict.verdict == "duplicate" and verdict.facts.get("verdict") != "rejected"):
        step = accepted(document, verdict.central_no or "", manifest.receipt_no)
        _put(books, seat, step, "财政已接收")
        return
    comment = ReturnComment(
        by=verdict.facts.get("comment_by", ""),
        at=manifest.server_time,
        code=verdict.code or "",
        text=verdict.comment or verdict.code or "",
        field=verdict.field or "",
    )
    let_go(books, document, seat)
    _put(books, seat, returned(document, comment, manifest.receipt_no), "财政退回")


def _years(records: Sequence[Mapping[str, object]]) -> list[int]:
    return sorted({int(str(record["fiscal_year"])) for record in records})


def _follow_quota(books: Books, seat: Seat, quota: Quota, version: int) -> None:
    balance = books.ledger.balance(quota.id)
    change = quota.amount - balance.sources
    if change == 0:
        return
    if change < 0 and balance.available < -change:
        _free_reserved(books, seat, quota, -change - balance.available)
        change = max(change, -books.ledger.balance(quota.id).available)
        if quota.amount - balance.sources != change:
            facts = {"central": str(quota.amount), "local": str(balance.sources)}
            books.audit(seat.officer, seat.post.value, "LEDGER_DIFFERENCE", quota.id, facts, at=seat.at())
    if change != 0:
        movement = ledger.arrival(quota.id, quota.type, change, str(version), quota.parent)
        books.ledger.post(movement, at=seat.at())


def _free_reserved(books: Books, seat: Seat, quota: Quota, needed: Decimal) -> None:
    # The central figure wins: vouchers that no longer fit go back to their maker, the newest first.
    vouchers = [
        document
        for document in books.documents.of_kind(Kind.VOUCHER)
        if document.state in (State.CHECKED, State.SIGNED)
        and isinstance(document.content, PaymentVoucher)
        and document.content.quota.quota_id == quota.id
    ]
    for document in sorted(vouchers, key=lambda d: d.updated_at, reverse=True):
        if needed <= 0:
            return
        needed -= books.ledger.reserved_by(document.head.doc_id)
        let_go(books, document, seat)
        comment = ReturnComment("", seat.at(), "R-01", "额度已被财政核减", "quota")
        _put(books, seat, sent_back(document, comment), "额度核减")


def _apply_result(books: Books, seat: Seat, result: PaymentResult) -> None:
    document = books.documents.find(Kind.VOUCHER, result.voucher_key)
    if document is None or not isinstance(document.content, PaymentVoucher):
        return
    quota = document.content.quota.quota_id
    if result.kind == "PAID" and document.state is State.ACCEPTED:
        books.ledger.post(ledger.payment(quota, result.amount, result.result_no), at=seat.at())
        _put(books, seat, paid(document), f"已支付 {result.bank_serial}")
    elif result.kind == "REFUND" and document.state in (State.PAID, State.PART_REFUNDED, State.REFUNDED):
        books.ledger.post(ledger.refund(quota, result.amount, result.result_no), at=seat.at())
        mine = [r for r in books.mirrors.payment_results() if (r.kind, r.voucher_key) == ("REFUND", result.voucher_key)]
        refunds = sum((one.amount for one in mine), ZERO)
        whole = refunds >= document.content.amount
        target = State.REFUNDED if whole else State.PART_REFUNDED
        if document.state is not target:
            _put(books, seat, refunded(document, whole), f"退款 {result.reason}")


def _put(books: Books, seat: Seat, document: Document, why: str) -> None:
    books.documents.put(replace(document, updated_at=seat.at()), by=seat.officer, why=why, at=seat.at())
