"""Which rows fit a filter, how they are sorted, which values a column offers; without any window."""

import datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.ui.grid.columns import ColumnSpec, SheetSource
from desktop.ui.grid.filtering import ColumnFilter, arranged, fits, is_found, read_cells, sort_keys, value_counts
from desktop.ui.grid.finding import FoundText, matches, next_hit, replacements
from desktop.ui.kit.choices import Choice

AMOUNT, DAY = ColumnSpec("a", "金额", "amount"), ColumnSpec("d", "日期", "date")
TEXT, CODE = ColumnSpec("t", "摘要"), ColumnSpec("c", "科目", "code")
LABOUR, GOODS = Choice("30226", "劳务费", "lwf"), Choice("30218", "专用材料费", "zyclf")


class Rows(SheetSource):
    def __init__(self, *values: object) -> None:
        self.values = values

    def row_count(self) -> int:
        return len(self.values)

    def value(self, row: int, key: str) -> object:
        return self.values[row]


def kept(spec: ColumnSpec, wanted: ColumnFilter, *values: object, wrong: tuple[int, ...] = ()) -> list[int]:
    ask = fits(wanted, read_cells(Rows(*values), spec, {}), lambda row: row in wrong)
    return [row for row in range(len(values)) if ask(row)]


def test_a_filter_keeps_the_rows_with_the_chosen_texts() -> None:
    assert kept(CODE, ColumnFilter(frozenset({"30226 劳务费"})), LABOUR, GOODS, None, LABOUR) == [0, 3]
    assert kept(CODE, ColumnFilter(frozenset({""})), LABOUR, None) == [1]


def test_both_ends_of_a_range_fit_and_empty_cells_do_not() -> None:
    rows = (Decimal("9.99"), Decimal(10), None, Decimal("20.00"), Decimal("20.01"))
    assert kept(AMOUNT, ColumnFilter(least=Decimal(10), most=Decimal(20)), *rows) == [1, 3]
    assert kept(AMOUNT, ColumnFilter(least=Decimal(20)), *rows) == [3, 4]
    days = (datetime.date(2026, 1, 31), datetime.date(2026, 2, 1), None)
    assert kept(DAY, ColumnFilter(most=datetime.date(2026, 1, 31)), *days) == [0]


def test_only_nonzero_only_blank_and_only_errors() -> None:
    rows = (Decimal(0), None, Decimal("-0.01"), Decimal(3))
    assert kept(AMOUNT, ColumnFilter(nonzero=True), *rows) == [2, 3]
    assert kept(AMOUNT, ColumnFilter(blank=True), *rows) == [0, 1]
    assert kept(AMOUNT, ColumnFilter(errors=True), *rows, wrong=(3,)) == [3]
    assert kept(AMOUNT, ColumnFilter(nonzero=True, errors=True), *rows, wrong=(1, 3)) == [3]


def test_a_text_that_could_not_be_read_is_what_the_filter_sees() -> None:
    cells = read_cells(Rows(Decimal(1), Decimal(2)), AMOUNT, {(1, "a"): "两千"})
    assert list(cells.texts) == ["1.00", "两千"]


@pytest.mark.parametrize(("wanted", "words"), [
    (ColumnFilter(frozenset({"转账"})), "方式：转账"), (ColumnFilter(frozenset({""})), "方式：（空白）"),
    (ColumnFilter(frozenset({"转账", "现金", "电汇"})), "方式：现金 等 3 项"),
    (ColumnFilter(least=Decimal(1000)), "方式：≥ 1,000.00"),
    (ColumnFilter(least=Decimal(1), most=Decimal(2), errors=True), "方式：1.00 至 2.00、仅错误"),
    (ColumnFilter(most=datetime.date(2026, 3, 1)), "方式：≤ 2026-03-01"),
])
def test_the_chip_says_what_is_filtered(wanted: ColumnFilter, words: str) -> None:
    assert wanted.words("方式") == words


def test_a_filter_that_lets_everything_through_is_none() -> None:
    assert not ColumnFilter()
    assert ColumnFilter(frozenset())


def test_numbers_sort_by_size_with_empty_cells_last_both_ways() -> None:
    cells = read_cells(Rows(Decimal(10), None, Decimal(9), Decimal(-1)), AMOUNT, {})
    keys = sort_keys(AMOUNT, cells)
    assert arranged(4, (), (), keys) == [3, 2, 0, 1]
    assert arranged(4, (), (), keys, descending=True) == [0, 2, 3, 1]


