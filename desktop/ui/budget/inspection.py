"""What the inspector says about the current cell of a budget sheet."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from desktop.domain.money import ZERO
from desktop.texts import tr
from desktop.texts.field_help import field_help
from desktop.ui.budget.findings import Findings
from desktop.ui.budget.income import IncomeSource
from desktop.ui.budget.lines import LinesSource
from desktop.ui.budget.session import BudgetSession
from desktop.ui.kit.inspector import Section
from desktop.ui.kit.numbers import format_number
from desktop.usecases.ports import Revision


def sections(
    session: BudgetSession, source: LinesSource | IncomeSource, findings: Findings, row: int, key: str
) -> list[Section]:
    """Return the inspector's sections for a cell."""
    helped = field_help(f"{help_word(source)}/{key}")
    found = [Section(tr("填什么")).add_text(helped.what if helped else tr("这一列由系统算出。"))]
    if row < source.row_count():
        told = source.formula(row, key)
        if told is not None:
            found.append(Section(tr("公式")).add_text(f"＝{told.words}").add_text(f"＝{told.filled}"))
        if isinstance(source, LinesSource):
            found += _comparison(source, row)
        found.append(_checks(findings, source.form, row))
    history = _history(session.commits, session.desk.officers)
    return [*found, history] if history is not None else found


def help_word(source: LinesSource | IncomeSource) -> str:
    """Return the word under which the columns of a sheet have their help."""
    return "income" if isinstance(source, IncomeSource) else "budget"


def _comparison(source: LinesSource, row: int) -> list[Section]:
    line = source.line(row)
    change = line.amount - line.last_year
    compared = Section(tr("对比"))
    compared.add_pair(tr("上年执行数"), format_number(line.last_year))
    if line.ceiling is not None:
        compared.add_pair(tr("控制数"), format_number(line.ceiling))
    compared.add_pair(tr("增减额 = 申报 − 上年"), format_number(change))
    if line.last_year:
        compared.add_pair(tr("增减 %"), f"{format_number(change * 100 / line.last_year)}%")
    return [compared, *_project(source, line.project_key, line.project_name)]


def _project(source: LinesSource, key: str, name: str) -> list[Section]:
    """The whole project against its ceilings."""
    session = source.session
    ceilings = [one.amount for one in session.desk.ceilings if one.project_key == key]
    if not ceilings:
        return []
    planned = sum((line.amount for line in session.lines if line.project_key == key), ZERO)
    given = sum(ceilings, Decimal(0))
    section = Section(tr("本项目"), name)
    section.add_pair(tr("控制数"), format_number(given))
    section.add_pair(tr("已编"), format_number(planned))
    section.add_pair(tr("差额"), format_number(given - planned))
    return [section]


def _checks(findings: Findings, form: str, row: int) -> Section:
    section = Section(tr("审核结果"))
    rows = findings.on_row(form, row)
    for one in rows:
        section.add_check(one.level, one.text, one.rule)
    return section if rows else section.add_check("ok", tr("这一行没有问题"))


def _history(commits: Sequence[Revision], officers: Mapping[str, str]) -> Section | None:
    if not commits:
        return None
    section = Section(tr("修改记录"))
    for one in commits:
        when = one.at[5:16].replace("T", " ")
        section.add_pair(f"{officers.get(one.by, tr('系统'))}　{one.why}", when)
    return section
