"""What the home page shows, read in the database thread."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from desktop.domain.document import Post, State
from desktop.domain.head import Kind
from desktop.domain.home_rules import ChecklistEntry, month_end, working_days
from desktop.domain.parameters import Parameters
from desktop.domain.problem import errors
from desktop.texts import problems, tr
from desktop.ui.app.reading import UnitName, unit_of, waiting_rows
from desktop.usecases.home import HomeView, home_view
from desktop.usecases.ports import Books, DocumentRow
from desktop.usecases.problems_of import problems_of
from desktop.usecases.seat import Seat

# What only the maker can put right.
_MAKERS_OWN = frozenset({"returned", "errors", "goals", "drafts"})
_MOST_LOOKED_AT = 12  # documents whose findings are named; the others are counted
_ON_ITS_WAY = (State.SUBMITTED, State.ACCEPTED)


@dataclass(frozen=True, slots=True)
class Reminder:
    """A day to remember.

    Attributes:
        key: ``month_end``, ``next_month_end`` or ``year_end``.
        days: Working days left, 0 on the day itself.
    """

    key: str
    day: date
    hour: int
    days: int


@dataclass(frozen=True, slots=True)
class HomePageView:
    """The page.

    Attributes:
        waiting: Documents that the person at the seat must check or sign; a maker's returned ones.
        names: Officer id to name.
        ceilings: Whether the bureau has given ceilings for the coming year.
        budget_sent: Whether that year's budget has arrived at the platform.
    """

    unit: UnitName
    today: date
    home: HomeView
    waiting: tuple[DocumentRow, ...]
    names: dict[str, str]
    reminders: tuple[Reminder, ...]
    ceilings: bool
    budget_sent: bool


def home_page_view(books: Books, seat: Seat, year: int) -> HomePageView:
    """Return the home page of the person at the seat; ``year`` is the year that is being spent."""
    today = seat.clock.now().date()
    home = home_view(books, seat, year)
    with books:
        entries = [_with_findings(books, entry) for entry in home.entries if _concerns(entry, seat.post)]
        home = replace(home, entries=tuple(entries))
        parameters = books.mirrors.parameters()
        states = (State.PRESENTED, State.CHECKED, State.RETURNED)
        rows = books.documents.rows(states=states)
        budgets = books.documents.rows((Kind.BUDGET_UP2,), _ON_ITS_WAY, year + 1)
        officers = books.mirrors.officers()
        unit, ceilings = unit_of(books), bool(books.mirrors.ceilings(year + 1))
    return HomePageView(
        unit=unit,
        today=today,
        home=home,
        waiting=tuple(waiting_rows(rows, seat, parameters.number("second_signer_from"))),
        names={officer.id: officer.name for officer in officers},
        reminders=reminders(today, year, parameters),
        ceilings=ceilings,
        budget_sent=bool(budgets),
    )


def _concerns(entry: ChecklistEntry, post: Post) -> bool:
    """Tell whether a person in this post can do something about it; the maker sees how everything stands."""
    return post is Post.MAKER or entry.key.partition(".")[0] not in _MAKERS_OWN


def _with_findings(books: Books, entry: ChecklistEntry) -> ChecklistEntry:
    """Name the findings behind "有错误": what is wrong, and in how many places."""
    name, _, kind = entry.key.partition(".")
    if name != "errors":
        return entry
    rows = [row for row in books.documents.rows((Kind(kind),), (State.DRAFT,)) if row.problems_count]
    counts: dict[str, int] = {}
    for row in rows[:_MOST_LOOKED_AT]:
        for problem in errors(problems_of(books, books.documents.get(row.doc_id).content)):
            title = problems.describe(problem).title
            counts[title] = counts.get(title, 0) + 1
    said = [tr("{title} {count} 处", title=title, count=count) for title, count in counts.items()]
    return replace(entry, facts={**entry.facts, "reasons": "，".join(said)})


def reminders(today: date, year: int, parameters: Parameters) -> tuple[Reminder, ...]:
    """Return the days that follow from the parameters and the calendar year, soonest first.

    Source of the last: a budget year is the calendar year (预算法, article 18).
    """
    this = month_end(today, parameters)
    found = []
    if not this.passed:
        found.append(Reminder("month_end", this.deadline, this.hour, this.working_days))
    first_of_next = (today.replace(day=1) + timedelta(days=32)).replace(day=1)
    coming = month_end(first_of_next, parameters)
    if coming.deadline.year == year:
        days = working_days(today, coming.deadline)
        found.append(Reminder("next_month_end", coming.deadline, coming.hour, days))
    last = date(year, 12, 31)
    if today <= last:
        found.append(Reminder("year_end", last, 0, working_days(today, last)))
    return tuple(found)
