"""A workspace: one unit's folder with its encrypted database, sealed files, containers, keys and backups.

The database key is 32 random bytes under the workspace's random id in the computer's store of secrets; the recovery
code wraps it a second time. Opening verifies before it trusts: the folder's mark, the lock, the key, the file's
identity, its version, every page of a file of ordinary size. A damaged database is opened for reading only, with the
backups at hand.
"""

import secrets as random
import shutil
import threading
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlcipher3 import dbapi2 as driver

from desktop.storage.backup import Source, back_up, place_on, restore_backup
from desktop.storage.books import Books
from desktop.storage.database import KEY_SIZE, Database, DriverConnection, connect, findings, prepare, salt_of
from desktop.storage.faults import WorkspaceFault, disk_fault, fault_of
from desktop.storage.inspection import inspected
from desktop.storage.layout import Layout, Mark, flush
from desktop.storage.library_finding import freshen_index
from desktop.storage.lock import FolderLock, Holder
from desktop.storage.memory import Memory
from desktop.storage.migrations import steps, upgrade, version_of
from desktop.storage.originals import SealedFiles
from desktop.storage.places import read_places
from desktop.storage.recovery import DEFAULT_COST, new_code, unwrap, wrap
from desktop.storage.shelf import BackupFound, find_backups
from desktop.storage.vault import OfficerVault
from desktop.usecases.ports import BackupMade
from sync.secrets import SecretStore

Clock = Callable[[], datetime]


def local_now() -> datetime:
    """Return this computer's time with its zone."""
    return datetime.now().astimezone()


@dataclass(frozen=True, slots=True)
class NewWorkspace:
    """A workspace just made, and the recovery code to print: it is kept nowhere."""

    workspace: "Workspace"
    recovery_code: str


