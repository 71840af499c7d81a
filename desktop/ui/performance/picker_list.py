"""The list of hits beside the goal, by keys alone."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListView, QWidget

_HELD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class HitList(QListView):
    """Space ticks, Enter adds, Ctrl+Enter adds and stays; ↑ from the first row, Esc and letters lead to the field.

    Signals:
        toggled(int): Tick of a row.
        entered_keys(bool): Add what is ticked; whether to stay.
        typed(str): Goes on in the search field; an empty text only leads there, "\\b" takes a sign away.
    """

    toggled = Signal(int)
    entered_keys = Signal(bool)
    typed = Signal(str)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        held, key = event.modifiers() & _HELD, event.key()
        if key == Qt.Key.Key_Space and not held:
            self.toggled.emit(self.currentIndex().row())
        elif key in _ENTER:
            self.entered_keys.emit(bool(held))
        elif key == Qt.Key.Key_Escape or (key == Qt.Key.Key_Up and self.currentIndex().row() <= 0):
            self.typed.emit("")
        elif key == Qt.Key.Key_Backspace:
            self.typed.emit("\b")
        elif event.text().strip() and event.text().isprintable() and not held:
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)


class SearchKeys(QObject):
    """Lets the keys of a search field work on the list under it while the field has the focus.

    Signals:
        entered(bool): Enter, with Ctrl or without.
        stepped(int): ↓ and ↑: 1 and -1.
        escaped(): Esc.
    """

    entered = Signal(bool)
    stepped = Signal(int)
    escaped = Signal()

    def __init__(self, field: QLineEdit, parent: QWidget) -> None:
        super().__init__(parent)
        self._field = field
        field.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is not self._field or event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        key = event.key()
        if key in _ENTER:
            self.entered.emit(bool(event.modifiers() & _HELD))
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and not event.modifiers() & _HELD:
            self.stepped.emit(1 if key == Qt.Key.Key_Down else -1)
        elif key == Qt.Key.Key_Escape:
            self.escaped.emit()
        else:
            return super().eventFilter(watched, event)
        return True
