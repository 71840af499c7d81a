"""Backups: a whole encrypted copy of the database, the keys' files, and every kept file that was not copied before.

A backup is a folder ``<time>-<why>`` that appears under its name only when it is complete, verified and on the
device. The files of `KEPT_FOLDERS` never change, so all backups in one place share one copy of them. Nothing in a
backup is plain.
"""

import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Protocol

from sqlcipher3 import dbapi2 as driver

from desktop.storage.codec import encode
from desktop.storage.database import DriverConnection, connect, findings, salt_of
from desktop.storage.faults import WorkspaceFault, fault_of
from desktop.storage.layout import (
    DATABASE_NAME,
    KEPT_FOLDERS,
    MARK_NAME,
    RESTORING_NAME,
    Layout,
    Mark,
    flush,
    write_small,
)
from desktop.storage.migrations import steps, version_of
from desktop.storage.places import read_places
from desktop.storage.shelf import MANIFEST_NAME, PLACE_PREFIX, FileSum, Manifest, disk, prune, sum_of, verified
from desktop.storage.space import require_space, size_of
from desktop.usecases.ports import BackupMade
from sync.durable import new_file

_WHY = re.compile(r"[a-z][a-z0-9-]{0,30}")
_UNFINISHED = ".partial"
_PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class Source:
    """What is backed up.

    Attributes:
        db: The open database; None when it is too damaged to be opened, then its bytes are copied.
        now: Local time with zone.
    """

    layout: Layout
    mark: Mark
    key: bytes
    db: DriverConnection | None
    now: datetime


class Workspace(Protocol):
    """What is needed of an open workspace."""

    def source(self) -> Source: ...
    def swap(self, replace: Callable[[], None]) -> None: ...


def make_backup(workspace: Workspace, to: Path | None = None, why: str = "manual") -> BackupMade:
    """Make a complete, verified backup.

    Args:
        workspace: No transaction is open; called in its thread.
        to: Another disk's folder; the place that the user chose, else the workspace's own, by default.
        why: A word of the reason, small letters: ``manual``, ``daily``.

    Raises:
        WorkspaceFault: DISK_FULL, DISK_FAILED; WORKSPACE_DAMAGED when the copy is not sound. No backup was made then,
            and none was removed.
    """
    source = workspace.source()
    place = first_place_of(source.layout, source.mark.id) if to is None else place_on(to, source.mark.id)
    made = back_up(source, place, why)
    prune(place, source.now)
    return made


def first_place_of(layout: Layout, workspace_id: str) -> Path:
    """Return the folder that gets the backups: the one that the user chose, else the workspace's own.

    Raises:
        WorkspaceFault: DISK_MISSING when the disk that the user chose is not there.
    """
    chosen = read_places(layout).first
    if chosen and not Path(chosen).is_dir():
        raise WorkspaceFault("DISK_MISSING", folder=chosen, reason="FIRST")
    return place_on(Path(chosen), workspace_id) if chosen else layout.backups


def place_on(folder: Path, workspace_id: str) -> Path:
    """Return where a workspace's backups lie on another disk."""
    return folder / f"{PLACE_PREFIX}{workspace_id[:8]}"


def copy_backup(backup: Path, place: Path, now: datetime) -> BackupMade:
    """Copy a finished backup to a place on another disk and verify it there; needs neither key nor database.

    Args:
        backup: Of the workspace's own folder.
        place: See `place_on`; made when it is not there, its disk must be.
        now: Local time with zone; old copies are removed by the same rules as at home.

    Raises:
        WorkspaceFault: DISK_MISSING when the disk or folder above the place is not there, DISK_FULL with the numbers,
            FILE_DAMAGED, DISK_FAILED. Nothing half written is ever listed.
    """
    if not place.parent.is_dir():
        raise WorkspaceFault("DISK_MISSING", folder=str(place.parent))
    manifest = verified(backup)
    final, unfinished = place / backup.name, place / f".{backup.name}{_UNFINISHED}"
    missing = [name for name in manifest.kept if not (place / name).exists()]
    require_space(place, sum(one.size for one in manifest.files) + size_of(backup.parent / name for name in missing))
    with disk(place):
        place.mkdir(exist_ok=True)
        _sweep(place)
        for name in missing:
            _copy_file(backup.parent / name, place / name)
        if not final.exists():
            try:
                for name in (*(one.name for one in manifest.files), MANIFEST_NAME):
                    _copy_file(backup / name, unfinished / name)
                flush(unfinished)
                verified(unfinished)
                unfinished.rename(final)
            except BaseException:
                shutil.rmtree(unfinished, ignore_errors=True)
                raise
            flush(place)
    prune(place, now)
    return BackupMade(final, sum(one.size for one in manifest.files))


