"""What tests of the goal page share: the goal on the bench, its cells, dialogs that somebody acts in."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication

from desktop.domain.goal import PerformanceGoal
from desktop.domain.head import Kind
from desktop.ui.kit.dialogs import Question
from desktop.ui.performance.bench import Bench
from desktop.ui.performance.reading import Work
from tests.ui.payment_keys import CTRL, Key, Person
from tests.ui.planning_fixture import Planning

At = Callable[[type[Question], Callable[[Question], None]], list[Question]]


@pytest.fixture
def at_dialog(monkeypatch: pytest.MonkeyPatch) -> At:
    """Let somebody act at a dialog of a class instead of waiting in it; gives back the dialogs that came."""
    came: list[Question] = []

    def give(kind: type[Question], act: Callable[[Question], None]) -> list[Question]:
        def stay(dialog: Question) -> int:
            came.append(dialog)
            dialog.show()
            QApplication.processEvents()
            act(dialog)
            dialog.close()
            return 0

        monkeypatch.setattr(kind, "exec", stay)
        return came

    return give


def goal_of(library: Planning) -> PerformanceGoal:
    """Return the stored goal of the budget year."""
    goal = next(one.content for one in library.stored(Kind.GOAL) if one.head.doc_id != "last-year")
    assert isinstance(goal, PerformanceGoal)
    return goal


def open_goal(library: Planning, size: tuple[int, int] = (1366, 768)) -> tuple[Work, Bench]:
    """Store the mock's project and goal and return them with the bench that shows them."""
    made = library.project()
    _, bench = library.bench(*size)
    return made, bench


def go_to(bench: Bench, place: int, key: str = "target") -> None:
    """Go to a cell of one of the goal's lines."""
    pane = bench.goal_pane
    assert pane is not None
    pane.sheet.view.go_to(pane.source.row_of(place), key)
    pane.sheet.view.setFocus()


def undone(library: Planning, person: Person, bench: Bench, before: PerformanceGoal) -> bool:
    """Take the last step back and say whether the goal is as it was."""
    assert bench.goal_pane is not None
    with library.qtbot.waitActive(bench.window()):
        bench.window().activateWindow()  # a dialog may have been over it
    bench.goal_pane.sheet.view.setFocus()
    person.presses_key(Key.Key_Z, CTRL)
    library.settle()
    return goal_of(library) == before