def create_workspace(
    folder: Path, secrets: SecretStore, *, clock: Clock = local_now, cost: int = DEFAULT_COST
) -> NewWorkspace:
    """Make a workspace; its folder appears whole or not at all.

    Args:
        folder: Does not exist, or is empty.
        secrets: Keeps the database key.
        clock: Time for names of backups.
        cost: N of scrypt for the recovery code.

    Raises:
        WorkspaceFault: WORKSPACE_EXISTS, DISK_FULL, DISK_FAILED.
        ExchangeFault: SECRET_STORE_FAILED.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise WorkspaceFault("WORKSPACE_EXISTS", folder=str(folder))
    mark, key, code = Mark(str(uuid.uuid4())), random.token_bytes(KEY_SIZE), new_code()
    being_made = Layout(folder.with_name(f".{folder.name}.{mark.id[:8]}.partial"))
    try:
        for left in folder.parent.glob(f".{folder.name}.*.partial"):
            shutil.rmtree(left)  # of a program that was killed while it made one
        being_made.make_folders()
        wrap(being_made, mark.id, key, code, cost)
        _make_database(being_made, mark, key, clock())
        being_made.write_mark(mark)
        secrets.put(_secret_name(mark.id), key)
        if folder.exists():
            folder.rmdir()
        being_made.folder.rename(folder)
        flush(folder.parent)
    except OSError as reason:
        shutil.rmtree(being_made.folder, ignore_errors=True)
        raise disk_fault(reason, folder) from reason
    except BaseException:
        shutil.rmtree(being_made.folder, ignore_errors=True)
        raise
    return NewWorkspace(open_workspace(folder, secrets, clock=clock), code)


def open_workspace(
    folder: Path, secrets: SecretStore, *, readonly: bool = False, clock: Clock = local_now
) -> "Workspace":
    """Open a workspace.

    Args:
        folder: Of the workspace.
        secrets: Where its key is kept.
        readonly: Take no lock and write nothing; works while another program writes.
        clock: Time for names of backups.

    Returns:
        The workspace; when its database is damaged, ``damaged`` is set and nothing can be written until a backup is
        restored.

    Raises:
        WorkspaceFault: WORKSPACE_MISSING, WORKSPACE_LOCKED (``user``, ``workspace``), WORKSPACE_UNWRITABLE,
            KEY_NOT_AT_HAND, WORKSPACE_WRONG_KEY, WORKSPACE_COPIED, WORKSPACE_TOO_NEW, DISK_FULL, DISK_FAILED; nothing
            was changed.
        ExchangeFault: SECRET_STORE_FAILED.
    """
    layout = Layout(folder)
    mark = layout.read_mark()
    lock = None if readonly else _locked(layout, mark, clock())
    try:
        if lock is not None:
            layout.sweep()
        key = secrets.get(_secret_name(mark.id))
        if key is None:
            raise WorkspaceFault("KEY_NOT_AT_HAND", key=mark.id)
        if len(key) != KEY_SIZE:
            raise WorkspaceFault("WORKSPACE_WRONG_KEY", folder=str(folder))
        return Workspace(layout, mark, key, secrets, lock, clock)
    except BaseException:
        if lock is not None:
            lock.release()
        raise


def recover(folder: Path, code: str, secrets: SecretStore) -> None:
    """Bring the database key back into the store of secrets by the recovery code; open the workspace then.

    Raises:
        WorkspaceFault: WORKSPACE_MISSING, RECOVERY_CODE_MISTYPED, RECOVERY_CODE_WRONG, RECOVERY_MISSING, FILE_DAMAGED.
        ExchangeFault: SECRET_STORE_FAILED.
    """
    layout = Layout(folder)
    mark = layout.read_mark()
    secrets.put(_secret_name(mark.id), unwrap(layout, mark.id, code))


class Workspace:
    """An open workspace; leaving ``with`` closes it.

    Its books belong to one thread: the first that enters them.

    Attributes:
        findings: What was found wrong with the database when it was last looked at.
    """

    def __init__(
        self, layout: Layout, mark: Mark, key: bytes, secrets: SecretStore, lock: FolderLock | None, clock: Clock
    ) -> None:
        self._layout, self._mark, self._key = layout, mark, key
        self._secrets, self._lock, self._clock = secrets, lock, clock
        self._thread: int | None = None
        self._memory = Memory()
        self._files = SealedFiles(layout.files, key)
        self.findings: tuple[str, ...] = ()
        self._database: Database | None = None
        self._registered = False
        self._attach()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def folder(self) -> Path:
        """Where it lies."""
        return self._layout.folder

    @property
    def id(self) -> str:
        """Its random identity."""
        return self._mark.id

    @property
    def outbox(self) -> Path:
        """Folder of sealed batches."""
        return self._layout.outbox

    @property
    def inbox(self) -> Path:
        """Folder of received containers."""
        return self._layout.inbox

    @property
    def left_behind(self) -> Holder | None:
        """Who had it open when the program died last time; None after an orderly end (M02)."""
        return self._lock.left_behind if self._lock is not None else None

    @property
    def damaged(self) -> bool:
        """Whether the database was found damaged."""
        return bool(self.findings) or (self._database is not None and self._database.damaged)

    @property
    def readonly(self) -> bool:
        """Whether nothing can be written."""
        return self._lock is None or self.damaged

    def books(self) -> Books:
        """Return the books, for one transaction after the other.

        Raises:
            WorkspaceFault: WORKSPACE_DAMAGED when the database can't be opened at all.
        """
        return Books(
            self._required(), self._files, self.outbox, self._memory, self._check_thread, readonly=self.readonly
        )

    def vault(self) -> OfficerVault:
        """Return the keys of this computer."""
        return OfficerVault(self._layout.keys, self._secrets, registered=lambda: self._registered)

    def backups(self) -> list[BackupFound]:
        """Return the backups at hand, newest first: those in the folder, and those in the place that was chosen."""
        chosen = read_places(self._layout).first
        found = find_backups(self._layout.backups) + (find_backups(place_on(Path(chosen), self.id)) if chosen else [])
        return sorted(found, key=lambda one: (one.made_at, one.path.name), reverse=True)

    def restore(self, backup: Path) -> BackupMade:
        """Put a backup in the database's place, after a backup of the present state; see `restore_backup`.

        Books that were given out before are of no use any more; ask for new ones.
        """
        return restore_backup(self, backup)

    def renew_recovery_code(self, cost: int = DEFAULT_COST) -> str:
        """Put the database's key under a fresh recovery code and return it; the one before opens nothing any more.

        Backups made before keep the code of their time.

        Args:
            cost: Of scrypt.

        Raises:
            WorkspaceFault: WORKSPACE_READONLY, DISK_FULL, DISK_FAILED; the old code is good then.
        """
        if self.readonly:
            raise WorkspaceFault("WORKSPACE_READONLY", folder=str(self.folder))
        code = new_code()
        wrap(self._layout, self.id, self._key, code, cost)
        return code

    def check(self) -> list[str]:
        """Look at every page of the database now and return what is wrong; an empty list for a sound one."""
        self._check_thread()
        if self._database is None:
            return list(self.findings)
        found = findings(self._database.driver)
        self.findings = tuple(found) or self.findings
        return found

    def source(self) -> Source:
        """Return what a backup is made of."""
        self._check_thread()
        db = None if self._database is None or self.damaged else self._database.driver
        return Source(self._layout, self._mark, self._key, db, self._clock())

    def swap(self, replace: Callable[[], None]) -> None:
        """Let go of the database while ``replace`` puts another in its place, and open what lies there then.

        Raises:
            WorkspaceFault: WORKSPACE_READONLY when it was opened for reading.
        """
        if self._lock is None:
            raise WorkspaceFault("WORKSPACE_READONLY", folder=str(self.folder))
        self._check_thread()
        self._detach()
        try:
            replace()
        finally:
            self._attach()

    def close(self) -> None:
        """Close the database and let the next program in; may be called twice."""
        self._detach()
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    def _attach(self) -> None:
        readonly = self._lock is None
        # What cannot be written by us is not being written by others either: it is opened without any trace.
        alone = not readonly or not self._layout.writable()
        db, found = inspected(self._layout, self._mark, self._key, alone=alone)
        self.findings = tuple(found)
        self._memory = Memory()
        if db is None:
            return
        try:
            if not readonly and not found:
                db.close()
                db = self._writable()
            else:
                if not found and version_of(db) < len(steps()):
                    raise WorkspaceFault("WORKSPACE_READONLY", folder=str(self.folder), reason="UPGRADE")
                prepare(db, readonly=True)
            self._registered = not found and db.execute("SELECT 1 FROM stream").fetchone() is not None
            self._database = Database(db, self.folder, readonly=self.readonly)
        except driver.Error as reason:
            db.close()
            raise fault_of(reason, self.folder) or reason from reason
        except BaseException:
            db.close()
            raise

    def _writable(self) -> DriverConnection:
        db = connect(self._layout.database, self._key, salt_of(self.id), readonly=False)
        prepare(db, readonly=False)

        def keep(version: int) -> None:
            # One copy of each version is enough: a second try of the same upgrade makes none.
            why = f"upgrade-v{version}"
            if not any(one.why == why and one.sound for one in self.backups()):
                back_up(Source(self._layout, self._mark, self._key, db, self._clock()), self._layout.backups, why)

        try:
            upgrade(db, steps(), keep)
            freshen_index(db)
        except BaseException:
            db.close()
            raise
        return db

    def _detach(self) -> None:
        if self._database is not None:
            self._database.close()
            self._database = None

    def _required(self) -> Database:
        if self._database is None:
            raise WorkspaceFault("WORKSPACE_DAMAGED", folder=str(self.folder))
        return self._database

    def _check_thread(self) -> None:
        here = threading.get_ident()
        if self._thread is None:
            self._thread = here
        elif self._thread != here:
            raise RuntimeError("the books of a workspace belong to the thread that entered them first")


def _locked(layout: Layout, mark: Mark, now: datetime) -> FolderLock:
    """Take the lock; tell a folder that takes no writing from one that somebody else writes."""
    try:
        return FolderLock(layout.lock, now)
    except WorkspaceFault as fault:
        if fault.code == "WORKSPACE_LOCKED":
            raise WorkspaceFault(fault.code, **{**fault.facts, "workspace": mark.id}) from fault
        if not layout.writable():
            raise WorkspaceFault("WORKSPACE_UNWRITABLE", folder=str(layout.folder)) from fault
        raise


def _secret_name(workspace_id: str) -> str:
    return f"workspace:{workspace_id}"


def _make_database(layout: Layout, mark: Mark, key: bytes, now: datetime) -> None:
    db = connect(layout.database, key, salt_of(mark.id), readonly=False)
    try:
        prepare(db, readonly=False)
        upgrade(db, steps(), lambda version: None)
        db.execute("INSERT INTO workspace (id, created_at) VALUES (?, ?)", (mark.id, now.isoformat(timespec="seconds")))
    except driver.Error as reason:
        raise fault_of(reason, layout.folder) or reason from reason
    finally:
        db.close()
