"""What the search index of the indicator library holds: for every token the entries that have it, as a set of places.

A place is an entry's number in the order that no query touches (`library_search.static_key`), so that a set read
upwards is sorted already. Tokens are single signs of a field, pairs of neighbours (of initials also triples), the
same at the start of the field and of its words, lengths, and every value that filters know. They lie in shelves, rows
of the table ``library_index``, by field and first sign: a word of a query opens a few of them.

The index follows from the records alone. It is written anew whenever they change.
"""

import sys
import zlib
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import pairwise

import msgspec

from desktop.domain.goal import LibraryKind
from desktop.domain.library import Indicator
from desktop.domain.library_matching import NUMBER_LEAST, Searched, is_number, number_of, searched, word_starts
from desktop.domain.library_search import is_for_any, static_key

BREAK = "\0"  # in a token, between its shelf and the rest inside it
CODE_SHELF, CODE_LONGEST = 4, 8  # signs of a code's start that name its shelf; longer starts are looked up in the codes
ORDER, TEXTS = "order", "texts"  # shelves that hold no sets: ids of the entries by place, and texts to look words up in
TEXT_FIELDS = ("n", "a", "i", "s", "c")
_SPARSE = 32  # a set with more than one place in so many is kept as bits
_FEW = 64  # numbers that are not worth compressing


def tokens(one: Indicator, entry: Searched) -> set[str]:
    """Return all tokens of an entry."""
    return {
        *_chained("n", entry.name),
        *_starts("n|", entry.name, word_starts(entry.name)),
        *(token for alias in entry.aliases for token in _links("a", alias, 2)),
        *_repeats("a", "".join(entry.aliases), 1),
        *_chained("i", entry.initials, triples=True),
        *_syllables(entry.letters.letters),
        *_codes(entry),
        *(f"v:{value}\0" for value in entry.values),
        *[f"d:{first}\0{second}" for first, second in pairwise(entry.definition)],
        *(f"belongs\0{text}" for text in entry.belongs),
        *_filters(one),
    }


def texts(entry: Searched) -> tuple[str, ...]:
    """Return the fields in which long words are looked up, as `TEXT_FIELDS` names them."""
    return (entry.name, "\t".join(entry.aliases), entry.initials, syllable_text(entry.letters.letters), entry.code)


def syllable_text(letters: Iterable[str]) -> str:
    """Return syllables in one text, each after a blank."""
    return "".join(f" {one}" for one in letters)


def made(library: Sequence[tuple[int, Indicator]]) -> dict[str, bytes]:
    """Return the shelves of a library.

    Args:
        library: Each entry with the id of its row.
    """
    ordered = sorted(library, key=lambda row: static_key(row[1]))
    found: defaultdict[str, array[int]] = defaultdict(partial(array, "I"))
    fields: list[list[str]] = [[] for _ in TEXT_FIELDS]
    for place, (_, one) in enumerate(ordered):
        entry = searched(one)
        for field, text in zip(fields, texts(entry), strict=True):
            field.append(text)
        for token in tokens(one, entry):
            found[token].append(place)
    shelves: dict[str, dict[str, bytes]] = {}
    for token, has in found.items():
        name, _, rest = token.partition(BREAK)
        shelves.setdefault(name, {})[rest] = _packed(has, len(ordered))
    shelves[ORDER] = {"": b"N" + _little(array("Q", (number for number, _ in ordered)))}
    shelves[TEXTS] = {
        name: b"T" + zlib.compress("\n".join(field).encode()) for name, field in zip(TEXT_FIELDS, fields, strict=True)
    }
    return {name: msgspec.msgpack.encode(shelf) for name, shelf in shelves.items()}


def shelf_of(data: bytes) -> dict[str, bytes]:
    """Return a shelf as it was stored; the sets in it are opened one by one."""
    return msgspec.msgpack.decode(data, type=dict[str, bytes])


def bits_of(packed: bytes) -> int:
    """Return a set of places as one number: bit n is set when it holds place n."""
    form, data = packed[:1], packed[1:]
    if form == b"B":
        return int.from_bytes(zlib.decompress(data), "little")
    places = _numbers("I", zlib.decompress(data) if form == b"Z" else data)
    if len(places) < _FEW:
        return sum(1 << place for place in places)
    spread = bytearray((places[-1] >> 3) + 1)
    for place in places:
        spread[place >> 3] |= 1 << (place & 7)
    return int.from_bytes(spread, "little")


def ids_of(packed: bytes) -> Sequence[int]:
    """Return the ids of the rows by place."""
    return _numbers("Q", packed[1:])


