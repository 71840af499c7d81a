"""Rules of a performance goal, the proposed points and the live checklist."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.frames import in_frame
from desktop.domain.goal import Direction, Frame, GoalFund, Level1, LibraryKind, Operator, PerformanceGoal
from desktop.domain.goal_checklist import ChecklistItem, goal_checklist
from desktop.domain.goal_header import goal_money, with_header
from desktop.domain.goal_rules import GoalFacts, check_goal
from desktop.domain.goal_targets import money_in, target_number, target_range
from desktop.domain.goal_weights import fill_up, profile_for, split_by_library, split_evenly, unreachable
from desktop.domain.library import WeightProfile
from desktop.domain.parameters import Parameters
from desktop.domain.problem import Level, Problem
from desktop.domain.project import ProjectClass
from tests.data import goals

GOAL, FACTS = goals.goal(), goals.goal_facts()


def with_line(index: int, **changes: object) -> PerformanceGoal:
    lines = list(GOAL.lines)
    lines[index] = replace(lines[index], **changes)
    return replace(GOAL, lines=tuple(lines))


def without(*indexes: int) -> PerformanceGoal:
    return replace(GOAL, lines=tuple(line for i, line in enumerate(GOAL.lines) if i not in indexes))


def found(goal: PerformanceGoal, facts: GoalFacts = FACTS) -> set[tuple[str, str, str, Level]]:
    return {(p.code, p.where, p.facts.get("case", ""), p.level) for p in check_goal(goal, facts)}


def test_the_rules_own_example_has_no_finding() -> None:
    assert check_goal(GOAL, FACTS) == []


E, W, N = Level.ERROR, Level.WARN, Level.INFO

CASES: list[tuple[str, PerformanceGoal, tuple[str, str, str, Level]]] = [
    ("a short text", replace(GOAL, year_goal="治理沙化土地"), ("P-16", "year_goal", "short", E)),
    ("no text", replace(GOAL, year_goal=""), ("P-16", "year_goal", "short", E)),
    ("only spaces", replace(GOAL, year_goal=" " * 40), ("P-16", "year_goal", "short", E)),
    ("a long text", replace(GOAL, year_goal="治" * 501), ("P-16", "year_goal", "long", E)),
    ("a long general text", replace(GOAL, general_goal="治" * 501), ("P-16", "general_goal", "long", E)),
    ("another amount", replace(GOAL, year_total=Decimal("999999.99")), ("P-18", "year_total", "", E)),
    (
        "another amount in words",
        replace(GOAL, year_goal=GOAL.year_goal.replace("100 万元", "110万元")),
        ("P-17", "year_goal", "", W),
    ),
    ("no profile", replace(GOAL, profile="?"), ("P-05", "profile", "profile", E)),
    ("a level too low", with_line(0, weight=Decimal(14)), ("P-05", "lines[0].weight", "level1", E)),
    ("a level without lines", without(6), ("P-05", "lines", "level1", E)),
    ("no points", with_line(5, weight=Decimal(0)), ("P-05", "lines[5].weight", "weight", E)),
    ("negative points", with_line(5, weight=Decimal(-1)), ("P-05", "lines[5].weight", "weight", E)),
    ("fine points", with_line(5, weight=Decimal("9.95")), ("P-05", "lines[5].weight", "decimals", E)),
    ("no quantity", without(0, 1), ("P-10", "lines", "quantity", E)),
    ("no quality", without(2), ("P-10", "lines", "quality", E)),
    ("two outputs", without(1, 3), ("P-15", "lines", "output", E)),
    ("no benefit", without(4, 5), ("P-15", "lines", "benefit", E)),
    ("no satisfaction", without(6), ("P-13", "lines", "lines", E)),
    ("a profile without it", replace(GOAL, profile="NO_COST_NO_SAT"), ("P-13", "profile", "profile", E)),
    ("a name twice", with_line(1, name="沙化土地 治理面积"), ("P-14", "lines[1].name", "", E)),
    ("a code that is gone", with_line(1, indicator_code="I99"), ("P-03", "lines[1].indicator_code", "gone", E)),
    ("a group of the older form", with_line(2, level2="成本指标"), ("P-04", "lines[2].level2", "", E)),
    ("no last day", with_line(3, target="全部完成"), ("P-10", "lines[3].due", "due", E)),
    ("a last day next year", with_line(3, due=date(2028, 1, 31)), ("P-10", "lines[3].due", "due_year", E)),
    ("an older version", with_line(1, library_version="2026.2"), ("P-01", "lines[1].indicator_code", "", N)),
    ("an own indicator", with_line(1, library_kind=LibraryKind.CUSTOM), ("P-02", "lines[1].name", "off", E)),
    ("no target", with_line(0, target=" "), ("P-20", "lines[0].target", "missing", E)),
    ("no grade text", with_line(3, target=""), ("P-20", "lines[3].target", "missing", E)),
    ("no number", with_line(0, target="一万二"), ("P-20", "lines[0].target", "number", E)),
    ("no unit", with_line(0, unit=""), ("P-20", "lines[0].unit", "unit", E)),
    ("another unit", with_line(0, unit="万亩"), ("P-20", "lines[0].unit", "unit_differs", W)),
    ("more than all", with_line(2, target="101"), ("P-20", "lines[2].target", "percent", E)),
    ("less than nothing", with_line(2, target="-1"), ("P-20", "lines[2].target", "percent", E)),
    (
        "a wrong direction up",
        with_line(0, direction=Direction.NEGATIVE),
        ("P-20", "lines[0].operator", "direction", E),
    ),
    ("a wrong direction down", with_line(0, operator=Operator.LE), ("P-20", "lines[0].operator", "direction", E)),
    ("half a range", with_line(0, operator=Operator.RANGE), ("P-20", "lines[0].target", "range", E)),
    (
        "a range upside down",
        with_line(0, operator=Operator.RANGE, target="9~3"),
        ("P-20", "lines[0].target", "order", E),
    ),
    ("last year again", with_line(2, target="80.0"), ("P-19", "lines[2].target", "", N)),
]


@pytest.mark.parametrize(("goal", "finding"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_finding_names_its_rule_and_its_field(goal: PerformanceGoal, finding: tuple[str, str, str, Level]) -> None:
    assert finding in found(goal)


@pytest.mark.parametrize(
    "goal",
    [
        with_line(0, operator=Operator.RANGE, target="10,000~12,000"),
        with_line(0, operator=Operator.RANGE, target="10000～12000"),
        with_line(0, operator=Operator.EQ),
        with_line(0, target="１２０００"),
        with_line(0, operator=Operator.LE, direction=Direction.NEGATIVE),
        with_line(2, target="100"),
        with_line(2, target="0"),
        replace(GOAL, year_goal="治理沙化土地面积一万二千亩，促进当地生态改善和群众增收。"),
        replace(GOAL, year_goal=GOAL.year_goal.replace("100 万元", "1,000,000元")),
    ],
)
def test_goal_that_the_rules_allow_has_no_finding(goal: PerformanceGoal) -> None:
    assert check_goal(goal, FACTS) == []


def test_growth_rate_may_pass_a_hundred_percent_where_the_library_says_so() -> None:
    entry = replace(goals.INDICATORS["I3"], name="产值增长率")
    facts = replace(FACTS, indicators={**goals.INDICATORS, "I3": entry})
    assert check_goal(with_line(2, target="130"), facts) == []
    typical = replace(goals.INDICATORS["I3"], typical_value="120")
    facts = replace(FACTS, indicators={**goals.INDICATORS, "I3": typical})
    assert check_goal(with_line(2, target="130"), facts) == []


OWN = {
    "library_kind": LibraryKind.CUSTOM,
    "explanation": "当年栽下的合格苗木",
    "formula": "按小班逐块清点相加",
    "data_source": "造林验收表",
    "reason": "本旗树种特殊，指标库没有",
}


def test_own_indicators_are_let_in_up_to_their_share_where_the_bureau_allows_them() -> None:
    facts = replace(FACTS, parameters=Parameters({"custom_indicators": "1"}))
    assert check_goal(with_line(1, **OWN), facts) == []
    lines = tuple(replace(line, **OWN) for line in GOAL.lines[:3])
    many = replace(GOAL, lines=(*lines, *GOAL.lines[3:]))
    assert found(many, facts) == {("P-02", "lines[0].weight", "weight", E)}


@pytest.mark.parametrize("missing", ["explanation", "formula", "data_source", "reason"])
def test_an_own_indicator_says_what_it_is(missing: str) -> None:
    facts = replace(FACTS, parameters=Parameters({"custom_indicators": "1"}))
    assert found(with_line(1, **{**OWN, missing: " "}), facts) == {("P-02", f"lines[1].{missing}", missing, E)}


def test_a_retired_code_names_its_successor() -> None:
    retired = replace(goals.INDICATORS["I2"], effective_to="2026", successor="I8")
    heir = replace(retired, code="I8", name="栽植苗木株数", effective_to="", successor="")
    where = "lines[1].indicator_code"
    facts = replace(FACTS, indicators={**goals.INDICATORS, "I2": retired})
    assert found(GOAL, facts) == {("P-03", where, "retired", E)}
    gone = {code: one for code, one in goals.INDICATORS.items() if code != "I2"}
    for known, case in (({**gone, "I2": retired}, "succeeded"), (gone, "gone_succeeded")):
        [problem] = check_goal(GOAL, replace(FACTS, indicators=known, heirs={"I2": heir}))
        assert (problem.facts["case"], problem.facts["successor_name"]) == (case, "栽植苗木株数")
    this_year = replace(FACTS, indicators={**goals.INDICATORS, "I2": replace(retired, effective_to="2027")})
    assert check_goal(GOAL, this_year) == []


def test_a_newer_edition_that_was_seen_and_not_wanted_is_not_told_again() -> None:
    assert check_goal(with_line(1, library_version="2026.2", kept_version=goals.VERSION), FACTS) == []


WORKS = replace(goals.project(), is_works=True)


def test_works_need_a_cost_indicator_and_a_profile_with_its_points() -> None:
    facts = replace(FACTS, project=WORKS)
    assert found(GOAL, facts) == {("P-11", "profile", "profile", E)}
    with_cost = replace(GOAL, profile="WITH_COST")
    assert ("P-11", "lines", "lines", E) in found(with_cost, facts)
    old_form = replace(goals.PROFILES["NO_COST"], frame=Frame.F2015)
    facts = replace(facts, profiles={"NO_COST": old_form})
    assert found(GOAL, facts) == {("P-11", "lines", "lines", E)}
    assert check_goal(with_line(2, level2="成本指标"), facts) != []  # the quality indicator is gone, cost is there
    assert "P-11" not in {problem.code for problem in check_goal(with_line(2, level2="成本指标"), facts)}


@pytest.mark.parametrize(
    ("frame", "level1", "level2", "there"),
    [
        (Frame.F2021, Level1.COST, "社会成本指标", (Level1.COST, "社会成本指标")),
        (Frame.F2015, Level1.COST, "社会成本指标", (Level1.OUTPUT, "成本指标")),
        (Frame.F2021, Level1.OUTPUT, "成本指标", (Level1.COST, "经济成本指标")),
        (Frame.F2015, Level1.BENEFIT, "可持续影响指标", (Level1.BENEFIT, "可持续影响指标")),
        (Frame.F2021, Level1.BENEFIT, "可持续影响指标", None),
        (Frame.F2021, Level1.BENEFIT, "数量指标", None),
    ],
)
def test_each_form_has_its_own_groups(
    frame: Frame, level1: Level1, level2: str, there: tuple[Level1, str] | None
) -> None:
    assert in_frame(frame, level1, level2) == there


def test_filling_up_gives_a_line_what_its_level_lacks() -> None:
    profile = goals.PROFILES["NO_COST"]
    short = with_line(0, weight=Decimal("3.5"))
    assert fill_up(short, profile, "l0") == GOAL
    assert fill_up(with_line(0, weight=Decimal(60)), profile, "l1") == with_line(0, weight=Decimal(60))
    assert fill_up(GOAL, profile, "nobody") == GOAL


def test_points_that_no_split_can_reach_say_why() -> None:
    profile = goals.PROFILES["NO_COST"]
    assert unreachable(GOAL, profile) == []
    [empty] = unreachable(GOAL, goals.PROFILES["WITH_COST"])
    assert (empty.facts["case"], empty.facts["level1"]) == ("empty", "COST")
    [foreign] = unreachable(GOAL, goals.PROFILES["NO_COST_NO_SAT"])
    assert foreign.facts["case"] == "foreign"
    many = replace(GOAL, lines=(*GOAL.lines, *(replace(GOAL.lines[6], line_id=f"x{i}") for i in range(100))))
    [crowded] = unreachable(many, profile)
    assert (crowded.facts["case"], crowded.facts["level1"]) == ("crowded", "SATISFACTION")


@given(st.lists(st.sampled_from(list(Level1)), min_size=1, max_size=30), st.integers(0, 5))
def test_splits_reach_every_profile_that_can_be_reached(levels: list[Level1], seed: int) -> None:
    lines = tuple(replace(GOAL.lines[0], line_id=f"x{i}", level1=level) for i, level in enumerate(levels))
    goal, entry = replace(GOAL, lines=lines), replace(goals.INDICATORS["I1"], default_weight=1 + seed)
    for profile in goals.PROFILES.values():
        for split in (split_evenly(goal, profile), split_by_library(goal, profile, {"I1": entry})):
            wrong = {problem.facts["level1"] for problem in unreachable(goal, profile)}
            for level in Level1:
                right = split.weight_of(level) == profile.points(level)
                assert right or level.value in wrong
            fine = [line for line in split.lines if line.level1.value not in wrong]
            assert all(line.weight > 0 and line.weight == round(line.weight, 1) for line in fine)


def test_a_project_starts_with_the_profile_of_its_kind() -> None:
    plain = goals.project()
    assert profile_for(plain, goals.PROFILES) == "NO_COST"
    assert profile_for(replace(plain, procurement=True), goals.PROFILES) == "WITH_COST"
    meant = {**goals.PROFILES, "ONLY_T": replace(goals.PROFILES["NO_COST"], code="ONLY_T", project_kinds=("T",))}
    assert profile_for(plain, meant) == "ONLY_T"
    assert profile_for(plain, {}) == ""


def test_a_project_starts_with_the_present_form_wherever_the_older_one_stands_among_the_profiles() -> None:
    older = replace(goals.PROFILES["NO_COST"], code="A_OLD", frame=Frame.F2015)
    assert profile_for(goals.project(), {"A_OLD": older, **goals.PROFILES}) == "NO_COST"
    assert profile_for(goals.project(), {"A_OLD": older}) == "A_OLD"


def test_the_header_follows_the_project() -> None:
    goal = with_header(GOAL, replace(goals.project(), code="1501", is_new=False))
    assert (goal.project_code, goal.is_new, goal.start_year, goal.end_year) == ("1501", False, 2027, 2028)
    assert goal.funds == (GoalFund("111", "LOCAL", Decimal("1000000.00")),)
    money = goal_money(goal)
    assert (money.total, money.fiscal, money.other) == (Decimal(1000000), (("111", Decimal(1000000)),), Decimal(0))
    assert money.multi_year == Decimal(1800000)
    older = goal_money(GOAL)
    assert (older.fiscal, older.multi_year) == ((("", Decimal(1000000)),), Decimal(1000000))


def test_exempt_class_goes_without_satisfaction() -> None:
    benefit = replace(GOAL.lines[4], weight=Decimal(30))
    goal = replace(GOAL, profile="NO_COST_NO_SAT", lines=(*GOAL.lines[:4], benefit, GOAL.lines[5]))
    facts = replace(FACTS, parameters=Parameters({"satisfaction_exempt": "Y2, T"}))
    assert check_goal(goal, facts) == []
    assert {p.code for p in check_goal(goal, FACTS)} == {"P-13"}


def test_weak_core_of_a_specific_target_asks_for_a_reason() -> None:
    lines = tuple(replace(line, is_core=line.name == "沙化土地治理率") for line in GOAL.lines)
    weak = replace(GOAL, lines=lines)
    [problem] = check_goal(weak, FACTS)
    assert (problem.code, problem.level) == ("P-06", W)
    assert dict(problem.facts) == {"have": "20", "need": "36"}
    operation = replace(FACTS, project=replace(goals.project(), project_class=ProjectClass.Y2))
    assert check_goal(weak, operation) == []


def test_profile_that_does_not_sum_to_ninety_is_named_once() -> None:
    odd = WeightProfile("ODD", "", Decimal(0), Decimal(50), Decimal(30), Decimal(15))
    goal = replace(with_line(6, weight=Decimal(15)), profile="ODD")
    assert found(goal, replace(FACTS, profiles={"ODD": odd})) == {("P-05", "profile", "total", E)}


def test_level_says_what_it_has_what_it_needs_and_the_difference() -> None:
    [problem] = check_goal(with_line(0, weight=Decimal("12.5")), FACTS)
    assert problem == Problem(
        "P-05",
        "lines[0].weight",
        {"case": "level1", "level1": "OUTPUT", "have": "47.5", "want": "50", "difference": "2.5"},
    )


def test_goal_without_its_project_is_checked_as_far_as_it_goes() -> None:
    assert check_goal(replace(GOAL, year_total=Decimal("5.00")), replace(FACTS, project=None)) == []


def test_empty_goal_names_everything_at_once() -> None:
    codes = {p.code for p in check_goal(replace(GOAL, year_goal="", lines=()), FACTS)}
    assert codes == {"P-05", "P-06", "P-10", "P-13", "P-15", "P-16"}


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12,000", "12000"),
        ("８５．５", "85.5"),
        ("-3", "-3"),
        ("1e3", None),
        ("85%", None),
        ("", None),
        ("9" * 30, None),
    ],
)
def test_target_is_a_number_or_is_not(text: str, number: str | None) -> None:
    assert target_number(text) == (None if number is None else Decimal(number))


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("3~9", (3, 9)),
        ("3 ～ 9", (3, 9)),
        ("3至9", (3, 9)),
        ("3-9", (3, 9)),
        ("-3~-1", (-3, -1)),
        ("3", None),
        ("a~b", None),
    ],
)
def test_range_has_two_numbers(text: str, bounds: tuple[int, int] | None) -> None:
    assert target_range(text) == (None if bounds is None else tuple(Decimal(b) for b in bounds))


def test_only_the_projects_own_money_is_read_out_of_a_text() -> None:
    text = "总投资1.2亿元，安排资金 50万元，支付劳务收入 30 万元，投资效果好，治理 100 亩"
    assert list(money_in(text)) == [Decimal("120000000.00"), Decimal("500000.00")]


def test_points_are_proposed_as_in_the_rules_example() -> None:
    blank = replace(GOAL, lines=tuple(replace(line, weight=Decimal(0)) for line in GOAL.lines))
    proposed = split_by_library(blank, goals.PROFILES["NO_COST"], goals.INDICATORS)
    assert [line.weight for line in proposed.lines] == [15, 10, 15, 10, 20, 10, 10]
    assert check_goal(proposed, FACTS) == []


def test_what_halves_leave_over_goes_to_the_first_core_line() -> None:
    lines = tuple(replace(line, is_core=i == 1) for i, line in enumerate(GOAL.lines[:3]))
    even = {code: replace(entry, default_weight=1) for code, entry in goals.INDICATORS.items()}
    proposed = split_by_library(replace(GOAL, lines=lines), goals.PROFILES["NO_COST"], even)
    assert [line.weight for line in proposed.lines] == [Decimal("16.5"), Decimal("17.0"), Decimal("16.5")]


@given(st.lists(st.tuples(st.integers(0, 9), st.booleans()), min_size=1, max_size=60))
def test_proposed_points_always_add_up_and_are_fit_for_the_form(lines: list[tuple[int, bool]]) -> None:
    indicators = {f"X{i}": replace(goals.INDICATORS["I1"], default_weight=w) for i, (w, _) in enumerate(lines)}
    made = tuple(replace(GOAL.lines[0], indicator_code=f"X{i}", is_core=core) for i, (_, core) in enumerate(lines))
    proposed = split_by_library(replace(GOAL, lines=made), goals.PROFILES["NO_COST"], indicators)
    assert proposed.weight_of(Level1.OUTPUT) == 50
    assert all(line.weight > 0 and line.weight == round(line.weight, 1) for line in proposed.lines)


def test_lines_of_a_level_without_points_get_none() -> None:
    cost = replace(GOAL.lines[0], level1=Level1.COST)
    proposed = split_by_library(replace(GOAL, lines=(cost,)), goals.PROFILES["NO_COST"], goals.INDICATORS)
    assert proposed.lines[0].weight == 0


def checklist(goal: PerformanceGoal) -> dict[tuple[str, str], ChecklistItem]:
    return {(item.code, item.facts.get("level1", "")): item for item in goal_checklist(goal, FACTS)}


def test_checklist_of_a_good_goal_is_ticked_throughout() -> None:
    items = goal_checklist(GOAL, FACTS)
    assert [item.code for item in items] == [
        "LEVEL1", "LEVEL1", "LEVEL1", "TOTAL", "SHAPE", "TARGETS", "CORE", "TEXT", "AMOUNT",
    ]  # fmt: skip
    assert all(item.ok is True for item in items)
    assert dict(items[0].facts) == {"level1": "OUTPUT", "count": "4", "have": "50", "want": "50"}
    assert dict(items[6].facts) == {"count": "3", "have": "50", "need": "36"}


@pytest.mark.parametrize(
    ("goal", "item", "ok"),
    [
        (with_line(0, weight=Decimal(10)), ("LEVEL1", "OUTPUT"), False),
        (with_line(0, weight=Decimal(10)), ("TOTAL", ""), False),
        (without(6), ("LEVEL1", "SATISFACTION"), False),
        (without(2), ("SHAPE", ""), False),
        (with_line(0, target=""), ("TARGETS", ""), False),
        (replace(GOAL, lines=()), ("NO_LINES", ""), False),
        (with_line(0, unit="万亩"), ("TARGETS", ""), None),
        (replace(GOAL, year_goal="短"), ("TEXT", ""), False),
        (replace(GOAL, year_total=Decimal("1.00")), ("AMOUNT", ""), False),
        (replace(GOAL, year_goal=GOAL.year_goal.replace("100", "110")), ("AMOUNT", ""), None),
        (with_line(2, target="80"), ("LAST_YEAR", ""), None),
        (replace(GOAL, lines=tuple(replace(x, is_core=False) for x in GOAL.lines)), ("CORE", ""), False),
        (replace(GOAL, lines=tuple(replace(x, is_core=x.weight == 20) for x in GOAL.lines)), ("CORE", ""), None),
    ],
)
def test_checklist_shows_what_is_left_to_do(goal: PerformanceGoal, item: tuple[str, str], ok: bool | None) -> None:
    assert checklist(goal)[item].ok is ok


@pytest.mark.parametrize("goal", [case[1] for case in CASES], ids=[case[0] for case in CASES])
def test_checklist_never_says_done_where_the_check_finds_an_error(goal: PerformanceGoal) -> None:
    has_error = any(p.level is E and p.code not in ("P-02", "P-03") for p in check_goal(goal, FACTS))
    assert not has_error or any(item.ok is False for item in goal_checklist(goal, FACTS))
