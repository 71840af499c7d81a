"""What the bureau's rules say about the content of a document: arithmetic, quotas, admission.

Pure: a document and what is known give findings, all of them at once. Nothing that the client computed is believed.
"""

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from sync.central.documents import Budget, Content, Goal, Project, Voucher
from sync.central.register import AdmittedProject, Quota, Register

_ZERO = Decimal("0.00")
_FISCAL = ("111", "112", "121", "122", "131")  # B-50: natures of fiscal appropriation
_ENDED = ("TERMINATED", "REMOVED", "COMPLETED")


@dataclass(frozen=True, slots=True)
class Finding:
    """One reason against a document.

    Attributes:
        code: The rule's id.
        field: Path inside the document.
        facts: What the comment names; ``case`` tells the cases of one rule apart.
    """

    code: str
    field: str
    facts: Mapping[str, str] = dataclasses.field(default_factory=dict)


def check_content(content: Content, register: Register) -> list[Finding]:
    """Give every reason against a document, the gravest first."""
    if isinstance(content, Voucher):
        return list(_voucher(content, register))
    if isinstance(content, Project):
        return list(_project(content))
    if isinstance(content, Goal):
        return list(_goal(content, register))
    return list(_budget(content, register))


def _voucher(voucher: Voucher, register: Register) -> Iterator[Finding]:
    quota = register.quotas.get(voucher.quota.quota_id)
    if quota is None:
        yield Finding("R-04", "quota", {"case": "unknown", "quota": voucher.quota.quota_id})
    else:
        for rule in (_quota_open, _quota_fits, _amount):
            yield from rule(voucher, quota, register)
    total = sum((Decimal(line.amount) for line in voucher.lines), _ZERO)
    if total != Decimal(voucher.amount):
        yield Finding("V-01", "amount", {"lines": _money(total), "amount": _money(voucher.amount)})
    for number, line in enumerate(voucher.lines):
        if Decimal(line.amount) <= 0:
            yield Finding("V-05", f"lines[{number}].amount", {"row": str(number + 1)})
    yield from _evouchers(voucher, register)


def _quota_open(voucher: Voucher, quota: Quota, register: Register) -> Iterator[Finding]:
    """R-04 and R-13: the quota is active, its year is the voucher's, its project is neither ended nor suspended."""
    if quota.status != "ACTIVE":
        yield Finding("R-04", "quota", {"case": "closed", "quota": quota.id, "status": quota.status})
    year = voucher.head.fiscal_year
    if quota.fiscal_year != year or voucher.date[:4] != str(year):
        facts = {"case": "year", "quota": quota.id, "year": str(quota.fiscal_year), "date": voucher.date}
        yield Finding("R-04", "date", facts)
    project = register.projects.get(quota.project_key)
    if project is not None and project.state in _ENDED:
        yield Finding("R-04", "quota", {"case": "ended", "project": project.name})
    if project is not None and project.monitor_state == "SUSPENDED":
        yield Finding("R-13", "quota", {"project": project.name})


def _quota_fits(voucher: Voucher, quota: Quota, register: Register) -> Iterator[Finding]:
    """R-03: what the voucher copied from its quota is what the quota says."""
    for name, found, expected in (
        ("function_code", voucher.quota.function_code, quota.function_code),
        ("fund_nature", voucher.quota.fund_nature, quota.fund_nature),
    ):
        if found != expected:
            yield Finding("R-03", f"quota.{name}", {"case": name, "found": found, "expected": expected})
    if _same_project(voucher.quota.project_key, register) != _same_project(quota.project_key, register):
        facts = {"case": "project", "found": voucher.quota.project_key, "expected": quota.project_key}
        yield Finding("R-03", "quota.project_key", facts)
    for number, line in enumerate(voucher.lines):
        if quota.dept_economic_codes and line.dept_economic_code not in quota.dept_economic_codes:
            facts = {"case": "economic", "found": line.dept_economic_code, "row": str(number + 1)}
            yield Finding("R-03", f"lines[{number}].dept_economic_code", facts)


def _amount(voucher: Voucher, quota: Quota, register: Register) -> Iterator[Finding]:
    """R-01: above zero, and not above what is left on the quota."""
    amount, available = Decimal(voucher.amount), register.available(quota)
    if amount <= 0:
        yield Finding("R-01", "amount", {"case": "zero", "amount": _money(amount)})
    elif amount > available:
        over = _money(amount - available)
        facts = {"case": "over", "quota": quota.id, "amount": _money(amount), "available": _money(available)}
        yield Finding("R-01", "amount", {**facts, "over": over})


