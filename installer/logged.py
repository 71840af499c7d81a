"""Runs a command with its output kept in a log, and reads from a failed one what kind of failure it was."""

import os
import platform
import re
import subprocess
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final

from installer.faults import SetupFault

_DISK_FULL = re.compile(r"Errno 28\b|Errno 122\b|WinError 112\b|No space left on device|Disk quota exceeded", re.I)
_HASHES = re.compile(r"DO NOT MATCH THE HASHES", re.I)
_NETWORK = re.compile(
    r"Failed to establish a new connection|NameResolutionError|name resolution|getaddrinfo failed"
    r"|Network is unreachable|ConnectTimeout|Connection (refused|reset|broken|aborted)|ConnectionError|ProxyError"
    r"|Cannot connect to proxy|Read timed out|ReadTimeout|SSLError|CERTIFICATE_VERIFY_FAILED"
    r"|There was a problem confirming the ssl"
    r"|HTTP error \d{3}|\b(40[137]|429|5\d\d) (Client|Server) Error",
    re.I,
)
_NO_MATCH = re.compile(r"No matching distribution found|Could not find a version that satisfies", re.I)


# The order matters: without a net, pip ends with "no matching distribution" too.
_KINDS: Final = (
    (_DISK_FULL, "DISK_FULL"),
    (_HASHES, "HASH_MISMATCH"),
    (_NETWORK, "NO_NETWORK"),
    (_NO_MATCH, "NO_MATCHING_COMPONENT"),
)


def failure_of(output: str) -> tuple[str, str]:
    """Name the kind of failure that pip's output tells of.

    Returns:
        The code, and the last lines that show it; for a kind that is not known, pip's own errors.
    """
    for pattern, code in _KINDS:
        if pattern.search(output):
            return code, last_lines("\n".join(line for line in output.splitlines() if pattern.search(line)), 1)
    return "INSTALL_FAILED", last_lines(output)


def last_lines(output: str, count: int = 4) -> str:
    """The lines that say most: pip's own errors where there are some, else the last ones; indented by two."""
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    errors = [line for line in lines if line.startswith(("ERROR", "E:"))]
    return "\n".join(f"  {line[:300]}" for line in (errors or lines)[-count:])


def child_environment(extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """This process's environment without what would lead a child's imports out of the program's own environment."""
    kept = {name: value for name, value in os.environ.items() if name not in {"PYTHONHOME", "PYTHONPATH"}}
    return kept | dict(extra or {})


def run_logged(
    command: Sequence[str | Path],
    log: Path,
    *,
    on_line: Callable[[str], None] = lambda line: None,
    keep_open: Sequence[int] = (),
    env: Mapping[str, str] | None = None,
) -> tuple[int, str]:
    """Run a command to its end.

    Args:
        command: Program and arguments.
        log: Appended to, line by line.
        on_line: Told of every line of output as it comes.
        keep_open: File descriptors that the command inherits (POSIX only).
        env: Added to the environment.

    Returns:
        The exit status and the whole output, errors included.
    """
    lines: list[str] = []
    with (
        log.open("a", encoding="utf-8") as record,
        subprocess.Popen(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            pass_fds=tuple(keep_open) if os.name == "posix" else (),
            env=child_environment({"PYTHONUTF8": "1", **(env or {})}),
        ) as process,
    ):
        assert process.stdout is not None
        record.write("$ " + " ".join(str(part) for part in command) + "\n")
        for line in process.stdout:
            record.write(line)
            lines.append(line)
            on_line(line.rstrip())
    return process.returncode, "".join(lines)


def pip_fault(output: str, log: Path) -> SetupFault:
    """The fault for a pip that failed with this output."""
    code, tail = failure_of(output)
    return SetupFault(
        code,
        log=str(log),
        tail=tail,
        folder=str(log.parent),
        python=platform.python_version(),
        machine=f"{platform.system()} {platform.machine()}",
    )
