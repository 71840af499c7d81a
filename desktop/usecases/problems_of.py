"""Gather what a document's rules need from the books, and run them: the same while typing, at F8 and before sealing."""

from datetime import date
from decimal import Decimal

from desktop.domain.budget import BudgetDraft
from desktop.domain.budget_rules import BudgetFacts, check_budget
from desktop.domain.document import Content, Document, State
from desktop.domain.goal import LibraryKind, PerformanceGoal
from desktop.domain.goal_rules import GoalFacts, check_goal
from desktop.domain.head import Kind
from desktop.domain.problem import Problem
from desktop.domain.project import Project
from desktop.domain.project_rules import ProjectFacts, check_project
from desktop.domain.voucher import PaymentVoucher
from desktop.domain.voucher_rules import SimilarFact, VoucherFacts, check_voucher
from desktop.usecases.library_changes import heirs_of
from desktop.usecases.ports import Books

_MAY_CHANGE = (State.DRAFT, State.PRESENTED, State.CHECKED, State.SIGNED, State.RETURNED)
_OF_LIBRARY = ("P-01", "P-03")


def problems_of(books: Books, content: Content) -> list[Problem]:
    """Return every finding of every rule on a content, against the newest mirrors.

    Must be called inside ``with books``.
    """
    if isinstance(content, PaymentVoucher):
        return check_voucher(content, voucher_facts(books, content))
    if isinstance(content, BudgetDraft):
        return check_budget(content, budget_facts(books, content))
    if isinstance(content, PerformanceGoal):
        return check_goal(content, goal_facts(books, content))
    return check_project(content, goal_of(books, content), project_facts(books, content))


def problems_at(books: Books, document: Document) -> list[Problem]:
    """Return every finding on a stored document, where it stands.

    What the library says after a goal was sealed or sent is no finding about it: its codes and editions stay as they
    were signed (P-01). Must be called inside ``with books``.
    """
    found = problems_of(books, document.content)
    return found if document.state in _MAY_CHANGE else [one for one in found if one.code not in _OF_LIBRARY]


def amount_of(content: Content) -> Decimal:
    """Return the yuan that a content asks for: what lists show, totals add and signatures answer for."""
    if isinstance(content, PaymentVoucher):
        return content.amount
    if isinstance(content, BudgetDraft):
        return content.total()
    if isinstance(content, PerformanceGoal):
        return content.year_total
    return content.total


def voucher_facts(books: Books, voucher: PaymentVoucher) -> VoucherFacts:
    """Return what R-01 to R-19 ask about a voucher."""
    mirrors, doc_id, quota_id = books.mirrors, voucher.head.doc_id, voucher.quota.quota_id
    year = voucher.head.fiscal_year
    similar = books.documents.similar_vouchers(voucher.payee.name, "", doc_id) if voucher.payee.name else []
    return VoucherFacts(
        unit=mirrors.unit(),
        quota=mirrors.quota(quota_id) if quota_id else None,
        balance=books.ledger.balance(quota_id),
        planned=books.documents.planned_use(quota_id, doc_id),
        reserved_here=books.ledger.reserved_by(doc_id),
        project=mirrors.projects().get(voucher.quota.project_key),
        economics=mirrors.codes("DEPT_ECONOMIC", year),
        pairs=tuple(mirrors.pairs(year)),
        used_elsewhere={use.key: books.documents.evoucher_used(use.key, doc_id) for use in voucher.evouchers},
        similar=tuple(
            SimilarFact(one.key, date.fromisoformat(one.date), one.amount, one.purpose, one.account, one.bank)
            for one in similar
        ),
        own_accounts=tuple(mirrors.own_accounts()),
        parameters=mirrors.parameters(),
    )


def budget_facts(books: Books, draft: BudgetDraft) -> BudgetFacts:
    """Return what the B and C rules ask about a budget."""
    mirrors, year = books.mirrors, draft.head.fiscal_year
    return BudgetFacts(
        functions=mirrors.codes("FUNCTION", year),
        economics=mirrors.codes("DEPT_ECONOMIC", year),
        natures=mirrors.codes("FUND_NATURE", year),
        sources=mirrors.codes("FUND_SOURCE", year),
        projects=mirrors.projects(),
        pairs=tuple(mirrors.pairs(year)),
        ceilings=tuple(mirrors.ceilings(year)),
        parameters=mirrors.parameters(),
    )


def goal_facts(books: Books, goal: PerformanceGoal) -> GoalFacts:
    """Return what the P rules ask about a goal."""
    project = books.documents.find(Kind.PROJECT, goal.project_key)
    codes = [line.indicator_code for line in goal.lines if line.library_kind is not LibraryKind.CUSTOM]
    known = books.mirrors.indicators(codes)
    return GoalFacts(
        profiles=books.mirrors.weight_profiles(),
        indicators=known,
        heirs=heirs_of(books, codes, known, goal.head.fiscal_year),
        project=project.content if project and isinstance(project.content, Project) else None,
        parameters=books.mirrors.parameters(),
        models=books.mirrors.quant_models() if any(line.model for line in goal.lines) else {},
    )


def project_facts(books: Books, project: Project) -> ProjectFacts:
    """Return what the B rules ask about a project."""
    mirrors, year = books.mirrors, project.head.fiscal_year
    goal = goal_of(books, project)
    return ProjectFacts(
        functions=mirrors.codes("FUNCTION", year),
        natures=mirrors.codes("FUND_NATURE", year),
        sources=mirrors.codes("FUND_SOURCE", year),
        profiles=mirrors.weight_profiles(),
        indicators=mirrors.indicators([line.indicator_code for line in goal.lines] if goal else []),
        parameters=mirrors.parameters(),
    )


def goal_of(books: Books, project: Project) -> PerformanceGoal | None:
    """Return the goal document of the project's year, if it is written."""
    found = books.documents.find(Kind.GOAL, f"{project.head.key}@{project.head.fiscal_year}")
    return found.content if found and isinstance(found.content, PerformanceGoal) else None
