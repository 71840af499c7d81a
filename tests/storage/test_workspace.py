"""A workspace opens only as what it is; everything else is a fault with a code, and changes nothing."""

import hashlib
import os
import shutil
from concurrent.futures import ThreadPoolExecutor

import pytest

from desktop.domain.fault import Fault
from desktop.storage import inspection
from desktop.storage import workspace as module
from desktop.storage.backup import make_backup
from desktop.storage.database import connect, salt_of
from desktop.storage.layout import FOLDERS, Layout
from desktop.storage.migrations import steps
from desktop.storage.workspace import create_workspace, open_workspace, recover
from tests.storage.conftest import CHEAP
from tests.storage.samples import Memory, save, voucher


def fault_of(call, *arguments, **named):
    with pytest.raises(Fault) as caught:
        call(*arguments, **named)
    return caught.value


def written(workspace, name="unit_name", value="甲旗林业和草原局"):
    with workspace.books() as books:
        books.set_setting(name, value)
        books.commit()


def snapshot(folder):
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def change(path, at, by=1):
    data = bytearray(path.read_bytes())
    data[at] ^= by
    path.write_bytes(data)


@pytest.fixture
def closed(workspace):
    """A workspace with something in it, closed; its folder."""
    written(workspace)
    with workspace.books() as books:
        for number in range(1, 40):
            save(books, voucher(number))
        books.commit()
    workspace.close()
    return workspace.folder


def test_a_new_workspace_has_its_folders_and_an_open_file_without_names(workspace):
    assert all((workspace.folder / name).is_dir() for name in FOLDERS)
    mark = (workspace.folder / "workspace.json").read_text()
    assert mark == f'{{"format":1,"id":"{workspace.id}"}}'


def test_what_was_committed_is_there_after_opening_again(workspace, secrets):
    written(workspace)
    workspace.close()
    with open_workspace(workspace.folder, secrets) as again, again.books() as books:
        assert books.setting("unit_name") == "甲旗林业和草原局"
        assert not again.damaged
        assert not again.readonly


def test_the_database_is_durable_and_keeps_its_references(workspace):
    with workspace.books() as books:
        told = {
            name: books.connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout", "temp_store", "cipher_version")
        }
    assert told.pop("cipher_version")
    assert told == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 5000, "temp_store": 2}


def test_a_folder_that_holds_something_is_not_taken(tmp_path, secrets):
    (tmp_path / "unit").mkdir()
    (tmp_path / "unit" / "letter.txt").write_text("x")
    assert fault_of(create_workspace, tmp_path / "unit", secrets).code == "WORKSPACE_EXISTS"
    assert [path.name for path in tmp_path.rglob("*")] == ["unit", "letter.txt"]
    assert not secrets.kept


def test_an_empty_folder_is_taken(tmp_path, secrets):
    (tmp_path / "unit").mkdir()
    with create_workspace(tmp_path / "unit", secrets, cost=CHEAP).workspace as workspace:
        assert workspace.folder == tmp_path / "unit"


