"""Filling a goal without a window: profiles, points, last year's goal, own indicators, cases, values to compare."""

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal

import pytest

from desktop.domain.document import Post, Refused
from desktop.domain.goal import Direction, Frame, GoalLine, Level1, LibraryKind, Operator, PerformanceGoal
from desktop.domain.goal_rules import GoalFacts, check_goal
from desktop.domain.library import CaseLine, GoalCase, Indicator, ReferenceValue, ValueBasis, WeightProfile
from desktop.domain.parameters import Parameters
from desktop.usecases.compare_values import comparables
from desktop.usecases.copy_case import Wanted, cases_for, copy_case, find_cases
from desktop.usecases.fill_goal import (
    LastLibrary,
    OwnIndicator,
    SimilarNames,
    Standing,
    add_own,
    as_cost,
    compare_with_last,
    fill_group,
    may_be_cost,
    own_levels,
    own_points,
    take_last,
    with_profile,
)
from desktop.usecases.pick_indicators import add_indicators
from desktop.usecases.seat import Seat
from tests.data import goals

FULL = WeightProfile("WITH_COST", "设成本指标", Decimal(20), Decimal(40), Decimal(20), Decimal(10))
PLAIN = WeightProfile("WITHOUT_COST", "不设成本指标", Decimal(0), Decimal(50), Decimal(30), Decimal(10))
OLD = WeightProfile("OLD_FORM", "旧表", Decimal(0), Decimal(50), Decimal(30), Decimal(10), Frame.F2015)
PROFILES = {one.code: one for one in (FULL, PLAIN, OLD)}
QUANTITY, QUALITY, TIME = (Level1.OUTPUT, "数量指标"), (Level1.OUTPUT, "质量指标"), (Level1.OUTPUT, "时效指标")
SOCIAL_COST, BENEFIT = (Level1.COST, "社会成本指标"), (Level1.BENEFIT, "社会效益指标")
PLEASED = (Level1.SATISFACTION, "服务对象满意度指标")


class _Clock:
    def now(self) -> datetime:
        return datetime(2026, 11, 20, 9, 0, tzinfo=timezone(timedelta(hours=8)))


class _Ids:
    def __init__(self) -> None:
        self.given = 0

    def new(self) -> str:
        self.given += 1
        return f"id-{self.given:04d}-and-more"


SEAT = Seat("zhangli", "张丽", Post.MAKER, _Clock(), _Ids())
EMPTY = replace(goals.goal(), lines=(), year_goal="", general_goal="", profile=FULL.code)


def entry(code: str, place: tuple[Level1, str], name: str, **more: object) -> Indicator:
    return Indicator(code, "2026.1", LibraryKind.COMMON, "", "", "", *place, name, **more)  # type: ignore[arg-type]


AREA = entry("A1", QUANTITY, "维修面积", unit="平方米", typical_value="3000", evidence="验收单", default_weight=3)
RATE = entry("A2", QUALITY, "验收合格率", unit="%", operator=Operator.EQ, typical_value="100", default_weight=2)
DONE = entry("A3", TIME, "按期完工率", unit="%", typical_value="95")
LIMIT = entry("A4", SOCIAL_COST, "扰民投诉次数", unit="次", operator=Operator.LE, direction=Direction.NEGATIVE)
PUPILS = entry("A5", BENEFIT, "受益学生人数", unit="人")
GLAD = entry("A6", PLEASED, "师生满意度", unit="%", typical_value="90")
OLD_AREA = entry("A0", QUANTITY, "修缮面积", unit="平方米", effective_to="2026", successor="A1")
ENTRIES = {one.code: one for one in (AREA, RATE, DONE, LIMIT, PUPILS, GLAD, OLD_AREA)}
FACTS = GoalFacts(PROFILES, ENTRIES)
LIBRARY = LastLibrary(ENTRIES, {"A0": AREA})


