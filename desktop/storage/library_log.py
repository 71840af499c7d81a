"""What updates of the library changed: written with the mirrors, in their transaction, and read for 什么变了.

The records before and after lie beside the short line, so that every field of an old edition can still be shown. The
updates behind the newest `KEPT` are let go.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, Connection, ForeignKey, Index, Integer, LargeBinary, Row, Table, Text, func, select

from desktop.domain.library import Indicator
from desktop.domain.library_changes import (
    BESIDE,
    WATCHED,
    ChangeKind,
    LibraryUpdate,
    RecordChange,
    newest_edition,
    record_change,
)
from desktop.storage.codec import NotReadable, decode
from desktop.storage.mirror_tables import MIRRORS, MirrorTable
from desktop.storage.rows import add, change, drop, put
from desktop.storage.tables import metadata

Key = tuple[str, ...]

KEPT = 8  # updates
MOST_BESIDE = 400  # parameters and codes of one update that are listed; a new code table is no news line by line
_BETWEEN = " "  # between the fields of a key, and between names of fields
_EDITIONS = "SELECT DISTINCT json_extract(CAST(record AS TEXT), '$.version') FROM mirror_indicator"

update = Table(
    "library_update",
    metadata,
    Column("version", Integer, primary_key=True, autoincrement=False),
    *(Column(name, Text, nullable=False) for name in ("at", "edition", "edition_before", "read_at")),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)
_SHORT = ("kind", "title", "level1", "level2", "edition", "fields", "last_year", "successor", "search")
changed_record = Table(
    "library_change",
    metadata,
    Column("version", Integer, ForeignKey("library_update.version"), primary_key=True, autoincrement=False),
    Column("dataset", Text, primary_key=True),
    Column("record_key", Text, primary_key=True),
    *(Column(name, Text, nullable=False) for name in (*_SHORT, "old_edition")),
    Column("old", LargeBinary),
    Column("new", LargeBinary),
    Index("library_change_by_record", "dataset", "record_key"),
    sqlite_strict=True,
)
_U, _C = update.c, changed_record.c


@dataclass(frozen=True, slots=True)
class Noted:
    """A record that an update changed, and its bytes before and after."""

    change: RecordChange
    old_edition: str
    old: bytes | None
    new: bytes | None


def editions(connection: Connection) -> list[str]:
    """Return the editions that the library's present indicators are of."""
    return [one for (one,) in connection.exec_driver_sql(_EDITIONS).all() if one]


def note(
    mirror: MirrorTable,
    before: Mapping[Key, bytes],
    after: Mapping[Key, tuple[bytes, Any]],
    gone: Sequence[Key],
) -> list[Noted]:
    """Return what people would see of a dataset's replacement; nothing of one that arrives for the first time.

    Args:
        mirror: The dataset.
        before: Bytes of every record before, by key.
        after: Bytes and values of those that came or changed.
        gone: Those that are no more.
    """
    if mirror.name not in WATCHED or not before:
        return []
    found = []
    nothing: tuple[None, None] = (None, None)
    for key in (*after, *gone):
        new, value = after.get(key, nothing)
        old = before.get(key)
        try:
            known = None if old is None else decode(old, mirror.record_class)
        except NotReadable:
            continue  # of a class that another program wrote: what changed in it cannot be told
        said = record_change(mirror.name, _BETWEEN.join(filter(None, key)), known, value)
        if said is not None:
            found.append(Noted(said, str(getattr(known, "version", "")), old, new))
    return found[:MOST_BESIDE] if mirror.name in BESIDE else found


def keep(connection: Connection, version: int, at: str, edition_before: str, noted: Sequence[Noted]) -> None:
    """Write what an update changed, and let the oldest one go; an update that changed nothing leaves no trace."""
    if not noted:
        return
    edition = newest_edition(editions(connection))
    numbers = {"version": version, "at": at, "edition": edition, "edition_before": edition_before, "read_at": ""}
    drop(connection, changed_record, version=version)
    put(connection, update, [numbers])
    add(connection, changed_record, [_row(version, one) for one in noted])
    known = connection.execute(select(_U.version).order_by(_U.version.desc()).offset(KEPT)).scalars().all()
    for old in known:
        drop(connection, changed_record, version=old)
        drop(connection, update, version=old)


