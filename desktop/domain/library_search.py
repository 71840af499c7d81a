"""What a search in the indicator library asks, which entries fit, and in which order they come.

An entry fits a text when every word of it fits one of the entry's fields. Among those that fit, the order is, each
point deciding only where all before it are equal:

1. open in the fiscal year before retired (P-03);
2. how well the word fits that fits worst (`library_matching.Quality`), then whether the words stand together in the
   name, then each word in the order typed;
3. how closely it belongs to the project's function code (`Fit`), then to the words of the project's name;
4. goals of this unit that use it; units of the region that do;
5. core before others; by kind of library, then by code.

Letters that fit no entry at all are taken loosely (`library_matching.loosely_fits`): ``shzl`` finds 沙化土地治理面积.
A library of ten thousands does so only where no more than two thousand names hold all the letters.

`library_matching` says it for one entry; the store answers the same for a whole library from an index.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import IntEnum

from desktop.domain.goal import LibraryKind
from desktop.domain.library import Indicator
from desktop.domain.library_matching import Quality, Searched, loosely_fits, quality_of
from desktop.domain.search_text import signs, words

KIND_ORDER = (
    LibraryKind.CORE, LibraryKind.COMMON, LibraryKind.SPECIFIC, LibraryKind.DEPARTMENT, LibraryKind.CASE,
    LibraryKind.CUSTOM,
)
_SECTION, _CLASS = 5, 3  # digits of a function code


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
        loose: Whether a word had to be taken loosely.
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
    loose: bool = False
    unit_uses: Mapping[str, int] = field(default_factory=dict)


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
    one: Indicator, entry: Searched, query: LibraryQuery, unit_uses: int, loose: Collection[str] = ()
) -> tuple[object, ...] | None:
    """Return what an entry is ordered by among the hits, lowest first; None when the text does not fit it.

    The filters of the query are not looked at.

    Args:
        loose: Words that no entry of the library fits.
    """
    asked = words(query.text)
    found = [
        Quality.LOOSE if word in loose and loosely_fits(entry, word) else quality_of(entry, word) for word in asked
    ]
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
