"""部门预算, worked by keys over real books: what is typed is saved, computed, checked, marked and handed over."""

from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtGui import QGuiApplication

from desktop.domain.document import Post, State
from desktop.domain.forms import cell, compute_forms
from desktop.domain.head import Kind
from desktop.domain.project import ProjectClass
from desktop.ui.budget import approval, operations
from desktop.ui.budget.findings import BASIC, COVER, INCOME, PROJECT
from desktop.ui.budget.overview import TITLES
from desktop.ui.payment.actions import Act
from desktop.usecases.hand_over import send_back
from tests.data import golden
from tests.ui.conftest import clipped
from tests.ui.payment_keys import CTRL, Key, Person
from tests.ui.planning_fixture import PIN, arrive, line_where, planning, with_amount

__all__ = ["planning"]
SAND, LABOUR = "沙化土地综合治理", "30226"


@pytest.fixture
def person() -> Person:
    return Person()


@pytest.fixture
def answers(monkeypatch):
    """Let the dialogs be answered by name; returns what they said."""
    said: list[tuple[str, str]] = []

    def give(**answers: object) -> list[tuple[str, str]]:
        for name, answer in answers.items():
            def reply(title, body, *rest, answer=answer, **more):
                said.append((title, body))
                return answer.pop(0) if isinstance(answer, list) else answer

            for module in (approval, operations):
                if hasattr(module, name):
                    monkeypatch.setattr(module, name, reply)
        return said

    return give


def over(draft):
    """Let the labour of the sand project stand 20,000 yuan over its ceiling, and the one warning without a reason."""
    return replace(with_amount(draft, SAND, LABOUR, "300000.00"), acknowledgements=())


def row_of(editor, code, project=SAND):
    source = editor.sheet().source
    return next(row for row in range(source.row_count())
                if source.line(row).dept_economic_code == code and source.line(row).project_name == project)


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
    assert not editor.steps.buttons[Act.PRESENT].isVisible()
    finding = next(one for one in editor.problems.rows() if one.rule == "C16" and "第" in one.place)
    assert finding.place == f"第 {row + 1} 行 · 本年申报数"
    assert finding.difference == "-20,000.00"
    editor.problems.remedy_requested.emit(finding)
    planning.settle()
    assert editor.findings.errors() == 0
    assert planning.draft().lines[line_where(planning.draft(), SAND, LABOUR)].amount == Decimal("280000.00")
    assert editor.steps.buttons[Act.PRESENT].isVisible()


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


# -- operations


def test_last_years_amounts_are_one_undo_step_with_the_totals_said_before(planning, person, answers):
    made = planning.budget()
    said = answers(ask="go")
    _, editor = planning.budget_editor()
    editor.last_year.click()
    planning.settle()
    draft = planning.draft()
    assert "6,050,000.00 → 5,259,000.00" in said[0][1]
    assert all(line.amount == line.last_year for line in draft.lines if not line.project_class.is_basic)
    assert all(new.amount == old.amount for new, old in zip(draft.lines, made.lines, strict=True)
               if new.project_class.is_basic)
    editor.sheet().view.setFocus()
    person.presses_key(Key.Key_Z, CTRL)
    planning.settle()
    assert planning.draft() == made


def test_bulk_change_raises_the_selected_rows_and_rounds(planning, monkeypatch):
    planning.budget()
    _, editor = planning.budget_editor()
    monkeypatch.setattr(operations.Operations, "_ask_percent", lambda self, rows: (Decimal("5.00"), Decimal(1000)))
    model, chosen = editor.sheet().content_model, editor.sheet().view.selectionModel()
    editor.sheet().view.go_to(0, "amount")
    chosen.select(model.index(1, model.column_of("amount")), chosen.SelectionFlag.Select)
    editor.bulk.click()
    planning.settle()
    amounts = [editor.sheet().source.line(row).amount for row in range(3)]
    assert amounts == [Decimal("63000.00"), Decimal("47000.00"), Decimal("85000.00")]


def test_computing_says_how_many_cells_changed_since_the_last_time(planning, person):
    planning.budget()
    _, editor = planning.budget_editor()
    editor.sheet().view.setFocus()
    person.presses_key(Key.Key_F9)
    assert "没有变化" in planning.said[0]
    editor.sheet().view.go_to(row_of(editor, LABOUR), "amount")
    person.enters("270000")
    person.presses_key(Key.Key_F9)
    planning.settle()
    assert "汇总表更新 25 格" in planning.said[0]


