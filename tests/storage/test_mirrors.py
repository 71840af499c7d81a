"""Mirrors are replaced by verified snapshots, searched as people type, and only ever go forward."""

from dataclasses import replace
from decimal import Decimal

import pytest

from desktop.domain.document import presented
from desktop.domain.fault import Fault
from desktop.domain.mirrors import CodeEntry, KnownPayee
from desktop.domain.voucher import Payee
from desktop.storage.rebuild import compare_rebuild
from tests.storage.samples import UNIT, indicator_record, quota_record, save, voucher

NAMES = [
    ("沙化土地治理面积", {"initials": "shtdzlmj", "applies_to": ["2130217"]}),
    ("沙化土地治理率", {"initials": "shtdzll", "level1": "BENEFIT"}),
    ("固沙苗木当年成活率", {"initials": "gsmmdnchl", "is_core": True}),
    ("沙区农牧民满意度", {"initials": "sqnmmmyd", "level1": "SATISFACTION", "applies_to": ["213"]}),
    ("林草植被覆盖度（%）", {"initials": "lczbfgd", "applies_to": ["21302"]}),
    ("A_100%完成率", {"initials": "wcl"}),
]
CODES = [
    {"set": "FUNCTION", "code": "213", "name": "农林水支出", "leaf": False},
    {"set": "FUNCTION", "code": "2130217", "name": "防沙治沙", "parent": "21302"},
    {"set": "DEPT_ECONOMIC", "code": "30218", "name": "专用材料费", "parent": "302"},
]
UNIT_PROFILE = {
    "unit_code": UNIT,
    "name": "甲旗林业和草原局",
    "credit_code": "11150821MB0X12343J",
    "kind": "ADMIN",
    "division": "150821000",
    "division_name": "甲旗",
    "bureau_name": "甲旗财政局",
    "staff_quota": 32,
    "staff_actual": 30,
    "vehicles": 2,
    "zero_balance_account": {"name": "甲旗林业和草原局", "number": "1502", "bank": "农行"},
}


def library(*names):
    return [indicator_record(place, name, **more) for place, (name, more) in enumerate(names)]


def fault_of(call, *arguments, **named):
    with pytest.raises(Fault) as caught:
        call(*arguments, **named)
    return caught.value


def put_public(books, version=1, **datasets):
    return books.exchange.replace_mirror("public", datasets, version)


def put_unit(books, version=1, **datasets):
    return books.exchange.replace_mirror(f"unit:{UNIT}", datasets, version)


def found(books, text, **how):
    return [one.name for one in books.mirrors.search_indicators(text, **how)]


@pytest.fixture
def indicators(books):
    put_public(books, indicator=library(*NAMES))
    return books


def test_records_arrive_as_domain_values(books):
    changed = put_unit(books, unit_profile=[UNIT_PROFILE], quota=[quota_record()])
    assert changed == 2
    assert books.mirrors.unit().zero_balance_account.number == "1502"
    (quota,) = books.mirrors.quotas(2026)
    assert quota.amount == Decimal("100000.00")
    assert books.mirrors.quota("Q1") == quota
    assert books.mirrors.quota("Q2") is None
    assert books.mirrors.quotas(2027) == []


def test_every_getter_is_empty_before_the_first_catalogue(books):
    mirrors = books.mirrors
    assert fault_of(mirrors.unit).code == "MIRROR_MISSING"
    assert mirrors.officers() == mirrors.pairs() == mirrors.own_accounts() == mirrors.payees() == []
    assert mirrors.payment_results() == mirrors.quotas(2026) == mirrors.ceilings(2027) == mirrors.last_year(2027) == []
    assert dict(mirrors.codes("FUNCTION")) == dict(mirrors.projects()) == dict(mirrors.weight_profiles()) == {}
    assert dict(mirrors.indicators(["HY1"])) == dict(mirrors.versions()) == {}
    assert mirrors.search_indicators("沙") == []
    assert mirrors.indicator_count() == 0
    assert mirrors.parameters().number("goal_total") == 90


def test_codes_come_by_set_and_in_order(books):
    put_public(books, code=CODES)
    codes = books.mirrors.codes("FUNCTION")
    assert list(codes) == ["213", "2130217"]
    assert codes["213"] == CodeEntry("FUNCTION", "213", "农林水支出", leaf=False)
    with pytest.raises(TypeError):
        codes["1"] = codes["213"]


