"""The curtain over the whole window while nobody is here: it shows the unit and the person, and asks for the PIN."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.texts import tr
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.choices import Choice
from desktop.ui.kit.icons import qcolor
from desktop.ui.kit.inputs import Field, LineInput, SelectInput
from desktop.ui.kit.labels import Label
from desktop.ui.kit.panels import Icon, Panel
from desktop.ui.kit.typography import px
from desktop.ui.shell.state import Officer

WIDE, STRIPE = 360, 6


class Curtain(QWidget):
    """Covers its window; nothing behind it can be seen or reached by keys.

    Signals:
        pin_entered(str, str): Id of the chosen person, as the shell's `Officer` has it, and what was typed.
    """

    pin_entered = Signal(str, str)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window, self._color = window, ""
        self._name, self._code = Label("", "large"), Label("", tone="text2")
        self._why = Label("", tone="text2", wrap=True)
        self.person = SelectInput()
        self.pin = LineInput("", tr("签名口令"))
        self.pin.setEchoMode(QLineEdit.EchoMode.Password)
        self.pin.setInputMethodHints(Qt.InputMethodHint.ImhHiddenText | Qt.InputMethodHint.ImhNoPredictiveText)
        self._pin = Field(tr("签名口令"), self.pin)
        self.unlock = Button(tr("继续工作"), "primary", "key", tall=True)
        self.unlock.clicked.connect(self._enter)
        self.person.chosen.connect(lambda choice: self._show_pin())
        self._free: frozenset[str] = frozenset()
        self._lay_out()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("已锁定"))
        window.installEventFilter(self)
        self.hide()

    def _lay_out(self) -> None:
        panel = Panel(28)
        panel.setFixedWidth(px(WIDE))
        panel.body.setSpacing(10)
        lock = QHBoxLayout()
        lock.addWidget(Icon("lock", "accent", 28))
        lock.addWidget(Label(tr("已锁定"), "title"))
        lock.addStretch(1)
        panel.body.addLayout(lock)
        for part in (self._name, self._code, self._why, Field(tr("谁在用"), self.person), self._pin, self.unlock):
            panel.body.addWidget(part)
        self._panel = panel
        middle = QHBoxLayout()  # not an alignment: that would cut lines that wrap
        middle.addStretch(1)
        middle.addWidget(panel)
        middle.addStretch(1)
        column = QVBoxLayout(self)
        column.addStretch(1)
        column.addLayout(middle)
        column.addStretch(1)

    def draw(self, unit: tuple[str, str, str], officers: Sequence[Officer], here: str, free: frozenset[str],
             why: str) -> None:
        """Draw the curtain.

        Args:
            unit: Code, name and colour.
            officers: Who may come back, the one who sat here among them.
            here: Id of who sat here.
            free: Ids of who needs no PIN.
            why: One sentence.
        """
        code, name, self._color = unit
        self._name.setText(name)
        self._code.setText(code)
        self._why.setText(why)
        self._free = free
        self.person.set_rows([Choice(one.id, f"{one.post}　{one.name}", "", "", f"{one.post}　{one.name}")
                              for one in officers])
        self.person.set_code(here)
        self.pin.set_text("")
        self.pin.set_error()
        self._panel.setFixedWidth(min(px(WIDE), self._window.width() - 32))
        self._show_pin()
        self.setGeometry(self._window.rect())
        self.show()
        self.raise_()
        self.take_focus()

    def take_focus(self) -> None:
        """Put the cursor where the person goes on."""
        (self.pin if self._pin.isVisibleTo(self) else self.unlock).setFocus(Qt.FocusReason.OtherFocusReason)

    def chosen(self) -> str:
        """Return the id of the person who is chosen."""
        choice = self.person.choice()
        return choice.code if choice is not None else ""

    def refuse(self, words: str) -> None:
        """Say why the PIN did not open; the curtain stays."""
        self.unlock.setEnabled(True)
        self.pin.set_text("")
        self.pin.set_error(words)
        self.take_focus()

    def lift(self) -> None:
        """Show the window again; the cursor is nowhere then."""
        inside = self.focusWidget()
        if inside is not None:
            inside.clearFocus()
        self.unlock.setEnabled(True)
        self.pin.set_text("")
        self.hide()

    def _show_pin(self) -> None:
        self.pin.set_error()
        self._pin.setVisible(self.chosen() not in self._free)

    def _enter(self) -> None:
        if not self.chosen():
            return
        if self._pin.isVisibleTo(self) and not self.pin.text():
            self.pin.set_error(tr("请输入签名口令。"))
            return
        self.unlock.setEnabled(False)
        self.pin_entered.emit(self.chosen(), self.pin.text())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self._window and self.isVisible():
            self.setGeometry(self._window.rect())
        return super().eventFilter(watched, event)

    def focusNextPrevChild(self, next: bool) -> bool:
        """Keep Tab inside."""
        parts: list[QWidget] = [self.person, *([self.pin] if self._pin.isVisibleTo(self) else []), self.unlock]
        at = next_at = parts.index(self.focusWidget()) if self.focusWidget() in parts else -1
        next_at = (at + (1 if next else -1)) % len(parts)
        parts[next_at].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter()
        event.accept()  # nothing goes on to what is behind

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), qcolor("nav"))
        painter.fillRect(0, 0, STRIPE, self.height(), qcolor(self._color))
