"""What the platform writes and the unit only reads: code tables, ceilings, quotas, results.

Each class is one record of a catalogue dataset; its fields are the record's JSON keys. Money is yuan. The performance
library's records are in `desktop.domain.library`.
"""

from dataclasses import dataclass

from desktop.domain.library import CoreSet, GoalCase, Indicator, WeightProfile
from desktop.domain.money import Yuan
from desktop.domain.voucher import Account


@dataclass(frozen=True, slots=True)
class CodeEntry:
    """An entry of a code table.

    Attributes:
        set: ``FUNCTION``, ``DEPT_ECONOMIC``, ``GOV_ECONOMIC``, ``FUND_NATURE``, ``FUND_SOURCE``, ``INCOME_ITEM``.
        initials: Pinyin initials of the name, lower case.
        leaf: Whether it may be chosen; the others only sum up (C10).
    """

    set: str
    code: str
    name: str
    parent: str = ""
    leaf: bool = True
    initials: str = ""


@dataclass(frozen=True, slots=True)
class EconomicPair:
    """Which government economic code a department one pairs with, by kind of unit (budget rules section 7)."""

    dept: str
    gov: str
    unit_kind: str


@dataclass(frozen=True, slots=True)
class Parameter:
    """A number or word in a rule that a bureau may set."""

    name: str
    value: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class UnitProfile:
    """The unit as the bureau knows it."""

    unit_code: str
    name: str
    credit_code: str
    kind: str
    division: str
    division_name: str
    bureau_name: str
    staff_quota: int
    staff_actual: int
    vehicles: int
    zero_balance_account: Account


@dataclass(frozen=True, slots=True)
class Officer:
    """A person of the unit with posts (``maker``, ``checker``, ``signer``, ``head``) and a registered public key."""

    id: str
    name: str
    posts: tuple[str, ...]
    key_id: str
    public_key: str
    active: bool = True


_SUSPENDED = frozenset({"SUSPENDED", "VERIFYING", "ADJUSTING", "RECLAIMING"})


@dataclass(frozen=True, slots=True)
class AdmittedProject:
    """A project that the bureau has admitted to the library; the only thing that may be budgeted (B-10)."""

    key: str
    code: str
    name: str
    project_class: str
    function_code: str
    state: str = "ADMITTED"
    monitor_state: str = "NORMAL"

    @property
    def is_suspended(self) -> bool:
        """Whether its payments are stopped until the bureau decides (performance rules, section 8)."""
        return self.monitor_state in _SUSPENDED


@dataclass(frozen=True, slots=True)
class Ceiling:
    """A ceiling of DOWN1: of one project, or of the whole unit when ``project_key`` is empty; per nature (C16)."""

    id: str
    fiscal_year: int
    fund_nature: str
    amount: Yuan
    document_no: str
    project_key: str = ""


@dataclass(frozen=True, slots=True)
class LastYear:
    """What a line spent in the year before; fills the read-only column."""

    id: str
    fiscal_year: int
    project_key: str
    function_code: str
    dept_economic_code: str
    fund_nature: str
    amount: Yuan


@dataclass(frozen=True, slots=True)
class Quota:
    """A spendable authority line (预算指标). The bureau owns it; the unit never edits one.

    Attributes:
        dept_economic_codes: Allowed department codes; empty means any that pairs.
        status: ``ACTIVE``, ``FROZEN`` or ``CLOSED`` (R-04).
        type: ``INITIAL``, ``SUPPLEMENT``, ``REALLOC``, ``CARRY_OVER``, ``PRE_APPROVAL``, ``PENDING``.
    """

    id: str
    document_no: str
    date: str
    type: str
    fiscal_year: int
    project_key: str
    project_name: str
    project_class: str
    fund_nature: str
    fund_source: str
    function_code: str
    amount: Yuan
    description: str
    dept_economic_codes: tuple[str, ...] = ()
    pay_type: str = "INTEGRATED"
    three_public: str = ""
    salary_flag: bool = False
    procurement_flag: bool = False
    direct_fund_flag: bool = False
    status: str = "ACTIVE"
    parent: str = ""


@dataclass(frozen=True, slots=True)
class OwnAccount:
    """A bank account of the unit itself (rule R-09)."""

    number: str
    name: str
    bank: str
    kind: str


@dataclass(frozen=True, slots=True)
class KnownPayee:
    """A payee of earlier vouchers or of the bureau's register."""

    name: str
    account: str
    bank: str
    bank_line_no: str = ""
    kind: str = "COMPANY"
    initials: str = ""


@dataclass(frozen=True, slots=True)
class PaymentResult:
    """What the treasury and the bank did with an accepted voucher.

    Attributes:
        kind: ``PAID`` or ``REFUND``.
        amount: Yuan, above zero in both kinds.
    """

    result_no: str
    kind: str
    voucher_key: str
    central_no: str
    bank_serial: str
    date: str
    amount: Yuan
    reason: str = ""


# Dataset name on the wire -> record class, key field(s). Public sets are one for all units, the others the unit's own.
PUBLIC_DATASETS = {
    "code": (CodeEntry, ("set", "code")),
    "economic_pair": (EconomicPair, ("dept", "unit_kind")),
    "indicator": (Indicator, ("code",)),
    "goal_case": (GoalCase, ("code",)),
    "core_set": (CoreSet, ("code",)),
    "weight_profile": (WeightProfile, ("code",)),
    "parameter": (Parameter, ("name",)),
}
UNIT_DATASETS = {
    "unit_profile": (UnitProfile, ("unit_code",)),
    "officer": (Officer, ("id",)),
    "own_account": (OwnAccount, ("number",)),
    "payee": (KnownPayee, ("name", "account")),
    "project": (AdmittedProject, ("key",)),
    "ceiling": (Ceiling, ("id",)),
    "last_year": (LastYear, ("id",)),
    "quota": (Quota, ("id",)),
    "payment_result": (PaymentResult, ("result_no",)),
}
