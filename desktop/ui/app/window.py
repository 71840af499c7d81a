"""Builds the window over an open workspace; `run_window` of `start` adds the event loop."""

import shutil
from collections.abc import Callable
from pathlib import Path

import platformdirs
from PySide6.QtCore import QEventLoop, QTimer

from desktop.domain.evoucher import Evoucher
from desktop.texts import tr
from desktop.ui.app.bug_log import BugLog
from desktop.ui.app.complaints import Complaints
from desktop.ui.app.guard import Guard
from desktop.ui.app.installation import Installation
from desktop.ui.app.memory import Memory
from desktop.ui.app.units import Switching
from desktop.ui.app.wiring import Wiring
from desktop.ui.context import Context, Services
from desktop.ui.settings.again import Wish
from desktop.ui.shell.main_window import MainWindow
from desktop.ui.sync.reading import BackupKept, Workplace
from desktop.ui.tasks import Tasks
from desktop.usecases.seat import Seat

LOOK_MS = 10
ReadEvoucher = Callable[[Path], Evoucher]


def build_app(
    installation: Installation,
    read_evoucher: ReadEvoucher,
    seat: Seat,
    *,
    title_note: str = "",
    officer_id: str = "",
    log_folder: Path | None = None,
    memory: Memory | None = None,
    switching: Switching | None = None,
) -> MainWindow:
    """Build context, frame, pages and complaints; nothing is shown and no loop runs.

    The window owns everything; `close_app` ends its workers.

    Args:
        installation: The open workspace; its books are entered by the window's database worker alone.
        read_evoucher: Reads an OFD or XML file.
        seat: Who is at the screen; with an empty officer id the window seats `officer_id` or the first maker.
        title_note: Words in a strip over everything, as ``演示数据 · 不会报送``.
        officer_id: Who sits here first.
        log_folder: Where bugs are written; the user's own log folder by default.
        memory: Remembers who sat here last; nothing is remembered without it.
        switching: Takes the wish for another unit of this PC.
    """
    now = installation.clock.now
    window = MainWindow()
    tasks = Tasks(window)
    services = Services(
        read_evoucher, installation.month_end, lambda: now().date(), tables=installation.tables(),
        upkeep=installation.upkeep(),
    )
    vault = installation.workspace.vault()
    context = Context(tasks, installation.books, vault, services, seat, now().year, window, notes=memory,
                      readonly=installation.workspace.readonly)
    folder = log_folder or Path(platformdirs.user_log_dir("BudgetDesk", appauthor=False))
    Complaints(context, window, BugLog(folder), now)
    strip = title_note or (tr("只读打开：可以查看，不能修改和同步") if installation.workspace.readonly else "")
    workplace = workplace_of(installation)
    Wiring(
        window, context, workplace, now, strip=strip, officer_id=officer_id, memory=memory,
        folder=installation.workspace.folder, switching=switching,
    ).start()
    if services.upkeep is not None:
        Guard(context, window, services.upkeep, switching.wish if switching is not None else Wish(), folder)
    return window


def close_app(window: MainWindow) -> None:
    """Let the pages save what they hold, stop a run, and end the workers; the workspace can be closed then."""
    wiring, tasks = window.findChild(Wiring), window.findChild(Tasks)
    if wiring is not None:
        wiring.runner.stop()
    if window.isVisible():
        window.close()
    if tasks is not None:
        _await(tasks)
        tasks.close()


def _await(tasks: Tasks) -> None:
    """Wait until all work that was started has come back: what comes back may start the last saving."""
    loop, look = QEventLoop(), QTimer()
    look.timeout.connect(lambda: None if tasks.busy() else loop.quit())
    look.start(LOOK_MS)
    if tasks.busy():
        loop.exec()


def workplace_of(installation: Installation) -> Workplace:
    """Return what the check sheet says of this PC."""
    workspace = installation.workspace

    def backups() -> list[BackupKept]:
        return [BackupKept(found.made_at, str(found.path.parent)) for found in workspace.backups() if found.sound]

    def writer_ready() -> None:
        workspace.vault().writer_key()

    def free_space() -> int:
        return shutil.disk_usage(workspace.folder).free

    return Workplace(backups, writer_ready, free_space, workspace.readonly)
