"""The sheet 收入预算表: what the unit expects to receive, and what it carries over."""

from dataclasses import replace
from decimal import Decimal

from desktop.domain.budget import IncomeLine
from desktop.domain.money import ZERO
from desktop.texts import tr
from desktop.ui.budget.findings import INCOME, Findings
from desktop.ui.budget.lines import WAN
from desktop.ui.budget.reading import BudgetDesk
from desktop.ui.budget.session import BudgetSession
from desktop.ui.grid.columns import TAKEN, ColumnSpec, Mark, Outcome, SheetSource
from desktop.ui.kit.choices import Choice

_FIELDS = {"item": ("INCOME_ITEM", "item"), "nature": ("FUND_NATURE", "fund_nature"),
           "source": ("FUND_SOURCE", "fund_source")}
_AMOUNTS = ("amount", "last_year")


def income_columns(desk: BudgetDesk) -> tuple[ColumnSpec, ...]:
    """Return the columns of the sheet of income."""
    return (
        ColumnSpec("index", tr("序号"), "index", 36),
        ColumnSpec("item", tr("收入项目"), "choice", 220, editable=True, choices=desk.leaves("INCOME_ITEM"),
                   dim_repeat=True, stretch=1),
        ColumnSpec("nature", tr("资金性质"), "choice", 96, editable=True, choices=desk.leaves("FUND_NATURE")),
        ColumnSpec("source", tr("资金来源"), "choice", 110, editable=True, choices=desk.leaves("FUND_SOURCE")),
        ColumnSpec("last_year", tr("上年预算数"), "amount", 124, editable=True),
        ColumnSpec("amount", tr("本年预算数"), "amount", 124, editable=True),
        ColumnSpec("change", tr("增减额"), "amount", 124, tint="fx", reason=tr("由公式算出：=本年预算数−上年预算数")),
        ColumnSpec("percent", tr("增减 %"), "percent", 82, tint="fx", reason=tr("由公式算出：=增减额÷上年预算数")),
        ColumnSpec("note", tr("说明"), width=150, editable=True, stretch=1),
    )


class IncomeSource(SheetSource):
    """The lines of income, all of them, in the draft's order."""

    form = INCOME

    def __init__(self, session: BudgetSession) -> None:
        self.session = session
        self.findings = Findings()
        self.in_wan = False

    def recount(self) -> None:
        """Do nothing: rows are the draft's lines; named like the other sheets' for the page."""

    def line(self, row: int) -> IncomeLine:
        """Return the line of a row."""
        return self.session.income[row]

    def has_numbers(self, row: int) -> bool:
        """Say whether a row holds any amount."""
        return bool(self.line(row).amount or self.line(row).last_year)

    def row_count(self) -> int:
        return len(self.session.income)

    def value(self, row: int, key: str) -> object:
        line = self.session.income[row]
        if key in _FIELDS:
            set_name, name = _FIELDS[key]
            return self.session.desk.choice(set_name, getattr(line, name))
        if key == "note":
            return line.note
        if key == "index":
            return None
        return self._number(line.amount, line.last_year, key)

    def set_value(self, row: int, key: str, value: object) -> Outcome:
        line = self.session.income[row]
        if key in _FIELDS:
            code = value.code if isinstance(value, Choice) else ""
            changed = replace(line, **{_FIELDS[key][1]: code})  # type: ignore[arg-type]
        elif key in _AMOUNTS:
            amount = value if isinstance(value, Decimal) else ZERO
            if amount < 0:
                return Outcome(False, tr("收入不能是负数"))
            changed = replace(line, **{key: amount})  # type: ignore[arg-type]
        else:
            changed = replace(line, note=str(value or ""))
        self.session.income[row] = changed
        return TAKEN

    def read_only_reason(self, row: int, key: str) -> str:
        if reason := self.session.locked_reason():
            return reason
        return tr("按万元查看时不能填数，请先切换到元") if self.in_wan and key in _AMOUNTS else ""

    def mark(self, row: int, key: str) -> Mark:
        mark = self.findings.mark(self.form, row, key)
        before = self.session.opened_income.get(self.line(row).line_id)
        changed = key == "amount" and (before is None or before.amount != self.line(row).amount)
        return Mark(mark.level, mark.message, changed) if changed else mark

    def add_label(self) -> str:
        return "" if self.session.locked_reason() or self.in_wan else tr("在此输入新的一行")

    def insert_row(self, at: int) -> None:
        self.session.income.insert(at, self.session.new_income())

    def remove_row(self, at: int) -> None:
        del self.session.income[at]

    def total(self, key: str) -> object:
        if key == "item":
            return tr("合计")
        amount = sum((line.amount for line in self.session.income), ZERO)
        last = sum((line.last_year for line in self.session.income), ZERO)
        return self._number(amount, last, key) if key in (*_AMOUNTS, "change", "percent") else None

    def _number(self, amount: Decimal, last: Decimal, key: str) -> Decimal | None:
        if key == "percent":
            return (amount - last) * 100 / last if last else None
        number = {"amount": amount, "last_year": last, "change": amount - last}[key]
        return number / WAN if self.in_wan else number
