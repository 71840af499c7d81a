"""What a receipt must prove before anything is changed by it; the numbering of batches."""

from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from sync.crypto import sm3
from sync.faults import ExchangeFault
from sync.manifest import NO_DIGEST, BatchRef, DocumentEntry, DocumentVerdict, ReceiptManifest, Tip
from sync.stream import (
    SentBatch,
    StreamState,
    after_receipt,
    after_sealing,
    check_receipt,
    check_tip,
    next_place,
)

STREAM = "219001/W1"
D1, D2, D3 = (sm3(name.encode()) for name in ("one", "two", "three"))
NOW = "2026-11-20T16:02:00+08:00"


def entry(number: int, kind: str = "VOUCHER") -> DocumentEntry:
    return DocumentEntry(f"doc-{number}", kind, "1.0", f"key-{number}", 1, sm3(str(number).encode()))


def batch(*documents: DocumentEntry, seq: int = 1, digest: str = D1, **changes: Any) -> SentBatch:
    documents = documents or (entry(1), entry(2))
    fields: dict[str, Any] = {
        "id": str(uuid4()),
        "path": Path("batch.bsp"),
        "size": 10,
        "file_sm3": D3,
        "digest": digest,
        "epoch": 1,
        "seq": seq,
        "prev": NO_DIGEST,
        "documents": documents,
        "totals": {"VOUCHER": "30.00"},
        "stage": "sealed",
    }
    return SentBatch(**fields | changes)


def verdict(one: DocumentEntry, word: str = "accepted", **changes: Any) -> DocumentVerdict:
    return DocumentVerdict(one.doc_id, one.kind, one.key, one.revision, one.digest, word, **changes)


def receipt(of: SentBatch, stage: str = "arrived", number: int = 1, **changes: Any) -> ReceiptManifest:
    fields: dict[str, Any] = {
        "receipt_no": number,
        "prev_receipt": NO_DIGEST if number == 1 else D2,
        "stream": STREAM,
        "stage": stage,
        "batch": BatchRef(of.id, of.digest, of.epoch, of.seq),
        "verdict": "accepted",
        "documents": (),
        "totals": {},
        "tip": Tip(of.epoch, of.seq, of.digest),
        "server_time": NOW,
        "min_program": "0.1.0",
        "protocol": 1,
        "platform_serial": D1[:32],
    }
    return ReceiptManifest(**fields | changes)


def decided(of: SentBatch, **changes: Any) -> ReceiptManifest:
    fields: dict[str, Any] = {
        "documents": tuple(verdict(one) for one in of.documents),
        "totals": dict(of.totals),
    }
    return receipt(of, "decided", 2, **fields | changes)


def refusal(state: StreamState, manifest: ReceiptManifest, of: SentBatch | None, stream: str = STREAM) -> str:
    with pytest.raises(ExchangeFault) as caught:
        check_receipt(state, manifest, of, stream)
    return caught.value.code


START = StreamState(STREAM)
ARRIVED = StreamState(STREAM, last_receipt_no=1, last_receipt_digest=D2)


def test_first_batch_follows_zeros_and_the_next_one_the_digest_before():
    assert next_place(START) == (1, 1, NO_DIGEST)
    assert next_place(after_sealing(START, 1, D1)) == (1, 2, D1)


def test_arrived_receipt_that_proves_everything_is_let_through():
    one = batch()
    check_receipt(START, receipt(one), one, STREAM)


def test_decided_receipt_that_proves_everything_is_let_through():
    one = batch(stage="arrived")
    check_receipt(ARRIVED, decided(one), one, STREAM)


def test_receipt_for_another_unit_is_refused():
    one = batch()
    assert refusal(START, receipt(one, stream="219002/W1"), one) == "RECEIPT_NOT_OURS"


def test_receipt_for_a_batch_that_was_never_sealed_is_refused():
    assert refusal(START, receipt(batch()), None) == "RECEIPT_NOT_OURS"


def test_refusal_of_a_strangers_batch_moves_only_the_numbering():
    stranger = receipt(batch(), verdict="refused", code="FORK", tip=Tip(1, 1, D2))
    check_receipt(START, stranger, None, STREAM)
    after = after_receipt(START, stranger, D3, None)
    assert (after.sealed, after.last_receipt_no, after.last_receipt_digest) == (START.sealed, 1, D3)


