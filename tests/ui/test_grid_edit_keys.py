"""Filling, Ctrl+Enter, today, phrases, recent codes, the calculator and the tree, by their keys."""

import datetime
from decimal import Decimal

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtGui import QInputMethodEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.ui.grid.calculator import Calculator
from desktop.ui.grid.code_tree import Codes, CodeTreeDialog
from desktop.ui.grid.columns import CodeNode, ColumnSpec
from desktop.ui.grid.day_picker import DayPicker
from desktop.ui.grid.formula import formula, result
from desktop.ui.grid.menu import sheet_menu
from desktop.ui.grid.model import SheetModel
from desktop.ui.grid.recent import Recent, hits
from desktop.ui.grid.series import copies, series
from desktop.ui.grid.sheet import Sheet
from desktop.ui.kit.choices import Choice, finder
from desktop.ui.kit.notes import FleetingNotes
from desktop.ui.kit.theme import apply_theme
from tests.ui.budget_lines import CODES, CONTROL, Lines, copied, enter, place, press, select
from tests.ui.conftest import type_text

DAY = datetime.date
NODES = (CodeNode("302", "商品和服务支出", "", "sphfwzc"), CodeNode("30218", "专用材料费", "302", "zyclf"),
         CodeNode("30226", "劳务费", "302", "lwf"), CodeNode("303", "对个人和家庭的补助", "", "dgrhjtdbz"),
         CodeNode("30305", "生活补助", "303", "shbz"))
WIDE = (
    ColumnSpec("name", "项目名称", editable=True, phrases=("购置办公用品", "支付劳务费")),
    ColumnSpec("code", "部门经济分类", "code", 150, editable=True, choices=finder(CODES), tree=lambda: NODES),
    ColumnSpec("last", "上年执行数", "amount", tint="ro"),
    ColumnSpec("now", "本年申报数", "amount", 120, editable=True, refs=True),
    ColumnSpec("note", "日期", "date", editable=True, year=2026, month=11),
    ColumnSpec("bought", "号码", "digits", editable=True),
)


@pytest.fixture
def wide(qtbot, lines: Lines) -> Sheet:
    for row in lines.rows:
        row["note"], row["bought"] = None, ""
    made = Sheet(SheetModel(WIDE, lines))
    qtbot.addWidget(made)
    made.resize(820, 300)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.view.setFocus()
    return made


class TestFilling:
    def test_control_r_fills_right_and_a_text_in_a_column_of_numbers_stays_marked(self, qtbot, wide: Sheet,
                                                                                 lines: Lines) -> None:
        lines.rows[0]["name"] = "12.5"
        select(wide.view, 0, "name", 1, "now")
        press(qtbot, wide.view, Qt.Key.Key_R, CONTROL)
        assert lines.rows[0]["now"] == Decimal("12.50")
        assert [draft[:2] for draft in wide.model.drafts()] == [(0, "code"), (1, "code"), (1, "now")]
        press(qtbot, wide.view, Qt.Key.Key_Z, CONTROL)
        assert wide.model.drafts() == []

    def test_control_enter_in_an_open_cell_writes_to_all_selected_in_one_step(self, qtbot, wide: Sheet,
                                                                            lines: Lines) -> None:
        before = copied(lines)
        select(wide.view, 1, "now", 4, "now")
        enter(qtbot, wide.view, "=3*4")
        press(qtbot, wide.view, Qt.Key.Key_Return, CONTROL)
        assert [row["now"] for row in lines.rows] == [0, 12, 12, 12, 12, 5]
        assert wide.model.undo_text() == "撤销 填充 4 格"
        press(qtbot, wide.view, Qt.Key.Key_Z, CONTROL)
        assert copied(lines) == before

    def test_typing_over_a_selection_changes_the_current_cell_alone(self, qtbot, wide: Sheet, lines: Lines) -> None:
        select(wide.view, 1, "now", 4, "now")
        enter(qtbot, wide.view, "9")
        press(qtbot, wide.view, Qt.Key.Key_Return)
        assert [row["now"] for row in lines.rows] == [0, 9, 2, 3, 4, 5]

    def test_control_semicolon_writes_today(self, qtbot, wide: Sheet, lines: Lines) -> None:
        select(wide.view, 1, "now", 2, "note")
        press(qtbot, wide.view, Qt.Key.Key_Semicolon, CONTROL)
        today = QDate.currentDate().toPython()
        assert [row["note"] for row in lines.rows[:4]] == [None, today, today, None]
        assert lines.rows[1]["now"] == Decimal(1)

    @pytest.mark.parametrize(("values", "count", "back", "made"), [
        ([Decimal(1)], 3, False, [2, 3, 4]), ([Decimal(1), Decimal(3)], 2, False, [5, 7]),
        ([Decimal(1), Decimal(3)], 2, True, [-1, -3]),
        ([DAY(2026, 1, 30)], 2, False, [DAY(2026, 1, 31), DAY(2026, 2, 1)]),
        ([DAY(2026, 1, 31), DAY(2026, 3, 31)], 2, False, [DAY(2026, 5, 31), DAY(2026, 7, 31)]),
        ([DAY(2025, 12, 15), DAY(2026, 1, 15)], 2, False, [DAY(2026, 2, 15), DAY(2026, 3, 15)]),
        (["凭证008"], 3, False, ["凭证009", "凭证010", "凭证011"]), (["甲1", "乙2"], 2, False, ["甲1", "乙2"]),
        (["甲"], 2, False, ["甲", "甲"]), ([None], 2, False, [None, None]), (["第1季"], 1, False, ["第1季"]),
        ([DAY(9999, 12, 31)], 1, False, [DAY(9999, 12, 31)]), ([True], 2, False, [True, True]),
        ([DAY(2026, 3, 2), DAY(2026, 3, 1)], 1, False, [DAY(2026, 2, 28)]), (["9"], 1, True, ["8"]),
    ])
    def test_a_series_goes_on(self, values: list[object], count: int, back: bool, made: list[object]) -> None:
        assert series(values, count, backwards=back) == made

    def test_copies_repeat_in_their_order(self) -> None:
        assert copies([1, 2, 3], 5) == [1, 2, 3, 1, 2]
        assert copies([1, 2, 3], 4, backwards=True) == [3, 2, 1, 3]


