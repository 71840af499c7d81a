"""回收站: drafts that were deleted lie here for thirty days; what was ever sent can only be made void."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from desktop.domain.document import Document, Post, Refused, discarded, restored
from desktop.domain.head import Kind
from desktop.domain.listing import ListHit, ListQuery
from desktop.domain.problem import Problem, errors
from desktop.usecases.ports import Books
from desktop.usecases.problems_of import problems_of
from desktop.usecases.seat import Seat

KEPT_DAYS = 30  # UX, message M26


@dataclass(frozen=True, slots=True)
class Stayed:
    """A document that could not be moved, and why."""

    doc_id: str
    key: str
    problem: Problem


@dataclass(frozen=True, slots=True)
class BinMove:
    """What went into the bin or came out of it, and what did not. Each document moves wholly or not at all."""

    moved: tuple[Document, ...]
    stayed: tuple[Stayed, ...]


def discard(books: Books, seat: Seat, doc_ids: Sequence[str], why: str = "删除") -> BinMove:
    """Put never-sent drafts into the recycle bin; quota and e-vouchers that they planned to use are free at once.

    One transaction for all that may go; a document that may not go stays and says why.
    """
    moved: list[Document] = []
    stayed: list[Stayed] = []
    with books:
        for doc_id in dict.fromkeys(doc_ids):
            document = books.documents.get(doc_id)
            try:
                gone = discarded(document, seat.officer, seat.at())
                seat.require(Post.MAKER)
            except Refused as refusal:
                stayed.append(Stayed(doc_id, document.head.key, refusal.problem))
                continue
            books.documents.put(gone, by=seat.officer, why=why, at=seat.at())
            moved.append(gone)
        if moved:
            books.commit()
    return BinMove(tuple(moved), tuple(stayed))


def restore(books: Books, seat: Seat, doc_ids: Sequence[str], why: str = "恢复") -> BinMove:
    """Take drafts out of the recycle bin: the same bytes, a draft as before, looked at by the rules of today.

    Quota and e-vouchers may have been used by others meanwhile; the rules say so, the draft is restored all the same.
    A draft whose key was given to another document stays in the bin (D-05).
    """
    moved: list[Document] = []
    stayed: list[Stayed] = []
    with books:
        for doc_id in dict.fromkeys(doc_ids):
            document = books.documents.get(doc_id)
            try:
                back = _free(books, restored(document, seat.officer))
                seat.require(Post.MAKER)
            except Refused as refusal:
                stayed.append(Stayed(doc_id, document.head.key, refusal.problem))
                continue
            wrong = len(errors(problems_of(books, back.content)))
            back = replace(back, problems_count=wrong, updated_at=seat.at())
            books.documents.put(back, by=seat.officer, why=why, at=seat.at())
            moved.append(back)
        if moved:
            books.commit()
    return BinMove(tuple(moved), tuple(stayed))


def bin_query(kinds: Sequence[Kind], year: int | None, today: date, text: str = "") -> ListQuery:
    """Return what the list of the bin asks for: everything that was put there less than thirty days ago."""
    since = (today - timedelta(days=KEPT_DAYS - 1)).isoformat()
    return ListQuery(tuple(kinds), fiscal_year=year, text=text, binned=True, binned_since=since, order="binned")


def days_left(binned_at: str, today: date) -> int:
    """Return for how many more days a document can be restored."""
    return KEPT_DAYS - (today - date.fromisoformat(binned_at[:10])).days


def in_bin(books: Books, kinds: Sequence[Kind], year: int | None, today: date) -> list[ListHit]:
    """Return what lies in the bin, the last deleted first."""
    with books:
        return books.documents.hits(bin_query(kinds, year, today))


def _free(books: Books, back: Document) -> Document:
    other = books.documents.find(back.head.kind, back.head.key)
    if other is not None and other.head.doc_id != back.head.doc_id:
        raise Refused(Problem("D-05", "head.key", {"key": back.head.key}))
    return back
