"""What the user does with keys and mouse, seen at the program's windows: for the lock, for Alt, for the frame's keys.

Only what comes from outside passes a window, so that nothing is paid for painting and the program's own events.
"""

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QWindow

_ACTS = frozenset({
    QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.Wheel,
    QEvent.Type.TouchBegin, QEvent.Type.TabletPress,
})


class InputWatch(QObject):
    """Watches every window of the program that gets the keyboard.

    Signals:
        alt_pressed(): Alt was pressed and let go with nothing else.

    Args:
        owns: Tells whether a key belongs to the frame; a field may not keep it for itself then.
    """

    alt_pressed = Signal()
    clock = staticmethod(time.monotonic)  # seconds

    def __init__(self, owns: Callable[[QKeyEvent], bool], parent: QObject) -> None:
        super().__init__(parent)
        self._owns, self._alt = owns, False
        self._since = self.clock()
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.focusWindowChanged.connect(self.watch)

    def watch(self, window: QWindow | None) -> None:
        """Watch a window too."""
        if window is not None:
            window.removeEventFilter(self)
            window.installEventFilter(self)

    def idle_seconds(self) -> float:
        """Return for how long nobody has done anything."""
        return self.clock() - self._since

    def touch(self) -> None:
        """Count as if somebody had done something now."""
        self._since = self.clock()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind in _ACTS:
            self._since = self.clock()
        if isinstance(event, QKeyEvent):
            if kind == QEvent.Type.ShortcutOverride:
                self._alt = self._alt and event.key() == Qt.Key.Key_Alt  # a shortcut's own press never comes here
                return self._keep_for_frame(event)
            self._hear_alt(event)
        elif kind == QEvent.Type.MouseButtonPress:
            self._alt = False
        return super().eventFilter(watched, event)

    def _keep_for_frame(self, event: QKeyEvent) -> bool:
        """Let no text field take Ctrl+K, Ctrl+U or another key of the frame for an edit of its own."""
        if self._owns(event):
            event.ignore()
            return True
        return False

    def _hear_alt(self, event: QKeyEvent) -> None:
        alone = event.key() == Qt.Key.Key_Alt
        if event.type() == QEvent.Type.KeyPress:
            self._alt = alone
        elif event.type() == QEvent.Type.KeyRelease and alone and self._alt:
            self._alt = False
            self.alt_pressed.emit()
