"""All rows of a table made values at once: every bad cell of every row, and what is no row at all."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain

from desktop.domain.importing.outgoing import SAMPLE_MARK
from desktop.domain.importing.table import Cell, Table, is_blank, text_of
from desktop.domain.importing.target import ImportTarget, squeezed
from desktop.domain.importing.values import Flaw, Reading, Unfit, Value, convert

_TOTAL = re.compile(r"(?:本页|本月|本年|累计|以上)?(?:合计|总计|小计|共计|累计)(?:[:：(（].*)?|计[:：]")
_FOOT = re.compile(
    r"(?:制表|制单|填表|填报|审核|复核|经办|负责人|单位负责人|财务负责人|会计|出纳|打印|日期|注|备注|说明|附注)"
    r"(?:人|时间|日期|单位)?[:：].*"
)
_STEP = 1000


@dataclass(frozen=True, slots=True)
class Source:
    """A row as it came, by the keys of the target's columns, with what the user typed over it.

    Attributes:
        number: The sheet's number of the row; 0 for one that was not in the sheet.
        typed: Keys whose cell was typed in the preview.
    """

    number: int
    cells: Mapping[str, Cell]
    typed: frozenset[str] = frozenset()

    def with_cell(self, key: str, text: str) -> "Source":
        """Return the row with a cell typed over."""
        return replace(self, cells={**self.cells, key: text or None}, typed=self.typed | {key})


@dataclass(frozen=True, slots=True)
class Checked:
    """A row with its values; those with flaws are missing among them."""

    source: Source
    values: Mapping[str, Value]
    flaws: tuple[Flaw, ...] = ()


@dataclass(frozen=True, slots=True)
class Skipped:
    """What of the table is no row: how many blank rows, totals, repeated heads, foot lines and samples."""

    blank: int = 0
    totals: int = 0
    heads: int = 0
    feet: int = 0
    samples: int = 0

    def count(self) -> int:
        """How many in all, blank ones apart."""
        return self.totals + self.heads + self.feet + self.samples


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a table, cut out and named, not yet read."""

    sources: tuple[Source, ...]
    skipped: Skipped = field(default_factory=Skipped)


def rows_of(table: Table, bottom: int, mapping: Mapping[str, int]) -> Rows:
    """Cut the rows below the head out of a table.

    Args:
        table: The sheet.
        bottom: Last row of its head, -1 without one.
        mapping: Column key to place in the table.
    """
    head = {squeezed(text_of(cell)) for cell in table.rows[bottom] if not is_blank(cell)} if bottom >= 0 else set()
    counts = {"blank": 0, "totals": 0, "heads": 0, "feet": 0, "samples": 0}
    found = []
    for at in range(bottom + 1, len(table.rows)):
        row = table.rows[at]
        cells = {key: row[place] for key, place in mapping.items()}
        kind = _kind(row, cells, head)
        if kind:
            counts[kind] += 1
        else:
            found.append(Source(table.row_number(at), cells))
    return Rows(tuple(found), Skipped(**counts))


def _kind(row: Sequence[Cell], cells: Mapping[str, Cell], head: set[str]) -> str:
    """Return what a row is when it is no data: blank, totals, heads, feet or samples; empty for data."""
    words = [cell for cell in row if not is_blank(cell)]
    if not words or all(is_blank(cell) for cell in cells.values()):
        first = squeezed(str(words[0])) if words and isinstance(words[0], str) else ""
        return "totals" if _TOTAL.fullmatch(first) else "feet" if first else "blank"
    texts = [squeezed(word) for word in words[:3] if isinstance(word, str)]
    if any(_TOTAL.fullmatch(text) for text in texts):
        return "totals"
    if texts and texts[0].startswith(squeezed(SAMPLE_MARK)):
        return "samples"
    if texts and _FOOT.fullmatch(texts[0]):
        return "feet"
    if len(head) > 1 and {squeezed(text_of(cell)) for cell in words} <= head:
        return "heads"
    return ""


def check_row(source: Source, target: ImportTarget, reading: Reading, fixed: Mapping[str, Value]) -> Checked:
    """Read one row.

    Args:
        source: The row.
        target: Its columns.
        reading: Lists, year and what the user decided about amounts.
        fixed: Values for columns that the file does not have, or leaves empty.
    """
    values: dict[str, Value] = {}
    flaws: list[Flaw] = []
    for column in target.columns:
        key = column.key
        cell = source.cells.get(key)
        if key in fixed and is_blank(cell):
            values[key] = fixed[key]
            continue
        try:
            values[key] = convert(cell, column, reading, typed=key in source.typed)
        except Unfit as unfit:
            flaws.append(Flaw(unfit.code, key, unfit.facts))
    return Checked(source, values, tuple(flaws))


def check_rows(
    sources: Sequence[Source],
    target: ImportTarget,
    reading: Reading,
    fixed: Mapping[str, Value],
    finish: Callable[[Mapping[str, Value]], tuple[Mapping[str, Value], Sequence[Flaw]]] = lambda values: (values, ()),
    tick: Callable[[int, int], None] = lambda done, total: None,
) -> tuple[Checked, ...]:
    """Read every row, and name what is wrong with each: its cells, what the target objects, rows that repeat.

    Args:
        sources: The rows.
        target: What they become.
        reading: As in `check_row`.
        fixed: As in `check_row`.
        finish: Given values that can all be read, returns them with what follows from them (the function code of a
            project), and what the target itself objects.
        tick: Called with rows done and rows in all; may raise to stop.
    """
    checked = []
    for at, source in enumerate(sources):
        if not at % _STEP:
            tick(at, len(sources))
        row = check_row(source, target, reading, fixed)
        if not row.flaws:
            values, flaws = finish(row.values)
            row = replace(row, values=values, flaws=tuple(flaws))
        checked.append(row)
    return tuple(checked) if target.repeats else tuple(_without_repeats(checked, target))


def key_of(values: Mapping[str, Value], target: ImportTarget) -> tuple[Value, ...]:
    """Return what makes a row the same thing as another."""
    return tuple(values.get(key) for key in target.key_columns)


def _without_repeats(rows: Sequence[Checked], target: ImportTarget) -> Iterator[Checked]:
    first: dict[tuple[Value, ...], int] = {}
    for row in rows:
        if row.flaws:
            yield row
            continue
        key = key_of(row.values, target)
        earlier = first.setdefault(key, row.source.number)
        if earlier == row.source.number:
            yield row
        else:
            flaw = Flaw("I-16", target.key_columns[0], {"row": str(earlier)})
            yield replace(row, flaws=(flaw,))


def damaged(rows: Sequence[Checked]) -> list[Checked]:
    """Return the rows with a long number that Excel has spoiled (M17)."""
    return [row for row in rows if any(flaw.code == "I-11" for flaw in row.flaws)]


def bad(rows: Sequence[Checked]) -> list[Checked]:
    """Return the rows that cannot be imported as they are."""
    return [row for row in rows if row.flaws]


def flaws_of(rows: Sequence[Checked]) -> Iterator[Flaw]:
    """Yield every flaw of every row."""
    return chain.from_iterable(row.flaws for row in rows)
