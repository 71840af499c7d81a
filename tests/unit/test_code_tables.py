"""Codes hold from a year to a year; a document of another year is told what became of its code."""

from dataclasses import replace

import pytest

from desktop.domain.budget_rules import check_budget
from desktop.domain.code_tables import CodeTable, entry_of, holds_in, of_year
from desktop.domain.importing.target import Ended
from desktop.domain.importing.targets import BUDGET_TARGET, FUNCTIONS
from desktop.domain.importing.values import Reading, Unfit, convert
from desktop.domain.mirrors import CodeEntry, EconomicPair
from desktop.domain.problem import Problem
from desktop.domain.project_rules import check_project
from desktop.domain.voucher_rules import check_voucher
from desktop.texts.code_texts import check_note, check_words, years_words
from desktop.texts.importing import flaw, remedy
from desktop.texts.problems import describe
from desktop.usecases.import_desk import code_list
from tests.data import golden
from tests.unit import test_project_rules

OLD = CodeEntry("FUNCTION", "2130236", "草原管理", to_year="2025", successor="2130299")
NEW = replace(OLD, name="草原保护修复", from_year="2028", to_year="", successor="")
ALWAYS = CodeEntry("FUNCTION", "2130299", "其他林业和草原支出")
ENTRIES = (OLD, NEW, ALWAYS)


def entry(code: str, **more: str) -> CodeEntry:
    return CodeEntry("FUNCTION", code, "名称", **more)


@pytest.mark.parametrize(
    ("year", "names"),
    [
        (2025, {"2130236": "草原管理", "2130299": "其他林业和草原支出"}),
        (2026, {"2130299": "其他林业和草原支出"}),
        (2028, {"2130236": "草原保护修复", "2130299": "其他林业和草原支出"}),
        (None, {"2130236": "草原保护修复", "2130299": "其他林业和草原支出"}),
    ],
)
def test_a_table_gives_what_a_code_means_in_its_year(year: int | None, names: dict[str, str]) -> None:
    assert {code: one.name for code, one in CodeTable(ENTRIES, year).items()} == names


def test_a_code_of_other_years_still_has_a_name() -> None:
    table = CodeTable(ENTRIES, 2026)
    assert (entry_of("2130236", table), entry_of("2130299", table), entry_of("1", table)) == (OLD, ALWAYS, None)
    assert entry_of("2130236", CodeTable([NEW], 2026)) == NEW
    assert entry_of("2130236", {"2130236": OLD}) == OLD


def test_an_imported_code_of_earlier_years_is_told_what_to_use_instead() -> None:
    renamed = replace(OLD, code="2130153", name="农田建设", successor="2130153")
    gone = replace(OLD, code="2130999", name="没有去处的科目", successor="")
    now = replace(ALWAYS, code="2130153", name="耕地建设与利用", from_year="2026")
    table = code_list(CodeTable([OLD, ALWAYS, renamed, now, gone], 2026))
    assert [found.code for found in table.find("2130153")] == ["2130153"]
    assert table.find("2130236") == table.find("农田建设") == []
    assert table.find_ended("2130236 草原管理") == Ended("2130236", "草原管理", "2025", "2130299 其他林业和草原支出")
    assert table.find_ended("农田建设") == Ended("2130153", "农田建设", "2025", "2130153 耕地建设与利用")
    assert table.find_ended("9999999") is None

    def told(cell: str) -> str:
        column = next(one for one in BUDGET_TARGET.columns if one.list_name == FUNCTIONS)
        with pytest.raises(Unfit) as caught:
            convert(cell, column, Reading({FUNCTIONS: table}, 2026))
        return f"{flaw(caught.value.code, caught.value.facts)}，{remedy(caught.value.code, caught.value.facts)}"

    assert told("2130236") == "“2130236”用到 2025 年为止，请改用“2130299 其他林业和草原支出”"
    assert told("没有去处的科目") == "“没有去处的科目”用到 2025 年为止，请从列表里选本年有效的"


@pytest.mark.parametrize(
    ("given", "year", "holds"),
    [
        ({}, 1990, True),
        ({"from_year": "2026"}, 2025, False),
        ({"from_year": "2026"}, 2026, True),
        ({"to_year": "2026"}, 2026, True),
        ({"to_year": "2026"}, 2027, False),
    ],
)
def test_first_and_last_year_belong_to_an_entry(given: dict[str, str], year: int, holds: bool) -> None:
    assert holds_in(entry("1", **given), year) is holds


