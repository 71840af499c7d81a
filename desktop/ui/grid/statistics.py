"""What the status bar says about the selected cells."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Statistics:
    """Sum, mean, least and greatest of the numbers among the selected cells; `count` is how many numbers."""
    cells: int = 0
    count: int = 0
    total: Decimal = Decimal(0)
    mean: Decimal = Decimal(0)
    least: Decimal = Decimal(0)
    greatest: Decimal = Decimal(0)


def statistics(numbers: Iterable[Decimal | None]) -> Statistics:
    """Return the statistics of selected cells; None stands for a cell without a number."""
    cells = count = 0
    total, least, greatest = Decimal(0), None, None
    for number in numbers:
        cells += 1
        if number is None:
            continue
        count += 1
        total += number
        least = number if least is None or number < least else least
        greatest = number if greatest is None or number > greatest else greatest
    if least is None or greatest is None:
        return Statistics(cells)
    return Statistics(cells, count, total, total / count, least, greatest)
