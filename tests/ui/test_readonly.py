"""A workspace that is open for reading: every page shows everything, none offers what it could not do."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.bootstrap import install, read_evoucher
from desktop.demo.story import UNIT_FOLDER
from desktop.domain.document import State
from desktop.domain.head import Kind
from desktop.storage.workspace import open_workspace
from desktop.ui.app.start import nobody
from desktop.ui.app.window import build_app, close_app
from desktop.ui.app.wiring import Wiring
from desktop.ui.budget.page import BudgetPage
from desktop.ui.context import READ_ONLY
from desktop.ui.home.page import HomePage
from desktop.ui.kit.dialogs import Question
from desktop.ui.payment.editor import VoucherEditor
from desktop.ui.payment.page import PaymentPage
from desktop.ui.performance.page import PerformancePage
from desktop.ui.shell.main_window import MainWindow
from desktop.ui.sync.page import SyncPage
from desktop.ui.tasks import Tasks
from tests.ui.app_fixture import PATIENCE, rehearsal, secrets_in
from tests.ui.payment_keys import CTRL, Key, Person

__all__ = ["rehearsal"]
WHY = f"{READ_ONLY}。要修改，请关闭后按平常方式重新打开。"


class Reading:
    """The window over a workspace that is open for reading."""

    def __init__(self, qtbot: QtBot, window: MainWindow) -> None:
        self.qtbot, self.window = qtbot, window
        self.context = window.findChild(Wiring).context

    def settle(self) -> None:
        tasks = self.window.findChild(Tasks)
        self.qtbot.waitUntil(lambda: tasks.busy() == 0, timeout=PATIENCE)

    def open(self, page: str, argument: str = "") -> object:
        self.window.findChild(Wiring).open_page(page, argument)
        self.settle()
        return self.window.front()

    def drafts(self, kind: Kind) -> list[str]:
        found: list[list[str]] = []

        def work(books: object) -> list[str]:
            with books:
                return [row.doc_id for row in books.documents.rows(kinds=(kind,), states=(State.DRAFT,))]

        self.context.run(self.window, work, found.append)
        self.settle()
        return found[0]


@pytest.fixture
def reading(qtbot: QtBot, rehearsal: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Reading]:
    """Nothing that goes wrong may pass for a dialog."""

    def never(*said: object, **more: object) -> None:
        raise AssertionError(said)

    for name in ("tell", "ask"):
        monkeypatch.setattr(f"desktop.ui.app.complaints.{name}", never)
    home = tmp_path / "rehearsal"
    shutil.copytree(rehearsal, home)
    with open_workspace(home / UNIT_FOLDER, secrets_in(home), readonly=True) as workspace:
        installation = install(workspace)
        window = build_app(installation, read_evoucher, nobody(installation), log_folder=tmp_path / "log")
        window.resize(1366, 768)
        with qtbot.waitActive(window, timeout=PATIENCE):
            window.show()
            window.activateWindow()
        made = Reading(qtbot, window)
        made.settle()
        yield made
        close_app(window)
        window.deleteLater()


def test_a_strip_over_every_page_says_so(reading: Reading) -> None:
    assert "只读打开" in reading.window.state().strip


def test_a_draft_can_be_looked_at_but_not_typed_into(reading: Reading) -> None:
    person = Person()
    editor = reading.open("voucher", reading.drafts(Kind.VOUCHER)[0])
    assert isinstance(editor, VoucherEditor)
    before = editor.session.voucher
    assert editor.form.paper.purpose.isReadOnly()
    assert (editor.band.isVisible(), editor.band.text()) == (True, f"{READ_ONLY}。")
    assert editor.session.acts() == ()
    editor.form.grid.view.go_to(0, "summary")
    editor.form.grid.view.setFocus()
    person.types("1")
    person.presses_key(Key.Key_Delete)
    person.presses_key(Key.Key_F7, CTRL)
    person.presses_key(Key.Key_S, CTRL)
    reading.settle()
    assert editor.session.voucher == before
    assert not editor.session.saving.waiting()


def test_the_list_offers_no_step_and_new_says_why(reading: Reading) -> None:
    page = reading.open("voucher")
    assert isinstance(page, PaymentPage)
    page.list.sheet.view.selectAll()
    Person().presses_key(Key.Key_Space)
    reading.settle()
    assert page.list._acts(page.list.targets()) == {}
    assert not page.list.tools.new.isVisible()
    assert page.import_target() == ""
    reading.window.commands.run("new")
    page.start()
    assert WHY in reading.window.toast.messages


def test_the_budget_says_why_a_cell_is_not_typed_into(reading: Reading) -> None:
    page = reading.open("budget")
    assert isinstance(page, BudgetPage)
    if page.editor is None:
        assert not page.begin.isVisible()
        return
    sheet = page.editor.sheet()
    sheet.view.go_to(0, "amount")
    assert sheet.content_model.reason(0, sheet.content_model.column_of("amount")) != ""
    assert not page.editor.session.editable()
    assert page.editor.stepping.acts() == ()
    assert page.editor.band.isVisible()
    assert page.import_target() == ""


def test_projects_and_goals_are_shown_and_none_is_begun(reading: Reading) -> None:
    page = reading.open("performance")
    assert isinstance(page, PerformancePage)
    session = page.bench.session
    assert not page.bench.begin.isVisible()
    if session is not None:
        assert not session.project_editable()
        assert not session.goal_editable()
        assert page.bench.stepping.acts() == ()
    page._ask_project()
    assert WHY in reading.window.toast.messages


def test_nothing_is_sent_and_the_sheet_says_why(reading: Reading) -> None:
    page = reading.open("sync", "check")
    assert isinstance(page, SyncPage)
    assert not page.check.start.isEnabled()
    assert page.check.promise.text() == f"{READ_ONLY}。"


def test_own_lines_of_the_home_page_stay_as_they_are(reading: Reading) -> None:
    page = reading.open("home")
    assert isinstance(page, HomePage)
    page.own.add()
    assert not reading.window.findChildren(Question)
    assert WHY in reading.window.toast.messages


def test_marks_of_the_guide_are_not_set(reading: Reading) -> None:
    page = reading.open("help")
    page._tick(page._library.nodes[0].code)
    reading.settle()
    assert WHY in reading.window.toast.messages
