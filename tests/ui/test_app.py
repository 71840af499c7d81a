"""The window over an open workspace: people, search, what goes wrong, the first time, the end."""

import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel
from pytestqt.qtbot import QtBot

from desktop.bootstrap import install, read_evoucher
from desktop.demo.bureau import open_bureau
from desktop.demo.clock import StoryClock
from desktop.demo.material import pins, unit_material
from desktop.demo.stage import open_stage
from desktop.demo.story import TODAY
from desktop.domain.document import Post, Refused
from desktop.domain.fault import Fault
from desktop.domain.masking import masked
from desktop.domain.mirrors import Officer
from desktop.domain.problem import Problem
from desktop.storage.workspace import create_workspace
from desktop.ui.app.bug_log import BugLog
from desktop.ui.app.frame import chip_of, officers_of, read_seat_key, seat_key
from desktop.ui.app.memory import Memory
from desktop.ui.app.reading import FrameView, UnitName
from desktop.ui.app.start import exception_hook, nobody, run_window
from desktop.ui.app.window import build_app, close_app
from desktop.ui.shell.main_window import MainWindow
from desktop.ui.tasks import Tasks
from desktop.usecases.enrol import enrol
from desktop.usecases.month_end import Stage
from desktop.usecases.ports import Books, SyncRun
from sync.activation import read_activation
from sync.central.running import RunningServer
from sync.central.web import build_app as build_platform
from sync.transport.http import HttpTransport
from tests.ui.app_fixture import PATIENCE, Shown, rehearsal, secrets_in, shown
from tests.ui.conftest import type_text

__all__ = ["rehearsal", "shown"]

ZONE = timezone(timedelta(hours=8))
NOW = datetime(2026, 11, 20, 10, 0, tzinfo=ZONE)


def sync_run(outcome: str = "DONE", started: str = "2026-11-18T16:40:00+08:00", code: str = "") -> SyncRun:
    zero = Decimal("0.00")
    return SyncRun("r", started, zero, "NET", outcome, 0, 0, 0, 0, zero, "", 0, code)


def frame(runs: tuple[SyncRun, ...] = (), waiting: int = 0) -> FrameView:
    people = (
        Officer("a", "张丽", ("maker",), "", ""),
        Officer("b", "李强", ("checker", "maker"), "", ""),
    )
    return FrameView(UnitName("219001", "林草局", "财政局", known=True), people, {}, waiting, 0, runs, 1)


class TestTheChip:
    def test_it_shows_the_last_run_that_ended_well(self) -> None:
        runs = (sync_run("FAILED", "2026-11-20T09:00:00+08:00", "NO_LINK"), sync_run())
        chip = chip_of(frame(runs), NOW, None, 2026)
        assert (chip.last, chip.offline) == ("11-18 16:40", True)

    def test_more_than_seven_days_with_something_waiting_is_stale(self) -> None:
        old = (sync_run(started="2026-11-10T16:40:00+08:00"),)
        assert chip_of(frame(old, waiting=1), NOW, None, 2026).stale
        assert not chip_of(frame(old), NOW, None, 2026).stale

    def test_a_run_shows_its_stage(self) -> None:
        assert chip_of(frame(), NOW, Stage.SEND, 2026).running == "7/8"


class TestPeople:
    def test_everybody_is_offered_in_each_post(self) -> None:
        assert [(one.name, one.post) for one in officers_of(frame())] == [
            ("张丽", "经办"), ("李强", "经办"), ("李强", "复核"),
        ]

    def test_the_key_of_a_seat_reads_back(self) -> None:
        assert read_seat_key(seat_key("a|b", Post.SIGNER)) == ("a|b", Post.SIGNER)

    def test_the_first_maker_sits_at_the_start(self, shown: Shown) -> None:
        assert shown.window.state().officer.name == "张丽"
        assert {one.post for one in shown.window.state().officers} == {"复核", "签章", "单位负责人"}

    def test_taking_a_checkers_seat_changes_what_is_shown(self, shown: Shown) -> None:
        shown.sit("复核")
        assert shown.window.state().officer.name == "李强"
        assert shown.wiring.context.seat().post is Post.CHECKER
        assert shown.window.state().badges == {"voucher": 2}


