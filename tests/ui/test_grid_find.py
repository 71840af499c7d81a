"""查找 and 替换 over a table, by keyboard."""

from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop.ui.grid.filtering import ColumnFilter
from desktop.ui.grid.replace_dialog import ReplaceDialog
from desktop.ui.grid.sheet import Sheet
from desktop.ui.kit import typography
from tests.ui.budget_lines import CONTROL, SHIFT, Lines, copied, place, press
from tests.ui.conftest import clipped


def find(qtbot, sheet: Sheet, text: str) -> None:
    press(qtbot, sheet.view, Qt.Key.Key_F, CONTROL)
    qtbot.keyClicks(sheet.finder.field, text)
    qtbot.keyClick(sheet.finder.field, Qt.Key.Key_Return)


def replacing(sheet: Sheet) -> ReplaceDialog:
    return next(one for one in QApplication.topLevelWidgets() if isinstance(one, ReplaceDialog) and one.isVisible())


class TestFind:
    def test_initials_lead_to_the_next_hit_and_round(self, qtbot, sheet: Sheet) -> None:
        sheet.view.go_to(0, "name")
        find(qtbot, sheet, "lwf")
        assert place(sheet.view) == (1, "code")
        assert sheet.finder.count.text() == "1/2"
        qtbot.keyClick(sheet.finder.field, Qt.Key.Key_F3)
        assert place(sheet.view) == (4, "code")
        qtbot.keyClick(sheet.finder.field, Qt.Key.Key_Return)
        assert place(sheet.view) == (1, "code")
        qtbot.keyClick(sheet.finder.field, Qt.Key.Key_F3, SHIFT)
        assert place(sheet.view) == (4, "code")

    def test_f3_in_the_table_goes_on_while_the_bar_is_open(self, qtbot, sheet: Sheet) -> None:
        sheet.view.go_to(0, "name")
        find(qtbot, sheet, "30226")
        sheet.view.setFocus()
        press(qtbot, sheet.view, Qt.Key.Key_F3)
        assert place(sheet.view) == (4, "code")

    def test_escape_closes_and_gives_the_focus_back(self, qtbot, sheet: Sheet) -> None:
        sheet.view.go_to(0, "name")
        find(qtbot, sheet, "lwf")
        qtbot.keyClick(sheet.finder.field, Qt.Key.Key_Escape)
        assert not sheet.finder.isVisible()
        assert sheet.view.hasFocus()
        assert place(sheet.view) == (1, "code")

    def test_nothing_found_is_said(self, qtbot, sheet: Sheet) -> None:
        find(qtbot, sheet, "qqq")
        assert sheet.finder.count.text() == "没有找到"

    def test_only_rows_that_are_shown_are_searched(self, qtbot, sheet: Sheet) -> None:
        sheet.view.viewing.arranger.set_filter("now", ColumnFilter(most=Decimal(2)))
        find(qtbot, sheet, "lwf")
        assert sheet.finder.hits == [(1, 2)]

    def test_an_edit_takes_a_hit_away(self, qtbot, sheet: Sheet) -> None:
        find(qtbot, sheet, "lwf")
        sheet.model.enter([(1, "code", "30218")], "输入")
        qtbot.waitUntil(lambda: sheet.finder.hits == [(4, 2)])

    def test_a_bare_number_finds_an_amount(self, qtbot, sheet: Sheet) -> None:
        sheet.model.enter([(5, "now", "36500")], "输入")
        find(qtbot, sheet, "36500")
        assert place(sheet.view) == (5, "now")

    @pytest.mark.parametrize("points", [10, 13])
    def test_nothing_is_clipped(self, qtbot, sheet: Sheet, points: float) -> None:
        typography.set_base_size(points)
        sheet.resize(900, 400)
        find(qtbot, sheet, "lwf")
        assert clipped(sheet.finder) == []


class TestReplace:
    def open(self, qtbot, sheet: Sheet, wanted: str, new: str) -> ReplaceDialog:
        press(qtbot, sheet.view, Qt.Key.Key_H, CONTROL)
        dialog = replacing(sheet)
        dialog.wanted.setText(wanted)
        dialog.new.setText(new)
        return dialog

    def test_ticked_cells_are_replaced_in_one_step(self, qtbot, sheet: Sheet, lines: Lines) -> None:
        before = copied(lines)
        sheet.view.go_to(0, "name")
        dialog = self.open(qtbot, sheet, "项目1", "甲项目")
        assert [change.row for change in dialog.source.changes] == [3, 4, 5]
        dialog.list.setFocus()
        dialog.list.set_current(1, 1)
        qtbot.keyClick(dialog.list, Qt.Key.Key_Space)
        assert dialog.go.text() == "替换 2 格"
        dialog.go.click()
        assert [row["name"] for row in lines.rows[3:]] == ["甲项目", "项目1", "甲项目"]
        sheet.model.undo_stack.undo()
        assert copied(lines) == before

    def test_cells_that_cannot_be_changed_are_not_listed(self, qtbot, sheet: Sheet) -> None:
        sheet.view.go_to(0, "name")
        dialog = self.open(qtbot, sheet, "项目0", "x")
        assert [change.row for change in dialog.source.changes] == [0, 1]  # the name in row 2 is locked
        dialog.reject()

    def test_a_code_is_replaced_by_another(self, qtbot, sheet: Sheet, lines: Lines) -> None:
        sheet.view.go_to(0, "name")
        self.open(qtbot, sheet, "30226", "30227").go.click()
        assert [row["code"].code for row in lines.rows] == ["30218", "30227", "30227"] * 2

    def test_only_selected_cells_are_replaced_when_several_are(self, qtbot, sheet: Sheet, lines: Lines) -> None:
        sheet.view.go_to(3, "name")
        sheet.view.select_box(3, 1, 4, 1)
        dialog = self.open(qtbot, sheet, "项目", "事项")
        assert "只在选中的 2 格里找" in dialog.note.text()
        dialog.go.click()
        assert [row["name"] for row in lines.rows[3:]] == ["事项1", "事项1", "项目1"]

    def test_escape_changes_nothing(self, qtbot, sheet: Sheet, lines: Lines) -> None:
        before = copied(lines)
        dialog = self.open(qtbot, sheet, "项目", "x")
        qtbot.keyClick(dialog.new, Qt.Key.Key_Escape)
        assert not dialog.isVisible()
        assert copied(lines) == before

    @pytest.mark.parametrize("points", [10, 13])
    def test_nothing_is_clipped(self, qtbot, sheet: Sheet, points: float) -> None:
        typography.set_base_size(points)
        dialog = self.open(qtbot, sheet, "项目", "x")
        assert clipped(dialog) == []
        dialog.reject()
