"""How every command answers: a Chinese line that says why, JSON on request, and three exit codes."""

import json
import sys
from collections.abc import Mapping
from enum import IntEnum
from typing import TextIO

from desktop.domain.document import Refused
from desktop.domain.fault import Fault
from desktop.texts import faults, problems
from sync.faults import ExchangeFault


class Exit(IntEnum):
    """What a command's exit code says."""

    GOOD = 0
    PROBLEMS = 1  # it ran, and found something that people must look at
    REFUSED = 2  # unusable input, or the world said no; nothing was changed


class Unusable(Exception):
    """Input that no command can work with; the message is a Chinese sentence for people."""


def say(line: str = "", out: TextIO | None = None) -> None:
    """Write one line to standard output."""
    (out or sys.stdout).write(line + "\n")


def say_json(value: Mapping[str, object] | list[object]) -> None:
    """Write a value as JSON, keys in the order given."""
    say(json.dumps(value, ensure_ascii=False, indent=2, default=str))


def refused(reason: Fault | ExchangeFault | Refused | Unusable, as_json: bool = False) -> Exit:
    """Say why something was refused, and what to do now."""
    if isinstance(reason, Unusable):
        code, lines = "UNUSABLE", [str(reason)]
    elif isinstance(reason, Refused):
        text = problems.describe(reason.problem)
        code, lines = reason.problem.code, [f"{text.title}：{text.sentence}", text.advice]
    else:
        told = faults.describe(reason.code, reason.facts)
        code, lines = reason.code, [f"{told.title}：{told.happened}", told.safe, told.advice]
    if as_json:
        say_json({"ok": False, "code": code, "message": " ".join(line for line in lines if line)})
    for line in lines:
        if line:
            say(line, sys.stderr)
    return Exit.REFUSED
