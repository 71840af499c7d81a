"""A backup is complete and verified or not there, and brings the workspace back as it was."""

import errno
import json
import os
import shutil
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from desktop.domain.fault import Fault
from desktop.domain.retention import DAILY, MONTHLY, WEEKLY
from desktop.storage import backup as module
from desktop.storage import inspection
from desktop.storage.backup import make_backup, restore_backup, restore_to_folder
from desktop.storage.shelf import find_backups, prune
from desktop.storage.workspace import create_workspace, open_workspace, recover
from sync.crypto import sm3
from tests.storage.conftest import CHEAP
from tests.storage.samples import Memory, save, voucher

START = datetime(2026, 11, 22, 9, 30, tzinfo=timezone(timedelta(hours=8)))


def code_of(call, *arguments, **named):
    with pytest.raises(Fault) as caught:
        call(*arguments, **named)
    return caught.value.code


def write(workspace, value):
    with workspace.books() as books:
        books.set_setting("a", value)
        books.commit()


def read(workspace):
    with workspace.books() as books:
        return books.setting("a")


@pytest.fixture
def lively(workspace):
    """A workspace with documents, an original and a sealed batch."""
    with workspace.books() as books:
        for number in range(1, 30):
            save(books, voucher(number))
        books.set_setting("a", "一")
        books.set_setting("original", books.originals.keep(b"original"))
        books.commit()
    (workspace.outbox / "BSP-1.bsp").write_bytes(b"sealed")
    (workspace.outbox / ".BSP-2.bsp.partial").write_bytes(b"half")
    (workspace.inbox / "set-aside").mkdir()
    (workspace.inbox / "set-aside" / "R-1.bsp").write_bytes(b"odd")
    return workspace


def test_a_backup_holds_everything_and_says_what(lively):
    made = make_backup(lively)
    names = {path.relative_to(made.path).as_posix() for path in made.path.rglob("*") if path.is_file()}
    assert names == {"books.db", "workspace.json", "keys/recovery.json", "manifest.json"}
    manifest = json.loads((made.path / "manifest.json").read_text())
    assert {one["name"]: one["sm3"] for one in manifest["files"]} == {
        name: sm3((made.path / name).read_bytes()) for name in names - {"manifest.json"}
    }
    kept = {f"files/{sm3(b'original')[:2]}/{sm3(b'original')}", "outbox/BSP-1.bsp", "inbox/set-aside/R-1.bsp"}
    assert set(manifest["kept"]) == kept
    assert all((made.path.parent / name).is_file() for name in kept)
    assert made.size > (made.path / "books.db").stat().st_size
    assert made.path.name == "20261122-093000-manual"


def test_files_that_were_copied_before_are_not_copied_again(lively, clock):
    first = make_backup(lively)
    stamp = (lively.folder / "backups" / "outbox" / "BSP-1.bsp").stat().st_mtime_ns
    clock.forward(hours=1)
    second = make_backup(lively)
    assert second.size < first.size
    assert (lively.folder / "backups" / "outbox" / "BSP-1.bsp").stat().st_mtime_ns == stamp


def test_two_backups_in_one_second_have_two_names(lively):
    assert make_backup(lively).path != make_backup(lively).path
    assert len(lively.backups()) == 2


def test_a_backup_brings_the_state_back_and_keeps_the_one_before(lively, clock):
    made = make_backup(lively)
    write(lively, "二")
    digest = sm3(b"original")
    (lively.folder / "files" / digest[:2] / digest).unlink()
    clock.forward(hours=1)
    before = restore_backup(lively, made.path)
    assert read(lively) == "一"
    with lively.books() as books:
        assert books.originals.read(digest) == b"original"
        assert len(books.documents.rows()) == 29
    restore_backup(lively, before.path)
    assert read(lively) == "二"


def test_work_goes_on_after_a_restore(lively):
    made = make_backup(lively)
    lively.restore(made.path)
    write(lively, "三")
    assert read(lively) == "三"
    assert [one.why for one in lively.backups()] == ["restore", "manual"]


def test_a_backup_on_another_disk_opens_on_another_computer(lively, made, tmp_path):
    stick = tmp_path / "stick"
    copied = make_backup(lively, stick)
    lively.close()
    shutil.rmtree(lively.folder)
    elsewhere, folder = Memory(), tmp_path / "new"
    restore_to_folder(copied.path, folder)
    assert code_of(open_workspace, folder, elsewhere) == "KEY_NOT_AT_HAND"
    recover(folder, made.recovery_code, elsewhere)
    with open_workspace(folder, elsewhere) as again:
        assert read(again) == "一"
        assert (again.outbox / "BSP-1.bsp").read_bytes() == b"sealed"
        with again.books() as books:
            assert books.originals.read(books.setting("original")) == b"original"


