"""Where F1 was pressed, so that the help can lead back there: page, document, and the field or table in focus."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QApplication, QWidget

from desktop.ui.app.routes import HELP
from desktop.ui.kit.focus import give_back
from desktop.ui.shell.main_window import MainWindow


@dataclass(frozen=True, slots=True)
class Origin:
    """A place in the window.

    Attributes:
        page: Key of the page in front.
        document: Key of its document in front; empty for the page itself.
        fields: What had the focus, and what it lies in: an editor inside a table is gone when the table is left.
    """

    page: str
    document: str
    fields: tuple[QWidget, ...]


def origin_of(window: MainWindow) -> Origin:
    """Return where the cursor was when the command came; what was typed is finished by then."""
    page = window.current_page()
    return Origin(page, window.active_document(page) if page else "", tuple(window.commands.place))


def show_way_back(window: MainWindow, origin: Origin) -> None:
    """Teach the help, which has just been opened, to go back there; from the help itself there is no such way."""
    come_from: Callable[[Callable[[], None]], None] | None = getattr(window.page(HELP), "come_from", None)
    if origin.page and origin.page != HELP and come_from is not None:
        come_from(lambda: go_to(window, origin))


def go_to(window: MainWindow, origin: Origin) -> None:
    """Show the page and the document again, if it is still open, and put the cursor where it was."""
    window.show_document(origin.page, origin.document)
    left = QApplication.focusWidget()
    if left is not None:
        left.clearFocus()
    give_back(list(origin.fields))
