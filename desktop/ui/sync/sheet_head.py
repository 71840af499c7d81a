"""The head of the check sheet and of the run: unit first, then what and how much, so that nobody mistakes the unit."""

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.ui.kit.drawn import Drawn
from desktop.ui.kit.icons import qcolor
from desktop.ui.kit.paint import LEFT, RIGHT, draw_text, hairline, text_width
from desktop.ui.kit.typography import font, px
from desktop.ui.shell.state import ShellState

HEIGHT, EDGE, STRIPE = 64, 16, 6


class SheetHead(Drawn):
    """Two lines at the left behind the unit's stripe, two at the right, 64 high."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = ("", "", "", "")
        self._color = ShellState().unit_color
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_words(self, title: str, note: str, right: str, right_note: str) -> None:
        """Show title and note at the left, a number and its note at the right."""
        self._words = (title, note, right, right_note)
        self.setAccessibleName("，".join(word for word in self._words if word))
        self.setToolTip(note)
        self.update()

    def words(self) -> tuple[str, str, str, str]:
        """Return what is shown."""
        return self._words

    def sizeHint(self) -> QSize:
        return QSize(400, px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return QSize(300, px(HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        hairline(painter, self.rect(), "bottom")
        painter.fillRect(EDGE, px(14), STRIPE, self.height() - 2 * px(14), qcolor(self._color))
        left, right = EDGE + STRIPE + 12, self.width() - EDGE
        title, note, number, number_note = self._words
        upper, lower, line = px(11), px(35), px(22)
        wide = max(text_width(font("title"), number), text_width(font(), number_note))
        room = right - left - wide - 24
        draw_text(painter, QRect(left, upper, room, line + 4), title, font("title"), "text", LEFT)
        draw_text(painter, QRect(left, lower, room, line), note, font(), "text2", LEFT)
        place = QRect(right - wide - 2, upper, wide + 2, line + 4)
        draw_text(painter, place, number, font("title"), "text", RIGHT)
        draw_text(painter, QRect(place.left(), lower, place.width(), line), number_note, font(), "text2", RIGHT)
