"""一键同步: eight stages, each idempotent; the next run goes on where this one ended."""

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Protocol

from desktop.domain.document import State
from desktop.domain.fault import Fault
from desktop.domain.head import SENDING_ORDER, Kind
from desktop.domain.library_changes import LibraryUpdate
from desktop.usecases.desk import UnitDesk
from desktop.usecases.ports import AtBooks, BackupMade, Books, DocumentRow, SyncRun
from desktop.usecases.seal_batch import Sealer, recheck, seal, sweep
from desktop.usecases.seat import Seat
from sync.faults import ExchangeFault
from sync.session import Progress, Session, Stopped
from sync.stream import SentBatch

ZERO = Decimal("0.00")


class Stage(StrEnum):
    """The eight stages, in the order of the screen."""

    PRECHECK = "PRECHECK"  # 1 预检
    BACKUP = "BACKUP"  # 2 备份
    CONNECT = "CONNECT"  # 3 连接
    RECEIVE = "RECEIVE"  # 4 领取
    RECHECK = "RECHECK"  # 5 复核
    SIGN = "SIGN"  # 6 签名
    SEND = "SEND"  # 7 送出
    RECEIPT = "RECEIPT"  # 8 核对回执


class Status(StrEnum):
    """How far a stage is."""

    WAITING = "WAITING"
    RUNNING = "RUNNING"
    DONE = "DONE"
    STOPPED = "STOPPED"
    FAILED = "FAILED"


