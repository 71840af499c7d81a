"""Cross-checks between cells of the standard forms (勾稽关系), exact to the fen. Source: budget rules, section 11."""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal

from desktop.domain.budget import FormCell
from desktop.domain.forms import (
    BOOKS,
    CARRY_OVER,
    CODE_LENGTHS,
    CURRENT_EXPENDITURE,
    CURRENT_INCOME,
    FISCAL_ITEMS,
    FORM_COLUMNS,
    INCOME_COLUMNS,
    TOTAL,
    YEAR_END,
    as_table,
)
from desktop.domain.money import ZERO, format_yuan
from desktop.domain.problem import Problem

_PARTS_OF_F03 = ("basic", "project", "remitted", "operating", "subsidy")


class _Table:
    """Cells of one set of forms with zero where nothing stands."""

    def __init__(self, forms: tuple[FormCell, ...]) -> None:
        self._cells: Mapping[tuple[str, str, str], Decimal] = as_table(forms)

    def at(self, form: str, row: str, column: str) -> Decimal:
        return self._cells.get((form, row, column), ZERO)

    def codes(self, form: str) -> list[str]:
        """Function codes of the form's rows, in order."""
        return sorted({row for f, row, _ in self._cells if f == form and row.isdigit()})


def cross_checks(forms: tuple[FormCell, ...]) -> list[Problem]:
    """Return every cross-check that the cells fail: C01 to C07 and C10.

    ``where`` is ``forms.<form>.<row>.<column>``, the cell on the left side of the rule.
    """
    table = _Table(forms)
    return [problem for rule in _RULES for problem in rule(table)]


def _unequal(code: str, case: str, place: tuple[str, str, str], left: Decimal, right: Decimal) -> Iterator[Problem]:
    if left == right:
        return
    form, row, column = place
    amounts = {"left": left, "right": right, "difference": left - right}
    shown = {name: format_yuan(amount) for name, amount in amounts.items()}
    facts = {"case": case, "form": form, "row": row, "column": column, **shown}
    yield Problem(code, f"forms.{form}.{row}.{column}", facts)


def _c01(t: _Table) -> Iterator[Problem]:
    yield from _unequal(
        "C01", "", ("F01", TOTAL, "income"), t.at("F01", TOTAL, "income"), t.at("F01", TOTAL, "expenditure")
    )


def _c02(t: _Table) -> Iterator[Problem]:
    items = sum((t.at("F01", item, "income") for item in INCOME_COLUMNS), ZERO)
    current = t.at("F01", CURRENT_INCOME, "income")
    yield from _unequal("C02", "items", ("F01", CURRENT_INCOME, "income"), current, items)
    income = current + t.at("F01", CARRY_OVER, "income")
    yield from _unequal("C02", "income", ("F01", TOTAL, "income"), t.at("F01", TOTAL, "income"), income)
    spent = t.at("F01", CURRENT_EXPENDITURE, "expenditure") + t.at("F01", YEAR_END, "expenditure")
    total = t.at("F01", TOTAL, "expenditure")
    yield from _unequal("C02", "expenditure", ("F01", TOTAL, "expenditure"), total, spent)


def _c03(t: _Table) -> Iterator[Problem]:
    yield from _unequal("C03", "", ("F02", TOTAL, "total"), t.at("F02", TOTAL, "total"), t.at("F01", TOTAL, "income"))
    for item, column in (*INCOME_COLUMNS.items(), (CARRY_OVER, "carry")):
        left, right = t.at("F02", TOTAL, column), t.at("F01", item, "income")
        yield from _unequal("C03", "", ("F02", TOTAL, column), left, right)
    carried = [column.id for column in FORM_COLUMNS["F02"].columns if column.id.startswith("carry_")]
    parts = sum((t.at("F02", TOTAL, column) for column in carried), ZERO)
    yield from _unequal("C03", "carry", ("F02", TOTAL, "carry"), t.at("F02", TOTAL, "carry"), parts)
    for column in (column.id for column in FORM_COLUMNS["F02"].columns):
        units = sum((t.at("F02", unit, column) for unit in t.codes("F02")), ZERO)
        yield from _unequal("C03", "units", ("F02", TOTAL, column), t.at("F02", TOTAL, column), units)


