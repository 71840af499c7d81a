"""The standard forms F01–F05, on the worked unit of the budget rules and on any draft."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.budget import BudgetDraft, BudgetLine, IncomeLine
from desktop.domain.budget_checks import cross_checks
from desktop.domain.forms import FORM_COLUMNS, as_table, cell, code_and_parents, compute_forms, rows_of
from desktop.domain.money import from_fen
from desktop.domain.project import ProjectClass
from tests.data import golden

BUDGET = golden.budget()
FORMS = BUDGET.forms


@pytest.mark.parametrize(
    ("form", "row", "column", "amount"),
    [
        ("F01", "GENERAL", "income", "10000000.00"),
        ("F01", "FUND", "income", "500000.00"),
        ("F01", "OTHER", "income", "120000.00"),
        ("F01", "CURRENT_INCOME", "income", "10620000.00"),
        ("F01", "CARRY_OVER", "income", "380000.00"),
        ("F01", "TOTAL", "income", "11000000.00"),
        ("F01", "213", "expenditure", "9420000.00"),
        ("F01", "CURRENT_EXPENDITURE", "expenditure", "11000000.00"),
        ("F01", "TOTAL", "expenditure", "11000000.00"),
        ("F02", "219001", "total", "11000000.00"),
        ("F02", "TOTAL", "carry", "380000.00"),
        ("F02", "TOTAL", "carry_general", "380000.00"),
        ("F02", "TOTAL", "general", "10000000.00"),
        ("F02", "TOTAL", "other", "120000.00"),
        ("F03", "TOTAL", "total", "11000000.00"),
        ("F03", "TOTAL", "basic", "4950000.00"),
        ("F03", "TOTAL", "project", "6050000.00"),
        ("F03", "2130201", "basic", "3870000.00"),
        ("F03", "2080505", "basic", "480000.00"),
        ("F03", "2101101", "basic", "240000.00"),
        ("F03", "2210201", "basic", "360000.00"),
        ("F03", "2130217", "project", "1380000.00"),
        ("F03", "2130299", "project", "120000.00"),
        ("F03", "21302", "total", "9420000.00"),
        ("F04", "CURRENT_INCOME", "income", "10500000.00"),
        ("F04", "CARRY_OVER", "income", "380000.00"),
        ("F04", "TOTAL", "income", "10880000.00"),
        ("F04", "TOTAL", "total", "10880000.00"),
        ("F04", "TOTAL", "general", "10380000.00"),
        ("F04", "TOTAL", "fund", "500000.00"),
        ("F04", "212", "fund", "500000.00"),
        ("F05", "TOTAL", "total", "10380000.00"),
        ("F05", "TOTAL", "basic", "4950000.00"),
        ("F05", "TOTAL", "personnel", "4320000.00"),
        ("F05", "TOTAL", "public", "630000.00"),
        ("F05", "TOTAL", "project", "5430000.00"),
        ("F05", "2130236", "project", "3800000.00"),
        ("F05", "2130299", "project", "0.00"),
        ("F05", "2120804", "total", "0.00"),
    ],
)
def test_cell_of_the_worked_unit_has_the_rules_number(form: str, row: str, column: str, amount: str) -> None:
    assert cell(FORMS, form, row, column) == Decimal(amount)


def test_cells_of_zero_are_left_out_and_every_other_has_a_column() -> None:
    assert all(c.amount for c in FORMS)
    for c in FORMS:
        assert c.column in {column.id for column in FORM_COLUMNS[c.form].columns}


def test_rows_come_in_print_order() -> None:
    assert rows_of(FORMS, "F01") == (
        "GENERAL", "FUND", "OTHER", "CURRENT_INCOME", "CARRY_OVER",
        "208", "210", "212", "213", "221", "CURRENT_EXPENDITURE", "TOTAL",
    )  # fmt: skip
    assert rows_of(FORMS, "F03")[:3] == ("208", "20805", "2080505")
    assert rows_of(FORMS, "F03")[-1] == "TOTAL"
    assert rows_of(FORMS, "F09") == ()


def test_code_counts_in_its_section_and_its_class() -> None:
    assert code_and_parents("2130217") == ("213", "21302", "2130217")
    assert code_and_parents("213") == ("213",)
    assert code_and_parents("") == ()


def test_line_without_a_code_counts_in_the_totals_only() -> None:
    lines = (replace(BUDGET.lines[0], function_code=""),)
    forms = compute_forms(replace(BUDGET, lines=lines))
    assert cell(forms, "F03", "TOTAL", "total") == lines[0].amount
    assert "" not in {c.row for c in forms}


def test_order_of_the_lines_does_not_change_the_forms() -> None:
    turned = replace(BUDGET, lines=BUDGET.lines[::-1], income=BUDGET.income[::-1])
    assert compute_forms(turned) == FORMS


def test_year_end_carry_is_split_over_the_books_that_have_money_left() -> None:
    lines = tuple(line for line in BUDGET.lines if line.project_key != "L-219001-6")
    carried = replace(BUDGET, lines=lines, year_end_carry=Decimal("380000.00"))
    forms = compute_forms(carried)
    assert cell(forms, "F01", "YEAR_END", "expenditure") == Decimal("380000.00")
    assert cell(forms, "F04", "YEAR_END", "general") == Decimal("380000.00")
    assert cell(forms, "F04", "TOTAL", "total") == Decimal("10880000.00")
    assert cross_checks(forms) == []


def test_own_moneys_carry_stays_out_of_the_fiscal_form() -> None:
    lines = tuple(line for line in BUDGET.lines if line.project_key != "L-219001-8")
    carried = replace(BUDGET, lines=lines, year_end_carry=Decimal("120000.00"))
    forms = compute_forms(carried)
    assert cell(forms, "F04", "YEAR_END", "total") == 0
    assert cross_checks(forms) == []


def test_carry_over_is_shown_by_the_money_that_it_is() -> None:
    natures = {
        "111": "carry_general",
        "122": "carry_fund",
        "131": "carry_capital",
        "21": "carry_special",
        "39": "carry_own",
    }
    for nature, column in natures.items():
        income = (IncomeLine("i", "CARRY_OVER", nature, "CARRY", Decimal("7.00")),)
        forms = compute_forms(replace(BUDGET, income=income, lines=()))
        assert cell(forms, "F02", "TOTAL", column) == Decimal("7.00")
        assert cell(forms, "F02", "TOTAL", "carry") == Decimal("7.00")


CODES = ("2130201", "2130202", "2130217", "2120804", "2080505", "2110101")
AMOUNTS = st.integers(min_value=1, max_value=10**9).map(from_fen)
LINES = st.lists(
    st.builds(
        BudgetLine,
        line_id=st.just("l"),
        project_key=st.just("p"),
        project_name=st.just("p"),
        project_class=st.sampled_from(ProjectClass),
        function_code=st.sampled_from(CODES),
        dept_economic_code=st.just("30201"),
        gov_economic_code=st.just("50201"),
        fund_nature=st.sampled_from(("111", "112", "121", "131", "21", "39")),
        fund_source=st.just("LOCAL"),
        amount=AMOUNTS,
    ),
    max_size=25,
)


def balancing(lines: list[BudgetLine]) -> BudgetDraft:
    """A draft whose income is exactly what its lines spend, nature by nature."""
    items = {
        "111": "GENERAL",
        "112": "GENERAL",
        "121": "FUND",
        "131": "STATE_CAPITAL",
        "21": "SPECIAL_ACCOUNT",
        "39": "OTHER",
    }
    income = tuple(
        IncomeLine(f"i{n}", items[x.fund_nature], x.fund_nature, "LOCAL", x.amount) for n, x in enumerate(lines)
    )
    draft = replace(BUDGET, income=income, lines=tuple(lines))
    return replace(draft, forms=compute_forms(draft))


@given(LINES)
def test_forms_of_any_balanced_draft_pass_every_cross_check(lines: list[BudgetLine]) -> None:
    assert cross_checks(balancing(lines).forms) == []


@given(LINES.filter(len), st.data())
def test_one_changed_cell_fails_at_least_one_cross_check(lines: list[BudgetLine], data: st.DataObject) -> None:
    forms = balancing(lines).forms
    victim = data.draw(st.sampled_from(forms))
    changed = tuple(replace(c, amount=c.amount + Decimal("0.01")) if c is victim else c for c in forms)
    assert cross_checks(changed)


def test_table_and_single_cell_agree() -> None:
    table = as_table(FORMS)
    assert len(table) == len(FORMS)
    assert all(cell(FORMS, *place) == amount for place, amount in table.items())


@pytest.mark.parametrize("form", FORM_COLUMNS)
def test_form_has_a_title_and_columns_with_heads(form: str) -> None:
    spec = FORM_COLUMNS[form]
    assert spec.id == form
    assert spec.title
    assert all(column.head for column in spec.columns)
    assert len({column.id for column in spec.columns}) == len(spec.columns)
