"""Opens the wizard as a tab of the page that its rows belong to, also when a file is dropped there."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from desktop.domain.importing.targets import TARGETS
from desktop.texts import tr
from desktop.ui.context import Context
from desktop.ui.importing.choose_pane import local_file
from desktop.ui.importing.wizard import ImportWizard
from desktop.ui.shell.main_window import MainWindow
from desktop.usecases.import_rows import IMPORTERS, split_key

PREFIX = "import:"


def open_wizard(window: MainWindow, context: Context, target_key: str, file: str = "") -> ImportWizard:
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


def _made(window: MainWindow, context: Context, page: str, key: str) -> ImportWizard:
    wizard = ImportWizard(context, key.removeprefix(PREFIX), (page, key))
    window.document_closed.connect(wizard.tab_closed)
    window.about_to_close.connect(wizard.finish)
    return wizard


class _Drops(QObject):
    """Lets a file be dropped onto a widget."""

    def __init__(self, widget: QWidget, window: MainWindow, context: Context, target_key: str) -> None:
        super().__init__(widget)
        self._window, self._context, self._key = window, context, target_key
        widget.setAcceptDrops(True)
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QDragEnterEvent) and local_file(event.mimeData()):
            event.acceptProposedAction()
            return True
        if not isinstance(event, QDropEvent) or event.type() != QEvent.Type.Drop:
            return False
        path = local_file(event.mimeData())
        if path:
            event.acceptProposedAction()
            open_wizard(self._window, self._context, self._key, path)
            return True
        return False


def take_dropped_tables(widget: QWidget, window: MainWindow, context: Context, target_key: str) -> None:
    """Let a table file that is dragged onto a list open the wizard with it."""
    _Drops(widget, window, context, target_key)