def _evouchers(voucher: Voucher, register: Register) -> Iterator[Finding]:
    """R-11: an e-voucher is used up to its total by all vouchers of the unit, and its original is at hand."""
    here: dict[str, Decimal] = {}
    for number, use in enumerate(voucher.evouchers):
        used, total = register.evouchers.get(use.key, (_ZERO, Decimal(use.total)))
        here[use.key] = here.get(use.key, _ZERO) + Decimal(use.used)
        limit = min(total, Decimal(use.total))
        name = use.invoice_no or use.key
        if Decimal(use.used) < 0 or used + here[use.key] > limit:
            facts = {"invoice": name, "total": _money(limit), "used": _money(used), "wanted": _money(use.used)}
            yield Finding("R-11", f"evouchers[{number}].used", facts)
        if use.sm3 not in register.files:
            yield Finding("FILE_MISSING", f"evouchers[{number}]", {"invoice": name})


def _project(project: Project) -> Iterator[Finding]:
    """B-16, B-21: what the form requires, and the plan by years adds up."""
    empty = {"name": not project.name.strip(), "function_code": not project.function_code}
    for name in (name for name, is_empty in empty.items() if is_empty):
        yield Finding("B-16", name, {"case": name})
    total = Decimal(project.total)
    planned = sum((Decimal(row.amount) for row in project.plan), _ZERO)
    if total <= 0 or planned != total:
        yield Finding("B-21", "total", {"planned": _money(planned), "total": _money(total)})


def _goal(goal: Goal, register: Register) -> Iterator[Finding]:
    """B-10 and P-05: the project is known, every line has points, and the points add up."""
    if goal.project_key not in register.projects:
        yield Finding("B-10", "project_key", {"project": goal.project_key})
    wanted = register.number("goal_total", "90")
    found = sum((Decimal(line.weight) for line in goal.lines), Decimal(0))
    if found != wanted:
        yield Finding("P-05", "lines", {"case": "sum", "found": _points(found), "expected": _points(wanted)})
    for number, line in enumerate(goal.lines):
        if Decimal(line.weight) <= 0:
            yield Finding("P-05", f"lines[{number}].weight", {"case": "zero", "name": line.name})


def _budget(budget: Budget, register: Register) -> Iterator[Finding]:
    """C01, B-10 and C16: income meets expenditure, projects are admitted, ceilings hold."""
    income = sum((Decimal(line.amount) for line in budget.income), _ZERO)
    spent = sum((Decimal(line.amount) for line in budget.lines), _ZERO) + Decimal(budget.year_end_carry)
    if income != spent:
        facts = {"income": _money(income), "expenditure": _money(spent), "difference": _money(abs(income - spent))}
        yield Finding("C01", "income", facts)
    sums: dict[tuple[str, str], Decimal] = {}
    first: dict[tuple[str, str], int] = {}
    for number, line in enumerate(budget.lines):
        project = register.projects.get(line.project_key)
        if project is None or project.state in _ENDED:
            yield Finding("B-10", f"lines[{number}].project_key", {"project": line.project_name or line.project_key})
        for key in {(_same_project(line.project_key, register), line.fund_nature), ("", line.fund_nature)}:
            sums[key] = sums.get(key, _ZERO) + Decimal(line.amount)
            first.setdefault(key, number)
    for ceiling in register.ceilings:
        whole = not ceiling.project_key
        if ceiling.fiscal_year != budget.head.fiscal_year or (whole and ceiling.fund_nature not in _FISCAL):
            continue
        key = (_same_project(ceiling.project_key, register), ceiling.fund_nature)
        if sums.get(key, _ZERO) > ceiling.amount:
            name = _name(ceiling.project_key, register.projects)
            facts = {"project": name, "nature": ceiling.fund_nature, "ceiling": _money(ceiling.amount)}
            over = _money(sums[key] - ceiling.amount)
            where = "lines" if whole else f"lines[{first[key]}].amount"
            yield Finding("C16", where, {**facts, "amount": _money(sums[key]), "over": over})


def _same_project(key: str, register: Register) -> str:
    """Give one name for a project that may be called by its local key or by the bureau's code."""
    project = register.projects.get(key)
    return key if project is None else project.key


def _name(key: str, projects: Mapping[str, AdmittedProject]) -> str:
    return projects[key].name if key in projects else key


def _money(amount: Decimal | str) -> str:
    return f"{Decimal(amount):,.2f}"


def _points(points: Decimal) -> str:
    return f"{points.normalize():f}"

