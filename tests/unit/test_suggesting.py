"""Proposals: what a project is taken for, which indicators and values fit it, and that every rule accepts the goal."""

from collections import Counter
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.goal import Frame, GoalLine, Level1, Operator, PerformanceGoal
from desktop.domain.goal_rules import is_core
from desktop.domain.head import Head, Kind
from desktop.domain.library import CoreLine, CoreSet, ReferenceValue, ValueBasis, WeightProfile
from desktop.domain.parameters import Parameters
from desktop.domain.problem import Level
from desktop.domain.suggesting.bm25 import Corpus
from desktop.domain.suggesting.compose import money, named
from desktop.domain.suggesting.grams import contained, grams, likeness, pairs, weighed
from desktop.domain.suggesting.library_index import LibraryIndex
from desktop.domain.suggesting.proposal import Basis, Brief, Why
from desktop.domain.suggesting.propose import Rules, propose
from desktop.domain.suggesting.recognise import kinds_of, recognise
from desktop.domain.suggesting.targets import rounded
from desktop.texts.suggestions import basis, reason
from desktop.usecases.pick_indicators import line_of
from desktop.usecases.propose_goal import adopt, as_goal, findings, split_points, suggest
from tests.data import school

PROFILES = {
    code: WeightProfile(code, code, *map(Decimal, points))
    for code, points in {
        "WITH_COST": (20, 40, 20, 10), "WITHOUT_COST": (0, 50, 30, 10), "NO_SAT": (0, 50, 40, 0),
    }.items()
}  # fmt: skip
RULES = Rules(PROFILES)
INDEX = LibraryIndex(school.INDICATORS, school.CASES, ())
BRIEF = Brief("中小学校舍维修改造", Decimal(1200000), 2027)


class _Ids:
    def __init__(self) -> None:
        self.given = 0

    def new(self) -> str:
        self.given += 1
        return f"n{self.given}"


class _Seat:
    def __init__(self) -> None:
        self.ids = _Ids()


def proposal(index=INDEX, **changes):
    found = suggest(replace(BRIEF, **changes), index, RULES, complete=True)
    assert found is not None
    return found


def line(found, name):
    return next(one for one in found.proposal.lines if one.candidate.indicator.name == name)


# -- words


def test_grams_are_pairs_and_threes_of_each_run_without_years():
    assert grams("校舍维修") == ["校舍", "舍维", "维修", "校舍维", "舍维修"]
    assert grams("2027年度校舍，维修ABC1") == ["校舍", "维修", "abc1"]
    assert grams("") == grams("２０２７年") == []


def test_likeness_is_the_share_of_common_pairs():
    assert likeness("维修面积", "维修面积") == 1
    assert likeness("维修面积", "草原禁牧") == 0
    assert 0 < likeness("校舍维修面积", "维修改造面积") < 1
    assert contained(weighed("校舍"), pairs("校舍维修")) == 1


def test_rare_words_weigh_more_and_other_documents_do_not_score():
    corpus = Corpus([{"维修": 2.0, "校舍": 1.0}, {"维修": 2.0}, {"草原": 1.0}])
    scores = corpus.scores({"校舍": 1.0, "维修": 1.0})
    assert scores[0] > scores[1]
    assert 2 not in scores
    assert corpus.rarity("校舍") > corpus.rarity("维修")
    assert corpus.scores({"没有": 1.0}) == {}


# -- recognising


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("中小学校舍维修改造", "REPAIR"), ("课桌椅购置", "PURCHASE"), ("村级动物防疫员补贴", "SUBSIDY"),
        ("会议费", "MEETING"), ("公安信息化运维", "IT_RUN"), ("智慧校园平台建设", "IT_BUILD"), ("教师培训", "TRAINING"),
        ("农村公路养护", "UPKEEP"), ("幼儿园新建", "WORKS"), ("办公楼租赁", "RENT"), ("物业管理费", "LOGISTICS"),
    ],
)  # fmt: skip
def test_the_words_of_a_name_say_the_kind(name, kind):
    assert kinds_of(name)[0].code == kind


@pytest.mark.parametrize("name", ["党风廉政建设", "干部队伍建设", "基层党建", "政府采购监管中心经费", ""])
def test_words_that_only_look_like_works_or_purchases_say_no_kind(name):
    assert not {kind.code for kind in kinds_of(name)} & {"WORKS", "PURCHASE", "REPAIR"}


def test_a_school_repair_is_its_fund_use_with_the_common_indicators_of_repairs():
    picture = recognise(BRIEF, INDEX)
    assert picture.uses[0][0].name == "校舍维修改造"
    assert [use.name for use in picture.common] == ["办公用房维修改造"]
    assert [near.case.code for near in picture.cases] == ["AL1"]
    assert 0.3 < picture.sure <= 1