def test_nothing_is_left_when_making_fails(tmp_path, secrets, monkeypatch):
    def fail(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(module, "_make_database", fail)
    assert fault_of(create_workspace, tmp_path / "unit", secrets, cost=CHEAP).code == "DISK_FULL"
    assert not list(tmp_path.iterdir())


def test_a_folder_without_a_workspace_is_named_missing(tmp_path, secrets):
    assert fault_of(open_workspace, tmp_path, secrets).code == "WORKSPACE_MISSING"
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("text", ["", "{}", '{"id":"../x"}', '{"id":"x","format":"1"}', "[]", '{"format":0,"id":"0"}'])
def test_a_mark_that_is_none_is_damage(closed, secrets, text):
    (closed / "workspace.json").write_text(text)
    assert fault_of(open_workspace, closed, secrets).code == "WORKSPACE_DAMAGED"


def test_a_newer_folder_format_is_refused(closed, secrets):
    mark = closed / "workspace.json"
    mark.write_text(mark.read_text().replace('"format":1', '"format":2'))
    assert fault_of(open_workspace, closed, secrets).code == "WORKSPACE_TOO_NEW"


def test_a_second_program_finds_the_workspace_locked(workspace, secrets):
    assert fault_of(open_workspace, workspace.folder, secrets).code == "WORKSPACE_LOCKED"
    workspace.close()
    open_workspace(workspace.folder, secrets).close()


def test_reading_goes_on_while_another_program_writes(workspace, secrets):
    written(workspace, value="一")
    with open_workspace(workspace.folder, secrets, readonly=True) as reader:
        assert reader.readonly
        with reader.books() as books:
            assert books.setting("unit_name") == "一"
        written(workspace, value="二")
        with reader.books() as books:
            assert books.setting("unit_name") == "二"


def test_a_reader_can_write_nothing(workspace, secrets):
    with open_workspace(workspace.folder, secrets, readonly=True) as reader:
        with reader.books() as books:
            assert fault_of(books.set_setting, "a", "b").code == "WORKSPACE_READONLY"
            assert fault_of(books.originals.keep, b"x").code == "WORKSPACE_READONLY"
        assert fault_of(reader.restore, workspace.folder).code == "WORKSPACE_READONLY"


def test_on_another_computer_the_key_is_not_at_hand(closed):
    before = snapshot(closed)
    assert fault_of(open_workspace, closed, Memory()).code == "KEY_NOT_AT_HAND"
    assert snapshot(closed) == before


def test_a_wrong_key_is_told_from_damage(closed, secrets):
    name = next(iter(secrets.kept))
    for wrong in (os.urandom(32), b"short"):
        secrets.put(name, wrong)
        assert fault_of(open_workspace, closed, secrets).code == "WORKSPACE_WRONG_KEY"


def test_the_database_of_another_workspace_is_told_from_damage(closed, secrets, tmp_path):
    other = create_workspace(tmp_path / "other", secrets, cost=CHEAP).workspace
    other.close()
    shutil.copy(other.folder / "books.db", closed / "books.db")
    assert fault_of(open_workspace, closed, secrets).code == "WORKSPACE_COPIED"


def test_a_folder_that_was_given_another_identity_is_refused(closed, secrets):
    # The same key and salt, so that the file opens: only the identity inside tells.
    workspace = open_workspace(closed, secrets)
    path, key, salt = closed / "books.db", next(iter(secrets.kept.values())), salt_of(workspace.id)
    workspace.close()
    db = connect(path, key, salt, readonly=False)
    db.execute("UPDATE workspace SET id = 'another'")
    db.close()
    assert fault_of(open_workspace, closed, secrets).code == "WORKSPACE_COPIED"


def test_a_file_of_a_newer_program_is_refused_and_not_touched(closed, secrets):
    workspace = open_workspace(closed, secrets)
    db = connect(closed / "books.db", next(iter(secrets.kept.values())), salt_of(workspace.id), readonly=False)
    workspace.close()
    db.execute(f"PRAGMA user_version = {len(steps()) + 1}")
    db.close()
    before = snapshot(closed)
    fault = fault_of(open_workspace, closed, secrets)
    assert fault.code == "WORKSPACE_TOO_NEW"
    assert fault.facts == {"found": str(len(steps()) + 1), "known": str(len(steps()))}
    assert snapshot(closed) == before


@pytest.mark.parametrize("place", ["header", "schema", "early", "middle", "late", "last byte"])
def test_flipped_bytes_anywhere_are_found_at_opening(closed, secrets, place):
    path = closed / "books.db"
    size = path.stat().st_size
    at = {
        "header": 20,
        "schema": 900,
        "early": size // 10,
        "middle": size // 2,
        "late": size - 5000,
        "last byte": size - 1,
    }[place]
    change(path, at)
    before = snapshot(closed)
    with open_workspace(closed, secrets) as workspace:
        assert workspace.damaged
        assert workspace.readonly
    assert {name: digest for name, digest in snapshot(closed).items() if name in before} == before


def test_a_changed_salt_harms_nothing(closed, secrets):
    change(closed / "books.db", 3)
    with open_workspace(closed, secrets) as workspace:
        assert not workspace.damaged


@pytest.mark.parametrize("left", [0, 1, 100, 4096, 5000, 40960])
def test_a_cut_database_is_damage(closed, secrets, left):
    path = closed / "books.db"
    os.truncate(path, left)
    with open_workspace(closed, secrets) as workspace:
        assert workspace.damaged


def test_a_database_that_lost_only_its_last_page_is_damage(closed, secrets):
    path = closed / "books.db"
    os.truncate(path, path.stat().st_size - 4096)
    with open_workspace(closed, secrets) as workspace:
        assert workspace.damaged


def test_a_missing_database_is_damage(closed, secrets):
    (closed / "books.db").unlink()
    with open_workspace(closed, secrets) as workspace:
        assert workspace.damaged
        assert fault_of(workspace.books).code == "WORKSPACE_DAMAGED"


def test_a_large_file_is_looked_at_whole_only_when_asked(closed, secrets, monkeypatch):
    monkeypatch.setattr(inspection, "CHECKED_AT_OPEN", 0)
    change(closed / "books.db", (closed / "books.db").stat().st_size - 5000)
    with open_workspace(closed, secrets) as workspace:
        assert not workspace.damaged
        assert workspace.check()
        assert workspace.damaged


def test_reading_a_damaged_page_is_a_fault_and_never_wrong_data(closed, secrets, monkeypatch):
    monkeypatch.setattr(inspection, "CHECKED_AT_OPEN", 0)
    size = (closed / "books.db").stat().st_size
    for page in range(size // 4096 - 12, size // 4096):
        change(closed / "books.db", page * 4096 + 50)
    with open_workspace(closed, secrets) as workspace:
        assert not workspace.damaged
        with workspace.books() as books:
            fault = fault_of(lambda: [books.documents.get(f"voucher-{n}") for n in range(1, 40)])
        assert fault.code == "WORKSPACE_DAMAGED"
        assert workspace.damaged


def test_a_damaged_workspace_gets_well_from_its_backup(workspace, secrets):
    written(workspace, value="一")
    good = make_backup(workspace)
    written(workspace, value="二")
    workspace.close()
    change(workspace.folder / "books.db", 9000)
    with open_workspace(workspace.folder, secrets) as again:
        assert again.damaged
        assert [one.path for one in again.backups()] == [good.path]
        before = again.restore(good.path)
        assert not again.damaged
        assert not again.readonly
        with again.books() as books:
            assert books.setting("unit_name") == "一"
            books.set_setting("unit_name", "三")
            books.commit()
        # The damaged bytes are kept for an expert, and can't be restored by mistake.
        assert before.path.name.endswith("-damaged")
        assert fault_of(again.restore, before.path).code == "FILE_DAMAGED"
        with again.books() as books:
            assert books.setting("unit_name") == "三"


def test_the_recovery_code_opens_the_workspace_on_another_computer(made):
    written(made.workspace)
    made.workspace.close()
    elsewhere = Memory()
    recover(made.workspace.folder, made.recovery_code, elsewhere)
    with open_workspace(made.workspace.folder, elsewhere) as workspace, workspace.books() as books:
        assert books.setting("unit_name") == "甲旗林业和草原局"


def test_books_used_in_another_thread_are_refused(workspace):
    written(workspace)

    def use():
        with workspace.books():
            pass

    with ThreadPoolExecutor(1) as other:
        refused = other.submit(use).exception()
    assert isinstance(refused, RuntimeError)
    assert "thread" in str(refused)


def test_books_may_live_in_a_thread_that_did_not_open_the_workspace(workspace):
    with ThreadPoolExecutor(1) as worker:
        worker.submit(written, workspace).result()


def test_leaving_without_a_commit_undoes_everything(workspace):
    with workspace.books() as books:
        books.set_setting("a", "1")
    with workspace.books() as books:
        assert books.setting("a") == ""


def test_an_error_inside_undoes_everything_and_leaves_the_books_free(workspace):
    def fail():
        with workspace.books() as books:
            books.set_setting("a", "1")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with workspace.books() as books:
        assert books.setting("a") == ""


def test_one_use_is_exactly_one_commit(workspace):
    commits = []
    with workspace.books() as books:
        books.connection.connection.driver_connection.set_trace_callback(
            lambda statement: commits.append(statement) if statement.startswith(("COMMIT", "BEGIN")) else None
        )
    for _ in range(3):
        with workspace.books() as books:
            save(books, voucher(1, purpose=f"第{len(commits)}次"))
            books.commit()
    assert commits.count("COMMIT") == 3
    assert len(commits) == 6
    with workspace.books() as books:
        books.commit()
        with pytest.raises(RuntimeError, match="one commit"):
            books.commit()


def test_a_statement_after_the_commit_is_refused_instead_of_lost(workspace):
    with workspace.books() as books:
        books.commit()
        with pytest.raises(RuntimeError):
            books.set_setting("a", "1")


def test_the_same_books_are_entered_again_but_not_twice_at_once(workspace):
    books = workspace.books()
    for value in ("1", "2"):
        with books:
            books.set_setting("a", value)
            books.commit()
    with books:
        assert books.setting("a") == "2"
        with pytest.raises(RuntimeError):
            books.__enter__()


def test_layout_names_stay_inside_the_folder(tmp_path):
    layout = Layout(tmp_path)
    assert {layout.files, layout.outbox, layout.inbox, layout.backups, layout.keys} == {
        tmp_path / name for name in FOLDERS
    }
