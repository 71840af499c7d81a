"""The copy on another disk, the look into a backup, and the room that a backup needs."""

import os
import shutil
from collections import namedtuple

import pytest

from desktop.domain.fault import Fault
from desktop.storage import backup as module
from desktop.storage import space
from desktop.storage.backup import copy_backup, make_backup, place_on, restore_to_folder
from desktop.storage.backup_content import look_into
from desktop.storage.shelf import find_backups, search_backups
from desktop.storage.workspace import create_workspace, open_workspace, recover
from tests.storage.conftest import CHEAP
from tests.storage.samples import Memory, save, voucher

Usage = namedtuple("Usage", "total used free")


def refusal(call, *arguments, **named):
    with pytest.raises(Fault) as caught:
        call(*arguments, **named)
    return caught.value


@pytest.fixture
def lively(workspace):
    with workspace.books() as books:
        for number in range(1, 6):
            save(books, voucher(number))
        books.set_setting("unit_name", "甲旗林草局")
        books.set_setting("original", books.originals.keep(b"original"))
        books.commit()
    (workspace.outbox / "BSP-1.bsp").write_bytes(b"sealed")
    return workspace


@pytest.fixture
def stick(tmp_path):
    place = tmp_path / "stick"
    place.mkdir()
    return place


def test_the_second_copy_is_whole_and_opens_on_another_computer(lively, made, stick, tmp_path, clock):
    first = make_backup(lively)
    second = copy_backup(first.path, place_on(stick, lively.id), clock())
    shutil.rmtree(lively.folder / "backups")
    elsewhere, folder = Memory(), tmp_path / "new"
    restore_to_folder(second.path, folder)
    recover(folder, made.recovery_code, elsewhere)
    with open_workspace(folder, elsewhere) as again, again.books() as books:
        assert len(books.documents.rows()) == 5
        assert books.originals.read(books.setting("original")) == b"original"


def test_copying_the_same_backup_again_changes_nothing(lively, stick, clock):
    first, place = make_backup(lively), place_on(stick, lively.id)
    copy_backup(first.path, place, clock())
    stamps = {path: path.stat().st_mtime_ns for path in place.rglob("*")}
    copy_backup(first.path, place, clock())
    assert {path: path.stat().st_mtime_ns for path in place.rglob("*")} == stamps


def test_a_disk_that_is_not_there_is_named_and_nothing_is_made_in_its_place(lively, tmp_path, clock):
    first = make_backup(lively)
    fault = refusal(copy_backup, first.path, place_on(tmp_path / "gone", lively.id), clock())
    assert (fault.code, fault.facts["folder"]) == ("DISK_MISSING", str(tmp_path / "gone"))
    assert not (tmp_path / "gone").exists()


def test_a_copy_that_breaks_off_is_never_listed(lively, stick, clock, monkeypatch):
    first, place = make_backup(lively), place_on(stick, lively.id)
    copied = module._copy_file

    def break_off(path, target):
        if target.name == "manifest.json":
            raise OSError(5, "Input/output error")
        copied(path, target)

    monkeypatch.setattr(module, "_copy_file", break_off)
    assert refusal(copy_backup, first.path, place, clock()).code == "DISK_FAILED"
    assert find_backups(place) == []
    monkeypatch.setattr(module, "_copy_file", copied)
    copy_backup(first.path, place, clock())
    assert [one.path.name for one in find_backups(place)] == [first.path.name]
    assert not list(place.glob(".*"))


def test_a_copy_that_arrives_damaged_is_refused(lively, stick, clock, monkeypatch):
    first, place, copied = make_backup(lively), place_on(stick, lively.id), module._copy_file

    def worn_out(path, target):
        copied(path, target)
        if target.name == "books.db":
            data = bytearray(target.read_bytes())
            data[5000] ^= 1
            target.write_bytes(data)

    monkeypatch.setattr(module, "_copy_file", worn_out)
    assert refusal(copy_backup, first.path, place, clock()).code == "FILE_DAMAGED"
    assert find_backups(place) == []


@pytest.mark.parametrize("at", ["home", "second"])
def test_without_room_the_numbers_are_said_before_anything_is_written(lively, stick, clock, monkeypatch, at):
    first = make_backup(lively)
    before = sorted(lively.folder.rglob("*"))
    monkeypatch.setattr(space.shutil, "disk_usage", lambda path: Usage(1 << 40, 0, 300 << 10))
    if at == "home":
        fault = refusal(make_backup, lively)
    else:
        fault = refusal(copy_backup, first.path, place_on(stick, lively.id), clock())
    assert (fault.code, fault.facts["reason"], fault.facts["free"]) == ("DISK_FULL", "BACKUP", "0 MB")
    assert int(fault.facts["needed"].removesuffix(" MB")) >= 2
    assert sorted(lively.folder.rglob("*")) == before
    assert not list(stick.iterdir())


def test_a_backup_made_by_hand_outlives_the_automatic_ones_of_its_day(lively, clock):
    clock.time = clock.time.replace(hour=8)
    by_hand = make_backup(lively, why="manual")
    for _ in range(3):
        clock.forward(hours=1)
        make_backup(lively, why="sync")
    assert [one.why for one in lively.backups()] == ["sync", "manual"]
    assert by_hand.path.is_dir()


def test_a_look_counts_by_kind_and_state_and_names_unit_and_last_change(lively, clock):
    made = make_backup(lively)
    clock.forward(days=1)
    with lively.books() as books:
        save(books, voucher(6))
        books.commit()
    content = look_into(lively.source(), made.path)
    assert content.counts == (("VOUCHER", "DRAFT", 5),)
    assert content.unit_name == "甲旗林草局"
    assert content.made_at.startswith("2026-11-22T09:30")
    assert content.last_title
    assert content.last_change
    assert not [path for path in made.path.iterdir() if path.name.endswith(("-wal", "-shm"))]


def test_a_look_into_another_units_backup_is_refused(lively, tmp_path, secrets):
    with create_workspace(tmp_path / "other", secrets, cost=CHEAP).workspace as other:
        foreign = make_backup(other)
    assert refusal(look_into, lively.source(), foreign.path).code == "WORKSPACE_COPIED"


def test_a_look_into_a_damaged_backup_is_refused(lively):
    made = make_backup(lively)
    os.truncate(made.path / "books.db", 9000)
    assert refusal(look_into, lively.source(), made.path).code == "FILE_DAMAGED"


def test_backups_are_found_from_the_disk_the_place_and_the_backup_itself(lively, stick, clock):
    first = make_backup(lively)
    clock.forward(hours=1)
    second = copy_backup(first.path, place_on(stick, lively.id), clock())
    assert [one.path for one in search_backups(stick)] == [second.path]
    assert [one.path for one in search_backups(second.path.parent)] == [second.path]
    assert [one.path for one in search_backups(second.path)] == [second.path]
    assert [one.path for one in search_backups(lively.folder)] == [first.path]
    assert search_backups(stick / "nothing") == []
