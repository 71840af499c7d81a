"""Which indicators suit a project: candidates for each level 2, the best first, each with its evidence and a target."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from desktop.domain.frames import in_frame
from desktop.domain.goal import Direction, Frame, Level1, LibraryKind, Operator
from desktop.domain.library import Indicator
from desktop.domain.suggesting.grams import pairs
from desktop.domain.suggesting.library_index import COMMON_INDUSTRY, FundUse, LibraryIndex
from desktop.domain.suggesting.project_words import KINDS
from desktop.domain.suggesting.proposal import Basis, Brief, Candidate, Evidence, Target, Why
from desktop.domain.suggesting.recognise import Picture
from desktop.domain.suggesting.targets import Surroundings, target_of

GENERAL_MARK = "核心指标"  # the fund use of core indicators that suit any project

# Worth of each reason. Tuned on goals that were held out (tests/bench/bench_suggest.py); the order matters, not the
# third digit.
_USE, _COMMON, _GENERAL, _OUTSIDE = 3.0, 1.1, 0.2, 0.6
_NAME, _DEFINITION, _SUITS, _SUITS_NOT = 2.2, 0.5, 0.9, 4.0
_CORE, _CORE_SET, _CASE, _LAST_YEAR = 0.8, 1.6, 1.5, 2.5
_DEFAULT_WEIGHT, _ORDER, _FUNCTION, _REGION = 0.14, 1.2, 0.15, 0.2
_OPEN, _QUALITATIVE, _OLD_CASE, _EXTRA_LEVEL2 = 0.9, 0.6, 1.2, 1.6
_KIND_ALONE = 2.4  # of common indicators where no fund use is of the project's kind
_NAMED, _KIND_NAMED = 0.07, 0.7  # share of the project's words in a name that is about it; one of the kind's words
_USE_FLOOR, _STRANGE_FLOOR = 0.75, 0.6  # worth left to what the fund use says of other things
_STRANGE = 1.0  # against these where the fund use is not of the project's kind: 护理型床位 for 高龄津贴
_LEAST_TRUST, _SURE = 0.6, 0.45  # of a fund use that knows few of the project's words
_MOST_REGION = 40  # units: more of them say nothing more
_MOST_OUTSIDE = 40
_OUTSIDE_LEAST = 0.55  # of the name's words that an indicator of another fund use must have


_CONVINCING = tuple(Why)
_BUILDING, _BUILDERS = ("建设", "新建", "建成"), frozenset({"WORKS", "IT_BUILD", "TREATMENT", "REPAIR"})


@dataclass(frozen=True, slots=True)
class Ranking:
    """Candidates by level 1 and level 2 of the form, best first."""

    groups: Mapping[tuple[Level1, str], tuple[Candidate, ...]]

    def of(self, level1: Level1, level2: str = "") -> tuple[Candidate, ...]:
        """Return the candidates of a group, or of a whole level 1 in order of their score."""
        if level2:
            return self.groups.get((level1, level2), ())
        found = (one for (level, _), group in self.groups.items() if level is level1 for one in group)
        return tuple(sorted(found, key=lambda one: -one.score))


def rank(brief: Brief, picture: Picture, index: LibraryIndex, frame: Frame, extra: Sequence[str] = ()) -> Ranking:
    """Score every indicator that may suit the project.

    Args:
        brief: The project.
        picture: What it was taken for.
        index: The library.
        frame: Level-2 groups of the form.
        extra: Groups that the bureau tolerates beside those of the frame (P-04).
    """
    evidence = _Evidence(brief, picture, index)
    around = _surroundings(brief, picture, index)
    groups: dict[tuple[Level1, str], list[Candidate]] = defaultdict(list)
    for one, home in _pool(picture, index, evidence):
        place = in_frame(frame, one.level1, one.level2)
        place = place or ((one.level1, one.level2) if one.level2 in extra else None)
        if place is None or not one.is_open_in(brief.year) or not _agrees(one):
            continue
        target = target_of(one, brief, around)
        score, why, near = evidence.weigh(one, home)
        score -= _doubts(one, target, frame)
        groups[place].append(Candidate(one, *place, score, why, target, one.operator, near))
    return Ranking({place: tuple(sorted(some, key=_by_score)) for place, some in groups.items()})


def _by_score(one: Candidate) -> tuple[float, str]:
    return -one.score, one.indicator.code


def _pool(
    picture: Picture, index: LibraryIndex, evidence: "_Evidence"
) -> Iterable[tuple[Indicator, tuple[float, FundUse | None]]]:
    """Yield every indicator that may come into it, once, with the worth of where it comes from."""
    seen: set[str] = set()
    main = 1.0 if evidence.covers else _KIND_ALONE
    trust = _LEAST_TRUST + (1 - _LEAST_TRUST) * min(1.0, picture.sure / _SURE)
    sources: list[tuple[tuple[Indicator, ...], tuple[float, FundUse | None]]]
    sources = [(use.indicators, (_USE * near * trust, use)) for use, near in picture.uses]
    sources += [(use.indicators, (_COMMON * main, use)) for use in picture.common]
    sources += [(use.indicators, (_GENERAL, use)) for use in index.uses if GENERAL_MARK in use.name]
    named = [index.by_code[code] for code in evidence.codes() if code in index.by_code]
    sources.append((tuple(named), (_OUTSIDE, None)))
    sources.append((_by_name(picture, index), (_OUTSIDE, None)))
    for some, home in sources:
        for one in some:
            if one.code not in seen and not (home[1] in picture.common and evidence.is_foreign(one)):
                seen.add(one.code)
                yield one, home


def covers(picture: Picture) -> bool:
    """Tell whether the fund use is itself of the project's kind; 动物疫病防控 is not of a subsidy's."""
    if not picture.uses:
        return False
    named = picture.uses[0][0].name
    return not picture.kind_sure or any(word in named for word in picture.kinds[0].words)


def _by_name(picture: Picture, index: LibraryIndex) -> tuple[Indicator, ...]:
    """Return indicators of sister fund uses whose own names say what the project does."""
    scores = index.entry_corpus.scores(picture.words)
    homes = {use.key[:2] for use, _ in picture.uses}
    if not scores or not homes:
        return ()
    best = max(scores.values())
    found = sorted((at for at, score in scores.items() if score >= best * _OUTSIDE_LEAST), key=lambda at: -scores[at])
    some = (index.entries[at] for at in found[:_MOST_OUTSIDE])
    return tuple(one for one in some if (one.industry, one.category) in homes)


def _agrees(one: Indicator) -> bool:
    """Tell whether operator and direction agree (P-20); an entry at odds with itself is not proposed."""
    wrong = Direction.NEGATIVE if one.operator in (Operator.GE, Operator.GT) else Direction.POSITIVE
    return one.operator not in (Operator.GE, Operator.GT, Operator.LE, Operator.LT) or one.direction is not wrong


def _doubts(one: Indicator, target: Target, frame: Frame) -> float:
    doubts = _OPEN if target.basis is Basis.OPEN else 0.0
    doubts += _QUALITATIVE if one.is_qualitative else 0.0
    doubts += _OLD_CASE if one.library_kind is LibraryKind.CASE else 0.0
    return doubts + (_EXTRA_LEVEL2 if in_frame(frame, one.level1, one.level2) is None else 0.0)


def _surroundings(brief: Brief, picture: Picture, index: LibraryIndex) -> Surroundings:
    uses = (*(use for use, _ in picture.uses), *picture.common)
    prices = [one for use in uses for one in use.indicators if one.level1 is Level1.COST and one.typical_value]
    last = brief.last_goal
    targets = {line.indicator_code: line.target for line in last.lines} if last is not None else {}
    return Surroundings(picture.cases, index.cases, prices, targets)


class _Evidence:
    """Finds the reasons for an indicator and what they are worth together."""

    def __init__(self, brief: Brief, picture: Picture, index: LibraryIndex) -> None:
        self._brief, self._picture, self._index = brief, picture, index
        self._known = {gram: weight * index.entry_corpus.rarity(gram) for gram, weight in picture.own.items()
                       if len(gram) == 2}
        self._whole = sum(sorted(self._known.values(), reverse=True)[:8]) or 1.0
        self.covers = covers(picture)
        self._suits = {word for kind in picture.kinds for word in kind.suits}
        self._not = _foreign(brief, picture)
        self._kinds = {kind.code for kind in picture.kinds}
        self._last = {one.indicator_code: one for one in (brief.last_goal.lines if brief.last_goal else ())}
        self._in_cases = self._lines_of_cases()
        self._sets = {line.indicator_code: (core_set, near) for core_set, near in picture.core_sets
                      for line in core_set.lines}

    def codes(self) -> list[str]:
        """Return the codes that cases, core sets and last year's goal name."""
        return [*self._last, *self._sets, *self._in_cases]

    def weigh(self, one: Indicator, home: tuple[float, FundUse | None]) -> tuple[float, tuple[Evidence, ...], bool]:
        """Return the worth of an indicator, its reasons, the most convincing first, and whether it is near at all."""
        worth, use = home
        relevance = self._relevance(one) if use is not None and not use.is_common else 1.0
        worth *= relevance
        near = relevance > _STRANGE_FLOOR
        worth -= 0.0 if near else _STRANGE
        found: list[tuple[float, Evidence]] = [self._from_use(one, worth, use)]
        found += [*self._from_set(one), *self._from_cases(one), *self._from_last_year(one), *self._from_words(one)]
        score = sum(part for part, _ in found) + self._details(one)
        reasons = sorted((reason for _, reason in found), key=lambda reason: _CONVINCING.index(reason.why))
        return score, tuple(one for one in reasons if one.why is not Why.GENERAL) or tuple(reasons[:1]), near

    def is_foreign(self, one: Indicator) -> bool:
        """Tell whether the name has telling words of another kind of project, and none of this one's."""
        own = any(word in one.name for kind in self._picture.kinds for word in kind.tells)
        builds = one.name.startswith(_BUILDING) and self._kinds and not self._kinds & _BUILDERS
        return not own and (bool(builds) or any(word in one.name for word in self._not))

    def _is_suited(self, one: Indicator) -> bool:
        return any(word in one.name for word in self._suits)

    def _relevance(self, one: Indicator) -> float:
        """Return how far an indicator of the fund use is about this project, whose name may be narrower."""
        near = 1.0 if self._share(pairs(one.name)) >= _NAMED else _KIND_NAMED if self._is_suited(one) else 0.0
        floor = _USE_FLOOR if self.covers else _STRANGE_FLOOR
        return floor + (1 - floor) * near

    def _share(self, grams: Iterable[str]) -> float:
        return min(1.0, sum(self._known.get(gram, 0.0) for gram in grams) / self._whole)

    def _from_use(self, one: Indicator, worth: float, use: FundUse | None) -> tuple[float, Evidence]:
        is_core = one.is_core or one.library_kind is LibraryKind.CORE
        worth += _CORE if is_core and use is not None and GENERAL_MARK not in use.name else 0.0
        if use is None or GENERAL_MARK in use.name:
            return worth, Evidence(Why.GENERAL, {"name": one.fund_use}, (one.code,))
        if use.is_common:
            return worth, Evidence(Why.COMMON_CORE if is_core else Why.COMMON, {"kind": use.name}, (one.code,))
        return worth, Evidence(Why.CORE_OF_USE if is_core else Why.USE, {"use": use.name}, (one.code,))

    def _from_set(self, one: Indicator) -> Iterable[tuple[float, Evidence]]:
        if one.code in self._sets:
            core_set, near = self._sets[one.code]
            facts = {"department": core_set.department, "kind": core_set.project_kind}
            yield _CORE_SET * min(1.0, near * 1.5), Evidence(Why.CORE_SET, facts, (core_set.code,))

    def _from_cases(self, one: Indicator) -> Iterable[tuple[float, Evidence]]:
        near = self._in_cases.get(one.code, ())
        if near:
            names = [self._index.cases[at].project_name for at, _ in near]
            codes = tuple(self._index.cases[at].code for at, _ in near)
            worth = _CASE * max(likeness for _, likeness in near) + 0.2 * (len(near) - 1)
            yield worth, Evidence(Why.CASES, {"count": str(len(near)), "name": names[0]}, codes)

    def _from_last_year(self, one: Indicator) -> Iterable[tuple[float, Evidence]]:
        line = self._last.get(one.code)
        if line is not None:
            facts = {"target": f"{line.target}{line.unit}", "year": str(self._brief.year - 1)}
            yield _LAST_YEAR, Evidence(Why.LAST_YEAR, facts)

    def _from_words(self, one: Indicator) -> Iterable[tuple[float, Evidence]]:
        names = pairs(f"{one.name} {' '.join(one.aliases)} {' '.join(one.project_tags)}")
        part = self._share(names)
        worth = _NAME * part + _DEFINITION * self._share(pairs(one.definition))
        own = self._picture.own  # what stands in the name itself weighs one or more
        shared = sorted((gram for gram in names if own.get(gram, 0.0) >= 1), key=one.name.find)
        said = "、".join(_joined(shared, one.name))
        yield worth, Evidence(Why.WORDS if said and part > 0.15 else Why.GENERAL, {"words": said}, (one.code,))

    def _details(self, one: Indicator) -> float:
        worth = _DEFAULT_WEIGHT * one.default_weight + self._order(one) / (1 + self._index.places[one.code])
        worth += _SUITS if self._is_suited(one) else 0.0
        worth -= _SUITS_NOT if self.is_foreign(one) else 0.0
        worth += _FUNCTION if self._brief.function_code and self._brief.function_code in one.applies_to else 0.0
        return worth + _REGION * min(one.region_uses, _MOST_REGION) / _MOST_REGION

    @staticmethod
    def _order(one: Indicator) -> float:
        if one.industry != COMMON_INDUSTRY:
            return _ORDER
        return 0.0 if GENERAL_MARK in one.fund_use else _ORDER / 2

    def _lines_of_cases(self) -> dict[str, list[tuple[int, float]]]:
        places = {case.code: at for at, case in enumerate(self._index.cases)}
        found: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for near in self._picture.cases:
            for line in near.case.lines:
                if line.indicator_code:
                    found[line.indicator_code].append((places[near.case.code], near.likeness))
        return found


def _foreign(brief: Brief, picture: Picture) -> frozenset[str]:
    """Return the telling words of kinds that the project is not, as far as nothing near it uses them."""
    uses = [use.name for use, _ in picture.uses] if covers(picture) else []
    near = " ".join([brief.name, brief.summary, *uses])
    words = {word for kind in KINDS if kind not in picture.kinds for word in kind.tells}
    own = {word for kind in picture.kinds for word in kind.tells}
    return frozenset(word for word in words - own if word not in near)


def _joined(grams: Sequence[str], name: str) -> list[str]:
    """Join pairs of neighbours that overlap in a name to the words that people see."""
    marked = [False] * len(name)
    for gram in grams:
        at = name.find(gram)
        if at >= 0:
            marked[at : at + len(gram)] = [True] * len(gram)
    words, word = [], ""
    for letter, mark in zip((*name, ""), (*marked, False), strict=True):
        if mark:
            word += letter
        elif word:
            words.append(word)
            word = ""
    return words
