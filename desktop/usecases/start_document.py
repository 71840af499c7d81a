"""Start new documents from what the mirrors already know, so that people type only what is new."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from desktop.domain.budget import BudgetDraft, BudgetLine
from desktop.domain.goal import PerformanceGoal
from desktop.domain.goal_header import with_header
from desktop.domain.goal_weights import profile_for
from desktop.domain.head import Head, Kind
from desktop.domain.mirrors import Quota
from desktop.domain.project import Project, ProjectClass
from desktop.domain.voucher import PaymentVoucher, QuotaPart
from desktop.domain.words import in_words
from desktop.usecases.ports import Books
from desktop.usecases.seat import Seat

SCHEMA = "1.0"
# Natures that the treasury does not pay: money in the fiscal special account (2x) and the unit's own (3x).
_OWN_NATURES = ("2", "3")


def new_project(
    books: Books, seat: Seat, name: str, project_class: ProjectClass, function_code: str, year: int
) -> Project:
    """Return an unsaved project with a fresh local key ``L-<unit>-<n>``; takes a number, so it commits."""
    with books:
        unit = books.mirrors.unit()
        key = f"L-{unit.unit_code}-{books.documents.next_number('project')}"
        books.commit()
    head = Head(seat.ids.new(), Kind.PROJECT, SCHEMA, unit.unit_code, key, year, 1, seat.officer)
    return Project(head, name, project_class, function_code, start_year=year, end_year=year, responsible=seat.name)


def begin_goal(books: Books, seat: Seat, project: Project, profile: str = "") -> PerformanceGoal:
    """Return an unsaved goal with the bureau's way of scoring.

    Args:
        books: Asked for profiles and parameters.
        seat: The maker's.
        project: As written.
        profile: Of the weights; empty takes the one that the kind of project asks for.
    """
    with books:
        profiles, scorings = books.mirrors.weight_profiles(), books.mirrors.scoring_profiles()
        scoring = scorings.get(books.mirrors.parameters().text("scoring_profile"))
    goal = new_goal(seat, project, profile or profile_for(project, profiles))
    return replace(goal, scoring_profile=scoring.code, scoring_version=scoring.version) if scoring else goal


def new_goal(seat: Seat, project: Project, profile: str) -> PerformanceGoal:
    """Return an unsaved goal of the project's year, keyed ``<project key>@<year>``."""
    head = project.head
    goal_head = Head(
        seat.ids.new(),
        Kind.GOAL,
        SCHEMA,
        head.unit_code,
        f"{head.key}@{head.fiscal_year}",
        head.fiscal_year,
        1,
        seat.officer,
    )
    goal = PerformanceGoal(goal_head, project_key=head.key, project_name=project.name, profile=profile)
    return with_header(goal, project)


def new_budget(books: Books, seat: Seat, year: int) -> BudgetDraft:
    """Return an unsaved UP2 draft with a line for each of last year's lines of the admitted projects, amounts zero."""
    with books:
        unit = books.mirrors.unit()
        projects = books.mirrors.projects()
        last_year = books.mirrors.last_year(year)
        pairs = {(p.dept, p.unit_kind): p.gov for p in books.mirrors.pairs(year)}
    head = Head(
        seat.ids.new(), Kind.BUDGET_UP2, SCHEMA, unit.unit_code, f"{unit.unit_code}-{year}-UP2", year, 1, seat.officer
    )
    lines = tuple(
        BudgetLine(
            line_id=seat.ids.new(),
            project_key=row.project_key,
            project_name=projects[row.project_key].name,
            project_class=ProjectClass(projects[row.project_key].project_class),
            function_code=row.function_code,
            dept_economic_code=row.dept_economic_code,
            gov_economic_code=pairs.get((row.dept_economic_code, unit.kind), ""),
            fund_nature=row.fund_nature,
            fund_source=_source_of(row.fund_nature),
            last_year=row.amount,
        )
        for row in last_year
        if row.project_key in projects
    )
    return BudgetDraft(head, unit_kind=unit.kind, lines=lines)


def _source_of(fund_nature: str) -> str:
    """Return the source that a new line most likely has; last year's records name none, the maker may change it."""
    return "OWN" if fund_nature.startswith(_OWN_NATURES) else "LOCAL"


def new_voucher(books: Books, seat: Seat, on: date) -> PaymentVoucher:
    """Return an unsaved voucher with the next local number ``<unit>-<year>-<seq6>`` and the unit as payer."""
    with books:
        voucher = numbered_voucher(books, seat, on)
        books.commit()
    return voucher


def numbered_voucher(books: Books, seat: Seat, on: date) -> PaymentVoucher:
    """Do what `new_voucher` does, inside a ``with books`` of the caller, who commits."""
    unit = books.mirrors.unit()
    number = books.documents.next_number(f"voucher-{on.year}")
    key = f"{unit.unit_code}-{on.year}-{number:06d}"
    head = Head(seat.ids.new(), Kind.VOUCHER, SCHEMA, unit.unit_code, key, on.year, 1, seat.officer)
    return PaymentVoucher(head, on, payer=unit.zero_balance_account)


def copy_voucher(books: Books, seat: Seat, source: PaymentVoucher, on: date) -> PaymentVoucher:
    """Return an unsaved copy (复制上张): payee, quota, purpose and lines, but no e-vouchers (R-11)."""
    fresh = new_voucher(books, seat, on)
    lines = tuple(replace(line, line_id=seat.ids.new(), evoucher_key="") for line in source.lines)
    return replace(source, head=fresh.head, date=on, lines=lines, evouchers=(), acknowledgements=())


def with_quota(voucher: PaymentVoucher, quota: Quota) -> PaymentVoucher:
    """Return the voucher drawing on the quota: its elements copied and locked (R-03)."""
    part = QuotaPart(
        quota.id,
        quota.document_no,
        quota.description,
        quota.project_key,
        quota.project_name,
        quota.fund_nature,
        quota.function_code,
    )
    lines = voucher.lines
    if len(quota.dept_economic_codes) == 1:
        only = quota.dept_economic_codes[0]
        lines = tuple(replace(line, dept_economic_code=line.dept_economic_code or only) for line in lines)
    return replace(voucher, quota=part, lines=lines, three_public=quota.three_public)


def with_amount(voucher: PaymentVoucher, amount: Decimal) -> PaymentVoucher:
    """Return the voucher with the amount in figures and in words."""
    return replace(voucher, amount=amount, amount_in_words=in_words(amount))
