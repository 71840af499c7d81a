"""Opens the wizard as a tab of the page that its rows belong to, also when a file is dropped there."""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QEvent, QObject, SignalInstance
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from desktop.domain.importing.targets import TARGETS
from desktop.texts import tr
from desktop.ui.context import Context
from desktop.ui.importing.choose_pane import local_file
from desktop.ui.importing.wizard import ImportWizard
from desktop.usecases.import_rows import IMPORTERS, split_key

PREFIX = "import:"


class TabHost(Protocol):
    """Opens the wizard as a tab; the shell's `MainWindow` is one."""

    document_closed: SignalInstance
    about_to_close: SignalInstance

    def open_document(
        self, page: str, key: str, title: str, factory: Callable[[], QWidget], icon: str = ""
    ) -> QWidget: ...


def open_wizard(window: TabHost, context: Context, target_key: str, file: str = "") -> ImportWizard:
    """Show the wizard for a target as a tab, the one that is open already if there is one.

    Args:
        window: The frame.
        context: The workspace.
        target_key: ``vouchers``, ``voucher_lines:<doc id>``, ``budget_lines`` or ``budget_income``.
        file: Read at once; empty: the user chooses.
    """
    page = IMPORTERS[split_key(target_key)[0]].page
    key = PREFIX + target_key
    title = tr("导入{what}", what=TARGETS[split_key(target_key)[0]].title)
    wizard = window.open_document(page, key, title, lambda: _made(window, context, page, key), "table")
    if not isinstance(wizard, ImportWizard):
        raise TypeError(f"{key} is no wizard")
    if file:
        wizard.open_first(file)
    return wizard


def _made(window: TabHost, context: Context, page: str, key: str) -> ImportWizard:
    wizard = ImportWizard(context, key.removeprefix(PREFIX), (page, key))
    window.document_closed.connect(wizard.tab_closed)
    window.about_to_close.connect(wizard.finish)
    return wizard


class _Drops(QObject):
    """Lets a file be dropped onto a widget."""

    def __init__(
        self, widget: QWidget, window: Callable[[], TabHost | None], context: Context, target: Callable[[], str]
    ) -> None:
        super().__init__(widget)
        self._window, self._context, self._target = window, context, target
        widget.setAcceptDrops(True)
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QDragEnterEvent) and self._target() and local_file(event.mimeData()):
            event.acceptProposedAction()
            return True
        if not isinstance(event, QDropEvent) or event.type() != QEvent.Type.Drop:
            return False
        path, window, target = local_file(event.mimeData()), self._window(), self._target()
        if not path or not target or window is None:
            return False
        event.acceptProposedAction()
        if not self._context.refuses_new():
            open_wizard(window, self._context, target, path)
        return True


def take_dropped_tables(
    widget: QWidget, window: Callable[[], TabHost | None], context: Context, target: Callable[[], str]
) -> None:
    """Let a table file that is dragged onto a list open the wizard with it.

    Args:
        widget: The list.
        window: Returns where the tab opens.
        context: The workspace.
        target: Returns the key of what can be imported here now; empty for nothing.
    """
    _Drops(widget, window, context, target)
