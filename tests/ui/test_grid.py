"""The grid under the user's hands."""

from collections.abc import Callable, Iterator
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QItemSelection, QItemSelectionModel, QPoint, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QWidget

from desktop.ui.grid.columns import TAKEN, ColumnSpec, Mark, Outcome, SheetSource
from desktop.ui.grid.cursor import DOWNWARDS
from desktop.ui.grid.menu import sheet_menu
from desktop.ui.grid.model import SheetModel
from desktop.ui.grid.sheet import Sheet
from desktop.ui.grid.view import SheetView
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.choices import Choice
from tests.ui.conftest import type_text

CODES = (Choice("30218", "专用材料费", "zyclf"), Choice("30226", "劳务费", "lwf"),
         Choice("30227", "委托业务费", "wtywf"))
COLUMNS = (
    ColumnSpec("no", "序号", "index", 36),
    ColumnSpec("name", "项目名称", width=150, editable=True, dim_repeat=True),
    ColumnSpec("code", "部门经济分类", "code", 150, editable=True, choices=CODES),
    ColumnSpec("last", "上年执行数", "amount", tint="ro"),
    ColumnSpec("now", "本年申报数", "amount", editable=True),
    ColumnSpec("more", "增减额", "amount", tint="fx"),
    ColumnSpec("bought", "采购", "check", 44, editable=True),
    ColumnSpec("note", "说明", editable=True, stretch=1),
)
ADD = "在此输入新的一行"


class Lines(SheetSource):
    """Lines of a budget in memory; no amount above a million is taken."""

    def __init__(self, count: int, *, grows: bool = True) -> None:
        self.grows = grows
        self.rows = [{"name": f"项目{at // 3}", "code": CODES[at % 3], "last": Decimal(100 * at), "now": Decimal(at),
                      "bought": False, "note": ""} for at in range(count)]

    def row_count(self) -> int:
        return len(self.rows)

    def value(self, row: int, key: str) -> object:
        if key == "more":
            return (self.rows[row]["now"] or Decimal(0)) - self.rows[row]["last"]
        return self.rows[row].get(key)

    def set_value(self, row: int, key: str, value: object) -> Outcome:
        if key == "now" and isinstance(value, Decimal) and value > 1_000_000:
            return Outcome(False, "超过控制数")
        self.rows[row][key] = value
        return TAKEN

    def read_only_reason(self, row: int, key: str) -> str:
        return "结转项目不能改名" if (row, key) == (2, "name") else ""

    def mark(self, row: int, key: str) -> Mark:
        return Mark("error", "负数") if key == "now" and (self.rows[row]["now"] or 0) < 0 else Mark()

    def add_label(self) -> str:
        return ADD if self.grows else ""

    def insert_row(self, at: int) -> None:
        self.rows.insert(at, {"name": "", "code": None, "last": Decimal(0), "now": None, "bought": False, "note": ""})

    def remove_row(self, at: int) -> None:
        del self.rows[at]

    def total(self, key: str) -> object:
        return sum((row["now"] or Decimal(0) for row in self.rows), Decimal(0)) if key == "now" else None


def copied(lines: Lines) -> list[dict[str, object]]:
    return [dict(row) for row in lines.rows]


@pytest.fixture
def lines() -> Lines:
    return Lines(6)


@pytest.fixture
def sheet(qtbot, lines: Lines) -> Iterator[Sheet]:
    model = SheetModel(COLUMNS, lines)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    made = Sheet(model, frozen=2, total=True)
    model.setParent(made)
    qtbot.addWidget(made)
    made.resize(700, 300)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.view.setFocus()
    return made


def press(qtbot, view: SheetView, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    target = QApplication.focusWidget() or view
    qtbot.keyClick(target, key, modifier)


def enter(qtbot, view: SheetView, text: str) -> None:
    for sign in text:
        qtbot.keyClick(QApplication.focusWidget() or view, sign)


def select(view: SheetView, top: int, left: str, bottom: int, right: str) -> None:
    model = view.model()
    first, last = model.index(top, model.column_of(left)), model.index(bottom, model.column_of(right))
    view.selectionModel().setCurrentIndex(first, QItemSelectionModel.SelectionFlag.ClearAndSelect)
    view.selectionModel().select(QItemSelection(first, last), QItemSelectionModel.SelectionFlag.ClearAndSelect)


def place(view: SheetView) -> tuple[int, str]:
    row, column = view.at()
    return row, view.model().columns[column].key


CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


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
        assert (report.written, report.skipped, report.marked, report.added) == (4, 2, 0, 0)
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
        assert report.written + report.skipped == len(block) * wide
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