def test_warning_is_answered_once_and_travels_with_the_budget(planning, answers):
    planning.budget(lambda draft: replace(draft, acknowledgements=()))
    answers(ask_text="印刷量增加。")
    _, editor = planning.budget_editor()
    row = next(one for one in editor.problems.rows() if one.rule == "B-19")
    assert (row.level, row.remedy) == ("warning", "写说明")
    editor.problems.remedy_requested.emit(row)
    planning.settle()
    assert [(one.code, one.text) for one in planning.draft().acknowledgements] == [("B-19", "印刷量增加。")]
    assert next(one for one in editor.problems.rows() if one.rule == "B-19").level == "info"
    assert editor.findings.warnings() == 0


def test_rows_without_numbers_are_hidden_and_undo_stays_true(planning, person):
    planning.budget(lambda draft: replace(draft, lines=tuple(
        replace(line, amount=Decimal("0.00"), last_year=Decimal("0.00"), ceiling=None)
        if line.project_name == "机关运行与设备更新" else line for line in draft.lines)))
    _, editor = planning.budget_editor()
    editor.strip.filter.click()
    view = editor.sheet().view
    assert [view.isRowHidden(row) for row in range(5)] == [True] * 4 + [False]
    assert editor.strip.rows.text() == "22 行，收起 4 行"
    view.go_to(4, "amount")
    person.enters("1")
    planning.settle()
    person.presses_key(Key.Key_Z, CTRL)
    planning.settle()
    assert editor.sheet().source.line(4).amount == Decimal("1200000.00")
    editor.strip.filter.click()
    assert not view.isRowHidden(0)


def test_amounts_in_wan_are_shown_and_cannot_be_typed(planning, person):
    planning.budget()
    _, editor = planning.budget_editor()
    editor.strip.unit_chosen.emit("wan")
    sheet = editor.sheet()
    assert sheet.content_model.look(4, sheet.content_model.column_of("amount")).text == "120.00"
    assert editor.strip._amounts[1].text() == "605.00"
    sheet.view.go_to(4, "amount")
    person.types("5")
    assert "切换到元" in sheet.content_model.reason(4, sheet.content_model.column_of("amount"))
    editor.show_form("F01")
    assert editor.sheets.sheet("F01").model.look(0, 1).text == "1,000.00"


def test_standard_forms_show_what_the_rules_compute(planning):
    made = planning.budget()
    _, editor = planning.budget_editor()
    editor.show_form("F03")
    model = editor.sheets.sheet("F03").model
    source = model.source
    rows = {str(model.look(row, 0).text).strip(): row for row in range(source.row_count())}
    assert source.value(rows["213  农林水支出"], "project") == cell(made.forms, "F03", "213", "project")
    assert source.total("total") == Decimal("11000000.00")
    assert not model.editable(0, 1)


# -- the document's life


def test_budget_goes_from_maker_to_checker_to_signer_with_pins(planning, answers):
    made = planning.budget()
    answers(ask_secret=PIN)
    _, editor = planning.budget_editor()
    editor.steps.buttons[Act.PRESENT].click()
    planning.settle()
    assert planning.stored(Kind.BUDGET_UP2)[0].state is State.PRESENTED
    assert "已送复核" in editor.band.text()
    assert editor.sheet().content_model.flags(editor.sheet().content_model.index(0, 8)).value & 2 == 0
    planning.sit("batu")
    assert not any(button.isVisible() for button in editor.steps.buttons.values())
    for who, act, state in (("liqiang", Act.CHECK, State.CHECKED), ("wangzhiyuan", Act.SIGN, State.SIGNED)):
        planning.sit(who)
        assert "请核对内容" in editor.band.text()
        assert not editor.audit.isVisible()
        editor.steps.buttons[act].click()
        planning.settle()
        assert planning.stored(Kind.BUDGET_UP2)[0].state is state
    document = planning.stored(Kind.BUDGET_UP2)[0]
    assert [mark.role for mark in document.signatures] == [Post.CHECKER, Post.SIGNER]
    assert document.content == made


def test_wrong_pin_is_asked_again_with_the_tries_that_are_left(planning, answers):
    planning.budget()
    said = answers(ask_secret=["000000", PIN])
    _, editor = planning.budget_editor()
    editor.steps.buttons[Act.PRESENT].click()
    planning.settle()
    planning.sit("liqiang")
    editor.steps.buttons[Act.CHECK].click()
    planning.settle()
    assert "4" in said[1][1]
    assert "口令" in said[1][1]
    assert planning.stored(Kind.BUDGET_UP2)[0].state is State.CHECKED


