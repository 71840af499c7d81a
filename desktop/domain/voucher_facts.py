"""What the rules of a payment voucher need to know, gathered by a use case from mirrors, ledger and documents."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from desktop.domain.ledger import Balance
from desktop.domain.mirrors import AdmittedProject, CodeEntry, EconomicPair, OwnAccount, Quota, UnitProfile
from desktop.domain.money import ZERO, Yuan
from desktop.domain.parameters import Parameters
from desktop.domain.voucher import PaymentVoucher


@dataclass(frozen=True, slots=True)
class SimilarFact:
    """Another voucher to the same payee that is not void. Yuan."""

    key: str
    date: date
    amount: Yuan
    purpose: str
    account: str = ""
    bank: str = ""


@dataclass(frozen=True, slots=True)
class VoucherFacts:
    """The world around one voucher. Yuan.

    Attributes:
        quota: The quota that the voucher names, None when the mirrors have none of that id.
        planned: What drafts of other vouchers want of the quota; it reserves nothing yet.
        reserved_here: What this voucher itself holds reserved: it counts as available to it again.
        project: The quota's project as the bureau has it.
        economics: Code table ``DEPT_ECONOMIC``; empty leaves the codes unchecked.
        used_elsewhere: Key of an e-voucher to what other vouchers use of it.
        similar: Other vouchers to the same payee, newest first.
        today: None leaves out that a voucher may not be dated ahead.
    """

    unit: UnitProfile
    quota: Quota | None
    balance: Balance = field(default_factory=Balance)
    planned: Yuan = ZERO
    reserved_here: Yuan = ZERO
    project: AdmittedProject | None = None
    economics: Mapping[str, CodeEntry] = field(default_factory=dict)
    pairs: tuple[EconomicPair, ...] = ()
    used_elsewhere: Mapping[str, Decimal] = field(default_factory=dict)
    similar: tuple[SimilarFact, ...] = ()
    own_accounts: tuple[OwnAccount, ...] = ()
    parameters: Parameters = field(default_factory=Parameters)
    today: date | None = None

    def available(self) -> Decimal:
        """Return yuan that this voucher may draw."""
        return self.balance.available + self.reserved_here


def needs_invoices(voucher: PaymentVoucher, facts: VoucherFacts) -> bool:
    """Say whether this kind of payment rests on invoices (R-12)."""
    return voucher.business_type.value not in facts.parameters.names("invoice_exempt")
