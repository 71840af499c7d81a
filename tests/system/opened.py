"""Opens a workspace's window until its home page is filled and painted, and says which modules that took.

Run as a program with the workspace's folder: a module once loaded by another test would prove nothing.
"""

import os
import sys
from argparse import Namespace
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QTimer

from desktop.commands import window as command
from desktop.ui.app import start


class Eye(QObject):
    """Waits for the first painting of a widget."""

    def eventFilter(self, target: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Tell once the whole window has been painted with it."""
        if event.type() == QEvent.Type.Paint:
            QTimer.singleShot(0, tell)
        return False


def tell() -> None:
    """Write the names and end, without waiting for the window to be tidied up."""
    sys.stdout.write("\n".join(sys.modules) + "\n")
    sys.stdout.flush()
    os._exit(0)


def main(folder: Path) -> None:
    """Run `budgetdesk open` as it is, with an eye on the page."""
    build_app = start.build_app

    def watched(*given, **named):
        window = build_app(*given, **named)
        page, eye = window.page("home"), Eye(window)
        page.status_changed.connect(lambda: page.checklist.viewport().installEventFilter(eye))
        return window

    start.build_app = watched
    command.has_display = lambda: True
    command.run(Namespace(workspace=folder))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
