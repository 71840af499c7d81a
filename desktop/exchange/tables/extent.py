"""How large an area the cells of a sheet span: the reader makes room for all of it, also for what lies between."""

import re

from desktop.exchange.tables.faults import TableRefused
from desktop.exchange.tables.limits import MOST_CELLS, MOST_COLUMNS, MOST_ROWS

_PLAIN = b'<c r="'  # as every program writes it
_FAR = re.compile(rb'<c r="(?:[A-Z]{3}|[A-Z]\d{6}|[A-Z]{2}\d{5})')  # the area up to ZZ9999 and Z99999 is small enough
_ODD = re.compile(rb"<c[\n\r\t]")
_PLAIN_CELL = re.compile(rb'<c r="([A-Z]+)(\d+)"[^>]*(?<!/)>')
# Any cell with something inside, however its tag is written; an empty one closes itself and takes no room.
_CELL = re.compile(rb"""<(?:\w+:)?c\b[^>]*?\sr\s*=\s*["']\s*([A-Za-z]+)(\d+)\s*["'][^>]*(?<!/)>""")
_ROW = re.compile(rb"<table:table-row\b([^>]*)>(.*?)</table:table-row>", re.DOTALL)
_REPEATED_ROWS = re.compile(rb"""number-rows-repeated\s*=\s*["'](\d+)""")
_REPEATED_VALUE = re.compile(rb"<table:table-cell\b([^>]*value-type[^>]*)>")
_REPEATED_COLUMNS = re.compile(rb"""number-columns-repeated\s*=\s*["'](\d+)""")
_LONGEST_TAG = 1 << 16


class Extent:
    """Watches the references of a sheet's cells go by.

    Ordinary sheets are told by having no far reference, which is fast; only one that has some is measured.
    """

    def __init__(self) -> None:
        self._rest = b""
        self._last_row = self._last_column = 0

    def take(self, chunk: bytes) -> None:
        """Look at the next piece of the sheet; a tag that is cut off is looked at with the next one."""
        text = self._rest + chunk
        cut = text.rfind(b"<")
        self._rest = text[cut:] if cut >= 0 else b""
        if len(self._rest) > _LONGEST_TAG:
            self._last_row = self._last_column = 1 << 30  # no sheet has such a tag: too large in any case
            return
        odd = text.count(_PLAIN) != text.count(b"<c ") or b":c" in text or b"<!" in text
        if not odd and (b"\n" in text or b"\r" in text or b"\t" in text):
            odd = _ODD.search(text) is not None
        if odd or _FAR.search(text):
            self._measure(_CELL if odd else _PLAIN_CELL, text)

    def _measure(self, pattern: re.Pattern[bytes], text: bytes) -> None:
        found = pattern.findall(text)
        if not found:
            return
        self._last_row = max(self._last_row, *(int(row[:12]) for _, row in found))
        letters = {letters for letters, _ in found}
        self._last_column = max(self._last_column, *(_number(one) for one in letters))

    def rows(self) -> int:
        """Return the number of the last row with something in it; 0 for a small sheet."""
        return self._last_row

    def cells(self) -> int:
        """Return how many cells the far ones span; 0 when all lie near the corner."""
        if not self._last_row:
            return 0
        area = self._last_row * self._last_column  # a list that begins far from the corner is none
        # A long list in few columns is refused by its rows, with their number.
        return area // 8 if self._last_column <= MOST_COLUMNS else max(area, MOST_CELLS + 1)


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper()[:8]:
        number = number * 26 + letter - 64
    return number


def check_repeats(content: bytes, name: str) -> None:
    """Refuse an ods that says "and this cell a million times more" of one that holds something.

    Raises:
        TableRefused: T-BOMB.
    """
    for row in _ROW.finditer(content):
        cells = _REPEATED_VALUE.findall(row[2])
        times = _REPEATED_ROWS.search(row[1])
        if cells and times is not None and int(times[1][:12]) > MOST_ROWS:
            raise TableRefused("T-BOMB", file=name, what="行数", limit=f"{MOST_ROWS:,} 行")
        for cell in cells:
            wide = _REPEATED_COLUMNS.search(cell)
            if wide is not None and int(wide[1][:12]) > MOST_COLUMNS:
                raise TableRefused("T-BOMB", file=name, what="列数", limit=f"{MOST_COLUMNS} 列")
