"""What kind of project it is, which fund uses it belongs to, and which cases are like it."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from desktop.domain.library import CoreSet, GoalCase
from desktop.domain.suggesting.grams import contained, likeness, pairs, weighed
from desktop.domain.suggesting.library_index import FundUse, LibraryIndex
from desktop.domain.suggesting.project_words import KINDS, ProjectKind
from desktop.domain.suggesting.proposal import Brief
from desktop.domain.suggesting.same_things import SAME_THINGS

_SUMMARY = 0.3  # of a word in the summary, beside one in the name
_SAME_THING = 0.4
_NOISE = re.compile("项目|专项|资金|经费|工作|费用|全县|全旗|我县|我旗|本级|县级|旗县级|年度|县直|区直")
# Said of many things that are no works: the word alone decides nothing.
_NO_WORKS = re.compile(
    "(?:能力|队伍|组织|作风|文化|制度|廉政|平安|文明|法治|党风|体系|机制|思想|阵地|品牌|学科|人才|医联体|医共体)建设|治安综合治理|社会治理|党建|政府采购|技术改造|设备改造|思想改造"
)
_AT_END = 1.6  # the last words of a name say what is done with the money
_END = 2  # characters after them at most
_WEAK = frozenset({"建设", "工程", "运行", "维护", "活动", "配置", "编制", "业务", "研究", "软件", "装备", "数字化"})
_FUNCTION_WORTH = {7: 0.5, 5: 0.25, 3: 0.1}
_OTHER_FIELD = 0.6  # of a fund use whose functions are all of another class
_MOST_USES, _NEAR_USE, _SISTER_USE = 3, 0.84, 0.82
_COMMON_WINS, _ANYWHERE_WINS = 1.1, 0.7
_UNSURE, _HARDLY = 0.15, 0.25  # so little of the name says nothing; so little only with a word of the fund use's name
_KIND_WORD = 0.25  # of a word that says the kind, beside one that says what the project is about
_MOST_CASES, _NEAR_CASE = 4, 0.42
_NEAR_SET = 0.34


@dataclass(frozen=True, slots=True)
class Near:
    """A case and how like the project it is, 0 to 1."""

    case: GoalCase
    likeness: float


@dataclass(frozen=True, slots=True)
class Picture:
    """What a project is taken for.

    Attributes:
        uses: Specific fund uses with their closeness, 1 for the best.
        kinds: Kinds of project, the likeliest first.
        common: Fund uses of common indicators that suit the kinds.
        sure: 0 to 1: the share of the name's words that the best fund use knows.
        words: Grams of name and summary, with what the library calls the same thing.
        own: The same without what the library calls it.
        kind_sure: A word says the first kind that is not said of many other things too.
    """

    uses: tuple[tuple[FundUse, float], ...]
    kinds: tuple[ProjectKind, ...]
    common: tuple[FundUse, ...]
    cases: tuple[Near, ...]
    core_sets: tuple[tuple[CoreSet, float], ...]
    sure: float
    words: Mapping[str, float]
    own: Mapping[str, float]
    kind_sure: bool


def recognise(brief: Brief, index: LibraryIndex) -> Picture:
    """Return what the project's name, summary and function code say."""
    name = bare(brief.name)
    own = _own_words(brief, name)
    asked = _question(brief, own)
    kinds = kinds_of(brief.name, brief.summary)
    common = tuple(use for use in index.uses if use.is_common and _suits(use, kinds, brief.name))
    uses, sure = _uses(brief, name, asked, kinds, common, index)
    cases, core_sets = _cases(name, asked, uses, index), _core_sets(name, index)
    return Picture(uses, kinds, common, cases, core_sets, sure, asked, own, _kind_sure(brief, kinds))


def bare(name: str) -> str:
    """Return a project's name without the words that every project has."""
    return _NOISE.sub(" ", name) if _NOISE.sub("", name).strip() else name


def kinds_of(name: str, summary: str = "") -> tuple[ProjectKind, ...]:
    """Return the kinds of a project, the likeliest first; a word inside a longer one does not count."""
    points: dict[str, float] = defaultdict(float)
    for text, worth in ((name, 1.0), (summary, _SUMMARY)):
        left = _NO_WORKS.sub(lambda found: " " * len(found[0]), text)
        for word, code in _WORDS:
            at = left.rfind(word)
            if at < 0 or (worth < 1.0 and word in _WEAK):
                continue
            near_end = worth == 1.0 and len(bare(text).rstrip()) - (at + len(word)) < _END
            weight = (0.5 if word in _WEAK else 1.0) * len(word) * (_AT_END if near_end else 1.0)
            points[code] += worth * weight
            left = left.replace(word, " " * len(word))
    if not points:
        return ()
    best = max(points.values())
    order = sorted(points, key=lambda code: -points[code])
    return tuple(_BY_CODE[code] for code in order if points[code] >= best * 0.5)[:3]


def _kind_sure(brief: Brief, kinds: Sequence[ProjectKind]) -> bool:
    return bool(kinds) and any(word in brief.name for word in kinds[0].words if word not in _WEAK)


def _own_words(brief: Brief, name: str) -> dict[str, float]:
    found = weighed(name)
    for gram, weight in weighed(bare(brief.summary), _SUMMARY).items():
        found[gram] = max(found.get(gram, 0.0), weight)
    return found


