"""`budgetdesk backup`, `restore` and `logs` over a real encrypted workspace."""

import json
import shutil
import zipfile
from pathlib import Path

import pytest

from desktop.commands.homes import SECRETS_FILE
from desktop.demo.material import unit_material
from desktop.demo.stage import UNIT_FOLDER
from desktop.storage.workspace import open_workspace
from tests.system.asking import Ask, assert_refused
from tests.system.conftest import secrets_in


def note_in(home: Path, value: str) -> None:
    with open_workspace(home / UNIT_FOLDER, secrets_in(home)) as workspace, workspace.books() as books:
        books.set_setting("note", value)
        books.commit()


def read_note(home: Path) -> str:
    with open_workspace(home / UNIT_FOLDER, secrets_in(home), readonly=True) as opened, opened.books() as books:
        return books.setting("note")


def test_a_backup_and_its_second_copy_bring_the_state_back(home: Path, ask: Ask, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    note_in(home, "一")
    told = ask("backup", home / UNIT_FOLDER, "--to", stick, "--json")
    made = json.loads(told.out)
    assert (told.code, made["ok"]) == (0, True)
    note_in(home, "二")
    told = ask("restore", home / UNIT_FOLDER, made["second"])
    assert told.code == 0
    assert "支付申请" in told.out
    assert read_note(home) == "一"
    before = told.out.split("备份在 ")[1].strip().rstrip("。")
    assert ask("restore", home / UNIT_FOLDER, before).code == 0
    assert read_note(home) == "二"


def test_a_stick_that_is_missing_is_told_and_the_first_backup_stands(home: Path, ask: Ask, tmp_path: Path) -> None:
    told = ask("backup", home / UNIT_FOLDER, "--to", tmp_path / "gone")
    assert told.code == 1
    assert "已备份到" in told.out
    assert "没有插上" in told.err
    assert not (tmp_path / "gone").exists()


def test_a_folder_with_several_backups_asks_which(home: Path, ask: Ask) -> None:
    ask("backup", home / UNIT_FOLDER)
    ask("backup", home / UNIT_FOLDER)
    told = ask("restore", home / UNIT_FOLDER, home / UNIT_FOLDER)
    assert_refused(told)
    assert "请写明其中一个" in told.err


def test_a_workspace_is_made_anew_from_a_backup(home: Path, ask: Ask, tmp_path: Path) -> None:
    made = json.loads(ask("backup", home / UNIT_FOLDER, "--json").out)
    told = ask("restore", tmp_path / "new", made["path"])
    assert told.code == 0
    assert "恢复码" in told.out
    shutil.copy(home / SECRETS_FILE, tmp_path / SECRETS_FILE)
    with open_workspace(tmp_path / "new", secrets_in(tmp_path), readonly=True) as opened, opened.books() as books:
        assert books.documents.rows()


@pytest.mark.parametrize("what", ["nothing", "damaged"])
def test_what_is_no_sound_backup_changes_nothing(home: Path, ask: Ask, tmp_path: Path, what: str) -> None:
    note_in(home, "一")
    place = tmp_path
    if what == "damaged":
        place = Path(json.loads(ask("backup", home / UNIT_FOLDER, "--json").out)["path"])
        (place / "books.db").write_bytes(b"x")
    assert_refused(ask("restore", home / UNIT_FOLDER, place))
    assert read_note(home) == "一"


def test_the_log_package_shows_nobody_and_no_account(home: Path, ask: Ask, tmp_path: Path) -> None:
    told = ask("logs", home / UNIT_FOLDER, "--out", tmp_path / "logs.zip")
    assert told.code == 0
    with zipfile.ZipFile(tmp_path / "logs.zip") as packed:
        texts = {name: packed.read(name).decode("utf-8") for name in packed.namelist()}
    assert list(texts) == ["说明.txt", "电脑和程序.txt", "操作记录.txt", "程序日志.txt"]
    assert "SQLCipher" in texts["电脑和程序.txt"]
    assert "SEALED" in texts["操作记录.txt"]
    whole = "".join(texts.values())
    material = unit_material()
    hidden = [row["name"] for row in (*material["officers"], *material["payees"])]
    hidden += [row["account"] for row in material["payees"]]
    hidden += [material["unit"]["unit_code"], material["unit"]["name"], str(tmp_path)]
    assert [one for one in hidden if one in whole] == []
