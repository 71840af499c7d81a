"""Puts the entries that fit a query into its order, and counts them by what filters know."""

from collections.abc import Iterable, Mapping, Sequence
from functools import partial

from desktop.domain.library_matching import Quality
from desktop.domain.library_search import Fit, LibraryQuery, nearness
from desktop.domain.search_text import words
from desktop.storage.library_index import LibraryIndex, Tiers, places

Sets = Sequence[int]  # of one point of the order: an entry of an earlier set comes before those of later ones
_SORTED_BY_KEY = 40  # entries of one group that are sorted one by one; larger groups are parted set by set
_SECTION, _CLASS = 5, 3
_NESTED = {  # filter -> those that count for nothing while its own values are counted
    "level1": ("level1", "level2"),
    "level2": ("level2",),
    "kinds": ("kinds",),
    "industry": ("industry", "category", "fund_use"),
    "category": ("category", "fund_use"),
    "fund_use": ("fund_use",),
    "fitting": ("fitting",),
}


class Asked:
    """One query over one index.

    Args:
        unit_uses: Entries that goals of the unit use, those of most goals first (`by_count`).

    Attributes:
        hits: Every entry that fits.
    """

    def __init__(self, index: LibraryIndex, query: LibraryQuery, unit_uses: Sets) -> None:
        self._index, self._query, self._uses = index, query, unit_uses
        self._tiers = [index.tiers(word) for word in words(query.text)]
        self._fitted = _worst(self._tiers, index.all)
        levels = index.any_of("level1", query.levels) if query.levels else index.all
        self._base = (self._fitted[-1] if self._fitted else index.all) & levels
        self._filters = self._chosen()
        self.hits = self._but(())

    def first(self, limit: int) -> list[int]:
        """Return the places of the first hits in order."""
        criteria = [kept for sets in self._criteria() if (kept := [one for one in sets if one & self.hits])]
        return _first(self.hits, criteria, limit)

    def loose(self) -> bool:
        """Tell whether a word fits no entry and was taken loosely."""
        return any(quality is Quality.LOOSE and bits for tiers in self._tiers for quality, bits in tiers)

    def count(self, filter_name: str, shelf: str) -> dict[str, int]:
        """Return how many entries have each token of a shelf, whatever the filter of that name says."""
        within, index = self._but(_NESTED[filter_name]), self._index
        counted = {rest: (within & index.bits(shelf, rest)).bit_count() for rest in index.shelf(shelf)}
        return {rest: count for rest, count in counted.items() if count}

    def fitting(self) -> int:
        """Return how many hits suit the function code."""
        return (self._but(_NESTED["fitting"]) & self._suiting()).bit_count()

    def _but(self, left_out: Iterable[str]) -> int:
        found = self._base
        for name, bits in self._filters.items():
            if name not in left_out:
                found &= bits
        return found

    def _chosen(self) -> Mapping[str, int]:
        index, query = self._index, self._query
        industry, category = query.industry, query.category
        asked = {
            "level1": (query.level1, lambda: index.bits("level1", query.level1)),
            "level2": (query.level2, lambda: index.bits("level2", query.level2)),
            "kinds": (query.kinds, lambda: index.any_of("kind", query.kinds)),
            "industry": (industry, lambda: index.bits("industry", industry)),
            "category": (category, lambda: index.bits(f"category:{industry}", category)),
            "fund_use": (query.fund_use, lambda: index.bits(f"use:{industry}:{category}", query.fund_use)),
            "fitting": (query.only_fitting, self._suiting),
        }
        return {name: bits() for name, (wanted, bits) in asked.items() if wanted}

    def _criteria(self) -> Sequence[Sets]:
        index, query = self._index, self._query
        found: list[Sets] = [(index.all & ~self._closed(),), self._fitted]
        if len(self._tiers) > 1:
            together = "".join(words(query.text))
            found.append((index.anywhere(together),))
            found += [[bits for _, bits in tiers] for tiers in self._tiers]
        return (*found, self._by_fit(), self._by_project(), self._uses)

    def _closed(self) -> int:
        """Return the entries that are not open in the fiscal year (P-03)."""
        year, index = f"{self._query.fiscal_year:04d}", self._index
        if not self._query.fiscal_year:
            return 0
        ended = [rest for rest in index.shelf("to") if rest < year]
        return index.any_of("to", ended) | index.any_of("from", [rest for rest in index.shelf("from") if rest > year])

    def _by_fit(self) -> Sets:
        code, index = self._query.function_code, self._index
        if not code:
            return (index.bits("any"),)
        sets = {
            Fit.ITEM: index.bits("applies", code),
            Fit.SECTION: index.bits("applies", code[:_SECTION]),
            Fit.CLASS: index.bits("applies", code[:_CLASS]),
            Fit.NEAR: index.bits("section", code[:_SECTION]) if len(code) >= _SECTION else 0,
            Fit.ANY: index.bits("any"),
        }
        return [sets[fit] for fit in sorted(sets)]

    def _suiting(self) -> int:
        code, index = self._query.function_code, self._index
        if not code:
            return index.all
        return index.any_of("applies", (code, code[:_SECTION], code[:_CLASS])) | index.bits("any")

    def _by_project(self) -> Sets:
        name, index = self._query.project_name, self._index
        return index.kept(("project", name), lambda: _by_nearness(index, name)) if name else ()


