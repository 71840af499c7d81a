"""Code tables of a fiscal year: which entries hold in it, and what became of the others.

The same code may stand for something else in another year, since items are renumbered from edition to edition; whoever
knows the year of a document asks for the table of that year.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Protocol, TypeVar

from desktop.domain.mirrors import CodeEntry


class Dated(Protocol):
    """Anything that holds from a year to a year; four digits, empty is open."""

    @property
    def from_year(self) -> str: ...

    @property
    def to_year(self) -> str: ...


D = TypeVar("D", bound=Dated)


def holds_in(one: Dated, year: int) -> bool:
    """Tell whether something holds in a fiscal year."""
    return (not one.from_year or one.from_year <= str(year)) and (not one.to_year or str(year) <= one.to_year)


def of_year(found: Iterable[D], year: int | None) -> list[D]:
    """Return what holds in a fiscal year, in its order; all of it without a year."""
    return [one for one in found if year is None or holds_in(one, year)]


class CodeTable(Mapping[str, CodeEntry]):
    """The entries of one set that hold in a fiscal year, by code and in the order of the codes.

    Args:
        entries: All of the set, of every year, those of one code from the oldest to the newest.
        year: The fiscal year; None gives the newest entry of every code, ended or not.
    """

    def __init__(self, entries: Iterable[CodeEntry], year: int | None = None) -> None:
        self.year = year
        self._all: dict[str, list[CodeEntry]] = defaultdict(list)
        self._valid: dict[str, CodeEntry] = {}
        for one in entries:
            self._all[one.code].append(one)
            if year is None or holds_in(one, year):
                self._valid[one.code] = one

    def __getitem__(self, code: str) -> CodeEntry:
        return self._valid[code]

    def __iter__(self) -> Iterator[str]:
        return iter(self._valid)

    def __len__(self) -> int:
        return len(self._valid)

    def history(self, code: str) -> tuple[CodeEntry, ...]:
        """Return the entries of a code for all years, from the oldest to the newest."""
        return tuple(self._all.get(code, ()))

    def newest_before(self, code: str) -> CodeEntry | None:
        """Return the last entry of a code that ended before the year; None when it has none or holds in it."""
        return None if code in self._valid else self._last_before(code)

    def _last_before(self, code: str) -> CodeEntry | None:
        return next((one for one in reversed(self.history(code)) if one.to_year and one.to_year < str(self.year)), None)

    def ended(self) -> tuple[CodeEntry, ...]:
        """Return what codes last were before the year, in the order of the codes: withdrawn ones and former names."""
        found = (self._last_before(code) for code in self._all)
        return tuple(one for one in found if one is not None)

    def first_after(self, code: str) -> CodeEntry | None:
        """Return the first entry of a code that begins after the year; None when it has none or holds in it."""
        if code in self._valid:
            return None
        return next((one for one in self.history(code) if one.from_year > str(self.year)), None)


def is_leaf(code: str, table: Mapping[str, CodeEntry]) -> bool:
    """Tell whether a code may be chosen in the table."""
    return code in table and table[code].leaf


def entry_of(code: str, table: Mapping[str, CodeEntry]) -> CodeEntry | None:
    """Return what a code stands for in the table's year, else what it last stood for before, or will after it."""
    if code in table or not isinstance(table, CodeTable):
        return table.get(code)
    return table.newest_before(code) or table.first_after(code)


def out_of_year(code: str, table: Mapping[str, CodeEntry]) -> dict[str, str]:
    """Return the facts of a finding about a code that holds in other years than the table's; empty for any other code.

    ``case`` is ``code_ended`` with the ``successor``'s code and name, ``code_withdrawn`` where none is known, or
    ``code_later`` for a code that is not in use yet.
    """
    if not isinstance(table, CodeTable):
        return {}
    ended = table.newest_before(code)
    if ended is not None:
        said = {"code": code, "name": ended.name, "last": ended.to_year, "in_year": str(table.year)}
        if not is_leaf(ended.successor, table):
            return {"case": "code_withdrawn", **said}
        return {"case": "code_ended", **said, "successor": f"{ended.successor} {table[ended.successor].name}"}
    later = table.first_after(code)
    if later is not None:
        return {"case": "code_later", "code": code, "name": later.name, "first": later.from_year,
                "in_year": str(table.year)}
    return {}
