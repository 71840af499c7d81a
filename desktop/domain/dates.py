"""Dates as accountants type them: 2026-11-20, 2026年11月20日, 1120, 11.20, 20; and as Excel counts them."""

import datetime
import re

_FULL = re.compile(r"(\d{4})[-./年]?(\d{1,2})[-./月]?(\d{1,2})日?")
_SHORT = re.compile(r"(\d{1,2})[-./月](\d{1,2})日?")
_CLOCK = re.compile(r"(\S+)[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?")
_EPOCH = datetime.date(1899, 12, 30)
_FIRST_SERIAL, _LAST_SERIAL = 32874, 73050  # 1990-01-01 to 2099-12-31


class NotADate(ValueError):
    """What was typed is no date; the message says so, in Chinese."""


def parse_date(typed: str, year: int, month: int = 1) -> datetime.date | None:
    """Read a date; year and month fill in what was left out; None for an empty text.

    Raises:
        NotADate: It is no date of the calendar.
    """
    text = typed.strip().translate({0xFF10 + digit: 0x30 + digit for digit in range(10)})
    if not text:
        return None
    if (found := _CLOCK.fullmatch(text)) is not None:  # a moment, as systems export it
        text = found.group(1)
    parts: tuple[int, ...] = ()
    if (found := _FULL.fullmatch(text)) is not None:
        parts = tuple(int(part) for part in found.groups())
    elif (found := _SHORT.fullmatch(text)) is not None:
        parts = (year, int(found.group(1)), int(found.group(2)))
    elif text.isascii() and text.isdigit() and len(text) in (3, 4):
        parts = (year, int(text[:-2]), int(text[-2:]))
    elif text.isascii() and text.isdigit() and len(text) <= 2:
        parts = (year, month, int(text))
    try:
        return datetime.date(*parts)
    except (TypeError, ValueError):
        raise NotADate(f"“{typed.strip()}”不是日期，请写成 {year}-11-20 或 1120") from None


def from_serial(days: int) -> datetime.date | None:
    """Return the date that Excel counts as this many days, from 1990 to 2099; None for another number."""
    return _EPOCH + datetime.timedelta(days) if _FIRST_SERIAL <= days <= _LAST_SERIAL else None