def drag(wide: Sheet, row: int, key: str, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    handle, view = wide.view.fill_handle, wide.view
    box = view.cell_box(row, wide.model.column_of(key))
    there = handle.mapFromGlobal(view.viewport().mapToGlobal(box.center()))
    QTest.mousePress(handle, Qt.MouseButton.LeftButton, modifier, handle.rect().center())
    QTest.mouseMove(handle, there)
    QTest.mouseRelease(handle, Qt.MouseButton.LeftButton, modifier, there)


class TestHandle:
    def test_the_handle_sits_at_the_corner_of_the_selection(self, qtbot, wide: Sheet) -> None:
        select(wide.view, 1, "now", 2, "note")
        handle, box = wide.view.fill_handle, wide.view.cell_box(2, 4)
        assert handle.isVisible()
        spot = wide.view.viewport().mapFromGlobal(handle.mapToGlobal(handle.rect().center()))
        assert (spot - box.bottomRight()).manhattanLength() <= 4

    def test_dragging_down_copies_and_with_control_counts_on(self, qtbot, wide: Sheet, lines: Lines) -> None:
        select(wide.view, 1, "now", 1, "now")
        drag(wide, 3, "now")
        assert [row["now"] for row in lines.rows] == [0, 1, 1, 1, 4, 5]
        assert wide.view.blocks.box()[0] == range(1, 4)
        wide.model.undo_stack.undo()
        select(wide.view, 1, "now", 1, "now")
        drag(wide, 4, "now", CONTROL)
        assert [row["now"] for row in lines.rows] == [0, 1, 2, 3, 4, 5]
        assert wide.model.undo_stack.count() == 1

    def test_dragging_up_and_right_fills_there(self, qtbot, wide: Sheet, lines: Lines) -> None:
        select(wide.view, 3, "now", 4, "now")
        drag(wide, 1, "now", CONTROL)
        assert [row["now"] for row in lines.rows] == [0, 1, 2, 3, 4, 5]
        select(wide.view, 3, "now", 4, "now")
        drag(wide, 4, "note")
        assert [lines.rows[row]["note"] for row in (3, 4)] == [DAY(2026, 11, 3), DAY(2026, 11, 4)]

    def test_a_double_click_fills_down_beside_data(self, qtbot, wide: Sheet, lines: Lines) -> None:
        lines.rows[4]["last"] = None
        select(wide.view, 0, "now", 0, "now")
        lines.rows[0]["now"] = Decimal(8)
        QTest.mouseDClick(wide.view.fill_handle, Qt.MouseButton.LeftButton, pos=wide.view.fill_handle.rect().center())
        assert [row["now"] for row in lines.rows] == [8, 8, 8, 8, 4, 5]

    def test_a_drag_that_ends_where_it_began_changes_nothing(self, qtbot, wide: Sheet) -> None:
        select(wide.view, 1, "now", 2, "now")
        drag(wide, 2, "now")
        assert not wide.model.undo_stack.canUndo()

    def test_there_is_no_handle_in_the_row_for_a_new_line(self, qtbot, wide: Sheet) -> None:
        wide.view.go_to(6, "now")
        assert not wide.view.fill_handle.isVisible()


class TestNumbers:
    @pytest.mark.parametrize(("typed", "number"), [
        ("1,234.5", "1234.50"), ("１２，３４５", "12345.00"), ("¥36,500", "36500.00"), ("(123)", "-123.00"),
        ("-123", "-123.00"), ("1.2万", "12000.00"), ("0.001亿", "100000.00"), ("＝（１＋２）×３÷２", "4.50"),
        ("=本年申报数*2", "2.00"), ("=上年执行数+10%", "100.10"),
    ])
    def test_an_accountant_types_as_ever(self, qtbot, wide: Sheet, lines: Lines, typed: str, number: str) -> None:
        wide.model.setData(wide.model.index(1, 3), typed)
        assert str(lines.rows[1]["now"]) == number

    def test_names_mean_nothing_in_other_columns(self, qtbot, sheet: Sheet) -> None:
        sheet.model.enter([(1, "now", "=上年执行数*2")], "输入")
        assert "不认识" in sheet.model.drafts()[0][2]

    def test_a_formula_is_told_with_its_numbers(self) -> None:
        names = {"本年申报数": Decimal(1200), "上年执行数": None}
        told = formula("本年申报数-上年执行数", names)
        assert (told.words, told.filled) == ("本年申报数 − 上年执行数", "1,200.00 − 0.00")
        assert result("本年申报数-上年执行数", names) == 1200
        assert result("本年申报数/上年执行数", names) is None


def calculator() -> Calculator:
    found = QApplication.activePopupWidget()
    assert isinstance(found, Calculator)
    return found


class TestCalculator:
    def test_f7_computes_and_enter_takes_the_result(self, qtbot, wide: Sheet, lines: Lines) -> None:
        wide.view.go_to(1, "now")
        press(qtbot, wide.view, Qt.Key.Key_F7)
        popup = calculator()
        assert popup.entry.text() == "1"
        qtbot.keyClicks(popup.entry, "1200*12=")
        assert popup.tape() == [("1200*12", "14,400.00")]
        qtbot.keyClicks(popup.entry, "/3")
        assert popup.result.text() == "4,800.00"
        qtbot.keyClick(popup.entry, Qt.Key.Key_Return)
        assert lines.rows[1]["now"] == Decimal("4800.00")
        assert QApplication.activePopupWidget() is None
        assert place(wide.view) == (1, "now")

    def test_escape_leaves_the_cell_alone(self, qtbot, wide: Sheet, lines: Lines) -> None:
        wide.view.go_to(1, "now")
        press(qtbot, wide.view, Qt.Key.Key_F7)
        qtbot.keyClicks(calculator().entry, "7")
        qtbot.keyClick(calculator().entry, Qt.Key.Key_Escape)
        assert QApplication.activePopupWidget() is None
        assert lines.rows[1]["now"] == Decimal(1)

    def test_a_sum_that_cannot_be_computed_says_why_and_stays(self, qtbot, wide: Sheet, lines: Lines) -> None:
        wide.view.go_to(1, "now")
        press(qtbot, wide.view, Qt.Key.Key_F7)
        popup = calculator()
        qtbot.keyClicks(popup.entry, "5/0")
        qtbot.keyClick(popup.entry, Qt.Key.Key_Return)
        assert popup.result.text() == "算式里除数是零"
        assert popup.isVisible()
        popup.close()
        assert lines.rows[1]["now"] == Decimal(1)

    def test_f7_in_an_open_cell_goes_on_with_what_was_typed(self, qtbot, wide: Sheet, lines: Lines) -> None:
        wide.view.go_to(2, "now")
        enter(qtbot, wide.view, "=6*7")
        press(qtbot, wide.view, Qt.Key.Key_F7)
        popup = calculator()
        assert popup.entry.text() == "6*7"
        qtbot.keyClick(popup.entry, Qt.Key.Key_Return)
        assert lines.rows[2]["now"] == Decimal("42.00")
        assert wide.model.undo_stack.count() == 1


class TestCalendar:
    def test_f7_chooses_a_day_by_keys(self, qtbot, wide: Sheet, lines: Lines) -> None:
        lines.rows[1]["note"] = DAY(2026, 11, 20)
        wide.view.go_to(1, "note")
        press(qtbot, wide.view, Qt.Key.Key_F7)
        popup = QApplication.activePopupWidget()
        assert isinstance(popup, DayPicker)
        for key in (Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_PageDown):
            qtbot.keyClick(popup.calendar, key)
        assert popup.day() == DAY(2026, 12, 28)
        qtbot.keyClick(popup.calendar, Qt.Key.Key_Return)
        assert lines.rows[1]["note"] == DAY(2026, 12, 28)

    def test_escape_leaves_the_day_alone(self, qtbot, wide: Sheet, lines: Lines) -> None:
        wide.view.go_to(1, "note")
        press(qtbot, wide.view, Qt.Key.Key_F7)
        popup = QApplication.activePopupWidget()
        assert isinstance(popup, DayPicker)
        qtbot.keyClick(popup.calendar, Qt.Key.Key_Escape)
        assert QApplication.activePopupWidget() is None
        assert lines.rows[1]["note"] is None


class TestTree:
    def test_only_leaves_can_be_chosen(self, qtbot) -> None:
        dialog = CodeTreeDialog("经济分类", NODES, "30226")
        qtbot.addWidget(dialog)
        dialog.show()
        assert dialog.code() == "30226"
        qtbot.keyClick(dialog.search, Qt.Key.Key_Up)
        qtbot.keyClick(dialog.search, Qt.Key.Key_Up)
        assert dialog.code() == "302"
        qtbot.keyClick(dialog.search, Qt.Key.Key_Return)
        assert dialog.choice is None
        assert dialog.isVisible()
        qtbot.keyClicks(dialog.search, "shbz")
        assert dialog.code() == "30305"
        qtbot.keyClick(dialog.search, Qt.Key.Key_Return)
        assert dialog.choice == Choice("30305", "生活补助", "shbz")

    def test_a_search_goes_to_the_best_hit_not_to_the_first(self, qtbot) -> None:
        nodes = (CodeNode("301", "工资福利支出"), CodeNode("30101", "基本工资", "301", "jbgz"),
                 CodeNode("302", "商品和服务支出"), CodeNode("30201", "办公费", "302", "bgf"))
        dialog = CodeTreeDialog("经济分类", nodes)
        qtbot.addWidget(dialog)
        dialog.search.setText("bg")
        assert dialog.code() == "30201"
        dialog.search.setText("工资福利")
        assert dialog.code() == "30101"

    def test_a_search_keeps_what_lies_above_and_below(self) -> None:
        codes = Codes(NODES)
        assert codes.found("劳务") == {"302", "30226"}
        assert codes.found("302") == {"302", "30218", "30226"}
        assert codes.found("没有") == set()
        assert codes.path("30305") == "对个人和家庭的补助"
        assert not codes.is_leaf("302")

    def test_a_circle_of_parents_is_no_endless_path(self) -> None:
        assert len(Codes((CodeNode("1", "甲", "2"), CodeNode("2", "乙", "1"))).path("1")) < 10

    def test_f7_writes_the_chosen_code(self, qtbot, wide: Sheet, lines: Lines, monkeypatch: pytest.MonkeyPatch) -> None:
        def choose(dialog: CodeTreeDialog) -> int:
            assert dialog.code() == "30218"
            dialog.search.setText("lwf")
            dialog.take()
            return 1

        monkeypatch.setattr(CodeTreeDialog, "exec", choose)
        wide.view.go_to(0, "code")
        press(qtbot, wide.view, Qt.Key.Key_F7)
        assert lines.rows[0]["code"] == CODES[1]
        wide.view.go_to(3, "code")
        press(qtbot, wide.view, Qt.Key.Key_F2)
        assert lines.rows[3]["code"] == CODES[1]


class TestLists:
    def test_the_codes_picked_last_come_first(self) -> None:
        notes = FleetingNotes()
        column = WIDE[1]
        for code in ("30218", "30227", "30226", "30227"):
            Recent(notes, "voucher").add("code", code)
        recent = Recent(notes, "voucher").codes("code")
        assert recent == ["30227", "30226", "30218"]
        assert [row.code for row in hits(column, "", recent)] == ["30227", "30226", "30218"]
        assert [row.code for row in hits(column, "302", recent)] == ["30227", "30226", "30218"]
        assert next(row.code for row in hits(column, "30218", recent)) == "30218"
        assert Recent(notes, "other").codes("code") == []
        notes.keep_note("recent/voucher", '{"code": 7}')
        assert Recent(notes, "voucher").codes("code") == []

    def test_picking_in_a_cell_is_remembered(self, qtbot, wide: Sheet, lines: Lines) -> None:
        notes = FleetingNotes()
        wide.remember(notes, "voucher")
        wide.view.go_to(0, "code")
        enter(qtbot, wide.view, "wtywf")
        press(qtbot, wide.view, Qt.Key.Key_Return)
        assert lines.rows[0]["code"] == CODES[2]
        assert Recent(notes, "voucher").codes("code") == ["30227"]

    def test_phrases_of_the_column_are_offered_and_down_picks_one(self, qtbot, wide: Sheet, lines: Lines) -> None:
        lines.rows[4]["name"] = "支付水费"
        wide.view.go_to(0, "name")
        type_text(wide.view, "支")
        press(qtbot, wide.view, Qt.Key.Key_Down)
        press(qtbot, wide.view, Qt.Key.Key_Return)
        assert lines.rows[0]["name"] == "支付水费"

    def test_enter_keeps_what_was_typed_while_phrases_are_offered(self, qtbot, wide: Sheet, lines: Lines) -> None:
        wide.view.go_to(0, "name")
        type_text(wide.view, "支付")
        press(qtbot, wide.view, Qt.Key.Key_Return)
        assert lines.rows[0]["name"] == "支付"

    @pytest.mark.parametrize(("typed", "row", "copied_from"), [("..", 4, 3), ("//", 4, 0)])
    def test_two_signs_copy_a_text(self, qtbot, wide: Sheet, lines: Lines, typed: str, row: int,
                                   copied_from: int) -> None:
        wide.view.go_to(row, "name")
        enter(qtbot, wide.view, typed)
        press(qtbot, wide.view, Qt.Key.Key_Return)
        assert lines.rows[row]["name"] == lines.rows[copied_from]["name"]


@pytest.mark.parametrize("key", ["name", "code", "now", "note", "bought"])
def test_the_first_key_of_an_input_method_is_not_lost(qtbot, wide: Sheet, key: str) -> None:
    wide.view.go_to(0, key)
    QApplication.sendEvent(wide.view, QInputMethodEvent("zh", []))
    type_text(wide.view, "中")
    press(qtbot, wide.view, Qt.Key.Key_Return)
    column = wide.model.column_of(key)
    assert wide.model.typed(0, column) == "中"
    assert (wide.model.draft(0, column) is None) == (key in ("name", "bought"))


def test_the_words_of_a_step_are_told(qtbot, wide: Sheet) -> None:
    with qtbot.waitSignal(wide.model.undo_text_changed) as told:
        wide.model.enter([(0, "name", "甲")], "粘贴 12×3")
    assert told.args == ["撤销 粘贴 12×3"]
    done: list[str] = []
    wide.model.push_step("取上年数", lambda: done.append("do"), lambda: done.append("undo"))
    assert wide.model.undo_text() == "撤销 取上年数"
    wide.model.undo_stack.undo()
    assert wide.model.redo_text() == "重做 取上年数"
    assert done == ["do", "undo"]


def test_the_menu_names_keys_and_steps(qtbot, wide: Sheet) -> None:
    apply_theme(QApplication.instance())
    wide.model.enter([(0, "name", "甲")], "粘贴 12×3")
    wide.view.go_to(0, "now")
    menu = sheet_menu(wide.view, wide.view.blocks)
    shown = {action.text(): action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
             for action in menu.actions()}
    assert shown["复制"] == "Ctrl+C"
    assert shown["按文本粘贴"] == "Ctrl+Shift+V"
    assert shown["撤销 粘贴 12×3"] == "Ctrl+Z"
    assert shown["清除"]
