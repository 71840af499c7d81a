"""Measures proposals of goals on cases that were held out: `python -m tests.bench.bench_suggest [out.json] [goal.csv]`.

For each of the library's cases an index is built without it. The project's name (then also its function code, then
also the case's general goal as the summary) is all that is given; recall@k is the share of the case's indicators, by
code or by exactly the same name, among the first k that are ranked for their level 2. Indicators stay in the library,
cases do not: neither a case's lines nor its texts are seen by the ranking that it is compared with.

The floor is what a search field does: every indicator is looked through for the pairs of neighbours of the project's
name, and those with most of them come first.

A goal.csv (level1, level2, indicator, operator, target, unit) of the published goal of 拆违经费 is compared by names,
with entries of the kind CASE and its case left out of the library, since they are that very goal.
"""

import csv
import json
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import msgspec

from desktop.domain.goal import Frame, LibraryKind
from desktop.domain.library import CaseLine, CoreSet, GoalCase, Indicator, WeightProfile
from desktop.domain.suggesting.grams import likeness, pairs
from desktop.domain.suggesting.library_index import LibraryIndex
from desktop.domain.suggesting.proposal import Brief
from desktop.domain.suggesting.propose import Rules, propose
from desktop.domain.suggesting.rank import rank
from desktop.domain.suggesting.recognise import recognise
from desktop.exchange.reference import public_datasets
from tests.data.county_projects import PROJECTS

DEPTHS = (1, 3, 5, 10)
EXTRA = ("可持续影响指标",)
ALIKE = 0.34  # of two names that may be taken for the same indicator
DEMOLITION = Brief("拆违经费", Decimal("3498000.00"), 2026, "拆除违法建筑，遏制新增违法建设，改善城市环境")
Rank = Callable[[Brief], dict[str, list[Indicator]]]


@dataclass(frozen=True, slots=True)
class Library:
    """What ships."""

    indicators: list[Indicator]
    cases: list[GoalCase]
    core_sets: list[CoreSet]
    profiles: dict[str, WeightProfile]

    def without(self, case: GoalCase | None) -> LibraryIndex:
        """Return an index that has never seen the case."""
        return LibraryIndex(self.indicators, [one for one in self.cases if one is not case], self.core_sets)


def shipped() -> Library:
    """Read the shipped library."""
    found = public_datasets()
    profiles = msgspec.convert(found["weight_profile"], list[WeightProfile], strict=False)
    return Library(
        msgspec.convert(found["indicator"], list[Indicator]),
        msgspec.convert(found["goal_case"], list[GoalCase]),
        msgspec.convert(found["core_set"], list[CoreSet]),
        {one.code: one for one in profiles},
    )


def ours(index: LibraryIndex) -> Rank:
    """Rank as a proposal does."""

    def ranked(brief: Brief) -> dict[str, list[Indicator]]:
        found = rank(brief, recognise(brief, index), index, Frame.F2021, EXTRA)
        return {level2: [one.indicator for one in group] for (_, level2), group in found.groups.items()}

    return ranked


def keywords(indicators: Sequence[Indicator]) -> Rank:
    """Rank as a search for the name's words would: a scan of every text."""
    texts = [(one, f"{one.name}{one.definition}{one.fund_use}{one.category}") for one in indicators]

    def ranked(brief: Brief) -> dict[str, list[Indicator]]:
        wanted = pairs(brief.name)
        found: dict[str, list[tuple[int, Indicator]]] = defaultdict(list)
        for one, text in texts:
            hits = sum(word in text for word in wanted)
            if hits:
                found[one.level2].append((hits, one))
        return {level2: [one for _, one in sorted(some, key=lambda pair: -pair[0])] for level2, some in found.items()}

    return ranked


def place_of(line: CaseLine, ranked: dict[str, list[Indicator]], known: set[str]) -> int | None:
    """Return where a line stands in its level 2, 1 for the first, 0 for nowhere; None when the library lacks it."""
    if line.indicator_code not in known and line.name not in known:
        return None
    for at, one in enumerate(ranked.get(line.level2, []), 1):
        if one.code == line.indicator_code or one.name == line.name:
            return at
    return 0


def recalls(places: Sequence[int]) -> dict[str, float]:
    """Return the share of places inside each depth."""
    return {f"@{depth}": round(sum(0 < at <= depth for at in places) / len(places), 3) for depth in DEPTHS}


def briefs(case: GoalCase) -> dict[str, Brief]:
    """Return what may be known of the case's project, from little to much."""
    name, amount, year = case.project_name, case.amount, int(case.year or 2027)
    return {
        "name": Brief(name, amount, year),
        "name+function": Brief(name, amount, year, function_code=case.function_code),
        "name+function+purpose": Brief(name, amount, year, case.general_goal, function_code=case.function_code),
    }


