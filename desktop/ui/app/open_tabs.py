"""Which documents are open: remembered for each unit, opened again at the next start or when the unit comes back."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Slot

from desktop.ui.context import Context
from desktop.ui.kit.notes import read_note, write_note
from desktop.ui.shell.main_window import MainWindow
from desktop.usecases.ports import Books

Open = tuple[str, str]  # key of the page, key of the document


class OpenTabs(QObject):
    """Lives with the window.

    Args:
        front: Page to bring to the front in the end, as it was when the unit was left; empty: the one that is there.
    """

    def __init__(self, window: MainWindow, context: Context, front: str) -> None:
        super().__init__(window)
        self._window, self._context, self._front = window, context, front
        self._note = ""
        window.tabs_changed.connect(self._keep)
        window.reopen_requested.connect(context.open_page)

    def start(self, workspace: str) -> None:
        """Open what was open in this workspace; from then on remember every change."""
        note = f"tabs/{workspace}"
        kept = read_note(self._context.notes, note)
        opened, active = _read(kept, "open"), _read(kept, "active")
        if not opened:
            self._begin(note)
            return

        def done(known: Sequence[Open]) -> None:
            self._open(known)
            # Behind what the pages are reading now: the tabs are there when this comes back.
            self._context.run(self, lambda books: None, lambda nothing: self._bring(note, active))

        home = self._window.current_page()
        self._front = self._front or home
        self._context.run(self, lambda books: _known(books, opened), done)

    def _open(self, known: Sequence[Open]) -> None:
        for page, key in known:
            if self._window.has_page(page):
                self._context.open_page(page, key)

    def _bring(self, note: str, active: Sequence[Open]) -> None:
        """Bring to the front what was there on each page, and then the page."""
        for page in self._window.documents():
            key = next((key for at, key in active if at == page), "")
            if key in self._window.documents()[page]:
                self._context.open_page(page, key)
            else:
                self._window.show_list(page)
        self._window.show_page(self._front)
        self._begin(note)

    def _begin(self, note: str) -> None:
        self._note = note
        self._keep()

    @Slot()
    def _keep(self) -> None:
        if not self._note:
            return
        opened = self._window.documents()
        value = {
            "open": [[page, key] for page, keys in opened.items() for key in keys],
            "active": [[page, self._window.active_document(page)] for page in opened],
        }
        write_note(self._context.notes, self._note, value if opened else None)


def _read(kept: object, name: str) -> list[Open]:
    rows = kept.get(name) if isinstance(kept, dict) else None
    pairs = [row for row in rows if isinstance(row, list)] if isinstance(rows, list) else []
    return [(str(row[0]), str(row[1])) for row in pairs if len(row) == len(("page", "key"))]


def _known(books: Books, kept: Sequence[Open]) -> list[Open]:
    """Return what still is a document; a tab may have been something else."""
    with books:
        ids = {row.doc_id for row in books.documents.rows()}
    return [(page, key) for page, key in kept if key in ids]
