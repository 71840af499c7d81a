"""常用模板 lie in the unit's books and fill vouchers without touching what belongs to one payment."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from desktop.domain.document import Post
from desktop.domain.head import Head, Kind
from desktop.domain.voucher import BusinessType, Payee, PaymentVoucher, QuotaPart, VoucherLine
from desktop.usecases.seat import Seat
from desktop.usecases.templates import (
    NAME_MOST,
    applied,
    count_use,
    keep_template,
    put_template_back,
    remove_template,
    rename_template,
    template_of,
    templates,
)

PAYEE = Payee("甲旗供电公司", "0602004109022100381", "中国工商银行甲旗支行")


class Clock:
    def now(self) -> datetime:
        return datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


class Ids:
    def __init__(self) -> None:
        self.given = 0

    def new(self) -> str:
        self.given += 1
        return f"id-{self.given}"


@pytest.fixture
def seat() -> Seat:
    return Seat("zhang", "张丽", Post.MAKER, Clock(), Ids())


def voucher(*lines: VoucherLine, amount: str = "0.00", number: int = 1) -> PaymentVoucher:
    head = Head(f"doc-{number}", Kind.VOUCHER, "1.0", "219001", f"219001-2026-{number:06d}", 2026, 1, "zhang")
    return PaymentVoucher(head, date(2026, 11, 22), QuotaPart("Q-1"), amount=Decimal(amount), lines=lines)


def power() -> PaymentVoucher:
    made = voucher(VoucherLine("a", "30206", "50201", "十月电费", Decimal("812.50"), "EINV:1"), amount="812.50")
    return replace(made, payee=PAYEE, purpose="电费", business_type=BusinessType.SELF_REPAY)


def kept(workspace) -> list:
    with workspace.books() as books:
        return templates(books)


def test_template_comes_back_as_it_was_kept(workspace, seat):
    made = keep_template(workspace.books(), seat, template_of(power(), "  每月  电费 ", amounts=True))
    assert kept(workspace) == [made]
    assert (made.name, made.by, made.amount, made.payee) == ("每月 电费", "张丽", Decimal("812.50"), PAYEE)


def test_template_fills_everything_but_what_belongs_to_one_payment(seat):
    empty = voucher(number=2)
    filled = applied(empty, template_of(power(), "电费", amounts=True), seat.ids)
    assert (filled.head, filled.date, filled.quota, filled.evouchers) == (empty.head, empty.date, empty.quota, ())
    assert (filled.payee, filled.purpose, filled.business_type) == (PAYEE, "电费", BusinessType.SELF_REPAY)
    assert (filled.amount, filled.amount_in_words) == (Decimal("812.50"), "捌佰壹拾贰元伍角整")
    assert [(line.dept_economic_code, line.amount, line.evoucher_key) for line in filled.lines] == [
        ("30206", Decimal("812.50"), "")
    ]


def test_template_without_amounts_leaves_the_amount_that_was_typed(seat):
    filled = applied(voucher(amount="55.00", number=2), template_of(power(), "电费", amounts=False), seat.ids)
    assert (filled.amount, filled.lines[0].amount) == (Decimal("55.00"), Decimal("55.00"))


def test_lines_with_invoices_stay_and_take_only_a_missing_code(seat):
    lines = (VoucherLine("x", "", "", "复印纸", Decimal("10.00"), "EINV:9"),
             VoucherLine("y", "30201", "", "硒鼓", Decimal("20.00"), "EINV:8"), VoucherLine("z"))
    filled = applied(voucher(*lines, amount="30.00", number=2), template_of(power(), "电费", amounts=True), seat.ids)
    assert filled.lines == (replace(lines[0], dept_economic_code="30206"), lines[1])
    assert filled.amount == Decimal("30.00")


def test_same_name_is_replaced_and_the_most_used_comes_first(workspace, seat):
    first = keep_template(workspace.books(), seat, template_of(power(), "电费", amounts=True))
    keep_template(workspace.books(), seat, template_of(power(), "办公", amounts=False))
    count_use(workspace.books(), first.template_id)
    again = keep_template(workspace.books(), seat, template_of(power(), "电费", amounts=False))
    assert (again.template_id, again.used, again.amount) == (first.template_id, 1, Decimal("0"))
    assert [one.name for one in kept(workspace)] == ["电费", "办公"]


def test_renaming_refuses_a_name_that_is_taken_or_empty(workspace, seat):
    first = keep_template(workspace.books(), seat, template_of(power(), "电费", amounts=True))
    keep_template(workspace.books(), seat, template_of(power(), "水费", amounts=True))
    assert not rename_template(workspace.books(), first.template_id, "水费")
    assert not rename_template(workspace.books(), first.template_id, "   ")
    assert not rename_template(workspace.books(), "gone", "煤费")
    assert rename_template(workspace.books(), first.template_id, "电" * 40)
    assert {one.name for one in kept(workspace)} == {"电" * NAME_MOST, "水费"}


def test_removed_template_is_put_back_even_if_its_name_was_taken(workspace, seat):
    first = keep_template(workspace.books(), seat, template_of(power(), "电费", amounts=True))
    assert remove_template(workspace.books(), first.template_id) == first
    assert kept(workspace) == []
    keep_template(workspace.books(), seat, template_of(power(), "电费", amounts=False))
    put_template_back(workspace.books(), first)
    assert sorted(one.name for one in kept(workspace)) == ["电费", "电费（2）"]
    assert remove_template(workspace.books(), "gone") is None


def test_template_without_a_name_is_not_kept(workspace, seat):
    with pytest.raises(ValueError, match="without a name"):
        keep_template(workspace.books(), seat, template_of(power(), "  ", amounts=True))
    assert kept(workspace) == []
