"""The standard forms F01–F05 of a budget, computed from the lines that people type.

A cell is (form, row, column) → yuan; cells of zero are left out. Function codes are 3-2-2 digits, so a row of a section
or a class is the sum of the codes that start with it (C10). Money of the books: 111 and 112 general public budget, 121
and 122 government fund, 131 state capital (budget rules, sections 7 and 10).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from desktop.domain.budget import BudgetDraft, BudgetLine, FormCell, IncomeLine
from desktop.domain.money import ZERO
from desktop.domain.project import ProjectClass

TOTAL = "TOTAL"
CURRENT_INCOME = "CURRENT_INCOME"  # 本年收入合计
CARRY_OVER = "CARRY_OVER"  # 上年结转结余
CURRENT_EXPENDITURE = "CURRENT_EXPENDITURE"  # 本年支出合计
YEAR_END = "YEAR_END"  # 年终结转结余
CODE_LENGTHS = (3, 5, 7)  # 类 款 项

BOOK_OF_NATURE: Mapping[str, str] = {
    "111": "general",
    "112": "general",
    "121": "fund",
    "122": "fund",
    "131": "capital",
}
BOOKS = ("general", "fund", "capital")
# Items one to nine of F01 in their order, with the column of F02.
INCOME_COLUMNS: Mapping[str, str] = {
    "GENERAL": "general",
    "FUND": "fund",
    "STATE_CAPITAL": "capital",
    "SPECIAL_ACCOUNT": "special",
    "BUSINESS": "business",
    "SUPERIOR": "superior",
    "SUBSIDIARY": "subsidiary",
    "OPERATING": "operating",
    "OTHER": "other",
}
FISCAL_ITEMS = ("GENERAL", "FUND", "STATE_CAPITAL")
_BOOK_OF_ITEM = dict(zip(FISCAL_ITEMS, BOOKS, strict=True))
_SPECIAL_ACCOUNT_NATURE = "21"

_ROW_ORDER = (*INCOME_COLUMNS, CURRENT_INCOME, CARRY_OVER)
_LAST_ROWS = (CURRENT_EXPENDITURE, YEAR_END, TOTAL)


@dataclass(frozen=True, slots=True)
class FormColumn:
    """A column of a form with its printed head."""

    id: str
    head: str


@dataclass(frozen=True, slots=True)
class FormSpec:
    """How a form looks.

    Attributes:
        row_kind: What its rows are: ``BALANCE`` (income items beside function classes), ``UNIT`` or ``FUNCTION``.
        row_head: Printed head of the first column.
    """

    id: str
    title: str
    row_kind: str
    row_head: str
    columns: tuple[FormColumn, ...]


def _columns(*pairs: tuple[str, str]) -> tuple[FormColumn, ...]:
    return tuple(FormColumn(id_, head) for id_, head in pairs)


FORM_COLUMNS: Mapping[str, FormSpec] = {
    spec.id: spec
    for spec in (
        FormSpec("F01", "收支总表", "BALANCE", "项目", _columns(("income", "收入"), ("expenditure", "支出"))),
        FormSpec(
            "F02",
            "收入总表",
            "UNIT",
            "单位",
            _columns(
                ("total", "合计"),
                ("carry", "上年结转结余小计"),
                ("carry_general", "结转：一般公共预算"),
                ("carry_fund", "结转：政府性基金"),
                ("carry_capital", "结转：国有资本经营"),
                ("carry_special", "结转：财政专户"),
                ("carry_own", "结转：单位资金"),
                ("general", "一般公共预算拨款"),
                ("fund", "政府性基金预算拨款"),
                ("capital", "国有资本经营预算拨款"),
                ("special", "财政专户管理资金"),
                ("business", "事业收入"),
                ("superior", "上级补助收入"),
                ("subsidiary", "附属单位上缴收入"),
                ("operating", "事业单位经营收入"),
                ("other", "其他收入"),
            ),
        ),
        FormSpec(
            "F03",
            "支出总表",
            "FUNCTION",
            "支出功能分类",
            _columns(
                ("total", "合计"),
                ("basic", "基本支出"),
                ("project", "项目支出"),
                ("remitted", "上缴上级支出"),
                ("operating", "事业单位经营支出"),
                ("subsidy", "对附属单位补助支出"),
            ),
        ),
        FormSpec(
            "F04",
            "财政拨款收支总表",
            "BALANCE",
            "项目",
            _columns(
                ("income", "收入"),
                ("total", "支出合计"),
                ("general", "一般公共预算"),
                ("fund", "政府性基金预算"),
                ("capital", "国有资本经营预算"),
            ),
        ),
        FormSpec(
            "F05",
            "一般公共预算支出表",
            "FUNCTION",
            "支出功能分类",
            _columns(
                ("total", "合计"),
                ("basic", "基本支出小计"),
                ("personnel", "人员经费"),
                ("public", "公用经费"),
                ("project", "项目支出"),
            ),
        ),
    )
}

_Cells = dict[tuple[str, str, str], Decimal]


def compute_forms(draft: BudgetDraft) -> tuple[FormCell, ...]:
    """Return every cell that is not zero, form by form, in print order.

    Source: budget rules, section 10. The same draft always gives the same tuple: staleness is one comparison (B-08).
    """
    cells: _Cells = defaultdict(lambda: ZERO)
    _balance(cells, draft)
    _income(cells, draft)
    for line in draft.lines:
        _expenditure(cells, line)
    _fiscal_balance(cells, draft)
    made = (FormCell(*place, amount) for place, amount in cells.items() if amount)
    return tuple(sorted(made, key=_print_order))


def cell(forms: Iterable[FormCell], form: str, row: str, column: str) -> Decimal:
    """Return one cell, 0.00 where the form has none."""
    return next((c.amount for c in forms if (c.form, c.row, c.column) == (form, row, column)), ZERO)


def as_table(forms: Iterable[FormCell]) -> Mapping[tuple[str, str, str], Decimal]:
    """Return the cells by (form, row, column), for who asks often."""
    return {(c.form, c.row, c.column): c.amount for c in forms}


def rows_of(forms: Iterable[FormCell], form: str) -> tuple[str, ...]:
    """Return the rows of a form that hold anything, in print order, the total last."""
    return tuple(dict.fromkeys(c.row for c in sorted(forms, key=_print_order) if c.form == form))


def code_and_parents(code: str) -> tuple[str, ...]:
    """Return the rows that a function code counts in: its class, its section, itself."""
    return tuple(code[:length] for length in CODE_LENGTHS if length < len(code)) + ((code,) if code else ())


def is_fiscal(nature: str) -> bool:
    """Say whether money of this nature is 财政拨款 (B-50)."""
    return nature in BOOK_OF_NATURE


def _print_order(c: FormCell) -> tuple[str, int, str, int]:
    if c.row in _ROW_ORDER:
        rank, name = _ROW_ORDER.index(c.row), ""
    elif c.row in _LAST_ROWS:
        rank, name = 100 + _LAST_ROWS.index(c.row), ""
    else:
        rank, name = 50, c.row
    return c.form, rank, name, _column_order(c.form, c.column)


def _column_order(form: str, column: str) -> int:
    spec = FORM_COLUMNS.get(form)
    ids = [] if spec is None else [known.id for known in spec.columns]
    return ids.index(column) if column in ids else len(ids)


def _balance(cells: _Cells, draft: BudgetDraft) -> None:
    """F01: income items on the left, function classes on the right."""
    for income in draft.income:
        cells["F01", income.item, "income"] += income.amount
        cells["F01", TOTAL, "income"] += income.amount
        if income.item != CARRY_OVER:
            cells["F01", CURRENT_INCOME, "income"] += income.amount
    for line in draft.lines:
        for row in (*_class_of(line), CURRENT_EXPENDITURE, TOTAL):
            cells["F01", row, "expenditure"] += line.amount
    cells["F01", YEAR_END, "expenditure"] += draft.year_end_carry
    cells["F01", TOTAL, "expenditure"] += draft.year_end_carry


def _income(cells: _Cells, draft: BudgetDraft) -> None:
    """F02: the unit's income by kind."""
    for income in draft.income:
        columns = (
            ("carry", _carry_column(income)) if income.item == CARRY_OVER else (INCOME_COLUMNS.get(income.item, ""),)
        )
        for row in (draft.head.unit_code, TOTAL):
            for column in ("total", *(c for c in columns if c)):
                cells["F02", row, column] += income.amount


