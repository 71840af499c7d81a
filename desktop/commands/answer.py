"""How every command answers: a Chinese line that says why, JSON on request, and three exit codes."""

import errno
import json
import re
import sys
from collections.abc import Mapping
from enum import IntEnum
from typing import TextIO

from desktop.domain.document import Refused
from desktop.domain.fault import Fault
from desktop.texts import faults, problems
from sync.faults import ExchangeFault

# What a terminal would obey instead of showing it: control characters, and marks that turn the reading direction.
# Names and comments come from files that anybody can make.
_OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")

_REFUSALS = {
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.ENOENT: "找不到",
    errno.EISDIR: "它是文件夹",
    errno.ENOTDIR: "它不是文件夹",
    errno.ENAMETOOLONG: "名称太长",
    errno.EROFS: "磁盘是只读的",
    errno.ENOSPC: "磁盘满了",
}
_LONGEST_NAME = 120


class Exit(IntEnum):
    """What a command's exit code says."""

    GOOD = 0
    PROBLEMS = 1  # it ran, and found something that people must look at
    REFUSED = 2  # unusable input, or the world said no; nothing was changed


class Unusable(Exception):
    """Input that no command can work with; the message is a Chinese sentence for people."""


def say(line: str = "", out: TextIO | None = None) -> None:
    """Write one line to standard output; what a terminal would obey is shown as ``�``."""
    _write(_OBEYED.sub("�", line), out or sys.stdout)


def say_json(value: Mapping[str, object] | list[object]) -> None:
    """Write a value as JSON, keys in the order given; what a terminal would obey is escaped."""
    text = json.dumps(value, ensure_ascii=False, indent=2, default=str)
    _write(_OBEYED.sub(lambda found: f"\\u{ord(found[0]):04x}", text), sys.stdout)


def _write(line: str, out: TextIO | None) -> None:
    if out is not None:  # a program without a console has no streams
        out.write(line + "\n")


def refused(reason: Fault | ExchangeFault | Refused | Unusable, as_json: bool = False) -> Exit:
    """Say why something was refused, and what to do now."""
    code, lines = _told(reason)
    if as_json:
        say_json({"ok": False, "code": code, "message": " ".join(lines)})
    for line in lines:
        _write(_OBEYED.sub("�", line), sys.stderr)
    return Exit.REFUSED


def message(reason: Fault | ExchangeFault) -> str:
    """Return why something was refused in one line."""
    return " ".join(_told(reason)[1])


def unusable(reason: OSError) -> Unusable:
    """Say what the system refused to read or write for a command."""
    name = str(reason.filename or "文件")
    name = name if len(name) <= _LONGEST_NAME else f"…{name[-_LONGEST_NAME:]}"
    return Unusable(f"{name} 打不开：{_REFUSALS.get(reason.errno or 0, reason.strerror or type(reason).__name__)}。")


def _told(reason: Fault | ExchangeFault | Refused | Unusable) -> tuple[str, list[str]]:
    if isinstance(reason, Unusable):
        return "UNUSABLE", [str(reason)]
    if isinstance(reason, Refused):
        text = problems.describe(reason.problem)
        code, lines = reason.problem.code, [f"{text.title}：{text.sentence}", text.advice]
    else:
        told = faults.describe(reason.code, reason.facts)
        code, lines = reason.code, [f"{told.title}：{told.happened}", told.safe, told.advice]
    return code, [line for line in lines if line]