def picked(*entries: Indicator, frame: Frame = Frame.F2021) -> PerformanceGoal:
    return add_indicators(EMPTY, entries, SEAT, frame)


def by_name(goal: PerformanceGoal, name: str) -> GoalLine:
    return next(line for line in goal.lines if line.name == name)


# -- picking


def test_a_picked_indicator_brings_everything_but_its_points() -> None:
    line = by_name(picked(DONE, AREA), "维修面积")
    assert (line.operator, line.unit, line.target, line.evidence, line.weight) == (
        Operator.GE, "平方米", "3000", "验收单", Decimal(0))
    assert by_name(picked(DONE), "按期完工率").due == date(2027, 12, 31)


def test_lines_of_one_group_stand_together_in_the_order_of_the_form() -> None:
    more = entry("A7", QUANTITY, "维修教室", unit="间")
    goal = add_indicators(picked(GLAD, AREA, RATE), [more, LIMIT], SEAT)
    assert [line.name for line in goal.lines] == ["扰民投诉次数", "维修面积", "维修教室", "验收合格率", "师生满意度"]


def test_cost_is_picked_into_output_on_the_older_form() -> None:
    line = picked(LIMIT, frame=Frame.F2015).lines[0]
    assert (line.level1, line.level2) == (Level1.OUTPUT, "成本指标")


# -- profiles


def test_the_older_form_takes_cost_into_output_and_the_way_back_loses_nothing() -> None:
    goal = picked(LIMIT, AREA)
    old, moves = with_profile(goal, OLD, FACTS)
    assert [(one.line.name, one.to) for one in moves] == [("扰民投诉次数", (Level1.OUTPUT, "成本指标"))]
    assert old.profile == OLD.code
    back, _ = with_profile(old, FULL, FACTS)
    assert {line.name: line.level2 for line in back.lines} == {line.name: line.level2 for line in goal.lines}


def test_a_line_without_a_place_stays_and_is_named() -> None:
    lasting = entry("A8", (Level1.BENEFIT, "可持续影响指标"), "管护机制持续年限", unit="年")
    old = add_indicators(replace(EMPTY, profile=OLD.code), [lasting], SEAT, Frame.F2015)
    strict = GoalFacts(PROFILES, {"A8": lasting}, parameters=Parameters({"extra_level2": ""}))
    new, moves = with_profile(old, FULL, strict)
    assert new.lines[0].level2 == "可持续影响指标"
    assert [(one.to, one.fits) for one in moves] == [(None, False)]
    tolerant = replace(strict, parameters=Parameters({"extra_level2": "可持续影响指标"}))
    assert with_profile(old, FULL, tolerant)[1] == ()


def test_a_level_without_points_is_named() -> None:
    _, moves = with_profile(picked(LIMIT, AREA), PLAIN, FACTS)
    assert [(one.line.name, one.pointless) for one in moves] == [("扰民投诉次数", True)]


# -- points


def test_what_a_group_lacks_goes_to_its_lines_without_points() -> None:
    goal = picked(AREA, RATE, DONE)
    lines = (replace(goal.lines[0], weight=Decimal(15)), *goal.lines[1:])
    filled = fill_group(replace(goal, lines=lines), FULL, Level1.OUTPUT)
    assert [line.weight for line in filled.lines] == [Decimal(15), Decimal("12.5"), Decimal("12.5")]


def test_a_group_whose_lines_all_have_points_gives_the_difference_to_the_last() -> None:
    goal = picked(AREA, RATE)
    lines = tuple(replace(line, weight=Decimal(15)) for line in goal.lines)
    filled = fill_group(replace(goal, lines=lines), FULL, Level1.OUTPUT)
    assert [line.weight for line in filled.lines] == [Decimal(15), Decimal(25)]
    assert fill_group(goal, FULL, Level1.BENEFIT) == goal


# -- last year


