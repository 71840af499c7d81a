"""What the status bar says of the numbers that are selected or filtered; the same words on every page."""

from collections.abc import Sequence
from decimal import Decimal

from desktop.domain.money import LARGEST
from desktop.domain.words import in_words
from desktop.texts import tr
from desktop.ui.grid.statistics import Statistics
from desktop.ui.grid.view import SheetView
from desktop.ui.kit.numbers import format_number
from desktop.ui.shell.state import Segment

_FEN = Decimal("0.01")


def figures(found: Statistics, *, yuan: bool = True) -> list[Segment]:
    """Return sum, mean, count, the sum in words, least and greatest of the selected numbers; nothing without any.

    The last give way first where the window is narrow.

    Args:
        yuan: The numbers are amounts in yuan: the sum is said in words (大写).
    """
    if not found.count:
        return []
    said = [Segment(tr("求和"), format_number(found.total))]
    if found.count > 1:
        said.append(Segment(tr("平均"), format_number(found.mean)))
    said.append(Segment(tr("计数"), f"{found.count:,}"))
    if yuan and found.total == found.total.quantize(_FEN) and abs(found.total) <= LARGEST:
        said.append(Segment(tr("大写"), in_words(found.total.quantize(_FEN))))
    if found.count > 1:
        said += [Segment(tr("最小"), format_number(found.least)), Segment(tr("最大"), format_number(found.greatest))]
    return said


def filtered(view: SheetView) -> Sequence[Segment]:
    """Return how many rows the filter shows and the sum of the current column over them; nothing without a filter."""
    arranger, column = view.viewing.arranger, view.at()[1]
    if not arranger.filters():
        return ()
    spec = view.sheet.columns[column] if column >= 0 else None
    total = arranger.column_sum(spec.key) if spec is not None and spec.kind in ("amount", "number") else None
    value = "" if total is None else tr("合计 {total}", total=format_number(total))
    return (Segment(arranger.shown().words(), value),)
