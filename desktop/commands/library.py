"""`budgetdesk library`: how large the performance library is, and what is wrong in it."""

from argparse import Namespace
from collections import Counter
from collections.abc import Sequence

from desktop.commands.answer import Exit, say, say_json
from desktop.domain.library_rules import Finding, check_library, in_order
from desktop.domain.problem import Level
from desktop.exchange.library_reading import known_tables, read_library
from desktop.texts import library_findings
from desktop.texts.words import LEVELS


def run(arguments: Namespace) -> Exit:
    """Do what was asked for."""
    return _ACTIONS[arguments.action](arguments)


def _check(arguments: Namespace) -> Exit:
    """Check the shipped library, a folder or a bureau's file; 1 when anything is found."""
    reading = read_library(arguments.path)
    findings = in_order([*reading.findings, *check_library(reading.material, known_tables())])
    kept = [one for one in findings if not arguments.rule or one.code in arguments.rule]
    if arguments.json:
        count = len(reading.material.indicators)
        say_json({"ok": not kept, "indicators": count, "findings": [_as_json(one) for one in kept]})
    else:
        _tell(kept, len(reading.material.indicators))
    return Exit.PROBLEMS if kept else Exit.GOOD


def _as_json(finding: Finding) -> dict[str, object]:
    at = finding.place
    return {
        "code": finding.code,
        "level": finding.level.value,
        "file": at.file,
        "row": at.row,
        "column": at.column,
        "field": at.field,
        "subject": finding.subject,
        "message": library_findings.sentence(finding),
        "advice": library_findings.advice(finding),
    }


def _tell(findings: Sequence[Finding], count: int) -> None:
    for one in findings:
        mark = LEVELS[one.level.value]
        say(
            f"{mark} {one.code} {library_findings.place(one)}：{library_findings.sentence(one)}。"
            f"{library_findings.advice(one)}。"
        )
    levels = Counter(one.level for one in findings)
    if findings:
        say(f"核对了 {count} 条指标：错误 {levels[Level.ERROR]} 处，提示 {levels[Level.WARN]} 处。")
    else:
        say(f"核对了 {count} 条指标，没有发现问题。")


_ACTIONS = {"check": _check}
