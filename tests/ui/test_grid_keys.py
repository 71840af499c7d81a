"""Typing into the grid: what the keys do, what cannot be read, how codes are found."""

from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication

from desktop.ui.grid.cursor import DOWNWARDS
from desktop.ui.grid.model import SheetModel
from desktop.ui.grid.sheet import Sheet
from desktop.ui.kit.buttons import Button
from tests.ui.budget_lines import CODES, COLUMNS, SHIFT, Lines, copied, enter, place, press
from tests.ui.conftest import type_text


class TestTyping:
    def test_typing_replaces_and_enter_goes_to_the_next_cell_to_fill(self, qtbot, sheet: Sheet, lines: Lines) -> None:
        sheet.view.go_to(1, "now")
        enter(qtbot, sheet.view, "=1200*12")
        press(qtbot, sheet.view, Qt.Key.Key_Return)
        assert lines.rows[1]["now"] == Decimal("14400.00")
        assert place(sheet.view) == (1, "bought")

    def test_enter_at_the_end_of_a_row_goes_to_the_first_cell_of_the_next(self, qtbot, sheet: Sheet) -> None:
        sheet.view.go_to(0, "note")
        press(qtbot, sheet.view, Qt.Key.Key_Return)
        assert place(sheet.view) == (1, "name")

    def test_enter_passes_a_cell_that_is_locked(self, qtbot, sheet: Sheet) -> None:
        sheet.view.go_to(1, "note")
        press(qtbot, sheet.view, Qt.Key.Key_Return)
        assert place(sheet.view) == (2, "code")

    def test_shift_enter_goes_back(self, qtbot, sheet: Sheet) -> None:
        sheet.view.go_to(1, "name")
        press(qtbot, sheet.view, Qt.Key.Key_Return, SHIFT)
        assert place(sheet.view) == (0, "note")

    def test_enter_goes_down_when_the_user_chose_so_but_tab_goes_right(self, qtbot, sheet: Sheet) -> None:
        sheet.view.set_direction(DOWNWARDS)
        sheet.view.go_to(0, "now")
        press(qtbot, sheet.view, Qt.Key.Key_Return)
        assert place(sheet.view) == (1, "now")
        press(qtbot, sheet.view, Qt.Key.Key_Tab)
        assert place(sheet.view) == (1, "bought")

    def test_tab_in_the_editor_keeps_what_was_typed(self, qtbot, sheet: Sheet, lines: Lines) -> None:
        sheet.view.go_to(0, "note")
        enter(qtbot, sheet.view, "abc")
        press(qtbot, sheet.view, Qt.Key.Key_Tab)
        assert lines.rows[0]["note"] == "abc"

    def test_escape_restores(self, qtbot, sheet: Sheet, lines: Lines) -> None:
        sheet.view.go_to(3, "now")
        enter(qtbot, sheet.view, "99")
        press(qtbot, sheet.view, Qt.Key.Key_Escape)
        assert lines.rows[3]["now"] == Decimal(3)
        assert not sheet.model.undo_stack.canUndo()

    def test_f2_edits_at_the_end_of_what_is_there(self, qtbot, sheet: Sheet, lines: Lines) -> None:
        sheet.view.go_to(0, "name")
        press(qtbot, sheet.view, Qt.Key.Key_F2)
        enter(qtbot, sheet.view, "x")
        press(qtbot, sheet.view, Qt.Key.Key_Return)
        assert lines.rows[0]["name"] == "项目0x"

    def test_arrows_leave_an_editor_opened_by_typing(self, qtbot, sheet: Sheet, lines: Lines) -> None:
        sheet.view.go_to(3, "now")
        enter(qtbot, sheet.view, "7")
        press(qtbot, sheet.view, Qt.Key.Key_Down)
        assert lines.rows[3]["now"] == Decimal(7)
        assert place(sheet.view) == (4, "now")

    def test_arrows_move_the_caret_in_an_editor_opened_by_f2(self, qtbot, sheet: Sheet, lines: Lines) -> None:
        sheet.view.go_to(0, "name")
        press(qtbot, sheet.view, Qt.Key.Key_F2)
        press(qtbot, sheet.view, Qt.Key.Key_Left)
        enter(qtbot, sheet.view, "x")
        press(qtbot, sheet.view, Qt.Key.Key_Return)
        assert lines.rows[0]["name"] == "项目x0"

    def test_the_first_key_of_an_input_method_is_not_lost(self, qtbot, sheet: Sheet, lines: Lines) -> None:
        for row, key in ((0, "note"), (1, "name")):          # a free column and a frozen one
            sheet.view.go_to(row, key)
            composing = QInputMethodEvent("w", [])
            QApplication.sendEvent(sheet.view, composing)
            type_text(sheet.view, "维修")
            press(qtbot, sheet.view, Qt.Key.Key_Return)
            assert lines.rows[row][key] == "维修"

    def test_two_dots_copy_the_cell_above_and_two_slashes_the_first(self, qtbot, sheet: Sheet, lines: Lines) -> None:
        lines.rows[0]["note"], lines.rows[3]["note"] = "首行", "上行"
        for row, typed in ((4, ".."), (5, "//")):
            sheet.view.go_to(row, "note")
            enter(qtbot, sheet.view, typed)
            press(qtbot, sheet.view, Qt.Key.Key_Return)
        assert (lines.rows[4]["note"], lines.rows[5]["note"]) == ("上行", "首行")

    def test_a_frozen_cell_is_edited_where_it_is_seen(self, qtbot, sheet: Sheet, lines: Lines) -> None:
        sheet.view.horizontalScrollBar().setValue(200)
        sheet.view.go_to(1, "name")
        enter(qtbot, sheet.view, "x")
        editor = QApplication.focusWidget()
        assert sheet.view.frozen.viewport().rect().contains(editor.geometry().center())
        press(qtbot, sheet.view, Qt.Key.Key_Return)
        assert lines.rows[1]["name"] == "x"


    def test_a_shortcut_commits_an_open_cell_and_gives_the_focus_back(self, qtbot, sheet: Sheet, lines: Lines) -> None:
        heard: list[object] = []
        button = Button("审核", "flat", "shield", "F8", parent=sheet)
        button.clicked.connect(lambda: heard.append(lines.rows[1]["now"]))
        button.show()
        sheet.view.go_to(1, "now")
        enter(qtbot, sheet.view, "77")
        press(qtbot, sheet.view, Qt.Key.Key_F8)
        assert heard == [Decimal(77)]
        assert sheet.view.hasFocus()


