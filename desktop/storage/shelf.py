"""A place where backups lie: what each says of itself, whether it is whole, and which ones stay."""

import contextlib
import re
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from desktop.domain.retention import Copy, kept
from desktop.storage.codec import NotReadable, decode
from desktop.storage.faults import WorkspaceFault, disk_fault
from desktop.storage.layout import KEPT_FOLDERS, read_small
from sync.crypto import Sm3
from sync.faults import DiskFailed, DiskFull

MANIFEST_NAME = "manifest.json"
BY_HAND = "manual"
NEVER_PRUNED = ("upgrade", "damaged")  # first words of a reason
PLACE_PREFIX = "budgetdesk-"  # folder of a workspace's backups on another disk
_LARGEST_MANIFEST = 64 << 20
_PIECE = 1 << 20
# A backup comes from a stick perhaps: no name in it may lead out of the folder, on any system.
_SAFE_PART = r"[^./\\:\x00-\x1f][^/\\:\x00-\x1f]*"
_OWN_NAME = re.compile(rf"(?:keys/)?{_SAFE_PART}")
_KEPT_NAME = re.compile(rf"(?:{'|'.join(KEPT_FOLDERS)})(?:/{_SAFE_PART})+")


@dataclass(frozen=True, slots=True)
class FileSum:
    """One file of a backup: its name inside the backup's folder, digest and size."""

    name: str
    sm3: str
    size: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds.

    Attributes:
        made_at: Local time with zone.
        sound: False for the bytes of a damaged database, kept as they were for an expert.
        kept: Files of the shared folders that belong to it, ``files/ab/ab…``.
    """

    workspace: str
    made_at: str
    why: str
    schema_version: int
    sound: bool
    files: tuple[FileSum, ...]
    kept: tuple[str, ...]
    format: int = 1


@dataclass(frozen=True, slots=True)
class BackupFound:
    """A backup that lies there: where, and what it says of itself."""

    path: Path
    made_at: datetime
    why: str
    size: int
    sound: bool


def find_backups(place: Path) -> list[BackupFound]:
    """Return the complete backups in a place, newest first; what is no backup is passed over."""
    found = []
    for path in place.iterdir() if place.is_dir() else ():
        manifest = None if path.name.startswith(".") else read_manifest(path)
        if manifest is not None:
            size = sum(one.size for one in manifest.files)
            at = datetime.fromisoformat(manifest.made_at)
            found.append(BackupFound(path, at, manifest.why, size, manifest.sound))
    return sorted(found, key=lambda one: (one.made_at, one.path.name), reverse=True)


def search_backups(folder: Path) -> list[BackupFound]:
    """Return the backups that a chosen folder leads to, newest first.

    The folder may be a backup, a place of backups, a workspace, or a disk that holds a place of backups.
    """
    places = [folder, folder / "backups"]
    with contextlib.suppress(OSError):
        places += [path for path in folder.glob(f"{PLACE_PREFIX}*") if path.is_dir()]
    found = {one.path: one for place in places for one in find_backups(place)}
    if (folder / MANIFEST_NAME).is_file():
        found.update({one.path: one for one in find_backups(folder.parent) if one.path == folder})
    return sorted(found.values(), key=lambda one: (one.made_at, one.path.name), reverse=True)


def prune(place: Path, now: datetime) -> list[Path]:
    """Remove backups that no rule keeps, and return them; the shared files stay."""
    found = [(one.path, as_copy(one)) for one in find_backups(place)]
    keep = kept((copy for _, copy in found), now)
    gone = [path for path, copy in found if copy not in keep]
    with disk(place):
        for path in gone:
            remove(path)
    return gone


def as_copy(one: BackupFound) -> Copy:
    """Return a backup as retention sees it."""
    return Copy(one.made_at, one.why == BY_HAND, one.why.startswith(NEVER_PRUNED))


def remove(backup: Path) -> None:
    """Remove a backup; its manifest goes first, because a half removed backup is none."""
    (backup / MANIFEST_NAME).unlink()
    shutil.rmtree(backup)


def thinned(place: Path, staying: Iterable[Path]) -> list[Path]:
    """Return the shared files of a place that belong to none of the backups that stay."""
    wanted = {name for backup in staying for name in getattr(read_manifest(backup), "kept", ())}
    files = (path for kept_folder in KEPT_FOLDERS for path in (place / kept_folder).rglob("*") if path.is_file())
    return [path for path in files if path.relative_to(place).as_posix() not in wanted]


def read_manifest(backup: Path) -> Manifest | None:
    """Return what a backup says of itself; None when it is no backup."""
    data = read_small(backup / MANIFEST_NAME, _LARGEST_MANIFEST) if backup.is_dir() else None
    if data is None:
        return None
    try:
        return decode(data, Manifest)
    except NotReadable:
        return None


def verified(backup: Path) -> Manifest:
    """Return what a backup says of itself once every file of it was found whole.

    Raises:
        WorkspaceFault: FILE_DAMAGED, DISK_FAILED.
    """
    manifest = read_manifest(backup)
    if manifest is None or not manifest.sound:
        raise WorkspaceFault("FILE_DAMAGED", what=backup.name)
    own = all(_OWN_NAME.fullmatch(one.name) for one in manifest.files)
    if not own or not all(_KEPT_NAME.fullmatch(name) for name in manifest.kept):
        raise WorkspaceFault("FILE_DAMAGED", what=backup.name)
    with disk(backup):
        for one in manifest.files:
            path = backup / one.name
            if not path.is_file() or sum_of(path) != (one.sm3, one.size):
                raise WorkspaceFault("FILE_DAMAGED", what=f"{backup.name}/{one.name}")
        for name in manifest.kept:
            if not (backup.parent / name).is_file():
                raise WorkspaceFault("FILE_DAMAGED", what=name)
    return manifest


def sum_of(path: Path) -> tuple[str, int]:
    """Return SM3 (hex) and size of a file."""
    state, size = Sm3(), 0
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            state.update(piece)
            size += len(piece)
    return state.hexdigest(), size


@contextlib.contextmanager
def disk(path: Path) -> Iterator[None]:
    """Turn what the file system refuses into a fault of the workspace."""
    try:
        yield
    except (DiskFull, DiskFailed) as reason:
        raise WorkspaceFault(reason.code, **reason.facts) from reason
    except OSError as reason:
        raise disk_fault(reason, path) from reason
