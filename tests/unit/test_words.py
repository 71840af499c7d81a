"""Amounts and dates in Chinese capitals, in both directions."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.money import MoneyError, from_fen
from desktop.domain.words import from_words, in_words

TABLE = [
    ("0", "零元整"),
    ("0.05", "伍分"),
    ("0.50", "伍角整"),
    ("0.55", "伍角伍分"),
    ("10", "壹拾元整"),
    ("10.01", "壹拾元零壹分"),
    ("10.05", "壹拾元零伍分"),
    ("10.10", "壹拾元零壹角整"),
    ("1010", "壹仟零壹拾元整"),
    ("1409.50", "壹仟肆佰零玖元伍角整"),
    ("1680.32", "壹仟陆佰捌拾元零叁角贰分"),
    ("6007.14", "陆仟零柒元壹角肆分"),
    ("16409.02", "壹万陆仟肆佰零玖元零贰分"),
    ("20000.20", "贰万元零贰角整"),
    ("20005", "贰万零伍元整"),
    ("107000.53", "壹拾万柒仟元零伍角叁分"),
    ("100100", "壹拾万零壹佰元整"),
    ("1000100", "壹佰万零壹佰元整"),
    ("1010000", "壹佰零壹万元整"),
    ("12345678.90", "壹仟贰佰叁拾肆万伍仟陆佰柒拾捌元玖角整"),
    ("100000000", "壹亿元整"),
    ("100000001", "壹亿零壹元整"),
    ("100001000.10", "壹亿零壹仟元零壹角整"),
    ("100010000", "壹亿零壹万元整"),
    ("200300000", "贰亿零叁拾万元整"),
    ("1000010000", "壹拾亿零壹万元整"),
    ("1010101010.01", "壹拾亿壹仟零壹拾万壹仟零壹拾元零壹分"),
    ("2005000300.06", "贰拾亿零伍佰万零叁佰元零陆分"),
    ("-50", "负伍拾元整"),
    ("-1234.50", "负壹仟贰佰叁拾肆元伍角整"),
    ("6480", "陆仟肆佰捌拾元整"),
    ("999999999999.99", "玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分"),
]


@pytest.mark.parametrize(("amount", "words"), TABLE)
def test_amount_is_written_in_words(amount: str, words: str) -> None:
    assert in_words(Decimal(amount)) == words


@pytest.mark.parametrize(("amount", "words"), TABLE)
def test_words_are_read_as_the_amount(amount: str, words: str) -> None:
    assert from_words(words) == Decimal(amount)


@pytest.mark.parametrize(
    ("words", "amount"),
    [
        ("壹拾万零柒仟元伍角叁分", "107000.53"),
        ("壹拾万零柒仟元零伍角叁分", "107000.53"),
        ("壹拾万柒仟元伍角叁分", "107000.53"),
        ("壹仟陆佰捌拾元叁角贰分", "1680.32"),
        ("壹亿壹仟元零壹角整", "100001000.10"),
        ("贰拾圆正", "20.00"),
        ("人民币叁佰圆整", "300.00"),
        ("人民币 叁佰 元整", "300.00"),
        ("壹拾元零壹角", "10.10"),
        ("伍角", "0.50"),
    ],
)
def test_variants_that_the_rules_leave_open_are_read(words: str, amount: str) -> None:
    assert from_words(words) == Decimal(amount)


@pytest.mark.parametrize(
    "words",
    [
        "",
        "元整",
        "整",
        "负",
        "负零元整",
        "零",
        "叁佰元",  # 整 is missing after 元
        "伍分整",  # 整 never follows 分
        "拾元整",
        "一百元整",
        "壹仟壹拾元整",  # the 零 inside is not free
        "壹仟零贰佰元整",  # nothing is 0 here
        "壹拾零元整",
        "壹零拾元整",
        "壹佰元壹分",
        "壹佰元零零壹分",
        "零元伍分",
        "壹万壹万元整",
        "壹元贰元整",
        "壹拾壹拾元整",
        "壹角贰元整",
        "贰分壹角",
        "壹万亿元整",
        "玖玖元整",
        "拾",
        "100元整",
        "壹佰元整整",
        "壹佰美元整",
        "壹仟万亿元整",
        "亿元整",
    ],
)
def test_words_that_no_rule_makes_are_refused(words: str) -> None:
    with pytest.raises(MoneyError) as refused:
        from_words(words)
    assert refused.value.code == "M-05"


@given(st.integers(min_value=-99_999_999_999_999, max_value=99_999_999_999_999))
def test_words_read_back_as_the_same_amount(fen: int) -> None:
    amount = from_fen(fen)
    assert from_words(in_words(amount)) == amount


@given(st.lists(st.sampled_from("0000123456789"), min_size=3, max_size=14))
def test_amounts_full_of_zeros_read_back_and_never_double_a_zero(figures: list[str]) -> None:
    amount = from_fen(int("".join(figures)))
    words = in_words(amount)
    assert "零零" not in words
    assert words.endswith("分") != words.endswith("整")
    assert from_words(words) == amount


@given(st.text(alphabet="零壹贰玖拾佰仟万亿元角分整负", max_size=12))
def test_any_words_are_the_amount_they_spell_or_refused(words: str) -> None:
    try:
        amount = from_words(words)
    except MoneyError:
        return
    assert in_words(amount).replace("零", "").rstrip("整") == words.replace("零", "").rstrip("整")


@pytest.mark.parametrize(("amount", "code"), [("10.005", "M-03"), ("1000000000000", "M-04")])
def test_amount_that_no_voucher_can_hold_has_no_words(amount: str, code: str) -> None:
    with pytest.raises(MoneyError) as refused:
        in_words(Decimal(amount))
    assert refused.value.code == code