@pytest.mark.parametrize(
    ("number", "prev", "code"),
    [(3, D2, "RECEIPT_GAP"), (1, NO_DIGEST, "RECEIPT_OLD"), (2, D3, "RECEIPT_CHAIN")],
)
def test_receipt_out_of_its_row_is_refused(number: int, prev: str, code: str):
    one = batch(stage="arrived")
    manifest = replace(decided(one), receipt_no=number, prev_receipt=prev)
    assert refusal(ARRIVED, manifest, one) == code


def test_receipt_over_other_bytes_than_ours_is_refused():
    one = batch()
    other = receipt(one, batch=BatchRef(one.id, D2, 1, 1), tip=Tip(1, 1, D2))
    assert refusal(START, other, one) == "RECEIPT_DIGEST"


def test_second_arrival_of_one_batch_is_refused():
    one = batch(stage="arrived")
    assert refusal(ARRIVED, receipt(one, number=2), one) == "RECEIPT_TWICE"


@pytest.mark.parametrize("stage", ["decided", "refused"])
def test_second_decision_of_one_batch_is_refused(stage: Any):
    one = batch(stage=stage)
    assert refusal(ARRIVED, decided(one), one) == "RECEIPT_TWICE"


def test_decision_before_the_arrival_is_refused():
    one = batch()
    assert refusal(ARRIVED, decided(one), one) == "RECEIPT_STAGE"


def test_decision_that_refuses_the_whole_batch_is_refused():
    one = batch(stage="arrived")
    assert refusal(ARRIVED, decided(one, verdict="refused", code="FORK"), one) == "RECEIPT_STAGE"


def test_arrival_that_already_judges_is_refused():
    one = batch()
    assert refusal(START, receipt(one, documents=(verdict(one.documents[0]),)), one) == "RECEIPT_DOCUMENTS"
    assert refusal(START, receipt(one, totals={"VOUCHER": "30.00"}), one) == "RECEIPT_TOTALS"


def test_item_that_was_never_sent_is_refused():
    one = batch(stage="arrived")
    manifest = decided(one, documents=(verdict(one.documents[0]), verdict(entry(9))))
    assert refusal(ARRIVED, manifest, one) == "RECEIPT_DOCUMENTS"


def test_item_with_another_digest_is_refused():
    one = batch(stage="arrived")
    changed = replace(verdict(one.documents[1]), digest=D3)
    assert refusal(ARRIVED, decided(one, documents=(verdict(one.documents[0]), changed)), one) == "RECEIPT_DOCUMENTS"


def test_item_without_an_answer_is_refused():
    one = batch(stage="arrived")
    assert refusal(ARRIVED, decided(one, documents=(verdict(one.documents[0]),)), one) == "RECEIPT_DOCUMENTS"


def test_duplicate_that_names_no_earlier_receipt_is_refused():
    one = batch(stage="arrived")
    for facts in ({}, {"receipt_no": "2"}, {"receipt_no": "0"}, {"receipt_no": "x"}):
        verdicts = (verdict(one.documents[0]), verdict(one.documents[1], "duplicate", facts=facts))
        assert refusal(ARRIVED, decided(one, documents=verdicts), one) == "RECEIPT_DOCUMENTS"


@pytest.mark.parametrize("total", ["30.01", "29.99", "0.00"])
def test_total_of_a_wholly_accepted_kind_must_be_the_one_sent(total: str):
    one = batch(stage="arrived")
    assert refusal(ARRIVED, decided(one, totals={"VOUCHER": total}), one) == "RECEIPT_TOTALS"


def test_total_of_a_partly_accepted_kind_is_proven_to_the_fen_by_the_amounts():
    one = batch(stage="arrived", amounts={"doc-1": "10.00", "doc-2": "20.00"})
    verdicts = (verdict(one.documents[0]), verdict(one.documents[1], "rejected", code="R-01"))
    check_receipt(ARRIVED, decided(one, documents=verdicts, totals={"VOUCHER": "10.00"}), one, STREAM)
    wrong = decided(one, documents=verdicts, totals={"VOUCHER": "10.01"})
    assert refusal(ARRIVED, wrong, one) == "RECEIPT_TOTALS"


