"""Reading and showing amounts of yuan."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.money import LARGEST, MoneyError, format_yuan, from_fen, parse_yuan, to_fen, yuan

FEN = st.integers(min_value=-99_999_999_999_999, max_value=99_999_999_999_999)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("1,234.5", "1234.50"),
        ("1234.5", "1234.50"),
        ("１２，３４５", "12345.00"),
        ("１２．５", "12.50"),
        ("¥36,500.00", "36500.00"),
        ("￥36500", "36500.00"),
        ("36500元", "36500.00"),
        (" ￥ １，２３４．５０ 元 ", "1234.50"),
        ("(123)", "-123.00"),
        ("（123.45）", "-123.45"),
        ("-123", "-123.00"),
        ("−123", "-123.00"),
        ("－１２３", "-123.00"),
        ("-¥123", "-123.00"),
        ("¥-123", "-123.00"),
        ("+5", "5.00"),
        ("1.2万", "12000.00"),
        ("1.2 万元", "12000.00"),
        ("3亿", "300000000.00"),
        ("0.000001亿", "100.00"),
        (".5", "0.50"),
        ("5.", "5.00"),
        ("1.2300", "1.23"),
        ("0", "0.00"),
        ("-0.00", "0.00"),
        ("999,999,999,999.99", "999999999999.99"),
    ],
)
def test_amount_is_read_as_people_type_it(typed: str, meant: str) -> None:
    read = parse_yuan(typed)
    assert read == Decimal(meant)
    assert str(read) == meant


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "M-01"),
        ("   ", "M-01"),
        ("\u3000", "M-01"),
        ("abc", "M-02"),
        ("1,50", "M-02"),
        ("1234,567", "M-02"),
        ("1,2345", "M-02"),
        ("12 34", "M-02"),
        ("(-1)", "M-02"),
        ("(1", "M-02"),
        ("1)", "M-02"),
        ("--1", "M-02"),
        ("-¥-1", "M-02"),
        ("-", "M-02"),
        (".", "M-02"),
        ("万", "M-02"),
        ("1e5", "M-02"),
        ("NaN", "M-02"),
        ("1²", "M-02"),
        ("①", "M-02"),
        ("٣", "M-02"),
        ("10%", "M-02"),
        ("1.234", "M-03"),
        ("0.001", "M-03"),
        ("1.2345678万", "M-03"),
        ("0." + "0" * 40 + "1", "M-03"),
        ("1000000000000", "M-04"),
        ("10000亿", "M-04"),
        ("9" * 60, "M-04"),
    ],
)
def test_text_that_is_no_amount_is_refused_with_its_reason(typed: str, code: str) -> None:
    with pytest.raises(MoneyError) as refused:
        parse_yuan(typed)
    assert refused.value.code == code
    assert refused.value.text == typed


@pytest.mark.parametrize(
    ("amount", "shown"),
    [
        ("1234567.89", "1,234,567.89"),
        ("-1234", "-1,234.00"),
        ("0.05", "0.05"),
        ("0", "0.00"),
        ("999999999999.99", "999,999,999,999.99"),
    ],
)
def test_amount_is_shown_with_groups_and_two_decimals(amount: str, shown: str) -> None:
    assert format_yuan(Decimal(amount)) == shown


def test_sum_beyond_one_amounts_range_is_shown_and_a_part_of_a_fen_is_not() -> None:
    assert format_yuan(LARGEST * 2) == "1,999,999,999,999.98"
    with pytest.raises(MoneyError) as refused:
        format_yuan(Decimal("0.001"))
    assert refused.value.code == "M-03"


def test_nothing_is_shown_as_the_form_asks() -> None:
    assert format_yuan(Decimal("0.00"), zero="") == ""
    assert format_yuan(Decimal("-0.00")) == "0.00"
    assert format_yuan(Decimal("0.01"), zero="") == "0.01"


@given(FEN)
def test_what_is_shown_reads_back_as_the_same_amount(fen: int) -> None:
    amount = from_fen(fen)
    assert parse_yuan(format_yuan(amount)) == amount
    assert parse_yuan(str(amount)) == amount


@given(FEN)
def test_fen_and_yuan_turn_into_each_other(fen: int) -> None:
    assert to_fen(from_fen(fen)) == fen
    assert from_fen(fen).as_tuple().exponent == -2


@given(st.text(max_size=20))
def test_any_text_is_an_amount_or_a_money_error(text: str) -> None:
    try:
        read = parse_yuan(text)
    except MoneyError:
        return
    assert read.as_tuple().exponent == -2


def test_part_of_a_fen_is_refused_and_never_rounded() -> None:
    with pytest.raises(MoneyError) as refused:
        to_fen(Decimal("10.005"))
    assert refused.value.code == "M-03"
    assert yuan(Decimal("10.100")) == Decimal("10.10")
    assert str(yuan(7)) == "7.00"
    assert str(yuan("-0")) == "0.00"


@pytest.mark.parametrize(("value", "code"), [("x", "M-02"), ("NaN", "M-02"), ("Infinity", "M-02"), ("1e12", "M-04")])
def test_value_that_is_no_amount_is_refused(value: str, code: str) -> None:
    with pytest.raises(MoneyError) as refused:
        yuan(value)
    assert refused.value.code == code


def test_largest_amount_is_the_edge_on_both_sides() -> None:
    assert yuan(LARGEST) == LARGEST
    assert yuan(-LARGEST) == -LARGEST
    with pytest.raises(MoneyError):
        yuan(LARGEST + Decimal("0.01"))
