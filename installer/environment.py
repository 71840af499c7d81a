"""The program's own Python environment, ``.venv`` in the repository root: exactly what the lock names.

A note in it, ``budgetdesk-setup.json``, says what it was made from. It is written as "unfinished" before the first step
and as finished after the last one, so that a set-up that was killed anywhere is known and made again; an environment
whose note fits is used as it is, at the price of reading three small files.
"""

import hashlib
import json
import os
import re
import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Final

from installer.faults import SetupFault
from installer.logged import last_lines, pip_fault, run_logged

STEPS_VERSION: Final = "1"  # raised when an environment made by earlier steps must be made again
LOCK_FILE: Final = "installer/requirements.lock"
NOTE_FILE: Final = "budgetdesk-setup.json"


class Work(Enum):
    """How much is to be done before the environment can be used."""

    NOTHING = "nothing"
    PROJECT = "project"  # only the project's own entry points
    ADOPT = "adopt"  # install into an environment that the developer made
    ALL = "all"  # make the environment from nothing


@dataclass(frozen=True, slots=True)
class Environment:
    """Where things are; nothing need exist yet."""

    root: Path

    @property
    def folder(self) -> Path:
        return self.root / ".venv"

    @property
    def python(self) -> Path:
        return self.folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")

    @property
    def note(self) -> Path:
        return self.folder / NOTE_FILE

    @property
    def log(self) -> Path:
        return self.folder / "budgetdesk-setup.log"


def _digest(path: Path) -> str:
    # Line ends differ between checkouts on Windows and Linux, the meaning does not.
    return hashlib.sha256(path.read_bytes().replace(b"\r\n", b"\n")).hexdigest()


def interpreter(env: Environment) -> str:
    """What the environment's Python really is: its version and file; empty when it is gone.

    A system upgrade that puts another Python behind the same name is seen by this without starting it.
    """
    try:
        settings = (env.folder / "pyvenv.cfg").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    values = dict(re.findall(r"^(\w+)\s*=\s*(.*?)\s*$", settings, re.M))
    if not (env.python.exists() and Path(values.get("home", "")).is_dir()):
        return ""
    version = values.get("version") or values.get("version_info", "")
    return f"{version} {os.path.realpath(env.python) if os.name == 'posix' else values['home']}"


def fingerprint(env: Environment) -> dict[str, str]:
    """All that the environment's content follows from."""
    return {
        "steps": STEPS_VERSION,
        "root": str(env.root),
        "python": interpreter(env),
        "lock": _digest(env.root / LOCK_FILE),
        "project": _digest(env.root / "pyproject.toml"),
    }


