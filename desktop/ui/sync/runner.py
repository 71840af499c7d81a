"""The run of 一键同步 as the window sees it: started once, watched from any page, stopped at any stage."""

import threading
import time
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Qt, Signal, Slot

from desktop.domain.document import State
from desktop.domain.fault import Fault
from desktop.texts.outcome import RunEnd
from desktop.ui.context import Context
from desktop.ui.tasks import Job
from desktop.usecases.month_end import Outcome, Stage, StageReport, Status
from desktop.usecases.ports import AtBooks, Books, DocumentRow
from sync.faults import ExchangeFault


@dataclass(frozen=True, slots=True)
class Ended:
    """A run that is over: its exact numbers, and the documents of its batch that came back.

    Attributes:
        seconds: How long it took.
    """

    end: RunEnd
    returned: tuple[DocumentRow, ...]
    seconds: float


class SyncRunner(QObject):
    """Runs one `MonthEnd` at a time in a worker of the net; the books stay free in between.

    Signals:
        started(): A run has begun.
        reported(object): A `StageReport`, here in the window's thread.
        finished(object): An `Ended`.
    """

    started = Signal()
    reported = Signal(object)
    finished = Signal(object)
    _carried = Signal(object)  # from the worker

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._job: Job | None = None
        self._since = 0.0
        self._over = threading.Event()  # the worker has left the run, however
        self.reports: dict[Stage, StageReport] = {}
        self.last: Ended | None = None
        self._carried.connect(self._take, Qt.ConnectionType.QueuedConnection)
        context.broken.connect(self._broke)

    @property
    def running(self) -> bool:
        """Whether a run goes on."""
        return self._job is not None

    @property
    def stopping(self) -> bool:
        """Whether the user has asked the run to stop."""
        return self._job is not None and self._job.stop.is_set()

    def seconds(self) -> float:
        """Return how long the run has been going on, or how long the last one took."""
        if self.running:
            return time.monotonic() - self._since
        return self.last.seconds if self.last else 0.0

    def current(self) -> StageReport | None:
        """Return the report of the stage that runs now."""
        running = [report for report in self.reports.values() if report.status is Status.RUNNING]
        return running[-1] if running else None

    def start(self) -> None:
        """Start a run; nothing happens while one goes on."""
        if self.running:
            return
        self.reports = {stage: StageReport(stage, Status.WAITING) for stage in Stage}
        self._since, self.last = time.monotonic(), None
        over = self._over = threading.Event()
        seat, make = self._context.seat(), self._context.services.month_end
        carried = self._carried.emit

        def work(at: AtBooks, job: Job) -> tuple[Outcome, int, tuple[DocumentRow, ...]]:
            try:
                outcome = make(at, seat, job.stop.is_set, carried).run()
                return outcome, *at(lambda books: _after(books, outcome))
            finally:
                over.set()

        self._job = self._context.run_in_net(self, work, self._done, self._failed)
        self.started.emit()

    def stop(self) -> None:
        """Ask the run to stop; it ends at its next step and says exactly what went."""
        if self._job is not None:
            self._job.cancel()

    @Slot(object)
    def _take(self, report: StageReport) -> None:
        if not self.running:
            return
        before = self.reports.get(report.stage)
        if before is not None and before.status is Status.RUNNING and report.status is Status.RUNNING:
            report = replace(report, facts={**before.facts, **report.facts})
        self.reports[report.stage] = report
        if report.stage is Stage.SEND and report.status is Status.RUNNING and not self._context.sending:
            self._context.sending = True
            self._context.changed.emit("documents")  # what is open shows that it is on its way
        self.reported.emit(report)

    def _done(self, result: tuple[Outcome, int, tuple[DocumentRow, ...]]) -> None:
        outcome, left, returned = result
        self.reports = {report.stage: report for report in outcome.stages}
        self._end(run_end(outcome, left, len(returned)), returned)

    def _failed(self, error: Exception) -> None:
        """Show what kept the run from starting at all."""
        if isinstance(error, (Fault, ExchangeFault)):
            self._fail_first_open(error.code, error.facts)
            self._end(RunEnd("FAILED", Stage.PRECHECK.value, code=error.code, facts=error.facts), ())
            return
        self._job, self._context.sending = None, False
        self._context.failed.emit(error)

    @Slot(object)
    def _broke(self, error: object) -> None:
        # Our bug, perhaps in the run: it is told by the window. Nothing is claimed about what went.
        if self.running and self._over.is_set():
            self._fail_first_open("BROKEN", {})
            self._end(RunEnd("FAILED", code="BROKEN"), ())

    def _fail_first_open(self, code: str, facts: dict[str, str]) -> None:
        for stage, report in self.reports.items():
            if report.status in (Status.RUNNING, Status.WAITING):
                self.reports[stage] = replace(report, status=Status.FAILED, facts={**facts, "code": code})
                return

    def _end(self, end: RunEnd, returned: tuple[DocumentRow, ...]) -> None:
        seconds = time.monotonic() - self._since
        self._job, self._context.sending = None, False
        self.last = Ended(end, returned, seconds)
        self.finished.emit(self.last)
        for topic in ("documents", "mirrors", "sync"):
            self._context.changed.emit(topic)


def _after(books: Books, outcome: Outcome) -> tuple[int, tuple[DocumentRow, ...]]:
    """Return how many documents are still to go, and which of the run's batch came back."""
    with books:
        left = len(books.documents.rows(states=(State.SIGNED, State.SEALED)))
        if outcome.batch is None or not outcome.run.returned:
            return left, ()
        mine = set(books.exchange.documents_of(outcome.batch.id))
        rows = books.documents.rows(states=(State.RETURNED,))
    return left, tuple(row for row in rows if row.doc_id in mine)


def run_end(outcome: Outcome, left: int, returned: int = 0) -> RunEnd:
    """Return what is said about a run.

    Args:
        left: Signed or sealed documents that the platform does not have.
        returned: Documents of the run's batch that came back, where that is known better than by the run.
    """
    run, fault = outcome.run, outcome.fault
    ended_in = next((report for report in outcome.stages if report.status in (Status.STOPPED, Status.FAILED)), None)
    receipt = next((report for report in outcome.stages if report.stage is Stage.RECEIPT), None)
    return RunEnd(
        outcome=run.outcome,
        stage=ended_in.stage.value if ended_in else "",
        sent=run.sent,
        left=left,
        accepted=run.accepted,
        returned=max(run.returned, returned),
        undecided=int(receipt.facts.get("undecided", "0")) if receipt else 0,
        received=run.received,
        receipt_no=run.receipt_no,
        total=run.total,
        code=run.code,
        facts=dict(fault.facts) if fault else {},
    )

