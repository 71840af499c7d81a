"""Writing rows without the cost of building a statement each time.

Statements are made by SQLAlchemy from the tables once and then run as text: a save is some ten statements, and building
them anew would cost more than the disk. Reading goes through SQLAlchemy as usual.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from functools import cache

from sqlalchemy import ClauseElement, Connection, Table, bindparam, delete, update
from sqlalchemy.dialects import sqlite
from sqlalchemy.dialects.sqlite import insert

from desktop.storage.tables import Fen, to_fen

Row = Mapping[str, object]
Prepare = Callable[[Table, tuple[str, ...]], tuple[str, Sequence[str]]]  # a statement, and the order of its values
_DIALECT = sqlite.dialect()


def add(connection: Connection, table: Table, rows: Iterable[Row]) -> None:
    """Insert rows that all name the same columns."""
    _run(connection, table, rows, _insert_text)


def put(connection: Connection, table: Table, rows: Iterable[Row]) -> None:
    """Insert rows, or replace every other column of those whose primary key is there."""
    _run(connection, table, rows, _upsert_text)


def change(connection: Connection, table: Table, key: Row, values: Row) -> None:
    """Update some columns of the row that the key names; indexes over the others are not touched."""
    text, names = _update_text(table, tuple(key), tuple(values))
    fen = _fen_columns(table)
    given = {**{f"key_{name}": value for name, value in key.items()}, **values}
    connection.exec_driver_sql(text, tuple(_stored(given[name]) if name in fen else given[name] for name in names))


def drop(connection: Connection, table: Table, **equal: object) -> None:
    """Delete the rows whose columns equal the values."""
    text, names = _delete_text(table, tuple(equal))
    connection.exec_driver_sql(text, tuple(equal[name] for name in names))


def _run(connection: Connection, table: Table, rows: Iterable[Row], prepare: Prepare) -> None:
    listed = list(rows)
    if not listed:
        return
    text, names = prepare(table, tuple(listed[0]))
    fen = _fen_columns(table)
    # Column by column: of ten thousand rows that is twice as fast as row by row.
    columns = ([row[name] for row in listed] for name in names)
    stored = (map(_stored, column) if name in fen else column for name, column in zip(names, columns, strict=True))
    values = list(zip(*stored, strict=True))
    connection.exec_driver_sql(text, values if len(values) > 1 else values[0])


def _stored(value: object) -> int | None:
    return to_fen(value) if isinstance(value, Decimal) else None


@cache
def _fen_columns(table: Table) -> frozenset[str]:
    return frozenset(column.name for column in table.columns if isinstance(column.type, Fen))


@cache
def _insert_text(table: Table, columns: tuple[str, ...]) -> tuple[str, Sequence[str]]:
    return _compiled(insert(table).values({name: bindparam(name) for name in columns}))


@cache
def _upsert_text(table: Table, columns: tuple[str, ...]) -> tuple[str, Sequence[str]]:
    key = [column.name for column in table.primary_key]
    statement = insert(table).values({name: bindparam(name) for name in columns})
    changed = {name: statement.excluded[name] for name in columns if name not in key}
    if not changed:
        return _compiled(statement.on_conflict_do_nothing(index_elements=key))
    return _compiled(statement.on_conflict_do_update(index_elements=key, set_=changed))


@cache
def _update_text(table: Table, key: tuple[str, ...], columns: tuple[str, ...]) -> tuple[str, Sequence[str]]:
    named = [table.c[name] == bindparam(f"key_{name}") for name in key]
    return _compiled(update(table).where(*named).values({name: bindparam(name) for name in columns}))


@cache
def _delete_text(table: Table, columns: tuple[str, ...]) -> tuple[str, Sequence[str]]:
    return _compiled(delete(table).where(*(table.c[name] == bindparam(name) for name in columns)))


def _compiled(statement: ClauseElement) -> tuple[str, Sequence[str]]:
    compiled = statement.compile(dialect=_DIALECT)
    return str(compiled), tuple(compiled.positiontup or ())  # type: ignore[attr-defined]
