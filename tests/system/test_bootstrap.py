"""The set-up from source: what it decides, what it says, and that it starts the command; nothing is downloaded."""

import ast
import errno
import json
import os
import re
import shutil
import string
import subprocess
import sys
import threading
import venv
from pathlib import Path

import pytest

from installer import command, environment, faults, logged, system_packages
from installer.environment import Environment, Work, fingerprint, work_needed, write_note
from installer.faults import TEXTS, SetupFault
from installer.turn import turn

ROOT = Path(__file__).resolve().parents[2]
BOOTSTRAP = ROOT / "installer" / "bootstrap.py"

pytestmark = pytest.mark.system


@pytest.fixture
def env(tmp_path: Path) -> Environment:
    """A checkout in which nothing has been set up."""
    root = tmp_path / "检出 目录"
    (root / "installer").mkdir(parents=True)
    (root / "installer" / "requirements.lock").write_text("one==1 \\\n    --hash=sha256:0\n", encoding="utf-8")
    (root / "pyproject.toml").write_text("[project]\n", encoding="utf-8")
    return Environment(root)


@pytest.fixture
def ready(env: Environment) -> Environment:
    """A checkout that is set up, as far as the note and the interpreter tell."""
    venv.create(env.folder, symlinks=os.name == "posix")
    write_note(env, fingerprint(env))
    return env


