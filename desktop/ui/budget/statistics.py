"""What the status bar says about the selected cells of a budget sheet."""

from collections.abc import Sequence
from decimal import Decimal

from desktop.domain.money import LARGEST
from desktop.domain.words import in_words
from desktop.texts import tr
from desktop.ui.grid.statistics import Statistics
from desktop.ui.kit.numbers import format_number
from desktop.ui.shell.state import Segment

FEN = Decimal("0.01")


def segments(found: Statistics, *, in_wan: bool) -> tuple[Sequence[Segment], Sequence[Segment]]:
    """Return sum, mean, count and the sum in words at the left, the unit of money at the right."""
    left = []
    if found.count:
        left = [Segment(tr("求和"), format_number(found.total)), Segment(tr("平均"), format_number(found.mean)),
                Segment(tr("计数"), str(found.count))]
        if not in_wan and found.total == found.total.quantize(FEN) and abs(found.total) <= LARGEST:
            left.append(Segment(tr("大写"), in_words(found.total.quantize(FEN))))
    return left, [Segment(tr("单位：万元") if in_wan else tr("单位：元"), key="money-unit")]
