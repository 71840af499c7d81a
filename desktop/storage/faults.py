"""What the disk, the key or a foreign file can do wrong to a workspace, and what a broken invariant is called.

======================  ==============================================================================================
WORKSPACE_MISSING       no workspace in the folder
WORKSPACE_EXISTS        the folder holds something already
KEY_NOT_AT_HAND         this computer does not hold the database key: the folder was copied here, use the recovery code
WORKSPACE_WRONG_KEY     the key that is kept here does not open the database
WORKSPACE_COPIED        ``books.db`` belongs to another workspace
WORKSPACE_TOO_NEW       a newer program wrote it; nothing was touched
WORKSPACE_DAMAGED       bytes of the database changed or are missing
WORKSPACE_LOCKED        another program has it open
WORKSPACE_UNWRITABLE    the folder takes no writing: it can be opened for reading
WORKSPACE_READONLY      opened for reading only
WRITER_KEY_LOST         the installation's own key is registered and its file is gone
DISK_MISSING            the disk of the second copies is not there
DISK_FULL, DISK_FAILED  the whole transaction was undone
FILE_DAMAGED            a sealed original, or a backup, is not what was written
======================  ==============================================================================================
"""

import errno
import shutil
from pathlib import Path

from sqlcipher3 import dbapi2 as driver

from desktop.domain.fault import Fault

_FULL, _CORRUPT, _NOT_A_DATABASE = driver.SQLITE_FULL, driver.SQLITE_CORRUPT, driver.SQLITE_NOTADB
_BUSY, _LOCKED, _READONLY, _IO = driver.SQLITE_BUSY, driver.SQLITE_LOCKED, driver.SQLITE_READONLY, driver.SQLITE_IOERR
_CANT_OPEN = driver.SQLITE_CANTOPEN
# Copying a database tells its result in words only.
_BY_TEXT = {
    "database or disk is full": _FULL,
    "disk I/O error": _IO,
    "database disk image is malformed": _CORRUPT,
    "file is not a database": _NOT_A_DATABASE,
}
_LITTLE = 1 << 20  # bytes free below which a failed write is taken for a full disk


class WorkspaceFault(Fault):
    """The workspace, its key or its disk failed; the last commit stands."""


class IntegrityFault(Fault):
    """An invariant would break; nothing of the step was written. Codes start with ``LEDGER_``."""


def fault_of(error: BaseException, folder: Path) -> WorkspaceFault | None:
    """Say what an error of the database driver means for the user; None when it is a mistake of ours.

    Args:
        error: What the driver raised.
        folder: The workspace, whose disk is looked at.
    """
    code = getattr(error, "sqlite_errorcode", None)
    if code is None and isinstance(error, driver.Error):
        code = _BY_TEXT.get(str(error))
    if code is None:
        return None
    primary, facts = code & 0xFF, {"folder": str(folder)}
    if primary == _FULL or (primary in (_IO, _CANT_OPEN) and _is_full(folder)):
        return WorkspaceFault("DISK_FULL", **facts)
    if primary in (_IO, _CANT_OPEN):
        return WorkspaceFault("DISK_FAILED", reason=str(error), **facts)
    if primary in (_CORRUPT, _NOT_A_DATABASE):
        return WorkspaceFault("WORKSPACE_DAMAGED", **facts)
    if primary in (_BUSY, _LOCKED):
        return WorkspaceFault("WORKSPACE_LOCKED", **facts)
    if primary == _READONLY:
        return WorkspaceFault("WORKSPACE_READONLY", **facts)
    return None


def disk_fault(error: OSError, path: Path) -> WorkspaceFault:
    """Say as a fault what the file system refused."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return WorkspaceFault("DISK_FULL", folder=str(path.parent))
    return WorkspaceFault("DISK_FAILED", path=str(path), reason=error.strerror or type(error).__name__)


def _is_full(folder: Path) -> bool:
    try:
        return shutil.disk_usage(folder).free < _LITTLE
    except OSError:
        return False
