"""练习: five tasks of three minutes in the rehearsal, and how far the person has come; nothing is changed here."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from desktop.domain.document import State
from desktop.domain.goal import PerformanceGoal
from desktop.domain.head import Kind
from desktop.domain.money import ZERO
from desktop.usecases.ports import Books, DocumentRow
from desktop.usecases.seat import Seat

REHEARSAL = "rehearsal"  # setting of a workspace that holds made-up data
AMOUNT = Decimal("6600.00")  # yuan of the voucher that is practised with
GOAL_POINTS, LEAST_INDICATORS = Decimal(90), 3

_PRESENTED = (State.PRESENTED, State.CHECKED, State.SIGNED, State.SEALED)
_SENT = (State.SUBMITTED, State.ACCEPTED, State.RETURNED, State.PAID)
_HANDED = (*_PRESENTED, *_SENT)
_CHECKED = (State.CHECKED, State.SIGNED, State.SEALED, *_SENT)
_SIGNED = (State.SIGNED, State.SEALED, *_SENT)


@dataclass(frozen=True, slots=True)
class PracticeState:
    """How far a task is.

    Attributes:
        steps: What belongs to it, in words, and whether it is there.
        advice: The next thing to do, or praise.
    """

    steps: tuple[tuple[str, bool], ...]
    advice: str

    @property
    def complete(self) -> bool:
        """Whether everything is there."""
        return all(done for _, done in self.steps)


def is_rehearsal(books: Books) -> bool:
    """Tell whether the workspace holds made-up data."""
    with books:
        return bool(books.setting(REHEARSAL))


def check_practice(books: Books, task: str, year: int, seat: Seat) -> PracticeState:
    """Look how far a task is.

    Args:
        books: Of the rehearsal.
        task: One of `TASKS`.
        year: The fiscal year that is spent; goals are made for the next one.
        seat: Who is at the screen; named in the advice.

    Raises:
        KeyError: There is no such task.
    """
    look = TASKS[task]
    with books:
        if not books.setting(REHEARSAL):
            return PracticeState((("在演示工作区里练习", False),), "练习只在演示工作区里有，真实单位的数据不会被碰到。")
        steps = look(books, year)
    missing = next((words for words, done in steps if not done), "")
    return PracticeState(steps, f"{seat.name}，下一步：{missing}。" if missing else f"{seat.name}，这一课学会了。")


Steps = tuple[tuple[str, bool], ...]


def _vouchers(books: Books, year: int) -> list[DocumentRow]:
    rows = books.documents.rows((Kind.VOUCHER,), fiscal_year=year)
    return [row for row in rows if row.state is not State.VOIDED]


def _own(books: Books, year: int) -> list[DocumentRow]:
    return [row for row in _vouchers(books, year) if row.amount == AMOUNT]


def _voucher(books: Books, year: int) -> Steps:
    own = _own(books, year)
    return (
        ("新增一张金额 6,600.00 元的支付申请", bool(own)),
        ("收款人和用途都填好", any(row.counterpart and row.purpose for row in own)),
        ("审核没有错误", any(row.counterpart and row.purpose and not row.problems_count for row in own)),
        ("按“送复核”", any(row.state in _HANDED for row in own)),
    )


def _sign(books: Books, year: int) -> Steps:
    own = _own(books, year)
    return (
        ("有一张送了复核的 6,600.00 元支付申请", any(row.state in _HANDED for row in own)),
        ("换成复核人，按“复核通过”", any(row.state in _CHECKED for row in own)),
        ("换成签章人，按“签章”", any(row.state in _SIGNED for row in own)),
    )


def _sync(books: Books, year: int) -> Steps:
    own = _own(books, year)
    sent = any(row.state in _SENT for row in own)
    return (
        ("有一张签好章的 6,600.00 元支付申请", any(row.state in _SIGNED for row in own)),
        ("按 F12 核对，再按“开始同步”", sent or any(row.state is State.SEALED for row in own)),
        ("看到“已送达”和财政回执号", sent),
    )


def _returned(books: Books, year: int) -> Steps:
    rows = [row for row in _vouchers(books, year) if row.revision > 1]
    return (
        ("打开一张“已退回”的支付申请，按“更正并重报”", bool(rows)),
        ("照退回意见改好，审核没有错误", any(not row.problems_count for row in rows)),
        ("按“送复核”", any(row.state in _HANDED for row in rows)),
    )


def _goal(books: Books, year: int) -> Steps:
    fresh = [one for one in books.documents.of_kind(Kind.PROJECT, year + 1) if one.state not in _SENT]
    goals = [one.content for one in books.documents.of_kind(Kind.GOAL, year + 1) if one.state not in _SENT]
    own = [goal for goal in goals if isinstance(goal, PerformanceGoal)]
    points = [sum((line.weight for line in goal.lines), ZERO) for goal in own]
    return (
        ("在“绩效目标”页新增一个项目", bool(fresh)),
        ("开始填绩效目标，从指标库勾选 3 条以上指标", any(len(goal.lines) >= LEAST_INDICATORS for goal in own)),
        ("指标值都填好", any(goal.lines and all(line.target for line in goal.lines) for goal in own)),
        ("分值合计 90 分", GOAL_POINTS in points),
    )


TASKS: Mapping[str, Callable[[Books, int], Steps]] = {
    "voucher": _voucher,
    "sign": _sign,
    "sync": _sync,
    "returned": _returned,
    "goal": _goal,
}
