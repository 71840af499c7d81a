"""绩效目标, worked by keys over real books: indicators are picked, weighed, checked while typing, and handed over."""

from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt

from desktop.domain.document import State
from desktop.domain.goal import Level1, Operator
from desktop.domain.head import Kind
from desktop.ui.documents import approval
from desktop.ui.documents.actions import Act
from desktop.ui.kit.typography import set_base_size
from desktop.ui.performance import bench_findings
from desktop.ui.performance.goal_lines import plain_target, shown_target, tag_of
from desktop.ui.performance.library import expected
from desktop.ui.performance.problem_rows import GOAL, PROJECT
from tests.ui.conftest import clipped
from tests.ui.payment_keys import CTRL, Key, Person
from tests.ui.planning_fixture import PIN, answering, library

__all__ = ["library"]


@pytest.fixture
def person() -> Person:
    return Person()


@pytest.fixture
def answers(monkeypatch):
    """Let the dialogs be answered by name; gives back what they said."""
    return answering(monkeypatch, approval, bench_findings)


def goal_of(library):
    return library.stored(Kind.GOAL)[0].content


def open_goal(library, bench_size=(1366, 768)):
    """Store the mock's project and goal and return the bench with it."""
    made = library.project()
    window, bench = library.bench(*bench_size)
    return made, window, bench


# -- picking


def test_indicators_are_picked_by_initials_ticked_and_added_with_keys_only(library, person):
    library.project(goal=False)
    _, bench = library.bench()
    assert "还没有绩效目标" in bench.empty._sentence.text()
    bench.begin.setFocus()
    person.presses_key(Key.Key_Space)
    library.settle()
    bench.picker.search.setFocus()
    person.types("shtd")
    library.settle()
    person.presses_key(Key.Key_Down)
    person.presses_key(Key.Key_Space)
    assert bench.picker.add.text() == "加入 1 条"
    person.presses_key(Key.Key_Down)
    person.presses_key(Key.Key_Space)
    person.presses_key(Key.Key_Return)
    library.settle()
    lines = goal_of(library).lines
    assert {line.name for line in lines} == {"沙化土地治理面积", "沙化土地治理率"}
    assert [line.level1 for line in lines] == [Level1.OUTPUT, Level1.BENEFIT]
    area = next(line for line in lines if line.name == "沙化土地治理面积")
    assert (area.operator, area.unit, area.is_core, area.weight) == (Operator.GE, "万亩", True, Decimal(0))
    assert bench.picker.add.text() == "加入"


def test_what_fits_the_projects_function_code_comes_first(library):
    _, _, bench = open_goal(library)
    first = bench.picker.model.hits[:5]
    assert all("2130217" in one.applies_to for one in first)


def test_used_indicators_are_ticked_grey_and_not_added_twice(library, person):
    _, _, bench = open_goal(library)
    bench.picker.search.setFocus()
    person.types("沙化土地治理面积")
    library.settle()
    assert bench.picker.model.hits[0].code in bench.picker.model.used
    bench.picker.model.toggle(0)
    assert bench.picker.model.ticked == {}
    person.presses_key(Key.Key_Return)
    library.settle()
    assert len(goal_of(library).lines) == 7


def test_level_filter_counts_and_narrows_the_hits(library, person):
    _, _, bench = open_goal(library)
    bench.picker.search.setText("固沙")
    library.settle()
    words = [button.text() for key, button in bench.picker._filters.items() if button.isVisible()]
    assert words[0] == f"全部 {len(bench.picker.model.hits)}"
    assert not any(word.startswith("成本") for word in words)  # the profile has no cost
    bench.picker._filters["OUTPUT"].click()
    library.settle()
    assert {one.level1 for one in bench.picker.model.hits} == {Level1.OUTPUT}


# -- typing into the form


