"""Says what went wrong: the world's failures and refused steps in plain words, our own bugs with a number."""

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import QObject, Slot

from desktop.domain.document import Refused
from desktop.domain.fault import Fault
from desktop.texts import faults, problems, tr
from desktop.texts.messages import message
from desktop.texts.outcome import must_act
from desktop.ui.app.bug_log import BugLog, Written
from desktop.ui.app.guard import Guard
from desktop.ui.app.routes import SETTINGS, SYNC
from desktop.ui.context import Context
from desktop.ui.kit.dialogs import Verb, ask, tell
from desktop.ui.kit.focus import commit_typing
from desktop.ui.shell.main_window import MainWindow
from desktop.usecases.ports import Books
from sync.faults import ExchangeFault

# What a first sync brings is missing: a hint is enough, every page says it too.
_QUIET = frozenset({"MIRROR_MISSING"})


class Complaints(QObject):
    """Shows what `Context.failed` and `Context.broken` bring.

    Args:
        log: Where bugs are written.
        now: Local time with zone.
    """

    def __init__(self, context: Context, window: MainWindow, log: BugLog, now: Callable[[], datetime]) -> None:
        super().__init__(window)
        self._context, self._window, self._log, self._now = context, window, log, now
        self._telling = False
        self._pending: Written | None = None  # a bug that waits for the word of when everything was saved
        context.failed.connect(self.show_failure)
        context.broken.connect(self.show_bug)

    @Slot(object)
    def show_failure(self, error: object) -> None:
        """Show a `Fault`, an `ExchangeFault` or a `Refused`."""
        if isinstance(error, Refused):
            text = problems.describe(error.problem)
            self._tell(text.title, " ".join(part for part in (text.sentence, text.advice) if part), "warning")
        elif isinstance(error, (Fault, ExchangeFault)):
            told = faults.describe(error.code, error.facts)
            words = faults.sentence(error.code, error.facts)
            if error.code in _QUIET:
                said = f"{told.title}：{told.advice}"
                self._window.toast.say(said, "info", action=tr("去同步"), call=self._to_sync)
            elif not must_act(error.code, error.facts):
                self._window.toast.say(f"{told.title}：{words}", "info")
            else:
                self._tell(told.title, words, "warning")

    def _to_sync(self) -> None:
        self._context.open_page(SYNC, "check")

    @Slot(object)
    def show_bug(self, error: object) -> None:
        """Save what is being typed, write the bug down, and say up to when everything is saved (M30)."""
        if not isinstance(error, BaseException):
            return
        written = self._log.write(error, self._now())
        if self._pending is not None:
            self._tell_bug("")  # the books fail too: say it without their word
            return
        if self._telling:
            self._window.toast.say(tr("又出了一个问题（{code}），已记入日志", code=written.number), "warning")
            return
        commit_typing()
        self._pending = written
        # Behind the saving that the line above may have started.
        self._context.run(self, _last_saved, self._tell_bug, lambda failed: self._tell_bug(""))

    def _tell_bug(self, saved_at: str) -> None:
        written, self._pending = self._pending, None
        if written is None:
            return
        at = datetime.fromisoformat(saved_at) if saved_at else self._now()
        time = f"{at:%H:%M}" if at.date() == self._now().date() else f"{at:%m-%d %H:%M}"
        place = "" if written.path is not None else tr("日志没有写成，请记下编号。")
        said = message("M30", code=written.number, time=time, place=place)
        again, pack, go_on = said.verbs
        guard = self._window.findChild(Guard)
        verbs = [Verb("go_on", go_on)]
        if guard is not None:
            verbs = [Verb("again", again, "primary"), Verb("pack", pack), *verbs]
        answer = self._ask(said.title, said.body, verbs)
        if answer == "again" and guard is not None:
            guard.open_again()
        elif answer == "pack":
            self._context.open_page(SETTINGS, "logs")

    def _ask(self, title: str, body: str, verbs: Sequence[Verb]) -> str:
        self._telling = True
        try:
            return ask(title, body, verbs, default=verbs[0].key, level="error", parent=self._window)
        finally:
            self._telling = False

    def _tell(self, title: str, body: str, level: str, word: str = "") -> None:
        """Tell by a dialog; while one is open, further news goes to the toast and its list."""
        if self._telling:
            self._window.toast.say(f"{title}：{body}", "warning")
            return
        self._telling = True
        try:
            tell(title, body, level=level, word=word or tr("知道了"), parent=self._window)
        finally:
            self._telling = False


def _last_saved(books: Books) -> str:
    """Return when a document was saved last; empty when there is none."""
    with books:
        rows = books.documents.rows(limit=1)
    return rows[0].updated_at if rows else ""
