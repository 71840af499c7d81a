"""Quotas and e-vouchers: money is spent once."""

from decimal import Decimal
from typing import Any

import pytest

from sync.crypto import sm3
from tests.sync.counter import Counter, said
from tests.sync.papers import (
    UNIT,
    admitted,
    evoucher,
    quota,
    voucher,
)


def test_quota_is_spent_to_the_last_fen_and_not_further(counter: Counter):
    assert counter.one(voucher(1, "99999.99")).verdict == "accepted"
    over = counter.one(voucher(2, "0.02"))
    assert said(over) == ("rejected", "R-01", "amount")
    assert over.facts["available"] == "0.01"
    assert (over.facts["over"], over.facts["comment_by"]) == ("0.01", "国库股 王敏")
    assert "可用额度 0.01 元" in (over.comment or "")
    assert counter.one(voucher(3, "0.01")).verdict == "accepted"


def test_vouchers_of_one_batch_cannot_spend_the_same_money(counter: Counter):
    verdicts = counter.send(voucher(1, "60000.00"), voucher(2, "60000.00"), voucher(3, "40000.00"))
    assert [one.verdict for one in verdicts] == ["accepted", "rejected", "accepted"]
    assert counter.left() == Decimal("0.00")


@pytest.mark.parametrize("amount", ["0.00", "-5.00"])
def test_voucher_without_an_amount_is_returned(counter: Counter, amount: str):
    assert said(counter.one(voucher(1, amount))) == ("rejected", "R-01", "amount")


def test_lines_that_do_not_add_up_are_returned(counter: Counter):
    paper = voucher(1)
    paper["lines"][0]["amount"] = "1199.99"
    assert said(counter.one(paper)) == ("rejected", "V-01", "amount")


def test_quota_that_does_not_exist_is_returned(counter: Counter):
    paper = voucher(1)
    paper["quota"]["quota_id"] = "Q2026-999"
    assert said(counter.one(paper)) == ("rejected", "R-04", "quota")


@pytest.mark.parametrize("status", ["FROZEN", "CLOSED"])
def test_quota_that_is_not_active_is_returned(counter: Counter, status: str):
    counter.rehearsal.bureau.publish_unit(UNIT, {"quota": [quota(status=status)]})
    assert said(counter.one(voucher(1))) == ("rejected", "R-04", "quota")


def test_voucher_of_another_year_than_its_quota_is_returned(counter: Counter):
    assert said(counter.one(voucher(1, date="2025-12-31"))) == ("rejected", "R-04", "date")


def test_function_code_of_another_quota_is_returned(counter: Counter):
    paper = voucher(1)
    paper["quota"]["function_code"] = "2130299"
    assert said(counter.one(paper)) == ("rejected", "R-03", "quota.function_code")


def test_fund_nature_of_another_quota_is_returned(counter: Counter):
    paper = voucher(1)
    paper["quota"]["fund_nature"] = "121"
    assert said(counter.one(paper)) == ("rejected", "R-03", "quota.fund_nature")


def test_negative_line_is_returned(counter: Counter):
    line = {"line_id": "1", "dept_economic_code": "30201", "summary": "办公用品"}
    paper = voucher(1, lines=[line | {"amount": "1300.00"}, line | {"amount": "-100.00"}])
    assert said(counter.one(paper)) == ("rejected", "V-05", "lines[1].amount")


def test_project_of_another_quota_is_returned(counter: Counter):
    paper = voucher(1)
    paper["quota"]["project_key"] = "L-219001-3"
    assert said(counter.one(paper)) == ("rejected", "R-03", "quota.project_key")


def test_project_may_be_called_by_the_bureaus_code(counter: Counter):
    paper = voucher(1)
    paper["quota"]["project_key"] = "15082126Y000000000001"
    assert counter.one(paper).verdict == "accepted"


def test_economic_code_that_the_quota_does_not_allow_is_returned(counter: Counter):
    paper = voucher(1)
    paper["lines"][0]["dept_economic_code"] = "30217"
    assert said(counter.one(paper)) == ("rejected", "R-03", "lines[0].dept_economic_code")


@pytest.mark.parametrize(
    ("changes", "code"), [({"state": "TERMINATED"}, "R-04"), ({"monitor_state": "SUSPENDED"}, "R-13")]
)
def test_voucher_on_a_project_that_was_stopped_is_returned(counter: Counter, changes: dict[str, str], code: str):
    counter.rehearsal.bureau.publish_unit(UNIT, {"project": [admitted(**changes)]})
    assert counter.one(voucher(1)).code == code


def test_all_reasons_stand_in_one_comment(counter: Counter):
    paper = voucher(1, "200000.00")
    paper["quota"]["function_code"] = "2130299"
    verdict = counter.one(paper)
    assert verdict.code == "R-03"
    assert "1. 功能分类科目" in (verdict.comment or "")
    assert "2. 指标 Q2026-002" in (verdict.comment or "")




FILE = b"the original of an e-voucher"
KEY = "EINV:26157912570200055449"


def with_invoice(number: int, used: str, total: str = "3200.00") -> dict[str, Any]:
    return voucher(number, used, evouchers=[evoucher(KEY, used, total, sm3(FILE))])


def test_evoucher_is_used_up_to_its_total_by_several_vouchers(counter: Counter):
    files = {sm3(FILE): FILE}
    assert counter.one(with_invoice(1, "2000.00"), files=files).verdict == "accepted"
    assert counter.one(with_invoice(2, "1200.00"), files=files).verdict == "accepted"
    third = counter.one(with_invoice(3, "0.01"), files=files)
    assert said(third) == ("rejected", "R-11", "evouchers[0].used")
    assert third.facts["used"] == "3,200.00"


def test_evoucher_that_stands_twice_in_one_voucher_counts_twice(counter: Counter):
    use = evoucher(KEY, "2000.00", "3200.00", sm3(FILE))
    verdict = counter.one(voucher(1, "4000.00", evouchers=[use, use]), files={sm3(FILE): FILE})
    assert said(verdict) == ("rejected", "R-11", "evouchers[1].used")


def test_larger_total_claimed_later_does_not_stretch_an_evoucher(counter: Counter):
    files = {sm3(FILE): FILE}
    counter.one(with_invoice(1, "3200.00"), files=files)
    assert counter.one(with_invoice(2, "100.00", total="9999.00"), files=files).code == "R-11"


def test_smallest_total_ever_claimed_holds_within_one_batch_too(counter: Counter):
    papers = [with_invoice(1, "3000.00", "9999.00"), with_invoice(2, "100.00"), with_invoice(3, "200.00", "9999.00")]
    verdicts = counter.send(*papers, files={sm3(FILE): FILE})
    assert [one.code for one in verdicts] == [None, None, "R-11"]


def test_evoucher_of_a_returned_voucher_is_free_again(counter: Counter):
    files = {sm3(FILE): FILE}
    paper = with_invoice(1, "3200.00")
    paper["quota"]["function_code"] = "2130299"
    assert counter.one(paper, files=files).code == "R-03"
    assert counter.one(with_invoice(2, "3200.00"), files=files).verdict == "accepted"


def test_evoucher_without_its_original_is_returned(counter: Counter):
    assert said(counter.one(with_invoice(1, "100.00"))) == ("rejected", "FILE_MISSING", "evouchers[0]")
