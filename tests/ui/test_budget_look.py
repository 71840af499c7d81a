"""How the budget looks: sizes, columns, panels, status bar, models."""

from dataclasses import replace
from decimal import Decimal

import pytest

from desktop.ui.budget.findings import COVER, INCOME
from desktop.ui.budget.overview import TITLES
from desktop.ui.kit.typography import set_base_size
from tests.ui.conftest import clipped
from tests.ui.planning_fixture import arrive, over, person, planning

__all__ = ["person", "planning"]


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


@pytest.mark.parametrize("size", [(1093, 557), (1366, 697), (1920, 1040)])
def test_nothing_is_clipped_with_the_largest_type(planning, size):
    planning.budget(over)
    set_base_size(13.0)
    window, editor = planning.budget_editor(*size)
    for form in TITLES:
        editor.show_form(form)
        planning.settle()
        assert clipped(window) == [], form


def test_tight_window_keeps_everything_in_the_menu(planning):
    planning.budget()
    set_base_size(13.0)
    _, editor = planning.budget_editor(1093, 557)
    words = [action.text() for action in editor.tools.more.menu.actions() if action.isVisible()]
    assert {"运算", "取上年数", "批量调整", "只看有数行", "按万元查看"} <= set(words)
    editor.tools._view[1].trigger()
    assert editor.sheets.in_wan
    assert "按元查看" in editor.tools._view[1].text()


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
        ("求和", "3,070,000.00"), ("平均", "1,023,333.33"), ("计数", "3"), ("大写", "叁佰零柒万元整"),
        ("最小", "420,000.00"), ("最大", "1,450,000.00")]
    assert [one.label for one in right] == ["单位：元"]


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
