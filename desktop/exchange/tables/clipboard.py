"""What Excel, WPS or a web page put on the clipboard."""

from desktop.domain.importing.table import Table
from desktop.exchange.tables.delimited import read_delimited
from desktop.exchange.tables.faults import TableRefused
from desktop.exchange.tables.html import tables_in
from desktop.exchange.tables.limits import MOST_TEXT_BYTES

NAME = "剪贴板"


def read_clipboard(text: str, html: str = "") -> list[Table]:
    """Return the table on the clipboard: of its HTML, which knows merged cells, else of its text.

    Raises:
        TableRefused: T-EMPTY when there is none, T-TOO_LARGE, T-BOMB, T-TOO_MANY.
    """
    if max(len(text), len(html)) > MOST_TEXT_BYTES:
        raise TableRefused("T-TOO_LARGE", file=NAME, limit=f"{MOST_TEXT_BYTES >> 20} MB")
    tables = tables_in(html, NAME, _go_on) if "<t" in html.lower() else []
    if tables:
        return tables
    if not text.strip():
        raise TableRefused("T-EMPTY", file=NAME)
    return read_delimited(text.encode(), NAME, _go_on)


def _go_on() -> None:
    """Never stop: a clipboard is small."""
