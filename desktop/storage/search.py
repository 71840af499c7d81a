"""Text search in the way people type: any part of a name, a code, or pinyin initials; no word boundaries in Chinese.

Large libraries are searched through an index of grams: every character and every pair of neighbours of the text. The
index finds candidates; the text itself decides. The grams are written as hexadecimal, so that the tokenizer of FTS5
changes nothing in them.
"""

import unicodedata
from collections.abc import Iterable

MOST_WORDS = 40  # of a query; whoever pastes a whole sheet into a search field has said enough by then


def normal(text: str) -> str:
    """Return the text as it is compared: full and half width alike, small letters, single spaces."""
    return " ".join(unicodedata.normalize("NFKC", text).lower().split())


def searchable(*parts: str) -> str:
    """Return the column that is searched: the parts one a line, so that no hit reaches from one into the next."""
    return "\n".join(normal(part) for part in parts)


def words(query: str) -> list[str]:
    """Return the words of a query, each once and the first `MOST_WORDS` of them; a row must hold all of them."""
    return list(dict.fromkeys(normal(query).split()))[:MOST_WORDS]


def grams(text: str, marks: Iterable[str] = ()) -> str:
    """Return the tokens of a searchable text.

    Args:
        text: As `searchable` gave it.
        marks: Further tokens of letters and digits, longer than any gram: a level, a kind.
    """
    found = dict.fromkeys(marks)
    for part in text.split("\n"):
        written = _written(part)
        found.update(dict.fromkeys(_singles(written)))
        found.update(dict.fromkeys(_pairs(written)))
    return " ".join(found)


def match(query_words: Iterable[str], *marks: Iterable[str]) -> str:
    """Return the FTS5 query whose rows hold every pair of neighbours of every word; they are candidates only.

    Args:
        query_words: As `words` gave them.
        marks: Of each group, one must be there too.
    """
    tokens: dict[str, None] = {}
    for word in query_words:
        written = _written(word)
        tokens.update(dict.fromkeys(_pairs(written) or _singles(written)))
    groups = (" OR ".join(f'"{mark}"' for mark in group) for group in marks)
    return " AND ".join([*(f"({group})" for group in groups if group), *(f'"{token}"' for token in tokens)])


def _written(text: str) -> str:
    # UTF-16: a rare character of two units is a pair by itself, on both sides alike.
    return text.encode("utf-16-be").hex()


def _singles(written: str) -> list[str]:
    return [written[at : at + 4] for at in range(0, len(written), 4)]


def _pairs(written: str) -> list[str]:
    return [written[at : at + 8] for at in range(0, len(written) - 4, 4)]