def test_rows_are_sorted_within_their_group_and_an_empty_group_goes_with_its_head() -> None:
    kinds = ("group", "data", "data", "group", "data", "group", "data")
    keys = [(False, key) for key in (0, 5, 4, 0, 3, 0, 1)]
    assert arranged(7, kinds, (), keys) == [0, 2, 1, 3, 4, 5, 6]
    assert arranged(7, kinds, (lambda row: row in (1, 6),), None) == [0, 1, 5, 6]


def test_a_group_of_groups_keeps_its_head_while_one_of_its_parts_is_shown() -> None:
    kinds = ("group", "group", "data", "group", "data")
    assert arranged(5, kinds, (lambda row: row == 2,), None) == [0, 1, 2]


@settings(max_examples=60)
@given(st.lists(st.one_of(st.none(), st.decimals(-9999, 9999, places=2)), max_size=40), st.booleans())
def test_any_sort_shows_every_row_once_and_equal_ones_as_stored(values: list[Decimal | None], down: bool) -> None:
    keys = sort_keys(AMOUNT, read_cells(Rows(*values), AMOUNT, {}))
    order = arranged(len(values), (), (), keys, descending=down)
    assert sorted(order) == list(range(len(values)))
    filled = [(values[row], row) for row in order if values[row] is not None]
    assert filled == sorted(filled, key=lambda pair: (-pair[0] if down else pair[0], pair[1]))


def test_values_are_counted_in_their_natural_order() -> None:
    cells = read_cells(Rows(LABOUR, GOODS, None, LABOUR), CODE, {})
    found = value_counts(CODE, cells, range(4))
    assert [(value.text, value.count) for value in found] == [("30218 专用材料费", 1), ("30226 劳务费", 2), ("", 1)]
    assert [(value.text, value.count) for value in value_counts(CODE, cells, (0, 3))] == [("30226 劳务费", 2)]


@pytest.mark.parametrize(("typed", "found"), [
    ("劳务", True), ("30226", True), ("lwf", True), ("LWF", True), ("302 费", True),
    ("劳务 30218", False), ("x", False),
])
def test_a_cell_is_found_by_text_code_or_initials(typed: str, found: bool) -> None:
    assert is_found("30226 劳务费", "30226", typed, lambda text: "30226 lwf") is found


def test_a_bare_number_finds_a_number_with_commas() -> None:
    assert is_found("36,500.00", "36500.00", "36500", str)
    assert is_found("36,500.00", "36500.00", "36,5", str)


class TestFinding:
    CELLS = (FoundText(0, 1, "水费", "水费"), FoundText(0, 3, "1,200.00", "1200.00"), FoundText(2, 1, "电费", "电费"))

    def test_hits_come_in_reading_order(self) -> None:
        assert matches(self.CELLS, "费", str) == [(0, 1), (2, 1)]
        assert matches(self.CELLS, "1200", str) == [(0, 3)]
        assert matches(self.CELLS, "  ", str) == []

    def test_the_next_hit_goes_round_at_both_ends(self) -> None:
        hits = [(0, 1), (0, 3), (2, 1)]
        assert [next_hit(hits, at, 1) for at in ((0, 0), (0, 1), (1, 0), (2, 1))] == [0, 1, 2, 0]
        assert [next_hit(hits, at, -1) for at in ((0, 0), (0, 1), (1, 0), (2, 2))] == [2, 2, 1, 2]
        assert next_hit([], (0, 0), 1) == -1

    def test_a_replacement_is_listed_before_and_after(self) -> None:
        found = replacements(self.CELLS, "费", "费用")
        assert [(change.row, change.before, change.after) for change in found] == \
            [(0, "水费", "水费用"), (2, "电费", "电费用")]

    def test_what_would_stay_the_same_is_not_listed(self) -> None:
        assert replacements(self.CELLS, "水", "水") == []
        assert replacements(self.CELLS, "", "x") == []

    def test_whole_cells_only(self) -> None:
        assert replacements(self.CELLS, "费", "x", whole=True) == []
        assert len(replacements(self.CELLS, "水费", "x", whole=True)) == 1

    def test_signs_with_a_meaning_in_patterns_are_plain_text(self) -> None:
        cells = (FoundText(0, 0, "a.b(1)", "a.b(1)"), FoundText(1, 0, "axb", "axb"))
        assert [change.after for change in replacements(cells, "a.b(", "\\1")] == ["\\11)"]
