"""What helps while a budget is typed: formulas with numbers, the tree of codes, the guard over the unit of money."""

import pytest
from PySide6.QtGui import QGuiApplication

from desktop.ui.budget.inspection import sections
from desktop.ui.grid import blocks
from desktop.ui.grid.code_tree import Codes, CodeTreeDialog
from desktop.ui.kit.labels import Label
from tests.ui.payment_keys import CTRL, Key
from tests.ui.planning_fixture import LABOUR, person, planning, row_of

__all__ = ["person", "planning"]


def test_a_formula_is_shown_with_the_numbers_of_its_row(planning):
    planning.budget()
    _, editor = planning.budget_editor()
    sheet, row = editor.sheet(), row_of(editor, LABOUR)
    line = sheet.source.line(row)
    told = sheet.source.formula(row, "change")
    assert told.words == "本年申报数 − 上年执行数"
    assert told.filled == f"{line.amount:,.2f} − {line.last_year:,.2f}"
    made = sections(editor.session, sheet.source, editor.findings, row, "change")
    texts = [label.text() for section in made for label in section.findChildren(Label)]
    assert f"＝{told.filled}" in texts
    assert sheet.source.formula(row, "amount") is None


def test_the_tree_of_a_classification_offers_every_leaf_of_the_list(planning, person, monkeypatch: pytest.MonkeyPatch):
    planning.budget()
    _, editor = planning.budget_editor()
    sheet = editor.sheet()
    seen: list[Codes] = []

    def look(dialog: CodeTreeDialog) -> int:
        seen.append(dialog.codes)
        dialog.search.setText(LABOUR)
        dialog.take()
        return 1

    monkeypatch.setattr(CodeTreeDialog, "exec", look)
    sheet.view.go_to(0, "economic")
    person.presses_key(Key.Key_F7)
    leaves = {row.code for row in editor.session.desk.leaves("DEPT_ECONOMIC")}
    assert {code for code in seen[0].by_code if seen[0].is_leaf(code)} == leaves
    assert seen[0].path(LABOUR) != ""
    assert sheet.source.line(0).dept_economic_code == LABOUR


def test_amounts_in_the_wrong_unit_are_asked_about(planning, person, monkeypatch: pytest.MonkeyPatch):
    planning.budget()
    _, editor = planning.budget_editor()
    sheet, asked = editor.sheet(), []
    row = next(at for at in range(sheet.source.row_count()) if sheet.source.line(at).last_year >= 10_000)
    usual = sheet.source.line(row).last_year
    monkeypatch.setattr(blocks, "ask", lambda title, *_, **__: (asked.append(title), "convert")[1])
    QGuiApplication.clipboard().setText(f"{usual / 10_000:.2f}")
    sheet.view.go_to(row, "amount")
    person.presses_key(Key.Key_V, CTRL)
    assert asked == ["粘贴的数可能差了单位"]
    assert abs(sheet.source.line(row).amount - usual) <= 50
