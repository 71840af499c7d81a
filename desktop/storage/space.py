"""How much room something takes, and whether the disk has it; looked at before anything is written."""

import shutil
from collections.abc import Iterable
from pathlib import Path

from desktop.storage.faults import WorkspaceFault, disk_fault

SPARE = 1 << 20  # bytes that must be left for the log of the database and for the system
_MEGABYTE = 1 << 20


def size_of(paths: Iterable[Path]) -> int:
    """Return the bytes of the files among the paths; one that is gone meanwhile counts nothing."""
    total = 0
    for path in paths:
        try:
            total += path.stat().st_size if path.is_file() else 0
        except FileNotFoundError:
            continue
    return total


def free_on(place: Path) -> int:
    """Return the bytes free on the disk of a place that need not exist yet.

    Raises:
        WorkspaceFault: DISK_FAILED.
    """
    there = next((folder for folder in (place, *place.parents) if folder.exists()), place)
    try:
        return shutil.disk_usage(there).free
    except OSError as reason:
        raise disk_fault(reason, there) from reason


def require_space(place: Path, needed: int) -> None:
    """Refuse before anything is written when the disk of a place has not enough room.

    Raises:
        WorkspaceFault: DISK_FULL with ``folder``, ``free`` and ``needed`` in MB for people (M28).
    """
    free, wanted = free_on(place), needed + SPARE
    if free < wanted:
        facts = {"free": f"{free // _MEGABYTE} MB", "needed": f"{-(-wanted // _MEGABYTE)} MB"}
        raise WorkspaceFault("DISK_FULL", folder=str(place), reason="BACKUP", **facts)
