"""A whole rehearsal for the system tests: made once, copied for each test that changes it."""

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from desktop.cli import main
from desktop.commands import homes
from desktop.commands.homes import PASSWORD_VARIABLE, REHEARSAL_MARK, REHEARSAL_PASSWORD, SECRETS_FILE
from desktop.demo.stage import Stage, is_made, make, open_stage
from sync.secrets import PasswordFileStore
from tests.system.asking import Answer, Ask


def secrets_in(home: Path) -> PasswordFileStore:
    """Return the secret store of a rehearsal."""
    return PasswordFileStore(home / SECRETS_FILE, REHEARSAL_PASSWORD)


def shared_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder that all processes of this test run see."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


@contextmanager
def only_one(lock: Path) -> Iterator[None]:
    """Let one test process at a time make what all of them share."""
    handle = os.open(lock, os.O_CREAT | os.O_RDWR)
    try:
        if os.name == "posix":
            import fcntl  # noqa: PLC0415 - not on Windows

            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


@pytest.fixture(scope="session")
def made_rehearsal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A rehearsal on 20 November that no test may change."""
    shared = shared_folder(tmp_path_factory)
    home = shared / "rehearsal"
    with only_one(shared / "rehearsal.lock"):
        if not is_made(home, REHEARSAL_MARK):
            make(home, REHEARSAL_MARK, secrets_in, lambda line: None)
    return home


@pytest.fixture
def home(made_rehearsal: Path, tmp_path: Path) -> Path:
    """A rehearsal of the test's own."""
    return Path(shutil.copytree(made_rehearsal, tmp_path / "home"))


@pytest.fixture
def stage(home: Path) -> Iterator[Stage]:
    """The test's own rehearsal, open, with its platform on a free port."""
    with open_stage(home, secrets_in(home)) as opened:
        yield opened


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Ask:
    """Runs a command as on a PC without any workspace of its own, and without a screen."""
    monkeypatch.setattr(homes, "default_home", lambda: tmp_path / "nowhere")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", PASSWORD_VARIABLE):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "stdin", None)

    def run(*arguments: object) -> Answer:
        try:
            code = main([str(one) for one in arguments])
        except SystemExit as ended:
            code = int(str(ended.code or 0))
        told = capsys.readouterr()
        return Answer(code, told.out, told.err)

    return run
