"""The rehearsal's unit and platform behind the real window: made once, copied for each test."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.bootstrap import read_evoucher
from desktop.commands.homes import REHEARSAL_PASSWORD, SECRETS_FILE
from desktop.demo.material import pins
from desktop.demo.stage import Stage, make, open_stage
from desktop.ui.app.start import nobody
from desktop.ui.app.window import build_app, close_app
from desktop.ui.app.wiring import Wiring
from desktop.ui.home.page import HomePage
from desktop.ui.kit.dialogs import Question
from desktop.ui.shell.main_window import MainWindow
from desktop.ui.sync.page import SyncPage
from desktop.ui.tasks import Tasks
from desktop.usecases.ports import Books
from sync.secrets import PasswordFileStore

MARK = "made.txt"
PATIENCE = 30_000  # milliseconds that a busy machine may take


_made: list[Path] = []


def secrets_in(home: Path) -> PasswordFileStore:
    """Return the rehearsal's store of secrets."""
    return PasswordFileStore(home / SECRETS_FILE, REHEARSAL_PASSWORD)


@pytest.fixture(scope="session")
def rehearsal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the rehearsal's year once for all modules that use it."""
    if not _made:
        home = tmp_path_factory.mktemp("rehearsal")
        make(home, MARK, secrets_in, lambda line: None)
        _made.append(home)
    return _made[0]


def answer_pin(*pins: str) -> list[str]:
    """Type these PINs into the questions that come, each with Enter; return what each question said."""
    said: list[str] = []
    left = list(pins)

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, Question) and left:
            said.append(" ".join(label.text() for label in dialog.findChildren(QLabel)))
            field = dialog.findChild(QLineEdit)
            QTest.keyClicks(field, left.pop(0))
            QTest.keyClick(field, Qt.Key.Key_Return)
        if left:
            QTimer.singleShot(10, look)

    QTimer.singleShot(0, look)
    return said


@dataclass(slots=True)
class Shown:
    """The window on the screen."""

    qtbot: QtBot
    stage: Stage
    window: MainWindow
    said: list[tuple[str, str]]

    @property
    def wiring(self) -> Wiring:
        return self.window.findChild(Wiring)

    @property
    def home(self) -> HomePage:
        page = self.window.page("home")
        assert isinstance(page, HomePage)
        return page

    @property
    def sync(self) -> SyncPage:
        page = self.window.page("sync")
        assert isinstance(page, SyncPage)
        return page

    def settle(self) -> None:
        """Wait until all work has come back."""
        tasks = self.window.findChild(Tasks)
        self.qtbot.waitUntil(lambda: tasks.busy() == 0, timeout=PATIENCE)

    def open(self, page: str, argument: str = "") -> None:
        self.wiring.open_page(page, argument)
        self.settle()

    def sit(self, post: str) -> str:
        """Let the person with this word of a post take the seat; return their PIN."""
        officer = next(one for one in self.window.state().officers if one.post == post)
        pin = pins()[officer.id.partition("|")[0]]
        if post != "经办":
            answer_pin(pin)
        self.window.officer_switch_requested.emit(officer.id)
        self.settle()
        self.window.activateWindow()  # no window manager does it here when the question closes
        self.qtbot.waitUntil(self.window.isActiveWindow)
        return pin

    def press(self, key: Qt.Key, widget: QWidget | None = None,
              modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.qtbot.keyClick(widget or self.window.focusWidget() or self.window, key, modifier)

    def run(self) -> None:
        """Open the check sheet by F12, start by Enter, and wait for the end."""
        self.press(Qt.Key.Key_F12)
        self.settle()
        self.press(Qt.Key.Key_Return, self.sync.check.start)
        self.wait_for_end()

    def wait_for_end(self) -> None:
        self.qtbot.waitUntil(lambda: not self.wiring.runner.running, timeout=PATIENCE)
        self.settle()

    def do(self, work: Callable[[Books], Any]) -> Any:
        """Run work over the books where the window runs it."""
        done: list[Any] = []
        self.wiring.context.run(self.window, work, done.append)
        self.settle()
        return done[0]


@pytest.fixture
def shown(qtbot: QtBot, rehearsal: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Shown]:
    """Show the window over a copy of the rehearsal, with its platform on loopback."""
    said: list[tuple[str, str]] = []

    def tell(title: str, body: str, **more: object) -> None:
        said.append((title, body))

    def ask(title: str, body: str, verbs: object, **more: object) -> str:
        said.append((title, body))
        return "go_on"

    monkeypatch.setattr("desktop.ui.app.complaints.tell", tell)
    monkeypatch.setattr("desktop.ui.app.complaints.ask", ask)
    monkeypatch.setattr("desktop.ui.home.page.tell", tell)
    home = tmp_path / "rehearsal"
    shutil.copytree(rehearsal, home)
    with open_stage(home, secrets_in(home)) as stage:
        installation = stage.installation
        window = build_app(installation, read_evoucher, nobody(installation), log_folder=tmp_path / "log")
        window.resize(1366, 768)
        with qtbot.waitActive(window, timeout=PATIENCE):
            window.show()
            window.activateWindow()
        shown = Shown(qtbot, stage, window, said)
        shown.settle()
        yield shown
        close_app(window)
        window.deleteLater()
