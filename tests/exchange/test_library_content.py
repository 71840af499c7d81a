"""The shipped indicators: each fund use can fill a form, each line says what counts and what proves it."""

from collections import defaultdict

import msgspec
import pytest

from desktop.domain.goal import Level1, LibraryKind, Operator
from desktop.domain.library import Indicator
from desktop.exchange.library_files import indicators as shipped_indicators

NEEDED = {"数量指标", "质量指标", "时效指标", Level1.COST, Level1.BENEFIT, Level1.SATISFACTION}
LONGEST_DEFINITION, LONGEST_EVIDENCE = 60, 40


@pytest.fixture(scope="module")
def indicators() -> list[Indicator]:
    return msgspec.convert(shipped_indicators(), list[Indicator], strict=True)


@pytest.fixture(scope="module")
def fund_uses(indicators: list[Indicator]) -> dict[tuple[str, str, str], list[Indicator]]:
    uses: dict[tuple[str, str, str], list[Indicator]] = defaultdict(list)
    for one in indicators:
        if one.library_kind is not LibraryKind.CASE:
            uses[one.industry, one.category, one.fund_use].append(one)
    return uses


def test_every_fund_use_fills_every_group_of_a_form(fund_uses: dict[tuple[str, str, str], list[Indicator]]) -> None:
    gaps = {}
    for use, lines in fund_uses.items():
        groups = {line.level2 if line.level1 is Level1.OUTPUT else line.level1 for line in lines}
        if NEEDED - groups:
            gaps[use] = NEEDED - groups
    assert len(fund_uses) >= 200
    assert gaps == {}


def test_every_fund_use_has_headline_results(fund_uses: dict[tuple[str, str, str], list[Indicator]]) -> None:
    assert [use for use, lines in fund_uses.items() if not any(line.is_core for line in lines)] == []


def test_definitions_and_evidence_are_short_and_say_more_than_the_name(indicators: list[Indicator]) -> None:
    for one in indicators:
        if one.library_kind is LibraryKind.CASE:  # as published
            continue
        assert one.definition != one.name, one.code
        assert len(one.definition) <= LONGEST_DEFINITION, one.code
        assert 0 < len(one.evidence) <= LONGEST_EVIDENCE, one.code


def test_scoring_follows_from_the_kind_of_target(indicators: list[Indicator]) -> None:
    for one in indicators:
        if one.operator is Operator.QUAL:
            assert one.scoring_method == "评判等级赋分", one.code
        elif one.level1 is Level1.SATISFACTION and one.unit == "%":
            assert one.scoring_method == "满意度赋分", one.code
        elif one.operator is Operator.EQ and one.typical_value == "0":
            assert one.scoring_method == "直接赋分", one.code


def test_formulas_of_shares_end_in_their_unit(indicators: list[Indicator]) -> None:
    shares = [one for one in indicators if one.unit == "%" and "/" in one.formula]
    wrong = [one.code for one in shares if "100%" not in one.formula]
    assert len(shares) >= 1000
    assert wrong == []
