"""Everything about the backups of one open workspace; see `desktop.usecases.safekeeping` for who asks."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from desktop.storage.backup import copy_backup, first_place_of, make_backup, place_on
from desktop.storage.backup_content import look_into
from desktop.storage.faults import WorkspaceFault
from desktop.storage.layout import Layout
from desktop.storage.places import Places, read_places, write_places
from desktop.storage.shelf import BackupFound, as_copy, disk, find_backups, remove, search_backups, thinned
from desktop.storage.space import free_on, size_of
from desktop.storage.workspace import Workspace
from desktop.usecases.ports import BackupContent, BackupMade


class Safekeeping:
    """Implements `desktop.usecases.safekeeping.Safekeeping`."""

    def __init__(self, workspace: Workspace, now: Callable[[], datetime]) -> None:
        self._workspace, self._now = workspace, now
        self._layout = Layout(workspace.folder)

    @property
    def readonly(self) -> bool:
        """Whether no backup can be made."""
        return self._workspace.readonly

    def now(self) -> datetime:
        """Return local time with zone."""
        return self._now()

    def make(self, why: str) -> BackupMade:
        """Make a backup in the first place; called in the thread of the books."""
        return make_backup(self._workspace, why=why)

    def look(self, backup: Path) -> BackupContent:
        """Verify a backup and count what it holds; called in the thread of the books."""
        return look_into(self._workspace.source(), backup)

    def listed(self) -> list[BackupFound]:
        """Return the backups of the first place, newest first."""
        return self._workspace.backups()

    def found_in(self, folder: Path) -> list[BackupFound]:
        """Return the backups that a chosen folder leads to."""
        with disk(folder):
            return search_backups(folder)

    def places(self) -> Places:
        """Return where backups go."""
        return read_places(self._layout)

    def first_place(self) -> Path:
        """Return the folder that gets the backups."""
        return first_place_of(self._layout, self._workspace.id)

    def free(self) -> int:
        """Return the bytes free where the backups lie."""
        return free_on(self.first_place())

    def keep_first(self, folder: Path | None) -> None:
        """Let backups go to a folder of the user's choice from now on; None for the workspace's own."""
        write_places(self._layout, replace(self.places(), first=str(folder) if folder is not None else ""))

    def keep_second(self, folder: Path | None) -> None:
        """Let a copy of each backup go to another disk; None for none."""
        second = str(folder) if folder is not None else ""
        write_places(self._layout, replace(self.places(), second=second, copied_at=""))

    def second_copies(self) -> list[BackupFound] | None:
        """Return the copies on the other disk, newest first; None when the disk is not there or none is chosen."""
        second = self.places().second
        if not second or not Path(second).is_dir():
            return None
        return find_backups(place_on(Path(second), self._workspace.id))

    def copy_newest(self) -> BackupMade | None:
        """Bring the newest sound backup to the second place; None when none is chosen or there is none to copy.

        Raises:
            Fault: DISK_MISSING, DISK_FULL, FILE_DAMAGED, DISK_FAILED.
        """
        places = self.places()
        newest = next((one for one in self.listed() if one.sound), None)
        if not places.second or newest is None:
            return None
        made = copy_backup(newest.path, place_on(Path(places.second), self._workspace.id), self._now())
        write_places(self._layout, replace(self.places(), copied_at=self._now().isoformat(timespec="seconds")))
        return made

    def due(self) -> bool:
        """Tell whether today's first backup is still to be made."""
        today = self._now().date()
        return not self.readonly and not any(one.sound and one.made_at.date() == today for one in self.listed())

    def remove(self, backup: Path) -> None:
        """Remove one backup of the first place.

        Raises:
            Fault: LAST_BACKUP when it is the newest sound one; DISK_FAILED.
        """
        found = self.listed()
        newest = next((one.path for one in found if one.sound), None)
        if backup == newest:
            raise WorkspaceFault("LAST_BACKUP")
        if backup in [one.path for one in found]:
            with disk(backup):
                remove(backup)

    def thin(self, *, really: bool) -> tuple[int, int]:
        """Remove automatic backups that people can do without, and files of none; return how many, and bytes freed.

        What stays: the newest three, every year's end, what was made by hand, before an upgrade or of a damage.

        Args:
            really: False only counts.
        """
        place, found = self.first_place(), self.listed()
        copies = {one.path: as_copy(one) for one in found}
        past = [copy.at for copy in copies.values() if copy.at.year < self._now().year]
        years = {max(at for at in past if at.year == year) for year in {at.year for at in past}}
        sound = [one.path for one in found if one.sound][:3]
        gone = [
            path
            for path, copy in copies.items()
            if path not in sound and not (copy.by_hand or copy.fixed or copy.at in years)
        ]
        litter = thinned(place, [one.path for one in found if one.path not in gone])
        freed = size_of([*(file for path in gone for file in path.rglob("*")), *litter])
        if really:
            with disk(place):
                for path in gone:
                    remove(path)
                for path in litter:
                    path.unlink(missing_ok=True)
        return len(gone), freed
