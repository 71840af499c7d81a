"""What a goal form says of its project: it follows the project and is never typed a second time."""

from dataclasses import dataclass, replace
from decimal import Decimal

from desktop.domain.goal import GoalFund, PerformanceGoal
from desktop.domain.money import ZERO
from desktop.domain.project import Project

# Sources that the treasury pays; what is carried over and what is not fiscal have rows of their own on the form.
_FISCAL = ("LOCAL", "TRANSFER", "BOND")
_CARRIED = "CARRY"


@dataclass(frozen=True, slots=True)
class GoalMoney:
    """Yuan of the form's funds block.

    Attributes:
        fiscal: Fund nature to yuan, in the order of the plan.
    """

    total: Decimal
    fiscal: tuple[tuple[str, Decimal], ...]
    carried_over: Decimal
    other: Decimal
    multi_year: Decimal


def with_header(goal: PerformanceGoal, project: Project) -> PerformanceGoal:
    """Return the goal whose header is the project's: name, code, period, funds, who answers for it.

    Source: performance rules, section 2.
    """
    year = goal.head.fiscal_year
    funds: dict[tuple[str, str], Decimal] = {}
    for row in project.plan:
        if row.year == year:
            key = (row.fund_nature, row.fund_source)
            funds[key] = funds.get(key, ZERO) + row.amount
    return replace(
        goal,
        project_name=project.name,
        project_code=project.code,
        is_new=project.is_new,
        start_year=project.start_year,
        end_year=project.end_year,
        year_total=project.year_amount(year),
        funds=tuple(GoalFund(nature, source, amount) for (nature, source), amount in funds.items()),
        multi_year_total=project.total,
        responsible=project.responsible,
        phone=project.phone,
    )


def goal_money(goal: PerformanceGoal) -> GoalMoney:
    """Return the funds block; a goal written before the form had one counts its whole amount as fiscal."""
    funds = goal.funds or (GoalFund("", _FISCAL[0], goal.year_total),)
    fiscal: dict[str, Decimal] = {}
    for fund in funds:
        if fund.fund_source in _FISCAL:
            fiscal[fund.fund_nature] = fiscal.get(fund.fund_nature, ZERO) + fund.amount
    carried = sum((fund.amount for fund in funds if fund.fund_source == _CARRIED), ZERO)
    other = goal.year_total - sum(fiscal.values(), ZERO) - carried
    return GoalMoney(goal.year_total, tuple(fiscal.items()), carried, other, goal.multi_year_total or goal.year_total)
