"""How large a library is and how much of it is filled in."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from desktop.domain.library import CoreSet, GoalCase, Indicator

# Fields whose share of filled rows says how far a library has come.
FILLED = (
    "definition", "formula", "data_source", "evidence", "applies_to", "typical_value", "reference_values",
    "project_tags", "aliases", "source_kind", "value_basis", "collection_method", "quant_model_code",
)
_ONE = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class LibraryFigures:
    """Counts of a library.

    Attributes:
        versions: Edition -> indicators that it changed last.
        filled: Field of an indicator -> rows that have something there.
    """

    industries: int
    categories: int
    fund_uses: int
    indicators: int
    cases: int
    case_lines: int
    core_sets: int
    core_lines: int
    retired: int
    by_kind: Mapping[str, int]
    by_level2: Mapping[str, int]
    by_industry: Mapping[str, int]
    versions: Mapping[str, int]
    filled: Mapping[str, int]

    def share(self, field: str) -> Decimal:
        """Percentage of indicators with something in the field, one decimal; 0 of an empty library."""
        if not self.indicators:
            return Decimal("0.0")
        return (Decimal(self.filled[field]) * 100 / self.indicators).quantize(_ONE, ROUND_HALF_UP)


def figures_of(
    indicators: Sequence[Indicator], cases: Sequence[GoalCase], core_sets: Sequence[CoreSet]
) -> LibraryFigures:
    """Count a library; fields of work, categories and uses are told apart by their whole path."""
    return LibraryFigures(
        industries=len({i.industry for i in indicators}),
        categories=len({(i.industry, i.category) for i in indicators}),
        fund_uses=len({(i.industry, i.category, i.fund_use) for i in indicators}),
        indicators=len(indicators),
        cases=len(cases),
        case_lines=sum(len(case.lines) for case in cases),
        core_sets=len(core_sets),
        core_lines=sum(len(core.lines) for core in core_sets),
        retired=sum(bool(i.effective_to) for i in indicators),
        by_kind=_counted(i.library_kind.value for i in indicators),
        by_level2=_counted(i.level2 for i in indicators),
        by_industry=_counted(i.industry for i in indicators),
        versions=_counted(i.version for i in indicators),
        filled={field: sum(bool(getattr(i, field)) for i in indicators) for field in FILLED},
    )


def _counted(values: Iterable[str]) -> dict[str, int]:
    return dict(Counter(values).most_common())