def last_year() -> PerformanceGoal:
    before = replace(EMPTY, head=replace(EMPTY.head, fiscal_year=2026))
    goal = replace(add_indicators(before, (RATE, OLD_AREA, PUPILS), SEAT), head=EMPTY.head)
    values = {"验收合格率": ("98", "20"), "修缮面积": ("2800", "20"), "受益学生人数": ("640", "20")}
    lines = [replace(line, target=values[line.name][0], weight=Decimal(values[line.name][1])) for line in goal.lines]
    gone = replace(lines[-1], line_id="gone", indicator_code="X9", name="老指标")
    own = replace(lines[-1], line_id="own", indicator_code="ZN1", name="自写指标", library_kind=LibraryKind.CUSTOM)
    return replace(goal, lines=(*lines, gone, own), head=replace(goal.head, fiscal_year=2026))


def test_last_years_lines_say_what_can_be_taken() -> None:
    found = compare_with_last(picked(PUPILS), last_year(), LIBRARY)
    assert {one.line.name: one.standing for one in found} == {
        "验收合格率": Standing.FREE, "修缮面积": Standing.SUCCEEDED, "受益学生人数": Standing.HERE,
        "老指标": Standing.GONE, "自写指标": Standing.OWN,
    }
    assert next(one.entry for one in found if one.standing is Standing.SUCCEEDED) == AREA
    assert [one.takeable for one in found].count(False) == 1


@pytest.mark.parametrize(("with_targets", "target"), [(True, "98"), (False, "")])
def test_last_years_value_is_this_years_or_only_compared_with(with_targets: bool, target: str) -> None:
    found = compare_with_last(EMPTY, last_year(), LIBRARY)
    goal = take_last(EMPTY, found, SEAT, Frame.F2021, with_targets=with_targets)
    line = by_name(goal, "验收合格率")
    assert (line.target, line.last_target, line.weight) == (target, "98", Decimal(20))
    assert by_name(goal, "维修面积").last_target == "2800"
    assert not any(line.name == "老指标" for line in goal.lines)
    assert by_name(goal, "自写指标").line_id not in {line.line_id for line in last_year().lines}


def test_a_line_that_is_here_keeps_its_target_when_last_years_is_only_compared_with() -> None:
    goal = picked(PUPILS)
    goal = replace(goal, lines=(replace(goal.lines[0], target="700", weight=Decimal(20)),))
    here = [one for one in compare_with_last(goal, last_year(), LIBRARY) if one.standing is Standing.HERE]
    line = take_last(goal, here, SEAT, Frame.F2021, with_targets=False).lines[0]
    assert (line.target, line.last_target, line.weight) == ("700", "640", Decimal(20))


def test_a_successor_in_another_unit_takes_no_target() -> None:
    library = LastLibrary(ENTRIES, {"A0": replace(AREA, unit="万平方米")})
    found = [one for one in compare_with_last(EMPTY, last_year(), library) if one.standing is Standing.SUCCEEDED]
    line = take_last(EMPTY, found, SEAT, Frame.F2021, with_targets=True).lines[0]
    assert (line.target, line.last_target) == ("", "")


# -- own indicators

OWN = OwnIndicator(*BENEFIT, "课后服务惠及率", Operator.GE, "90", "%", Direction.POSITIVE, "参加课后服务的学生占比",
                   "参加人数÷在校人数×100%", "学校登记表", "指标库没有课后服务的覆盖指标")


def test_an_own_indicator_is_marked_and_passes_p02_where_it_is_allowed() -> None:
    goal = add_own(EMPTY, OWN, SEAT)
    line = goal.lines[0]
    assert (line.library_kind, line.library_version, line.name) == (LibraryKind.CUSTOM, "", "课后服务惠及率")
    allowed = replace(FACTS, parameters=Parameters({"custom_indicators": "1"}))
    assert not any(one.code == "P-02" for one in check_goal(goal, allowed))
    assert any(one.code == "P-02" for one in check_goal(goal, FACTS))


