"""Importing into the budget: lines matched by project and codes, taken back to what they were."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from desktop.domain.budget import BudgetDraft
from desktop.domain.head import Kind
from desktop.ui.importing import open_wizard
from desktop.usecases.ports import Books
from desktop.usecases.write_document import save
from tests.ui.payment_keys import CTRL, Key, Person
from tests.ui.planning_fixture import YEAR, Planning, planning

__all__ = ["planning"]


@pytest.fixture
def person() -> Person:
    return Person()


def stored(planning: Planning) -> BudgetDraft:
    def read(books: Books) -> BudgetDraft:
        with books:
            return books.documents.of_kind(Kind.BUDGET_UP2, YEAR)[-1].content

    return planning.do(read)


def sheet_file(folder: Path, rows: list[tuple[object, ...]]) -> str:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(folder / "预算.xlsx")
    return str(folder / "预算.xlsx")


def wizard_at(planning: Planning, key: str, path: str):
    window, page = planning.budget_page()
    made = open_wizard(window, planning.context, key, path)
    planning.settle()
    planning.qtbot.waitUntil(lambda: made.session.job is None and made.session.state.step == 1, timeout=90_000)
    return window, page, made


def rows_of(draft: BudgetDraft, factor: Decimal = Decimal(1)) -> list[tuple[object, ...]]:
    first, second = draft.lines[0], draft.lines[1]
    return [
        ("项目名称", "功能科目", "部门经济分类", "资金性质", "申报数（元）", "备注"),
        (first.project_name, first.function_code, first.dept_economic_code, first.fund_nature,
         float(first.amount * 2 * factor), "翻一番"),
        (second.project_name, second.function_code, second.dept_economic_code, second.fund_nature,
         float(second.amount), None),
        (first.project_name, None, "30299", first.fund_nature, 1234.5, "新的一行"),
    ]


def test_budget_lines_are_overwritten_added_and_restored(planning, person, tmp_path):
    before = planning.budget()
    _, _, made = wizard_at(planning, "budget_lines", sheet_file(tmp_path, rows_of(before)))
    for _ in range(3):
        person.presses_key(Key.Key_Return, CTRL)
        planning.settle()
    assert made.session.done is not None, [row.flaws for row in made.session.found.rows]
    assert (made.session.done.added, made.session.done.changed) == (1, 1)
    after = stored(planning)
    assert after.lines[0].amount == before.lines[0].amount * 2
    assert after.lines[0].note == "翻一番"
    assert after.lines[1] == stored(planning).lines[1]
    assert after.lines[-1].amount == Decimal("1234.50")
    assert after.lines[-1].gov_economic_code
    made.session.undo()
    planning.settle()
    assert made.session.undone
    assert stored(planning).lines == before.lines
    assert stored(planning).forms == before.forms


def test_undo_is_refused_when_an_imported_line_changed_but_not_for_others(planning, person, tmp_path):
    before = planning.budget()
    _, _, made = wizard_at(planning, "budget_lines", sheet_file(tmp_path, rows_of(before)))
    for _ in range(3):
        person.presses_key(Key.Key_Return, CTRL)
        planning.settle()
    now = stored(planning)
    other = replace(now, lines=(*now.lines[:2], replace(now.lines[2], note="别的行"), *now.lines[3:]))
    planning.do(lambda books: save(books, planning.seat("zhangli"), other))
    touched = replace(stored(planning), lines=(replace(now.lines[0], note="又改"), *stored(planning).lines[1:]))
    planning.do(lambda books: save(books, planning.seat("zhangli"), touched))
    made.session.undo()
    planning.settle()
    assert not made.session.undone
    assert "1 行又改过" in made.band.text()
    back = replace(stored(planning), lines=(now.lines[0], *stored(planning).lines[1:]))
    planning.do(lambda books: save(books, planning.seat("zhangli"), back))
    made.session.undo()
    planning.settle()
    assert made.session.undone
    assert stored(planning).lines[2].note == "别的行"
    assert stored(planning).lines[0] == before.lines[0]


def test_sheet_that_is_a_ten_thousandth_of_last_year_asks_for_its_unit(planning, person, tmp_path):
    before = planning.budget()
    lines = [line for line in before.lines if line.last_year > 0][:5]
    rows = [("项目名称", "功能科目", "部门经济分类", "资金性质", "申报数"),
            *((line.project_name, line.function_code, line.dept_economic_code, line.fund_nature,
               float(line.last_year / 10000)) for line in lines)]
    _, _, made = wizard_at(planning, "budget_lines", sheet_file(tmp_path, rows))
    person.presses_key(Key.Key_Return, CTRL)
    planning.settle()
    assert made.session.found.doubt is not None
    assert made.session.found.doubt.why == "SMALL"
    made.check.convert.click()
    planning.settle()
    assert [row.values["amount"] for row in made.session.found.rows] == [line.last_year for line in lines]


def test_two_rows_of_one_file_for_the_same_line_are_wrong(planning, person, tmp_path):
    before = planning.budget()
    rows = rows_of(before)
    _, _, made = wizard_at(planning, "budget_lines", sheet_file(tmp_path, [*rows, rows[1]]))
    person.presses_key(Key.Key_Return, CTRL)
    planning.settle()
    assert [flaw.code for row in made.session.found.rows for flaw in row.flaws] == ["I-16"]


def test_income_is_matched_by_item_and_money(planning, person, tmp_path):
    before = planning.budget()
    line = before.income[0]
    path = sheet_file(tmp_path, [("收入项目", "资金性质", "预算数"), (line.item, line.fund_nature, "12万"),
                                 ("其他收入", "39", 500)])
    _, _, made = wizard_at(planning, "budget_income", path)
    for _ in range(3):
        person.presses_key(Key.Key_Return, CTRL)
        planning.settle()
    assert stored(planning).income[0].amount == Decimal("120000.00")
    assert any((one.item, one.fund_nature, one.amount) == ("OTHER", "39", Decimal("500.00"))
               for one in stored(planning).income)
    made.session.undo()
    planning.settle()
    assert stored(planning).income == before.income


def test_page_offers_its_form_to_import_and_export(planning):
    planning.budget()
    _, page = planning.budget_page()
    assert page.import_target() == "budget_lines"
    assert page.export_table() is page.editor.stack.currentWidget()
    page.open("income")
    planning.settle()
    assert page.import_target() == "budget_income"