def restore_backup(workspace: Workspace, backup: Path) -> BackupMade:
    """Put a backup in the place of the workspace's database; the present state is backed up first.

    Files that came after the backup stay where they are; those that are gone come back.

    Returns:
        The backup of the state before.

    Raises:
        WorkspaceFault: FILE_DAMAGED when the backup is not what was written, WORKSPACE_COPIED when it is of another
            workspace, WORKSPACE_TOO_NEW, WORKSPACE_READONLY, DISK_FULL, DISK_FAILED. The workspace is as it was.
    """
    source = workspace.source()
    safe = _kept_as_it_is(source)
    workspace.swap(lambda: put_back(source, backup))
    return safe


def _kept_as_it_is(source: Source) -> BackupMade:
    place = source.layout.backups  # beside the database: always there, whatever disk is plugged in
    if source.db is not None:
        try:
            return back_up(source, place, "restore")
        except WorkspaceFault as fault:
            if fault.code != "WORKSPACE_DAMAGED":
                raise
    return back_up(replace(source, db=None), place, "damaged")  # whoever restores may do so because of damage


def back_up(source: Source, place: Path, why: str) -> BackupMade:
    """Make a backup in a place; see `make_backup`."""
    if not _WHY.fullmatch(why):
        raise ValueError(f"why of a backup is a short word: {why!r}")
    name = f"{source.now:%Y%m%d-%H%M%S}-{why}"
    require_space(place, _needed(source, place))
    final, unfinished = place / name, place / f".{name}{_UNFINISHED}"
    with disk(place):
        place.mkdir(parents=True, exist_ok=True)
        _sweep(place)
        number = 1
        while final.exists():
            number += 1
            final = place / f"{name}-{number}"
        unfinished.mkdir()
        try:
            kept, added = _copy_kept(source.layout.folder, place)
            files = _copy_own(source, unfinished)
            manifest = _manifest(source, why, files, kept)
            write_small(unfinished / MANIFEST_NAME, encode(manifest))
            flush(unfinished)
            unfinished.rename(final)
        except BaseException:
            shutil.rmtree(unfinished, ignore_errors=True)
            raise
        flush(place)
    return BackupMade(final, sum(one.size for one in files) + added)


def put_back(source: Source, backup: Path) -> None:
    """Verify a backup and put its database and missing files into the workspace; nothing has the database open."""
    layout = source.layout
    manifest = verified(backup)
    if manifest.workspace != source.mark.id:
        raise WorkspaceFault("WORKSPACE_COPIED", folder=str(backup))
    coming = layout.folder / RESTORING_NAME
    with disk(layout.folder):
        _copy_file(backup / DATABASE_NAME, coming)
        try:
            if not _is_sound(coming, source):
                raise WorkspaceFault("FILE_DAMAGED", what=backup.name)
            # The old log belongs to the old file; it lies in the backup that was made before.
            for suffix in ("-wal", "-shm"):
                layout.database.with_name(DATABASE_NAME + suffix).unlink(missing_ok=True)
            coming.replace(layout.database)
        except BaseException:
            coming.unlink(missing_ok=True)
            raise
        flush(layout.folder)
        for name in manifest.kept:
            if not (layout.folder / name).exists():
                _copy_file(backup.parent / name, layout.folder / name)


