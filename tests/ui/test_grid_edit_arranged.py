"""Editing while rows are filtered or sorted: what is stored keeps its order, undo reaches hidden rows."""

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QApplication

from desktop.ui.grid.model import SheetModel
from desktop.ui.grid.sheet import Sheet
from tests.ui.budget_lines import COLUMNS, Lines, enter, press


def test_an_edit_under_a_sort_reaches_the_row_that_is_shown(qtbot, sheet: Sheet, lines: Lines) -> None:
    sheet.model.arrange([5, 4, 3, 2, 1, 0])
    sheet.view.go_to(5, "now")
    enter(qtbot, sheet.view, "77")
    press(qtbot, sheet.view, Qt.Key.Key_Return)
    assert lines.rows[5]["now"] == Decimal(77)
    assert lines.rows[0]["now"] == Decimal(0)


def test_undo_reaches_a_row_that_is_hidden_by_now(qtbot, sheet: Sheet, lines: Lines) -> None:
    sheet.model.enter([(1, "now", "77"), (2, "now", "x")], "输入")
    sheet.model.arrange([0, 5])
    assert sheet.model.shown_row(1) == -1
    assert sheet.model.drafts()[0][:2] == (2, "now")
    sheet.model.undo_stack.undo()
    assert lines.rows[1]["now"] == Decimal(1)
    assert sheet.model.drafts() == []


def test_a_new_line_is_shown_under_a_filter_and_stored_at_the_end(qtbot, sheet: Sheet, lines: Lines) -> None:
    sheet.model.arrange([2, 4])
    sheet.model.enter([(2, "name", "甲"), (3, "name", "乙")], "输入")
    assert [row["name"] for row in lines.rows[6:]] == ["甲", "乙"]
    assert sheet.model.arrangement() == [2, 4, 6, 7]
    sheet.model.undo_stack.undo()
    assert sheet.model.arrangement() == [2, 4]
    assert len(lines.rows) == 6


def test_a_block_pasted_under_a_filter_fills_only_what_is_shown(qtbot, sheet: Sheet, lines: Lines) -> None:
    sheet.model.arrange([0, 3, 5])
    column = sheet.model.column_of("now")
    sheet.model.paste(0, [column], [["7"], ["8"], ["9"]])
    assert [row["now"] for row in lines.rows] == [Decimal(at) for at in (7, 1, 2, 8, 4, 9)]


def test_a_sort_keeps_the_current_cell_on_its_row(qtbot, sheet: Sheet) -> None:
    sheet.view.go_to(1, "now")
    sheet.model.arrange([5, 4, 3, 2, 1, 0])
    assert sheet.view.at() == (4, sheet.model.column_of("now"))


def test_other_rows_of_the_source_end_the_arrangement(qtbot, sheet: Sheet, lines: Lines) -> None:
    sheet.model.arrange([1, 2])
    del lines.rows[3:]
    with qtbot.waitSignal(sheet.model.arrangement_lost):
        sheet.model.refresh()
    assert sheet.model.shown_count() == 3


@pytest.mark.parametrize("order", [[0, 0], [6], [-1]])
def test_an_arrangement_names_each_row_of_the_source_once(qtbot, sheet: Sheet, order: list[int]) -> None:
    with pytest.raises(ValueError, match="each row once"):
        sheet.model.arrange(order)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_edits_under_changing_arrangements_are_undone(qapp: QApplication, data: st.DataObject) -> None:
    lines = Lines(6)
    model, before = SheetModel(COLUMNS, lines), [(row["name"], row["now"]) for row in lines.rows]
    told = model.rowCount()

    def count(parent: QModelIndex, first: int, last: int) -> None:
        nonlocal told
        told += last - first + 1

    def uncount(parent: QModelIndex, first: int, last: int) -> None:
        nonlocal told
        told -= last - first + 1

    def recount() -> None:
        nonlocal told
        told = model.rowCount()

    model.rowsInserted.connect(count)
    model.rowsRemoved.connect(uncount)
    model.modelReset.connect(recount)
    for _ in range(data.draw(st.integers(1, 8))):
        what = data.draw(st.sampled_from(["arrange", "enter", "remove", "undo", "redo"]))
        if what == "arrange":
            model.arrange(data.draw(st.one_of(st.none(), st.lists(st.integers(0, max(0, len(lines.rows) - 1)),
                                                                  unique=True, max_size=len(lines.rows)))))
        elif what == "enter":
            row = data.draw(st.integers(0, model.rowCount() + 1))
            model.enter([(row, "now", data.draw(st.sampled_from(["1", "x", "", "2"])))], "输入")
        elif what == "remove":
            model.remove_rows(data.draw(st.sets(st.integers(0, model.rowCount()), max_size=3)))
        else:
            getattr(model.undo_stack, what)()
        assert told == model.rowCount() == model.shown_count() + 1
        assert [model.shown_row(model.source_row(row)) for row in range(model.shown_count())] \
            == list(range(model.shown_count()))
    while model.undo_stack.canUndo():
        model.undo_stack.undo()
    assert [(row["name"], row["now"]) for row in lines.rows] == before
    assert model.drafts() == []


def test_undo_brings_the_row_it_changed_into_sight(qtbot, sheet: Sheet) -> None:
    lines = Lines(300)
    tall = Sheet(SheetModel(COLUMNS, lines))
    qtbot.addWidget(tall)
    tall.resize(700, 300)
    tall.show()
    tall.model.enter([(2, "now", "7")], "输入")
    tall.view.go_to(290, "now")
    assert tall.view.rowAt(5) > 200
    tall.model.undo_stack.undo()
    assert tall.view.rowAt(5) <= 2
    assert tall.view.at()[0] == 290
