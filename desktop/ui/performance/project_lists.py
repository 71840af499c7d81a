"""The two small tables of the project's form: the plan by year, and the documents that it rests on."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import partial
from typing import TypeVar

from desktop.domain.money import ZERO
from desktop.domain.project import Basis, Project, YearPlan
from desktop.texts import tr
from desktop.ui.grid.binding import DocumentSource, Field, NotTaken
from desktop.ui.grid.columns import NO_MARK, ColumnSpec, Mark
from desktop.ui.kit.choices import Choice
from desktop.ui.performance.reading import PerformanceDesk
from desktop.ui.performance.session import PerformanceSession

R = TypeVar("R")
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


class _ProjectSource(DocumentSource[Project, R]):
    """What both tables share: the session's project, and when it may be typed into."""

    def __init__(self, session: PerformanceSession, rows: str, fields: Sequence[Field], fresh: Callable[[], R]) -> None:
        super().__init__(rows, fields, read=lambda: session.project, write=self._take, fresh=fresh)
        self.session = session
        self.marks: dict[tuple[int, str], Mark] = {}

    def _take(self, project: Project) -> None:
        self.session.put_project(project)

    def read_only_reason(self, row: int, key: str) -> str:
        return self.session.locked_reason(self.session.look.project)

    def mark(self, row: int, key: str) -> Mark:
        return self.marks.get((row, key), NO_MARK)

    def add_label(self) -> str:
        return tr("在此输入新的一行") if self.session.project_editable() else ""


class PlanSource(_ProjectSource[YearPlan]):
    """Years, money and amounts; the project's total follows."""

    def __init__(self, session: PerformanceSession) -> None:
        codes = [Field(key, path, partial(_choice, session.desk, name), _code) for key, (name, path) in _CODES.items()]
        fields = (Field("year", "year", lambda year: str(year) if year else "", _year), *codes,
                  Field("amount", "amount", take=_amount))
        super().__init__(session, "plan", fields, self._next)

    def put_rows(self, rows: Sequence[YearPlan]) -> None:
        total = sum((line.amount for line in rows), ZERO)
        self._take(replace(self.session.project, plan=tuple(rows), total=total))

    def insert_rows(self, at: int, count: int) -> None:
        for row in range(at, at + count):  # one by one: each year follows the one before
            super().insert_rows(row, 1)

    def total(self, key: str) -> object:
        if key == "year":
            return tr("合计")
        return sum((line.amount for line in self.session.project.plan), ZERO) if key == "amount" else None

    def _next(self) -> YearPlan:
        project = self.session.project
        last = project.plan[-1] if project.plan else None
        year = min(last.year + 1 if last else project.start_year, max(project.end_year, project.start_year))
        return YearPlan(year, last.fund_nature, last.fund_source, ZERO) if last else YearPlan(year, "", "LOCAL", ZERO)


class BasisSource(_ProjectSource[Basis]):
    """Documents by name, number and clause."""

    def __init__(self, session: PerformanceSession) -> None:
        fields = [Field(key, key, take=lambda value: str(value or "").strip()) for key in ("name", "number", "clause")]
        super().__init__(session, "basis", fields, lambda: Basis(""))


def _choice(desk: PerformanceDesk, set_name: str, code: str) -> Choice | None:
    return desk.choices[set_name].get(code) or (Choice(code, "", shown=code) if code else None)


def _code(value: object) -> str:
    return value.code if isinstance(value, Choice) else ""


def _year(value: object) -> int:
    text = str(value or "").strip().removesuffix(tr("年"))
    if not text.isascii() or not text.isdigit() or not _EARLIEST <= int(text) <= _LATEST:
        raise NotTaken(tr("年度写四位数，如 2027"))
    return int(text)


def _amount(value: object) -> Decimal:
    amount = value if isinstance(value, Decimal) else ZERO
    if amount < 0:
        raise NotTaken(tr("金额不能是负数"))
    return amount
