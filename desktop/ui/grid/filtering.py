"""Which rows of a table fit, and in which order they are shown: values, ranges, errors. Knows texts, no widgets."""

import datetime
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from desktop.ui.grid.columns import ColumnSpec, SheetSource, show
from desktop.ui.kit.choices import Choice
from desktop.ui.kit.numbers import format_number

MOST_VALUES = 1_000
BLANK = "（空白）"
Bound = Decimal | datetime.date


@dataclass(frozen=True, slots=True)
class ColumnFilter:
    """What a row must have in one column; everything that is set must hold.

    Attributes:
        values: Texts that are shown, "" for an empty cell; None: any.
        least, most: Range of numbers or dates, both ends included; a cell without a value does not fit.
        nonzero: Only numbers other than zero.
        blank: Only empty cells.
        errors: Only cells with an error.
    """
    values: frozenset[str] | None = None
    least: Bound | None = None
    most: Bound | None = None
    nonzero: bool = False
    blank: bool = False
    errors: bool = False

    def __bool__(self) -> bool:
        return self != _ANYTHING

    def words(self, title: str) -> str:
        """Return what the chip over the table says, "本年申报数：≥ 1,000.00、仅错误"."""
        said = []
        if self.values is not None:
            said.append(_listed(self.values))
        if self.least is not None and self.most is not None:
            said.append(f"{_bound(self.least)} 至 {_bound(self.most)}")
        elif self.least is not None:
            said.append(f"≥ {_bound(self.least)}")
        elif self.most is not None:
            said.append(f"≤ {_bound(self.most)}")
        flags = ((self.nonzero, "仅非零"), (self.blank, "仅空白"), (self.errors, "仅错误"))
        return f"{title}：{'、'.join(said + [word for on, word in flags if on])}"


_ANYTHING = ColumnFilter()


def _listed(values: frozenset[str]) -> str:
    first = min(values, default="") or BLANK
    return first if len(values) == 1 else f"{first} 等 {len(values)} 项"


def _bound(bound: Bound) -> str:
    return format_number(bound) if isinstance(bound, Decimal) else bound.isoformat()


def offers_filter(spec: ColumnSpec) -> bool:
    """Tell whether the head of a column offers a filter: not where there is nothing to choose among."""
    return spec.filter and spec.kind not in ("index", "link")


@dataclass(frozen=True, slots=True)
class ColumnCells:
    """One column over all source rows: what is shown, and what is behind it."""
    texts: Sequence[str]
    values: Sequence[object]


def read_cells(source: SheetSource, spec: ColumnSpec, drafts: Mapping[tuple[int, str], str],
               say: Callable[[ColumnSpec, object], str] = show) -> ColumnCells:
    """Return a column's texts and values over all source rows.

    Args:
        drafts: Texts that could not be read, by source row and key.
        say: Gives the text that stands for a value.
    """
    count, key, value = source.row_count(), spec.key, source.value
    values = [value(row, key) for row in range(count)]
    if spec.kind == "index":
        texts = [str(row + 1) if one is None else say(spec, one) for row, one in enumerate(values)]
    else:
        texts = [say(spec, one) for one in values]
    for row, of in drafts:
        if of == key and row < count:
            texts[row] = drafts[row, of]
    return ColumnCells(texts, values)


def fits(wanted: ColumnFilter, cells: ColumnCells, is_wrong: Callable[[int], bool]) -> Callable[[int], bool]:
    """Return the question whether a source row fits one column's filter.

    Args:
        is_wrong: Tells whether the row's cell in this column has an error.
    """
    texts, values = cells.texts, cells.values

    def answer(row: int) -> bool:
        if wanted.values is not None and texts[row] not in wanted.values:
            return False
        if wanted.blank and texts[row].strip() and not _is_zero(values[row]):
            return False
        if wanted.nonzero and (not isinstance(values[row], (Decimal, int)) or not values[row]):
            return False
        if (wanted.least is not None or wanted.most is not None) and not _inside(values[row], wanted):
            return False
        return not wanted.errors or is_wrong(row)

    return answer


def _is_zero(value: object) -> bool:
    return value is None or (isinstance(value, (Decimal, int)) and not value)


def _inside(value: object, wanted: ColumnFilter) -> bool:
    for bound, sign in ((wanted.least, 1), (wanted.most, -1)):
        if isinstance(bound, Decimal):
            if not isinstance(value, (Decimal, int)) or (value - bound) * sign < 0:
                return False
        elif bound is not None and (not isinstance(value, datetime.date) or (value - bound).days * sign < 0):
            return False
    return True


