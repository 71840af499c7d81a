"""The rehearsal's clock: starts on a day of the story and goes on at its true speed."""

import threading
import time
from datetime import datetime, timedelta


class StoryClock:
    """A clock that can be set forward; safe to read from several threads.

    Args:
        start: Where it starts, with zone.
    """

    def __init__(self, start: datetime) -> None:
        self._lock = threading.Lock()
        self._base, self._since = start, time.monotonic()

    def now(self) -> datetime:
        """Return the story's time."""
        with self._lock:
            return self._base + timedelta(seconds=time.monotonic() - self._since)

    def jump(self, to: datetime) -> None:
        """Set the clock forward; a time that is already over changes nothing: clocks never go back here."""
        with self._lock:
            now = self._base + timedelta(seconds=time.monotonic() - self._since)
            self._base, self._since = max(to, now), time.monotonic()
