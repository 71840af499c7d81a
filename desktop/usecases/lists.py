"""What lists and the search box show: rows with counts, read from index tables."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from desktop.domain.document import Post, State
from desktop.domain.head import Kind
from desktop.domain.listing import ListHit, ListQuery
from desktop.domain.money import ZERO
from desktop.usecases.initials import initials
from desktop.usecases.ports import Books, DocumentRow
from desktop.usecases.recycle_bin import bin_query

# The state tabs of a list, in the order of the screen; DRAFT splits by whether rules find errors.
TABS: Mapping[str, tuple[State, ...]] = {
    "ALL": (),
    "DRAFT": (State.DRAFT,),
    "ERRORS": (State.DRAFT,),
    "PRESENTED": (State.PRESENTED,),
    "CHECKED": (State.CHECKED,),
    "SIGNED": (State.SIGNED,),
    "SEALED": (State.SEALED,),
    "SENT": (State.SUBMITTED, State.ACCEPTED),
    "RETURNED": (State.RETURNED,),
    "DONE": (State.PAID, State.PART_REFUNDED, State.REFUNDED),
    "VOIDED": (State.VOIDED,),
}


BIN = "BIN"  # 回收站: a tab of its own, not a state
FIRST_ROWS = 100  # read with the list itself; the others when they are looked at


@dataclass(frozen=True, slots=True)
class ListFilter:
    """What the filter row of a list narrows it to; empty values do not. Days are ISO, amounts yuan, both included."""

    text: str = ""
    date_from: str = ""
    date_to: str = ""
    amount_from: Decimal | None = None
    amount_to: Decimal | None = None
    project: str = ""
    maker: str = ""

    def is_empty(self) -> bool:
        """Say whether nothing is narrowed."""
        return self == ListFilter()


@dataclass(frozen=True, slots=True)
class ListPage:
    """One tab of a list: every hit, the rows at the top, and what each tab holds.

    Attributes:
        hits: In the order shown.
        rows: Of the first hits.
        counts: Documents in each tab, with the filter.
        total: Yuan of all hits.
        anything: Whether the list holds anything at all, whatever the filter.
    """

    hits: tuple[ListHit, ...]
    rows: tuple[DocumentRow, ...]
    counts: Mapping[str, int]
    total: Decimal
    anything: bool


def tab_of(state: State, *, faulty: bool) -> str:
    """Return the state tab that a document stands in."""
    if state is State.DRAFT:
        return "ERRORS" if faulty else "DRAFT"
    return next(tab for tab, states in TABS.items() if state in states)


def list_page(
    books: Books,
    kinds: Sequence[Kind],
    year: int,
    today: date,
    tab: str = "ALL",
    narrow: ListFilter = ListFilter(),
    order: str = "change",
    *,
    descending: bool = True,
) -> ListPage:
    """Return one tab of a list; counted, narrowed, added up and sorted by the database.

    Args:
        books: Read only.
        kinds: What the list is of.
        year: Fiscal year.
        today: For the recycle bin, which keeps things for thirty days.
        tab: A key of `TABS`, or `BIN`.
        narrow: The filter row.
        order, descending: As of `ListQuery`.
    """
    with books:
        base = _narrowed(books, ListQuery(tuple(kinds), fiscal_year=year), narrow)
        bin_ = _narrowed(books, bin_query(kinds, year, today), narrow)
        counts, total_of = dict.fromkeys((*TABS, BIN), 0), dict.fromkeys((*TABS, BIN), ZERO)
        for tally in books.documents.tallies(base):
            for key in ("ALL", tab_of(tally.state, faulty=tally.faulty)):
                counts[key] += tally.count
                total_of[key] += tally.total
        for tally in books.documents.tallies(bin_):
            counts[BIN] += tally.count
            total_of[BIN] += tally.total
        anything = bool(counts["ALL"]) or bool(
            books.documents.tallies(ListQuery(tuple(kinds), fiscal_year=year))
        )
        faulty = {"DRAFT": False, "ERRORS": True}.get(tab)
        query = bin_ if tab == BIN else replace(base, states=TABS[tab], faulty=faulty)
        if tab != BIN or order != "change":
            query = replace(query, order=order, descending=descending)
        hits = books.documents.hits(query)
        rows = books.documents.rows_of([hit.doc_id for hit in hits[:FIRST_ROWS]])
    return ListPage(tuple(hits), tuple(rows), counts, total_of[tab], anything)


def rows_of(books: Books, doc_ids: Sequence[str]) -> list[DocumentRow]:
    """Return the rows of some hits."""
    with books:
        return books.documents.rows_of(doc_ids)


def _narrowed(books: Books, query: ListQuery, narrow: ListFilter) -> ListQuery:
    words = [word for word in narrow.text.lower().split() if word.isascii() and word.isalpha()]
    known = books.documents.names(query) if words else []
    spelled = {word: tuple(name for name in known if word in initials(name)) for word in words}
    return replace(
        query, text=narrow.text, names=spelled, date_from=narrow.date_from, date_to=narrow.date_to,
        amount_from=narrow.amount_from, amount_to=narrow.amount_to, project=narrow.project, maker=narrow.maker,
    )


def waiting_for(books: Books, post: Post) -> list[DocumentRow]:
    """Return the documents that wait for a checker, a signer or the head; the maker's own drafts for a maker."""
    states = {
        Post.MAKER: (State.DRAFT, State.RETURNED),
        Post.CHECKER: (State.PRESENTED,),
        Post.SIGNER: (State.CHECKED,),
        Post.HEAD: (State.CHECKED,),
    }[post]
    with books:
        return books.documents.rows((), states)


def search_documents(books: Books, text: str, limit: int = 12) -> list[DocumentRow]:
    """Return documents whose number, title, payee, purpose, project or amount matches (Ctrl+K)."""
    if not text.strip():
        return []
    with books:
        return books.documents.rows(text=text.strip(), limit=limit)
