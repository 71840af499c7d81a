"""`budgetdesk library`: how large the performance library is and what is wrong in it."""

from argparse import Namespace
from collections import Counter
from collections.abc import Sequence

import msgspec

from desktop.commands.answer import Exit, say, say_json
from desktop.commands.workspaces import sound
from desktop.domain.library import CoreSet, GoalCase, Indicator
from desktop.domain.library_figures import FILLED, LibraryFigures, figures_of
from desktop.domain.library_rules import Finding, check_library, in_order
from desktop.domain.problem import Level
from desktop.exchange.library_files import library_datasets
from desktop.exchange.library_reading import known_tables, read_library
from desktop.texts import library_findings
from desktop.texts.words import LEVELS, LIBRARY_KINDS

_MOST_LINES = 500  # more than that nobody reads line by line


def check(arguments: Namespace) -> Exit:
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
    for one in findings[:_MOST_LINES]:
        mark = LEVELS[one.level.value]
        say(
            f"{mark} {one.code} {library_findings.place(one)}：{library_findings.sentence(one)}。"
            f"{library_findings.advice(one)}。"
        )
    if not findings:
        say(f"核对了 {count} 条指标，没有发现问题。")
        return
    if len(findings) > _MOST_LINES:
        say(f"……其余 {len(findings) - _MOST_LINES} 处没有列出，加 --json 可以看到全部，加 --rule 可以只看一种。")
        rules = Counter(one.code for one in findings).most_common()
        say("各种各有：" + "，".join(f"{code} {number} 处" for code, number in rules) + "。")
    levels = Counter(one.level for one in findings)
    say(f"核对了 {count} 条指标：错误 {levels[Level.ERROR]} 处，提示 {levels[Level.WARN]} 处。")


def stats(arguments: Namespace) -> Exit:
    """Count the shipped library, or the one that a workspace has received."""
    if arguments.workspace is None:
        shipped = library_datasets()
        figures = figures_of(
            msgspec.convert(shipped["indicator"], list[Indicator]),
            msgspec.convert(shipped["goal_case"], list[GoalCase]),
            msgspec.convert(shipped["core_set"], list[CoreSet]),
        )
    else:
        with sound(arguments.workspace, readonly=True) as workspace, workspace.books() as books:
            mirrors = books.mirrors
            figures = figures_of(mirrors.library(), mirrors.cases(), mirrors.core_sets())
    if arguments.json:
        shares = {field: str(figures.share(field)) for field in FILLED}
        say_json({"ok": True, **{name: getattr(figures, name) for name in _COUNTS}, "filled_percent": shares})
    else:
        _tell_figures(figures)
    return Exit.GOOD


_COUNTS = (
    "industries", "categories", "fund_uses", "indicators", "cases", "case_lines", "core_sets", "core_lines", "retired",
    "by_kind", "by_level2", "by_industry", "versions", "filled",
)


def _tell_figures(figures: LibraryFigures) -> None:
    say(
        f"行业领域 {figures.industries} 个，行业类别 {figures.categories} 个，资金用途 {figures.fund_uses} 个，"
        f"指标 {figures.indicators} 条（已停用 {figures.retired} 条）。"
    )
    say(
        f"完整案例 {figures.cases} 个（{figures.case_lines} 行），"
        f"核心指标集 {figures.core_sets} 个（{figures.core_lines} 行）。"
    )
    kinds = {LIBRARY_KINDS[kind]: count for kind, count in figures.by_kind.items()}
    for title, counts in (
        ("按库", kinds),
        ("按二级指标", figures.by_level2),
        ("按领域", figures.by_industry),
        ("按版本", figures.versions),
    ):
        say(f"{title}：" + "，".join(f"{name} {count}" for name, count in counts.items()) + "。")
    shares = (f"{library_findings.title(field)} {figures.share(field)}%" for field in FILLED)
    say("填写情况：" + "，".join(shares) + "。")
