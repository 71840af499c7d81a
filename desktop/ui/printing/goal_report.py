"""项目支出绩效目标申报表 on paper: what the project is, its money, the goal in words, and the indicators."""

from collections.abc import Sequence
from decimal import Decimal

from desktop.domain.goal import Level1, PerformanceGoal
from desktop.domain.head import Kind
from desktop.domain.money import format_yuan
from desktop.domain.printed.marks import LINE, POINT, Mark, Measure, Page, PageSetup, Rule, Words, lines_of
from desktop.domain.printed.table import NORMAL, TableColumn, TableContent, TableRow, table_pages
from desktop.domain.project import Project
from desktop.texts import tr
from desktop.texts.words import OPERATORS, PROJECT_CLASSES
from desktop.ui.printing.report import Lay, Report
from desktop.usecases.ports import Books

TITLE = tr("项目支出绩效目标申报表")
LABEL, ROW, MOST_LINES = 30.0, 7.4, 14
_LEVELS = {Level1.COST: tr("成本指标"), Level1.OUTPUT: tr("产出指标"), Level1.BENEFIT: tr("效益指标"),
           Level1.SATISFACTION: tr("满意度指标")}
_COLUMNS = (
    TableColumn(tr("一级指标"), 24, frozen=True), TableColumn(tr("二级指标"), 30, frozen=True),
    TableColumn(tr("三级指标"), 62), TableColumn(tr("指标值"), 34, "center"), TableColumn(tr("分值"), 16, "right"),
)


def goal_report(goal_id: str, title: str, *, arrived: bool) -> Report:
    """Return the form of one goal.

    Args:
        title: Name of the project, for the file's name.
        arrived: Whether the platform has it.
    """

    def load(books: Books) -> Lay:
        with books:
            goal = books.documents.get(goal_id).content
            assert isinstance(goal, PerformanceGoal), "a goal's content is a goal"
            found = books.documents.find(Kind.PROJECT, goal.project_key)
            unit, bureau = books.mirrors.unit().name, books.mirrors.unit().bureau_name
        project = found.content if found is not None and isinstance(found.content, Project) else None

        def lay(setup: PageSetup, measure: Measure) -> Sequence[Page]:
            return goal_pages(goal, project, unit, bureau, setup, measure)

        return lay

    return Report("goal", f"{TITLE} {title}", load, arrived=arrived)


def goal_pages(goal: PerformanceGoal, project: Project | None, unit: str, bureau: str, setup: PageSetup,
               measure: Measure) -> list[Page]:
    """Return the pages; indicators flow on when they do not fit the first."""
    width = setup.size[0] - 2 * setup.margin
    marks, height = _upper(goal, project, unit, width, measure)
    rows, before = [], ("", "")
    for line in goal.lines:
        level = (_LEVELS[line.level1], line.level2)
        first = level[0] if level[0] != before[0] else ""
        second = level[1] if level != before else ""
        value = f"{OPERATORS.get(line.operator.value, '')}{line.target} {line.unit}".strip()
        rows.append(TableRow((first, second, line.name, value, _plain(line.weight))))
        before = level
    total = sum((line.weight for line in goal.lines), Decimal(0))
    content = TableContent(
        TITLE, _COLUMNS, tuple(rows), (TableRow(("", tr("合计"), "", "", _plain(total)), "total"),),
        (tr("（{year} 年度）", year=goal.head.fiscal_year), bureau, tr("单位：元")),
        signatures=(tr("单位负责人："), tr("复核："), tr("填报人：{name}", name=goal.responsible),
                    tr("联系电话：{phone}", phone=goal.phone)),
        before=tuple(marks), before_height=height,
    )
    return table_pages(content, setup, measure)


def _upper(goal: PerformanceGoal, project: Project | None, unit: str, width: float,
           measure: Measure) -> tuple[list[Mark], float]:
    """Return the boxes over the table and how high they are, from the corner of the printable width."""
    total = project.total if project is not None else goal.year_total
    kind = PROJECT_CLASSES.get(project.project_class.value, "") if project is not None else ""
    span = tr("{start}—{end} 年", start=project.start_year, end=project.end_year) if project is not None else ""
    marks: list[Mark] = []
    y = 0.0
    for pairs in (
        ((tr("项目名称"), goal.project_name),),
        ((tr("实施单位"), unit), (tr("项目类别"), kind)),
        ((tr("项目期"), span), (tr("项目代码"), (project.code or project.head.key) if project is not None else "")),
        ((tr("项目总额"), format_yuan(total)), (tr("本年度资金"), format_yuan(goal.year_total))),
    ):
        each = width / len(pairs)
        for at, (label, value) in enumerate(pairs):
            marks += _pair(at * each, y, each, ROW, label, [value])
        y += ROW
    for label, text in ((tr("总体目标（项目期）"), goal.general_goal), (tr("年度总体目标"), goal.year_goal)):
        lines = lines_of(text, width - LABEL - 3, NORMAL, measure)[:MOST_LINES]
        tall = max(ROW * 1.6, len(lines) * NORMAL * POINT * LINE + 3)
        marks += _pair(0, y, width, tall, label, lines)
        y += tall
    return marks, y


def _pair(x: float, y: float, width: float, height: float, label: str, lines: Sequence[str]) -> list[Mark]:
    line = NORMAL * POINT * LINE
    top = y + (height - len(lines) * line) / 2
    marks: list[Mark] = [Words(x, y, LABEL, height, label, 9, bold=True, align="center")]
    marks += [Words(x + LABEL + 1.5, top + at * line, width - LABEL - 3, line, text, 9, field=True)
              for at, text in enumerate(lines)]
    for x1, y1, x2, y2 in ((x, y, x + width, y), (x, y + height, x + width, y + height), (x, y, x, y + height),
                           (x + LABEL, y, x + LABEL, y + height), (x + width, y, x + width, y + height)):
        marks.append(Rule(x1, y1, x2, y2))
    return marks


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}" if number else ""

