"""The way in for the mirrors: a verified snapshot replaces the datasets of its scope, record by record.

Only records that changed are written; what is gone is removed. The record's bytes are kept as they came, whole, so that
fields which only a newer program knows are not lost.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, select

from desktop.domain.library import Indicator
from desktop.domain.library_changes import newest_edition
from desktop.domain.mirrors import PUBLIC_DATASETS, UNIT_DATASETS
from desktop.storage import library_log
from desktop.storage.codec import NotReadable, convert
from desktop.storage.faults import WorkspaceFault
from desktop.storage.mirror_tables import MIRRORS, MirrorTable, column_of, indicator, indicator_search
from desktop.storage.rows import Row, add, drop, put
from desktop.storage.search import grams, normal
from sync.canonical import encode

PUBLIC_SCOPE = "public"
FIRST_PLAIN = 1 << 40  # ids of core indicators lie below it, of all others above: the order of search results

Record = Mapping[str, object]
Key = tuple[str, ...]

ADD_GRAMS = "INSERT INTO mirror_indicator_gram (rowid, grams) VALUES (?, ?)"
_DROP_GRAMS = "DELETE FROM mirror_indicator_gram WHERE rowid = ?"
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
        """Write changed indicators; one keeps its place in the order unless it became core or is core no more."""
        found = self._connection.execute(select(indicator.c.code, indicator.c.id, indicator.c.is_core))
        places: dict[object, tuple[int, int]] = {row.code: (row.id, row.is_core) for row in found}
        last = {
            1: max((number for number, core in places.values() if core), default=0),
            0: max((number for number, core in places.values() if not core), default=FIRST_PLAIN),
        }
        dropped = [(places[code][0],) for code in [*gone, *(row["code"] for row, _ in rows)] if code in places]
        placed: list[Row] = []
        tokens: list[tuple[int, str]] = []
        for row, value in rows:
            core = int(value.is_core)
            number, was_core = places.get(row["code"], (0, None))
            if was_core != core:
                number = last[core] = last[core] + 1
            placed.append({"id": number, **row})
            tokens.append((number, indicator_grams(value)))
        for statement, values in ((_DROP_GRAMS, dropped), (_DROP_ROWS, dropped), (ADD_GRAMS, tokens)):
            if values:
                self._connection.exec_driver_sql(statement, values)
        add(self._connection, indicator, placed)


def indicator_grams(one: Indicator) -> str:
    """Return the tokens of one indicator in the search index."""
    return grams(indicator_search(one), (level_mark(one.level1.value), *map(function_mark, one.applies_to)))


def level_mark(level1: str) -> str:
    """Return the token that stands for a level-1 group in the search index."""
    return f"level{level1.lower()}"


def function_mark(code: str) -> str:
    """Return the token that stands for a function code in the search index."""
    return f"for{normal(code)}"


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