class TestTheFrame:
    def test_title_and_bar_name_the_unit(self, shown: Shown) -> None:
        assert shown.window.windowTitle().startswith("甲旗林业和草原局")
        assert shown.window.state().unit_code == "219001"

    def test_the_status_bar_follows_the_page(self, shown: Shown) -> None:
        assert shown.window.status_bar.accessibleName().startswith("本月已送")
        shown.open("sync", "check")
        assert shown.window.status_bar.accessibleName().startswith("可送出 6 份")

    def test_alt_and_a_digit_open_pages(self, shown: Shown) -> None:
        shown.press(Qt.Key.Key_5, shown.window, Qt.KeyboardModifier.AltModifier)
        assert shown.window.current_page() == "sync"

    def test_a_document_is_found_and_opened_by_what_people_remember(self, shown: Shown) -> None:
        shown.press(Qt.Key.Key_K, shown.window, Qt.KeyboardModifier.ControlModifier)
        box = shown.window.top_bar.search
        with shown.qtbot.waitSignal(box.chosen, timeout=PATIENCE) as chosen:
            type_text(box, "梭梭苗")
            box.textEdited.emit(box.text())
            shown.qtbot.waitUntil(lambda: "单据" in box.popup.headings(), timeout=PATIENCE)
            shown.press(Qt.Key.Key_Return, box)
        assert chosen.args[0].startswith("voucher:")
        shown.settle()
        assert shown.window.current_page() == "voucher"

    def test_no_latin_words_are_shown_anywhere(self, shown: Shown) -> None:
        allowed = re.compile(r"SM2|Ctrl|Enter|Esc|F\d+|MB|GB|KB|Alt|OFD|XML")
        for page in ("home", "sync"):
            shown.open(page)
            texts = [one.text() for kind in (QLabel, QAbstractButton) for one in shown.window.findChildren(kind)]
            latin = [text for text in texts if re.search(r"[A-Za-z]{2,}", allowed.sub("", text))]
            assert latin == []


class TestWhatGoesWrong:
    def test_a_refused_step_is_told_in_words(self, shown: Shown) -> None:
        shown.wiring.context.failed.emit(Refused(Problem("D-01", "checker", {"name": "张丽"})))
        title, body = shown.said[0]
        assert "复核" in title + body

    def test_a_fault_that_needs_a_person_is_a_dialog(self, shown: Shown) -> None:
        shown.wiring.context.failed.emit(Fault("DISK_FULL", folder="D:/预算"))
        assert shown.said[0][0] == "磁盘空间不足"

    def test_a_fault_that_passes_is_only_mentioned(self, shown: Shown) -> None:
        shown.wiring.context.failed.emit(Fault("NO_LINK", reason="TIMEOUT"))
        assert shown.said == []
        assert "网络太慢" in shown.window.toast.messages[0]

    def test_missing_base_data_points_to_the_sync(self, shown: Shown) -> None:
        shown.wiring.context.failed.emit(Fault("MIRROR_MISSING"))
        assert shown.said == []
        assert "请先同步一次" in shown.window.toast.messages[0]

    def test_our_own_bug_is_written_down_and_the_work_goes_on(self, shown: Shown, tmp_path: Path) -> None:
        def broken(books: Books) -> None:
            raise ZeroDivisionError("账号 6222020101123456789")

        shown.wiring.context.run(shown.window, broken, lambda done: None)
        shown.settle()
        assert shown.said[0][0] == "程序出了点问题，您的数据安全"
        written = (tmp_path / "log" / "budgetdesk.log").read_text(encoding="utf-8")
        assert "ZeroDivisionError" in written
        assert "6222" not in written
        assert "账号" not in written
        shown.open("sync", "check")
        assert shown.sync.check.list.rows()


