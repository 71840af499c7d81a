"""Answers a query over the whole library from sets of entries, each one number with a bit for every entry.

Nothing here looks at an entry itself, except where a long word meets a field in which one of its links stands twice.
"""

import sys
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import reduce
from itertools import pairwise
from operator import or_

from desktop.domain.library_matching import (
    Quality,
    begins_code,
    begins_word,
    is_code,
    is_letters,
    may_be_loose,
    parts_of,
    stands_in_order,
)
from desktop.storage.library_tokens import (
    CODE_LONGEST,
    CODE_SHELF,
    ORDER,
    TEXTS,
    bits_of,
    ids_of,
    shelf_of,
    syllable_text,
    texts_of,
)

Tiers = Sequence[tuple[Quality, int]]
# Letters that more names than this hold in any order are not taken loosely: so many hits would help nobody.
_LOOSE_MOST = 2000
_SETS_KEPT, _SHELVES_KEPT, _PROJECTS_KEPT = 1500, 200, 20


class LibraryIndex:
    """Sets of entries by what they have.

    Args:
        load: Gives a shelf of the index as it is stored; None when there is none.
        in_memory: Whether ``load`` needs no database.

    Attributes:
        ids: Ids of the entries' rows, by place.
        all: Every entry.
    """

    def __init__(self, load: Callable[[str], bytes | None], *, in_memory: bool = False) -> None:
        self.load, self.in_memory = load, in_memory
        self._sets: dict[tuple[str, str], int] = {}
        self._shelves: dict[str, Mapping[str, bytes]] = {}
        self._texts: dict[str, list[str]] = {}
        self._kept: dict[object, Sequence[int]] = {}
        ids = self.shelf(ORDER).get("")
        self.ids: Sequence[int] = ids_of(ids) if ids else ()
        self.all = (1 << len(self.ids)) - 1

    def shelf(self, name: str) -> Mapping[str, bytes]:
        """Return a shelf; an empty one when there is none."""
        found = self._shelves.get(name)
        if found is None:
            if len(self._shelves) >= _SHELVES_KEPT:
                self._shelves.clear()
            data = self.load(name)
            found = self._shelves[name] = shelf_of(data) if data is not None else {}
        return found

    def bits(self, shelf: str, rest: str = "") -> int:
        """Return the entries that have a token."""
        found = self._sets.get((shelf, rest))
        if found is None:
            if len(self._sets) >= _SETS_KEPT:
                self._sets.clear()
            packed = self.shelf(shelf).get(rest)
            found = self._sets[shelf, rest] = bits_of(packed) if packed is not None else 0
        return found

    def kept(self, name: object, make: Callable[[], Sequence[int]]) -> Sequence[int]:
        """Return sets that do not change from one query to the next; made once."""
        if name not in self._kept:
            if len(self._kept) >= _PROJECTS_KEPT:
                self._kept.clear()
            self._kept[name] = make()
        return self._kept[name]

    def any_of(self, shelf: str, rests: Iterable[str]) -> int:
        """Return the entries that have one of the tokens of a shelf."""
        return reduce(or_, (self.bits(shelf, rest) for rest in rests), 0)

    def tiers(self, word: str) -> Tiers:
        """Return the entries that a word fits, by the best of its fits."""
        whole, start = self._at_start("n", word)
        found = [
            (Quality.WHOLE, whole | (self.bits("c#", str(len(word))) & self._coded(word, word.__eq__))),
            (Quality.START, start),
            (Quality.WORD, self._linked("n", word, "n|", lambda text: begins_word(text, word))),
            (Quality.MIDDLE, self._linked("n", word)),
            (Quality.CODE, self._coded(word, lambda code: begins_code(code, word)) if is_code(word) else 0),
            (Quality.ALIAS, self._linked("a", word)),
            *self._spelled(word),
            (Quality.ABOUT, self.bits(f"v:{word}") | self._about(word)),
        ]
        best: list[tuple[Quality, int]] = []
        seen = 0
        for quality, some in found:
            fresh = some & ~seen
            if fresh:
                best.append((quality, fresh))
                seen |= fresh
        return best or [(Quality.LOOSE, self._loose(word))]

    def anywhere(self, text: str) -> int:
        """Return the entries in whose name a text stands."""
        return self._linked("n", text)

    # -- fields

    def _linked(
        self, field: str, units: str, start: str = "", looked_up: Callable[[str], bool] | None = None
    ) -> int:
        """Return the entries in whose field the units stand together.

        Args:
            start: Shelves of the places where they must begin: the field's start, or a word's.
            looked_up: Tells it for one text, where the links alone do not.
        """
        longest = 3 if field == "i" else 2
        if not start and len(units) == 1:
            return self.bits(f"{field}:{units}")
        if start:
            found = self._first(start, units, longest)
        else:
            found = self.all
        step = min(longest, len(units))
        for at in range(len(units) - step + 1) if step > 1 else ():
            link = units[at : at + step]
            found &= self.bits(f"{field}:{link[:-1]}", link[-1]) if found else 0
        if len(units) > longest:
            found = self._checked(field, found, looked_up or (lambda text: units in text))
        return found

    def _first(self, shelf: str, units: str, longest: int) -> int:
        head = units[:longest]
        return self.bits(f"{shelf}:{head[:-1] or head}", head[-1] if len(head) > 1 else "")

    def _at_start(self, field: str, units: str) -> tuple[int, int]:
        start = self._linked(field, units, f"{field}^", lambda text: text.startswith(units))
        return start & self.bits(f"{field}#", str(len(units))), start

    def _checked(self, field: str, found: int, fits: Callable[[str], bool]) -> int:
        """Leave out entries whose text does not fit, of those in which a link stands twice."""
        unsure = found & self.bits(f"{field}*")
        if not unsure:
            return found
        return found & ~unsure | self._looked_up(field, unsure, fits)

    def _looked_up(self, field: str, found: int, fits: Callable[[str], bool]) -> int:
        """Return those entries of a set whose text of a field fits."""
        texts = self.texts(field) if found else []
        fitting = bytearray(len(self.ids) // 8 + 1)
        for place in places(found):
            if fits(texts[place]):
                fitting[place >> 3] |= 1 << (place & 7)
        return int.from_bytes(fitting, "little")

    def texts(self, field: str) -> list[str]:
        """Return the texts of a field, by place."""
        if field not in self._texts:
            self._texts[field] = texts_of(self.shelf(TEXTS)[field])
        return self._texts[field]

    def _coded(self, word: str, fits: Callable[[str], bool]) -> int:
        known = word[:CODE_LONGEST]
        found = self.bits(f"c:{known[:CODE_SHELF]}", known[CODE_SHELF:])
        return found if len(word) <= CODE_LONGEST else self._looked_up("c", found, fits)

    def _spelled(self, word: str) -> Tiers:
        if not is_letters(word):
            return ()
        whole, _ = self._at_start("i", word)
        anywhere = self._linked("i", word)
        for full, last in self._readings(word):
            finished, within = self._syllables(full, last)
            whole, anywhere = whole | finished, anywhere | within
        return ((Quality.SPELLED_WHOLE, whole), (Quality.SPELLED, anywhere))

    def _readings(self, word: str) -> Iterator[tuple[list[str], str]]:
        """Give the ways to read letters as syllables: whole ones that follow each other somewhere, and a last one."""
        if len(word) < 2:
            return
        waiting: list[tuple[list[str], int]] = [([], 0)]
        while waiting:
            full, at = waiting.pop()
            rest = word[at:]
            follow = self.shelf(f"s:{full[-1]}") if full else self.shelf(f"S:{rest[0]}")
            if any(one.startswith(rest) for one in follow):
                yield full, rest
            waiting += [
                ([*full, one], at + len(one)) for one in follow if len(one) < len(rest) and rest.startswith(one)
            ]

    def _syllables(self, full: Sequence[str], last: str) -> tuple[int, int]:
        """Return the entries spelled so: from start to end, anywhere."""
        link = f"s:{full[-1]}" if full else f"S:{last[0]}"
        within = self.any_of(link, [one for one in self.shelf(link) if one.startswith(last)])
        for first, second in pairwise(full):
            within &= self.bits(f"s:{first}", second)
        text = syllable_text((*full, last))
        if len(full) > 1:
            within = self._checked("s", within, lambda spelled: text in spelled)
        begun = self.bits(f"s^:{full[0]}", (*full, last)[1]) if full else self.bits(f"S^:{last[0]}", last)
        whole = within & begun & self.bits(link, last) & self.bits("s#", str(len(full) + 1))
        return self._checked("s", whole, lambda spelled: spelled == text), within

    def _loose(self, word: str) -> int:
        if not may_be_loose(word):
            return 0
        found = self.all
        for letter in word:
            found &= self.bits(f"i:{letter}")
        if found.bit_count() > _LOOSE_MOST:
            found = 0
        found = self._looked_up("i", found, lambda initials: stands_in_order(initials, word))
        for left, right in parts_of(word):
            both = [reduce(or_, (bits for _, bits in self._spelled(part)), 0) for part in (left, right)]
            found |= both[0] & both[1]
        return found

    def _about(self, word: str) -> int:
        if len(word) < 2:
            return 0
        found = self.all
        for first, second in pairwise(word):
            found &= self.bits(f"d:{first}", second)
        return found | self.any_of("belongs", [text for text in self.shelf("belongs") if word in text])


def places(bits: int) -> Iterator[int]:
    """Give the places of a set, lowest first."""
    words = array("Q", bits.to_bytes((bits.bit_length() + 63) // 64 * 8, sys.byteorder))
    for number, word in enumerate(words if sys.byteorder == "little" else reversed(words)):
        left = word
        while left:
            lowest = left & -left
            yield (number << 6) + lowest.bit_length() - 1
            left ^= lowest
