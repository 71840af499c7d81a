"""The codes and phrases a user picked last, on top of the list for the next cell."""

from collections.abc import Sequence

from desktop.ui.grid.columns import ColumnSpec
from desktop.ui.kit.choices import MOST, Choice
from desktop.ui.kit.notes import Notes, read_note, write_note

KEPT = 5


class Recent:
    """Remembers the five codes picked last in each column of a table, newest first, for this user on this PC.

    Args:
        table: Stable name of the table; kept under ``recent/<table>``.
    """

    def __init__(self, notes: Notes, table: str) -> None:
        self._notes, self._name = notes, f"recent/{table}"

    def codes(self, key: str) -> list[str]:
        """Return the codes picked last in a column."""
        kept = read_note(self._notes, self._name)
        codes = kept.get(key) if isinstance(kept, dict) else None
        return [code for code in codes if isinstance(code, str)][:KEPT] if isinstance(codes, list) else []

    def add(self, key: str, code: str) -> None:
        """Remember a code that was picked."""
        kept = read_note(self._notes, self._name)
        columns = dict(kept) if isinstance(kept, dict) else {}
        columns[key] = [code, *(other for other in self.codes(key) if other != code)][:KEPT]
        write_note(self._notes, self._name, columns)


def hits(column: ColumnSpec, typed: str, recent: Sequence[str]) -> list[Choice]:
    """Return the rows that fit a typed text, at most 12, those picked lately on top.

    With nothing typed the recent codes come first, then the first rows of the list. While typing, recent ones only
    move up among the hits, and an exact code stays first.
    """
    found = list(column.find(typed))
    if not typed.strip():
        known = [row for code in recent for row in column.find(code)[:1] if row.code == code]
        return [*known, *(row for row in found if row.code not in recent)][:MOST]
    if found and found[0].code == typed.strip():
        return found[:MOST]
    return sorted(found, key=lambda row: recent.index(row.code) if row.code in recent else KEPT)[:MOST]