def test_checker_gives_back_with_a_reason_that_the_maker_sees(planning, answers):
    planning.budget()
    answers(ask_text="控制数文号不对。")
    _, editor = planning.budget_editor()
    editor.steps.buttons[Act.PRESENT].click()
    planning.settle()
    planning.sit("liqiang")
    editor.steps.buttons[Act.SEND_BACK].click()
    planning.settle()
    planning.sit("zhangli")
    assert "控制数文号不对" in editor.band.text()
    assert editor.session.editable()


def test_maker_takes_back_what_was_handed_over(planning, answers):
    planning.budget()
    answers(ask="go")
    _, editor = planning.budget_editor()
    editor.steps.buttons[Act.PRESENT].click()
    planning.settle()
    editor.steps.buttons[Act.RECALL].click()
    planning.settle()
    assert planning.stored(Kind.BUDGET_UP2)[0].state is State.DRAFT
    assert editor.session.editable()


def test_budget_with_open_warnings_is_not_handed_over(planning):
    planning.budget(lambda draft: replace(draft, acknowledgements=()))
    _, editor = planning.budget_editor()
    editor.steps.buttons[Act.PRESENT].click()
    planning.settle()
    assert planning.stored(Kind.BUDGET_UP2)[0].state is State.DRAFT
    assert "说明" in planning.said[0]
    assert editor.sheet().view.at()[0] == row_of(editor, "30202", "退化草原生态修复治理")


def test_step_waits_until_what_was_typed_is_saved(planning, person):
    planning.budget()
    _, editor = planning.budget_editor()
    editor.sheet().view.go_to(row_of(editor, LABOUR), "amount")
    person.enters("279000")
    editor.steps.buttons[Act.PRESENT].click()
    planning.settle()
    document = planning.stored(Kind.BUDGET_UP2)[0]
    # Income and expenditure no longer balance: the rules of the saved content keep it back.
    assert document.state is State.DRAFT
    assert document.content.lines[line_where(document.content, SAND, LABOUR)].amount == Decimal("279000.00")


def test_nothing_can_be_typed_while_a_step_is_taken(planning, person):
    made = planning.budget()
    _, editor = planning.budget_editor()
    editor.steps.buttons[Act.PRESENT].click()
    editor.sheet().view.go_to(0, "amount")
    person.enters("1")
    planning.settle()
    document = planning.stored(Kind.BUDGET_UP2)[0]
    assert (document.state, document.content) == (State.PRESENTED, made)


def test_what_was_typed_is_saved_by_its_writer_even_if_somebody_else_sits_down(planning, person):
    planning.budget()
    _, editor = planning.budget_editor()
    editor.sheet().view.go_to(row_of(editor, LABOUR), "amount")
    person.enters("279000")
    editor.sheet().view.go_to(row_of(editor, LABOUR), "amount")
    person.enters("278000")
    planning.sit("liqiang")
    assert planning.draft().lines[line_where(planning.draft(), SAND, LABOUR)].amount == Decimal("278000.00")
    assert not editor.session.editable()


def test_new_line_of_a_carried_over_project_starts_with_its_money(planning, person):
    planning.budget()
    _, editor = planning.budget_editor()
    editor.sheet().view.go_to(editor.sheet().source.row_count(), "project")
    person.enters("结转")
    planning.settle()
    line = planning.draft().lines[-1]
    assert (line.project_name, line.fund_nature, line.fund_source) == ("沙化土地治理（结转）", "111", "CARRY")


def test_change_made_elsewhere_arrives_without_losing_the_form(planning):
    made = planning.budget()
    _, editor = planning.budget_editor()
    editor.show_form(BASIC)
    editor.steps.buttons[Act.PRESENT].click()
    planning.settle()
    seat = planning.seat("liqiang")
    planning.do(lambda books: send_back(books, seat, made.head.doc_id, "附件不全"))
    planning.context.changed.emit("documents")
    planning.settle()
    assert editor.form == BASIC
    assert "附件不全" in editor.band.text()


@pytest.mark.parametrize(("state", "words"), [(State.SEALED, "已封存"), (State.ACCEPTED, "已接收")])
def test_sealed_budget_is_read_only_and_says_why(planning, person, state, words):
    planning.budget()
    planning.put_state(Kind.BUDGET_UP2, state)
    _, editor = planning.budget_editor()
    assert words in editor.band.text()
    assert editor.sheet().content_model.rowCount() == editor.sheet().source.row_count()  # no row for a new line
    editor.sheet().view.go_to(0, "amount")
    person.types("1")
    assert editor.sheet().view.bubble.isVisible()
    assert not any(button.isVisible() for button in editor.steps.buttons.values())
    assert not editor.calculate.isVisible()