@dataclass(frozen=True, slots=True)
class StageReport:
    """One line of the running sheet: seconds so far, and what its sentence needs (already formatted or counted)."""

    stage: Stage
    status: Status
    seconds: float = 0.0
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CheckSheet:
    """What F12 shows before anything is sent: three groups that share one amount column."""

    ready: tuple[DocumentRow, ...]
    with_errors: tuple[DocumentRow, ...]
    waiting: tuple[DocumentRow, ...]
    unsent: tuple[SentBatch, ...]  # sealed earlier, to be offered again

    def total(self) -> Decimal:
        """Yuan of the vouchers that can be sent; a project, its goal and its budget are the same money again."""
        return sum((row.amount for row in self.ready if row.kind is Kind.VOUCHER), ZERO)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a run ended, in exact numbers."""

    run: SyncRun
    stages: tuple[StageReport, ...]
    fault: Fault | ExchangeFault | None
    batch: SentBatch | None


class OpenSession(Protocol):
    """Makes a session over a desk; the composition root knows the transport and the keys."""

    def __call__(self, desk: UnitDesk, stop: Callable[[], bool], progress: Callable[[Progress], None]) -> Session: ...


@dataclass(frozen=True, slots=True)
class Channel:
    """What a run needs beside the books."""

    sealer: Sealer
    open_session: OpenSession
    back_up: Callable[[], BackupMade]
    desk: UnitDesk
    patience: float = 60.0  # seconds to wait for the decision


def check_sheet(books: Books) -> CheckSheet:
    """Return what would go, what would not and why not; changes nothing."""
    with books:
        rows = books.documents.rows(states=(State.DRAFT, State.PRESENTED, State.CHECKED, State.SIGNED))
        unsent = books.exchange.batches(("sealed",))
    order = {kind: n for n, kind in enumerate(SENDING_ORDER)}
    rows = sorted(rows, key=lambda row: (order[row.kind], row.key))
    return CheckSheet(
        ready=tuple(row for row in rows if row.state is State.SIGNED),
        with_errors=tuple(row for row in rows if row.state is State.DRAFT and row.problems_count),
        waiting=tuple(row for row in rows if row.state in (State.PRESENTED, State.CHECKED)),
        unsent=tuple(unsent),
    )


class MonthEnd:
    """One run of 一键同步. Runs in a thread of the net, so that the books stay free for other work in between.

    Args:
        at: Takes each step to the thread of the books.
        seat: Who pressed the button.
        channel: The way to the platform.
        stop: Looked at between steps; true ends the run with exact numbers.
        progress: Called in the running thread with every change of a stage.
    """

    def __init__(
        self,
        at: AtBooks,
        seat: Seat,
        channel: Channel,
        stop: Callable[[], bool],
        progress: Callable[[StageReport], None],
    ) -> None:
        self._at, self._seat, self._channel = at, seat, channel
        self._stop, self._progress = stop, progress
        self._reports = {stage: StageReport(stage, Status.WAITING) for stage in Stage}
        self._started = time.monotonic()
        self._stage_started = self._started
        self._stage = Stage.PRECHECK
        self._batch: SentBatch | None = None
        self._sheet: CheckSheet | None = None
        self._session: Session | None = None

    def run(self) -> Outcome:
        """Run all stages; a fault of the channel ends the run with exact numbers, never with a guess."""
        started_at = self._seat.at()
        fault: Fault | ExchangeFault | None = None
        try:
            self._precheck()
            self._back_up()
            self._connect()
            self._receive()
            self._recheck_and_sign()
            self._send()
            self._collect()
        except (Fault, ExchangeFault) as failed:
            fault = failed
            status = Status.STOPPED if isinstance(failed, Stopped) else Status.FAILED
            self._report(status, {"code": failed.code, **failed.facts})
        finally:
            if self._session is not None:
                self._session.close()
        run = self._record(started_at, fault)
        try:
            self._at(lambda books: _keep_run(books, run))
        except Fault as failed:  # a full disk: the run goes missing in the history, what it did does not
            fault = fault or failed
        return Outcome(run, tuple(self._reports.values()), fault, self._batch)

    def _enter(self, stage: Stage) -> None:
        if self._stop():
            raise Stopped()
        self._stage, self._stage_started = stage, time.monotonic()
        self._report(Status.RUNNING, {})

    def _report(self, status: Status, facts: Mapping[str, str]) -> None:
        report = StageReport(self._stage, status, time.monotonic() - self._stage_started, dict(facts))
        self._reports[self._stage] = report
        self._progress(report)

    def _precheck(self) -> None:
        self._enter(Stage.PRECHECK)
        self._sheet = self._at(check_sheet)
        swept = self._at(lambda books: sweep(books, self._channel.sealer.outbox))
        count, total = str(len(self._sheet.ready)), str(self._sheet.total())
        facts = {"count": count, "total": total, "unsent": str(len(self._sheet.unsent)), "swept": str(len(swept))}
        self._report(Status.DONE, facts)

    def _back_up(self) -> None:
        self._enter(Stage.BACKUP)
        made = self._channel.back_up()
        self._report(Status.DONE, {"folder": str(made.path.parent), "name": made.path.name, "size": str(made.size)})

    def _connect(self) -> None:
        self._enter(Stage.CONNECT)
        self._session = self._channel.open_session(self._channel.desk, self._stop, self._carried)
        hello = self._session.connect()
        self._report(Status.DONE, {"platform": hello.platform, "clock": str(self._session.clock_difference)})

    def _receive(self) -> None:
        self._enter(Stage.RECEIVE)
        received = self._open().receive()
        facts = {"changed": str(self._channel.desk.changed), "receipts": str(len(received.receipts))}
        self._report(Status.DONE, {**facts, **_library_facts(self._channel.desk.library)})

    def _recheck_and_sign(self) -> None:
        self._enter(Stage.RECHECK)
        checked = self._at(lambda books: recheck(books, self._seat))
        self._report(Status.DONE, {"ready": str(len(checked.ready)), "set_back": str(len(checked.set_back))})
        self._enter(Stage.SIGN)
        sealer = self._channel.sealer
        self._batch = self._at(lambda books: seal(books, self._seat, sealer, checked.ready))
        waiting = self._channel.desk.to_send()
        self._batch = self._batch or (waiting[-1] if waiting else None)
        self._report(Status.DONE, {"batches": str(len(waiting)), "seq": str(self._batch.seq) if self._batch else "0"})

    def _send(self) -> None:
        self._enter(Stage.SEND)
        sent = self._open().send()
        arrived = [one for one in sent if one.verdict == "accepted"]
        held = sum(one.verdict == "held" for one in sent)
        documents = sum(one.documents for one in arrived)
        self._report(Status.DONE, {"batches": str(len(arrived)), "documents": str(documents), "held": str(held)})
        refused = next((one for one in sent if one.verdict == "refused"), None)
        if refused is not None:
            raise ExchangeFault(refused.code, {"batch": refused.batch_id, "documents": str(refused.documents)})

    def _collect(self) -> None:
        self._enter(Stage.RECEIPT)
        collected = self._open().collect(self._channel.patience)
        if collected.receipts:
            self._open().receive()  # a decision can bring new project codes and balances
        accepted, returned = self._counts()
        facts = {"accepted": str(accepted), "returned": str(returned), "undecided": str(len(collected.waiting))}
        self._report(Status.DONE, facts)

    def _carried(self, progress: Progress) -> None:
        self._report(Status.RUNNING, {"done": str(progress.done), "size": str(progress.total)})

    def _open(self) -> Session:
        assert self._session is not None, "connect comes first"
        return self._session

    def _counts(self) -> tuple[int, int]:
        """Accepted and returned documents of the batches that were sent or decided in this run."""
        batch_ids = dict.fromkeys([*self._channel.desk.decided, *([self._batch.id] if self._batch else [])])
        states = self._at(lambda books: _states_in(books, batch_ids))
        gone_on = (State.ACCEPTED, State.PAID, State.PART_REFUNDED, State.REFUNDED)
        return sum(state in gone_on for state in states), states.count(State.RETURNED)

    def _record(self, started_at: str, fault: Fault | ExchangeFault | None) -> SyncRun:
        accepted, returned = self._counts()
        batch = self._channel.desk.batch(self._batch.id) if self._batch else None
        arrived = batch is not None and batch.stage in ("arrived", "decided")
        run = SyncRun(
            run_id=self._seat.ids.new(),
            started_at=started_at,
            seconds=Decimal(str(round(time.monotonic() - self._started, 2))),
            way="NET",
            outcome="DONE" if fault is None else "STOPPED" if isinstance(fault, Stopped) else "FAILED",
            sent=len(batch.documents) if batch is not None and arrived else 0,
            accepted=accepted,
            returned=returned,
            received=self._channel.desk.changed,
            total=Decimal(batch.totals.get(Kind.VOUCHER, "0.00")) if batch and arrived else ZERO,
            batch_id=batch.id if batch else "",
            receipt_no=self._channel.desk.stream().last_receipt_no,
            code=fault.code if fault else "",
        )
        self._batch = batch
        return run


def _library_facts(update: LibraryUpdate | None) -> dict[str, str]:
    if update is None:
        return {}
    numbers = {"added": update.added, "modified": update.changed, "withdrawn": update.withdrawn}
    counted = {f"library_{name}": str(number) for name, number in numbers.items()}
    return {"library": update.edition, "library_version": str(update.version), **counted}


def _states_in(books: Books, batch_ids: Iterable[str]) -> list[State]:
    with books:
        doc_ids = [doc_id for batch_id in batch_ids for doc_id in books.exchange.documents_of(batch_id)]
        return [books.documents.get(doc_id).state for doc_id in doc_ids]


def _keep_run(books: Books, run: SyncRun) -> None:
    with books:
        books.exchange.add_run(run)
        books.commit()
