"""What belongs under a list: the bar for what is ticked."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.ui.kit.buttons import Button
from desktop.ui.kit.icons import qcolor
from desktop.ui.kit.labels import Label
from desktop.ui.kit.panels import clear_layout


class BulkBar(QWidget):
    """The dark bar, 40 high, that is there only while something is ticked; it holds only legal actions.

    Signals:
        dismissed(): 取消选择 or Esc.
    """

    dismissed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bold, self._plain = Label("", tone="navtext", bold=True), Label("", tone="navtext")
        self._actions = QHBoxLayout()
        self._actions.setSpacing(4)
        stop = Button("取消选择", "nav", "close", "Esc")
        stop.clicked.connect(self.dismissed)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 16, 6)
        row.setSpacing(8)
        row.addWidget(self._bold)
        row.addWidget(self._plain)
        row.addLayout(self._actions)
        row.addStretch(1)
        row.addWidget(Label("空格选择 · Ctrl+A 全选", "caption", "navtext"), 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(stop)
        self.hide()

    def show_selection(self, words: str, note: str = "", actions: Sequence[Button] = ()) -> None:
        """Say what is ticked and offer these actions (kind nav); no words hide the bar."""
        self._bold.setText(words)
        self._plain.setText(note)
        clear_layout(self._actions)
        for action in actions:
            self._actions.addWidget(action)
        self.setVisible(bool(words))

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), qcolor("nav"))