def test_typed_points_and_target_are_saved_and_judged_at_once(library, person):
    _, _, bench = open_goal(library)
    pane = bench.goal_pane
    row = pane.source.row_of(1)
    pane.sheet.view.go_to(row, "target")
    person.enters("0.9")
    person.presses_key(Key.Key_Right)
    pane.sheet.view.go_to(row, "weight")
    person.enters("12.5")
    library.settle()
    line = goal_of(library).lines[1]
    assert (line.target, line.weight) == ("0.9", Decimal("12.5"))
    assert pane.model.look(0, 4).text == "52.5 / 50"
    assert bench.checklist.shown[0].ok is False
    assert "52.5/50" in bench.checklist.shown[0].words
    assert bench.tools.header.pill.accessibleName() == "有错误"
    assert pane.source.mark(row, "weight").changed


def test_unreadable_points_stay_with_their_line_when_another_indicator_is_added(library, person):
    _, _, bench = open_goal(library)
    pane = bench.goal_pane
    row = pane.source.row_of(6)
    pane.sheet.view.go_to(row, "weight")
    person.enters("十分")
    library.settle()
    assert goal_of(library).lines[6].weight == 10
    bench.picker.search.setText("固沙苗木栽植株数")
    library.settle()
    bench.picker._pick()
    library.settle()
    moved = pane.source.row_of(7)
    assert moved == row + 1
    assert pane.model.typed(moved, pane.model.column_of("weight")) == "十分"
    assert bench.problems.rows()[0].text.startswith("“十分”")
    bench.stepping.take(Act.PRESENT)
    library.settle()
    assert library.stored(Kind.GOAL)[0].state is State.DRAFT


def test_same_value_as_last_year_is_marked_and_named(library):
    _, _, bench = open_goal(library)
    row = bench.goal_pane.source.row_of(2)
    assert bench.goal_pane.source.mark(row, "target").level == "warning"
    last = next(one for one in bench.checklist.shown if one.ok is None)
    assert (last.words, last.more) == ("1 条指标值与上年相同", "固沙苗木当年成活率 85%")


def test_goal_text_is_counted_while_typing_and_saved_when_left(library, person):
    _, _, bench = open_goal(library)
    area = bench.goal_pane.year.area
    area.setFocus()
    area.selectAll()
    person.types("治理沙化土地，改善当地生态。")
    assert bench.goal_pane.year._count.text() == "14 / 500 字"
    bench.goal_pane.sheet.view.setFocus()
    library.settle()
    assert goal_of(library).year_goal == "治理沙化土地，改善当地生态。"
    assert any(one.rule == "P-16" for one in bench.problems.rows())


def test_indicators_are_taken_out_and_come_back_by_undo(library, person):
    made, _, bench = open_goal(library)
    pane = bench.goal_pane
    pane.sheet.view.go_to(pane.source.row_of(0), "target")
    person.presses_key(Key.Key_Delete, CTRL)
    library.settle()
    assert len(goal_of(library).lines) == 6
    person.presses_key(Key.Key_Z, CTRL)
    library.settle()
    assert goal_of(library) == made.goal


def test_a_changed_goal_lets_its_project_count_its_errors_again(library):
    _, _, bench = open_goal(library)
    bench.session.change_goal(replace(bench.session.goal, lines=()), "清空")
    library.settle()
    assert library.stored(Kind.PROJECT)[0].problems_count > 0
    bench.session.undo_stack.undo()
    library.settle()
    assert library.stored(Kind.PROJECT)[0].problems_count == 0


def test_profile_changes_the_groups_and_the_points_wanted(library):
    _, _, bench = open_goal(library)
    rows = bench.goal_pane.source.row_count()
    bench.goal_pane.profile._pick(bench.goal_pane.profile._all[0])
    library.settle()
    assert goal_of(library).profile == bench.goal_pane.profile._all[0].code
    cost = next(code for code, one in bench.session.desk.profiles.items() if one.cost)
    bench.session.change_goal(replace(bench.session.goal, profile=cost), "改分值方案")
    library.settle()
    assert bench.goal_pane.source.row_count() == rows + 1
    assert bench.goal_pane.model.look(0, 0).text == "成本指标"


# -- findings and steps


