"""What the window needs of an open workspace; `desktop.bootstrap.Installation` is one."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from desktop.usecases.month_end import MonthEnd, StageReport
from desktop.usecases.ports import AtBooks, Books, Clock, Ids, OfficerKey, Vault
from desktop.usecases.safekeeping import BackupSeen
from desktop.usecases.seat import Seat
from desktop.usecases.table_files import TableFiles
from desktop.usecases.upkeep import Upkeep


class KeyVault(Vault, Protocol):
    """The keys of this PC."""

    def writer_key(self) -> OfficerKey: ...


class OpenWorkspace(Protocol):
    """The unit's folder, open."""

    @property
    def folder(self) -> Path: ...
    @property
    def readonly(self) -> bool: ...
    @property
    def damaged(self) -> bool: ...
    def vault(self) -> KeyVault: ...
    def backups(self) -> Sequence[BackupSeen]: ...


class Installation(Protocol):
    """An open workspace with everything wired."""

    @property
    def workspace(self) -> OpenWorkspace: ...
    @property
    def clock(self) -> Clock: ...
    @property
    def ids(self) -> Ids: ...
    def books(self) -> Books: ...
    def upkeep(self) -> Upkeep: ...
    def tables(self) -> TableFiles: ...
    def month_end(
        self, at: AtBooks, seat: Seat, stop: Callable[[], bool], progress: Callable[[StageReport], None]
    ) -> MonthEnd: ...