def test_an_own_indicator_needs_every_word() -> None:
    assert OWN.missing() == ()
    assert replace(OWN, reason=" ", unit="").missing() == ("unit", "reason")
    assert replace(OWN, operator=Operator.QUAL, unit="").missing() == ()
    with pytest.raises(ValueError, match="reason"):
        add_own(EMPTY, replace(OWN, reason=""), SEAT)


def test_own_points_are_counted_against_thirty_percent() -> None:
    goal = add_own(EMPTY, OWN, SEAT)
    goal = replace(goal, lines=(replace(goal.lines[0], weight=Decimal(28)),))
    assert own_points(goal, Parameters()) == (Decimal(28), Decimal(27))


def test_groups_for_an_own_indicator_are_those_with_points() -> None:
    assert SOCIAL_COST in own_levels(Frame.F2021, FULL)
    assert SOCIAL_COST not in own_levels(Frame.F2021, PLAIN)
    assert (Level1.OUTPUT, "成本指标") in own_levels(Frame.F2015, OLD)


def test_similar_indicators_are_found_by_their_names() -> None:
    library = SimilarNames(list(ENTRIES.values()), 2027)
    assert [one.name for one in library.find("受益的学生人数")] == ["受益学生人数"]
    assert [one.name for one in library.find("修缮面积")] == ["维修面积"]  # the retired one is not offered
    assert library.find("好") == []


# -- cases

CASE = GoalCase(
    "AL01", "2026.1", "某小学校舍维修", "教育", "义务教育", "校舍维修", "2050202", Decimal(800000), "2027",
    "三年内完成校舍维修。", "维修校舍 3200 平方米，投资 80 万元，改善办学条件。", FULL.code,
    (
        CaseLine(*SOCIAL_COST, "扰民投诉次数", Operator.LE, "3", "次", Decimal(20), "A4"),
        CaseLine(*QUANTITY, "维修面积", Operator.GE, "3200", "平方米", Decimal(25), "A1"),
        CaseLine(*QUALITY, "验收合格率", Operator.EQ, "100", "%", Decimal(15), "A2"),
        CaseLine(*BENEFIT, "受益学生人数", Operator.GE, "900", "人", Decimal(20), "A5"),
        CaseLine(*PLEASED, "师生满意度", Operator.GE, "92", "%", Decimal(10), "A6"),
        CaseLine(*QUANTITY, "图书室", Operator.GE, "1", "间", Decimal(0), "", "含桌椅"),
    ),
    initials="mxxxswx",
)
ALL = Wanted(range(5), in_place=True, targets=False, texts=True, own=False)


def test_a_whole_case_in_place_brings_profile_points_and_texts() -> None:
    copied = copy_case(replace(picked(DONE), profile=PLAIN.code), CASE, ALL, ENTRIES, PROFILES, SEAT)
    goal = copied.goal
    assert (goal.profile, copied.added, copied.left_out) == (FULL.code, 5, ())
    assert [line.weight for line in goal.lines] == [20, 25, 15, 20, 10]
    assert {line.target for line in goal.lines} == {""}
    assert (goal.general_goal, goal.year_goal) == (CASE.general_goal, CASE.year_goal)


def test_points_of_a_part_are_shared_to_fit_the_profile() -> None:
    wanted = replace(ALL, places=(0, 1, 3, 4), targets=True, texts=False)
    goal = copy_case(EMPTY, CASE, wanted, ENTRIES, PROFILES, SEAT).goal
    assert [goal.weight_of(level) for level in Level1] == [20, 40, 20, 10]
    assert by_name(goal, "维修面积").target == "3200"
    assert goal.year_goal == ""


