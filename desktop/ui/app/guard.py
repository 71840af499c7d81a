"""Watches over the work in a window: today's backup, second copies, what a crash left open, calls to the front."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject

from desktop.texts import tr
from desktop.texts.messages import message
from desktop.ui.app.bell import Bell
from desktop.ui.context import Context
from desktop.ui.kit.dialogs import Verb, ask
from desktop.ui.kit.notes import read_note
from desktop.ui.settings.again import Wish, open_again
from desktop.ui.settings.keeper import BackupKeeper
from desktop.ui.shell.main_window import MainWindow
from desktop.ui.sync.runner import SyncRunner
from desktop.usecases.ports import Books
from desktop.usecases.upkeep import Upkeep

MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class LeftOpen:
    """A document that was open when the program died: where it opens, its name, when it was saved last."""

    page: str
    doc_id: str
    title: str
    saved_at: str


class Guard(QObject):
    """One for each window over a workspace.

    Attributes:
        keeper: Makes the backups.
        wish: What happens when the window has closed.
        log_folder: Where bugs are written.
    """

    def __init__(self, context: Context, window: MainWindow, upkeep: Upkeep, wish: Wish, log_folder: Path) -> None:
        super().__init__(window)
        self._context, self._window, self._upkeep = context, window, upkeep
        self.wish, self.log_folder = wish, log_folder
        self.keeper = BackupKeeper(context, upkeep.safekeeping, window)
        self._bell: Bell | None = None
        runner = window.findChild(SyncRunner)
        if runner is not None:
            runner.finished.connect(lambda over: self.keeper.copy_over())

    def start(self) -> None:
        """Begin to watch; called once the window is about to be shown for work."""
        if self._upkeep.safekeeping.readonly:
            return
        self._bell = Bell(self._upkeep.workspace_id, self._window)
        self.keeper.start()
        if self._upkeep.unclean:
            self._context.run(self, self._left_open, self._tell_left_open)

    def open_again(self, restore: Path | None = None) -> None:
        """Close the window and let it come back, with a backup in the place of the data when one is given."""
        open_again(self._window, self.wish, restore)

    def _left_open(self, books: Books) -> list[LeftOpen]:
        """Return what was open, the document in front first."""
        with books:
            unit = books.setting("unit_code")
            rows = {row.doc_id: row for row in books.documents.rows()}
        kept = read_note(self._context.notes, f"tabs/{unit}")
        pairs = [*_pairs(kept, "active"), *_pairs(kept, "open")]
        return [
            LeftOpen(page, doc_id, rows[doc_id].title or rows[doc_id].key, rows[doc_id].updated_at)
            for page, doc_id in dict.fromkeys(pairs)
            if doc_id in rows
        ]

    def _tell_left_open(self, found: Sequence[LeftOpen]) -> None:
        """Say that the program died, and that nothing is lost (M02)."""
        since = datetime.fromisoformat(self._upkeep.unclean)
        if not found:
            when = f"{since:%m-%d %H:%M}"
            self._context.say(
                tr("上次程序意外退出（{when} 打开的）。当时没有打开的单据，已保存的内容都完整。", when=when), "info"
            )
            return
        named = "、".join(f"“{one.title}”" for one in found[:MOST_NAMED])
        titles = named if len(found) <= MOST_NAMED else tr("{named}等 {count} 份", named=named, count=len(found))
        last = max(datetime.fromisoformat(one.saved_at) for one in found)
        today = self._upkeep.safekeeping.now().date()
        time = f"{last:%H:%M}" if last.date() == today else f"{last:%m-%d %H:%M}"
        said = message("M02", titles=titles, time=time)
        verbs = (Verb("open", said.verbs[0], "primary"), Verb("later", said.verbs[1]))
        if ask(said.title, said.body, verbs, level="info", parent=self._window) == "open":
            self._context.open_page(found[0].page, found[0].doc_id)


def _pairs(kept: object, name: str) -> list[tuple[str, str]]:
    rows = kept.get(name) if isinstance(kept, dict) else None
    listed = [row for row in rows if isinstance(row, list)] if isinstance(rows, list) else []
    return [(str(row[0]), str(row[1])) for row in listed if len(row) == len(("page", "key"))]
