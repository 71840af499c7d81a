"""Findings of the rules on the budget's sheets: where they stand, what the cells and the panel say."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from desktop.domain.budget import BudgetLine
from desktop.domain.problem import Level, Problem
from desktop.texts import tr
from desktop.texts.problems import describe, place_name
from desktop.ui.grid.columns import NO_MARK, Mark
from desktop.ui.kit import tokens
from desktop.ui.kit.headers import PlainHeader
from desktop.ui.kit.problems import ProblemRow, ProblemsPanel
from desktop.ui.kit.typography import px

LEVELS = {Level.ERROR: "error", Level.WARN: "warning", Level.INFO: "info"}
_ORDER = {Level.ERROR: 0, Level.WARN: 1, Level.INFO: 2}
_PATH = re.compile(r"(lines|income)\[(\d+)]\.?([a-z_]*)")
_DIFFERENCES = ("over", "difference", "increase")
COVER, INCOME, BASIC, PROJECT = "cover", "income", "basic", "project"
SHEETS = {INCOME: tr("收入"), BASIC: tr("基本支出"), PROJECT: tr("项目支出")}
# Field of a line -> column of its sheet and the column's title.
COLUMNS: Mapping[str, tuple[str, str]] = {
    "project_key": ("project", tr("项目名称")),
    "project_class": ("project", tr("项目名称")),
    "function_code": ("function", tr("支出功能分类")),
    "dept_economic_code": ("economic", tr("部门经济分类")),
    "gov_economic_code": ("gov", tr("政府经济")),
    "fund_nature": ("nature", tr("资金性质")),
    "fund_source": ("source", tr("资金来源")),
    "amount": ("amount", tr("本年申报数")),
    "item": ("item", tr("收入项目")),
}
_AMOUNT = COLUMNS["amount"]
LOW = 800  # below this height of a page its problems panel keeps three rows
FILL, EXPLAIN, EXPLAINED = tr("填入控制数"), tr("写说明"), tr("改说明")


@dataclass(frozen=True, slots=True)
class Place:
    """A cell on a sheet: its form, its row there (-1: none), its column's key, and words for row and column."""

    form: str
    row: int = -1
    key: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding with its place and its row in the problems panel."""

    problem: Problem
    place: Place
    row: ProblemRow


@dataclass(frozen=True, slots=True)
class Findings:
    """All findings, the worst first; made anew whenever the rules have spoken."""

    all: tuple[Finding, ...] = ()
    marks: Mapping[tuple[str, int, str], Mark] = field(default_factory=dict)
    counts: Mapping[str, tuple[int, int]] = field(default_factory=dict)

    def mark(self, form: str, row: int, key: str) -> Mark:
        """Return what a cell says."""
        return self.marks.get((form, row, key), NO_MARK)

    def count(self, form: str) -> tuple[int, int]:
        """Return errors and open warnings of a form."""
        return self.counts.get(form, (0, 0))

    def errors(self) -> int:
        """Return all errors."""
        return sum(errors for errors, _ in self.counts.values())

    def warnings(self) -> int:
        """Return all warnings that still want a reason."""
        return sum(warnings for _, warnings in self.counts.values())

    def on_row(self, form: str, row: int) -> list[ProblemRow]:
        """Return the findings about one row of a sheet."""
        return [one.row for one in self.all if (one.place.form, one.place.row) == (form, row)]

    def rows(self, form: str) -> list[ProblemRow]:
        """Return the rows of the problems panel; places on another sheet than the one in front name it."""
        return [one.row if one.place.form == form or one.place.form not in SHEETS else _named(one) for one in self.all]

    def at(self, where: str, code: str = "") -> Finding | None:
        """Return the first finding at a path, of one rule if a code is given."""
        return next((one for one in self.all if one.row.where == where and code in ("", one.problem.code)), None)


def _named(finding: Finding) -> ProblemRow:
    sheet = SHEETS[finding.place.form]
    words = tr("{sheet} · 第 {row} 行", sheet=sheet, row=finding.place.row + 1) if finding.place.row >= 0 else sheet
    return replace(finding.row, place=words)


def fit_panel(panel: ProblemsPanel, height: int) -> None:
    """Give a problems panel its height: three rows in a low window, up to six in others.

    Args:
        panel: The panel.
        height: Of the page that it stands in, logical pixels.
    """
    head = panel.findChild(PlainHeader)
    if head is not None:
        head.setFixedHeight(px(tokens.ROW))
    low = px(tokens.CONTROL) + 4 * px(tokens.ROW) + 1
    panel.setMaximumHeight(low if height < px(LOW) else low + 3 * px(tokens.ROW))


def ranks(lines: Sequence[BudgetLine]) -> list[int]:
    """Return for every line its row on the sheet that it stands on."""
    counts, rows = {True: 0, False: 0}, []
    for line in lines:
        basic = line.project_class.is_basic
        rows.append(counts[basic])
        counts[basic] += 1
    return rows


def place_of(where: str, lines: Sequence[BudgetLine], rows: Sequence[int]) -> Place:
    """Return where a finding stands.

    Args:
        where: A path inside the draft: ``lines[3].amount``, ``income[0].item``, ``forms.F03.TOTAL.total``.
        lines: The draft's lines.
        rows: Their `ranks`.
    """
    found = _PATH.match(where)
    if found is not None and (found[1] == "income" or int(found[2]) < len(lines)):
        at = int(found[2])
        key, title = COLUMNS.get(found[3], _AMOUNT)
        income = found[1] == "income"
        form = INCOME if income else BASIC if lines[at].project_class.is_basic else PROJECT
        row = at if income else rows[at]
        words = tr("第 {row} 行 · {title}", row=row + 1, title=title)
        return Place(form, row, key, words)
    if where.startswith("forms."):
        return Place(where.split(".")[1], words=place_name(where))
    if where == "year_end_carry":
        return Place(COVER, words=place_name(where))
    return Place("F01" if where == "forms" else PROJECT, words=place_name(where))


def sort_out(problems: Sequence[Problem], lines: Sequence[BudgetLine], reasons: Mapping[str, str]) -> Findings:
    """Place all findings.

    Args:
        problems: As the rules gave them.
        lines: Of the draft that they speak of.
        reasons: Rule to the maker's written reason; an answered warning is only information.
    """
    rows = ranks(lines)
    found: list[Finding] = []
    marks: dict[tuple[str, int, str], Mark] = {}
    counts: dict[str, tuple[int, int]] = {}
    for problem in sorted(problems, key=lambda one: _ORDER[one.level]):
        place = place_of(problem.where, lines, rows)
        finding = _finding(problem, place, answered=bool(reasons.get(problem.code)))
        found.append(finding)
        errors, warnings = counts.get(place.form, (0, 0))
        level = finding.row.level
        counts[place.form] = errors + (level == "error"), warnings + (level == "warning")
        if place.row >= 0 and level != "info":
            message = f"{finding.row.text}（{problem.code}）\n{describe(problem).advice}"
            marks.setdefault((place.form, place.row, place.key), Mark(level, message))
    return Findings(tuple(found), marks, counts)


def _finding(problem: Problem, place: Place, *, answered: bool) -> Finding:
    # The rules count lines through the whole draft, people count the rows of the sheet they look at.
    said = replace(problem, facts={**problem.facts, "row": str(place.row + 1)}) if place.row >= 0 else problem
    text = describe(said)
    warning = problem.level is Level.WARN
    level = "info" if warning and answered else LEVELS[problem.level]
    remedy = EXPLAINED if warning and answered else EXPLAIN if warning else text.advice
    if problem.code == "C16" and place.row >= 0:
        remedy = FILL
    row = ProblemRow(level, problem.where, place.words, text.sentence, _difference(problem), problem.code, remedy)
    return Finding(problem, place, row)


def _difference(problem: Problem) -> str:
    given = next((problem.facts[name] for name in _DIFFERENCES if problem.facts.get(name)), "")
    return f"-{given}" if given and "over" in problem.facts else given
