"""The goal editor by keys alone, over the whole library and real books, in the program's own window."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog

from desktop.domain.document import State
from desktop.domain.goal import GoalLine, PerformanceGoal
from desktop.domain.head import Kind
from desktop.ui.performance.bench import Bench
from desktop.ui.performance.session import PerformanceSession
from desktop.ui.tour.program import AppDriver
from desktop.usecases.ports import Books
from tests.ui.app_fixture import Shown, rehearsal, shown
from tests.ui.payment_keys import CTRL, NONE, Key, Person

__all__ = ["rehearsal", "shown"]

SEARCHES = {"gsmm": 2, "shtd": 2, "zszy": 1, "zsdd": 1, "sqnm": 1}
YEAR_GOAL = "投入60万元治理沙化土地0.06万亩，栽植固沙苗木4.8万株，当年成活率70%以上，沙区农牧民满意度88%以上。"
VALUES = {"固沙苗木栽植株数": "48000", "沙化土地治理面积": "0.06", "治沙带动农牧民劳务收入": "18"}
ANY = "3"
SCHOOL, SAND = "中小学校舍维修改造", "沙地锁边治理"
# Line, column, what is typed, the rule that speaks and words of what it says.
WRONG = (
    ("固沙苗木当年成活率", "target", "abc", "P-20", "abc"),
    ("固沙苗木当年成活率", "target", "101", "P-20", "101"),
    ("治沙作业季节完成率", "due", "2028-06-30", "P-10", "2028"),
)
MOST_STEPS, MOST_KEYS = 60, 60


class Desk:
    """One person at the window; every key goes to whatever has the focus."""

    def __init__(self, shown: Shown, folder: Path) -> None:
        self.shown, self.person = shown, Person()
        self.hands = AppDriver(shown.window, folder)

    @property
    def bench(self) -> Bench:
        return self.shown.window.findChildren(Bench)[0]

    @property
    def session(self) -> PerformanceSession:
        assert self.bench.session is not None
        return self.bench.session

    @property
    def goal(self) -> PerformanceGoal:
        assert self.session.goal is not None
        return self.session.goal

    def line(self) -> GoalLine:
        """Return the line under the cursor."""
        pane = self.bench.goal_pane
        line = pane.current() if pane is not None else None
        assert line is not None
        return line

    def said(self) -> str:
        """Return the last message."""
        return self.shown.window.toast.messages[0]

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = NONE, times: int = 1) -> None:
        for _ in range(times):
            self.person.presses_key(key, modifier)
            self.hands.settle()

    def back(self) -> None:
        """Come back from a dialog: no window manager gives the window its keyboard back here."""
        self.shown.window.activateWindow()
        self.hands.settle()

    def enter(self, text: str) -> None:
        self.person.types(text)
        self.press(Key.Key_Return)

    def reach(self, name: str, key: Qt.Key = Key.Key_Tab) -> None:
        """Go on from field to field, or with F3 from finding to finding, until one has this name."""
        for _ in range(MOST_STEPS):
            if self.person.at().accessibleName() == name:
                return
            self.press(key)
        raise AssertionError(f"{name} is not reached by keys; the focus is at {self.person.at().accessibleName()}")

    def new_project(self, name: str, function: str) -> None:
        self.press(Key.Key_3, Qt.KeyboardModifier.AltModifier)

        def answer(dialog: QDialog) -> None:
            self.person.types(name)
            self.person.presses_key(Key.Key_Tab, times=2)
            self.person.types(function)
            self.person.presses_key(Key.Key_Tab)
            self.person.presses_key(Key.Key_Return)

        self.hands.answering(answer, lambda: self.person.presses_key(Key.Key_F5))
        self.back()
        assert self.session.project.name == name

    def fill_project(self, amount: str) -> None:
        self.reach("联系电话")
        self.person.types("0482-8219001")
        self.reach("分年度资金计划")
        for cell in ("2027", "111", "bjcl", amount):
            self.enter(cell)
        self.press(Key.Key_F8)
        self.reach("立项依据", Key.Key_F3)
        for cell in ("校舍安全管理办法", "教发〔2024〕7号", "第三章"):
            self.enter(cell)

    def pick_seven(self) -> None:
        """Search, tick and add seven indicators, and take the points that are proposed."""
        self.reach("搜索指标库", Key.Key_F6)
        for typed, count in SEARCHES.items():
            self.person.types(typed)
            self.hands.settle()
            for _ in range(count):
                self.press(Key.Key_Down)
                self.press(Key.Key_Space)
            self.press(Key.Key_Escape, times=2)
        self.press(Key.Key_Return)
        assert len(self.goal.lines) == 7
        self.reach("项目", Key.Key_F6)
        self.reach("采用建议", Key.Key_Backtab)
        self.press(Key.Key_Space)

    def go_to(self, name: str, key: str = "target") -> None:
        """Put the cursor on a cell of an indicator's line."""
        pane = self.bench.goal_pane
        assert pane is not None
        place = next(at for at, line in enumerate(self.goal.lines) if line.name == name)
        pane.sheet.view.go_to(pane.source.row_of(place), key)
        pane.sheet.view.setFocus()
        self.hands.settle()

    def told(self, rule: str) -> str:
        """Let the rules look, and return what one of them says."""
        self.press(Key.Key_F8)
        return next(row.text for row in self.bench.problems.rows() if row.rule == rule)

    def undo(self) -> None:
        """Take the last step back, from the table."""
        pane = self.bench.goal_pane
        assert pane is not None
        pane.sheet.view.setFocus()
        self.press(Key.Key_Z, CTRL)

    def in_dialog(self, act: Callable[[QDialog], None], key: Qt.Key, modifier: Qt.KeyboardModifier) -> None:
        """Press what opens a dialog, act in it by keys, and come back from it."""
        def answer(dialog: QDialog) -> None:
            self.hands.settle()
            act(dialog)

        self.hands.answering(answer, lambda: self.person.presses_key(key, modifier))
        self.back()

    def states(self) -> list[State]:
        """Return how project and goal stand."""
        return [one.state for one in self.session.documents()]


