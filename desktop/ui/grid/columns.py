"""What a table is made of: column descriptions, the source of its rows, marks of its cells."""

import datetime
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from desktop.domain.expression import NARROW
from desktop.ui.grid.formula import Formula
from desktop.ui.kit.choices import Choice, Finder, rank
from desktop.ui.kit.dates import NotADate, parse_date
from desktop.ui.kit.numbers import NotANumber, format_number, group_digits, parse_number

SCIENTIFIC = re.compile(r"[0-9](?:\.[0-9]+)?[Ee]\+?[0-9]{1,2}")  # a long number after Excel has rounded it
NUMERIC = ("amount", "number", "percent")


@dataclass(frozen=True, slots=True)
class CodeNode:
    """A code of a classification; one without children may be chosen. The topmost have no parent."""
    code: str
    name: str
    parent: str = ""
    initials: str = ""


@dataclass(frozen=True, slots=True)
class ColumnSpec:
    """One column.

    Attributes:
        key: What the source calls it.
        kind: text, amount (yuan, Decimal), number, percent (60.00 is shown 60.00%), date (datetime.date), code or
            choice (value: Choice or None), digits (long number in groups of four), check (bool), pill (a state
            key, or "key|word"), index (row number, drawn by the grid), rich (value: Rich), link (str).
        width: Logical pixels at 10 pt.
        editable: Cells may be typed into unless the source gives a reason.
        tint: "ro" for what the platform gave, "fx" for what a formula gives; drawn in head and cells.
        reason: Why cells cannot be typed into, said by the bubble when `editable` is off.
        choices: Rows for code and choice: a sequence or a search.
        places: Decimals of number and percent.
        zero_blank: Zero is shown as nothing.
        stretch: Share of the width that is left over; 0 keeps `width`.
        dim_repeat: Grey when the row above holds the same.
        menu: The head shows an arrow and a click emits `column_menu_requested`.
        fold_below: Hidden while the window is narrower than this.
        room: Hidden while the table itself is narrower than this, logical pixels at 10 pt.
        year, month: Fill in short dates.
        tree: Gives all codes with their parents, for the tree that F2 and F7 open; only leaves may be chosen.
        phrases: Sentences offered in a text column, besides those used in the column before.
        refs: After "=" the numbers of the same row may be named by their columns' titles (=人数*标准).
        align: "left", "right" or "center"; empty: by kind.
        filter: The head offers a filter.
    """
    key: str
    title: str
    kind: str = "text"
    width: int = 108
    editable: bool = False
    tint: str = ""
    reason: str = ""
    choices: Sequence[Choice] | Finder | None = None
    places: int = 2
    zero_blank: bool = True
    stretch: int = 0
    dim_repeat: bool = False
    menu: bool = False
    fold_below: int = 0
    room: int = 0
    year: int = 0
    month: int = 1
    align: str = ""
    tree: Callable[[], Sequence[CodeNode]] | None = None
    phrases: Sequence[str] = ()
    refs: bool = False
    filter: bool = True

    def find(self, typed: str) -> Sequence[Choice]:
        """Return the rows that fit a typed text, best first."""
        if self.choices is None:
            return ()
        return self.choices(typed) if callable(self.choices) else rank(self.choices, typed)

    @property
    def numeric(self) -> bool:
        """Tell whether values are numbers."""
        return self.kind in NUMERIC


@dataclass(frozen=True, slots=True)
class Rich:
    """A cell with an icon, a tag or a tone of its own: paper clip and count, tick and 相符, 数量 before a name."""
    text: str
    tone: str = "text"
    icon: str = ""
    bold: bool = False
    tag: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """What a cell says beside its value.

    Attributes:
        level: error, warning, info or empty.
        message: Shown in the tooltip, with rule number and remedy.
        changed: Changed since it was last sent (small blue corner).
        note: Has a note (small grey corner).
    """
    level: str = ""
    message: str = ""
    changed: bool = False
    note: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """Whether the source took a value; if not, the typed text stays in the cell with this message."""
    taken: bool = True
    message: str = ""


NO_MARK, TAKEN = Mark(), Outcome()


