"""The tools in the header of documents, and the steps of their life as buttons."""

from collections.abc import Callable, Sequence

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from desktop.texts import tr
from desktop.ui.documents.actions import LOOKS, Act
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.icons import icon

_IN_MENU = (Act.VOID, Act.DISCARD, Act.RESTORE)
_BUTTONS = tuple(act for act in Act if act not in _IN_MENU and act is not Act.REOPEN)


class StepButtons:
    """One button for each step of a document's life; those that may be taken are shown, the first is filled.

    Args:
        take: Called with the step.
        parent: Of the buttons.
    """

    def __init__(self, take: Callable[[Act], None], parent: QWidget) -> None:
        self.buttons = {act: Button(LOOKS[act].word, "second", LOOKS[act].icon, parent=parent) for act in _BUTTONS}
        for act, button in self.buttons.items():
            button.clicked.connect(self._taking(take, act))
            button.hide()

    @staticmethod
    def _taking(take: Callable[[Act], None], act: Act) -> Callable[[], None]:
        return lambda: take(act)

    def show_acts(self, acts: Sequence[Act], *, first_filled: bool) -> None:
        """Show the buttons of these steps; the most wanted is filled unless something else is more urgent."""
        shown = [act for act in acts if act in self.buttons]
        for act, button in self.buttons.items():
            button.setVisible(act in shown)
            filled = first_filled and shown[:1] == [act] and act is not Act.RECALL
            button.set_kind("primary" if filled else "second")


class MoreMenu:
    """The button "…" with what is wanted less often; an entry that cannot be done now is not in it."""

    def __init__(self, parent: QWidget) -> None:
        self.menu = QMenu(parent)
        self.button = Button(kind="flat", icon="more", tip=tr("更多"), parent=parent)
        self.button.clicked.connect(self._open)
        self._parent = parent

    def add(self, word: str, icon_name: str, call: Callable[[], object], keys: str = "") -> QAction:
        """Add an entry; its keys, parted by spaces, work while the page is in front, also when the menu is closed."""
        action = QAction(icon(icon_name, "text2"), word, self._parent)
        action.setShortcuts([QKeySequence(one) for one in keys.split()])
        action.triggered.connect(lambda checked: call())
        self.menu.addAction(action)
        self._parent.addAction(action)
        return action

    def _open(self) -> None:
        self.menu.popup(self.button.mapToGlobal(self.button.rect().bottomLeft()))
