"""Rules of the second submission: the worked unit passes, each mutation is caught by its rule."""

from dataclasses import replace
from decimal import Decimal

import pytest

from desktop.domain.budget import BudgetDraft, FormCell
from desktop.domain.budget_rules import BudgetFacts, check_budget, settle
from desktop.domain.forms import cell
from desktop.domain.mirrors import Ceiling
from desktop.domain.parameters import Parameters
from desktop.domain.problem import Level, Problem, errors, unanswered
from desktop.domain.project import ProjectClass
from tests.data import golden

BUDGET, FACTS = golden.budget(), golden.budget_facts()
FEN = Decimal("0.01")
PRINTING = next(i for i, line in enumerate(BUDGET.lines) if line.last_year == 25_000)
SAND = [i for i, line in enumerate(BUDGET.lines) if line.project_key == "L-219001-5"]


def at(project: str, code: str) -> int:
    return next(i for i, x in enumerate(BUDGET.lines) if (x.project_name, x.dept_economic_code) == (project, code))


def with_line(index: int, **changes: object) -> BudgetDraft:
    lines = list(BUDGET.lines)
    lines[index] = replace(lines[index], **changes)
    return settle(replace(BUDGET, lines=tuple(lines)), golden.pairs())


def with_income(index: int, **changes: object) -> BudgetDraft:
    income = list(BUDGET.income)
    income[index] = replace(income[index], **changes)
    return settle(replace(BUDGET, income=tuple(income)), golden.pairs())


def wrong(draft: BudgetDraft, facts: BudgetFacts = FACTS) -> list[Problem]:
    return errors(check_budget(draft, facts))


def codes(draft: BudgetDraft, facts: BudgetFacts = FACTS) -> set[str]:
    return {problem.code for problem in wrong(draft, facts)}


def test_worked_unit_adds_up_and_has_no_error() -> None:
    assert BUDGET.total() == Decimal("11000000.00")
    assert len(BUDGET.lines) == 44
    assert wrong(BUDGET) == []


def test_its_one_warning_is_answered() -> None:
    [warning] = check_budget(BUDGET, FACTS)
    assert (warning.code, warning.where, warning.level) == ("B-19", f"lines[{PRINTING}].amount", Level.WARN)
    assert warning.facts["percent"] == "60.00"
    assert warning.facts["increase"] == "15,000.00"
    assert unanswered([warning], {a.code: a.text for a in BUDGET.acknowledgements}) == []


@pytest.mark.parametrize("index", range(5))
def test_one_fen_more_in_one_source_breaks_the_balance(index: int) -> None:
    more = with_income(index, amount=BUDGET.income[index].amount + FEN)
    assert "C01" in codes(more)
    c01 = next(problem for problem in wrong(more) if problem.code == "C01")
    assert c01.facts["left"] == "11,000,000.01"
    assert c01.facts["difference"] == "0.01"


def test_one_fen_more_in_fiscal_money_breaks_the_fiscal_balance_too() -> None:
    assert codes(with_income(2, amount=Decimal("500000.01"))) == {"C01", "C06"}
    assert codes(with_income(3, amount=Decimal("120000.01"))) == {"C01"}


def moved(forms: tuple[FormCell, ...], *changes: tuple[str, str, str, int]) -> tuple[FormCell, ...]:
    by = {(form, row, column): Decimal(change) for form, row, column, change in changes}
    have = {(c.form, c.row, c.column) for c in forms}
    changed = [replace(c, amount=c.amount + by.get((c.form, c.row, c.column), 0)) for c in forms]
    return (*changed, *(FormCell(*place, amount) for place, amount in by.items() if place not in have))


def test_money_moved_in_the_expenditure_form_alone_is_seen() -> None:
    item = replace(
        BUDGET,
        forms=moved(
            BUDGET.forms,
            ("F03", "2130201", "basic", -10_000),
            ("F03", "2130201", "total", -10_000),
            ("F03", "2130202", "project", 10_000),
            ("F03", "2130202", "total", 10_000),
        ),
    )
    assert codes(item) == {"B-08", "C10"}


