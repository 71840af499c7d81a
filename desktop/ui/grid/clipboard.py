"""Blocks of cells as tab-separated text, the way Excel and WPS write and read it, and as CSV."""

import csv
import io
import re
from collections.abc import Sequence

MOST_CELLS = 500_000
MOST_CHARACTERS = 20_000_000
_GROUPED = re.compile(r"[-(]?¥?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]*)?\)?")
_QUOTED = ("\t", "\n", "\r", '"')


class TooMuch(ValueError):
    """The clipboard holds more than a table can take; the message says so, in Chinese."""


def format_tsv(rows: Sequence[Sequence[str]]) -> str:
    """Write a block; cells with tabs, line ends or quotes are quoted, as Excel does."""
    return "".join("\t".join(_quote(cell) for cell in row) + "\r\n" for row in rows)


def _quote(cell: str) -> str:
    if any(sign in cell for sign in _QUOTED):
        return '"' + cell.replace('"', '""') + '"'
    return cell


def parse_tsv(text: str) -> list[list[str]]:
    """Read a block; short rows (merged cells) are filled with empty cells, one trailing line end is dropped.

    Raises:
        TooMuch: More than 500,000 cells or 20 million characters.
    """
    if len(text) > MOST_CHARACTERS:
        raise TooMuch("粘贴的内容太多，请分几次粘贴")
    if '"' not in text:
        return _plain_rows(text)
    rows: list[list[str]] = [[]]
    at, end, cells = 0, len(text), 0
    while at <= end:
        cell, at = _cell(text, at, end)
        rows[-1].append(cell)
        cells += 1
        if cells > MOST_CELLS:
            raise TooMuch("粘贴的格子超过 50 万个，请分几次粘贴")
        if at >= end:
            break
        if text[at] == "\t":
            at += 1
            continue
        at += 2 if text.startswith("\r\n", at) else 1
        if at >= end:
            break
        rows.append([])
    width = max(len(row) for row in rows)
    return [row + [""] * (width - len(row)) for row in rows]


def _plain_rows(text: str) -> list[list[str]]:
    """Read a block without quoted cells; much faster, for the many that have none."""
    if text.count("\t") + max(text.count("\n"), text.count("\r")) >= MOST_CELLS:
        raise TooMuch("粘贴的格子超过 50 万个，请分几次粘贴")
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if len(lines) > 1 and not lines[-1]:
        lines.pop()
    rows = [line.split("\t") for line in lines]
    width = max(len(row) for row in rows)
    return [row if len(row) == width else row + [""] * (width - len(row)) for row in rows]


def _cell(text: str, at: int, end: int) -> tuple[str, int]:
    """Return one cell and the place of the sign that ends it."""
    if at < end and text[at] == '"':
        parts, look = [], at + 1
        while (quote := text.find('"', look)) >= 0:
            parts.append(text[look:quote])
            if text.startswith('""', quote):
                parts.append('"')
                look = quote + 2
                continue
            after = quote + 1
            if after == end or text[after] in "\t\r\n":
                return "".join(parts), after
            break
    stop = min((found for found in (text.find(sign, at) for sign in "\t\r\n") if found >= 0), default=end)
    return text[at:stop], stop


def parse_csv(text: str) -> list[list[str]]:
    """Read a block that commas part, with quoted cells.

    Raises:
        TooMuch: More than 500,000 cells or 20 million characters.
    """
    if len(text) > MOST_CHARACTERS:
        raise TooMuch("粘贴的内容太多，请分几次粘贴")
    rows = [row for row in csv.reader(io.StringIO(text, newline="")) if row]
    if sum(len(row) for row in rows) > MOST_CELLS:
        raise TooMuch("粘贴的格子超过 50 万个，请分几次粘贴")
    width = max((len(row) for row in rows), default=0)
    return [row + [""] * (width - len(row)) for row in rows]


def is_csv(text: str) -> bool:
    """Tell whether a text without tabs is a block parted by commas.

    Several lines with the same count of fields; lines of grouped amounts ("1,234") and sentences are none.
    """
    lines = text.splitlines()
    if "\t" in text or len(lines) < 2 or "," not in lines[0] or len(text) > MOST_CHARACTERS:
        return False
    if all(_GROUPED.fullmatch(line.strip()) for line in lines if line.strip()):
        return False
    try:
        counts = {len(row) for row in csv.reader(io.StringIO(text, newline=""), strict=True) if row}
    except csv.Error:
        return False
    return len(counts) == 1 and counts.pop() > 1
