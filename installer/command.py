"""The set-up's command line: makes the environment ready, then becomes the command."""

import errno
import os
import subprocess
import sys
import sysconfig
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final, Never

from installer.environment import Environment, Work, make_ready, work_needed
from installer.faults import TEXTS, SetupFault
from installer.logged import child_environment
from installer.system_packages import ensure_requirements
from installer.turn import turn

ROOT: Final = Path(__file__).resolve().parent.parent
COMMANDS: Final = ("demo", "run", "test", "setup")
OLDEST_WINDOWS_BUILD: Final = 17763  # Windows 10 1809, the floor that Qt 6 sets


def say(text: str) -> None:
    """Show a line of progress; on standard error, as standard output belongs to the command that follows."""
    print(text, file=sys.stderr, flush=True)


def check_machine(build: str = sysconfig.get_platform()) -> None:
    """Refuse a machine on which the components can't work, before anything is downloaded.

    Args:
        build: What this Python was built for, like ``win-amd64``; an emulated one counts, not the processor.

    Raises:
        SetupFault: ``PYTHON_32_BIT``, ``MACHINE_UNSUPPORTED`` or ``WINDOWS_TOO_OLD``.
    """
    if build in {"win32", "linux-i686"}:
        raise SetupFault("PYTHON_32_BIT")
    if not build.endswith(("amd64", "x86_64")):
        raise SetupFault("MACHINE_UNSUPPORTED", machine=build)
    if sys.platform == "win32" and sys.getwindowsversion().build < OLDEST_WINDOWS_BUILD:
        raise SetupFault("WINDOWS_TOO_OLD", build=str(sys.getwindowsversion().build))


def prepare(env: Environment) -> None:
    """Make the environment ready; returns at once when it is.

    Raises:
        SetupFault: The world failed.
    """
    if work_needed(env) is Work.NOTHING:
        return
    check_machine()
    with turn(env.root / ".venv.lock", say) as handle:
        work = work_needed(env)  # the one that was waited for may have done it
        if work in {Work.ALL, Work.ADOPT}:
            say("正在准备运行环境，第一次需要几分钟，以后直接启动")
            if sys.platform.startswith("linux"):
                ensure_requirements(say)
        make_ready(env, work, say, keep_open=[handle])
    if work is not Work.NOTHING:
        say("运行环境已就绪")


def arguments_for(env: Environment, command: str, rest: Sequence[str], cores: int) -> list[str]:
    """The call that a command stands for; ``-P`` keeps the caller's folder out of the imports."""
    if command == "test":
        workers = str(max(1, min(cores, 4)))
        return [str(env.python), "-m", "pytest", "-n", workers, "--dist", "worksteal", *rest]
    inner = ["demo", *rest] if command == "demo" else list(rest)
    return [str(env.python), "-P", "-m", "desktop", *inner]


def extra_environment(command: str, platform: str) -> dict[str, str]:
    """What the command needs in its environment: tests on Linux draw without a screen."""
    return {"QT_QPA_PLATFORM": "offscreen"} if command == "test" and platform.startswith("linux") else {}


def become(arguments: Sequence[str], environment: dict[str, str]) -> Never:
    """Replace this process; on Windows, where that would detach from the console, wait and pass the status on."""
    if os.name == "posix":
        os.execve(arguments[0], list(arguments), environment)
    with subprocess.Popen(list(arguments), env=environment) as process:
        while True:
            try:
                sys.exit(process.wait())
            except KeyboardInterrupt:
                continue  # the command got it as well and decides


def fault_of(error: OSError, folder: Path) -> SetupFault:
    """The fault behind an error from the system."""
    if error.errno in {errno.ENOSPC, errno.EDQUOT} or getattr(error, "winerror", None) == 112:  # ERROR_DISK_FULL
        return SetupFault("DISK_FULL", folder=str(folder))
    if isinstance(error, PermissionError):
        return SetupFault("NO_PERMISSION", folder=str(error.filename or folder))
    return SetupFault("FILE_TROUBLE", reason=str(error))


def guarded(work: Callable[[], None], folder: Path) -> int:
    """Run work and turn the world's failures into a text.

    Returns:
        0, or 2 after a fault, or 130 when the user interrupted it.
    """
    try:
        work()
    except SetupFault as fault:
        say(fault.text)
        return 2
    except OSError as error:
        say(fault_of(error, folder).text)
        return 2
    except KeyboardInterrupt:
        say("已取消。再运行一次会从头补齐，已下载的部分不会重复下载。")
        return 130
    return 0


def main(argv: Sequence[str], root: Path = ROOT) -> int:
    """Set up, then start the command.

    Returns:
        The exit status when no command was started: 0 for ``setup`` and help, 2 for a fault or wrong use.
    """
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]  # a console without Chinese shows "?"
    if not argv or argv[0] not in COMMANDS:
        say(TEXTS["USAGE"])
        return 0 if argv and argv[0] in {"-h", "--help", "help"} else 2
    command, rest = argv[0], argv[1:]
    env = Environment(root)
    status = guarded(lambda: prepare(env), env.folder)
    if status or command == "setup":
        return status
    if command == "test":
        os.chdir(root)
    become(
        arguments_for(env, command, rest, os.cpu_count() or 1),
        child_environment(extra_environment(command, sys.platform)),
    )
