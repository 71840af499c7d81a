"""The menu behind ☰, F10 and Alt: every command of the program in six short menus."""

from collections.abc import Callable

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from desktop.ui.kit.icons import icon
from desktop.ui.shell.commands import Commands
from desktop.ui.shell.keys import GROUP_WORDS, KEYS, MENUS, Group, KeyEntry, Reach

Fill = Callable[[QMenu], None]


class MainMenu(QMenu):
    """Made from the list of keys; what nothing in front can do is grey.

    Args:
        commands: What the entries do.
        parent: Of the menu.
    """

    def __init__(self, commands: Commands, parent: QWidget) -> None:
        super().__init__(parent)
        self._commands = commands
        self._actions: list[tuple[QAction, KeyEntry]] = []
        self.menus: dict[Group, QMenu] = {}
        for group in MENUS:
            menu = self.menus[group] = self.addMenu(GROUP_WORDS[group])
            for entry in KEYS:
                if entry.group is group and entry.reach is not Reach.PLACE and entry.name != "menu":
                    self._add(menu, entry)
        self.setAccessibleName("菜单")
        self.aboutToShow.connect(self._look)

    def _add(self, menu: QMenu, entry: KeyEntry) -> None:
        # The keys stand behind a tab: shown at the right edge, with no second listener for them.
        words = f"{entry.words}\t{entry.keys}" if entry.keys else entry.words
        action = menu.addAction(icon(entry.icon, "text2"), words) if entry.icon else menu.addAction(words)
        action.setData(entry.name)
        action.triggered.connect(lambda checked=False: self._commands.run(entry.name))
        self._actions.append((action, entry))

    def action_of(self, name: str) -> QAction:
        """Return the entry of a command.

        Raises:
            StopIteration: There is none.
        """
        return next(action for action, entry in self._actions if entry.name == name)

    def _look(self) -> None:
        for action, entry in self._actions:
            action.setEnabled(self._commands.available(entry.name))

    def open_at(self, corner: QPoint) -> None:
        """Open at a point of the screen with the first menu chosen, so that arrows and Enter go on from there."""
        self.popup(corner)
        self.setActiveAction(self.menus[MENUS[0]].menuAction())
