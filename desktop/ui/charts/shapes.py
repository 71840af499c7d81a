"""Values that charts show, and the steps they share: bars, hatch, legend."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QBrush, QPainter

from desktop.ui.kit.icons import qcolor
from desktop.ui.kit.paint import draw_text, text_width
from desktop.ui.kit.typography import font, px

KEY, KEY_GAP, ITEM_GAP = 10, 6, 16


@dataclass(frozen=True, slots=True)
class Legend:
    """A key of the legend: word, colour token, and solid, hatch or mark (an upright line)."""
    word: str
    token: str
    kind: str = "solid"


def share(part: Decimal, whole: Decimal, width: int) -> int:
    """Return how many of `width` pixels a part of a whole takes, 0 to width."""
    if whole <= 0 or part <= 0:
        return 0
    return min(width, round(width * part / whole))


def hatch(painter: QPainter, box: QRect, token: str, under: str = "base") -> None:
    """Fill a box with slanted lines, the sign for what is reserved."""
    painter.fillRect(box, qcolor(under))
    painter.fillRect(box, QBrush(qcolor(token), Qt.BrushStyle.BDiagPattern))


def paint_legend(painter: QPainter, left: int, middle: int, entries: Sequence[Legend]) -> int:
    """Draw the legend from a left edge around a vertical middle; return where it ends."""
    for entry in entries:
        box = QRect(left, middle - 4, KEY, 8)
        if entry.kind == "hatch":
            hatch(painter, box, entry.token)
        elif entry.kind == "mark":
            painter.fillRect(left + 4, middle - 6, 2, 12, qcolor(entry.token))
        else:
            painter.fillRect(box, qcolor(entry.token))
        width = text_width(font("caption"), entry.word)
        place = QRect(left + KEY + KEY_GAP, middle - px(10), width + 2, px(20))
        draw_text(painter, place, entry.word, font("caption"), "text2")
        left += KEY + KEY_GAP + width + ITEM_GAP
    return left


def percent(part: Decimal, whole: Decimal) -> str:
    """Return a share as 88.1%, or a dash when there is no whole."""
    return f"{part / whole * 100:.1f}%" if whole > 0 else "—"


def in_short(yuan: Decimal) -> str:
    """Return an amount in as few signs as a narrow column has room for: 86.3万, 1.2亿, 940."""
    for unit, word in ((Decimal(100_000_000), "亿"), (Decimal(10_000), "万")):
        if abs(yuan) >= unit:
            number = yuan / unit
            return f"{_rounded(number, '1' if abs(number) >= 100 else '0.1')}{word}"
    return str(_rounded(yuan, "1"))


def _rounded(number: Decimal, step: str) -> Decimal:
    return number.quantize(Decimal(step), ROUND_HALF_UP)
