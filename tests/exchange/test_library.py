"""The shipped library holds what its check asks for, and what a goal needs to be written by picking alone."""

import json
from collections import Counter
from dataclasses import replace
from importlib.resources import files

import msgspec
import pytest

import resources
from desktop.cli import main
from desktop.domain.goal import Level1, LibraryKind, Operator, PerformanceGoal
from desktop.domain.goal_rules import GoalFacts, check_goal
from desktop.domain.head import Head, Kind
from desktop.domain.library import CoreSet, GoalCase, Indicator, WeightProfile
from desktop.domain.library_rules import Finding, check_library
from desktop.domain.library_rules.meaning import is_enforcement
from desktop.domain.library_search import Fit, fit_of
from desktop.exchange.initials import shipped_speller
from desktop.exchange.library_files import library_datasets
from desktop.exchange.library_reading import known_tables, read_library
from desktop.exchange.reference import Record, public_datasets
from desktop.texts import library_findings
from desktop.usecases.pick_indicators import line_of


@pytest.fixture(scope="module")
def library() -> dict[str, list[Record]]:
    return library_datasets()


@pytest.fixture(scope="module")
def indicators(library: dict[str, list[Record]]) -> dict[str, Indicator]:
    found = msgspec.convert(library["indicator"], list[Indicator], strict=True)
    return {indicator.name: indicator for indicator in found}


def in_words(findings: list[Finding]) -> list[str]:
    return [f"{one.code} {library_findings.place(one)} {library_findings.sentence(one)}" for one in findings]


def test_the_check_of_the_shipped_library_finds_nothing() -> None:
    reading = read_library()
    assert in_words(list(reading.findings)) == []
    assert in_words(check_library(reading.material, known_tables())) == []
    assert len(reading.material.indicators) >= 4300


def test_what_is_checked_is_what_ships(library: dict[str, list[Record]]) -> None:
    material = read_library().material
    shipped = msgspec.convert(library["indicator"], list[Indicator], strict=True)
    assert sorted(entry.item.code for entry in material.indicators) == [one.code for one in shipped]
    assert len(material.cases) == len(library["goal_case"])
    assert len(material.core_sets) == len(library["core_set"])


def test_sheets_are_plain_text_in_the_order_of_their_codes() -> None:
    sheets = sorted(files(resources).joinpath("library", "indicators").iterdir(), key=lambda one: one.name)
    assert len(sheets) == 16
    for sheet in sheets:
        data = sheet.read_bytes()
        assert not data.startswith(b"\xef\xbb\xbf"), sheet.name
        assert b"\r" not in data, sheet.name
        codes = [line.partition(",")[0] for line in data.decode().splitlines()[1:]]
        assert codes == sorted(set(codes)), sheet.name


def test_reference_values_stand_by_the_indicators_people_compare(indicators: dict[str, Indicator]) -> None:
    values = [(i, value) for i in indicators.values() for value in i.reference_values]
    assert len(values) >= 450
    assert len({i.industry for i, _ in values}) >= 14
    assert all(value.source for _, value in values)
    assert {value.year for _, value in values if value.year} <= {str(year) for year in range(2010, 2036)}


def test_letters_are_those_that_people_type(indicators: dict[str, Indicator], library: dict[str, list[Record]]) -> None:
    speller = shipped_speller()
    wrong = {i.name: i.pinyin for i in indicators.values() if (i.initials, i.pinyin) != speller.spelled(i.name)}
    assert wrong == {}
    others = [(one["project_name"], one["initials"]) for one in library["goal_case"]]
    others += [(one["project_kind"], one["initials"]) for one in library["core_set"]]
    assert [name for name, initials in others if speller.spelled(name)[0] != initials] == []


