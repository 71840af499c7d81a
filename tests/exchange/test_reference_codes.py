"""The shipped code tables and standards are whole in every year: keys, trees, maps, years, and where they come from."""

import re
from collections import Counter, defaultdict
from itertools import pairwise

import msgspec
import pytest

from desktop.domain.code_tables import CodeTable, of_year
from desktop.domain.library import Indicator
from desktop.domain.mirrors import AssetStandard, CodeEntry, CodeSet, EconomicPair, ExpenditureStandard
from desktop.exchange.reference import Record, public_datasets
from desktop.texts.code_texts import CHECKS

UNIT_KINDS = ("ADMIN", "REF_ADMIN", "PUBLIC_INST")
YEARS = (2023, 2024, 2025, 2026, 2027)
SIZES_2026 = {
    "FUNCTION": 1759,
    "DEPT_ECONOMIC": 110,
    "GOV_ECONOMIC": 81,
    "REVENUE": 234,
    "ACCOUNT": 111,
    "REGION": 121,
    "FUND_NATURE": 20,
    "FUND_SOURCE": 6,
    "INCOME_ITEM": 10,
    "ASSET_CLASS": 27,
}
OTHER_SETS = 45
# How many digits the codes of a level have.
LEVELS = {
    "FUNCTION": (3, 5, 7),
    "DEPT_ECONOMIC": (3, 5),
    "GOV_ECONOMIC": (3, 5),
    "REVENUE": (3, 5, 7),
    "ACCOUNT": (1, 4),
    "FUND_NATURE": (1, 2, 3),
}
PADDED = {"REGION": 2, "ASSET_CLASS": 2}  # codes of one length, a level for so many digits, the rest noughts
NOT_BY_PREFIX = {"PROJECT_LEVEL", "UNIT_LEVEL"}  # each level is a kind of its own, numbered through
# Department codes that no government code goes with, by kind of unit; the reason stands in the entry's note.
UNPAIRED = {("30107", "ADMIN"), ("30107", "REF_ADMIN")}
STANDARD_UNITS = {"元/人天", "元/学时", "人", "比例", "万元/辆", "说明", "等级"}
ASSET_UNITS = {"元/台", "元/套", "元/个", "元/组", "元/平方米", "元/把", "元/辆", "平方米/人", ""}
CEILING = re.compile(r"([0-9]+|[0-9]+-[0-9]+|[0-9]+%(-[0-9]+%)?)?")

Entries = dict[str, list[CodeEntry]]


@pytest.fixture(scope="module")
def datasets() -> dict[str, list[Record]]:
    return public_datasets()


@pytest.fixture(scope="module")
def entries(datasets: dict[str, list[Record]]) -> Entries:
    found: Entries = defaultdict(list)
    for entry in msgspec.convert(datasets["code"], list[CodeEntry], strict=True):
        found[entry.set].append(entry)
    return {name: sorted(rows, key=lambda one: (one.code, one.from_year)) for name, rows in found.items()}


@pytest.fixture(scope="module")
def tables(entries: Entries) -> dict[tuple[str, int], CodeTable]:
    return {(name, year): CodeTable(rows, year) for name, rows in entries.items() for year in YEARS}


@pytest.fixture(scope="module")
def pairs(datasets: dict[str, list[Record]]) -> list[EconomicPair]:
    return msgspec.convert(datasets["economic_pair"], list[EconomicPair], strict=True)


@pytest.fixture(scope="module")
def expenses(datasets: dict[str, list[Record]]) -> list[ExpenditureStandard]:
    return msgspec.convert(datasets["expenditure_standard"], list[ExpenditureStandard], strict=True)


@pytest.fixture(scope="module")
def assets(datasets: dict[str, list[Record]]) -> list[AssetStandard]:
    return [msgspec.convert(one, AssetStandard, strict=False) for one in datasets["asset_standard"]]


