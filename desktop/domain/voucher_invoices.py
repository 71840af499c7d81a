"""Rules of a voucher about the invoices behind it: R-11 (used once) and R-12 (ours, whole, enough)."""

import unicodedata
from collections.abc import Iterator

from desktop.domain.credit_code import normal_code
from desktop.domain.evoucher import normal_name
from desktop.domain.money import ZERO, format_yuan
from desktop.domain.problem import Level, Problem
from desktop.domain.voucher import EvoucherUse, PaymentVoucher
from desktop.domain.voucher_facts import VoucherFacts, needs_invoices


def used_once(voucher: PaymentVoucher, facts: VoucherFacts) -> Iterator[Problem]:
    """R-11: no invoice is used for more than its total; the same payment within 30 days asks for a reason."""
    here: dict[str, int] = {}
    for i, use in enumerate(voucher.evouchers):
        said = {"invoice": use.invoice_no, "row": str(i + 1)}
        if use.key in here:
            yield Problem("R-11", f"evouchers[{i}].key", {"case": "twice", **said})
            continue
        here[use.key] = i
        before = facts.used_elsewhere.get(use.key, ZERO)
        amounts = {"total": use.total, "used": use.used, "before": before, "over": before + use.used - use.total}
        shown = {name: format_yuan(value) for name, value in amounts.items()}
        if use.used <= 0:
            yield Problem("R-11", f"evouchers[{i}].used", {"case": "nothing", **said, **shown})
        elif before + use.used > use.total:
            yield Problem("R-11", f"evouchers[{i}].used", {"case": "over", **said, **shown})
    yield from _again(voucher, facts)


def _again(voucher: PaymentVoucher, facts: VoucherFacts) -> Iterator[Problem]:
    days = int(facts.parameters.number("duplicate_days"))
    if voucher.amount <= 0:
        return
    for other in facts.similar:
        apart = abs((voucher.date - other.date).days)
        same = other.amount == voucher.amount and _same_text(other.purpose, voucher.purpose)
        if same and apart <= days:
            said = {"key": other.key, "date": other.date.isoformat(), "amount": format_yuan(other.amount)}
            yield Problem("R-11", "amount", {"case": "again", "days": str(days), **said}, Level.WARN)
            return


def _same_text(one: str, other: str) -> bool:
    plain = ("".join(unicodedata.normalize("NFKC", text).split()) for text in (one, other))
    return next(plain) == next(plain)


def invoices(voucher: PaymentVoucher, facts: VoucherFacts) -> Iterator[Problem]:
    """R-12: invoices are the unit's, whole, without error, not red, not dated ahead, and cover the amount."""
    for i, use in enumerate(voucher.evouchers):
        yield from _buyer(use, facts, f"evouchers[{i}]")
        yield from _state(use, voucher, f"evouchers[{i}]")
    covered = sum((use.used for use in voucher.evouchers), ZERO)
    if needs_invoices(voucher, facts) and covered < voucher.amount:
        amounts = {"covered": covered, "amount": voucher.amount, "short": voucher.amount - covered}
        shown = {name: format_yuan(value) for name, value in amounts.items()}
        yield Problem("R-12", "evouchers", {"case": "sum", "count": str(len(voucher.evouchers)), **shown})


def _buyer(use: EvoucherUse, facts: VoucherFacts, where: str) -> Iterator[Problem]:
    unit = facts.unit
    if normal_name(use.buyer_name) != normal_name(unit.name):
        said = {"found": use.buyer_name, "expected": unit.name, "invoice": use.invoice_no}
        yield Problem("R-12", f"{where}.buyer_name", {"case": "buyer_name", **said})
    if unit.credit_code and normal_code(use.buyer_tax_no) != normal_code(unit.credit_code):
        said = {"found": use.buyer_tax_no, "expected": unit.credit_code, "invoice": use.invoice_no}
        yield Problem("R-12", f"{where}.buyer_tax_no", {"case": "buyer_tax_no", **said})


def _state(use: EvoucherUse, voucher: PaymentVoucher, where: str) -> Iterator[Problem]:
    said = {"invoice": use.invoice_no, "found": use.issue_date.isoformat(), "on": voucher.date.isoformat()}
    if use.is_red or use.total < 0:
        yield Problem("R-12", f"{where}.is_red", {"case": "is_red", **said, "total": format_yuan(use.total)})
    if use.issue_date > voucher.date:
        yield Problem("R-12", f"{where}.issue_date", {"case": "ahead", **said})
    elif use.issue_date.year < voucher.date.year - 1:
        yield Problem("R-12", f"{where}.issue_date", {"case": "old", **said}, Level.WARN)
    if use.digest_ok is False:
        yield Problem("R-12", f"{where}.digest_ok", {"case": "digest", **said})
    for code in use.errors:
        yield Problem("R-12", f"{where}.errors", {"case": "wrong", "finding": code, **said})
