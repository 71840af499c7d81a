"""From a folder to an open workspace: asks for password, recovery code or backup, or says why it is not opened."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop.domain.fault import Fault
from desktop.texts import faults, tr
from desktop.texts.messages import message
from desktop.ui.app.bell import ring
from desktop.ui.app.installation import Installation
from desktop.ui.kit.dialogs import Verb, ask, ask_secret, ask_text, tell
from sync.faults import ExchangeFault

# The key of this PC is missing or another one: the printed recovery code opens the workspace.
_RECOVERABLE = frozenset({"KEY_NOT_AT_HAND", "WORKSPACE_WRONG_KEY"})


@dataclass(frozen=True, slots=True)
class Opening:
    """What may be tried with one workspace.

    Attributes:
        needs_password: The secrets lie in a file under a password.
        open: Opens the workspace: (password, read only).
        recover: Brings the key back by the recovery code: (code, password).
        close: Closes what `open` gave.
        restore: Puts a backup in the place of the database: (installation, folder of the backup).
    """

    needs_password: bool
    open: Callable[[str, bool], Installation]
    recover: Callable[[str, str], None]
    close: Callable[[Installation], None]
    restore: Callable[[Installation, Path], None]


def reach(opening: Opening) -> Installation | None:
    """Open the workspace, asking the user what must be asked; None when the user gives up.

    A QApplication with the theme must exist. Nothing is changed unless the user chose to restore a backup.
    """
    password, readonly = "", False
    if opening.needs_password:
        asked = _ask_password("")
        if asked is None:
            return None
        password = asked
    while True:
        try:
            installation = opening.open(password, readonly)
        except (Fault, ExchangeFault) as fault:
            again = _after_fault(opening, fault, password)
            if again is None:
                return None
            password, readonly = again
            continue
        if not installation.workspace.damaged:
            return installation
        # A damaged file is seldom; nobody else waits for the table of its backups.
        from desktop.ui.app.restore_dialog import LOOK, RESTORE, choose_backup  # noqa: PLC0415 - see above

        verb, backup = choose_backup(installation.workspace.backups())
        if verb == LOOK:
            return installation
        if verb == RESTORE and backup is not None:
            _restore(opening, installation, backup.path)
        opening.close(installation)
        if verb != RESTORE:
            return None


def restore_now(opening: Opening, backup: Path) -> None:
    """Put a backup in the place of a workspace's database, before its window opens again; a failure is told.

    The workspace is opened for it and closed again: its books belong to the worker of one window.
    """
    installation = reach(opening)
    if installation is None:
        return
    _restore(opening, installation, backup)
    opening.close(installation)


def _ask_password(wrong: str) -> str | None:
    body = wrong or tr("这个工作区的密钥存放在口令保护的文件里。输入口令后打开。")
    return ask_secret(tr("打开工作区"), body, verb=tr("打开"), hint=tr("密钥文件口令"))


def _after_fault(opening: Opening, fault: Fault | ExchangeFault, password: str) -> tuple[str, bool] | None:
    """Return password and read-only for the next try; None when there is none."""
    told = faults.describe(fault.code, fault.facts)
    words = faults.sentence(fault.code, fault.facts)
    if fault.code == "PASSWORD_WRONG":
        asked = _ask_password(words)
        return None if asked is None else (asked, False)
    if fault.code == "WORKSPACE_LOCKED":
        return (password, True) if look_or_switch(fault.facts) else None
    if fault.code == "WORKSPACE_UNWRITABLE":
        verbs = (Verb("look", tr("只读打开"), "primary"), Verb("close", tr("关闭")))
        return (password, True) if ask(told.title, words, verbs, level="warning") == "look" else None
    if fault.code in _RECOVERABLE:
        verbs = (Verb("code", tr("输入恢复码"), "primary"), Verb("close", tr("关闭")))
        if ask(told.title, words, verbs, level="warning") == "code" and _recovered(opening, password):
            return password, False
        return None
    tell(told.title, words, level="error", word=tr("关闭"))
    return None


def look_or_switch(facts: Mapping[str, str], *, may_look: bool = True) -> bool:
    """Say who has the workspace open (M29); True to open it for reading, False when the other window came or nothing.

    Args:
        facts: Of WORKSPACE_LOCKED: ``user`` and ``workspace``.
        may_look: Offer to open for reading.
    """
    user = tr("（用户 {name}）", name=facts["user"]) if facts.get("user") else ""
    said = message("M29", user=user)
    look, switch, close = said.verbs
    title, body = said.title, said.body
    looking = [Verb("look", look)] if may_look else []
    verbs = [Verb("switch", switch, "primary"), *looking, Verb("close", close)]
    while True:
        answer = ask(title, body, verbs, level="warning")
        if answer != "switch" or ring(facts.get("workspace", "")):
            return answer == "look"
        body = tr(
            "那个窗口没有回应：可能在另一个登录的用户那里{user}，或正被命令使用，或卡住了。请到那里关闭它，也可以先只读打开。",
            user=user,
        )
        verbs = [*looking, Verb("switch", tr("再试一次")), Verb("close", close)]


def _recovered(opening: Opening, password: str) -> bool:
    """Ask for the recovery code until it opens the workspace; False when the user steps back."""
    typed, body = "", tr("恢复码共 8 组，每组 5 位，开通时打印在纸上。大小写、空格都可以。")
    while True:
        code = ask_text(tr("用恢复码打开"), body, verb=tr("打开"), hint=tr("恢复码"), text=typed)
        if code is None:
            return False
        try:
            opening.recover(code, password)
        except (Fault, ExchangeFault) as fault:
            typed, body = code, faults.sentence(fault.code, fault.facts)
            continue
        return True


def _restore(opening: Opening, installation: Installation, backup: Path) -> None:
    """Put a backup in the place of a damaged database; a failure is told, the choice then comes up again."""
    QApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
    try:
        opening.restore(installation, backup)
    except (Fault, ExchangeFault) as fault:
        QApplication.restoreOverrideCursor()
        told = faults.describe(fault.code, fault.facts)
        tell(told.title, faults.sentence(fault.code, fault.facts), level="error")
    else:
        QApplication.restoreOverrideCursor()
