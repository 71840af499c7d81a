"""The first start: from nothing to an activated workspace against a real platform, by the real file of the bureau."""

import csv
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.commands import beginning
from desktop.commands.beginning import desk_of
from desktop.commands.window import opening_of
from desktop.demo.bureau import RehearsalBureau, open_bureau
from desktop.demo.clock import StoryClock
from desktop.demo.material import unit_material
from desktop.demo.stage import TODAY
from desktop.domain.fault import Fault
from desktop.storage.backup import make_backup
from desktop.storage.workspace import open_workspace, recover
from desktop.ui.kit import theme, tokens, typography
from desktop.ui.kit.notes import FleetingNotes
from desktop.ui.welcome.desk import CLOSE, OPEN
from desktop.ui.welcome.keys import KeysStep
from desktop.ui.welcome.net import NetStep
from desktop.ui.welcome.place import PlaceStep
from desktop.ui.welcome.unfinished import unfinished
from desktop.ui.welcome.unit import UnitStep
from desktop.ui.welcome.wizard import Welcome
from sync.central.running import RunningServer
from sync.central.web import build_app as build_platform
from sync.crypto import PublicKey
from sync.secrets import PasswordFileStore
from tests.ui.app_fixture import PATIENCE
from tests.ui.conftest import clipped

CHEAP = 1 << 10
PASSWORD, PIN = "一个很长的口令 2026", "246810"


@pytest.fixture(autouse=True)
def as_before(qapp: QApplication) -> Iterator[None]:
    yield
    if tokens.COLORS["text"] != tokens.TABLES[tokens.NORMAL_COLORS]["text"]:
        theme.set_contrast(qapp, tokens.NORMAL_COLORS)


@pytest.fixture
def notes() -> FleetingNotes:
    return FleetingNotes()


Start = Callable[..., Welcome]


@pytest.fixture
def start(qtbot: QtBot, tmp_path: Path, notes: FleetingNotes, monkeypatch: pytest.MonkeyPatch) -> Iterator[Start]:
    """Show the first start on a PC without a keyring."""
    store = PasswordFileStore.__init__
    monkeypatch.setattr(PasswordFileStore, "__init__", lambda self, path, word, cost=0: store(self, path, word, CHEAP))
    shown: list[Welcome] = []

    def make(resume: object = None) -> Welcome:
        welcome = Welcome(desk_of(tmp_path / "data"), notes, resume)
        qtbot.addWidget(welcome)
        with qtbot.waitExposed(welcome):
            welcome.show()
        shown.append(welcome)
        return welcome

    yield make
    for welcome in shown:
        if welcome.isVisible():
            welcome.reject()


def settle(qtbot: QtBot, welcome: Welcome) -> None:
    qtbot.waitUntil(lambda: welcome._tasks.busy() == 0, timeout=PATIENCE)


def make_workspace(qtbot: QtBot, welcome: Welcome) -> PlaceStep:
    welcome.go(1)
    place = welcome.steps[1]
    assert isinstance(place, PlaceStep)
    place.password.setText(PASSWORD)
    place.again.setText(PASSWORD)
    place.make.click()
    settle(qtbot, welcome)
    return place


def write_down(place: PlaceStep) -> None:
    place.proof.setText(place._code.split("-")[place._group].lower())


