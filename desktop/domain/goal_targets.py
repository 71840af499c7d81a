"""Targets of a goal line and amounts inside a goal's text: reading what people type."""

import re
from collections.abc import Iterator
from decimal import Decimal

from desktop.domain.goal import GoalLine, Operator
from desktop.domain.library import Indicator
from desktop.domain.money import MoneyError, parse_yuan

_NARROW = {0xFF01 + i: 0x21 + i for i in range(94)} | {0x3000: 0x20, 0x2212: 0x2D}
_NUMBER = re.compile(r"[-+]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?")
_BETWEEN = re.compile(r"[~∼〜至]|(?<=[0-9%])\s*[-–—]\s*(?=[0-9])")
_LARGEST_DIGITS = 20
# An amount that the text calls the project's money: "投资 100 万元", "安排资金1,000,000元".
_MONEY_IN_TEXT = re.compile(
    r"(?:总投资|投资|资金|安排|投入|预算|经费)[^0-9，。；、,;]{0,8}"
    r"(?P<amount>[0-9][0-9,]*(?:\.[0-9]+)?\s*[万亿]?\s*元)"
)
_DAY = re.compile(r"[0-9]{1,2}\s*月|[0-9]{4}[-./年][0-9]{1,2}|[一二三四]季度|上半年|年底|年末|月底|当年")
_GROWTH = ("增长", "增幅", "增加率", "提高率", "提升率")
_HUNDRED = Decimal(100)


def plain_name(name: str) -> str:
    """Return an indicator's name as names are compared: without blanks (P-14)."""
    return "".join(name.split())


def target_number(text: str) -> Decimal | None:
    """Return the number that a target says, None when it isn't one; commas part groups of three."""
    plain = text.translate(_NARROW).strip()
    if not _NUMBER.fullmatch(plain) or len(plain) > _LARGEST_DIGITS:
        return None
    return Decimal(plain.replace(",", ""))


def target_range(text: str) -> tuple[Decimal, Decimal] | None:
    """Return the two bounds of a target ``a~b``, in the order typed; None when there are not two numbers."""
    parts = _BETWEEN.split(text.translate(_NARROW).strip())
    if len(parts) != 2:
        return None
    low, high = (target_number(part) for part in parts)
    return None if low is None or high is None else (low, high)


def target_bounds(line: GoalLine) -> tuple[Decimal, ...] | None:
    """Return the numbers of a quantitative line's target, None when it cannot be read as its operator asks."""
    if line.operator is Operator.RANGE:
        return target_range(line.target)
    number = target_number(line.target)
    return None if number is None else (number,)


def same_target(line: GoalLine) -> bool:
    """Say whether the target is last year's again."""
    if not line.target.strip() or not line.last_target.strip():
        return False
    now, before = target_number(line.target), target_number(line.last_target)
    return now == before if now is not None and before is not None else line.target.strip() == line.last_target.strip()


def may_pass_hundred(indicator: Indicator | None) -> bool:
    """Say whether the library lets a percentage of this indicator go beyond 0 to 100, as growth rates do."""
    if indicator is None:
        return False
    if indicator.may_exceed:
        return True
    typical = target_number(indicator.typical_value)
    return any(word in indicator.name for word in _GROWTH) or (typical is not None and typical > _HUNDRED)


def names_a_day(text: str) -> bool:
    """Say whether a target names when it is done by: 11月30日前, 年底, 2026-11-30."""
    return _DAY.search(text.translate(_NARROW)) is not None


def money_in(text: str) -> Iterator[Decimal]:
    """Yield yuan of every amount that the text calls the project's money."""
    for found in _MONEY_IN_TEXT.finditer(text.translate(_NARROW)):
        try:
            yield parse_yuan(found["amount"])
        except MoneyError:
            continue  # 1.23456789 万元 is no amount of yuan: nothing to compare
