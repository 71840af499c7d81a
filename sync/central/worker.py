"""The thread in which a server decides what has arrived."""

import logging
import threading

from sqlalchemy.exc import OperationalError

from sync.central.decision import forget_failures
from sync.central.service import Service

_log = logging.getLogger(__name__)
_RECHECK = 30.0  # seconds: another process may have taken a batch, or the database was busy


class DecisionWorker:
    """Works off the queue until it is stopped; a batch that is being decided is finished first."""

    def __init__(self, service: Service) -> None:
        self._service, self._ended = service, threading.Event()
        self._thread = threading.Thread(target=self._run, name="decisions", daemon=True)

    def start(self) -> None:
        """Begin, with what was left from before."""
        forget_failures(self._service.platform)
        self._service.arrived.set()
        self._thread.start()

    def stop(self) -> None:
        """End, and wait for the thread."""
        self._ended.set()
        self._service.arrived.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._ended.is_set():
            self._service.arrived.wait(_RECHECK)
            self._service.arrived.clear()
            try:
                while not self._ended.is_set() and self._service.decide_next() is not None:
                    pass
            except OperationalError:
                _log.exception("the database cannot be used; decisions wait")
