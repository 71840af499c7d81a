"""Where things lie in a workspace's folder, and the small open file that names it."""

import os
import uuid
from dataclasses import dataclass
from pathlib import Path

from desktop.storage.codec import NotReadable, decode, encode
from desktop.storage.faults import WorkspaceFault, disk_fault
from sync.durable import read_file, sweep, write_file
from sync.faults import DiskFailed, DiskFull

FORMAT = 1
MARK_NAME = "workspace.json"
DATABASE_NAME = "books.db"
RESTORING_NAME = "books.db.restoring"  # a backup's database on its way in
# Folders whose files never change once they are written, so that a backup copies each one once.
KEPT_FOLDERS = ("files", "outbox", "inbox")
FOLDERS = (*KEPT_FOLDERS, "backups", "keys")
_LARGEST_MARK = 4096


@dataclass(frozen=True, slots=True)
class Mark:
    """What stands openly in ``workspace.json``: a random identity, no name of anyone."""

    id: str
    format: int = FORMAT


@dataclass(frozen=True, slots=True)
class Layout:
    """The paths of a workspace."""

    folder: Path

    @property
    def database(self) -> Path:
        """The encrypted database."""
        return self.folder / DATABASE_NAME

    @property
    def files(self) -> Path:
        """Sealed originals by SM3."""
        return self.folder / "files"

    @property
    def outbox(self) -> Path:
        """Sealed batches."""
        return self.folder / "outbox"

    @property
    def inbox(self) -> Path:
        """Received containers."""
        return self.folder / "inbox"

    @property
    def backups(self) -> Path:
        """Backups on this computer."""
        return self.folder / "backups"

    @property
    def keys(self) -> Path:
        """Key files."""
        return self.folder / "keys"

    @property
    def recovery(self) -> Path:
        """The database key under the recovery code."""
        return self.keys / "recovery.json"

    @property
    def lock(self) -> Path:
        """What a writing program holds locked."""
        return self.folder / "workspace.lock"

    def writable(self) -> bool:
        """Tell whether the system lets us write here: false on a disk with write protection, a CD, a foreign share."""
        return os.access(self.folder, os.W_OK) and (not self.lock.exists() or os.access(self.lock, os.W_OK))

    def make_folders(self) -> None:
        """Make the folders that are not there."""
        for name in FOLDERS:
            (self.folder / name).mkdir(parents=True, exist_ok=True)

    def sweep(self) -> None:
        """Remove what a killed program left half written; only the holder of the lock may.

        Raises:
            WorkspaceFault: DISK_FAILED.
        """
        try:
            sweep(self.folder)
            sweep(self.keys)
            for folder in self.files.iterdir():
                sweep(folder)
            (self.folder / RESTORING_NAME).unlink(missing_ok=True)
        except (DiskFull, DiskFailed) as reason:
            raise WorkspaceFault(reason.code, **reason.facts) from reason
        except OSError as reason:
            raise disk_fault(reason, self.folder) from reason

    def read_mark(self) -> Mark:
        """Return the workspace's mark.

        Raises:
            WorkspaceFault: WORKSPACE_MISSING, WORKSPACE_TOO_NEW, WORKSPACE_DAMAGED when it is no mark.
        """
        data = read_small(self.folder / MARK_NAME, _LARGEST_MARK)
        if data is None:
            raise WorkspaceFault("WORKSPACE_MISSING", folder=str(self.folder))
        try:
            mark = decode(data, Mark)
            known = mark.format >= 1 and str(uuid.UUID(mark.id)) == mark.id
        except (NotReadable, ValueError) as reason:
            raise WorkspaceFault("WORKSPACE_DAMAGED", folder=str(self.folder), what=MARK_NAME) from reason
        if mark.format > FORMAT:
            raise WorkspaceFault("WORKSPACE_TOO_NEW", found=str(mark.format), known=str(FORMAT))
        if not known:
            raise WorkspaceFault("WORKSPACE_DAMAGED", folder=str(self.folder), what=MARK_NAME)
        return mark

    def write_mark(self, mark: Mark) -> None:
        """Write the mark durably."""
        write_small(self.folder / MARK_NAME, encode(mark))


def read_small(path: Path, limit: int) -> bytes | None:
    """Return a small file whole, None when there is none.

    Raises:
        WorkspaceFault: DISK_FAILED.
    """
    try:
        return read_file(path, limit)
    except DiskFailed as reason:
        raise WorkspaceFault(reason.code, **reason.facts) from reason


def write_small(path: Path, data: bytes) -> None:
    """Write a small file so that either the old or the new one is there.

    Raises:
        WorkspaceFault: DISK_FULL, DISK_FAILED.
    """
    try:
        write_file(path, data, replace=True)
    except (DiskFull, DiskFailed) as reason:
        raise WorkspaceFault(reason.code, **reason.facts) from reason


def flush(path: Path) -> None:
    """Wait until a file, or the names in a folder, are on the device.

    Raises:
        WorkspaceFault: DISK_FULL, DISK_FAILED.
    """
    if os.name == "nt" and path.is_dir():
        return  # a folder cannot be opened there; NTFS journals names itself
    try:
        number = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
        try:
            os.fsync(number)
        finally:
            os.close(number)
    except OSError as reason:
        raise disk_fault(reason, path) from reason
