"""Blocks of cells as HTML, the way Excel, WPS and browsers put them on the clipboard."""

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass

from desktop.ui.grid.clipboard import MOST_CELLS, MOST_CHARACTERS, TooMuch

WIDEST_SPAN = 2_000
_SPACE = re.compile(r"[ \t\r\n\f]+")
_UNREADABLE = re.compile(r"#+|-?[0-9](?:\.[0-9]+)?E[-+]?[0-9]+", re.IGNORECASE)  # too narrow a column, or shortened
_TOKEN = re.compile(r"""<!--.*?-->|<(/?)([a-zA-Z][\w:]*)((?:"[^"]*"|'[^']*'|[^'">])*)>|([^<]+|<)""", re.DOTALL)
_ATTRIBUTE = re.compile(r"""([\w:]+)\s*=\s*("[^"]*"|'[^']*'|[^\s>]+)""")
_MUTE, _BREAKING = ("style", "script"), ("br", "p", "div")
_KNOWN = {"table", "tr", "td", "th", *_BREAKING}
_SPECIAL = re.compile(r"[&<>\r\n]|  ")
_EXACT = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_BREAK, _HARD_SPACE = "\ue000", "\xa0"  # a private sign stands for <br> until the other white space is collapsed
# Excel must neither drop leading zeros, nor round an account, nor compute a text that begins with "=".
_STYLES = (
    '.t{mso-number-format:"\\@";}',
    '.n{mso-number-format:"\\#\\,\\#\\#0\\.00_ ";text-align:right;}',
    '.g{mso-number-format:General;text-align:right;}',
    '.d{mso-number-format:"yyyy\\-mm\\-dd";}',
)
CLASSES = {"amount": "n", "number": "g", "percent": "g", "date": "d"}


@dataclass(frozen=True, slots=True)
class OutCell:
    """A cell on its way out: its text and the kind of its column, "text" for what could not be read."""
    text: str
    kind: str = "text"


def format_html(rows: Sequence[Sequence[OutCell]]) -> str:
    """Write a block as Excel reads it: numbers as numbers, dates as dates, everything else as text."""
    lines = ["<tr>" + "".join(_cell(cell) for cell in row) + "</tr>" for row in rows]
    return ('<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta charset="utf-8"><style>'
            + "".join(_STYLES) + "</style></head><body><table><!--StartFragment-->" + "".join(lines)
            + "<!--EndFragment--></table></body></html>")


def _cell(cell: OutCell) -> str:
    style = CLASSES.get(cell.kind, "t") if cell.text else "t"
    exact = f' x:num="{cell.text}"' if style in ("n", "g") and _EXACT.fullmatch(cell.text) else ""
    text = cell.text
    if _SPECIAL.search(text):
        text = html.escape(text, quote=False).replace("\r\n", "\n").replace("\n", "<br>").replace("  ", " &nbsp;")
    return f'<td class="{style}"{exact}>{text}</td>'


def tells_more(markup: str, text: str) -> bool:
    """Tell whether the HTML gives numbers that the text of the same block shows as ### or 1.2E+05."""
    return "x:num=" in markup and ("##" in text or "E+" in text)


def parse_html(text: str) -> list[list[str]]:
    """Read the first table; empty list when there is none.

    A merged cell gives its text to its upper left cell and leaves the others empty, hidden rows and columns of the
    clipboard come along as Excel put them there. A number that is shown as ### or in scientific
    notation is taken from ``x:num``, where Excel gives it.

    Raises:
        TooMuch: More than 500,000 cells or 20 million characters.
    """
    if len(text) > MOST_CHARACTERS:
        raise TooMuch("粘贴的内容太多，请分几次粘贴")
    reader = _Table()
    reader.feed(text)
    rows = reader.finished()
    width = max((len(row) for row in rows), default=0)
    return [row + [""] * (width - len(row)) for row in rows]


class _Table:
    """Collects the cells of the outermost first table; tables inside cells are read as text."""

    def __init__(self) -> None:
        self.rows: list[list[str]] = []
        self._depth = self._cells = 0
        self._done = self._muted = False
        self._text: list[str] | None = None
        self._exact = ""
        self._span = (1, 1)
        self._taken: set[tuple[int, int]] = set()  # cells that a merged cell above or at the left covers

    def feed(self, text: str) -> None:
        """Read tags and the words between them. A scanner of its own: 100,000 cells must not hold up the window."""
        for found in _TOKEN.finditer(text):
            end, tag, attributes, words = found.groups()
            if words:
                if self._text is not None and not self._muted:
                    self._text.append(html.unescape(words) if "&" in words else words)
            elif tag:
                tag = tag.lower()
                if tag in _MUTE:
                    self._muted = not end
                elif tag in _KNOWN:
                    (self._close if end else self._open)(tag, attributes)
                if self._done:
                    return

    def _open(self, tag: str, attributes: str) -> None:
        if tag == "table":
            self._depth += 1
        elif not self._depth:
            return
        elif tag == "tr" and self._depth == 1:
            self._end_cell()
            self.rows.append([])
        elif tag in ("td", "th") and self._depth == 1:
            self._end_cell()
            self._text, self._exact, self._span = [], "", (1, 1)
            if "span" in attributes or "x:num" in attributes:
                found = {name.lower(): value.strip("\"'") for name, value in _ATTRIBUTE.findall(attributes)}
                self._exact = found.get("x:num", "")
                self._span = _span(found.get("rowspan", "")), _span(found.get("colspan", ""))
        elif tag in _BREAKING and self._text is not None and (tag == "br" or self._text):
            self._text.append(_BREAK)

    def _close(self, tag: str, _attributes: str) -> None:
        if tag in ("td", "th") and self._depth == 1:
            self._end_cell()
        elif tag == "table" and self._depth:
            self._depth -= 1
            if not self._depth:
                self._end_cell()
                self._done = True

    def _end_cell(self) -> None:
        if self._text is None:
            return
        shown = _SPACE.sub(" ", "".join(self._text)).replace(_HARD_SPACE, " ").strip()
        if _BREAK in shown:
            shown = "\n".join(part.strip() for part in shown.split(_BREAK)).strip()
        if self._exact and _EXACT.fullmatch(self._exact) and _UNREADABLE.fullmatch(shown):
            shown = self._exact
        self._text, self._exact = None, ""
        if not self.rows:
            self.rows.append([])
        self._place(shown)

    def _place(self, shown: str) -> None:
        row, at = self.rows[-1], len(self.rows) - 1
        self._skip_taken(at, row)
        down, across = self._span
        left = len(row)
        row.extend([shown, *[""] * (across - 1)])
        self._cells += across
        for below in range(1, down):
            for column in range(left, left + across):
                self._taken.add((at + below, column))
        self._cells += (down - 1) * across
        if self._cells > MOST_CELLS:
            raise TooMuch("粘贴的格子超过 50 万个，请分几次粘贴")
        self._skip_taken(at, row)

    def _skip_taken(self, at: int, row: list[str]) -> None:
        while (at, len(row)) in self._taken:
            self._taken.remove((at, len(row)))
            row.append("")

    def finished(self) -> list[list[str]]:
        """Return the rows, without empty ones at the end and rows that hold no cell at all."""
        self._end_cell()
        for at, row in enumerate(self.rows):
            self._skip_taken(at, row)
        rows = [row for row in self.rows if row]
        while rows and not any(rows[-1]) and len(rows) > 1:
            rows.pop()
        return rows


def _span(text: str) -> int:
    return min(int(text), WIDEST_SPAN) if text.isascii() and text.isdigit() and int(text) > 0 else 1
