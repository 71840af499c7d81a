"""Says what went wrong: the world's failures and refused steps in plain words, our own bugs with a number."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject, Slot

from desktop.domain.document import Refused
from desktop.domain.fault import Fault
from desktop.texts import faults, problems, tr
from desktop.texts.messages import message
from desktop.texts.outcome import must_act
from desktop.ui.app.bug_log import BugLog
from desktop.ui.app.routes import SYNC
from desktop.ui.context import Context
from desktop.ui.kit.dialogs import tell
from desktop.ui.shell.main_window import MainWindow
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
        """Write a bug down and say that the data is safe (M30)."""
        if not isinstance(error, BaseException):
            return
        written = self._log.write(error, self._now())
        place = str(written.path) if written.path is not None else tr("（日志没有写成）")
        said = message("M30", code=written.number, path=place)
        self._tell(said.title, said.body, "error", said.verbs[0])

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
