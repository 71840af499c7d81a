"""The stream's numbering, batches, receipts and trust move only forward, and only in order."""

from dataclasses import replace
from decimal import Decimal

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from desktop.domain.fault import Fault
from desktop.usecases.ports import StoredReceipt, SyncRun
from sync.catalogue import Pin, Trust
from sync.manifest import NO_DIGEST, DocumentEntry, Tip
from sync.stream import SentBatch, StreamState
from tests.storage.samples import AT, UNIT, save, voucher

STREAM = f"{UNIT}/w1"
ONE, TWO, THREE = ("1" * 64, "2" * 64, "3" * 64)


def fault_of(call, *arguments):
    with pytest.raises(Fault) as caught:
        call(*arguments)
    return caught.value


@pytest.fixture
def exchange(books):
    books.exchange.begin_stream(STREAM)
    for number in (1, 2):
        save(books, voucher(number))
    return books.exchange


@pytest.fixture
def outbox(workspace):
    return workspace.outbox


def batch(outbox, seq=1, prev=NO_DIGEST, digest=ONE, name="b1", documents=(1, 2), **changes):
    entries = tuple(
        DocumentEntry(f"voucher-{n}", "VOUCHER", "1.0", f"{UNIT}-2026-{n:06d}", 1, str(n) * 64) for n in documents
    )
    made = SentBatch(
        id=name,
        path=outbox / f"{name}.bsp",
        size=900,
        file_sm3=THREE,
        digest=digest,
        epoch=1,
        seq=seq,
        prev=prev,
        documents=entries,
        totals={"VOUCHER": "9600.00"},
        stage="sealed",
        amounts={f"voucher-{n}": "4800.00" for n in documents[:1]},
    )
    return replace(made, **changes)


def put_batch(exchange, made):
    exchange.put_batch(made, [entry.doc_id for entry in made.documents], at=AT)
    return made


def receipt(number=1, digest=ONE, applied=True, **changes):
    made = StoredReceipt(number, "arrived", "b1", digest, f"r{number}.bsp", applied, AT, AT)
    return replace(made, **changes)


def test_a_stream_begins_once(books):
    assert fault_of(books.exchange.stream).code == "STREAM_MISSING"
    books.exchange.begin_stream(STREAM)
    assert books.exchange.stream() == StreamState(STREAM)
    with pytest.raises(ValueError, match="already"):
        books.exchange.begin_stream("219001/w2")


def test_a_sealed_batch_comes_back_and_moves_the_tip(exchange, outbox):
    made = put_batch(exchange, batch(outbox))
    assert exchange.batch("b1") == made
    assert exchange.batch("b2") is None
    assert exchange.documents_of("b1") == ["voucher-1", "voucher-2"]
    assert exchange.stream().sealed == Tip(1, 1, ONE)


def test_a_batch_stands_at_the_next_place_and_in_the_outbox(exchange, outbox, tmp_path):
    for wrong in (
        batch(outbox, seq=2),
        batch(outbox, prev=TWO),
        batch(outbox, epoch=2),
        batch(outbox, path=tmp_path / "b1.bsp"),
    ):
        with pytest.raises(ValueError, match="batch"):
            put_batch(exchange, wrong)
    assert exchange.stream().sealed == Tip(1, 0, NO_DIGEST)


def test_batches_come_in_sending_order_and_by_stage(exchange, outbox):
    first = put_batch(exchange, batch(outbox))
    second = put_batch(exchange, batch(outbox, 2, ONE, TWO, "a2"))
    assert exchange.batches() == [first, second]
    exchange.set_stage("b1", "arrived")
    assert [one.id for one in exchange.batches(("sealed",))] == ["a2"]
    assert exchange.batch("b1").stage == "arrived"
    with pytest.raises(KeyError):
        exchange.set_stage("nobody", "arrived")