def test_a_function_code_of_another_field_speaks_against_a_fund_use():
    grass = [replace(one, applies_to=("2130135",)) if one.industry == "农林水" else one for one in school.INDICATORS]
    index = LibraryIndex(grass, (), ())
    name = replace(BRIEF, name="禁牧补助")
    with_code = recognise(replace(name, function_code="2130135"), index)
    assert with_code.uses[0][0].name == "草原生态保护补助奖励"


# -- the goal as a whole


def test_every_rule_accepts_the_proposal_and_core_lines_carry_their_share():
    found = proposal()
    assert findings(found, INDEX, RULES) == []
    goal = as_goal(found)
    assert [goal.weight_of(level) for level in Level1] == [20, 40, 20, 10]
    assert sum(one.weight for one in goal.lines if is_core(one)) >= 36
    assert all(one.weight % Decimal("0.5") == 0 and one.weight > 0 for one in goal.lines)


@settings(max_examples=25)
@given(
    st.decimals(min_value=1, max_value=999_999_999, places=2),
    st.sampled_from(["校舍维修", "禁牧补助", "设备采购", "办公楼维修改造", "某某工作经费", "乙"]),
    st.sampled_from(["", "WITH_COST", "WITHOUT_COST"]),
)
def test_rules_find_nothing_whatever_the_amount_the_name_and_the_profile(amount, name, profile):
    found = suggest(Brief(name, amount, 2027, profile=profile), INDEX, RULES, complete=True)
    if found is not None and {one.candidate.level1 for one in found.proposal.lines} >= {
        level for level in Level1 if found.profile.points(level)
    }:
        problems = [one for one in findings(found, INDEX, RULES) if one.level is not Level.INFO]
        assert {one.code for one in problems} <= {"P-06", "P-11"}


def test_a_bureau_may_ask_for_more_core_points_or_none():
    def core(percent: str) -> Decimal:
        found = suggest(BRIEF, INDEX, Rules(PROFILES, Parameters({"core_weight_percent": percent})), complete=True)
        assert found is not None
        return sum((one.weight for one in found.proposal.lines if one.candidate.is_core), Decimal(0))

    assert core("0") <= core("40") <= core("60")
    assert core("60") > core("0")


def test_equal_questions_have_equal_answers():
    assert proposal() == proposal()


def test_no_name_comes_twice_and_lines_stand_in_the_order_of_the_form():
    lines = [one.candidate for one in proposal().proposal.lines]
    assert max(Counter(one.indicator.name for one in lines).values()) == 1
    assert [one.level1 for one in lines] == sorted((one.level1 for one in lines), key=list(Level1).index)


def test_works_get_the_profile_with_cost_and_others_that_of_their_kind():
    assert proposal().proposal.profile == "WITH_COST"
    assert proposal(name="禁牧补助").proposal.profile == "WITHOUT_COST"
    assert proposal(profile="WITHOUT_COST").proposal.profile == "WITHOUT_COST"
    meant = {**PROFILES, "ZZ": replace(PROFILES["WITH_COST"], code="ZZ", project_kinds=("WORKS",))}
    found = propose(BRIEF, INDEX, Rules(meant))
    assert found is not None
    assert found.profile == "ZZ"


def test_a_bureau_that_exempts_the_class_may_have_a_profile_without_satisfaction():
    only = Rules({"NO_SAT": PROFILES["NO_SAT"]}, Parameters({"satisfaction_exempt": "T"}))
    found = suggest(BRIEF, INDEX, only, complete=True)
    assert found is not None
    assert all(one.candidate.level1 is not Level1.SATISFACTION for one in found.proposal.lines)


def test_the_older_form_has_cost_under_output():
    old = {"OLD": replace(PROFILES["WITHOUT_COST"], code="OLD", frame=Frame.F2015)}
    found = suggest(BRIEF, INDEX, Rules(old), complete=True)
    assert found is not None
    costs = [one.candidate for one in found.proposal.lines if one.candidate.level2 == "成本指标"]
    assert [one.level1 for one in costs] == [Level1.OUTPUT]
    assert findings(found, INDEX, Rules(old)) == []


def test_retired_indicators_are_never_proposed():
    gone = [replace(one, effective_to="2026") if one.name == "校舍维修面积" else one for one in school.INDICATORS]
    found = proposal(LibraryIndex(gone, school.CASES, ()))
    every = [one.candidate for one in found.proposal.lines] + [other for one in found.proposal.lines
                                                              for other in one.others]
    assert "校舍维修面积" not in [one.indicator.name for one in every]


def test_an_entry_whose_direction_is_at_odds_with_its_operator_is_not_proposed():
    odd = [replace(one, operator=Operator.LE) if one.name == "校舍维修验收合格率" else one for one in school.INDICATORS]
    names = [one.candidate.indicator.name for one in proposal(LibraryIndex(odd, (), ())).proposal.lines]
    assert "校舍维修验收合格率" not in names