def read_note(env: Environment) -> dict[str, object] | None:
    """The note, or None when there is none; a damaged one reads as an unfinished set-up."""
    try:
        note = json.loads(env.note.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except ValueError:
        return {"unfinished": True}
    return note if isinstance(note, dict) else {"unfinished": True}


def write_note(env: Environment, content: Mapping[str, object]) -> None:
    """Replace the note as a whole: a reader sees the old or the new one."""
    beside = env.note.with_suffix(".new")
    with beside.open("w", encoding="utf-8") as out:
        json.dump(content, out, ensure_ascii=False, indent=1)
        out.flush()
        os.fsync(out.fileno())
    beside.replace(env.note)


def _has_pip(env: Environment) -> bool:
    return any(next(env.folder.glob(f"{lib}/site-packages/pip"), None) for lib in ("lib/python3*", "Lib"))


def work_needed(env: Environment) -> Work:
    """Compare what is there with what should be.

    Raises:
        SetupFault: ``FOREIGN_ENVIRONMENT``: the folder holds something else, which is not ours to remove.
    """
    if not env.folder.exists() or not any(env.folder.iterdir()):
        return Work.ALL
    note = read_note(env)
    if note is None:
        if interpreter(env) and _has_pip(env):
            return Work.ADOPT
        raise SetupFault("FOREIGN_ENVIRONMENT", folder=str(env.folder))
    adopted = bool(note.pop("adopted", False))
    wanted = fingerprint(env)
    if wanted["python"] and note == wanted:
        return Work.NOTHING
    if wanted["python"] and note == wanted | {"project": note.get("project")}:
        return Work.PROJECT
    return Work.ADOPT if adopted and wanted["python"] else Work.ALL


def _clear(env: Environment) -> None:
    try:
        if env.folder.is_symlink():
            raise SetupFault("FOREIGN_ENVIRONMENT", folder=str(env.folder))
        if env.folder.exists():
            shutil.rmtree(env.folder)
    except PermissionError as error:
        raise SetupFault("ENVIRONMENT_IN_USE", folder=str(env.folder), reason=str(error)) from error


def _create(env: Environment, say: Callable[[str], None], keep_open: Sequence[int]) -> None:
    _clear(env)
    env.folder.mkdir(parents=True)
    write_note(env, {"unfinished": True})  # first of all: from here on the folder is known to be ours
    say("正在建立 Python 环境")
    status, output = run_logged([sys.executable, "-m", "venv", env.folder], env.log, keep_open=keep_open)
    if status != 0:
        fault = pip_fault(output, env.log)
        if fault.code == "DISK_FULL":
            raise fault
        raise SetupFault("ENVIRONMENT_FAILED", log=str(env.log), tail=last_lines(output))


def _pip(env: Environment, *arguments: str, on_line: Callable[[str], None], keep_open: Sequence[int]) -> None:
    fixed = ["--disable-pip-version-check", "--no-input", "--no-user", "--no-deps", "--progress-bar", "off"]
    status, output = run_logged(
        [env.python, "-m", "pip", "install", *fixed, *arguments], env.log, on_line=on_line, keep_open=keep_open
    )
    if status != 0:
        raise pip_fault(output, env.log)


def locked_names(lock: str) -> list[str]:
    """The names of a lock's packages in its order, those for other systems included."""
    return re.findall(r"^([A-Za-z0-9][A-Za-z0-9._-]*)==", lock, re.M)


def install_locked(env: Environment, say: Callable[[str], None], keep_open: Sequence[int]) -> None:
    """Install exactly the lock, every file checked against its hash, nothing built here.

    Raises:
        SetupFault: ``NO_NETWORK``, ``DISK_FULL``, ``HASH_MISMATCH``, ``NO_MATCHING_COMPONENT`` or ``INSTALL_FAILED``.
    """
    total = len(locked_names((env.root / LOCK_FILE).read_text(encoding="utf-8")))
    seen = 0

    def count(line: str) -> None:
        nonlocal seen
        if line.startswith(("Collecting ", "Requirement already satisfied", "Ignoring ")):
            seen += 1
            if seen % 10 == 0:
                say(f"正在下载组件 {seen}/{total}")
        elif line.startswith("Installing collected"):
            say("正在安装组件")

    say(f"正在下载组件，共 {total} 个，约 200 MB")
    _pip(
        env,
        "--require-hashes",
        "--only-binary=:all:",
        "-r",
        str(env.root / LOCK_FILE),
        on_line=count,
        keep_open=keep_open,
    )


def install_project(env: Environment, keep_open: Sequence[int]) -> None:
    """Make the repository importable from anywhere and give it its ``budgetdesk`` command.

    An editable install by setuptools, which the lock brings: so it needs no net, and the entry points and the version
    come from pyproject.toml, where a .pth file of our own would repeat them.
    """
    arguments = ("--no-build-isolation", "--no-index", "--editable", str(env.root))
    _pip(env, *arguments, on_line=lambda line: None, keep_open=keep_open)


def make_ready(env: Environment, work: Work, say: Callable[[str], None], keep_open: Sequence[int] = ()) -> None:
    """Do the work and note it; killed at any point, the next call does it again.

    Args:
        env: Where.
        work: What work_needed said.
        say: Shows a line of progress.
        keep_open: Held by every step, so that a lock outlives this process while a step still writes.

    Raises:
        SetupFault: The world failed; what was made so far is marked as unfinished.
    """
    if work is Work.NOTHING:
        return
    adopted = {"adopted": True} if work is Work.ADOPT or (read_note(env) or {}).get("adopted") else {}
    if work is Work.ALL:
        adopted = {}
        _create(env, say, keep_open)
    write_note(env, {"unfinished": True, **adopted})
    if work is not Work.PROJECT:
        install_locked(env, say, keep_open)
    say("正在登记本程序")
    install_project(env, keep_open)
    write_note(env, {**fingerprint(env), **adopted})
