"""The parts of the grid that need no window: clipboard blocks, columns, statistics, walking."""

import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.ui.grid.clipboard import TooMuch, format_tsv, parse_tsv
from desktop.ui.grid.columns import ColumnSpec, Rich, Unreadable, plain, read, show, typed_form
from desktop.ui.grid.pasting import PasteReport, SkippedCell
from desktop.ui.grid.statistics import statistics
from desktop.ui.grid.walking import data_edge
from desktop.ui.kit.choices import Choice

CELLS = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\x00"), max_size=12)
BLOCKS = st.integers(1, 5).flatmap(lambda wide: st.lists(st.lists(CELLS, min_size=wide, max_size=wide), min_size=1,
                                                         max_size=6))
ECONOMIC = (Choice("30218", "专用材料费", "zyclf"), Choice("30226", "劳务费", "lwf"),
            Choice("30227", "委托业务费", "wtywf"))


@given(BLOCKS)
def test_any_block_comes_back_from_the_clipboard_as_it_went(block: list[list[str]]) -> None:
    assert parse_tsv(format_tsv(block)) == block


@pytest.mark.parametrize(("text", "block"), [
    ("1\t2\r\n3\t4\r\n", [["1", "2"], ["3", "4"]]), ("1\t2\n3\t4", [["1", "2"], ["3", "4"]]), ("单", [["单"]]),
    ('"甲\n乙"\t"说""好"""', [["甲\n乙", '说"好"']]), ("1\t\t\n2", [["1", "", ""], ["2", "", ""]]), ("\n", [[""]]),
    ('"不成对\t2', [['"不成对', "2"]]), ('5"管\t2', [['5"管', "2"]]), ("", [[""]]), ("a\rb", [["a"], ["b"]]),
])
def test_what_excel_and_wps_write_is_read(text: str, block: list[list[str]]) -> None:
    assert parse_tsv(text) == block


def test_a_clipboard_without_end_is_refused() -> None:
    with pytest.raises(TooMuch):
        parse_tsv("\t" * 500_001)


def test_the_report_of_a_paste_counts_what_happened() -> None:
    locked = SkippedCell(0, "last", "上年执行数", "9", "由财政下达，不能修改")
    assert PasteReport(12, 3, 34, (locked, locked), 0, 0).sentence() == \
        "已粘贴 12 行×3 列：写入 34 格，跳过 2 格（只读）。Ctrl+Z 可全部撤销。"


@pytest.mark.parametrize(("column", "text", "value", "shown", "clip"), [
    (ColumnSpec("a", "金额", "amount"), "1,234.5", Decimal("1234.50"), "1,234.50", "1234.50"),
    (ColumnSpec("a", "金额", "amount"), "0", Decimal("0.00"), "", "0.00"),
    (ColumnSpec("a", "金额", "amount", zero_blank=False), "0", Decimal("0.00"), "0.00", "0.00"),
    (ColumnSpec("a", "比例", "percent"), "60%", Decimal("60.00"), "60.00%", "60.00"),
    (ColumnSpec("a", "人数", "number", places=0), "１２", Decimal(12), "12", "12"),
    (ColumnSpec("a", "账号", "digits"), "1505 0166 8200", "150501668200", "1505 0166 8200", "150501668200"),
    (ColumnSpec("a", "日期", "date", year=2026), "1120", datetime.date(2026, 11, 20), "2026-11-20", "2026-11-20"),
    (ColumnSpec("a", "摘要"), " 水费 ", " 水费 ", " 水费 ", " 水费 "),
    (ColumnSpec("a", "采购", "check"), "是", True, "是", "是"),
    (ColumnSpec("a", "科目", "code", choices=ECONOMIC), "30226", ECONOMIC[1], "30226 劳务费", "30226"),
    (ColumnSpec("a", "科目", "code", choices=ECONOMIC), "30226 劳务费", ECONOMIC[1], "30226 劳务费", "30226"),
    (ColumnSpec("a", "科目", "code", choices=ECONOMIC), "lwf", ECONOMIC[1], "30226 劳务费", "30226"),
])
def test_a_text_is_read_shown_and_copied_by_its_column(column: ColumnSpec, text: str, value: object, shown: str,
                                                       clip: str) -> None:
    assert read(column, text) == value
    assert show(column, value) == shown
    assert plain(column, value) == clip


@pytest.mark.parametrize(("column", "text"), [
    (ColumnSpec("a", "金额", "amount"), "12x"), (ColumnSpec("a", "人数", "number", places=0), "1.5"),
    (ColumnSpec("a", "日期", "date", year=2026), "2026-02-30"),
    (ColumnSpec("a", "科目", "code", choices=ECONOMIC), "没有"),
    (ColumnSpec("a", "科目", "code", choices=ECONOMIC), "302"), (ColumnSpec("a", "科目", "code"), "30226"),
])
def test_a_text_that_does_not_fit_is_refused(column: ColumnSpec, text: str) -> None:
    with pytest.raises(Unreadable):
        read(column, text)


@given(st.decimals(Decimal("-9999999999.99"), Decimal("9999999999.99"), places=2))
def test_what_the_editor_opens_with_reads_back(amount: Decimal) -> None:
    column = ColumnSpec("a", "金额", "amount")
    assert read(column, typed_form(column, amount)) == amount
    assert read(column, plain(column, amount)) == amount


def test_a_rich_cell_shows_its_text() -> None:
    assert show(ColumnSpec("a", "附件", "rich"), Rich("2", icon="clip")) == "2"


@given(st.lists(st.none() | st.decimals(-1000, 1000, places=2), max_size=30))
def test_statistics_are_those_of_the_numbers(numbers: list[Decimal | None]) -> None:
    found, plainly = statistics(numbers), [number for number in numbers if number is not None]
    assert (found.cells, found.count, found.total) == (len(numbers), len(plainly), sum(plainly, Decimal(0)))
    if plainly:
        assert (found.least, found.greatest) == (min(plainly), max(plainly))


@pytest.mark.parametrize(("line", "at", "step", "to"), [
    ("xxx..x", 0, 1, 2), ("xxx..x", 2, 1, 5), ("xxx..x", 3, 1, 5), ("xxx..x", 5, -1, 2), ("......", 0, 1, 5),
    ("x.....", 0, 1, 5), ("xxx", 2, 1, 2), ("xxx", 0, -1, 0),
])
def test_control_and_arrow_go_to_the_edge_of_the_data(line: str, at: int, step: int, to: int) -> None:
    assert data_edge([sign == "x" for sign in line], at, step) == to
