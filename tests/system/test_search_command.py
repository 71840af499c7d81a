"""`budgetdesk search`: the library of a real workspace, by every way of typing, as lines and as JSON."""

import json
import re
from pathlib import Path

import pytest

from desktop.demo.stage import UNIT_FOLDER
from tests.system.asking import Ask, assert_refused


@pytest.fixture
def unit(made_rehearsal: Path) -> Path:
    """The workspace of the rehearsal; nothing here writes."""
    return made_rehearsal / UNIT_FOLDER


def hits(ask: Ask, unit: Path, *arguments: str) -> list[dict[str, object]]:
    answer = ask("search", unit, *arguments, "--json")
    assert answer.code == 0, answer
    told = json.loads(answer.out)
    assert told["ok"]
    assert told["shown"] == len(told["hits"]) <= told["total"] <= sum(told["level1"].values())
    return list(told["hits"])


@pytest.mark.parametrize(
    ("words", "part", "why"),
    [
        (("沙化土地治理率",), "沙化土地治理率", "就是它的名称"),
        (("沙化",), "沙化", "名称以“沙化”开头"),
        (("满意",), "满意", "名称"),
        (("mianji",), "面积", "拼音或首字母里有“mianji”"),
        (("沙化", "mj"), "沙化", "名称以“沙化”开头"),
        (("HY0307013301",), "沙化土地治理率", "就是它的名称或编码"),
        (("HY0307",), "", "编码以“hy0307”开头"),
        (("沙漠化治理率",), "沙化土地治理率", "别名里有“沙漠化治理率”"),
    ],
)
def test_the_first_hit_is_right_and_says_why(
    ask: Ask, unit: Path, words: tuple[str, ...], part: str, why: str
) -> None:
    first = hits(ask, unit, *words)[0]
    assert part in str(first["name"])
    assert any(why in reason for reason in first["why"]), first  # type: ignore[attr-defined]
    assert first["open"] is True


def test_a_hit_has_what_a_script_needs(ask: Ask, unit: Path) -> None:
    found = hits(ask, unit, "shtd", "--function", "2130217", "--limit", "3")
    first = next(one for one in found[:2] if one["name"] == "沙化土地治理面积")
    assert (first["level1"], first["level2"]) == ("OUTPUT", "数量指标")
    assert first["matched"] == [[0, 4]]
    assert first["score"] == 30
    assert {"code", "kind", "operator", "typical_value", "unit", "applies", "why", "cases"} <= set(first)
    assert any("功能科目" in reason for reason in first["why"])  # type: ignore[attr-defined]


def test_level_kind_and_limit_narrow(ask: Ask, unit: Path) -> None:
    found = hits(ask, unit, "率", "--level", "output", "--kind", "core", "--kind", "common", "--limit", "5")
    assert len(found) == 5
    assert {one["level1"] for one in found} == {"OUTPUT"}
    assert all(one["is_core"] or one["kind"] in ("CORE", "COMMON") for one in found)


def test_lines_for_people_say_how_many_there_are(ask: Ask, unit: Path) -> None:
    answer = ask("search", unit, "率", "--limit", "4")
    lines = answer.out.splitlines()
    assert answer.code == 0
    assert len(lines) == 5
    assert re.search(r"共 \d+ 条（.*产出 \d+.*），以上是前 4 条", lines[-1])
    assert ask("search", unit, "--function", "2130217", "--limit", "1").code == 0  # nothing typed: what suits


def test_nothing_found_says_what_to_try(ask: Ask, unit: Path) -> None:
    answer = ask("search", unit, "zzqqxx")
    assert answer.code == 1
    assert "没有找到“zzqqxx”" in answer.out
    told = json.loads(ask("search", unit, "zzqqxx", "--json").out)
    assert told["ok"] is False
    assert told["hits"] == []


@pytest.mark.parametrize(
    "more",
    [
        ("--limit", "0"), ("--limit", "2001"), ("--limit", "x"), ("--level", "top"), ("--kind", "all"),
        ("--function", "21"), ("--function", "21302171"), ("--year", "99"), ("--year", "x"), ("--jso",),
    ],
    ids=" ".join,
)  # fmt: skip
def test_what_makes_no_sense_is_refused(ask: Ask, unit: Path, more: tuple[str, ...]) -> None:
    assert_refused(ask("search", unit, "沙化", *more))


def test_a_folder_that_is_no_workspace_is_refused(ask: Ask, tmp_path: Path) -> None:
    assert_refused(ask("search", tmp_path, "沙化"))
    assert_refused(ask("search"))
    assert "Traceback" not in ask("search", tmp_path, "\x00\ud7ff" + "沙" * 5000).said()
