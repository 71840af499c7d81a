"""The way in for the mirrors: a verified snapshot replaces the datasets of its scope, record by record.

Only records that changed are written; what is gone is removed. The record's bytes are kept as they came, whole, so that
fields which only a newer program knows are not lost.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from typing import Any

from sqlalchemy import Connection, select

from desktop.domain.library_changes import newest_edition
from desktop.domain.mirrors import PUBLIC_DATASETS, UNIT_DATASETS
from desktop.storage import library_log
from desktop.storage.codec import NotReadable, convert
from desktop.storage.faults import WorkspaceFault
from desktop.storage.library_finding import write_index
from desktop.storage.mirror_tables import MIRRORS, MirrorTable, column_of, indicator
from desktop.storage.rows import add, drop, put
from sync.canonical import encode

PUBLIC_SCOPE = "public"

Record = Mapping[str, object]
Key = tuple[str, ...]

_DROP_ROWS = "DELETE FROM mirror_indicator WHERE id = ?"


class MirrorWriter:
    """Writes mirrors inside one transaction.

    Args:
        connection: The open transaction.
        kept: Values that were read before; emptied when something is written.

    Attributes:
        touched: Whether something was written; when it is undone, nothing that was read meanwhile holds.
    """

    def __init__(self, connection: Connection, kept: dict[object, Any]) -> None:
        self._connection, self._kept = connection, kept
        self.touched = False

    def replace(self, scope: str, datasets: Mapping[str, Sequence[Record]], version: int, at: str = "") -> int:
        """Replace the datasets by a snapshot's records, and note what changed in the library.

        Args:
            scope: ``public`` or ``unit:<code>``; says which datasets it may bring.
            datasets: Records by dataset; one that this program does not know is passed over.
            version: The catalogue's.
            at: When it is applied, ISO with zone.

        Returns:
            How many records are new, changed or gone.

        Raises:
            WorkspaceFault: MIRROR_INVALID when a record does not fit its class or comes twice.
        """
        allowed = PUBLIC_DATASETS if scope == PUBLIC_SCOPE else UNIT_DATASETS
        self.touched = True
        self._kept.clear()
        changed, edition_before = 0, newest_edition(library_log.editions(self._connection))
        noted: list[library_log.Noted] = []
        for name, records in datasets.items():
            if name not in MIRRORS:
                continue
            if name not in allowed:
                raise WorkspaceFault("MIRROR_INVALID", dataset=name, reason=f"not of scope {scope}")
            changed += self._replace_one(MIRRORS[name], records, version, noted)
        library_log.keep(self._connection, version, at, edition_before, noted)
        self._kept.clear()
        return changed

    def _replace_one(
        self, mirror: MirrorTable, records: Sequence[Record], version: int, noted: list[library_log.Noted]
    ) -> int:
        columns = [mirror.table.c[column_of(part)] for part in mirror.key]
        stored = self._connection.execute(select(*columns, mirror.table.c.record))
        before: dict[Key, bytes] = {tuple(row[:-1]): row[-1] for row in stored}
        changed: list[tuple[Key, bytes, Record]] = []
        seen: set[Key] = set()
        for key, data, record in _keyed(mirror, records):
            if key in seen:
                raise WorkspaceFault("MIRROR_INVALID", dataset=mirror.name, key=" ".join(key), reason="twice")
            seen.add(key)
            if before.get(key) != data:
                changed.append((key, data, record))
        gone = [key for key in before if key not in seen]
        rows = [_row(mirror, key, data, record, version) for key, data, record in changed]
        after = {key: (data, value) for (key, data, _), (_, value) in zip(changed, rows, strict=True)}
        noted += library_log.note(mirror, before, after, gone)
        if mirror.table is indicator:
            self._replace_indicators({code for (code,) in gone}, rows)
        else:
            for key in gone:
                drop(self._connection, mirror.table, **_columns(mirror, key))
            put(self._connection, mirror.table, [row for row, _ in rows])
        return len(gone) + len(rows)

    def _replace_indicators(self, gone: set[str], rows: Sequence[tuple[dict[str, object], Any]]) -> None:
        """Write changed indicators and the search index; one that was there keeps its id."""
        if not gone and not rows:
            return
        found = self._connection.execute(select(indicator.c.code, indicator.c.id))
        numbers: dict[object, int] = {row.code: row.id for row in found}
        last = max(numbers.values(), default=0)
        dropped = [(numbers[code],) for code in [*gone, *(row["code"] for row, _ in rows)] if code in numbers]
        if dropped:
            self._connection.exec_driver_sql(_DROP_ROWS, dropped)
        fresh = count(last + 1)
        add(self._connection, indicator, [{"id": numbers.get(row["code"]) or next(fresh), **row} for row, _ in rows])
        write_index(self._connection)


def _keyed(mirror: MirrorTable, records: Sequence[Record]) -> Iterator[tuple[Key, bytes, Record]]:
    for record in records:
        try:
            yield mirror.key_of(record), encode(record), record
        except (KeyError, ValueError) as reason:
            raise WorkspaceFault("MIRROR_INVALID", dataset=mirror.name, reason=str(reason)[:200]) from reason


def _row(mirror: MirrorTable, key: Key, data: bytes, record: Record, version: int) -> tuple[dict[str, object], Any]:
    try:
        value: Any = convert(record, mirror.record_class)
    except NotReadable as reason:
        facts = {"dataset": mirror.name, "key": " ".join(key), "reason": str(reason)[:200]}
        raise WorkspaceFault("MIRROR_INVALID", **facts) from reason
    derived = {name: make(value) for name, make in mirror.derived.items()}
    return {**_columns(mirror, key), **derived, "version": version, "record": data}, value


def _columns(mirror: MirrorTable, key: Key) -> dict[str, object]:
    return {column_of(part): text for part, text in zip(mirror.key, key, strict=True)}
