"""A text of the goal with its label and a live count of characters."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.texts import tr
from desktop.ui.kit.inputs import TextArea
from desktop.ui.kit.labels import Label

_LEAST = 2
_REASONS = (QEvent.Type.FocusIn, QEvent.Type.FocusOut, QEvent.Type.Resize, QEvent.Type.ApplicationFontChange)


class GoalText(QWidget):
    """A few lines of text; `extra` takes what stands beside the label.

    Args:
        label: Above the text.
        limits: Least and most characters.
        lines: How many are seen while it is written; else as many as the text needs, at least two.
        hint: Grey words while empty.

    Signals:
        committed(str): The field was left after a change.
    """

    committed = Signal(str)

    def __init__(self, label: str, limits: tuple[int, int], lines: int, hint: str) -> None:
        super().__init__()
        self._limits, self._lines, self._low, self._room = limits, lines, False, lines
        self.area = TextArea("", hint, lines=lines)
        self.area.setAccessibleName(label)
        name = Label(label, bold=True)
        name.setBuddy(self.area)
        self._count = Label("", "caption", "text2")
        self.extra = QHBoxLayout()
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(name)
        head.addLayout(self.extra)
        head.addStretch(1)
        head.addWidget(self._count)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self.area)
        self.area.textChanged.connect(self._tell)
        self.area.committed.connect(self.committed)
        self.area.installEventFilter(self)
        self._tell()
        self._fit()

    def show_text(self, text: str, *, locked: bool) -> None:
        """Show a text; one that is being typed stays."""
        if not self.area.hasFocus() or locked:
            self.area.set_text(text)
        self.area.set_read_only(locked)
        self._fit()

    def set_low(self, low: bool, most: int) -> None:
        """Show one line of it while it is not being written, where the window is low.

        Args:
            low: The window is low.
            most: Lines that have room while it is written.
        """
        if (low, most) != (self._low, self._room):
            self._low, self._room = low, most
            self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Grow while it is being written; follow the size of the type."""
        if event.type() in _REASONS:
            self._fit(opened=event.type() == QEvent.Type.FocusIn)
        return super().eventFilter(watched, event)

    def _fit(self, *, opened: bool = False) -> None:
        whole = self.area.sizeHint().height()
        line = self.area.fontMetrics().lineSpacing()
        written = (opened or self.area.hasFocus()) and not self.area.isReadOnly()
        needed = round(self.area.document().size().height())  # in lines, as a plain text document counts
        most = min(self._lines, self._room)
        lines = most if written else 1 if self._low else min(max(needed, _LEAST), most)
        bar = Qt.ScrollBarPolicy.ScrollBarAsNeeded if needed > lines else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.area.setVerticalScrollBarPolicy(bar)
        self.area.setFixedHeight(whole - (self._lines - lines) * line)

    def _tell(self) -> None:
        length, (least, most) = len("".join(self.area.toPlainText().split())), self._limits
        self._count.setText(tr("{length} / {most} 字", length=length, most=most))
        self._count.set_tone("text2" if least <= length <= most else "err" if length else "text2")
