"""Filter and sort by keyboard: the popup at the head, the chips, the total of what is shown."""

from decimal import Decimal

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from desktop.ui.grid.filter_popup import FilterPopup
from desktop.ui.grid.filter_values import ValueModel
from desktop.ui.grid.filtering import ColumnFilter
from desktop.ui.grid.model import SheetModel
from desktop.ui.grid.sheet import Sheet
from desktop.ui.kit import typography
from tests.ui.budget_lines import COLUMNS, CONTROL, SHIFT, Lines, enter, place, press
from tests.ui.conftest import clipped

ALT = Qt.KeyboardModifier.AltModifier
LABOUR = ColumnFilter(frozenset({"30226 劳务费"}))


def shown(sheet: Sheet) -> list[int]:
    return [sheet.model.source_row(row) for row in range(sheet.model.shown_count())]


def popup(qtbot, sheet: Sheet, key: str) -> FilterPopup:
    sheet.view.go_to(1, key)
    press(qtbot, sheet.view, Qt.Key.Key_Down, ALT | SHIFT)
    found = next(widget for widget in QApplication.topLevelWidgets()
                 if isinstance(widget, FilterPopup) and widget.isVisible())
    qtbot.waitUntil(found.search.hasFocus)
    return found


def key(qtbot, target, which: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    qtbot.keyClick(target, which, held)


class TestPopup:
    def test_typed_initials_and_enter_leave_the_rows_that_fit(self, qtbot, sheet: Sheet) -> None:
        found = popup(qtbot, sheet, "code")
        qtbot.keyClicks(found.search, "lwf")
        key(qtbot, found.search, Qt.Key.Key_Return)
        assert shown(sheet) == [1, 4]
        assert sheet.chips.isVisible()
        assert sheet.chips.count.text() == "筛选 2/6 行"

    def test_space_in_the_list_takes_a_value_out(self, qtbot, sheet: Sheet) -> None:
        found = popup(qtbot, sheet, "code")
        key(qtbot, found.search, Qt.Key.Key_Down)
        key(qtbot, found.list, Qt.Key.Key_Down)
        key(qtbot, found.list, Qt.Key.Key_Space)
        key(qtbot, found.list, Qt.Key.Key_Return)
        assert shown(sheet) == [1, 2, 4, 5]

    def test_a_range_and_another_column_hold_together(self, qtbot, sheet: Sheet) -> None:
        sheet.view.viewing.arranger.set_filter("code", LABOUR)
        found = popup(qtbot, sheet, "now")
        found.least.setFocus()
        qtbot.keyClicks(found.least, "2")
        key(qtbot, found.least, Qt.Key.Key_Return)
        assert shown(sheet) == [4]
        assert len(sheet.chips.chips) == 2

    def test_a_bound_that_is_no_number_is_marked_and_nothing_happens(self, qtbot, sheet: Sheet) -> None:
        found = popup(qtbot, sheet, "now")
        qtbot.keyClicks(found.most, "abc")
        key(qtbot, found.most, Qt.Key.Key_Return)
        assert found.isVisible()
        assert found.most.error()
        assert shown(sheet) == list(range(6))
        found.close()

    def test_escape_leaves_everything_as_it_was(self, qtbot, sheet: Sheet) -> None:
        found = popup(qtbot, sheet, "code")
        qtbot.keyClicks(found.search, "lwf")
        key(qtbot, found.search, Qt.Key.Key_Escape)
        assert shown(sheet) == list(range(6))
        assert not sheet.chips.isVisible()

    def test_nothing_found_cannot_be_filtered(self, qtbot, sheet: Sheet) -> None:
        found = popup(qtbot, sheet, "code")
        found.search.setText("没有这个")
        assert not found.go.isEnabled()
        assert found.note.text() == "没有这样的值。"
        found.close()

    def test_only_errors_counts_texts_that_could_not_be_read(self, qtbot, sheet: Sheet, lines: Lines) -> None:
        sheet.model.enter([(3, "now", "abc")], "输入")
        lines.rows[5]["now"] = Decimal(-5)
        sheet.model.refresh()
        found = popup(qtbot, sheet, "now")
        assert found.errors.text() == "仅错误 2"
        found.errors.click()
        found.go.click()
        assert shown(sheet) == [3, 5]

    def test_the_values_are_those_that_other_filters_leave(self, qtbot, sheet: Sheet) -> None:
        arranger = sheet.view.viewing.arranger
        arranger.set_filter("now", ColumnFilter(most=Decimal(1)))
        assert [(value.text, value.count) for value in arranger.values("code")] == \
            [("30218 专用材料费", 1), ("30226 劳务费", 1)]
        assert len(arranger.values("now")) == 6

    def test_sorting_from_the_popup_is_turned_off_by_the_same_button(self, qtbot, sheet: Sheet) -> None:
        sheet.view.viewing.arranger.sort("now", descending=True)
        assert shown(sheet) == [5, 4, 3, 2, 1, 0]
        found = popup(qtbot, sheet, "now")
        next(button for button in found.findChildren(type(found.go)) if button.text() == "降序").click()
        assert shown(sheet) == list(range(6))

    @pytest.mark.parametrize("points", [10, 13])
    def test_nothing_is_clipped(self, qtbot, sheet: Sheet, points: float) -> None:
        typography.set_base_size(points)
        sheet.resize(1093, 557)
        for column in ("code", "now", "note"):
            found = popup(qtbot, sheet, column)
            assert clipped(found) == []
            found.close()

    def test_the_model_of_values_is_sound(self, qtbot, sheet: Sheet) -> None:
        model = ValueModel(sheet.view.viewing.arranger.values("code"), None, sheet)
        QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
        model.turn(0)
        assert model.chosen() == frozenset()
        model.search("lwf")
        model.turn(1)
        assert model.chosen() == frozenset({"30226 劳务费"})
        model.search("")
        assert model.state(0) == Qt.CheckState.PartiallyChecked


class TestTable:
    def test_alt_down_opens_the_list_of_a_choice_and_the_filter_elsewhere(self, qtbot, sheet: Sheet) -> None:
        sheet.view.go_to(1, "code")
        press(qtbot, sheet.view, Qt.Key.Key_Down, ALT)
        assert sheet.view.state() == sheet.view.State.EditingState
        press(qtbot, sheet.view, Qt.Key.Key_Escape)
        press(qtbot, sheet.view, Qt.Key.Key_Escape)
        sheet.view.go_to(1, "last")
        press(qtbot, sheet.view, Qt.Key.Key_Down, ALT)
        found = [one for one in QApplication.topLevelWidgets() if isinstance(one, FilterPopup) and one.isVisible()]
        assert len(found) == 1
        found[0].close()

    def test_control_shift_l_clears_filters_and_sorting(self, qtbot, sheet: Sheet) -> None:
        arranger = sheet.view.viewing.arranger
        arranger.set_filter("code", LABOUR)
        arranger.sort("now", descending=True)
        sheet.view.setFocus()
        press(qtbot, sheet.view, Qt.Key.Key_L, CONTROL | SHIFT)
        assert shown(sheet) == list(range(6))
        assert not sheet.chips.isVisible()
        assert not arranger.is_on()

    def test_a_chip_takes_its_own_condition_away(self, qtbot, sheet: Sheet) -> None:
        arranger = sheet.view.viewing.arranger
        arranger.set_filter("code", LABOUR)
        arranger.set_filter("now", ColumnFilter(least=Decimal(2)))
        sheet.chips.chips[0].click()
        assert shown(sheet) == [2, 3, 4, 5]

    def test_an_edited_row_stays_until_the_filter_is_applied_again(self, qtbot, sheet: Sheet, lines: Lines) -> None:
        arranger = sheet.view.viewing.arranger
        arranger.set_filter("now", ColumnFilter(most=Decimal(1)))
        sheet.view.go_to(1, "now")
        enter(qtbot, sheet.view, "500")
        press(qtbot, sheet.view, Qt.Key.Key_Return)
        assert lines.rows[1]["now"] == Decimal(500)
        assert shown(sheet) == [0, 1]
        sheet.chips.again.click()
        assert shown(sheet) == [0]

    def test_the_stored_order_never_changes(self, qtbot, sheet: Sheet, lines: Lines) -> None:
        before = [row["now"] for row in lines.rows]
        sheet.view.viewing.arranger.sort("now", descending=True)
        assert [row["now"] for row in lines.rows] == before
        sheet.view.viewing.arranger.sort("")
        assert shown(sheet) == list(range(6))

    def test_a_reload_keeps_the_filter(self, qtbot, sheet: Sheet, lines: Lines) -> None:
        sheet.view.viewing.arranger.set_filter("code", LABOUR)
        lines.rows.pop(0)
        sheet.model.reload()
        assert [lines.rows[row]["code"].name for row in shown(sheet)] == ["劳务费", "劳务费"]

    def test_a_jump_to_a_hidden_row_shows_it(self, qtbot, sheet: Sheet) -> None:
        sheet.view.viewing.arranger.set_filter("code", LABOUR)
        sheet.view.go_to(3, "now")
        assert shown(sheet) == [1, 3, 4]
        assert sheet.view.source_at()[0] == 3

    def test_the_total_row_sums_what_is_shown(self, qtbot, sheet: Sheet) -> None:
        arranger = sheet.view.viewing.arranger
        assert arranger.shown_sum("now") == Decimal(15)
        arranger.set_filter("code", LABOUR)
        assert arranger.shown_sum("now") == Decimal(5)
        sheet.model.enter([(0, "now", "10")], "输入")
        assert arranger.shown_sum("now") == Decimal(14)

    def test_signals_carry_source_rows(self, qtbot, sheet: Sheet) -> None:
        sheet.view.viewing.arranger.sort("now", descending=True)
        with qtbot.waitSignal(sheet.view.current_changed) as signal:
            sheet.view.set_current(0, sheet.model.column_of("code"))
        assert signal.args == [5, "code"]

    def test_only_this_value(self, qtbot, sheet: Sheet) -> None:
        sheet.view.go_to(1, "code")
        sheet.view.viewing.only_this()
        assert shown(sheet) == [1, 4]

    def test_only_rows_of_a_switch_of_the_page(self, qtbot, sheet: Sheet) -> None:
        sheet.show_only(lambda row: row % 2 == 0)
        assert shown(sheet) == [0, 2, 4]
        sheet.view.viewing.arranger.set_filter("code", LABOUR)
        assert shown(sheet) == [4]
        sheet.show_only(None)
        assert shown(sheet) == [1, 4]

    def test_new_lines_appear_under_a_filter(self, qtbot, sheet: Sheet, lines: Lines) -> None:
        sheet.view.viewing.arranger.set_filter("code", LABOUR)
        sheet.view.go_to(6, "name")
        enter(qtbot, sheet.view, "new")
        press(qtbot, sheet.view, Qt.Key.Key_Return)
        assert lines.rows[6]["name"] == "new"
        assert shown(sheet) == [1, 4, 6]


class TestLists:
    @pytest.fixture
    def rows(self, qtbot) -> Sheet:
        made = Sheet(SheetModel(COLUMNS, Lines(6, grows=False)), lists=True)
        made.model.setParent(made)
        qtbot.addWidget(made)
        made.resize(900, 300)
        made.show()
        return made

    def click(self, qtbot, sheet: Sheet, column: str, right: int = -1) -> None:
        head, at = sheet.view.head, sheet.model.column_of(column)
        left = head.sectionViewportPosition(at) + (head.sectionSize(at) - right if right >= 0 else 20)
        qtbot.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(left, 10))

    def test_clicks_on_a_head_sort_up_then_down_then_as_stored(self, qtbot, rows: Sheet) -> None:
        self.click(qtbot, rows, "code")
        assert shown(rows) == [0, 3, 1, 4, 2, 5]
        self.click(qtbot, rows, "code")
        assert shown(rows) == [2, 5, 1, 4, 0, 3]
        self.click(qtbot, rows, "code")
        assert shown(rows) == list(range(6))

    def test_a_click_on_the_arrow_opens_the_filter(self, qtbot, rows: Sheet) -> None:
        self.click(qtbot, rows, "code", right=12)
        found = [one for one in QApplication.topLevelWidgets() if isinstance(one, FilterPopup) and one.isVisible()]
        assert len(found) == 1
        assert shown(rows) == list(range(6))
        found[0].close()

    def test_a_page_that_sorts_itself_is_told_and_not_disturbed(self, qtbot, rows: Sheet) -> None:
        rows.view.viewing.arranger.sorted_by_page = True
        with qtbot.waitSignal(rows.view.sort_requested) as signal:
            self.click(qtbot, rows, "now")
        assert signal.args == ["now"]
        assert shown(rows) == list(range(6))

    def test_enter_opens_the_source_row(self, qtbot, rows: Sheet) -> None:
        rows.view.viewing.arranger.sort("now", descending=True)
        rows.view.set_current(0, 1)
        with qtbot.waitSignal(rows.view.opened) as signal:
            press(qtbot, rows.view, Qt.Key.Key_Return)
        assert signal.args == [5]


def test_whole_columns_and_rows_are_selected_by_space(qtbot, sheet: Sheet) -> None:
    sheet.view.go_to(2, "now")
    press(qtbot, sheet.view, Qt.Key.Key_Space, SHIFT)
    assert sheet.view.selected_source_rows() == [2]
    assert len(sheet.view.blocks.selected()) == len(sheet.view.columns())
    sheet.view.go_to(2, "now")
    press(qtbot, sheet.view, Qt.Key.Key_Space, CONTROL)
    assert {at for _, at in sheet.view.blocks.selected()} == {sheet.model.column_of("now")}
    assert place(sheet.view) == (2, "now")