class StoredLibraryLog:
    """Implements `ports.LibraryLog` inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def edition(self) -> str:
        """Return the newest edition among the library's indicators, empty without a library."""
        return newest_edition(editions(self._connection))

    def updates(self) -> list[LibraryUpdate]:
        """Return the updates that are kept, newest first."""
        counted = select(_C.version, _C.dataset, _C.kind, func.count()).group_by(_C.version, _C.dataset, _C.kind)
        numbers: dict[int, dict[str, int]] = {}
        for version, dataset, kind, count in self._connection.execute(counted):
            name = "beside" if dataset in BESIDE else ChangeKind(kind).value.lower()
            of_version = numbers.setdefault(version, {})
            of_version[name] = of_version.get(name, 0) + count
        rows = self._connection.execute(select(update).order_by(_U.version.desc()))
        return [_update(row, numbers.get(row.version, {})) for row in rows]

    def changes(self, version: int) -> list[RecordChange]:
        """Return what an update changed: by dataset as people look at them, then by key."""
        columns = (_C.dataset, _C.record_key, *(_C[name] for name in _SHORT))
        rows = self._connection.execute(select(*columns).where(_C.version == version).order_by(_C.record_key))
        return sorted(map(_change, rows), key=lambda one: WATCHED.index(one.dataset))

    def both(self, version: int, dataset: str, key: str) -> tuple[object | None, object | None]:
        """Return a record before and after an update; None where it was not there.

        Raises:
            KeyError: The update did not change it, or is no longer kept.
        """
        found = select(_C.old, _C.new).where(_C.version == version, _C.dataset == dataset, _C.record_key == key)
        row = self._connection.execute(found).one_or_none()
        if row is None:
            raise KeyError(key)
        kind = MIRRORS[dataset].record_class
        return _read(row.old, kind), _read(row.new, kind)

    def indicators_before(self, wanted: Iterable[tuple[str, str]]) -> Mapping[tuple[str, str], Indicator]:
        """Return what indicators were in an earlier edition, by (code, edition); those that are still known."""
        found: dict[tuple[str, str], Indicator] = {}
        for code, edition in wanted:
            one = select(_C.old).where(_C.dataset == "indicator", _C.record_key == code, _C.old_edition == edition)
            data = self._connection.execute(one.order_by(_C.version.desc()).limit(1)).scalar()
            if data is not None:
                found[code, edition] = decode(data, Indicator)
        return found

    def last_of(self, codes: Iterable[str]) -> Mapping[str, Indicator]:
        """Return the last content of indicators whose record is gone, by code; those that are still known."""
        found: dict[str, Indicator] = {}
        for code in codes:
            one = select(_C.old).where(_C.dataset == "indicator", _C.record_key == code, _C.new.is_(None))
            data = self._connection.execute(one.order_by(_C.version.desc()).limit(1)).scalar()
            if data is not None:
                found[code] = decode(data, Indicator)
        return found

    def mark_read(self, up_to: int, at: str) -> None:
        """Note that the updates up to a version were read."""
        unread = select(_U.version).where(_U.version <= up_to, _U.read_at == "")
        for version in self._connection.execute(unread).scalars().all():
            change(self._connection, update, {"version": version}, {"read_at": at})


def _row(version: int, noted: Noted) -> dict[str, object]:
    one = noted.change
    texts = {name: getattr(one, name) for name in _SHORT}
    return {
        "version": version,
        "dataset": one.dataset,
        "record_key": one.key,
        **texts,
        "kind": one.kind.value,
        "fields": _BETWEEN.join(one.fields),
        "old_edition": noted.old_edition,
        "old": noted.old,
        "new": noted.new,
    }


def _update(row: Row[Any], counted: Mapping[str, int]) -> LibraryUpdate:
    numbers = {name: counted.get(name, 0) for name in ("added", "changed", "withdrawn", "beside")}
    return LibraryUpdate(row.version, row.at, row.edition, row.edition_before, read_at=row.read_at, **numbers)


def _change(row: Row[Any]) -> RecordChange:
    texts = {name: getattr(row, name) for name in _SHORT}
    given = {**texts, "kind": ChangeKind(row.kind), "fields": tuple(row.fields.split())}
    return RecordChange(dataset=row.dataset, key=row.record_key, **given)


def _read(data: bytes | None, kind: type) -> object | None:
    return None if data is None else decode(data, kind)
