"""Published ceilings for one of a thing, by which an amount says how many it may buy."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class UnitPrice:
    """What one of a thing may cost at most, by a published standard.

    Attributes:
        yuan: Yuan for one ``unit``; ``times`` of them make up one of what the indicator counts.
        said: How the reason names the standard.
    """

    words: tuple[str, ...]
    units: tuple[str, ...]
    yuan: Decimal
    said: str


# Sources: 财资〔2016〕27号 (price ceilings of equipment); 财行〔2016〕214号 and 540号 (fees of meetings and training
# courses of the third class, 550 yuan a person and day). A bureau's own standards may be lower.
UNIT_PRICES = (
    UnitPrice(("便携式", "笔记本"), ("台",), Decimal(7000), "便携式计算机上限 7000 元/台（财资〔2016〕27号）"),
    UnitPrice(("计算机", "电脑"), ("台",), Decimal(5000), "台式计算机价格上限 5000 元/台（财资〔2016〕27号）"),
    UnitPrice(("打印机",), ("台",), Decimal(1200), "A4 黑白打印机价格上限 1200 元/台（财资〔2016〕27号）"),
    UnitPrice(("复印机",), ("台",), Decimal(35000), "复印机价格上限 35000 元/台（财资〔2016〕27号）"),
    UnitPrice(("会议",), ("人次", "人"), Decimal(550), "三类会议定额 550 元/人天、会期 1 天（财行〔2016〕214号）"),
    UnitPrice(("培训",), ("人次", "人"), Decimal(1650), "三类培训定额 550 元/人天、每期 3 天（财行〔2016〕540号）"),
)  # fmt: skip
