"""One encrypted database file and the one connection to it.

SQLCipher with a raw key: no key derivation at start. The salt is given, not read from the file: it is derived from
the workspace's id, so that the first bytes of the file tell a copied file from a damaged one, and damage there harms
nothing.
"""

import hashlib
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import Connection, create_engine, event
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.pool import StaticPool
from sqlcipher3 import dbapi2 as driver

from desktop.storage.faults import fault_of

SALT_SIZE = 16
KEY_SIZE = 32
BUSY_MS = 5000
CACHE_KIB = 32 << 10  # of decrypted pages: an encrypted page costs ten times a plain one to read again


class DriverConnection(Protocol):
    """What is used of a connection of the driver."""

    def execute(self, sql: str, parameters: Any = ..., /) -> Any: ...
    def backup(self, target: Any, /) -> None: ...
    def close(self) -> None: ...


def salt_of(workspace_id: str) -> bytes:
    """Return the salt of a workspace's database, its first 16 bytes."""
    return hashlib.new("sm3", f"budgetdesk workspace {workspace_id}".encode()).digest()[:SALT_SIZE]


def connect(path: Path, key: bytes, salt: bytes, *, readonly: bool, immutable: bool = False) -> DriverConnection:
    """Open the file; nothing of it is read yet, so a wrong key is found by the first statement.

    Args:
        path: The database; made when it does not exist, unless ``readonly``.
        key: 32 random bytes.
        salt: 16 bytes.
        readonly: The database is not written, not even on closing; files of locks and log may appear beside it.
        immutable: Nobody writes it meanwhile and it has no log: nothing at all is written.
    """
    address = f"{path.resolve().as_uri()}?mode={'ro' if readonly else 'rwc'}{'&immutable=1' if immutable else ''}"
    db: DriverConnection = driver.connect(address, uri=True, isolation_level=None, check_same_thread=False)
    # SQLCipher writes its reasons to stderr otherwise; they reach the user as faults.
    db.execute("PRAGMA cipher_log_level = NONE")
    db.execute(f"PRAGMA key = \"x'{key.hex()}{salt.hex()}'\"")
    return db


def prepare(db: DriverConnection, *, readonly: bool) -> None:
    """Set what every connection needs: durability, foreign keys, waiting, nothing temporary on disk."""
    db.execute("PRAGMA temp_store = MEMORY")
    db.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
    db.execute("PRAGMA foreign_keys = ON")
    db.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
    if readonly:
        db.execute("PRAGMA query_only = ON")
        return
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = FULL")


def findings(db: DriverConnection) -> list[str]:
    """Look at every page of the file and return what is wrong; an empty list for a sound one."""
    try:
        found = [str(row[0]) for row in db.execute("PRAGMA cipher_integrity_check").fetchall()]
        if found:
            return found
        quick = [str(row[0]) for row in db.execute("PRAGMA quick_check").fetchall()]
        return [] if quick == ["ok"] else quick
    except driver.DatabaseError as reason:
        if getattr(reason, "sqlite_errorcode", driver.SQLITE_OK) & 0xFF != driver.SQLITE_CORRUPT:
            raise
        return [str(reason)]


class Database:
    """The connection that the books use, inside SQLAlchemy; one transaction at a time.

    Attributes:
        connection: For statements inside ``begin`` and ``commit``.
        failed: The error of a statement of the running transaction, which can no longer be committed: a step half done
            is never kept, whoever caught its error.
        damaged: Whether a damaged page was met since the file was opened.
    """

    def __init__(self, db: DriverConnection, folder: Path, *, readonly: bool) -> None:
        self.driver, self._folder, self._begin = db, folder, "BEGIN" if readonly else "BEGIN IMMEDIATE"
        self.failed: BaseException | None = None
        self.damaged = False
        self._beginning = False
        engine = create_engine("sqlite://", module=driver, creator=lambda: db, poolclass=StaticPool)
        event.listen(engine, "handle_error", self._on_error)
        event.listen(engine, "begin", self._on_begin)
        self.connection: Connection = engine.connect()
        self._engine = engine

    def begin(self) -> None:
        """Start a transaction; a writer takes the lock at once."""
        self.failed = None
        self._beginning = True
        try:
            self.connection.begin()
        finally:
            self._beginning = False

    def commit(self) -> None:
        """Make the transaction durable."""
        if self.failed is not None:
            raise self.failed
        self.connection.commit()

    def rollback(self) -> None:
        """Undo everything since ``begin``; nothing happens when it is over already."""
        self.connection.rollback()

    def close(self) -> None:
        """Close the file; a writer leaves no log file beside it."""
        self.connection.close()
        self._engine.dispose()
        self.driver.close()

    def _on_begin(self, connection: Connection) -> None:
        # SQLAlchemy begins by itself with the first statement; one that comes after the commit would be lost silently.
        if not self._beginning:
            raise RuntimeError("a statement outside the transaction")
        connection.exec_driver_sql(self._begin)

    def _on_error(self, context: ExceptionContext) -> None:
        fault = fault_of(context.original_exception, self._folder)
        self.failed = fault or context.original_exception
        if fault is None:
            return
        self.damaged |= fault.code == "WORKSPACE_DAMAGED"
        raise fault from context.original_exception


def cipher_version() -> str:
    """Return the version of SQLCipher that is at work here, empty when the library does not encrypt."""
    connection = driver.connect(":memory:")
    try:
        row = connection.execute("PRAGMA cipher_version").fetchone()
    finally:
        connection.close()
    return str(row[0]) if row else ""
