"""What every page is given: the books through a worker, the person at the screen, and the way to other pages."""

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Protocol, TypeVar

from PySide6.QtCore import QObject, Signal

from desktop.domain.document import Post, Refused
from desktop.domain.evoucher import Evoucher
from desktop.domain.fault import Fault
from desktop.texts import tr
from desktop.ui.kit import tokens
from desktop.ui.kit.notes import FleetingNotes, Notes
from desktop.ui.tasks import Cancelled, Job, Tasks
from desktop.ui.units import OtherUnits
from desktop.usecases.month_end import MonthEnd, StageReport
from desktop.usecases.ports import AtBooks, Books, Vault
from desktop.usecases.seat import Seat
from desktop.usecases.table_files import TableFiles
from desktop.usecases.upkeep import Upkeep
from sync.faults import ExchangeFault

READ_ONLY = tr("数据是只读打开的，只能查看")
T = TypeVar("T")
S = TypeVar("S")


@dataclass(frozen=True, slots=True)
class Services:
    """Functions from the composition root that pages may not import themselves.

    Attributes:
        read_evoucher: Reads an OFD or XML file; for `take_evoucher`.
        month_end: Makes a run of 一键同步: (at, seat, stop, progress); it runs in a thread of the net.
        today: The date on this PC.
        upkeep: What people ask of the program itself; None where a window has no workspace of its own.
        tables: Reads foreign tables and writes ours; None where a window has no files.
    """

    read_evoucher: Callable[[Path], Evoucher]
    month_end: Callable[[AtBooks, Seat, Callable[[], bool], Callable[[StageReport], None]], MonthEnd]
    today: Callable[[], date]
    upkeep: Upkeep | None = None
    tables: TableFiles | None = None


@dataclass(frozen=True, slots=True)
class UnitMark:
    """What makes the unit impossible to miss: its code, its name and the colour of its stripe, #RRGGBB."""

    code: str = ""
    name: str = ""
    color: str = tokens.FIRST_UNIT_COLOR


class Say(Protocol):
    """Shows a short message over the window: ok, info, warning or error, with at most one button."""

    def __call__(
        self, text: str, kind: str = "ok", *, action: str = "", call: Callable[[], None] | None = None
    ) -> None: ...