def test_lines_of_another_kind_of_project_stay_out():
    names = [one.candidate.indicator.name for one in proposal(name="校舍课桌椅购置").proposal.lines]
    assert not [name for name in names if "维修" in name]


def test_an_empty_library_or_no_profile_proposes_nothing():
    assert suggest(BRIEF, LibraryIndex((), (), ()), RULES) is None
    assert suggest(BRIEF, INDEX, Rules({})) is None


# -- values


def test_a_quantity_comes_from_the_money_and_the_price_of_one():
    area = line(proposal(), "校舍维修面积").candidate
    assert (area.target.value, area.target.basis, area.target.estimated) == ("800", Basis.BY_PRICE, True)
    assert "1500元/平方米" in reason(area)
    assert area.sources[-1] == school.CODES["校舍维修单位面积造价"]


def test_a_number_in_the_summary_wins_over_an_estimate():
    area = line(proposal(summary="维修校舍面积 3,200 平米，改造 2 所学校。"), "校舍维修面积").candidate
    assert (area.target.value, area.target.basis) == ("3200", Basis.NAMED)
    assert not area.target.estimated


def test_a_named_quantity_says_what_one_may_cost_where_that_is_less_than_usual():
    price = line(proposal(summary="维修校舍面积 3200 平方米。"), "校舍维修单位面积造价").candidate
    assert (price.target.value, price.target.basis) == ("375", Basis.DIVIDED)
    assert "3200平方米" in reason(price)
    dear = line(proposal(summary="维修校舍面积 300 平方米。"), "校舍维修单位面积造价").candidate
    assert (dear.target.value, dear.target.basis) == ("1500", Basis.TYPICAL)


def test_a_quantity_of_a_case_is_scaled_by_the_amounts():
    schools = [one for one in school.INDICATORS if one.name != "校舍维修面积"]
    found = line(proposal(LibraryIndex(schools, school.CASES, ())), "维修改造学校数").candidate
    assert (found.target.value, found.target.basis) == ("4", Basis.BY_CASE)
    assert "旗第一中学校舍维修" in reason(found)


def test_what_nothing_supports_stays_open_for_a_person_and_out_of_a_file():
    index = LibraryIndex(school.INDICATORS, (), ())
    buying = replace(BRIEF, name="设备购置", amount=Decimal(90000))
    person = suggest(buying, index, RULES)
    assert person is not None
    counted = line(person, "购置设备数量").candidate
    assert (counted.target.value, counted.target.basis) == ("", Basis.OPEN)
    assert "按项目实际填写" in basis(counted.target)
    file = suggest(buying, index, RULES, complete=True)
    assert file is not None
    assert all(one.candidate.target.value for one in file.proposal.lines)


def test_inspections_and_fines_never_get_a_number():
    hunted = [replace(one, name="校舍维修检查处罚家数") if one.name == "校舍维修面积" else one
              for one in school.INDICATORS]
    names = [one.candidate.indicator.name for one in proposal(LibraryIndex(hunted, (), ())).proposal.lines]
    assert "校舍维修检查处罚家数" not in names


def test_a_reference_value_of_the_region_stands_in_for_a_usual_value():
    values = (ReferenceValue("96", ValueBasis.HISTORY, "2026", "", "全国"),
              ReferenceValue("97", ValueBasis.PLAN, "2025", "本旗", "规划"))
    known = [replace(one, typical_value="", reference_values=values) if one.name == "校舍维修验收合格率" else one
             for one in school.INDICATORS]
    found = line(proposal(LibraryIndex(known, (), ())), "校舍维修验收合格率").candidate
    assert (found.target.value, found.target.basis) == ("97", Basis.REFERENCE)
    assert "本旗，2025，规划" in basis(found.target)


@pytest.mark.parametrize(
    ("number", "unit", "want"),
    [
        ("1234", "人", "1200"), ("0.4", "台", "1"), ("0.5812", "万亩", "0.58"), ("99.9", "户", "99"),
        ("12.34", "公里", "12"),
    ],
)  # fmt: skip
def test_estimates_have_two_figures_and_pieces_are_whole(number, unit, want):
    assert f"{rounded(Decimal(number), unit).normalize():f}" == want


def test_without_money_nothing_is_worked_out_from_it():
    found = suggest(replace(BRIEF, amount=Decimal(0)), INDEX, RULES)
    assert found is not None
    bases = {one.candidate.target.basis for one in found.proposal.lines}
    assert not bases & {Basis.BY_PRICE, Basis.BY_CASE, Basis.BUDGET, Basis.BY_STANDARD}
    assert "0万元" not in found.proposal.year_goal


# -- reasons


