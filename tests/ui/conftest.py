"""What every test of windows has: the program's look, its normal type size, and pictures on request."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.grid.model import SheetModel
from desktop.ui.grid.sheet import Sheet
from desktop.ui.kit import typography
from desktop.ui.kit.theme import apply_theme
from desktop.ui.kit.tokens import NORMAL
from desktop.ui.tour.clipping import clipped
from tests.ui.budget_lines import COLUMNS, Lines

__all__ = ["clipped"]


@pytest.fixture(scope="session")
def qapp(qapp: QApplication) -> QApplication:
    """Give the application the program's look once."""
    apply_theme(qapp)
    return qapp


@pytest.fixture
def qtbot(qtbot: QtBot) -> Iterator[QtBot]:
    """Keep every added widget alive until the test is over.

    A window that only Qt knows could otherwise be collected in the middle of its own painting.
    """
    kept: list[QWidget] = []
    add = qtbot.addWidget

    def add_and_keep(widget: QWidget, **more: object) -> None:
        kept.append(widget)
        add(widget, **more)

    qtbot.addWidget = qtbot.add_widget = add_and_keep
    yield qtbot
    kept.clear()


@pytest.fixture(autouse=True)
def normal_type(qapp: QApplication) -> Iterator[None]:
    """Bring the type back to its normal size after a test that changed it."""
    yield
    if typography.base_size() != NORMAL:
        typography.set_base_size(NORMAL)


@pytest.fixture
def picture(request: pytest.FixtureRequest) -> Callable[[QWidget, str], None]:
    """Save a picture of a window into the folder named by BUDGETDESK_PICTURES, if it is set."""
    folder = os.environ.get("BUDGETDESK_PICTURES")

    def save(window: QWidget, name: str) -> None:
        if folder:
            Path(folder).mkdir(parents=True, exist_ok=True)
            window.grab().save(str(Path(folder) / f"{name}.png"))
    return save


@pytest.fixture
def lines() -> Lines:
    return Lines(6)


@pytest.fixture
def sheet(qtbot, lines: Lines) -> Iterator[Sheet]:
    model = SheetModel(COLUMNS, lines)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    made = Sheet(model, frozen=2, total=True)
    model.setParent(made)
    qtbot.addWidget(made)
    made.resize(700, 300)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.view.setFocus()
    return made


def type_text(widget: QWidget, text: str) -> None:
    """Type into a widget as an input method does; Qt's own test keys know Latin only."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(widget, event)
