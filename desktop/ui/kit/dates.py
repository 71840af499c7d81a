"""Dates as accountants type them; the same reading as everywhere in the program."""

from desktop.domain.dates import NotADate, parse_date

__all__ = ["NotADate", "parse_date"]
