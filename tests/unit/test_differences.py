"""What changed between two contents is named field by field, and in words that an accountant reads."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.differences import Change, differences
from desktop.domain.head import Acknowledgement
from desktop.domain.voucher import SettlementMode, VoucherLine
from desktop.texts.places import place_name
from desktop.texts.values import NOTHING, value_words
from tests.storage.samples import budget, goal, project, voucher


@pytest.mark.parametrize("content", [voucher(evoucher="EINV:1"), goal(), project(), budget()])
def test_a_content_does_not_differ_from_itself(content):
    assert differences(content, content) == []


def test_fields_inside_groups_are_named_by_their_path():
    old = voucher()
    new = replace(old, purpose="苗木尾款", payee=replace(old.payee, bank="中国银行甲旗支行"))
    assert differences(old, new) == [
        Change("payee.bank", "中国农业银行甲旗支行", "中国银行甲旗支行"),
        Change("purpose", "购固沙苗木款", "苗木尾款"),
    ]


def test_rows_are_followed_by_their_identity_not_by_their_place():
    old = voucher()
    first = old.lines[0]
    added = VoucherLine("new", "30202", amount=Decimal("5.00"))
    new = replace(old, lines=(added, replace(first, amount=Decimal("4795.00"))))
    assert differences(old, new) == [
        Change("lines[0]", None, added),
        Change("lines[1].amount", Decimal("4800.00"), Decimal("4795.00")),
    ]
    assert differences(new, replace(new, lines=new.lines[1:])) == [Change("lines[0]", added, None)]


def test_what_follows_from_other_fields_is_left_out():
    old = voucher()
    assert differences(old, replace(old, amount_in_words="壹元整", head=replace(old.head, revision=2))) == []


@given(st.permutations(range(3)), st.sets(st.integers(0, 2)))
@settings(max_examples=40)
def test_as_many_rows_go_one_way_as_come_the_other(order, kept):
    old = budget(lines=3)
    new = replace(old, lines=tuple(old.lines[at] for at in order if at in kept))
    gone = [change for change in differences(old, new) if change.new is None]
    came = [change for change in differences(new, old) if change.old is None]
    assert len(gone) == len(came) == 3 - len(kept)
    assert {change.old for change in gone} == {change.new for change in came}


@pytest.mark.parametrize(("field", "value", "words"), [
    ("amount", Decimal("1234567.80"), "1,234,567.80"),
    ("weight", Decimal("12.50"), "12.5"),
    ("purpose", "", NOTHING),
    ("asset", True, "是"),
    ("settlement_mode", SettlementMode.TRANSFER, "转账"),
    ("lines", VoucherLine("l", "30202", summary="印刷", amount=Decimal("5.00")), "印刷 · 30202 · 5.00"),
    ("acknowledgements", Acknowledgement("R-11", "分两次付"), "分两次付"),
])
def test_values_are_said_in_words(field, value, words):
    assert value_words(field, value) == words


def test_places_of_changes_have_chinese_names():
    assert place_name("payee.bank") == "收款人开户行"
    assert place_name("lines[1].amount") == "第 2 行 · 金额"
    assert place_name("acknowledgements[0]") == "第 1 条说明"
