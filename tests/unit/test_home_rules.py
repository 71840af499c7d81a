"""首页: the order of what must be done, and how long the month lasts."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

import resources
from desktop.domain.head import Kind
from desktop.domain.home_rules import HomeFacts, Pile, Urgency, checklist, month_end
from desktop.domain.parameters import Parameters
from desktop.domain.year_calendar import working_days
from desktop.texts.home import entry

TODAY = date(2026, 11, 20)


def pile(kind: Kind = Kind.VOUCHER, count: int = 1, amount: str = "100.00", *reasons: str) -> Pile:
    return Pile(kind, count, Decimal(amount), date(2026, 11, 18), reasons)


FULL = HomeFacts(
    TODAY,
    "maker",
    returned=(pile(Kind.VOUCHER, 2, "52960.00", "收款账号与户名不符", "用途太笼统"),),
    with_errors=(pile(Kind.VOUCHER, 3, "97300.00"), pile(Kind.PROJECT)),
    to_check=(pile(Kind.VOUCHER, 2),),
    to_sign=(pile(Kind.VOUCHER, 1),),
    ready=(pile(Kind.VOUCHER, 6, "186420.00"), pile(Kind.BUDGET_UP2, 1, "11000000.00")),
    sealed=(pile(Kind.VOUCHER, 4, "70020.00"),),
    drafts=(pile(Kind.GOAL, 1, "1000000.00"),),
    goals_missing=("沙化土地综合治理",),
)


def test_list_goes_from_returned_over_errors_and_terms_to_what_is_ready() -> None:
    assert [entry.key for entry in checklist(FULL)] == [
        "returned.VOUCHER",
        "errors.PROJECT",
        "errors.VOUCHER",
        "goals",
        "ready",
        "sealed",
        "to_check.VOUCHER",
        "to_sign.VOUCHER",
        "drafts.GOAL",
    ]


@pytest.mark.parametrize(
    ("post", "due"),
    [("maker", {"goals"}), ("checker", {"goals", "to_check.VOUCHER"}), ("signer", {"goals", "to_sign.VOUCHER"})],
)
def test_what_waits_for_this_person_comes_before_what_waits_for_others(post: str, due: set[str]) -> None:
    facts = replace(FULL, post=post)
    assert {entry.key for entry in checklist(facts) if entry.urgency is Urgency.DUE} == due


def test_entry_carries_its_number_its_money_and_its_page() -> None:
    first = checklist(FULL)[0]
    assert first.facts == {"kind": "VOUCHER", "count": "2", "reasons": "收款账号与户名不符；用途太笼统"}
    assert first.amount == Decimal("52960.00")
    assert first.since == date(2026, 11, 18)
    assert first.page == "returned"
    by_key = {entry.key: entry for entry in checklist(FULL)}
    assert by_key["errors.VOUCHER"].page == "payment"
    assert by_key["goals"].page == "performance"


def test_ready_documents_are_one_entry_and_only_vouchers_are_summed() -> None:
    ready = next(entry for entry in checklist(FULL) if entry.key == "ready")
    assert ready.facts == {"VOUCHER": "6", "BUDGET_UP2": "1"}
    assert ready.amount == Decimal("186420.00")
    assert ready.due == date(2026, 11, 27)
    only_budget = checklist(HomeFacts(TODAY, "maker", ready=(pile(Kind.BUDGET_UP2),)))
    assert only_budget[0].amount is None


def test_every_entry_has_an_icon_that_ships() -> None:
    for item in checklist(FULL):
        assert resources.read_bytes("icons", f"{item.icon}.svg")


def test_nothing_open_is_an_empty_list() -> None:
    assert checklist(HomeFacts(TODAY, "maker")) == []
    assert checklist(HomeFacts(TODAY, "maker", drafts=(pile(count=0),), ready=(pile(count=0),))) == []


def test_passed_closing_is_no_term_any_more() -> None:
    late = HomeFacts(date(2026, 11, 30), "maker", ready=(pile(),))
    assert checklist(late)[0].due is None


def test_month_closes_on_the_day_of_the_parameter() -> None:
    closing = month_end(TODAY, Parameters())
    assert (closing.deadline, closing.hour, closing.working_days, closing.passed) == (date(2026, 11, 27), 18, 5, False)
    assert month_end(TODAY, Parameters({"month_end_deadline_day": "24"})).working_days == 2


def test_day_that_the_month_lacks_becomes_its_last() -> None:
    assert month_end(date(2027, 2, 3), Parameters({"month_end_deadline_day": "31"})).deadline == date(2027, 2, 28)


def test_closing_has_passed_only_after_its_day() -> None:
    on_the_day = month_end(date(2026, 11, 27), Parameters())
    assert (on_the_day.working_days, on_the_day.passed) == (0, False)
    after = month_end(date(2026, 11, 28), Parameters())
    assert (after.working_days, after.passed) == (0, True)


@pytest.mark.parametrize(
    ("until", "days"),
    [(date(2026, 11, 25), 3), (date(2026, 11, 27), 5), (date(2026, 12, 4), 10), (date(2026, 12, 25), 25)],
)
def test_working_days_leave_weekends_out(until: date, days: int) -> None:
    assert working_days(TODAY, until) == days


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(0, 60))
def test_seven_days_always_hold_five_working_days(start: date, weeks: int) -> None:
    end = date.fromordinal(start.toordinal() + 7 * weeks)
    assert working_days(start, end) == 5 * weeks
    assert working_days(end, start) == 0


def test_somebody_elses_step_offers_a_look_only():
    waiting = HomeFacts(TODAY, "maker", to_check=(pile(Kind.VOUCHER, 2),))
    words = [entry(checklist(replace(waiting, post=post))[0], TODAY).button for post in ("maker", "checker")]
    assert words == ["查看", "去复核"]
