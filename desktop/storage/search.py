"""The column that lists of documents and payees are searched in: any part of a name, a code, or pinyin initials.

The indicator library, thirty times as large, has an index of its own: `library_index`.
"""

from desktop.domain.search_text import normal


def searchable(*parts: str) -> str:
    """Return the column that is searched: the parts one a line, so that no hit reaches from one into the next."""
    return "\n".join(normal(part) for part in parts)
