"""What the keys do: binds the list of keys to functions of the frame and to what is in front."""

from collections.abc import Callable
from typing import cast

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from desktop.ui.kit.focus import commit_typing, give_back
from desktop.ui.shell.keys import KEYS, KeyEntry, Reach, key

Call = Callable[[], object]
Helper = Callable[[QWidget], Call | None]  # what the program does with a thing in front, None: it has nothing for it


class Commands(QObject):
    """Every command of the program by its name.

    Keys of the frame are shortcuts of the window. Keys for what is in front are not: a page's own button or table takes
    them first, and only what nobody took comes here (`take_key`), so that no key ever has two listeners.

    Args:
        window: Owns the shortcuts.
        fronts: What is in front, the innermost first: the document, then its page.
        say: Shows a sentence.
    """

    def __init__(self, window: QWidget, fronts: Callable[[], list[QWidget]], say: Callable[[str, str], None]) -> None:
        super().__init__(window)
        self._fronts, self._say = fronts, say
        self._calls: dict[str, Call] = {}
        self._helpers: dict[str, Helper] = {}
        self.shortcuts: dict[str, QShortcut] = {}
        self.place: list[QWidget] = []  # where the cursor was when the last command came, the innermost first
        for entry in KEYS:
            if entry.reach is Reach.FRAME:
                for sequence in entry.sequences:
                    shortcut = QShortcut(QKeySequence(sequence), window)
                    shortcut.activated.connect(self._runner(entry.name))
                    self.shortcuts[sequence] = shortcut
        self._front_keys = {
            QKeySequence(sequence).toString(): entry.name
            for entry in KEYS if entry.reach is Reach.FRONT for sequence in entry.sequences
        }

    def bind(self, name: str, call: Call) -> None:
        """Let a command of the frame do this.

        Raises:
            KeyError: There is no such command.
        """
        self._calls[key(name).name] = call

    def help_with(self, name: str, helper: Helper) -> None:
        """Let the program do a command for a thing in front that offers what is needed for it."""
        self._helpers[key(name).name] = helper

    def available(self, name: str) -> bool:
        """Tell whether the command would do something now."""
        return self._found(key(name)) is not None

    def run(self, name: str) -> None:
        """Do a command; what is being typed is finished first, and the place of the cursor stays."""
        entry = key(name)
        call = self._found(entry)  # before the cursor leaves its place: what is in front may depend on it
        if call is None:
            if entry.refusal:
                self._say(entry.refusal, "info")
            return
        self.place = commit_typing()
        call()
        give_back(self.place)

    def take_key(self, event: QKeyEvent) -> bool:
        """Use a key that nobody took and that is meant for what is in front; tell whether it was one."""
        name = self._front_keys.get(QKeySequence(event.keyCombination()).toString())
        if name is None:
            return False
        self.run(name)
        return True

    def owns(self, event: QKeyEvent) -> bool:
        """Tell whether a key belongs to the frame wherever the cursor is."""
        return QKeySequence(event.keyCombination()).toString() in self.shortcuts

    def _runner(self, name: str) -> Call:
        return lambda: self.run(name)

    def _found(self, entry: KeyEntry) -> Call | None:
        if entry.reach is Reach.FRAME:
            return self._calls.get(entry.name)
        fronts = self._fronts()
        for front in fronts:
            method = getattr(front, entry.method, None)
            if callable(method):
                return cast(Call, method)
            helper = self._helpers.get(entry.name)
            call = helper(front) if helper is not None else None
            if call is not None:
                return call
        return next((call for front in fronts if (call := offered(front, entry)) is not None), None)


def offered(front: QWidget, entry: KeyEntry) -> Call | None:
    """Return what a visible button, shortcut or menu entry of a widget does for a key; None when there is none."""
    wanted = {QKeySequence(sequence).toString() for sequence in entry.sequences}
    for shortcut in front.findChildren(QShortcut):
        owner = shortcut.parent()
        alive = isinstance(owner, QWidget) and owner.isVisible() and owner.isEnabled() and shortcut.isEnabled()
        if alive and shortcut.key().toString() in wanted:
            return shortcut.activated.emit
    for action in front.findChildren(QAction):
        if action.isEnabled() and action.isVisible() and (
            any(sequence.toString() in wanted for sequence in action.shortcuts())
        ):
            return action.trigger
    return None
