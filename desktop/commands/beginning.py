"""The window without a workspace: the first start, and the rehearsal when it is wanted."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from desktop.bootstrap import Installation, install, read_evoucher
from desktop.commands.answer import Exit
from desktop.commands.homes import (
    REHEARSAL_MARK,
    REHEARSAL_PASSWORD,
    SECRETS_FILE,
    needs_password,
    secrets_with,
    workspaces_in,
)
from desktop.demo.material import pins, unit_material
from desktop.demo.stage import is_made, make, open_stage
from desktop.demo.story import UNIT_FOLDER
from desktop.domain.fault import Fault
from desktop.storage.backup import restore_to_folder
from desktop.storage.faults import disk_fault
from desktop.storage.shelf import search_backups
from desktop.storage.workspace import Workspace, create_workspace, open_workspace, recover
from desktop.texts import faults, tr
from desktop.texts.words import POSTS
from desktop.ui.app.beginning import Rehearsal, prepare
from desktop.ui.app.memory import Memory
from desktop.ui.app.opening import Opening, look_or_switch
from desktop.ui.app.start import application, open_and_run, run_window
from desktop.ui.app.units import Switching
from desktop.ui.kit.dialogs import ask_secret, tell
from desktop.ui.settings.look import show_kept
from desktop.ui.welcome.desk import DEMO, OPEN, Made, OpenHome, WelcomeDesk
from desktop.ui.welcome.unfinished import unfinished
from desktop.ui.welcome.wizard import Welcome
from desktop.usecases.ports import Books
from desktop.usecases.upkeep import Upkeep
from sync.faults import ExchangeFault
from sync.secrets import KeyringStore, PasswordFileStore, SecretStore


@dataclass(frozen=True, slots=True)
class _Home:
    """Implements `OpenHome`."""

    workspace: Workspace
    installation: Installation

    @property
    def folder(self) -> Path:
        return self.workspace.folder

    def books(self) -> Books:
        return self.installation.books()

    def upkeep(self) -> Upkeep:
        return self.installation.upkeep()

    def close(self) -> None:
        self.workspace.close()


def begin_at(rehearsal: Path, data: Path, opening_of: Callable[[Path], Opening]) -> Exit:
    """Lead through the first start; then show the workspace that came of it, or the rehearsal.

    Args:
        rehearsal: Where the rehearsal lives.
        data: Where workspaces of this user lie, and what the window remembers.
        opening_of: What may be tried with a workspace.
    """
    memory = Memory(data)
    application(memory.points())
    show_kept(memory)
    while True:
        try:
            resume, password = _resumed(memory)
        except (Fault, ExchangeFault) as fault:
            tell(faults.describe(fault.code).title, faults.sentence(fault.code, fault.facts), level="error")
            return Exit.REFUSED
        welcome = Welcome(desk_of(data), memory, resume)
        welcome.exec()
        outcome, folder, password = welcome.outcome, welcome.folder, welcome.trip.password or password
        memory.write()
        welcome.deleteLater()
        if outcome == OPEN and folder is not None:
            opening = _known(folder, password, opening_of)
            return Exit(open_and_run(folder, opening, read_evoucher, folders=lambda: workspaces_in(data)))
        if outcome != DEMO:
            return Exit.GOOD
        if prepare(Rehearsal(is_made(rehearsal, REHEARSAL_MARK), _maker(rehearsal), _people())):
            return rehearse(rehearsal)


def desk_of(data: Path) -> WelcomeDesk:
    """Return what the first start can do on this PC."""
    keyring = KeyringStore()
    has_keyring = keyring.available()

    def secrets(folder: Path, password: str) -> SecretStore:
        folder.parent.mkdir(parents=True, exist_ok=True)
        file = folder.parent / SECRETS_FILE
        return PasswordFileStore(file, password) if not has_keyring or file.is_file() else keyring

    def create(folder: Path, password: str) -> Made:
        try:
            new = create_workspace(folder, secrets(folder, password))
        except OSError as reason:
            raise disk_fault(reason, folder) from reason
        return Made(_Home(new.workspace, install(new.workspace)), new.recovery_code)

    def open_it(folder: Path, password: str) -> _Home:
        workspace = open_workspace(folder, secrets_with(folder, password))
        return _Home(workspace, install(workspace))

    def restore(backup: Path, folder: Path, code: str, password: str) -> _Home:
        if not (folder / "workspace.json").is_file():
            restore_to_folder(backup, folder)
        recover(folder, code, secrets(folder, password))
        return open_it(folder, password)

    def renew_code(home: OpenHome) -> str:
        assert isinstance(home, _Home), "made by this desk"
        return home.workspace.renew_recovery_code()

    return WelcomeDesk(data, not has_keyring, create, open_it, restore, renew_code, search_backups)


def _known(folder: Path, password: str, opening_of: Callable[[Path], Opening]) -> Callable[[Path], Opening]:
    """Return what opens workspaces without asking once more for the password that was typed a moment ago."""

    def opening(wanted: Path) -> Opening:
        made = opening_of(wanted)
        if wanted != folder or not password:
            return made
        return replace(
            made, needs_password=False, open=lambda typed, readonly: made.open(typed or password, readonly),
            recover=lambda code, typed: made.recover(code, typed or password),
        )

    return opening


def _resumed(memory: Memory) -> tuple[_Home | None, str]:
    """Return the workspace of a first start that was left, open, and the password that it took."""
    folder = unfinished(memory)
    if folder is None:
        return None, ""
    password = ""
    if needs_password(folder):
        body = tr("上次的第一次使用还没有做完。输入密钥文件口令接着做。")
        password = ask_secret(tr("接着做第一次使用"), body, verb=tr("继续"), hint=tr("密钥文件口令")) or ""
    home = desk_of(folder.parent).open(folder, password)
    assert isinstance(home, _Home), "made by the desk above"
    return home, password


def rehearse(home: Path) -> Exit:
    """Show the rehearsal, again and again while its window wants that."""
    switching = Switching()
    while True:
        try:
            with open_stage(home, PasswordFileStore(home / SECRETS_FILE, REHEARSAL_PASSWORD)) as stage:
                code = run_window(
                    stage.installation, read_evoucher, title_note="演示数据 · 不会报送", switching=switching
                )
            wished = switching.wish.taken()
            if wished.restore is not None:
                store = PasswordFileStore(home / SECRETS_FILE, REHEARSAL_PASSWORD)
                with open_workspace(home / UNIT_FOLDER, store) as workspace:
                    workspace.restore(wished.restore)
        except (Fault, ExchangeFault) as fault:  # open in another window already, or damaged
            if fault.code == "WORKSPACE_LOCKED":
                look_or_switch(fault.facts, may_look=False)
            else:
                words = faults.sentence(fault.code, fault.facts)
                tell(faults.describe(fault.code).title, words, level="error", word="关闭")
            return Exit.REFUSED
        if not wished.again:
            return Exit(code)


def _people() -> list[tuple[str, str]]:
    return [
        (f"{'、'.join(POSTS[post] for post in row['posts'])} {row['name']}", pins()[row["id"]])
        for row in unit_material()["officers"]
    ]


def _maker(home: Path) -> Callable[[Callable[[str], None]], None]:
    def make_it(say: Callable[[str], None]) -> None:
        try:
            home.mkdir(parents=True, exist_ok=True)
            make(home, REHEARSAL_MARK, lambda at: PasswordFileStore(at / SECRETS_FILE, REHEARSAL_PASSWORD), say)
        except OSError as reason:
            raise disk_fault(reason, home) from reason

    return make_it
