"""What a row refers to: L-11 functions, L-12 codes of one use, L-14 successors, L-19 models, L-20 parents."""

import re
from collections.abc import Iterator, Mapping, Sequence

from desktop.domain.library import Indicator
from desktop.domain.library_rules.finding import Finding, Placed
from desktop.domain.library_rules.known import Known
from desktop.domain.library_rules.naming import told
from desktop.domain.problem import Level

# Library 2 letters, field 2 digits, category 2, use 2, level 2 two, number 2: HY 03 01 01 11 01.
_STRUCTURED = re.compile(r"((([A-Z]{2})\d{2})\d{2})\d{2}\d{4}")
_YEAR = re.compile(r"20\d\d")
_CHAIN = 5  # codes of a ring that are shown


def about_links(entries: Sequence[Placed[Indicator]], known: Known) -> Iterator[Finding]:
    """Find references that lead nowhere or in a circle, and codes that belong to another place."""
    by_code = {entry.item.code: entry for entry in reversed(entries) if entry.item.code}  # the first of a double code
    for entry in entries:
        for code in entry.item.applies_to:
            if known.functions and code not in known.functions:
                yield told("L-11", entry, "applies_to", value=code[:20])
        model = entry.item.quant_model_code
        if model and known.models and model not in known.models:
            yield told("L-19", entry, "quant_model_code", case="missing", value=model[:20])
        elif model and known.models and known.models[model] != entry.item.unit:
            gives = known.models[model]
            yield told("L-19", entry, "unit", case="unit", value=model, gives=gives, unit=entry.item.unit)
        yield from _years(entry)
        yield from _successor(entry, by_code)
    yield from _prefixes(entries)
    for ring in rings({one.item.code: one.item.successor for one in by_code.values() if one.item.successor}):
        yield told("L-14", by_code[ring[0]], "successor", case="ring", ring=_written(ring))


def about_parents(rows: Sequence[Placed[tuple[str, str]]]) -> Iterator[Finding]:
    """Find parents that are missing or lead back to their own child."""
    by_code = {row.item[0]: row for row in reversed(rows)}
    for row in rows:
        if row.item[1] not in by_code:
            yield Finding("L-20", row.at("parent"), {"case": "missing", "value": row.item[1][:40]}, subject=row.item[0])
    for ring in rings({row.item[0]: row.item[1] for row in rows}):
        place = by_code[ring[0]].at("parent")
        yield Finding("L-20", place, {"case": "ring", "ring": _written(ring)}, subject=ring[0])


def rings(nexts: Mapping[str, str]) -> Iterator[list[str]]:
    """Yield every ring of a mapping once, beginning with its smallest code."""
    done: set[str] = set()
    for start in nexts:
        path: dict[str, None] = {}
        code = start
        while code in nexts and code not in done and code not in path:
            path[code] = None
            code = nexts[code]
        if code in path:
            ring = list(path)[list(path).index(code) :]
            at = ring.index(min(ring))
            yield ring[at:] + ring[:at]
        done.update(path)


def _written(ring: Sequence[str]) -> str:
    shown = [code[:40] for code in ring[:_CHAIN]]
    return " → ".join([*shown, *(["……"] if len(ring) > _CHAIN else []), ring[0][:40]])


def _years(entry: Placed[Indicator]) -> Iterator[Finding]:
    row = entry.item
    for name in ("effective_from", "effective_to"):
        year = getattr(row, name)
        if year and not _YEAR.fullmatch(year):
            yield told("L-14", entry, name, case="year", value=year[:20])
    if row.effective_from and row.effective_to and row.effective_from > row.effective_to:
        yield told("L-14", entry, "effective_to", case="turned", start=row.effective_from, end=row.effective_to)


def _successor(entry: Placed[Indicator], by_code: Mapping[str, Placed[Indicator]]) -> Iterator[Finding]:
    row = entry.item
    if not row.successor:
        if row.effective_to and entry.has("successor"):
            yield told("L-14", entry, "successor", Level.WARN, case="none", end=row.effective_to)
        return
    if not row.effective_to:
        yield told("L-14", entry, "effective_to", case="no_end", value=row.successor[:40])
    following = by_code.get(row.successor)
    if following is None:
        yield told("L-14", entry, "successor", case="missing", value=row.successor[:40])


def _prefixes(entries: Sequence[Placed[Indicator]]) -> Iterator[Finding]:
    """Find structured codes whose parts stand for another field, category or use than in the row before them."""
    meant: dict[str, tuple[str, Placed[Indicator]]] = {}
    for entry in entries:
        row = entry.item
        found = _STRUCTURED.fullmatch(row.code)
        if found is None:
            continue
        parts = (
            (found[2], "industry", row.industry),
            (found[1], "category", row.category),
            (row.code[:8], "fund_use", row.fund_use),
        )
        for prefix, field, name in parts:
            first, where = meant.setdefault(prefix, (name, entry))
            if first != name and entry.has(field):
                yield told("L-12", entry, field, prefix=prefix, value=name, first=first, other=where.item.code)
                break
