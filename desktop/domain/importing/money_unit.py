"""Whether amounts are written in another unit of money than yuan (M16): what the sheet says, and what its size says."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from statistics import median

from desktop.domain.importing.table import Table, text_of
from desktop.domain.importing.target import squeezed

WAN, ONE = Decimal(10_000), Decimal(1)
_SAYS = re.compile(r"(?:^|[^一-鿿]|金额)单位[:：]?(?:人民币)?(万元|千元|百元|元|亿元)(?![一-鿿])")
_IN_TITLE = re.compile(r"[(（](?:单位[:：]?)?(万元|千元|元|亿元)[)）]")
_FACTORS = {"元": ONE, "百元": Decimal(100), "千元": Decimal(1000), "万元": WAN, "亿元": WAN * WAN}
_LOW, _HIGH = Decimal(2_000), Decimal(50_000)  # how far the ratio may lie from 10,000
_LEAST = 3  # pairs from which a ratio says anything


@dataclass(frozen=True, slots=True)
class UnitDoubt:
    """A reason to believe that the amounts are not in yuan.

    Attributes:
        factor: What to multiply them by.
        why: ``SAYS`` (facts: text, where), ``SMALL`` or ``LARGE`` (facts: times).
    """

    factor: Decimal
    why: str
    facts: Mapping[str, str] = field(default_factory=dict)


def said_unit(table: Table, titles: Sequence[str], bottom: int) -> UnitDoubt | None:
    """Return what the titles of the amount columns, or the words above the head, say about the unit of money.

    Args:
        table: The sheet.
        titles: Of the columns that hold amounts.
        bottom: Last row of the head, -1 without one.
    """
    for title in titles:
        if (found := _IN_TITLE.search(title)) and found[1] != "元":
            return UnitDoubt(_FACTORS[found[1]], "SAYS", {"text": found[1], "where": title})
    if any(_IN_TITLE.search(title) for title in titles):  # the column says 元 itself
        return None
    for row in table.rows[: bottom + 1]:
        for cell in row:
            if isinstance(cell, str) and (found := _SAYS.search(squeezed(cell))) and found[1] != "元":
                return UnitDoubt(_FACTORS[found[1]], "SAYS", {"text": found[1], "where": text_of(cell).strip()[:20]})
    return None


def doubt_of_size(pairs: Sequence[tuple[Decimal, Decimal]]) -> UnitDoubt | None:
    """Return the doubt that the size of the amounts raises.

    Args:
        pairs: An amount of the file, and what it is usually: last year's of the same line, or the middle of the
            column so far. Both above zero count.
    """
    ratios = [amount / usual for amount, usual in pairs if amount > 0 and usual > 0]
    if len(ratios) < _LEAST:
        return None
    middle = median(ratios)
    if _LOW <= middle <= _HIGH:
        return UnitDoubt(1 / WAN, "LARGE", {"times": f"{middle:,.0f}"})
    if _LOW <= 1 / middle <= _HIGH:
        return UnitDoubt(WAN, "SMALL", {"times": f"{1 / middle:,.0f}"})
    return None
