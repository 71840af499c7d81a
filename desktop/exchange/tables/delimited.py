"""Text with commas, tabs or semicolons (csv, tsv, txt): encoding and sign are found out, not asked."""

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from desktop.domain.importing.table import Row, Table
from desktop.exchange.tables.cells import trimmed
from desktop.exchange.tables.faults import TableRefused
from desktop.exchange.tables.limits import MOST_CELLS

_SIGNS = ("\t", ",", ";", "|", "，")
_LOOK = 50  # lines from which the sign is found out
_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_STEP = 5_000
_LONGEST_CELL = 200_000


def decoded(data: bytes, name: str) -> str:
    """Return the text of a file: by its mark, else UTF-8, else GB18030, which Excel and WPS write in China.

    Raises:
        TableRefused: T-ENCODING when it is neither, T-NOT_TABLE when it holds bytes that no text has.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _decode(data, encoding, name)
    if b"\x00" in data:
        raise TableRefused("T-NOT_TABLE", file=name, kind="二进制文件")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _decode(data, "gb18030", name)


def _decode(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise TableRefused("T-ENCODING", file=name) from None


def delimiter_of(text: str) -> str:
    """Return the sign between cells: the one that parts the first lines into the same number of cells most often."""
    lines = [line for line in text[:_LONGEST_CELL].splitlines()[:_LOOK] if line.strip()]
    best, most = ",", 0.0
    for sign in _SIGNS:
        widths = [len(row) for row in csv.reader(lines, delimiter=sign)] if lines else []
        common, times = Counter(width for width in widths if width > 1).most_common(1)[0] if any(
            width > 1 for width in widths
        ) else (0, 0)
        score = times + min(common, 50) / 100  # many lines of one width; of two such signs the one with more cells
        if score > most:
            best, most = sign, score
    return best


def read_delimited(data: bytes, name: str, tick: Callable[[], None]) -> list[Table]:
    """Return the one table of a text file; every cell is text.

    Raises:
        TableRefused: T-ENCODING, T-NOT_TABLE, T-EMPTY, T-TOO_MANY, T-BOMB, T-DAMAGED.
    """
    text = decoded(data, name)
    rows = list(_rows(text, delimiter_of(text), name, tick))
    kept, top, left = trimmed(rows, name, name)
    if not kept:
        raise TableRefused("T-EMPTY", file=name)
    return [Table(name, kept, top + 1, left + 1)]


def _rows(text: str, sign: str, name: str, tick: Callable[[], None]) -> Iterator[Row]:
    count = 0
    try:
        for at, values in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=sign)):
            count += len(values)
            if count > MOST_CELLS:
                raise TableRefused("T-BOMB", file=name, what="格子", limit=f"{MOST_CELLS // 10_000} 万个")
            if not at % _STEP:
                tick()
            yield tuple([plain(value) for value in values])
    except csv.Error:
        raise TableRefused("T-DAMAGED", file=name) from None


def plain(value: str) -> str | None:
    """Return a text cell without what only keeps Excel from changing it: a leading tab or apostrophe, ="…"."""
    text = value.strip("\t\r\n \u00a0\ufeff")
    if text.startswith('="') and text.endswith('"') and len(text) > 2:
        text = text[2:-1]
    elif text.startswith("'") and text[1:2].isdigit():
        text = text[1:]
    return text or None


def table_of(rows: Sequence[Sequence[str]], name: str) -> Table | None:
    """Return a table of texts; None when no cell holds anything."""
    kept, top, left = trimmed([tuple(plain(value) for value in row) for row in rows], name, name)
    return Table(name, kept, top + 1, left + 1) if kept else None
