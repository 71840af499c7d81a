"""部门预算, filled in by keys over real books: what is typed is saved, computed, checked and marked."""

from decimal import Decimal

from PySide6.QtGui import QGuiApplication

from desktop.domain.document import State
from desktop.domain.forms import compute_forms
from desktop.domain.head import Kind
from desktop.domain.project import ProjectClass
from desktop.ui.budget.findings import BASIC, COVER, INCOME, PROJECT
from desktop.ui.documents.actions import Act
from tests.data import golden
from tests.ui.payment_keys import CTRL, Key
from tests.ui.planning_fixture import LABOUR, SAND, line_where, over, person, planning, row_of

__all__ = ["person", "planning"]


# -- beginning


def test_year_without_a_budget_offers_to_begin_and_begins_with_last_years_lines(planning, person):
    _, page = planning.budget_page()
    assert page.editor is None
    assert "还没有开始编制" in page._empty._sentence.text()
    page.begin.setFocus()
    person.presses_key(Key.Key_Space)
    planning.settle()
    draft = planning.draft()
    assert page.editor is not None
    assert len(draft.lines) == len(golden.material()["lines"])
    assert draft.total() == 0
    assert sum(line.last_year for line in draft.lines) > 0
    assert draft.lines[0].gov_economic_code == "50101"


def test_only_the_maker_is_offered_to_begin(planning):
    planning.sit("liqiang")
    _, page = planning.budget_page()
    assert not page.begin.isVisible()
    assert "经办" in page._empty._sentence.text()


# -- typing


def test_typed_amount_is_saved_with_forms_computed_anew(planning, person):
    planning.budget()
    _, editor = planning.budget_editor()
    editor.sheet().view.go_to(row_of(editor, LABOUR), "amount")
    person.enters("=250000+10000")
    planning.settle()
    draft = planning.draft()
    assert draft.lines[line_where(draft, SAND, LABOUR)].amount == Decimal("260000.00")
    assert draft.forms == compute_forms(draft)
    assert "已自动保存" in editor.header.saved.text()


def test_amount_over_the_ceiling_is_marked_named_and_put_right_by_the_panel(planning, person):
    planning.budget()
    _, editor = planning.budget_editor()
    row = row_of(editor, LABOUR)
    editor.sheet().view.go_to(row, "amount")
    person.enters("300000")
    planning.settle()
    assert editor.sheet().source.mark(row, "amount").level == "error"
    assert editor.header.pill.accessibleName() == "有错误"
    assert "-20,000.00" in editor.strip.difference.text()
    assert not editor.tools.steps.buttons[Act.PRESENT].isVisible()
    finding = next(one for one in editor.problems.rows() if one.rule == "C16" and "第" in one.place)
    assert finding.place == f"第 {row + 1} 行 · 本年申报数"
    assert finding.difference == "-20,000.00"
    editor.problems.remedy_requested.emit(finding)
    planning.settle()
    assert editor.findings.errors() == 0
    assert planning.draft().lines[line_where(planning.draft(), SAND, LABOUR)].amount == Decimal("280000.00")
    assert editor.tools.steps.buttons[Act.PRESENT].isVisible()


def test_f3_walks_through_the_findings_and_goes_to_their_cells(planning, person):
    planning.budget(over)
    _, editor = planning.budget_editor()
    editor.show_form(BASIC)
    editor.sheet().view.setFocus()
    person.presses_key(Key.Key_F3)
    assert editor.form == PROJECT
    assert editor.sheet().view.at()[0] == row_of(editor, LABOUR)


