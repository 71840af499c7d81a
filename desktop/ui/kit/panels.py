"""Surfaces of a page: panel, band, section title, empty state, header, separator lines."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.ui.kit import tokens
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.drawn import Bar
from desktop.ui.kit.icons import paint_icon, qcolor
from desktop.ui.kit.labels import Label
from desktop.ui.kit.paint import draw_box, hairline
from desktop.ui.kit.pills import Pill
from desktop.ui.kit.typography import px

_BANDS = {          # kind: icon, text, fill
    "ok": ("check-circle", "ok", "okbg"), "info": ("info", "ready", "readybg"),
    "warning": ("warning", "warn", "warnbg"), "error": ("error", "err", "errbg"),
    "neutral": ("info", "text2", "draftbg"), "wait": ("clock", "wait", "waitbg"),
}


class Panel(QWidget):
    """A white box with a hairline border; `body` is its layout.

    Args:
        padding: Space inside, 16 unless the content draws to the edge (then 0).
    """

    def __init__(self, padding: int = 16, parent: QWidget | None = None, *, fill: str = "base") -> None:
        super().__init__(parent)
        self._fill = fill
        self.body = QVBoxLayout(self)
        edge = max(1, padding)
        self.body.setContentsMargins(edge, edge, edge, edge)
        self.body.setSpacing(8)

    def paintEvent(self, event: QPaintEvent) -> None:
        draw_box(QPainter(self), self.rect(), self._fill, "line")


class Line(QWidget):
    """A hairline, across or down."""

    def __init__(self, *, down: bool = False, token: str = "line", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._token = token
        if down:
            self.setFixedWidth(1)
        else:
            self.setFixedHeight(1)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), qcolor(self._token))


class Icon(QWidget):
    """An icon as a widget."""

    def __init__(self, name: str, color: str = "text2", size: int = 16, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._color, self._size = name, color, size
        self.setFixedSize(QSize(size, size))

    def set_icon(self, name: str, color: str) -> None:
        """Show another icon."""
        self._name, self._color = name, color
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_icon(QPainter(self), self._name, 0, 0, self._color, self._size)


class Band(QWidget):
    """One sentence on a tint with buttons at its right: ok, info, warning, error, neutral or wait.

    Args:
        kind: Which tint and icon.
        text: The sentence.
        buttons: Put at the right in this order; link and tonal kinds look right here.
        title: Bold words before the sentence.
        closable: Shows a cross that hides the band and emits `closed`.
    """

    closed = Signal()

    def __init__(self, kind: str = "info", text: str = "", *buttons: Button, title: str = "", closable: bool = False,
                 parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fill = "base"
        self._icon, self._title, self._text = Icon("info", size=18), Label(bold=True), Label(wrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 4, 8, 4)
        row.setSpacing(8)
        row.addWidget(self._icon)
        row.addWidget(self._title)
        row.addWidget(self._text, 1)
        for button in buttons:
            row.addWidget(button)
        if closable:
            cross = Button(kind="flat", icon="close", tip="关闭")
            cross.clicked.connect(self._close)
            row.addWidget(cross)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.set_content(kind, text, title)

    def set_content(self, kind: str, text: str, title: str = "") -> None:
        """Change tint, sentence and bold words; the buttons stay."""
        icon, color, self._fill = _BANDS[kind]
        self._icon.set_icon(icon, color)
        self._title.set_tone(color)
        self._title.setText(title)
        self._title.setVisible(bool(title))
        self._text.setText(text)
        self.setAccessibleName(f"{title} {text}".strip())
        self.update()

    def text(self) -> str:
        """Return the sentence."""
        return self._text.text()

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(hint.width(), max(px(36), hint.height()))

    def _close(self) -> None:
        self.hide()
        self.closed.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        draw_box(QPainter(self), self.rect(), self._fill)


class SectionTitle(QWidget):
    """A bold section title with a grey note behind it and tools at the right."""

    def __init__(self, text: str, note: str = "", *tools: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text, self._note = Label(text, "section"), Label(note, "body", "text2")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._text)
        row.addWidget(self._note)
        row.addStretch(1)
        for tool in tools:
            row.addWidget(tool)
        self._note.setVisible(bool(note))       # inside its parent by now: alone it would be a window for a moment

    def set_text(self, text: str, note: str = "") -> None:
        """Change title and note."""
        self._text.setText(text)
        self._note.setText(note)
        self._note.setVisible(bool(note))


class EmptyState(QWidget):
    """What an empty place says: one sentence and at most one button."""

    def __init__(self, sentence: str, button: Button | None = None, icon: str = "inbox",
                 parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sentence = Label(sentence, tone="text2", wrap=True)
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = QVBoxLayout(self)
        column.setSpacing(12)
        column.addStretch(2)
        column.addWidget(Icon(icon, "ctl", 40), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self._sentence)
        if button is not None:
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)

    def sentence(self) -> str:
        """Return the sentence."""
        return self._sentence.text()

    def set_sentence(self, sentence: str) -> None:
        """Change the sentence."""
        self._sentence.setText(sentence)


class SavedMark(QWidget):
    """The quiet sign behind a title: "10:32 已自动保存" with a tick, or why it is not saved."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon, self._label = Icon("check", "ok", 14), Label("", "caption", "text2")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self._icon)
        row.addWidget(self._label)
        self.hide()

    def show_saved(self, text: str) -> None:
        """Say that everything is saved; an empty text hides the mark."""
        self._set(text, "check", "ok", "text2")

    def show_problem(self, text: str) -> None:
        """Say that something is not saved."""
        self._set(text, "warning", "warn", "warn")

    def text(self) -> str:
        """Return the words shown."""
        return self._label.text()

    def set_brief(self, brief: bool) -> None:
        """Show the tick alone, its words in the tooltip, where there is no room for them."""
        self._label.setVisible(not brief)

    def _set(self, text: str, icon: str, color: str, tone: str) -> None:
        self._icon.set_icon(icon, color)
        self._label.set_tone(tone)
        self._label.setText(text)
        self.setToolTip(text)
        self.setVisible(bool(text))


