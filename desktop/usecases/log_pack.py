"""The package for those who look after the program: versions, what doctor found, the last steps, the log; all masked.

What goes in is built as text first, so that the user reads exactly what leaves the unit before anything is written.
"""

import hashlib
import secrets
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop.domain.masking import COVER, masked, only_code
from desktop.usecases.ports import AuditRow, Books

TAIL = 200  # rows of the audit
_MOST_LOG = 400_000  # characters of the log's end


@dataclass(frozen=True, slots=True)
class PackedFile:
    """One file of the package: its name and its whole text."""

    name: str
    text: str


def build_pack(books: Books, diagnosis: Sequence[str], log: str, at: str) -> tuple[PackedFile, ...]:
    """Build the package's files; nothing is written.

    Args:
        books: The workspace's; only the audit is read.
        diagnosis: Lines of `desktop.diagnosis`, about the program and the computer.
        log: The program's log; covered once more here.
        at: Local time with zone.
    """
    with books:
        rows = books.audit_tail(TAIL)
    about = (
        "预算单位工作台　日志包",
        f"打包时间：{at}",
        "内容：程序和电脑的情况、最近的操作记录、程序日志。",
        f"人名、账号、证件号、金额、单据号和单位名称都已隐去：{COVER} 是隐去的文字，# 是隐去的数字。",
        "同一份单据、同一个人在这个包里用同一个代号，换一个包代号就不同。",
    )
    return (
        PackedFile("说明.txt", _lines(about)),
        PackedFile("电脑和程序.txt", _lines(masked_paths(line) for line in diagnosis)),
        PackedFile("操作记录.txt", _lines(_audit_lines(rows))),
        PackedFile("程序日志.txt", masked(log[-_MOST_LOG:])),
    )


def write_pack(pack: Sequence[PackedFile], target: Path) -> int:
    """Write the package as a ZIP file and return its size in bytes.

    Raises:
        OSError: The disk refused; nothing half written stays under the name.
    """
    unfinished = target.with_name(f".{target.name}.partial")
    try:
        with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED) as packed:
            for file in pack:
                packed.writestr(file.name, file.text)
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)
    return target.stat().st_size


def masked_paths(line: str) -> str:
    """Return a line about the computer with the login name in its paths covered; the program's own words stay."""
    head, _, tail = line.partition("：")
    covered = " ".join(masked(word) if "/" in word or "\\" in word else word for word in tail.split(" "))
    return f"{head}：{covered}" if tail else line


def _audit_lines(rows: Sequence[AuditRow]) -> list[str]:
    salt = secrets.token_bytes(16)
    return [
        f"{row.number} {row.at} {_alias(salt, row.who)} {row.post or '-'} {row.what} {_alias(salt, row.subject)}"
        f" {_facts(row.facts)}".rstrip()
        for row in rows
    ]


def _alias(salt: bytes, name: str) -> str:
    """Return a stand-in that is the same inside one package and tells nothing outside it."""
    return hashlib.sha256(salt + name.encode()).hexdigest()[:6] if name else "-"


def _facts(facts: Mapping[str, str]) -> str:
    return " ".join(f"{only_name(name)}={only_code(str(value))}" for name, value in facts.items())


def only_name(name: str) -> str:
    """Return the name of a fact; the program writes them in ASCII words."""
    return name if name.isascii() and name.replace("_", "").isalnum() and name[:1].isalpha() else COVER


def _lines(lines: Iterable[str]) -> str:
    return "".join(f"{line}\n" for line in lines)
