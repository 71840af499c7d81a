"""The line at the bottom, 26 high: what is selected at the left, how things are at the right."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.ui.kit import tokens
from desktop.ui.kit.drawn import Drawn
from desktop.ui.kit.icons import qcolor
from desktop.ui.kit.paint import draw_text, text_width
from desktop.ui.kit.typography import font, px
from desktop.ui.shell.state import Segment

EDGE, GAP, SPACE, DOT = 12, 10, 6, 7


class StatusBar(Drawn):
    """Segments with short lines between them.

    Signals:
        clicked(str): The key of a segment that has one.
    """

    clicked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._left: tuple[Segment, ...] = ()
        self._right: tuple[Segment, ...] = ()
        self._places: list[tuple[QRect, str]] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_segments(self, left: Sequence[Segment], right: Sequence[Segment]) -> None:
        """Replace all segments."""
        self._left, self._right = tuple(left), tuple(right)
        words = [f"{segment.label} {segment.value}".strip() for segment in (*self._left, *self._right)]
        self.setAccessibleName("，".join(words))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(400, px(tokens.STATUS_BAR))

    def minimumSizeHint(self) -> QSize:
        return QSize(100, px(tokens.STATUS_BAR))

    @staticmethod
    def _width(segment: Segment) -> int:
        width = DOT + 5 if segment.dot else 0
        width += text_width(font("caption"), segment.label)
        if segment.value:
            width += (SPACE if segment.label else 0) + text_width(font("caption", bold=True), segment.value)
        return width

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), qcolor("head"))
        self._places = []
        right = self.width() - EDGE
        for at, segment in enumerate(reversed(self._right)):
            right -= self._width(segment)
            self._paint(painter, segment, right)
            if at + 1 < len(self._right):
                self._separator(painter, right - GAP)
            right -= 2 * GAP + 1
        left = EDGE
        for at, segment in enumerate(self._left):
            width = self._width(segment)
            if left + width > right:
                break
            if at:
                self._separator(painter, left - GAP - 1)
            self._paint(painter, segment, left)
            left += width + 2 * GAP + 1

    def _separator(self, painter: QPainter, left: int) -> None:
        painter.fillRect(left, (self.height() - 11) // 2 + 1, 1, 11, qcolor("ctl"))

    def _paint(self, painter: QPainter, segment: Segment, left: int) -> None:
        width = self._width(segment)
        self._places.append((QRect(left, 0, width, self.height()), segment.key))
        if segment.dot:
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(qcolor(segment.dot))
            painter.drawEllipse(left, self.height() // 2 - 3, DOT, DOT)
            painter.restore()
            left += DOT + 5
        label = text_width(font("caption"), segment.label)
        draw_text(painter, QRect(left, 0, label + 2, self.height()), segment.label, font("caption"), "text2")
        left += label + (SPACE if segment.label else 0)
        draw_text(painter, QRect(left, 0, width + 2, self.height()), segment.value, font("caption", bold=True), "text")

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        for place, key in self._places:
            if key and place.adjusted(-4, 0, 4, 0).contains(event.position().toPoint()):
                self.clicked.emit(key)
                return
        super().mouseReleaseEvent(event)
