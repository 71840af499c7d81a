"""Write the rehearsal's second submission: every line as in the material, one of them a little over its ceiling."""

from dataclasses import replace
from decimal import Decimal

from desktop.demo.material import Table, unit_material
from desktop.demo.records import BUDGET_YEAR
from desktop.domain.budget import BudgetDraft, BudgetLine, IncomeLine
from desktop.domain.budget_rules import settle
from desktop.domain.project import ProjectClass
from desktop.usecases.ports import Books
from desktop.usecases.seat import Seat
from desktop.usecases.start_document import new_budget
from desktop.usecases.write_document import create

# The line that somebody still has to put right: labour of the sand control project, 20,000 yuan over its ceiling.
OVER_PROJECT, OVER_CODE, OVER_BY = "L-219001-5", "30226", Decimal("20000.00")


def write_budget(books: Books, seat: Seat) -> str:
    """Create the budget draft and return its doc id."""
    draft = new_budget(books, seat, BUDGET_YEAR)
    material = unit_material()
    with books:
        pairs = books.mirrors.pairs(draft.head.fiscal_year)
    projects = {row["key"]: row for row in material["projects"]}
    lines = tuple(_line(seat, row, projects[row["project"]]) for row in material["lines"])
    draft = settle(replace(draft, income=golden_income(seat), lines=lines), pairs)
    return create(books, seat, draft).document.head.doc_id


def golden_income(seat: Seat) -> tuple[IncomeLine, ...]:
    """Return the income lines of the material."""
    return tuple(
        IncomeLine(
            seat.ids.new(),
            row["item"],
            row["fund_nature"],
            row["fund_source"],
            Decimal(row["amount"]),
            Decimal(row["last_year"]),
        )
        for row in unit_material()["income"]
    )


def is_over(line: BudgetLine) -> bool:
    """Whether this is the line that stands over its ceiling."""
    return line.project_key == OVER_PROJECT and line.dept_economic_code == OVER_CODE


def over_index(draft: BudgetDraft) -> int:
    """Return the position of that line."""
    return next(index for index, line in enumerate(draft.lines) if is_over(line))


def _line(seat: Seat, row: Table, project: Table) -> BudgetLine:
    line = BudgetLine(
        line_id=seat.ids.new(),
        project_key=row["project"],
        project_name=project["name"],
        project_class=ProjectClass(project["project_class"]),
        function_code=row["function_code"],
        dept_economic_code=row["dept_economic_code"],
        gov_economic_code="",
        fund_nature=row["fund_nature"],
        fund_source=row["fund_source"],
        amount=Decimal(row["amount"]),
        last_year=Decimal(row["last_year"]),
        procurement=row["dept_economic_code"].startswith("310"),
    )
    if is_over(line):
        return replace(line, ceiling=line.amount, amount=line.amount + OVER_BY)
    return replace(line, ceiling=line.amount)