def test_every_table_is_there_and_told_of(entries: Entries, datasets: dict[str, list[Record]]) -> None:
    sizes = {name: len(CodeTable(rows, 2026)) for name, rows in entries.items()}
    assert sizes | SIZES_2026 == sizes
    assert len(sizes) - len(SIZES_2026) == OTHER_SETS
    told = msgspec.convert(datasets["code_set"], list[CodeSet], strict=True)
    others = {"ECONOMIC_PAIR", "EXPENDITURE_STANDARD", "ASSET_STANDARD"}
    assert {one.set for one in told} == set(entries) | others
    assert len({one.name for one in told}) == len(told)
    assert all(one.group and one.edition for one in told)


def test_a_code_stands_for_one_thing_in_a_year(entries: Entries) -> None:
    for rows in entries.values():
        for year in YEARS:
            assert [code for code, times in Counter(one.code for one in of_year(rows, year)).items() if times > 1] == []


def test_entries_of_a_code_follow_one_another_without_gap_or_overlap(entries: Entries) -> None:
    several = 0
    for rows in entries.values():
        by_code = defaultdict(list)
        for one in rows:
            by_code[one.code].append(one)
            years = [int(year) for year in (one.from_year, one.to_year) if year]
            assert years == sorted(years)
            assert all(1990 <= year <= 2100 for year in years)
        for found in by_code.values():
            for before, after in pairwise(found):
                assert int(before.to_year) + 1 == int(after.from_year), after
                several += 1
    assert several >= 3


@pytest.mark.parametrize("year", YEARS)
def test_parents_are_there_and_only_entries_without_children_may_be_chosen(
    year: int, tables: dict[tuple[str, int], CodeTable]
) -> None:
    for (_, at), table in tables.items():
        if at == year:
            parents = {one.parent for one in table.values() if one.parent}
            assert parents <= set(table)
            assert {code for code, one in table.items() if not one.leaf} == parents


def test_parents_stand_one_level_up_and_begin_like_their_children(entries: Entries) -> None:
    for name, lengths in LEVELS.items():
        for one in entries[name]:
            level = lengths.index(len(one.code))
            assert one.parent == (one.code[: lengths[level - 1]] if level else ""), one
    for name, digits in PADDED.items():
        for one in entries[name]:
            stem = one.code.rstrip("0")
            stem += "0" * (len(stem.lstrip("A")) % digits)
            above = stem[:-digits].ljust(len(one.code), "0")
            assert one.parent == (above if len(stem.lstrip("A")) > digits else ""), one
    for name in set(entries) - set(LEVELS) - set(PADDED) - NOT_BY_PREFIX:
        assert all(one.code.startswith(one.parent) and one.code != one.parent for one in entries[name])


def test_every_entry_says_its_edition_and_how_sure_it_is(
    entries: Entries, pairs: list[EconomicPair], expenses: list[ExpenditureStandard], assets: list[AssetStandard]
) -> None:
    rows = [one for found in entries.values() for one in found]
    for said in (*rows, *pairs, *expenses, *assets):
        assert said.edition
        assert said.check in CHECKS
        assert said.source or said.check not in {"2026", "public", "2009"}, said


def test_successors_of_ended_codes_are_in_use_the_year_after(entries: Entries) -> None:
    for rows in entries.values():
        for one in rows:
            assert one.to_year or not one.successor
            if one.successor:
                after = CodeTable(rows, int(one.to_year) + 1)
                assert after[one.successor].leaf, one


@pytest.mark.parametrize(
    ("year", "code", "name"),
    [
        (2023, "2130153", "农田建设"),
        (2024, "2130153", "耕地建设与利用"),
        (2023, "2010308", "信访事务"),
        (2024, "2014004", "信访业务"),
        (2026, "22198", "超长期特别国债安排的支出"),
        (2026, "2130201", "行政运行"),
        (2026, "2130217", "防沙治沙"),
        (2026, "2130299", "其他林业和草原支出"),
        (2026, "2080505", "机关事业单位基本养老保险缴费支出"),
        (2026, "2101101", "行政单位医疗"),
        (2026, "2210201", "住房公积金"),
        (2026, "2120804", "农村基础设施建设支出"),
    ],
)
def test_functions_are_named_as_in_their_year(
    year: int, code: str, name: str, tables: dict[tuple[str, int], CodeTable]
) -> None:
    assert tables["FUNCTION", year][code].name == name


