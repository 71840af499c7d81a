"""What the inspector says about the current cell of a budget sheet."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from desktop.domain.money import ZERO
from desktop.texts import tr
from desktop.ui.budget.findings import Findings
from desktop.ui.budget.income import IncomeSource
from desktop.ui.budget.lines import LinesSource
from desktop.ui.budget.session import BudgetSession
from desktop.ui.kit.inspector import Section
from desktop.ui.kit.numbers import format_number
from desktop.usecases.ports import Revision

HELP: Mapping[str, str] = {
    "project": tr("从财政已入库的项目里选；输入名称或拼音首字母。支出功能分类随项目带出。"),
    "function": tr("选到“项”一级。除人员类外，须与项目入库时的功能分类一致。"),
    "economic": tr("部门支出经济分类，选到“款”一级；政府经济分类由系统带出。"),
    "gov": tr("政府支出经济分类，按对照表由部门经济分类带出。"),
    "nature": tr("这笔支出用哪一类资金，须与控制数的资金性质一致。"),
    "source": tr("资金从哪里来：本级财力、上级转移支付、上年结转等。"),
    "last_year": tr("上年同一项目、科目和资金的执行数，由财政下达。"),
    "ceiling": tr("财政下达的控制数；只下到项目的，这里空着，在上方合计里比较。"),
    "amount": tr("本年该经济科目的申报数，按支出标准测算后填列，不能超过控制数。可以输入算式，如 =1200*12。"),
    "change": tr("本年申报数减上年执行数。"),
    "percent": tr("增减额占上年执行数的比例，超过规定幅度要写说明。"),
    "procurement": tr("属于政府采购目录或限额以上的填“是”。"),
    "note": tr("测算依据、增减原因等，随预算报送。"),
    "item": tr("收入的来源项目；上年结转结余按资金性质分行填。"),
}


def sections(
    session: BudgetSession, source: LinesSource | IncomeSource, findings: Findings, row: int, key: str
) -> list[Section]:
    """Return the inspector's sections for a cell."""
    found = [Section(tr("填什么")).add_text(HELP.get(key, tr("这一列由系统算出。")))]
    if row < source.row_count():
        if isinstance(source, LinesSource):
            found += _comparison(source, row)
        found.append(_checks(findings, source.form, row))
    history = _history(session.commits, session.desk.officers)
    return [*found, history] if history is not None else found


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