class TestTheLog:
    def raised(self) -> BaseException:
        try:
            raise KeyError("单位 219001")
        except KeyError as error:
            return error

    def test_the_same_bug_has_the_same_number(self, tmp_path: Path) -> None:
        log = BugLog(tmp_path)
        assert log.write(self.raised(), NOW).number == log.write(self.raised(), NOW).number

    def test_names_and_long_numbers_are_covered(self) -> None:
        assert masked("张丽 15050166820009000428 第 12 行") == "▒ # ▒ 12 ▒"

    def test_a_folder_that_takes_nothing_is_said_and_raises_nothing(self, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("", encoding="utf-8")
        assert BugLog(tmp_path / "file").write(self.raised(), NOW).path is None

    def test_it_starts_anew_when_it_has_grown(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("desktop.ui.app.bug_log.LARGEST", 10)
        log = BugLog(tmp_path)
        log.write(self.raised(), NOW)
        log.write(self.raised(), NOW)
        assert len(list(tmp_path.iterdir())) == 2


class TestMemory:
    def test_it_keeps_place_type_and_seat(self, tmp_path: Path) -> None:
        kept = Memory(tmp_path)
        kept.keep_layout(b"\x00\x01")
        kept.keep_points(11.5)
        kept.keep_officer("219001", "b|checker")
        kept.write()
        again = Memory(tmp_path)
        assert (again.layout(), again.points(), again.officer("219001")) == (b"\x00\x01", 11.5, "b|checker")

    def test_a_size_that_the_program_does_not_know_is_the_normal_one(self, tmp_path: Path) -> None:
        (tmp_path / "window.ini").write_text("[window]\npoints=abc\n", encoding="utf-8")
        assert Memory(tmp_path).points() == 10.0


class TestTheEnd:
    def test_what_was_being_saved_is_saved_before_the_workers_go(self, shown: Shown) -> None:
        done: list[int] = []
        for number in range(20):
            shown.wiring.context.run(shown.window, lambda books, number=number: number, done.append)
        close_app(shown.window)
        assert done == list(range(20))

    def test_a_run_is_stopped_and_its_numbers_are_recorded(self, shown: Shown) -> None:
        shown.wiring.runner.start()
        close_app(shown.window)
        assert not shown.wiring.runner.running
        assert shown.wiring.runner.last.end.outcome in ("STOPPED", "DONE")


class TestTheProgram:
    def test_it_runs_until_the_window_is_closed_and_remembers_its_place(
        self, qtbot: QtBot, rehearsal: Path, tmp_path: Path
    ) -> None:
        shutil.copytree(rehearsal, tmp_path / "home")
        closed: list[str] = []

        def close() -> None:
            windows = [one for one in QApplication.topLevelWidgets() if isinstance(one, MainWindow) and one.isVisible()]
            if not windows or not windows[0].state().unit_name:
                return
            window = windows[0]
            closed.append(window.windowTitle())
            timer.stop()
            window.close()

        timer = QTimer()
        timer.timeout.connect(close)
        timer.start(20)
        with open_stage(tmp_path / "home", secrets_in(tmp_path / "home")) as stage:
            code = run_window(stage.installation, read_evoucher, title_note="演示数据", memory_folder=tmp_path)
        assert (code, len(closed)) == (0, 1)
        assert Memory(tmp_path).layout()
        assert Memory(tmp_path).officer("219001") == "219001-01|maker"

    def test_an_exception_that_nobody_caught_is_told_with_its_number(self, shown: Shown) -> None:
        error = ZeroDivisionError("a bug in a slot")
        exception_hook(shown.window)(ZeroDivisionError, error, None)
        shown.settle()
        assert shown.said[0][0] == "程序出了点问题，您的数据安全"


@pytest.fixture
def fresh(qtbot: QtBot, tmp_path: Path) -> Iterator[Shown]:
    """Show the window of a unit that was activated and has not synced yet."""
    clock = StoryClock(TODAY)
    bureau = open_bureau(tmp_path / "platform", clock)
    made = create_workspace(tmp_path / "unit", secrets_in(tmp_path), clock=clock.now, cost=1 << 10)
    with made.workspace as workspace:
        vault = workspace.vault()
        registered = {row["id"]: vault.create(row["id"], pins()[row["id"]]) for row in unit_material()["officers"]}
        activation = bureau.register(vault.writer_key().public, registered)
        with RunningServer(build_platform(bureau.service)) as server:
            installation = install(workspace, clock=clock, connect=lambda url: HttpTransport(server.url))
            window = build_app(installation, read_evoucher, nobody(installation), log_folder=tmp_path / "log")
            shown = Shown(qtbot, None, window, [])
            at = clock.now().isoformat(timespec="seconds")
            shown.do(lambda books: enrol(books, read_activation(activation), at))
            shown.wiring.context.changed.emit("sync")
            with qtbot.waitActive(window, timeout=PATIENCE):
                window.show()
                window.activateWindow()
            shown.settle()
            yield shown
            close_app(window)
            window.deleteLater()
    bureau.close()


class TestTheFirstTime:
    def test_the_page_says_what_a_first_sync_brings(self, fresh: Shown) -> None:
        assert fresh.window.state().unit_name
        assert fresh.home.first_time.isVisible()
        assert fresh.window.state().officer.name == ""

    def test_the_first_sync_brings_the_unit_and_seats_its_maker(self, fresh: Shown) -> None:
        fresh.run()
        assert fresh.wiring.runner.last.end.outcome == "DONE"
        assert fresh.window.state().officer.name == "张丽"
        fresh.open("home")
        assert not fresh.home.first_time.isVisible()
        assert "人员经费" in fresh.home.execution.chart.summary()


def test_a_window_that_is_only_for_reading_says_so(
    qtbot: QtBot, rehearsal: Path, tmp_path: Path
) -> None:
    with create_workspace(tmp_path / "unit", secrets_in(tmp_path), cost=1 << 10).workspace as workspace:
        installation = install(workspace)
        readonly = replace(installation, workspace=_ReadOnly(workspace))  # type: ignore[arg-type]
        window = build_app(readonly, read_evoucher, nobody(installation), log_folder=tmp_path)
        tasks = window.findChild(Tasks)
        qtbot.waitUntil(lambda: tasks.busy() == 0, timeout=PATIENCE)
        assert window.state().strip.startswith("只读打开")
        close_app(window)
        window.deleteLater()


class _ReadOnly:
    """A workspace that says that it is for reading."""

    readonly = True

    def __init__(self, workspace: object) -> None:
        self._workspace = workspace

    def __getattr__(self, name: str) -> object:
        return getattr(self._workspace, name)
