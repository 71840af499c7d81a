"""What is done with a whole budget: operations on many lines, and its life through four hands."""

from dataclasses import replace
from decimal import Decimal

import pytest

from desktop.domain.document import Post, State
from desktop.domain.forms import cell
from desktop.domain.head import Kind
from desktop.ui.budget import operations
from desktop.ui.budget.findings import BASIC
from desktop.ui.documents import approval
from desktop.ui.documents.actions import Act
from desktop.usecases.hand_over import send_back
from tests.ui.payment_keys import CTRL, Key
from tests.ui.planning_fixture import LABOUR, PIN, SAND, answering, line_where, person, planning, row_of

__all__ = ["person", "planning"]


@pytest.fixture
def answers(monkeypatch):
    """Let the dialogs be answered by name; gives back what they said."""
    return answering(monkeypatch, approval, operations)


# -- operations


def test_last_years_amounts_are_one_undo_step_with_the_totals_said_before(planning, person, answers):
    made = planning.budget()
    said = answers(ask="go")
    _, editor = planning.budget_editor()
    editor.tools.last_year.click()
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
    editor.tools.bulk.click()
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
    assert [view.sheet.shown_row(row) >= 0 for row in range(5)] == [False] * 4 + [True]
    assert editor.strip.rows.text() == "22 行，收起 4 行"
    view.go_to(4, "amount")
    person.enters("1")
    planning.settle()
    person.presses_key(Key.Key_Z, CTRL)
    planning.settle()
    assert editor.sheet().source.line(4).amount == Decimal("1200000.00")
    editor.strip.filter.click()
    assert view.sheet.shown_row(0) == 0


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
    editor.tools.steps.buttons[Act.PRESENT].click()
    planning.settle()
    assert planning.stored(Kind.BUDGET_UP2)[0].state is State.PRESENTED
    assert "已送复核" in editor.band.text()
    assert editor.sheet().content_model.flags(editor.sheet().content_model.index(0, 8)).value & 2 == 0
    planning.sit("batu")
    assert not any(button.isVisible() for button in editor.tools.steps.buttons.values())
    for who, act, state in (("liqiang", Act.CHECK, State.CHECKED), ("wangzhiyuan", Act.SIGN, State.SIGNED)):
        planning.sit(who)
        assert "请核对内容" in editor.band.text()
        assert not editor.tools.audit.isVisible()
        editor.tools.steps.buttons[act].click()
        planning.settle()
        assert planning.stored(Kind.BUDGET_UP2)[0].state is state
    document = planning.stored(Kind.BUDGET_UP2)[0]
    assert [mark.role for mark in document.signatures] == [Post.CHECKER, Post.SIGNER]
    assert document.content == made


def test_wrong_pin_is_asked_again_with_the_tries_that_are_left(planning, answers):
    planning.budget()
    said = answers(ask_secret=["000000", PIN])
    _, editor = planning.budget_editor()
    editor.tools.steps.buttons[Act.PRESENT].click()
    planning.settle()
    planning.sit("liqiang")
    editor.tools.steps.buttons[Act.CHECK].click()
    planning.settle()
    assert "4" in said[1][1]
    assert "口令" in said[1][1]
    assert planning.stored(Kind.BUDGET_UP2)[0].state is State.CHECKED


def test_checker_gives_back_with_a_reason_that_the_maker_sees(planning, answers):
    planning.budget()
    answers(ask_text="控制数文号不对。")
    _, editor = planning.budget_editor()
    editor.tools.steps.buttons[Act.PRESENT].click()
    planning.settle()
    planning.sit("liqiang")
    editor.tools.steps.buttons[Act.SEND_BACK].click()
    planning.settle()
    planning.sit("zhangli")
    assert "控制数文号不对" in editor.band.text()
    assert editor.session.editable()


def test_maker_takes_back_what_was_handed_over(planning, answers):
    planning.budget()
    answers(ask="go")
    _, editor = planning.budget_editor()
    editor.tools.steps.buttons[Act.PRESENT].click()
    planning.settle()
    editor.tools.steps.buttons[Act.RECALL].click()
    planning.settle()
    assert planning.stored(Kind.BUDGET_UP2)[0].state is State.DRAFT
    assert editor.session.editable()


def test_budget_with_open_warnings_is_not_handed_over(planning):
    planning.budget(lambda draft: replace(draft, acknowledgements=()))
    _, editor = planning.budget_editor()
    editor.tools.steps.buttons[Act.PRESENT].click()
    planning.settle()
    assert planning.stored(Kind.BUDGET_UP2)[0].state is State.DRAFT
    assert "说明" in planning.said[0]
    assert editor.sheet().view.at()[0] == row_of(editor, "30202", "退化草原生态修复治理")


def test_step_waits_until_what_was_typed_is_saved(planning, person):
    planning.budget()
    _, editor = planning.budget_editor()
    editor.sheet().view.go_to(row_of(editor, LABOUR), "amount")
    person.enters("279000")
    editor.tools.steps.buttons[Act.PRESENT].click()
    planning.settle()
    document = planning.stored(Kind.BUDGET_UP2)[0]
    # Income and expenditure no longer balance: the rules of the saved content keep it back.
    assert document.state is State.DRAFT
    assert document.content.lines[line_where(document.content, SAND, LABOUR)].amount == Decimal("279000.00")


def test_nothing_can_be_typed_while_a_step_is_taken(planning, person):
    made = planning.budget()
    _, editor = planning.budget_editor()
    editor.tools.steps.buttons[Act.PRESENT].click()
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
    editor.tools.steps.buttons[Act.PRESENT].click()
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
    assert not any(button.isVisible() for button in editor.tools.steps.buttons.values())
    assert not editor.tools.calculate.isVisible()


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
