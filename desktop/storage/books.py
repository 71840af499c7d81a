"""One open transaction over the workspace: the parts that the use cases ask, on one connection."""

from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import Connection, bindparam, select

from desktop.storage import tables
from desktop.storage.audit import Audit, AuditCheck
from desktop.storage.codec import nfc
from desktop.storage.database import Database
from desktop.storage.documents import StoredDocuments
from desktop.storage.exchange import StoredExchange
from desktop.storage.ledger import StoredLedger
from desktop.storage.library_log import StoredLibraryLog
from desktop.storage.memory import Memory
from desktop.storage.mirror_writing import MirrorWriter
from desktop.storage.mirrors import StoredMirrors
from desktop.storage.originals import SealedFiles, StoredOriginals
from desktop.storage.rows import put
from desktop.storage.sheets import StoredSheets
from desktop.usecases.ports import AuditRow

_SETTING = select(tables.setting.c.value).where(tables.setting.c.name == bindparam("name"))


class Books:
    """Implements `ports.Books`.

    Each ``with`` is one transaction with at most one `commit`; leaving without it undoes everything. The same object
    may be entered again, one after the other. The parts exist inside ``with`` only.
    """

    documents: StoredDocuments
    mirrors: StoredMirrors
    library_log: StoredLibraryLog
    ledger: StoredLedger
    originals: StoredOriginals
    sheets: StoredSheets
    exchange: StoredExchange

    def __init__(
        self,
        database: Database,
        files: SealedFiles,
        outbox: Path,
        memory: Memory,
        check_thread: Callable[[], None],
        *,
        readonly: bool,
    ) -> None:
        self._database, self._files, self._outbox, self._memory = database, files, outbox, memory
        self._check_thread, self._readonly = check_thread, readonly
        self._open = self._committed = False

    def __enter__(self) -> Self:
        self._check_thread()
        if self._open:
            raise RuntimeError("these books are open already")
        self._database.begin()
        self._open, self._committed = True, False
        self._tips = self._memory.tips()
        connection = self._database.connection
        self._audit = Audit(connection, self._memory)
        self._writer = MirrorWriter(connection, self._memory.mirrors)
        self.documents = StoredDocuments(connection, self._audit, self._memory)
        self.mirrors = StoredMirrors(connection, self._memory.mirrors)
        self.library_log = StoredLibraryLog(connection)
        self.ledger = StoredLedger(connection)
        self.originals = StoredOriginals(connection, self._files, readonly=self._readonly)
        self.sheets = StoredSheets(connection)
        self.exchange = StoredExchange(connection, self._outbox, self._writer)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._open = False
        if self._committed:
            return
        if self._writer.touched:
            self._memory.mirrors.clear()
        self._memory.go_back(self._tips)
        self._database.rollback()

    @property
    def connection(self) -> Connection:
        """The connection of the open transaction, for this package only."""
        return self._database.connection

    def commit(self) -> None:
        """Make everything since entering durable, exactly one database commit.

        Raises:
            RuntimeError: Outside ``with``, or a second time inside it.
            WorkspaceFault: The disk failed, now or earlier in this transaction; everything is undone.
        """
        self._check_thread()
        if not self._open or self._committed:
            raise RuntimeError("one commit for each transaction")
        self._database.commit()
        self._committed = True

    def audit(self, who: str, post: str, what: str, subject: str, facts: Mapping[str, str], *, at: str) -> None:
        """Append a row to the hash-chained audit."""
        self._audit.append(who, post, what, subject, facts, at=at)

    def verify_audit(self) -> AuditCheck:
        """Walk the whole audit and say where its chain breaks, if it does."""
        return self._audit.verify()

    def audit_tail(self, limit: int) -> list[AuditRow]:
        """Return the last rows of the audit, oldest of them first."""
        return self._audit.tail(limit)

    def setting(self, name: str, default: str = "") -> str:
        """Return a setting of this workspace."""
        found = self._database.connection.execute(_SETTING, {"name": name}).scalar()
        return default if found is None else found

    def set_setting(self, name: str, value: str) -> None:
        """Keep a setting of this workspace."""
        put(self._database.connection, tables.setting, [{"name": name, "value": nfc(value)}])
