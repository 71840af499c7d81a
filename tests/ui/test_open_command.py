"""`budgetdesk open`: from nothing to the rehearsal, and from a folder through its questions to the window."""

import shutil
import threading
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from desktop.commands import beginning, window
from desktop.commands.answer import Exit
from desktop.commands.homes import PASSWORD_VARIABLE, REHEARSAL_MARK, REHEARSAL_PASSWORD
from desktop.demo.story import UNIT_FOLDER
from desktop.domain.fault import Fault
from desktop.storage.workspace import open_workspace
from desktop.ui.app.beginning import MADE, STOP, MakingDialog, Rehearsal, prepare
from desktop.ui.kit.dialogs import Question
from desktop.ui.shell.main_window import MainWindow
from desktop.ui.welcome.wizard import Welcome
from tests.ui.app_fixture import PATIENCE, rehearsal, secrets_in

__all__ = ["rehearsal"]
Act = Callable[[Question], None] | Callable[[Welcome], None]


def press(key: str) -> Act:
    return lambda question: question.buttons[key].click()


def type_and_go(text: str) -> Act:
    def act(question: Question) -> None:
        question.findChild(QLineEdit).setText(text)
        question.buttons["go"].click()

    return act


class Screen:
    """Somebody before the screen: answers each question in order, then closes the window; keeps what was said."""

    def __init__(self) -> None:
        self.acts: list[Act] = []
        self.said: list[str] = []
        self.strips: list[str] = []
        self._timer = QTimer()
        self._timer.timeout.connect(self._look)
        self._timer.start(10)

    def stop(self) -> None:
        self._timer.stop()

    def _look(self) -> None:
        question = QApplication.activeModalWidget()
        if isinstance(question, MakingDialog):
            return
        if isinstance(question, Welcome):
            if question.isVisible():
                self.acts.pop(0)(question)
            return
        if isinstance(question, Question):
            if question.isVisible():
                self.said.append(" ".join(label.text() for label in question.findChildren(QLabel)))
                self.acts.pop(0)(question)
            return
        for one in QApplication.topLevelWidgets():
            if isinstance(one, MainWindow) and one.isVisible() and one.state().unit_name:
                self.strips.append(one.state().strip)
                one.close()


@pytest.fixture
def screen(qtbot: QtBot) -> Screen:
    made = Screen()
    yield made
    made.stop()
    assert made.acts == []


@pytest.fixture
def at_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Let this user's folders lie in a new place, with a display."""
    home = tmp_path / "data"
    monkeypatch.setattr(window, "default_home", lambda: home)
    monkeypatch.setattr(window, "rehearsal_home", lambda: home / "rehearsal")
    monkeypatch.setattr(window, "has_display", lambda: True)
    monkeypatch.setattr("platformdirs.user_data_dir", lambda *name, **more: str(home))
    monkeypatch.setattr("platformdirs.user_log_dir", lambda *name, **more: str(home / "log"))
    monkeypatch.delenv(PASSWORD_VARIABLE, raising=False)
    return home


def opened(folder: Path | None) -> Exit:
    return window.run(Namespace(workspace=folder))


def ways(way: str) -> Callable[[Welcome], None]:
    def act(welcome: Welcome) -> None:
        place = welcome.steps[1]
        welcome.go(1)
        if way == "demo":
            place.demo.click()
        else:
            welcome.reject()

    return act


