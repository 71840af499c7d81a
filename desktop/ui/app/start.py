"""From an open workspace to a window on the screen, and back."""

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType

import platformdirs
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from desktop.domain.evoucher import Evoucher
from desktop.ui.app.complaints import Complaints
from desktop.ui.app.guard import Guard
from desktop.ui.app.installation import Installation
from desktop.ui.app.memory import Memory
from desktop.ui.app.opening import Opening, reach, restore_now
from desktop.ui.app.units import Switching
from desktop.ui.app.window import build_app, close_app
from desktop.ui.app.wiring import Wiring
from desktop.ui.kit import tokens
from desktop.ui.kit.theme import apply_theme
from desktop.ui.settings.look import show_kept
from desktop.ui.shell.main_window import MainWindow
from desktop.usecases.seat import Seat

FIRST_SIZE = (1366, 768)


def application(points: float = tokens.NORMAL) -> QApplication:
    """Return the application with the program's look, made when there is none."""
    made = QApplication.instance()
    if made is None:  # 125 % is 125 %: nothing is rounded
        QGuiApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    app = made if isinstance(made, QApplication) else QApplication(sys.argv[:1])
    app.setApplicationName("BudgetDesk")
    apply_theme(app, points)
    return app


def run_window(
    installation: Installation,
    read_evoucher: Callable[[Path], Evoucher],
    *,
    title_note: str = "",
    officer_id: str = "",
    memory_folder: Path | None = None,
    switching: Switching | None = None,
) -> int:
    """Show the window over an open workspace until it is closed, or until another unit is wanted.

    Args:
        installation: Its books must not have been entered by another thread.
        read_evoucher: Reads an OFD or XML file.
        title_note: Words in a strip over everything.
        officer_id: Who sits here first; otherwise who sat here last, else the first maker.
        memory_folder: Where the window's place is remembered; the user's own data folder by default.
        switching: Knows the other units of this PC, and afterwards which of them is wanted.

    Returns:
        The exit code of the event loop.
    """
    memory = Memory(memory_folder or Path(platformdirs.user_data_dir("BudgetDesk", appauthor=False)))
    app = application(memory.points())
    show_kept(memory)
    window = build_app(
        installation, read_evoucher, nobody(installation), title_note=title_note, officer_id=officer_id, memory=memory,
        switching=switching,
    )
    if not (memory.layout() and window.standing.restore(memory.layout())):
        window.resize(*FIRST_SIZE)
    window.zoom_changed.connect(memory.keep_points)
    before = sys.excepthook
    sys.excepthook = exception_hook(window)
    try:
        window.show()
        guard = window.findChild(Guard)
        if guard is not None:
            guard.start()
        return app.exec()
    finally:
        sys.excepthook = before
        memory.keep_layout(window.standing.kept())
        close_app(window)
        memory.write()
        window.deleteLater()


def open_and_run(
    folder: Path,
    opening_of: Callable[[Path], Opening],
    read_evoucher: Callable[[Path], Evoucher],
    *,
    folders: Callable[[], Sequence[Path]] = tuple,
    memory_folder: Path | None = None,
) -> int:
    """Open a workspace, asking what must be asked, and show the window; then the unit that the user changes to.

    Args:
        folder: The first workspace.
        opening_of: What may be tried with a workspace.
        read_evoucher: Reads an OFD or XML file.
        folders: Gives the workspaces of this PC.
        memory_folder: Where the window's place is remembered; the user's own data folder by default.

    Returns:
        The exit code of the last window; 0 when the user gave up before there was one.
    """
    application()
    switching, code = Switching(folders, opening_of=opening_of), 0
    before: Path | None = None
    here: Path | None = folder
    while here is not None:
        opening = opening_of(here)
        installation = reach(opening)
        if installation is None:  # the user stepped back: to the unit that was open, if there was one
            here, before = before, None
            continue
        switching.wanted = None
        try:
            code = run_window(installation, read_evoucher, memory_folder=memory_folder, switching=switching)
        finally:
            opening.close(installation)
        wished = switching.wish.taken()
        if wished.restore is not None:
            restore_now(opening, wished.restore)
        before, here = here, here if wished.again else switching.wanted
    return code


def nobody(installation: Installation) -> Seat:
    """Return the seat of this PC itself, until the window knows who works here."""
    return Seat("", "", Wiring.FIRST_POST, installation.clock, installation.ids)


def exception_hook(
    window: MainWindow,
) -> Callable[[type[BaseException], BaseException, TracebackType | None], None]:
    """Return what takes exceptions that nobody caught: ours are told with their number, the work goes on."""
    complaints = window.findChild(Complaints)

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if complaints is None or not issubclass(kind, Exception):
            sys.__excepthook__(kind, error, trace)
            return
        complaints.show_bug(error)

    return hook