def test_budget_returned_by_the_bureau_shows_the_reason_and_is_opened_again(planning, person):
    planning.budget()
    planning.put_state(Kind.BUDGET_UP2, State.RETURNED, "印刷费没有依据")
    _, editor = planning.budget_editor()
    assert "印刷费没有依据" in editor.band.text()
    assert not editor.session.editable()
    editor.reopen.click()
    planning.settle()
    document = planning.stored(Kind.BUDGET_UP2)[0]
    assert (document.state, document.head.revision) == (State.DRAFT, 2)
    editor.sheet().view.go_to(row_of(editor, LABOUR), "amount")
    person.enters("279000")
    planning.settle()
    assert planning.draft().lines[line_where(planning.draft(), SAND, LABOUR)].amount == Decimal("279000.00")
    assert "印刷费没有依据" in editor.band.text()


# -- how it looks


@pytest.mark.parametrize("size", [(1093, 557), (1366, 768), (1920, 1080)])
def test_nothing_is_clipped(planning, picture, size):
    planning.budget(over)
    window, editor = planning.budget_editor(*size)
    for form in TITLES:
        editor.show_form(form)
        planning.settle()
        assert clipped(window) == [], form
        picture(window, f"budget-{form}-{size[0]}")


def test_window_of_1366_shows_eighteen_rows_with_findings(planning):
    planning.budget(over)
    _, editor = planning.budget_editor()
    view = editor.sheet().view
    assert view.viewport().height() // view.rowHeight(0) >= 18
    last = view.columnViewportPosition(editor.sheet().content_model.column_of("change"))
    assert last + view.columnWidth(editor.sheet().content_model.column_of("change")) == view.viewport().width()


def test_inspector_opens_by_itself_on_wide_screens_and_by_f4_on_others(planning):
    planning.budget()
    _, editor = planning.budget_editor(1920, 1080)
    assert editor.inspector.isVisible()
    _, narrow = planning.budget_editor()
    assert not narrow.inspector.isVisible()
    narrow.toggle_inspector()
    assert narrow.inspector.isVisible()


def test_status_bar_says_the_sum_of_the_selection_in_words(planning):
    planning.budget()
    _, editor = planning.budget_editor()
    view = editor.sheet().view
    view.go_to(4, "amount")
    index = editor.sheet().content_model.index
    column = editor.sheet().content_model.column_of("amount")
    flags = view.selectionModel().SelectionFlag
    for row in (5, 6):
        view.selectionModel().select(index(row, column), flags.Select)
    left, right = editor.status()
    assert [(one.label, one.value) for one in left] == [
        ("求和", "3,070,000.00"), ("平均", "1,023,333.33"), ("计数", "3"), ("大写", "叁佰零柒万元整")]
    assert [one.label for one in right] == ["回车 →", "单位：元"]


def test_enter_can_be_turned_to_lead_down(planning, person):
    planning.budget()
    _, editor = planning.budget_editor()
    editor.direction.trigger()
    editor.sheet().view.go_to(0, "amount")
    person.enters("60000")
    assert editor.sheet().view.at() == (1, editor.sheet().content_model.column_of("amount"))
    assert editor.status()[1][0].label == "回车 ↓"


def test_models_keep_qts_rules(planning, qtmodeltester):
    planning.budget(over)
    _, editor = planning.budget_editor()
    qtmodeltester.check(editor.tree.model)
    for form in TITLES:
        if form != COVER:
            qtmodeltester.check(editor.sheets.sheet(form).model)


def test_five_thousand_lines_are_opened_edited_and_saved(planning, person):
    def many(draft):
        line = draft.lines[-1]
        extra = tuple(replace(line, line_id=f"x{at}", amount=Decimal("1.00"), ceiling=None) for at in range(5000))
        return replace(draft, lines=draft.lines + extra)

    planning.budget(many)
    _, editor = planning.budget_editor()
    sheet = editor.sheet()
    sheet.view.go_to(4000, "amount")
    person.enters("12")
    planning.settle()
    assert planning.draft().lines[sheet.source.place(4000)].amount == Decimal("12.00")
    assert len(sheet.content_model._looks) < 200  # only what is on the screen is computed


def test_mirrors_that_arrive_bring_new_choices_and_keep_the_form(planning):
    planning.budget()
    _, page = planning.budget_page()
    page.editor.show_form(INCOME)
    old = page.editor
    planning.do(lambda books: arrive(books, planning, library=False, version=4))
    planning.context.changed.emit("mirrors")
    planning.settle()
    assert page.editor is not old
    assert page.editor.form == INCOME
    assert page.editor.session.desk.versions["public"][0] == 4
