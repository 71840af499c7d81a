"""An electronic invoice as the unit holds it, and what can be said about it without asking anyone.

Source: the field's rules for electronic vouchers (numbers, checks, dedupe key, findings). The codes of the findings:

======  =======================================================================================================
R-12    buyer is not the unit, red invoice, issued after the voucher's date (all block); old invoice (warning)
E-01    arithmetic: untaxed + tax against total, or the lines against the totals
E-02    a digest inside the file does not match: something was changed after sealing
E-03    invoice number, invoice code or check code does not have the form of its kind
E-04    the total in words is not the total in figures (blocks), or can not be read (warning)
E-05    the seal's signature is mathematically wrong
E-06    the seal could not be checked (warning), or its issuer is not known here (information)
E-07    two places inside the file disagree about a key field
E-08    read from the page's text: the maker must compare it with what the page shows (warning)
E-09    the seller's tax number has a wrong check character (warning)
======  =======================================================================================================

R-11 (used more than its total) needs the ledger of uses and is decided elsewhere.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from desktop.domain.credit_code import is_credit_code, normal_code
from desktop.domain.money import ZERO, MoneyError, format_yuan
from desktop.domain.problem import Level, Problem
from desktop.domain.words import from_words

CENT = Decimal("0.01")
SURE = Decimal("0.90")  # below it the maker has to confirm what was read


class EvoucherKind(StrEnum):
    """The closed list of electronic vouchers; only the four invoices are read so far."""

    EINV_ORD = "EINV_ORD"
    EINV_SPCL = "EINV_SPCL"
    VAT_ORD = "VAT_ORD"
    VAT_SPCL = "VAT_SPCL"
    RAIL = "RAIL"
    AIR = "AIR"
    FISCAL_BILL = "FISCAL_BILL"
    NONTAX = "NONTAX"
    BANK_RECEIPT = "BANK_RECEIPT"
    BANK_STATEMENT = "BANK_STATEMENT"
    TREASURY = "TREASURY"


class Signature(StrEnum):
    """What is known about the seal of the issuer."""

    VALID = "VALID"
    INVALID = "INVALID"
    NOT_CHECKED = "NOT_CHECKED"  # there is none, or its format is not understood
    UNKNOWN_CA = "UNKNOWN_CA"  # mathematically right, but nobody here vouches for the certificate's issuer


@dataclass(frozen=True, slots=True)
class EvoucherLine:
    """One line of goods or services, as printed; an amount that is not a number (免税, ***) is None."""

    item: str
    specification: str
    unit: str
    quantity: str
    amount: Decimal | None
    tax_rate: str
    tax: Decimal | None


@dataclass(frozen=True, slots=True)
class Evoucher:
    """One electronic invoice, with everything that was read from its file.

    Attributes:
        key: What makes it the same invoice in any container: ``EINV:<20 digits>`` or ``VAT:<code>+<number>``.
        invoice_code: Ten or twelve digits of the older kinds; empty for digital invoices.
        seller_bank: Opening bank of the seller when the invoice names it, to prefill the payee.
        untaxed: Yuan, two decimals; negative on a red invoice, as are tax and total.
        container: ``OFD`` or ``XML``.
        sm3: Digest of the file's bytes, 64 lower-case hex digits.
        size: Bytes of the file.
        facts: Every name and value that was read, in the order of the file.
        digest_ok: Whether every digest inside the file matches; None when the file holds none (XML).
        source_level: 1 XBRL or XML of the invoice, 2 original invoice of older kinds, 3 custom data, 4 tags, 5 text.
        confidence: 1.00 for levels 1 to 3, 0.95 for 4, 0.85 for 5.
        total_in_words: The total in Chinese capitals when the file carries it.
        conflicts: Key fields about which two places of the file disagree, ``field: a ≠ b``.
    """

    key: str
    kind: EvoucherKind
    invoice_code: str
    invoice_no: str
    issue_date: date
    seller_name: str
    seller_tax_no: str
    buyer_name: str
    buyer_tax_no: str
    seller_bank: str
    seller_account: str
    untaxed: Decimal
    tax: Decimal
    total: Decimal
    lines: tuple[EvoucherLine, ...]
    remark: str
    check_code: str
    is_red: bool
    container: str
    sm3: str
    size: int
    file_name: str
    facts: tuple[tuple[str, str], ...]
    digest_ok: bool | None
    signature: Signature
    source_level: int
    confidence: Decimal
    total_in_words: str = ""
    conflicts: tuple[str, ...] = ()


def evoucher_key(kind: EvoucherKind, invoice_code: str, invoice_no: str) -> str:
    """Return the key under which the same invoice is known again, whatever file brings it.

    Args:
        kind: One of the four invoices.

    Raises:
        ValueError: For a kind whose key is not defined here.
    """
    if kind in (EvoucherKind.EINV_ORD, EvoucherKind.EINV_SPCL):
        return f"EINV:{invoice_no}"
    if kind in (EvoucherKind.VAT_ORD, EvoucherKind.VAT_SPCL):
        return f"VAT:{invoice_code}+{invoice_no}"
    raise ValueError(f"no key for {kind}")


def normal_name(text: str) -> str:
    """Return a party's name as it is compared: NFKC (full-width brackets become plain), no white space."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def check_evoucher(e: Evoucher, *, buyer_name: str, buyer_tax_no: str, on: date | None = None) -> list[Problem]:
    """Name everything that speaks against paying on this invoice.

    Args:
        e: The invoice as read.
        buyer_name: Full name of the unit.
        buyer_tax_no: Its unified social credit code; empty when the unit has none yet, then only the name is compared.
        on: Date of the voucher that would use it; None leaves the two rules about dates out.

    Returns:
        All findings, in the order of the table above; ``where`` is the field of `Evoucher`.
    """
    return [
        *_buyer(e, buyer_name, buyer_tax_no),
        *_red(e),
        *([] if on is None else _dates(e, on)),
        *_arithmetic(e),
        *_numbers(e),
        *_words(e),
        *_seal(e),
        *_reading(e),
    ]


