"""The indicator library as it lies in the workspace: records, and the index that answers queries."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection

from desktop.domain.library import Indicator
from desktop.domain.library_search import LibraryFindings, LibraryQuery
from desktop.storage.codec import reader
from desktop.storage.database import DriverConnection
from desktop.storage.library_index import LibraryIndex
from desktop.storage.library_ranking import Asked, Sets, by_count
from desktop.storage.library_tokens import made

KEPT = 8000  # decoded indicators, some 2 KB each
FORM, TODAY = "form", b"1"  # shelf that says by which rules the others were made, and today's number of these
_AT_ONCE = 500
_LIBRARY = "SELECT id, record FROM mirror_indicator ORDER BY id"
_CLEAR, _ADD = "DELETE FROM library_index", "INSERT INTO library_index (shelf, content) VALUES (?, ?)"
_SHELF = "SELECT content FROM library_index WHERE shelf = ?"
# Doc id and code of every line that counts as a use: a goal that is void or in the recycle bin is none.
_USES = (
    "SELECT line.doc_id, one.id FROM goal_line AS line JOIN document ON document.id = line.doc_id "
    "JOIN mirror_indicator AS one ON one.code = line.indicator_code "
    "WHERE document.state <> 'VOIDED' AND document.binned_at = '' GROUP BY line.doc_id, one.id"
)
_LAST_CHANGE = "SELECT max(change_no) FROM document"


@cache
def _records_text(count: int) -> str:
    return f"SELECT id, record FROM mirror_indicator WHERE id IN ({', '.join('?' * count)})"


def index_of(rows: Iterable[Sequence[Any]]) -> dict[str, bytes]:
    """Return the index of a library: content by shelf.

    Args:
        rows: Id and record of every indicator.
    """
    read = reader(Indicator)
    return {**made([(number, read(record)) for number, record in rows]), FORM: TODAY}


def write_index(connection: Connection) -> None:
    """Make the index anew from the records."""
    shelves = index_of(connection.exec_driver_sql(_LIBRARY).all())
    connection.exec_driver_sql(_CLEAR)
    connection.exec_driver_sql(_ADD, list(shelves.items()))


def freshen_index(db: DriverConnection) -> None:
    """Make the index anew when it was made by other rules than today's, or not at all; no transaction is open."""
    form = db.execute(_SHELF, (FORM,)).fetchone()
    if form is not None and form[0] == TODAY:
        return
    shelves = index_of(db.execute(_LIBRARY).fetchall())
    db.execute("BEGIN IMMEDIATE")
    try:
        db.execute(_CLEAR)
        for shelf in shelves.items():
            db.execute(_ADD, shelf)
        db.execute("COMMIT")
    except BaseException:
        db.execute("ROLLBACK")
        raise


class LibraryFinder:
    """Reads and searches the library inside one transaction.

    Args:
        connection: The open transaction.
        kept: What was read before; whoever changes the mirrors empties it.
    """

    def __init__(self, connection: Connection, kept: dict[object, Any]) -> None:
        self._connection, self._kept = connection, kept

    def find(self, query: LibraryQuery, limit: int) -> LibraryFindings:
        """Return the first hits of a query in order, with counts over all of them."""
        index = self._index()
        uses, sets = self._uses(index, query.except_goal)
        asked = Asked(index, query, sets)
        places = asked.first(limit)
        known = self._records([index.ids[place] for place in places])
        # An id without a record: another program has written the library since the index was opened here.
        hits = [(place, known[index.ids[place]]) for place in places if index.ids[place] in known]
        within = f":{query.industry}" if query.industry else ""
        return LibraryFindings(
            tuple(one for _, one in hits),
            asked.hits.bit_count(),
            asked.count("level1", "level1"),
            asked.count("level2", "level2"),
            asked.count("kinds", "kind"),
            asked.count("industry", "industry"),
            asked.count("category", f"category{within}") if within else {},
            asked.count("fund_use", f"use{within}:{query.category}") if within and query.category else {},
            asked.fitting(),
            asked.loose(),
            {one.code: uses[place] for place, one in hits if place in uses},
        )

    def _records(self, numbers: Sequence[int]) -> Mapping[int, Indicator]:
        """Return the indicators of the ids, and perhaps others; each is decoded once."""
        known: dict[int, Indicator] = self._once("library", dict)
        missing = [number for number in numbers if number not in known]
        if len(known) + len(missing) > KEPT:
            known.clear()
            missing = list(numbers)
        for at in range(0, len(missing), _AT_ONCE):
            some = missing[at : at + _AT_ONCE]
            found = self._connection.exec_driver_sql(_records_text(len(some)), tuple(some)).all()
            known.update((number, reader(Indicator)(record)) for number, record in found)
        return known

    def _index(self) -> LibraryIndex:
        index = self._once("library index", self._opened)
        if not index.in_memory:
            index.load = self._shelf
        return index

    def _opened(self) -> LibraryIndex:
        if self._shelf(FORM) == TODAY:
            return LibraryIndex(self._shelf)
        # Somebody reads a file that an older program wrote last.
        return LibraryIndex(index_of(self._connection.exec_driver_sql(_LIBRARY).all()).get, in_memory=True)

    def _shelf(self, name: str) -> bytes | None:
        found = self._connection.exec_driver_sql(_SHELF, (name,)).first()
        return None if found is None else bytes(found[0])

    def _uses(self, index: LibraryIndex, except_goal: str) -> tuple[Mapping[int, int], Sets]:
        """Return by place how many goals use an indicator, and these places in sets; read again after any change."""
        inside: Any = self._connection.connection.driver_connection
        state = (except_goal, inside.total_changes, self._connection.exec_driver_sql(_LAST_CHANGE).scalar())
        kept = self._kept.get("library uses")
        if kept is None or kept[0] != state:
            counted = Counter(
                number for doc_id, number in self._connection.exec_driver_sql(_USES).all() if doc_id != except_goal
            )
            places = {place: counted[number] for place, number in enumerate(index.ids) if number in counted}
            kept = self._kept["library uses"] = (state, places, by_count(places))
        return kept[1], kept[2]

    def _once(self, name: str, load: Callable[[], Any]) -> Any:
        if name not in self._kept:
            self._kept[name] = load()
        return self._kept[name]
