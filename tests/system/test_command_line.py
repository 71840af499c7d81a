"""Every command with odd arguments and places: a Chinese line, the right exit code, no traceback, nothing changed."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.commands.homes import PASSWORD_VARIABLE, REHEARSAL_MARK, REHEARSAL_PASSWORD, SECRETS_FILE
from desktop.demo.stage import UNIT_FOLDER
from desktop.storage.database import connect, salt_of
from desktop.storage.layout import Layout
from desktop.storage.workspace import create_workspace
from sync.secrets import PasswordFileStore
from tests.system.asking import ENGLISH, Ask, assert_refused
from tests.system.conftest import secrets_in
from tests.system.standing import Standing, open_desk, standing_of

ROOT = Path(__file__).parents[2]


def unit_standing(home: Path) -> Standing:
    with open_desk(home) as desk:
        return desk.standing()


# --- arguments


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("frob",),
        ("--frob",),
        ("words",),
        ("words", "1", "2"),
        ("words", "--json", "1"),
        ("check",),
        ("check", "--jso", "."),
        ("inspect",),
        ("inspect", "--home"),
        ("inspect", "a.bsp", "--home"),
        ("evoucher",),
        ("demo", "--headless=1"),
        ("doctor", "now"),
        ("central",),
        ("central", "stop"),
        ("central", "serve"),
        ("central", "library"),
        ("central", "library", "publish"),
        ("central", "library", "publish", "--data", "x"),
        ("central", "serve", "--data", "x", "--port", "65536"),
        ("central", "serve", "--data", "x", "--port", "-1"),
        ("central", "serve", "--data", "x", "--port", "８２１９"),
    ],
    ids=" ".join,
)
def test_arguments_that_say_nothing_are_refused_in_chinese(ask: Ask, arguments: tuple[str, ...]) -> None:
    assert_refused(ask(*arguments))


@pytest.mark.parametrize(
    "command", ["", *["open", "demo", "check", "sync", "inspect", "evoucher", "words", "doctor", "central"]]
)
def test_help_is_chinese(ask: Ask, command: str) -> None:
    answer = ask(*command.split(), "--help")
    assert answer.code == 0
    assert answer.out.startswith("用法：budgetdesk")
    assert not ENGLISH.search(answer.out)


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("0", "零元整"),
        ("-5", "负伍元整"),
        ("-1,234.5", "负壹仟贰佰叁拾肆元伍角整"),
        ("-1.2万", "负壹万贰仟元整"),
        ("１２３．４５", "壹佰贰拾叁元肆角伍分"),
        ("－１２", "负壹拾贰元整"),
        ("999999999999.99", "玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分"),
    ],
)
def test_an_amount_is_spelled_however_it_is_typed(ask: Ask, amount: str, words: str) -> None:
    answer = ask("words", amount)
    assert (answer.code, answer.out.strip()) == (0, words)


@pytest.mark.parametrize(
    "amount", ["", " ", "1.234", "1,50", "1e5", "nan", "一百", "²", "9" * 5000, "1000000000000", "--", "-", "1\x1b[2J"]
)
def test_an_amount_that_is_none_is_refused(ask: Ask, amount: str) -> None:
    answer = ask("words", amount)
    assert_refused(answer)
    assert len(answer.err) < 400
    assert "\x1b" not in answer.said()


# --- workspaces


@pytest.mark.parametrize("command", ["check", "sync", "open"])
def test_what_is_no_workspace_is_refused(
    ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.setenv("DISPLAY", ":99")  # never reached
    (tmp_path / "file").write_text("x", encoding="utf-8")
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "workspace.json").write_text("{}", encoding="utf-8")
    # A damaged one is told in a window, by the command that has one.
    other = [] if command == "open" else [tmp_path / "other"]
    for place in (tmp_path, tmp_path / "missing", tmp_path / "file", *other, "x" * 5000, "a\x1b[2J"):
        answer = ask(command, place)
        assert_refused(answer)
        assert "\x1b" not in answer.said()


def test_a_wrong_password_is_refused_and_the_right_one_opens(
    ask: Ask, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = unit_standing(home)
    (home / REHEARSAL_MARK).unlink()
    unit, batch = home / UNIT_FOLDER, next((home / UNIT_FOLDER / "outbox").iterdir())
    for given in (None, "", "wrong"):
        if given is not None:
            monkeypatch.setenv(PASSWORD_VARIABLE, given)
        for command in (("check", unit), ("sync", unit), ("sync", unit, "--json"), ("inspect", batch, "--home", home)):
            assert_refused(ask(*command))
    assert json.loads(ask("check", unit, "--json").out)["code"] == "PASSWORD_WRONG"
    assert unit_standing(home) == before
    monkeypatch.setenv(PASSWORD_VARIABLE, REHEARSAL_PASSWORD)
    assert ask("check", unit).code == 1
    assert ask("inspect", batch, "--home", home).code == 0


def test_a_copied_workspace_asks_for_the_recovery_code(ask: Ask, home: Path, tmp_path: Path) -> None:
    copied = Path(shutil.copytree(home / UNIT_FOLDER, tmp_path / "pc2" / UNIT_FOLDER))
    PasswordFileStore(copied.parent / SECRETS_FILE, REHEARSAL_PASSWORD).put("other", b"secret")
    (copied.parent / REHEARSAL_MARK).touch()
    before = {path: path.read_bytes() for path in copied.rglob("*") if path.is_file()}
    for command in ("check", "sync"):
        answer = ask(command, copied, "--json")
        assert_refused(answer)
        told = json.loads(answer.out)
        assert told["code"] == "KEY_NOT_AT_HAND"
        assert "恢复码" in told["message"]
    assert {path: path.read_bytes() for path in copied.rglob("*") if path.is_file() and path in before} == before


def test_the_database_of_another_workspace_is_refused(ask: Ask, home: Path) -> None:
    unit, other = home / UNIT_FOLDER, home / "other"
    create_workspace(other, secrets_in(home)).workspace.close()
    own = (unit / "books.db").read_bytes()
    (unit / "books.db").write_bytes((other / "books.db").read_bytes())
    for command in ("check", "sync"):
        answer = ask(command, unit, "--json")
        assert_refused(answer)
        assert json.loads(answer.out)["code"] == "WORKSPACE_COPIED"
    (unit / "books.db").write_bytes(own)
    assert ask("check", unit).code == 1


def test_a_workspace_of_a_newer_program_is_refused(ask: Ask, home: Path) -> None:
    unit = home / UNIT_FOLDER
    mark = Layout(unit).read_mark()
    key = secrets_in(home).get(f"workspace:{mark.id}")
    assert key is not None
    db = connect(unit / "books.db", key, salt_of(mark.id), readonly=False)
    db.execute("PRAGMA user_version = 999")
    db.close()
    written = (unit / "books.db").read_bytes()
    for command in ("check", "sync"):
        answer = ask(command, unit, "--json")
        assert_refused(answer)
        assert json.loads(answer.out)["code"] == "WORKSPACE_TOO_NEW"
    assert (unit / "books.db").read_bytes() == written


def test_a_damaged_database_is_refused_and_left_as_it_is(ask: Ask, home: Path) -> None:
    database = home / UNIT_FOLDER / "books.db"
    damaged = bytearray(database.read_bytes())
    damaged[20_000:20_400] = bytes(400)
    database.write_bytes(damaged)
    for command in ("check", "sync"):
        assert_refused(ask(command, home / UNIT_FOLDER))
    assert database.read_bytes() == damaged


def test_a_workspace_without_activation_says_so(ask: Ask, home: Path) -> None:
    create_workspace(home / "new", secrets_in(home)).workspace.close()
    assert_refused(ask("sync", home / "new"))
    assert ask("check", home / "new").code in (0, 2)


def test_a_second_program_reads_but_does_not_write(ask: Ask, home: Path) -> None:
    with open_desk(home) as desk:
        before = desk.standing()
        assert ask("check", home / UNIT_FOLDER).code == 1
        answer = ask("sync", home / UNIT_FOLDER, "--json")
        assert_refused(answer)
        assert json.loads(answer.out)["code"] == "WORKSPACE_LOCKED"
        assert standing_of(desk.workspace) == before


def test_the_rehearsal_is_not_made_over_a_real_unit(ask: Ask, home: Path, tmp_path: Path) -> None:
    before = unit_standing(home)
    (home / REHEARSAL_MARK).unlink()
    assert_refused(ask("demo", "--headless", "--home", home, "--out", tmp_path / "out"))
    assert unit_standing(home) == before
    (tmp_path / "taken").touch()
    assert_refused(ask("demo", "--headless", "--home", tmp_path / "demo", "--out", tmp_path / "taken"))


def test_the_platform_says_why_it_does_not_start(ask: Ask, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    data = tmp_path / "data"
    for place, more in (
        (tmp_path / "file" / "data", ()),
        (data, ("--database", "junk://")),
        (data, ("--database", f"sqlite:///{ROOT / 'LICENSE'}")),
        (data, ("--host", "203.0.113.1")),
    ):
        assert_refused(ask("central", "serve", "--data", place, "--port", "8327", *more))


# --- as a program


@pytest.mark.skipif(os.name != "posix", reason="pipes and closed streams as on POSIX")
def test_the_program_keeps_its_streams_and_codes(tmp_path: Path, made_rehearsal: Path) -> None:
    run = [sys.executable, "-m", "desktop"]
    altered = ROOT / "tests" / "data" / "invoices" / "vat-electronic-other-seal.ofd"
    read = subprocess.run([*run, "evoucher", str(altered)], cwd=ROOT, capture_output=True, check=False)
    assert b"GmSSL" not in read.stderr
    no_reader = subprocess.Popen(
        [*run, "check", str(made_rehearsal / UNIT_FOLDER)], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert no_reader.stdout is not None
    no_reader.stdout.close()
    assert b"Traceback" not in no_reader.communicate()[1]
    closed = subprocess.run(["sh", "-c", f"{sys.executable} -m desktop words 5 >&- 2>&-"], cwd=ROOT, check=False)
    assert closed.returncode == 0
    gbk = {**os.environ, "PYTHONIOENCODING": "gbk"}
    spoken = subprocess.run([*run, "words", "x"], cwd=ROOT, env=gbk, capture_output=True, check=False)
    assert (spoken.returncode, "写不成大写" in spoken.stderr.decode("utf-8")) == (2, True)
