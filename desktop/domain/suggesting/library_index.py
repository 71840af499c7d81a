"""The library as a proposal looks at it: fund uses, cases and single indicators, each found by the words of a project.

Built once for each edition of the library; about 4,400 indicators take some tenths of a second and a few megabytes.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from desktop.domain.library import CoreSet, GoalCase, Indicator
from desktop.domain.suggesting.bm25 import Corpus, joined
from desktop.domain.suggesting.grams import grams, pairs

COMMON_INDUSTRY = "通用"
UseKey = tuple[str, str, str]  # industry, category, fund use

# How much a field tells of a fund use, of a case, of an indicator.
_USE_NAME, _CATEGORY, _INDUSTRY, _ENTRY_NAME, _TAG, _ENTRY_TEXT, _CASE_NAME, _CASE_TEXT = 7, 3, 1, 1.2, 2, 0.25, 5, 0.4
_SET_NAME = 5
_USE_PATIENCE = 6.0  # a word in one indicator of twenty says little of the fund use
_PAIRS = (2,)


@dataclass(frozen=True, slots=True)
class FundUse:
    """A fund use (资金用途) with its indicators in the library's order."""

    key: UseKey
    indicators: tuple[Indicator, ...]
    functions: frozenset[str]
    pairs: frozenset[str]

    @property
    def name(self) -> str:
        """The name people know it by."""
        return self.key[2]

    @property
    def is_common(self) -> bool:
        """Whether its indicators suit any field of work."""
        return self.key[0] == COMMON_INDUSTRY


class LibraryIndex:
    """Everything that proposals ask of one edition of the library; never changes.

    Args:
        indicators: The whole library.
        cases: Complete goals; what is held out of an experiment is simply not given.
        core_sets: Fixed minimum sets of kinds of projects.
    """

    def __init__(
        self, indicators: Sequence[Indicator], cases: Sequence[GoalCase], core_sets: Sequence[CoreSet]
    ) -> None:
        self.by_code: Mapping[str, Indicator] = {one.code: one for one in indicators}
        self.cases, self.core_sets = tuple(cases), tuple(core_sets)
        members: dict[UseKey, list[Indicator]] = defaultdict(list)
        for one in indicators:
            members[one.industry, one.category, one.fund_use].append(one)
        texts = self._texts_of_uses(members)
        self.uses = tuple(self._fund_use(key, members[key], texts[key]) for key in members)
        self.use_corpus = Corpus((texts[key] for key in members), _USE_PATIENCE)
        self.entries = tuple(indicators)
        self.places = _places(members)
        self.entry_corpus = Corpus(_entry_text(one) for one in indicators)
        self.case_corpus = Corpus(_case_text(one) for one in self.cases)
        self.case_pairs = tuple(pairs(f"{one.project_name} {one.fund_use} {one.general_goal}") for one in self.cases)

    def _texts_of_uses(self, members: Mapping[UseKey, list[Indicator]]) -> dict[UseKey, dict[str, float]]:
        extra: dict[UseKey, list[tuple[list[str], float]]] = defaultdict(list)
        for case in self.cases:
            key = case.industry, case.category, case.fund_use
            extra[key] += [(grams(case.project_name), _CASE_NAME)]
            extra[key] += [(grams(f"{case.general_goal} {case.year_goal}", _PAIRS), _CASE_TEXT)]
        for core_set in self.core_sets:
            for key in {self._home(line.indicator_code) for line in core_set.lines}:
                extra[key] += [(grams(core_set.project_kind), _SET_NAME)]
        return {key: _use_text(key, some, extra[key]) for key, some in members.items()}

    def _home(self, code: str) -> UseKey:
        one = self.by_code.get(code)
        return (one.industry, one.category, one.fund_use) if one is not None else ("", "", "")

    @staticmethod
    def _fund_use(key: UseKey, some: Sequence[Indicator], text: Mapping[str, float]) -> FundUse:
        functions = frozenset(code for one in some for code in one.applies_to)
        return FundUse(key, tuple(some), functions, frozenset(gram for gram in text if len(gram) == _PAIRS[0]))


def _places(members: Mapping[UseKey, list[Indicator]]) -> dict[str, int]:
    """Return where each indicator stands in its level 2 of its fund use: libraries name what matters most first."""
    places: dict[str, int] = {}
    for some in members.values():
        counts: dict[str, int] = defaultdict(int)
        for one in some:
            places[one.code] = counts[one.level2]
            counts[one.level2] += 1
    return places


def _use_text(
    key: UseKey, some: Sequence[Indicator], extra: Sequence[tuple[list[str], float]]
) -> dict[str, float]:
    industry, category, use = key
    return joined(
        (grams(use), _USE_NAME),
        (grams(category), _CATEGORY),
        (grams(industry), _INDUSTRY),
        (grams(" ".join(one.name for one in some), _PAIRS), _ENTRY_NAME),
        (grams(" ".join(" ".join((*one.aliases, *one.project_tags)) for one in some), _PAIRS), _TAG),
        (grams(" ".join(one.definition for one in some), _PAIRS), _ENTRY_TEXT),
        *extra,
    )


def _entry_text(one: Indicator) -> dict[str, float]:
    return joined(
        (grams(one.name, _PAIRS), 3),
        (grams(" ".join((*one.aliases, *one.project_tags)), _PAIRS), 2),
    )


def _case_text(one: GoalCase) -> dict[str, float]:
    return joined(
        (grams(one.project_name), 4),
        (grams(one.fund_use), 2),
        (grams(f"{one.general_goal} {one.year_goal}", _PAIRS), 0.4),
    )
