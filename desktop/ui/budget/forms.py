"""The standard forms F01–F05 as read-only sheets, computed from the lines."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from desktop.domain.budget import FormCell
from desktop.domain.forms import (
    CARRY_OVER,
    CURRENT_EXPENDITURE,
    CURRENT_INCOME,
    FORM_COLUMNS,
    TOTAL,
    YEAR_END,
    as_table,
    rows_of,
)
from desktop.texts import tr
from desktop.ui.budget.lines import WAN
from desktop.ui.budget.reading import BudgetDesk
from desktop.ui.grid.columns import ColumnSpec, Rich, SheetSource

_LAST: Mapping[str, str] = {
    CURRENT_INCOME: tr("本年收入合计"),
    CURRENT_EXPENDITURE: tr("本年支出合计"),
    CARRY_OVER: tr("上年结转结余"),
    YEAR_END: tr("年终结转结余"),
}
_BOLD = (TOTAL, CURRENT_INCOME, CURRENT_EXPENDITURE)
_WHY = tr("汇总表由明细自动算出，请到明细表里修改")


def form_columns(form: str) -> tuple[ColumnSpec, ...]:
    """Return the columns of a standard form; one that balances has a name column on either side."""
    spec = FORM_COLUMNS[form]
    first = ColumnSpec("row", spec.row_head, "rich", 260, reason=_WHY, stretch=1)
    numbers = [
        ColumnSpec(one.id, one.head, "amount", max(124, 15 * len(one.head) + 24), tint="fx", reason=_WHY)
        for one in spec.columns
    ]
    if spec.row_kind != "BALANCE":
        return (first, *numbers)
    left = ColumnSpec("row", tr("收入项目"), "rich", 230, reason=_WHY, stretch=1)
    right = ColumnSpec("spent_row", tr("支出项目"), "rich", 200, reason=_WHY, stretch=1)
    return (left, numbers[0], right, *numbers[1:])


class FormSource(SheetSource):
    """One standard form; rows are codes in print order."""

    def __init__(self, form: str, desk: BudgetDesk) -> None:
        self.form, self._spec, self._desk = form, FORM_COLUMNS[form], desk
        self._table: Mapping[tuple[str, str, str], Decimal] = {}
        self._rows: list[tuple[str, str]] = []
        self.in_wan = False

    def show_forms(self, forms: Sequence[FormCell]) -> None:
        """Show other numbers."""
        self._table = as_table(forms)
        rows = [row for row in rows_of(forms, self.form) if row != TOTAL]
        self._rows = self._paired(rows) if self._spec.row_kind == "BALANCE" else [(row, row) for row in rows]

    def _paired(self, rows: Sequence[str]) -> list[tuple[str, str]]:
        """Stand income and expenditure beside each other, what sums them up at the foot of each side."""
        spent = [column.id for column in self._spec.columns[1:]]
        left = [row for row in rows if (self.form, row, "income") in self._table]
        right = [row for row in rows if any((self.form, row, column) in self._table for column in spent)]
        left_foot = [row for row in left if row in (CURRENT_INCOME, CARRY_OVER)]
        right_foot = [row for row in right if row in (CURRENT_EXPENDITURE, YEAR_END)]
        left_top = [row for row in left if row not in left_foot]
        right_top = [row for row in right if row not in right_foot]
        top, foot = max(len(left_top), len(right_top)), max(len(left_foot), len(right_foot))
        left = left_top + [""] * (top - len(left_top)) + left_foot + [""] * (foot - len(left_foot))
        right = right_top + [""] * (top - len(right_top)) + right_foot + [""] * (foot - len(right_foot))
        return list(zip(left, right, strict=True))

    # -- SheetSource

    def row_count(self) -> int:
        return len(self._rows)

    def value(self, row: int, key: str) -> object:
        left, right = self._rows[row]
        if key in ("row", "spent_row"):
            code = left if key == "row" else right
            heading = code in _BOLD or (len(code) == 3 and self._spec.row_kind == "FUNCTION")
            return Rich(self._name(code), bold=heading) if code else None
        code = left if key == "income" or self._spec.row_kind != "BALANCE" else right
        return self._amount(code, key)

    def total(self, key: str) -> object:
        if key in ("row", "spent_row"):
            balance = self._spec.row_kind == "BALANCE"
            return tr("合计") if not balance else tr("收入总计") if key == "row" else tr("支出总计")
        return self._amount(TOTAL, key)

    def _amount(self, code: str, key: str) -> Decimal | None:
        number = self._table.get((self.form, code, key)) if code else None
        return number / WAN if self.in_wan and number is not None else number

    def _name(self, code: str) -> str:
        if code in _LAST:
            return _LAST[code]
        if code == self._desk.unit.unit_code:
            return f"{code}  {self._desk.unit.name}"
        entry = self._desk.tables["FUNCTION"].get(code) or self._desk.tables["INCOME_ITEM"].get(code)
        if entry is None:
            return code
        if not code.isdigit():
            return entry.name
        indent = "　" * ((len(code) - 3) // 2) if self._spec.row_kind == "FUNCTION" else ""
        return f"{indent}{code}  {entry.name}"


def titles() -> dict[str, str]:
    """Return form to title, in order."""
    return {form: spec.title for form, spec in FORM_COLUMNS.items()}