class TestTheSteps:
    def test_only_the_second_step_must_be_done(self, qtbot: QtBot, start: Start) -> None:
        welcome = start()
        assert [step.skippable for step in welcome.steps] == [True, False, True, True, True]
        welcome.on.click()
        assert (welcome.at(), welcome.on.isEnabled(), welcome.skip.isHidden()) == (1, False, True)
        welcome.steps[1].way.setFocus()
        qtbot.keyClick(welcome, Qt.Key.Key_Return)
        assert welcome.at() == 1

    def test_type_direction_and_contrast_are_seen_and_kept_at_once(self, start: Start, notes: FleetingNotes) -> None:
        look = start().steps[0]
        look.type_size.chosen.emit("13")
        look.direction.chosen.emit("down")
        look.contrast.chosen.emit("dark")
        assert typography.base_size() == 13
        assert (notes.note("grid/direction"), notes.note("look/contrast")) == ('"down"', '"dark"')

    def test_the_recovery_code_must_be_written_down_before_it_goes_on(self, qtbot: QtBot, start: Start) -> None:
        welcome = start()
        place = make_workspace(qtbot, welcome)
        assert place._code.split("-")[0] in place.shown_code.text()
        assert not welcome.on.isEnabled()
        place.proof.setText("ABCDE")
        assert "不一样" in place.proof.error()
        assert not welcome.on.isEnabled()
        write_down(place)
        assert welcome.on.isEnabled()

    def test_a_short_or_mistyped_password_makes_nothing(self, qtbot: QtBot, start: Start, tmp_path: Path) -> None:
        welcome = start()
        welcome.go(1)
        place = welcome.steps[1]
        place.password.setText("short")
        place.again.setText("shirt")
        place.make.click()
        assert place.password.error()
        assert place.again.error()
        assert not (tmp_path / "data").exists()

    def test_a_folder_that_holds_something_is_refused_and_may_be_changed(
        self, qtbot: QtBot, start: Start, tmp_path: Path
    ) -> None:
        (tmp_path / "full").mkdir()
        (tmp_path / "full" / "letter.txt").write_text("x")
        welcome = start()
        welcome.steps[1].folder.setText(str(tmp_path / "full"))
        place = make_workspace(qtbot, welcome)
        assert "文件夹不是空的" in place.told.text()
        place.folder.setText(str(tmp_path / "other"))
        make_workspace(qtbot, welcome)
        assert (tmp_path / "other" / "workspace.json").is_file()

    def test_leaving_in_the_middle_goes_on_there_later(
        self, qtbot: QtBot, start: Start, tmp_path: Path, notes: FleetingNotes
    ) -> None:
        welcome = start()
        write_down(make_workspace(qtbot, welcome))
        welcome.on.click()
        welcome.skip.click()
        settle(qtbot, welcome)
        qtbot.keyClick(welcome, Qt.Key.Key_Escape)
        assert (welcome.outcome, welcome.at()) == (CLOSE, 3)
        folder = unfinished(notes)
        assert folder == welcome.folder
        again = start(desk_of(tmp_path / "data").open(folder, PASSWORD))
        settle(qtbot, again)
        assert again.at() == 3
        assert again.steps[1].complete()

    def test_a_code_that_was_never_typed_back_is_made_anew_and_asked_for(
        self, qtbot: QtBot, start: Start, tmp_path: Path
    ) -> None:
        welcome = start()
        old, folder = make_workspace(qtbot, welcome)._code, welcome.folder
        welcome.reject()
        again = start(desk_of(tmp_path / "data").open(folder, PASSWORD))
        settle(qtbot, again)
        place = again.steps[1]
        assert (again.at(), place._code != old, again.on.isEnabled()) == (1, True, False)
        assert "换了一个新的" in place.told.text()
        new = place._code
        write_down(place)
        assert again.on.isEnabled()
        again.reject()
        third = start(desk_of(tmp_path / "data").open(folder, PASSWORD))
        settle(qtbot, third)
        assert (third.steps[1]._code, third.steps[1].complete()) == ("", True)
        third.reject()
        secrets = PasswordFileStore(tmp_path / "other.bdk", PASSWORD)
        with pytest.raises(Fault, match="RECOVERY"):
            recover(folder, old, secrets)
        recover(folder, new, secrets)

    def test_the_password_that_was_typed_opens_the_window_too(
        self, qtbot: QtBot, start: Start, tmp_path: Path
    ) -> None:
        welcome = start()
        make_workspace(qtbot, welcome)
        folder, password = welcome.folder, welcome.trip.password
        welcome.reject()
        assert password == PASSWORD
        opening = beginning._known(folder, password, opening_of)(folder)
        assert not opening.needs_password
        installation = opening.open("", False)
        assert installation.workspace.folder == folder
        opening.close(installation)
        assert beginning._known(folder, "", opening_of)(folder).needs_password

    def test_from_a_backup_and_the_recovery_code_the_work_is_there_again(
        self, qtbot: QtBot, start: Start, tmp_path: Path
    ) -> None:
        first = start()
        place = make_workspace(qtbot, first)
        code, folder = place._code, first.folder
        first.reject()
        with open_workspace(folder, PasswordFileStore(folder.parent / "secrets.bdk", PASSWORD)) as workspace:
            with workspace.books() as books:
                books.set_setting("note", "一")
                books.commit()
            (tmp_path / "stick").mkdir()
            make_backup(workspace, tmp_path / "stick")
        second = start()
        second.go(1)
        place = second.steps[1]
        place.way.chosen.emit("backup")
        place.look_in(tmp_path / "stick")
        place.folder.setText(str(tmp_path / "again" / "unit"))
        place.password.setText(PASSWORD)
        place.again.setText(PASSWORD)
        place.code.setText(code)
        place.back.click()
        settle(qtbot, second)
        assert "已从备份恢复" in place.told.text()
        assert second.on.isEnabled()
        assert second.folder == tmp_path / "again" / "unit"

    @pytest.mark.parametrize(("size", "points"), [((900, 600), 10.0), ((1093, 557), 13.0)])
    def test_nothing_is_clipped(self, qtbot: QtBot, start: Start, size: tuple[int, int], points: float) -> None:
        typography.set_base_size(points)
        welcome = start()
        welcome.resize(*size)
        for number in range(len(welcome.steps)):
            welcome.go(number)
            qtbot.waitUntil(lambda: _whole(welcome))


