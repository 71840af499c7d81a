"""Hand documents from the maker to the checker and the signer, and sign them: one PIN, one sheet, many documents."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from desktop.domain import ledger
from desktop.domain.document import (
    Document,
    Post,
    Refused,
    ReturnComment,
    SignatureMark,
    State,
    checked,
    presented,
    roles_needed,
    sent_back,
    signed,
)
from desktop.domain.problem import Problem, errors, unanswered
from desktop.domain.voucher import PaymentVoucher
from desktop.usecases.ports import Books, OfficerKey, StoredSheet
from desktop.usecases.problems_of import amount_of, problems_of
from desktop.usecases.seat import Seat
from desktop.usecases.write_document import let_go
from sync.sheet import Sheet, SheetLine, sign_sheet


@dataclass(frozen=True, slots=True)
class Blocked:
    """A document that stayed where it was, and why: all the reasons."""

    doc_id: str
    key: str
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class HandedOver:
    """What moved and what did not."""

    moved: tuple[Document, ...]
    blocked: tuple[Blocked, ...]


def present(books: Books, seat: Seat, doc_ids: Sequence[str]) -> HandedOver:
    """Give drafts to the checker (送复核). Errors and unanswered warnings keep a document back."""
    seat.require(Post.MAKER)
    moved, blocked = [], []
    with books:
        for document in _documents(books, doc_ids):
            problems = _blocking(books, document)
            try:
                step = presented(document, seat.officer)
            except Refused as refusal:
                problems = [refusal.problem]
            if problems:
                blocked.append(Blocked(document.head.doc_id, document.head.key, tuple(problems)))
                continue
            moved.append(_put(books, seat, step, "送复核"))
        books.commit()
    return HandedOver(tuple(moved), tuple(blocked))


def send_back(books: Books, seat: Seat, doc_id: str, reason: str) -> Document:
    """Give a document back to its maker with a reason (退回经办); what it reserved is free again.

    Raises:
        Refused: D-06 without a reason; D-03 when the maker tries; D-04 in another state.
    """
    with books:
        document = books.documents.get(doc_id)
        if seat.post is Post.MAKER:
            raise Refused(Problem("D-03", "post", {"post": Post.CHECKER.value, "have": seat.post.value}))
        step = sent_back(document, ReturnComment(seat.name, seat.at(), "D-07", reason.strip()))
        let_go(books, document, seat)
        _put(books, seat, step, "退回经办")
        books.commit()
    return step


def check(books: Books, seat: Seat, key: OfficerKey, doc_ids: Sequence[str]) -> HandedOver:
    """Check presented documents: rules once more, signature of the checker, quota reserved (PRESENTED → CHECKED).

    The key signs one sheet that names every document that passes; one that does not pass stays PRESENTED.

    Raises:
        Refused: D-03 when the seat is not a checker's.
    """
    seat.require(Post.CHECKER)
    return _sign(books, seat, key, doc_ids)


def sign(books: Books, seat: Seat, key: OfficerKey, doc_ids: Sequence[str]) -> HandedOver:
    """Sign checked documents as signer or as the unit's head (CHECKED → SIGNED once every role has signed).

    Raises:
        Refused: D-03 when the seat is neither a signer's nor the head's.
    """
    if seat.post not in (Post.SIGNER, Post.HEAD):
        raise Refused(Problem("D-03", "post", {"post": Post.SIGNER.value, "have": seat.post.value}))
    return _sign(books, seat, key, doc_ids)


def _sign(books: Books, seat: Seat, key: OfficerKey, doc_ids: Sequence[str]) -> HandedOver:
    mark = SignatureMark(seat.post, seat.officer, seat.name, key.key_id, seat.at(), seat.ids.new())
    moved: list[Document] = []
    blocked: list[Blocked] = []
    with books:
        _require_registered(books, seat, key)
        for document in _documents(books, doc_ids):
            step, problems = _next_step(books, seat, document, mark)
            if step is None:
                blocked.append(Blocked(document.head.doc_id, document.head.key, tuple(problems)))
            else:
                moved.append(_put(books, seat, step, "复核通过" if seat.post is Post.CHECKER else "签章"))
        if moved:
            _store_sheet(books, seat, key, mark, moved)
            books.commit()
    return HandedOver(tuple(moved), tuple(blocked))


def _next_step(
    books: Books, seat: Seat, document: Document, mark: SignatureMark
) -> tuple[Document | None, list[Problem]]:
    # The ledger moves as the documents do, one by one: the second voucher on a quota sees what the first one reserved.
    try:
        if seat.post is Post.CHECKER:
            step = checked(document, mark)
        else:
            head_from = books.mirrors.parameters().number("second_signer_from")
            step = signed(document, mark, roles_needed(document.head.kind, amount_of(document.content), head_from))
    except Refused as refusal:
        return None, [refusal.problem]
    problems = _blocking(books, document)
    if problems:
        return None, problems
    if seat.post is Post.CHECKER and isinstance(document.content, PaymentVoucher):
        voucher = document.content
        movement = ledger.reserve(voucher.quota.quota_id, voucher.amount, document.head.doc_id, seat.ids.new())
        books.ledger.post(movement, at=seat.at())
    return step, []


def _require_registered(books: Books, seat: Seat, key: OfficerKey) -> None:
    # A key that the bureau does not know would be refused there, after everything was sealed: say it now.
    for officer in books.mirrors.officers():
        if officer.id == seat.officer and officer.active and officer.key_id == key.key_id:
            return
    raise Refused(Problem("D-08", "key", {"name": seat.name}))


def _store_sheet(books: Books, seat: Seat, key: OfficerKey, mark: SignatureMark, documents: Sequence[Document]) -> None:
    lines = tuple(SheetLine(d.head.kind.value, d.head.key, d.head.revision, d.digest) for d in documents)
    unit = documents[0].head.unit_code
    sheet = Sheet(unit, seat.officer, seat.name, seat.post.value, seat.post.value, mark.at, lines)
    stored = StoredSheet(mark.sheet_id, seat.post.value, seat.officer, sign_sheet(sheet, key).to_bytes())
    books.sheets.put(stored, [(d.head.doc_id, d.head.revision) for d in documents], at=mark.at)


def _blocking(books: Books, document: Document) -> list[Problem]:
    problems = problems_of(books, document.content)
    answered = {one.code: one.text for one in document.content.acknowledgements}
    return errors(problems) + unanswered(problems, answered)


def _documents(books: Books, doc_ids: Sequence[str]) -> list[Document]:
    return [books.documents.get(doc_id) for doc_id in dict.fromkeys(doc_ids)]


def _put(books: Books, seat: Seat, document: Document, why: str) -> Document:
    document = replace(
        document,
        updated_at=seat.at(),
        problems_count=0 if document.state is not State.DRAFT else document.problems_count,
    )
    books.documents.put(document, by=seat.officer, why=why, at=seat.at())
    return document
