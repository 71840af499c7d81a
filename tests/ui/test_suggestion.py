"""智能推荐, worked by keys: lines are looked at, ticked, exchanged and taken over; what was typed stays."""

from dataclasses import replace
from decimal import Decimal

import pytest

from desktop.domain.goal import Level1, Operator, PerformanceGoal
from desktop.domain.head import Head, Kind
from desktop.domain.library import Indicator, WeightProfile
from desktop.domain.suggesting.library_index import LibraryIndex
from desktop.domain.suggesting.proposal import Brief
from desktop.domain.suggesting.propose import Rules
from desktop.ui.kit.typography import set_base_size
from desktop.ui.performance.suggestion import SuggestionDialog
from desktop.usecases.propose_goal import suggest
from tests.data import school
from tests.ui.conftest import clipped
from tests.ui.payment_keys import CTRL, Key, Person
from tests.ui.planning_fixture import library

__all__ = ["library"]

PROFILE = WeightProfile("WITH_COST", "有成本指标", Decimal(20), Decimal(40), Decimal(20), Decimal(10))
BRIEF = Brief("中小学校舍维修改造", Decimal(1200000), 2027, profile="WITH_COST")
GOAL = PerformanceGoal(Head("g", Kind.GOAL, "1.0", "219001", "k", 2027, 1, "zhangli"), "p", BRIEF.name, "WITH_COST")


@pytest.fixture
def person() -> Person:
    return Person()


def proposed(goal: PerformanceGoal = GOAL):
    return suggest(BRIEF, LibraryIndex(school.INDICATORS, school.CASES, ()), Rules({"WITH_COST": PROFILE}))


@pytest.fixture
def dialog(qtbot):
    made = SuggestionDialog(BRIEF, GOAL)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitActive(made)
    made.show_suggestion(proposed())
    return made


def names(dialog: SuggestionDialog) -> list[str]:
    return [one.indicator.name for one in dialog.model.picked()]


def test_enter_takes_what_is_ticked_and_space_unticks(dialog, person):
    assert dialog.list.hasFocus()
    first = dialog.row().one.indicator.name
    person.presses_key(Key.Key_Space)
    assert first not in names(dialog)
    person.presses_key(Key.Key_Return)
    assert dialog.picked
    assert first not in [one.indicator.name for one in dialog.picked]


def test_control_enter_takes_all_even_what_is_not_ticked(dialog, person):
    person.presses_key(Key.Key_Space)
    person.presses_key(Key.Key_Return, CTRL)
    assert len(dialog.picked) == len([row for row in dialog.model.rows if row.one is not None])


def test_points_are_split_anew_over_what_stays_ticked(dialog, person):
    cost = [row.one for row in dialog.model.rows if row.one is not None and row.level is Level1.COST]
    assert len(cost) == 2
    person.presses_key(Key.Key_Space)
    assert dialog.model.points == {**dialog.model.points, cost[1].indicator.code: Decimal(20)}
    assert dialog.model.group_points(Level1.COST) == (20, 20)
    assert "90 / 90" in dialog._count.text()


def test_a_level_without_ticks_says_that_its_points_are_missing(dialog, person):
    person.presses_key(Key.Key_Up)  # the heading
    assert dialog.row().one is None
    person.presses_key(Key.Key_Space)
    assert dialog.model.group_points(Level1.COST) == (0, 20)
    assert "70 / 90" in dialog._count.text()


def test_a_line_is_exchanged_for_one_of_the_next_best(dialog, person):
    at = next(at for at, row in enumerate(dialog.model.rows) if row.others)
    dialog.list.setCurrentIndex(dialog.model.index(at))
    old, other = dialog.model.rows[at].one, dialog.model.rows[at].others[0]
    dialog.detail.exchanges[0].click()
    assert dialog.model.rows[at].one is other
    assert dialog.model.rows[at].others[0] is old
    assert other.indicator.name in names(dialog)
    assert old.indicator.name not in names(dialog)


