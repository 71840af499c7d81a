"""Sheets of bureaus: headings and values in Chinese, merged cells, and cells that can't be understood."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.library_rules import Finding, Material, check_library
from desktop.domain.library_rules.headings import CHOICES, TITLES, field_of, level2_of_word
from desktop.domain.library_rules.sheet import indicators_in, sheet_of
from desktop.texts import library_findings
from tests.data.library import KNOWN, case_of, cases_of


def sheet(*rows: str, head: str = "一级指标 二级指标 三级指标 指标性质 指标值 度量单位 指标方向性") -> list[Finding]:
    lines = [(at, row.split(" ")) for at, row in enumerate((head, *rows), start=1)]
    letters = [chr(65 + at) for at in range(len(lines[0][1]))]
    found, wrong = sheet_of("库.csv", lines, letters)
    assert found is not None
    entries, told = indicators_in(found)
    return [*wrong, *told, *check_library(Material(tuple(entries)), KNOWN)]


def test_the_columns_of_the_official_table_are_understood() -> None:
    assert sheet("产出指标 数量指标 治理面积 ≥ 100 亩 正向") == []
    assert sheet("产出 数量 治理面积 >= 100 亩 正向指标", "满意度 服务对象满意度 牧民满意度 ≥ 90 % 正向") == []


def test_functions_may_be_written_with_their_names() -> None:
    head = "一级指标 二级指标 三级指标 指标性质 指标值 度量单位 功能分类科目"
    assert sheet("产出指标 数量指标 治理面积 ≥ 100 亩 2130217防沙治沙", head=head) == []
    assert cases_of(sheet("产出指标 数量指标 治理面积 ≥ 100 亩 2130217；9999999", head=head)) == {"L-11"}


def test_kinds_of_units_are_read_as_bureaus_write_them() -> None:
    head = "一级指标 二级指标 三级指标 指标性质 指标值 度量单位 单位类型"
    assert sheet("产出指标 数量指标 治理面积 ≥ 100 亩 行政、参公单位", head=head) == []
    assert cases_of(sheet("产出指标 数量指标 治理面积 ≥ 100 亩 学校", head=head)) == {"L-21.choice"}


def test_merged_cells_take_the_group_from_above() -> None:
    assert sheet("产出指标 数量指标 治理面积 ≥ 100 亩 正向", "  补播改良情况 ≥ 100 亩 正向") == []


@pytest.mark.parametrize(
    ("row", "wanted", "column"),
    [
        ("产出指标 数量指标 治理面积 大约 100 亩 正向", "L-21.choice", "D"),
        ("产出指标 数量指标 治理面积 ≥ 100 亩 上下", "L-21.choice", "G"),
        ("产出指标 数量指标  ≥ 100 亩 正向", "L-15.needed", "C"),
        (f"产出指标 数量指标 {'长' * 2000} ≥ 100 亩 正向", "L-21.long", "C"),
        ("产出指标 数量指标 治理面积 ≤ 100 亩 正向", "L-06", "G"),
        ("产出指标 数量指标 治理面积 ≥ 100 市亩 正向", "L-09", "F"),
    ],
)
def test_a_cell_that_is_wrong_is_named_by_row_and_column(row: str, wanted: str, column: str) -> None:
    found = {(case_of(one), one.place.row, one.place.column) for one in sheet(row)}
    assert (wanted, 2, column) in found


def test_a_sheet_without_the_headings_is_no_library() -> None:
    found, wrong = sheet_of("库.csv", [(1, ["姓名", "工资"]), (2, ["甲", "100"])], ["A", "B"])
    assert found is None
    assert cases_of(wrong) == {"L-22.head"}


def test_a_heading_twice_and_a_sheet_without_rows_are_told() -> None:
    assert cases_of(sheet(head="一级指标 二级指标 三级指标 三级指标")) == {"L-22.twice", "L-22.empty"}


def test_formula_cells_are_told_with_their_place() -> None:
    lines = [(1, ["一级指标", "二级指标", "三级指标"]), (2, ["产出", "数量", "治理面积"])]
    found, _ = sheet_of("库.xlsx", lines, ["A", "B", "C"], [(2, "C"), (2, "H")])
    assert found is not None
    _, told = indicators_in(found)
    assert [(case_of(one), one.place.row, one.place.column) for one in told] == [("L-23", 2, "C")]


def test_headings_and_values_may_be_chinese_or_the_names_of_the_fields() -> None:
    assert field_of("度量单位（必填）") == field_of("unit") == "unit"
    assert field_of("三级指标*") == "name"
    assert field_of("备注") == ""
    assert CHOICES["operator"]["≥"] == CHOICES["operator"]["GE"] == "GE"
    assert level2_of_word("数量") == "数量指标"


_ODD = {"-1", "1e9", "9" * 30, "NaN", "=A1", "5~", "%"}
_WORDS = sorted({word for words in CHOICES.values() for word in words} | _ODD)
_CELLS = st.one_of(st.sampled_from(_WORDS), st.text(max_size=12), st.just("长" * 1200))


@settings(max_examples=30)
@given(st.lists(st.lists(_CELLS, min_size=len(TITLES), max_size=len(TITLES)), max_size=3), st.booleans())
def test_whatever_stands_in_the_cells_is_told_in_words(rows: list[list[str]], chinese: bool) -> None:
    head = list(TITLES.values() if chinese else TITLES)
    letters = [f"A{at}" for at in range(len(head))]
    found, wrong = sheet_of("库.csv", list(enumerate([head, *rows], start=1)), letters)
    assert found is not None
    entries, told = indicators_in(found)
    for one in [*wrong, *told, *check_library(Material(tuple(entries)), KNOWN)]:
        assert library_findings.sentence(one)
        assert library_findings.advice(one)
        assert library_findings.place(one).startswith("库.csv")