def test_money_moved_consistently_in_one_form_is_still_not_what_the_lines_say() -> None:
    cells = [("F03", code, "basic", -10_000) for code in ("2130201", "21302", "213", "TOTAL")]
    cells += [("F03", code, "project", 10_000) for code in ("2130202", "21302", "213", "TOTAL")]
    cells += [("F03", "2130201", "total", -10_000), ("F03", "2130202", "total", 10_000)]
    consistent = replace(BUDGET, forms=moved(BUDGET.forms, *cells))
    assert codes(consistent) == {"B-08"}


def test_row_that_does_not_add_up_across_is_seen() -> None:
    odd = replace(BUDGET, forms=moved(BUDGET.forms, ("F03", "2130201", "basic", -1)))
    assert {"B-08", "C05", "C10"} == codes(odd)


def test_lower_ceiling_of_the_sand_control_is_exceeded_and_named() -> None:
    lower = tuple(
        replace(c, amount=Decimal("990000.00")) if c.project_key == "L-219001-5" else c for c in FACTS.ceilings
    )
    [problem] = wrong(BUDGET, replace(FACTS, ceilings=lower))
    assert problem.code == "C16"
    assert problem.where == f"lines[{SAND[0]}].amount"
    assert problem.facts["project"] == "沙化土地综合治理"
    assert (problem.facts["amount"], problem.facts["over"]) == ("1,000,000.00", "10,000.00")


def test_project_over_its_ceiling_points_at_the_line_that_is_over_its_own() -> None:
    labour = at("沙化土地综合治理", "30226")
    lines = [replace(x, ceiling=x.amount) if i in SAND else x for i, x in enumerate(BUDGET.lines)]
    lines[labour] = replace(lines[labour], amount=Decimal("300000.00"))
    draft = settle(replace(BUDGET, lines=tuple(lines)), golden.pairs())
    problems = [p for p in wrong(draft) if p.code == "C16"]
    assert [(p.where, p.facts["case"]) for p in problems] == [
        (f"lines[{labour}].amount", "project"),
        ("lines", "unit"),
    ]


def test_line_over_its_own_ceiling_is_named_when_its_project_is_not_over() -> None:
    labour = at("沙化土地综合治理", "30226")
    draft = with_line(labour, ceiling=Decimal("270000.00"))
    [problem] = wrong(draft)
    assert (problem.code, problem.where, problem.facts["case"]) == ("C16", f"lines[{labour}].amount", "line")


def test_ceiling_of_the_unit_holds_fiscal_money_down_and_leaves_own_money_alone() -> None:
    whole = (
        Ceiling("U", 2027, "111", Decimal("10379999.99"), "文号"),
        Ceiling("O", 2027, "39", Decimal("1.00"), "文号"),
    )
    [problem] = wrong(BUDGET, replace(FACTS, ceilings=whole))
    assert (problem.code, problem.facts["case"], problem.facts["over"]) == ("C16", "unit", "0.01")


def test_ceiling_may_name_the_project_by_the_bureaus_code() -> None:
    code = FACTS.projects["L-219001-5"].code
    ceilings = (Ceiling("C", 2027, "111", Decimal("1.00"), "文号", code),)
    assert codes(BUDGET, replace(FACTS, ceilings=ceilings)) == {"C16"}


LINE_MUTATIONS: list[tuple[dict[str, object], str, str, str]] = [
    ({"function_code": "21302"}, "B-07", "function_code", "function_code"),
    ({"function_code": ""}, "B-07", "function_code", "function_code"),
    ({"dept_economic_code": "302"}, "B-07", "dept_economic_code", "dept_economic_code"),
    ({"dept_economic_code": ""}, "B-07", "dept_economic_code", "dept_economic_code"),
    ({"fund_nature": "11"}, "B-07", "fund_nature", "fund_nature"),
    ({"fund_source": "?"}, "B-07", "fund_source", "fund_source"),
    ({"amount": Decimal("-1.00")}, "B-07", "amount", "negative"),
    ({"project_key": ""}, "B-10", "project_key", "missing"),
    ({"project_key": "L-219001-99"}, "B-10", "project_key", "admitted"),
    ({"project_class": ProjectClass.Y2}, "B-10", "project_key", "class"),
    ({"function_code": "2130236"}, "B-10", "function_code", "function"),
]