def test_reasons_name_the_fund_use_the_case_and_last_years_goal():
    last = PerformanceGoal(
        Head("x", Kind.GOAL, "1.0", "1", "k", 2026, 1, "m"), "p", BRIEF.name, "WITH_COST",
        lines=(replace(school.line(school.INDICATORS[8]), target="12"),),
    )  # fmt: skip
    found = proposal(last_goal=last)
    assert "资金用途“校舍维修改造”的核心指标" in reason(line(found, "校舍维修面积").candidate)
    assert "同类案例“旗第一中学校舍维修”在用" in reason(line(found, "校舍维修验收合格率").candidate)
    energy = line(found, "校舍能耗下降率").candidate
    assert energy.evidence[0].why is Why.LAST_YEAR
    assert (energy.target.value, energy.target.basis) == ("12", Basis.LAST_YEAR)
    assert "2026年" in reason(energy)


def test_a_core_set_of_the_departments_kind_of_project_comes_first():
    core = CoreSet("HX1", "1", "教育局", "校舍维修改造", (
        CoreLine(Level1.OUTPUT, "质量指标", "进场材料检验合格率", Operator.EQ, "%",
                 indicator_code=school.CODES["进场材料检验合格率"]),
    ))  # fmt: skip
    found = line(proposal(LibraryIndex(school.INDICATORS, school.CASES, (core,))), "进场材料检验合格率").candidate
    assert "教育局“校舍维修改造”的必选核心指标" in reason(found)
    assert "HX1" in found.sources


# -- texts


def test_the_texts_name_project_and_money_and_fit_the_form():
    text = proposal().proposal.year_goal
    assert text.startswith("2027年安排资金120万元，用于中小学校舍维修改造项目。")
    assert 20 <= len(text) <= 500
    assert "施工安全事故发生数为零" in text or "校舍安全隐患消除率达到100%" in text
    assert "消除安全隐患" in proposal().proposal.general_goal
    assert "更换门窗和屋面" in proposal(summary="更换门窗和屋面。").proposal.general_goal


def test_money_and_names_read_as_people_write_them():
    said = {"1200000": "120万元", "12345.6": "12,345.60元", "8888800": "888.88万元"}
    assert {yuan: money(Decimal(yuan)) for yuan in said} == said
    assert [named(one) for one in ("校舍维修", "低保补助", "供水工程")] == ["校舍维修项目", "低保补助", "供水工程"]


# -- taking over


def test_adopted_lines_fill_what_the_own_lines_leave_and_typed_things_stay():
    found = suggest(replace(BRIEF, profile="WITH_COST"), INDEX, RULES)
    assert found is not None
    own = replace(line_of(found.proposal.lines[0].candidate.indicator, "own", 2027, Frame.F2021),
                  weight=Decimal(7), target="999")
    goal = replace(as_goal(found), lines=(own,), year_goal="已经写好的年度目标", general_goal="")
    picked = [one.candidate for one in found.proposal.lines]
    made = adopt(goal, found, picked, _Seat())  # type: ignore[arg-type]
    assert made.lines[0] == own
    assert made.year_goal == "已经写好的年度目标"
    assert made.general_goal
    assert [made.weight_of(level) for level in Level1] == [20, 40, 20, 10]
    assert len({one.indicator_code for one in made.lines}) == len(made.lines)
    assert adopt(made, found, picked, _Seat()) == made  # type: ignore[arg-type]


def test_estimates_are_taken_over_only_when_wanted():
    found = suggest(BRIEF, INDEX, RULES)
    assert found is not None
    picked = [one.candidate for one in found.proposal.lines]
    empty = replace(as_goal(found), lines=(), year_goal="", general_goal="")

    def area(goal: PerformanceGoal) -> GoalLine:
        return next(one for one in goal.lines if one.name == "校舍维修面积")

    without = adopt(empty, found, picked, _Seat())  # type: ignore[arg-type]
    assert area(without).target == ""
    assert "800" not in without.year_goal
    with_them = adopt(empty, found, picked, _Seat(), estimates=True)  # type: ignore[arg-type]
    assert area(with_them).target == "800"
    assert "800平方米" in with_them.year_goal


def test_points_are_split_over_what_is_left_of_a_full_level():
    found = suggest(replace(BRIEF, profile="WITH_COST"), INDEX, RULES)
    assert found is not None
    full = replace(school.line(school.INDICATORS[0]), weight=Decimal(20))
    goal = replace(as_goal(found), lines=(full,))
    cost = [one.candidate for one in found.proposal.lines if one.candidate.level1 is Level1.COST]
    assert set(split_points(goal, found, cost).values()) == {Decimal(0)}


def test_timeliness_lines_end_with_the_fiscal_year():
    due = [one.due for one in proposal().proposal.lines if one.candidate.level2 == "时效指标"]
    assert due == [date(2027, 12, 31)]
