"""首页: what must be done now, in the order in which it should be done, and how long the month still lasts.

Order: returned → errors → due soon → ready to send → worth knowing (UX, S1).
"""

import calendar
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import IntEnum

from desktop.domain.head import SENDING_ORDER, Kind
from desktop.domain.money import ZERO, Yuan
from desktop.domain.own_items import MONTHLY, OwnItem, open_items
from desktop.domain.parameters import Parameters
from desktop.domain.year_calendar import working_days

_PAGE_OF_KIND: Mapping[Kind, str] = {
    Kind.PROJECT: "budget",
    Kind.GOAL: "performance",
    Kind.BUDGET_UP2: "budget",
    Kind.VOUCHER: "payment",
}
_SOON_DAYS = 7


class Urgency(IntEnum):
    """Rank of an entry; the lowest comes first."""

    RETURNED = 1
    ERRORS = 2
    DUE = 3
    READY = 4
    INFO = 5


@dataclass(frozen=True, slots=True)
class Pile:
    """Documents of one kind that stand the same way.

    Attributes:
        amount: Yuan of all of them.
        earliest: Since when the first of them stands so.
        reasons: First lines of return comments, or titles of findings, each once.
    """

    kind: Kind
    count: int
    amount: Yuan
    earliest: date | None = None
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HomeFacts:
    """How the unit's documents stand, seen by one person.

    Attributes:
        post: Post of the person at the screen: ``maker``, ``checker``, ``signer`` or ``head``.
        goals_missing: Names of projects that need a goal and have none.
        own: Lines that people of the unit added.
    """

    today: date
    post: str
    returned: tuple[Pile, ...] = ()
    with_errors: tuple[Pile, ...] = ()
    to_check: tuple[Pile, ...] = ()
    to_sign: tuple[Pile, ...] = ()
    ready: tuple[Pile, ...] = ()
    sealed: tuple[Pile, ...] = ()
    drafts: tuple[Pile, ...] = ()
    goals_missing: tuple[str, ...] = ()
    own: tuple[OwnItem, ...] = ()
    parameters: Parameters = field(default_factory=Parameters)


@dataclass(frozen=True, slots=True)
class ChecklistEntry:
    """One line of the list; its words come from the texts by key and facts.

    Attributes:
        key: What it is about: ``returned.VOUCHER``, ``errors.GOAL``, ``to_check.VOUCHER``, ``to_sign.VOUCHER``,
            ``goals``, ``ready``, ``sealed``, ``drafts.VOUCHER``, ``own.<id>``.
        icon: Name of the icon.
        amount: Yuan, None where a sum says nothing.
        due: Until when, None without a term.
        since: Since when the oldest of them waits.
        page: Key of the page that its button opens.
    """

    key: str
    urgency: Urgency
    icon: str
    facts: Mapping[str, str]
    amount: Decimal | None
    due: date | None
    since: date | None
    page: str


@dataclass(frozen=True, slots=True)
class MonthEnd:
    """The month's closing.

    Attributes:
        deadline: Day by which the month's vouchers must be in.
        hour: Hour of that day.
        working_days: From tomorrow to the deadline, both counted; 0 once it has come.
        passed: Whether the day is over.
    """

    deadline: date
    hour: int
    working_days: int
    passed: bool


def month_end(today: date, parameters: Parameters) -> MonthEnd:
    """Return the closing of the month of ``today``; a day that the month does not have becomes its last."""
    last = calendar.monthrange(today.year, today.month)[1]
    day = min(int(parameters.number("month_end_deadline_day")), last)
    deadline = today.replace(day=max(1, day))
    hour = int(parameters.number("month_end_deadline_hour"))
    return MonthEnd(deadline, hour, working_days(today, deadline, parameters), today > deadline)


def checklist(facts: HomeFacts) -> list[ChecklistEntry]:
    """Return what must be done, most urgent first; empty when nothing is open.

    Source: UX, S1. Inside a rank the kinds follow the sending order.
    """
    mine_to_check = facts.post == "checker"
    mine_to_sign = facts.post in ("signer", "head")
    closing = month_end(facts.today, facts.parameters)
    due = None if closing.passed else closing.deadline
    entries = [
        *_entries("returned", Urgency.RETURNED, "alert", facts.returned, page="returned"),
        *_entries("errors", Urgency.ERRORS, "error", facts.with_errors),
        *_goals(facts),
        *_entries("to_check", Urgency.DUE if mine_to_check else Urgency.INFO, "person", facts.to_check, due=due),
        *_entries("to_sign", Urgency.DUE if mine_to_sign else Urgency.INFO, "stamp", facts.to_sign, due=due),
        *_together("ready", "send", facts.ready, due),
        *_together("sealed", "sync", facts.sealed, due),
        *_entries("drafts", Urgency.INFO, "pencil", facts.drafts),
        *_own(facts),
    ]
    return sorted(entries, key=lambda entry: entry.urgency)


def _entries(
    name: str, urgency: Urgency, icon: str, piles: tuple[Pile, ...], *, page: str = "", due: date | None = None
) -> list[ChecklistEntry]:
    entries = []
    for pile in sorted(piles, key=lambda pile: SENDING_ORDER.index(pile.kind)):
        if not pile.count:
            continue
        facts = {"kind": pile.kind.value, "count": str(pile.count), "reasons": "；".join(pile.reasons)}
        amount = pile.amount if pile.kind in (Kind.VOUCHER, Kind.BUDGET_UP2) else None
        target = page or _PAGE_OF_KIND[pile.kind]
        entries.append(ChecklistEntry(f"{name}.{pile.kind}", urgency, icon, facts, amount, due, pile.earliest, target))
    return entries


def _goals(facts: HomeFacts) -> list[ChecklistEntry]:
    if not facts.goals_missing:
        return []
    said = {"count": str(len(facts.goals_missing)), "names": "、".join(facts.goals_missing)}
    return [ChecklistEntry("goals", Urgency.DUE, "target", said, None, None, None, "performance")]


def _own(facts: HomeFacts) -> list[ChecklistEntry]:
    entries = []
    for item in open_items(facts.own, facts.today):
        due = item.due_in(facts.today)
        soon = due is not None and (due - facts.today).days <= _SOON_DAYS
        said = {"title": item.title, "monthly": "1" if item.repeats == MONTHLY else ""}
        urgency = Urgency.DUE if soon else Urgency.INFO
        entries.append(ChecklistEntry(f"own.{item.item_id}", urgency, "circle", said, None, due, None, "home"))
    return entries


def _together(name: str, icon: str, piles: tuple[Pile, ...], due: date | None) -> list[ChecklistEntry]:
    """One entry for all kinds: they go up together. Only vouchers are summed: the others are the same money again."""
    counts = {pile.kind.value: str(pile.count) for pile in piles if pile.count}
    if not counts:
        return []
    vouchers = [pile.amount for pile in piles if pile.kind is Kind.VOUCHER and pile.count]
    amount = sum(vouchers, ZERO) if vouchers else None
    since = min((pile.earliest for pile in piles if pile.earliest is not None), default=None)
    return [ChecklistEntry(name, Urgency.READY, icon, counts, amount, due, since, "sync")]
