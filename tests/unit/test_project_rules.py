"""Rules of a project before the bureau may admit it."""

from dataclasses import replace
from decimal import Decimal

import pytest

from desktop.domain.parameters import Parameters
from desktop.domain.problem import Level
from desktop.domain.project import Basis, Project, ProjectClass, YearPlan
from desktop.domain.project_rules import check_project
from tests.data import goals

PROJECT, GOAL, FACTS = goals.project(), goals.goal(), goals.project_facts()
MILLION = Decimal("1000000.00")


def found(project: Project) -> set[tuple[str, str, str]]:
    return {(p.code, p.where, p.facts.get("case", "")) for p in check_project(project, GOAL, FACTS)}


def with_plan(*rows: tuple[int, str, str, str]) -> Project:
    plan = tuple(YearPlan(year, nature, source, Decimal(amount)) for year, nature, source, amount in rows)
    return replace(PROJECT, plan=plan)


def test_complete_project_has_no_finding() -> None:
    assert check_project(PROJECT, GOAL, FACTS) == []


CASES: list[tuple[Project, tuple[str, str, str]]] = [
    (replace(PROJECT, name=" "), ("B-16", "name", "name")),
    (replace(PROJECT, function_code=""), ("B-16", "function_code", "function_code")),
    (replace(PROJECT, total=Decimal("0.00")), ("B-16", "total", "total")),
    (replace(PROJECT, plan=()), ("B-16", "plan", "plan")),
    (replace(PROJECT, responsible=""), ("B-16", "responsible", "responsible")),
    (replace(PROJECT, name="治" * 61), ("B-17", "name", "long")),
    (replace(PROJECT, name="2027年沙化土地治理"), ("B-17", "name", "year")),
    (replace(PROJECT, name="沙化土地治理（２０２７）"), ("B-17", "name", "year")),
    (replace(PROJECT, name="二〇二七年沙化土地治理"), ("B-17", "name", "year")),
    (replace(PROJECT, function_code="9999999"), ("B-22", "function_code", "unknown")),
    (replace(PROJECT, function_code="21302"), ("B-22", "function_code", "sum")),
    (replace(PROJECT, end_year=2026), ("B-18", "end_year", "order")),
    (replace(PROJECT, end_year=2032), ("B-18", "end_year", "span")),
    (replace(PROJECT, start_year=2028), ("B-18", "start_year", "year")),
    (replace(PROJECT, total=Decimal("1800000.01")), ("B-21", "total", "sum")),
    (with_plan((2029, "111", "LOCAL", "1800000.00")), ("B-21", "plan[0].year", "year")),
    (with_plan((2027, "111", "LOCAL", "0.00")), ("B-21", "plan[0].amount", "amount")),
    (with_plan((2027, "11", "LOCAL", "1.00")), ("B-21", "plan[0].fund_nature", "nature")),
    (with_plan((2027, "111", "OWN", "1.00")), ("B-21", "plan[0].fund_source", "source")),
    (replace(PROJECT, basis=()), ("B-15", "basis", "")),
    (replace(PROJECT, basis=(Basis("  ", "某文号"),)), ("B-15", "basis", "")),
]


@pytest.mark.parametrize(("project", "finding"), CASES)
def test_finding_names_its_rule_and_its_field(project: Project, finding: tuple[str, str, str]) -> None:
    assert finding in found(project)


@pytest.mark.parametrize(
    "name", ["治" * 60, "2000亩草原围栏", "新建2000米管道", "G110线护路林", "20270草原", "十四五草原治理"]
)
def test_number_that_is_no_year_may_stand_in_a_name(name: str) -> None:
    assert check_project(replace(PROJECT, name=name), GOAL, FACTS) == []


def test_span_counts_both_years() -> None:
    assert check_project(replace(PROJECT, end_year=2031), GOAL, FACTS) == []
    three = replace(FACTS, parameters=Parameters({"project_span_max": "3"}))
    assert [p.code for p in check_project(replace(PROJECT, end_year=2030), GOAL, three)] == ["B-18"]


def test_sum_of_the_plan_is_named_with_its_difference() -> None:
    [problem] = check_project(replace(PROJECT, total=Decimal("1750000.00")), GOAL, FACTS)
    assert dict(problem.facts) == {
        "case": "sum",
        "planned": "1,800,000.00",
        "total": "1,750,000.00",
        "difference": "50,000.00",
    }


@pytest.mark.parametrize("project_class", [ProjectClass.Y2, ProjectClass.T])
def test_project_expenditure_without_a_goal_is_stopped(project_class: ProjectClass) -> None:
    [problem] = check_project(replace(PROJECT, project_class=project_class), None, FACTS)
    assert (problem.code, problem.where, problem.facts["case"]) == ("B-12", "goal", "missing")
    assert problem.level is Level.ERROR


@pytest.mark.parametrize("project_class", [ProjectClass.R, ProjectClass.Y1])
def test_basic_expenditure_needs_neither_goal_nor_basis(project_class: ProjectClass) -> None:
    assert check_project(replace(PROJECT, project_class=project_class, basis=()), None, FACTS) == []


def test_goal_with_errors_is_incomplete_and_counts_them() -> None:
    bad = replace(GOAL, year_goal="", lines=tuple(replace(x, target="") for x in GOAL.lines))
    [problem] = check_project(PROJECT, bad, FACTS)
    assert (problem.code, dict(problem.facts)) == ("B-12", {"case": "incomplete", "count": "9"})


def test_goal_of_another_amount_is_incomplete() -> None:
    plan = (YearPlan(2027, "111", "LOCAL", MILLION * 2),)
    changed = replace(PROJECT, plan=plan, total=MILLION * 2)
    assert [p.code for p in check_project(changed, GOAL, FACTS)] == ["B-12"]


def test_warnings_in_the_goal_do_not_stop_the_project() -> None:
    warned = replace(GOAL, year_goal=GOAL.year_goal.replace("100 万元", "110 万元"))
    assert check_project(PROJECT, warned, FACTS) == []


def test_specific_target_needs_a_core_indicator_with_points() -> None:
    plain = replace(GOAL, lines=tuple(replace(line, is_core=False) for line in GOAL.lines))
    assert [p.code for p in check_project(PROJECT, plain, FACTS)] == ["B-13"]
    operation = replace(PROJECT, project_class=ProjectClass.Y2)
    assert check_project(operation, plain, FACTS) == []


def test_empty_project_names_everything_at_once() -> None:
    empty = Project(PROJECT.head, "", ProjectClass.T, "", 0, 0)
    codes = [p.code for p in check_project(empty, None, FACTS)]
    assert codes == ["B-16", "B-16", "B-16", "B-16", "B-16", "B-18", "B-15", "B-12"]
