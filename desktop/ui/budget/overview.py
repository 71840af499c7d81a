"""The tree's nodes with their marks, and the two amounts that the strip compares, for every form."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from desktop.domain.money import ZERO
from desktop.texts import tr
from desktop.ui.budget.findings import BASIC, COVER, INCOME, PROJECT, Findings
from desktop.ui.budget.forms import titles
from desktop.ui.budget.session import BudgetSession
from desktop.ui.budget.tree import FormNode

TITLES: Mapping[str, str] = {
    COVER: tr("封面"),
    INCOME: tr("收入预算表"),
    BASIC: tr("基本支出明细表"),
    PROJECT: tr("项目支出明细表"),
    **titles(),
}
# What the tree is too narrow for.
_SHORT: Mapping[str, str] = {"F04": tr("财政拨款总表"), "F05": tr("一般公共支出表")}
_GROUPS: Mapping[str, tuple[str, ...]] = {
    tr("收入"): (INCOME,),
    tr("支出"): (BASIC, PROJECT),
    tr("汇总"): tuple(titles()),
}


def title_of(form: str) -> str:
    """Return the title of a form."""
    return TITLES[form]


def nodes(session: BudgetSession, findings: Findings) -> list[FormNode]:
    """Return the tree: the cover, then groups with their forms."""
    found = [_node(COVER, session, findings)]
    for group, forms in _GROUPS.items():
        found.append(FormNode("", group))
        found += [_node(form, session, findings) for form in forms]
    return found


def _node(form: str, session: BudgetSession, findings: Findings) -> FormNode:
    errors, warnings = findings.count(form)
    if errors:
        mark = "error"
    elif warnings:
        mark = "warning"
    else:
        mark = "done" if _filled(form, session) else "empty"
    return FormNode(form, _SHORT.get(form, TITLES[form]), mark, errors, TITLES[form])


def _filled(form: str, session: BudgetSession) -> bool:
    """Whether every line of a sheet has its amount; sums are filled once there is something to sum up."""
    if form == COVER:
        return bool(session.content().explanation.strip())
    if form == INCOME:
        return bool(session.income) and all(line.amount for line in session.income)
    if form in (BASIC, PROJECT):
        lines = [line for line in session.lines if line.project_class.is_basic == (form == BASIC)]
        return bool(lines) and all(line.amount for line in lines)
    return any(cell.form == form for cell in session.forms)


def totals(form: str, session: BudgetSession) -> tuple[tuple[str, Decimal | None], tuple[str, Decimal], str]:
    """Return what the strip compares on a form: name and yuan, name and yuan, and what it means when the first is less.

    On the sheets of expenditure the bureau's ceilings (None while it gave none) against the lines, elsewhere income
    against expenditure.
    """
    spent = sum((line.amount for line in session.lines), ZERO)
    if form not in (BASIC, PROJECT):
        income = sum((line.amount for line in session.income), ZERO)
        return (tr("收入"), income), (tr("支出"), spent), tr("支出大于收入")
    basic = form == BASIC
    lines = [line for line in session.lines if line.project_class.is_basic == basic]
    planned = sum((line.amount for line in lines), ZERO)
    return (tr("控制数"), _ceiling(session, basic=basic)), (tr("已编"), planned), tr("超控制数")


def _ceiling(session: BudgetSession, *, basic: bool) -> Decimal | None:
    desk = session.desk
    classes = {key: project.project_class in ("R", "Y1") for key, project in desk.projects.items()}
    given: Sequence[Decimal] = [
        one.amount for one in desk.ceilings if one.project_key and classes.get(one.project_key) == basic
    ]
    return sum(given, ZERO) if given else None
