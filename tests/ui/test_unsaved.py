"""What the disk refuses while somebody types: it stays, is said in red, tried again, never dropped silently."""

import contextlib
import os
import secrets
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from desktop.bootstrap import read_evoucher
from desktop.demo.stage import open_stage
from desktop.demo.story import UNIT_FOLDER
from desktop.storage.database import Database
from desktop.storage.faults import WorkspaceFault
from desktop.ui.app.start import nobody
from desktop.ui.app.window import build_app, close_app
from desktop.ui.documents.content import RETRY_MS
from desktop.ui.kit.dialogs import Question
from desktop.ui.payment.editor import VoucherEditor
from desktop.ui.settings.again import Wish, open_again
from tests.ui.app_fixture import PATIENCE, Shown, rehearsal, secrets_in, shown
from tests.ui.conftest import clipped
from tests.ui.payment_keys import CTRL, Key, Person
from tests.ui.planning_fixture import Planning, library, planning, row_of

__all__ = ["library", "planning", "rehearsal", "shown"]
TEXT = "沙漠公路养护"


@dataclass(slots=True)
class Disk:
    """Whether the disk takes what is committed."""

    fault: Exception | None = None

    def fill(self) -> None:
        self.fault = WorkspaceFault("DISK_FULL", folder="D:\\单位数据")

    def empty(self) -> None:
        self.fault = None


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Iterator[Disk]:
    """The workspace's disk, below everything that the program does."""
    made, commit = Disk(), Database.commit

    def try_to_commit(database: Database) -> None:
        if made.fault is not None:
            raise made.fault
        commit(database)

    monkeypatch.setattr(Database, "commit", try_to_commit)
    yield made
    made.fault = None


@pytest.fixture
def person() -> Person:
    return Person()


def answer(*keys: Key, first: Callable[[], None] = lambda: None) -> list[tuple[str, list[str]]]:
    """Press one key in each question that comes, after `first`; return what each said and its buttons' words."""
    said: list[tuple[str, list[str]]] = []
    left = list(keys)

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, Question) and left:
            words = " ".join(label.text() for label in dialog.findChildren(QLabel))
            said.append((words, [button.text() for button in dialog.buttons.values()]))
            first()
            key = left.pop(0)
            if key == Key.Key_Delete:  # the dangerous button, reached by Tab
                dialog.buttons["leave"].setFocus()
                key = Key.Key_Space
            QTest.keyClick(dialog.focusWidget() or dialog, key)
        if left:
            QTimer.singleShot(10, look)

    QTimer.singleShot(0, look)
    return said


def new_voucher(shown: Shown) -> VoucherEditor:
    """Open a new voucher and put the cursor into its purpose."""
    shown.open("voucher", "new")
    editor = shown.window.front()
    assert isinstance(editor, VoucherEditor)
    editor.form.paper.purpose.setFocus()
    return editor


def stored_purposes(shown: Shown) -> list[str]:
    def work(books: object) -> list[str]:
        with books:
            return [row.title for row in books.documents.rows()]

    return shown.do(work)


