"""What speaks against paying on an invoice."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.evoucher import (
    Evoucher,
    EvoucherKind,
    EvoucherLine,
    Signature,
    check_evoucher,
    evoucher_key,
)
from desktop.domain.problem import Level, Problem
from desktop.domain.words import in_words

UNIT = "甲旗林业和草原局"
TAX_NO = "11150821MB0X12343J"


def line(amount: str | None, tax: str | None) -> EvoucherLine:
    numbers = [None if text is None else Decimal(text) for text in (amount, tax)]
    return EvoucherLine("*纸制品*复印纸", "", "箱", "20", numbers[0], "13%", numbers[1])


GOOD = Evoucher(
    key="EINV:26157912570200055449",
    kind=EvoucherKind.EINV_ORD,
    invoice_code="",
    invoice_no="26157912570200055449",
    issue_date=date(2026, 3, 5),
    seller_name="甲旗示例商贸有限公司",
    seller_tax_no="91150821MA0Q567845",
    buyer_name=UNIT,
    buyer_tax_no=TAX_NO,
    seller_bank="",
    seller_account="",
    untaxed=Decimal("2831.86"),
    tax=Decimal("368.14"),
    total=Decimal("3200.00"),
    lines=(line("2831.86", "368.14"),),
    remark="",
    check_code="",
    is_red=False,
    container="OFD",
    sm3="0" * 64,
    size=1,
    file_name="a.ofd",
    facts=(),
    digest_ok=True,
    signature=Signature.VALID,
    source_level=1,
    confidence=Decimal("1.00"),
    total_in_words="叁仟贰佰圆整",
)
OLD = replace(
    GOOD,
    kind=EvoucherKind.VAT_ORD,
    invoice_code="050001700111",
    invoice_no="12235358",
    check_code="16630282980991510014",
)


def found(e: Evoucher, on: date | None = None) -> list[tuple[str, str, Level]]:
    problems = check_evoucher(e, buyer_name=UNIT, buyer_tax_no=TAX_NO, on=on)
    return [(p.code, p.where, p.level) for p in problems]


def test_a_good_invoice_has_no_finding() -> None:
    assert found(GOOD, on=date(2026, 11, 20)) == []
    assert found(OLD) == []


@pytest.mark.parametrize("name", ["甲旗林业和草原局 ", "甲旗 林业和\u3000草原局", "甲旗林业和草原局\n"])
def test_white_space_in_the_buyer_name_makes_no_difference(name: str) -> None:
    assert found(replace(GOOD, buyer_name=name)) == []


def test_full_width_brackets_in_the_buyer_name_make_no_difference() -> None:
    e = replace(GOOD, buyer_name="甲旗林业局（本级）", buyer_tax_no="１１150821mb0x12343j")
    assert check_evoucher(e, buyer_name="甲旗林业局(本级)", buyer_tax_no=TAX_NO) == []


def test_another_buyer_blocks_by_name_and_by_tax_number() -> None:
    e = replace(GOOD, buyer_name="个人", buyer_tax_no="")
    assert found(e) == [("R-12", "buyer_name", Level.ERROR), ("R-12", "buyer_tax_no", Level.ERROR)]
    assert check_evoucher(e, buyer_name=UNIT, buyer_tax_no="")[0].facts == {"found": "个人", "expected": UNIT}


def test_a_unit_without_a_tax_number_is_compared_by_name_alone() -> None:
    assert check_evoucher(GOOD, buyer_name=UNIT, buyer_tax_no="") == []


def test_a_red_invoice_blocks_by_flag_or_by_sign() -> None:
    amounts = {
        "untaxed": -GOOD.untaxed,
        "tax": -GOOD.tax,
        "total": -GOOD.total,
        "lines": (line("-2831.86", "-368.14"),),
    }
    assert found(replace(GOOD, is_red=True)) == [("R-12", "is_red", Level.ERROR)]
    assert found(replace(GOOD, **amounts)) == [("R-12", "is_red", Level.ERROR)]
    assert found(replace(GOOD, is_red=True, **amounts)) == [("R-12", "is_red", Level.ERROR)]


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2026, 3, 4), [("R-12", "issue_date", Level.ERROR)]),
        (date(2026, 3, 5), []),
        (date(2027, 3, 5), []),
        (date(2027, 3, 6), [("R-12", "issue_date", Level.WARN)]),
        (date(2028, 1, 1), [("R-12", "issue_date", Level.WARN)]),
    ],
)
def test_the_issue_date_is_held_against_the_voucher_date(on: date, expected: list[Problem]) -> None:
    assert found(GOOD, on) == expected


def test_an_invoice_of_the_leap_day_is_a_year_old_on_the_first_of_march() -> None:
    e = replace(GOOD, invoice_no="24157912570200055449", issue_date=date(2024, 2, 29))
    assert found(e, date(2025, 2, 28)) == []
    assert found(e, date(2025, 3, 1)) == [("R-12", "issue_date", Level.WARN)]


@pytest.mark.parametrize(("total", "blocks"), [("3200.01", False), ("3199.99", False), ("3200.02", True)])
def test_untaxed_and_tax_may_miss_the_total_by_a_fen(total: str, blocks: bool) -> None:
    e = replace(GOOD, total=Decimal(total), total_in_words="")
    assert found(e) == ([("E-01", "total", Level.ERROR)] if blocks else [])


def test_lines_may_miss_the_totals_by_a_fen_each() -> None:
    two = (line("1415.94", "184.07"), line("1415.94", "184.07"))
    assert found(replace(GOOD, lines=two)) == []
    assert found(replace(GOOD, lines=(*two[:1], line("1415.95", "184.10")))) == [
        ("E-01", "untaxed", Level.ERROR),
        ("E-01", "tax", Level.ERROR),
    ]


def test_a_line_without_a_number_is_not_added_up() -> None:
    assert found(replace(GOOD, lines=(line("2831.86", None), line(None, None)))) == []
    assert found(replace(GOOD, lines=(line("1.00", None), line("2.00", None)))) == [("E-01", "untaxed", Level.ERROR)]


@pytest.mark.parametrize(
    "number", ["2615791257020005544", "261579125702000554490", "2615791257020005544X", "", "２6157912570200055449"]
)
def test_a_digital_number_has_twenty_digits(number: str) -> None:
    assert found(replace(GOOD, invoice_no=number)) == [("E-03", "invoice_no", Level.ERROR)]


def test_a_digital_number_is_not_of_a_later_year_than_the_issue() -> None:
    assert found(replace(GOOD, invoice_no="27157912570200055449")) == [("E-03", "invoice_no", Level.ERROR)]
    assert found(replace(GOOD, invoice_no="25157912570200055449")) == []


@pytest.mark.parametrize(
    ("where", "value"),
    [
        ("invoice_no", "1223535"),
        ("invoice_code", "150001700111"),
        ("invoice_code", "05000170011"),
        ("check_code", "1663028298099151001"),
    ],
)
def test_an_older_invoice_has_its_code_number_and_check_code_in_form(where: str, value: str) -> None:
    assert found(replace(OLD, **{where: value})) == [("E-03", where, Level.ERROR)]


def test_an_older_invoice_on_paper_has_a_code_of_ten_digits() -> None:
    assert found(replace(OLD, invoice_code="1500172130", check_code="")) == []


@pytest.mark.parametrize("words", ["叁仟贰佰圆整", "叁仟贰佰元正", "（大写）⊗叁仟贰佰圆整", "人民币叁仟贰佰元整", ""])
def test_words_that_say_the_total_pass(words: str) -> None:
    assert found(replace(GOOD, total_in_words=words)) == []


def test_words_that_say_another_total_block() -> None:
    assert found(replace(GOOD, total_in_words="叁仟叁佰圆整")) == [("E-04", "total_in_words", Level.ERROR)]


def test_words_that_nobody_can_read_are_a_warning() -> None:
    assert found(replace(GOOD, total_in_words="3200")) == [("E-04", "total_in_words", Level.WARN)]


@pytest.mark.parametrize("words", ["叁仟贰佰圆整", "负叁仟贰佰圆整", "（负数）叁仟贰佰圆整"])
def test_words_of_a_red_invoice_may_leave_the_sign_to_the_figures(words: str) -> None:
    e = replace(GOOD, total=-GOOD.total, untaxed=-GOOD.untaxed, tax=-GOOD.tax, lines=(), total_in_words=words)
    assert found(e) == [("R-12", "is_red", Level.ERROR)]


def test_a_broken_digest_and_a_wrong_signature_block() -> None:
    e = replace(GOOD, digest_ok=False, signature=Signature.INVALID)
    assert found(e) == [("E-02", "digest_ok", Level.ERROR), ("E-05", "signature", Level.ERROR)]


@pytest.mark.parametrize(("state", "level"), [(Signature.NOT_CHECKED, Level.WARN), (Signature.UNKNOWN_CA, Level.INFO)])
def test_a_signature_that_proves_less_than_all_is_said_but_does_not_block(state: Signature, level: Level) -> None:
    assert found(replace(GOOD, signature=state)) == [("E-06", "signature", level)]


def test_a_file_without_digests_has_no_finding_about_them() -> None:
    assert found(replace(GOOD, digest_ok=None)) == []


def test_places_that_disagree_block_at_their_field() -> None:
    assert found(replace(GOOD, conflicts=("total: 3200.00 ≠ 3300.00",))) == [("E-07", "total", Level.ERROR)]


def test_values_from_the_page_text_have_to_be_confirmed() -> None:
    assert found(replace(GOOD, confidence=Decimal("0.95"), source_level=4)) == []
    assert found(replace(GOOD, confidence=Decimal("0.85"), source_level=5)) == [("E-08", "confidence", Level.WARN)]


@pytest.mark.parametrize(
    ("tax_no", "warns"),
    [("91150821MA0Q567846", True), ("150821198503150022", False), ("150821761234567", False), ("", False)],
)
def test_only_a_credit_code_with_a_wrong_check_character_is_a_warning(tax_no: str, warns: bool) -> None:
    expected = [("E-09", "seller_tax_no", Level.WARN)] if warns else []
    assert found(replace(GOOD, seller_tax_no=tax_no)) == expected


def test_all_findings_come_at_once() -> None:
    e = replace(GOOD, buyer_name="x", is_red=True, tax=Decimal("0.00"), invoice_no="1")
    e = replace(e, total_in_words="壹元整", digest_ok=False)
    codes = [code for code, _, _ in found(e)]
    assert codes == ["R-12", "R-12", "E-01", "E-01", "E-03", "E-04", "E-02"]


def test_the_key_is_the_same_for_every_file_of_an_invoice() -> None:
    assert evoucher_key(EvoucherKind.EINV_SPCL, "", "26157912570200055449") == "EINV:26157912570200055449"
    assert evoucher_key(EvoucherKind.VAT_SPCL, "0500", "1223") == "VAT:0500+1223"
    with pytest.raises(ValueError, match="RAIL"):
        evoucher_key(EvoucherKind.RAIL, "", "1")


AMOUNTS = st.decimals("0.01", "99999999.99", places=2)


@given(AMOUNTS, AMOUNTS)
def test_an_invoice_whose_figures_and_words_fit_has_no_finding(untaxed: Decimal, tax: Decimal) -> None:
    total = untaxed + tax
    lines = (EvoucherLine("x", "", "", "", untaxed, "", tax),)
    e = replace(GOOD, untaxed=untaxed, tax=tax, total=total, lines=lines, total_in_words=in_words(total))
    assert found(e) == []


@given(AMOUNTS, AMOUNTS, st.decimals("0.02", "1000", places=2))
def test_a_total_that_is_off_by_more_than_a_fen_is_always_noticed(untaxed: Decimal, tax: Decimal, off: Decimal) -> None:
    e = replace(GOOD, untaxed=untaxed, tax=tax, total=untaxed + tax + off, lines=(), total_in_words="")
    assert found(e) == [("E-01", "total", Level.ERROR)]
