"""A program that is killed loses nothing that was committed, and leaves nothing half done."""

import contextlib
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.domain.fault import Fault
from desktop.storage.migrations import steps
from desktop.storage.rebuild import compare_rebuild
from desktop.storage.workspace import create_workspace, open_workspace
from tests.storage.conftest import CHEAP
from tests.storage.samples import Memory

ROOT = Path(__file__).parents[2]
KILLED = 9


def command(what, folder, secrets, *more):
    key = next(iter(secrets.kept.values())).hex() if secrets.kept else "-"
    return [sys.executable, "-m", "tests.storage.crash", what, str(folder), key, *more]


def run(what, folder, secrets, *more):
    """Run a program that kills itself; it must not end in any other way."""
    done = subprocess.run(command(what, folder, secrets, *more), cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.returncode == KILLED, done.stderr


@contextlib.contextmanager
def running(what, folder, secrets):
    child = subprocess.Popen(
        command(what, folder, secrets), cwd=ROOT, stdout=subprocess.PIPE, stdin=subprocess.PIPE, text=True
    )
    try:
        yield child
    finally:
        child.kill()
        child.communicate()


@pytest.fixture
def closed(workspace):
    workspace.close()
    return workspace.folder


def vouchers(folder, secrets):
    """Open after the crash; everything in it must agree with everything."""
    with open_workspace(folder, secrets) as workspace:
        assert not workspace.damaged
        with workspace.books() as books:
            assert compare_rebuild(books) == []
            assert books.verify_audit().broken_at is None
            return sorted(int(row.doc_id.rpartition("-")[2]) for row in books.documents.rows())


def leftovers(folder):
    return [path for path in folder.rglob("*") if path.name.startswith(".") or "restoring" in path.name]


def test_what_was_not_committed_is_gone_and_the_rest_is_there(closed, secrets):
    run("uncommitted", closed, secrets)
    assert (closed / "books.db-wal").stat().st_size > 0
    assert vouchers(closed, secrets) == [1, 2, 3]


@pytest.mark.parametrize("after", [1, 4, 11])
def test_a_program_killed_at_any_moment_has_lost_no_commit_that_it_spoke_of(closed, secrets, after):
    with running("forever", closed, secrets) as child:
        for _ in range(after):
            spoken = int(child.stdout.readline())
        child.kill()
        rest = child.communicate()[0].split()
    last = int(rest[-1]) if rest else spoken
    found = vouchers(closed, secrets)
    assert found in (list(range(1, last + 1)), list(range(1, last + 2)))


def test_the_lock_ends_with_the_program_that_held_it(closed, secrets):
    with running("hold", closed, secrets) as child:
        assert child.stdout.readline().strip() == "open"
        with pytest.raises(Fault) as caught:
            open_workspace(closed, secrets)
        assert caught.value.code == "WORKSPACE_LOCKED"
    assert vouchers(closed, secrets) == []


def test_an_upgrade_killed_in_a_step_is_as_if_it_had_not_begun(closed, secrets):
    run("in_upgrade", closed, secrets)
    assert vouchers(closed, secrets) == [1]
    with open_workspace(closed, secrets) as workspace, workspace.books() as books:
        tables = books.connection.exec_driver_sql("SELECT count(*) FROM sqlite_master WHERE name = 'later'").scalar()
    assert tables == 0
    with open_workspace(closed, secrets) as workspace:
        assert [one.why for one in workspace.backups()] == [f"upgrade-v{len(steps())}"]


def test_a_backup_killed_half_way_is_none(closed, secrets):
    run("in_backup", closed, secrets)
    assert leftovers(closed / "backups")
    with open_workspace(closed, secrets) as workspace:
        assert workspace.backups() == []
    assert vouchers(closed, secrets) == [1]


@pytest.mark.parametrize(("where", "found"), [("copied", [1]), ("replaced", [])])
def test_a_restore_killed_half_way_leaves_the_old_state_or_the_new(closed, secrets, where, found):
    run("in_restore", closed, secrets, where)
    assert vouchers(closed, secrets) == found
    assert not leftovers(closed)


def test_an_original_killed_half_way_is_not_there_and_is_swept(closed, secrets):
    run("in_original", closed, secrets)
    assert leftovers(closed / "files")
    vouchers(closed, secrets)
    assert not leftovers(closed)
    assert not [path for path in (closed / "files").rglob("*") if path.is_file()]


@pytest.mark.parametrize("where", ["database", "mark", "secret"])
def test_a_workspace_killed_while_it_is_made_is_none_and_can_be_made_again(tmp_path, where):
    folder, secrets = tmp_path / "unit", Memory()
    run("in_create", folder, secrets, where)
    assert not folder.exists()
    create_workspace(folder, secrets, cost=CHEAP).workspace.close()
    assert [path.name for path in tmp_path.iterdir()] == ["unit"]
    assert vouchers(folder, secrets) == []
