"""Work off the window's thread: one worker for the database, two for the net, one way back.

Work gets plain values, never a widget or a session, and calls `Job.tick` at least every half second so that
it can be stopped. What comes back is handed over in the window's thread, unless its owner is gone by then.
"""

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot
from shiboken6 import isValid

Then = Callable[["Future[Any]"], None]
T = TypeVar("T")


class Cancelled(Exception):
    """The user asked to stop: unwinds the work, shows nothing."""


class Job:
    """Shared by the work and the window, whose timer reads `done`, `total` and `words`."""

    def __init__(self) -> None:
        self.stop, self.done, self.total, self.words = threading.Event(), 0, 0, ""

    def tick(self, done: int = 0, total: int = 0, words: str = "") -> None:
        """Say how far the work is.

        Args:
            words: What is being done now; keeps the last words when empty.

        Raises:
            Cancelled: The user asked to stop.
        """
        if self.stop.is_set():
            raise Cancelled
        self.done, self.total = done, total
        self.words = words or self.words

    def cancel(self) -> None:
        """Ask the work to stop at its next tick."""
        self.stop.set()


class Tasks(QObject):
    """Starts work and brings results back; one for the program, owned by its start-up."""

    _back = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._db, self._net = ThreadPoolExecutor(1, "db"), ThreadPoolExecutor(2, "net")
        self._jobs: set[Job] = set()
        self._closed = False
        self._back.connect(self._here, Qt.ConnectionType.QueuedConnection)

    @Slot(object)
    def _here(self, call: Callable[[], None]) -> None:
        call()

    def start(self, owner: QObject, work: Callable[[Job], object], then: Then, *, net: bool = False) -> Job:
        """Run work(job) elsewhere, then `then(future)` in this thread unless owner is gone.

        Args:
            owner: The widget or presenter that wants the result.
            work: Runs in a worker thread.
            then: Gets the finished future; `future.result()` raises what the work raised, `Cancelled` included.
            net: Use a network worker; the default is the one database worker, in order of starting.
        """
        job = Job()
        self._jobs.add(job)
        future = (self._net if net else self._db).submit(work, job)
        future.add_done_callback(lambda done: self._finished(owner, job, done, then))
        return job

    def in_database(self, work: Callable[[], T]) -> T:
        """Run work in the database worker and wait; only for work that itself runs in a worker of the net."""
        return self._db.submit(work).result()

    def busy(self) -> int:
        """Return how much work has been started and not yet been handed back."""
        return len(self._jobs)

    def close(self) -> None:
        """Ask what runs to stop, and wait for the workers; nothing is handed back afterwards.

        What waits for the database is still done: it may be the last saving. Work that looks at its job ends at once.
        What waits for the net is dropped.
        """
        self._closed = True
        for job in tuple(self._jobs):
            job.cancel()
        self._net.shutdown(wait=True, cancel_futures=True)
        self._db.shutdown(wait=True)

    def _finished(self, owner: QObject, job: Job, future: "Future[Any]", then: Then) -> None:
        if self._closed or not isValid(self):
            return
        self._back.emit(lambda: self._hand_over(owner, job, future, then))

    def _hand_over(self, owner: QObject, job: Job, future: "Future[Any]", then: Then) -> None:
        self._jobs.discard(job)
        if isValid(owner) and not self._closed:
            then(future)