class Context(QObject):
    """One workspace open in one window."""

    changed = Signal(str)  # "documents", "mirrors" or "sync": what pages show may be old
    failed = Signal(object)  # a Fault, ExchangeFault or Refused that no page took
    broken = Signal(object)  # any other exception: our bug

    def __init__(
        self,
        tasks: Tasks,
        books: Callable[[], Books],
        vault: Vault,
        services: Services,
        seat: Seat,
        year: int,
        parent: QObject | None = None,
        *,
        notes: Notes | None = None,
        readonly: bool = False,
    ) -> None:
        """Join an open workspace to a window.

        Args:
            tasks: The workers.
            books: Enters the books; in the database worker alone.
            vault: Keys at hand.
            services: What pages may not import themselves.
            seat: Who is at the screen.
            year: The fiscal year that is spent; budgets are made for the next one.
            parent: Owns this.
            notes: What the window remembers for this user; fleeting without it.
            readonly: The workspace is open for reading: every page shows, none writes.
        """
        super().__init__(parent)
        self.notes: Notes = notes if notes is not None else FleetingNotes()
        self.tasks, self.vault, self.services = tasks, vault, services
        self.this_year = self.year = year
        self.budget_year = year + 1
        self.sending = False  # a sync is sending: what lies in its batch is on its way
        self.unit = UnitMark()
        self.units: OtherUnits | None = None  # the other units of this PC, where there can be any
        self.readonly = readonly
        self._books, self._seat = books, replace(seat, looks_only=readonly)
        self._open_page: Callable[[str, str], None] = lambda page, argument: None
        self._say: Say | None = None

    def seat(self) -> Seat:
        """Return who is at the screen, in which post."""
        return self._seat

    def sit(self, seat: Seat) -> None:
        """Let another officer take the seat."""
        self._seat = replace(seat, looks_only=self.readonly)
        self.changed.emit("documents")

    def show_year(self, year: int) -> None:
        """Let every page show another year: ``year`` is spent in it, the budget made in it is the next one's."""
        self.year, self.budget_year = year, year + 1
        self.changed.emit("documents")

    def makes(self) -> bool:
        """Tell whether the person at the screen writes documents here: a maker, and not open for reading."""
        return self._seat.post is Post.MAKER and not self.readonly

    def refuses_writing(self) -> bool:
        """Tell whether the workspace is open for reading, in which nothing is written; says so in one sentence."""
        if self.readonly:
            self.say(tr("{why}。要修改，请关闭后按平常方式重新打开。", why=READ_ONLY), "warning")
        return self.readonly

    def refuses_new(self) -> bool:
        """Tell whether nothing new is begun: open for reading, or a past year is shown; says so in one sentence."""
        if self.refuses_writing():
            return True
        past = self.year < self.this_year
        if past:
            now = self.this_year
            self.say(
                tr("正在查看 {year} 年（往年），不能新建单据。先回到 {now} 年。", year=self.year, now=now),
                "warning",
                action=tr("回到 {now} 年", now=now),
                call=lambda: self.show_year(now),
            )
        return past

    def open_page(self, page: str, argument: str = "") -> None:
        """Go to a page: ``voucher`` with a doc id, ``sync`` with ``check`` …"""
        self._open_page(page, argument)

    def route_to(self, open_page: Callable[[str, str], None]) -> None:
        """Set who opens pages; the window does."""
        self._open_page = open_page

    def say(self, text: str, kind: str = "ok", *, action: str = "", call: Callable[[], None] | None = None) -> None:
        """Show a short message: ok, info, warning or error, with at most one button and what it does."""
        if self._say is not None:
            self._say(text, kind, action=action, call=call)

    def say_through(self, say: Say) -> None:
        """Set who shows short messages; the window does."""
        self._say = say

    def run(
        self,
        owner: QObject,
        work: Callable[[Books], T],
        then: Callable[[T], None],
        failed: Callable[[Exception], None] | None = None,
        *,
        changes: str = "",
    ) -> Job:
        """Run ``work(books)`` in the database thread, then ``then(result)`` in this one unless the owner is gone.

        Args:
            owner: The page; when it is deleted nothing is called any more.
            work: A use case; gets the books, must not touch widgets.
            then: Called with its result.
            failed: Called with a `Fault`, `ExchangeFault` or `Refused`; without it they are shown by the window.
            changes: Topic to announce after success.
        """
        return self.run_job(owner, lambda books, job: work(books), then, failed, changes=changes)

    def run_job(
        self,
        owner: QObject,
        work: Callable[[Books, Job], T],
        then: Callable[[T], None],
        failed: Callable[[Exception], None] | None = None,
        *,
        changes: str = "",
    ) -> Job:
        """Like `run`, for long work that looks at ``job.stop`` or reports by ``job.tick``."""
        return self.tasks.start(owner, lambda job: work(self._books(), job), self._back(then, failed, changes))

    def run_in_net(
        self,
        owner: QObject,
        work: Callable[[AtBooks, Job], T],
        then: Callable[[T], None],
        failed: Callable[[Exception], None] | None = None,
        *,
        changes: str = "",
    ) -> Job:
        """Like `run_job`, in a thread of the net: pages read the books while the work waits for the line.

        Args:
            owner: The page.
            work: Gets the way to the books' thread instead of the books.
            then: Called with its result.
            failed: As in `run`.
            changes: As in `run`.
        """

        def at(step: Callable[[Books], S]) -> S:
            return self.tasks.in_database(lambda: step(self._books()))

        return self.tasks.start(owner, lambda job: work(at, job), self._back(then, failed, changes), net=True)

    def _back(
        self, then: Callable[[T], None], failed: Callable[[Exception], None] | None, changes: str
    ) -> Callable[["Future[T]"], None]:
        def back(future: "Future[T]") -> None:
            error = future.exception()
            if error is None:
                then(future.result())
                if changes:
                    self.changed.emit(changes)
            elif isinstance(error, (Fault, ExchangeFault, Refused)):
                (failed or self.failed.emit)(error)
            elif not isinstance(error, Cancelled):
                self.broken.emit(error)

        return back
