"""What is printed of a budget: the form in front, then every other form, and the list of findings."""

from collections.abc import Sequence

from desktop.texts import tr
from desktop.ui.budget.findings import BASIC, COVER, INCOME
from desktop.ui.budget.forms import FormSource, form_columns
from desktop.ui.budget.income import IncomeSource, income_columns
from desktop.ui.budget.lines import LinesSource, line_columns
from desktop.ui.budget.overview import TITLES, title_of
from desktop.ui.budget.session import BASIC_CLASSES, PROJECT_CLASSES, BudgetSession
from desktop.ui.budget.sheets import EDITED
from desktop.ui.grid.sheet import Sheet
from desktop.ui.kit.problems import ProblemRow
from desktop.ui.printing.plain_reports import problems_report
from desktop.ui.printing.report import Report
from desktop.ui.printing.sheet_report import Around, sheet_report, source_report
from desktop.ui.printing.voucher_report import has_arrived

SIGNATURES = (tr("单位负责人："), tr("复核："), tr("填报人："), tr("（单位盖章）"))


def budget_reports(session: BudgetSession, front: tuple[str, Sheet] | None, rows: Sequence[ProblemRow], *,
                   in_wan: bool) -> list[Report]:
    """Return the reports, the form in front first.

    Args:
        front: Key and grid of the form in front; the cover has none.
        rows: Findings, for 审核单; none when there are none.
        in_wan: Amounts are shown in 万元.
    """
    arrived = has_arrived(session.state)
    year = tr("{year} 年度", year=session.content().head.fiscal_year)
    around = Around((year, tr("单位：万元") if in_wan else tr("单位：元")), (), SIGNATURES, arrived)
    reports = []
    for form in sorted((form for form in TITLES if form != COVER), key=lambda form: not _in_front(form, front)):
        key = f"budget/{form}"
        if front is not None and form == front[0]:
            reports.append(sheet_report(front[1], title_of(form), key=key, around=around))
        else:
            reports.append(_form(session, form, key, around, in_wan=in_wan))
    if rows:
        reports.append(problems_report(tr("部门预算"), rows, arrived=arrived))
    return reports


def _in_front(form: str, front: tuple[str, Sheet] | None) -> bool:
    return front is not None and form == front[0]


def _form(session: BudgetSession, form: str, key: str, around: Around, *, in_wan: bool) -> Report:
    """Return a form that is not on the screen, without making its grid."""
    if form not in EDITED:
        computed = FormSource(form, session.desk)
        computed.show_forms(session.forms)
        computed.in_wan = in_wan
        columns = form_columns(form)
        return source_report(columns, computed, title_of(form), key=key, around=around, frozen=len(columns) > 6)
    if form == INCOME:
        income = IncomeSource(session)
        income.in_wan = in_wan
        return source_report(income_columns(session.desk), income, title_of(form), key=key, around=around, frozen=2)
    classes = BASIC_CLASSES if form == BASIC else PROJECT_CLASSES
    lines = LinesSource(session, classes)
    lines.in_wan = in_wan
    return source_report(line_columns(session.desk, classes), lines, title_of(form), key=key, around=around, frozen=2)