class TestAVoucher:
    def test_what_was_typed_stays_and_a_red_band_says_why(
        self, shown: Shown, disk: Disk, person: Person, picture: Callable[..., None]
    ) -> None:
        editor = new_voucher(shown)
        disk.fill()
        person.enters(TEXT)
        shown.settle()
        assert editor.form.paper.purpose.text() == TEXT
        assert editor.session.voucher.purpose == TEXT
        assert editor.title.saved.text() == "没有保存"
        assert editor.unsaved.isVisible()
        assert editor.unsaved.accessibleName() == (
            "没有保存 D:\\单位数据 所在的磁盘满了，没有写完。请清理磁盘。"
            "刚输入的内容还在这里，以前保存的都完整。程序每半分钟自动再试一次。"
        )
        assert shown.said == []
        assert not clipped(editor.unsaved)
        picture(shown.window, "unsaved-voucher")

    def test_it_is_written_by_the_button_once_there_is_room(self, shown: Shown, disk: Disk, person: Person) -> None:
        editor = new_voucher(shown)
        disk.fill()
        person.enters(TEXT)
        shown.settle()
        disk.fault = None
        editor.unsaved.retry.setFocus()
        person.presses_key(Key.Key_Space)
        shown.settle()
        assert editor.unsaved.isHidden()
        assert "已自动保存" in editor.title.saved.text()
        assert TEXT in stored_purposes(shown)

    def test_it_is_written_with_the_next_field_once_there_is_room(
        self, shown: Shown, disk: Disk, person: Person
    ) -> None:
        editor = new_voucher(shown)
        disk.fill()
        person.enters(TEXT)
        shown.settle()
        disk.fault = None
        editor.form.paper.purpose.setFocus()
        editor.form.paper.purpose.selectAll()
        person.enters(f"{TEXT}费")
        shown.settle()
        assert f"{TEXT}费" in stored_purposes(shown)

    def test_it_is_written_by_itself_within_half_a_minute(self, shown: Shown, disk: Disk, person: Person) -> None:
        editor = new_voucher(shown)
        disk.fill()
        person.enters(TEXT)
        shown.settle()
        timer = editor.session.saving.timer
        assert (timer.isActive(), timer.interval(), RETRY_MS) == (True, 30_000, 30_000)
        timer.timeout.emit()
        shown.settle()
        assert editor.unsaved.isVisible()
        disk.fault = None
        timer.timeout.emit()
        shown.settle()
        assert not timer.isActive()
        assert TEXT in stored_purposes(shown)

    def test_a_mistake_of_the_program_is_not_taken_for_saved(self, shown: Shown, disk: Disk, person: Person) -> None:
        editor = new_voucher(shown)
        disk.fault = ZeroDivisionError("x")
        person.enters(TEXT)
        shown.settle()
        assert editor.unsaved.isVisible()
        disk.fault = None
        editor.form.paper.purpose.setFocus()
        person.presses_key(Key.Key_S, CTRL)
        shown.settle()
        assert TEXT in stored_purposes(shown)


class TestClosing:
    def test_the_tab_asks_and_esc_keeps_everything(self, shown: Shown, disk: Disk, person: Person) -> None:
        editor = new_voucher(shown)
        disk.fill()
        person.types(TEXT)
        said = answer(Key.Key_Escape)
        person.presses_key(Key.Key_W, CTRL)
        shown.settle()
        assert said[0][0].startswith(f"“{TEXT[:7]}")
        assert "关闭就会丢掉最后一次保存以后输入的内容" in said[0][0]
        assert said[0][1] == ["返回", "仍然关闭", "再试一次"]
        assert shown.window.front() is editor
        assert editor.form.paper.purpose.text() == TEXT

    def test_another_try_in_the_question_saves_and_closes(self, shown: Shown, disk: Disk, person: Person) -> None:
        editor = new_voucher(shown)
        disk.fill()
        person.enters(TEXT)
        shown.settle()
        said = answer(Key.Key_Return, first=disk.empty)
        person.presses_key(Key.Key_W, CTRL)
        shown.settle()
        assert len(said) == 1
        assert shown.window.front() is not editor
        assert TEXT in stored_purposes(shown)

    def test_what_is_given_up_goes_without_another_word(self, shown: Shown, disk: Disk, person: Person) -> None:
        new_voucher(shown)
        disk.fill()
        person.enters(TEXT)
        shown.settle()
        answer(Key.Key_Return, Key.Key_Delete)
        person.presses_key(Key.Key_W, CTRL)
        shown.settle()
        disk.fault = None
        assert TEXT not in stored_purposes(shown)
        assert shown.said == []

    def test_the_window_stays_and_nothing_is_wished_when_its_owner_goes_back(
        self, shown: Shown, disk: Disk, person: Person
    ) -> None:
        editor, wish = new_voucher(shown), Wish()
        disk.fill()
        person.enters(TEXT)
        shown.settle()
        shown.open("home")
        answer(Key.Key_Escape)
        open_again(shown.window, wish)
        assert shown.window.isVisible()
        assert shown.window.front() is editor
        assert not wish.again
        answer(Key.Key_Delete)
        open_again(shown.window, wish)
        assert not shown.window.isVisible()
        assert wish.again

    def test_an_ordinary_save_never_asks(self, shown: Shown, person: Person) -> None:
        new_voucher(shown)
        person.types(TEXT)
        person.presses_key(Key.Key_W, CTRL)
        shown.settle()
        assert TEXT in stored_purposes(shown)


