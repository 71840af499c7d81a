"""Full text search over titled passages: Chinese by what is contained, titles also by the initials of their pinyin."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_BEFORE, _LONG = 14, 60
_TITLE, _INITIALS, _TEXT = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Passage:
    """Something that can be found.

    Attributes:
        topic: What opens it, as ``payment/voucher`` or ``5.02.03``.
        title: Its heading.
        group: Where it stands, as 工作指引 · 支出.
        text: Its plain words.
        initials: First letters of the pinyin of title and keywords, parted by spaces.
        keywords: Other words that it is known under.
    """

    topic: str
    title: str
    group: str
    text: str
    initials: str = ""
    keywords: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found, with some words of it.

    Attributes:
        snippet: A piece of the text around the first word that was found, one line.
        marks: Where in the snippet words were found: start and length.
        title_marks: Where in the title.
    """

    passage: Passage
    snippet: str
    marks: tuple[tuple[int, int], ...]
    title_marks: tuple[tuple[int, int], ...]


def words_of(typed: str) -> tuple[str, ...]:
    """Return what was typed as words in lower case; full-width letters, digits and spaces are narrowed."""
    narrow = "".join(chr(ord(sign) - 0xFEE0) if "！" <= sign <= "～" else sign for sign in typed)
    return tuple(dict.fromkeys(narrow.replace("\u3000", " ").casefold().split()))


def search(passages: Iterable[Passage], typed: str, limit: int = 50) -> list[Hit]:
    """Return the passages that hold every word, the best first: titles, then initials and keywords, then text.

    A word of Latin letters is also looked for among the initials, from the beginning of one of them on.
    """
    words = words_of(typed)
    if not words:
        return []
    found: list[tuple[tuple[int, ...], int, Passage]] = []
    for at, passage in enumerate(passages):
        ranks = [_rank(passage, word) for word in words]
        if None not in ranks:
            places = tuple(sorted((rank for rank in ranks if rank is not None), reverse=True))
            found.append(((*places, 0 if passage.title.casefold() == words[0] else 1), at, passage))
    found.sort(key=lambda one: one[:2])
    return [hit_of(passage, words) for _, _, passage in found[:limit]]


def _rank(passage: Passage, word: str) -> int | None:
    if word in passage.title.casefold() or passage.topic.startswith(word):
        return _TITLE
    if any(word in keyword.casefold() for keyword in passage.keywords):
        return _INITIALS
    if word.isascii() and word.isalnum() and any(part.startswith(word) for part in passage.initials.split()):
        return _INITIALS
    return _TEXT if word in passage.text.casefold() else None


def hit_of(passage: Passage, words: Sequence[str]) -> Hit:
    """Return a passage with a snippet around the first of the words that its text holds."""
    plain = re.sub(r"\s+", " ", passage.text).strip()
    low = plain.casefold()
    first = min((at for at in (low.find(word) for word in words) if at >= 0), default=0)
    start = max(0, first - _BEFORE)
    piece = plain[start : start + _LONG]
    snippet = f"{'…' if start else ''}{piece}{'…' if start + _LONG < len(plain) else ''}"
    return Hit(passage, snippet, marks_in(snippet, words), marks_in(passage.title, words))


def marks_in(text: str, words: Sequence[str]) -> tuple[tuple[int, int], ...]:
    """Return where words stand in a text, start and length, in order and without overlap."""
    low, spans = text.casefold(), []
    for word in words:
        at = low.find(word)
        while at >= 0:
            spans.append((at, len(word)))
            at = low.find(word, at + len(word))
    kept: list[tuple[int, int]] = []
    for start, length in sorted(spans, key=lambda span: (span[0], -span[1])):
        if not kept or start >= kept[-1][0] + kept[-1][1]:
            kept.append((start, length))
    return tuple(kept)
