"""A small dark note that points at a place and goes by itself: why a cell cannot be typed into."""

from PySide6.QtCore import QPoint, QRect, QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QPolygon
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.ui.kit.icons import qcolor
from desktop.ui.kit.labels import Label
from desktop.ui.kit.paint import draw_box
from desktop.ui.kit.typography import px

SHOWN_MS, TIP = 6000, 6


class Bubble(QWidget):
    """A note inside a widget, under or above a rectangle of it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._host = parent
        self._label = Label("", "caption", "navtext", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 6 + TIP, 10, 6 + TIP)
        column.addWidget(self._label)
        self._above, self._point = False, 16
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        self.hide()

    def say(self, box: QRect, text: str) -> None:
        """Show a text at a rectangle of the parent for six seconds."""
        self._label.setText(text)
        room = self._host.rect()
        width = min(px(300), max(px(120), self._label.fontMetrics().horizontalAdvance(text) + 24))
        height = self._label.heightForWidth(width - 20) + 12 + 2 * TIP
        left = max(4, min(box.left(), room.width() - width - 4))
        self._above = box.bottom() + height > room.height()
        top = box.top() - height if self._above else box.bottom()
        self._point = max(12, min(box.left() + 16 - left, width - 12))
        self.setGeometry(left, top, width, height)
        self.setAccessibleName(text)
        self.show()
        self.raise_()
        self._timer.start(SHOWN_MS)

    def text(self) -> str:
        """Return what the bubble says."""
        return self._label.text()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        draw_box(painter, self.rect().adjusted(0, TIP, 0, -TIP), "nav")
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(qcolor("nav"))
        painter.setBrush(qcolor("nav"))
        base = self.height() - TIP if self._above else TIP
        tip = self.height() - 1 if self._above else 1
        painter.drawPolygon(QPolygon([QPoint(self._point - 6, base), QPoint(self._point + 6, base),
                                      QPoint(self._point, tip)]))
