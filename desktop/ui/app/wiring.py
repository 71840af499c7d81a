"""Joins frame, pages and the open workspace: routes between pages, people, search, badges, and the one sync run."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from desktop.domain.document import Post
from desktop.domain.mirrors import Officer
from desktop.texts import tr
from desktop.texts.outcome import ended, level
from desktop.ui.app.frame import read_seat_key, seat_key, shell_state
from desktop.ui.app.memory import Memory
from desktop.ui.app.pages import PAGES, factory
from desktop.ui.app.reading import FrameView, frame_view
from desktop.ui.app.routes import HOME, PAGE_OF_KIND, SYNC, page_key
from desktop.ui.app.rows import about, full_name, kind_word
from desktop.ui.context import Context
from desktop.ui.shell.main_window import MainWindow
from desktop.ui.shell.search_box import Answer
from desktop.ui.shell.search_popup import Hit, HitGroup
from desktop.ui.shell.state import Segment
from desktop.ui.sync.page import CHECK, RUN, SyncPage
from desktop.ui.sync.reading import Workplace
from desktop.ui.sync.runner import Ended, SyncRunner
from desktop.usecases.lists import search_documents
from desktop.usecases.ports import Books, DocumentRow
from desktop.usecases.seat import Seat, seat_of

_TOAST_KINDS = {"ok": "ok", "warning": "warning", "error": "error", "neutral": "info"}


class Wiring(QObject):
    """Lives with the window.

    Args:
        window: The frame; pages are registered here.
        context: Of the open workspace.
        workplace: What the check sheet says of this PC.
        now: Local time with zone.
        strip: Words over everything.
        officer_id: Who sits here first; when empty or unknown, who sat here last, else the first maker.
        memory: Remembers who sat here last.
    """

    FIRST_POST = Post.MAKER

    def __init__(
        self,
        window: MainWindow,
        context: Context,
        workplace: Workplace,
        now: Callable[[], datetime],
        *,
        strip: str = "",
        officer_id: str = "",
        memory: Memory | None = None,
    ) -> None:
        super().__init__(window)
        self._memory = memory
        self.window, self.context, self.runner = window, context, SyncRunner(context, self)
        self._workplace, self._now, self._strip, self._first = workplace, now, strip, officer_id
        self._view: FrameView | None = None
        self._started = False
        self._right: tuple[Segment, ...] = ()
        self._heard: set[str] = set()
        for entry in PAGES:
            make = self._make_sync_page if entry.key == SYNC else factory(entry, context, window)
            window.add_page(entry.key, entry.text, entry.icon, make, initials=entry.initials)
        context.route_to(self.open_page)
        context.say_through(window.toast.say)
        self._connect()

    def _connect(self) -> None:
        window, context = self.window, self.context
        window.sync_requested.connect(lambda: self.open_page(SYNC, CHECK))
        window.officer_switch_requested.connect(self.switch)
        window.page_requested.connect(self._page_shown)
        window.hit_chosen.connect(self._hit_chosen)
        window.set_search(self._search)
        context.changed.connect(self._changed)
        self.runner.started.connect(self._show_frame)
        self.runner.reported.connect(lambda report: self._show_frame())
        self.runner.finished.connect(self._run_over)

    def _make_sync_page(self) -> QWidget:
        return SyncPage(self.context, self.runner, self._workplace)

    # -- start

    def start(self) -> None:
        """Read who works here, seat the first of them, and show the home page."""
        self.window.show_page(HOME)
        self._read_frame()

    # -- pages

    def open_page(self, name: str, argument: str = "") -> None:
        """Bring a page to the front and open something on it; a document's id, a tab, or nothing."""
        key = page_key(name)
        self.window.show_page(key)
        opener = getattr(self.window.page(key), "open", None)
        if callable(opener) and argument:
            opener(argument)

    @Slot(str)
    def _page_shown(self, key: str) -> None:
        page = self.window.page(key)
        if key not in self._heard:
            self._heard.add(key)
            signal = getattr(page, "status_changed", None)
            if signal is not None:
                signal.connect(lambda: self._status_of(key))
            said = getattr(page, "said", None)
            if said is not None:
                said.connect(self.window.toast.say)
        self.window.set_sync_primary(key == HOME)
        if self._started:
            self._refresh(page)
        self._status_of(key)

    def _refresh(self, page: QWidget) -> None:
        refresh = getattr(page, "refresh", None)
        if callable(refresh):
            refresh()

    def _status_of(self, key: str) -> None:
        if key != self.window.current_page():
            return
        status = getattr(self.window.page(key), "status", None)
        left, right = status() if callable(status) else ((), ())
        self._right = tuple(right)
        self._show_frame()
        self.window.show_segments(left)

    # -- frame and people

    def _read_frame(self) -> None:
        seat = self.context.seat()

        def read(books: Books) -> FrameView:
            return frame_view(books, seat)

        self.context.run(self, read, self._take_frame)

    def _take_frame(self, view: FrameView) -> None:
        self._view = view
        if not self.context.seat().officer and self._seat_first(view):
            return
        self._show_frame()
        if not self._started:
            self._started = True
            self._page_shown(self.window.current_page())
            self._front_focus()

    def _front_focus(self) -> None:
        """Give the page in front the keyboard at the start."""
        panes = getattr(self.window.page(self.window.current_page()), "open", None)
        if callable(panes):
            panes("")

    def _seat_first(self, view: FrameView) -> bool:
        """Seat the person named at the start, else who sat here last, else the first maker; False with nobody known."""
        pairs = [(one, post) for post in Post for one in view.officers if post.value in one.posts]
        last = self._memory.officer(view.unit.code) if self._memory is not None else ""
        for officer, post in [
            *(pair for pair in pairs if pair[0].id == self._first),
            *(pair for pair in pairs if seat_key(pair[0].id, pair[1]) == last),
            *pairs,
        ]:
            self._sit(officer, post)
            return True
        return False

    def _sit(self, officer: Officer, post: Post) -> None:
        before: Seat = self.context.seat()
        if self._memory is not None and self._view is not None:
            self._memory.keep_officer(self._view.unit.code, seat_key(officer.id, post))
        self.context.sit(seat_of(officer, post, before.clock, before.ids))

    @Slot(str)
    def switch(self, key: str) -> None:
        """Let another person take the seat; signing asks for the PIN, sitting down does not."""
        officer_id, post = read_seat_key(key)
        officer = next((one for one in (self._view.officers if self._view else ()) if one.id == officer_id), None)
        if officer is None:
            return
        self._sit(officer, post)
        self.window.show_page(self.window.current_page())

    @Slot(str)
    def _changed(self, topic: str) -> None:
        self._read_frame()
        if self._started and self.window.current_page():
            self._refresh(self.window.page(self.window.current_page()))

    def _show_frame(self) -> None:
        if self._view is None:
            return
        now = self.runner.current()
        stage = now.stage if now is not None else None
        if self.runner.running and stage is None:
            stage = next(iter(self.runner.reports))
        self.window.show_state(shell_state(
            self._view, self.context.seat(), now=self._now(), year=self.context.year, running=stage,
            strip=self._strip, right=self._right,
        ))

    @Slot(object)
    def _run_over(self, over: Ended) -> None:
        """Say the result where the user is now, unless the sync page shows it in full."""
        self._show_frame()
        if self.window.current_page() == SYNC:
            return
        told = ended(over.end)
        self.window.toast.say(f"{told.title}：{told.body}", _TOAST_KINDS[level(over.end)], action=tr("查看"),
                              call=lambda: self.open_page(SYNC, RUN))

    # -- search

    def _search(self, text: str, answer: Answer) -> None:
        def show(rows: list[DocumentRow]) -> None:
            answer([HitGroup(tr("单据"), tuple(_hit(row) for row in rows))])

        self.context.run(self, lambda books: search_documents(books, text), show)

    @Slot(str)
    def _hit_chosen(self, code: str) -> None:
        page, _, doc_id = code.partition(":")
        self.open_page(page, doc_id)


def _hit(row: DocumentRow) -> Hit:
    return Hit(f"{PAGE_OF_KIND[row.kind]}:{row.doc_id}", full_name(row), about(row) or kind_word(row), "document")