def restore_to_folder(backup: Path, folder: Path) -> None:
    """Make a workspace's folder anew from a backup, on a computer that has none; open it with the recovery code then.

    Raises:
        WorkspaceFault: WORKSPACE_EXISTS when the folder holds something, FILE_DAMAGED, DISK_FULL, DISK_FAILED.
    """
    manifest = verified(backup)
    layout = Layout(folder)
    if folder.exists() and any(folder.iterdir()):
        raise WorkspaceFault("WORKSPACE_EXISTS", folder=str(folder))
    with disk(folder):
        layout.make_folders()
        for one in manifest.files:
            if one.name != MARK_NAME:
                _copy_file(backup / one.name, folder / one.name)
        for name in manifest.kept:
            _copy_file(backup.parent / name, folder / name)
    layout.write_mark(Mark(manifest.workspace))  # last: a folder that is not complete is no workspace


def _needed(source: Source, place: Path) -> int:
    """Return about how many bytes a backup takes: the database with its log, the keys, files not copied before."""
    folder = source.layout.folder
    kept = (path for name in KEPT_FOLDERS for path in (folder / name).rglob("*"))
    fresh = (path for path in kept if not (place / path.relative_to(folder)).exists())
    return size_of([*folder.glob(f"{DATABASE_NAME}*"), *source.layout.keys.glob("*"), *fresh])


def _copy_own(source: Source, target: Path) -> list[FileSum]:
    layout, names = source.layout, [MARK_NAME]
    if source.db is None:
        names += [path.name for path in layout.folder.glob(f"{DATABASE_NAME}*") if path.is_file()]
    else:
        _copy_database(source, source.db, target / DATABASE_NAME)
    names += [f"keys/{path.name}" for path in sorted(layout.keys.iterdir()) if path.is_file()]
    (target / "keys").mkdir()
    for name in names:
        _copy_file(layout.folder / name, target / name)
    listed = sorted({*names, DATABASE_NAME} if (target / DATABASE_NAME).exists() else names)
    return [FileSum(name, *sum_of(target / name)) for name in listed]


def _copy_database(source: Source, db: DriverConnection, target: Path) -> None:
    copy = connect(target, source.key, salt_of(source.mark.id), readonly=False)
    try:
        db.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")  # one file: nothing beside it when it is only read
        copy.close()
        if not _is_sound(target, source):
            raise WorkspaceFault("WORKSPACE_DAMAGED", folder=str(source.layout.folder))
    except driver.Error as reason:
        raise fault_of(reason, target.parent) or reason from reason
    finally:
        copy.close()
    flush(target)


def _is_sound(path: Path, source: Source) -> bool:
    """Tell whether a copy opens and every page of it is whole; WORKSPACE_TOO_NEW when a newer program wrote it."""
    db = connect(path, source.key, salt_of(source.mark.id), readonly=True)
    try:
        known, found = len(steps()), version_of(db)
        if found > known:
            raise WorkspaceFault("WORKSPACE_TOO_NEW", found=str(found), known=str(known))
        return found > 0 and not findings(db)
    except driver.DatabaseError:
        return False
    finally:
        db.close()


def _copy_kept(folder: Path, place: Path) -> tuple[list[str], int]:
    """Copy the files that the place does not have yet; return all their names and the bytes copied."""
    names, added = [], 0
    for path in (path for kept in KEPT_FOLDERS for path in sorted((folder / kept).rglob("*"))):
        if not path.is_file() or path.name.startswith("."):
            continue
        name = path.relative_to(folder).as_posix()
        names.append(name)
        if not (place / name).exists():
            _copy_file(path, place / name)
            added += path.stat().st_size
    return names, added


def _copy_file(path: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    with new_file(target, replace=True) as file, path.open("rb") as original:
        shutil.copyfileobj(original, file, _PIECE)


def _manifest(source: Source, why: str, files: list[FileSum], kept: list[str]) -> Manifest:
    return Manifest(
        workspace=source.mark.id,
        made_at=source.now.isoformat(),
        why=why,
        schema_version=0 if source.db is None else version_of(source.db),
        sound=source.db is not None,
        files=tuple(files),
        kept=tuple(kept),
    )


def _sweep(place: Path) -> None:
    for path in place.glob(f".*{_UNFINISHED}"):
        shutil.rmtree(path)
