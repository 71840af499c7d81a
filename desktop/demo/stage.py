"""The rehearsal on its feet: platform on loopback, unit open, clock on 20 November."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from desktop.bootstrap import Installation, install
from desktop.demo.bureau import RehearsalBureau, open_bureau
from desktop.demo.clock import StoryClock
from desktop.demo.story import PLATFORM_FOLDER, TODAY, UNIT_FOLDER, make_story
from desktop.domain.fault import Fault
from desktop.storage.workspace import open_workspace
from desktop.usecases.ports import DocumentRow
from sync.central.running import RunningServer
from sync.central.web import build_app
from sync.secrets import SecretStore
from sync.transport.http import HttpTransport

_FOLDERS = (UNIT_FOLDER, PLATFORM_FOLDER)


@dataclass(frozen=True, slots=True)
class Stage:
    """What a rehearsal runs on."""

    installation: Installation
    bureau: RehearsalBureau
    url: str


def is_made(home: Path, mark: str) -> bool:
    """Whether a whole rehearsal lies in the home."""
    return (home / mark).is_file()


def make(home: Path, mark: str, secrets: Callable[[Path], SecretStore], tell: Callable[[str], None]) -> None:
    """Make the rehearsal anew; whatever an earlier one, or one that was cut short, left there is removed first.

    Args:
        home: The rehearsal's own folder.
        mark: File name that says that the rehearsal is whole; written last.
        secrets: Opens the secret store of the home.
        tell: Told what is going on, in Chinese.

    Raises:
        Fault: REHEARSAL_NOT_HERE when a unit lies there that no rehearsal made; it is left alone.
    """
    begun = home / f"{mark}.begun"
    if not (is_made(home, mark) or begun.exists()) and any((home / name).exists() for name in _FOLDERS):
        raise Fault("REHEARSAL_NOT_HERE", folder=str(home))
    home.mkdir(parents=True, exist_ok=True)
    store = secrets(home)
    begun.touch()
    (home / mark).unlink(missing_ok=True)
    for folder in _FOLDERS:
        shutil.rmtree(home / folder, ignore_errors=True)
    make_story(home, store, tell)
    (home / mark).write_text("演练数据：全部为虚构，可以随时删除。\n", encoding="utf-8")
    begun.unlink()


@contextmanager
def open_stage(home: Path, secrets: SecretStore) -> Iterator[Stage]:
    """Open platform and unit; the platform answers on a free port of this PC until the end."""
    clock = StoryClock(_latest(home, secrets))
    bureau = open_bureau(home / PLATFORM_FOLDER, clock)
    try:
        with (
            RunningServer(build_app(bureau.service)) as server,
            open_workspace(home / UNIT_FOLDER, secrets, clock=clock.now) as workspace,
        ):
            yield Stage(
                install(workspace, clock=clock, connect=lambda _: HttpTransport(server.url)), bureau, server.url
            )
    finally:
        bureau.close()


def _latest(home: Path, secrets: SecretStore) -> datetime:
    """Return when the unit last wrote something: a second start goes on from there.

    Read in an opening of its own, because books belong to the thread that first uses them: later the window's worker.
    """
    try:
        rows = _newest(home, secrets, readonly=True)
    except Fault as fault:
        if fault.code != "WORKSPACE_READONLY":
            raise
        rows = _newest(home, secrets, readonly=False)  # an older program made it: brought up to date first
    return max(TODAY, datetime.fromisoformat(rows[0].updated_at)) if rows else TODAY


def _newest(home: Path, secrets: SecretStore, *, readonly: bool) -> list[DocumentRow]:
    with open_workspace(home / UNIT_FOLDER, secrets, readonly=readonly) as workspace, workspace.books() as books:
        return books.documents.rows(limit=1)