def test_a_code_of_several_years_is_what_it_is_in_each(books):
    renamed = {"set": "FUNCTION", "code": "2130217", "name": "荒漠化防治", "parent": "21302", "from_year": "2028"}
    put_public(books, code=[{**CODES[1], "to_year": "2027", "successor": "2130299"}, renamed])
    assert books.mirrors.codes("FUNCTION", 2027)["2130217"].name == "防沙治沙"
    assert books.mirrors.codes("FUNCTION", 2028)["2130217"].name == "荒漠化防治"
    assert books.mirrors.codes("FUNCTION")["2130217"].name == "荒漠化防治"
    assert [one.name for one in books.mirrors.codes("FUNCTION").history("2130217")] == ["防沙治沙", "荒漠化防治"]
    assert put_public(books, 2, code=[renamed]) == 1
    assert "2130217" not in books.mirrors.codes("FUNCTION", 2027)


def test_an_entry_without_a_year_is_the_one_that_came_before_years_were_named(books):
    put_public(books, code=CODES)
    assert put_public(books, 2, code=[*CODES[:2], {**CODES[2], "check": "public", "edition": "2018"}]) == 1
    assert books.mirrors.codes("DEPT_ECONOMIC", 2026)["30218"].check == "public"
    put = fault_of(put_public, books, 3, code=[CODES[0], {**CODES[0], "from_year": ""}])
    assert (put.code, put.facts["reason"]) == ("MIRROR_INVALID", "twice")


@pytest.mark.parametrize(
    "years", [{"from_year": "2027年"}, {"to_year": "27"}, {"from_year": "2027", "to_year": "2026"}]
)
def test_a_code_of_years_that_are_none_is_refused_whole(books, years):
    fault = fault_of(put_public, books, code=[CODES[0], {**CODES[1], **years}])
    assert fault.code == "MIRROR_INVALID"
    assert dict(books.mirrors.codes("FUNCTION")) == {}


def test_standards_and_what_tables_are_come_with_their_years(books):
    lodging = {"standard": "差旅费", "item": "住宿费", "scope": "呼和浩特市", "unit": "元/人天"}
    desk = {"kind": "办公家具", "item": "办公桌", "price_ceiling": "3000.00", "unit": "元/套", "min_years": 15}
    put_public(
        books,
        code_set=[{"set": "FUNCTION", "name": "支出功能分类", "edition": "2026"}],
        economic_pair=[
            {"dept": "30218", "gov": "50299", "unit_kind": "ADMIN", "to_year": "2026"},
            {"dept": "30218", "gov": "50204", "unit_kind": "ADMIN", "from_year": "2027"},
        ],
        expenditure_standard=[
            {**lodging, "grade": "其他人员", "ceiling": "350", "to_year": "2026", "economics": ["30211"]},
            {**lodging, "grade": "其他人员", "ceiling": "380", "from_year": "2027"},
            {**lodging, "ceiling": "400"},
        ],
        asset_standard=[desk, {**desk, "grade": "司局级", "price_ceiling": "4500.00"}],
    )
    assert [one.name for one in books.mirrors.code_sets()] == ["支出功能分类"]
    assert [one.gov for one in books.mirrors.pairs(2027)] == ["50204"]
    assert [one.ceiling for one in books.mirrors.expenditure_standards(2026)] == ["400", "350"]
    assert [one.ceiling for one in books.mirrors.expenditure_standards(2027)] == ["400", "380"]
    assert len(books.mirrors.expenditure_standards()) == 3
    ceilings = [one.price_ceiling for one in books.mirrors.asset_standards(2026)]
    assert ceilings == [Decimal("3000.00"), Decimal("4500.00")]


def test_other_public_tables_come_as_they_are(books):
    put_public(
        books,
        economic_pair=[{"dept": "30218", "gov": "50299", "unit_kind": "ADMIN"}],
        parameter=[{"name": "duplicate_days", "value": "45"}],
        weight_profile=[
            {"code": "C", "name": "有成本", "cost": "20", "output": "40", "benefit": "20", "satisfaction": "10"}
        ],
    )
    assert books.mirrors.pairs()[0].gov == "50299"
    assert books.mirrors.parameters().text("duplicate_days") == "45"
    assert books.mirrors.parameters().text("purpose_max") == "60"
    assert books.mirrors.weight_profiles()["C"].total() == 90


