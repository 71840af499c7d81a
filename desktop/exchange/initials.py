"""Letters of the pinyin, for the data that ships: computed when a resource is built, never at start."""

import csv
import io
import re
import unicodedata
from collections.abc import Mapping

from pypinyin import Style, lazy_pinyin

import resources


def initials_of(text: str) -> str:
    """Return the first letters of a Chinese text, lower case; letters and digits stay, all else is dropped.

    Words decide the reading: 会计 gives ``kj``, 行政 ``xz``, 银行 ``yh``.
    """
    return _plain("".join(lazy_pinyin(text, style=Style.FIRST_LETTER)))


class Speller:
    """Spells the names of the library; readings that a person has set right come before the dictionary's."""

    def __init__(self, readings: Mapping[str, str]) -> None:
        self._readings = {phrase: syllables.split() for phrase, syllables in readings.items()}
        longest_first = sorted(map(re.escape, readings), key=len, reverse=True)
        self._known = re.compile(f"({'|'.join(longest_first)})") if readings else None

    def spelled(self, name: str) -> tuple[str, str]:
        """Return first letters and full syllables of a name, as `Indicator.initials` and `Indicator.pinyin`."""
        initials, pinyin = "", ""
        for part in self._known.split(name) if self._known else [name]:
            # In one call: the words around a character decide its reading.
            syllables = self._readings.get(part) or lazy_pinyin(unicodedata.normalize("NFKC", part))
            initials += "".join(_plain(one) if not _is_syllable(one, part) else one[0] for one in syllables)
            pinyin += "".join(syllables)
        return _plain(initials), _plain(pinyin)


def _is_syllable(spelling: str, source: str) -> bool:
    """Tell a syllable from letters and digits that stood in the name as they are."""
    return spelling.isascii() and spelling.isalpha() and spelling not in unicodedata.normalize("NFKC", source)


def shipped_speller() -> Speller:
    """Return the speller with the shipped readings (resources/library/readings.csv)."""
    rows = csv.DictReader(io.StringIO(resources.read_text("library", "readings.csv"), newline=""), strict=True)
    return Speller({row["phrase"]: row["pinyin"] for row in rows})


def _plain(letters: str) -> str:
    return "".join(sign for sign in letters.lower() if sign.isascii() and sign.isalnum())
