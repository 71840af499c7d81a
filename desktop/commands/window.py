"""`budgetdesk open [WS]`: the window, or how to begin when there is no workspace yet."""

import os
import sys
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path

from desktop.bootstrap import install, read_evoucher
from desktop.commands.answer import Exit, Unusable
from desktop.commands.homes import (
    REHEARSAL_MARK,
    REHEARSAL_PASSWORD,
    SECRETS_FILE,
    default_home,
    needs_password,
    rehearsal_home,
    secrets_with,
    workspaces_in,
)
from desktop.demo.material import pins, unit_material
from desktop.demo.stage import is_made, make, open_stage
from desktop.domain.fault import Fault
from desktop.storage.faults import disk_fault
from desktop.storage.workspace import Workspace, open_workspace, recover
from desktop.texts import faults
from desktop.texts.words import POSTS
from desktop.ui.app.beginning import Rehearsal, begin
from desktop.ui.app.installation import Installation
from desktop.ui.app.opening import Opening
from desktop.ui.app.start import application, open_and_run, run_window
from desktop.ui.kit.dialogs import tell
from sync.faults import ExchangeFault
from sync.secrets import PasswordFileStore


def run(arguments: Namespace) -> Exit:
    """Open a workspace in a window; without a name the one that was used last."""
    if not has_display():
        raise Unusable("这里没有图形界面，打不开窗口。可以用 budgetdesk check 或 budgetdesk sync。")
    folder = arguments.workspace or last_used(default_home())
    if folder is None:
        return _begin(rehearsal_home())
    if not (folder / "workspace.json").is_file():
        raise Unusable(f"{folder} 不是工作区文件夹。")
    return Exit(open_and_run(opening_of(folder), read_evoucher))


def has_display() -> bool:
    """Whether windows can be shown here."""
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def last_used(home: Path) -> Path | None:
    """Return the workspace whose database was written last; None when there is none yet."""
    return max(workspaces_in(home), key=_written, default=None)


def _written(folder: Path) -> float:
    database = folder / "books.db"
    return database.stat().st_mtime if database.is_file() else 0.0


def opening_of(folder: Path) -> Opening:
    """Return what may be tried with one workspace; what must be asked is asked in dialogs."""

    def open_it(password: str, readonly: bool) -> Installation:
        return install(open_workspace(folder, secrets_with(folder, password), readonly=readonly))

    def recover_it(code: str, password: str) -> None:
        recover(folder, code, secrets_with(folder, password))

    return Opening(
        needs_password=needs_password(folder),
        open=open_it,
        recover=recover_it,
        close=lambda installation: _workspace(installation).close(),
        restore=_restore,
    )


def _restore(installation: Installation, backup: Path) -> None:
    _workspace(installation).restore(backup)


def _workspace(installation: Installation) -> Workspace:
    workspace = installation.workspace
    assert isinstance(workspace, Workspace), "opened here"
    return workspace


def _begin(home: Path) -> Exit:
    """Say how to begin; show the rehearsal when it is wanted."""
    application()
    if not begin(Rehearsal(is_made(home, REHEARSAL_MARK), _maker(home), _people())):
        return Exit.GOOD
    try:
        with open_stage(home, PasswordFileStore(home / SECRETS_FILE, REHEARSAL_PASSWORD)) as stage:
            return Exit(run_window(stage.installation, read_evoucher, title_note="演示数据 · 不会报送"))
    except (Fault, ExchangeFault) as fault:  # open in another window already, or damaged
        tell(faults.describe(fault.code).title, faults.sentence(fault.code, fault.facts), level="error", word="关闭")
        return Exit.REFUSED


def _people() -> list[tuple[str, str]]:
    return [
        (f"{'、'.join(POSTS[post] for post in row['posts'])} {row['name']}", pins()[row["id"]])
        for row in unit_material()["officers"]
    ]


def _maker(home: Path) -> Callable[[Callable[[str], None]], None]:
    def make_it(say: Callable[[str], None]) -> None:
        try:
            home.mkdir(parents=True, exist_ok=True)
            make(home, REHEARSAL_MARK, lambda at: PasswordFileStore(at / SECRETS_FILE, REHEARSAL_PASSWORD), say)
        except OSError as reason:
            raise disk_fault(reason, home) from reason

    return make_it
