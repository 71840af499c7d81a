"""Units and years: changing the unit in one run, colours, tabs that come back, and a past year."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.bootstrap import read_evoucher
from desktop.commands.homes import PASSWORD_VARIABLE, REHEARSAL_PASSWORD
from desktop.commands.window import opening_of
from desktop.demo.stage import open_stage
from desktop.demo.story import UNIT_FOLDER
from desktop.ui.app.memory import Memory
from desktop.ui.app.open_tabs import OpenTabs
from desktop.ui.app.start import nobody, open_and_run
from desktop.ui.app.units import Switching, color_of, default_color, keep_color, keep_name, unit_item
from desktop.ui.app.window import build_app, close_app
from desktop.ui.app.wiring import Wiring
from desktop.ui.kit.dialogs import Verb
from desktop.ui.kit.notes import FleetingNotes
from desktop.ui.kit.tokens import UNIT_COLORS
from desktop.ui.shell.main_window import MainWindow
from desktop.ui.tasks import Tasks
from desktop.usecases.ports import Books
from desktop.usecases.years import years_with_data
from tests.ui.app_fixture import Shown, rehearsal, secrets_in, shown

__all__ = ["rehearsal", "shown"]


class TestNames:
    def test_a_unit_is_named_without_being_opened_once_it_was_open(self, tmp_path: Path) -> None:
        notes = FleetingNotes()
        assert unit_item(notes, tmp_path / "unit-3").name == "unit-3"
        keep_name(notes, tmp_path / "unit-3", "021003", "市第九中学")
        item = unit_item(notes, tmp_path / "unit-3")
        assert (item.code, item.name, item.color) == ("021003", "市第九中学", default_color("021003"))

    def test_a_unit_keeps_its_colour_and_one_may_be_picked(self) -> None:
        notes = FleetingNotes()
        assert color_of(notes, "219001") == color_of(notes, "219001") == UNIT_COLORS["青"]
        assert {default_color(str(code)) for code in range(200)} == set(UNIT_COLORS.values())
        keep_color(notes, "219001", UNIT_COLORS["紫"])
        assert color_of(notes, "219001") == UNIT_COLORS["紫"]
        notes.keep_note("unit/color/219001", '"red"')
        assert color_of(notes, "219001") == UNIT_COLORS["青"]


class Driving:
    """Does one thing in each window that `open_and_run` shows, in order."""

    def __init__(self, *steps: Callable[[MainWindow], bool]) -> None:
        self._steps, self._seen = list(steps), list[MainWindow]()
        self._timer = QTimer()
        self._timer.timeout.connect(self._look)
        self._timer.start(10)

    def _look(self) -> None:
        window = next((one for one in QApplication.topLevelWidgets()
                       if isinstance(one, MainWindow) and one.isVisible()), None)
        tasks = window.findChild(Tasks) if window is not None else None
        ready = window is not None and tasks is not None and not tasks.busy() and window.state().officer.name
        if ready and self._steps and self._steps[0](window):
            self._steps.pop(0)
        if not self._steps:
            self._timer.stop()


def test_both_units_keep_what_was_being_typed_and_their_tabs(
    qtbot: QtBot, rehearsal: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(PASSWORD_VARIABLE, REHEARSAL_PASSWORD)
    units = [tmp_path / name / UNIT_FOLDER for name in ("first", "second")]
    for unit in units:
        shutil.copytree(rehearsal, unit.parent)
    told: list[str] = []
    purposes: list[list[str]] = []

    def wiring(window: MainWindow) -> Wiring:
        return window.findChild(Wiring)

    def begin(window: MainWindow) -> bool:
        if not window.documents():
            wiring(window).open_page("voucher", "new")
            return False
        return True

    def type_purpose(words: str) -> Callable[[MainWindow], bool]:
        def step(window: MainWindow) -> bool:
            field = window.front().form.paper.purpose
            field.setFocus()
            field.setText(words)
            field.textEdited.emit(words)
            return True
        return step

    def to(folder: Path) -> Callable[[MainWindow], bool]:
        def step(window: MainWindow) -> bool:
            told.append(window.windowTitle())
            window.unit_switch_requested.emit(str(folder))
            return True
        return step

    def read(window: MainWindow) -> bool:
        if not window.documents() or window.current_page() != "voucher":
            return False
        purposes.append([window.front().session.voucher.purpose])
        return True

    driving = Driving(begin, type_purpose("first"), to(units[1]), begin, type_purpose("second"), to(units[0]),
                      read, to(units[1]), read, lambda window: window.close())
    code = open_and_run(units[0], opening_of, read_evoucher, folders=lambda: units, memory_folder=tmp_path)
    assert driving is not None
    assert code == 0
    assert purposes == [["first"], ["second"]]
    assert len(told) == len(("there", "back", "there again"))


class TestTabs:
    def test_what_was_open_is_open_again_at_the_next_start_behind_the_home_page(
        self, qtbot: QtBot, rehearsal: Path, tmp_path: Path
    ) -> None:
        shutil.copytree(rehearsal, tmp_path / "home")
        keys: list[dict[str, list[str]]] = []
        for start in range(2):
            with open_stage(tmp_path / "home", secrets_in(tmp_path / "home")) as stage:
                memory = Memory(tmp_path)
                window = build_app(stage.installation, read_evoucher, nobody(stage.installation),
                                   log_folder=tmp_path, memory=memory)
                window.show()
                shown = Shown(qtbot, stage, window, [])
                shown.settle()
                if not start:
                    rows = shown.do(_vouchers)
                    for row in rows[:2]:
                        shown.open("voucher", row)
                shown.settle()
                keys.append(window.documents())
                assert window.current_page() == ("home" if start else "voucher")
                close_app(window)
                memory.write()
                window.deleteLater()
        assert len(keys[0]["voucher"]) == len(("one", "other"))
        assert keys[0] == keys[1]

    def test_a_note_that_names_nothing_known_is_passed_over(self, shown: Shown) -> None:
        shown.wiring.context.notes.keep_note("tabs/x", '{"open": [["voucher", "gone"], 3], "active": 7}')
        OpenTabs(shown.window, shown.wiring.context, "").start("x")
        shown.settle()
        assert shown.window.documents() == {}


def _vouchers(books: Books) -> list[str]:
    with books:
        return [row.doc_id for row in books.documents.rows(limit=20) if row.kind.value == "VOUCHER"]


class TestTheSwitchedUnit:
    def test_f12_names_the_unit_once_after_a_change(self, shown: Shown, monkeypatch: pytest.MonkeyPatch) -> None:
        asked: list[tuple[str, str, str]] = []
        answers = iter(("back", "go"))

        def ask(title: str, body: str, verbs: tuple[Verb, ...], **more: object) -> str:
            asked.append((title, body, str(more["unit_color"])))
            return next(answers)

        monkeypatch.setattr("desktop.ui.app.wiring.ask", ask)
        wiring = shown.wiring
        wiring._switching.came_from, wiring._unit_confirmed = "市第十一中学", False
        for page in ("home", "sync", "sync"):
            shown.window.sync_requested.emit()
            shown.settle()
            assert shown.window.current_page() == page
        title, body, color = asked[0]
        assert title == "正在为 219001 甲旗林业和草原局 报送"
        assert body.startswith("您刚从“市第十一中学”切换过来，请核对单位。共 6 份")
        assert color == wiring.context.unit.color == shown.window.state().unit_color
        assert len(asked) == len(("back", "go"))

    def test_a_running_sync_keeps_the_unit(self, shown: Shown, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(type(shown.wiring.runner), "running", True)
        shown.window.unit_switch_requested.emit("/elsewhere")
        assert shown.window.isVisible()
        assert "等这次同步结束" in shown.window.toast.messages[0]

    def test_the_menu_shows_units_and_the_title_names_the_colour(self, shown: Shown, tmp_path: Path) -> None:
        shown.wiring._switching = Switching(lambda: [tmp_path / "other"])
        shown.window.color_requested.emit(UNIT_COLORS["橙"])
        texts = [action.text() for action in shown.window.top_bar.unit.menu().actions()]
        assert texts[:3] == ["换单位", "219001　甲旗林业和草原局（当前）", "other"]
        assert shown.window.state().unit_color == UNIT_COLORS["橙"]
        assert "（橙色）" in shown.window.windowTitle()


class TestYears:
    def test_years_with_data_are_offered_newest_first(self, shown: Shown) -> None:
        assert shown.do(lambda books: years_with_data(books, 2026)) == (2026,)
        assert shown.do(lambda books: years_with_data(books, 2027)) == (2027, 2026)

    def test_a_past_year_is_said_in_a_strip_and_takes_nothing_new(self, shown: Shown) -> None:
        window = shown.window
        shown.open("voucher", "tab:ALL")
        window.year_requested.emit(2025)
        shown.settle()
        assert window.strip.words().endswith("正在查看 2025 年（往年）")
        assert shown.wiring.context.budget_year == 2026
        window.commands.run("new")
        shown.settle()
        assert window.documents() == {}
        assert window.toast.messages[0].startswith("正在查看 2025 年（往年），不能新建单据")
        window.strip.back.click()
        shown.settle()
        assert shown.wiring.context.year == 2026
        assert not window.strip.isVisible()

