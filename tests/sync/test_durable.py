"""A file is complete and durable under its name, or not there."""

import errno
import os
import stat

import pytest

from sync import durable
from sync.durable import new_file, read_file, sweep, write_file
from sync.faults import DiskFailed, DiskFull, TargetExists


def test_a_written_file_stands_under_its_name_alone(tmp_path):
    write_file(tmp_path / "a.bsp", b"new", replace=False)
    assert [path.name for path in tmp_path.iterdir()] == ["a.bsp"]
    assert (tmp_path / "a.bsp").read_bytes() == b"new"


@pytest.mark.skipif(os.name == "nt", reason="Windows has other rights than owner, group and others")
def test_a_written_file_is_for_its_owner_alone(tmp_path):
    write_file(tmp_path / "key", b"secret", replace=False)
    assert stat.S_IMODE((tmp_path / "key").stat().st_mode) == 0o600


def test_an_existing_file_is_replaced_only_when_asked(tmp_path):
    target = tmp_path / "a.bsp"
    target.write_bytes(b"old")
    with pytest.raises(TargetExists):
        write_file(target, b"new", replace=False)
    assert target.read_bytes() == b"old"
    write_file(target, b"new", replace=True)
    assert target.read_bytes() == b"new"
    assert len(list(tmp_path.iterdir())) == 1


def write_and_fail(path, failure):
    with new_file(path, replace=True) as file:
        file.write(b"half")
        raise failure


def test_a_failure_while_writing_leaves_the_old_state(tmp_path):
    target = tmp_path / "a.bsp"
    target.write_bytes(b"old")
    with pytest.raises(RuntimeError, match="our bug"):
        write_and_fail(target, RuntimeError("our bug"))
    assert [path.name for path in tmp_path.iterdir()] == ["a.bsp"]
    assert target.read_bytes() == b"old"


def test_a_full_disk_is_told_as_such_and_changes_nothing(tmp_path):
    target = tmp_path / "a.bsp"
    target.write_bytes(b"old")
    with pytest.raises(DiskFull) as caught:
        write_and_fail(target, OSError(errno.ENOSPC, "No space left on device"))
    assert caught.value.facts == {"folder": str(tmp_path)}
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"old"]


def test_a_missing_folder_is_a_fault_of_the_disk(tmp_path):
    with pytest.raises(DiskFailed) as caught:
        write_file(tmp_path / "none" / "a.bsp", b"", replace=True)
    assert caught.value.facts["path"].endswith("a.bsp")


def test_the_bytes_are_on_the_device_before_the_name_changes(tmp_path, monkeypatch):
    events = []
    real_fsync, real_replace = os.fsync, durable.Path.replace

    def fsync(number):
        events.append("folder" if stat.S_ISDIR(os.fstat(number).st_mode) else f"file of {os.fstat(number).st_size}")
        real_fsync(number)

    def replace(self, target):
        events.append("rename")
        return real_replace(self, target)

    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(durable.Path, "replace", replace)
    write_file(tmp_path / "a.bsp", b"12345", replace=True)
    assert events == ["file of 5", "rename", "folder"]


def test_what_a_killed_program_left_is_swept_and_nothing_else(tmp_path):
    kept = [tmp_path / "a.bsp", tmp_path / "b.partial", tmp_path / ".hidden"]
    for path in [*kept, tmp_path / ".a.bsp.0011aabb.partial"]:
        path.write_bytes(b"x")
    assert [path.name for path in sweep(tmp_path)] == [".a.bsp.0011aabb.partial"]
    assert sorted(tmp_path.iterdir()) == sorted(kept)


def test_sweeping_a_folder_that_is_not_there_is_a_fault(tmp_path):
    with pytest.raises(DiskFailed):
        sweep(tmp_path / "none")


def test_a_small_file_is_read_whole_and_a_large_one_refused(tmp_path):
    (tmp_path / "a").write_bytes(b"12345")
    assert read_file(tmp_path / "a", 5) == b"12345"
    assert read_file(tmp_path / "none", 5) is None
    with pytest.raises(DiskFailed):
        read_file(tmp_path / "a", 4)
    with pytest.raises(DiskFailed):
        read_file(tmp_path, 4)