def test_total_without_amounts_stays_within_what_was_sent():
    one = batch(stage="arrived")
    verdicts = (verdict(one.documents[0]), verdict(one.documents[1], "rejected", code="R-01"))
    check_receipt(ARRIVED, decided(one, documents=verdicts, totals={"VOUCHER": "12.00"}), one, STREAM)
    above = decided(one, documents=verdicts, totals={"VOUCHER": "30.01"})
    assert refusal(ARRIVED, above, one) == "RECEIPT_TOTALS"


def test_total_of_a_kind_that_was_not_sent_is_refused():
    one = batch(stage="arrived")
    manifest = decided(one, totals={"VOUCHER": "30.00", "PROJECT": "1.00"})
    assert refusal(ARRIVED, manifest, one) == "RECEIPT_TOTALS"


def test_duplicates_add_nothing_to_the_totals():
    one = batch(stage="arrived")
    state = replace(ARRIVED, last_receipt_no=4)
    facts = {"receipt_no": "2", "verdict": "accepted"}
    verdicts = tuple(verdict(each, "duplicate", facts=facts) for each in one.documents)
    manifest = replace(decided(one, documents=verdicts, totals={"VOUCHER": "0.00"}), receipt_no=5)
    check_receipt(state, manifest, one, STREAM)


def test_arrival_must_make_the_batch_the_tip():
    one = batch()
    assert refusal(START, receipt(one, tip=Tip(1, 2, D2)), one) == "RECEIPT_TIP"


def test_decision_must_not_state_a_tip_before_its_batch():
    one = batch(stage="arrived", seq=2, prev=D3)
    state = replace(ARRIVED, sealed=Tip(1, 2, D1))
    assert refusal(state, decided(one, tip=Tip(1, 1, D3)), one) == "RECEIPT_TIP"
    check_receipt(state, decided(one, tip=Tip(1, 3, D2)), one, STREAM)


@pytest.mark.parametrize("word", ["refused", "held"])
def test_batch_that_did_not_arrive_cannot_be_the_tip(word: str):
    one = batch()
    assert refusal(START, receipt(one, verdict=word, code="BAD_PREV"), one) == "RECEIPT_TIP"


def test_next_batch_follows_the_platforms_tip_after_a_refusal():
    first = after_sealing(after_sealing(after_sealing(START, 1, D1), 2, D2), 3, D3)
    refused = batch(seq=2, digest=D2, prev=D1)
    manifest = receipt(refused, verdict="refused", code="KEY_REVOKED", tip=Tip(1, 1, D1))
    assert next_place(after_receipt(first, manifest, sm3(b"r"), refused)) == (1, 2, D1)


def test_numbering_stays_when_another_branch_took_the_place():
    state = after_sealing(START, 1, D1)
    refused = batch()
    manifest = receipt(refused, verdict="refused", code="FORK", tip=Tip(1, 1, D2))
    assert after_receipt(state, manifest, D3, refused).sealed == state.sealed


def test_tip_may_be_any_point_from_the_last_arrived_batch_on():
    state = replace(START, sealed=Tip(1, 3, D3))
    waiting = [batch(seq=2, digest=D2, prev=D1), batch(seq=3, digest=D3, prev=D2)]
    for tip in (Tip(1, 1, D1), Tip(1, 2, D2), Tip(1, 3, D3)):
        check_tip(state, waiting, tip, 0)
    check_tip(state, [], Tip(1, 3, D3), 0)


@pytest.mark.parametrize("tip", [Tip(1, 4, D1), Tip(1, 3, D1), Tip(1, 1, D1), Tip(2, 3, D3), Tip(1, 0, NO_DIGEST)])
def test_tip_outside_our_chain_stops_the_session(tip: Tip):
    state = replace(START, sealed=Tip(1, 3, D3))
    with pytest.raises(ExchangeFault) as caught:
        check_tip(state, [batch(seq=3, digest=D3, prev=D2)], tip, 0)
    assert caught.value.code == "TIP_UNKNOWN"


def test_platform_that_forgot_receipts_stops_the_session():
    state = replace(START, last_receipt_no=4, last_receipt_digest=D1)
    with pytest.raises(ExchangeFault) as caught:
        check_tip(state, [], Tip(1, 0, NO_DIGEST), 3)
    assert (caught.value.code, caught.value.facts["reason"]) == ("TIP_UNKNOWN", "RECEIPTS")