def _c04(t: _Table) -> Iterator[Problem]:
    left, right = t.at("F03", TOTAL, "total"), t.at("F01", CURRENT_EXPENDITURE, "expenditure")
    yield from _unequal("C04", "", ("F03", TOTAL, "total"), left, right)
    for code in sorted({code[:3] for code in (*t.codes("F01"), *t.codes("F03"))}):
        left, right = t.at("F03", code, "total"), t.at("F01", code, "expenditure")
        yield from _unequal("C04", "", ("F03", code, "total"), left, right)


def _c05(t: _Table) -> Iterator[Problem]:
    for row in (*t.codes("F03"), TOTAL):
        parts = sum((t.at("F03", row, column) for column in _PARTS_OF_F03), ZERO)
        yield from _unequal("C05", "", ("F03", row, "total"), t.at("F03", row, "total"), parts)


def _c06(t: _Table) -> Iterator[Problem]:
    income, spent = t.at("F04", TOTAL, "income"), t.at("F04", TOTAL, "total")
    yield from _unequal("C06", "", ("F04", TOTAL, "income"), income, spent)
    for item in FISCAL_ITEMS:
        left, right = t.at("F04", item, "income"), t.at("F01", item, "income")
        yield from _unequal("C06", "items", ("F04", item, "income"), left, right)
    carried = sum((t.at("F02", TOTAL, f"carry_{book}") for book in BOOKS), ZERO)
    left = t.at("F04", CARRY_OVER, "income")
    yield from _unequal("C06", "items", ("F04", CARRY_OVER, "income"), left, carried)
    for book, item in zip(BOOKS, FISCAL_ITEMS, strict=True):
        money = t.at("F01", item, "income") + t.at("F02", TOTAL, f"carry_{book}")
        used = t.at("F04", TOTAL, book)
        if income == spent and used > money:  # money of one book pays for another; else the total says it all
            yield from _unequal("C06", "book", ("F04", TOTAL, book), used, money)

    yield from _c06_inside(t)


def _c06_inside(t: _Table) -> Iterator[Problem]:
    """F04 across and down: books add up to each row's total, classes and carry to the last row."""
    income = sum((t.at("F04", item, "income") for item in FISCAL_ITEMS), ZERO)
    left = t.at("F04", CURRENT_INCOME, "income")
    yield from _unequal("C06", "inside", ("F04", CURRENT_INCOME, "income"), left, income)
    classes = t.codes("F04")
    for row in (*classes, CURRENT_EXPENDITURE, YEAR_END, TOTAL):
        books = sum((t.at("F04", row, book) for book in BOOKS), ZERO)
        yield from _unequal("C06", "inside", ("F04", row, "total"), t.at("F04", row, "total"), books)
    for column in ("total", *BOOKS):
        spent, current = sum((t.at("F04", c, column) for c in classes), ZERO), t.at("F04", CURRENT_EXPENDITURE, column)
        yield from _unequal("C06", "inside", ("F04", CURRENT_EXPENDITURE, column), current, spent)
        whole = current + t.at("F04", YEAR_END, column)
        yield from _unequal("C06", "inside", ("F04", TOTAL, column), t.at("F04", TOTAL, column), whole)


def _c07(t: _Table) -> Iterator[Problem]:
    left, right = t.at("F05", TOTAL, "total"), t.at("F04", CURRENT_EXPENDITURE, "general")
    yield from _unequal("C07", "", ("F05", TOTAL, "total"), left, right)
    for row in (*t.codes("F05"), TOTAL):
        basic, whole = t.at("F05", row, "basic"), t.at("F05", row, "total")
        yield from _unequal("C07", "inside", ("F05", row, "total"), whole, basic + t.at("F05", row, "project"))
        parts = t.at("F05", row, "personnel") + t.at("F05", row, "public")
        yield from _unequal("C07", "inside", ("F05", row, "basic"), basic, parts)


def _c10(t: _Table) -> Iterator[Problem]:
    for form in ("F03", "F05"):
        codes = t.codes(form)
        for column in (column.id for column in FORM_COLUMNS[form].columns):
            for parent in (TOTAL, *(code for code in codes if len(code) < CODE_LENGTHS[-1])):
                parts = sum((t.at(form, code, column) for code in codes if _is_child(code, parent)), ZERO)
                yield from _unequal("C10", "", (form, parent, column), t.at(form, parent, column), parts)


def _is_child(code: str, parent: str) -> bool:
    if parent == TOTAL:
        return len(code) == CODE_LENGTHS[0]
    return code.startswith(parent) and len(code) == len(parent) + 2


_RULES: tuple[Callable[[_Table], Iterator[Problem]], ...] = (_c01, _c02, _c03, _c04, _c05, _c06, _c07, _c10)