def texts_of(packed: bytes) -> list[str]:
    """Return the texts of a field by place."""
    return zlib.decompress(packed[1:]).decode().split("\n")


def plain(data: bytes) -> Mapping[str, object]:
    """Return what a shelf says, for comparing: compressed bytes differ from one build of zlib to another."""
    forms = {b"N": lambda packed: tuple(ids_of(packed)), b"T": texts_of}
    return {rest: forms.get(packed[:1], bits_of)(packed) for rest, packed in shelf_of(data).items()}


def _packed(places: "array[int]", size: int) -> bytes:
    if len(places) * _SPARSE > size and len(places) >= _FEW:
        spread = bytearray((size >> 3) + 1)
        for place in places:
            spread[place >> 3] |= 1 << (place & 7)
        return b"B" + zlib.compress(bytes(spread), 1)
    data = _little(places)
    return b"L" + data if len(places) < _FEW else b"Z" + zlib.compress(data, 1)


def _little(numbers: "array[int]") -> bytes:
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers.tobytes()


def _numbers(form: str, data: bytes) -> "array[int]":
    found = array(form)
    found.frombytes(data)
    if sys.byteorder == "big":
        found.byteswap()
    return found


def _chained(field: str, units: str, *, triples: bool = False) -> Iterator[str]:
    """Give the links of a field, those at its start, its length, and whether a link stands in it twice."""
    if units:
        yield from _links(field, units, 3 if triples else 2)
        yield from _starts(f"{field}^", units, (0,), triples=triples)
        yield from _repeats(field, units, 2 if triples else 1)
        yield f"{field}#\0{len(units)}"


def _links(field: str, units: str, longest: int) -> Iterator[str]:
    for unit in units:
        yield f"{field}:{unit}\0"
    for first, second in pairwise(units):
        yield f"{field}:{first}\0{second}"
    if longest > 2:
        for first, second, third in zip(units, units[1:], units[2:], strict=False):
            yield f"{field}:{first}{second}\0{third}"


def _starts(field: str, units: str, starts: Iterable[int], *, triples: bool = False) -> Iterator[str]:
    for at in starts:
        begun = units[at : at + 3]
        yield f"{field}:{begun[0]}\0"
        if len(begun) > 1:
            yield f"{field}:{begun[0]}\0{begun[1]}"
        if triples and len(begun) > 2:
            yield f"{field}:{begun[0]}{begun[1]}\0{begun[2]}"


def _repeats(field: str, units: Sequence[str], length: int) -> Iterator[str]:
    """Tell when a run of ``length`` units stands in the field twice.

    A row without one that has all links of a long word has the word itself; only the others must be looked up.
    """
    runs = units if length == 1 else list(pairwise(units))
    if len(set(runs)) < len(runs):
        yield f"{field}*\0"


def _syllables(letters: Sequence[str]) -> Iterator[str]:
    """Give single syllables by their first letter, since the last one that somebody types is often unfinished."""
    if letters:
        for syllable in letters:
            yield f"S:{syllable[0]}\0{syllable}"
        yield f"S^:{letters[0][0]}\0{letters[0]}"
        for first, second in pairwise(letters):
            yield f"s:{first}\0{second}"
        for second in letters[1:2]:
            yield f"s^:{letters[0]}\0{second}"
        yield from _repeats("s", letters, 1)
        yield f"s#\0{len(letters)}"


def _codes(entry: Searched) -> Iterator[str]:
    yield f"c#\0{len(entry.code)}"
    number = number_of(entry.code)
    starts = [entry.code[:length] for length in range(1, CODE_LONGEST + 1)]
    starts += [start for length in range(NUMBER_LEAST, CODE_LONGEST + 1) if is_number(start := number[:length])]
    for start in starts:
        yield f"c:{start[:CODE_SHELF]}\0{start[CODE_SHELF:]}"


def _filters(one: Indicator) -> Iterator[str]:
    yield f"level1\0{one.level1.value}"
    yield f"level2\0{one.level2}"
    yield f"kind\0{one.library_kind.value}"
    if one.is_core:
        yield f"kind\0{LibraryKind.CORE.value}"
    yield f"industry\0{one.industry}"
    yield f"category:{one.industry}\0{one.category}"
    yield f"use:{one.industry}:{one.category}\0{one.fund_use}"
    for code in one.applies_to:
        yield f"applies\0{code}"
        yield f"section\0{code[:5]}"
    if is_for_any(one):
        yield "any\0"
    if one.effective_from:
        yield f"from\0{one.effective_from}"
    if one.effective_to:
        yield f"to\0{one.effective_to}"