def _whole(widget: QWidget) -> None:
    assert clipped(widget) == []


@pytest.fixture
def bureau(tmp_path: Path) -> Iterator[RehearsalBureau]:
    opened = open_bureau(tmp_path / "platform", StoryClock(TODAY))
    yield opened
    opened.close()


def registered(bureau: RehearsalBureau, form: Path) -> bytes:
    """The bureau reads the unit's form, registers what stands there, and gives the activation file."""
    with form.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    writer = next(row for row in rows if row["类别"] == "本机")
    officers = {row["id"]: PublicKey.from_hex(writer["公钥"]).hex for row in unit_material()["officers"]}
    officers |= {row["编号"]: row["公钥"] for row in rows if row["类别"] == "人员"}
    return bureau.register(PublicKey.from_hex(writer["公钥"]), officers)


def test_from_nothing_to_an_activated_unit_with_a_tested_line(
    qtbot: QtBot, start: Start, bureau: RehearsalBureau, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with RunningServer(build_platform(bureau.service)) as server:
        def connected(workspace: object) -> object:
            return beginning_install(workspace, connect=lambda url: HttpTransport(server.url))

        from desktop.bootstrap import install as beginning_install  # noqa: PLC0415 - the name it has before the patch
        from sync.transport.http import HttpTransport  # noqa: PLC0415 - only this test wants it

        monkeypatch.setattr(beginning, "install", connected)
        welcome = start()
        write_down(make_workspace(qtbot, welcome))
        keys, unit, net = welcome.steps[3], welcome.steps[2], welcome.steps[4]
        assert isinstance(keys, KeysStep)
        assert isinstance(unit, UnitStep)
        assert isinstance(net, NetStep)
        # The keys first: the bureau makes the activation file from their form.
        welcome.go(3)
        officer = unit_material()["officers"][0]
        keys.officer.setText(officer["id"])
        keys.name.setText(officer["name"])
        keys.pin.setText(PIN)
        keys.again.setText(PIN)
        keys.make.click()
        settle(qtbot, welcome)
        assert "核对无误" in keys.told.text()
        keys.write_form(tmp_path / "form.csv")
        settle(qtbot, welcome)
        (tmp_path / "activation.bda").write_bytes(registered(bureau, tmp_path / "form.csv"))
        # A changed file is refused, the real one is shown before it is taken.
        welcome.go(2)
        changed = bytearray((tmp_path / "activation.bda").read_bytes())
        changed[len(changed) // 2] = ord("A") if changed[len(changed) // 2] != ord("A") else ord("B")
        (tmp_path / "changed.bda").write_bytes(changed)
        unit.look(tmp_path / "changed.bda")
        settle(qtbot, welcome)
        assert unit.told.text()
        assert unit.confirm.isHidden()
        unit.look(tmp_path / "activation.bda")
        settle(qtbot, welcome)
        assert "219001" in unit.seen.text()
        unit.confirm.click()
        settle(qtbot, welcome)
        assert unit.complete()
        # The line answers, and the second copy lies on another disk.
        welcome.go(4)
        net.try_line()
        settle(qtbot, welcome)
        qtbot.waitUntil(lambda: not net.bands[2].isHidden(), timeout=PATIENCE)
        assert net.bands[2].text() == "平台有回应，本机身份通过"
        (tmp_path / "stick").mkdir()
        net.keep_second(tmp_path / "stick")
        settle(qtbot, welcome)
        assert list((tmp_path / "stick").glob("budgetdesk-*/*-manual"))
        welcome.on.click()
        assert welcome.outcome == OPEN
    secrets = PasswordFileStore(welcome.folder.parent / "secrets.bdk", PASSWORD)
    with open_workspace(welcome.folder, secrets) as workspace, workspace.books() as books:
        assert books.setting("unit_code") == "219001"
        assert books.exchange.stream().stream == "219001/pc1"
