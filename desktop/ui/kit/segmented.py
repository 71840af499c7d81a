"""A few choices side by side, one of them taken: sizes, heights, directions; left and right move."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.ui.kit import tokens
from desktop.ui.kit.drawn import Drawn
from desktop.ui.kit.icons import paint_icon, qcolor
from desktop.ui.kit.paint import CENTER, draw_box, draw_text, text_width
from desktop.ui.kit.typography import font, px

PADDING, TICK = 14, 14


class Segmented(Drawn):
    """Choices in a row, drawn as one control.

    Signals:
        chosen(str): Key of the choice that the user took.

    Args:
        choices: (key, word) from left to right.
        name: Accessible name.
        swatches: Key to colour, #RRGGBB, shown before the word.
        columns: Choices in one row, for many of them; 0 puts all into one.
    """

    chosen = Signal(str)

    def __init__(
        self,
        choices: Sequence[tuple[str, str]],
        name: str,
        *,
        swatches: dict[str, str] | None = None,
        columns: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._choices, self._at, self._swatches = tuple(choices), 0, swatches or {}
        self._name, self._columns = name, columns or len(self._choices)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._announce()

    def key(self) -> str:
        """Return the key of the choice that is taken."""
        return self._choices[self._at][0]

    def set_key(self, key: str) -> None:
        """Show a choice without emitting anything; an unknown key changes nothing."""
        for at, (one, _) in enumerate(self._choices):
            if one == key:
                self._at = at
        self._announce()
        self.update()

    def sizeHint(self) -> QSize:
        rows = -(-len(self._choices) // self._columns)
        width = max(sum(self._row(at)) for at in range(rows))
        return QSize(width + 1, rows * px(tokens.CONTROL))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def boxes(self) -> list[QRect]:
        """Return where each choice is drawn."""
        found = []
        rows = -(-len(self._choices) // self._columns)
        high = self.height() // rows
        for row in range(rows):
            left = 0
            for width in self._row(row):
                found.append(QRect(left, row * high, width + 1, high))
                left += width
        return found

    def _row(self, row: int) -> list[int]:
        """Return the widths of a row's choices; in several rows those below each other are equally wide."""
        widths = self._widths()
        if self._columns < len(widths):
            columns = [max(widths[at :: self._columns]) for at in range(self._columns)]
            widths = [columns[at % self._columns] for at in range(len(widths))]
        return widths[row * self._columns : (row + 1) * self._columns]

    def _widths(self) -> list[int]:
        sign = TICK + 4
        face = font("body", bold=True)
        return [text_width(face, word) + 2 * PADDING + sign for _, word in self._choices]

    def _announce(self) -> None:
        self.setAccessibleName(f"{self._name}：{self._choices[self._at][1]}" if self._choices else self._name)

    def _take(self, at: int) -> None:
        at = min(max(at, 0), len(self._choices) - 1)
        if at != self._at:
            self._at = at
            self._announce()
            self.update()
            self.chosen.emit(self.key())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        for at, box in enumerate(self.boxes()):
            if box.contains(event.position().toPoint()):
                self._take(at)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        if self._columns < len(self._choices):
            steps |= {Qt.Key.Key_Up: -self._columns, Qt.Key.Key_Down: self._columns}
        if event.key() in steps:
            self._take(self._at + steps[Qt.Key(event.key())])
        elif event.key() == Qt.Key.Key_Home:
            self._take(0)
        elif event.key() == Qt.Key.Key_End:
            self._take(len(self._choices) - 1)
        elif event.key() == Qt.Key.Key_Space:
            self._take((self._at + 1) % len(self._choices))
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.update()
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        on = self.isEnabled()
        draw_box(painter, self.rect(), "base" if on else "ro", "ctl")
        for at, (box, (key, word)) in enumerate(zip(self.boxes(), self._choices, strict=True)):
            taken = at == self._at
            if taken:
                draw_box(painter, box, "sel" if on else "ro", "accent" if on else "ctl", 2 if on else 1)
            elif at % self._columns and at - 1 != self._at:
                painter.fillRect(box.left(), 6, 1, box.height() - 12, qcolor("line"))
            left, middle = box.left() + PADDING - 2, box.center().y()
            if key in self._swatches:
                draw_box(painter, QRect(left, middle - 6, 13, 13), self._swatches[key], radius=2)
                if taken:
                    paint_icon(painter, "check", left, middle - 6, "#FFFFFF", 13)
            elif taken:
                paint_icon(painter, "check", left, middle - TICK // 2, "text" if on else "dis", TICK)
            shift = TICK + 2 if taken or key in self._swatches else 0
            words = box.adjusted(shift, 0, 0, 0)
            draw_text(painter, words, word, font("body", bold=taken), "text" if on else "dis", CENTER)
        if self.hasFocus():
            draw_box(painter, self.rect(), "", "accent", 2)