def _buyer(e: Evoucher, buyer_name: str, buyer_tax_no: str) -> list[Problem]:
    found = []
    if normal_name(e.buyer_name) != normal_name(buyer_name):
        found.append(Problem("R-12", "buyer_name", {"found": e.buyer_name, "expected": buyer_name}))
    if buyer_tax_no and normal_code(e.buyer_tax_no) != normal_code(buyer_tax_no):
        found.append(Problem("R-12", "buyer_tax_no", {"found": e.buyer_tax_no, "expected": buyer_tax_no}))
    return found


def _red(e: Evoucher) -> list[Problem]:
    return [Problem("R-12", "is_red", {"total": format_yuan(e.total)})] if e.is_red or e.total < 0 else []


def _dates(e: Evoucher, on: date) -> list[Problem]:
    facts = {"found": e.issue_date.isoformat(), "on": on.isoformat()}
    if e.issue_date > on:
        return [Problem("R-12", "issue_date", facts)]
    a_year_on = e.issue_date.year + 1, e.issue_date.month, e.issue_date.day
    if a_year_on < (on.year, on.month, on.day):
        return [Problem("R-12", "issue_date", facts, Level.WARN)]
    return []


def _arithmetic(e: Evoucher) -> list[Problem]:
    found = []
    if abs(e.untaxed + e.tax - e.total) > CENT:
        facts = {"untaxed": format_yuan(e.untaxed), "tax": format_yuan(e.tax), "total": format_yuan(e.total)}
        found.append(Problem("E-01", "total", facts))
    tolerance = CENT * len(e.lines)
    for where, parts, stated in (
        ("untaxed", [line.amount for line in e.lines], e.untaxed),
        ("tax", [line.tax for line in e.lines], e.tax),
    ):
        known = [part for part in parts if part is not None]
        if not known or len(known) < len(parts):
            continue  # a line without a number can't be added up
        added = sum(known, ZERO)
        if abs(added - stated) > tolerance:
            found.append(Problem("E-01", where, {"lines": f"{added:,.2f}", "stated": format_yuan(stated)}))
    return found


def _numbers(e: Evoucher) -> list[Problem]:
    found = []
    if e.kind in (EvoucherKind.EINV_ORD, EvoucherKind.EINV_SPCL):
        if not re.fullmatch(r"[0-9]{20}", e.invoice_no) or int(e.invoice_no[:2]) > e.issue_date.year % 100:
            found.append(Problem("E-03", "invoice_no", {"found": e.invoice_no}))
        return found
    if not re.fullmatch(r"[0-9]{8}", e.invoice_no):
        found.append(Problem("E-03", "invoice_no", {"found": e.invoice_no}))
    if not re.fullmatch(r"[0-9]{10}|0[0-9]{11}", e.invoice_code):
        found.append(Problem("E-03", "invoice_code", {"found": e.invoice_code}))
    if e.check_code and not re.fullmatch(r"[0-9]{20}", e.check_code):
        found.append(Problem("E-03", "check_code", {"found": e.check_code}))
    return found


def _words(e: Evoucher) -> list[Problem]:
    if not e.total_in_words:
        return []
    facts = {"words": e.total_in_words, "total": format_yuan(e.total)}
    plain = re.sub(r"[\s⊗ⓧ]", "", unicodedata.normalize("NFKC", e.total_in_words))
    try:
        words = from_words(plain.replace("(大写)", "").replace("(负数)", "负"))
    except MoneyError:
        return [Problem("E-04", "total_in_words", facts, Level.WARN)]  # tax programs spell by rules of their own
    # A red invoice may print 负 before the words or leave it to the figures.
    return [] if words in (e.total, abs(e.total)) else [Problem("E-04", "total_in_words", facts)]


def _seal(e: Evoucher) -> list[Problem]:
    found = []
    if e.digest_ok is False:
        found.append(Problem("E-02", "digest_ok"))
    if e.signature is Signature.INVALID:
        found.append(Problem("E-05", "signature"))
    elif e.signature is Signature.NOT_CHECKED:
        found.append(Problem("E-06", "signature", {"state": e.signature.value}, Level.WARN))
    elif e.signature is Signature.UNKNOWN_CA:
        found.append(Problem("E-06", "signature", {"state": e.signature.value}, Level.INFO))
    return found


def _reading(e: Evoucher) -> list[Problem]:
    found = [Problem("E-07", text.partition(":")[0], {"found": text}) for text in e.conflicts]
    if e.confidence < SURE:
        found.append(Problem("E-08", "confidence", {"confidence": f"{e.confidence:.2f}"}, Level.WARN))
    code = normal_code(e.seller_tax_no)
    # Eighteen digits may be the resident ID of a person for whom the tax office issued the invoice.
    if len(code) == 18 and not re.fullmatch(r"[0-9]{17}[0-9X]", code) and not is_credit_code(code):
        found.append(Problem("E-09", "seller_tax_no", {"found": e.seller_tax_no}, Level.WARN))
    return found
