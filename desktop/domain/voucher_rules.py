"""All rules of a payment voucher at the making step. Source: quota_and_payment rules, sections 4 to 6.

====  =========================================================================================================
V-01  the lines do not add up to the amount          V-02  the words are not the amount
V-03  a field of the form is empty                   V-04  the payer is not an account of the unit
V-05  a line is not complete                         V-06  dated ahead
R-01  within the quota's available balance           R-03  elements and codes are the quota's, and pair
R-04  quota active, year open, project not ended     R-05  wage quotas are for wages
R-09  not into the unit's own accounts               R-11  no invoice twice, no payment twice
R-12  invoices are the unit's and cover the amount   R-13  the project is not suspended
R-18  form of name, account and bank line            R-19  the purpose says what for
====  =========================================================================================================
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from desktop.domain import voucher_invoices, voucher_payee, voucher_quota
from desktop.domain.accounts import grouped, normal_digits
from desktop.domain.mirrors import EconomicPair
from desktop.domain.money import ZERO, format_yuan
from desktop.domain.pairing import gov_code
from desktop.domain.problem import Level, Problem
from desktop.domain.voucher import PaymentVoucher, VoucherLine
from desktop.domain.voucher_facts import SimilarFact, VoucherFacts, needs_invoices
from desktop.domain.words import in_words

__all__ = [
    "RuleResult",
    "SimilarFact",
    "VoucherFacts",
    "balanced",
    "check_voucher",
    "needs_invoices",
    "paired",
    "report",
    "with_words",
]

_Rule = Callable[[PaymentVoucher, VoucherFacts], Iterator[Problem]]

# In the order in which the inspector lists them.
_RULES: tuple[tuple[str, _Rule], ...] = (
    ("V-03", voucher_quota.required),
    ("R-01", voucher_quota.available),
    ("V-01", voucher_quota.line_sum),
    ("V-02", voucher_quota.words),
    ("V-05", voucher_quota.lines),
    ("R-03", voucher_quota.elements),
    ("R-04", voucher_quota.open_quota),
    ("R-05", voucher_quota.wages),
    ("R-09", voucher_payee.own_account),
    ("R-11", voucher_invoices.used_once),
    ("R-12", voucher_invoices.invoices),
    ("R-13", voucher_quota.suspended),
    ("R-18", voucher_payee.account_form),
    ("R-19", voucher_payee.purpose),
    ("V-04", voucher_quota.payer),
    ("V-06", voucher_quota.dated),
)


@dataclass(frozen=True, slots=True)
class RuleResult:
    """What one rule said: a finding, or that it passed, with the numbers it compared.

    Attributes:
        level: None when the rule passed.
        where: Field of the finding, empty when the rule passed.
    """

    code: str
    level: Level | None = None
    where: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        """Whether the rule passed."""
        return self.level is None


def check_voucher(voucher: PaymentVoucher, facts: VoucherFacts) -> list[Problem]:
    """Return every finding about the voucher, rule by rule.

    Source: quota_and_payment rules V and R as in the table above; the platform decides again on receipt.
    """
    return [problem for _, rule in _RULES for problem in rule(voucher, facts)]


def report(voucher: PaymentVoucher, facts: VoucherFacts) -> tuple[RuleResult, ...]:
    """Return the outcome of every rule: errors, warnings, information, then the rules that passed."""
    found: list[RuleResult] = []
    passed: list[RuleResult] = []
    for code, rule in _RULES:
        problems = list(rule(voucher, facts))
        found += [RuleResult(p.code, p.level, p.where, p.facts) for p in problems]
        if not problems:
            passed.append(RuleResult(code, facts=_compared(code, voucher, facts)))
    weight = list(Level)
    found.sort(key=lambda result: weight.index(result.level or Level.INFO))
    return (*found, *passed)


def with_words(voucher: PaymentVoucher) -> PaymentVoucher:
    """Return the voucher with the words of its amount; `MoneyError` for an amount that has none."""
    return replace(voucher, amount_in_words=in_words(voucher.amount))


def paired(voucher: PaymentVoucher, unit_kind: str, pairs: Iterable[EconomicPair]) -> PaymentVoucher:
    """Return the voucher whose lines carry the government code of their department code, empty where none pairs."""
    table = tuple(pairs)
    lines = tuple(
        replace(line, gov_economic_code=gov_code(line.dept_economic_code, unit_kind, table)) for line in voucher.lines
    )
    return replace(voucher, lines=lines)


def balanced(voucher: PaymentVoucher, index: int) -> PaymentVoucher:
    """Return the voucher whose line takes what the other lines leave of the amount (自动平衡), even below zero.

    Args:
        voucher: Amount and lines as typed.
        index: Place of the line; `IndexError` for none.
    """
    line = voucher.lines[index]
    rest = voucher.amount - voucher.line_total() + line.amount
    lines: list[VoucherLine] = list(voucher.lines)
    lines[index] = replace(line, amount=rest)
    return replace(voucher, lines=tuple(lines))


def _compared(code: str, voucher: PaymentVoucher, facts: VoucherFacts) -> dict[str, str]:
    """The numbers that a passed rule shows."""
    if code == "R-01":
        return {
            "available": format_yuan(facts.available()),
            "amount": format_yuan(voucher.amount),
            "left": format_yuan(facts.available() - voucher.amount),
        }
    if code == "V-01":
        return {"lines": format_yuan(voucher.line_total()), "count": str(len(voucher.lines))}
    if code == "V-02":
        return {"words": voucher.amount_in_words}
    if code == "R-11":
        days = facts.parameters.text("duplicate_days")
        return {"count": str(len(voucher.evouchers)), "days": days}
    if code == "R-12":
        return _covered(voucher, facts)
    if code == "R-18":
        return {"account": grouped(normal_digits(voucher.payee.account))}
    if code == "R-19":
        return {"length": str(len(voucher.purpose.strip())), "max": facts.parameters.text("purpose_max")}
    return {}


def _covered(voucher: PaymentVoucher, facts: VoucherFacts) -> dict[str, str]:
    if not needs_invoices(voucher, facts):
        return {"case": "exempt", "business": voucher.business_type.value}
    covered: Decimal = sum((use.used for use in voucher.evouchers), ZERO)
    case = "equal" if covered == voucher.amount else "more"
    return {"case": case, "covered": format_yuan(covered), "count": str(len(voucher.evouchers))}
