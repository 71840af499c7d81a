"""`budgetdesk suggest`: a goal from a name and an amount, as JSON and as a table; odd input is refused in Chinese."""

import json
from pathlib import Path

import pytest

from desktop.commands.homes import PASSWORD_VARIABLE, REHEARSAL_PASSWORD
from desktop.demo.stage import UNIT_FOLDER
from tests.system.asking import Ask, assert_refused

SCHOOL = ("suggest", "--project", "中小学校舍维修改造", "--amount", "1200000")
KEYS = {"level1", "level2", "indicator", "code", "version", "operator", "target", "unit", "weight", "core", "reason",
        "estimated", "sources"}  # fmt: skip


def test_the_goal_comes_as_json_and_no_rule_speaks_against_it(ask: Ask):
    answer = ask(*SCHOOL, "--year", "2027", "--json")
    assert answer.code == 0
    goal = json.loads(answer.out)
    assert (goal["project"], goal["profile"], goal["problems"]) == ("中小学校舍维修改造", "WITH_COST", [])
    assert goal["general_goal"]
    assert "2027年安排资金120万元" in goal["year_goal"]
    assert all(set(line) >= KEYS and line["reason"] and line["target"] for line in goal["lines"])
    assert sum(line["weight"] for line in goal["lines"]) == 90
    assert {line["level1"] for line in goal["lines"]} == {"成本指标", "产出指标", "效益指标", "满意度指标"}
    assert sum(line["weight"] for line in goal["lines"] if line["core"]) >= 36


def test_the_table_shows_values_points_and_reasons(ask: Ask):
    answer = ask("suggest", "--project", "农村公路养护", "--amount", "300万", "--summary", "养护里程 520 公里",
                 "--function", "2140106")
    assert answer.code == 0
    for word in ("资金用途：农村公路养护", "产出指标", "分", "核心", "各项审核规则都通过。"):
        assert word in answer.out
    assert "≥" in answer.out


def test_a_workspaces_own_library_and_profiles_are_used(ask: Ask, home: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv(PASSWORD_VARIABLE, REHEARSAL_PASSWORD)
    answer = ask("suggest", "--project", "沙化土地综合治理", "--amount", "1000000", "--workspace", home / UNIT_FOLDER,
                 "--json")
    assert answer.code == 0
    goal = json.loads(answer.out)
    assert goal["problems"] == []
    assert any("沙" in line["indicator"] for line in goal["lines"])


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (("--project", "校舍", "--amount", "abc"), "abc"),
        (("--project", "校舍", "--amount", "-5"), "大于零"),
        (("--project", "校舍", "--amount", "0"), "大于零"),
        (("--project", "校舍", "--amount", "1.234"), "1.234"),
        (("--project", "  ", "--amount", "5"), "没有项目名称"),
        (("--project", "，。", "--amount", "5"), "没有项目名称"),
        (("--project", "校" * 61, "--amount", "5"), "61 个字"),
        (("--project", "校舍", "--amount", "5", "--summary", "修" * 2001), "2001 个字"),
        (("--project", "校舍", "--amount", "5", "--function", "20x"), "功能分类"),
        (("--project", "校舍", "--amount", "5", "--function", "2050"), "功能分类"),
        (("--project", "校舍", "--amount", "5", "--class", "R"), "不填绩效目标"),
        (("--project", "校舍", "--amount", "5", "--class", "Q"), "Q"),
        (("--project", "校舍", "--amount", "5", "--year", "1800"), "1800"),
        (("--project", "校舍", "--amount", "5", "--year", "明年"), "明年"),
        (("--project", "校舍"), "--amount"),
        (("--amount", "5"), "--project"),
        (("--project", "校舍", "--amount", "5", "--workspace", "/不存在"), "不存在"),
    ],
)
def test_odd_input_is_refused_in_chinese(ask: Ask, more: tuple[str, ...], said: str):
    answer = ask("suggest", *more)
    assert_refused(answer)
    assert said in answer.said()
