"""Dates as accountants type them: 2026-11-20, 1120, 11.20, 20; shown as ISO."""

import datetime
import re

_FULL = re.compile(r"(\d{4})[-./年]?(\d{1,2})[-./月]?(\d{1,2})日?")
_SHORT = re.compile(r"(\d{1,2})[-./月](\d{1,2})日?")


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
