"""Numbers and dates as they are typed."""

import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.ui.kit.dates import NotADate, parse_date
from desktop.ui.kit.numbers import NotANumber, format_number, group_digits, parse_number

amounts = st.decimals(Decimal("-999999999999.99"), Decimal("999999999999.99"), places=2)


@pytest.mark.parametrize(("typed", "number"), [
    ("1,234.5", "1234.50"), ("１２，３４５", "12345.00"), ("¥ 12", "12.00"), ("￥12元", "12.00"), ("(123)", "-123.00"),
    ("（123.45）", "-123.45"), ("-123", "-123.00"), ("−123", "-123.00"), ("1.2万", "12000.00"),
    ("0.5亿", "50000000.00"),
    ("=1200*12", "14400.00"), ("=(1+2)*3-4/2", "7.00"), ("=100*15%", "15.00"), ("=10/3", "3.33"), ("=-(2+3)", "-5.00"),
    ("=1.2万+3", "12003.00"), ("=1,000+1", "1001.00"), ("= 2 × 3 ÷ 4", "1.50"), (".5", "0.50"), ("-0", "0.00"),
])
def test_a_number_is_read_as_accountants_type_it(typed: str, number: str) -> None:
    assert str(parse_number(typed)) == number


@pytest.mark.parametrize("typed", [
    "abc", "1,23", "1.234", "=1/0", "=1+", "=(1", "=1)", "=a1", "--1", "(-1)", "1e5", "²", "①", "=2**3", "NaN",
    "Infinity",
    "9" * 16, "1" * 300, "=" + "(" * 70 + "1" + ")" * 70, "=__import__('os')",
])
def test_what_is_no_number_is_refused_with_a_chinese_reason(typed: str) -> None:
    with pytest.raises(NotANumber) as caught:
        parse_number(typed)
    assert any("一" <= sign <= "鿿" for sign in str(caught.value))


def test_an_empty_text_is_no_number() -> None:
    assert parse_number("  ") is None


@given(amounts)
def test_a_shown_amount_reads_back_as_itself(amount: Decimal) -> None:
    assert parse_number(format_number(amount)) == amount


@given(amounts, amounts)
def test_a_typed_sum_is_the_exact_sum(first: Decimal, second: Decimal) -> None:
    assert parse_number(f"={first}+({second})") == first + second


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused(typed: str) -> None:
    try:
        number = parse_number("=" + typed)
    except NotANumber:
        return
    assert number is None or number == number.quantize(Decimal("0.01"))


def test_zero_is_blank_in_forms_and_written_in_vouchers() -> None:
    assert format_number(Decimal(0), zero_blank=True) == ""
    assert format_number(Decimal(0)) == "0.00"
    assert format_number(Decimal("-1234.5")) == "-1,234.50"


def test_long_numbers_are_grouped_by_four() -> None:
    assert group_digits("1505016682000900042") == "1505 0166 8200 0900 042"
    assert group_digits("000131") == "000131"
    assert group_digits("甲2026号文件号码") == "甲2026号文件号码"


@pytest.mark.parametrize(("typed", "day"), [
    ("2026-11-20", (2026, 11, 20)), ("1120", (2026, 11, 20)), ("11.20", (2026, 11, 20)), ("20", (2026, 11, 20)),
    ("2025年3月5日", (2025, 3, 5)), ("3-5", (2026, 3, 5)), ("20251231", (2025, 12, 31)),
])
def test_a_date_is_read_from_its_short_form(typed: str, day: tuple[int, int, int]) -> None:
    assert parse_date(typed, 2026, 11) == datetime.date(*day)


@pytest.mark.parametrize("typed", ["2026-02-30", "1350", "abc", "32"])
def test_what_is_no_date_is_refused(typed: str) -> None:
    with pytest.raises(NotADate):
        parse_date(typed, 2026, 11)