def run_bootstrap(env: Environment, *arguments: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    shutil.copytree(ROOT / "installer", env.root / "installer", dirs_exist_ok=True, ignore=lambda *_: ["__pycache__"])
    write_note(env, fingerprint(env))
    return subprocess.run(
        [sys.executable, str(env.root / "installer" / "bootstrap.py"), *arguments],
        capture_output=True,
        encoding="utf-8",
        cwd=cwd or env.root,
        env={**os.environ, "PYTHONPATH": "/nowhere", "PYTHONUTF8": "1"},
        check=False,
    )


# The first lines


def test_every_python_3_can_read_the_entry_file() -> None:
    ast.parse(BOOTSTRAP.read_text(encoding="utf-8"), feature_version=(3, 7))


def test_an_old_python_is_told_in_two_languages_what_to_do() -> None:
    code = f"import runpy, sys; sys.version_info = (3, 9, 2); runpy.run_path({str(BOOTSTRAP)!r})"
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", code], capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 2
    assert "需要 Python 3.11 或更高版本，当前是 3.9.2" in done.stderr
    assert "Python 3.11 or newer is needed, this is 3.9.2" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(("arguments", "status"), [([], 2), (["dmeo"], 2), (["--help"], 0)])
def test_wrong_use_shows_the_commands(arguments: list[str], status: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(arguments, ROOT) == status
    shown = capsys.readouterr().err
    assert all(f"  {name} " in shown for name in command.COMMANDS)


@pytest.mark.parametrize(
    ("build", "code"),
    [("win32", "PYTHON_32_BIT"), ("linux-i686", "PYTHON_32_BIT"), ("linux-aarch64", "MACHINE_UNSUPPORTED")],
)
def test_a_machine_without_components_is_refused_before_any_download(build: str, code: str) -> None:
    with pytest.raises(SetupFault) as caught:
        command.check_machine(build)
    assert caught.value.code == code


# What is to be done


def test_an_untouched_checkout_needs_all(env: Environment) -> None:
    assert work_needed(env) is Work.ALL
    env.folder.mkdir()
    assert work_needed(env) is Work.ALL


def test_a_finished_set_up_needs_nothing(ready: Environment) -> None:
    assert work_needed(ready) is Work.NOTHING


def test_line_ends_of_the_checkout_make_no_difference(ready: Environment) -> None:
    lock = ready.root / environment.LOCK_FILE
    lock.write_bytes(lock.read_bytes().replace(b"\n", b"\r\n"))
    assert work_needed(ready) is Work.NOTHING


def test_a_changed_lock_needs_all(ready: Environment) -> None:
    (ready.root / environment.LOCK_FILE).write_text("one==2 \\\n    --hash=sha256:1\n", encoding="utf-8")
    assert work_needed(ready) is Work.ALL


def test_a_changed_project_file_needs_only_the_project(ready: Environment) -> None:
    (ready.root / "pyproject.toml").write_text("[project]\nversion = '2'\n", encoding="utf-8")
    assert work_needed(ready) is Work.PROJECT


def test_newer_steps_need_all(ready: Environment, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment, "STEPS_VERSION", "next")
    assert work_needed(ready) is Work.ALL


def test_a_moved_checkout_needs_all(ready: Environment, tmp_path: Path) -> None:
    moved = Environment(ready.root.rename(tmp_path / "moved"))
    assert work_needed(moved) is Work.ALL


def test_a_python_that_is_gone_needs_all(ready: Environment) -> None:
    ready.python.unlink()
    assert work_needed(ready) is Work.ALL


@pytest.mark.skipif(os.name == "nt", reason="only links can be turned to another Python")
def test_another_python_behind_the_same_name_needs_all(ready: Environment, tmp_path: Path) -> None:
    other = tmp_path / "python3.99"
    other.touch()
    ready.python.unlink()
    ready.python.symlink_to(other)
    assert work_needed(ready) is Work.ALL


@pytest.mark.parametrize("note", ['{"unfinished": true}', '{"steps": "1", "ro', "[]", ""])
def test_an_unfinished_or_damaged_note_needs_all(ready: Environment, note: str) -> None:
    ready.note.write_text(note, encoding="utf-8")
    assert work_needed(ready) is Work.ALL


def test_a_folder_of_someone_else_is_left_alone(env: Environment) -> None:
    env.folder.mkdir()
    (env.folder / "thesis.odt").touch()
    with pytest.raises(SetupFault) as caught:
        work_needed(env)
    assert caught.value.code == "FOREIGN_ENVIRONMENT"
    assert (env.folder / "thesis.odt").exists()


def test_an_environment_of_the_developer_is_taken_and_never_removed(
    ready: Environment, monkeypatch: pytest.MonkeyPatch
) -> None:
    ready.note.unlink()
    (next(iter(ready.folder.glob("[Ll]ib/**/site-packages"))) / "pip").mkdir()
    assert work_needed(ready) is Work.ADOPT
    cut_after(monkeypatch, "install_locked")
    with pytest.raises(KeyboardInterrupt):
        environment.make_ready(ready, Work.ADOPT, lambda _: None)
    assert work_needed(ready) is Work.ADOPT


# Doing it


def cut_after(monkeypatch: pytest.MonkeyPatch, step: str) -> list[str]:
    """Let every step only write down its name, and the one named be killed."""
    done: list[str] = []

    def kept(name: str) -> None:
        done.append(name)
        if name == step:
            raise KeyboardInterrupt

    monkeypatch.setattr(environment, "install_locked", lambda *_: kept("install_locked"))
    monkeypatch.setattr(environment, "install_project", lambda *_: kept("install_project"))
    monkeypatch.setattr(environment, "run_logged", lambda *_, **__: (0, "", kept("venv"))[:2])
    return done


@pytest.mark.parametrize("step", ["venv", "install_locked", "install_project"])
def test_a_set_up_killed_at_any_step_is_made_again(
    ready: Environment, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    cut_after(monkeypatch, step)
    with pytest.raises(KeyboardInterrupt):
        environment.make_ready(ready, Work.ALL, lambda _: None)
    assert json.loads(ready.note.read_text(encoding="utf-8")) == {"unfinished": True}
    assert work_needed(ready) is Work.ALL


def test_remains_of_a_killed_set_up_are_removed_first(env: Environment, monkeypatch: pytest.MonkeyPatch) -> None:
    env.folder.mkdir()
    write_note(env, {"unfinished": True})
    (env.folder / "half").touch()
    steps = cut_after(monkeypatch, "none")
    environment.make_ready(env, work_needed(env), lambda _: None)
    assert steps == ["venv", "install_locked", "install_project"]
    assert not (env.folder / "half").exists()


def test_a_second_start_does_no_work(ready: Environment, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "make_ready", lambda *_, **__: pytest.fail("set up again"))
    monkeypatch.setattr(command, "ensure_requirements", lambda *_: pytest.fail("looked at the system again"))
    command.prepare(ready)
    assert not (ready.root / ".venv.lock").exists()


def test_a_second_set_up_waits_for_the_first(tmp_path: Path) -> None:
    told, order = threading.Event(), []

    def second() -> None:
        with turn(tmp_path / "lock", lambda _: told.set()):
            order.append("second")

    other = threading.Thread(target=second)
    with turn(tmp_path / "lock", lambda _: pytest.fail("nobody to wait for")):
        other.start()
        assert told.wait(30)
        order.append("first")
    other.join(30)
    assert order == ["first", "second"]


def test_the_command_gets_its_arguments_folder_and_status(ready: Environment, tmp_path: Path) -> None:
    package = ready.root / "desktop"
    package.mkdir()
    (package / "__main__.py").write_text(
        "import os, sys\nprint(sys.argv[1:], os.getcwd(), os.environ.get('PYTHONPATH'))\nsys.exit(7)\n",
        encoding="utf-8",
    )
    site = next(iter(ready.folder.glob("[Ll]ib/**/site-packages")))
    (site / "here.pth").write_text(f"{ready.root}\n", encoding="utf-8")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    done = run_bootstrap(ready, "run", "import", "a b.xlsx", "--help", cwd=elsewhere)
    assert (done.returncode, done.stderr) == (7, "")
    assert done.stdout == f"{['import', 'a b.xlsx', '--help']} {elsewhere} None\n"
    assert run_bootstrap(ready, "demo", "--port", "0").stdout.startswith(str(["demo", "--port", "0"]))


def test_a_set_up_that_is_done_says_nothing(ready: Environment) -> None:
    done = run_bootstrap(ready, "setup")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_the_test_command_runs_pytest_without_a_screen(env: Environment) -> None:
    arguments = command.arguments_for(env, "test", ["-k", "quota"], cores=2)
    assert arguments[1:] == ["-m", "pytest", "-n", "2", "--dist", "worksteal", "-k", "quota"]
    assert command.extra_environment("test", "linux") == {"QT_QPA_PLATFORM": "offscreen"}
    assert command.extra_environment("test", "win32") == command.extra_environment("demo", "linux") == {}


# What is said when the world fails

RESOLVE = "WARNING: Retrying (Retry(total=4)) after connection broken by 'NewConnectionError(<pip>: Failed to establish a new connection: [Errno -3] Temporary failure in name resolution'): /simple/x/\n"  # noqa: E501
NO_MATCH = (
    "ERROR: Could not find a version that satisfies the requirement x==1 (from versions: none)\n"
    "ERROR: No matching distribution found for x==1\n"
)


@pytest.mark.parametrize(
    ("output", "code", "shown"),
    [
        (RESOLVE + NO_MATCH, "NO_NETWORK", "name resolution"),
        ("WARNING: ... ProxyError('Cannot connect to proxy.')\n" + NO_MATCH, "NO_NETWORK", "ProxyError"),
        ("ERROR: HTTP error 503 while getting x.whl\n", "NO_NETWORK", "503"),
        (NO_MATCH, "NO_MATCHING_COMPONENT", "x==1"),
        ("ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device\n", "DISK_FULL", ""),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.\n", "HASH_MISMATCH", ""),
        ("noise\nERROR: something new\n", "INSTALL_FAILED", "something new"),
    ],
)
def test_the_kind_of_a_failure_is_read_from_the_output(output: str, code: str, shown: str) -> None:
    fault = logged.pip_fault(output, Path("/x/.venv/setup.log"))
    assert fault.code == code
    assert shown in fault.text


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "DISK_FULL"),
        (PermissionError(errno.EACCES, "denied", "/opt/budgetdesk/.venv"), "NO_PERMISSION"),
        (OSError(errno.EIO, "Input/output error"), "FILE_TROUBLE"),
    ],
)
def test_a_failing_disk_ends_in_a_text_and_not_in_a_traceback(
    error: OSError, code: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def work() -> None:
        raise error

    assert command.guarded(work, tmp_path) == 2
    assert command.fault_of(error, tmp_path).code == code
    assert capsys.readouterr().err.strip() == command.fault_of(error, tmp_path).text


def test_every_fault_has_a_text_that_can_be_filled() -> None:
    sources = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "installer").glob("*.py"))
    raised = set(re.findall(r'SetupFault\(\s*"([A-Z0-9_]+)"', sources)) | {code for _, code in logged._KINDS}
    assert raised | {"USAGE", "INSTALL_FAILED"} == set(TEXTS)
    for code, text in TEXTS.items():
        names = {name for _, name, _, _ in string.Formatter().parse(text) if name}
        assert faults.SetupFault(code, **dict.fromkeys(names, "x")).text


