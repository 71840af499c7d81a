"""A payment voucher (国库集中支付申请): the request to pay from a quota."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from desktop.domain.head import Acknowledgement, Head
from desktop.domain.money import Yuan


class BusinessType(StrEnum):
    """支付业务类型."""

    ORDINARY = "ORDINARY"
    SALARY = "SALARY"
    CARD_REPAY = "CARD_REPAY"
    SELF_REPAY = "SELF_REPAY"
    ONE_CARD = "ONE_CARD"
    WITHHOLD = "WITHHOLD"
    UNION = "UNION"
    DEPOSIT = "DEPOSIT"


class PayType(StrEnum):
    """支付方式."""

    INTEGRATED = "INTEGRATED"
    DIRECT = "DIRECT"
    AUTHORISED = "AUTHORISED"
    ALLOCATION = "ALLOCATION"
    OWN = "OWN"


class SettlementMode(StrEnum):
    """结算方式."""

    TRANSFER = "TRANSFER"
    CASH = "CASH"
    OFFICIAL_CARD = "OFFICIAL_CARD"
    COLLECTION = "COLLECTION"
    BATCH = "BATCH"


class PayeeKind(StrEnum):
    """Who is paid."""

    COMPANY = "COMPANY"
    PERSON = "PERSON"
    SELF = "SELF"
    STAFF = "STAFF"
    BATCH = "BATCH"


@dataclass(frozen=True, slots=True)
class Account:
    """A bank account in full: whose, which number (digits only, no spaces), at which bank."""

    name: str = ""
    number: str = ""
    bank: str = ""


@dataclass(frozen=True, slots=True)
class Payee:
    """收款人. ``bank_line_no`` has 12 digits or is empty (R-18)."""

    name: str = ""
    account: str = ""
    bank: str = ""
    bank_line_no: str = ""
    kind: PayeeKind = PayeeKind.COMPANY


@dataclass(frozen=True, slots=True)
class QuotaPart:
    """What the voucher copies from its quota and never edits (R-03)."""

    quota_id: str = ""
    document_no: str = ""
    description: str = ""
    project_key: str = ""
    project_name: str = ""
    fund_nature: str = ""
    function_code: str = ""


@dataclass(frozen=True, slots=True)
class VoucherLine:
    """One line of the voucher. Yuan.

    Attributes:
        evoucher_key: Key of the e-voucher that this line uses up, empty when it has none.
    """

    line_id: str
    dept_economic_code: str = ""
    gov_economic_code: str = ""
    summary: str = ""
    amount: Yuan = Decimal("0.00")
    evoucher_key: str = ""


@dataclass(frozen=True, slots=True)
class EvoucherUse:
    """An e-voucher behind the payment: what it says, and how much of it this voucher uses (R-11, R-12). Yuan.

    Attributes:
        key: Dedupe key, "EINV:26157912570200055449" or "VAT:<code>+<number>".
        sm3: Digest of the original file, which is kept sealed and travels with the voucher.
        errors: Codes of the errors found in this very file when it was taken in (E-01, E-05 …), beside a wrong digest.
    """

    key: str
    kind: str
    invoice_no: str
    issue_date: date
    seller_name: str
    buyer_name: str
    buyer_tax_no: str
    total: Yuan
    used: Yuan
    is_red: bool
    digest_ok: bool | None
    sm3: str
    file_name: str
    size: int
    errors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PaymentVoucher:
    """One payment voucher; field groups as on the paper form.

    Attributes:
        date: Date of the application; ``head.fiscal_year`` is its year (R-04).
        amount: Yuan; equals the sum of the lines.
        amount_in_words: 大写, always `words.in_words(amount)`.
        purpose: At most 60 characters.
        three_public: 三公 kind: ``""``, ``OVERSEAS``, ``RECEPTION``, ``VEHICLE_RUN`` or ``VEHICLE_BUY``.
    """

    head: Head
    date: date
    quota: QuotaPart = QuotaPart()
    payer: Account = Account()
    payee: Payee = Payee()
    amount: Yuan = Decimal("0.00")
    amount_in_words: str = "零元整"
    purpose: str = ""
    business_type: BusinessType = BusinessType.ORDINARY
    pay_type: PayType = PayType.INTEGRATED
    settlement_mode: SettlementMode = SettlementMode.TRANSFER
    three_public: str = ""
    lines: tuple[VoucherLine, ...] = ()
    evouchers: tuple[EvoucherUse, ...] = ()
    acknowledgements: tuple[Acknowledgement, ...] = ()

    def line_total(self) -> Decimal:
        """Sum of the lines, yuan."""
        return sum((line.amount for line in self.lines), Decimal("0.00"))
