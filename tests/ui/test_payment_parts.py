"""Small parts of the voucher screen that need no books."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.domain.document import Post, ReturnComment, State
from desktop.ui.documents.actions import Act, Standing, legal_acts
from desktop.ui.payment.fields import PLACES, AccountInput, AmountBoxes, box_digits, shown_number
from desktop.ui.payment.form import field_of
from desktop.ui.payment.lines import line_place
from desktop.ui.payment.reading import quota_label
from desktop.ui.payment.session import group_of
from desktop.ui.payment.standing import comment_words
from desktop.usecases.initials import initials
from desktop.usecases.seat import Seat
from tests.ui.payment_keys import Key, Person
from tests.ui.people import Clock, Ids

LIMIT = Decimal("50000.00")


def shown(qtbot, *fields: QWidget) -> tuple[QWidget, ...]:
    """Show fields in one active window."""
    window = QWidget()
    column = QVBoxLayout(window)
    for field in fields:
        column.addWidget(field)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    return fields


@given(st.decimals(min_value=0, max_value=Decimal("999999999.99"), places=2))
def test_boxes_read_back_as_the_amount(amount):
    boxes = box_digits(amount)
    assert boxes is not None
    assert len(boxes) == len(PLACES)
    digits = "".join(boxes).lstrip("¥")
    assert Decimal(digits).scaleb(-2) == amount


@pytest.mark.parametrize("amount", ["-0.01", "1000000000.00"])
def test_amount_without_a_place_in_the_boxes_is_shown_plain(amount):
    assert box_digits(Decimal(amount)) is None


def test_amount_is_typed_as_a_line_and_shown_in_boxes(qtbot):
    field, other = shown(qtbot, AmountBoxes(), AccountInput())
    field.setFocus()
    assert field.boxes() is None
    person = Person()
    person.enters("=1200*3")
    other.setFocus()
    assert field.boxes() == ["", "", "", "", "¥", "3", "6", "0", "0", "0", "0"]
    field.setFocus()
    field.selectAll()
    person.enters("三千")
    other.setFocus()
    assert field.text() == "三千"
    assert field.boxes() is None


def test_account_is_given_on_as_plain_digits(qtbot):
    (field,) = shown(qtbot, AccountInput())
    field.setFocus()
    heard = []
    field.committed.connect(heard.append)
    person = Person()
    person.types("６２２８ 4800-1234")
    person.presses_key(Key.Key_Return)
    assert heard == ["622848001234"]
    assert field.text() == "6228 4800 1234"
    assert shown_number("12a4") == "12a4"


@pytest.mark.parametrize(("where", "place"), [
    ("lines[2].amount", (2, "amount")),
    ("lines[0].gov_economic_code", (0, "economic")),
    ("lines[11].summary", (11, "summary")),
    ("lines", (0, "economic")),
    ("amount", None),
    ("evouchers[0].total", None),
])
def test_place_of_a_finding_is_a_cell(where, place):
    assert line_place(where) == place


@pytest.mark.parametrize(("where", "field"), [
    ("quota.project_key", "quota"), ("payer.number", "quota"), ("amount_in_words", "amount"),
    ("payee.bank_line_no", "payee.bank_line_no"), ("purpose", "purpose"), ("date", "quota"),
])
def test_place_of_a_finding_is_a_field(where, field):
    assert field_of(where) == field


def test_findings_of_one_field_belong_together():
    places = ("lines[0].amount", "lines[3].summary", "lines", "evouchers")
    assert {group_of(where) for where in places} == {"lines"}
    assert group_of("payee.account") == "payee.account"
    assert group_of("quota.project_key") == "quota"


def test_quota_is_found_by_initials_and_says_nothing_twice():
    assert quota_label("甲财预〔2026〕12号", "公用经费", "公用经费") == "甲财预〔2026〕12号 · 公用经费"
    assert initials("公用经费公务用车") == "gyjfgwyc"


@pytest.mark.parametrize(("written", "shown"), [
    ("请更正收款人信息。", "请更正收款人信息。"),
    ("请更正收款人信息", "请更正收款人信息。"),
    ("请更正收款人信息。。\n", "请更正收款人信息。"),
    ("收款人是谁？", "收款人是谁？"),
])
def test_comment_ends_with_one_stop_however_it_was_written(written, shown):
    comment = ReturnComment("国库股 王敏", "2026-11-18T16:40:00+08:00", "X-01", written)
    assert comment_words(comment) == f"国库股 王敏 11-18 16:40：{shown}"


def seat(post: Post, officer: str = "x") -> Seat:
    return Seat(officer, "某人", post, Clock(), Ids())


@pytest.mark.parametrize(("state", "post", "acts"), [
    (State.DRAFT, Post.MAKER, (Act.PRESENT, Act.VOID)),
    (State.PRESENTED, Post.MAKER, (Act.RECALL,)),
    (State.SIGNED, Post.MAKER, (Act.RECALL,)),
    (State.SEALED, Post.MAKER, ()),
    (State.RETURNED, Post.MAKER, (Act.REOPEN, Act.VOID)),
    (State.VOIDED, Post.MAKER, ()),
    (State.PRESENTED, Post.CHECKER, ()),
    (State.CHECKED, Post.SIGNER, ()),
])
def test_maker_may_do_only_a_makers_steps(state, post, acts):
    assert legal_acts(Standing(state, "x", (), Decimal("1.00")), seat(post), LIMIT) == acts


@pytest.mark.parametrize(("state", "post", "signers", "amount", "acts"), [
    (State.PRESENTED, Post.CHECKER, (), "1.00", (Act.CHECK, Act.SEND_BACK)),
    (State.CHECKED, Post.CHECKER, ("a",), "1.00", ()),
    (State.CHECKED, Post.SIGNER, ("a",), "1.00", (Act.SIGN, Act.SEND_BACK)),
    (State.CHECKED, Post.SIGNER, ("a", "x"), "60000.00", ()),
    (State.CHECKED, Post.HEAD, ("a",), "49999.99", ()),
    (State.CHECKED, Post.HEAD, ("a",), "50000.00", (Act.SIGN, Act.SEND_BACK)),
    (State.DRAFT, Post.CHECKER, (), "1.00", ()),
    (State.PRESENTED, Post.MAKER, (), "1.00", ()),
])
def test_others_may_do_only_the_steps_of_their_post(state, post, signers, amount, acts):
    assert legal_acts(Standing(state, "maker", signers, Decimal(amount)), seat(post), LIMIT) == acts


def test_quota_whose_description_repeats_its_project_is_named_once():
    label = quota_label("甲财预〔2026〕12号", "公用经费", "公用经费 公务用车")
    assert label == "甲财预〔2026〕12号 · 公用经费 · 公务用车"
    assert quota_label("", "", "防沙治沙") == "防沙治沙"
