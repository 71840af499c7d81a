"""What stands where rows will be while they are read: grey bars, later words and a way to stop."""

from PySide6.QtCore import QRect, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.ui.kit import tokens
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.icons import qcolor
from desktop.ui.kit.labels import Label
from desktop.ui.kit.paint import draw_box, hairline
from desktop.ui.kit.typography import px

BARS_AFTER_MS, WORDS_AFTER_MS = 300, 2000
_BARS = (0.09, 0.1, 0.22, 0.12, 0.18, 0.16)  # parts of the width, as columns of a list have them


class SkeletonRows(QWidget):
    """Rows of grey bars after 0.3 s, words with 取消 after 2 s; an empty sheet before, so that nothing flickers.

    Signals:
        stopped(): 取消.
    """

    stopped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bars = False
        self._words, self._stop = Label("", tone="text2"), Button("取消", "second")
        self._stop.clicked.connect(self.stopped)
        self._card = QWidget()
        self._card.setAutoFillBackground(True)
        row = QHBoxLayout(self._card)
        row.setContentsMargins(16, 10, 16, 10)
        row.setSpacing(12)
        row.addWidget(self._words)
        row.addWidget(self._stop)
        column = QVBoxLayout(self)
        column.addWidget(self._card, 0, Qt.AlignmentFlag.AlignCenter)
        self._first, self._second = QTimer(self), QTimer(self)
        for timer, pause, call in ((self._first, BARS_AFTER_MS, self.show_bars),
                                   (self._second, WORDS_AFTER_MS, self.show_words)):
            timer.setSingleShot(True)
            timer.setInterval(pause)
            timer.timeout.connect(call)
        self._card.hide()

    def begin(self, words: str) -> None:
        """Wait from now on; ``words`` are said when it takes long."""
        self._bars = False
        self._words.setText(words)
        self.setAccessibleName(words)
        self._card.hide()
        self._first.start()
        self._second.start()
        self.update()

    def show_bars(self) -> None:
        """Show the bars now."""
        self._bars = True
        self.update()

    def show_words(self) -> None:
        """Say now what is being waited for, and offer 取消."""
        self.show_bars()
        self._card.show()

    def bars_shown(self) -> bool:
        """Tell whether the bars are shown."""
        return self._bars

    def words_shown(self) -> bool:
        """Tell whether the words and 取消 are shown."""
        return not self._card.isHidden()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._first.stop()
        self._second.stop()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, height = QPainter(self), px(tokens.ROW)
        painter.fillRect(self.rect(), qcolor("base"))
        if not self._bars:
            return
        for top in range(0, self.height(), height):
            left = 16
            for place, part in enumerate(_BARS):
                wide = int(self.width() * part)
                shorter = (top // height + place) % 3 * wide // 8
                draw_box(painter, QRect(left, top + height // 2 - 4, wide - 24 - shorter, 8), "head", radius=4)
                left += wide + 16
            hairline(painter, QRect(0, top, self.width(), height), "bottom")
