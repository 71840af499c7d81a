"""Keys, words and clicks sent to the real window, and pictures of what it shows.

Everything goes through Qt's event queue, as from a keyboard: a field that a person cannot reach cannot be reached from
here either.
"""

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QInputMethodEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QDialog,
    QLineEdit,
    QMainWindow,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QTextEdit,
    QWidget,
)

from desktop.ui.kit.tabs import StateTabs
from desktop.ui.kit.toast import Toast
from desktop.ui.tasks import Tasks

W = TypeVar("W", bound=QWidget)
_PATIENCE = 30.0  # seconds until a step that never comes counts as broken


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
            _let_pass(0.005)

    def key(self, sequence: str, times: int = 1) -> None:
        """Press a key or a chord, as ``F12`` or ``Ctrl+N``."""
        for _ in range(times):
            QTest.keySequence(self._target(), QKeySequence(sequence))
        self.settle()

    def write(self, text: str) -> None:
        """Type text: what a keyboard has key by key, anything else as an input method commits it."""
        if text.isascii():
            for sign in text:  # the first one may open an editor, which has the focus from then on
                QTest.keyClicks(self._target(), sign)
        else:
            # As an input method does: composing first, which opens a cell's editor, then the words.
            QApplication.sendEvent(self._target(), QInputMethodEvent(text[0], []))
            _commit(self._target(), text)
        QApplication.processEvents()

    def enter(self, text: str = "", key: str = "Return") -> None:
        """Type text where the cursor is, and press Enter (or another key)."""
        self.write(text)
        self.key(key)

    def drop(self, path: Path, onto: QWidget) -> None:
        """Drag a file onto a widget and let it go."""
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path))])
        where, held, none = onto.rect().center(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        action = Qt.DropAction.CopyAction
        QApplication.sendEvent(onto, QDragEnterEvent(where, action, data, held, none))
        QApplication.sendEvent(onto, QDropEvent(QPointF(where), action, data, held, none))
        self.settle()

    def choose(self, menu: QMenu, word: str) -> None:
        """Take the entry of a menu whose text ends with a word.

        Raises:
            TourBroken: There is none.
        """
        for action in menu.actions():
            if action.text().endswith(word):
                action.trigger()
                self.settle()
                return
        raise TourBroken(f"menu without {word}")

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

    def field(self, name: str, within: QWidget | None = None) -> QWidget:
        """Return the visible widget with an accessible name."""
        return self.find(QWidget, lambda one: one.accessibleName() == name, name, within)

    def shown(self, name: str) -> bool:
        """Tell whether a widget with an accessible name is visible now."""
        return any(one.isVisible() and one.accessibleName() == name for one in self._window.findChildren(QWidget))

    def focus(self, widget: QWidget) -> None:
        """Put the cursor into a widget, or into the table inside it."""
        inside = widget if isinstance(widget, QAbstractItemView) else widget.findChild(QAbstractItemView)
        (inside or widget).setFocus(Qt.FocusReason.TabFocusReason)
        self.settle()

    def press(self, word: str, within: QWidget | None = None) -> None:
        """Click the visible, enabled button that carries a word."""
        button = self.find(QPushButton, lambda one: one.isEnabled() and _word_of(one) == word, f"button {word}", within)
        QTest.mouseClick(button, Qt.MouseButton.LeftButton, pos=QPoint(button.width() // 2, button.height() // 2))
        self.settle()

    def press_named(self, name: str) -> None:
        """Click the button with an accessible name, where its word alone would not tell it from others."""
        button = self.field(name)
        assert isinstance(button, QPushButton), name
        button.click()
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
                if not dialog.isActiveWindow():  # its fields would not know that the keyboard comes and goes
                    dialog.activateWindow()
                    return
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
            field = dialog.findChild(QLineEdit)
            assert field is not None, "a question for a PIN has a field"
            QTest.keyClicks(field, secret)
            if picture:
                self.shoot(picture, dialog)
            _take_default(dialog)

        self.answering(answer, act)

    def answer_text(self, text: str, act: Callable[[], None]) -> None:
        """Do something that asks for a sentence, write it, and go on."""

        def answer(dialog: QDialog) -> None:
            field = dialog.findChild(QPlainTextEdit) or dialog.findChild(QTextEdit)
            assert field is not None, "a question for a sentence has a field"
            _commit(field, text)
            _take_default(dialog)

        self.answering(answer, act)

    def answer_form(self, values: Sequence[str], act: Callable[[], None]) -> None:
        """Do something that asks for several values, fill its fields in order, and go on; an empty one is left."""

        def answer(dialog: QDialog) -> None:
            fields = [one for one in dialog.findChildren(QLineEdit) if one.isVisible()]
            for field, value in zip(fields, values, strict=False):
                if value:
                    field.setFocus()
                    _commit(field, value)
                    QTest.keyClick(field, Qt.Key.Key_Tab)
            _take_default(dialog)

        self.answering(answer, act)

    def tab(self, word: str) -> None:
        """Choose a tab by its word."""
        for bar in self._window.findChildren(StateTabs):
            for at in range(bar.count()) if bar.isVisible() else ():
                if bar.tabText(at).split(" ")[0] == word:
                    bar.setCurrentIndex(at)
                    self.settle()
                    return
        raise TourBroken(f"tab {word}")

    def press_and_watch(self, word: str, picture: str) -> None:
        """Press a button that starts something long; take a picture while it runs, and wait for its end."""
        button = self.find(QPushButton, lambda one: one.isEnabled() and _word_of(one) == word, f"button {word}")
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        self.until(lambda: self._tasks.busy() > 0, "the work to start")
        _let_pass(0.15)
        self.shoot(picture, self._window)
        self.settle()

    def fields_ending(self, name: str) -> list[QWidget]:
        """Return the visible widgets whose accessible name ends so."""
        return [
            one for one in self._window.findChildren(QWidget) if one.isVisible() and one.accessibleName().endswith(name)
        ]

    def shoot(self, name: str, widget: QWidget | None = None) -> Path:
        """Write a picture of the window (or of a widget) and return its path."""
        if widget is None:
            self.settle()
            for toast in self._window.findChildren(Toast):
                toast.hide()  # said at an earlier step; a person would have read it by now
        self._folder.mkdir(parents=True, exist_ok=True)
        path = self._folder / f"{len(self.pictures) + 1:02d}-{name}.png"
        (widget or self._window).grab().save(str(path))
        self.pictures.append(path.name)
        return path

    def _target(self) -> QWidget:
        if QApplication.activeWindow() is None:
            # Without a window manager nobody gives the window its keyboard back when a question closes.
            self._window.activateWindow()
            QApplication.processEvents()
        return QApplication.focusWidget() or self._window


def _let_pass(seconds: float) -> None:
    """Let events and workers run for a while; `QTest.qWait` keeps the interpreter's lock, and the workers crawl."""
    ends = time.monotonic() + seconds
    while True:
        QApplication.processEvents()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        if time.monotonic() >= ends:
            return
        time.sleep(0.002)


def _commit(widget: QWidget, text: str) -> None:
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(widget, event)


def _take_default(dialog: QDialog) -> None:
    button = next(one for one in dialog.findChildren(QPushButton) if one.isDefault())
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def _word_of(button: QPushButton) -> str:
    return button.text().replace("&", "").strip()