def test_new_line_is_typed_with_project_by_initials_and_gets_codes_and_last_year(planning, person):
    planning.budget()
    _, editor = planning.budget_editor()
    editor.sheet().view.setFocus()
    before = editor.sheet().source.row_count()
    person.presses_key(Key.Key_N, CTRL)
    assert editor.sheet().view.at()[0] == before
    person.enters("shtdzhzl")
    person.presses_key(Key.Key_Return)  # the function code came with the project
    person.enters("30218")
    planning.settle()
    line = planning.draft().lines[-1]
    assert (line.project_name, line.project_class) == (SAND, ProjectClass.T)
    assert (line.function_code, line.dept_economic_code, line.gov_economic_code) == ("2130217", "30218", "50204")
    assert line.fund_nature == "111"
    assert line.last_year == Decimal("340000.00")
    assert any(one.rule == "B-09" for one in editor.problems.rows())


def test_project_that_is_not_admitted_cannot_be_typed(planning, person):
    planning.budget()
    _, editor = planning.budget_editor()
    editor.sheet().view.go_to(0, "project")
    person.enters("没有这个项目")
    planning.settle()
    assert editor.sheet().content_model.drafts()[0][2].startswith("没有找到")
    assert editor.sheet().content_model.typed(0, 1) == "没有这个项目"
    assert editor.header.pill.accessibleName() == "有错误"
    assert planning.draft().lines[editor.sheet().source.place(0)].project_name == "机关运行与设备更新"
    editor.stepping.take(Act.PRESENT)
    planning.settle()
    assert planning.stored(Kind.BUDGET_UP2)[0].state is State.DRAFT


def test_read_only_cell_says_why_when_typed_into(planning, person):
    planning.budget()
    _, editor = planning.budget_editor()
    editor.sheet().view.go_to(0, "ceiling")
    person.types("1")
    assert editor.sheet().view.bubble.isVisible()
    model = editor.sheet().content_model
    assert "控制数由财政下达" in model.reason(0, model.column_of("ceiling"))


def test_deleted_lines_come_back_exactly_by_one_undo(planning, person):
    made = planning.budget()
    _, editor = planning.budget_editor()
    view = editor.sheet().view
    view.go_to(3, "amount")
    person.presses_key(Key.Key_Delete, CTRL)
    planning.settle()
    assert len(planning.draft().lines) == len(made.lines) - 1
    person.presses_key(Key.Key_Z, CTRL)
    planning.settle()
    assert planning.draft() == made


def test_pasted_block_is_one_undo_step_back_to_identical_bytes(planning, person):
    made = planning.budget()
    before = planning.stored(Kind.BUDGET_UP2)[0].digest
    _, editor = planning.budget_editor()
    view = editor.sheet().view
    rows = "\r\n".join(f"{SAND}\t2130217\t302{code:02}\t\t一般公共\t\t\t{code}00.00" for code in range(1, 30))
    QGuiApplication.clipboard().setText(rows)
    view.go_to(editor.sheet().source.row_count() - 2, "project")
    person.presses_key(Key.Key_V, CTRL)
    planning.settle()
    assert len(planning.draft().lines) == len(made.lines) + 27
    person.presses_key(Key.Key_Z, CTRL)
    planning.settle()
    assert planning.stored(Kind.BUDGET_UP2)[0].digest == before


def test_income_is_typed_on_its_own_sheet(planning, person):
    planning.budget()
    _, editor = planning.budget_editor()
    editor.show_form(INCOME)
    view = editor.sheet().view
    view.go_to(editor.sheet().source.row_count(), "item")
    person.enters("qtsr")
    planning.settle()
    assert planning.draft().income[-1].item == "OTHER"
    assert {one.rule for one in editor.problems.rows()} >= {"B-06"}


def test_explanation_and_carry_of_the_cover_are_saved(planning, person):
    planning.budget()
    _, editor = planning.budget_editor()
    editor.show_form(COVER)
    editor.cover._carry.setFocus()
    person.enters("1000")
    editor.cover._words.setFocus()
    person.types("增加防沙治沙任务。")
    editor.tree.list.setFocus()
    planning.settle()
    draft = planning.draft()
    assert draft.year_end_carry == Decimal("1000.00")
    assert draft.explanation.startswith("增加防沙治沙任务。")
