"""The panel at the right, 280 wide, F4: help, checks, history of what is selected."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
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


class InspectorPlace(QObject):
    """Where the inspector of a page stands: beside the content where there is room, else over its right edge.

    The same on every page: it opens by itself where there is room, F4 or its cross turns it, and what the user
    last wanted stays.

    Args:
        inspector: The panel; its cross is connected here.
        host: The page or editor that it belongs to.
        row: The layout in which it stands beside the content.
        wide: Tells whether there is room beside; a window of 1500 pixels without it.

    Signals:
        turned(): It was shown or put away.
    """

    turned = Signal()

    def __init__(self, inspector: Inspector, host: QWidget, row: QHBoxLayout,
                 wide: Callable[[], bool] | None = None) -> None:
        super().__init__(host)
        self._inspector, self._host, self._row = inspector, host, row
        self._wide = wide or (lambda: host.window().width() >= tokens.INSPECTOR_OPENS_AT)
        self._wanted: bool | None = None
        self._allowed = True
        inspector.setParent(host)
        inspector.hide()
        inspector.closed.connect(self.toggle)
        host.installEventFilter(self)

    def toggle(self) -> None:
        """Show the inspector or put it away."""
        self._wanted = self._inspector.isHidden()
        self.fit()

    def allow(self, on: bool) -> None:
        """Tell whether what is in front has anything to inspect."""
        self._allowed = on
        self.fit()

    def fit(self) -> None:
        """Show it where it belongs now."""
        wide, at = self._wide(), self._row.indexOf(self._inspector)
        if wide and at < 0:
            self._row.addWidget(self._inspector)
        elif not wide and at >= 0:
            self._row.removeWidget(self._inspector)
        hidden = self._inspector.isHidden()
        self._inspector.setVisible(self._allowed and (wide if self._wanted is None else self._wanted))
        if not wide:
            top, width = px(tokens.HEADER), self._inspector.width()
            self._inspector.setGeometry(self._host.width() - width, top, width, self._host.height() - top)
            self._inspector.raise_()
        if self._inspector.isHidden() != hidden:
            self.turned.emit()

    def beside(self) -> int:
        """Return how many pixels of the page's width it takes from the content."""
        stands = not self._inspector.isHidden() and self._row.indexOf(self._inspector) >= 0
        return self._inspector.width() if stands else 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self._host:
            self.fit()
        return super().eventFilter(watched, event)


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
