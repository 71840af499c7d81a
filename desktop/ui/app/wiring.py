"""Joins frame, pages and the open workspace: routes between pages, badges, units, years, and the one sync run."""

from collections.abc import Callable
from datetime import datetime
from importlib import import_module
from pathlib import Path

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from desktop.domain.document import Post
from desktop.domain.money import format_yuan
from desktop.texts import tr
from desktop.texts.messages import message
from desktop.texts.outcome import ended, level
from desktop.texts.stages import sentence, title
from desktop.ui.app.direction import Direction
from desktop.ui.app.frame import Around, shell_state
from desktop.ui.app.front import FrontKeys
from desktop.ui.app.memory import Memory
from desktop.ui.app.open_tabs import OpenTabs
from desktop.ui.app.other_units import NeighbourUnits
from desktop.ui.app.pages import PAGES, factory, pages_for
from desktop.ui.app.people import People
from desktop.ui.app.reading import FrameView, frame_view
from desktop.ui.app.routes import CHECK, HOME, LIBRARY_CHANGES, PERFORMANCE, RUN, SETTINGS, SYNC, page_key
from desktop.ui.app.rows import telling_total
from desktop.ui.app.searching import Searching
from desktop.ui.app.units import Switching, color_of, folder_key, keep_color, keep_name, other_units
from desktop.ui.context import Context, UnitMark
from desktop.ui.kit.announce import announce
from desktop.ui.kit.dialogs import Verb, ask
from desktop.ui.shell.key_sheet import KeySheet
from desktop.ui.shell.keys import KEYS
from desktop.ui.shell.main_window import MainWindow
from desktop.ui.shell.state import Segment
from desktop.ui.sync.reading import Workplace
from desktop.ui.sync.runner import Ended, SyncRunner
from desktop.usecases.month_end import StageReport, Status
from desktop.usecases.ports import Books
from desktop.usecases.years import years_with_data