@pytest.mark.parametrize(("changes", "code", "field", "case"), LINE_MUTATIONS)
def test_line_that_is_not_complete_is_named_at_its_field(
    changes: dict[str, object], code: str, field: str, case: str
) -> None:
    found = {(p.code, p.where, p.facts.get("case")) for p in wrong(with_line(SAND[0], **changes))}
    assert (code, f"lines[{SAND[0]}].{field}", case) in found


@pytest.mark.parametrize("state", ["TERMINATED", "REMOVED", "BUREAU_REVIEW", ""])
def test_project_that_is_not_admitted_gets_no_budget(state: str) -> None:
    projects = {**FACTS.projects, "L-219001-8": replace(FACTS.projects["L-219001-8"], state=state)}
    assert codes(BUDGET, replace(FACTS, projects=projects)) == {"B-10"}


@pytest.mark.parametrize("state", ["ADMITTED", "BUDGETED", "EXECUTING", "CARRIED_OVER"])
def test_project_in_the_library_gets_its_budget(state: str) -> None:
    projects = {key: replace(project, state=state) for key, project in FACTS.projects.items()}
    assert wrong(BUDGET, replace(FACTS, projects=projects)) == []


def test_suspended_project_gets_no_budget() -> None:
    projects = {**FACTS.projects, "L-219001-8": replace(FACTS.projects["L-219001-8"], monitor_state="SUSPENDED")}
    problems = wrong(BUDGET, replace(FACTS, projects=projects))
    assert {(p.code, p.facts["case"]) for p in problems} == {("B-10", "suspended")}


def test_line_may_name_its_project_by_the_bureaus_code() -> None:
    code = FACTS.projects["L-219001-5"].code
    lines = tuple(replace(x, project_key=code) if i in SAND else x for i, x in enumerate(BUDGET.lines))
    assert wrong(replace(BUDGET, lines=lines)) == []


INCOME_MUTATIONS: list[tuple[dict[str, object], str, str]] = [
    ({"item": "?"}, "item", "item"),
    ({"fund_nature": "11"}, "fund_nature", "nature"),
    ({"fund_nature": "121"}, "fund_nature", "pair"),
    ({"fund_source": ""}, "fund_source", "source"),
    ({"amount": Decimal("-1.00")}, "amount", "amount"),
]


@pytest.mark.parametrize(("changes", "field", "case"), INCOME_MUTATIONS)
def test_income_that_is_not_complete_is_named_at_its_field(changes: dict[str, object], field: str, case: str) -> None:
    found = {(p.code, p.where, p.facts.get("case")) for p in wrong(with_income(0, **changes))}
    assert ("B-06", f"income[0].{field}", case) in found


def test_negative_year_end_carry_is_seen() -> None:
    draft = settle(replace(BUDGET, year_end_carry=Decimal("-1.00")), golden.pairs())
    assert ("B-06", "year_end_carry") in {(p.code, p.where) for p in wrong(draft)}


def test_own_money_is_budgeted_before_it_is_spent() -> None:
    training = at("草原管护技术培训", "30216")
    more = with_line(training, amount=BUDGET.lines[training].amount + FEN)
    assert codes(more, replace(FACTS, ceilings=())) == {"B-51", "C01"}


def test_books_of_money_do_not_pay_for_each_other() -> None:
    road, sand = at("乡村道路防沙护路工程", "31005"), SAND[0]
    lines = list(BUDGET.lines)
    lines[road] = replace(lines[road], amount=lines[road].amount + 100)
    lines[sand] = replace(lines[sand], amount=lines[sand].amount - 100)
    draft = settle(replace(BUDGET, lines=tuple(lines)), golden.pairs())
    problems = wrong(draft, replace(FACTS, ceilings=()))
    assert [(p.code, p.facts["case"], p.facts["difference"]) for p in problems] == [("C06", "book", "100.00")]


def test_too_much_spent_is_said_once_for_all_fiscal_money() -> None:
    more = with_line(SAND[0], amount=BUDGET.lines[SAND[0]].amount + 20_000)
    problems = wrong(more, replace(FACTS, ceilings=()))
    assert [(p.code, p.facts["difference"]) for p in problems] == [("C01", "-20,000.00"), ("C06", "-20,000.00")]


def test_wrong_pair_is_seen_and_says_the_right_code() -> None:
    lines = (replace(BUDGET.lines[0], gov_economic_code="50201"), *BUDGET.lines[1:])
    [problem] = wrong(replace(BUDGET, lines=lines))
    assert (problem.code, problem.where) == ("C17", "lines[0].gov_economic_code")
    assert problem.facts["expected"] == "50101"