class Header(Bar):
    """The line above a page, 40 high: title, note, state pill, saved mark, tools; the last tool is the primary.

    `pill` is a Pill (hidden until `set_state`), `saved` a SavedMark.
    """

    def __init__(self, title: str, note: str = "", tools: Sequence[QWidget] = (), *, state: str = "",
                 parent: QWidget | None = None) -> None:
        super().__init__(tokens.HEADER, parent)
        self._title, self._note = Label(title, "title"), Label(note, "body", "text2")
        self.pill, self.saved = Pill(), SavedMark()
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 12, 0)
        row.setSpacing(8)
        for part in (self._title, self._note, self.pill, self.saved):
            row.addWidget(part)
        row.addStretch(1)
        self._tools = QHBoxLayout()
        self._tools.setSpacing(4)
        row.addLayout(self._tools)
        self.set_tools(tools)
        self.set_title(title, note)
        self.set_state(state)

    def set_title(self, title: str, note: str = "") -> None:
        """Change title and the grey words behind it."""
        self._title.setText(title)
        self._note.setText(note)
        self._note.setVisible(bool(note))

    def set_state(self, state: str, word: str = "") -> None:
        """Show a state pill; an empty state hides it."""
        if state:
            self.pill.set_state(state, word)
        self.pill.setVisible(bool(state))

    def wanted(self) -> int:
        """Return the width from which on nothing in it is cut."""
        inside = self.layout()
        if inside is None:
            return 0
        self._tools.invalidate()
        inside.invalidate()
        return inside.minimumSize().width()

    def set_tools(self, tools: Sequence[QWidget]) -> None:
        """Replace the tools at the right."""
        clear_layout(self._tools)
        for tool in tools:
            self._tools.addWidget(tool)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), qcolor("base"))
        hairline(painter, self.rect(), "bottom")


def clear_layout(layout: QLayout) -> None:
    """Take every item out of a layout and delete its widgets later."""
    while layout.count():
        item = layout.takeAt(0)
        widget = item.widget() if item is not None else None
        if widget is not None:
            widget.hide()
            widget.deleteLater()
