"""`budgetdesk open [WS]`: the window, or how to begin when there is no workspace yet."""

import os
import sys
from argparse import Namespace
from pathlib import Path

from desktop.bootstrap import install, read_evoucher
from desktop.commands.answer import Exit, Unusable
from desktop.commands.homes import (
    default_home,
    needs_password,
    rehearsal_home,
    secrets_with,
    workspaces_in,
)
from desktop.storage.workspace import Workspace, open_workspace, recover
from desktop.ui.app.installation import Installation
from desktop.ui.app.memory import Memory
from desktop.ui.app.opening import Opening
from desktop.ui.app.start import open_and_run
from desktop.ui.welcome.unfinished import unfinished


def run(arguments: Namespace) -> Exit:
    """Open a workspace in a window; without a name the one that was used last."""
    if not has_display():
        raise Unusable("这里没有图形界面，打不开窗口。可以用 budgetdesk check 或 budgetdesk sync。")
    begun = arguments.workspace is None and unfinished(Memory(default_home())) is not None
    folder = None if begun else arguments.workspace or last_used(default_home())
    if folder is None:
        # The rehearsal brings a whole platform along; whoever opens a workspace neither waits for it nor needs it.
        from desktop.commands.beginning import begin_at  # noqa: PLC0415 - see above

        return begin_at(rehearsal_home(), default_home(), opening_of)
    if not (folder / "workspace.json").is_file():
        raise Unusable(f"{folder} 不是工作区文件夹。")
    homes = dict.fromkeys((folder.resolve().parent, default_home().resolve()))
    return Exit(
        open_and_run(
            folder,
            opening_of,
            read_evoucher,
            folders=lambda: [found for home in homes for found in workspaces_in(home)],
        )
    )


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
        close=close,
        restore=restore,
    )


def close(installation: Installation) -> None:
    """Close a workspace that was opened for a window."""
    _workspace(installation).close()


def restore(installation: Installation, backup: Path) -> None:
    """Put a backup in the place of its database."""
    _workspace(installation).restore(backup)


def _workspace(installation: Installation) -> Workspace:
    workspace = installation.workspace
    assert isinstance(workspace, Workspace), "opened here"
    return workspace
