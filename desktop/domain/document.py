"""The life that every kind of document shares, once.

DRAFT → PRESENTED → CHECKED → SIGNED → SEALED → SUBMITTED → ACCEPTED | RETURNED; a voucher is later PAID and perhaps
REFUNDED. Maker, checker and signer are three people (D-01, D-02); a change of content drops every signature and goes
back to DRAFT; what is sealed in a batch changes only by a verified receipt.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from desktop.domain.budget import BudgetDraft
from desktop.domain.goal import PerformanceGoal
from desktop.domain.head import Head, Kind
from desktop.domain.problem import Problem
from desktop.domain.project import Project
from desktop.domain.voucher import PaymentVoucher

type_of_content = {
    Kind.PROJECT: Project,
    Kind.GOAL: PerformanceGoal,
    Kind.BUDGET_UP2: BudgetDraft,
    Kind.VOUCHER: PaymentVoucher,
}
Content = Project | PerformanceGoal | BudgetDraft | PaymentVoucher


class State(StrEnum):
    """Where a document stands."""

    DRAFT = "DRAFT"  # 草稿 (有错误 when rules find errors)
    PRESENTED = "PRESENTED"  # 待复核: the maker has handed it over
    CHECKED = "CHECKED"  # 待签章
    SIGNED = "SIGNED"  # 可报送
    SEALED = "SEALED"  # 待同步: inside a sealed batch, frozen (a voucher's QUEUED)
    SUBMITTED = "SUBMITTED"  # 已送达: the platform has the bytes, not yet judged
    ACCEPTED = "ACCEPTED"  # 已送达, with the platform's number
    RETURNED = "RETURNED"  # 已退回
    PAID = "PAID"  # 已办结
    PART_REFUNDED = "PART_REFUNDED"
    REFUNDED = "REFUNDED"
    VOIDED = "VOIDED"  # 已作废


class Post(StrEnum):
    """岗位: the roles in which people sign."""

    MAKER = "maker"
    CHECKER = "checker"
    SIGNER = "signer"
    HEAD = "head"


@dataclass(frozen=True, slots=True)
class SignatureMark:
    """That an officer signed these exact bytes in a role; the value itself lies in the sheet of that id."""

    role: Post
    officer: str
    officer_name: str
    key_id: str
    at: str
    sheet_id: str


@dataclass(frozen=True, slots=True)
class ReturnComment:
    """Why a document came back: from the checker or from the platform (退回意见)."""

    by: str
    at: str
    code: str
    text: str
    field: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A document with its standing. The content's JSON bytes are what is stored, signed and sent.

    Attributes:
        digest: SM3 (hex) of the content's bytes.
        problems_count: Errors found by the rules when it was last saved; lists show 有错误 from it.
        central_no: The platform's number, once accepted.
        binned_at: When its maker put it into the recycle bin; empty for every other document. It is VOIDED while it
            lies there, so it takes no quota and no e-voucher.
    """

    content: Content
    digest: str
    state: State = State.DRAFT
    signatures: tuple[SignatureMark, ...] = ()
    comment: ReturnComment | None = None
    problems_count: int = 0
    central_no: str = ""
    batch_id: str = ""
    receipt_no: int = 0
    updated_at: str = ""
    binned_at: str = ""

    @property
    def head(self) -> Head:
        """The identity inside the content."""
        return self.content.head


