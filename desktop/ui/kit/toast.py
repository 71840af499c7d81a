"""Short messages at the lower edge of the window, at least 6 s, kept in a list that can be read again."""

from collections import deque
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.ui.kit.buttons import Button
from desktop.ui.kit.labels import Label
from desktop.ui.kit.paint import draw_box
from desktop.ui.kit.panels import Icon

_ICONS = {"ok": "check-circle", "info": "info", "warning": "warning", "error": "error"}
LEAST_MS, PER_CHARACTER_MS, KEPT = 6000, 120, 50


class Toast(QWidget):
    """One message over a window; a new one replaces it.

    Attributes:
        messages: The last fifty, newest first.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.messages: deque[str] = deque(maxlen=KEPT)
        self._call: Callable[[], None] | None = None
        self._icon, self._text = Icon("info", "white", 18), Label("", tone="white")
        self._button = Button("", "nav")
        cross = Button(kind="nav", icon="close", tip="关闭")
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 6, 6, 6)
        row.setSpacing(10)
        for part in (self._icon, self._text, self._button, cross):
            row.addWidget(part)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        self._button.clicked.connect(self._act)
        cross.clicked.connect(self.hide)
        window.installEventFilter(self)
        self.hide()

    def say(self, text: str, kind: str = "ok", *, action: str = "", call: Callable[[], None] | None = None) -> None:
        """Show a message: ok, info, warning or error, with at most one button."""
        self.messages.appendleft(text)
        self._icon.set_icon(_ICONS[kind], "white")
        self._text.setText(text)
        self._call = call
        self._button.setText(action)
        self._button.setVisible(bool(action))
        self.adjustSize()
        self._place()
        self.show()
        self.raise_()
        self._timer.start(max(LEAST_MS, PER_CHARACTER_MS * len(text)))
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    def _act(self) -> None:
        self.hide()
        if self._call is not None:
            self._call()

    def _place(self) -> None:
        window = self._window
        width = min(self.sizeHint().width(), window.width() - 32)
        self.setGeometry((window.width() - width) // 2, window.height() - self.sizeHint().height() - 40,
                         width, self.sizeHint().height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        draw_box(QPainter(self), self.rect(), "nav")