class TestBudgetAndGoal:
    def test_an_amount_stays_in_the_budget_and_is_written_later(
        self, planning: Planning, disk: Disk, person: Person
    ) -> None:
        planning.budget()
        window, editor = planning.budget_editor()
        row = row_of(editor, "30226")
        disk.fill()
        editor.sheet().view.go_to(row, "amount")
        person.enters("270000")
        planning.settle()
        assert editor.header.saved.text() == "没有保存"
        assert editor.unsaved.isVisible()
        assert editor.sheet().source.line(row).amount == 270000
        planning.context.changed.emit("documents")
        planning.settle()
        assert editor.sheet().source.line(row).amount == 270000
        answer(Key.Key_Escape)
        assert not window.close()
        disk.fault = None
        editor.unsaved.retry.click()
        planning.settle()
        assert editor.unsaved.isHidden()
        assert any(line.amount == 270000 for line in planning.draft().lines)
        assert window.close()

    def test_another_project_does_not_take_the_place_of_what_is_not_saved(
        self, library: Planning, disk: Disk, person: Person
    ) -> None:
        library.project()
        window, bench = library.bench()
        page, session = window.page("performance"), bench.session
        pane = bench.goal_pane
        disk.fill()
        pane.sheet.view.go_to(pane.source.row_of(1), "target")
        person.enters("0.9")
        library.settle()
        assert bench.tools.header.saved.text() == "没有保存"
        assert bench.bands.isVisible()
        answer(Key.Key_Escape)
        page._choose("another")
        library.settle()
        assert bench.session is session
        assert session.goal.lines[1].target == "0.9"
        disk.fault = None
        session.saving.request()
        library.settle()
        assert bench.bands._unsaved.isHidden()
        assert window.close()


@pytest.fixture
def tight(qtbot: QtBot, rehearsal: Path, tmp_path: Path) -> Iterator[tuple[Shown, Path]]:
    """The window over a unit whose folder lies on a disk of its own with 1 MiB of room; and the ballast's path."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0 or shutil.which("mount") is None:
        pytest.skip("only root can mount a small disk")
    home = tmp_path / "rehearsal"
    shutil.copytree(rehearsal, home, ignore=lambda folder, names: [UNIT_FOLDER] if Path(folder) == rehearsal else [])
    unit = home / UNIT_FOLDER
    unit.mkdir()
    used = sum(-(-path.stat().st_size // 4096) * 4096 for path in (rehearsal / UNIT_FOLDER).rglob("*"))
    mount = ["mount", "-t", "tmpfs", "-o", f"size={used + (6 << 20)}", "tmpfs", str(unit)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("mounting is not allowed here")
    try:
        shutil.copytree(rehearsal / UNIT_FOLDER, unit, dirs_exist_ok=True)
        with open_stage(home, secrets_in(home)) as stage:
            window = build_app(stage.installation, read_evoucher, nobody(stage.installation), log_folder=tmp_path)
            with qtbot.waitActive(window, timeout=PATIENCE):
                window.show()
                window.activateWindow()
            made = Shown(qtbot, stage, window, [])
            made.settle()
            yield made, unit / "ballast"
            close_app(window)
            window.deleteLater()
    finally:
        subprocess.run(["umount", "-l", str(unit)], check=True)


def test_on_a_disk_that_is_really_full_the_voucher_waits_for_room(tight: tuple[Shown, Path], person: Person) -> None:
    shown, ballast = tight
    editor = new_voucher(shown)
    with ballast.open("wb", buffering=0) as file, contextlib.suppress(OSError):
        while True:
            file.write(b"x" * 4096)
    typed = TEXT
    while editor.unsaved.isHidden():  # until what the log file had room for is used up
        typed = f"{TEXT} {secrets.token_hex(4000)}"
        editor.form.paper.purpose.setFocus()
        editor.form.paper.purpose.setText(typed[:-1])
        person.enters(typed[-1])
        shown.settle()
    assert "磁盘满了" in editor.unsaved.text()
    assert editor.form.paper.purpose.text() == typed
    ballast.unlink()
    editor.unsaved.retry.setFocus()
    person.presses_key(Qt.Key.Key_Space)
    shown.settle()
    assert editor.unsaved.isHidden()
    assert typed in stored_purposes(shown)
