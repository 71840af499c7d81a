"""Rules of a voucher about its own figures and its quota: V-01 to V-06, R-01, R-03, R-04, R-05, R-13."""

from collections.abc import Iterator

from desktop.domain.code_tables import is_leaf, out_of_year
from desktop.domain.money import MoneyError, format_yuan
from desktop.domain.pairing import gov_code, pairs_with
from desktop.domain.problem import Level, Problem
from desktop.domain.project import ProjectClass
from desktop.domain.voucher import BusinessType, PaymentVoucher, SettlementMode
from desktop.domain.voucher_facts import VoucherFacts
from desktop.domain.words import in_words

_ENDED_STATES = frozenset({"TERMINATED", "COMPLETED", "REMOVED"})
_BASIC = (ProjectClass.R.value, ProjectClass.Y1.value)
_WAGE_KINDS = (BusinessType.SALARY, BusinessType.WITHHOLD)


def required(voucher: PaymentVoucher, _: VoucherFacts) -> Iterator[Problem]:
    """V-03: every field that the paper form asks for is filled; cash needs no account."""
    empty = {
        "quota": not voucher.quota.quota_id,
        "payee.name": not voucher.payee.name.strip(),
        "purpose": not voucher.purpose.strip(),
        "lines": not voucher.lines,
    }
    if voucher.settlement_mode is not SettlementMode.CASH:
        empty |= {"payee.account": not voucher.payee.account.strip(), "payee.bank": not voucher.payee.bank.strip()}
    for where in (name for name, is_empty in empty.items() if is_empty):
        yield Problem("V-03", where, {"case": where})


def line_sum(voucher: PaymentVoucher, _: VoucherFacts) -> Iterator[Problem]:
    """V-01: the lines add up to the amount."""
    total = voucher.line_total()
    if voucher.lines and total != voucher.amount:
        amounts = {"amount": voucher.amount, "lines": total, "difference": voucher.amount - total}
        yield Problem("V-01", "amount", {name: format_yuan(value) for name, value in amounts.items()})


def words(voucher: PaymentVoucher, _: VoucherFacts) -> Iterator[Problem]:
    """V-02: the amount in words is the amount in figures."""
    try:
        expected = in_words(voucher.amount)
    except MoneyError:
        expected = ""
    if voucher.amount_in_words != expected:
        said = {"words": voucher.amount_in_words, "expected": expected, "amount": f"{voucher.amount:,.2f}"}
        yield Problem("V-02", "amount_in_words", said)


def payer(voucher: PaymentVoucher, facts: VoucherFacts) -> Iterator[Problem]:
    """V-04: the unit pays from its own account."""
    own = {facts.unit.zero_balance_account.number, *(account.number for account in facts.own_accounts)}
    if voucher.payer.number not in own:
        yield Problem("V-04", "payer.number", {"number": voucher.payer.number})


def lines(voucher: PaymentVoucher, facts: VoucherFacts) -> Iterator[Problem]:
    """V-05: every line has a department code of the table, an amount above zero, and an e-voucher that is there."""
    attached = {use.key for use in voucher.evouchers}
    for i, line in enumerate(voucher.lines):
        said = {"row": str(i + 1), "code": line.dept_economic_code}
        code = line.dept_economic_code
        if not code or (facts.economics and not is_leaf(code, facts.economics)):
            found = {"case": "code", **said, **out_of_year(code, facts.economics)}
            yield Problem("V-05", f"lines[{i}].dept_economic_code", found)
        if line.amount <= 0:
            yield Problem("V-05", f"lines[{i}].amount", {"case": "amount", **said})
        if line.evoucher_key and line.evoucher_key not in attached:
            yield Problem("V-05", f"lines[{i}].evoucher_key", {"case": "evoucher", **said})


def dated(voucher: PaymentVoucher, facts: VoucherFacts) -> Iterator[Problem]:
    """V-06: the voucher is not dated ahead."""
    if facts.today is not None and voucher.date > facts.today:
        yield Problem("V-06", "date", {"date": voucher.date.isoformat(), "today": facts.today.isoformat()})


