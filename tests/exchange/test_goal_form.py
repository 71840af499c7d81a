"""The goal form goes out as a sheet with the official columns and comes back line by line."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from desktop.domain.goal import Direction, GoalFund, Level1, LibraryKind, Operator
from desktop.domain.goal_form.layout import COLUMNS, FormWords, GoalForm, goal_form
from desktop.domain.goal_form.reading import read_form, split_target
from desktop.domain.importing.table import Table
from desktop.exchange.goal_form_file import write_goal_form
from desktop.exchange.tables import read_tables
from desktop.exchange.tables.faults import TableNotWritten
from tests.data import goals

WORDS = FormWords("219001 甲旗林业和草原局", "", "特定目标类", "不设成本指标", "比例赋分", {"111": "一般公共预算资金"})
GOAL = replace(
    goals.goal(),
    start_year=2027,
    end_year=2028,
    is_new=False,
    scoring_version="2026.1",
    general_goal="=1+1 不是公式",
    funds=(GoalFund("111", "LOCAL", Decimal("900000.00")), GoalFund("111", "CARRY", Decimal("100000.00"))),
)


def sheet(*rows: tuple[object, ...]) -> Table:
    width = max(map(len, rows))
    return Table("表", tuple((*row, *(None,) * (width - len(row))) for row in rows))  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def form() -> GoalForm:
    return goal_form(GOAL, WORDS)


def test_what_was_written_is_read_back(tmp_path: Path, form: GoalForm) -> None:
    path = tmp_path / "申报表.xlsx"
    write_goal_form(path, form)
    reading = read_form(read_tables(path))
    assert reading.flaws == ()
    assert (reading.project_name, reading.year_goal) == (GOAL.project_name, GOAL.year_goal)
    assert reading.general_goal == "=1+1 不是公式"
    for line, read in zip(GOAL.lines, reading.lines, strict=True):
        assert (read.level1, read.level2, read.name) == (line.level1, line.level2, line.name)
        assert (read.operator, read.unit, read.weight) == (line.operator, line.unit, line.weight)
        assert read.target.replace(",", "") == line.target.replace(",", "")


def test_the_sheet_has_the_official_columns_and_the_money(tmp_path: Path, form: GoalForm) -> None:
    path = tmp_path / "申报表.xlsx"
    write_goal_form(path, form)
    rows = [[cell for cell in row if cell is not None] for row in openpyxl.load_workbook(path).active.values]
    assert list(COLUMNS) in rows
    assert ["年度资金总额", 1000000, "其中：财政拨款", 900000] in rows
    assert ["　　　上年结转", 100000, "　　　其他资金", 0] in rows
    assert any("评分办法：比例赋分（2026.1 版）" in row for row in rows)


def test_a_text_that_looks_like_a_formula_stays_a_text(tmp_path: Path, form: GoalForm) -> None:
    path = tmp_path / "申报表.xlsx"
    write_goal_form(path, form)
    cells = [cell for row in openpyxl.load_workbook(path).active.iter_rows() for cell in row]
    [cell] = [cell for cell in cells if str(cell.value).startswith("=1")]
    assert (cell.data_type, cell.quotePrefix) == ("s", True)


def test_signs_that_no_sheet_can_hold_are_left_out(tmp_path: Path) -> None:
    path = tmp_path / "申报表.xlsx"
    pasted = replace(GOAL, year_goal="治沙\x00\x07\x1b一万亩，分两批完成，年底前全部通过验收。")
    write_goal_form(path, goal_form(pasted, WORDS))
    assert read_form(read_tables(path)).year_goal == "治沙一万亩，分两批完成，年底前全部通过验收。"


def test_own_indicators_bring_their_words_from_the_second_sheet(tmp_path: Path) -> None:
    own = replace(
        GOAL.lines[1], library_kind=LibraryKind.CUSTOM, explanation="当年栽的", formula="逐块相加", reason="没有合适的",
        data_source="验收表", due=date(2027, 10, 31),
    )  # fmt: skip
    path = tmp_path / "申报表.xlsx"
    write_goal_form(path, goal_form(replace(GOAL, lines=(GOAL.lines[0], own, *GOAL.lines[2:])), WORDS))
    about = read_form(read_tables(path)).lines[1].about
    assert (about.explanation, about.formula, about.reason) == ("当年栽的", "逐块相加", "没有合适的")
    assert (about.data_source, about.due) == ("验收表", "2027-10-31")


def test_a_folder_that_is_gone_is_said(tmp_path: Path, form: GoalForm) -> None:
    with pytest.raises(TableNotWritten):
        write_goal_form(tmp_path / "没有" / "申报表.xlsx", form)


def test_an_older_form_with_sign_value_and_unit_in_one_cell_is_read() -> None:
    reading = read_form([
        sheet(
            ("项目名称：", "拆违经费"),
            ("年度总体\n目标", "", "完成年度任务"),
            ("一级指标", "二级指标", "三级指标", "指标值", "分值"),
            ("产出", "数量", "完成年度拆违计划", "＝100%", Decimal(20)),
            (None, None, "拆除面积", "≥1,200 平方米", "10"),
            (None, "成本", "成本控制", "不超过 30万元", Decimal(10)),
            ("效益", "可持续影响", "新增违建", "明显降低", Decimal(30)),
            ("满意度", None, "群众满意度", "90~100%", Decimal(10)),
            ("合计", None, None, None, Decimal(80)),
            ("注", None, "不是指标", "1", None),
        )
    ])  # fmt: skip
    assert reading.flaws == ()
    assert (reading.project_name, reading.year_goal) == ("拆违经费", "完成年度任务")
    assert [(line.level1, line.level2, line.operator, line.target, line.unit) for line in reading.lines] == [
        (Level1.OUTPUT, "数量指标", Operator.EQ, "100", "%"),
        (Level1.OUTPUT, "数量指标", Operator.GE, "1,200", "平方米"),
        (Level1.OUTPUT, "成本指标", Operator.LE, "30", "万元"),
        (Level1.BENEFIT, "可持续影响指标", Operator.QUAL, "明显降低", ""),
        (Level1.SATISFACTION, "服务对象满意度指标", Operator.RANGE, "90~100", "%"),
    ]
    assert [line.direction for line in reading.lines].count(Direction.NEGATIVE) == 1


def test_what_cannot_be_read_is_named_with_its_cell() -> None:
    head = ("一级指标", "二级指标", "三级指标", "指标性质", "指标值", "度量单位", "权重", "指标方向性")
    reading = read_form([
        sheet(
            head,
            ("产出指标", "数量指标", "培训人次", "≥", "120", "人次", "10", "正向指标"),
            (None, None, "培训人次", "≥", "100", "人次", "10", ""),
            (None, "速度指标", "办得快", "≥", "1", "天", "10", ""),
            (None, "质量指标", "合格率", "约等于", "95", "%", "10", ""),
            (None, "质量指标", "通过率", "≥", "95", "%", "很多", ""),
            (None, "质量指标", None, "≥", "95", "%", "1", ""),
            ("效益指标", "数量指标", "错位", "≥", "95", "%", "1", ""),
        )
    ])  # fmt: skip
    assert [(flaw.case, flaw.cell) for flaw in reading.flaws] == [
        ("twice", "C3"), ("level", "B4"), ("operator", "D5"), ("weight", "G6"), ("name", "C7"), ("level", "B8"),
    ]  # fmt: skip
    assert [line.name for line in reading.lines] == ["培训人次", "通过率"]


def test_a_sheet_without_the_columns_is_told_so() -> None:
    assert [flaw.case for flaw in read_form([sheet(("收款人", "金额"), ("甲", Decimal(1)))]).flaws] == ["columns"]
    assert [flaw.case for flaw in read_form([]).flaws] == ["columns"]


def test_a_form_without_end_is_cut() -> None:
    rows = [("产出指标", "数量指标", f"指标{at}", "1") for at in range(300)]
    reading = read_form([sheet(("一级指标", "二级指标", "三级指标", "指标值"), *rows)])
    assert len(reading.lines) == 200
    assert [flaw.case for flaw in reading.flaws] == ["many"]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("≥12000亩", (Operator.GE, "12000", "亩")),
        ("不低于 90%", (Operator.GE, "90", "%")),
        ("＜3.5 元/人次", (Operator.LT, "3.5", "元/人次")),
        ("80~90%", (Operator.RANGE, "80~90", "%")),
        ("100", (None, "100", "")),
        ("2026年11月30日前", (None, "2026年11月30日前", "")),
        ("显著提升", (None, "显著提升", "")),
    ],
)
def test_a_target_in_one_cell_is_taken_apart(text: str, parts: tuple[Operator | None, str, str]) -> None:
    assert split_target(text) == parts