def test_a_sealed_batch_is_bytes_and_only_its_stage_changes(exchange, outbox, books):
    put_batch(exchange, batch(outbox))
    for statement in (
        "UPDATE batch SET digest = ''",
        "UPDATE batch SET file_name = 'x'",
        "DELETE FROM batch",
        "UPDATE batch_document SET doc_id = 'x'",
        "DELETE FROM batch_document",
    ):
        with pytest.raises(IntegrityError):
            books.connection.execute(text(statement))


def test_the_place_of_a_refused_batch_is_taken_by_the_next(exchange, outbox):
    put_batch(exchange, batch(outbox))
    exchange.set_stage("b1", "refused")
    exchange.rewind(Tip(1, 0, NO_DIGEST))
    again = put_batch(exchange, batch(outbox, 1, NO_DIGEST, TWO, "b2"))
    assert exchange.stream().sealed == Tip(1, 1, TWO)
    assert exchange.batches(("sealed",)) == [again]


def test_an_applied_receipt_moves_the_numbering_and_one_set_aside_does_not(exchange):
    exchange.put_receipt(receipt(7, TWO, applied=False), ONE)
    assert exchange.stream().last_receipt_no == 0
    exchange.put_receipt(receipt(1, ONE), NO_DIGEST)
    exchange.put_receipt(receipt(2, TWO), ONE)
    state = exchange.stream()
    assert (state.last_receipt_no, state.last_receipt_digest) == (2, TWO)
    assert [(one.receipt_no, one.applied) for one in exchange.receipts()] == [(1, True), (2, True), (7, False)]
    assert exchange.receipts()[0] == receipt(1, ONE)


def test_a_receipt_that_was_set_aside_is_applied_later(exchange):
    exchange.put_receipt(receipt(1, ONE, applied=False), NO_DIGEST)
    exchange.put_receipt(receipt(1, ONE), NO_DIGEST)
    assert exchange.receipts() == [receipt(1, ONE)]


@pytest.mark.parametrize(("number", "prev"), [(2, NO_DIGEST), (1, ONE), (0, NO_DIGEST)])
def test_an_applied_receipt_follows_the_last_one(exchange, number, prev):
    with pytest.raises(ValueError, match="follow"):
        exchange.put_receipt(receipt(number), prev)


def test_a_receipt_stays_on_file(exchange, books):
    exchange.put_receipt(receipt(), NO_DIGEST)
    with pytest.raises(IntegrityError):
        books.connection.execute(text("DELETE FROM receipt"))


def test_trust_comes_back_and_tells_the_versions(books):
    assert fault_of(books.exchange.trust).code == "TRUST_MISSING"
    trust = Trust(1, b"root", 3, {"public": Pin(5, ONE), f"unit:{UNIT}": Pin(2, TWO)})
    books.exchange.set_trust(trust)
    assert books.exchange.trust() == trust
    assert books.mirrors.versions() == {"public": (5, ONE), f"unit:{UNIT}": (2, TWO)}
    books.exchange.set_trust(replace(trust, head_version=4))
    assert books.exchange.trust().head_version == 4


@pytest.mark.parametrize(
    "older",
    [
        {"root_version": 0},
        {"head_version": 2},
        {"scopes": {"public": Pin(4, ONE)}},
        {"scopes": {"public": Pin(5, TWO)}},
        {"scopes": {}},
    ],
)
def test_no_version_ever_goes_down_or_changes_its_content(books, older):
    trust = Trust(1, b"root", 3, {"public": Pin(5, ONE)})
    books.exchange.set_trust(trust)
    assert fault_of(books.exchange.set_trust, replace(trust, **older)).code == "MIRROR_OLDER"
    assert books.exchange.trust() == trust


def test_runs_are_kept_for_ever_newest_first(books):
    runs = [
        SyncRun(f"r{n}", AT, Decimal("12.5"), "NET", "DONE", n, 1, 0, 3, Decimal("4800.00"), "b1", 2, "")
        for n in range(5)
    ]
    for run in runs:
        books.exchange.add_run(run)
    assert books.exchange.runs() == runs[::-1]
    assert books.exchange.runs(2) == runs[:2:-1]
    with pytest.raises(IntegrityError):
        books.connection.execute(text("DELETE FROM sync_run"))
