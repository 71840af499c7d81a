"""How well a word fits an entry of the indicator library, and which characters of its name were meant."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from desktop.domain.library import Indicator
from desktop.domain.search_text import normal, signs, words
from desktop.domain.spelling import Spelled, spelled

LOOSE_LEAST, PART_LEAST = 3, 2  # letters that are taken loosely, and of each part of them
NUMBER_LEAST = 4  # digits of a code that may be typed without its letters
_VOWELS = "aeiouv"
_JOINING = "的和与及或"  # a word begins after these


class Quality(IntEnum):
    """How well a word fits an entry, best first."""

    WHOLE = 0  # it is the name or the code
    START = 1  # the name starts with it
    WORD = 2  # a word of the name does: after a bracket, a number, 的 和 与 及 或
    MIDDLE = 3  # it stands anywhere in the name
    CODE = 4  # the code starts with it, with or without its letters
    ALIAS = 5  # in another name
    SPELLED_WHOLE = 6  # pinyin or initials of the whole name
    SPELLED = 7  # of any part of it
    ABOUT = 8  # in the definition, the fund use, the category or a tag; or it is the typical value
    LOOSE = 9  # letters that no entry fits better


@dataclass(frozen=True, slots=True)
class Searched:
    """What of an entry is looked at, as `search_text` compares it.

    Attributes:
        name: Without blanks; ``name_places`` says where each sign stands in the entry's name.
        letters: Pinyin by characters; its places are those of the entry's name.
        definition: Searched by pairs of neighbours.
        belongs: Fund use, category and tags.
        values: Typical value, bare and with its unit.
    """

    name: str
    name_places: tuple[int, ...]
    code: str
    aliases: tuple[str, ...]
    initials: str
    letters: Spelled
    definition: str
    belongs: tuple[str, ...]
    values: tuple[str, ...]


def searched(one: Indicator) -> Searched:
    """Return what is searched of an entry."""
    name, places = signs(one.name)
    value = signs(one.typical_value)[0]
    return Searched(
        name,
        places,
        normal(one.code),
        tuple(alias for alias in (signs(text)[0] for text in one.aliases) if alias),
        normal(one.initials),
        spelled(one.name, normal(one.initials), normal(one.pinyin)),
        signs(one.definition)[0],
        belongs_to(one),
        tuple(dict.fromkeys((value, value + signs(one.unit)[0]))) if value else (),
    )


def belongs_to(one: Indicator) -> tuple[str, ...]:
    """Return the words for what an entry is used for, as `signs` gives them: fund use, category, tags."""
    found = (signs(text)[0] for text in (one.fund_use, one.category, *one.project_tags))
    return tuple(dict.fromkeys(text for text in found if text))


def word_starts(name: str) -> tuple[int, ...]:
    """Say where words inside a name begin: after a sign that is no letter, beside a number, after 的 and the like.

    A single last sign is no word: 率 in 普及率.
    """
    return tuple(
        at for at in range(1, len(name) - 1)
        if name[at].isalnum()
        and (name[at - 1] in _JOINING or not name[at - 1].isalnum() or name[at - 1].isascii() != name[at].isascii())
    )


def quality_of(entry: Searched, word: str) -> Quality | None:
    """Return how well a word fits an entry, by the best of its fields; None when it does not.

    Args:
        word: As `search_text.words` gives it.
    """
    if word in (entry.name, entry.code):
        return Quality.WHOLE
    at = entry.name.find(word)
    if at == 0:
        return Quality.START
    if at > 0:
        return Quality.WORD if begins_word(entry.name, word) else Quality.MIDDLE
    if is_code(word) and begins_code(entry.code, word):
        return Quality.CODE
    if any(word in alias for alias in entry.aliases):
        return Quality.ALIAS
    by_letters = _quality_of_letters(entry, word) if is_letters(word) else None
    if by_letters is None and (word in entry.values or _is_about(entry, word)):
        return Quality.ABOUT
    return by_letters


def loosely_fits(entry: Searched, word: str) -> bool:
    """Tell whether letters are first letters of the name in its order, some left out, or two parts that each fit it."""
    return may_be_loose(word) and (
        stands_in_order(entry.initials, word)
        or any(
            _quality_of_letters(entry, left) is not None and _quality_of_letters(entry, right) is not None
            for left, right in parts_of(word)
        )
    )


def may_be_loose(word: str) -> bool:
    """Tell whether a word may be taken loosely."""
    return is_letters(word) and len(word) >= LOOSE_LEAST


def stands_in_order(initials: str, word: str) -> bool:
    """Tell whether all letters of a word stand among the initials, in its order."""
    at = -1
    for letter in word:
        at = initials.find(letter, at + 1)
        if at < 0:
            return False
    return True


def parts_of(word: str) -> list[tuple[str, str]]:
    """Return the ways to part letters into two words of letters."""
    found = [(word[:at], word[at:]) for at in range(PART_LEAST, len(word) - PART_LEAST + 1)]
    return [(left, right) for left, right in found if is_letters(left) and is_letters(right)]


def is_code(word: str) -> bool:
    """Tell whether a word may be the start of a code: letters alone begin too many of them."""
    return len(word) > 1 and word.isascii() and any(sign.isdigit() for sign in word)


def is_number(word: str) -> bool:
    """Tell whether a word may be the start of a code whose letters were left out."""
    return len(word) >= NUMBER_LEAST and word.isascii() and word.isdigit()


def begins_code(code: str, word: str) -> bool:
    """Tell whether a code starts with a word, its letters left out or not."""
    return code.startswith(word) or (is_number(word) and number_of(code).startswith(word))


def number_of(code: str) -> str:
    """Return a code without the letters that it starts with."""
    return code.lstrip("abcdefghijklmnopqrstuvwxyz")


def begins_word(name: str, word: str) -> bool:
    """Tell whether a word inside the name begins with the word."""
    return any(name.startswith(word, at) for at in word_starts(name))


def is_letters(word: str) -> bool:
    """Tell whether a word may be pinyin or initials."""
    return word.isascii() and word.isalnum() and not word.isdigit()


def places_of(entry: Searched, text: str) -> tuple[int, ...]:
    """Return the characters of an entry's name that the words of a text stand for, to be marked."""
    found: set[int] = set()
    for word in words(text):
        at = entry.name.find(word)
        if at >= 0:
            starts = (0, *word_starts(entry.name))
            at = next((start for start in starts if entry.name.startswith(word, start)), at)
            found.update(entry.name_places[at : at + len(word)])
        elif is_letters(word):
            found.update(_spelled_places(entry, word) or _loose_places(entry, word))
    return tuple(sorted(found))


