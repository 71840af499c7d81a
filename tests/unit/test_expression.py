"""Expressions: what is computed, and where a text that cannot be computed goes wrong."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.expression import ExpressionError, Flaw, parse


@pytest.mark.parametrize(("text", "result"), [
    ("1200*12", "14400"), ("(1+2)*3-4/2", "7"), ("100*15%", "15"), ("-(2+3)", "-5"), ("1.2万+3", "12003"),
    ("2亿", "200000000"), ("1,234,567+1", "1234568"), (" 2 × 3 ÷ 4 ", "1.5"), ("（１＋２）＊３", "9"), ("2*-3", "-6"),
    ("--3", "3"), ("50%%", "0.005"), ("8-3-2", "3"), ("16/4/2", "2"), ("-2%", "-0.02"), (".5+.5", "1.0"), ("−5", "-5"),
])
def test_arithmetic_is_computed(text: str, result: str) -> None:
    assert parse(text).value() == Decimal(result)


@pytest.mark.parametrize(("text", "flaw", "at"), [
    ("", Flaw.EMPTY, 0), ("1+", Flaw.INCOMPLETE, 2), ("(1", Flaw.OPEN_BRACKET, 0), ("1)", Flaw.CLOSE_BRACKET, 1),
    ("1 2", Flaw.NO_OPERATOR, 2), ("1,23", Flaw.SIGN, 1), ("1+a", Flaw.SIGN, 2), ("2**3", Flaw.INCOMPLETE, 2),
    ("()", Flaw.INCOMPLETE, 1), ("1(2)", Flaw.NO_OPERATOR, 1), ("3²", Flaw.SIGN, 1),
    ("cmd|' /C calc'!A0", Flaw.SIGN, 0),
    ("1.2.3", Flaw.NO_OPERATOR, 3), ("%", Flaw.INCOMPLETE, 0), ("(" * 10_000, Flaw.TOO_LONG, 1_000),
    ("(" * 65 + "1" + ")" * 65, Flaw.TOO_DEEP, 64), ("-" * 65 + "1", Flaw.TOO_DEEP, 64),
])
def test_a_flaw_is_named_with_its_place(text: str, flaw: Flaw, at: int) -> None:
    with pytest.raises(ExpressionError) as caught:
        parse(text)
    assert (caught.value.flaw, caught.value.at) == (flaw, at)


def test_ten_thousand_brackets_are_a_clean_error_where_length_allows_them() -> None:
    with pytest.raises(ExpressionError) as caught:
        parse("(" * 10_000 + "1" + ")" * 10_000, longest=30_000)
    assert caught.value.flaw is Flaw.TOO_DEEP


def test_a_long_sum_needs_no_depth() -> None:
    assert parse("+".join(["1"] * 10_000), longest=30_000).value() == 10_000


@pytest.mark.parametrize(("text", "at"), [("1/0", 1), ("5+2/(3-3)", 3)])
def test_a_division_by_zero_points_at_its_sign(text: str, at: int) -> None:
    with pytest.raises(ExpressionError) as caught:
        parse(text).value()
    assert (caught.value.flaw, caught.value.at) == (Flaw.ZERO_DIVISION, at)


def test_a_result_beyond_all_measure_is_refused() -> None:
    with pytest.raises(ExpressionError) as caught:
        parse("*".join(["9" * 40] * 20)).value()
    assert caught.value.flaw is Flaw.TOO_LARGE


class TestNames:
    def test_names_are_resolved_by_what_is_given(self) -> None:
        formula = parse("人数*标准*12 + 人数", names=True)
        assert formula.names == ("人数", "标准")
        assert formula.value({"人数": Decimal(10), "标准": Decimal("150.5")}) == Decimal("18070.0")

    def test_a_name_that_is_not_given_points_at_itself(self) -> None:
        with pytest.raises(ExpressionError) as caught:
            parse("1+人数", names=True).value({})
        assert (caught.value.flaw, caught.value.at, caught.value.what) == (Flaw.NAME, 2, "人数")

    def test_a_formula_is_told_with_the_numbers_put_in(self) -> None:
        formula = parse("(本年申报数 - 上年执行数)/上年执行数", names=True)
        values = {"本年申报数": Decimal(1200), "上年执行数": Decimal("-1000")}
        assert formula.filled(values, lambda number: f"{number:,.2f}") == "(1,200.00 − (-1,000.00)) ÷ (-1,000.00)"
        assert formula.words() == "(本年申报数 − 上年执行数) ÷ 上年执行数"

    def test_a_unit_behind_a_number_is_no_name(self) -> None:
        assert parse("3万*万人", names=True).value({"万人": Decimal(2)}) == 60_000


numbers = st.decimals(Decimal("-9999.99"), Decimal("9999.99"), places=2)


@st.composite
def sums(draw: st.DrawFn, depth: int = 3) -> tuple[str, Fraction | None]:
    if depth == 0 or draw(st.booleans()):
        number = draw(numbers)
        return (f"({number})" if number < 0 else str(number)), Fraction(number)
    (left, a), (right, b) = draw(sums(depth=depth - 1)), draw(sums(depth=depth - 1))
    sign = draw(st.sampled_from("+-*/"))
    if a is None or b is None or (sign == "/" and b == 0):
        return f"({left}{sign}{right})", None
    return f"({left}{sign}{right})", {"+": a + b, "-": a - b, "*": a * b}.get(sign) if sign != "/" else a / b


@settings(max_examples=150)
@given(sums())
def test_results_are_those_of_exact_arithmetic(case: tuple[str, Fraction | None]) -> None:
    text, exact = case
    if exact is None:
        with pytest.raises(ExpressionError):
            parse(text).value()
    else:
        assert abs(Fraction(parse(text).value()) - exact) <= abs(exact) / 10**20 + Fraction(1, 10**20)


@settings(max_examples=200)
@given(st.text(st.sampled_from("0123456789.,+-*/()%万亿×（ aZ=|'\"人"), max_size=30), st.booleans())
def test_any_text_is_computed_or_named_flawed_at_a_place_in_it(text: str, names: bool) -> None:
    place = 0
    try:
        parse(text, names=names).value({})
    except ExpressionError as error:
        place = error.at
    assert 0 <= place <= len(text)
