"""The life of a document: every state against every step, and the separation of duties."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from desktop.domain.budget import BudgetDraft
from desktop.domain.document import (
    Document,
    Post,
    Refused,
    ReturnComment,
    SignatureMark,
    State,
    accepted,
    arrived,
    checked,
    edited,
    paid,
    presented,
    recalled,
    refunded,
    reopened,
    returned,
    roles_needed,
    sealed,
    sent_back,
    signed,
    type_of_content,
    unsealed,
    voided,
)
from desktop.domain.head import SENDING_ORDER, Head, Kind
from desktop.domain.voucher import PaymentVoucher

HEAD = Head("d-1", Kind.VOUCHER, "1.0", "219001", "219001-2026-000131", 2026, 1, "zhangli")
VOUCHER = PaymentVoucher(HEAD, date(2026, 11, 20), purpose="维修")
COMMENT = ReturnComment("liqiang", "2026-11-20T10:00:00+08:00", "R-18", "收款账号与户名不符", "payee.account")
TWO = (Post.CHECKER, Post.SIGNER)
THREE = (Post.CHECKER, Post.SIGNER, Post.HEAD)


def mark(role: Post, officer: str) -> SignatureMark:
    return SignatureMark(role, officer, officer.title(), f"key-{officer}", "2026-11-20T10:00:00+08:00", f"s-{officer}")


CHECKER = mark(Post.CHECKER, "liqiang")
SIGNER = mark(Post.SIGNER, "wangzhiyuan")
CHIEF = mark(Post.HEAD, "batu")


def standing(state: State, kind: Kind = Kind.VOUCHER) -> Document:
    """A document in the state, with the marks and numbers that belong to it."""
    head = replace(HEAD, kind=kind)
    content = VOUCHER if kind is Kind.VOUCHER else BudgetDraft(head, "ADMIN")
    marks = {State.CHECKED: (CHECKER,), State.DRAFT: (), State.PRESENTED: (), State.VOIDED: ()}
    return Document(content, "a" * 64, state, marks.get(state, (CHECKER, SIGNER)), batch_id="b-1", receipt_no=7)


NEXT = replace(VOUCHER, head=replace(HEAD, revision=2, supersedes="a" * 64))

STEPS: dict[str, tuple[Callable[[Document], Document], dict[State, State]]] = {
    "edited": (
        lambda d: edited(d, replace(d.content, purpose="新的"), "b" * 64, "zhangli"),
        dict.fromkeys((State.DRAFT, State.PRESENTED, State.CHECKED, State.SIGNED), State.DRAFT),
    ),
    "presented": (lambda d: presented(d, "zhangli"), {State.DRAFT: State.PRESENTED}),
    "checked": (lambda d: checked(d, CHECKER), {State.PRESENTED: State.CHECKED}),
    "signed": (lambda d: signed(d, SIGNER, TWO), {State.CHECKED: State.SIGNED}),
    "sent_back": (
        lambda d: sent_back(d, COMMENT),
        dict.fromkeys((State.PRESENTED, State.CHECKED, State.SIGNED), State.DRAFT),
    ),
    "recalled": (
        lambda d: recalled(d, "zhangli"),
        dict.fromkeys((State.PRESENTED, State.CHECKED, State.SIGNED), State.DRAFT),
    ),
    "voided": (lambda d: voided(d, "zhangli"), dict.fromkeys((State.DRAFT, State.RETURNED), State.VOIDED)),
    "sealed": (lambda d: sealed(d, "b-2"), {State.SIGNED: State.SEALED}),
    "unsealed": (unsealed, {State.SEALED: State.SIGNED}),
    "arrived": (lambda d: arrived(d, 8), {State.SEALED: State.SUBMITTED}),
    "accepted": (
        lambda d: accepted(d, "C-1", 9),
        dict.fromkeys((State.SEALED, State.SUBMITTED), State.ACCEPTED),
    ),
    "returned": (
        lambda d: returned(d, COMMENT, 9),
        dict.fromkeys((State.SEALED, State.SUBMITTED), State.RETURNED),
    ),
    "reopened": (lambda d: reopened(d, NEXT, "b" * 64), {State.RETURNED: State.DRAFT}),
    "paid": (paid, {State.ACCEPTED: State.PAID}),
    "part_refunded": (
        lambda d: refunded(d, whole=False),
        dict.fromkeys((State.PAID, State.PART_REFUNDED), State.PART_REFUNDED),
    ),
    "refunded": (
        lambda d: refunded(d, whole=True),
        dict.fromkeys((State.PAID, State.PART_REFUNDED), State.REFUNDED),
    ),
}


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("name", STEPS)
def test_step_leads_where_the_life_says_and_nowhere_else(name: str, state: State) -> None:
    step, allowed = STEPS[name]
    document = standing(state)
    if state in allowed:
        assert step(document).state is allowed[state]
    else:
        with pytest.raises(Refused) as refused:
            step(document)
        assert refused.value.problem.code == "D-04"
        assert refused.value.problem.facts["from"] == state.value


@pytest.mark.parametrize("state", [State.PRESENTED, State.CHECKED, State.SIGNED])
def test_change_of_content_drops_every_signature(state: State) -> None:
    changed = edited(standing(state), replace(VOUCHER, amount=Decimal("1.00")), "b" * 64, "zhangli")
    assert changed.signatures == ()
    assert changed.state is State.DRAFT
    assert changed.digest == "b" * 64
    assert changed.content.amount == Decimal("1.00")


def test_same_content_again_keeps_the_signatures() -> None:
    document = standing(State.SIGNED)
    assert edited(document, VOUCHER, document.digest, "zhangli") == document


def test_only_the_maker_edits() -> None:
    with pytest.raises(Refused) as refused:
        edited(standing(State.PRESENTED), replace(VOUCHER, purpose="x"), "b" * 64, "liqiang")
    assert refused.value.problem.code == "D-03"


@pytest.mark.parametrize("change", [{"key": "other"}, {"maker": "liqiang"}, {"revision": 2}, {"doc_id": "d-2"}])
def test_identity_never_changes_by_editing(change: dict[str, object]) -> None:
    content = replace(VOUCHER, head=replace(HEAD, **change))
    with pytest.raises(Refused) as refused:
        edited(standing(State.DRAFT), content, "b" * 64, "zhangli")
    assert refused.value.problem.code == "D-05"


@pytest.mark.parametrize("step", [presented, voided])
def test_step_of_a_draft_belongs_to_its_maker(step: Callable[[Document, str], Document]) -> None:
    with pytest.raises(Refused) as refused:
        step(standing(State.DRAFT), "liqiang")
    assert refused.value.problem.code == "D-03"


def test_only_the_maker_recalls() -> None:
    with pytest.raises(Refused) as refused:
        recalled(standing(State.CHECKED), "liqiang")
    assert refused.value.problem.code == "D-03"


def test_maker_may_not_check_the_own_document() -> None:
    with pytest.raises(Refused) as refused:
        checked(standing(State.PRESENTED), mark(Post.CHECKER, "zhangli"))
    assert refused.value.problem.code == "D-01"
    assert refused.value.problem.facts == {"name": "Zhangli"}


@pytest.mark.parametrize("role", [Post.MAKER, Post.SIGNER, Post.HEAD])
def test_check_is_signed_in_the_checkers_role_only(role: Post) -> None:
    with pytest.raises(Refused) as refused:
        checked(standing(State.PRESENTED), mark(role, "liqiang"))
    assert refused.value.problem.code == "D-03"


@pytest.mark.parametrize("officer", ["zhangli", "liqiang"])
def test_signer_is_a_third_person(officer: str) -> None:
    with pytest.raises(Refused) as refused:
        signed(standing(State.CHECKED), mark(Post.SIGNER, officer), TWO)
    assert refused.value.problem.code == "D-02"


def test_large_voucher_is_signed_once_signer_and_head_both_have() -> None:
    half = signed(standing(State.CHECKED), SIGNER, THREE)
    assert half.state is State.CHECKED
    assert [m.role for m in half.signatures] == [Post.CHECKER, Post.SIGNER]
    whole = signed(half, CHIEF, THREE)
    assert whole.state is State.SIGNED
    assert [m.officer for m in whole.signatures] == ["liqiang", "wangzhiyuan", "batu"]


def test_head_may_sign_before_the_signer() -> None:
    half = signed(standing(State.CHECKED), CHIEF, THREE)
    assert half.state is State.CHECKED
    assert signed(half, SIGNER, THREE).state is State.SIGNED


def test_one_person_does_not_sign_twice_and_one_role_is_signed_once() -> None:
    half = signed(standing(State.CHECKED), SIGNER, THREE)
    with pytest.raises(Refused) as same_person:
        signed(half, mark(Post.HEAD, "wangzhiyuan"), THREE)
    with pytest.raises(Refused) as same_role:
        signed(half, mark(Post.SIGNER, "batu"), THREE)
    assert same_person.value.problem.code == "D-02"
    assert same_role.value.problem.code == "D-03"


@pytest.mark.parametrize("role", [Post.HEAD, Post.MAKER, Post.CHECKER])
def test_role_that_is_not_needed_does_not_sign(role: Post) -> None:
    with pytest.raises(Refused) as refused:
        signed(standing(State.CHECKED), mark(role, "batu"), TWO)
    assert refused.value.problem.code == "D-03"


@pytest.mark.parametrize(
    ("kind", "amount", "roles"),
    [
        (Kind.VOUCHER, "49999.99", TWO),
        (Kind.VOUCHER, "50000.00", THREE),
        (Kind.VOUCHER, "0.01", TWO),
        (Kind.PROJECT, "3800000.00", TWO),
        (Kind.GOAL, "0.00", TWO),
        (Kind.BUDGET_UP2, "11000000.00", TWO),
    ],
)
def test_head_signs_vouchers_from_fifty_thousand_yuan(kind: Kind, amount: str, roles: tuple[Post, ...]) -> None:
    assert roles_needed(kind, Decimal(amount), Decimal("50000.00")) == roles


@pytest.mark.parametrize("text", ["", "   ", "\u3000"])
def test_giving_back_needs_a_reason(text: str) -> None:
    with pytest.raises(Refused) as refused:
        sent_back(standing(State.PRESENTED), replace(COMMENT, text=text))
    assert refused.value.problem.code == "D-06"


def test_reason_stays_while_the_maker_corrects_and_goes_when_handed_over_again() -> None:
    back = sent_back(standing(State.CHECKED), COMMENT)
    assert back.comment == COMMENT
    assert back.signatures == ()
    corrected = edited(back, replace(VOUCHER, purpose="更正"), "b" * 64, "zhangli")
    assert corrected.comment == COMMENT
    assert presented(corrected, "zhangli").comment is None


def test_sealed_document_comes_out_again_with_its_signatures_when_the_batch_is_refused() -> None:
    frozen = sealed(standing(State.SIGNED), "b-2")
    assert frozen.batch_id == "b-2"
    free = unsealed(frozen)
    assert free.batch_id == ""
    assert free.signatures == frozen.signatures


def test_receipts_leave_their_marks() -> None:
    there = arrived(standing(State.SEALED), 8)
    assert there.receipt_no == 8
    taken = accepted(there, "PAY-77", 9)
    assert (taken.central_no, taken.receipt_no) == ("PAY-77", 9)
    refused = returned(there, COMMENT, 9)
    assert (refused.comment, refused.receipt_no) == (COMMENT, 9)


def test_returned_document_comes_back_as_its_next_revision() -> None:
    fresh = reopened(standing(State.RETURNED), NEXT, "b" * 64)
    assert fresh.head.revision == 2
    assert fresh.head.supersedes == "a" * 64
    assert (fresh.digest, fresh.signatures, fresh.batch_id) == ("b" * 64, (), "")
    assert (fresh.central_no, fresh.receipt_no) == ("", 0)


@pytest.mark.parametrize(
    "change",
    [{"revision": 3}, {"revision": 1}, {"supersedes": "c" * 64}, {"supersedes": None}, {"doc_id": "x"}, {"maker": "y"}],
)
def test_next_revision_names_exactly_the_one_it_replaces(change: dict[str, object]) -> None:
    with pytest.raises(Refused) as refused:
        reopened(standing(State.RETURNED), replace(NEXT, head=replace(NEXT.head, **change)), "b" * 64)
    assert refused.value.problem.code == "D-05"


@pytest.mark.parametrize("step", [paid, lambda d: refunded(d, whole=True), lambda d: refunded(d, whole=False)])
@pytest.mark.parametrize("state", [State.ACCEPTED, State.PAID])
def test_only_vouchers_are_paid(step: Callable[[Document], Document], state: State) -> None:
    with pytest.raises(Refused) as refused:
        step(standing(state, Kind.BUDGET_UP2))
    assert refused.value.problem.code == "D-04"


def test_every_kind_has_its_content_and_its_place_in_the_sending_order() -> None:
    assert set(type_of_content) == set(Kind) == set(SENDING_ORDER)