def _question(brief: Brief, own: Mapping[str, float]) -> dict[str, float]:
    asked = dict(own)
    for word, same in SAME_THINGS.items():
        if word in brief.name:
            for gram, weight in weighed(same, _SAME_THING).items():
                asked[gram] = max(asked.get(gram, 0.0), weight)
    return asked


def _uses(
    brief: Brief,
    name: str,
    asked: Mapping[str, float],
    kinds: Sequence[ProjectKind],
    common: Sequence[FundUse],
    index: LibraryIndex,
) -> tuple[tuple[tuple[FundUse, float], ...], float]:
    """Rank fund uses by what the project is about; what is done with the money (its kind) counts less."""
    corpus = index.use_corpus
    topic = _topic(name, asked)
    scores = {index.uses[at]: score for at, score in corpus.scores(topic).items()}
    scores = {use: score * _function_factor(use, brief.function_code) for use, score in scores.items()}
    open_to = [use for use in scores if not use.is_common and _may_serve(use, name, asked, kinds)]
    specific = sorted(open_to, key=lambda use: -scores[use])[:_MOST_USES]
    if not specific:
        return (), 0.0
    rare = {gram: weight * corpus.rarity(gram) for gram, weight in topic.items() if len(gram) > 1}
    own = {gram: rare[gram] for gram in pairs(name) if gram in rare}
    sure = max(contained(own, specific[0].pairs), 0.8 * contained(rare, specific[0].pairs))
    whole = {index.uses[at]: score for at, score in corpus.scores(asked).items()}
    rival = max((whole.get(use, 0.0) for use in common), default=0.0)
    factor = _function_factor(specific[0], brief.function_code)
    alike = bool(kinds) and (kinds[0].anywhere or not pairs(_without_kinds(name)))
    needed = _ANYWHERE_WINS if alike else _COMMON_WINS
    if rival > whole.get(specific[0], 0.0) * factor * needed:
        return (), sure  # 会议费, 办公楼物业费: no field of work knows more of it than the common indicators
    first = specific[0]
    if sure < _UNSURE or (sure < _HARDLY and not pairs(first.name) & set(asked)):
        return (), sure
    near = {use: min(scores[use] / scores[first], whole.get(use, 0.0) / whole[first]) for use in specific}
    limits = {use: _SISTER_USE if use.key[:2] == first.key[:2] else _NEAR_USE for use in specific}
    kept = [use for use in specific if use.key[0] == first.key[0] and near[use] >= limits[use]]
    return tuple((use, near[use]) for use in kept), sure


def _may_serve(use: FundUse, name: str, asked: Mapping[str, float], kinds: Sequence[ProjectKind]) -> bool:
    """Tell whether a field of work may come into it: of a system or a meeting, only one that the name speaks of."""
    if not kinds or not kinds[0].anywhere:
        return True
    left = _without_kinds(name)
    same = " ".join(same for word, same in SAME_THINGS.items() if word in left)
    return bool(pairs(f"{left} {same}") & pairs(f"{use.key[1]} {use.name}"))


def _without_kinds(name: str) -> str:
    for word, _ in _WORDS:
        name = name.replace(word, " ")
    return name


def _topic(name: str, asked: Mapping[str, float]) -> dict[str, float]:
    about = pairs(_without_kinds(name))
    if not about:
        return dict(asked)
    done = pairs(name) - about
    return {gram: weight * (_KIND_WORD if pairs(gram) & done else 1.0) for gram, weight in asked.items()}


def _function_factor(use: FundUse, code: str) -> float:
    if not code or not use.functions:
        return 1.0
    for length, worth in _FUNCTION_WORTH.items():
        if len(code) >= length and any(one[:length] == code[:length] for one in use.functions if len(one) >= length):
            return 1.0 + worth
    return _OTHER_FIELD


def _cases(
    name: str, asked: Mapping[str, float], uses: Sequence[tuple[FundUse, float]], index: LibraryIndex
) -> tuple[Near, ...]:
    closeness = {use.key: near for use, near in uses}
    corpus = index.case_corpus
    rare = {gram: weight * corpus.rarity(gram) for gram, weight in asked.items() if len(gram) > 1}
    found = []
    for at, score in corpus.scores(asked).items():
        case = index.cases[at]
        near = 0.5 * contained(rare, index.case_pairs[at]) + 0.25 * likeness(name, bare(case.project_name))
        near += 0.35 * closeness.get((case.industry, case.category, case.fund_use), 0.0)
        if score > 0 and near >= _NEAR_CASE:
            found.append(Near(case, min(1.0, near)))
    return tuple(sorted(found, key=lambda one: -one.likeness)[:_MOST_CASES])


def _core_sets(name: str, index: LibraryIndex) -> tuple[tuple[CoreSet, float], ...]:
    found = []
    for core_set in index.core_sets:
        inside = weighed(core_set.project_kind)
        near = contained({g: w for g, w in inside.items() if len(g) > 1}, pairs(name))
        both = (near + likeness(name, core_set.project_kind)) / 2
        if both >= _NEAR_SET:
            found.append((core_set, both))
    return tuple(sorted(found, key=lambda one: -one[1])[:1])


def _suits(use: FundUse, kinds: Sequence[ProjectKind], name: str) -> bool:
    said = f"{use.key[1]} {use.key[2]}"
    return any(word in said for kind in kinds for word in kind.common_of(name))


_BY_CODE = {kind.code: kind for kind in KINDS}
_WORDS = sorted(((word, kind.code) for kind in KINDS for word in kind.words), key=lambda one: -len(one[0]))
