"""Tables in HTML: what Excel puts on the clipboard, and what many systems export under the name .xls."""

from collections.abc import Callable
from html.parser import HTMLParser

from desktop.domain.importing.table import Table
from desktop.exchange.tables.delimited import decoded, table_of
from desktop.exchange.tables.faults import TableRefused
from desktop.exchange.tables.limits import MOST_CELLS, MOST_COLUMNS

_MOST_SPAN = MOST_COLUMNS
_BREAKS = ("br", "p", "div")


class _Tables(HTMLParser):
    """Collects the cells of every table; an inner table's words belong to the outer cell. Knows no address."""

    def __init__(self, tick: Callable[[], None]) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[list[list[str]]] = []
        self._tick, self._depth, self._cells = tick, 0, 0
        self._words: list[str] | None = None
        self._span = (1, 1)
        self._down: dict[int, int] = {}  # column -> rows still covered from above
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("style", "script", "head"):
            self._silent += 1
        elif tag == "table":
            self._depth += 1
            if self._depth == 1:
                self.tables.append([])
                self._down = {}
        elif self._depth == 1 and tag == "tr":
            self._close_cell()
            self._open_row()
        elif self._depth == 1 and tag in ("td", "th"):
            self._close_cell()
            if not self.tables[-1]:
                self._open_row()
            self._words, self._span = [], (_number(attrs, "rowspan"), _number(attrs, "colspan"))
        elif tag in _BREAKS and self._words:
            self._words.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("style", "script", "head"):
            self._silent = max(0, self._silent - 1)
        elif tag == "table" and self._depth:
            self._depth -= 1
            if not self._depth:
                self._close_cell()
        elif self._depth == 1 and tag in ("td", "th", "tr"):
            self._close_cell()

    def handle_data(self, data: str) -> None:
        if self._words is not None and not self._silent:
            self._words.append(data)

    def _open_row(self) -> None:
        self.tables[-1].append([])
        self._tick()
        self._skip_covered()

    def _skip_covered(self) -> None:
        row = self.tables[-1][-1]
        while self._down.get(len(row), 0):
            self._down[len(row)] -= 1
            row.append("")

    def _close_cell(self) -> None:
        if self._words is None or not self.tables or not self.tables[-1]:
            self._words = None
            return
        row, (down, right) = self.tables[-1][-1], self._span
        self._cells += right
        if self._cells > MOST_CELLS or len(row) > MOST_COLUMNS:
            raise OverflowError
        for at in range(right):
            if down > 1:
                self._down[len(row)] = down - 1
            row.append(" ".join("".join(self._words).split()) if not at else "")
        self._words = None
        self._skip_covered()


def _number(attrs: list[tuple[str, str | None]], name: str) -> int:
    text = dict(attrs).get(name) or "1"
    return min(max(int(text), 1), _MOST_SPAN) if text.isascii() and text.isdigit() and len(text) < 6 else 1


def looks_like_html(head: bytes) -> bool:
    """Say whether a file begins like HTML with a table somewhere."""
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return start.startswith((b"<html", b"<!doctype html", b"<table", b"<meta", b"<head"))


def tables_in(text: str, name: str, tick: Callable[[], None]) -> list[Table]:
    """Return the tables of an HTML text that hold something; the words that are seen, nothing is fetched.

    Raises:
        TableRefused: T-BOMB, T-TOO_MANY.
    """
    parser = _Tables(tick)
    try:
        parser.feed(text)
        parser.close()
    except OverflowError:
        raise TableRefused("T-BOMB", file=name, what="格子", limit=f"{MOST_CELLS // 10_000} 万个") from None
    many = len(parser.tables) > 1
    found = [
        table_of(rows, f"{name} 表{at}" if many else name) for at, rows in enumerate(parser.tables, start=1) if rows
    ]
    return [table for table in found if table is not None]


def read_html(data: bytes, name: str, tick: Callable[[], None]) -> list[Table]:
    """Return the tables of an HTML file.

    Raises:
        TableRefused: T-EMPTY, T-ENCODING, T-BOMB, T-TOO_MANY.
    """
    tables = tables_in(decoded(data, name), name, tick)
    if not tables:
        raise TableRefused("T-EMPTY", file=name)
    return tables
