"""A full disk undoes the whole transaction and says so; what was committed stays, and work goes on with space again."""

import contextlib
import subprocess
import sys

import pytest

from desktop.domain.fault import Fault
from desktop.storage.backup import make_backup
from desktop.storage.rebuild import compare_rebuild
from desktop.storage.workspace import create_workspace, open_workspace
from tests.storage.conftest import CHEAP
from tests.storage.samples import Memory, budget, save, voucher

DISK = 3 << 20


def code_of(call, *arguments, **named):
    with pytest.raises(Fault) as caught:
        call(*arguments, **named)
    return caught.value.code


def write(workspace, *contents):
    with workspace.books() as books:
        for content in contents:
            save(books, content)
        books.commit()


def rows(workspace):
    with workspace.books() as books:
        assert compare_rebuild(books) == []
        assert books.verify_audit().broken_at is None
        return len(books.documents.rows())


def test_a_full_database_undoes_the_whole_transaction(workspace):
    write(workspace, voucher(1))
    with workspace.books() as books:
        pages = books.connection.exec_driver_sql("PRAGMA page_count").scalar()
        books.connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 2}")
    assert code_of(write, workspace, voucher(2), *(budget(n, 60) for n in range(1, 9))) == "DISK_FULL"
    assert rows(workspace) == 1
    with workspace.books() as books:
        books.connection.exec_driver_sql("PRAGMA max_page_count = 1000000")
    write(workspace, voucher(2))
    assert rows(workspace) == 2


def test_a_transaction_that_met_a_full_disk_is_never_committed(workspace):
    with workspace.books() as books:
        pages = books.connection.exec_driver_sql("PRAGMA page_count").scalar()
        books.connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 2}")
        save(books, voucher(1))
        assert code_of(lambda: [save(books, budget(n, 60)) for n in range(1, 9)]) == "DISK_FULL"
        assert code_of(books.commit) == "DISK_FULL"
    assert rows(workspace) == 0


@pytest.fixture
def small_disk(tmp_path):
    """A disk of 3 MiB."""
    place = tmp_path / "disk"
    place.mkdir()
    if not sys.platform.startswith("linux"):
        pytest.skip("needs a file system of its own")
    mount = ["mount", "-t", "tmpfs", "-o", f"size={DISK}", "none", str(place)]
    if subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("needs the right to mount a file system")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def fill(path):
    """Write until nothing more goes in."""
    with path.open("wb", buffering=0) as file, contextlib.suppress(OSError):
        while True:
            file.write(b"x" * 4096)


@pytest.fixture
def tight(small_disk):
    """A workspace on it with a committed document, and the disk full to the last byte; gives the ballast too."""
    secrets = Memory()
    with create_workspace(small_disk / "unit", secrets, cost=CHEAP).workspace as workspace:
        write(workspace, voucher(1))
        ballast = small_disk / "ballast"
        fill(ballast)
        yield workspace, ballast, secrets


def test_on_a_full_disk_nothing_is_half_written(tight, small_disk):
    workspace, _, secrets = tight
    assert code_of(lambda: [write(workspace, *(budget(n, 80) for n in range(1, 20)))]) == "DISK_FULL"
    with workspace.books() as books:
        assert code_of(books.originals.keep, b"x" * 100_000) == "DISK_FULL"
    assert code_of(make_backup, workspace) == "DISK_FULL"
    assert not list((workspace.folder / "backups").iterdir())
    assert code_of(create_workspace, small_disk / "second", secrets, cost=CHEAP) == "DISK_FULL"
    assert {path.name for path in small_disk.iterdir()} == {"unit", "ballast"}
    assert not [path for path in workspace.folder.rglob("*") if path.name.startswith(".")]
    assert rows(workspace) == 1


def test_work_goes_on_once_there_is_space_again(tight):
    workspace, ballast, secrets = tight
    assert code_of(lambda: [write(workspace, *(budget(n, 80) for n in range(1, 20)))]) == "DISK_FULL"
    ballast.unlink()
    write(workspace, voucher(2))
    make_backup(workspace)
    workspace.close()
    with open_workspace(workspace.folder, secrets) as again:
        assert not again.damaged
        assert rows(again) == 2


def test_a_full_disk_does_not_keep_the_workspace_from_opening(tight):
    workspace, _, secrets = tight
    workspace.close()
    with open_workspace(workspace.folder, secrets) as again:
        assert rows(again) == 1
