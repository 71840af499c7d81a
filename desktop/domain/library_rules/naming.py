"""Names and codes of a library: L-01 double codes, L-02 double names, L-03 names that are nearly the same."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import ceil

from desktop.domain.library import Indicator
from desktop.domain.library_rules.finding import Finding, Placed
from desktop.domain.library_rules.known import Known
from desktop.domain.problem import Level

CODE = re.compile(r"[A-Za-z0-9_.-]{1,40}")
# Share of the pairs of neighbouring characters that two names have in common (Jaccard). Inside a fund use the subject
# is the same already, so less is enough to be a second name of one thing.
SAME_USE, ANYWHERE = 0.6, 0.65
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
    for earlier, name, share in similar(grams, min(SAME_USE, ANYWHERE)):
        one, other = by_name[earlier], by_name[name]
        if one.item.level2 != other.item.level2:
            continue  # an area and the rate of it, say: the group tells them apart
        together = one.item.fund_use == other.item.fund_use
        if share >= (SAME_USE if together else ANYWHERE) and frozenset((earlier, name)) not in apart:
            facts = {"other": earlier, "file": one.file, "row": str(one.row)}
            yield told("L-03", other, "name", Level.WARN, case="use" if together else "library", **facts)


def _grams(name: str) -> frozenset[str]:
    plain = f"{_FRONT}{_SIGNS.sub('', name)}{_END}"
    return frozenset(plain[at : at + 2] for at in range(len(plain) - 1))


def similar(grams: Mapping[str, frozenset[str]], least: float) -> Iterator[tuple[str, str, float]]:
    """Yield pairs of names that share at least a part of their grams, the earlier name first.

    Two sets that share that much share one of their rarest grams: only names with a rare gram in common are compared,
    so that 20,000 names take a second and not twenty minutes.
    """
    times: dict[str, int] = defaultdict(int)
    for found in grams.values():
        for gram in found:
            times[gram] += 1
    holders: dict[str, list[str]] = defaultdict(list)
    for name, found in grams.items():
        rare = sorted(found, key=lambda gram: (times[gram], gram))[: len(found) - ceil(least * len(found)) + 1]
        for earlier in _unique(holders, rare):
            share = len(found & grams[earlier]) / len(found | grams[earlier])
            if share >= least:
                yield earlier, name, share
        for gram in rare:
            holders[gram].append(name)


def _unique(holders: Mapping[str, list[str]], rare: Iterable[str]) -> Iterable[str]:
    return dict.fromkeys(name for gram in rare for name in holders[gram])