def test_the_library_is_as_large_as_a_unit_needs(indicators: dict[str, Indicator], capsys) -> None:
    assert main(["library", "stats", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["industries"], told["indicators"]) == (16, len(indicators))
    assert told["categories"] >= 130
    assert told["fund_uses"] >= 230
    assert (told["cases"], told["core_sets"]) == (43, 28)
    assert told["by_kind"] == Counter(i.library_kind.value for i in indicators.values())
    assert told["by_level2"]["数量指标"] > 1000
    assert set(told["versions"]) == {"2026.1"}
    for field in ("definition", "data_source", "evidence", "collection_method", "source_kind", "value_basis"):
        assert told["filled_percent"][field] == "100.0"


def test_there_are_thirteen_systems_of_common_indicators(indicators: dict[str, Indicator]) -> None:
    common = [i for i in indicators.values() if i.code.startswith("GX")]
    uses = {i.fund_use for i in common}
    assert len(uses) == 13
    for use in uses:
        groups = {i.level2 for i in common if i.fund_use == use}
        assert {"数量指标", "质量指标", "时效指标", "经济成本指标", "服务对象满意度指标"} <= groups, use
    assert {fit_of(i, "2130217") for i in common} == {fit_of(i, "") for i in common} == {Fit.ANY}


def test_indicators_are_core_exactly_in_the_core_library(indicators: dict[str, Indicator]) -> None:
    kinds = Counter(indicator.library_kind for indicator in indicators.values())
    assert set(kinds) == set(LibraryKind) - {LibraryKind.CUSTOM}
    assert kinds[LibraryKind.SPECIFIC] > kinds[LibraryKind.CORE] >= 600
    assert all(i.is_core == (i.library_kind is LibraryKind.CORE) for i in indicators.values())
    assert {i.default_weight for i in indicators.values()} == {1, 2, 3, 4, 5}


def test_no_target_is_set_on_how_much_authorities_inspect_or_punish(indicators: dict[str, Indicator]) -> None:
    counted = [i for i in indicators.values() if is_enforcement(i.name)]
    assert len(counted) >= 4
    assert {(i.operator, i.typical_value) for i in counted} == {(Operator.EQ, "")}


@pytest.mark.parametrize(
    "name", ["检查生产经营单位家次", "开展执法检查企业家次", "现行命案破案率", "办结审查起诉案件数"]
)
def test_law_enforcement_is_bound_to_the_plan_and_not_to_a_number(name: str, indicators: dict[str, Indicator]) -> None:
    assert (indicators[name].operator, indicators[name].typical_value) == (Operator.EQ, "")


def test_every_case_and_core_set_stands_on_the_library(library: dict[str, list[Record]]) -> None:
    cases = msgspec.convert(library["goal_case"], list[GoalCase], strict=True)
    sets = msgspec.convert(library["core_set"], list[CoreSet], strict=True)
    codes = {one["code"] for one in library["indicator"]}
    assert {line.indicator_code for owner in (*cases, *sets) for line in owner.lines} <= codes
    records = public_datasets()["weight_profile"]
    profiles = {one.code: one for one in msgspec.convert(records, list[WeightProfile], strict=True)}
    for case in cases:
        assert sum(line.weight for line in case.lines) == profiles[case.profile].total()


def test_a_goal_copied_from_a_case_passes_every_rule(library: dict[str, list[Record]]) -> None:
    entries = {one.code: one for one in msgspec.convert(library["indicator"], list[Indicator], strict=True)}
    records = public_datasets()["weight_profile"]
    profiles = {one.code: one for one in msgspec.convert(records, list[WeightProfile], strict=True)}
    facts = GoalFacts(profiles, entries)
    found = {}
    for case in msgspec.convert(library["goal_case"], list[GoalCase], strict=True):
        frame, year = profiles[case.profile].frame, int(case.year)
        lines = tuple(
            replace(
                line_of(entries[one.indicator_code], f"l{at}", year, frame),
                target=one.target,
                operator=one.operator,
                weight=one.weight,
            )
            for at, one in enumerate(case.lines)
        )
        goal = PerformanceGoal(
            Head("g", Kind.GOAL, "1.0", "219001", "219001-G-1", year, 1, "zhangli"),
            "L-219001-1",
            case.project_name,
            case.profile,
            case.general_goal,
            case.year_goal,
            case.amount,
            lines,
        )
        problems = [(one.code, one.where) for one in check_goal(goal, facts)]
        found |= {case.code: problems} if problems else {}
    assert found == {}


def test_the_one_case_that_is_real_says_where_it_was_published(library: dict[str, list[Record]]) -> None:
    real = [one for one in library["goal_case"] if "编写的示例" not in one["source"]]
    assert [one["code"] for one in real] == ["AL01"]
    assert (real[0]["amount"], len(real[0]["lines"])) == ("3498000.00", 8)
    assert "普陀区" in real[0]["source"]


@pytest.mark.parametrize(
    ("name", "initials"),
    [
        ("沙化土地治理面积", "shtdzlmj"),
        ("退役军人参训后就业率", "tyjrcxhjyl"),
        ("清淤河道长度", "qyhdcd"),
        ("会计信息质量问题整改率", "kjxxzlwtzgl"),
    ],
)
def test_initials_follow_the_reading_in_context(name: str, initials: str, indicators: dict[str, Indicator]) -> None:
    assert indicators[name].initials == initials


@pytest.mark.parametrize(
    ("function", "core"),
    [
        ("2130217", {"沙化土地治理面积", "固沙苗木当年成活率", "沙化土地治理率", "沙化耕地整治率"}),
        ("2130236", {"人工种草面积", "草原改良面积", "草原综合植被盖度", "项目区植被盖度提高幅度"}),
        ("2120804", {"道路两侧防沙带建设长度", "护路沙障验收合格率", "因沙埋中断通行天数"}),
    ],
)
def test_goal_without_cost_is_written_by_picking_alone(
    function: str, core: set[str], indicators: dict[str, Indicator]
) -> None:
    offered = [i for i in indicators.values() if function in i.applies_to and i.level1 is not Level1.COST]
    kinds = Counter(i.level2 for i in offered)
    assert kinds["数量指标"] >= 2
    assert {"质量指标", "时效指标", "生态效益指标", "服务对象满意度指标"} <= set(kinds)
    assert kinds["经济效益指标"] + kinds["社会效益指标"] >= 1
    assert core <= {i.name for i in offered if i.is_core}


def test_proposed_points_of_sand_control_follow_from_the_shipped_weights(indicators: dict[str, Indicator]) -> None:
    output = ["沙化土地治理面积", "沙障设置面积", "固沙苗木当年成活率", "治沙作业季节完成率"]
    benefit = ["沙化土地治理率", "治沙带动农牧民劳务收入"]
    # 50 points as 3:2:3:2 are 15, 10, 15, 10, and 30 points as 4:2 are 20, 10.
    assert [indicators[name].default_weight for name in output] == [3, 2, 3, 2]
    assert [indicators[name].default_weight for name in benefit] == [4, 2]
    assert indicators["沙区农牧民满意度"].level1 is Level1.SATISFACTION


@pytest.mark.parametrize(
    "name",
    [
        "三化草场治理面积",
        "水土流失综合治理面积",
        "社会资本投入占比",
        "山洪灾害防治达标率",
        "治沙吸纳当地农牧民务工人数",
    ],
)
def test_sought_indicators_are_in_the_library(name: str, indicators: dict[str, Indicator]) -> None:
    assert indicators[name].definition
