"""A page and what stands on it, in millimetres from its upper left corner. Nothing here knows how it is drawn."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

# Width in millimetres of one line of text: text, size in points, bold.
Measure = Callable[[str, float, bool], float]

POINT = 25.4 / 72  # millimetres
LINE = 1.32  # height of a line of Chinese, in heights of its type
HAIR, THIN, BOLD_RULE = 0.1, 0.15, 0.4  # widths of rules


@dataclass(frozen=True, slots=True)
class Paper:
    """A kind of paper; width and height in millimetres as it is fed upright."""

    key: str
    name: str
    width: float
    height: float


PAPERS: Mapping[str, Paper] = {
    one.key: one
    for one in (
        Paper("A4", "A4", 210, 297),
        Paper("A3", "A3", 297, 420),
        Paper("VOUCHER", "凭证纸 241×140", 140, 241),
    )
}


@dataclass(frozen=True, slots=True)
class PageSetup:
    """What a report is printed on.

    Attributes:
        paper: Key of `PAPERS`.
        landscape: Lying; the voucher's paper always lies.
        margin: Millimetres that stay free on all sides.
        scale: Percent; 0 fits the width.
    """

    paper: str = "A4"
    landscape: bool = False
    margin: float = 12
    scale: int = 0

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the sheet as it is read."""
        found = PAPERS[self.paper]
        return (found.height, found.width) if self.landscape or self.paper == "VOUCHER" else (found.width, found.height)


@dataclass(frozen=True, slots=True)
class Words:
    """A text inside a rectangle.

    Attributes:
        size: Points.
        align: left, center or right.
        field: Data that is filled in; over a pre-printed form only these are printed.
        tone: text, grey or unit (the unit's colour).
        fit: Make the type smaller, down to 6 points, rather than cut the end off.
    """

    x: float
    y: float
    width: float
    height: float
    text: str
    size: float = 9
    bold: bool = False
    align: str = "left"
    field: bool = False
    tone: str = "text"
    fit: bool = True


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line."""

    x1: float
    y1: float
    x2: float
    y2: float
    width: float = THIN


@dataclass(frozen=True, slots=True)
class Area:
    """A filled rectangle: head (light grey) or unit (the unit's colour)."""

    x: float
    y: float
    width: float
    height: float
    tone: str = "head"


@dataclass(frozen=True, slots=True)
class Picture:
    """A place for a drawing that the report carries under this key."""

    x: float
    y: float
    width: float
    height: float
    key: str


@dataclass(frozen=True, slots=True)
class Watermark:
    """Light words across the page, behind everything."""

    text: str


Mark = Words | Rule | Area | Picture | Watermark


@dataclass(frozen=True, slots=True)
class Page:
    """A sheet of paper and its marks, in the order in which they are drawn."""

    width: float
    height: float
    marks: tuple[Mark, ...]

    def texts(self) -> list[str]:
        """Return every text on it, in order."""
        return [mark.text for mark in self.marks if isinstance(mark, Words)]

    def only_fields(self) -> "Page":
        """Return what is printed over a pre-printed form: the fields, and 草稿 where it is one."""
        kept = tuple(mark for mark in self.marks if isinstance(mark, Watermark) or _is_field(mark))
        return replace(self, marks=kept)

    def without_fields(self) -> "Page":
        """Return the form that is already on the paper."""
        kept = tuple(mark for mark in self.marks if not (isinstance(mark, Watermark) or _is_field(mark)))
        return replace(self, marks=kept)


def _is_field(mark: Mark) -> bool:
    return isinstance(mark, Words) and mark.field


@dataclass(frozen=True, slots=True)
class PrintFrame:
    """What stands on every page of every report: whose it is, who printed it, when, and how far it has come.

    Attributes:
        at: When it was printed, as written on the paper.
        watermarks: 草稿 on anything that has not arrived, 演示 in the rehearsal.
    """

    unit_code: str
    unit_name: str
    printed_by: str = ""
    at: str = ""
    watermarks: tuple[str, ...] = ()


def framed(pages: Sequence[Page], frame: PrintFrame, margin: float) -> list[Page]:
    """Return the pages with the unit above, printer and page number below, and the watermark behind."""
    done = []
    for number, page in enumerate(pages, start=1):
        wide, low = page.width - 2 * margin, page.height - margin + 1.5
        unit = f"{frame.unit_code} {frame.unit_name}"
        by = f"打印：{frame.printed_by} {frame.at}" if frame.printed_by else frame.at
        own = tuple(mark.text for mark in page.marks if isinstance(mark, Watermark))
        words = tuple(dict.fromkeys((*frame.watermarks, *own)))
        around: list[Mark] = [Watermark(" · ".join(words))] if words else []
        around += [
            Area(margin, margin - 6, 2.2, 3.8, "unit"),
            Words(margin + 3.4, margin - 6.2, wide / 2, 4.2, unit, 8, bold=True),
            Words(margin, low, wide / 2, 4, by, 7, tone="grey"),
            Words(margin + wide / 2, low, wide / 2, 4, f"第 {number} 页 / 共 {len(pages)} 页", 7, align="right",
                  tone="grey"),
        ]
        done.append(replace(page, marks=(*around, *(mark for mark in page.marks if not isinstance(mark, Watermark)))))
    return done


def lines_of(text: str, width: float, size: float, measure: Measure, *, bold: bool = False) -> list[str]:
    """Break a text into lines that fit a width: between Chinese signs anywhere, inside Latin words and numbers never.

    A word longer than the width is broken where it must be. An empty text is one empty line.
    """
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for piece in _pieces(paragraph):
            if line and measure(line + piece, size, bold) > width:
                lines.append(line.rstrip())
                line = piece.lstrip()
            else:
                line += piece
            while len(line) > 1 and measure(line, size, bold) > width:
                cut = len(line) - 1
                while cut > 1 and measure(line[:cut], size, bold) > width:
                    cut -= 1
                lines.append(line[:cut])
                line = line[cut:]
        lines.append(line)
    return lines


_NO_START = "，。；：、！？）】》”’%％）,.;:!?)]}"


def _pieces(text: str) -> list[str]:
    """Split into parts that may start a line; closing marks stay with what is before them."""
    pieces: list[str] = []
    for sign in text:
        joins = pieces and (sign in _NO_START or (_latin(sign) and _latin(pieces[-1][-1])))
        if joins:
            pieces[-1] += sign
        else:
            pieces.append(sign)
    return pieces


def _latin(sign: str) -> bool:
    return sign.isascii() and not sign.isspace()
