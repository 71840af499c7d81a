"""What a goal is taken from, by keys: last year's goal, cases, indicators that the unit writes itself."""

from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtWidgets import QApplication

from desktop.domain.goal import Level1, LibraryKind
from desktop.ui.kit.dialogs import Question
from desktop.ui.kit.typography import set_base_size
from desktop.ui.performance.cases import CaseQuestion
from desktop.ui.performance.last_year import LastYearQuestion
from desktop.ui.performance.own_form import OwnQuestion
from desktop.usecases.apply_answer import apply_snapshot
from desktop.usecases.write_document import create
from tests.ui import planning_fixture
from tests.ui.conftest import clipped
from tests.ui.goal_hands import at_dialog, goal_of, open_goal, undone
from tests.ui.payment_keys import Key, Person
from tests.ui.planning_fixture import YEAR, library

__all__ = ["at_dialog", "library"]


@pytest.fixture
def person() -> Person:
    return Person()


# -- last year


def with_last_year(library, made, **changes: object) -> None:
    """Store the goal of the year before, with one indicator that the library no longer has."""

    def work(books):
        head = replace(made.goal.head, doc_id="last-year", key=f"L-old@{YEAR - 1}", fiscal_year=YEAR - 1)
        gone = replace(made.goal.lines[5], line_id="gone", indicator_code="HY0000000000", name="老的一条")
        lines = (*made.goal.lines[:3], replace(made.goal.lines[4], target="66", line_id="rate"), gone)
        create(books, library.seat("zhangli"), replace(made.goal, head=head, project_key="L-old", lines=lines))

    library.do(work)


def test_last_years_lines_are_taken_with_their_values_as_one_step(library, person, at_dialog):
    made = library.project()
    with_last_year(library, made)
    _, bench = library.bench()
    kept = tuple(line for line in made.goal.lines if line.level1 is Level1.OUTPUT)
    bench.session.change_goal(replace(made.goal, lines=kept), "x")
    library.settle()
    before = goal_of(library)

    def act(dialog: LastYearQuestion) -> None:
        assert dialog.buttons["take"].text() == "带入 4 条"  # the lost one cannot be taken
        assert [dialog.rows.value(row, "after") for row in (3, 4)] == ["加入，≥ 66 %", "已停用，没有接替的指标"]
        dialog.sheet.view.setFocus()
        person.presses_key(Key.Key_Space)  # not the first one
        person.presses_key(Key.Key_Return)

    at_dialog(LastYearQuestion, act)
    bench.tools.fillers["取上年指标"].click()
    library.settle()
    goal = goal_of(library)
    rate = next(line for line in goal.lines if line.name == "沙化土地治理率")
    assert (rate.target, rate.last_target) == ("66", "66")
    assert len(goal.lines) == len(kept) + 1
    assert bench.session.undo_stack.undoText() == "取上年指标 3 条"
    assert undone(library, person, bench, before)


def test_last_years_values_may_only_be_compared_with(library, person, at_dialog):
    made = library.project()
    with_last_year(library, made)
    _, bench = library.bench()
    bench.session.change_goal(replace(made.goal, lines=()), "x")
    library.settle()

    def act(dialog: LastYearQuestion) -> None:
        dialog.mode.setFocus()
        person.presses_key(Key.Key_Right)
        dialog.sheet.view.setFocus()
        person.presses_key(Key.Key_Return)

    at_dialog(LastYearQuestion, act)
    bench.acts.last_year()
    library.settle()
    rate = next(line for line in goal_of(library).lines if line.name == "沙化土地治理率")
    assert (rate.target, rate.last_target, rate.weight) == ("", "66", Decimal(20))


def test_what_cannot_be_taken_says_why_in_a_sentence(library):
    _, bench = open_goal(library)
    bench.acts.last_year()
    library.settle()
    assert library.said[0].startswith(f"没有找到 {YEAR - 1} 年的绩效目标")
    bench.acts.own()
    library.settle()
    assert library.said[0].startswith("本地区没有开放自拟指标")


# -- cases


def test_a_case_is_found_by_letters_and_taken_whole_in_place(library, person, at_dialog):
    made, bench = open_goal(library)
    before = goal_of(library)

    def act(dialog: CaseQuestion) -> None:
        assert dialog.rows.found[0].function_code.startswith("213")
        dialog.search.setFocus()
        person.types("sb")
        library.settle()
        assert dialog.current().project_name.startswith("三北")
        dialog.replace.click()
        dialog.targets.click()
        dialog.search.setFocus()
        person.presses_key(Key.Key_Return)

    at_dialog(CaseQuestion, act)
    bench.tools.fillers["参考案例"].click()
    library.settle()
    goal = goal_of(library)
    profile = bench.session.desk.profiles[goal.profile]
    assert profile.cost == 20
    assert [goal.weight_of(level) for level in Level1] == [profile.points(level) for level in Level1]
    assert all(line.target for line in goal.lines)
    assert goal.year_goal == made.goal.year_goal
    assert undone(library, person, bench, before)


