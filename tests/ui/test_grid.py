"""The grid under the user's hands: blocks, selection, lists, rows that come and go."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QWidget

from desktop.ui.grid.columns import ColumnSpec
from desktop.ui.grid.menu import sheet_menu
from desktop.ui.grid.model import SheetModel
from desktop.ui.grid.sheet import Sheet
from desktop.ui.grid.view import SheetView
from tests.ui.budget_lines import CODES, COLUMNS, CONTROL, SHIFT, Lines, copied, enter, place, press, select


class TestBlocks:
    def test_a_copied_block_is_plain_text_with_tabs(self, qtbot, sheet: Sheet) -> None:
        select(sheet.view, 0, "code", 1, "now")
        press(qtbot, sheet.view, Qt.Key.Key_C, CONTROL)
        assert QGuiApplication.clipboard().text() == "30218\t0\t0\r\n30226\t100\t1\r\n"

    def test_a_pasted_block_skips_locked_cells_and_is_one_undo_step(self, qtbot, sheet: Sheet, lines: Lines) -> None:
        before = copied(lines)
        QGuiApplication.clipboard().setText("30227\t9\t1,500\n30218\t9\t2,500\n")
        sheet.view.go_to(0, "code")
        with qtbot.waitSignal(sheet.model.pasted) as signal:
            press(qtbot, sheet.view, Qt.Key.Key_V, CONTROL)
        report = signal.args[0]
        assert (report.written, len(report.skipped), report.marked, report.added) == (4, 2, 0, 0)
        assert [row["now"] for row in lines.rows[:2]] == [Decimal(1500), Decimal(2500)]
        assert lines.rows[0]["code"] == CODES[2]
        press(qtbot, sheet.view, Qt.Key.Key_Z, CONTROL)
        assert copied(lines) == before
        press(qtbot, sheet.view, Qt.Key.Key_Y, CONTROL)
        assert lines.rows[1]["now"] == Decimal(2500)

    def test_a_block_below_the_last_row_adds_rows_and_undo_takes_them_away(self, qtbot, sheet: Sheet,
                                                                           lines: Lines) -> None:
        QGuiApplication.clipboard().setText("1\n2\n3")
        sheet.view.go_to(5, "now")
        press(qtbot, sheet.view, Qt.Key.Key_V, CONTROL)
        assert [row["now"] for row in lines.rows[5:]] == [Decimal(1), Decimal(2), Decimal(3)]
        press(qtbot, sheet.view, Qt.Key.Key_Z, CONTROL)
        assert len(lines.rows) == 6
        assert lines.rows[5]["now"] == Decimal(5)

    def test_one_value_fills_the_selection(self, qtbot, sheet: Sheet, lines: Lines) -> None:
        QGuiApplication.clipboard().setText("8")
        select(sheet.view, 0, "now", 3, "now")
        press(qtbot, sheet.view, Qt.Key.Key_V, CONTROL)
        assert [row["now"] for row in lines.rows] == [Decimal(8)] * 4 + [Decimal(4), Decimal(5)]

    def test_delete_clears_the_selection_in_one_step(self, qtbot, sheet: Sheet, lines: Lines) -> None:
        select(sheet.view, 0, "last", 2, "now")
        press(qtbot, sheet.view, Qt.Key.Key_Delete)
        assert [row["now"] for row in lines.rows[:4]] == [None, None, None, Decimal(3)]
        assert lines.rows[1]["last"] == Decimal(100)
        assert sheet.model.undo_stack.count() == 1

    def test_control_d_fills_down(self, qtbot, sheet: Sheet, lines: Lines) -> None:
        lines.rows[1]["code"] = CODES[2]
        select(sheet.view, 1, "code", 3, "now")
        press(qtbot, sheet.view, Qt.Key.Key_D, CONTROL)
        assert [(row["code"], row["now"]) for row in lines.rows[1:4]] == [(CODES[2], Decimal(1))] * 3

    def test_control_enter_writes_the_current_value_into_the_selection(self, qtbot, sheet: Sheet, lines: Lines) -> None:
        select(sheet.view, 3, "now", 5, "now")
        press(qtbot, sheet.view, Qt.Key.Key_Return, CONTROL)
        assert [row["now"] for row in lines.rows[3:]] == [Decimal(3)] * 3

    def test_typing_in_the_last_line_adds_a_row(self, qtbot, sheet: Sheet, lines: Lines) -> None:
        sheet.view.go_to(6, "name")
        enter(qtbot, sheet.view, "new")
        press(qtbot, sheet.view, Qt.Key.Key_Return)
        assert lines.rows[6]["name"] == "new"
        assert place(sheet.view) == (6, "code")
        assert sheet.model.rowCount() == 8

    def test_space_ticks(self, qtbot, sheet: Sheet, lines: Lines) -> None:
        sheet.view.go_to(1, "bought")
        press(qtbot, sheet.view, Qt.Key.Key_Space)
        assert lines.rows[1]["bought"] is True

    @settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(row=st.integers(0, 6), first=st.integers(1, 7), data=st.data())
    def test_any_paste_is_counted_and_undone_by_one_step(self, qapp: QApplication, row: int, first: int,
                                                         data: st.DataObject) -> None:
        wide = data.draw(st.integers(1, 9))
        cell = st.one_of(st.just(""), st.sampled_from(["30226", "lwf", "12.5", "=2*3", "x", "1,000", "-4", "是"]),
                         st.text(st.characters(min_codepoint=32, max_codepoint=0x9FFF), max_size=6))
        block = data.draw(st.lists(st.lists(cell, min_size=wide, max_size=wide), min_size=1, max_size=5))
        lines = Lines(6, grows=data.draw(st.booleans()))
        model, before = SheetModel(COLUMNS, lines), copied(lines)
        report = model.paste(row, list(range(first, len(COLUMNS))), block)
        assert report.written + len(report.skipped) == len(block) * wide
        assert len(lines.rows) == 6 + report.added
        assert len(model.drafts()) == report.marked
        assert model.undo_stack.count() == (1 if report.written else 0)
        assert [line["last"] for line in lines.rows[:6]] == [line["last"] for line in before]
        after = copied(lines)
        model.undo_stack.undo()
        assert copied(lines) == before
        assert model.drafts() == []
        model.undo_stack.redo()
        assert copied(lines) == after


class TestSelection:
    def test_the_selection_is_summed_up(self, qtbot, sheet: Sheet) -> None:
        with qtbot.waitSignal(sheet.view.statistics_changed,
                              check_params_cb=lambda found: found.count == 3) as signal:
            select(sheet.view, 1, "now", 3, "now")
        assert signal.args[0].total == Decimal(6)
        assert signal.args[0].mean == Decimal(2)

    def test_control_arrow_goes_to_the_edge(self, qtbot, sheet: Sheet) -> None:
        sheet.view.go_to(0, "code")
        press(qtbot, sheet.view, Qt.Key.Key_Down, CONTROL)
        assert place(sheet.view) == (5, "code")

    def test_the_current_cell_is_told(self, qtbot, sheet: Sheet) -> None:
        with qtbot.waitSignal(sheet.view.current_changed) as signal:
            sheet.view.go_to(3, "now")
        assert signal.args == [3, "now"]

    def test_a_cell_beside_the_frozen_columns_scrolls_out_from_under_them(self, qtbot, sheet: Sheet) -> None:
        sheet.view.go_to(0, "note")
        sheet.view.go_to(0, "code")
        box = sheet.view.visualRect(sheet.view.currentIndex())
        assert box.left() >= sheet.view.frozen_width()

    def test_leaving_at_the_end_is_told(self, qtbot, lines: Lines) -> None:
        lines.grows = False
        model = SheetModel(COLUMNS, lines)
        view = SheetView(model)
        qtbot.addWidget(view)
        view.show()
        view.go_to(5, "note")
        with qtbot.waitSignal(view.walked_out) as signal:
            view.walk(1)
        assert signal.args == [1]


class TestLists:
    @pytest.fixture
    def table(self, qtbot, lines: Lines) -> SheetView:
        lines.grows = False
        view = SheetView(SheetModel((ColumnSpec("bought", "", "check", 36, editable=True), *COLUMNS[1:]), lines),
                         lists=True)
        qtbot.addWidget(view)
        with qtbot.waitActive(view):
            view.show()
            view.activateWindow()
        view.setFocus()
        return view

    def test_enter_opens_and_typing_changes_nothing(self, qtbot, table: SheetView, lines: Lines) -> None:
        before = copied(lines)
        table.go_to(2, "name")
        enter(qtbot, table, "xyz")
        with qtbot.waitSignal(table.opened) as signal:
            press(qtbot, table, Qt.Key.Key_Return)
        assert signal.args == [2]
        assert copied(lines) == before

    def test_space_ticks_all_selected_rows(self, qtbot, table: SheetView, lines: Lines) -> None:
        select(table, 1, "name", 3, "name")
        table.selectRow(1)
        press(qtbot, table, Qt.Key.Key_Down, SHIFT)
        press(qtbot, table, Qt.Key.Key_Space)
        assert [row["bought"] for row in lines.rows[:4]] == [False, True, True, False]

    def test_the_box_in_the_head_ticks_all_and_then_none(self, qtbot, table: SheetView, lines: Lines) -> None:
        for on in (True, False):
            qtbot.mouseClick(table.head.viewport(), Qt.MouseButton.LeftButton,
                             pos=QPoint(18, 14))
            assert all(row["bought"] is on for row in lines.rows)


class TestModel:
    def test_rows_that_come_and_go_keep_the_rules_of_qt(self, qtbot, lines: Lines) -> None:
        model = SheetModel(COLUMNS, lines)
        QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
        model.enter([(6, "name", "甲"), (7, "name", "乙")], "粘贴")
        model.undo_stack.undo()
        model.undo_stack.redo()
        lines.rows.clear()
        model.reload()
        assert model.rowCount() == 1

    def test_removed_lines_come_back_as_they_were(self, qtbot, lines: Lines) -> None:
        model, before = SheetModel(COLUMNS, lines), copied(lines)
        QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
        model.enter([(3, "now", "x")], "输入")
        assert model.remove_rows([1, 3, 5, 6]) == 3
        assert [row["now"] for row in lines.rows] == [Decimal(0), Decimal(2), Decimal(4)]
        model.undo_stack.undo()
        assert [row["now"] for row in lines.rows] == [row["now"] for row in before]
        assert [entry[:2] for entry in model.drafts()] == [(3, "now")]

    def test_the_menu_removes_the_selected_lines_and_names_what_undo_does(self, qtbot, sheet: Sheet,
                                                                          lines: Lines) -> None:
        select(sheet.view, 1, "name", 2, "code")
        menu = sheet_menu(sheet.view, sheet.view.blocks)
        {action.text(): action for action in menu.actions()}["删除选中的行"].trigger()
        assert [row["now"] for row in lines.rows] == [Decimal(0), Decimal(3), Decimal(4), Decimal(5)]
        menu = sheet_menu(sheet.view, sheet.view.blocks)
        {action.text(): action for action in menu.actions()}["撤销 删除 2 行"].trigger()
        assert len(lines.rows) == 6

    def test_a_width_that_the_user_chose_stays(self, qtbot, sheet: Sheet) -> None:
        at = sheet.model.column_of("name")
        sheet.view.head.resizeSection(at, 222)
        sheet.resize(900, 300)
        assert sheet.view.columnWidth(at) == sheet.view.frozen.columnWidth(at) == 222
        assert sheet.view.widths() == {"name": 222}
        sheet.view.set_widths({})
        assert sheet.view.columnWidth(at) == 150

    def test_the_total_is_asked_again_after_a_change(self, qtbot, sheet: Sheet, lines: Lines) -> None:
        with qtbot.waitSignal(sheet.model.edited):
            sheet.model.enter([(0, "now", "10")], "输入")
        assert lines.total("now") == Decimal(25)

    def test_a_repeated_name_is_grey(self, sheet: Sheet) -> None:
        name = sheet.model.column_of("name")
        assert [sheet.model.look(row, name).tone for row in range(4)] == ["text", "dis", "dis", "text"]

    def test_columns_fold_in_a_narrow_window_and_the_rest_is_shared_out(self, qtbot, lines: Lines) -> None:
        columns = (*COLUMNS, ColumnSpec("gov", "政府经济分类", width=60, fold_below=1500))
        view = SheetView(SheetModel(columns, lines), frozen=2)
        qtbot.addWidget(view)
        view.resize(1100, 300)
        view.show()
        assert view.isColumnHidden(len(columns) - 1)
        assert sum(view.columnWidth(at) for at in view.columns()) == view.viewport().width()
        view.resize(1600, 300)
        qtbot.waitUntil(lambda: not view.isColumnHidden(len(columns) - 1))

    def test_five_thousand_rows_read_only_what_is_seen(self, qtbot) -> None:
        class Counted(Lines):
            asked = 0

            def value(self, row: int, key: str) -> object:
                Counted.asked += 1
                return super().value(row, key)

        sheet = Sheet(SheetModel(COLUMNS, Counted(5000)), frozen=2)
        qtbot.addWidget(sheet)
        sheet.resize(900, 400)
        sheet.show()
        qtbot.waitExposed(sheet)
        assert Counted.asked < 2000


def test_a_sheet_of_every_kind_of_cell_is_drawn(qtbot, sheet: Sheet, picture: Callable[[QWidget, str], None]) -> None:
    sheet.model.enter([(0, "now", "-5"), (1, "now", "x"), (2, "bought", True)], "输入")
    picture(sheet, "sheet")
    shot = sheet.grab().toImage()
    places = [(x, y) for x in range(0, shot.width(), 3) for y in range(0, shot.height(), 3)]
    assert len({shot.pixelColor(x, y).name() for x, y in places}) > 8


def test_a_held_modifier_keeps_no_old_selection_when_a_cell_is_gone_to(qtbot, sheet: Sheet) -> None:
    sheet.view.go_to(0, "name")
    QTest.keyPress(sheet.view, Qt.Key.Key_Control)
    sheet.view.go_to(1, "now")
    QTest.keyRelease(sheet.view, Qt.Key.Key_Control)
    chosen = [(at.row(), at.column()) for at in sheet.view.selectionModel().selectedIndexes()]
    assert chosen == [(1, sheet.model.column_of("now"))]
