"""What a crash left open is told once; a second start calls the window to the front; a bug offers ways out."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.bootstrap import read_evoucher
from desktop.demo.stage import UNIT_FOLDER, open_stage
from desktop.domain.document import State
from desktop.domain.head import Kind
from desktop.storage.workspace import open_workspace
from desktop.ui.app.bell import Bell, bell_name
from desktop.ui.app.guard import Guard
from desktop.ui.app.memory import Memory
from desktop.ui.app.start import nobody
from desktop.ui.app.window import build_app, close_app
from desktop.ui.kit.notes import write_note
from desktop.ui.tasks import Tasks
from desktop.usecases.ports import Books
from tests.ui.app_fixture import PATIENCE, Shown, rehearsal, secrets_in, shown

__all__ = ["rehearsal", "shown"]
ROOT = Path(__file__).parents[2]


@pytest.fixture
def crashed(rehearsal: Path, tmp_path: Path) -> Path:
    """A rehearsal whose program died while it was open."""
    home = tmp_path / "rehearsal"
    shutil.copytree(rehearsal, home)
    lock = home / UNIT_FOLDER / "workspace.lock"
    with open_workspace(home / UNIT_FOLDER, secrets_in(home)):
        held = lock.read_bytes()
    lock.write_bytes(held)
    return home


def start_after_crash(qtbot: QtBot, home: Path, opened: list[list[str]]) -> Iterator[Guard]:
    memory = Memory(home)
    with open_stage(home, secrets_in(home)) as stage:
        write_note(memory, "tabs/219001", {"open": opened, "active": []})
        window = build_app(stage.installation, read_evoucher, nobody(stage.installation), memory=memory)
        qtbot.addWidget(window)
        window.show()
        guard, tasks = window.findChild(Guard), window.findChild(Tasks)
        guard.start()
        qtbot.waitUntil(lambda: tasks.busy() == 0, timeout=PATIENCE)
        yield guard
        close_app(window)
        window.deleteLater()


def a_draft(home: Path) -> tuple[str, str]:
    with open_workspace(home / UNIT_FOLDER, secrets_in(home), readonly=True) as looking, looking.books() as books:
        row = books.documents.rows(kinds=(Kind.VOUCHER,), states=(State.DRAFT,))[0]
        return row.doc_id, row.title or row.key


class TestAfterACrash:
    def test_the_document_that_was_open_is_named_with_its_time_and_opens(
        self, qtbot: QtBot, crashed: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        said: list[tuple[str, str, list[str]]] = []

        def answer(title: str, body: str, verbs: object, **more: object) -> str:
            said.append((title, body, [verb.word for verb in verbs]))
            return "open"

        monkeypatch.setattr("desktop.ui.app.guard.ask", answer)
        doc_id, title = a_draft(crashed)
        for guard in start_after_crash(qtbot, crashed, [["voucher", doc_id]]):
            assert said[0][0] == "找回了未关闭的内容"
            assert f"“{title}”最后保存于" in said[0][1]
            assert said[0][2] == ["打开", "以后再看"]
            assert guard._window.current_page() == "voucher"

    def test_with_nothing_open_it_is_only_mentioned(
        self, qtbot: QtBot, crashed: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("desktop.ui.app.guard.ask", None)
        for guard in start_after_crash(qtbot, crashed, []):
            assert "上次程序意外退出" in "".join(guard._window.toast.messages)

    def test_after_an_orderly_end_nothing_is_said(self, shown: Shown, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("desktop.ui.app.guard.ask", None)
        shown.window.findChild(Guard).start()
        shown.settle()
        assert "意外退出" not in "".join(shown.window.toast.messages)


class TestTheBell:
    def rung(self, qtbot: QtBot, name: str) -> bool:
        """Ring from another program."""
        words = f"import sys; from desktop.ui.app.bell import ring; sys.exit(0 if ring({name!r}) else 3)"
        program = subprocess.Popen([sys.executable, "-c", words], cwd=ROOT)
        qtbot.waitUntil(lambda: program.poll() is not None, timeout=PATIENCE)
        assert program.returncode in (0, 3)
        return program.returncode == 0

    def test_the_window_comes_to_the_front_and_answers(self, qtbot: QtBot) -> None:
        window = QWidget()
        qtbot.addWidget(window)
        bell = Bell("test-front", window)
        window.showMinimized()
        assert bell.listening()
        assert self.rung(qtbot, "test-front")
        assert not window.isMinimized()
        assert window.isVisible()

    def test_without_a_window_nobody_answers(self, qtbot: QtBot) -> None:
        assert not self.rung(qtbot, "nobody-is-here")

    def test_a_bell_that_a_dead_program_left_is_taken_over(self, qtbot: QtBot) -> None:
        name = f"left-behind-{os.getpid()}"  # a folder that all processes of the test run share
        left = Path("/tmp") / bell_name(name)
        left.write_bytes(b"")
        window = QWidget()
        qtbot.addWidget(window)
        assert Bell(name, window).listening()
        assert self.rung(qtbot, name)


class TestABug:
    def test_it_is_saved_logged_and_may_be_opened_again(self, shown: Shown, monkeypatch: pytest.MonkeyPatch) -> None:
        asked: list[tuple[str, list[str]]] = []

        def answer(title: str, body: str, verbs: object, **more: object) -> str:
            asked.append((body, [verb.word for verb in verbs]))
            return "again"

        monkeypatch.setattr("desktop.ui.app.complaints.ask", answer)

        def broken(books: Books) -> None:
            raise ZeroDivisionError("x")

        shown.wiring.context.run(shown.window, broken, lambda done: None)
        shown.settle()
        body, words = asked[0]
        assert "内容已保存到" in body
        assert "E-" in body
        assert words == ["重新打开", "打包日志", "继续工作"]
        assert shown.window.findChild(Guard).wish.again
        assert not shown.window.isVisible()

    def test_packing_leads_to_the_log(self, shown: Shown, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("desktop.ui.app.complaints.ask", lambda *_, **__: "pack")
        shown.wiring.context.broken.emit(ZeroDivisionError("x"))
        shown.settle()
        assert shown.window.current_page() == "settings"
        assert shown.window.page("settings").side.key() == "logs"

    def test_books_that_fail_too_do_not_hide_the_bug(self, shown: Shown, monkeypatch: pytest.MonkeyPatch) -> None:
        def fail(books: Books) -> str:
            raise ZeroDivisionError("the books")

        monkeypatch.setattr("desktop.ui.app.complaints._last_saved", fail)
        shown.wiring.context.broken.emit(KeyError("x"))
        shown.settle()
        assert shown.said[0][0] == "程序出了点问题，您的数据安全"