def alias_of(entry: Searched, one: Indicator, text: str) -> str:
    """Return the other name that a word fits which the name itself does not; empty when there is none."""
    for word in words(text):
        if (quality_of(entry, word) or Quality.WHOLE) is Quality.ALIAS:
            return next(alias for alias in one.aliases if word in signs(alias)[0])
    return ""


def _quality_of_letters(entry: Searched, word: str) -> Quality | None:
    if word in (entry.initials, "".join(entry.letters.letters)):
        return Quality.SPELLED_WHOLE
    if word in entry.initials or pinyin_start(entry.letters, word) is not None:
        return Quality.SPELLED
    return None


def pinyin_start(letters: Spelled, word: str) -> int | None:
    """Return at which character the pinyin of a name runs as the word does; its last syllable may be unfinished."""
    run = "".join(letters.letters)
    if len(word) < 2 or word not in run:
        return None
    at = 0
    for number, syllable in enumerate(letters.letters):
        if run.startswith(word, at):
            return number
        at += len(syllable)
    return None


def _spelled_places(entry: Searched, word: str) -> Sequence[int]:
    """Return the characters that letters stand for: syllables where a vowel was typed, else rather first letters."""
    by_syllables, by_initials = _syllable_places(entry, word), _initial_places(entry, word)
    return by_syllables or by_initials if set(word) & set(_VOWELS) else by_initials or by_syllables


def _syllable_places(entry: Searched, word: str) -> Sequence[int]:
    first = pinyin_start(entry.letters, word)
    if first is None:
        return ()
    last, left = first, len(word)
    while left > 0:
        left -= len(entry.letters.letters[last])
        last += 1
    return entry.letters.places[first:last]


def _loose_places(entry: Searched, word: str) -> Sequence[int]:
    if not may_be_loose(word):
        return ()
    for left, right in parts_of(word):
        both = (_spelled_places(entry, left), _spelled_places(entry, right))
        if all(both):
            return (*both[0], *both[1])
    lettered = [place for sign, place in zip(entry.name, entry.name_places, strict=True) if sign.isalnum()]
    if len(lettered) != len(entry.initials) or not stands_in_order(entry.initials, word):
        return ()
    found, at = [], -1
    for letter in word:
        at = entry.initials.index(letter, at + 1)
        found.append(lettered[at])
    return found


def _initial_places(entry: Searched, word: str) -> Sequence[int]:
    at = entry.initials.find(word)
    lettered = [place for sign, place in zip(entry.name, entry.name_places, strict=True) if sign.isalnum()]
    return lettered[at : at + len(word)] if at >= 0 and len(lettered) == len(entry.initials) else ()


def _is_about(entry: Searched, word: str) -> bool:
    pairs = {word[at : at + 2] for at in range(len(word) - 1)}
    return bool(pairs) and (
        any(word in text for text in entry.belongs) or all(pair in entry.definition for pair in pairs)
    )
