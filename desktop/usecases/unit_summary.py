"""How one of several units of this PC stands: a line of 各单位总览."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from desktop.domain.document import State
from desktop.domain.head import Kind
from desktop.domain.money import ZERO
from desktop.domain.problem import errors
from desktop.domain.year_calendar import Due, coming
from desktop.usecases.ports import Books, SyncRun
from desktop.usecases.problems_of import problems_of

_TO_GO = (State.SIGNED, State.SEALED)


@dataclass(frozen=True, slots=True)
class UnitSummary:
    """The unit in numbers of documents.

    Attributes:
        drafts: Drafts without an error.
        with_errors: Drafts with one.
        to_send: Signed or sealed, not yet sent.
        total: Yuan of the vouchers among these; projects, goals and budgets are the same money again.
        last_good: The last 一键同步 that ended well.
        due: The next day that ends something; None when the year is over.
    """

    code: str
    name: str
    drafts: int
    with_errors: int
    waiting: int  # for a checker or a signer
    returned: int
    to_send: int
    total: Decimal
    last_good: SyncRun | None
    due: Due | None


def unit_summary(books: Books, today: date, year: int, *, judge: bool = False) -> UnitSummary:
    """Return how the unit stands.

    Args:
        judge: Run every rule over every draft now, instead of taking what was found when it was saved last.
    """
    with books:
        unit = books.mirrors.unit()
        rows = books.documents.rows(limit=100_000)
        drafts = [row for row in rows if row.state is State.DRAFT]
        if judge:
            wrong = {row.doc_id for row in drafts
                     if errors(problems_of(books, books.documents.get(row.doc_id).content))}
        else:
            wrong = {row.doc_id for row in drafts if row.problems_count}
        to_go = [row for row in rows if row.state in _TO_GO]
        return UnitSummary(
            code=unit.unit_code,
            name=unit.name,
            drafts=len(drafts) - len(wrong),
            with_errors=len(wrong),
            waiting=sum(row.state in (State.PRESENTED, State.CHECKED) for row in rows),
            returned=sum(row.state is State.RETURNED for row in rows),
            to_send=len(to_go),
            total=sum((row.amount for row in to_go if row.kind is Kind.VOUCHER), ZERO),
            last_good=next((run for run in books.exchange.runs(200) if run.outcome == "DONE"), None),
            due=next(iter(coming(today, year, books.mirrors.parameters())), None),
        )
