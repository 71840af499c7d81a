"""Text search in the way people type: any part of a name, a code, or pinyin initials; no word boundaries in Chinese.

Large libraries are searched through an index of grams: every character and every pair of neighbours of the text. The
index finds candidates; the text itself decides. The grams are written as hexadecimal, so that the tokenizer of FTS5
changes nothing in them.
"""

import unicodedata
from collections.abc import Iterable
from itertools import pairwise


def normal(text: str) -> str:
    """Return the text as it is compared: full and half width alike, small letters, single spaces."""
    return " ".join(unicodedata.normalize("NFKC", text).lower().split())


def searchable(*parts: str) -> str:
    """Return the column that is searched: the parts one a line, so that no hit reaches from one into the next."""
    return "\n".join(normal(part) for part in parts)


def words(query: str) -> list[str]:
    """Return the words of a query; a row must hold all of them."""
    return normal(query).split(" ") if query.strip() else []


def grams(text: str, marks: Iterable[str] = ()) -> str:
    """Return the tokens of a searchable text.

    Args:
        text: As `searchable` gave it.
        marks: Further tokens of letters and digits, longer than any gram: a level, a kind.
    """
    found = dict.fromkeys(marks)
    for part in text.split("\n"):
        found.update(dict.fromkeys(map(_token, part)))
        found.update(dict.fromkeys(map(_token, map("".join, pairwise(part)))))
    return " ".join(found)


def match(query_words: Iterable[str], marks: Iterable[str] = ()) -> str:
    """Return the FTS5 query whose rows hold every pair of neighbours of every word; they are candidates only."""
    tokens = dict.fromkeys(marks)
    for word in query_words:
        pairs = [first + second for first, second in pairwise(word)]
        tokens.update(dict.fromkeys(map(_token, pairs or [word])))
    return " ".join(f'"{token}"' for token in tokens)


def _token(gram: str) -> str:
    return "".join(f"{ord(character):05x}" for character in gram)
