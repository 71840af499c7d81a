"""The window really goes and comes back: opened anew, or with a backup in the place of the data."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.bootstrap import read_evoucher
from desktop.commands import demo
from desktop.commands.homes import PASSWORD_VARIABLE, REHEARSAL_MARK, REHEARSAL_PASSWORD
from desktop.commands.window import opening_of
from desktop.demo.story import UNIT_FOLDER
from desktop.storage.backup import make_backup
from desktop.storage.workspace import open_workspace
from desktop.ui.app.guard import Guard
from desktop.ui.app.start import open_and_run
from desktop.ui.app.wiring import Wiring
from desktop.ui.shell.main_window import MainWindow
from desktop.ui.tasks import Tasks
from tests.ui.app_fixture import rehearsal, secrets_in
from tests.ui.payment_keys import Person
from tests.ui.test_shell_units import Driving

__all__ = ["rehearsal"]
TEXT = "备份以后写的"


@pytest.fixture
def home(qtbot: QtBot, rehearsal: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A rehearsal of this test's own, remembered in its own place."""
    monkeypatch.setenv(PASSWORD_VARIABLE, REHEARSAL_PASSWORD)
    monkeypatch.setattr("desktop.ui.app.start.platformdirs.user_data_dir", lambda *names, **more: str(tmp_path))
    monkeypatch.setattr("desktop.ui.app.window.platformdirs.user_log_dir", lambda *names, **more: str(tmp_path))
    made = tmp_path / "rehearsal"
    shutil.copytree(rehearsal, made)
    return made


class Visit:
    """What is done in each window, and what is found there."""

    def __init__(self) -> None:
        self.found: list[bool] = []
        self._asked = False

    def write(self, window: MainWindow) -> bool:
        """Type the purpose of a new voucher; true once it is saved."""
        if not window.documents():
            window.findChild(Wiring).open_page("voucher", "new")
            return False
        editor = window.front()
        if editor.session.document is None:
            editor.form.paper.purpose.setFocus()
            Person().enters(TEXT)
            return False
        return not editor.session.saving.waiting()

    def look(self, window: MainWindow) -> bool:
        """Look whether the books have what was typed."""
        if not self._asked:
            self._asked = True

            def titles(books: object) -> list[str]:
                with books:
                    return [row.title for row in books.documents.rows()]

            window.findChild(Wiring).context.run(window, titles, lambda rows: self.found.append(TEXT in rows))
            return False
        self._asked = bool(window.findChild(Tasks).busy())
        return not self._asked


def again(backup: Path | None = None) -> Callable[[MainWindow], bool]:
    def step(window: MainWindow) -> bool:
        window.findChild(Guard).open_again(backup)
        return True

    return step


def close(window: MainWindow) -> bool:
    return window.close()


def test_what_was_typed_is_there_when_the_window_comes_back(home: Path) -> None:
    visit = Visit()
    driving = Driving(visit.write, again(), visit.look, close)
    assert open_and_run(home / UNIT_FOLDER, opening_of, read_evoucher, memory_folder=home) == 0
    assert driving is not None
    assert visit.found == [True]


def test_a_backup_takes_the_place_of_the_data_and_the_window_comes_back(home: Path) -> None:
    with open_workspace(home / UNIT_FOLDER, secrets_in(home)) as workspace:
        backup = make_backup(workspace)
    visit = Visit()
    driving = Driving(visit.write, visit.look, again(backup.path), visit.look, close)
    assert open_and_run(home / UNIT_FOLDER, opening_of, read_evoucher, memory_folder=home) == 0
    assert driving is not None
    assert visit.found == [True, False]


def test_the_rehearsal_comes_back_with_its_backup_too(home: Path) -> None:
    assert (home / REHEARSAL_MARK).is_file() or (home / "made.txt").rename(home / REHEARSAL_MARK)
    with open_workspace(home / UNIT_FOLDER, secrets_in(home)) as workspace:
        backup = make_backup(workspace)
    visit = Visit()
    driving = Driving(visit.write, visit.look, again(backup.path), visit.look, close)
    assert demo._show(home) == 0
    assert driving is not None
    assert visit.found == [True, False]