@pytest.fixture
def desk(shown: Shown, tmp_path: Path) -> Desk:
    return Desk(shown, tmp_path)


def test_a_proposed_goal_is_taken_filled_and_handed_over_by_keys_alone(desk: Desk) -> None:
    desk.new_project(SCHOOL, "2050299")
    desk.fill_project("120万")
    desk.in_dialog(lambda dialog: desk.person.presses_key(Key.Key_Return, CTRL), Key.Key_J, CTRL)
    assert len(desk.goal.lines) >= 7
    assert desk.goal.year_goal
    open_lines = [line for line in desk.goal.lines if not line.target]
    desk.press(Key.Key_F8)
    for _ in open_lines:
        desk.enter(VALUES.get(desk.line().name, ANY))
        desk.press(Key.Key_F3)
    desk.press(Key.Key_F8)
    assert desk.said() == "审核通过：项目和绩效目标没有错误，可以送复核。"
    desk.reach("项目", Key.Key_F6)
    desk.reach("送复核", Key.Key_Backtab)
    desk.press(Key.Key_Space)
    assert desk.states() == [State.PRESENTED, State.PRESENTED]
    assert desk.said() == "已送复核，等待复核人审核。"


def test_seven_lines_by_search_and_ticks_take_at_most_sixty_keys(desk: Desk) -> None:
    desk.new_project(SAND, "2130217")
    desk.fill_project("60万")
    desk.hands.tab("绩效目标")
    desk.person.presses = 0
    desk.pick_seven()
    desk.press(Key.Key_F8)
    while desk.bench.problems.rows():
        if desk.person.at().accessibleName() == "年度总体目标":
            desk.person.types(YEAR_GOAL)
        else:
            desk.enter(VALUES.get(desk.line().name, ANY))
        desk.press(Key.Key_F3)
    desk.press(Key.Key_F8)
    assert desk.said() == "审核通过：项目和绩效目标没有错误，可以送复核。"
    assert desk.person.presses <= MOST_KEYS, f"{desk.person.presses} keys"


def test_bad_input_ends_in_a_sentence_and_undo_brings_everything_back(desk: Desk, tmp_path: Path) -> None:
    desk.new_project(SAND, "2130217")
    desk.hands.tab("绩效目标")
    desk.pick_seven()
    before = desk.goal
    for name, key, typed, rule, said in WRONG:
        desk.go_to(name, key)
        desk.enter(typed)
        assert said in desk.told(rule)
        desk.undo()
        assert desk.goal == before, name
    desk.bench.acts.choose_profile("WITH_COST")
    desk.bench.acts.by_library()
    assert "成本指标" in desk.said()
    for _ in range(2):
        desk.undo()
    assert desk.goal == before
    _paste_far_too_much(desk)
    assert desk.goal == before
    program = tmp_path / "绩效目标申报表.xlsx"
    program.write_bytes(b"MZ\x90\x00" + bytes(range(256)) * 40)
    desk.bench.form_acts.read(program, desk.goal)
    desk.hands.settle()
    assert "没有改动任何内容" in desk.said()
    assert desk.goal == before
    assert desk.shown.do(_stored_goal) == before


def _paste_far_too_much(desk: Desk) -> None:
    """Paste 5,000 characters into the year's goal, hear of it, and take it back."""
    pane = desk.bench.goal_pane
    assert pane is not None
    pane.year.area.setFocus()
    QApplication.clipboard().setText("治沙" * 2500)
    desk.press(Key.Key_V, CTRL)
    desk.press(Key.Key_Tab)
    assert len(desk.goal.year_goal) == 5000
    assert "5000 个字" in desk.told("P-16")
    desk.undo()


def _stored_goal(books: Books) -> PerformanceGoal:
    with books:
        goals = [one.content for one in books.documents.of_kind(Kind.GOAL, 2027)]
    return next(one for one in goals if isinstance(one, PerformanceGoal) and one.project_name == SAND)
