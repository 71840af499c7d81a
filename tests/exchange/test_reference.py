"""The shipped tables are whole: valid records, unique keys, trees without holes, and what a unit needs to start."""

import unicodedata
from collections import Counter
from dataclasses import fields
from decimal import Decimal, InvalidOperation
from importlib.resources import files

import msgspec
import pytest

import resources
from desktop.domain.goal import Direction, Level1, LibraryKind, Operator
from desktop.domain.library import Indicator, WeightProfile
from desktop.domain.mirrors import PUBLIC_DATASETS, CodeEntry, Parameter
from desktop.domain.parameters import DEFAULTS
from desktop.exchange.reference import Record, public_datasets
from sync.canonical import encode

LEVEL_OF = {
    "经济成本指标": Level1.COST,
    "社会成本指标": Level1.COST,
    "生态环境成本指标": Level1.COST,
    "数量指标": Level1.OUTPUT,
    "质量指标": Level1.OUTPUT,
    "时效指标": Level1.OUTPUT,
    "经济效益指标": Level1.BENEFIT,
    "社会效益指标": Level1.BENEFIT,
    "生态效益指标": Level1.BENEFIT,
    "可持续影响指标": Level1.BENEFIT,
    "服务对象满意度指标": Level1.SATISFACTION,
}


@pytest.fixture(scope="module")
def datasets() -> dict[str, list[Record]]:
    return public_datasets()


@pytest.fixture(scope="module")
def codes(datasets: dict[str, list[Record]]) -> dict[tuple[str, str], CodeEntry]:
    entries = msgspec.convert(datasets["code"], list[CodeEntry], strict=True)
    return {(entry.set, entry.code): entry for entry in entries}


@pytest.fixture(scope="module")
def indicators(datasets: dict[str, list[Record]]) -> dict[str, Indicator]:
    found = msgspec.convert(datasets["indicator"], list[Indicator], strict=True)
    return {indicator.name: indicator for indicator in found}


def test_every_public_dataset_is_shipped_and_no_other(datasets: dict[str, list[Record]]) -> None:
    assert set(datasets) == set(PUBLIC_DATASETS)
    assert len(datasets["indicator"]) >= 4300
    assert {name: len(records) for name, records in datasets.items()} == {
        "code": len(datasets["code"]),
        "code_set": 58,
        "economic_pair": 298,
        "expenditure_standard": 376,
        "asset_standard": 115,
        "indicator": len(datasets["indicator"]),
        "goal_case": 42,
        "core_set": 28,
        "weight_profile": 6,
        "parameter": len(datasets["parameter"]),
    }


@pytest.mark.parametrize("name", sorted(PUBLIC_DATASETS))
def test_records_are_valid_unique_and_in_the_profile(name: str, datasets: dict[str, list[Record]]) -> None:
    record_class, key = PUBLIC_DATASETS[name]
    records = datasets[name]
    msgspec.convert(records, list[record_class], strict=True)  # type: ignore[valid-type]
    known = {field.name for field in fields(record_class)}
    assert all(set(record) <= known for record in records)
    assert len({tuple(record.get(part, "") for part in key) for record in records}) == len(records)
    assert encode(records)


def test_text_carries_no_stray_spaces(datasets: dict[str, list[Record]]) -> None:
    texts = [value for records in datasets.values() for record in records for value in record.values()]
    assert [text for text in texts if isinstance(text, str) and text != text.strip()] == []


def test_each_call_gives_records_of_its_own() -> None:
    first = public_datasets()
    first["indicator"][0]["name"] = "changed"
    assert public_datasets()["indicator"][0]["name"] != "changed"


def test_weight_profiles_sum_to_ninety(datasets: dict[str, list[Record]]) -> None:
    profiles = {p.code: p for p in msgspec.convert(datasets["weight_profile"], list[WeightProfile], strict=True)}
    points = {code: tuple(int(p.points(level)) for level in Level1) for code, p in profiles.items()}
    assert points == {
        "WITH_COST": (20, 40, 20, 10),
        "WITHOUT_COST": (0, 50, 30, 10),
        "WITH_COST_NO_SATISFACTION": (20, 40, 30, 0),
        "WITHOUT_COST_NO_SATISFACTION": (0, 50, 40, 0),
        "OLD_FORM": (0, 50, 30, 10),
        "OLD_FORM_NO_SATISFACTION": (0, 50, 40, 0),
    }
    assert {profile.total() for profile in profiles.values()} == {Decimal(90)}


