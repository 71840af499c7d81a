"""One database, and transactions over it.

A writer takes the database's write lock when it begins, so that what it reads cannot change before it writes. Readers
see one state and hold nobody up.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, create_engine, delete, event, insert, select
from sqlalchemy.exc import SQLAlchemyError

from sync.central.tables import metadata, numbers
from sync.faults import ExchangeFault

_WRITES = "writes"


class Store:
    """The platform's database.

    Args:
        url: SQLAlchemy's, e.g. ``sqlite:////var/lib/platform/platform.db``.

    Raises:
        ExchangeFault: ``DATABASE_UNUSABLE``: no such database, no driver for it, or it is none.
    """

    def __init__(self, url: str) -> None:
        try:
            self.engine = create_engine(url)
            if self.engine.dialect.name == "sqlite":
                event.listen(self.engine, "connect", _prepare_sqlite)
                event.listen(self.engine, "begin", _begin_sqlite)
            with self.write() as db:
                metadata.create_all(db)
        except (SQLAlchemyError, ImportError) as reason:
            # The class alone: the sentence may hold the address with its password.
            raise ExchangeFault("DATABASE_UNUSABLE", {"reason": type(reason).__name__}) from reason

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """Open a transaction that may write; it is durable when the block ends well, and undone otherwise."""
        with self.engine.connect().execution_options(**{_WRITES: True}) as db, db.begin():
            yield db

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Open a transaction that only reads: one state of the whole database."""
        with self.engine.connect() as db, db.begin():
            yield db

    def close(self) -> None:
        """Let every connection go."""
        self.engine.dispose()


class Numbers:
    """Sequences 1, 2, 3 … inside one transaction; what is rolled back is given again.

    Numbers are counted in memory and written by `save`, so that a thousand of them cost no more than one.
    """

    def __init__(self, db: Connection) -> None:
        self._db = db
        self._last: dict[str, int] = {}

    def next(self, name: str) -> int:
        """Give the next number of a sequence."""
        if name not in self._last:
            found = select(numbers.c.last).where(numbers.c.name == name).with_for_update()
            self._last[name] = int(self._db.execute(found).scalar() or 0)
        self._last[name] += 1
        return self._last[name]

    def save(self) -> None:
        """Write how far the sequences have come; once, before the transaction ends."""
        for name, last in self._last.items():
            self._db.execute(delete(numbers).where(numbers.c.name == name))
            self._db.execute(insert(numbers).values(name=name, last=last))


def _prepare_sqlite(connection: Any, record: object) -> None:
    # The driver's own idea of when a transaction begins would leave reads before the first write outside of it.
    connection.isolation_level = None
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON", "busy_timeout = 30000"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(db: Connection) -> None:
    db.exec_driver_sql("BEGIN IMMEDIATE" if db.get_execution_options().get(_WRITES) else "BEGIN")
