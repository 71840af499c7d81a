"""Foreign tables made ours: the head is found, every guess is explained, every bad cell is named."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.importing.damage import is_damaged
from desktop.domain.importing.effect import Present, effect_of
from desktop.domain.importing.header import SURE, recognise
from desktop.domain.importing.money_unit import doubt_of_size, said_unit
from desktop.domain.importing.names import name_score
from desktop.domain.importing.precheck import bad, check_rows, damaged, rows_of
from desktop.domain.importing.table import Table
from desktop.domain.importing.target import CodeList, Item, Kind
from desktop.domain.importing.targets import (
    BUDGET_TARGET,
    ECONOMICS,
    LINE_TARGET,
    QUOTAS,
    TARGETS,
    VOUCHER_TARGET,
)
from desktop.domain.importing.values import Reading, Unfit, convert
from desktop.texts import importing

LISTS = {
    ECONOMICS: CodeList((Item("302", "商品和服务支出", leaf=False), Item("30201", "办公费"),
                         Item("30213", "维修(护)费"), Item("30231", "公务用车运行维护费"))),
    QUOTAS: CodeList((Item("Q1", "甲财预〔2026〕12号 · 公用经费", ("甲财预〔2026〕12号", "公用经费")),
                      Item("Q2", "甲财预〔2026〕12号 · 项目", ("甲财预〔2026〕12号", "项目")))),
}
READING = Reading(LISTS, 2026, 11)
ACCOUNT = "15050166820009000428"
TABLE = Table("表", (
    ("甲局十一月付款表", None, None, None, None),
    ("编制单位：甲局", None, None, None, "单位：元"),
    ("户名", "银行卡号", "开户行", "实发金额", "摘要"),
    ("甲公司", ACCOUNT, "建行", Decimal("12.5"), "修车"),
    ("乙公司", "05120101040033215", "信用社", "1.2万", "印刷"),
    ("合  计", None, None, Decimal("12012.5"), None),
))


def flaw(cell, key="amount", target=VOUCHER_TARGET, reading=READING, *, typed=False) -> str:
    with pytest.raises(Unfit) as caught:
        convert(cell, target.column(key), reading, typed=typed)
    assert importing.flaw(caught.value.code, caught.value.facts)
    assert importing.remedy(caught.value.code, caught.value.facts)
    return caught.value.code


def value(cell, key="amount", target=VOUCHER_TARGET, reading=READING):
    return convert(cell, target.column(key), reading)


# -- the head


def test_head_is_found_under_titles_and_every_guess_is_explained():
    found = recognise(TABLE, VOUCHER_TARGET, LISTS)
    assert (found.top, found.bottom) == (2, 2)
    assert found.mapping() == {"payee": 0, "account": 1, "bank": 2, "amount": 3, "purpose": 4}
    assert all(guess.points >= SURE for guess in found.guesses)
    assert all(importing.guess(guess.why, guess.facts) for guess in found.guesses)


def test_head_of_two_rows_joins_both_words():
    table = Table("表", (
        ("姓名", "银行卡号", "工资", None, None),
        (None, None, "基本", "津贴", "实发"),
        ("张三", ACCOUNT, Decimal(3000), Decimal(500), Decimal(3500)),
    ), merged=((0, 2, 0, 4), (0, 0, 1, 0), (0, 1, 1, 1)))
    found = recognise(table, VOUCHER_TARGET, LISTS)
    assert (found.top, found.bottom) == (0, 1)
    assert [guess.title for guess in found.guesses] == ["姓名", "银行卡号", "工资·基本", "工资·津贴", "工资·实发"]
    assert found.mapping() == {"payee": 0, "account": 1, "amount": 4}


def test_table_without_a_head_is_read_by_what_it_holds():
    table = Table("表", ((ACCOUNT, Decimal("1.5"), "2026-11-20"), ("05120101040033215", Decimal("2.5"), "2026-11-21")))
    found = recognise(table, VOUCHER_TARGET, LISTS)
    assert (found.top, found.bottom) == (-1, -1)
    assert found.mapping() == {"account": 0, "amount": 1, "date": 2}
    assert {guess.why for guess in found.guesses} == {"SAMPLE"}


def test_identity_number_is_no_account():
    table = Table("表", (("姓名", "身份证号", "金额"), ("张三", "150821199001011234", Decimal(1))))
    assert "account" not in recognise(table, VOUCHER_TARGET, LISTS).mapping()


def test_better_named_column_wins_and_the_other_says_why():
    table = Table("表", (("应发金额", "实发金额", "收款人"), (Decimal(5), Decimal(4), "甲")))
    found = recognise(table, VOUCHER_TARGET, LISTS)
    assert found.mapping()["amount"] == 1
    assert found.guesses[0].key == ""


def test_choice_moves_a_key_and_is_remembered_by_layout():
    found = recognise(TABLE, VOUCHER_TARGET, LISTS).chosen(0, "purpose")
    assert found.mapping()["purpose"] == 0
    assert found.guesses[4].key == ""
    fresh = recognise(TABLE, VOUCHER_TARGET, LISTS)
    again = fresh.remembered(found.memory(), [column.key for column in VOUCHER_TARGET.columns])
    assert again.mapping() == found.mapping()
    assert fresh.layout() == found.layout()


def test_template_is_read_by_its_titles_alone():
    titles = tuple(column.title + "*" * column.required for column in VOUCHER_TARGET.columns)
    table = Table("表", (titles, tuple("x" for _ in titles)), marker="vouchers")
    found = recognise(table, VOUCHER_TARGET, LISTS)
    assert found.mapping() == {column.key: at for at, column in enumerate(VOUCHER_TARGET.columns)}
    assert {guess.why for guess in found.guesses} == {"TEMPLATE"}


@pytest.mark.parametrize("target", TARGETS.values(), ids=TARGETS)
def test_every_name_of_a_target_finds_its_own_column_best(target):
    for column in target.columns:
        for name in column.names():
            own = name_score(column.names(), name)[0]
            assert own >= SURE
            assert all(name_score(other.names(), name)[0] <= own for other in target.columns), (column.key, name)


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_head_is_recognised_under_any_of_its_names_order_and_noise(data):
    columns = data.draw(st.permutations([one for one in VOUCHER_TARGET.columns if one.required or one.key == "bank"]))
    names = [data.draw(st.sampled_from(one.names())) for one in columns]
    dresses = st.sampled_from(("{}", " {} ", "{}*", "{}（元）", "{}：", "*{}"))
    noisy = [data.draw(dresses).format(name) for name in names]
    above = data.draw(st.integers(0, 6))
    title = [("某单位付款表", *(None,) * len(columns))] * above
    cells = {"payee": "甲公司", "account": ACCOUNT, "bank": "建行营业部", "amount": Decimal("12.50"), "purpose": "修车"}
    rows = [(*(cells[one.key] for one in columns), None)] * data.draw(st.integers(1, 4))
    table = Table("表", (*title, (*noisy, "附注栏"), *rows))
    found = recognise(table, VOUCHER_TARGET, LISTS)
    assert (found.top, found.bottom) == (above, above)
    assert found.mapping() == {one.key: at for at, one in enumerate(columns)}


# -- the rows


def test_totals_blanks_repeated_heads_and_feet_are_no_rows():
    rows = (*TABLE.rows, (None,) * 5, TABLE.rows[2], ("丙公司", ACCOUNT, None, "3", "水费"),
            ("制表人：张丽", *(None,) * 4), ("（示例）某公司", ACCOUNT, None, "3", "x"),
            ("本页小计", None, None, Decimal(3), None))
    found = recognise(TABLE, VOUCHER_TARGET, LISTS)
    cut = rows_of(replace(TABLE, rows=rows), 2, found.mapping())
    assert [row.number for row in cut.sources] == [4, 5, 9]
    skipped = cut.skipped
    assert (skipped.blank, skipped.totals, skipped.heads, skipped.feet, skipped.samples) == (1, 2, 1, 1, 1)


def test_company_named_like_a_total_is_a_row():
    table = Table("表", (("收款人", "金额"), ("合计科技有限公司", Decimal(1)), ("总计", Decimal(1))))
    cut = rows_of(table, 0, {"payee": 0, "amount": 1})
    assert [row.cells["payee"] for row in cut.sources] == ["合计科技有限公司"]


def test_all_bad_cells_of_all_rows_are_named_at_once():
    rows = [(None, "12a", "三千", None), ("甲", ACCOUNT, Decimal("1.005"), "x" * 61)]
    table = Table("表", (("收款人", "账号", "金额", "用途"), *rows))
    cut = rows_of(table, 0, {"payee": 0, "account": 1, "amount": 2, "purpose": 3})
    checked = check_rows(cut.sources, VOUCHER_TARGET, READING, {})
    assert [(row.source.number, flaw.key, flaw.code) for row in checked for flaw in row.flaws] == [
        (2, "payee", "I-01"), (2, "account", "I-12"), (2, "amount", "I-02"), (2, "purpose", "I-01"),
        (3, "amount", "I-03"), (3, "purpose", "I-13")]


def test_fixed_values_fill_only_what_the_file_leaves_empty():
    rows = (("甲", ACCOUNT, "1", None), ("乙", ACCOUNT, "2", "自己的"))
    table = Table("表", (("收款人", "账号", "金额", "用途"), *rows))
    cut = rows_of(table, 0, {"payee": 0, "account": 1, "amount": 2, "purpose": 3})
    checked = check_rows(cut.sources, VOUCHER_TARGET, READING, {"purpose": "统一的", "economic": "30201"})
    assert [row.values["purpose"] for row in checked] == ["统一的", "自己的"]
    assert {row.values["economic"] for row in checked} == {"30201"}


def test_second_row_of_the_same_thing_is_wrong_where_rows_overwrite():
    table = Table("表", (("科目", "金额"), ("30201", "1"), ("办公费", "2"), ("30213", "3")))
    cut = rows_of(table, 0, {"economic": 0, "amount": 1})
    target = replace(LINE_TARGET, key_columns=("economic",), repeats=False)
    checked = check_rows(cut.sources, target, READING, {})
    assert [(row.source.number, row.flaws[0].facts["row"]) for row in bad(checked)] == [(3, "2")]


# -- the values


@pytest.mark.parametrize(("cell", "yuan"), [
    ("1.2万", "12000.00"), ("１，２３４．５", "1234.50"), ("¥1,234.5元", "1234.50"), (Decimal("1234.5"), "1234.50"),
    (" 36 ", "36.00"), (Decimal("5E+2"), "500.00"),
])
def test_amounts_are_read_as_people_write_them(cell, yuan):
    assert str(value(cell)) == yuan


@pytest.mark.parametrize(("cell", "code"), [
    ("三千", "I-02"), (Decimal("1.005"), "I-03"), ("33.333333", "I-03"), (Decimal(10) ** 13, "I-04"), ("-5", "I-05"),
    (Decimal(0), "I-05"), (date(2026, 1, 1), "I-02"), ("#REF!", "I-14"), (None, "I-01"), ("—", "I-01"), (True, "I-02"),
])
def test_what_is_no_amount_is_named(cell, code):
    assert flaw(cell) == code


def test_parts_of_a_fen_are_rounded_only_when_wanted():
    assert str(value(Decimal("33.335"), reading=replace(READING, round_fen=True))) == "33.34"


def test_sheet_in_wan_is_multiplied_exactly():
    assert str(value(Decimal("1.2345"), reading=replace(READING, factor=Decimal(10000)))) == "12345.00"


@pytest.mark.parametrize("cell", [
    "1120", "11.20", "20", "2026-11-20", "2026/11/20", "2026年11月20日", "２０２６-11-20", "20261120",
    date(2026, 11, 20), Decimal(46346), "46346", Decimal(20261120), Decimal(1120), "2026-11-20 08:30:00",
])
def test_dates_are_read_as_people_and_excel_write_them(cell):
    assert value(cell, "date") == date(2026, 11, 20)


@pytest.mark.parametrize(("cell", "code"), [("十一月", "I-06"), ("2026-13-01", "I-06"), ("2025-11-20", "I-07")])
def test_what_is_no_date_of_the_year_is_named(cell, code):
    assert flaw(cell, "date") == code


@pytest.mark.parametrize("cell", [
    "30213", "维修(护)费", "维修（护）费", "30213 维修(护)费", "30213-维修(护)费", "30213维修(护)费", Decimal(30213),
    "商品和服务支出/维修(护)费", "30213—维修(护)费",
])
def test_codes_are_found_by_code_name_or_both(cell):
    assert value(cell, "economic") == "30213"


@pytest.mark.parametrize(("cell", "key", "code"), [
    ("99999", "economic", "I-08"), ("302", "economic", "I-10"), ("甲财预〔2026〕12号", "quota", "I-09")])
def test_code_that_names_none_or_many_is_told(cell, key, code):
    assert flaw(cell, key) == code


@pytest.mark.parametrize(("cell", "yes"), [("是", True), ("√", True), ("否", False), (True, True), ("0", False)])
def test_yes_and_no_are_read(cell, yes):
    assert value(cell, "procurement", BUDGET_TARGET) is yes
    assert flaw("也许", "procurement", BUDGET_TARGET) == "I-15"


# -- what Excel spoils


@pytest.mark.parametrize("cell", [
    "6.22202E+18", "6.22E+15", "6222021001112340000", "62220210011123000", Decimal("6.22202100111234E+18"),
    Decimal("622202.5"), Decimal("1E+16"), "150501668200090000", "6222 0210 0111 2340 000",
])
def test_spoiled_numbers_are_known(cell):
    assert is_damaged(cell)
    assert flaw(cell, "account") == "I-11"


@pytest.mark.parametrize("cell", [
    ACCOUNT, "0602004109022100381", "6222021001112345670", Decimal("15050166820900"), "123", None, True,
    "4111111111111210",  # sixteen digits with a right check digit that happens to be 0
])
def test_sound_numbers_pass(cell):
    assert not is_damaged(cell)


def test_number_typed_by_hand_is_believed():
    assert convert("62220210011123000", VOUCHER_TARGET.column("account"), READING, typed=True) == "62220210011123000"


@given(st.integers(10**15 * 10, 10**19))
def test_whatever_excel_rounded_is_never_taken_for_sound(number):
    kept = Decimal(f"{float(number):.15g}")
    if int(kept) != number or kept.as_tuple().exponent > 0:
        assert is_damaged(kept)


def test_damaged_rows_are_collected():
    table = Table("表", (("收款人", "账号", "金额", "用途"), ("甲", "6.2E+18", "1", "x"), ("乙", ACCOUNT, "1", "x")))
    checked = check_rows(rows_of(table, 0, {"payee": 0, "account": 1, "amount": 2, "purpose": 3}).sources,
                         VOUCHER_TARGET, READING, {})
    assert [row.source.number for row in damaged(checked)] == [2]


# -- the unit of money


@pytest.mark.parametrize(("titles", "above", "factor"), [
    (("金额（万元）",), "x", 10000), (("金额",), "单位：万元", 10000), (("金额",), "金额单位: 千元", 1000),
    (("金额（元）",), "单位：万元", None), (("金额",), "单位：元", None), (("金额",), "编制单位：万元村", None),
])
def test_unit_that_the_sheet_names_is_believed(titles, above, factor):
    table = Table("表", ((above,), titles))
    doubt = said_unit(table, titles, 1)
    assert (doubt.factor if doubt else None) == (Decimal(factor) if factor else None)
    assert doubt is None or importing.doubt(doubt.why, doubt.facts)


@given(st.lists(st.decimals(1, 10**6, places=2), min_size=3, max_size=9), st.sampled_from(["1", "0.0001", "10000"]))
def test_size_raises_a_doubt_only_near_ten_thousand(usual, times):
    doubt = doubt_of_size([(amount * Decimal(times), amount) for amount in usual])
    expected = {"1": None, "0.0001": "SMALL", "10000": "LARGE"}[times]
    assert (doubt.why if doubt else None) == expected


# -- the effect


def test_rows_are_new_change_the_same_or_repeat():
    target = replace(LINE_TARGET, key_columns=("economic",), overwrites=True)
    table = Table("表", (("科目", "摘要", "金额"), ("30201", "a", "1"), ("30213", "b", "2"), ("30231", None, "3")))
    rows = check_rows(rows_of(table, 0, {"economic": 0, "summary": 1, "amount": 2}).sources, target, READING, {})
    there = {("30201",): Present("一", {"amount": Decimal("1.00"), "summary": "a"}),
             ("30213",): Present("二", {"amount": Decimal("9.00"), "summary": "b"})}
    effect = effect_of(rows, target, there)
    assert [one.fate for one in effect.planned] == ["SAME", "CHANGE", "NEW"]
    assert len(effect.taken(repeats=False)) == 2
    once = effect_of(rows, replace(target, overwrites=False), there)
    assert [one.fate for one in once.planned] == ["REPEAT", "REPEAT", "NEW"]
    assert (len(once.taken(repeats=False)), len(once.taken(repeats=True))) == (1, 3)


def test_every_column_of_every_target_can_stand_in_a_template():
    for target in TARGETS.values():
        assert {column.key for column in target.columns} >= set(target.key_columns)
        assert all(column.help or column.kind in (Kind.TEXT, Kind.AMOUNT) for column in target.columns)
