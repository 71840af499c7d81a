"""Rules of a voucher about who is paid and for what: R-09, R-18, R-19."""

import unicodedata
from collections.abc import Iterator

from desktop.domain.accounts import grouped, is_digits, luhn_ok, normal_digits
from desktop.domain.evoucher import normal_name
from desktop.domain.problem import Level, Problem
from desktop.domain.voucher import BusinessType, PayeeKind, PaymentVoucher
from desktop.domain.voucher_facts import VoucherFacts

# What may go to an account of the unit itself: union fund, withheld items, repayments that the bureau approved.
_OWN_ACCOUNT_KINDS = (BusinessType.UNION, BusinessType.WITHHOLD, BusinessType.SELF_REPAY)
_ACCOUNT_LENGTHS = (8, 32)
_CARD_LENGTHS = range(16, 20)
_BANK_LINE_DIGITS = 12


def own_account(voucher: PaymentVoucher, facts: VoucherFacts) -> Iterator[Problem]:
    """R-09: no payment into the unit's own accounts but for the listed exceptions."""
    if voucher.business_type in _OWN_ACCOUNT_KINDS:
        return
    number = normal_digits(voucher.payee.account)
    own = {normal_digits(account.number): account.name for account in facts.own_accounts}
    own[normal_digits(facts.unit.zero_balance_account.number)] = facts.unit.name
    if number and number in own:
        yield Problem("R-09", "payee.account", {"case": "account", "number": grouped(number), "name": own[number]})
    elif voucher.payee.name and normal_name(voucher.payee.name) == normal_name(facts.unit.name):
        yield Problem("R-09", "payee.name", {"case": "name", "name": voucher.payee.name})


def account_form(voucher: PaymentVoucher, facts: VoucherFacts) -> Iterator[Problem]:
    """R-18: name, account and bank line number have the form they must have; a changed account asks for a reason."""
    payee = voucher.payee
    if payee.name.strip() and len(normal_name(payee.name)) < 2:
        yield Problem("R-18", "payee.name", {"case": "name", "name": payee.name})
    if payee.account.strip():
        yield from _account(voucher)
    if payee.bank_line_no and not (is_digits(payee.bank_line_no) and len(payee.bank_line_no) == _BANK_LINE_DIGITS):
        yield Problem("R-18", "payee.bank_line_no", {"case": "bank_line", "found": payee.bank_line_no})
    yield from _changed(voucher, facts)


def _account(voucher: PaymentVoucher) -> Iterator[Problem]:
    account = voucher.payee.account
    low, high = _ACCOUNT_LENGTHS
    said = {"account": grouped(normal_digits(account)), "length": str(len(account))}
    if not is_digits(account):
        yield Problem("R-18", "payee.account", {"case": "digits", **said})
    elif not low <= len(account) <= high:
        yield Problem("R-18", "payee.account", {"case": "length", "min": str(low), "max": str(high), **said})
    elif _is_card(voucher) and not luhn_ok(account):
        yield Problem("R-18", "payee.account", {"case": "card", **said}, Level.WARN)


def _is_card(voucher: PaymentVoucher) -> bool:
    return voucher.payee.kind in (PayeeKind.PERSON, PayeeKind.STAFF) and len(voucher.payee.account) in _CARD_LENGTHS


def _changed(voucher: PaymentVoucher, facts: VoucherFacts) -> Iterator[Problem]:
    """An account that this payee never had: money sent to a changed account is the commonest fraud."""
    account = normal_digits(voucher.payee.account)
    before = [one for one in facts.similar if one.account]
    if account and before and account not in {normal_digits(one.account) for one in before}:
        last = before[0]
        said = {"last": grouped(normal_digits(last.account)), "bank": last.bank, "key": last.key}
        yield Problem("R-18", "payee.account", {"case": "changed", "account": grouped(account), **said}, Level.WARN)


def purpose(voucher: PaymentVoucher, facts: VoucherFacts) -> Iterator[Problem]:
    """R-19: the purpose says what for, in at most 60 characters, without secrets."""
    text = voucher.purpose.strip()
    most = int(facts.parameters.number("purpose_max"))
    if len(text) > most:
        yield Problem("R-19", "purpose", {"case": "long", "length": str(len(text)), "max": str(most)})
    if text and _plain(text) in {"", *facts.parameters.names("vague_purposes")}:
        yield Problem("R-19", "purpose", {"case": "vague", "purpose": text})
    for word in facts.parameters.names("secret_words"):
        if word in text:
            yield Problem("R-19", "purpose", {"case": "secret", "word": word})


def _plain(text: str) -> str:
    """Leave letters only: "费用。" and "支付 货款1" say no more than 费用."""
    kept = "".join(c for c in unicodedata.normalize("NFKC", text) if c.isalpha())
    return kept.removeprefix("支付").removeprefix("付") if len(kept) > 2 else kept