def held_out(library: Library) -> dict[str, object]:
    """Compare every case with rankings that have not seen it."""
    known = {one.code for one in library.indicators} | {one.name for one in library.indicators}
    places: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    scan = keywords(library.indicators)
    seconds, floors, missing = [], [], 0
    for case in library.cases:
        ranker = ours(library.without(case))
        for given, brief in briefs(case).items():
            begun = time.perf_counter()
            ranked = ranker(brief)
            seconds.append(time.perf_counter() - begun)
            missing += _note(case, ranked, known, places[given]) if given == "name" else 0
            if given != "name":
                _note(case, ranked, known, places[given])
        begun = time.perf_counter()
        found = scan(briefs(case)["name"])
        floors.append(time.perf_counter() - begun)
        _note(case, found, known, places["keywords"])
    return {
        "cases": len(library.cases),
        "lines": sum(len(case.lines) for case in library.cases),
        "lines_not_in_library": missing,
        "recall": {given: {"all": recalls([at for some in by.values() for at in some]),
                           **{level2: recalls(some) for level2, some in by.items()}} for given, by in places.items()},
        "rank_ms": round(1000 * sum(seconds) / len(seconds), 1),
        "scan_ms": round(1000 * sum(floors) / len(floors), 1),
    }


def _note(case: GoalCase, ranked: dict[str, list[Indicator]], known: set[str], by: dict[str, list[int]]) -> int:
    missing = 0
    for line in case.lines:
        at = place_of(line, ranked, known)
        if at is None:
            missing += 1
        else:
            by[line.level2].append(at)
    return missing


def published(library: Library, path: Path) -> list[dict[str, object]]:
    """Compare a published goal by names: where the same, and where a like one stands, without entries of cases."""
    kept = [one for one in library.indicators if one.library_kind is not LibraryKind.CASE]
    cases = [one for one in library.cases if DEMOLITION.name not in f"{one.project_name}{one.fund_use}"]
    ranked = ours(LibraryIndex(kept, cases, library.core_sets))(DEMOLITION)
    rows = []
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            group = ranked.get(row["level2"], [])
            best = max(group[:10], key=lambda one: likeness(one.name, row["indicator"]), default=None)
            like = likeness(best.name, row["indicator"]) if best is not None else 0.0
            rows.append({
                "level2": row["level2"], "indicator": row["indicator"],
                "like": best.name if best is not None and like >= ALIKE else "", "likeness": round(like, 2),
                "first": group[0].name if group else "",
            })
    return rows


def timing(library: Library) -> dict[str, float]:
    """Time the building of an index and a whole proposal."""
    begun = time.perf_counter()
    index = library.without(None)
    built = time.perf_counter() - begun
    rules, spent = Rules(library.profiles), []
    for case in library.cases:
        begun = time.perf_counter()
        propose(briefs(case)["name+function"], index, rules, complete=True)
        spent.append(time.perf_counter() - begun)
    spent.sort()
    return {"index_s": round(built, 3), "proposal_p50_ms": round(1000 * spent[len(spent) // 2], 1),
            "proposal_max_ms": round(1000 * spent[-1], 1)}


def county(library: Library) -> dict[str, object]:
    """Tell how often the first fund use is the one that somebody of the trade would choose, without any case."""
    index = LibraryIndex(library.indicators, (), library.core_sets)
    scan = keywords(library.indicators)
    wrong, right, floor = [], 0, 0
    for project in PROJECTS:
        brief = Brief(project.name, project.amount, 2027)
        picture = recognise(brief, index)
        use = picture.uses[0][0].name if picture.uses else next((one.name for one in picture.common), "")
        fits = any(word in use for word in project.uses)
        right += fits
        if not fits:
            wrong.append({"project": project.name, "use": use})
        hits = [one for group in scan(brief).values() for one in group[:1]]
        floor += any(word in hits[0].fund_use for word in project.uses) if hits else 0
    return {"projects": len(PROJECTS), "right": right, "right_by_keywords": floor, "wrong": wrong}


def table(found: dict[str, object]) -> None:
    """Write recall by what is given and by level 2."""
    recall = found["recall"]
    assert isinstance(recall, dict)
    for given, by in recall.items():
        sys.stdout.write(f"\n{given}\n")
        for level2, shares in by.items():
            row = "  ".join(f"{depth} {share:.3f}" for depth, share in shares.items())
            sys.stdout.write(f"  {row}  {level2}\n")


def main(arguments: Sequence[str]) -> None:
    """Measure, write the table, and JSON where asked."""
    library = shipped()
    found: dict[str, object] = {**held_out(library), **timing(library), "county": county(library)}
    for path in (Path(one) for one in arguments if one.endswith(".csv")):
        found["published"] = published(library, path)
    table(found)
    rest = {name: one for name, one in found.items() if name != "recall"}
    sys.stdout.write(f"\n{json.dumps(rest, ensure_ascii=False, indent=1)}\n")
    for one in arguments:
        if one.endswith(".json"):
            Path(one).write_text(json.dumps(found, ensure_ascii=False, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