def sort_keys(spec: ColumnSpec, cells: ColumnCells) -> Sequence[tuple[bool, object]]:
    """Return by what rows are sorted: numbers and dates by size, codes by code, texts by text; empty ones last."""
    if spec.numeric or spec.kind == "date":
        return [(one is None, _ZERO[spec.kind == "date"] if one is None else one) for one in cells.values]
    if spec.kind == "index":
        return [(False, row) for row in range(len(cells.texts))]
    if spec.kind == "check":
        return [(False, not one) for one in cells.values]
    if spec.kind == "code":
        return [(not text, one.code if isinstance(one, Choice) else text)
                for text, one in zip(cells.texts, cells.values, strict=True)]
    return [(not text, text) for text in cells.texts]


_ZERO: Mapping[bool, object] = {False: Decimal(0), True: datetime.date.min}


def arranged(count: int, kinds: Sequence[str], questions: Sequence[Callable[[int], bool]],
             keys: Sequence[tuple[bool, object]] | None, *, descending: bool = False) -> list[int]:
    """Return the source rows to be shown, in order.

    Rows are sorted within their group; the head of a group stays in front of it, and goes when none of its rows fits.
    Equal rows keep the stored order, empty cells come last in both directions.

    Args:
        count: How many source rows there are.
        kinds: data, group or void of every row; empty: all are data.
        questions: What every shown row answers with yes.
        keys: By what rows are sorted; None: as stored.
    """
    if not kinds or "group" not in kinds:
        return _sorted([row for row in range(count) if all(ask(row) for ask in questions)], keys, descending)
    found: list[int] = []
    heads: list[int] = []
    part: list[int] = []
    for row in range(count + 1):
        if row < count and kinds[row] != "group":
            part.append(row)
            continue
        kept = _sorted([at for at in part if all(ask(at) for ask in questions)], keys, descending)
        if kept or not questions:
            found += heads + kept
        if kept or part or not questions:
            heads = []
        part = []
        if row < count:
            heads.append(row)
    return found + (heads if not questions else [])


def _sorted(rows: list[int], keys: Sequence[tuple[bool, object]] | None, descending: bool) -> list[int]:
    if keys is None:
        return rows
    filled, empty = [row for row in rows if not keys[row][0]], [row for row in rows if keys[row][0]]
    # Python's `reverse` keeps equal rows in their stored order.
    filled.sort(key=lambda row: keys[row][1], reverse=descending)  # type: ignore[arg-type,return-value]
    return filled + empty


@dataclass(frozen=True, slots=True)
class ValueCount:
    """A distinct text of a column, in how many rows it stands, and the code or number behind it."""
    text: str
    count: int
    plain: str


def value_counts(spec: ColumnSpec, cells: ColumnCells, rows: Iterable[int]) -> list[ValueCount]:
    """Return the distinct texts of a column among some source rows, in their natural order, empty ones last."""
    counts: Counter[str] = Counter()
    first: dict[str, int] = {}
    texts = cells.texts
    for row in rows:
        counts[texts[row]] += 1
        first.setdefault(texts[row], row)
    keys = sort_keys(spec, cells)
    order = sorted(first, key=lambda text: keys[first[text]])
    return [ValueCount(text, counts[text], _plain(cells.values[first[text]])) for text in order]


def _plain(value: object) -> str:
    return f"{value.code} {value.initials}" if isinstance(value, Choice) else str(value) \
        if isinstance(value, (Decimal, int)) else ""


def is_found(text: str, plain: str, typed: str, initials: Callable[[str], str]) -> bool:
    """Tell whether a cell fits what was typed: every word in its text, its code or number, or its pinyin initials.

    Args:
        text: What the cell shows.
        plain: The code with its initials, or the bare number, behind it.
        initials: Gives the pinyin initials of a text; only asked for words of Latin letters.
    """
    shown, behind = text.lower(), plain.lower()
    return all(word in shown or word in behind or (_spells(word) and _has_chinese(text) and word in initials(text))
               for word in typed.lower().split())


def _spells(word: str) -> bool:
    return word.isascii() and word.isalpha()


def _has_chinese(text: str) -> bool:
    return any(sign > "\u2e80" for sign in text)
