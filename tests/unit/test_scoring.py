"""Actual values become points: every method, the worked form under both profiles, grades."""

from dataclasses import replace
from decimal import Decimal

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.goal import GoalLine, Operator
from desktop.domain.scoring import (
    Actual,
    Execution,
    GradeLevel,
    Negative,
    NotScorable,
    Scored,
    ScoringProfile,
    completion,
    grade_of,
    score_execution,
    score_goal,
    score_line,
)
from desktop.exchange.model_files import model_datasets
from tests.data import goals

PROFILES = {
    one.code: one for one in msgspec.convert(model_datasets()["scoring_profile"], list[ScoringProfile], strict=False)
}
PROP_60, PROP = PROFILES["PROP_60"], PROFILES["PROP"]
# The lines of the worked goal as its table scores them: the last day is a yes or no.
LINES = tuple(
    replace(line, scoring_method="直接赋分") if line.level2 == "时效指标" else line for line in goals.goal().lines
)
ACTUALS = {
    "l0": Actual("11,400"), "l1": Actual("251000"), "l2": Actual("80"), "l3": Actual(done=True),
    "l4": Actual("68.4"), "l5": Actual("110"), "l6": Actual("88"),
}  # fmt: skip
MONEY = Execution(Decimal(1000000), Decimal(870000))


@pytest.mark.parametrize(
    ("profile", "each", "execution", "total", "grade"),
    [
        (PROP_60, "13.13 10.00 12.79 10.00 17.50 0.00 8.00", "7.00", "78.42", "中"),
        (PROP, "14.25 10.00 14.12 10.00 19.00 5.50 9.78", "8.70", "91.35", "优"),
    ],
)
def test_the_worked_form_gives_two_grades_under_two_profiles(
    profile: ScoringProfile, each: str, execution: str, total: str, grade: str
) -> None:
    scored = score_goal(LINES, Scored(ACTUALS, MONEY), profile)
    assert " ".join(f"{one.points:f}" for one in scored.lines) == each
    assert (f"{scored.execution:f}", f"{scored.points:f}", scored.grade) == (execution, total, grade)


def line(operator: Operator = Operator.GE, target: str = "500", method: str = "完成比例赋分", **other: str) -> GoalLine:
    changes = {"operator": operator, "target": target, "scoring_method": method, "weight": Decimal(10), **other}
    return replace(LINES[0], **changes)


@pytest.mark.parametrize(
    ("actual", "with_threshold", "plain"),
    [("430", "6.50", "8.60"), ("300", "0.00", "6.00"), ("299", "0.00", "5.98"), ("500", "10.00", "10.00"),
     ("900", "10.00", "10.00"), ("-5", "0.00", "0.00")],
)  # fmt: skip
def test_proportion_has_a_threshold_or_none(actual: str, with_threshold: str, plain: str) -> None:
    assert f"{score_line(line(), Actual(actual), PROP_60).points:f}" == with_threshold
    assert f"{score_line(line(), Actual(actual), PROP).points:f}" == plain


@pytest.mark.parametrize(
    ("operator", "target", "actual", "ratio"),
    [
        (Operator.LE, "100", "80", "1"),
        (Operator.LE, "100", "125", "0.8"),
        (Operator.LE, "0", "1", "0"),
        (Operator.LE, "0", "0", "1"),
        (Operator.EQ, "100", "100", "1"),
        (Operator.EQ, "100", "110", "0.9"),
        (Operator.EQ, "100", "350", "0"),
        (Operator.EQ, "0", "3", "0"),
        (Operator.GE, "0", "0", "1"),
        (Operator.GE, "0", "-1", "0"),
        (Operator.GT, "200", "300", "1.5"),
        (Operator.RANGE, "80~90", "85", "1"),
        (Operator.RANGE, "80~90", "40", "0.5"),
        (Operator.RANGE, "80~90", "180", "0.5"),
    ],
)
def test_completion_follows_the_operator(operator: Operator, target: str, actual: str, ratio: str) -> None:
    assert completion(line(operator, target), actual, PROP) == Decimal(ratio)


def test_a_missed_negative_target_may_also_count_in_a_straight_line() -> None:
    straight = replace(PROP, negative=Negative.LINEAR)
    assert completion(line(Operator.LE, "100"), "130", straight) == Decimal("0.7")
    assert completion(line(Operator.LE, "100"), "300", straight) == 0


