"""A table that flows over pages: heads repeated, totals at the end, wide ones made smaller or split by columns."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from desktop.domain.printed.marks import (
    BOLD_RULE,
    LINE,
    POINT,
    THIN,
    Area,
    Mark,
    Measure,
    Page,
    PageSetup,
    Rule,
    Watermark,
    Words,
    lines_of,
)

NORMAL, LEAST = 9.0, 6.0  # points
PAD, MOST_LINES, TITLE_HIGH, FACTS_HIGH = 1.2, 4, 11.0, 5.5


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column.

    Attributes:
        width: Millimetres at 9 points that it would like.
        align: left, center or right.
        frozen: Repeated when a wide table is split by columns.
    """

    title: str
    width: float
    align: str = "left"
    frozen: bool = False


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of texts; ``kind`` is data, group (bold, shaded) or total (bold)."""

    cells: tuple[str, ...]
    kind: str = "data"


@dataclass(frozen=True, slots=True)
class TableContent:
    """Everything on the paper: title, facts below it (left and right), the table, notes and signatures at the end.

    Attributes:
        facts: Shown in one line under the title, spread over the width: 单位, 年度, 单位：元.
        notes: Paragraphs after the table.
        signatures: Words of the line where people sign, with their names if they are known.
    """

    title: str
    columns: tuple[TableColumn, ...]
    rows: tuple[TableRow, ...]
    totals: tuple[TableRow, ...] = ()
    facts: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    signatures: tuple[str, ...] = ()
    nothing: str = "没有内容"
    before: tuple[Mark, ...] = ()  # drawn above the table on the first page
    before_height: float = 0


@dataclass(frozen=True, slots=True)
class _Strip:
    """The columns that one row of pages holds: their places among all, and widths in millimetres."""

    places: tuple[int, ...]
    widths: tuple[float, ...]


def table_pages(content: TableContent, setup: PageSetup, measure: Measure) -> list[Page]:
    """Return the pages: every row exactly once in each strip of columns, the head on every page.

    The type shrinks from 9 to 6 points so that all columns fit the width; a table that is wider still is split into
    strips, each with the frozen columns again. A fixed scale keeps its size and splits instead.
    """
    wide, high = setup.size
    room = wide - 2 * setup.margin
    content = replace(content, columns=_with_room(content, measure))
    size, strips = _strips(content.columns, room, setup.scale)
    pages: list[Page] = []
    for number, strip in enumerate(strips):
        part = f"（{number + 1}/{len(strips)}）" if len(strips) > 1 else ""
        pages.extend(_Flow(content, setup, measure, size, strip, part).pages(wide, high))
    return pages


def _with_room(content: TableContent, measure: Measure) -> tuple[TableColumn, ...]:
    """Widen columns of numbers to their longest one: a number that is cut off would be another number."""
    found = []
    for at, column in enumerate(content.columns):
        texts = [row.cells[at] for row in (*content.rows, *content.totals) if at < len(row.cells)]
        longest = max(texts, key=len, default="") if column.align == "right" else ""
        room = measure(longest, NORMAL, True) + 3 * PAD if longest else 0
        found.append(replace(column, width=max(column.width, room)))
    return tuple(found)


def _strips(columns: Sequence[TableColumn], room: float, scale: int) -> tuple[float, list[_Strip]]:
    natural = sum(column.width for column in columns)
    size = NORMAL * scale / 100 if scale else max(LEAST, min(NORMAL, NORMAL * room / natural)) if natural else NORMAL
    widths = [column.width * size / NORMAL for column in columns]
    total = sum(widths)
    if total <= room + 0.01 or len(columns) <= 1:
        stretch = room / total if total else 1
        return size, [_Strip(tuple(range(len(columns))), tuple(width * stretch for width in widths))]
    frozen = [at for at, column in enumerate(columns) if column.frozen]
    if sum(widths[at] for at in frozen) > room / 2:
        frozen = []
    strips: list[_Strip] = []
    left = [at for at in range(len(columns)) if at not in frozen]
    while left:
        places, used = list(frozen), sum(widths[at] for at in frozen)
        while left and (used + widths[left[0]] <= room or len(places) == len(frozen)):
            used += min(widths[left[0]], room)
            places.append(left.pop(0))
        stretch = room / sum(widths[at] for at in places)
        strips.append(_Strip(tuple(places), tuple(widths[at] * stretch for at in places)))
    return size, strips


class _Flow:
    """Fills pages with the rows of one strip."""

    def __init__(self, content: TableContent, setup: PageSetup, measure: Measure, size: float, strip: _Strip,
                 part: str) -> None:
        self._content, self._setup, self._measure, self._size = content, setup, measure, size
        self._strip, self._part = strip, part
        self._line = size * POINT * LINE
        self._marks: list[Mark] = []
        self._y = self._table_top = 0.0

    def pages(self, wide: float, high: float) -> Iterator[Page]:
        content, bottom = self._content, high - self._setup.margin
        self._begin(first=True)
        started = self._y
        for row in (*content.rows, *content.totals):
            tall = self._height(row)
            if self._y + tall > bottom and self._y > started:
                self._uprights()
                yield Page(wide, high, tuple(self._marks))
                self._begin(first=False)
                started = self._y
            self._row(row, tall)
        self._uprights()
        if not content.rows:
            self._put(self._setup.margin, wide - 2 * self._setup.margin, self._line * 2, content.nothing, "center")
            self._y += self._line * 2
        yield from self._end(wide, high, bottom)

    def _begin(self, *, first: bool) -> None:
        content, left, room = self._content, self._setup.margin, sum(self._strip.widths)
        self._marks, self._y = [], self._setup.margin
        if first:
            self._marks.append(Words(left, self._y, room, TITLE_HIGH - 2, content.title + self._part, 15, bold=True,
                                     align="center"))
            self._y += TITLE_HIGH
            for at, fact in enumerate(content.facts):
                share = room / len(content.facts)
                last = at == len(content.facts) - 1 and at > 0
                align = "right" if last else "left" if at == 0 else "center"
                self._marks.append(Words(left + share * at, self._y, share, FACTS_HIGH, fact, 9, align=align))
            self._y += FACTS_HIGH if content.facts else 0
            if content.before:
                self._marks.extend(moved(mark, left, self._y) for mark in content.before)
                self._y += content.before_height
        self._head()

    def _head(self) -> None:
        titles = [self._content.columns[at].title for at in self._strip.places]
        wrapped = [lines_of(title, width - 2 * PAD, self._size, self._measure, bold=True)[:2]
                   for title, width in zip(titles, self._strip.widths, strict=True)]
        tall = max((len(lines) for lines in wrapped), default=1) * self._line + 2 * PAD
        left, self._table_top = self._setup.margin, self._y
        self._marks.append(Area(left, self._y, sum(self._strip.widths), tall))
        x = left
        for lines, width in zip(wrapped, self._strip.widths, strict=True):
            top = self._y + (tall - len(lines) * self._line) / 2
            for line in lines:
                self._marks.append(Words(x + PAD, top, width - 2 * PAD, self._line, line, self._size, bold=True,
                                         align="center"))
                top += self._line
            x += width
        self._grid(tall, heavy=True)
        self._y += tall

    def _height(self, row: TableRow) -> float:
        most = max((len(self._lines(row, at, width)) for at, width in self._cells()), default=1)
        return most * self._line + 2 * PAD * self._size / NORMAL

    def _cells(self) -> Iterator[tuple[int, float]]:
        yield from zip(self._strip.places, self._strip.widths, strict=True)

    def _lines(self, row: TableRow, at: int, width: float) -> list[str]:
        text, column = row.cells[at] if at < len(row.cells) else "", self._content.columns[at]
        if column.align == "right" or not text:
            return [text]  # a number is never broken; it shrinks into its cell instead
        lines = lines_of(text, width - 2 * PAD, self._size, self._measure, bold=row.kind != "data")
        if len(lines) > MOST_LINES:
            lines = [*lines[: MOST_LINES - 1], lines[MOST_LINES - 1][:-1] + "…"]
        return lines

    def _row(self, row: TableRow, tall: float) -> None:
        bold, x = row.kind != "data", self._setup.margin
        if row.kind == "group":
            self._marks.append(Area(x, self._y, sum(self._strip.widths), tall))
        for at, width in self._cells():
            lines = self._lines(row, at, width)
            top = self._y + (tall - len(lines) * self._line) / 2
            for line in lines:
                if line:
                    self._marks.append(Words(x + PAD, top, width - 2 * PAD, self._line, line, self._size, bold=bold,
                                             align=self._content.columns[at].align, field=True))
                top += self._line
            x += width
        self._grid(tall, heavy=row.kind == "total")
        self._y += tall

    def _grid(self, tall: float, *, heavy: bool) -> None:
        left, top, bottom = self._setup.margin, self._y, self._y + tall
        right = left + sum(self._strip.widths)
        self._marks.append(Rule(left, top, right, top, BOLD_RULE if heavy else THIN))
        self._marks.append(Rule(left, bottom, right, bottom, THIN))

    def _uprights(self) -> None:
        """Draw the lines between the columns, once a page: a line in each cell makes large tables slow."""
        x = self._setup.margin
        for width in (0.0, *self._strip.widths):
            x += width
            self._marks.append(Rule(x, self._table_top, x, self._y, THIN))

    def _put(self, x: float, width: float, tall: float, text: str, align: str = "left") -> None:
        self._marks.append(Words(x, self._y, width, tall, text, NORMAL, align=align))

    def _end(self, wide: float, high: float, bottom: float) -> Iterator[Page]:
        """Put notes and signatures after the table, on a page of their own when they do not fit."""
        content, left = self._content, self._setup.margin
        room = wide - 2 * left
        notes = [line for note in content.notes for line in lines_of(note, room, NORMAL, self._measure)]
        line = NORMAL * POINT * LINE
        needed = len(notes) * line + (line * 2 if content.signatures else 0) + 2
        if (notes or content.signatures) and self._y + needed > bottom:
            yield Page(wide, high, tuple(self._marks))
            self._marks, self._y = [], left
        self._y += 2
        for note in notes:
            self._put(left, room, line, note)
            self._y += line
        for at, word in enumerate(content.signatures):
            share = room / len(content.signatures)
            self._marks.append(Words(left + share * at, self._y + line * 0.6, share, line, word, NORMAL))
        yield Page(wide, high, tuple(self._marks))


def moved(mark: Mark, dx: float, dy: float) -> Mark:
    """Return a mark at another place."""
    if isinstance(mark, Rule):
        return replace(mark, x1=mark.x1 + dx, x2=mark.x2 + dx, y1=mark.y1 + dy, y2=mark.y2 + dy)
    if isinstance(mark, Watermark):
        return mark
    return replace(mark, x=mark.x + dx, y=mark.y + dy)
