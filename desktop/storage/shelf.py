"""A place where backups lie: what each says of itself, whether it is whole, and which ones stay."""

import contextlib
import re
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from desktop.storage.codec import NotReadable, decode
from desktop.storage.faults import WorkspaceFault, disk_fault
from desktop.storage.layout import KEPT_FOLDERS, read_small
from sync.crypto import Sm3
from sync.faults import DiskFailed, DiskFull

MANIFEST_NAME = "manifest.json"
DAILY, WEEKLY, MONTHLY = 7, 4, 12
NEVER_PRUNED = ("upgrade", "damaged")  # first words of a reason
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


def prune(place: Path) -> list[Path]:
    """Remove backups that no rule keeps, and return them; the shared files stay."""
    found = find_backups(place)
    keep = to_keep([one.made_at for one in found])
    gone = [one.path for one in found if one.made_at not in keep and not one.why.startswith(NEVER_PRUNED)]
    with disk(place):
        for path in gone:
            # The manifest goes first: a half removed backup is none.
            (path / MANIFEST_NAME).unlink()
            shutil.rmtree(path)
    return gone


def to_keep(times: Iterable[datetime]) -> set[datetime]:
    """Return which backups stay: the newest of each of the last 7 days, 4 weeks and 12 months that have any."""
    newest_first = sorted(times, reverse=True)
    keep: set[datetime] = set()
    for many, period in (
        (DAILY, lambda at: (at.year, at.month, at.day)),
        (WEEKLY, lambda at: tuple(at.isocalendar())[:2]),
        (MONTHLY, lambda at: (at.year, at.month)),
    ):
        first_of: dict[object, datetime] = {}
        for at in newest_first:
            first_of.setdefault(period(at), at)
        keep.update(list(first_of.values())[:many])
    return keep


def read_manifest(backup: Path) -> Manifest | None:
    data = read_small(backup / MANIFEST_NAME, _LARGEST_MANIFEST) if backup.is_dir() else None
    if data is None:
        return None
    try:
        return decode(data, Manifest)
    except NotReadable:
        return None


def verified(backup: Path) -> Manifest:
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
