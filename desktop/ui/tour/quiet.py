"""Keeps back two remarks of the platform without a screen, which has no window manager to ask."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QMessageLogContext, QtMsgType, qFormatLogMessage, qInstallMessageHandler

REMARKS = ("This plugin does not support propagateSizeHints()", "This plugin does not support raise()")


@contextmanager
def without_remarks() -> Iterator[None]:
    """Drop exactly these two lines of Qt inside the block; every other goes where it went before."""

    def pass_on(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
        if text in REMARKS:
            return
        if before is not None:
            before(kind, context, text)
        else:
            sys.stderr.write(f"{qFormatLogMessage(kind, context, text)}\n")

    before = qInstallMessageHandler(pass_on)
    try:
        yield
    finally:
        qInstallMessageHandler(before)