def _carry_column(income: IncomeLine) -> str:
    if income.fund_nature == _SPECIAL_ACCOUNT_NATURE:
        return "carry_special"
    return f"carry_{BOOK_OF_NATURE.get(income.fund_nature, 'own')}"


def _expenditure(cells: _Cells, line: BudgetLine) -> None:
    """F03, and F04 and F05 for fiscal money."""
    kind = "basic" if line.project_class.is_basic else "project"
    _add(cells, "F03", line, ("total", kind))
    book = BOOK_OF_NATURE.get(line.fund_nature)
    if book is None:
        return
    for row in (*_class_of(line), CURRENT_EXPENDITURE, TOTAL):
        for column in ("total", book):
            cells["F04", row, column] += line.amount
    if book == "general":
        basic = {ProjectClass.R: ("basic", "personnel"), ProjectClass.Y1: ("basic", "public")}
        _add(cells, "F05", line, ("total", *basic.get(line.project_class, ("project",))))


def _class_of(line: BudgetLine) -> tuple[str, ...]:
    """The row of the line's class; none while the line has no function code (B-07)."""
    return code_and_parents(line.function_code)[:1]


def _add(cells: _Cells, form: str, line: BudgetLine, columns: tuple[str, ...]) -> None:
    for row in (*code_and_parents(line.function_code), TOTAL):
        for column in columns:
            cells[form, row, column] += line.amount


def _fiscal_balance(cells: _Cells, draft: BudgetDraft) -> None:
    """F04: income of the three books, and how much of the year-end carry is theirs.

    The draft names one year-end carry for all money: the books' part is what they do not spend, never more than that.
    """
    incomes: dict[str, Decimal] = dict.fromkeys(BOOKS, ZERO)
    for income in draft.income:
        if income.item in FISCAL_ITEMS:
            cells["F04", income.item, "income"] += income.amount
            cells["F04", CURRENT_INCOME, "income"] += income.amount
            incomes[_BOOK_OF_ITEM[income.item]] += income.amount
        elif income.item == CARRY_OVER and is_fiscal(income.fund_nature):
            cells["F04", CARRY_OVER, "income"] += income.amount
            incomes[BOOK_OF_NATURE[income.fund_nature]] += income.amount
    cells["F04", TOTAL, "income"] = sum(incomes.values(), ZERO)
    left = draft.year_end_carry
    for book in BOOKS:
        part = min(max(ZERO, incomes[book] - cells["F04", CURRENT_EXPENDITURE, book]), left)
        left -= part
        for row in (YEAR_END, TOTAL):
            for column in ("total", book):
                cells["F04", row, column] += part