class Refused(Exception):
    """A step that the document's life or the separation of duties forbids; carries the `Problem`."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code, dict(problem.facts))
        self.problem = problem


_EDITABLE = frozenset({State.DRAFT, State.PRESENTED, State.CHECKED, State.SIGNED})
_ALLOWED: Mapping[State, frozenset[State]] = {
    State.DRAFT: frozenset({State.PRESENTED, State.VOIDED}),
    State.PRESENTED: frozenset({State.CHECKED, State.DRAFT}),
    State.CHECKED: frozenset({State.SIGNED, State.DRAFT}),
    State.SIGNED: frozenset({State.SEALED, State.DRAFT}),
    State.SEALED: frozenset({State.SUBMITTED, State.ACCEPTED, State.RETURNED, State.SIGNED}),
    State.SUBMITTED: frozenset({State.ACCEPTED, State.RETURNED}),
    State.ACCEPTED: frozenset({State.PAID}),
    State.RETURNED: frozenset({State.DRAFT, State.VOIDED}),
    State.PAID: frozenset({State.PART_REFUNDED, State.REFUNDED}),
    State.PART_REFUNDED: frozenset({State.PART_REFUNDED, State.REFUNDED}),
    State.REFUNDED: frozenset(),
    State.VOIDED: frozenset(),
}


def _moved(document: Document, to: State, **changes: object) -> Document:
    _require(document, to)
    return replace(document, state=to, **changes)  # type: ignore[arg-type]


def _require(document: Document, to: State) -> None:
    """Refuse a step that the life of documents does not have (D-04)."""
    if to not in _ALLOWED[document.state]:
        raise _no_step(document, to)


def _no_step(document: Document, to: State) -> Refused:
    return Refused(Problem("D-04", "state", {"from": document.state.value, "to": to.value}))


def _require_maker(document: Document, by: str) -> None:
    if by != document.head.maker:
        raise Refused(Problem("D-03", "maker", {"case": "maker", "maker": document.head.maker}))


def edited(document: Document, content: Content, digest: str, by: str) -> Document:
    """Return the document with new content: a draft again, every signature dropped.

    The same content again (same digest) changes nothing and keeps the signatures.

    Args:
        document: What is edited.
        content: The new content, under the same head.
        digest: SM3 (hex) of its bytes.
        by: Officer id of who edits: the maker only, or a checker could check their own work.

    Raises:
        Refused: D-04 when it is sealed, sent or done; D-03 for somebody else than the maker; D-05 when the identity in
            the head changed.
    """
    if document.state not in _EDITABLE:
        raise _no_step(document, State.DRAFT)
    _require_maker(document, by)
    if content.head != document.head:
        raise Refused(Problem("D-05", "head", {"key": document.head.key}))
    if digest == document.digest:
        return document
    return replace(document, content=content, digest=digest, state=State.DRAFT, signatures=())


def presented(document: Document, by: str) -> Document:
    """Return the document as handed to the checker by its maker.

    Raises:
        Refused: D-04 from another state than DRAFT; D-03 when somebody else than the maker tries.
    """
    _require(document, State.PRESENTED)
    _require_maker(document, by)
    return _moved(document, State.PRESENTED, comment=None)


def checked(document: Document, mark: SignatureMark) -> Document:
    """Return the document as checked.

    Raises:
        Refused: D-04 from another state than PRESENTED; D-01 when the checker is the maker; D-03 for a mark in another
            role.
    """
    _require(document, State.CHECKED)
    if mark.officer == document.head.maker:
        raise Refused(Problem("D-01", "checker", {"name": mark.officer_name}))
    if mark.role is not Post.CHECKER:
        raise Refused(Problem("D-03", "checker", {"case": "role", "role": mark.role.value}))
    return _moved(document, State.CHECKED, signatures=(mark,))


def signed(document: Document, mark: SignatureMark, roles: tuple[Post, ...]) -> Document:
    """Return the document with one more signature; SIGNED once every role in ``roles`` has signed.

    Args:
        document: A CHECKED document.
        mark: The new signature, in a role of ``roles``.
        roles: `roles_needed` of the document.

    Raises:
        Refused: D-04 from another state than CHECKED; D-02 when the signer is the maker, the checker or has signed
            already; D-03 for a role that is not needed or has signed.
    """
    if document.state is not State.CHECKED:
        raise _no_step(document, State.SIGNED)
    if mark.officer == document.head.maker or any(m.officer == mark.officer for m in document.signatures):
        raise Refused(Problem("D-02", "signer", {"name": mark.officer_name}))
    have = {m.role for m in document.signatures}
    if mark.role not in roles or mark.role in have:
        raise Refused(Problem("D-03", "signer", {"case": "role", "role": mark.role.value}))
    signatures = (*document.signatures, mark)
    if {m.role for m in signatures} >= set(roles):
        return _moved(document, State.SIGNED, signatures=signatures)
    return replace(document, signatures=signatures)


def roles_needed(kind: Kind, amount: Decimal, head_from: Decimal) -> tuple[Post, ...]:
    """Return the roles whose signatures the document needs before it may be sealed.

    Args:
        kind: Kind of document.
        amount: Yuan.
        head_from: Yuan from which a voucher also needs the unit's head (parameter ``second_signer_from``).

    Source: quota_and_payment rules, section 5 (CHECKED → SIGNED).
    """
    if kind is Kind.VOUCHER and amount >= head_from:
        return (Post.CHECKER, Post.SIGNER, Post.HEAD)
    return (Post.CHECKER, Post.SIGNER)


def sent_back(document: Document, comment: ReturnComment) -> Document:
    """Return the document as given back to its maker by the checker or signer, with the reason.

    Raises:
        Refused: D-04 unless it is PRESENTED, CHECKED or SIGNED; D-06 without a reason.
    """
    _require_in_hand(document)
    if not comment.text.strip():
        raise Refused(Problem("D-06", "comment"))
    return _moved(document, State.DRAFT, signatures=(), comment=comment)


def recalled(document: Document, by: str) -> Document:
    """Return the document as taken back by its maker before it was sealed (撤回).

    Raises:
        Refused: D-04 unless it is PRESENTED, CHECKED or SIGNED; D-03 for somebody else.
    """
    _require_in_hand(document)
    _require_maker(document, by)
    return _moved(document, State.DRAFT, signatures=())


def _require_in_hand(document: Document) -> None:
    """Refuse what is not on its way between people: a returned document is reopened as a new revision instead."""
    if document.state not in _EDITABLE or document.state is State.DRAFT:
        raise _no_step(document, State.DRAFT)


def voided(document: Document, by: str) -> Document:
    """Return the document as void (作废); it stays on file.

    Raises:
        Refused: D-04 unless it is a draft or was returned; D-03 for somebody else than the maker.
    """
    _require(document, State.VOIDED)
    _require_maker(document, by)
    return _moved(document, State.VOIDED, signatures=())


def never_sent(document: Document) -> bool:
    """Say whether nobody outside has seen the document: a draft of its first revision, which no batch ever carried."""
    return document.state is State.DRAFT and document.head.revision == 1 and not document.receipt_no


def discarded(document: Document, by: str, at: str) -> Document:
    """Return the never-sent draft as lying in the recycle bin (删除); what was sent before can only be made void.

    Args:
        document: A draft.
        by: Officer id of its maker.
        at: Time of this PC.

    Raises:
        Refused: D-04 unless it is a draft that was never sent; D-03 for somebody else than the maker.
    """
    if not never_sent(document):
        raise _no_step(document, State.VOIDED)
    return replace(voided(document, by), binned_at=at)


def restored(document: Document, by: str) -> Document:
    """Return the document as it lay before it went into the recycle bin: a draft with the same content.

    Raises:
        Refused: D-04 when it does not lie in the bin; D-03 for somebody else than the maker.
    """
    if document.state is not State.VOIDED or not document.binned_at:
        raise _no_step(document, State.DRAFT)
    _require_maker(document, by)
    return replace(document, state=State.DRAFT, binned_at="")


def sealed(document: Document, batch_id: str) -> Document:
    """Return the document as frozen inside a sealed batch."""
    return _moved(document, State.SEALED, batch_id=batch_id)


def unsealed(document: Document) -> Document:
    """Return the document as ready again after the platform refused its whole batch; signatures stay good."""
    if document.state is not State.SEALED:
        raise _no_step(document, State.SIGNED)
    return _moved(document, State.SIGNED, batch_id="")


def arrived(document: Document, receipt_no: int) -> Document:
    """Return the document as held by the platform, by a verified ``arrived`` receipt."""
    return _moved(document, State.SUBMITTED, receipt_no=receipt_no)


def accepted(document: Document, central_no: str, receipt_no: int) -> Document:
    """Return the document as accepted by a verified ``decided`` receipt."""
    return _moved(document, State.ACCEPTED, central_no=central_no, receipt_no=receipt_no)


def returned(document: Document, comment: ReturnComment, receipt_no: int) -> Document:
    """Return the document as returned by a verified ``decided`` receipt."""
    return _moved(document, State.RETURNED, comment=comment, receipt_no=receipt_no)


def reopened(document: Document, content: Content, digest: str) -> Document:
    """Return a new draft revision of a returned document (RETURNED → DRAFT, revision + 1). The reason stays in sight.

    Args:
        document: The returned document.
        content: The same content with ``revision + 1`` and ``supersedes`` = the returned digest.
        digest: SM3 of the new content's bytes.

    Raises:
        Refused: D-04 unless it was returned; D-05 when anything else in the head changed.
    """
    if document.state is not State.RETURNED:
        raise _no_step(document, State.DRAFT)
    if content.head != replace(document.head, revision=document.head.revision + 1, supersedes=document.digest):
        raise Refused(Problem("D-05", "head", {"key": document.head.key}))
    fresh: dict[str, object] = {"signatures": (), "batch_id": "", "central_no": "", "receipt_no": 0}
    return _moved(document, State.DRAFT, content=content, digest=digest, **fresh)


def paid(document: Document) -> Document:
    """Return the voucher as paid by a payment result; D-04 unless it is an accepted voucher."""
    _require_voucher(document, State.PAID)
    return _moved(document, State.PAID)


def refunded(document: Document, whole: bool) -> Document:
    """Return the paid voucher as refunded, wholly or in part; D-04 unless it is a paid voucher."""
    to = State.REFUNDED if whole else State.PART_REFUNDED
    _require_voucher(document, to)
    return _moved(document, to)


def _require_voucher(document: Document, to: State) -> None:
    if document.head.kind is not Kind.VOUCHER:
        raise _no_step(document, to)
