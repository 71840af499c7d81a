"""A small library for the tests of its check: sound rows to plant flaws in, and how findings are compared."""

from dataclasses import replace
from decimal import Decimal

from desktop.domain.goal import Level1, LibraryKind, Operator
from desktop.domain.library import Indicator, WeightProfile
from desktop.domain.library_rules import Finding, Known, Material, Placed, check_library
from desktop.domain.library_rules.headings import TITLES

COLUMNS = dict.fromkeys(TITLES, "C")
KNOWN = Known(
    units=frozenset({"亩", "%", "起", "人", "元", "元/亩", "件", "家次", "天"}),
    functions=frozenset({"2130217"}),
    profiles={
        "WITHOUT_COST": WeightProfile("WITHOUT_COST", "不设成本", Decimal(0), Decimal(50), Decimal(30), Decimal(10))
    },
    models={"QM01": "%"},
)
SOUND = Indicator(
    "HY0306012101",
    "2026.1",
    LibraryKind.SPECIFIC,
    "农林水",
    "草原",
    "防沙治沙",
    Level1.OUTPUT,
    "数量指标",
    "沙化土地治理面积",
    definition="当年完成并验收的面积",
    operator=Operator.GE,
    typical_value="12000",
    unit="亩",
    data_source="验收报告",
    applies_to=("2130217",),
    evidence="验收报告",
)


def placed(*entries: Indicator) -> tuple[Placed[Indicator], ...]:
    return tuple(Placed(entry, "农林水.csv", row, COLUMNS) for row, entry in enumerate(entries, start=2))


def check(*entries: Indicator, known: Known = KNOWN, **rest: object) -> list[Finding]:
    return check_library(Material(placed(*entries), **rest), known)  # type: ignore[arg-type]


def other(**changes: object) -> Indicator:
    """Return a second sound row with these changes."""
    second = replace(SOUND, code="HY0306012102", name="补播改良完成情况", operator=Operator.GE)
    return replace(second, **changes)  # type: ignore[arg-type]


def case_of(finding: Finding) -> str:
    case = finding.facts.get("case", "")
    return f"{finding.code}.{case}" if case else finding.code


def cases_of(findings: list[Finding]) -> set[str]:
    return {case_of(one) for one in findings}
