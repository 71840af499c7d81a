"""What belongs above and under a list: chips of its filters, the bar for what is ticked."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from desktop.ui.kit.buttons import Button
from desktop.ui.kit.icons import paint_icon, qcolor
from desktop.ui.kit.labels import Label
from desktop.ui.kit.paint import draw_box, draw_text, text_width
from desktop.ui.kit.panels import clear_layout
from desktop.ui.kit.typography import font, px


class FilterChip(QPushButton):
    """An active filter, "金额 ≥ 1,000.00 ×"; a click takes it away."""

    PAD, CROSS, GAP = 8, 12, 6

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setAccessibleName(f"去掉筛选：{text}")
        self.setToolTip("去掉这个筛选")

    def sizeHint(self) -> QSize:
        return QSize(2 * self.PAD + text_width(font(), self.text()) + self.GAP + self.CROSS, px(28))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ApplicationFontChange:
            self.updateGeometry()
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        draw_box(painter, self.rect(), "sel" if self.underMouse() else "readybg", "accent" if self.hasFocus() else "",
                 2)
        draw_text(painter, self.rect().adjusted(self.PAD, 0, 0, 0), self.text(), font(), "accent")
        paint_icon(painter, "close", self.width() - self.PAD - self.CROSS, (self.height() - self.CROSS) // 2, "accent",
                   self.CROSS)


class BulkBar(QWidget):
    """The dark bar, 40 high, that is there only while something is ticked; it holds only legal actions.

    Signals:
        dismissed(): 取消选择 or Esc.
    """

    dismissed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bold, self._plain = Label("", tone="white", bold=True), Label("", tone="white")
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
        row.addWidget(Label("空格选择 · Ctrl+A 全选", "caption", "white"), 0, Qt.AlignmentFlag.AlignVCenter)
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
