"""The program is killed while somebody types, or started a second time: nothing typed is lost, nobody overwrites."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from desktop.demo.stage import UNIT_FOLDER
from desktop.domain.fault import Fault
from desktop.storage.workspace import open_workspace
from tests.system.conftest import secrets_in

ROOT = Path(__file__).parents[2]
TYPED = "十一月办公楼采暖费，拔电源之前录入"


@contextmanager
def typing(home: Path) -> Iterator[subprocess.Popen[str]]:
    """A window in a program of its own in which the text has just been typed."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-m", "tests.system.editing", str(home), TYPED]
    program = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
    assert program.stdout is not None
    try:
        assert program.stdout.readline() == "typed\n"
        yield program
    finally:
        program.kill()
        program.communicate()


@pytest.mark.skipif(sys.platform == "win32", reason="there is no kill -9")
def test_at_most_a_second_of_work_is_lost_and_the_next_start_knows_of_it(home: Path) -> None:
    with typing(home) as program:
        # The promise: what was handed on a second ago is on the disk.
        with pytest.raises(subprocess.TimeoutExpired):
            program.wait(timeout=1.0)
        program.send_signal(signal.SIGKILL)
        program.wait()
    with open_workspace(home / UNIT_FOLDER, secrets_in(home)) as workspace, workspace.books() as books:
        assert workspace.left_behind is not None
        assert workspace.left_behind.process == program.pid
        assert [row.purpose for row in books.documents.rows() if row.purpose == TYPED] == [TYPED]
        assert books.verify_audit().broken_at is None
    with open_workspace(home / UNIT_FOLDER, secrets_in(home)) as again:
        assert again.left_behind is None


def test_a_second_start_is_told_who_has_it_and_may_only_look(home: Path) -> None:
    with typing(home):
        with pytest.raises(Fault) as caught:
            open_workspace(home / UNIT_FOLDER, secrets_in(home))
        assert caught.value.code == "WORKSPACE_LOCKED"
        assert caught.value.facts["user"]
        with open_workspace(home / UNIT_FOLDER, secrets_in(home), readonly=True) as looking:
            assert looking.readonly
            with looking.books() as books:
                assert books.documents.rows()
                with pytest.raises(Fault) as refused:
                    books.set_setting("a", "b")
        assert refused.value.code == "WORKSPACE_READONLY"
