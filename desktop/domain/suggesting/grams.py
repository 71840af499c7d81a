"""Chinese text as grams: every run of two or three characters, since nobody puts blanks between Chinese words."""

import re
import unicodedata
from collections.abc import Iterable, Mapping

_RUNS = re.compile(r"[㐀-鿿]+|[a-z]+[0-9.]*")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}\s*年?度?|[0-9一二三四五六七八九十]+月份?")
_WORTH = {2: 1.0, 3: 1.3}  # longer grams say more


def runs(text: str) -> list[str]:
    """Return the stretches of letters of a text: full width as half, small letters, without years and months."""
    return _RUNS.findall(_YEAR.sub(" ", unicodedata.normalize("NFKC", text).lower()))


def grams(text: str, sizes: Iterable[int] = (2, 3)) -> list[str]:
    """Return the grams of a text, as often as they occur; a Latin word is one gram."""
    found: list[str] = []
    for run in runs(text):
        if run[0].isascii():
            found.append(run)
            continue
        for size in sizes:
            found += [run[at : at + size] for at in range(len(run) - size + 1)]
    return found


def weighed(text: str, weight: float = 1.0) -> dict[str, float]:
    """Return the grams of a text as a question: each once, longer ones worth more."""
    return {gram: weight * _WORTH.get(len(gram), _WORTH[3]) for gram in grams(text)}


def likeness(one: str, other: str) -> float:
    """Return how alike two names are, 0 to 1: the share of pairs of neighbours that both have."""
    mine, theirs = set(grams(one, (2,))), set(grams(other, (2,)))
    return len(mine & theirs) / len(mine | theirs) if mine and theirs else float(one == other)


def pairs(text: str) -> frozenset[str]:
    """Return the pairs of neighbours of a text, and its Latin words."""
    return frozenset(grams(text, (2,)))


def contained(name: Mapping[str, float], inside: frozenset[str]) -> float:
    """Return the share (0 to 1) of a weighed set of grams that lies inside another."""
    whole = sum(name.values())
    return sum(weight for gram, weight in name.items() if gram in inside) / whole if whole else 0.0
