"""How every section of the settings is laid out: lines with words at the left, a control at the right."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.ui.kit.labels import Label
from desktop.ui.kit.panels import Line, SectionTitle
from desktop.ui.kit.typography import px

WIDEST, WORDS = 860, 132


class Section(QScrollArea):
    """One section; `column` takes its parts. `refresh` is called each time it comes to the front."""

    def __init__(self, title: str, note: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(title)
        inside = QWidget()
        down, across = QVBoxLayout(inside), QHBoxLayout()
        down.setContentsMargins(20, 16, 20, 20)
        down.addLayout(across)
        down.addStretch(1)
        held = QWidget()
        held.setMaximumWidth(px(WIDEST))
        self.column = QVBoxLayout(held)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(10)
        across.addWidget(held, 1)
        across.addStretch(0)
        self.column.addWidget(SectionTitle(title))
        if note:
            self.column.addWidget(Label(note, tone="text2", wrap=True))
        self.setWidget(inside)

    def refresh(self) -> None:
        """Show what is true now."""

    def add(self, part: QWidget) -> None:
        """Add a part under the others."""
        self.column.addWidget(part)

    def add_line(self, words: str, control: QWidget, note: str = "") -> Label:
        """Add a line: words, control, and grey words under it; returns the grey words, which may change."""
        line = QWidget()
        grid = QGridLayout(line)
        grid.setContentsMargins(0, 2, 0, 2)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        name = Label(words, wrap=True)
        name.setFixedWidth(px(WORDS))
        name.setBuddy(control)
        told = Label(note, "caption", "text2", wrap=True)
        grid.addWidget(name, 0, 0, Qt.AlignmentFlag.AlignVCenter)
        grid.addWidget(control, 0, 1, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        grid.addWidget(told, 1, 1)
        grid.setColumnStretch(1, 1)
        told.setVisible(bool(note))
        self.column.addWidget(line)
        return told

    def add_pair(self, words: str, value: str = "") -> Label:
        """Add words and a value that can be copied; returns the value's label."""
        label = Label(value, wrap=True, selectable=True)
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 1, 0, 1)
        row.setSpacing(12)
        name = Label(words, tone="text2", wrap=True)
        name.setFixedWidth(px(WORDS))
        row.addWidget(name, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(label, 1)
        self.column.addWidget(line)
        return label

    def add_row(self, *parts: QWidget) -> None:
        """Add parts side by side, from the left."""
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 2, 0, 2)
        row.setSpacing(8)
        for part in parts:
            row.addWidget(part)
        row.addStretch(1)
        self.column.addWidget(line)

    def add_gap(self) -> None:
        """Part what follows from what stands above."""
        self.column.addSpacing(6)
        self.column.addWidget(Line())
        self.column.addSpacing(2)


def show_words(label: Label, words: str, tone: str = "text") -> None:
    """Show words under a line, or hide them when there are none."""
    label.setText(words)
    label.set_tone(tone)
    label.setVisible(bool(words))
