"""Keys, words and clicks sent to the real window, and pictures of what it shows.

Everything goes through Qt's event queue, as from a keyboard: a field that cannot be reached by a person cannot be reached
from here either.
"""

import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QInputMethodEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMainWindow, QPushButton, QWidget

from desktop.ui.tasks import Tasks

W = TypeVar("W", bound=QWidget)
_PATIENCE = 60.0  # seconds until a step that never comes counts as broken


class TourBroken(Exception):
    """A step of the tour did not happen; says which."""


class Driver:
    """One window and its keyboard.

    Args:
        window: Shown already.
        tasks: Its workers; a step is over when they are idle.
        folder: Where pictures go.
    """

    def __init__(self, window: QMainWindow, tasks: Tasks, folder: Path) -> None:
        self._window, self._tasks, self._folder = window, tasks, folder
        self.pictures: list[str] = []

    def resize(self, width: int, height: int) -> None:
        """Give the window the size of a screen."""
        self._window.resize(width, height)
        self.settle()

    def settle(self) -> None:
        """Wait until nothing is under way and everything is painted."""
        self.until(lambda: self._tasks.busy() == 0, "idle")
        for _ in range(3):
            QApplication.processEvents()
        self.until(lambda: self._tasks.busy() == 0, "idle")

    def until(self, condition: Callable[[], bool], what: str) -> None:
        """Wait for a condition.

        Raises:
            TourBroken: It never came.
        """
        ends = time.monotonic() + _PATIENCE
        while not condition():
            if time.monotonic() > ends:
                raise TourBroken(f"waited for {what}")
            QTest.qWait(10)

    def key(self, sequence: str, times: int = 1) -> None:
        """Press a key or a chord, as ``F12`` or ``Ctrl+N``."""
        pressed = QKeySequence(sequence)[0]
        for _ in range(times):
            QTest.keyClick(self._target(), pressed.key(), pressed.keyboardModifiers())
        self.settle()

    def write(self, text: str) -> None:
        """Type text: what a keyboard has key by key, anything else as an input method commits it."""
        if text.isascii():
            QTest.keyClicks(self._target(), text)
        else:
            event = QInputMethodEvent()
            event.setCommitString(text)
            QApplication.sendEvent(self._target(), event)
        QApplication.processEvents()

    def fill(self, field: QWidget, text: str, leave: str = "Tab") -> None:
        """Put the cursor into a field, replace what it holds, and go on."""
        field.setFocus(Qt.FocusReason.TabFocusReason)
        QTest.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        self.write(text)
        if leave:
            self.key(leave)

    def find(self, kind: type[W], fits: Callable[[W], bool], what: str, within: QWidget | None = None) -> W:
        """Return the first visible widget of a kind that fits; waits for it.

        Raises:
            TourBroken: There is none.
        """
        root = within or self._window
        found: list[W] = []

        def look() -> bool:
            found[:] = [one for one in root.findChildren(kind) if one.isVisible() and fits(one)]
            return bool(found)

        self.until(look, what)
        return found[0]

    def named(self, kind: type[W], name: str, within: QWidget | None = None) -> W:
        """Return the visible widget with an accessible name."""
        return self.find(kind, lambda one: one.accessibleName() == name, name, within)

    def press(self, word: str, within: QWidget | None = None) -> None:
        """Click the visible, enabled button that carries a word."""
        button = self.find(
            QPushButton, lambda one: one.isEnabled() and _word_of(one) == word, f"button {word}", within
        )
        QTest.mouseClick(button, Qt.MouseButton.LeftButton, pos=QPoint(button.width() // 2, button.height() // 2))
        self.settle()

    def answering(self, answer: Callable[[QDialog], None], act: Callable[[], None]) -> None:
        """Do something that opens a question, and answer it.

        Args:
            answer: Gets the dialog once it is shown; must close it.
            act: Opens it.

        Raises:
            TourBroken: No question came.
        """
        answered: list[bool] = []
        timer = QTimer()
        timer.setInterval(20)

        def look() -> None:
            dialog = QApplication.activeModalWidget()
            if isinstance(dialog, QDialog) and dialog.isVisible() and not answered:
                answered.append(True)
                timer.stop()
                answer(dialog)

        timer.timeout.connect(look)
        timer.start()
        act()
        self.until(lambda: bool(answered), "a question")
        timer.stop()
        self.settle()

    def enter_secret(self, secret: str, act: Callable[[], None], picture: str = "") -> None:
        """Do something that asks for a PIN, and type it."""

        def answer(dialog: QDialog) -> None:
            QTest.keyClicks(QApplication.focusWidget() or dialog, secret)
            if picture:
                self.shoot(picture, dialog)
            QTest.keyClick(QApplication.focusWidget() or dialog, Qt.Key.Key_Return)

        self.answering(answer, act)

    def shoot(self, name: str, widget: QWidget | None = None) -> Path:
        """Write a picture of the window (or of a widget) and return its path."""
        if widget is None:
            self.settle()
        self._folder.mkdir(parents=True, exist_ok=True)
        path = self._folder / f"{len(self.pictures) + 1:02d}-{name}.png"
        (widget or self._window).grab().save(str(path))
        self.pictures.append(path.name)
        return path

    def _target(self) -> QWidget:
        return QApplication.focusWidget() or QApplication.activeModalWidget() or self._window


def _word_of(button: QPushButton) -> str:
    return button.text().replace("&", "").strip()
