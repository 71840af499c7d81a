"""Filling a goal by keys: values to take, further fields, points, profiles, the head, low windows."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from desktop.domain.document import State
from desktop.domain.goal import Level1, PlanValue
from desktop.domain.head import Kind
from desktop.ui.kit.typography import set_base_size
from desktop.ui.performance import bench_acts
from desktop.ui.performance.line_fields import spread_plan
from desktop.ui.performance.scoring import PLAN, RULE, WORDS
from desktop.ui.performance.scoring_words import comparable_tip, comparable_words
from desktop.usecases.compare_values import Comparable
from desktop.usecases.write_document import save
from tests.ui.conftest import clipped
from tests.ui.goal_hands import go_to, goal_of, open_goal, undone
from tests.ui.payment_keys import CTRL, Key, Person
from tests.ui.planning_fixture import YEAR, library

__all__ = ["library"]


@pytest.fixture
def person() -> Person:
    return Person()


# -- under the grid


def test_a_value_to_compare_with_is_taken_by_keys_and_one_undo_brings_the_old_one_back(library, person):
    made, bench = open_goal(library, (1920, 1080))
    go_to(bench, 4)
    buttons = bench.goal_pane.scoring.values.buttons
    assert buttons[0].text() == "上年 68.4"
    bench.look()
    person.presses_key(Key.Key_Right)
    assert buttons[1].hasFocus()
    person.presses_key(Key.Key_Escape)
    assert bench.goal_pane.sheet.view.hasFocus()
    bench.look()
    person.presses_key(Key.Key_Return)
    library.settle()
    assert goal_of(library).lines[4].target == "68.4"
    assert bench.goal_pane.sheet.view.hasFocus()
    assert bench.session.undo_stack.undoText() == "取用参考值"
    assert undone(library, person, bench, made.goal)


def test_values_of_standards_say_whose_they_are():
    one = Comparable("75", "INDUSTRY", "2026", "内蒙古", "年鉴")
    assert comparable_words(one) == "行业标准（2026） 内蒙古"
    assert comparable_tip(one, "%") == "取用 75 %（行业标准（2026） 内蒙古 · 年鉴）"
    assert comparable_words(Comparable("3", "CASE", "2027", "", "某小学校舍维修")) == "案例"


def test_further_fields_of_a_line_are_typed_one_after_the_other(library, person):
    _, bench = open_goal(library)
    go_to(bench, 3)
    scoring = bench.goal_pane.scoring
    scoring.tabs[RULE].setFocus()
    person.presses_key(Key.Key_Right)
    assert scoring.page() == WORDS
    person.presses_key(Key.Key_Down)
    assert scoring.fields.due.hasFocus()  # a timeliness indicator begins with its last day
    scoring.fields.due.selectAll()
    person.enters("13月")
    assert "不是日期" in scoring.fields.due.error()
    assert scoring.fields.due.text() == "13月"
    scoring.fields.due.setFocus()
    scoring.fields.due.selectAll()
    person.enters("1130")
    scoring.fields.texts["data_source"].setFocus()
    scoring.fields.texts["data_source"].selectAll()
    person.types("作业台账")
    person.presses_key(Key.Key_Return)
    library.settle()
    line = goal_of(library).lines[3]
    assert (line.due, line.data_source) == (date(YEAR, 11, 30), "作业台账")


def test_a_finding_about_the_last_day_leads_to_its_field(library):
    _, bench = open_goal(library)
    goal = bench.session.goal
    lines = (*goal.lines[:3], replace(goal.lines[3], due=None), *goal.lines[4:])
    bench.session.change_goal(replace(goal, lines=lines), "x")
    library.settle()
    check = next(one for one in bench.checklist.shown if one.words == "时效指标没有期限")
    bench.go_to(check.where)
    assert bench.goal_pane.scoring.fields.due.hasFocus()


def test_plan_values_are_spread_over_the_year_and_typed_by_month(library, person):
    made, bench = open_goal(library)
    go_to(bench, 0)
    plan = bench.goal_pane.scoring.plan
    bench.goal_pane.scoring.show_page(PLAN)
    plan.spread.click()
    library.settle()
    assert goal_of(library).lines[0].plan == tuple(
        PlanValue(month, value) for month, value in ((3, "0.3"), (6, "0.6"), (9, "0.9"), (12, "1.2")))
    plan.turn.click()
    plan.inputs[2].setFocus()
    person.enters("一半")
    assert "不是数" in plan.inputs[2].error()
    plan.inputs[2].setFocus()
    plan.inputs[2].selectAll()
    person.enters("0.1")
    library.settle()
    assert goal_of(library).lines[0].plan[0] == PlanValue(2, "0.1")
    assert spread_plan(replace(made.goal.lines[0], target="10"), (4, 8, 12)) == (
        PlanValue(4, "3"), PlanValue(8, "7"), PlanValue(12, "10"))


def test_a_wide_window_has_the_further_fields_in_the_grid(library, person):
    _, bench = open_goal(library, (1920, 1080))
    go_to(bench, 3, "due")
    person.enters("1115")
    library.settle()
    assert goal_of(library).lines[3].due == date(YEAR, 11, 15)
    view, model = bench.goal_pane.sheet.view, bench.goal_pane.model
    assert not view.isColumnHidden(model.column_of("evidence"))
    _, narrow = open_goal(library)
    assert narrow.goal_pane.sheet.view.isColumnHidden(narrow.goal_pane.model.column_of("due"))


# -- points


def test_points_are_filled_up_for_a_line_or_a_group_and_what_cannot_be_reached_says_why(library, person):
    made, bench = open_goal(library)
    go_to(bench, 1, "weight")
    person.enters("4")
    library.settle()
    go_to(bench, 1, "weight")
    person.presses_key(Key.Key_F7, CTRL)
    library.settle()
    assert goal_of(library).lines[1].weight == 10
    assert bench.session.undo_stack.undoText() == "补足到满分"
    person.presses_key(Key.Key_F7, CTRL)
    assert library.said[0] == "产出指标已经满分，不用补。"
    lines = tuple(replace(line, weight=Decimal(0)) if line.level1 is Level1.BENEFIT else line
                  for line in made.goal.lines if line.level1 is not Level1.SATISFACTION)
    bench.session.change_goal(replace(made.goal, lines=lines), "x")
    library.settle()
    pane = bench.goal_pane
    pane.sheet.view.setCurrentIndex(pane.model.index(pane.source.row_of(4) - 1, 0))
    pane.sheet.view.setFocus()
    person.presses_key(Key.Key_F7, CTRL)
    library.settle()
    assert [line.weight for line in goal_of(library).lines[4:6]] == [15, 15]
    bench.acts.evenly()
    library.settle()
    assert "满意度指标有 10 分，还没有一条指标" in library.said[0]


def test_proposal_changes_nothing_before_it_is_adopted(library):
    made, bench = open_goal(library)

    def other(books):
        lines = tuple(replace(line, weight=Decimal(1)) for line in made.goal.lines)
        return save(books, library.seat("zhangli"), replace(made.goal, lines=lines))

    library.do(other)
    library.context.changed.emit("documents")
    library.settle()
    assert bench.bands.proposal.isVisible()
    said = bench.bands.proposal.text()
    assert "产出 15 · 10 · 15 · 10，效益 20 · 10，满意度 10，合计 90 分。7 条与您填的不同。" in said
    assert {line.weight for line in goal_of(library).lines} == {Decimal(1)}
    bench.bands.adopt.click()
    library.settle()
    assert [line.weight for line in goal_of(library).lines] == [15, 10, 15, 10, 20, 10, 10]
    assert not bench.bands.proposal.isVisible()


def test_even_split_shares_each_level(library):
    _, bench = open_goal(library)
    bench.tools.weights.menu().actions()[0].trigger()
    library.settle()
    weights = [line.weight for line in goal_of(library).lines]
    assert weights == [Decimal(one) for one in ("12.5", "12.5", "12.5", "12.5", "15", "15", "10")]


def test_dismissed_proposal_stays_away(library):
    _, bench = open_goal(library)
    bench.tools.weights.menu().actions()[0].trigger()
    library.settle()
    assert bench.bands.proposal.isVisible()
    bench.bands.proposal._close()
    library.settle()
    bench.goal_pane.model.enter([(1, "weight", "12")], "x")
    library.settle()
    assert not bench.bands.proposal.isVisible()


# -- profiles


def choose_profile(bench, code: str) -> None:
    field = bench.goal_pane.profile
    field._pick(next(row for row in field._all if row.code == code))


def test_another_form_moves_cost_only_when_agreed_and_comes_back_with_one_undo(library, person, monkeypatch):
    _, bench = open_goal(library)
    choose_profile(bench, "WITH_COST")  # nothing moves: nothing is asked
    bench.picker.search.setText("成本")
    library.settle()
    cost = next(one for one in bench.picker.model.hits if one.level1 is Level1.COST)
    bench.acts.add([cost])
    library.settle()
    before, asked = goal_of(library), []
    monkeypatch.setattr(bench_acts, "agreed_to", lambda profile, moves, page: asked.append(moves))
    choose_profile(bench, "OLD_FORM")
    library.settle()
    assert [move.to for move in asked[0]] == [(Level1.OUTPUT, "成本指标")]
    assert goal_of(library) == before
    assert bench.goal_pane.profile.choice().code == "WITH_COST"
    monkeypatch.setattr(bench_acts, "agreed_to", lambda profile, moves, page: True)
    choose_profile(bench, "OLD_FORM")
    library.settle()
    moved = next(line for line in goal_of(library).lines if line.indicator_code == cost.code)
    assert (moved.level1, moved.level2) == (Level1.OUTPUT, "成本指标")
    assert undone(library, person, bench, before)


# -- the head


def test_the_head_opens_by_keys_and_who_answers_is_kept_on_project_and_goal(library, person):
    _, bench = open_goal(library)
    assert "本年 1,000,000.00" in bench.head_line.text()
    bench.head_line.setFocus()
    person.presses_key(Key.Key_Space)
    head = bench.goal_pane.head
    assert head.isVisible()
    assert head.responsible.hasFocus()
    head.responsible.selectAll()
    person.types("乌兰")
    person.presses_key(Key.Key_Return)
    library.settle()
    assert (goal_of(library).responsible, library.stored(Kind.PROJECT)[0].content.responsible) == ("乌兰", "乌兰")
    assert bench.session.undo_stack.undoText() == "填责任人"


def test_a_locked_goal_shows_everything_and_takes_nothing(library):
    library.project()
    library.put_state(Kind.PROJECT, State.ACCEPTED)
    library.put_state(Kind.GOAL, State.ACCEPTED)
    _, bench = library.bench()
    go_to(bench, 4)
    scoring = bench.goal_pane.scoring
    assert not scoring.remove.isVisible()
    assert not any(button.isEnabled() for button in scoring.values.buttons)
    assert scoring.fields.due.isReadOnly()
    assert bench.goal_pane.head.phone.isReadOnly()
    assert not any(button.isVisible() for button in bench.tools.fillers.values())


def test_a_low_window_folds_what_is_not_being_written(library, person):
    set_base_size(13.0)
    _, bench = open_goal(library, (1093, 557))
    pane = bench.goal_pane
    go_to(bench, 4)
    assert pane.scoring.folded()
    rows = pane.sheet.view.viewport().height() // pane.sheet.view.rowHeight(0)
    assert rows >= 3
    low = pane.year.area.height()
    pane.year.area.setFocus()
    assert pane.year.area.height() >= low  # as many lines as this window has room for
    pane.sheet.view.setFocus()
    bench.look()
    assert not pane.scoring.folded()
    person.presses_key(Key.Key_Escape)
    assert pane.scoring.folded()
    assert pane.sheet.view.hasFocus()
    bench.head_line.click()
    assert pane.head.isVisible()
    assert not pane.sheet.isVisible()
    bench.goal_pane.head.fold.click()
    assert pane.sheet.isVisible()


def test_nothing_is_clipped_on_any_page_under_the_grid(library):
    set_base_size(13.0)
    library.project()
    window, bench = library.bench(1093, 557)
    go_to(bench, 0)
    for page in (RULE, WORDS, PLAN):
        bench.goal_pane.scoring.show_page(page)
        library.settle()
        assert clipped(window) == [], page
    bench.head_line.click()
    library.settle()
    assert clipped(window) == []


def test_a_project_of_works_is_advised_the_profile_with_cost(library):
    made, bench = open_goal(library)
    assert not bench.bands.profile.isVisible()
    bench.session.change_project(replace(made.project, is_works=True), "x")
    library.settle()
    assert "设成本指标" in bench.bands.profile.text()
    bench.bands.turn.click()
    library.settle()
    assert goal_of(library).profile == "WITH_COST"
    assert not bench.bands.profile.isVisible()
