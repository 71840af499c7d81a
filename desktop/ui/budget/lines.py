"""The sheets 基本支出明细表 and 项目支出明细表: lines of expenditure in the grid."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from desktop.domain.budget import BudgetLine
from desktop.domain.money import ZERO
from desktop.domain.project import ProjectClass
from desktop.texts import tr
from desktop.ui.budget.findings import BASIC, PROJECT, Findings
from desktop.ui.budget.reading import BudgetDesk
from desktop.ui.budget.session import PROJECT_CLASSES, BudgetSession
from desktop.ui.grid.columns import TAKEN, ColumnSpec, Mark, Outcome, SheetSource
from desktop.ui.grid.formula import Formula, formula
from desktop.ui.kit.choices import Choice
from desktop.ui.kit.tokens import INSPECTOR_OPENS_AT

WAN = Decimal(10000)
YES, NO = Choice("1", tr("是"), "s", shown=tr("是")), Choice("0", tr("否"), "f", shown=tr("否"))
_FIELDS = {
    "function": ("FUNCTION", "function_code"),
    "economic": ("DEPT_ECONOMIC", "dept_economic_code"),
    "nature": ("FUND_NATURE", "fund_nature"),
    "source": ("FUND_SOURCE", "fund_source"),
}
_FORMULAS = {"change": tr("本年申报数-上年执行数"), "percent": tr("(本年申报数-上年执行数)/上年执行数*100")}
_SUMS = ("last_year", "ceiling", "amount", "change", "percent")


def line_columns(desk: BudgetDesk, classes: Sequence[ProjectClass]) -> tuple[ColumnSpec, ...]:
    """Return the columns of a sheet of expenditure lines."""
    wanted = {kind.value for kind in classes}
    projects = [row for key, row in desk.project_choices.items() if desk.projects[key].project_class in wanted]
    given = tr("由系统按经济分类对照表带出，不能修改")
    return (
        ColumnSpec("index", tr("序号"), "index", 36),
        ColumnSpec("project", tr("项目名称"), "choice", 156, editable=True, choices=projects, dim_repeat=True),
        ColumnSpec("function", tr("支出功能分类"), "code", 186, editable=True, choices=desk.leaves("FUNCTION"),
                   tree=lambda: desk.nodes("FUNCTION")),
        ColumnSpec("economic", tr("部门经济分类"), "code", 146, editable=True, choices=desk.leaves("DEPT_ECONOMIC"),
                   tree=lambda: desk.nodes("DEPT_ECONOMIC")),
        ColumnSpec(
            "gov", tr("政府经济"), width=82, tint="ro", reason=given, fold_below=INSPECTOR_OPENS_AT, align="left"
        ),
        ColumnSpec("nature", tr("资金性质"), "choice", 68, editable=True, choices=desk.leaves("FUND_NATURE")),
        ColumnSpec(
            "last_year", tr("上年执行数"), "amount", tint="ro", reason=tr("上年执行数由财政下达，不能修改")
        ),
        ColumnSpec("ceiling", tr("控制数"), "amount", tint="ro", reason=tr("控制数由财政下达，不能修改")),
        ColumnSpec("amount", tr("本年申报数"), "amount", 124, editable=True),
        ColumnSpec(
            "change", tr("增减额"), "amount", tint="fx", reason=tr("由公式算出：=本年申报数−上年执行数")
        ),
        ColumnSpec(
            "percent", tr("增减 %"), "percent", 82, tint="fx", reason=tr("由公式算出：=增减额÷上年执行数")
        ),
        ColumnSpec("procurement", tr("采购"), "choice", 48, editable=True, choices=(YES, NO), align="center"),
        ColumnSpec("source", tr("资金来源"), "choice", 96, editable=True, choices=desk.leaves("FUND_SOURCE")),
        ColumnSpec("note", tr("说明"), width=180, editable=True, stretch=1),
    )


class LinesSource(SheetSource):
    """The lines of some classes of projects, in the draft's order.

    Rows never change places while edits can be undone: lines come and go by steps of the session's stack only.
    """

    def __init__(self, session: BudgetSession, classes: Sequence[ProjectClass]) -> None:
        self.session, self.classes = session, tuple(classes)
        self.form = PROJECT if tuple(classes) == PROJECT_CLASSES else BASIC
        self.findings = Findings()
        self.in_wan = False
        self._rows: list[int] = []
        self._totals: dict[str, Decimal] = {}
        self.recount()

    def recount(self) -> None:
        """Find the lines of this sheet again, after the content changed as a whole."""
        lines = self.session.lines
        self._rows = [at for at, line in enumerate(lines) if line.project_class in self.classes]
        self._totals.clear()

    # -- what the page asks

    def line(self, row: int) -> BudgetLine:
        """Return the line of a row."""
        return self.session.lines[self._rows[row]]

    def place(self, row: int) -> int:
        """Return the position of a row's line in the draft."""
        return self._rows[row]

    def has_numbers(self, row: int) -> bool:
        """Say whether a row holds any amount."""
        line = self.line(row)
        return bool(line.amount or line.last_year or line.ceiling)

    # -- SheetSource

    def row_count(self) -> int:
        return len(self._rows)

    def value(self, row: int, key: str) -> object:
        line, desk = self.line(row), self.session.desk
        if key == "project":
            known = desk.project_choices.get(line.project_key)
            return known or (Choice(line.project_key, line.project_name, shown=line.project_name)
                             if line.project_key else None)
        if key in _FIELDS:
            set_name, name = _FIELDS[key]
            return desk.choice(set_name, getattr(line, name))
        if key == "gov":
            return line.gov_economic_code
        if key == "procurement":
            return YES if line.procurement else None
        if key == "note":
            return line.note
        if key == "index":
            return None
        number = _number(line, key)
        return number / WAN if self.in_wan and number is not None and key != "percent" else number

    def set_value(self, row: int, key: str, value: object) -> Outcome:
        at = self._rows[row]
        changed = self._changed(self.session.lines[at], key, value)
        if isinstance(changed, Outcome):
            return changed
        self.session.lines[at] = changed
        self._totals.clear()
        return TAKEN

    def _changed(self, line: BudgetLine, key: str, value: object) -> BudgetLine | Outcome:
        desk = self.session.desk
        if key == "project":
            if not isinstance(value, Choice):
                return replace(line, project_key="", project_name="")
            if value.code not in desk.projects:
                return Outcome(False, tr("只能选财政已入库的项目"))
            return desk.completed(self._like_others(desk.with_project(line, value.code), line))
        if key in _FIELDS:
            code = value.code if isinstance(value, Choice) else ""
            return desk.completed(replace(line, **{_FIELDS[key][1]: code}))  # type: ignore[arg-type]
        if key == "amount":
            amount = value if isinstance(value, Decimal) else ZERO
            return Outcome(False, tr("申报数不能是负数")) if amount < 0 else replace(line, amount=amount)
        if key == "procurement":
            return replace(line, procurement=value == YES)
        return replace(line, note=str(value or ""))

    def _like_others(self, moved: BudgetLine, before: BudgetLine) -> BudgetLine:
        """A new line of a project starts with the money of the project's other lines."""
        if before.fund_nature:
            return moved
        known = (one for one in self.session.lines if one.project_key == moved.project_key and one.fund_nature)
        other = next(known, None)
        return moved if other is None else replace(moved, fund_nature=other.fund_nature, fund_source=other.fund_source)

    def read_only_reason(self, row: int, key: str) -> str:
        if reason := self.session.locked_reason():
            return reason
        if self.in_wan and key == "amount":
            return tr("按万元查看时不能填数，请先切换到元")
        return ""

    def usual(self, row: int, key: str) -> Decimal | None:
        return self.line(row).last_year if key == "amount" else None

    def formula(self, row: int, key: str) -> Formula | None:
        line = self.line(row)
        names = {tr("本年申报数"): line.amount, tr("上年执行数"): line.last_year}
        if key not in ("change", "percent") or (key == "percent" and not line.last_year):
            return None
        return formula(_FORMULAS[key], names)

    def mark(self, row: int, key: str) -> Mark:
        mark = self.findings.mark(self.form, row, key)
        if key != "amount":
            return mark
        line = self.line(row)
        before = self.session.opened.get(line.line_id)
        changed = before is None or before.amount != line.amount
        return Mark(mark.level, mark.message, changed, bool(line.note)) if changed or line.note else mark

    def add_label(self) -> str:
        return "" if self.session.locked_reason() or self.in_wan else tr("在此输入新的一行")

    def insert_row(self, at: int) -> None:
        lines = self.session.lines
        place = self._rows[at] if at < len(self._rows) else self._rows[-1] + 1 if self._rows else len(lines)
        lines.insert(place, self.session.new_line(self.classes[-1]))
        self.recount()

    def remove_row(self, at: int) -> None:
        del self.session.lines[self._rows[at]]
        self.recount()

    def total(self, key: str) -> object:
        if key == "project":
            return tr("合计")
        if key not in _SUMS:
            return None
        if not self._totals:
            self._totals = self._sums()
        number = self._totals[key]
        return number / WAN if self.in_wan and key != "percent" else number

    def _sums(self) -> dict[str, Decimal]:
        lines = [self.session.lines[at] for at in self._rows]
        amount = sum((line.amount for line in lines), ZERO)
        last = sum((line.last_year for line in lines), ZERO)
        ceiling = sum((line.ceiling or ZERO for line in lines), ZERO)
        percent = (amount - last) * 100 / last if last else ZERO
        return {"amount": amount, "last_year": last, "ceiling": ceiling, "change": amount - last, "percent": percent}

    def total_mark(self, key: str) -> Mark:
        total, ceiling = self.total("amount"), self.total("ceiling")
        if key == "amount" and isinstance(total, Decimal) and isinstance(ceiling, Decimal) and 0 < ceiling < total:
            return Mark("error")
        return Mark()


def _number(line: BudgetLine, key: str) -> Decimal | None:
    if key == "amount":
        return line.amount
    if key == "last_year":
        return line.last_year
    if key == "ceiling":
        return line.ceiling
    change = line.amount - line.last_year
    if key == "change":
        return change
    return change * 100 / line.last_year if line.last_year else None
