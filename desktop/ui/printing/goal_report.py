"""项目支出绩效目标申报表 on paper: what the project is, its money, the goal in words, and the indicators."""

from collections.abc import Sequence

from desktop.domain.goal import PerformanceGoal
from desktop.domain.goal_form.layout import COLUMNS, TITLE, TOTAL, GoalForm
from desktop.domain.head import Kind
from desktop.domain.printed.marks import LINE, POINT, Mark, Measure, Page, PageSetup, Rule, Words, lines_of
from desktop.domain.printed.table import NORMAL, TableColumn, TableContent, TableRow, table_pages
from desktop.domain.project import Project
from desktop.texts import tr
from desktop.texts.words import PROJECT_CLASSES
from desktop.ui.printing.report import Lay, Report
from desktop.usecases.ports import Books
from desktop.usecases.take_form import form_of

LABEL, ROW, MOST_LINES = 30.0, 7.4, 14
_WIDTHS = (19.0, 33.0, 45.0, 16.0, 27.0, 17.0, 11.0, 21.0)
_NAME, _WEIGHT = 2, 6
_COLUMNS = tuple(
    TableColumn(tr(title), width, "left" if at == _NAME else "center", frozen=at < _NAME)
    for at, (title, width) in enumerate(zip(COLUMNS, _WIDTHS, strict=True))
)


def goal_report(goal_id: str, title: str, *, arrived: bool) -> Report:
    """Return the form of one goal.

    Args:
        title: Name of the project, for the file's name.
        arrived: Whether the platform has it.
    """

    def load(books: Books) -> Lay:
        form, bureau = read_goal_form(books, goal_id)

        def lay(setup: PageSetup, measure: Measure) -> Sequence[Page]:
            return goal_pages(form, bureau, setup, measure)

        return lay

    return Report("goal", f"{tr(TITLE)} {title}", load, arrived=arrived)


def read_goal_form(books: Books, goal_id: str) -> tuple[GoalForm, str]:
    """Return the form of a stored goal, and the bureau's name."""
    with books:
        goal = books.documents.get(goal_id).content
        if not isinstance(goal, PerformanceGoal):
            raise TypeError(f"{goal_id} is no goal")
        found = books.documents.find(Kind.PROJECT, goal.project_key)
        bureau = books.mirrors.unit().bureau_name
    project = found.content if found is not None and isinstance(found.content, Project) else None
    kind = PROJECT_CLASSES.get(project.project_class.value, "") if project is not None else ""
    return form_of(books, goal, kind), bureau


def goal_pages(form: GoalForm, bureau: str, setup: PageSetup, measure: Measure) -> list[Page]:
    """Return the pages; indicators flow on when they do not fit the first."""
    width = setup.size[0] - 2 * setup.margin
    marks, height = _upper(form, width, measure)
    rows, before = [], ("", "")
    for line in form.lines:
        level = (line[0], line[1])
        first = level[0] if level[0] != before[0] else ""
        second = level[1] if level != before else ""
        rows.append(TableRow((first, second, *line[2:])))
        before = level
    total = tuple(TOTAL if at == 1 else form.total if at == _WEIGHT else "" for at in range(len(COLUMNS)))
    people = dict(pair for pairs in form.facts for pair in pairs)
    content = TableContent(
        tr(TITLE), _COLUMNS, tuple(rows), (TableRow(total, "total"),),
        (tr("（{year} 年度）", year=form.year), bureau, tr("单位：元")),
        notes=form.foot,
        signatures=(tr("单位负责人："), tr("复核："), tr("填报人：{name}", name=people["项目负责人"]),
                    tr("联系电话：{phone}", phone=people["联系电话"])),
        before=tuple(marks), before_height=height,
    )
    return table_pages(content, setup, measure)


def _upper(form: GoalForm, width: float, measure: Measure) -> tuple[list[Mark], float]:
    """Return the boxes over the table and how high they are, from the corner of the printable width."""
    marks: list[Mark] = []
    y = 0.0
    money = [tuple((label.strip("　"), value) for label, value in form.funds[at:at + 2])
             for at in range(0, len(form.funds), 2)]
    for pairs in (*form.facts, *money):
        each = width / len(pairs)
        for at, (label, value) in enumerate(pairs):
            marks += _pair(at * each, y, each, ROW, label, [value])
        y += ROW
    for label, text in form.texts:
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
