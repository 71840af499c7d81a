"""The reference tables that the platform has published, as people look them up: codes, pairs, standards."""

from collections.abc import Mapping
from dataclasses import dataclass

from desktop.domain.fault import Fault
from desktop.domain.mirrors import AssetStandard, CodeEntry, CodeSet, EconomicPair, ExpenditureStandard
from desktop.usecases.ports import Books


@dataclass(frozen=True, slots=True)
class Basics:
    """All tables of a fiscal year.

    Attributes:
        year: None for all years together.
        unit_kind: ``ADMIN``, ``REF_ADMIN`` or ``PUBLIC_INST``; empty before the unit is known.
        sets: What the tables are, in their order.
        codes: Entries by set, in the order of codes and years.
        history: Set and code to the entries of all years, where there are several.
    """

    year: int | None
    unit_kind: str
    sets: tuple[CodeSet, ...]
    codes: Mapping[str, tuple[CodeEntry, ...]]
    history: Mapping[tuple[str, str], tuple[CodeEntry, ...]]
    pairs: tuple[EconomicPair, ...]
    expenses: tuple[ExpenditureStandard, ...]
    assets: tuple[AssetStandard, ...]


def read_basics(books: Books, year: int | None) -> Basics:
    """Return every table.

    Args:
        books: Read only.
        year: The fiscal year; None gives the entries of all years.
    """
    with books:
        mirrors = books.mirrors
        codes: dict[str, tuple[CodeEntry, ...]] = {}
        history: dict[tuple[str, str], tuple[CodeEntry, ...]] = {}
        sets = mirrors.code_sets()
        for one in sets:
            table = mirrors.codes(one.set, year)
            entries = mirrors.codes(one.set)
            every = [(code, entries.history(code)) for code in entries]
            history |= {(one.set, code): found for code, found in every if len(found) > 1 or found[0].to_year}
            codes[one.set] = tuple(table.values()) if year else tuple(each for _, found in every for each in found)
        return Basics(
            year,
            _unit_kind(books),
            tuple(sets),
            codes,
            history,
            tuple(mirrors.pairs(year)),
            tuple(sorted(mirrors.expenditure_standards(year), key=lambda one: one.place)),
            tuple(sorted(mirrors.asset_standards(year), key=lambda one: one.place)),
        )


def _unit_kind(books: Books) -> str:
    try:
        return books.mirrors.unit().kind
    except Fault as fault:
        if fault.code != "MIRROR_MISSING":
            raise
        return ""
