"""Which backups stay: 7 days, 4 weeks, 12 months, every year's end, and what people made themselves (S9)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

DAILY, WEEKLY, MONTHLY = 7, 4, 12


@dataclass(frozen=True, slots=True)
class Copy:
    """One backup as retention sees it.

    Attributes:
        at: Local time with zone.
        by_hand: Somebody pressed 立即备份.
        fixed: Stays whatever its age: made before an upgrade, or of a damaged database.
    """

    at: datetime
    by_hand: bool = False
    fixed: bool = False


def kept(copies: Iterable[Copy], now: datetime) -> frozenset[Copy]:
    """Return the backups that stay.

    The newest of each of the last 7 days, 4 weeks and 12 months that have any; the last one of every year that is
    over, for ever; and of each day of which any backup stays, all that were made by hand: they never go before the
    automatic ones of their day. One that claims to be from the future (the clock was wrong) stays and takes no
    other's place. Applying it twice changes nothing more.

    Args:
        copies: All that lie in one place.
        now: Local time with zone.
    """
    everything = frozenset(copies)
    past = sorted((one for one in everything if one.at <= now and not one.fixed), key=_newest_first)
    stays = {one for one in everything if one.fixed or one.at > now}
    for many, period in (
        (DAILY, _day),
        (WEEKLY, lambda at: tuple(at.isocalendar())[:2]),
        (MONTHLY, lambda at: (at.year, at.month)),
    ):
        stays.update(_newest_of_each(past, period)[:many])
    stays.update(_newest_of_each([one for one in past if one.at.year < now.year], lambda at: (at.year,)))
    days = {_day(one.at) for one in stays if one in past}
    return frozenset(stays | {one for one in past if one.by_hand and _day(one.at) in days})


def _newest_first(one: Copy) -> tuple[float, bool]:
    return -one.at.timestamp(), not one.by_hand


def _day(at: datetime) -> tuple[int, ...]:
    return at.year, at.month, at.day


def _newest_of_each(newest_first: Iterable[Copy], period: Callable[[datetime], tuple[int, ...]]) -> list[Copy]:
    first: dict[tuple[int, ...], Copy] = {}
    for one in newest_first:
        first.setdefault(period(one.at), one)
    return list(first.values())