_TOAST_KINDS = {"ok": "ok", "warning": "warning", "error": "error", "neutral": "info"}
_KEY_PRINTING = "desktop.ui.app.key_printing"  # printing is loaded when something is printed
_CHANGES = "desktop.ui.performance.changes_opening"  # so are lists that few people open
_COMMANDS = frozenset(entry.name for entry in KEYS)


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
        folder: Of the workspace.
        switching: Takes the wish for another unit; None: there is no other.
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
        folder: Path = Path(),
        switching: Switching | None = None,
    ) -> None:
        super().__init__(window)
        self.window, self.context, self.runner = window, context, SyncRunner(context, self)
        self._now, self._strip, self._folder = now, strip, folder
        self._switching = switching or Switching()
        self._unit_confirmed = not self._switching.came_from
        self._view: FrameView | None = None
        self._started = False
        self._right: tuple[Segment, ...] = ()
        self._years: tuple[int, ...] = ()
        self._heard: set[str] = set()
        self._announced = ("", "")
        for entry in PAGES:
            also = (self.runner, workplace) if entry.key == SYNC else (window,) if entry.with_window else ()
            make = factory(entry, context, *also)
            window.add_page(entry.key, entry.text, entry.icon, make, initials=entry.initials, foot=entry.foot)
        context.units = self._neighbours()
        context.route_to(self.open_page)
        context.say_through(window.toast.say)
        self.people = People(window, context, memory, officer_id)
        self.search = Searching(window, context, readonly=workplace.readonly)
        self.direction = Direction(window, context)
        self._tabs = OpenTabs(window, context, self._switching.fronts.pop(folder, ""))
        FrontKeys(window, context)
        self._connect()

    def _connect(self) -> None:
        window, context, bind = self.window, self.context, self.window.commands.bind
        window.sync_requested.connect(self._ask_for_sync)
        window.page_requested.connect(self._page_shown)
        window.segment_clicked.connect(self._segment)
        window.unit_switch_requested.connect(self.switch_unit)
        window.color_requested.connect(self._pick_color)
        window.year_requested.connect(self._show_year)
        context.changed.connect(self._changed)
        self.people.seated.connect(self._seated)
        self.runner.started.connect(self._show_frame)
        self.runner.reported.connect(self._reported)
        self.runner.finished.connect(self._run_over)
        bind("direction", self._turn_direction)
        bind("keys", self._show_keys)
        if window.has_page(SETTINGS):
            bind("backup", lambda: self.open_page(SETTINGS, "backup"))

    # -- start

    def start(self) -> None:
        """Read who works here, seat the first of them, and show the home page."""
        self.window.show_page(HOME)
        self._read_frame()
        self._read_years()
        self.search.start()

    # -- pages

    def open_page(self, name: str, argument: str = "") -> None:
        """Bring a page to the front and open something on it; a document's id, a tab, or nothing."""
        if name == LIBRARY_CHANGES:
            import_module(_CHANGES).open_changes(self.window, self.context, argument)
            return
        key = page_key(name)
        if not self.window.has_page(key):
            return
        self.window.show_page(key)
        if key == PERFORMANCE and argument:  # its documents lie on the page itself, under any tab
            self.window.show_list(key)
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
            paper = getattr(page, "print_requested", None)
            if paper is not None:
                paper.connect(lambda: self.window.commands.run("print"))
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

    @Slot(str)
    def _segment(self, key: str) -> None:
        if key in _COMMANDS:
            self.window.commands.run(key)

    def _turn_direction(self) -> None:
        self.direction.turn()
        self._show_frame()

    def _show_keys(self) -> None:
        def preview() -> None:
            import_module(_KEY_PRINTING).show_keys_preview(sheet, self.context)

        sheet = KeySheet(self.window, preview)
        sheet.exec()
        sheet.deleteLater()

    # -- frame and people

    def _read_frame(self) -> None:
        seat = self.context.seat()

        def read(books: Books) -> FrameView:
            return frame_view(books, seat)

        self.context.run(self, read, self._take_frame)

    def _read_years(self) -> None:
        this_year = self.context.this_year
        self.context.run(self, lambda books: years_with_data(books, this_year), self._take_years)

    def _take_years(self, years: tuple[int, ...]) -> None:
        self._years = years
        self._show_frame()

    def _take_frame(self, view: FrameView) -> None:
        self._view = view
        notes, unit = self.context.notes, view.unit
        self.context.unit = UnitMark(unit.code, unit.name, color_of(notes, unit.code))
        keep_name(notes, self._folder, unit.code, unit.name)
        if self.people.take(view):
            return
        self._show_frame()
        if not self._started:
            self._started = True
            self._page_shown(self.window.current_page())
            self._front_focus()
            self._tabs.start(folder_key(self._folder))

    def _front_focus(self) -> None:
        """Give the page in front the keyboard at the start, unless the curtain has it."""
        opener = getattr(self.window.page(self.window.current_page()), "open", None)
        if callable(opener) and not self.window.curtain.isVisible():
            opener("")

    @Slot()
    def _seated(self) -> None:
        offered = [key for key in pages_for(self.context.seat().post) if self.window.has_page(key)]
        self.window.offer_pages(offered)
        if self.window.current_page() not in offered:
            self.window.show_page(HOME)
        self._show_frame()

    @Slot(str)
    def _changed(self, topic: str) -> None:
        self._read_frame()
        if topic in ("mirrors", "sync"):
            self._read_years()
        if self._started and self.window.current_page():
            self._refresh(self.window.page(self.window.current_page()))

    def _show_frame(self) -> None:
        if self._view is None:
            return
        now = self.runner.current()
        stage = now.stage if now is not None else None
        if self.runner.running and stage is None:
            stage = next(iter(self.runner.reports))
        notes, year = self.context.notes, self.context.year
        around = Around(
            self.context.unit.color, other_units(notes, self._switching.folders(), self._folder),
            self.context.this_year, self._years, self.people.minutes(),
        )
        self.window.show_state(shell_state(
            self._view, self.context.seat(), now=self._now(), year=year, running=stage,
            strip=self._strip, right=(*self._right, self.direction.segment()), around=around,
        ))

    # -- units and years

    def _neighbours(self) -> NeighbourUnits | None:
        """Return the way to the other units; None where none can be looked into."""
        switching = self._switching
        if switching.opening_of is None:
            return None
        return NeighbourUnits(self.context.notes, switching.folders, self._folder, switching.opening_of,
                              self.switch_unit)

    @Slot(str)
    def switch_unit(self, folder: str) -> None:
        """Leave this unit for another: everything is saved, the window closes, the other's opens."""
        if self.runner.running:
            self.context.say(tr("正在同步。等这次同步结束，再换单位。"), "info")
            return
        self._switching.wanted = Path(folder)
        self._switching.came_from = self.context.unit.name
        self._switching.fronts[self._folder] = self.window.current_page()
        if not self.window.close():  # something typed could not be saved, and its owner stays with it
            self._switching.wanted = None

    @Slot(str)
    def _pick_color(self, color: str) -> None:
        unit = self.context.unit
        keep_color(self.context.notes, unit.code, color)
        self.context.unit = UnitMark(unit.code, unit.name, color)
        self._show_frame()

    @Slot(int)
    def _show_year(self, year: int) -> None:
        if year != self.context.year:
            self.context.show_year(year)
            self._show_frame()

    # -- the sync

    @Slot()
    def _ask_for_sync(self) -> None:
        if SYNC not in pages_for(self.context.seat().post):
            self.context.say(tr("同步由经办人、复核人或签章人操作。"), "info")
        elif self._unit_confirmed or self._confirm_unit():
            self._unit_confirmed = True
            self.open_page(SYNC, CHECK)

    def _confirm_unit(self) -> bool:
        """Ask once, after another unit was left in this run, whether this is the right one (M27)."""
        unit, ready = self.context.unit, self._view.ready if self._view is not None else ()
        word, total = telling_total(ready)
        said = message("M27", unit=f"{unit.code} {unit.name}", before=self._switching.came_from, count=len(ready),
                       word=word, total=format_yuan(total))
        verbs = (Verb("go", said.verbs[0], "primary"), Verb("back", said.verbs[1]))
        return ask(said.title, said.body, verbs, level="warning", unit_color=unit.color, parent=self.window) == "go"

    @Slot(object)
    def _reported(self, report: StageReport) -> None:
        self._show_frame()
        changed = (report.stage.value, report.status.value)
        if report.status is not Status.WAITING and changed != self._announced:
            self._announced = changed
            announce(f"{title(report.stage.value)}，{sentence(report.stage.value, report.status.value, report.facts)}",
                     self.window)

    @Slot(object)
    def _run_over(self, over: Ended) -> None:
        """Say the result where the user is now, unless the sync page shows it in full."""
        self._show_frame()
        told = ended(over.end)
        if self.window.current_page() == SYNC:
            announce(f"{told.title}。{told.body}", self.window)
            return
        self.window.toast.say(f"{told.title}：{told.body}", _TOAST_KINDS[level(over.end)], action=tr("查看"),
                              call=lambda: self.open_page(SYNC, RUN))


