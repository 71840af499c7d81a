"""The two small tables of the project's form: the plan by year, and the documents that it rests on."""

from dataclasses import replace
from decimal import Decimal

from desktop.domain.money import ZERO
from desktop.domain.project import Basis, Project, YearPlan
from desktop.texts import tr
from desktop.ui.grid.columns import NO_MARK, TAKEN, ColumnSpec, Mark, Outcome, SheetSource
from desktop.ui.kit.choices import Choice
from desktop.ui.performance.reading import PerformanceDesk
from desktop.ui.performance.session import PerformanceSession

_EARLIEST, _LATEST = 2000, 2099
_CODES = {"nature": ("FUND_NATURE", "fund_nature"), "source": ("FUND_SOURCE", "fund_source")}


def plan_columns(desk: PerformanceDesk) -> tuple[ColumnSpec, ...]:
    """Return the columns of the plan by year."""
    natures, sources = (list(desk.choices[name].values()) for name in ("FUND_NATURE", "FUND_SOURCE"))
    return (
        ColumnSpec("index", tr("序号"), "index", 40),
        ColumnSpec("year", tr("年度"), width=150, editable=True),
        ColumnSpec("nature", tr("资金性质"), "choice", 120, editable=True, choices=natures, stretch=1),
        ColumnSpec("source", tr("资金来源"), "choice", 120, editable=True, choices=sources, stretch=1),
        ColumnSpec("amount", tr("计划金额（元）"), "amount", 140, editable=True),
    )


def basis_columns() -> tuple[ColumnSpec, ...]:
    """Return the columns of the documents that the project rests on."""
    return (
        ColumnSpec("index", tr("序号"), "index", 40),
        ColumnSpec("name", tr("文件名称"), width=240, editable=True, stretch=2),
        ColumnSpec("number", tr("文号"), width=150, editable=True, stretch=1),
        ColumnSpec("clause", tr("依据的条款"), width=150, editable=True, stretch=1),
    )


class _ProjectSource(SheetSource):
    """What both tables share: the session's project, and when it may be typed into."""

    name = ""

    def __init__(self, session: PerformanceSession) -> None:
        self.session = session
        self.marks: dict[tuple[int, str], Mark] = {}

    def read_only_reason(self, row: int, key: str) -> str:
        return self.session.locked_reason(self.session.look.project)

    def mark(self, row: int, key: str) -> Mark:
        return self.marks.get((row, key), NO_MARK)

    def add_label(self) -> str:
        return tr("在此输入新的一行") if self.session.project_editable() else ""


class PlanSource(_ProjectSource):
    """Years, money and amounts; the project's total follows."""

    def row_count(self) -> int:
        return len(self.session.project.plan)

    def value(self, row: int, key: str) -> object:
        line = self.session.project.plan[row]
        if key == "year":
            return str(line.year) if line.year else ""
        if key in _CODES:
            set_name, name = _CODES[key]
            code: str = getattr(line, name)
            return self.session.desk.choices[set_name].get(code) or (Choice(code, "", shown=code) if code else None)
        return line.amount if key == "amount" else None

    def set_value(self, row: int, key: str, value: object) -> Outcome:
        line = self.session.project.plan[row]
        if key == "year":
            text = str(value or "").strip().removesuffix(tr("年"))
            if not text.isascii() or not text.isdigit() or not _EARLIEST <= int(text) <= _LATEST:
                return Outcome(False, tr("年度写四位数，如 2027"))
            changed = replace(line, year=int(text))
        elif key in _CODES:
            code = value.code if isinstance(value, Choice) else ""
            changed = replace(line, **{_CODES[key][1]: code})  # type: ignore[arg-type]
        else:
            amount = value if isinstance(value, Decimal) else ZERO
            if amount < 0:
                return Outcome(False, tr("金额不能是负数"))
            changed = replace(line, amount=amount)
        self._put([*self.session.project.plan[:row], changed, *self.session.project.plan[row + 1 :]])
        return TAKEN

    def insert_row(self, at: int) -> None:
        plan = list(self.session.project.plan)
        year = plan[-1].year + 1 if plan else self.session.project.start_year
        year = min(year, max(self.session.project.end_year, self.session.project.start_year))
        nature, source = (plan[-1].fund_nature, plan[-1].fund_source) if plan else ("", "LOCAL")
        plan.insert(at, YearPlan(year, nature, source, ZERO))
        self._put(plan)

    def remove_row(self, at: int) -> None:
        plan = list(self.session.project.plan)
        del plan[at]
        self._put(plan)

    def total(self, key: str) -> object:
        if key == "year":
            return tr("合计")
        return sum((line.amount for line in self.session.project.plan), ZERO) if key == "amount" else None

    def _put(self, plan: list[YearPlan]) -> None:
        total = sum((line.amount for line in plan), ZERO)
        self.session.put_project(replace(self.session.project, plan=tuple(plan), total=total))


class BasisSource(_ProjectSource):
    """Documents by name, number and clause."""

    def row_count(self) -> int:
        return len(self.session.project.basis)

    def value(self, row: int, key: str) -> object:
        line = self.session.project.basis[row]
        return {"name": line.name, "number": line.number, "clause": line.clause}.get(key)

    def set_value(self, row: int, key: str, value: object) -> Outcome:
        basis = list(self.session.project.basis)
        basis[row] = replace(basis[row], **{key: str(value or "").strip()})
        self._put(basis)
        return TAKEN

    def insert_row(self, at: int) -> None:
        basis = list(self.session.project.basis)
        basis.insert(at, Basis(""))
        self._put(basis)

    def remove_row(self, at: int) -> None:
        basis = list(self.session.project.basis)
        del basis[at]
        self._put(basis)

    def _put(self, basis: list[Basis]) -> None:
        project: Project = self.session.project
        self.session.put_project(replace(project, basis=tuple(basis)))