@pytest.mark.parametrize(("value", "points"), [("90", "10.00"), ("89.9", "8.00"), ("60", "5.00"), ("59.9", "0.00")])
def test_satisfaction_goes_by_bands(value: str, points: str) -> None:
    assert f"{score_line(line(method='满意度赋分', target='90'), Actual(value), PROP_60).points:f}" == points


def test_grades_stay_inside_their_level() -> None:
    graded = line(Operator.QUAL, "明显改善", "评判等级赋分")
    assert score_line(graded, Actual(level=GradeLevel.PARTLY, percent=Decimal(70)), PROP).points == Decimal("7.00")
    assert score_line(graded, Actual(level=GradeLevel.BASIC, percent=Decimal(100)), PROP).points == Decimal("10.00")
    for level, percent in ((GradeLevel.PARTLY, 80), (GradeLevel.BASIC, 101), (GradeLevel.LOW, 60)):
        with pytest.raises(NotScorable, match="percent"):
            score_line(graded, Actual(level=level, percent=Decimal(percent)), PROP)
    with pytest.raises(NotScorable, match="level"):
        score_line(graded, Actual(), PROP)


def test_direct_is_all_or_nothing_unless_misses_have_a_price() -> None:
    done_by = line(Operator.QUAL, "11月30日前完成", "直接赋分")
    assert score_line(done_by, Actual(done=True), PROP).points == 10
    assert score_line(done_by, Actual(), PROP).points == 0
    priced = replace(done_by, scoring_params="扣 3")
    assert [score_line(priced, Actual(misses=n), PROP).points for n in (0, 1, 4)] == [0, 7, 0]
    below = line(Operator.LT, "5", "直接赋分")
    assert [score_line(below, Actual(value), PROP).points for value in ("4.9", "5")] == [10, 0]


def test_intervals_are_a_table_of_bounds_and_points() -> None:
    table = line(method="区间赋分", scoring_params="95:10;90:8;0:2")
    assert [score_line(table, Actual(value), PROP).points for value in ("97", "94.9", "3", "-1")] == [10, 8, 2, 0]
    for broken in ("", "95", "a:b", "95;90:8"):
        with pytest.raises(NotScorable, match="bands"):
            score_line(replace(table, scoring_params=broken), Actual("97"), PROP)


@pytest.mark.parametrize(
    ("spent", "finished", "bands", "plain"),
    [(87, False, "7.00", "8.70"), (60, False, "5.00", "6.00"), (59, False, "0.00", "5.90"),
     (87, True, "10.00", "8.70"), (101, True, "7.00", "10.00"), (100, True, "10.00", "10.00")],
)  # fmt: skip
def test_execution_rate_goes_by_bands_or_in_proportion(spent: int, finished: bool, bands: str, plain: str) -> None:
    money = Execution(Decimal(100), Decimal(spent), finished)
    assert f"{score_execution(money, PROP_60):f}" == bands
    assert f"{score_execution(money, PROP):f}" == plain
    assert score_execution(replace(money, budget=Decimal(0)), PROP) == 0


@pytest.mark.parametrize(
    ("total", "grade"), [("90.00", "优"), ("89.99", "良"), ("80", "良"), ("79.99", "中"), ("60", "中"), ("59.99", "差")]
)
def test_grades_begin_at_their_bounds(total: str, grade: str) -> None:
    assert grade_of(Decimal(total), PROP) == grade


@pytest.mark.parametrize(
    ("target", "actual", "case"), [("", "5", "target"), ("很多", "5", "target"), ("5", "", "number")]
)
def test_what_is_no_number_is_not_scored(target: str, actual: str, case: str) -> None:
    with pytest.raises(NotScorable, match=case):
        score_line(line(target=target), Actual(actual), PROP)


@given(
    st.sampled_from([Operator.GE, Operator.LE, Operator.EQ]),
    st.decimals(-1000, 1000, places=2),
    st.decimals(-1000, 1000, places=2),
    st.sampled_from([PROP_60, PROP]),
)
def test_no_score_is_above_its_weight_or_below_zero(
    operator: Operator, target: Decimal, actual: Decimal, profile: ScoringProfile
) -> None:
    score = score_line(line(operator, f"{target:f}"), Actual(f"{actual:f}"), profile)
    assert 0 <= score.points <= 10
    assert score.points == round(score.points, 2)
