"""What 查找 finds in a table and what 替换 would change; knows texts, no widgets."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from desktop.ui.grid.filtering import is_found

Cell = tuple[int, int]


@dataclass(frozen=True, slots=True)
class FoundText:
    """A cell that may be found: shown row, column, what it shows, and the code or number behind it."""
    row: int
    column: int
    text: str
    plain: str


def matches(cells: Iterable[FoundText], typed: str, initials: Callable[[str], str]) -> list[Cell]:
    """Return the cells that fit what was typed, in reading order: by text, by code or number, by pinyin initials."""
    wanted = typed.strip()
    if not wanted:
        return []
    return [(cell.row, cell.column) for cell in cells
            if cell.text and is_found(cell.text, cell.plain, wanted, initials)]


def next_hit(hits: Sequence[Cell], at: Cell, step: int) -> int:
    """Return the place of the next (+1) or previous (-1) hit from a cell, going round at the end; -1: there is none.

    A hit in the very cell is not the next one.
    """
    if not hits:
        return -1
    if step > 0:
        return next((place for place, hit in enumerate(hits) if hit > at), 0)
    return next((place for place in range(len(hits) - 1, -1, -1) if hits[place] < at), len(hits) - 1)


@dataclass(frozen=True, slots=True)
class Change:
    """A cell that a replacement would change: shown row, column, its text before and after."""
    row: int
    column: int
    before: str
    after: str


def replacements(cells: Iterable[FoundText], wanted: str, new: str, *, whole: bool = False) -> list[Change]:
    """Return what replacing a text would change, in reading order.

    Capital and small letters are the same. Only what a cell is typed as counts, neither initials nor names of codes.

    Args:
        cells: Cells that may be changed, `plain` being what their editor opens with.
        wanted: The text to be replaced; empty: nothing is.
        whole: Only cells that hold nothing else.
    """
    if not wanted:
        return []
    pattern = re.compile(re.escape(wanted), re.IGNORECASE)
    found = []
    for cell in cells:
        fits = pattern.fullmatch(cell.plain) if whole else pattern.search(cell.plain)
        after = pattern.sub(lambda _: new, cell.plain) if fits else cell.plain
        if after != cell.plain:
            found.append(Change(cell.row, cell.column, cell.plain, after))
    return found
