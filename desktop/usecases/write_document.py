"""Write documents: every save is durable, checked by the rules, and drops signatures that no longer fit."""

from dataclasses import dataclass, replace

from desktop.domain import ledger
from desktop.domain.budget import BudgetDraft
from desktop.domain.budget_rules import settle
from desktop.domain.document import (
    Content,
    Document,
    Post,
    Refused,
    State,
    edited,
    recalled,
    reopened,
    voided,
)
from desktop.domain.problem import Problem, errors
from desktop.domain.voucher import PaymentVoucher
from desktop.domain.voucher_rules import paired, with_words
from desktop.usecases.ports import Books
from desktop.usecases.problems_of import problems_of
from desktop.usecases.seat import Seat


@dataclass(frozen=True, slots=True)
class Saved:
    """A document as it now lies on disk, and what the rules say of it."""

    document: Document
    problems: tuple[Problem, ...]


def create(books: Books, seat: Seat, content: Content, why: str = "新建") -> Saved:
    """Store a new draft.

    Raises:
        Refused: D-03 when the seat is not the maker's, D-05 when the content names another maker or the key exists.
    """
    with books:
        saved = put_new(books, seat, content, why)
        books.commit()
    return saved


def put_new(books: Books, seat: Seat, content: Content, why: str) -> Saved:
    """Do what `create` does, inside a ``with books`` of the caller, who commits: many documents or none."""
    seat.require(Post.MAKER)
    if content.head.maker != seat.officer:
        raise Refused(Problem("D-05", "head.maker"))
    content = derived(books, content)
    if books.documents.find(content.head.kind, content.head.key) is not None:
        raise Refused(Problem("D-05", "head.key", {"key": content.head.key}))
    return _put(books, seat, Document(content, books.documents.digest(content)), why)


def save(books: Books, seat: Seat, content: Content, why: str = "编辑") -> Saved:
    """Store a document's changed content; a returned one becomes the next revision first.

    A change drops every signature and gives the reserved quota back. The same content again changes nothing.

    Raises:
        Refused: D-03 when somebody else than its maker edits; D-04 when it is sealed, sent or done.
    """
    with books:
        saved = put_changed(books, seat, content, why)
        books.commit()
    return saved


def put_changed(books: Books, seat: Seat, content: Content, why: str) -> Saved:
    """Do what `save` does, inside a ``with books`` of the caller, who commits."""
    document = books.documents.get(content.head.doc_id)
    if document.head.maker != seat.officer or seat.post is not Post.MAKER:
        raise Refused(Problem("D-03", "maker", {"maker": document.head.maker}))
    content = derived(books, content)
    digest = books.documents.digest(content)
    if digest == document.digest:
        return Saved(document, tuple(problems_of(books, content)))
    let_go(books, document, seat)
    return _put(books, seat, edited(document, content, digest, seat.officer), why)


def reopen(books: Books, seat: Seat, doc_id: str) -> Saved:
    """Open a returned document again: same key, revision + 1, the reason kept in view (RETURNED → DRAFT).

    Raises:
        Refused: D-03 for another than its maker; D-04 when it was not returned.
    """
    with books:
        document = books.documents.get(doc_id)
        if document.head.maker != seat.officer:
            raise Refused(Problem("D-03", "maker", {"maker": document.head.maker}))
        head = replace(document.head, revision=document.head.revision + 1, supersedes=document.digest)
        content = replace(document.content, head=head)
        saved = _put(books, seat, reopened(document, content, books.documents.digest(content)), "退回后修改")
        books.commit()
    return saved


def recall(books: Books, seat: Seat, doc_id: str, why: str = "撤回") -> Saved:
    """Take a document back before it is sealed; its signatures fall and its quota is free again.

    Raises:
        Refused: D-03 for another than its maker; D-04 once sealed.
    """
    with books:
        document = books.documents.get(doc_id)
        taken = recalled(document, seat.officer)
        let_go(books, document, seat)
        saved = _put(books, seat, taken, why)
        books.commit()
    return saved


def void(books: Books, seat: Seat, doc_id: str, why: str = "作废") -> Document:
    """Make a draft or a returned document void; it stays on file.

    Raises:
        Refused: D-03, D-04.
    """
    with books:
        document = voided(books.documents.get(doc_id), seat.officer)
        books.documents.put(document, by=seat.officer, why=why, at=seat.at())
        books.commit()
    return document


def derived(books: Books, content: Content) -> Content:
    """Return the content with everything that follows from what people type: government codes, words, forms.

    Must be called inside ``with books``.
    """
    pairs = books.mirrors.pairs(content.head.fiscal_year)
    if isinstance(content, PaymentVoucher):
        return with_words(paired(content, books.mirrors.unit().kind, pairs))
    if isinstance(content, BudgetDraft):
        return settle(content, pairs)
    return content


def let_go(books: Books, document: Document, seat: Seat) -> None:
    """Give back what the document holds reserved on its quota, if anything (RELEASE)."""
    held = books.ledger.reserved_by(document.head.doc_id)
    if held > 0 and isinstance(document.content, PaymentVoucher):
        quota = document.content.quota.quota_id
        books.ledger.post(ledger.release(quota, held, document.head.doc_id, seat.ids.new()), at=seat.at())


def _put(books: Books, seat: Seat, document: Document, why: str) -> Saved:
    problems = problems_of(books, document.content) if document.state is not State.VOIDED else []
    at = seat.at()
    document = replace(document, problems_count=len(errors(problems)), updated_at=at)
    books.documents.put(document, by=seat.officer, why=why, at=at)
    return Saved(document, tuple(problems))