def by_count(counted: Mapping[int, int]) -> Sets:
    """Return places by how often something counts them, those of the highest count first."""
    sets: dict[int, int] = {}
    for place, count in counted.items():
        sets[count] = sets.get(count, 0) | 1 << place
    return [sets[count] for count in sorted(sets, reverse=True)]


def _by_nearness(index: LibraryIndex, project_name: str) -> Sets:
    sets: dict[int, int] = {}
    for text in index.shelf("belongs"):
        count = nearness(text, project_name)
        if count:
            sets[count] = sets.get(count, 0) | index.bits("belongs", text)
    return [sets[count] for count in sorted(sets, reverse=True)]


def _worst(tiers: Sequence[Tiers], everything: int) -> list[int]:
    """Return, for each quality from the best, the entries that every word fits at least so well."""
    found: list[int] = []
    reached = [0] * len(tiers)
    known = [dict(one) for one in tiers]
    for quality in Quality if tiers else ():
        reached = [so_far | sets.get(quality, 0) for so_far, sets in zip(reached, known, strict=True)]
        both = everything
        for one in reached:
            both &= one
        found.append(both)
    return found


def _first(hits: int, criteria: Sequence[Sets], limit: int) -> list[int]:
    """Return the first places of a set by criteria of falling weight, then by place."""
    found: list[int] = []
    waiting: list[tuple[int, int]] = [(hits, 0)]  # groups with the number of the next criterion, the first one last
    keyed = _Keys(criteria)
    while waiting and len(found) < limit:
        group, number = waiting.pop()
        if number == len(criteria):
            found += [place for place, _ in zip(places(group), range(limit - len(found)), strict=False)]
        elif group.bit_count() <= _SORTED_BY_KEY:
            found += sorted(places(group), key=partial(keyed.of, number))
        else:
            parts = []
            for bits in criteria[number]:
                part = group & bits
                if part:
                    parts.append((part, number + 1))
                    group ^= part
            if group:
                parts.append((group, number + 1))
            waiting += reversed(parts)
    return found[:limit]


class _Keys:
    """Tells for single places which set of each criterion they lie in."""

    def __init__(self, criteria: Sequence[Sets]) -> None:
        self._criteria = criteria
        self._bytes: dict[int, list[bytes]] = {}

    def of(self, start: int, place: int) -> tuple[int, ...]:
        """Return the numbers of the sets, from a criterion on, and the place itself."""
        return (*(self._set_of(number, place) for number in range(start, len(self._criteria))), place)

    def _set_of(self, number: int, place: int) -> int:
        sets = self._bytes.get(number)
        if sets is None:
            sets = self._bytes[number] = [
                bits.to_bytes((bits.bit_length() + 7) // 8, "little") for bits in self._criteria[number]
            ]
        at, mask = place >> 3, 1 << (place & 7)
        return next((rank for rank, data in enumerate(sets) if at < len(data) and data[at] & mask), len(sets))
