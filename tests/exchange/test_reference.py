"""The shipped tables are whole: valid records, unique keys, trees without holes, and what a unit needs to start."""

import unicodedata
from collections import Counter
from dataclasses import fields
from decimal import Decimal, InvalidOperation

import msgspec
import pytest

import resources
from desktop.domain.goal import Direction, Level1, LibraryKind, Operator
from desktop.domain.library import Indicator, WeightProfile
from desktop.domain.mirrors import PUBLIC_DATASETS, CodeEntry, EconomicPair, Parameter
from desktop.domain.parameters import DEFAULTS
from desktop.exchange.reference import Record, public_datasets
from sync.canonical import encode

CODE_SETS = {
    "FUNCTION": 1759,
    "DEPT_ECONOMIC": 110,
    "GOV_ECONOMIC": 81,
    "FUND_NATURE": 13,
    "FUND_SOURCE": 6,
    "INCOME_ITEM": 10,
}
UNIT_KINDS = {"ADMIN", "REF_ADMIN", "PUBLIC_INST"}
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
def pairs(datasets: dict[str, list[Record]]) -> dict[tuple[str, str], str]:
    found = msgspec.convert(datasets["economic_pair"], list[EconomicPair], strict=True)
    return {(pair.dept, pair.unit_kind): pair.gov for pair in found}


@pytest.fixture(scope="module")
def indicators(datasets: dict[str, list[Record]]) -> dict[str, Indicator]:
    found = msgspec.convert(datasets["indicator"], list[Indicator], strict=True)
    return {indicator.name: indicator for indicator in found}


def test_every_public_dataset_is_shipped_and_no_other(datasets: dict[str, list[Record]]) -> None:
    assert set(datasets) == set(PUBLIC_DATASETS)
    assert len(datasets["indicator"]) >= 4300
    assert {name: len(records) for name, records in datasets.items()} == {
        "code": sum(CODE_SETS.values()),
        "code_set": 0,
        "expenditure_standard": 0,
        "asset_standard": 0,
        "economic_pair": 298,
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


def test_code_sets_have_the_expected_sizes(codes: dict[tuple[str, str], CodeEntry]) -> None:
    assert Counter(name for name, _ in codes) == CODE_SETS


def test_parents_exist_and_only_entries_without_children_are_leaves(codes: dict[tuple[str, str], CodeEntry]) -> None:
    parents = {(entry.set, entry.parent) for entry in codes.values() if entry.parent}
    assert parents <= set(codes)
    assert {key for key, entry in codes.items() if not entry.leaf} == parents


def test_classification_codes_extend_their_parents_by_two_digits(codes: dict[tuple[str, str], CodeEntry]) -> None:
    for (name, code), entry in codes.items():
        if name in {"FUNCTION", "DEPT_ECONOMIC", "GOV_ECONOMIC"}:
            assert code.isdecimal()
            assert code[:-2] == entry.parent if len(code) > 3 else (len(code), entry.parent) == (3, "")


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("2130201", "行政运行"),
        ("2130202", "一般行政管理事务"),
        ("2130217", "防沙治沙"),
        ("2130236", "草原管理"),
        ("2130299", "其他林业和草原支出"),
        ("2080505", "机关事业单位基本养老保险缴费支出"),
        ("2101101", "行政单位医疗"),
        ("2210201", "住房公积金"),
        ("2120804", "农村基础设施建设支出"),
    ],
)
def test_functions_of_a_forestry_bureau_may_be_chosen(
    code: str, name: str, codes: dict[tuple[str, str], CodeEntry]
) -> None:
    entry = codes["FUNCTION", code]
    assert (entry.name, entry.leaf) == (name, True)


def test_natures_sources_and_income_items_are_those_of_the_budget_rules(
    codes: dict[tuple[str, str], CodeEntry],
) -> None:
    def of(wanted: str) -> set[str]:
        return {code for name, code in codes if name == wanted}

    natures = {"111", "112", "121", "122", "131", "141", "21", "31", "32", "33", "34", "35", "39"}
    appropriated = {"GENERAL", "FUND", "STATE_CAPITAL"}
    other = {"SPECIAL_ACCOUNT", "BUSINESS", "SUPERIOR", "SUBSIDIARY", "OPERATING", "OTHER", "CARRY_OVER"}
    assert of("FUND_NATURE") == natures
    assert of("FUND_SOURCE") == {"LOCAL", "TRANSFER", "NON_FISCAL", "OWN", "CARRY", "BOND"}
    assert of("INCOME_ITEM") == appropriated | other
    assert codes["INCOME_ITEM", "GENERAL"].name == "一、一般公共预算拨款收入"
    assert codes["INCOME_ITEM", "GENERAL"].initials == "ybggysbksr"


def test_pairs_name_leaves_of_both_tables(
    pairs: dict[tuple[str, str], str], codes: dict[tuple[str, str], CodeEntry]
) -> None:
    assert {kind for _, kind in pairs} == UNIT_KINDS
    for (dept, _), gov in pairs.items():
        assert codes["DEPT_ECONOMIC", dept].leaf
        assert codes["GOV_ECONOMIC", gov].leaf


@pytest.mark.parametrize("kind", sorted(UNIT_KINDS))
def test_every_common_department_code_pairs_for_every_kind_of_unit(
    kind: str, pairs: dict[tuple[str, str], str], codes: dict[tuple[str, str], CodeEntry]
) -> None:
    leaves = {code for (name, code), entry in codes.items() if name == "DEPT_ECONOMIC" and entry.leaf}
    common = {code for code in leaves if code[:3] in {"301", "302", "303", "310"}}
    # 绩效工资 is paid by public institutions only: an office has no government code for it.
    expected = common - {"30107"} if kind != "PUBLIC_INST" else common
    assert {dept for dept, at in pairs if at == kind and dept in common} == expected


@pytest.mark.parametrize(
    ("dept", "office", "institution"),
    [
        ("30101", "50101", "50501"),
        ("30201", "50201", "50502"),
        ("30218", "50204", "50502"),
        ("30226", "50205", "50502"),
        ("30305", "50901", "50901"),
        ("31002", "50306", "50601"),
        ("31201", "50803", "50803"),
    ],
)
def test_an_office_and_an_institution_pair_as_the_ministry_maps_them(
    dept: str, office: str, institution: str, pairs: dict[tuple[str, str], str]
) -> None:
    assert [pairs[dept, kind] for kind in ("ADMIN", "REF_ADMIN", "PUBLIC_INST")] == [office, office, institution]


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
    for name, initials in named:
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
    names = [
        "function_codes.csv",
        "dept_economic_codes.csv",
        "gov_economic_codes.csv",
        "economic_pairs.csv",
        "fund_natures.csv",
        "fund_sources.csv",
        "income_items.csv",
        "weight_profiles.csv",
        "parameters.csv",
        "README.md",
    ]
    sizes = [len(resources.read_bytes("reference", name)) for name in names]
    assert max(sizes) <= 300_000
    assert sum(sizes) <= 1_500_000
