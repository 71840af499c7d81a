"""An officer's key that stays open for one series of signatures, so that the PIN is entered once.

Only the opened key is held, in memory, never the PIN. It is let go when the series ends, when another person takes the
seat, when the window is locked, and after some minutes without a signature.
"""

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.usecases.ports import OfficerKey

IDLE_MS = 5 * 60 * 1000


class KeyHold(QObject):
    """Holds at most one key.

    Signals:
        turned(): A key is held now, or no longer.
    """

    turned = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._officer = ""
        self._key: OfficerKey | None = None
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.setInterval(IDLE_MS)
        self._idle.timeout.connect(self.drop)

    def key_of(self, officer: str) -> OfficerKey | None:
        """Return the officer's key while it is held; another officer's is let go."""
        if self._key is not None and self._officer != officer:
            self.drop()
        return self._key

    def keep(self, officer: str, key: OfficerKey) -> None:
        """Hold a key that was opened by its PIN just now, or used again; the idle time starts anew."""
        fresh = key is not self._key
        self._officer, self._key = officer, key
        self._idle.start()
        if fresh:
            self.turned.emit()

    def drop(self) -> None:
        """Let the key go."""
        self._idle.stop()
        if self._key is not None:
            self._officer, self._key = "", None
            self.turned.emit()
