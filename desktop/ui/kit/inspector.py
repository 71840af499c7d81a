"""The panel at the right, 280 wide, F4: help, checks, history of what is selected."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.ui.kit import tokens
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.icons import qcolor
from desktop.ui.kit.labels import Label
from desktop.ui.kit.paint import hairline
from desktop.ui.kit.panels import Icon, Line, clear_layout
from desktop.ui.kit.typography import px

_SIGNS = {"ok": ("check", "ok"), "error": ("error", "err"), "warning": ("warning", "warn"), "info": ("info", "ready")}


class Inspector(QWidget):
    """A titled column of sections.

    Signals:
        closed(): The cross or F4.
    """

    closed = Signal()

    def __init__(self, title: str = "检视", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(px(tokens.INSPECTOR_WIDTH))
        self._subject = Label("", tone="text2")
        cross = Button(kind="flat", icon="close", tip="关闭检视面板（F4）")
        cross.clicked.connect(self.closed)
        head = QHBoxLayout()
        head.setContentsMargins(16, 0, 4, 0)
        head.addWidget(Label(title, "section"))
        head.addWidget(self._subject, 1)
        head.addWidget(Label("F4", "caption", "text2"))
        head.addWidget(cross)
        self._bar = QWidget()
        self._bar.setLayout(head)
        self._bar.setFixedHeight(px(tokens.HEADER) - 1)
        self._inside = QWidget()
        self._body = QVBoxLayout(self._inside)
        self._body.setContentsMargins(16, 12, 16, 12)
        self._body.setSpacing(6)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(self._inside)
        self._scroll.viewport().setAutoFillBackground(False)
        self._inside.setAutoFillBackground(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._bar)
        column.addWidget(Line())
        column.addWidget(self._scroll, 1)

    def set_subject(self, words: str) -> None:
        """Name what is inspected, behind the title."""
        self._subject.setText(words)

    def set_sections(self, sections: Sequence[QWidget]) -> None:
        """Replace the content; sections are divided by hairlines."""
        clear_layout(self._body)
        for at, section in enumerate(sections):
            if at:
                self._body.addSpacing(6)
                self._body.addWidget(Line())
                self._body.addSpacing(6)
            self._body.addWidget(section)
        self._body.addStretch(1)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ApplicationFontChange:
            self._bar.setFixedHeight(px(tokens.HEADER) - 1)
            self.setFixedWidth(px(tokens.INSPECTOR_WIDTH))
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), qcolor("base"))
        hairline(painter, self.rect(), "left")


class Section(QWidget):
    """A block of the inspector: a bold title, a note at its right, then lines that the page adds."""

    def __init__(self, title: str, note: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(4)
        head = QHBoxLayout()
        head.addWidget(Label(title, bold=True), 1)
        if note:
            head.addWidget(Label(note, "caption", "text2"))
        self.body.addLayout(head)

    def add_text(self, text: str, tone: str = "text2") -> "Section":
        """Add a paragraph."""
        self.body.addWidget(Label(text, tone=tone, wrap=True, selectable=True))
        return self

    def add_pair(self, name: str, value: str, tone: str = "text") -> "Section":
        """Add a grey name with its value at the right edge."""
        row = QHBoxLayout()
        row.addWidget(Label(name, tone="text2"))
        words = Label(value, tone=tone, wrap=True, selectable=True)
        words.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(words, 1)
        self.body.addLayout(row)
        return self

    def add_check(self, level: str, text: str, note: str = "") -> "Section":
        """Add a checked rule: ok, error, warning or info; `note` is its number."""
        row = QHBoxLayout()
        row.setSpacing(8)
        name, color = _SIGNS[level]
        row.addWidget(Icon(name, color, 14), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(Label(text, tone="text" if level == "ok" else color, wrap=True), 1)
        if note:
            row.addWidget(Label(note, "caption", "text2"), 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(row)
        return self
