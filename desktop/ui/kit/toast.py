"""Short messages low over the page, at least 6 s, kept in a list that can be read again."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QEvent, QObject, QPoint, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget
from shiboken6 import isValid

from desktop.ui.kit.announce import announce
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.labels import Label
from desktop.ui.kit.paint import draw_box
from desktop.ui.kit.panels import Icon
from desktop.ui.kit.typography import px

_ICONS = {"ok": "check-circle", "info": "info", "warning": "warning", "error": "error"}
LEAST_MS, PER_CHARACTER_MS, KEPT = 6000, 120, 50
FOOT = 72  # left free below a message: the buttons at the foot of a page, and the edge of its sheet
BESIDE = 16


@dataclass(frozen=True, slots=True)
class Said:
    """A message that was shown: when, of which kind, the words, and what its button does."""

    at: datetime
    kind: str
    text: str
    action: str = ""
    call: Callable[[], None] | None = None


class Toast(QWidget):
    """One message over a window; a new one replaces it.

    Signals:
        told(): There is one message more in `said`.

    Args:
        window: Owns it.
        area: Gives the part of the window that messages may cover, asked for each time; the whole window without it.

    Attributes:
        said: The last fifty, newest first.
    """

    told = Signal()

    def __init__(self, window: QWidget, area: Callable[[], QWidget] | None = None) -> None:
        super().__init__(window)
        self._window, self._find_area, self._over = window, area, window
        self.said: deque[Said] = deque(maxlen=KEPT)
        self._call: Callable[[], None] | None = None
        self._icon, self._text = Icon("info", "navtext", 18), Label("", tone="navtext")
        self._button = Button("", "nav")
        cross = Button(kind="nav", icon="close", tip="关闭")
        row = self._layout = QHBoxLayout(self)
        row.setContentsMargins(14, 6, 6, 6)
        row.setSpacing(10)
        for part in (self._icon, self._text, self._button, cross):
            row.addWidget(part, int(part is self._text))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        self._button.clicked.connect(self._act)
        cross.clicked.connect(self.hide)
        window.installEventFilter(self)
        self.hide()

    def say(self, text: str, kind: str = "ok", *, action: str = "", call: Callable[[], None] | None = None) -> None:
        """Show a message: ok, info, warning or error, with at most one button."""
        self.said.appendleft(Said(datetime.now().astimezone(), kind, text, action, call))
        self._icon.set_icon(_ICONS[kind], "navtext")
        self._text.setText(text)
        self._call = call
        self._button.setText(action)
        self._button.setVisible(bool(action))
        self.place()
        self.show()
        self.raise_()
        self._timer.start(max(LEAST_MS, PER_CHARACTER_MS * len(text)))
        announce(text, self)
        self.told.emit()

    @property
    def messages(self) -> list[str]:
        """The words of the last fifty, newest first."""
        return [one.text for one in self.said]

    def _act(self) -> None:
        self.hide()
        if self._call is not None:
            self._call()

    def place(self) -> None:
        """Lie in the middle of the area that may be covered, above the buttons at its foot; long words take lines."""
        self._watch(self._find_area() if self._find_area is not None else self._window)
        over, most = self._over, self._over.width() - 2 * BESIDE
        self._text.setWordWrap(False)
        self._layout.activate()
        wide = self._layout.sizeHint().width()
        if wide > most:
            self._text.setWordWrap(True)
            self._layout.activate()
        width = min(wide, most)
        height = self._layout.totalHeightForWidth(width) if wide > most else self._layout.sizeHint().height()
        left, top = (over.width() - width) // 2, max(over.height() - height - px(FOOT), 0)
        corner = over.mapTo(self._window, QPoint(left, top))
        self.setGeometry(corner.x(), corner.y(), width, height)

    def _watch(self, over: QWidget) -> None:
        if over is self._over:
            return
        if self._over is not self._window and isValid(self._over):
            self._over.removeEventFilter(self)
        self._over = over
        if over is not self._window:
            over.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move) and self.isVisible():
            self.place()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        draw_box(QPainter(self), self.rect(), "nav")
