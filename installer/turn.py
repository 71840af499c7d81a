"""One set-up at a time in one folder: a second one waits for the first."""

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl


def _take(handle: int) -> bool:
    """Take the lock if it is free; the system gives it back when the last process that holds the handle ends."""
    try:
        if sys.platform == "win32":
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):  # what flock and msvcrt say of a lock that is held
        return False
    return True


@contextmanager
def turn(path: Path, say: Callable[[str], None]) -> Iterator[int]:
    """Hold the lock file at path.

    Yields:
        Its descriptor. Steps inherit it (POSIX): when this process is killed, the lock stays until its step ends too.
    """
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        if not _take(handle):
            say("另一个窗口正在准备运行环境，等待它完成…")
            while not _take(handle):
                time.sleep(0.3)
        yield handle
    finally:
        os.close(handle)
