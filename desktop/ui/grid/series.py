"""What dragging the fill handle writes: copies, or a series that goes on."""

import calendar
import datetime
import re
from collections.abc import Sequence
from decimal import Decimal

_ENDING = re.compile(r"(.*?)([0-9]{1,9})", re.DOTALL)


def copies(values: Sequence[object], count: int, *, backwards: bool = False) -> list[object]:
    """Repeat values in their order, `count` of them; backwards the way upwards or to the left, nearest first."""
    line = list(reversed(values)) if backwards else list(values)
    return [line[at % len(line)] for at in range(count)]


def series(values: Sequence[object], count: int, *, backwards: bool = False) -> list[object]:
    """Go on with numbers, dates, and texts that end in a number; other values are repeated.

    One number or date goes on by 1 or by a day, several by the step between the last two; dates on the same day of
    different months go on by months. Backwards, the values before the first, nearest first.
    """
    line = list(reversed(values)) if backwards else list(values)
    single = -1 if backwards else 1
    if all(isinstance(value, (Decimal, int)) and not isinstance(value, bool) for value in line):
        numbers = [Decimal(value) for value in line if isinstance(value, (Decimal, int))]
        by = numbers[-1] - numbers[-2] if len(numbers) > 1 else Decimal(single)
        return [numbers[-1] + by * (at + 1) for at in range(count)]
    if all(isinstance(value, datetime.date) for value in line):
        return list(_dates([value for value in line if isinstance(value, datetime.date)], count, single))
    if all(isinstance(value, str) for value in line):
        return list(_texts([value for value in line if isinstance(value, str)], count, single))
    return copies(values, count, backwards=backwards)


def _dates(line: Sequence[datetime.date], count: int, single: int) -> list[datetime.date]:
    last = line[-1]
    if len(line) > 1:
        before = line[-2]
        months = (last.year - before.year) * 12 + last.month - before.month
        if months and last.day == before.day:
            return [_months_on(last, months * (at + 1)) for at in range(count)]
        single = (last - before).days
    room = range(datetime.date.min.toordinal(), datetime.date.max.toordinal() + 1)
    days = [last.toordinal() + single * (at + 1) for at in range(count)]
    return [datetime.date.fromordinal(day) if day in room else last for day in days]


def _months_on(day: datetime.date, months: int) -> datetime.date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not datetime.MINYEAR <= year <= datetime.MAXYEAR:
        return day
    return datetime.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _texts(line: Sequence[str], count: int, single: int) -> list[str]:
    found = [_ENDING.fullmatch(text) for text in line]
    stems = {match.group(1) for match in found if match is not None}
    if None in found or len(stems) != 1:
        return [line[at % len(line)] for at in range(count)]
    endings = [match.group(2) for match in found if match is not None]
    by = int(endings[-1]) - int(endings[-2]) if len(endings) > 1 else single
    stem, width = stems.pop(), len(endings[-1])
    return [f"{stem}{max(0, int(endings[-1]) + by * (at + 1)):0{width}d}" for at in range(count)]
