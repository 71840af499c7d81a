"""Names and codes of a library: L-01 double codes, L-02 double names, L-03 names that are nearly the same."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from math import ceil

from desktop.domain.library import Indicator
from desktop.domain.library_rules.finding import Finding, Placed
from desktop.domain.library_rules.known import Known
from desktop.domain.problem import Level

CODE = re.compile(r"[A-Za-z0-9_.-]{1,40}")
# Share of the pairs of neighbouring characters that two names have in common (Jaccard). Inside a fund use the subject
# is the same already, so less is enough to be a second name of one thing.
SAME_USE, ANYWHERE = 0.6, 0.65
_MOST_HOLDERS = 12
_SIGNS = re.compile(r"[\W_]+")
_FRONT, _END = "\x02", "\x03"


def about_names(entries: Sequence[Placed[Indicator]], known: Known) -> Iterator[Finding]:
    """Find codes and names that stand twice, and names so close that people can't tell them apart."""
    yield from _twice(entries, "code", "L-01")
    for entry in entries:
        if entry.item.code and not CODE.fullmatch(entry.item.code):
            yield told("L-01", entry, "code", case="form", value=entry.item.code[:40])
        elif entry.has("code") and not entry.item.code:
            yield told("L-01", entry, "code", case="missing")
    yield from _twice(entries, "name", "L-02")
    yield from _close(entries, known.apart)
    yield from _other_names(entries)


def told(code: str, entry: Placed[Indicator], field: str, level: Level = Level.ERROR, **facts: str) -> Finding:
    """Return a finding about a field of an indicator."""
    subject = f"{entry.item.code} {entry.item.name}".strip()
    return Finding(code, entry.at(field), {"name": entry.item.name, **facts}, level, subject)


def _twice(entries: Sequence[Placed[Indicator]], field: str, code: str) -> Iterator[Finding]:
    first: dict[str, Placed[Indicator]] = {}
    for entry in entries:
        value = getattr(entry.item, field)
        if not value:
            continue
        earlier = first.setdefault(value, entry)
        if earlier is not entry:
            facts = {"value": value, "file": earlier.file, "row": str(earlier.row)}
            yield told(code, entry, field, case="twice", **facts)


def _close(entries: Sequence[Placed[Indicator]], apart: frozenset[frozenset[str]]) -> Iterator[Finding]:
    by_name: dict[str, Placed[Indicator]] = {}
    for entry in entries:
        by_name.setdefault(entry.item.name, entry)
    grams = {name: _grams(name) for name in by_name}
    nearest: dict[str, tuple[float, str]] = {}  # one finding a row is enough to mend it
    for earlier, name, share in similar(grams, min(SAME_USE, ANYWHERE)):
        one, other = by_name[earlier].item, by_name[name].item
        least = SAME_USE if one.fund_use == other.fund_use else ANYWHERE
        # Of two groups it is an area and the rate of it, say: the group tells them apart.
        if share >= least and one.level2 == other.level2 and frozenset((earlier, name)) not in apart:
            nearest[name] = max(nearest.get(name, (0.0, "")), (share, earlier))
    for name, (_, earlier) in nearest.items():
        first, second = by_name[earlier], by_name[name]
        case = "use" if first.item.fund_use == second.item.fund_use else "library"
        facts = {"case": case, "other": earlier, "file": first.file, "row": str(first.row)}
        yield told("L-03", second, "name", Level.WARN, **facts)


def _other_names(entries: Sequence[Placed[Indicator]]) -> Iterator[Finding]:
    """Find an alias that is the name of another entry: who searches it would be led to the wrong one."""
    by_name = {entry.item.name: entry for entry in entries}
    for entry in entries:
        for alias in entry.item.aliases:
            owner = by_name.get(alias, entry)
            if owner is not entry:
                facts = {"case": "alias", "other": alias, "file": owner.file, "row": str(owner.row)}
                yield told("L-03", entry, "aliases", Level.WARN, **facts)


def _grams(name: str) -> frozenset[str]:
    plain = f"{_FRONT}{_SIGNS.sub('', name)}{_END}"
    return frozenset(plain[at : at + 2] for at in range(len(plain) - 1))


def similar(grams: Mapping[str, frozenset[str]], least: float) -> Iterator[tuple[str, str, float]]:
    """Yield pairs of names that share at least a part of their grams, the earlier name first.

    Two sets that share that much share one of their rarest grams: only names with a rare gram in common are compared,
    so that 20,000 names take a second and not twenty minutes. In a list of numbered names nothing is rare: of the
    names that hold a gram the last 12 are looked at.
    """
    times = Counter(gram for found in grams.values() for gram in found)
    holders: dict[str, list[str]] = defaultdict(list)
    for name, found in grams.items():
        rare = sorted(found, key=lambda gram: (times[gram], gram))[: len(found) - ceil(least * len(found)) + 1]
        for earlier in dict.fromkeys(near for gram in rare for near in holders[gram][-_MOST_HOLDERS:]):
            share = len(found & grams[earlier]) / len(found | grams[earlier])
            if share >= least:
                yield earlier, name, share
        for gram in rare:
            holders[gram].append(name)