def test_ticked_lines_of_a_case_are_added_without_their_values(library, person, at_dialog):
    made, bench = open_goal(library)

    def act(dialog: CaseQuestion) -> None:
        library.settle()
        wanted = {place for place, line in enumerate(dialog.lines.case.lines) if line.name == "沙障完好率"}
        dialog.lines.on.intersection_update(wanted)
        dialog.line_model.refresh()
        dialog.buttons["ticked"].click()

    at_dialog(CaseQuestion, act)
    bench.acts.cases()
    library.settle()
    goal = goal_of(library)
    added = next(line for line in goal.lines if line.name == "沙障完好率")
    assert added.target == ""
    assert len(goal.lines) == len(made.goal.lines) + 1
    assert [goal.weight_of(level) for level in Level1] == [0, 50, 30, 10]


# -- own indicators


def allow_own(library) -> None:
    """Let the bureau open own indicators in its next edition."""

    def work(books):
        public = {name: list(rows) for name, rows in planning_fixture._public(False).items()}
        public["parameter"].append({"name": "custom_indicators", "value": "1", "source": "x"})
        with books:
            apply_snapshot(books, library.seat("zhangli"), "public", 4, public)
            books.commit()

    library.do(work)


def test_an_own_indicator_is_written_by_keys_marked_and_counted(library, person, at_dialog):
    allow_own(library)
    made, bench = open_goal(library)

    def act(dialog: OwnQuestion) -> None:
        person.types("牧民夜校开课场次")
        person.presses_key(Key.Key_Return)
        assert dialog.rest.isVisible()
        assert not dialog.buttons["go"].isEnabled()
        assert "合计最多 27 分" in dialog._share.text()
        dialog.level.setFocus()
        person.types("数量")
        person.presses_key(Key.Key_Return)
        said = ("全年开课的场次", "按签到表计数", "签到表", "库里没有夜校场次")
        pairs = zip((dialog.target, dialog.unit, *dialog.words.values()), ("12", "场", *said), strict=True)
        for field, words in pairs:
            field.setFocus()
            person.types(words)
        assert dialog.buttons["go"].isEnabled()
        person.presses_key(Key.Key_Return)

    at_dialog(OwnQuestion, act)
    bench.acts.own()
    library.settle()
    line = next(one for one in goal_of(library).lines if one.library_kind is LibraryKind.CUSTOM)
    assert (line.name, line.level2, line.target) == ("牧民夜校开课场次", "数量指标", "12")
    assert line.reason == "库里没有夜校场次"
    pane = bench.goal_pane
    row = pane.source.row_of(goal_of(library).lines.index(line))
    assert pane.source.value(row, "core").text == "自拟"
    assert not any(one.code == "P-02" for one in bench.session.look.goal_problems)
    assert any(one.words.startswith("自拟指标 1 条") for one in bench.checklist.shown)
    assert len(goal_of(library).lines) == len(made.goal.lines) + 1


def test_a_library_indicator_is_offered_first_and_taken_instead(library, person, at_dialog):
    allow_own(library)
    _, bench = open_goal(library)

    def act(dialog: OwnQuestion) -> None:
        person.types("沙障完好程度")
        assert "指标库里已有相近的" in dialog._said.text()
        offered = next(button for button in dialog.offers if "沙障完好率" in button.text())
        offered.click()

    at_dialog(OwnQuestion, act)
    bench.acts.own()
    library.settle()
    line = next(one for one in goal_of(library).lines if one.name == "沙障完好率")
    assert line.library_kind is not LibraryKind.CUSTOM


def test_nothing_is_clipped_in_the_dialogs_and_they_fit_a_small_window(library, at_dialog):
    set_base_size(13.0)
    made = library.project()
    with_last_year(library, made)
    allow_own(library)
    _, bench = library.bench(1093, 557)

    def act(dialog: Question) -> None:
        library.settle()
        if isinstance(dialog, OwnQuestion):
            dialog.name.setText("牧民夜校开课场次")
            dialog.buttons["go"].click()
        QApplication.processEvents()
        assert clipped(dialog) == [], type(dialog)
        assert dialog.width() <= 1093, type(dialog)
        assert dialog.height() <= 557, type(dialog)

    for kind in (LastYearQuestion, CaseQuestion, OwnQuestion):
        came = at_dialog(kind, act)
    for call in (bench.acts.last_year, bench.acts.cases, bench.acts.own):
        call()
        library.settle()
    assert len(came) == 3
