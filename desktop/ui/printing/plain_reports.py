"""Small reports from words at hand: findings, keys, a run's receipt, the month's checklist with its charts."""

from collections.abc import Mapping, Sequence

from desktop.domain.printed.marks import Mark, Measure, Page, PageSetup, Picture, Words
from desktop.domain.printed.table import TableColumn, TableContent, TableRow, table_pages
from desktop.texts import tr
from desktop.ui.charts.chart import Chart
from desktop.ui.kit.problems import ProblemRow
from desktop.ui.printing.report import A4, Report, ready

CHART_HIGH, CHART_GAP = 62.0, 6.0
_WORDS = {"error": tr("错误"), "warning": tr("提示"), "info": tr("说明")}


def _table(content: TableContent, key: str, *, arrived: bool = True, setup: PageSetup = A4) -> Report:
    def lay(setup: PageSetup, measure: Measure) -> Sequence[Page]:
        return table_pages(content, setup, measure)

    return Report(key, content.title, ready(lay), setup, arrived)


def problems_report(title: str, rows: Sequence[ProblemRow], *, arrived: bool) -> Report:
    """Return 审核单: every finding with its place, number and remedy."""
    columns = (TableColumn(tr("序号"), 10, "center"), TableColumn(tr("级别"), 14), TableColumn(tr("位置"), 40),
               TableColumn(tr("问题"), 78), TableColumn(tr("差额"), 26, "right"), TableColumn(tr("规则"), 15, "center"),
               TableColumn(tr("怎么改"), 50))
    printed = tuple(
        TableRow((str(at), _WORDS.get(row.level, ""), row.place, row.text, row.difference, row.rule, row.remedy))
        for at, row in enumerate(rows, start=1)
    )
    errors = sum(row.level == "error" for row in rows)
    facts = (tr("{errors} 个错误，{others} 个提示", errors=errors, others=len(rows) - errors),)
    content = TableContent(tr("{title}审核单", title=title), columns, printed, (), facts,
                           signatures=(tr("审核人："), tr("日期：")), nothing=tr("没有发现问题。"))
    return _table(content, "problems", arrived=arrived, setup=PageSetup("A4", landscape=True))


def keys_report(groups: Sequence[tuple[str, Sequence[tuple[str, str]]]]) -> Report:
    """Return the shortcut sheet: groups of (key, what it does), on one sheet."""
    columns = (TableColumn(tr("按键"), 40), TableColumn(tr("做什么"), 80), TableColumn(tr("按键"), 40),
               TableColumn(tr("做什么"), 80))
    lines: list[tuple[str, str]] = []
    for title, keys in groups:
        lines += [("", title), *keys]
    half = (len(lines) + 1) // 2
    pairs = [(lines[at], lines[at + half] if at + half < len(lines) else ("", "")) for at in range(half)]
    rows = tuple(TableRow((*left, *right)) for left, right in pairs)
    return _table(TableContent(tr("快捷键表"), columns, rows), "keys", setup=PageSetup("A4", margin=10))


def facts_report(key: str, title: str, facts: Sequence[tuple[str, str]], *, notes: Sequence[str] = (),
                 signatures: Sequence[str] = ()) -> Report:
    """Return a slip of facts: the receipt of a run."""
    columns = (TableColumn(tr("项目"), 50), TableColumn(tr("内容"), 120))
    content = TableContent(title, columns, tuple(TableRow(fact) for fact in facts), (), (), tuple(notes),
                           tuple(signatures))
    return _table(content, key)


def checklist_report(title: str, rows: Sequence[tuple[str, str, str, str]],
                     charts: Sequence[tuple[str, Chart]]) -> Report:
    """Return the month's checklist: what, why, amount, until when; and the charts under it.

    Args:
        charts: Titles and charts; they are drawn as they are shown now.
    """
    columns = (TableColumn(tr("序号"), 10, "center"), TableColumn(tr("事项"), 60), TableColumn(tr("说明"), 90),
               TableColumn(tr("金额（元）"), 28, "right"), TableColumn(tr("期限"), 26))
    printed = tuple(TableRow((str(at), *row)) for at, row in enumerate(rows, start=1))
    content = TableContent(title, columns, printed, (), (), nothing=tr("本月事项已全部办结。"))
    drawings: Mapping[str, Chart] = {name: chart for name, chart in charts if chart.has_data()}

    def lay(setup: PageSetup, measure: Measure) -> Sequence[Page]:
        return [*table_pages(content, setup, measure), *_chart_pages(list(drawings), setup)]

    return Report("checklist", title, ready(lay), A4, drawings={name: one.drawing() for name, one in drawings.items()})


def _chart_pages(names: Sequence[str], setup: PageSetup) -> list[Page]:
    wide, high = setup.size
    each = CHART_HIGH + CHART_GAP + 8
    fits = max(1, int((high - 2 * setup.margin) // each))
    pages = []
    for first in range(0, len(names), fits):
        marks: list[Mark] = []
        for at, name in enumerate(names[first : first + fits]):
            top = setup.margin + at * each
            marks.append(Words(setup.margin, top, wide - 2 * setup.margin, 6, name, 11, bold=True))
            marks.append(Picture(setup.margin, top + 8, wide - 2 * setup.margin, CHART_HIGH, name))
        pages.append(Page(wide, high, tuple(marks)))
    return pages
