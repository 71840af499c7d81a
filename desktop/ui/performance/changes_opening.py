"""Opens 什么变了 as a tab of the performance page, from wherever somebody asks for it."""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtWidgets import QWidget

from desktop.texts import tr
from desktop.ui.app.routes import PERFORMANCE
from desktop.ui.context import Context
from desktop.ui.performance.changes import LibraryChanges

KEY = "library-changes"


class TabHost(Protocol):
    """Opens the view as a tab; the shell's `MainWindow` is one."""

    def open_document(
        self, page: str, key: str, title: str, factory: Callable[[], QWidget], icon: str = ""
    ) -> QWidget: ...


def open_changes(window: TabHost, context: Context, version: str = "") -> LibraryChanges:
    """Show what an update changed, in the tab that is open already if there is one.

    Args:
        window: The frame.
        context: The workspace.
        version: Of the catalogue; empty is the newest update.
    """
    wanted = int(version) if version.isdecimal() else 0
    made: list[LibraryChanges] = []

    def make() -> LibraryChanges:
        made.append(LibraryChanges(context, wanted))
        return made[0]

    view = window.open_document(PERFORMANCE, KEY, tr("指标库更新"), make, "list")
    if not isinstance(view, LibraryChanges):
        raise TypeError(f"{KEY} is no list of changes")
    if not made:
        view.show_version(wanted)
    return view
