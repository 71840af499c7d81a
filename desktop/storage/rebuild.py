"""The tables next to documents can be made again at any time; this module does it, and tells where they differ.

Index rows come from the documents' bytes and standing, the search index from the library's records, remembered payees
from the vouchers, balances from the ledger's entries. Documents' bytes, mirrors' records and entries are never touched.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass

from sqlalchemy import Connection, Table, select, update

from desktop.domain.ledger import Balance, apply
from desktop.domain.mirrors import KnownPayee
from desktop.storage import tables
from desktop.storage.books import Books
from desktop.storage.codec import reader
from desktop.storage.index_rows import INDEX_TABLES, details, listing
from desktop.storage.ledger import movement_of
from desktop.storage.library_finding import FORM, index_of, write_index
from desktop.storage.library_tokens import plain
from desktop.storage.mirror_tables import MIRRORS, indicator, payee_search
from desktop.storage.payees import payee_row, remembered
from desktop.storage.rows import Row, add, drop

_REGISTER = MIRRORS["payee"].table

@dataclass(frozen=True, slots=True)
class Difference:
    """A row that should be there and is not, or is there and should not be.

    Attributes:
        table: Name of the table.
        row: Its values, column by column.
        missing: True when it should be there.
    """

    table: str
    row: tuple[tuple[str, object], ...]
    missing: bool


def compare_rebuild(books: Books) -> list[Difference]:
    """Return how the index tables differ from what documents, mirrors and entries say; empty when they agree.

    Args:
        books: Entered.
    """
    connection = books.connection
    found: list[Difference] = []
    for doc_id in _doc_ids(connection):
        for table, key, rows in _of_document(books, doc_id):
            found += _compared(connection, table, rows, {key: doc_id})
    for table, rows in _whole_tables(connection):
        found += _compared(connection, table, rows, {})
    for table, row in _searched(connection):
        found += _compared(connection, table, [row], {part.name: row[part.name] for part in table.primary_key})
    return found + _compared_library(connection)


def rebuild_indexes(books: Books) -> None:
    """Make the index tables again from nothing; the caller commits.

    Args:
        books: Entered, for writing.
    """
    connection = books.connection
    for doc_id in _doc_ids(connection):
        for table, key, rows in _of_document(books, doc_id):
            if table is tables.document:
                connection.execute(update(table).where(table.c.id == doc_id).values(dict(rows[0])))
            else:
                drop(connection, table, **{key: doc_id})
                add(connection, table, rows)
    for table, rows in _whole_tables(connection):
        drop(connection, table)
        if table is tables.ledger_balance:
            _replay(connection, rows)
        else:
            add(connection, table, rows)
    for table, row in list(_searched(connection)):
        named = [table.c[column.name] == row[column.name] for column in table.primary_key]
        connection.execute(update(table).where(*named).values(dict(row)))
    write_index(connection)


def _doc_ids(connection: Connection) -> list[str]:
    return list(connection.execute(select(tables.document.c.id)).scalars())


def _of_document(books: Books, doc_id: str) -> Iterator[tuple[Table, str, list[Row]]]:
    """Give, for each table, the column that names the document and the rows that it should have."""
    document = books.documents.get(doc_id)
    yield tables.document, "id", [listing(document)]
    rows = dict(details(document.content))
    for table in INDEX_TABLES:
        yield table, "doc_id", rows.get(table, [])


def _whole_tables(connection: Connection) -> Iterator[tuple[Table, list[Row]]]:
    latest = {(row["name"], row["account"]): dict(row) for row in connection.execute(remembered()).mappings()}
    yield tables.payee, [payee_row(row) for row in latest.values()]
    yield tables.ledger_balance, _balances(connection)


def _searched(connection: Connection) -> Iterator[tuple[Table, Row]]:
    """Give the columns that searches look at, with the primary key of their rows."""
    for payee in map(reader(KnownPayee), connection.execute(select(_REGISTER.c.record)).scalars().all()):
        yield _REGISTER, {"name": payee.name, "account": payee.account, "search": payee_search(payee)}


def _balances(connection: Connection) -> list[Row]:
    balances: dict[str, tuple[Balance, int]] = {}
    for entry in connection.execute(select(tables.ledger_entry).order_by(tables.ledger_entry.c.id)):
        before, _ = balances.get(entry.quota_id, (Balance(), 0))
        balances[entry.quota_id] = apply(before, movement_of(entry)), entry.id
    return [
        {"quota_id": quota_id, **asdict(balance), "last_entry": last}
        for quota_id, (balance, last) in balances.items()
    ]


def _replay(connection: Connection, rows: Iterable[Row]) -> None:
    """Write balances under the rule that they start at zero and follow an entry."""
    table = tables.ledger_balance
    for row in rows:
        start = {"quota_id": row["quota_id"], **asdict(Balance()), "last_entry": 0}
        add(connection, table, [start])
        connection.execute(update(table).where(table.c.quota_id == row["quota_id"]).values(dict(row)))


def _compared(connection: Connection, table: Table, rows: list[Row], where: Row) -> list[Difference]:
    names = sorted(rows[0]) if rows else sorted(column.name for column in table.columns)
    columns = [table.c[name] for name in names]
    named = [table.c[name] == value for name, value in where.items()]
    stored = Counter(tuple(row) for row in connection.execute(select(*columns).where(*named)))
    expected = Counter(tuple(row[name] for name in names) for row in rows)
    return [
        Difference(table.name, tuple(zip(names, values, strict=True)), missing)
        for counted, missing in ((expected - stored, True), (stored - expected, False))
        for values in counted
    ]


def _compared_library(connection: Connection) -> list[Difference]:
    table = tables.library_index
    stored = {row.shelf: row.content for row in connection.execute(select(table))}
    rows = connection.execute(select(indicator.c.id, indicator.c.record).order_by(indicator.c.id)).all()
    expected = index_of(rows)
    differing = [name for name in {*stored, *expected} if stored.get(name) != expected.get(name)]
    differing = [name for name in differing if name == FORM or not _same(stored.get(name), expected.get(name))]
    return [
        Difference(table.name, (("shelf", name),), missing)
        for missing, there in ((True, expected), (False, stored))
        for name in sorted(differing)
        if name in there
    ]


def _same(one: bytes | None, other: bytes | None) -> bool:
    return one is not None and other is not None and plain(one) == plain(other)
