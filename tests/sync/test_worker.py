"""The queue of decisions: who takes from it, and what stops it."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from sync.central import decision
from sync.central.decision import forget_failures
from sync.central.tables import jobs
from sync.central.worker import DecisionWorker
from sync.manifest import BatchManifest
from sync.transport.direct import DirectTransport
from tests.sync.office import Office
from tests.sync.papers import UNIT, head, voucher
from tests.sync.rehearsal import Rehearsal


def arrived(office: Office, rehearsal: Rehearsal, number: int) -> str:
    """Let a batch of one voucher arrive, undecided."""
    key = f"{UNIT}-2026-{number:06d}"
    batch = office.seal(voucher(number, "100.00", head=head("VOUCHER", key)))
    office.exchange(DirectTransport(rehearsal.service, decide=False), patience=0)
    return batch.id


def stumbling(stream: str) -> Callable[..., Any]:
    """Give a judge that makes a mistake over one stream."""
    judge = decision.judge

    def judged(manifest: BatchManifest, *arguments: Any) -> Any:
        if manifest.stream == stream:
            raise KeyError("a mistake of ours")
        return judge(manifest, *arguments)

    return judged


def failures(rehearsal: Rehearsal) -> list[str | None]:
    with rehearsal.platform.store.read() as db:
        return list(db.execute(select(jobs.c.failure).order_by(jobs.c.number)).scalars())


def test_batch_that_cannot_be_decided_stops_its_own_stream_only(
    rehearsal: Rehearsal, office: Office, monkeypatch: pytest.MonkeyPatch
):
    other = rehearsal.office("W2")
    bad = arrived(office, rehearsal, 1)
    behind = arrived(office, rehearsal, 2)
    good = arrived(other, rehearsal, 3)
    with monkeypatch.context() as patched:
        patched.setattr(decision, "judge", stumbling("219001/W1"))
        assert rehearsal.service.decide_all() == [bad, good]
    assert failures(rehearsal) == ["KeyError: 'a mistake of ours'", None]
    assert rehearsal.service.decide_all() == []
    assert rehearsal.accepted() == ["219001-2026-000003"]
    forget_failures(rehearsal.platform)
    assert rehearsal.service.decide_all() == [bad, behind]
    office.exchange(DirectTransport(rehearsal.service))
    assert set(office.desk.documents.values()) == {"accepted"}


def test_mistake_leaves_nothing_half_decided(rehearsal: Rehearsal, office: Office, monkeypatch: pytest.MonkeyPatch):
    arrived(office, rehearsal, 1)

    def stumble(*arguments: Any, **named: Any) -> Any:
        raise RuntimeError("after the documents are written")

    with monkeypatch.context() as patched:
        patched.setattr(decision, "write_receipt", stumble)
        rehearsal.service.decide_all()
    assert rehearsal.bureau.decided(UNIT) == []
    forget_failures(rehearsal.platform)
    rehearsal.service.decide_all()
    assert [row["central_no"] for row in rehearsal.bureau.decided(UNIT)] == ["ZF2026000001"]


def test_busy_database_is_no_failure_of_the_batch(
    rehearsal: Rehearsal, office: Office, monkeypatch: pytest.MonkeyPatch
):
    arrived(office, rehearsal, 1)

    def busy(*arguments: Any) -> Any:
        raise OperationalError("BEGIN", {}, Exception("database is locked"))

    with monkeypatch.context() as patched:
        patched.setattr(decision, "load_register", busy)
        with pytest.raises(OperationalError):
            rehearsal.service.decide_all()
    assert failures(rehearsal) == [None]
    assert len(rehearsal.service.decide_all()) == 1


def test_workers_that_take_at_once_decide_everything_once(rehearsal: Rehearsal, office: Office):
    for number in range(1, 7):
        arrived(office, rehearsal, number)
    with ThreadPoolExecutor(3) as pool:
        for done in [pool.submit(rehearsal.service.decide_all) for _ in range(3)]:
            done.result()
    office.exchange(DirectTransport(rehearsal.service))
    assert [one.stage for one in office.desk.receipts].count("decided") == 6
    assert len(set(rehearsal.accepted())) == 6


def test_thread_decides_what_was_left_and_what_arrives(rehearsal: Rehearsal, office: Office):
    arrived(office, rehearsal, 1)
    worker = DecisionWorker(rehearsal.service)
    worker.start()
    turn = threading.Event()
    key = f"{UNIT}-2026-000002"
    office.seal(voucher(2, "100.00", head=head("VOUCHER", key)))
    link = DirectTransport(rehearsal.service, decide=False)
    office.exchange(link, patience=60, pause=lambda seconds: turn.wait(seconds) and None)
    worker.stop()
    assert set(office.desk.documents.values()) == {"accepted"}


def test_thread_goes_on_after_the_database_was_busy(
    rehearsal: Rehearsal, office: Office, monkeypatch: pytest.MonkeyPatch
):
    arrived(office, rehearsal, 1)
    load, was_busy, turn = decision.load_register, threading.Event(), threading.Event()

    def busy_once(*arguments: Any) -> Any:
        if not was_busy.is_set():
            was_busy.set()
            raise OperationalError("BEGIN", {}, Exception("database is locked"))
        return load(*arguments)

    monkeypatch.setattr(decision, "load_register", busy_once)
    worker = DecisionWorker(rehearsal.service)
    worker.start()
    assert was_busy.wait(60)
    office.seal(voucher(2, "100.00", head=head("VOUCHER", f"{UNIT}-2026-000002")))
    link = DirectTransport(rehearsal.service, decide=False)
    office.exchange(link, patience=60, pause=lambda seconds: turn.wait(seconds) and None)
    worker.stop()
    assert set(office.desk.documents.values()) == {"accepted"}
