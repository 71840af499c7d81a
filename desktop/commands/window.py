"""`budgetdesk open [WS]`: the window."""

import os
import sys
from argparse import Namespace
from pathlib import Path

from desktop.bootstrap import install, read_evoucher
from desktop.commands.answer import Exit, Unusable
from desktop.commands.homes import default_home, open_at, workspaces_in
from desktop.ui.app.start import run_window


def run(arguments: Namespace) -> Exit:
    """Open a workspace in a window; without a name the one that was used last."""
    if not has_display():
        raise Unusable("这里没有图形界面，打不开窗口。可以用 budgetdesk check 或 budgetdesk sync。")
    folder = arguments.workspace or last_used(default_home())
    with open_at(folder) as workspace:
        return Exit(run_window(install(workspace), read_evoucher))


def has_display() -> bool:
    """Whether windows can be shown here."""
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def last_used(home: Path) -> Path:
    """Return the workspace whose database was written last.

    Raises:
        Unusable: There is none yet.
    """
    found = workspaces_in(home)
    if not found:
        raise Unusable(f"{home} 里还没有工作区。先用 budgetdesk demo 看演示，或向财政局索取激活文件。")
    return max(found, key=lambda folder: (folder / "books.db").stat().st_mtime)
