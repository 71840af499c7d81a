"""Codes of the bureau's tables for lists and trees."""

from collections.abc import Collection, Mapping

from desktop.domain.mirrors import CodeEntry
from desktop.ui.grid.columns import CodeNode


def path_of(table: Mapping[str, CodeEntry], code: str) -> str:
    """Return the names above a code from the top, parted by arrows; empty at the top and for unknown codes."""
    names: list[str] = []
    at = table[code].parent if code in table else ""
    while at in table and len(names) < len(table):
        names.append(table[at].name)
        at = table[at].parent
    return "→".join(reversed(names))


def nodes_of(table: Mapping[str, CodeEntry], allowed: Collection[str] = ()) -> list[CodeNode]:
    """Return the codes that may be chosen, with all that lie above them, in the table's order.

    Args:
        allowed: The leaves that may be chosen; empty: every leaf.
    """
    kept: set[str] = set()
    for code, entry in table.items():
        if entry.leaf and (not allowed or code in allowed):
            while code in table and code not in kept:
                kept.add(code)
                code = table[code].parent
    return [CodeNode(code, entry.name, entry.parent, entry.initials) for code, entry in table.items() if code in kept]
