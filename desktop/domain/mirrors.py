"""What the platform writes and the unit only reads: code tables, ceilings, quotas, results.

Each class is one record of a catalogue dataset; its fields are the record's JSON keys. Money is yuan. The performance
library's records are in `desktop.domain.library`.
"""

import re
from dataclasses import dataclass

from desktop.domain.library import CoreSet, GoalCase, Indicator, WeightProfile
from desktop.domain.money import Yuan
from desktop.domain.quant_model import QuantModel
from desktop.domain.scoring import ScoringProfile
from desktop.domain.voucher import Account

_YEAR = re.compile(r"(?:[0-9]{4})?")


def check_years(from_year: str, to_year: str) -> None:
    """Refuse years that nothing can be compared with.

    Raises:
        ValueError: A year is not of four digits, or the last lies before the first.
    """
    if not (_YEAR.fullmatch(from_year) and _YEAR.fullmatch(to_year)) or "" < to_year < from_year:
        raise ValueError(f"no fiscal years: {from_year[:12]} to {to_year[:12]}")


@dataclass(frozen=True, slots=True)
class CodeEntry:
    """An entry of a code table. The same code may stand there again with another name for other years.

    Attributes:
        set: ``FUNCTION``, ``DEPT_ECONOMIC``, ``GOV_ECONOMIC``, ``FUND_NATURE``, ``FUND_SOURCE``, ``INCOME_ITEM``,
            ``REVENUE``, ``ACCOUNT``, ``REGION`` and whatever else a bureau publishes; `CodeSet` tells what it is.
        initials: Pinyin initials of the name, lower case.
        leaf: Whether it may be chosen; the others only sum up (C10).
        note: What people should know of it.
        edition: Official document and edition that it is taken from.
        source: What confirms it there.
        check: How sure it is: ``2026``, ``public``, ``2009``, ``unverified``, ``doubtful``, ``own``; empty is unsaid.
        from_year, to_year: First and last fiscal year, four digits; empty is open.
        successor: Code of the set that takes its place from the year after ``to_year``.
    """

    set: str
    code: str
    name: str
    parent: str = ""
    leaf: bool = True
    initials: str = ""
    note: str = ""
    edition: str = ""
    source: str = ""
    check: str = ""
    from_year: str = ""
    to_year: str = ""
    successor: str = ""

    def __post_init__(self) -> None:
        check_years(self.from_year, self.to_year)


@dataclass(frozen=True, slots=True)
class CodeSet:
    """What a code table is, for people who look it up.

    Attributes:
        set: As in `CodeEntry`.
        group: Heading under which it is listed.
        place: Its number in the list.
        edition: Official document and edition of the table as a whole.
        note: What it is for, and what is missing.
    """

    set: str
    name: str
    group: str = ""
    place: int = 0
    edition: str = ""
    source: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class EconomicPair:
    """Which government economic code a department one pairs with, by kind of unit (budget rules section 7).

    Attributes:
        edition, source, check, from_year, to_year: As in `CodeEntry`.
    """

    dept: str
    gov: str
    unit_kind: str
    edition: str = ""
    source: str = ""
    check: str = ""
    from_year: str = ""
    to_year: str = ""

    def __post_init__(self) -> None:
        check_years(self.from_year, self.to_year)


@dataclass(frozen=True, slots=True)
class ExpenditureStandard:
    """A ceiling for what a unit pays: meetings, training, travel, reception …

    Attributes:
        standard: 会议费, 差旅费 …
        scope: Place or units that it holds for.
        grade: Rank of people or class of the event; empty for all.
        unit: 元/人天, 比例 …; 说明 and 等级 where the note is the rule.
        ceiling: A number, ``a-b`` or a percentage; empty where the note is the rule.
        economics: Department economic codes under which it is paid.
        initials: Pinyin initials of standard, item, scope and grade, lower case.
        place: Its number in the list.
        edition, source, check, from_year, to_year: As in `CodeEntry`.
    """

    standard: str
    item: str
    scope: str = ""
    grade: str = ""
    unit: str = ""
    ceiling: str = ""
    note: str = ""
    economics: tuple[str, ...] = ()
    initials: str = ""
    place: int = 0
    edition: str = ""
    source: str = ""
    check: str = ""
    from_year: str = ""
    to_year: str = ""

    def __post_init__(self) -> None:
        check_years(self.from_year, self.to_year)


@dataclass(frozen=True, slots=True)
class AssetStandard:
    """How many of an asset a unit may have, at what price, and how long it is used.

    Attributes:
        kind: 办公设备, 办公家具, 公务用车, 办公室使用面积, 折旧年限.
        asset_code: Code of the set ``ASSET_CLASS`` or below it; empty where the rule is about a group.
        grade: Rank of the user or kind of building; empty for all.
        quantity_limit: In words.
        price_ceiling: Yuan for one unit; None where there is none.
        min_years: Shortest use or depreciation in years; 0 where there is none.
        economics: Department economic codes under which it is bought.
        initials: Pinyin initials of kind, item and grade, lower case.
        place: Its number in the list.
        edition, source, check, from_year, to_year: As in `CodeEntry`.
    """

    kind: str
    item: str
    asset_code: str = ""
    grade: str = ""
    quantity_limit: str = ""
    price_ceiling: Yuan | None = None
    unit: str = ""
    min_years: int = 0
    note: str = ""
    economics: tuple[str, ...] = ()
    initials: str = ""
    place: int = 0
    edition: str = ""
    source: str = ""
    check: str = ""
    from_year: str = ""
    to_year: str = ""

    def __post_init__(self) -> None:
        check_years(self.from_year, self.to_year)


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
# A key field with a default may be left out of a record; it then counts as empty.
PUBLIC_DATASETS = {
    "code": (CodeEntry, ("set", "code", "from_year")),
    "code_set": (CodeSet, ("set",)),
    "economic_pair": (EconomicPair, ("dept", "unit_kind", "from_year")),
    "expenditure_standard": (ExpenditureStandard, ("standard", "item", "scope", "grade", "from_year")),
    "asset_standard": (AssetStandard, ("kind", "item", "asset_code", "grade", "from_year")),
    "indicator": (Indicator, ("code",)),
    "goal_case": (GoalCase, ("code",)),
    "core_set": (CoreSet, ("code",)),
    "weight_profile": (WeightProfile, ("code",)),
    "scoring_profile": (ScoringProfile, ("code",)),
    "quant_model": (QuantModel, ("code",)),
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