def test_finding_leads_to_its_cell(library):
    _, _, bench = open_goal(library)
    bench.goal_pane.model.enter([(1, "target", "")], "x")
    library.settle()
    bench.tools.audit.click()
    row = next(one for one in bench.problems.rows() if one.rule == "P-20")
    assert (row.where, row.place) == ("goal:lines[0].target", "目标 · 沙化土地治理面积")
    bench.show_tab(PROJECT)
    bench.problems.opened.emit(row.where)
    assert bench.tabs.key() == GOAL
    assert bench.goal_pane.sheet.view.at() == (1, bench.goal_pane.model.column_of("target"))


def test_a_line_of_the_checklist_leads_to_its_cell(library, person):
    _, _, bench = open_goal(library)
    bench.goal_pane.model.enter([(1, "target", "")], "x")
    library.settle()
    row = next(at for at, one in enumerate(bench.checklist.shown) if one.where.startswith("goal:lines[0].target"))
    bench.checklist.list.setFocus()
    bench.checklist.list.setCurrentIndex(bench.checklist.model.index(row))
    person.presses_key(Key.Key_Return)
    assert bench.goal_pane.sheet.view.at() == (1, bench.goal_pane.model.column_of("target"))
    assert bench.goal_pane.sheet.view.hasFocus()


def test_a_missing_group_leads_to_the_library_at_that_group(library, person):
    _, _, bench = open_goal(library)
    goal = bench.session.goal
    bench.session.change_goal(replace(goal, lines=tuple(one for one in goal.lines if one.level2 != "质量指标")), "x")
    library.settle()
    row, check = next((at, one) for at, one in enumerate(bench.checklist.shown) if one.words == "缺少质量指标")
    assert (check.ok, check.where) == (False, "library:OUTPUT/质量指标")
    bench.checklist.list.setFocus()
    bench.checklist.list.setCurrentIndex(bench.checklist.model.index(row))
    person.presses_key(Key.Key_Return)
    library.settle()
    assert bench.picker.search.hasFocus()
    assert {one.level2 for one in bench.picker.model.hits} == {"质量指标"}


def test_project_and_goal_are_handed_over_checked_and_signed_together(library, answers):
    _, _, bench = open_goal(library)
    answers(ask_secret=PIN)
    bench.tools.steps.buttons[Act.PRESENT].click()
    library.settle()
    states = {one.head.kind: one.state for kind in (Kind.PROJECT, Kind.GOAL) for one in library.stored(kind)}
    assert states == {Kind.PROJECT: State.PRESENTED, Kind.GOAL: State.PRESENTED}
    assert "撤回" in bench.bands.standing.text()
    assert not bench.picker.isVisible()
    library.sit("liqiang")
    assert bench.projects.new.isHidden()
    bench.tools.steps.buttons[Act.CHECK].click()
    library.settle()
    library.sit("wangzhiyuan")
    bench.tools.steps.buttons[Act.SIGN].click()
    library.settle()
    for kind in (Kind.PROJECT, Kind.GOAL):
        assert library.stored(kind)[0].state is State.SIGNED


def test_neither_is_handed_over_while_a_rule_objects_to_one(library):
    made, _, bench = open_goal(library)
    bench.session.change_project(replace(made.project, basis=()), "x")
    library.settle()
    bench.stepping.take(Act.PRESENT)
    library.settle()
    assert {one.state for kind in (Kind.PROJECT, Kind.GOAL) for one in library.stored(kind)} == {State.DRAFT}
    assert any(one.rule == "B-15" for one in bench.problems.rows())


def test_open_warning_asks_for_a_reason_that_is_kept(library, answers):
    _, _, bench = open_goal(library)
    answers(ask_text="按合同分期支付。")
    goal = bench.session.goal
    bench.session.change_goal(replace(goal, year_goal=goal.year_goal.replace("100 万元", "90 万元")), "x")
    library.settle()
    bench.stepping.take(Act.PRESENT)
    library.settle()
    assert library.stored(Kind.GOAL)[0].state is State.DRAFT
    row = next(one for one in bench.problems.rows() if one.rule == "P-17")
    assert row.remedy == "写说明"
    bench.problems.remedy_requested.emit(row)
    library.settle()
    assert goal_of(library).acknowledgements[0].text == "按合同分期支付。"
    assert bench.stepping.warnings() == 0