def test_the_output_of_a_step_is_kept_and_counted_line_by_line(tmp_path: Path) -> None:
    lines: list[str] = []
    code = "import sys; print('一'); print('two', file=sys.stderr); sys.exit(3)"
    status, output = logged.run_logged([sys.executable, "-u", "-c", code], tmp_path / "log", on_line=lines.append)
    assert (status, output, lines) == (3, "一\ntwo\n", ["一", "two"])
    assert (tmp_path / "log").read_text(encoding="utf-8").endswith("一\ntwo\n")


# What the system must have


def test_all_that_is_missing_is_named_in_one_command() -> None:
    lacking = system_packages.missing_requirements(
        opens=lambda name: name not in {"libEGL.so.1", "libxcb-shm.so.0", "libxcb-randr.so.0"},
        font_there=lambda: False,
        venv_there=lambda: False,
    )
    by_apt = system_packages.command_line(lacking, which=lambda name: f"/bin/{name}" if name == "apt-get" else None)
    by_dnf = system_packages.command_line(lacking, which=lambda name: f"/bin/{name}" if name == "dnf" else None)
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    assert by_apt == (f"sudo apt-get install -y fonts-noto-cjk libegl1 libxcb-randr0 libxcb-shm0 python{version}-venv")
    assert by_dnf == "sudo dnf install -y google-noto-sans-cjk-ttc-fonts libglvnd-egl libxcb python3-pip"
    assert system_packages.command_line(lacking, which=lambda _: None) is None


