"""The unit's calendar: which days end something, as data that a bureau replaces, and how many working days are left."""

import calendar
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from desktop.domain.parameters import Parameters

EVERY_MONTH = 0
PREFIX = "deadline."
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Deadline:
    """A day that comes again every month or every year.

    Attributes:
        key: Stable name; a bureau's parameter ``deadline.<key>`` replaces it.
        title: What ends on that day.
        month: 1 to 12, `EVERY_MONTH` for each month.
        day: Day of the month; where the month has fewer days, its last.
        hour: Hour of that day, 0 for the whole day.
        ahead: Working days before it from which on it is called near.
        source: Where the day comes from.
    """

    key: str
    title: str
    month: int
    day: int
    hour: int = 0
    ahead: int = 5
    source: str = ""


@dataclass(frozen=True, slots=True)
class Due:
    """One coming day of a deadline.

    Attributes:
        days: Working days left, 0 on the day itself and before it when only days off lie between.
        near: Whether it should be looked at now.
    """

    deadline: Deadline
    day: date
    days: int
    near: bool


# The month's closing has its own two parameters; the others are defaults that the bureau's notice replaces.
DEFAULTS: tuple[Deadline, ...] = (
    Deadline("up1", "{next}年预算一上建议数报送", 9, 15, source="预算编制日程的常用日期，以当地通知为准"),
    Deadline("up2", "{next}年预算二上草案报送", 12, 20, source="预算编制日程的常用日期，以当地通知为准"),
    Deadline("last_payment", "{year}年支付申请最后一天", 12, 25, 18, 10, "年末结账的常用日期，以当地通知为准"),
    Deadline("year_end", "{year}年度终了", 12, 31, 0, 10, "预算法第十八条：预算年度自公历1月1日起，至12月31日止"),
)


def working_days(after: date, until: date, parameters: Parameters | None = None) -> int:
    """Count working days after the first day up to and with the second; 0 when there are none.

    Monday to Friday, but for the parameters ``holidays`` and ``extra_workdays``: dates separated by commas.
    """
    free = _dates(parameters, "holidays")
    made_up = _dates(parameters, "extra_workdays")
    days = (after + timedelta(n) for n in range(1, (until - after).days + 1))
    return sum((day.weekday() < _SATURDAY and day not in free) or day in made_up for day in days)


def _dates(parameters: Parameters | None, name: str) -> frozenset[date]:
    found = parameters.synced.get(name, "") if parameters is not None else ""
    return frozenset(day for day in map(_date, found.split(",")) if day is not None)


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None


def deadlines(parameters: Parameters) -> tuple[Deadline, ...]:
    """Return every deadline: the month's closing, the defaults, and what the bureau set instead or beside them.

    A parameter ``deadline.<key>`` reads ``month-day hour ahead title``: ``12-25 18 10 支付申请最后一天``; month ``*``
    is every month, an empty value takes a default away, one that cannot be read changes nothing.
    """
    closing = Deadline("month_end", "{month}月结账", EVERY_MONTH, int(parameters.number("month_end_deadline_day")),
                       int(parameters.number("month_end_deadline_hour")), 5, "财政局设定的每月结账日")
    found = {one.key: one for one in (closing, *DEFAULTS)}
    for name, value in parameters.synced.items():
        if name.startswith(PREFIX):
            key = name.removeprefix(PREFIX)
            if not value.strip():
                found.pop(key, None)
            elif (own := _read(key, value)) is not None:
                found[key] = own
    return tuple(found.values())


def _read(key: str, value: str) -> Deadline | None:
    parts = value.split(maxsplit=3)
    if len(parts) != 4:
        return None
    month, _, day = parts[0].partition("-")
    try:
        numbers = (0 if month == "*" else int(month), int(day), int(parts[1]), int(parts[2]))
    except ValueError:
        return None
    if not (0 <= numbers[0] <= 12 and 1 <= numbers[1] <= 31 and 0 <= numbers[2] <= 24 and numbers[3] >= 0):
        return None
    return Deadline(key, parts[3], *numbers, source="财政局下发的日程")


def coming(today: date, year: int, parameters: Parameters) -> tuple[Due, ...]:
    """Return every day of a deadline from today to the end of a fiscal year, soonest first."""
    found: list[Due] = []
    for one in deadlines(parameters):
        months: Iterable[int] = range(1, 13) if one.month == EVERY_MONTH else (one.month,)
        for month in months:
            day = date(year, month, min(one.day, calendar.monthrange(year, month)[1]))
            if day >= today:
                left = working_days(today, day, parameters)
                found.append(Due(one, day, left, left <= one.ahead))
    return tuple(sorted(found, key=lambda due: (due.day, due.deadline.key)))


def soonest(due: Sequence[Due], most: int) -> tuple[Due, ...]:
    """Return what a short list shows: the next day of each deadline, then further ones while there is room."""
    first: Mapping[str, Due] = {one.deadline.key: one for one in reversed(due)}
    chosen = sorted(first.values(), key=lambda one: one.day)[:most]
    further = [one for one in due if one not in chosen][: most - len(chosen)]
    return tuple(sorted((*chosen, *further), key=lambda one: one.day))
