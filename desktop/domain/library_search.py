"""What a search in the indicator library asks, which entries fit, and in which order they come.

An entry fits a text when every word of it fits one of the entry's fields. Among those that fit, the order is, each
point deciding only where all before it are equal:

1. open in the fiscal year before retired (P-03);
2. how well the word fits that fits worst (`Quality`), then whether the words stand together in the name, then each word
   in the order typed;
3. how closely it belongs to the project's function code (`Fit`), then to the words of the project's name;
4. goals of this unit that use it; units of the region that do;
5. core before others; by kind of library, then by code.

`quality_of` and `places_of` say it for one entry; the store answers the same for a whole library from an index.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum

from desktop.domain.goal import LibraryKind
from desktop.domain.library import Indicator
from desktop.domain.search_text import normal, signs, words
from desktop.domain.spelling import Spelled, spelled

KIND_ORDER = (
    LibraryKind.CORE, LibraryKind.COMMON, LibraryKind.SPECIFIC, LibraryKind.DEPARTMENT, LibraryKind.CASE,
    LibraryKind.CUSTOM,
)
NUMBER_LEAST = 4  # digits of a code that may be typed without its letters
_VOWELS = "aeiouv"
_JOINING = "的和与及或"  # a word begins after these
_SECTION, _CLASS = 5, 3  # digits of a function code


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


class Fit(IntEnum):
    """How an entry belongs to a project's function code, closest first."""

    ITEM = 0  # it names the code
    SECTION = 1  # it names the first five digits
    CLASS = 2  # it names the first three digits
    NEAR = 3  # it names another code of the same section
    ANY = 4  # common or core, for no code in particular
    OTHER = 5


SUITS = (Fit.ITEM, Fit.SECTION, Fit.CLASS, Fit.ANY)  # may be used for the code


@dataclass(frozen=True, slots=True)
class LibraryQuery:
    """A question to the indicator library; an empty part asks for nothing.

    Attributes:
        text: Words that must all fit: any part of a name, pinyin, initials, start of a code, alias, definition.
        kinds: Values of `LibraryKind`; ``CORE`` also takes entries of other kinds that are core.
        function_code: Of the project; entries that suit it come first.
        only_fitting: Leave out entries that do not suit the function code.
        fiscal_year: Entries that are not open in it come last; 0 for no year.
        levels: Level-1 groups that the form has; empty for all.
        project_name: Entries whose fund use or tags it speaks of come before others that suit equally.
        except_goal: Doc id of a goal whose lines do not count as uses of this unit.
    """

    text: str = ""
    level1: str = ""
    level2: str = ""
    kinds: tuple[str, ...] = ()
    industry: str = ""
    category: str = ""
    fund_use: str = ""
    function_code: str = ""
    only_fitting: bool = False
    fiscal_year: int = 0
    levels: tuple[str, ...] = ()
    project_name: str = ""
    except_goal: str = ""


@dataclass(frozen=True, slots=True)
class LibraryFindings:
    """The first hits of a query in order, and counts over all that fit.

    Attributes:
        total: How many entries fit the query.
        level1, level2, kinds, industries, categories, fund_uses: How many would fit for each value, were the query's
            own filter of that name another; without the values that none has. Categories are those of the query's
            industry, fund uses those of its category.
        fitting: How many of the hits suit the function code.
        unit_uses: Goals of this unit that use a hit, by code; without those that none uses.
    """

    hits: tuple[Indicator, ...] = ()
    total: int = 0
    level1: Mapping[str, int] = field(default_factory=dict)
    level2: Mapping[str, int] = field(default_factory=dict)
    kinds: Mapping[str, int] = field(default_factory=dict)
    industries: Mapping[str, int] = field(default_factory=dict)
    categories: Mapping[str, int] = field(default_factory=dict)
    fund_uses: Mapping[str, int] = field(default_factory=dict)
    fitting: int = 0
    unit_uses: Mapping[str, int] = field(default_factory=dict)


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
            found.update(_spelled_places(entry, word))
    return tuple(sorted(found))


def alias_of(entry: Searched, one: Indicator, text: str) -> str:
    """Return the other name that a word fits which the name itself does not; empty when there is none."""
    for word in words(text):
        if (quality_of(entry, word) or Quality.WHOLE) is Quality.ALIAS:
            return next(alias for alias in one.aliases if word in signs(alias)[0])
    return ""


def fit_of(one: Indicator, function_code: str) -> Fit:
    """Return how an entry belongs to a function code; without a code, whether it is meant for any."""
    for fit, code in (
        (Fit.ITEM, function_code), (Fit.SECTION, function_code[:_SECTION]), (Fit.CLASS, function_code[:_CLASS])
    ):
        if code and code in one.applies_to:
            return fit
    section = function_code[:_SECTION]
    if len(section) == _SECTION and any(code.startswith(section) for code in one.applies_to):
        return Fit.NEAR
    return Fit.ANY if is_for_any(one) else Fit.OTHER


def is_for_any(one: Indicator) -> bool:
    """Tell whether an entry is meant for projects of every function code."""
    return not one.applies_to and (one.is_core or one.library_kind in (LibraryKind.COMMON, LibraryKind.CORE))


def nearness(belongs: str, project_name: str) -> int:
    """Return how many pairs of neighbours a project's name shares with a text of `belongs_to`."""
    name = signs(project_name)[0]
    return sum(name[at : at + 2] in belongs for at in range(len(name) - 1))


def static_key(one: Indicator) -> tuple[int, bool, int, str]:
    """Return the order of entries that no query touches: region, core, kind, code."""
    return -one.region_uses, not one.is_core, KIND_ORDER.index(one.library_kind), one.code


def rank_key(
    one: Indicator, entry: Searched, query: LibraryQuery, unit_uses: int
) -> tuple[object, ...] | None:
    """Return what an entry is ordered by among the hits, lowest first; None when the text does not fit it.

    The filters of the query are not looked at.
    """
    asked = words(query.text)
    found = [quality_of(entry, word) for word in asked]
    if None in found:
        return None
    qualities = [quality for quality in found if quality is not None]
    together = len(asked) > 1 and "".join(asked) in entry.name
    near = max((nearness(text, query.project_name) for text in entry.belongs), default=0)
    return (
        bool(query.fiscal_year) and not one.is_open_in(query.fiscal_year),
        max(qualities, default=Quality.WHOLE),
        not together,
        *qualities,
        fit_of(one, query.function_code),
        -near,
        -unit_uses,
        *static_key(one),
    )


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


def _initial_places(entry: Searched, word: str) -> Sequence[int]:
    at = entry.initials.find(word)
    lettered = [place for sign, place in zip(entry.name, entry.name_places, strict=True) if sign.isalnum()]
    return lettered[at : at + len(word)] if at >= 0 and len(lettered) == len(entry.initials) else ()


def _is_about(entry: Searched, word: str) -> bool:
    pairs = {word[at : at + 2] for at in range(len(word) - 1)}
    return bool(pairs) and (
        any(word in text for text in entry.belongs) or all(pair in entry.definition for pair in pairs)
    )
