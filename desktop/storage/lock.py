"""One writing program at a time for each workspace; the system lets go when the program dies, however it dies.

The file says who holds it and is emptied when the holder lets go in good order: text in a file that nobody holds is
the mark of a program that died (M02), text in a file that is held names who works there (M29).
"""

import getpass
import os
import socket
import sys
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from desktop.storage.codec import NotReadable, decode, encode
from desktop.storage.faults import WorkspaceFault, disk_fault

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_LARGEST = 4096
# Windows locks bytes against reading too: one far behind the text, so that others can read who holds it.
_LOCKED_BYTE = 1 << 30


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a workspace, or held it when the program died.

    Attributes:
        user: Login name on the computer.
        computer: Its name in the network.
        since: Local time with zone.
    """

    user: str
    computer: str
    process: int
    since: str


class FolderLock:
    """Holds the lock file from construction until `release`.

    Attributes:
        left_behind: Who held it before and never let go; None after an orderly end.

    Raises:
        WorkspaceFault: WORKSPACE_LOCKED when another program, or another window of this one, holds it; ``user`` names
            who.
    """

    def __init__(self, path: Path, now: datetime) -> None:
        try:
            self._number = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as reason:
            raise disk_fault(reason, path) from reason
        try:
            if sys.platform == "win32":
                os.lseek(self._number, _LOCKED_BYTE, os.SEEK_SET)
                msvcrt.locking(self._number, msvcrt.LK_NBLCK, 1)
            else:
                fcntl.flock(self._number, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as reason:
            holder = self._read()
            os.close(self._number)
            raise WorkspaceFault(
                "WORKSPACE_LOCKED", folder=str(path.parent), user=holder.user if holder is not None else ""
            ) from reason
        self.left_behind = self._read()
        self._write(encode(Holder(_user(), socket.gethostname(), os.getpid(), now.isoformat(timespec="seconds"))))

    def release(self) -> None:
        """Let go in good order; the file stays, empty."""
        self._write(b"")
        os.close(self._number)

    def _read(self) -> Holder | None:
        try:
            os.lseek(self._number, 0, os.SEEK_SET)
            data = os.read(self._number, _LARGEST)
            return decode(data, Holder) if data else None
        except (OSError, NotReadable):
            return None

    def _write(self, data: bytes) -> None:
        # A full disk keeps nobody from working: then only the names are missing.
        try:
            os.ftruncate(self._number, 0)
            os.lseek(self._number, 0, os.SEEK_SET)
            os.write(self._number, data)
        except OSError:
            return


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container without a password file
        return ""