def test_arrow_right_offers_the_next_best_in_a_menu(dialog, person, qtbot):
    at = next(at for at, row in enumerate(dialog.model.rows) if row.others)
    dialog.list.setCurrentIndex(dialog.model.index(at))
    other = dialog.model.rows[at].others[0]
    dialog._offer_others()
    assert other.indicator.name in dialog._menu.actions()[0].text()
    dialog._menu.actions()[0].trigger()
    dialog._menu.close()
    assert dialog.model.rows[at].one is other


def test_f4_shows_and_hides_what_a_line_rests_on(dialog, person):
    shown = not dialog.detail.isHidden()
    person.presses_key(Key.Key_F4)
    assert dialog.detail.isHidden() is shown
    person.presses_key(Key.Key_F4)
    assert dialog.detail.isHidden() is not shown


def test_nothing_found_says_what_to_do_and_escape_leaves(dialog, person):
    dialog.show_suggestion(None)
    assert "立项" in dialog.nothing.sentence()
    assert not dialog.take.isVisible()
    dialog.back.setFocus()
    person.presses_key(Key.Key_Escape)
    assert dialog.picked == []
    assert not dialog.isVisible()


def test_lines_of_the_goal_are_shown_as_there_and_not_taken_again(qtbot, person):
    one = proposed().proposal.lines[0].candidate
    line = replace(school.line(one.indicator), weight=Decimal(5))
    made = SuggestionDialog(BRIEF, replace(GOAL, lines=(line,), year_goal="已写好的目标"))
    qtbot.addWidget(made)
    made.show_suggestion(proposed())
    assert next(row.here for row in made.model.rows if row.one is not None)
    assert one.indicator.name not in names(made)
    assert made.model.group_points(Level1.COST) == (20, 20)
    assert made._text.text() == ""


def test_the_rows_are_a_sound_model(dialog, qtmodeltester):
    qtmodeltester.check(dialog.model)


@pytest.mark.parametrize(("width", "height", "points"), [(1093, 557, 10), (1366, 697, 10), (1093, 557, 13)])
def test_nothing_is_clipped(qtbot, width, height, points):
    set_base_size(points)
    try:
        host = SuggestionDialog(BRIEF, GOAL)
        qtbot.addWidget(host)
        host.resize(width, height)
        made = SuggestionDialog(BRIEF, GOAL, host)
        made.show_suggestion(proposed())
        made.show()
        qtbot.waitExposed(made)
        assert made.width() <= width
        assert made.height() <= height
        assert clipped(made) == []
    finally:
        set_base_size(10)


# -- over real books


def test_a_begun_goal_is_offered_a_proposal_and_takes_it_as_one_step(library, person, monkeypatch, qtbot):
    library.project(goal=False)
    _, bench = library.bench()
    bench.begin.setFocus()
    person.presses_key(Key.Key_Space)
    library.settle()
    assert bench.suggesting.band.isVisible()

    def worked(dialog: SuggestionDialog) -> int:
        qtbot.waitUntil(lambda: dialog.suggestion is not None, timeout=90_000)
        assert "防沙治沙" in dialog._about.text()
        dialog._take(False)
        return 1

    monkeypatch.setattr(SuggestionDialog, "exec", worked)
    bench.suggesting.button.click()
    library.settle()
    goal = library.stored(Kind.GOAL)[0].content
    assert len(goal.lines) >= 6
    assert sum(line.weight for line in goal.lines) == 90
    assert "100万元" in goal.year_goal
    assert not bench.suggesting.band.isVisible()
    assert not bench.bands.proposal.isVisible()  # the points that it would propose are there
    assert all(line.target for line in goal.lines if line.unit == "%" and line.operator is Operator.GE)
    bench.session.undo_stack.undo()
    library.settle()
    assert library.stored(Kind.GOAL)[0].content.lines == ()


def test_the_library_is_indexed_once_for_an_edition(library, monkeypatch):
    made = library.project()
    _, bench = library.bench()
    proposer, brief = bench.suggesting._proposer, replace(BRIEF, name=made.project.name, profile="")
    assert proposer.propose(library.do, brief) is not None
    first = proposer._index
    assert proposer.propose(library.do, brief) is not None
    assert proposer._index is first
    assert isinstance(first.entries[0], Indicator)