class TestWrongValues:
    def test_what_cannot_be_read_stays_marked_and_never_reaches_the_source(self, qtbot, sheet: Sheet,
                                                                           lines: Lines) -> None:
        sheet.view.go_to(1, "now")
        enter(qtbot, sheet.view, "12x")
        with qtbot.waitSignal(sheet.model.refused):
            press(qtbot, sheet.view, Qt.Key.Key_Return)
        look = sheet.model.look(1, sheet.model.column_of("now"))
        assert (look.text, look.mark.level) == ("12x", "error")
        assert lines.rows[1]["now"] == Decimal(1)
        assert [entry[:2] for entry in sheet.model.drafts()] == [(1, "now")]

    def test_what_the_source_refuses_stays_with_its_reason(self, qtbot, sheet: Sheet, lines: Lines) -> None:
        sheet.view.go_to(1, "now")
        enter(qtbot, sheet.view, "2000000")
        press(qtbot, sheet.view, Qt.Key.Key_Return)
        assert sheet.model.drafts() == [(1, "now", "超过控制数")]
        sheet.view.go_to(1, "now")
        enter(qtbot, sheet.view, "5")
        press(qtbot, sheet.view, Qt.Key.Key_Return)
        assert sheet.model.drafts() == []

    @pytest.mark.parametrize(("row", "key", "reason"), [
        (0, "more", "由公式算出，不能直接填写"), (0, "last", "由财政下达或系统带出，不能修改"),
        (2, "name", "结转项目不能改名"),
    ])
    def test_a_locked_cell_says_why_when_typed_into(self, qtbot, sheet: Sheet, lines: Lines, row: int, key: str,
                                                    reason: str) -> None:
        before = copied(lines)
        sheet.view.go_to(row, key)
        enter(qtbot, sheet.view, "5")
        assert sheet.view.bubble.isVisible()
        assert sheet.view.bubble.text() == reason
        assert place(sheet.view) == (row, key)
        assert copied(lines) == before

    def test_moving_away_takes_the_bubble_away(self, qtbot, sheet: Sheet) -> None:
        sheet.view.go_to(0, "more")
        enter(qtbot, sheet.view, "5")
        press(qtbot, sheet.view, Qt.Key.Key_Left)
        assert not sheet.view.bubble.isVisible()


class TestCodes:
    def test_initials_find_a_code_and_enter_takes_it(self, qtbot, sheet: Sheet, lines: Lines) -> None:
        sheet.view.go_to(0, "code")
        enter(qtbot, sheet.view, "wt")
        press(qtbot, sheet.view, Qt.Key.Key_Return)
        assert lines.rows[0]["code"] == CODES[2]
        assert place(sheet.view) == (0, "now")

    def test_alt_down_opens_the_whole_list(self, qtbot, sheet: Sheet, lines: Lines) -> None:
        sheet.view.go_to(0, "code")
        press(qtbot, sheet.view, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
        press(qtbot, sheet.view, Qt.Key.Key_Down)
        press(qtbot, sheet.view, Qt.Key.Key_Return)
        assert lines.rows[0]["code"] == CODES[1]

    def test_an_unknown_code_stays_marked(self, qtbot, sheet: Sheet) -> None:
        sheet.view.go_to(0, "code")
        enter(qtbot, sheet.view, "99")
        press(qtbot, sheet.view, Qt.Key.Key_Return)
        assert [entry[:2] for entry in sheet.model.drafts()] == [(0, "code")]



def test_a_sheet_that_gets_the_keyboard_stands_on_the_first_cell_to_type_into(qtbot) -> None:
    fresh = Sheet(SheetModel(COLUMNS, Lines(3)))
    qtbot.addWidget(fresh)
    fresh.show()
    fresh.view.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(fresh.view.hasFocus)
    at = fresh.view.currentIndex()
    assert fresh.view.sheet.editable(at.row(), at.column())
