"""From a folder to an open workspace: every question that may be asked, and every way out."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from desktop.domain.fault import Fault
from desktop.ui.app.opening import Opening, reach
from desktop.ui.app.restore_dialog import CLOSE, LOOK, RESTORE, RestoreDialog
from sync.faults import WrongPassword

ZONE = timezone(timedelta(hours=8))


@dataclass(frozen=True)
class Backup:
    path: Path
    made_at: datetime
    why: str = "sync"
    size: int = 6 << 20
    sound: bool = True


BACKUPS = (
    Backup(Path("b3"), datetime(2026, 11, 20, 8, 4, tzinfo=ZONE)),
    Backup(Path("b2"), datetime(2026, 11, 19, 8, 4, tzinfo=ZONE), "damaged", sound=False),
    Backup(Path("b1"), datetime(2026, 11, 18, 8, 4, tzinfo=ZONE), "upgrade-v2"),
)


@dataclass
class Space:
    damaged: bool = False

    def backups(self) -> tuple[Backup, ...]:
        return BACKUPS


@dataclass
class Opened:
    workspace: Space = field(default_factory=Space)


@dataclass
class Desk:
    """Plays the workspace: `answers` is what opening gives, one after the other."""

    answers: list[object]
    needs_password: bool = False
    tried: list[tuple[str, bool]] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    bad_codes: int = 0
    restored: list[Path] = field(default_factory=list)
    closed: int = 0

    def opening(self) -> Opening:
        return Opening(self.needs_password, self._open, self._recover, self._close, self._restore)

    def _open(self, password: str, readonly: bool) -> object:
        self.tried.append((password, readonly))
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    def _recover(self, code: str, password: str) -> None:
        self.codes.append(code)
        if self.bad_codes:
            self.bad_codes -= 1
            raise Fault("RECOVERY_CODE_MISTYPED", groups="3")

    def _close(self, installation: object) -> None:
        self.closed += 1

    def _restore(self, installation: object, backup: Path) -> None:
        self.restored.append(backup)


Says = Callable[..., list[tuple[str, str]]]


@pytest.fixture
def says(monkeypatch: pytest.MonkeyPatch) -> Says:
    """Answer the questions of the start in order; returns what was said."""

    def prepare(*answers: object) -> list[tuple[str, str]]:
        left, said = list(answers), []

        def answer(title: str, body: str, *more: object, **options: object) -> object:
            said.append((title, body))
            return left.pop(0)

        for name in ("ask", "ask_secret", "ask_text"):
            monkeypatch.setattr(f"desktop.ui.app.opening.{name}", answer)
        monkeypatch.setattr("desktop.ui.app.opening.tell", lambda title, body, **more: said.append((title, body)))
        monkeypatch.setattr("desktop.ui.app.restore_dialog.choose_backup", lambda backups: left.pop(0))
        return said

    return prepare


@pytest.mark.usefixtures("qapp")
class TestReaching:
    def test_a_sound_workspace_opens_without_a_question(self, says: Says) -> None:
        said, desk = says(), Desk([Opened()])
        assert reach(desk.opening()) is not None
        assert said == []

    def test_a_wrong_password_is_asked_for_again_with_the_reason(self, says: Says) -> None:
        said, desk = says("one", "two"), Desk([WrongPassword(path="x"), Opened()], needs_password=True)
        assert reach(desk.opening()) is not None
        assert desk.tried == [("one", False), ("two", False)]
        assert "密码不正确" in said[1][1]

    def test_stepping_back_from_the_password_opens_nothing(self, says: Says) -> None:
        says(None)
        desk = Desk([], needs_password=True)
        assert reach(desk.opening()) is None
        assert desk.tried == []

    def test_a_locked_workspace_may_be_looked_at(self, says: Says) -> None:
        said, desk = says("look"), Desk([Fault("WORKSPACE_LOCKED"), Opened()])
        assert reach(desk.opening()) is not None
        assert desk.tried[1] == ("", True)
        assert said[0][0] == "数据文件正在另一处打开"

    def test_a_copied_folder_opens_by_the_recovery_code_even_when_it_is_mistyped_first(self, says: Says) -> None:
        said = says("code", "ABCDE", "FGHJK")
        desk = Desk([Fault("KEY_NOT_AT_HAND", key="x"), Opened()], bad_codes=1)
        assert reach(desk.opening()) is not None
        assert desk.codes == ["ABCDE", "FGHJK"]
        assert "3" in said[2][1]

    def test_a_newer_programs_data_is_left_alone(self, says: Says) -> None:
        said, desk = says(), Desk([Fault("WORKSPACE_TOO_NEW", found="9", known="3")])
        assert reach(desk.opening()) is None
        assert said == [("数据由新版本保存", said[0][1])]
        assert "请先升级" in said[0][1]

    def test_a_damaged_workspace_is_restored_and_opened_again(self, says: Says) -> None:
        says((RESTORE, BACKUPS[0]))
        desk = Desk([Opened(Space(damaged=True)), Opened()])
        assert reach(desk.opening()) is not None
        assert desk.restored == [Path("b3")]
        assert (desk.closed, len(desk.tried)) == (1, 2)

    def test_a_damaged_workspace_may_be_looked_at(self, says: Says) -> None:
        says((LOOK, None))
        desk = Desk([Opened(Space(damaged=True))])
        assert reach(desk.opening()) is not None
        assert desk.restored == []

    def test_leaving_a_damaged_workspace_changes_nothing(self, says: Says) -> None:
        says((CLOSE, None))
        desk = Desk([Opened(Space(damaged=True))])
        assert reach(desk.opening()) is None
        assert (desk.restored, desk.closed) == ([], 1)


class TestTheBackups:
    def test_only_sound_ones_are_offered_newest_first(self, qtbot) -> None:
        dialog = RestoreDialog(BACKUPS)
        qtbot.addWidget(dialog)
        source = dialog.sheet.model.source
        days = [source.value(row, "at") for row in range(source.row_count())]
        assert days == ["2026-11-20 08:04", "2026-11-18 08:04"]
        assert [source.value(row, "why") for row in range(2)] == ["同步前", "升级前"]
        QAbstractItemModelTester(dialog.sheet.model, QAbstractItemModelTester.FailureReportingMode.Fatal)

    def test_the_newest_is_chosen_and_an_older_one_can_be(self, qtbot) -> None:
        dialog = RestoreDialog(BACKUPS)
        qtbot.addWidget(dialog)
        dialog.show()
        assert dialog.chosen() is BACKUPS[0]
        qtbot.keyClick(dialog.sheet.view, Qt.Key.Key_Down)
        assert dialog.chosen() is BACKUPS[2]

    def test_esc_restores_nothing(self, qtbot) -> None:
        dialog = RestoreDialog(BACKUPS)
        qtbot.addWidget(dialog)
        dialog.show()
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
        assert dialog.answer == CLOSE

    def test_without_a_backup_it_offers_to_look(self, qtbot) -> None:
        dialog = RestoreDialog(())
        qtbot.addWidget(dialog)
        assert set(dialog.buttons) == {LOOK, CLOSE}
        assert dialog.chosen() is None
