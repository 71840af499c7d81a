"""Files that are either complete and durable or not there at all."""

import errno
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from sync.faults import DiskFailed, DiskFull, ExchangeFault, TargetExists

TEMPORARY = ".partial"  # suffix of what is being written; `sweep` removes what a killed program left


@contextmanager
def new_file(path: Path, *, replace: bool) -> Iterator[BinaryIO]:
    """Write a file under a temporary name in the same folder; it gets its name when the block ends well.

    Before the name changes the bytes are flushed to the device, afterwards the folder is. When anything fails, the
    old state stands and nothing is left behind. The file is readable by its owner alone.

    Args:
        path: The final name; its folder exists.
        replace: Whether a file of that name may be replaced.

    Raises:
        TargetExists: There is one and it may not.
        DiskFull: No space on the device.
        DiskFailed: Any other failure of the file system.
    """
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}{TEMPORARY}")
    try:
        with os.fdopen(os.open(temporary, _CREATE, 0o600), "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        if not replace and path.exists():
            raise TargetExists(path=str(path))
        temporary.replace(path)
        _sync_folder(path.parent)
    except OSError as reason:
        _discard(temporary)
        raise disk_fault(reason, path) from reason
    except BaseException:
        _discard(temporary)
        raise


def write_file(path: Path, data: bytes, *, replace: bool) -> None:
    """Write a small file as ``new_file`` does."""
    with new_file(path, replace=replace) as file:
        file.write(data)


def read_file(path: Path, limit: int) -> bytes | None:
    """Read a small file whole; None when there is none.

    Raises:
        DiskFailed: It cannot be read, or is larger than ``limit`` bytes.
    """
    try:
        with path.open("rb") as file:
            data = file.read(limit + 1)
    except FileNotFoundError:
        return None
    except OSError as reason:
        raise disk_fault(reason, path) from reason
    if len(data) > limit:
        raise DiskFailed(path=str(path), reason=f"larger than {limit} bytes")
    return data


def sweep(folder: Path) -> list[Path]:
    """Remove what a killed program left half written in a folder; for start-up, when nobody writes there.

    Returns:
        The files removed.
    """
    try:
        left = [path for path in folder.iterdir() if path.name.startswith(".") and path.name.endswith(TEMPORARY)]
        for path in left:
            path.unlink()
    except OSError as reason:
        raise disk_fault(reason, folder) from reason
    return left


def disk_fault(reason: OSError, path: Path) -> ExchangeFault:
    """Say as a fault what the file system refused."""
    if reason.errno in (errno.ENOSPC, errno.EDQUOT):
        return DiskFull(folder=str(path.parent))
    return DiskFailed(path=str(path), reason=reason.strerror or type(reason).__name__)


# On Windows a file opened without O_BINARY would have its line ends rewritten.
_CREATE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


def _discard(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError:
        return  # the first failure is the one to report; `sweep` finds the file at the next start


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":
        return  # a folder cannot be opened there; NTFS journals the rename itself
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