def test_new_sections_are_not_in_use_before_their_year(tables: dict[tuple[str, int], CodeTable]) -> None:
    assert not {"2014004", "2013904", "2219899"} & set(tables["FUNCTION", 2023])
    assert "2010308" not in tables["FUNCTION", 2024]


def test_natures_sources_and_income_items_are_those_of_the_budget_rules(
    tables: dict[tuple[str, int], CodeTable],
) -> None:
    def of(name: str) -> set[str]:
        return {code for code, one in tables[name, 2026].items() if one.leaf}

    natures = {"111", "112", "121", "122", "131", "141", "21", "31", "32", "33", "34", "35", "39"}
    appropriated = {"GENERAL", "FUND", "STATE_CAPITAL"}
    other = {"SPECIAL_ACCOUNT", "BUSINESS", "SUPERIOR", "SUBSIDIARY", "OPERATING", "OTHER", "CARRY_OVER"}
    assert of("FUND_NATURE") == natures
    assert of("FUND_SOURCE") == {"LOCAL", "TRANSFER", "NON_FISCAL", "OWN", "CARRY", "BOND"}
    assert of("INCOME_ITEM") == appropriated | other
    general = tables["INCOME_ITEM", 2026]["GENERAL"]
    assert (general.name, general.initials) == ("一、一般公共预算拨款收入", "ybggysbksr")


def test_accounts_are_those_of_the_accounting_system(tables: dict[tuple[str, int], CodeTable]) -> None:
    table = tables["ACCOUNT", 2026]
    counts = Counter(table[one.parent].name for one in table.values() if one.parent)
    assert counts == {
        "资产类": 35, "负债类": 16, "净资产类": 7, "收入类": 11,
        "费用类": 8, "预算收入类": 9, "预算支出类": 8, "预算结余类": 9,
    }
    assert (tables["ACCOUNT", 2024]["1821"].name, table["1821"].name) == ("文物文化资产", "文物资源")


def test_regions_are_twelve_leagues_and_cities_with_their_banners_and_counties(
    tables: dict[tuple[str, int], CodeTable],
) -> None:
    table = tables["REGION", 2026]
    cities = [code for code, one in table.items() if one.parent == "150000"]
    assert len(cities) == 12
    kinds = Counter(one.note for one in table.values() if one.parent in cities)
    assert (kinds["旗"], kinds["自治旗"], kinds["县"], kinds["市辖区"], kinds["县级市"]) == (49, 3, 17, 23, 11)


@pytest.mark.parametrize("year", YEARS)
def test_pairs_name_leaves_of_both_tables(
    year: int, pairs: list[EconomicPair], tables: dict[tuple[str, int], CodeTable]
) -> None:
    found = of_year(pairs, year)
    assert {pair.unit_kind for pair in found} == set(UNIT_KINDS)
    for pair in found:
        assert tables["DEPT_ECONOMIC", year][pair.dept].leaf
        assert tables["GOV_ECONOMIC", year][pair.gov].leaf


@pytest.mark.parametrize("year", YEARS)
def test_every_department_code_pairs_or_says_why_not(
    year: int, pairs: list[EconomicPair], tables: dict[tuple[str, int], CodeTable]
) -> None:
    table = tables["DEPT_ECONOMIC", year]
    have = {(pair.dept, pair.unit_kind) for pair in of_year(pairs, year)}
    wanted = {(code, kind) for code, one in table.items() if one.leaf for kind in UNIT_KINDS}
    assert wanted - have == UNPAIRED
    assert all("没有对应的政府经济分类" in table[code].note for code, _ in UNPAIRED)


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
    dept: str, office: str, institution: str, pairs: list[EconomicPair]
) -> None:
    found = {pair.unit_kind: pair.gov for pair in pairs if pair.dept == dept}
    assert [found[kind] for kind in UNIT_KINDS] == [office, office, institution]


