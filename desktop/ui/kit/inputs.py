"""Fields: one line, amount, choice by typing, several lines; each can carry an error and say why."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from desktop.ui.kit import tokens
from desktop.ui.kit.choices import Choice, Finder, finder
from desktop.ui.kit.completion import CompletionPopup
from desktop.ui.kit.icons import icon
from desktop.ui.kit.labels import Label
from desktop.ui.kit.numbers import NotANumber, format_number, parse_number
from desktop.ui.kit.paint import set_flag
from desktop.ui.kit.typography import font, px


class LineInput(QLineEdit):
    """One line of text, 28 high.

    Signals:
        committed(str): Enter or leaving the field after a change by the user.
        error_changed(str): The message beside the field changed; empty when it is right.

    Args:
        placeholder: Grey words while empty.
        icon_name: Icon at the left, as "search".
        frameless: Without own border, for the ruled paper of a voucher.
    """

    committed = Signal(str)
    error_changed = Signal(str)

    def __init__(self, text: str = "", placeholder: str = "", icon_name: str = "", *, frameless: bool = False,
                 parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._message, self._sign, self._last, self._level = "", QAction(self), text, "error"
        self._signs: list[tuple[QAction, str]] = []     # drawn anew when the colours change
        self.setFont(font())
        self.setPlaceholderText(placeholder)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.DefaultContextMenu)
        if frameless:
            self.setProperty("frameless", True)
        if icon_name:
            leading = self.addAction(icon(icon_name, "text2"), QLineEdit.ActionPosition.LeadingPosition)
            self._signs.append((leading, icon_name))
        self._sign.setIcon(icon("error", "err"))
        self.addAction(self._sign, QLineEdit.ActionPosition.TrailingPosition)
        self._sign.setVisible(False)
        self.editingFinished.connect(self._finish)

    def set_error(self, message: str = "", level: str = "error") -> None:
        """Mark the field as wrong (or level "warning") and say why; an empty message takes the mark away."""
        changed = message != self._message
        self._message, self._level = message, level
        set_flag(self, "state", level if message else "")
        self._sign.setVisible(bool(message))
        self._draw_signs()
        self.setToolTip(message)
        self.setAccessibleDescription(message)
        if changed:
            self.error_changed.emit(message)

    def _draw_signs(self) -> None:
        self._sign.setIcon(icon("error", "err") if self._level == "error" else icon("warning", "warn"))
        for action, name in self._signs:
            action.setIcon(icon(name, "text2"))

    def error(self) -> str:
        """Return the message of the mark, empty when there is none."""
        return self._message

    def typing(self) -> bool:
        """Tell whether the user is in the field with something typed that was not handed on yet."""
        return self.hasFocus() and self.text() != self._last

    def set_text(self, text: str) -> None:
        """Show another text without emitting `committed`."""
        self._last = text
        if text != self.text():
            self.setText(text)

    def set_read_only(self, on: bool) -> None:
        """Make the field read-only, with its grey look."""
        self.setReadOnly(on)
        set_flag(self, "readOnly", on)
        self.style().polish(self)

    def _finish(self) -> None:
        if self.text() != self._last:
            self._last = self.text()
            self.commit(self._last)

    def commit(self, text: str) -> None:
        """Hand the finished text on; kinds of fields read it here."""
        self.committed.emit(text)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), px(tokens.CONTROL))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(48), px(tokens.CONTROL))

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ApplicationFontChange:
            self.setFont(font())
            self._draw_signs()
            self.updateGeometry()
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            own = {QKeySequence.StandardKey.Undo: self.isUndoAvailable(),
                   QKeySequence.StandardKey.Redo: self.isRedoAvailable()}
            if any(event.matches(key) and not has for key, has in own.items()):
                event.ignore()  # nothing typed here to take back: the key is the document's
                return False
        return super().event(event)


class AmountInput(LineInput):
    """An amount; what cannot be read stays as typed and is marked.

    Signals:
        amount_changed(object): Decimal with `places` decimals, or None when emptied; only when it was readable.
    """

    amount_changed = Signal(object)

    def __init__(self, amount: Decimal | None = None, *, places: int = 2, zero_blank: bool = False,
                 frameless: bool = False, parent: QWidget | None = None) -> None:
        super().__init__("", frameless=frameless, parent=parent)
        self._places, self._zero_blank, self._amount = places, zero_blank, amount
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.set_amount(amount)

    def amount(self) -> Decimal | None:
        """Return the last readable amount; None when empty."""
        return self._amount

    def set_amount(self, amount: Decimal | None) -> None:
        """Show an amount without emitting anything; takes a reading error away."""
        self._amount = amount
        self.set_text("" if amount is None else format_number(amount, self._places, zero_blank=self._zero_blank))
        self.set_error()

    def commit(self, text: str) -> None:
        try:
            amount = parse_number(text, self._places)
        except NotANumber as problem:
            self.set_error(str(problem))
            return
        self.set_amount(amount)
        self.committed.emit(self.text())
        self.amount_changed.emit(amount)


class ChoiceInput(LineInput):
    """A value picked from rows by typing code, name or initials, or from the list by Alt+Down, F2 or the arrow.

    Signals:
        chosen(object): The Choice that was picked, or None when the field was emptied.

    Args:
        rows: The rows, or a search that returns the best rows for a typed text.
        free: Text that is in no row may stay; it is emitted by `committed`. Otherwise it is marked.
    """

    chosen = Signal(object)

    def __init__(self, rows: Sequence[Choice] | Finder = (), *, free: bool = False, placeholder: str = "",
                 frameless: bool = False, parent: QWidget | None = None) -> None:
        super().__init__("", placeholder, frameless=frameless, parent=parent)
        self._find: Finder = finder(())
        self._free = free
        self._choice: Choice | None = None
        self._popup: CompletionPopup | None = None
        self.set_rows(rows)
        arrow = QAction(icon("chevron-down", "text2"), "展开", self)
        arrow.triggered.connect(self.open_list)
        self.addAction(arrow, QLineEdit.ActionPosition.TrailingPosition)
        self._signs.append((arrow, "chevron-down"))
        self.textEdited.connect(self._offer)

    def set_rows(self, rows: Sequence[Choice] | Finder) -> None:
        """Change what may be picked."""
        self._find = rows if callable(rows) else finder(list(rows))

    def choice(self) -> Choice | None:
        """Return the row that is picked."""
        return self._choice

    def set_choice(self, choice: Choice | None) -> None:
        """Show a row without emitting anything."""
        self._choice = choice
        self.set_text(choice.label if choice is not None else "")
        self.setCursorPosition(0)
        self.set_error()

    def open_list(self) -> None:
        """Open the list with the first rows, the picked one selected by its code."""
        if not self.isReadOnly():
            self.setFocus(Qt.FocusReason.PopupFocusReason)
            self._offer("")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._popup is not None and self._popup.take_key(event):
            event.accept()
            return
        alt_down = event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier
        if alt_down or event.key() in (Qt.Key.Key_F2, Qt.Key.Key_F7):
            self.open_list()
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        if self._popup is not None:
            self._popup.hide()
        super().focusOutEvent(event)

    def _offer(self, text: str) -> None:
        if self._popup is None:
            self._popup = CompletionPopup(self)
            self._popup.picked.connect(self._pick)
        self._popup.show_rows(self._find(text), first=bool(text) or not self._free)

    def _pick(self, choice: Choice) -> None:
        self.set_choice(choice)
        self.chosen.emit(choice)
        self.committed.emit(self.text())

    def commit(self, text: str) -> None:
        hits = self._find(text) if text else []
        exact = next((row for row in hits if text in (row.code, row.name, row.label)), None)
        only = hits[0] if len(hits) == 1 and not self._free else None
        if exact or only:
            self._pick(exact or hits[0])
        elif not text or self._free:
            self._choice = None
            self.set_error()
            self.chosen.emit(None)
            self.committed.emit(text)
        else:
            self.set_error(f"没有找到“{text}”，请从列表里选")


class SelectInput(ChoiceInput):
    """A short closed list: typing is not needed, a click or Space opens it."""

    def __init__(self, rows: Sequence[Choice] = (), *, frameless: bool = False, parent: QWidget | None = None) -> None:
        self._all: list[Choice] = []
        super().__init__(rows, frameless=frameless, parent=parent)

    def set_rows(self, rows: Sequence[Choice] | Finder) -> None:
        """Offer other rows; what is picked stays."""
        found = rows("") if callable(rows) else rows
        self._all = [replace(row, shown=row.shown or row.name) for row in found]
        super().set_rows(self._all)

    def set_code(self, code: str) -> None:
        """Show the row with this code; nothing when there is none."""
        self.set_choice(next((row for row in self._all if row.code == code), None))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self.open_list()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            self.open_list()
            return
        super().keyPressEvent(event)


class TextArea(QPlainTextEdit):
    """Several lines of text; Tab leaves it.

    Signals:
        committed(str): Leaving the field after a change.

    Args:
        lines: Height in lines.
        most: Longest text in characters; more is cut while typing. 0: no limit.
    """

    committed = Signal(str)
    error_changed = Signal(str)

    def __init__(self, text: str = "", placeholder: str = "", *, lines: int = 3, most: int = 0,
                 parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._lines, self._most, self._last, self._message = lines, most, text, ""
        self.setFont(font())
        self.setPlaceholderText(placeholder)
        self.setTabChangesFocus(True)
        self.textChanged.connect(self._cut)

    def set_text(self, text: str) -> None:
        """Show another text without emitting `committed`."""
        self._last = text
        if text != self.toPlainText():
            self.setPlainText(text)

    def set_error(self, message: str = "", level: str = "error") -> None:
        """Mark the field as wrong and say why; an empty message takes the mark away."""
        changed, self._message = message != self._message, message
        set_flag(self, "state", level if message else "")
        self.setToolTip(message)
        self.setAccessibleDescription(message)
        if changed:
            self.error_changed.emit(message)

    def error(self) -> str:
        """Return the message of the mark."""
        return self._message

    def set_read_only(self, on: bool) -> None:
        """Make the field read-only, with its grey look."""
        self.setReadOnly(on)
        set_flag(self, "readOnly", on)
        self.style().polish(self)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if self.toPlainText() != self._last:
            self._last = self.toPlainText()
            self.committed.emit(self._last)

    def _cut(self) -> None:
        if self._most and len(self.toPlainText()) > self._most:
            cursor = self.textCursor()
            at = min(cursor.position(), self._most)
            self.setPlainText(self.toPlainText()[:self._most])
            cursor.setPosition(at)
            self.setTextCursor(cursor)

    def sizeHint(self) -> QSize:
        return QSize(240, self.fontMetrics().lineSpacing() * self._lines + 12)

    def minimumSizeHint(self) -> QSize:
        return QSize(80, self.fontMetrics().lineSpacing() * min(2, self._lines) + 12)


class Field(QWidget):
    """A label above an input, and under it what is wrong with it.

    Args:
        label: The words; the input is its buddy.
        field: Any input of this module.
        note: Grey words under the input while nothing is wrong.
        required: Shows a red star behind the label.
    """

    def __init__(self, label: str, field: LineInput | TextArea, note: str = "", *, required: bool = False,
                 parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.input, self._plain = field, note
        self._note = Label(note, "caption", "text2", wrap=True)
        name = Label(f"{label} *" if required else label, "caption", "text2")
        name.setBuddy(field)
        field.setAccessibleName(label)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for part in (name, field, self._note):
            column.addWidget(part)
        field.error_changed.connect(self._show_error)
        self._show_error(field.error())

    def set_error(self, message: str = "") -> None:
        """Mark the input and show the message under it."""
        self.input.set_error(message)

    def _show_error(self, message: str) -> None:
        self._note.setText(message or self._plain)
        self._note.set_tone("err" if message else "text2")
        self._note.setVisible(bool(message or self._plain))


def search_input(placeholder: str, on_change: Callable[[str], None], parent: QWidget | None = None) -> LineInput:
    """Return a field with a magnifier that calls back on every change."""
    field = LineInput("", placeholder, "search", parent=parent)
    field.setClearButtonEnabled(True)
    field.textChanged.connect(on_change)
    return field