def test_wide_window_has_three_columns_and_a_narrow_one_shows_the_library_on_request(library, person):
    _, _, bench = open_goal(library)
    assert bench.picker.isVisible()
    assert bench.left.isVisible()
    _, _, narrow = open_goal(library, (1093, 557))
    assert not narrow.picker.isVisible()
    narrow.goal_pane.sheet.view.setFocus()
    person.presses_key(Key.Key_F7)
    assert narrow.picker.isVisible()
    assert not narrow.left.isVisible()
    assert narrow.picker.search.hasFocus()


def test_status_bar_compares_the_current_target_with_last_years(library):
    _, _, bench = open_goal(library)
    pane = bench.goal_pane
    pane.sheet.view.go_to(pane.source.row_of(4), "target")
    left, _ = bench.status()
    assert [(one.label, one.value) for one in left] == [("指标值", "72 %"), ("上年", "68.4 %"), ("比上年", "3.60")]


@pytest.mark.parametrize("size", [(1093, 557), (1366, 768), (1920, 1080)])
def test_nothing_is_clipped(library, picture, size):
    _, window, bench = open_goal(library, size)
    for key in (GOAL, PROJECT):
        bench.show_tab(key)
        library.settle()
        assert clipped(window) == [], key
        picture(window, f"{key}-{size[0]}")
    bench.show_tab(GOAL)
    bench._open_problems()
    library.settle()
    assert clipped(window) == []


@pytest.mark.parametrize("size", [(1093, 557), (1366, 697), (1920, 1040)])
def test_nothing_is_clipped_with_the_largest_type(library, size):
    set_base_size(13.0)
    _, window, bench = open_goal(library, size)
    for key in (GOAL, PROJECT):
        bench.show_tab(key)
        library.settle()
        assert clipped(window) == [], key


def test_the_list_of_projects_keeps_the_cursor_while_one_walks_down(library, person):
    for name in ("沙化土地综合治理", "退化草原生态修复治理", "机关运行与设备更新"):
        library.project(name)
    _, bench = library.bench()
    bench.projects.list.setFocus()
    person.presses_key(Key.Key_Home)
    library.settle()
    for _ in range(2):
        person.presses_key(Key.Key_Down)
        library.settle()
    assert bench.projects.list.hasFocus()
    assert bench.projects.list.currentIndex().row() == 2


def test_models_keep_qts_rules(library, qtmodeltester):
    _, _, bench = open_goal(library)
    for model in (bench.goal_pane.model, bench.picker.model, bench.projects.model, bench.checklist.model,
                  bench.form.plan_model, bench.form.basis_model):
        qtmodeltester.check(model)


def test_targets_are_kept_plain_and_shown_grouped():
    assert plain_target("１２，０００") == "12000"
    assert plain_target("=1200*10") == "12000"
    assert plain_target("80~90") == "80~90"
    assert plain_target("明显改善") == "明显改善"
    assert shown_target("12000") == "12,000"
    assert shown_target("明显改善") == "明显改善"
    assert [tag_of(word) for word in ("数量指标", "生态效益指标", "服务对象满意度指标", "经济成本指标")] == [
        "数量", "生态", "满意", "经济"]


def test_library_says_what_it_expects(library):
    _, _, bench = open_goal(library)
    by_name = {one.name: expected(one) for one in bench.picker.model.hits}
    assert by_name["沙化土地治理面积"] == "≥ ___ 万亩"
    assert by_name["沙化土地治理率"] == "≥ 60 %"


def test_the_sum_of_a_group_is_not_filled_down_into_points(library, person):
    made, _, bench = open_goal(library)
    view, source = bench.goal_pane.sheet.view, bench.goal_pane.source
    rows = [source.row_of(0) - 1, source.row_of(0)]
    view.go_to(rows[0], "weight")
    view.setFocus()
    person.presses_key(Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    person.presses_key(Key.Key_D, CTRL)
    library.settle()
    message = next(message for row, key, message in bench.goal_pane.unread() if (row, key) == (rows[1], "weight"))
    assert "不是一个数" in message
    person.presses_key(Key.Key_Z, CTRL)
    library.settle()
    assert bench.goal_pane.unread() == []
    assert goal_of(library).lines[0].weight == made.goal.lines[0].weight