def test_a_folder_that_holds_something_is_not_restored_into(lively, tmp_path):
    made = make_backup(lively)
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "x").write_text("x")
    assert code_of(restore_to_folder, made.path, tmp_path / "new") == "WORKSPACE_EXISTS"


@pytest.mark.parametrize("name", ["books.db", "keys/recovery.json", "workspace.json", "manifest.json"])
@pytest.mark.parametrize("how", ["flip", "cut", "remove"])
def test_a_changed_backup_is_refused_and_the_workspace_is_as_it_was(lively, name, how):
    made = make_backup(lively)
    write(lively, "二")
    path = made.path / name
    if how == "remove":
        path.unlink()
    elif how == "cut":
        os.truncate(path, path.stat().st_size // 2)
    else:
        data = bytearray(path.read_bytes())
        data[len(data) // 2] ^= 4
        path.write_bytes(data)
    assert code_of(lively.restore, made.path) == "FILE_DAMAGED"
    assert read(lively) == "二"


def test_a_backup_whose_shared_file_is_gone_is_refused(lively):
    made = make_backup(lively)
    for folder in (lively.folder, lively.folder / "backups"):
        (folder / "outbox" / "BSP-1.bsp").unlink()
    assert code_of(lively.restore, made.path) == "FILE_DAMAGED"


NAMES = ["../x", "/etc/x", "files/../../x", "keys\\x", "C:x", "other/x", "files//x", ".x", "files/.x"]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("listing", ["files", "kept"])
def test_a_name_that_leads_out_of_the_folder_is_refused(lively, tmp_path, name, listing):
    made = make_backup(lively)
    path = made.path / "manifest.json"
    manifest = json.loads(path.read_text())
    manifest[listing].append({"name": name, "sm3": "", "size": 0} if listing == "files" else name)
    path.write_text(json.dumps(manifest))
    assert code_of(restore_to_folder, made.path, tmp_path / "new") == "FILE_DAMAGED"
    assert not (tmp_path / "new").exists()


def test_a_backup_of_another_workspace_is_refused(lively, tmp_path, secrets):
    with create_workspace(tmp_path / "other", secrets, cost=CHEAP).workspace as other:
        foreign = make_backup(other)
    assert code_of(lively.restore, foreign.path) == "WORKSPACE_COPIED"
    assert read(lively) == "一"


def test_a_backup_that_fails_leaves_nothing_and_removes_none(lively, monkeypatch, clock):
    first = make_backup(lively)
    clock.forward(days=1)

    def fail(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(module, "_copy_own", fail)
    assert code_of(make_backup, lively) == "DISK_FULL"
    assert [one.path for one in lively.backups()] == [first.path]
    assert not list(first.path.parent.glob(".*"))


def test_a_damage_that_was_not_seen_at_opening_does_not_stop_a_restore(lively, secrets, monkeypatch):
    made = make_backup(lively)
    lively.close()
    monkeypatch.setattr(inspection, "CHECKED_AT_OPEN", 0)
    path = lively.folder / "books.db"
    data = bytearray(path.read_bytes())
    data[-4000] ^= 1
    path.write_bytes(data)
    with open_workspace(lively.folder, secrets) as again:
        assert not again.damaged
        assert code_of(make_backup, again) == "WORKSPACE_DAMAGED"
        before = again.restore(made.path)
        assert before.path.name.endswith("-damaged")
        assert (before.path / "books.db").read_bytes() == data
        assert again.check() == []


def test_leftovers_of_a_killed_backup_are_swept_and_never_listed(lively):
    left = lively.folder / "backups" / ".20261101-000000-manual.partial"
    left.mkdir()
    (left / "books.db").write_bytes(b"half")
    assert lively.backups() == []
    make_backup(lively)
    assert not left.exists()


@pytest.mark.parametrize("why", ["", "../x", "Über", "a b", "x" * 40])
def test_the_reason_of_a_backup_is_a_short_word(lively, why):
    with pytest.raises(ValueError, match="why"):
        make_backup(lively, why=why)


def test_old_backups_go_by_the_rules_and_those_of_an_upgrade_stay(workspace, clock):
    source = workspace.source
    module.back_up(source(), workspace.folder / "backups", "upgrade-v1")
    for _ in range(40):
        make_backup(workspace)
        clock.forward(days=1)
    left = workspace.backups()
    newest = [one.made_at for one in left[:DAILY]]
    assert newest == [clock.time - timedelta(days=day) for day in range(1, DAILY + 1)]
    assert left[-1].why == "upgrade-v1"
    assert len(left) <= DAILY + WEEKLY + MONTHLY + 1


def test_what_is_no_backup_is_neither_listed_nor_removed(tmp_path):
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "manifest.json").write_text("{}")
    (tmp_path / "note.txt").write_text("x")
    assert find_backups(tmp_path) == prune(tmp_path, START) == []
    assert find_backups(tmp_path / "gone") == []
    assert Path(tmp_path / "letters" / "manifest.json").exists()
