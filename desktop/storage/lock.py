"""One writing program at a time for each workspace; the system lets go when the program dies, however it dies."""

import os
import sys
from pathlib import Path

from desktop.storage.faults import WorkspaceFault, disk_fault

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl


class FolderLock:
    """Holds the lock file from construction until `release`.

    Raises:
        WorkspaceFault: WORKSPACE_LOCKED when another program, or another window of this one, holds it.
    """

    def __init__(self, path: Path) -> None:
        try:
            self._number = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as reason:
            raise disk_fault(reason, path) from reason
        try:
            if sys.platform == "win32":
                msvcrt.locking(self._number, msvcrt.LK_NBLCK, 1)
            else:
                fcntl.flock(self._number, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as reason:
            os.close(self._number)
            raise WorkspaceFault("WORKSPACE_LOCKED", folder=str(path.parent)) from reason

    def release(self) -> None:
        """Let go; the file stays."""
        os.close(self._number)
