"""A person at the keyboard: types texts, presses keys, and is counted."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tests.ui.conftest import type_text

Key = Qt.Key
Held = Qt.KeyboardModifier
NONE, CTRL, SHIFT = Held.NoModifier, Held.ControlModifier, Held.ShiftModifier


class Person:
    """Works on whatever has the focus; `presses` counts every key that is not part of a typed text."""

    def __init__(self) -> None:
        self.presses = 0

    def at(self) -> QWidget:
        """Return the widget with the focus."""
        widget = QApplication.focusWidget()
        assert widget is not None, "nothing has the focus"
        return widget

    def types(self, text: str) -> None:
        """Type a text: Latin as keys, Chinese as an input method hands it over."""
        if text.isascii():
            for sign in text:  # the first one may open an editor, which has the focus from then on
                QTest.keyClicks(self.at(), sign)
        else:
            QApplication.sendEvent(self.at(), QInputMethodEvent(text[0], []))
            type_text(self.at(), text)

    def presses_key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = NONE, times: int = 1) -> None:
        """Press a key, with a modifier held if one is given."""
        for _ in range(times):
            self.presses += 1
            QTest.keyClick(self.at(), key, modifier)

    def enters(self, text: str = "") -> None:
        """Type a text and press Enter."""
        if text:
            self.types(text)
        self.presses_key(Key.Key_Return)