def test_expenditure_standards_have_a_ceiling_or_a_rule_in_words(
    expenses: list[ExpenditureStandard], tables: dict[tuple[str, int], CodeTable]
) -> None:
    for one in expenses:
        assert one.unit in STANDARD_UNITS, one
        assert CEILING.fullmatch(one.ceiling), one
        assert one.ceiling or one.note, one
        assert bool(one.ceiling) is (one.unit not in {"说明", "等级"}), one
        assert all(tables["DEPT_ECONOMIC", 2026][code].leaf for code in one.economics), one


def test_lodging_grows_with_rank_and_season(expenses: list[ExpenditureStandard]) -> None:
    ranks = ("部级及相当职务", "司局级及相当职务", "其他人员")
    lodging: dict[tuple[str, str], dict[str, ExpenditureStandard]] = defaultdict(dict)
    for one in expenses:
        if one.item.startswith("住宿费（"):
            lodging[one.item, one.scope][one.grade] = one
    assert len(lodging) >= 90
    for found in lodging.values():
        assert set(found) == set(ranks)
        amounts = [int(found[rank].ceiling) for rank in ranks]
        rising = amounts == sorted(set(amounts), reverse=True)
        assert rising or all(one.check == "doubtful" for one in found.values()), found
    places = {scope for item, scope in lodging if item == "住宿费（淡季/常规）"}
    assert {scope for item, scope in lodging if item == "住宿费（旺季）"} - places  # parts of a place have seasons too


@pytest.mark.parametrize(
    ("standard", "item", "grade", "ceiling"),
    [
        ("会议费", "综合定额", "一类会议", "760"),
        ("会议费", "综合定额", "三类会议", "550"),
        ("培训费", "综合定额", "二类培训", "650"),
        ("培训费", "师资讲课费", "正高级技术职称", "1000"),
    ],
)
def test_amounts_a_unit_needs_every_day_are_there(
    standard: str, item: str, grade: str, ceiling: str, expenses: list[ExpenditureStandard]
) -> None:
    found = [one.ceiling for one in expenses if (one.standard, one.item, one.grade) == (standard, item, grade)]
    assert found == [ceiling]


def test_parts_of_a_comprehensive_quota_add_up(expenses: list[ExpenditureStandard]) -> None:
    parts: dict[tuple[str, str], int] = defaultdict(int)
    whole: dict[tuple[str, str], int] = {}
    for one in expenses:
        if one.standard in {"会议费", "培训费"} and one.unit == "元/人天":
            if one.item == "综合定额":
                whole[one.standard, one.grade] = int(one.ceiling)
            else:
                parts[one.standard, one.grade] += int(one.ceiling)
    assert len(whole) == 7
    assert whole == parts


def test_asset_standards_have_a_limit(assets: list[AssetStandard], tables: dict[tuple[str, int], CodeTable]) -> None:
    classes = {code[:3] for code in tables["ASSET_CLASS", 2026]}
    for one in assets:
        assert one.unit in ASSET_UNITS, one
        assert one.price_ceiling or one.quantity_limit or one.min_years, one
        assert one.price_ceiling is None or 500 <= one.price_ceiling <= 500_000, one
        assert 0 <= one.min_years <= 50, one
        assert not one.asset_code or one.asset_code[:3] in classes, one
        assert all(tables["DEPT_ECONOMIC", 2026][code].leaf for code in one.economics), one


def test_units_of_indicators_are_in_the_table_of_units(
    datasets: dict[str, list[Record]], tables: dict[tuple[str, int], CodeTable]
) -> None:
    units = {one.name for one in tables["PERFORMANCE_UNIT", 2026].values()}
    assert len(units) == len(tables["PERFORMANCE_UNIT", 2026]) >= 113
    used = {one.unit for one in msgspec.convert(datasets["indicator"], list[Indicator], strict=True)}
    assert used - {""} <= units