def test_shipped_parameters_agree_with_the_built_in_ones(datasets: dict[str, list[Record]]) -> None:
    shipped = msgspec.convert(datasets["parameter"], list[Parameter], strict=True)
    assert len(shipped) >= 13
    assert {p.name: p.value for p in shipped} == {p.name: DEFAULTS[p.name][0] for p in shipped}
    assert all(p.source for p in shipped)


def test_level_two_of_an_indicator_belongs_to_its_level_one(
    indicators: dict[str, Indicator], datasets: dict[str, list[Record]]
) -> None:
    assert len(indicators) == len(datasets["indicator"])  # names are unique as well: P-14
    assert {i.name: i.level1 for i in indicators.values()} == {i.name: LEVEL_OF[i.level2] for i in indicators.values()}


def test_operators_agree_with_directions_and_targets(indicators: dict[str, Indicator]) -> None:
    for indicator in indicators.values():
        if indicator.operator in {Operator.GE, Operator.GT, Operator.QUAL}:
            assert indicator.direction is Direction.POSITIVE, indicator
        if indicator.operator in {Operator.LE, Operator.LT}:
            assert indicator.direction is Direction.NEGATIVE, indicator
        if indicator.operator is Operator.QUAL:
            assert indicator.typical_value, indicator
            assert not indicator.unit, indicator
        else:
            assert indicator.unit, indicator
            assert _is_number_or_missing(indicator.typical_value), indicator


def _is_number_or_missing(text: str) -> bool:
    try:
        return not text or Decimal(text).is_finite()
    except InvalidOperation:
        return False


def test_indicators_are_core_exactly_in_the_core_library(indicators: dict[str, Indicator]) -> None:
    kinds = Counter(indicator.library_kind for indicator in indicators.values())
    assert set(kinds) == set(LibraryKind) - {LibraryKind.CUSTOM}
    assert kinds[LibraryKind.SPECIFIC] > kinds[LibraryKind.CORE] >= 600
    assert all(i.is_core == (i.library_kind is LibraryKind.CORE) for i in indicators.values())
    assert {i.default_weight for i in indicators.values()} == {1, 2, 3, 4, 5}


def test_indicators_apply_to_functions_that_exist(
    indicators: dict[str, Indicator], codes: dict[tuple[str, str], CodeEntry]
) -> None:
    named = {code for indicator in indicators.values() for code in indicator.applies_to}
    assert {("FUNCTION", code) for code in named} <= set(codes)


@pytest.mark.parametrize(
    "name", ["检查生产经营单位家次", "开展执法检查企业家次", "现行命案破案率", "办结审查起诉案件数"]
)
def test_law_enforcement_is_bound_to_the_plan_and_not_to_a_number(name: str, indicators: dict[str, Indicator]) -> None:
    assert (indicators[name].operator, indicators[name].typical_value) == (Operator.EQ, "")


def test_initials_have_a_letter_for_each_character(
    indicators: dict[str, Indicator], codes: dict[tuple[str, str], CodeEntry]
) -> None:
    named = [(i.name, i.initials) for i in indicators.values()]
    named += [(c.name.split("、")[-1] if c.set == "INCOME_ITEM" else c.name, c.initials) for c in codes.values()]
    signs = ("＞", "＜", "＝", "≥", "≤", "%", "‰")  # spoken, since nobody types them
    for name, initials in (one for one in named if one[0] not in signs):
        assert initials.isascii(), name
        assert initials == initials.lower(), name
        assert len(initials) == sum(letter.isalnum() for letter in unicodedata.normalize("NFKC", name)), name


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


def test_shipped_reference_data_stays_small() -> None:
    names = [one.name for one in files(resources).joinpath("reference").iterdir()]
    assert len(names) >= 17
    sizes = [len(resources.read_bytes("reference", name)) for name in names]
    assert max(sizes) <= 300_000
    assert sum(sizes) <= 1_500_000