def available(voucher: PaymentVoucher, facts: VoucherFacts) -> Iterator[Problem]:
    """R-01: above zero and within the quota's available balance; drafts of the same quota are shown."""
    if voucher.amount <= 0:
        yield Problem("R-01", "amount", {"case": "zero", "amount": f"{voucher.amount:,.2f}"})
    if facts.quota is None:
        return
    left = facts.available() - voucher.amount
    amounts = {"available": facts.available(), "amount": voucher.amount, "planned": facts.planned}
    said = {name: format_yuan(value) for name, value in amounts.items()}
    if left < 0:
        yield Problem("R-01", "amount", {"case": "over", "over": format_yuan(-left), **said})
    elif facts.planned > 0 and left < facts.planned:
        short = format_yuan(facts.planned - left)
        yield Problem("R-01", "amount", {"case": "planned", "short": short, **said}, Level.INFO)


def elements(voucher: PaymentVoucher, facts: VoucherFacts) -> Iterator[Problem]:
    """R-03: what the voucher copied is what its quota says; department codes are allowed and pair."""
    quota = facts.quota
    if quota is None:
        return
    for name, found, expected in (
        ("project_key", voucher.quota.project_key, quota.project_key),
        ("fund_nature", voucher.quota.fund_nature, quota.fund_nature),
        ("function_code", voucher.quota.function_code, quota.function_code),
    ):
        if found != expected:
            yield Problem("R-03", f"quota.{name}", {"case": name, "found": found, "expected": expected})
    for i, line in enumerate(voucher.lines):
        dept, gov = line.dept_economic_code, line.gov_economic_code
        said = {"row": str(i + 1), "dept": dept, "gov": gov}
        if dept and quota.dept_economic_codes and dept not in quota.dept_economic_codes:
            allowed = {"allowed": "、".join(quota.dept_economic_codes)}
            yield Problem("R-03", f"lines[{i}].dept_economic_code", {"case": "code", **said, **allowed})
        if dept and not pairs_with(dept, gov, facts.unit.kind, facts.pairs):
            expected = gov_code(dept, facts.unit.kind, facts.pairs)
            yield Problem("R-03", f"lines[{i}].gov_economic_code", {"case": "pair", **said, "expected": expected})


def open_quota(voucher: PaymentVoucher, facts: VoucherFacts) -> Iterator[Problem]:
    """R-04: the quota is active, its year is the voucher's, its project has not ended."""
    quota, said = facts.quota, {"document": voucher.quota.document_no}
    if quota is None:
        if voucher.quota.quota_id:
            yield Problem("R-04", "quota", {"case": "unknown", **said})
        return
    if quota.status != "ACTIVE":
        yield Problem("R-04", "quota", {"case": "status", "status": quota.status, **said})
    if not quota.fiscal_year == voucher.head.fiscal_year == voucher.date.year:
        years = {"quota_year": str(quota.fiscal_year), "date": voucher.date.isoformat()}
        yield Problem("R-04", "date", {"case": "year", **years, **said})
    if facts.project is not None and facts.project.state in _ENDED_STATES:
        yield Problem("R-04", "quota", {"case": "project", "project": quota.project_name, **said})


def wages(voucher: PaymentVoucher, facts: VoucherFacts) -> Iterator[Problem]:
    """R-05: wage quotas pay wages and what is withheld from them, and wages come from wage quotas only."""
    if facts.quota is None:
        return
    if facts.quota.salary_flag and voucher.business_type not in _WAGE_KINDS:
        yield Problem("R-05", "business_type", {"case": "quota"})
    elif not facts.quota.salary_flag and voucher.business_type is BusinessType.SALARY:
        yield Problem("R-05", "quota", {"case": "salary"})


def suspended(voucher: PaymentVoucher, facts: VoucherFacts) -> Iterator[Problem]:
    """R-13: the project's payments are not suspended; basic expenditure never is (performance rules, section 8)."""
    project = facts.project
    if project is not None and project.project_class not in _BASIC and project.is_suspended:
        yield Problem("R-13", "quota", {"project": project.name, "state": project.monitor_state})