class SheetSource(Protocol):
    """Where a table's rows come from; a page inherits it and overrides what it has.

    The source is the only owner of values. It may compute other cells in `set_value`; the table asks again.
    """

    def row_count(self) -> int:
        """Return how many rows there are, groups included, the row for a new line not."""
        ...

    def value(self, row: int, key: str) -> object:
        """Return what a cell holds, in the type that its column's kind names; None when empty."""
        ...

    def set_value(self, row: int, key: str, value: object) -> Outcome:
        """Take a new value that was typed, pasted, filled or brought back by undo."""
        return Outcome(False, "这里不能修改")

    def read_only_reason(self, row: int, key: str) -> str:
        """Return why this one cell cannot be typed into; empty when it can."""
        return ""

    def mark(self, row: int, key: str) -> Mark:
        """Return error, warning, change and note of a cell."""
        return NO_MARK

    def row_kind(self, row: int) -> str:
        """Return data, group (bold, no vertical lines) or void (grey)."""
        return "data"

    def add_label(self) -> str:
        """Return the words of the row for a new line ("在此输入新的一行"); empty: no rows can be added."""
        return ""

    def insert_row(self, at: int) -> None:
        """Add an empty row; only called while `add_label` is not empty. `TypeError` where rows are fixed."""
        raise TypeError(f"{type(self).__name__} has a fixed set of rows")

    def remove_row(self, at: int) -> None:
        """Remove a row that `insert_row` or the user added. `TypeError` where rows are fixed."""
        raise TypeError(f"{type(self).__name__} has a fixed set of rows")

    def set_values(self, cells: Sequence[tuple[int, str, object]]) -> Sequence[Outcome]:
        """Take many values at once, in this order; a source over one immutable document makes it anew only once."""
        return [self.set_value(row, key, value) for row, key, value in cells]

    def insert_rows(self, at: int, count: int) -> None:
        """Add empty rows in one go."""
        for row in range(at, at + count):
            self.insert_row(row)

    def remove_rows(self, at: int, count: int) -> None:
        """Remove rows that lie together, in one go."""
        for _ in range(count):
            self.remove_row(at)

    def snapshot(self) -> object:
        """Return all that edits may change, as an immutable value; undo gives it back exactly. None: by cells."""
        return None

    def restore(self, snapshot: object) -> None:
        """Take back what `snapshot` gave; rows have already come or gone. `TypeError` where it gives none."""
        raise TypeError(f"{type(self).__name__} gives no snapshot")

    def usual(self, row: int, key: str) -> Decimal | None:
        """Return last year's amount for a cell, by which a paste in the wrong unit of money is recognised."""
        return None

    def money_unit(self) -> str:
        """Return 元 or 万元, as amounts are typed here."""
        return "元"

    def formula(self, row: int, key: str) -> Formula | None:
        """Return how a cell of a formula column came about, for the inspector."""
        return None

    def recompute(self) -> bool:
        """Compute anew what is stored of formulas (运算 F9); tell whether anything is, and not computed when shown."""
        return False

    def ticked_count(self, key: str) -> int | None:
        """Return how many rows are ticked where the source knows it without looking at each; None: look at them."""
        return None

    def total(self, key: str) -> object:
        """Return what the total row shows: Decimal, str, Rich or None."""
        return None

    def total_mark(self, key: str) -> Mark:
        """Return the mark of a total."""
        return NO_MARK


class Unreadable(ValueError):
    """A typed text does not fit its column; the message says why, in Chinese."""


def read(column: ColumnSpec, text: str, names: Mapping[str, Decimal] | None = None) -> object:
    """Turn a typed or pasted text into a value of the column's type; None when empty.

    Args:
        names: Numbers of the row that an expression may name, by the titles of their columns.

    Raises:
        Unreadable: It does not fit.
    """
    stripped = text.strip()
    try:
        if column.kind == "percent":
            bare = stripped if stripped[:1] in ("=", "＝") else stripped.removesuffix("%").removesuffix("％")
            return parse_number(bare, column.places, names)
        if column.numeric:
            return parse_number(stripped, 2 if column.kind == "amount" else column.places, names)
        if column.kind == "date":
            return parse_date(stripped, column.year or datetime.MINYEAR, column.month)
    except (NotANumber, NotADate) as problem:
        raise Unreadable(str(problem)) from None
    if column.kind in ("code", "choice"):
        return _read_choice(column, stripped)
    if column.kind == "check":
        return stripped in ("1", "是", "√", "✓", "TRUE", "true")
    if column.kind == "digits":
        return _read_digits(stripped)
    return text.strip("\r\n")


def _read_digits(text: str) -> str:
    if SCIENTIFIC.fullmatch(text):
        raise Unreadable("号码已被 Excel 改成科学计数，无法还原，请按原始资料重新填写")
    return text.translate(NARROW).replace(" ", "")


def _read_choice(column: ColumnSpec, text: str) -> Choice | None:
    if not text:
        return None
    hits = column.find(text) or column.find(text.split()[0])
    exact = [row for row in hits if text in (row.code, row.name, row.label, row.shown)]
    first = [row for row in hits if text.split()[0] == row.code]
    for rows in (exact, first, hits if len(hits) == 1 else ()):
        if rows:
            return rows[0]
    raise Unreadable(f"没有找到“{text}”" if not hits else f"“{text}”有 {len(hits)} 个可能，请从列表里选")


def show(column: ColumnSpec, value: object) -> str:
    """Return the text that a cell shows."""
    if value is None:
        return ""
    if column.numeric and isinstance(value, (Decimal, int)):
        places = 2 if column.kind == "amount" else column.places
        text = format_number(value, places, zero_blank=column.zero_blank)
        return f"{text}%" if text and column.kind == "percent" else text
    if isinstance(value, Choice):
        return value.label
    if isinstance(value, Rich):
        return value.text
    if isinstance(value, datetime.date):
        return value.isoformat()
    if column.kind == "digits":
        return group_digits(str(value))
    if column.kind == "check":
        return "是" if value else ""
    return str(value)


def plain(column: ColumnSpec, value: object) -> str:
    """Return the text that goes to the clipboard: numbers without commas, codes without names."""
    if value is None:
        return ""
    if column.numeric and isinstance(value, (Decimal, int)):
        return str(value)
    if isinstance(value, Choice):
        return value.code if column.kind == "code" else value.name
    return str(value) if column.kind == "digits" else show(column, value)


def typed_form(column: ColumnSpec, value: object) -> str:
    """Return the text that the editor opens with."""
    if column.numeric and isinstance(value, (Decimal, int)):
        return format_number(value, 2 if column.kind == "amount" else column.places)
    return show(column, value)