def test_pairs_are_those_of_the_year() -> None:
    pairs = [
        EconomicPair("30201", "50201", "ADMIN", to_year="2026"),
        EconomicPair("30201", "50299", "ADMIN", from_year="2027"),
    ]
    assert [pair.gov for pair in of_year(pairs, 2026)] == ["50201"]
    assert [pair.gov for pair in of_year(pairs, 2027)] == ["50299"]
    assert len(of_year(pairs, None)) == 2


def said(found: list[Problem], rule: str) -> list[str]:
    texts = [describe(problem) for problem in found if problem.code == rule]
    return [text.sentence + text.advice for text in texts]


def with_year(table: dict[str, CodeEntry], code: str, year: int, **years: str) -> CodeTable:
    """The table in which one code holds in other years."""
    return CodeTable([replace(one, **years) if one.code == code else one for one in table.values()], year)


def test_a_budget_line_with_an_ended_code_names_the_code_that_follows() -> None:
    ended = with_year(dict(golden.codes("FUNCTION")), "2130217", 2027, to_year="2026", successor="2130299")
    found = check_budget(golden.budget(), replace(golden.budget_facts(), functions=ended))
    assert said(found, "B-07")[0].endswith(
        "支出功能分类的“2130217 防沙治沙”用到 2026 年为止，2027 年不能再用。请改用“2130299 其他林业和草原支出”。"
    )


def test_an_ended_nature_of_income_is_said_under_its_own_rule() -> None:
    ended = with_year(dict(golden.codes("FUND_NATURE")), "111", 2027, to_year="2026")
    found = check_budget(golden.budget(), replace(golden.budget_facts(), natures=ended))
    assert "用到 2026 年为止，2027 年不能再用。请重新选取本年有效的编码。" in said(found, "B-06")[0]


def test_a_voucher_of_this_year_may_use_what_ends_with_it_and_not_what_begins_later() -> None:
    last = with_year(dict(golden.codes("DEPT_ECONOMIC")), "30231", 2026, to_year="2026")
    assert check_voucher(golden.voucher(), replace(golden.voucher_facts(), economics=last)) == []
    later = with_year(dict(golden.codes("DEPT_ECONOMIC")), "30231", 2026, from_year="2027")
    found = check_voucher(golden.voucher(), replace(golden.voucher_facts(), economics=later))
    assert said(found, "V-05")[0] == (
        "第 1 行 · 部门经济分类的“30231 公务用车运行维护费”从 2027 年起使用，2026 年还不能用。"
        "请重新选取本年有效的编码。"
    )


def test_a_project_is_told_of_its_function_and_of_its_plan() -> None:
    p = test_project_rules
    functions = with_year(dict(p.FACTS.functions), p.PROJECT.function_code, 2027, to_year="2026")
    sources = with_year(dict(p.FACTS.sources), p.PROJECT.plan[0].fund_source, 2027, to_year="2026")
    found = check_project(p.PROJECT, p.GOAL, replace(p.FACTS, functions=functions, sources=sources))
    assert "2027 年不能再用" in said(found, "B-22")[0]
    assert "2027 年不能再用" in said(found, "B-21")[0]


def test_a_code_that_never_was_is_said_as_before() -> None:
    found = check_project(
        replace(test_project_rules.PROJECT, function_code="9999999"),
        test_project_rules.GOAL,
        replace(test_project_rules.FACTS, functions=CodeTable(golden.codes("FUNCTION").values(), 2027)),
    )
    assert "不在财政下达的科目表里" in said(found, "B-22")[0]


@pytest.mark.parametrize(
    ("years", "words"),
    [
        (("", ""), "长期"),
        (("2026", ""), "2026 年起"),
        (("", "2026"), "至 2026 年"),
        (("2026", "2026"), "2026"),
        (("2026", "2028"), "2026—2028"),
    ],
)
def test_years_are_said_in_words(years: tuple[str, str], words: str) -> None:
    assert years_words(*years) == words


def test_a_bureaus_own_remark_on_certainty_stands_as_it_is() -> None:
    assert check_words("2026") == "2026年公开预算实证"
    assert check_words("已与印发文本核对") == "已与印发文本核对"
    assert check_note("已与印发文本核对") == ""
    assert "以平台为准" in check_note("own")