def test_settling_pairs_the_codes_and_computes_the_forms() -> None:
    bare = replace(BUDGET, forms=(), lines=tuple(replace(x, gov_economic_code="") for x in BUDGET.lines))
    assert settle(bare, golden.pairs()) == BUDGET
    assert settle(BUDGET, golden.pairs()) == BUDGET


def test_settling_keeps_a_code_that_nothing_pairs_with() -> None:
    odd = replace(BUDGET, lines=(replace(BUDGET.lines[0], dept_economic_code="39999", gov_economic_code="59999"),))
    assert settle(odd, golden.pairs()).lines[0].gov_economic_code == "59999"


def test_stale_forms_must_be_computed_again() -> None:
    lines = (replace(BUDGET.lines[0], amount=BUDGET.lines[0].amount - FEN), *BUDGET.lines[1:])
    [problem] = wrong(replace(BUDGET, lines=lines))
    assert (problem.code, problem.where) == ("B-08", "forms")
    assert int(problem.facts["count"]) > 0


def test_same_line_twice_asks_for_a_reason() -> None:
    half = replace(BUDGET.lines[0], amount=BUDGET.lines[0].amount / 2)
    draft = settle(replace(BUDGET, lines=(half, *BUDGET.lines[1:], half)), golden.pairs())
    found = [p for p in check_budget(draft, FACTS) if p.code == "B-09"]
    assert [(p.level, p.facts["row"], p.facts["first"]) for p in found] == [(Level.WARN, "45", "1")]
    assert wrong(draft) == []


def test_line_of_zero_is_worth_knowing_and_an_empty_budget_is_wrong() -> None:
    zero = replace(
        BUDGET.lines[0], line_id="x", dept_economic_code="30106", amount=Decimal("0.00"), last_year=Decimal(0)
    )
    draft = settle(replace(BUDGET, lines=(*BUDGET.lines, zero)), golden.pairs())
    found = [p for p in check_budget(draft, FACTS) if p.code == "B-07"]
    assert [p.level for p in found] == [Level.INFO]
    empty = settle(replace(BUDGET, lines=(), income=()), golden.pairs())
    assert codes(empty) == {"B-07"}


@pytest.mark.parametrize(("amount", "warned"), [("32500.00", False), ("32500.01", True), ("25000.00", False)])
def test_growth_is_asked_about_above_the_limit_only(amount: str, warned: bool) -> None:
    draft = with_line(PRINTING, amount=Decimal(amount))
    assert ("B-19" in {p.code for p in check_budget(draft, FACTS)}) is warned


def test_growth_limit_is_the_bureaus() -> None:
    facts = replace(FACTS, parameters=Parameters({"growth_warn_percent": "60"}))
    assert check_budget(BUDGET, facts) == []


@pytest.mark.parametrize(
    ("form", "row", "column", "code"),
    [
        ("F01", "TOTAL", "income", "C02"),
        ("F01", "CURRENT_INCOME", "income", "C02"),
        ("F01", "TOTAL", "expenditure", "C02"),
        ("F02", "TOTAL", "total", "C03"),
        ("F02", "TOTAL", "general", "C03"),
        ("F02", "TOTAL", "carry_general", "C03"),
        ("F02", "219001", "other", "C03"),
        ("F03", "TOTAL", "total", "C04"),
        ("F03", "213", "total", "C04"),
        ("F03", "2130217", "project", "C05"),
        ("F04", "TOTAL", "income", "C06"),
        ("F04", "FUND", "income", "C06"),
        ("F04", "212", "fund", "C06"),
        ("F05", "TOTAL", "total", "C07"),
        ("F05", "2130201", "public", "C07"),
        ("F05", "21302", "project", "C10"),
    ],
)
def test_changed_cell_is_caught_by_the_rule_of_its_form(form: str, row: str, column: str, code: str) -> None:
    assert cell(BUDGET.forms, form, row, column)
    odd = replace(BUDGET, forms=moved(BUDGET.forms, (form, row, column, 1)))
    problems = wrong(odd)
    assert code in {p.code for p in problems}
    assert all(p.where.startswith("forms") for p in problems)
