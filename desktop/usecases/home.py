"""首页: what must be done now, computed from the documents, and how the money stands."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from desktop.domain.document import State
from desktop.domain.goal import PerformanceGoal
from desktop.domain.head import Kind
from desktop.domain.home_rules import ChecklistEntry, HomeFacts, MonthEnd, Pile, checklist, month_end
from desktop.domain.ledger import Balance
from desktop.domain.listing import ListQuery, Tally
from desktop.domain.mirrors import PaymentResult, Quota
from desktop.domain.own_items import OwnItem
from desktop.usecases.own_items import own_items
from desktop.usecases.ports import Books, DocumentRow, SyncRun
from desktop.usecases.seat import Seat

ZERO = Decimal("0.00")
# What somebody has still to do something about; what is paid and done would be thousands of rows.
_OPEN = (State.DRAFT, State.PRESENTED, State.CHECKED, State.SIGNED, State.SEALED, State.RETURNED)
_RECENT = 12
_GONE_UP = (State.SUBMITTED, State.ACCEPTED, State.PAID, State.PART_REFUNDED, State.REFUNDED)


@dataclass(frozen=True, slots=True)
class Execution:
    """One bar of 预算执行: a group of quotas by project class. Yuan."""

    name: str
    total: Decimal
    paid: Decimal
    reserved: Decimal


@dataclass(frozen=True, slots=True)
class FundBalance:
    """One bar of 可用余额: a fund nature. Yuan."""

    nature: str
    name: str
    total: Decimal
    available: Decimal
    reserved: Decimal
    paid: Decimal


@dataclass(frozen=True, slots=True)
class GoalProgress:
    """How far a goal form of the coming year is filled: points given to indicators, of all that must be given."""

    project: str
    points: Decimal
    total: Decimal


@dataclass(frozen=True, slots=True)
class HomeView:
    """Everything on the home page."""

    month_end: MonthEnd
    entries: tuple[ChecklistEntry, ...]
    done: tuple[str, ...]  # Chinese names of what is already done this month
    execution: tuple[Execution, ...]
    funds: tuple[FundBalance, ...]
    months: tuple[Decimal, ...]  # yuan paid in each month of the year so far, refunds taken off
    goals: tuple[GoalProgress, ...]
    own: tuple[OwnItem, ...]
    recent: tuple[DocumentRow, ...]
    last_run: SyncRun | None  # the last that ended well
    sent_count: int
    sent_total: Decimal
    ready_count: int
    returned_count: int


def home_view(books: Books, seat: Seat, year: int) -> HomeView:
    """Return the home page of the person at the seat; ``year`` is the year that is being spent."""
    today = seat.clock.now().date()
    with books:
        rows = books.documents.rows(states=_OPEN)
        recent = books.documents.rows(limit=_RECENT)
        with_goal = {row.project_key for row in books.documents.rows((Kind.GOAL,)) if row.state is not State.VOIDED}
        budgets = books.documents.tallies(ListQuery((Kind.BUDGET_UP2,)))
        month = today.isoformat()[:7]
        vouchers = books.documents.tallies(
            ListQuery((Kind.VOUCHER,), date_from=f"{month}-01", date_to=f"{month}-31")
        )
        quotas = books.mirrors.quotas(year)
        balances = books.ledger.balances([quota.id for quota in quotas])
        natures = books.mirrors.codes("FUND_NATURE", year)
        parameters = books.mirrors.parameters()
        runs = books.exchange.runs(20)
        own = tuple(own_items(books))
        months = _months(books.mirrors.payment_results(), today, year)
        goals = _goals(books, year + 1)
        facts = replace(
            _waiting(rows, today, seat.post.value),
            goals_missing=_goals_missing(rows, with_goal),
            own=own,
            parameters=parameters,
        )
    names = {code: entry.name for code, entry in natures.items()}
    sent = [tally for tally in vouchers if tally.state in _GONE_UP]
    return HomeView(
        month_end=month_end(today, parameters),
        entries=tuple(checklist(facts)),
        done=_done(vouchers, budgets, runs, month),
        execution=_execution(quotas, balances),
        funds=_funds(quotas, balances, names),
        months=months,
        goals=goals,
        own=own,
        recent=tuple(recent),
        last_run=next((run for run in runs if run.outcome == "DONE"), None),
        sent_count=sum(tally.count for tally in sent),
        sent_total=sum((tally.total for tally in sent), ZERO),
        ready_count=sum(row.state in (State.SIGNED, State.SEALED) for row in rows),
        returned_count=sum(row.state is State.RETURNED for row in rows),
    )


def _waiting(rows: Sequence[DocumentRow], today: date, post: str) -> HomeFacts:
    """Return what waits for somebody, by where it stands."""
    return HomeFacts(
        today=today,
        post=post,
        returned=_piles(rows, lambda row: row.state is State.RETURNED),
        with_errors=_piles(rows, lambda row: row.state is State.DRAFT and row.problems_count > 0),
        to_check=_piles(rows, lambda row: row.state is State.PRESENTED),
        to_sign=_piles(rows, lambda row: row.state is State.CHECKED),
        ready=_piles(rows, lambda row: row.state is State.SIGNED),
        sealed=_piles(rows, lambda row: row.state is State.SEALED),
        drafts=_piles(rows, lambda row: row.state is State.DRAFT and not row.problems_count),
    )


def _piles(rows: Iterable[DocumentRow], belongs: Callable[[DocumentRow], bool]) -> tuple[Pile, ...]:
    piles = []
    for kind in Kind:
        mine = [row for row in rows if row.kind is kind and belongs(row)]
        if mine:
            earliest = min(row.updated_at[:10] for row in mine)
            reasons = tuple(dict.fromkeys(row.comment for row in mine if row.comment))
            amount = sum((row.amount for row in mine), ZERO)
            piles.append(Pile(kind, len(mine), amount, date.fromisoformat(earliest) if earliest else None, reasons))
    return tuple(piles)


def _goals_missing(rows: Sequence[DocumentRow], with_goal: Collection[str]) -> tuple[str, ...]:
    projects = [row for row in rows if row.kind is Kind.PROJECT and row.state is State.DRAFT]
    return tuple(row.title for row in projects if row.key not in with_goal)


def _done(
    vouchers: Iterable[Tally], budgets: Iterable[Tally], runs: Sequence[SyncRun], month: str
) -> tuple[str, ...]:
    done = []
    paid = sum(tally.count for tally in vouchers if tally.state is State.PAID)
    if paid:
        done.append(f"本月已支付 {paid} 张")
    if any(tally.state in _GONE_UP for tally in budgets):
        done.append("二上预算已送达")
    if any(run.outcome == "DONE" and run.started_at.startswith(month) for run in runs):
        done.append("本月已同步")
        done.append("同步前已备份")
    return tuple(done)


def _months(results: Iterable[PaymentResult], today: date, year: int) -> tuple[Decimal, ...]:
    last = 12 if year < today.year else today.month if year == today.year else 0
    paid = [ZERO] * last
    for one in results:
        at = int(one.date[5:7]) - 1 if one.date.startswith(str(year)) else last
        if at < last:
            paid[at] += one.amount if one.kind == "PAID" else -one.amount
    return tuple(paid)


def _goals(books: Books, year: int) -> tuple[GoalProgress, ...]:
    total = books.mirrors.parameters().number("goal_total")
    found = []
    for document in books.documents.of_kind(Kind.GOAL, year):
        goal = document.content
        assert isinstance(goal, PerformanceGoal), "a goal's content is a goal"
        points = sum((line.weight for line in goal.lines), Decimal(0))
        found.append(GoalProgress(goal.project_name, points, total))
    return tuple(found)


_GROUPS = (("人员经费", ("R",)), ("公用经费", ("Y1",)), ("其他运转类", ("Y2",)), ("特定目标类", ("T",)))


def _execution(quotas: Sequence[Quota], balances: Mapping[str, Balance]) -> tuple[Execution, ...]:
    bars = []
    for name, classes in _GROUPS:
        mine = [balances[q.id] for q in quotas if q.project_class in classes]
        if mine:
            total = sum((b.sources for b in mine), ZERO)
            bars.append(
                Execution(name, total, sum((b.paid for b in mine), ZERO), sum((b.reserved for b in mine), ZERO))
            )
    return tuple(bars)


def _funds(
    quotas: Sequence[Quota], balances: Mapping[str, Balance], names: Mapping[str, str]
) -> tuple[FundBalance, ...]:
    bars = []
    for nature in sorted({quota.fund_nature for quota in quotas}):
        mine = [balances[q.id] for q in quotas if q.fund_nature == nature]
        bars.append(
            FundBalance(
                nature,
                names.get(nature, nature),
                sum((b.sources for b in mine), ZERO),
                sum((b.available for b in mine), ZERO),
                sum((b.reserved for b in mine), ZERO),
                sum((b.paid for b in mine), ZERO),
            )
        )
    return tuple(bars)