def test_cases_and_core_sets_come_with_their_lines(books):
    line = {"level1": "OUTPUT", "level2": "数量指标", "name": "维修面积", "operator": "GE", "unit": "平方米"}
    case = {
        **dict.fromkeys(("industry", "category", "function_code", "year", "general_goal", "year_goal"), ""),
        "code": "AL1", "version": "2026.1", "project_name": "校舍维修", "fund_use": "校舍维修", "amount": "1200000.00",
        "profile": "WITH_COST", "lines": [{**line, "target": "800", "weight": "7.5"}],
    }  # fmt: skip
    core = {"code": "HXZ1", "version": "2026.1", "department": "教育局", "project_kind": "校舍维修", "lines": [line]}
    put_public(books, goal_case=[case, {**case, "code": "AL0", "lines": []}], core_set=[core])
    bare, full = books.mirrors.cases()
    assert (bare.code, bare.lines, full.amount) == ("AL0", (), Decimal("1200000.00"))
    assert (full.lines[0].name, full.lines[0].weight) == ("维修面积", Decimal("7.5"))
    (found,) = books.mirrors.core_sets()
    assert (found.department, found.lines[0].default_weight) == ("教育局", 1)


def test_the_whole_library_comes_in_its_order(books):
    put_public(books, indicator=library(("甲", {}), ("乙", {"is_core": True})))
    assert [one.name for one in books.mirrors.library()] == ["乙", "甲"]


def test_only_what_changed_counts_and_what_is_gone_is_removed(books):
    assert put_unit(books, quota=[quota_record("Q1"), quota_record("Q2")]) == 2
    assert put_unit(books, 2, quota=[quota_record("Q1"), quota_record("Q2")]) == 0
    assert put_unit(books, 3, quota=[quota_record("Q1", amount="5.00"), quota_record("Q3")]) == 3
    assert [(quota.id, quota.amount) for quota in books.mirrors.quotas(2026)] == [
        ("Q1", Decimal("5.00")),
        ("Q3", Decimal("100000.00")),
    ]
    assert put_unit(books, 4, quota=[]) == 2


def test_a_dataset_that_is_not_named_stays_as_it_is(books):
    put_unit(books, quota=[quota_record()], unit_profile=[UNIT_PROFILE])
    put_unit(books, 2, unit_profile=[UNIT_PROFILE])
    assert books.mirrors.quotas(2026)


def test_a_dataset_of_a_newer_program_is_passed_over_and_a_newer_field_too(books):
    assert put_unit(books, guides=[{"id": "1"}], quota=[quota_record(later="x")]) == 1
    assert books.mirrors.quota("Q1")


@pytest.mark.parametrize(
    ("scope", "datasets"),
    [
        (f"unit:{UNIT}", {"quota": [quota_record(amount="1.5")]}),
        (f"unit:{UNIT}", {"quota": [quota_record(amount=None)]}),
        (f"unit:{UNIT}", {"quota": [quota_record(), quota_record()]}),
        (f"unit:{UNIT}", {"quota": [{"id": "Q1"}]}),
        (f"unit:{UNIT}", {"quota": [{}]}),
        (f"unit:{UNIT}", {"code": CODES}),
        ("public", {"quota": [quota_record()]}),
        ("public", {"indicator": [indicator_record(1, "x", level1="WHATEVER")]}),
        ("public", {"indicator": [indicator_record(1, "x", default_weight=1.5)]}),
    ],
)
def test_a_record_that_does_not_fit_is_refused(books, scope, datasets):
    assert fault_of(books.exchange.replace_mirror, scope, datasets, 1).code == "MIRROR_INVALID"


def test_a_refused_snapshot_changes_nothing(workspace):
    with workspace.books() as books:
        put_unit(books, quota=[quota_record("Q1")])
        books.commit()
    with workspace.books() as books:
        fault_of(put_unit, books, 2, quota=[quota_record("Q2")], officer=[{"id": "x"}])
        assert books.mirrors.quota("Q1") is None
    with workspace.books() as books:
        assert books.mirrors.quota("Q1")
        assert books.mirrors.quota("Q2") is None


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("沙化", ["沙化土地治理面积", "沙化土地治理率"]),
        ("沙", ["沙化土地治理面积", "沙化土地治理率", "沙区农牧民满意度", "固沙苗木当年成活率"]),
        ("治理 面积", ["沙化土地治理面积"]),
        ("面积 治理", ["沙化土地治理面积"]),
        ("化地", []),
        ("SHTD", ["沙化土地治理面积", "沙化土地治理率"]),
        ("gsmm", ["固沙苗木当年成活率"]),
        ("hy000003", ["沙区农牧民满意度"]),
        ("(%)", ["林草植被覆盖度（%）"]),
        ("100%", ["A_100%完成率"]),
        ("a_1", ["A_100%完成率"]),
        ("'\" OR *", []),
        ("率率", []),
    ],
)
def test_any_part_of_name_code_or_initials_finds_an_indicator(indicators, text, names):
    assert found(indicators, text) == names


