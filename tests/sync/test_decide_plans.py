"""Projects, goals and budgets; rulings and texts of the bureau."""

from collections.abc import Sequence
from typing import Any

import pytest

from sync.central.comments import SENTENCES, comment, sentence
from sync.transport.direct import DirectTransport
from tests.sync.counter import Counter, said
from tests.sync.papers import (
    PROJECT,
    UNIT,
    budget,
    goal,
    head,
    project,
    voucher,
)


def test_admitted_project_gets_its_code_and_reaches_the_unit(counter: Counter):
    verdict = counter.one(project(9))
    assert verdict.central_no == "15082127T000000000001"
    counter.office.exchange(DirectTransport(counter.rehearsal.service))
    records = {one["key"]: one for one in counter.office.desk.mirrors[f"unit:{UNIT}"]["project"]}
    assert records["L-219001-9"]["code"] == "15082127T000000000001"
    assert records[PROJECT]["code"] == "15082126Y000000000001"


def test_codes_run_by_division_year_and_class(counter: Counter):
    verdicts = counter.send(project(1), project(2), project(3, project_class="Y2"), project(4, project_class="R"))
    assert [one.central_no[-13:] for one in verdicts if one.central_no] == [
        "T000000000001",
        "T000000000002",
        "Y000000000001",
        "R000000000001",
    ]


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"name": " "}, "B-16", "name"),
        ({"function_code": ""}, "B-16", "function_code"),
        ({"plan": [{"year": 2027, "amount": "299999.99"}]}, "B-21", "total"),
        ({"plan": []}, "B-21", "total"),
    ],
)
def test_project_that_is_not_complete_is_returned(counter: Counter, changes: dict[str, Any], code: str, field: str):
    assert said(counter.one(project(9, **changes))) == ("rejected", code, field)


def test_goal_of_a_project_in_the_same_batch_is_accepted_whatever_the_order(counter: Counter):
    verdicts = counter.send(goal("L-219001-9"), project(9))
    assert [(one.kind, one.verdict) for one in verdicts] == [("GOAL", "accepted"), ("PROJECT", "accepted")]
    assert verdicts[0].central_no == "JX2027000001"


def test_goal_of_a_project_that_was_returned_is_returned_too(counter: Counter):
    verdicts = counter.send(project(9, name=""), goal("L-219001-9"))
    assert [one.code for one in verdicts] == ["B-16", "B-10"]


@pytest.mark.parametrize("weights", [("50", "30", "9.5"), ("50", "30", "10.5"), ()])
def test_goal_whose_points_do_not_add_up_is_returned(counter: Counter, weights: tuple[str, ...]):
    assert said(counter.one(goal(PROJECT, weights))) == ("rejected", "P-05", "lines")


def test_goal_line_without_points_is_named(counter: Counter):
    assert said(counter.one(goal(PROJECT, ("60", "0", "30")))) == ("rejected", "P-05", "lines[1].weight")


def ceilings(counter: Counter, amounts: dict[str, str]) -> None:
    records = [
        {"id": f"C{n}", "fiscal_year": 2027, "fund_nature": "111", "amount": amount, "project_key": key}
        for n, (key, amount) in enumerate(amounts.items())
    ]
    counter.rehearsal.bureau.publish_unit(UNIT, {"ceiling": records})


def test_budget_at_its_ceilings_is_accepted(counter: Counter):
    ceilings(counter, {PROJECT: "630000.00", "": "630000.00"})
    verdict = counter.one(budget({PROJECT: "630000.00"}, "630000.00"))
    assert (verdict.verdict, verdict.central_no) == ("accepted", "YS2027000001")


def test_budget_above_the_ceiling_of_a_project_is_returned(counter: Counter):
    ceilings(counter, {PROJECT: "629999.99"})
    verdict = counter.one(budget({PROJECT: "630000.00"}, "630000.00"))
    assert said(verdict) == ("rejected", "C16", "lines[0].amount")
    assert verdict.facts["over"] == "0.01"


def test_ceiling_may_call_the_project_by_its_code(counter: Counter):
    ceilings(counter, {"15082126Y000000000001": "629999.99"})
    assert counter.one(budget({PROJECT: "630000.00"}, "630000.00")).code == "C16"


def test_budget_above_the_ceiling_of_the_unit_is_returned(counter: Counter):
    ceilings(counter, {"": "1000.00"})
    verdict = counter.one(budget({PROJECT: "1000.01"}, "1000.01"))
    assert said(verdict) == ("rejected", "C16", "lines")
    assert "本单位控制数" in (verdict.comment or "")


def test_ceiling_of_the_unit_does_not_hold_down_its_own_funds(counter: Counter):
    own = {"id": "C9", "fiscal_year": 2027, "fund_nature": "39", "amount": "1.00", "project_key": ""}
    counter.rehearsal.bureau.publish_unit(UNIT, {"ceiling": [own]})
    paper = budget({PROJECT: "1000.00"}, "1000.00")
    paper["lines"][0]["fund_nature"] = "39"
    assert counter.one(paper).verdict == "accepted"


def test_budget_that_does_not_balance_is_returned(counter: Counter):
    assert said(counter.one(budget({PROJECT: "630000.00"}, "630000.01"))) == ("rejected", "C01", "income")
    carried = budget({PROJECT: "600.00"}, "700.00", year_end_carry="100.00", head=head("BUDGET_UP2", "K", year=2027))
    assert counter.one(carried).verdict == "accepted"


def test_budget_of_a_project_that_is_not_admitted_is_returned(counter: Counter):
    verdict = counter.one(budget({PROJECT: "1.00", "L-219001-77": "2.00"}, "3.00"))
    assert said(verdict) == ("rejected", "B-10", "lines[1].project_key")




def test_ruling_of_an_officer_returns_a_document_once(counter: Counter):
    key = "219001-2026-000001"
    counter.rehearsal.bureau.plan_return(UNIT, "VOUCHER", key, "X-01", "payee.account", "收款账号与户名不符。")
    verdict = counter.one(voucher(1))
    assert said(verdict) == ("rejected", "X-01", "payee.account")
    assert (verdict.comment, verdict.facts["comment_by"]) == ("收款账号与户名不符。", "国库股 王敏")
    assert counter.one(voucher(1, revision=2)).verdict == "accepted"


def test_ruling_waits_for_its_document(counter: Counter):
    counter.rehearsal.bureau.plan_return(UNIT, "VOUCHER", "219001-2026-000002", "X-01", "", "请补充。")
    assert [one.verdict for one in counter.send(voucher(1), voucher(2))] == ["accepted", "rejected"]


def test_every_sentence_can_be_said():
    class Anything(dict[str, str]):
        def __missing__(self, name: str) -> str:
            return "某"

    for code, case in SENTENCES:
        facts = Anything({} if case in ("", "unit") else {"case": case})
        if code == "C16" and case == "":
            facts["project"] = "某项目"
        assert sentence(code, facts).endswith("。")


def test_long_comment_is_cut_at_a_sentence():
    reasons: Sequence[Any] = [("B-10", {"project": "项目" * 20})] * 60
    assert len(comment(list(reasons))) <= 1002
