"""What a person at this unit wants to remember beside what the program knows: 装订凭证, 对账, 交电费."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

MONTHLY = "MONTHLY"
ONCE = ""
TITLE_MOST = 40


@dataclass(frozen=True, slots=True)
class OwnItem:
    """A line that somebody wrote.

    Attributes:
        title: What to do, 1 to 40 characters.
        due: Until when; None without a term. Of a monthly one only the day counts.
        repeats: `ONCE` or `MONTHLY`.
        done: When it was ticked last; None: never.
        by: Name of the person who wrote it.
    """

    item_id: str
    title: str
    due: date | None = None
    repeats: str = ONCE
    done: date | None = None
    by: str = ""

    def due_in(self, month: date) -> date | None:
        """Return the day until which it is due in a month."""
        if self.due is None or self.repeats != MONTHLY:
            return self.due
        day = self.due.day
        while True:
            try:
                return month.replace(day=day)
            except ValueError:
                day -= 1

    def is_done(self, today: date) -> bool:
        """Tell whether nothing is left of it: a monthly one is open again with each month."""
        if self.done is None:
            return False
        return self.repeats != MONTHLY or (self.done.year, self.done.month) == (today.year, today.month)


def ticked(item: OwnItem, today: date) -> OwnItem:
    """Return the item with its tick set, or taken away when it was set."""
    return replace(item, done=None if item.is_done(today) else today)


def open_items(items: Iterable[OwnItem], today: date) -> list[OwnItem]:
    """Return what is still to be done, soonest first, those without a term last."""
    left = [item for item in items if not item.is_done(today)]
    return sorted(left, key=lambda item: (item.due_in(today) or date.max, item.title))


def done_this_month(items: Iterable[OwnItem], today: date) -> list[OwnItem]:
    """Return what was ticked in the month of today."""
    month = (today.year, today.month)
    return [one for one in items if one.done is not None and (one.done.year, one.done.month) == month]