def test_a_rare_character_of_two_units_is_found_too(books):
    put_public(books, indicator=library(("\U00020000田改造面积", {}), ("\U00020001田改造面积", {})))
    assert found(books, "\U00020000") == ["\U00020000田改造面积"]
    assert found(books, "\U00020001田") == ["\U00020001田改造面积"]
    assert compare_rebuild(books) == []


def test_an_empty_search_gives_the_library_core_first(indicators):
    assert found(indicators, "  ", limit=2) == ["固沙苗木当年成活率", "沙化土地治理面积"]
    assert indicators.mirrors.indicator_count() == len(NAMES)


def test_a_search_stays_in_its_level(indicators):
    assert found(indicators, "沙化", level1="BENEFIT") == ["沙化土地治理率"]
    assert found(indicators, "", level1="SATISFACTION") == ["沙区农牧民满意度"]
    assert found(indicators, "沙化", level1="COST") == []


def test_what_applies_to_the_function_code_comes_first(indicators):
    names = found(indicators, "", function_code="2130217")
    assert names[:4] == ["沙化土地治理面积", "林草植被覆盖度（%）", "沙区农牧民满意度", "固沙苗木当年成活率"]
    assert len(names) == len(set(names)) == len(NAMES)
    assert found(indicators, "沙", function_code="2130217", limit=2)[1] == "沙区农牧民满意度"
    assert found(indicators, "", function_code="2080505")[0] == "固沙苗木当年成活率"


def test_indicators_come_by_code(indicators):
    got = indicators.mirrors.indicators(["HY000001", "HY000002", "gone"])
    assert {code: one.name for code, one in got.items()} == {
        "HY000001": "沙化土地治理率",
        "HY000002": "固沙苗木当年成活率",
    }


def test_a_changed_indicator_is_found_by_its_new_words_only(indicators):
    records = library(*NAMES)
    records[0] |= {"name": "退化草原修复面积", "initials": "thcyxfmj", "is_core": True}
    del records[5]
    assert put_public(indicators, 2, indicator=records) == 2
    assert found(indicators, "沙化") == ["沙化土地治理率"]
    assert found(indicators, "草原")[0] == "退化草原修复面积"
    assert found(indicators, "草原修复") == ["退化草原修复面积"]
    assert found(indicators, "100%") == []
    assert found(indicators, "")[:2] == ["固沙苗木当年成活率", "退化草原修复面积"]
    assert compare_rebuild(indicators) == []


def test_payees_are_own_ones_first_and_each_once(books):
    register = [
        {"name": "乙旗水利局", "account": "2", "bank": "行", "initials": "yqslj"},
        {"name": "甲旗绿源苗木有限责任公司", "account": "6228480868012345671", "bank": "旧行"},
    ]
    put_unit(books, payee=register)
    for number, name in ((1, "甲旗绿源苗木有限责任公司"), (2, "张三")):
        payee = Payee(name, "6228480868012345671" if number == 1 else "7", "行")
        content = voucher(number, payee=payee)
        books.documents.put(presented(save(books, content), "zhangli"), by="z", why="", at="t")
    assert [(one.name, one.bank) for one in books.mirrors.payees()] == [
        ("张三", "行"),
        ("甲旗绿源苗木有限责任公司", "行"),
        ("乙旗水利局", "行"),
    ]
    assert books.mirrors.payees("yqslj") == [KnownPayee("乙旗水利局", "2", "行", initials="yqslj")]
    assert [one.name for one in books.mirrors.payees("62284808")] == ["甲旗绿源苗木有限责任公司"]
    assert len(books.mirrors.payees(limit=2)) == 2


def test_what_is_kept_in_memory_follows_a_change_and_its_undoing(workspace):
    def limit(books):
        return books.mirrors.parameters().text("purpose_max")

    with workspace.books() as books:
        assert limit(books) == "60"
        put_public(books, parameter=[{"name": "purpose_max", "value": "40"}])
        assert limit(books) == "40"
    with workspace.books() as books:
        assert limit(books) == "60"
        put_public(books, parameter=[{"name": "purpose_max", "value": "50"}])
        books.commit()
    with workspace.books() as books:
        assert limit(books) == "50"


def test_lists_that_are_handed_out_are_the_callers_own(books):
    put_unit(books, quota=[quota_record()])
    books.mirrors.quotas(2026).clear()
    assert replace(books.mirrors.quotas(2026)[0], id="x").id == "x"