def test_a_case_is_added_to_what_is_there_without_doubling() -> None:
    copied = copy_case(picked(AREA), CASE, replace(ALL, in_place=False), ENTRIES, PROFILES, SEAT)
    assert copied.added == 4
    assert len({line.indicator_code for line in copied.goal.lines}) == 5
    assert [copied.goal.weight_of(level) for level in Level1] == [20, 40, 20, 10]


def test_a_line_that_the_library_does_not_have_is_left_out_or_becomes_an_own_one() -> None:
    wanted = replace(ALL, places=range(6))
    assert copy_case(EMPTY, CASE, wanted, ENTRIES, PROFILES, SEAT).left_out == ("图书室",)
    own = by_name(copy_case(EMPTY, CASE, replace(wanted, own=True), ENTRIES, PROFILES, SEAT).goal, "图书室")
    assert (own.library_kind, own.explanation) == (LibraryKind.CUSTOM, "含桌椅")


def test_a_case_finds_its_places_on_the_older_form() -> None:
    copied = copy_case(replace(EMPTY, profile=OLD.code), CASE, replace(ALL, in_place=False), ENTRIES, PROFILES, SEAT)
    assert by_name(copied.goal, "扰民投诉次数").level2 == "成本指标"
    assert copied.without_place == ()
    assert [copied.goal.weight_of(level) for level in Level1] == [0, 50, 30, 10]


def test_cases_of_the_projects_function_come_first_and_are_found_by_letters() -> None:
    far = replace(CASE, code="AL02", function_code="2130205", project_name="森林培育", initials="slpy", industry="林业")
    near = replace(CASE, code="AL03", function_code="2050299", project_name="校园广播", initials="xygb")
    project = replace(goals.project(), function_code="2050202", name="校舍维修改造")
    assert [one.code for one in cases_for([far, near, CASE], project)] == ["AL01", "AL03", "AL02"]
    assert [one.code for one in find_cases([far, near, CASE], "xswx")] == ["AL01"]
    assert [one.code for one in find_cases([far, near, CASE], "教育 广播")] == ["AL03"]
    assert find_cases([far, near, CASE], "2130") == [far]


# -- values to compare with


def test_values_to_compare_with_come_from_last_year_standards_and_cases() -> None:
    known = (ReferenceValue("2500", ValueBasis.HISTORY, "2025", "包头市", "年鉴"),
             ReferenceValue("2900", ValueBasis.PLAN, "2026"))
    line = replace(picked(AREA).lines[0], last_target="2800")
    found = comparables(line, replace(AREA, reference_values=known), [CASE])
    assert [(one.value, one.origin) for one in found] == [
        ("2800", "LAST"), ("2900", "PLAN"), ("2500", "HISTORY"), ("3000", "TYPICAL"), ("3200", "CASE")]
    assert comparables(replace(line, unit="亩"), AREA, [CASE]) == found[:1]


def test_what_is_closed_for_the_year_cannot_be_picked() -> None:
    with pytest.raises(Refused) as caught:
        picked(AREA, OLD_AREA)
    problem = caught.value.problem
    assert (problem.code, problem.facts["name"], problem.facts["until"]) == ("P-03", "修缮面积", "2026")


def test_a_benefit_in_money_may_be_listed_as_cost_where_the_form_has_cost() -> None:
    with_cost, without = goals.PROFILES["WITH_COST"], goals.PROFILES["NO_COST"]
    benefit = replace(goals.goal().lines[5], unit="万元")
    assert may_be_cost(benefit, with_cost)
    assert not may_be_cost(benefit, without)
    assert not may_be_cost(goals.goal().lines[5], with_cost)  # people, not money
    assert not may_be_cost(goals.goal().lines[0], with_cost)
    goal = as_cost(replace(goals.goal(), lines=(*goals.goal().lines[:5], benefit)), benefit.line_id)
    assert (goal.lines[0].name, goal.lines[0].level2, goal.lines[0].weight) == (benefit.name, "社会成本指标", 0)
    assert as_cost(goals.goal(), "l0") == goals.goal()
