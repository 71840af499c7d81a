"""The window without a workspace: how to begin, and the rehearsal when it is wanted."""

from collections.abc import Callable
from pathlib import Path

from desktop.bootstrap import read_evoucher
from desktop.commands.answer import Exit
from desktop.commands.homes import REHEARSAL_MARK, REHEARSAL_PASSWORD, SECRETS_FILE
from desktop.demo.material import pins, unit_material
from desktop.demo.stage import is_made, make, open_stage
from desktop.domain.fault import Fault
from desktop.storage.faults import disk_fault
from desktop.texts import faults
from desktop.texts.words import POSTS
from desktop.ui.app.beginning import Rehearsal, begin
from desktop.ui.app.start import application, run_window
from desktop.ui.kit.dialogs import tell
from sync.faults import ExchangeFault
from sync.secrets import PasswordFileStore


def begin_at(home: Path) -> Exit:
    """Say how to begin; show the rehearsal when it is wanted."""
    application()
    if not begin(Rehearsal(is_made(home, REHEARSAL_MARK), _maker(home), _people())):
        return Exit.GOOD
    try:
        with open_stage(home, PasswordFileStore(home / SECRETS_FILE, REHEARSAL_PASSWORD)) as stage:
            return Exit(run_window(stage.installation, read_evoucher, title_note="演示数据 · 不会报送"))
    except (Fault, ExchangeFault) as fault:  # open in another window already, or damaged
        tell(faults.describe(fault.code).title, faults.sentence(fault.code, fault.facts), level="error", word="关闭")
        return Exit.REFUSED


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