def test_who_may_not_install_is_given_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system_packages, "missing_requirements", lambda: [system_packages.FONT])
    monkeypatch.setattr(system_packages, "is_root", lambda: False)
    monkeypatch.setattr(system_packages.shutil, "which", lambda name: "/bin/apt-get" if name == "apt-get" else None)
    with pytest.raises(SetupFault) as caught:
        system_packages.ensure_requirements(lambda _: None)
    assert caught.value.code == "SYSTEM_PACKAGES_MISSING"
    assert "sudo apt-get install -y fonts-noto-cjk" in caught.value.text


def test_package_lists_are_refreshed_only_when_the_first_try_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[str] = []

    def apt(arguments: list[str], *_: object, **__: object) -> tuple[int, str]:
        calls.append(arguments[1])
        return (100 if calls == ["install"] else 0), "E: Unable to locate package"

    monkeypatch.setattr(system_packages, "run_logged", apt)
    system_packages.apt_install(["libegl1"])
    assert calls == ["install", "update", "install"]
    system_packages.apt_install(["libegl1"])
    assert calls[3:] == ["install"]


def test_a_font_is_found_by_its_name_where_fontconfig_is_not_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(system_packages.shutil, "which", lambda _: None)
    (tmp_path / "dejavu").mkdir()
    (tmp_path / "dejavu" / "DejaVuSans.ttf").touch()
    assert not system_packages.has_chinese_font([tmp_path, tmp_path / "absent"])
    (tmp_path / "noto").mkdir()
    (tmp_path / "noto" / "NotoSansCJK-Regular.ttc").touch()
    assert system_packages.has_chinese_font([tmp_path])
