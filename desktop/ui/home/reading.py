"""What the home page shows, read in the database thread."""

from dataclasses import dataclass, replace
from datetime import date

from desktop.domain.document import Post, State
from desktop.domain.head import Kind
from desktop.domain.home_rules import ChecklistEntry
from desktop.domain.listing import ListQuery
from desktop.domain.problem import errors
from desktop.domain.year_calendar import Due, coming
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
class HomePageView:
    """The page.

    Attributes:
        waiting: Documents that the person at the seat must check or sign; a maker's returned ones.
        names: Officer id to name.
        due: Every coming day of the year's calendar, soonest first.
        ceilings: Whether the bureau has given ceilings for the coming year.
        budget_sent: Whether that year's budget has arrived at the platform.
    """

    unit: UnitName
    today: date
    home: HomeView
    waiting: tuple[DocumentRow, ...]
    names: dict[str, str]
    due: tuple[Due, ...]
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
        due=coming(today, year, parameters),
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
    hits = books.documents.hits(ListQuery((Kind(kind),), (State.DRAFT,), faulty=True))
    counts: dict[str, int] = {}
    for hit in hits[:_MOST_LOOKED_AT]:
        for problem in errors(problems_of(books, books.documents.get(hit.doc_id).content)):
            title = problems.describe(problem).title
            counts[title] = counts.get(title, 0) + 1
    said = [tr("{title} {count} 处", title=title, count=count) for title, count in counts.items()]
    return replace(entry, facts={**entry.facts, "reasons": "，".join(said)})
