"""Writes a file whole or not at all, and says in codes why it could not."""

import errno
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

from xlsxwriter.exceptions import XlsxWriterException

from desktop.exchange.tables.faults import TableNotWritten

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
# Excel reads a text that begins like this as a formula when it is typed again or comes from a text file.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


def write_whole(path: Path, write: Callable[[Path], None]) -> None:
    """Let ``write`` fill a file beside the path, then put it in its place in one step.

    Raises:
        TableNotWritten: See the class. Whatever is raised, the half file is gone and an older one is as it was.
    """
    half = path.with_name(f".{uuid4().hex[:8]}.part")
    try:
        write(half)
        half.replace(path)
    except XlsxWriterException as reason:
        inner = next((one for one in (*reason.args, reason.__cause__) if isinstance(one, OSError)), None)
        raise _fault(inner, path) from None
    except OSError as reason:
        raise _fault(reason, path) from None
    finally:
        half.unlink(missing_ok=True)


def _fault(reason: OSError | None, path: Path) -> TableNotWritten:
    number = reason.errno if reason is not None else 0
    if number in _FULL:
        return TableNotWritten("X-DISK_FULL", file=path.name, folder=str(path.parent))
    if isinstance(reason, PermissionError):
        return TableNotWritten("X-IN_USE" if path.exists() else "X-NO_RIGHT", file=path.name, folder=str(path.parent))
    if isinstance(reason, (FileNotFoundError, NotADirectoryError)):
        return TableNotWritten("X-NO_FOLDER", file=path.name, folder=str(path.parent))
    return TableNotWritten("X-FAILED", file=path.name, folder=str(path.parent), reason=str(reason or ""))
