"""Who holds a workspace, who died with it, whose key seals, and what opens without a right to write."""

import getpass
import shutil
import subprocess
import sys

import pytest

from desktop.domain.fault import Fault
from desktop.storage.workspace import open_workspace
from sync.faults import ExchangeFault


def refusal(call, *arguments, **named):
    with pytest.raises((Fault, ExchangeFault)) as caught:
        call(*arguments, **named)
    return caught.value


def test_whoever_holds_it_is_named(workspace, secrets):
    fault = refusal(open_workspace, workspace.folder, secrets)
    assert (fault.code, fault.facts["user"]) == ("WORKSPACE_LOCKED", getpass.getuser())
    assert fault.facts["workspace"] == workspace.id


def test_after_an_orderly_end_nobody_is_left_behind(workspace, secrets):
    workspace.close()
    with open_workspace(workspace.folder, secrets) as again:
        assert again.left_behind is None


def test_a_program_that_died_is_remembered_once(workspace, secrets, clock):
    held = (workspace.folder / "workspace.lock").read_bytes()
    workspace.close()
    (workspace.folder / "workspace.lock").write_bytes(held)
    with open_workspace(workspace.folder, secrets) as again:
        assert again.left_behind.since == clock.time.isoformat(timespec="seconds")
    with open_workspace(workspace.folder, secrets) as later:
        assert later.left_behind is None


def test_a_lock_file_of_an_older_program_tells_nothing(workspace, secrets):
    workspace.close()
    (workspace.folder / "workspace.lock").write_bytes(b"\x00 not ours")
    with open_workspace(workspace.folder, secrets) as again:
        assert again.left_behind is None


def test_looking_only_neither_reads_nor_wipes_the_mark(workspace, secrets):
    before = (workspace.folder / "workspace.lock").read_bytes()
    with open_workspace(workspace.folder, secrets, readonly=True) as looking:
        assert looking.left_behind is None
    assert (workspace.folder / "workspace.lock").read_bytes() == before


def test_a_registered_installation_never_makes_a_second_key_of_its_own(workspace, secrets):
    workspace.vault().writer_key()
    with workspace.books() as books:
        books.exchange.begin_stream("219001/pc1")
        books.commit()
    workspace.close()
    for path in (workspace.folder / "keys").glob("*.key"):
        path.unlink()
    with open_workspace(workspace.folder, secrets) as again:
        assert refusal(again.vault().writer_key).code == "WRITER_KEY_LOST"
        assert not list((workspace.folder / "keys").glob("*.key"))


def test_a_fresh_installation_makes_its_key_at_the_first_call(workspace):
    vault = workspace.vault()
    assert not vault.has_writer_key()
    assert vault.writer_key().public.hex == vault.writer_public()
    assert vault.has_writer_key()


@pytest.fixture
def protected(workspace, tmp_path):
    """The closed workspace on a disk with write protection."""
    workspace.close()
    place = tmp_path / "disk"
    place.mkdir()
    mounted = sys.platform.startswith("linux") and not subprocess.run(
        ["mount", "-t", "tmpfs", "none", str(place)], capture_output=True
    ).returncode
    if not mounted:
        pytest.skip("needs the right to mount a file system")
    shutil.copytree(workspace.folder, place / "unit")
    subprocess.run(["mount", "-o", "remount,ro", str(place)], check=True)
    yield place / "unit"
    subprocess.run(["umount", "-l", str(place)], check=True)


def test_a_disk_with_write_protection_is_named_and_opens_for_reading(protected, secrets):
    fault = refusal(open_workspace, protected, secrets)
    assert (fault.code, fault.facts["folder"]) == ("WORKSPACE_UNWRITABLE", str(protected))
    with open_workspace(protected, secrets, readonly=True) as looking:
        assert looking.readonly
        with looking.books() as books:
            assert books.documents.rows() == []
        with looking.books() as books:
            assert refusal(books.set_setting, "a", "一").code == "WORKSPACE_READONLY"
