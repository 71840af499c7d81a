"""Builds everything, once; the only place that knows every part."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import uuid4

import platformdirs

from desktop import __version__
from desktop.domain.document import Post
from desktop.domain.evoucher import Evoucher
from desktop.domain.goal_form.layout import GoalForm
from desktop.domain.importing.outgoing import FormSheet, OutTable
from desktop.domain.importing.table import Table
from desktop.storage.backup import make_backup
from desktop.storage.safekeeping import Safekeeping
from desktop.storage.workspace import Workspace
from desktop.usecases.desk import UnitDesk
from desktop.usecases.month_end import Channel, MonthEnd, StageReport
from desktop.usecases.ports import AtBooks, Books, Clock, T
from desktop.usecases.seal_batch import Sealer
from desktop.usecases.seat import Seat, seat_of
from desktop.usecases.table_files import TableFiles
from desktop.usecases.upkeep import Line, LinkStep, Upkeep, try_line
from sync.crypto import PublicKey
from sync.session import Progress, Session
from sync.transport import Transport


class SystemClock:
    """The clock of this PC."""

    def now(self) -> datetime:
        """Return the local time with its zone."""
        return datetime.now().astimezone()


class RandomIds:
    """Random UUIDs."""

    def new(self) -> str:
        """Return a fresh UUID4."""
        return str(uuid4())


@dataclass(frozen=True, slots=True)
class Installation:
    """One open workspace with everything that a window or a command needs.

    Attributes:
        books: Gives the books of the calling thread's transaction; one thread only.
        connect: Makes the carrier; the platform's address comes from the activation.
    """

    workspace: Workspace
    clock: Clock
    ids: RandomIds
    connect: Callable[[str], Transport]

    def books(self) -> Books:
        """Return the books of the workspace, for the one thread that uses them."""
        return self.workspace.books()

    def seat(self, post: Post, officer_id: str = "") -> Seat:
        """Return the seat of an officer in a post; of the first who holds it when no id is given.

        Raises:
            LookupError: Nobody holds the post.
        """
        with self.books() as books:
            officers = books.mirrors.officers()
        for officer in officers:
            if post.value in officer.posts and officer.active and officer_id in ("", officer.id):
                return seat_of(officer, post, self.clock, self.ids)
        raise LookupError(post.value)

    def machine_seat(self) -> Seat:
        """Return the seat under which this PC itself acts before anybody is known (the first catalogue)."""
        return Seat("", "本机", Post.MAKER, self.clock, self.ids)

    def at_once(self, work: Callable[[Books], T]) -> T:
        """Run work over the books here and now: for commands, which have one thread."""
        return work(self.books())

    def channel(self, at: AtBooks, seat: Seat) -> Channel:
        """Return the way to the platform as the activation names it."""
        settings = at(_exchange_settings)
        writer = self.workspace.vault().writer_key()
        platform_key = PublicKey.from_hex(settings["encryption_key"])

        def open_session(desk: UnitDesk, stop: Callable[[], bool], progress: Callable[[Progress], None]) -> Session:
            transport = self.connect(settings["url"])
            return Session(
                transport, desk, writer, stop=stop, progress=progress, program=__version__, now=self.clock.now
            )

        return Channel(
            sealer=Sealer(Path(self.workspace.outbox), writer, settings["platform"], platform_key, __version__),
            open_session=open_session,
            back_up=lambda: at(lambda books: make_backup(self.workspace, why="sync")),
            desk=UnitDesk(at, seat, Path(self.workspace.inbox)),
        )

    def tables(self) -> TableFiles:
        """Return what reads foreign tables and writes ours."""
        return table_files()

    def month_end(
        self, at: AtBooks, seat: Seat, stop: Callable[[], bool], progress: Callable[[StageReport], None]
    ) -> MonthEnd:
        """Return a run of 一键同步."""
        return MonthEnd(at, seat, self.channel(at, seat), stop, progress)


    def safekeeping(self) -> Safekeeping:
        """Return the backups of the workspace."""
        return Safekeeping(self.workspace, self.clock.now)

    def upkeep(self) -> Upkeep:
        """Return what people ask of the program itself."""
        left = self.workspace.left_behind

        def try_it(line: Line) -> list[LinkStep]:
            writer = self.workspace.vault().writer_key()
            return try_line(line, lambda: self.connect(line.url), writer, __version__, self.clock.now())

        return Upkeep(
            self.safekeeping(),
            self.workspace.vault(),
            _diagnosis,
            _line_of,
            try_it,
            self.workspace.id,
            self.workspace.folder,
            left.since if left is not None else "",
        )


def _line_of(books: Books) -> Line:
    with books:
        url, platform = books.setting("url"), books.setting("platform")
        unit, writer = books.setting("unit_code"), books.setting("writer_id")
    if not url:
        return Line("", platform, f"{unit}/{writer}" if unit else "", "")
    from sync.transport.http import proxy_of  # noqa: PLC0415 - the window does not wait for the net's libraries

    return Line(url, platform, f"{unit}/{writer}" if unit else "", proxy_of(url))


def _diagnosis() -> list[str]:
    from desktop.diagnosis import as_line, diagnose  # noqa: PLC0415 - asked for seldom, and slow to load

    return [as_line(one) for one in diagnose(Path(platformdirs.user_data_dir("BudgetDesk", appauthor=False)))]


def _exchange_settings(books: Books) -> dict[str, str]:
    with books:
        return {name: books.setting(name) for name in ("platform", "url", "encryption_key")}


def read_evoucher(path: Path) -> Evoucher:
    """Read an OFD or XML file; see `desktop.exchange.evouchers.read_evoucher`."""
    from desktop.exchange.evouchers import read_evoucher as read  # noqa: PLC0415 - the window does not wait for OFD

    return read(path)


class _Tables:
    """Table files by `desktop.exchange.tables`, which is loaded when the first one is wanted."""

    def read(self, path: Path, tick: Callable[[], None]) -> list[Table]:
        from desktop.exchange.tables import read_tables  # noqa: PLC0415 - the window does not wait for Excel

        return read_tables(path, tick)

    def clipboard(self, text: str, html: str) -> list[Table]:
        from desktop.exchange.tables import read_clipboard  # noqa: PLC0415 - as above

        return read_clipboard(text, html)

    def write(self, path: Path, table: OutTable, tick: Callable[[int, int], None]) -> None:
        from desktop.exchange.tables import write_sheet  # noqa: PLC0415 - as above

        write_sheet(path, table, tick)

    def write_template(self, path: Path, form: FormSheet) -> None:
        from desktop.exchange.tables import write_template  # noqa: PLC0415 - as above

        write_template(path, form)

    def write_goal_form(self, path: Path, form: GoalForm) -> None:
        from desktop.exchange.goal_form_file import write_goal_form  # noqa: PLC0415 - as above

        write_goal_form(path, form)


def table_files() -> TableFiles:
    """Return what reads foreign tables and writes ours."""
    return _Tables()


def _over_http(url: str) -> Transport:
    from sync.transport.http import HttpTransport  # noqa: PLC0415 - the window does not wait for the net's libraries

    return HttpTransport(url)


def install(
    workspace: Workspace, *, clock: Clock | None = None, connect: Callable[[str], Transport] | None = None
) -> Installation:
    """Wire an open workspace to this PC's clock and network, or to those given."""
    return Installation(workspace, clock or SystemClock(), RandomIds(), connect or _over_http)


__all__ = ["Installation", "RandomIds", "SystemClock", "install", "read_evoucher", "table_files"]
