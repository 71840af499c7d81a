"""One database, and transactions over it.

A writer takes the database's write lock when it begins, so that what it reads cannot change before it writes. Readers
see one state and hold nobody up.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, create_engine, event, select
from sqlalchemy.dialects import postgresql, sqlite

from sync.central.tables import metadata, numbers

_WRITES = "writes"


class Store:
    """The platform's database.

    Args:
        url: SQLAlchemy's, e.g. ``sqlite:////var/lib/platform/platform.db``.
    """

    def __init__(self, url: str) -> None:
        self.engine = create_engine(url)
        if self.engine.dialect.name == "sqlite":
            event.listen(self.engine, "connect", _prepare_sqlite)
            event.listen(self.engine, "begin", _begin_sqlite)
        with self.write() as db:
            metadata.create_all(db)

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


def next_number(db: Connection, name: str) -> int:
    """Give the next number of a sequence, 1, 2, 3 …; one that is rolled back is given again."""
    insert = postgresql.insert if db.dialect.name == "postgresql" else sqlite.insert
    statement = insert(numbers).values(name=name, last=1)
    raised = statement.on_conflict_do_update(index_elements=["name"], set_={"last": numbers.c.last + 1})
    db.execute(raised)
    return int(db.execute(select(numbers.c.last).where(numbers.c.name == name)).scalar_one())


def _prepare_sqlite(connection: Any, record: object) -> None:
    # The driver's own idea of when a transaction begins would leave reads before the first write outside of it.
    connection.isolation_level = None
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON", "busy_timeout = 30000"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(db: Connection) -> None:
    db.exec_driver_sql("BEGIN IMMEDIATE" if db.get_execution_options().get(_WRITES) else "BEGIN")
