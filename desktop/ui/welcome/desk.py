"""What the first start needs of storage; the command gives it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from desktop.usecases.ports import Books
from desktop.usecases.safekeeping import BackupSeen
from desktop.usecases.upkeep import Upkeep

OPEN, DEMO, CLOSE = "open", "demo", "close"


class OpenHome(Protocol):
    """A workspace that is open for the first start; used by one worker."""

    @property
    def folder(self) -> Path: ...
    def books(self) -> Books: ...
    def upkeep(self) -> Upkeep: ...
    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Made:
    """A workspace just made, and its recovery code, which is kept nowhere."""

    home: OpenHome
    code: str


@dataclass(frozen=True, slots=True)
class WelcomeDesk:
    """Functions that run in the one worker of the books.

    Attributes:
        home: Where workspaces of this user lie.
        needs_password: The system keeps no secrets: a password protects a file of them.
        create: Makes a workspace: (folder, password).
        open: Opens one that was begun before: (folder, password).
        restore: Makes a folder from a backup and brings its key back: (backup, folder, recovery code, password).
        renew_code: Gives an open workspace another recovery code; the one before opens nothing any more.
        search: Finds backups where the user says.
    """

    home: Path
    needs_password: bool
    create: Callable[[Path, str], Made]
    open: Callable[[Path, str], OpenHome]
    restore: Callable[[Path, Path, str, str], OpenHome]
    renew_code: Callable[[OpenHome], str]
    search: Callable[[Path], Sequence[BackupSeen]]
