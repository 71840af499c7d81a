"""Columns change places, widths and go away as the user wants; the program remembers it for this user."""

import pytest
from PySide6.QtCore import Qt

from desktop.ui.grid.model import SheetModel
from desktop.ui.grid.sheet import Sheet
from desktop.ui.kit.notes import FleetingNotes, read_note, write_note
from tests.ui.budget_lines import COLUMNS, Lines, enter, place, press, select

KEYS = [column.key for column in COLUMNS]


def order(sheet: Sheet) -> list[str]:
    return [sheet.model.columns[at].key for at in sheet.view.columns()]


def another(qtbot, notes: FleetingNotes) -> Sheet:
    made = Sheet(SheetModel(COLUMNS, Lines(6)), frozen=2, total=True)
    made.model.setParent(made)
    qtbot.addWidget(made)
    made.resize(700, 300)
    made.keep_layout(notes, "lines")
    return made


def test_a_column_changes_places_and_enter_follows_what_is_seen(qtbot, sheet: Sheet) -> None:
    sheet.view.viewing.columns.move("now", -1)
    assert order(sheet) == ["no", "name", "code", "now", "last", "more", "bought", "note"]
    sheet.view.go_to(1, "code")
    press(qtbot, sheet.view, Qt.Key.Key_Tab)
    assert place(sheet.view) == (1, "now")


def test_the_current_cell_stays_on_its_column(qtbot, sheet: Sheet) -> None:
    sheet.view.go_to(3, "now")
    sheet.view.viewing.columns.move("now", 1)
    assert place(sheet.view) == (3, "now")


def test_frozen_columns_stay_in_front(qtbot, sheet: Sheet) -> None:
    columns = sheet.view.viewing.columns
    columns.place("note", 0)
    assert order(sheet)[:3] == ["no", "name", "note"]
    assert not columns.can_move("note", -1)
    assert not columns.can_move("name", 1)
    assert not columns.can_hide("name")


def test_dragging_a_head_moves_the_column_in_the_model(qtbot, sheet: Sheet) -> None:
    sheet.view.head.moveSection(7, 2)
    qtbot.waitUntil(lambda: order(sheet)[2] == "note")
    assert [sheet.view.head.visualIndex(at) for at in range(8)] == list(range(8))


def test_a_drag_into_the_frozen_columns_ends_behind_them(qtbot, sheet: Sheet) -> None:
    sheet.view.head.moveSection(4, 0)
    qtbot.waitUntil(lambda: order(sheet)[2] == "now")


def test_copying_follows_what_is_seen(qtbot, sheet: Sheet) -> None:
    sheet.view.viewing.columns.move("code", 1)
    select(sheet.view, 0, "last", 0, "code")
    assert [sheet.model.columns[at].key for _, at in sheet.view.blocks.selected()] == ["last", "code"]


def test_hidden_columns_are_left_out_and_come_back(qtbot, sheet: Sheet) -> None:
    columns = sheet.view.viewing.columns
    columns.hide("last")
    assert "last" not in order(sheet)
    assert [spec.key for spec in columns.hidden()] == ["last"]
    words = [action.text() for action in columns._view.viewing.head_menu("now").actions()]
    assert "显示“上年执行数”列" in words
    columns.show_column("last")
    assert order(sheet) == KEYS


def test_the_last_column_cannot_be_hidden(qtbot, sheet: Sheet) -> None:
    columns = sheet.view.viewing.columns
    for key in KEYS:
        columns.hide(key)
    assert order(sheet) == ["no", "name"]


def test_the_next_window_has_the_same_columns(qtbot) -> None:
    notes = FleetingNotes()
    first = another(qtbot, notes)
    first.view.viewing.columns.move("now", -1)
    first.view.viewing.columns.hide("more")
    first.view.setColumnWidth(2, 222)
    first.view.viewing.columns.write()
    second = another(qtbot, notes)
    assert order(second) == ["no", "name", "code", "now", "last", "bought", "note"]
    assert second.view.columnWidth(2) == 222


def test_the_default_comes_back_and_the_note_goes(qtbot) -> None:
    notes = FleetingNotes()
    sheet = another(qtbot, notes)
    columns = sheet.view.viewing.columns
    columns.move("now", -1)
    columns.hide("more")
    columns.write()
    assert read_note(notes, "columns/lines") is not None
    columns.restore()
    columns.write()
    assert order(sheet) == KEYS
    assert notes.note("columns/lines") == ""


@pytest.mark.parametrize("note", [
    {"order": ["gone", "note", 5], "hidden": ["name", "gone", None], "widths": {"gone": 9, "now": "wide", "code": -4}},
    ["list"], "text", 7, {"order": "no", "hidden": {}, "widths": []},
])
def test_a_note_that_does_not_fit_is_harmless(qtbot, note: object) -> None:
    notes = FleetingNotes()
    write_note(notes, "columns/lines", note)
    sheet = another(qtbot, notes)
    assert sorted(order(sheet)) == sorted(KEYS)
    assert sheet.view.columnWidth(sheet.model.column_of("code")) == 150


def test_undo_reaches_its_cell_after_columns_moved(qtbot, sheet: Sheet) -> None:
    sheet.view.go_to(0, "note")
    enter(qtbot, sheet.view, "abc")
    press(qtbot, sheet.view, Qt.Key.Key_Return)
    sheet.view.viewing.columns.place("note", 2)
    sheet.model.undo_stack.undo()
    assert sheet.model.value(0, "note") == ""
