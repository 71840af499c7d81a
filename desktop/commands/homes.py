"""Where workspaces and their secrets lie on this PC, and which keys are at hand."""

import getpass
import os
import sys
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from desktop.commands.answer import Unusable
from desktop.domain.fault import Fault
from desktop.domain.mirrors import Officer
from desktop.storage.workspace import Workspace, open_workspace
from sync.catalogue import Trust
from sync.crypto import SoftKey
from sync.faults import ExchangeFault, SecretStoreFailed
from sync.secrets import KeyringStore, PasswordFileStore, SecretStore

SECRETS_FILE = "secrets.bdk"
REHEARSAL_MARK = "rehearsal.txt"
# The rehearsal's secrets open with a password that everybody may know: nothing in it is real.
REHEARSAL_PASSWORD = "rehearsal-219001"
PASSWORD_VARIABLE = "BUDGETDESK_PASSWORD"


@dataclass(frozen=True, slots=True)
class KeysAtHand:
    """Keys that this PC can open containers with, the people it knows, and whom it trusts."""

    keys: tuple[SoftKey, ...] = ()
    officers: tuple[Officer, ...] = ()
    trust: Trust | None = None


def default_home() -> Path:
    """Return the folder that holds this user's workspaces."""
    return Path(platformdirs.user_data_dir("BudgetDesk", appauthor=False))


def rehearsal_home() -> Path:
    """Return where the rehearsal lives unless told otherwise."""
    return default_home() / "rehearsal"


def tour_home() -> Path:
    """Return where the tour without a screen works; apart from the rehearsal that people practise in."""
    return default_home() / "tour"


def workspaces_in(home: Path) -> list[Path]:
    """Return the workspaces of a home, by name."""
    return sorted(found.parent for found in home.glob("*/workspace.json"))


def secrets_of(workspace: Path) -> SecretStore:
    """Return the store that holds a workspace's secrets: a password file beside it, else the system's keyring.

    Raises:
        Unusable: A password is needed and there is nobody to ask.
    """
    file = workspace.parent / SECRETS_FILE
    if needs_password(workspace):
        return PasswordFileStore(file, _password(file))
    try:
        return secrets_with(workspace, "")
    except SecretStoreFailed:
        raise Unusable(
            f"这台电脑没有系统密钥库，{workspace.parent} 里也没有口令文件 {SECRETS_FILE}，"
            "打不开该工作区。数据没有改动。"
        ) from None


def needs_password(workspace: Path) -> bool:
    """Whether a workspace's secrets lie in a file whose password nobody has given yet."""
    known = (workspace.parent / REHEARSAL_MARK).is_file() or os.environ.get(PASSWORD_VARIABLE)
    return not known and (workspace.parent / SECRETS_FILE).is_file()


def secrets_with(workspace: Path, password: str) -> SecretStore:
    """Return the store that holds a workspace's secrets.

    Args:
        workspace: Its folder.
        password: Of the file of secrets; when empty the rehearsal's, or the one that the environment gives.

    Raises:
        WrongPassword: The file opens with another one.
        SecretStoreFailed: There is no such file, and the system keeps no secrets.
    """
    file = workspace.parent / SECRETS_FILE
    if (workspace.parent / REHEARSAL_MARK).is_file():
        return PasswordFileStore(file, REHEARSAL_PASSWORD)
    if file.is_file():
        return PasswordFileStore(file, password or os.environ.get(PASSWORD_VARIABLE, ""))
    keyring = KeyringStore()
    if not keyring.available():
        raise SecretStoreFailed(reason="none")
    return keyring


def open_at(workspace: Path, *, readonly: bool = False) -> Workspace:
    """Open a workspace folder given on the command line.

    Raises:
        Unusable: It is none, or its password is missing.
        Fault: Whatever opening says.
    """
    if not (workspace / "workspace.json").is_file():
        raise Unusable(f"{workspace} 不是工作区文件夹。")
    return open_workspace(workspace, secrets_of(workspace), readonly=readonly)


def keys_at_hand(home: Path | None) -> KeysAtHand:
    """Return what the workspaces of a home (or of the usual places) can open; a locked one is passed over.

    Raises:
        Unusable: The home that was asked for is no folder.
        Fault, ExchangeFault, Unusable: It has workspaces, and none of them opens.
    """
    if home is not None and not home.is_dir():
        raise Unusable(f"{home} 不是文件夹。")
    found: list[Path] = []
    for folder in [home] if home else [default_home(), rehearsal_home(), tour_home()]:
        found += [folder] if (folder / "workspace.json").is_file() else workspaces_in(folder)
    keys: list[SoftKey] = []
    officers: list[Officer] = []
    trust: Trust | None = None
    reason: Fault | ExchangeFault | Unusable | None = None
    for folder in found:
        try:
            with open_at(folder, readonly=True) as workspace:
                with workspace.books() as books:
                    officers += books.mirrors.officers()
                    trust = books.exchange.trust()
                # Last: only a workspace that is activated surely has its key, and looking must not make one.
                keys.append(workspace.vault().writer_key())
        except (Fault, ExchangeFault, Unusable) as locked:
            reason = reason or locked  # another workspace may hold the key
    if home is not None and not keys and reason is not None:
        raise reason
    return KeysAtHand(tuple(keys), tuple(officers), trust)


def _password(file: Path) -> str:
    given = os.environ.get(PASSWORD_VARIABLE, "")
    if given:
        return given
    if sys.stdin is not None and sys.stdin.isatty():
        try:
            return getpass.getpass(f"{file} 的口令：")
        except EOFError:
            raise Unusable("没有输入口令。") from None
    raise Unusable(f"打开 {file} 需要口令：请在终端中运行，或用环境变量 {PASSWORD_VARIABLE} 给出。")
