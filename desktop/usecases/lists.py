"""What lists and the search box show: rows with counts, read from index tables."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from desktop.domain.document import Post, State
from desktop.domain.head import Kind
from desktop.usecases.ports import Books, DocumentRow

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


@dataclass(frozen=True, slots=True)
class ListPage:
    """Rows of one tab, and how many each tab holds."""

    rows: tuple[DocumentRow, ...]
    counts: Mapping[str, int]

    def total(self) -> Decimal:
        """Yuan of the rows shown."""
        return sum((row.amount for row in self.rows), Decimal("0.00"))


def tab_of(row: DocumentRow) -> str:
    """Return the state tab that a row stands in."""
    if row.state is State.DRAFT:
        return "ERRORS" if row.problems_count else "DRAFT"
    return next(tab for tab, states in TABS.items() if row.state in states)


def list_page(books: Books, kind: Kind, year: int, tab: str = "ALL", text: str = "") -> ListPage:
    """Return one tab of a kind's list, newest change first."""
    with books:
        rows = books.documents.rows((kind,), (), year, text)
    counts = dict.fromkeys(TABS, 0)
    for row in rows:
        counts[tab_of(row)] += 1
    counts["ALL"] = len(rows)
    return ListPage(tuple(row for row in rows if tab in ("ALL", tab_of(row))), counts)


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
