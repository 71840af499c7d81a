"""修改记录: every content that a document ever had, what changed in each, and an older one taken back."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from desktop.domain.differences import Change, differences
from desktop.domain.document import Content, Document
from desktop.usecases.ports import Books, Revision
from desktop.usecases.seat import Seat
from desktop.usecases.write_document import Saved, save


@dataclass(frozen=True, slots=True)
class History:
    """A document with all its commits, newest first, and the officers' names by their ids."""

    document: Document
    revisions: tuple[Revision, ...]
    officers: Mapping[str, str]


def history_of(books: Books, doc_id: str) -> History:
    """Return the history of a document; `KeyError` when there is none."""
    with books:
        officers = {officer.id: officer.name for officer in books.mirrors.officers()}
        return History(books.documents.get(doc_id), tuple(books.documents.revisions(doc_id)), officers)


def changes_between(books: Books, doc_id: str, older: int, newer: int) -> list[Change]:
    """Return what differs between two commits of a document; against nothing for ``older`` 0: an empty list."""
    if older < 1:
        return []
    with books:
        return differences(books.documents.earlier(doc_id, older), books.documents.earlier(doc_id, newer))


def take_back_to(books: Books, seat: Seat, doc_id: str, number: int) -> Saved:
    """Give a draft the content of an earlier commit, as a new commit; the identity stays that of today.

    Raises:
        Refused: D-03 for another than its maker, D-04 when it is sealed, sent or done.
        KeyError: There is no such commit.
    """
    with books:
        head = books.documents.get(doc_id).head
        content: Content = replace(books.documents.earlier(doc_id, number), head=head)
    return save(books, seat, content, f"恢复第 {number} 次保存的内容")