class TestWithoutAWorkspace:
    def test_closing_leaves_nothing_behind(self, screen: Screen, at_home: Path) -> None:
        screen.acts = [ways("close")]
        assert opened(None) is Exit.GOOD
        assert not (at_home / "rehearsal").exists()
        assert not list(at_home.glob("*/workspace.json"))

    def test_the_rehearsal_is_made_and_opened_with_its_pins_told(
        self, screen: Screen, at_home: Path, rehearsal: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def make(home: Path, mark: str, secrets: object, tell: Callable[[str], None]) -> None:
            tell("正在演练：开年")
            shutil.copytree(rehearsal, home, dirs_exist_ok=True)
            (home / mark).write_text("演练", encoding="utf-8")

        monkeypatch.setattr(beginning, "make", make)
        screen.acts = [ways("demo"), press("seen")]
        assert opened(None) is Exit.GOOD
        assert "经办 张丽　签名口令 135790" in screen.said[0]
        assert screen.strips == ["演示数据 · 不会报送"]
        # The second time it lies there already.
        monkeypatch.setattr(beginning, "make", None)
        screen.acts = [ways("demo"), press("seen")]
        assert opened(None) is Exit.GOOD
        assert len(screen.strips) == 2

    def test_a_rehearsal_that_is_open_elsewhere_is_told(self, screen: Screen, at_home: Path, rehearsal: Path) -> None:
        home = at_home / "rehearsal"
        shutil.copytree(rehearsal, home)
        (home / REHEARSAL_MARK).write_text("演练", encoding="utf-8")
        screen.acts = [ways("demo"), press("seen"), press("switch"), press("close")]
        with open_workspace(home / UNIT_FOLDER, secrets_in(home)):
            assert opened(None) is Exit.REFUSED
        assert "数据文件正在另一处打开" in screen.said[1]
        assert "没有回应" in screen.said[2]

    def test_a_disk_that_refuses_is_told_and_the_first_start_comes_again(self, screen: Screen, at_home: Path) -> None:
        at_home.mkdir(parents=True)
        (at_home / "rehearsal").write_text("a file in the place of the folder", encoding="utf-8")
        screen.acts = [ways("demo"), press("seen"), ways("close")]
        assert opened(None) is Exit.GOOD
        assert "不是文件夹" in screen.said[0] or "没有读写权限" in screen.said[0] or "磁盘" in screen.said[0]


class TestMaking:
    def test_it_shows_each_step_and_the_window_stays_alive(self, qtbot: QtBot) -> None:
        gate = threading.Event()

        def make(tell: Callable[[str], None]) -> None:
            tell("正在演练：11 月的单据")
            assert gate.wait(PATIENCE / 1000)

        dialog = MakingDialog(make)
        qtbot.addWidget(dialog)
        dialog.show()
        qtbot.waitUntil(lambda: "11 月的单据（已用" in dialog.words(), timeout=PATIENCE)
        gate.set()
        qtbot.waitUntil(lambda: not dialog.isVisible(), timeout=PATIENCE)
        assert (dialog.answer, dialog.error) == (MADE, None)

    @pytest.mark.parametrize("way_out", [lambda dialog: dialog.buttons[STOP].click(), MakingDialog.close])
    def test_stopping_waits_for_the_step_and_makes_no_more(
        self, qtbot: QtBot, way_out: Callable[[MakingDialog], object]
    ) -> None:
        begun, gate, steps = threading.Event(), threading.Event(), []

        def make(tell: Callable[[str], None]) -> None:
            begun.set()
            assert gate.wait(PATIENCE / 1000)
            tell("下一步")
            steps.append("made after the stop")

        dialog = MakingDialog(make)
        qtbot.addWidget(dialog)
        dialog.show()
        assert begun.wait(PATIENCE / 1000)
        way_out(dialog)
        assert dialog.isVisible()
        assert "正在停止" in dialog.words()
        gate.set()
        qtbot.waitUntil(lambda: not dialog.isVisible(), timeout=PATIENCE)
        assert (dialog.answer, dialog.error, steps) == (STOP, None, [])

    def test_a_fault_is_told_in_its_words(self, screen: Screen) -> None:
        def make(tell: Callable[[str], None]) -> None:
            raise Fault("DISK_FULL", folder="/data")

        screen.acts = [press("seen")]
        assert not prepare(Rehearsal(made=False, make=make, people=()))
        assert "磁盘空间不足" in screen.said[0]

    def test_a_mistake_of_ours_is_not_hidden(self, screen: Screen) -> None:
        def make(tell: Callable[[str], None]) -> None:
            raise ZeroDivisionError("a bug")

        with pytest.raises(ZeroDivisionError):
            prepare(Rehearsal(made=False, make=make, people=()))


@pytest.fixture
def unit(rehearsal: Path, at_home: Path) -> Path:
    """Copy the rehearsal's unit without the mark that makes its password known."""
    shutil.copytree(rehearsal, at_home)
    return at_home / UNIT_FOLDER


class TestAWorkspace:
    def test_the_one_used_last_opens_after_its_password(self, screen: Screen, unit: Path) -> None:
        screen.acts = [type_and_go("wrong"), type_and_go(REHEARSAL_PASSWORD)]
        assert opened(None) is Exit.GOOD
        assert "密码不正确" in screen.said[1]
        assert screen.strips == [""]

    def test_a_locked_one_can_be_looked_at(self, screen: Screen, unit: Path) -> None:
        screen.acts = [type_and_go(REHEARSAL_PASSWORD), press("look")]
        with open_workspace(unit, secrets_in(unit.parent)):
            assert opened(unit) is Exit.GOOD
        assert "只读打开" in screen.strips[0]

    def test_without_its_key_it_asks_for_the_recovery_code(self, screen: Screen, unit: Path) -> None:
        secrets_in(unit.parent).forget(f"workspace:{_id(unit)}")
        screen.acts = [type_and_go(REHEARSAL_PASSWORD), press("code"), press("back")]
        assert opened(unit) is Exit.GOOD
        assert "恢复码" in screen.said[2]
        assert screen.strips == []

    def test_a_damaged_one_is_restored_from_its_backup_and_opens(self, screen: Screen, unit: Path) -> None:
        database = unit / "books.db"
        database.write_bytes(database.read_bytes()[:20_000])
        screen.acts = [type_and_go(REHEARSAL_PASSWORD), press("restore")]
        assert opened(unit) is Exit.GOOD
        assert screen.strips == [""]

    def test_a_folder_with_a_broken_mark_is_told(self, screen: Screen, unit: Path) -> None:
        (unit / "workspace.json").write_text("{}", encoding="utf-8")
        screen.acts = [type_and_go(REHEARSAL_PASSWORD), press("seen")]
        assert opened(unit) is Exit.GOOD
        assert screen.strips == []


def _id(unit: Path) -> str:
    with open_workspace(unit, secrets_in(unit.parent), readonly=True) as workspace:
        return workspace.id
