"""Signed sheets, verbatim: the bytes that people signed are evidence and are never written again."""

from collections.abc import Collection, Sequence

from sqlalchemy import Connection, select

from desktop.storage import tables
from desktop.storage.rows import add
from desktop.usecases.ports import StoredSheet

_S, _M = tables.sheet.c, tables.signature.c


class StoredSheets:
    """Implements `ports.Sheets` inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, sheet: StoredSheet, documents: Sequence[tuple[str, int]], *, at: str) -> None:
        """Store a sheet that covers (doc_id, revision) pairs.

        Raises:
            sqlalchemy.exc.IntegrityError: A sheet of that id is there already.
        """
        row = {"id": sheet.sheet_id, "role": sheet.role, "officer": sheet.officer, "envelope": sheet.envelope, "at": at}
        add(self._connection, tables.sheet, [row])
        covered = [{"sheet_id": sheet.sheet_id, "doc_id": doc_id, "revision": number} for doc_id, number in documents]
        add(self._connection, tables.sheet_document, covered)

    def of_documents(self, doc_ids: Collection[str]) -> list[StoredSheet]:
        """Return the sheets that the documents' present signatures lie in, each once, in the order of signing."""
        wanted = select(_M.sheet_id).where(_M.doc_id.in_(list(doc_ids)))
        found = self._connection.execute(
            select(_S.id, _S.role, _S.officer, _S.envelope).where(_S.id.in_(wanted)).order_by(_S.at, _S.id)
        )
        return [StoredSheet(*row) for row in found]
