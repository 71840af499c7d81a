"""What a decision needs to know, in memory: read before it, changed along with it, written after it.

Documents of one batch are judged one after the other, and each sees what those before it took: two vouchers cannot
spend the same money.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

_ZERO = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class Earlier:
    """What was decided for a document that came before."""

    digest: str
    revision: int
    verdict: str
    receipt_no: int
    code: str = ""
    field: str = ""
    comment: str = ""
    central_no: str = ""


@dataclass(frozen=True, slots=True)
class Ruling:
    """What an officer of the bureau has ruled for a document beforehand."""

    code: str
    field: str
    comment: str


@dataclass(frozen=True, slots=True)
class Quota:
    """A quota of the unit, yuan."""

    id: str
    fiscal_year: int
    project_key: str
    fund_nature: str
    function_code: str
    amount: Decimal
    status: str
    dept_economic_codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AdmittedProject:
    """A project that may be budgeted and paid for."""

    key: str
    code: str
    name: str
    state: str
    monitor_state: str


@dataclass(frozen=True, slots=True)
class Ceiling:
    """A ceiling of the second submission, yuan; of the whole unit when ``project_key`` is empty."""

    fiscal_year: int
    fund_nature: str
    amount: Decimal
    project_key: str


@dataclass(frozen=True, slots=True)
class QuotaUse:
    """What an accepted voucher takes from its quota."""

    voucher_key: str
    quota_id: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class EvoucherTaken:
    """What an accepted voucher uses of an e-voucher."""

    evoucher_key: str
    voucher_key: str
    used: Decimal
    total: Decimal


@dataclass(slots=True)
class Register:
    """The unit as the platform knows it, while one batch is judged.

    Attributes:
        projects: By local key and by bureau code.
        taken: Yuan that accepted vouchers hold on each quota, refunds given back.
        evouchers: By key, what is used and the smallest total that was ever claimed.
        earlier: By (kind, key), the decided revisions.
        rulings: By (kind, key); one that was used is taken out.
        files: SM3 of the originals at hand.
        next_number: Gives the next number of a sequence; gaps are not possible, the transaction holds them.
        quota_uses, evoucher_uses, admissions: What this batch adds.
    """

    unit_code: str
    division: str
    officers: Mapping[str, "Officer"]
    parameters: Mapping[str, str]
    quotas: Mapping[str, Quota]
    projects: dict[str, AdmittedProject]
    ceilings: tuple[Ceiling, ...]
    taken: dict[str, Decimal]
    evouchers: dict[str, tuple[Decimal, Decimal]]
    earlier: dict[tuple[str, str], list[Earlier]]
    rulings: dict[tuple[str, str], Ruling]
    files: frozenset[str]
    next_number: Callable[[str], int]
    quota_uses: list[QuotaUse] = field(default_factory=list)
    evoucher_uses: list[EvoucherTaken] = field(default_factory=list)
    admissions: list[Mapping[str, Any]] = field(default_factory=list)

    def number(self, name: str, default: str) -> Decimal:
        """Give a parameter that the bureau may set, or its default."""
        return Decimal(self.parameters.get(name, default))

    def available(self, quota: Quota) -> Decimal:
        """Give the yuan that are left on a quota."""
        return quota.amount - self.taken.get(quota.id, _ZERO)

    def take_quota(self, use: QuotaUse) -> None:
        """Let an accepted voucher hold its amount."""
        self.taken[use.quota_id] = self.taken.get(use.quota_id, _ZERO) + use.amount
        self.quota_uses.append(use)

    def take_evoucher(self, use: EvoucherTaken) -> None:
        """Let an accepted voucher use its part of an e-voucher."""
        used, total = self.evouchers.get(use.evoucher_key, (_ZERO, use.total))
        self.evouchers[use.evoucher_key] = (used + use.used, min(total, use.total))
        self.evoucher_uses.append(use)

    def admit(self, record: Mapping[str, Any]) -> None:
        """Let later documents use a project."""
        project = AdmittedProject(record["key"], record["code"], record["name"], record["state"], "NORMAL")
        self.projects[project.key] = self.projects[project.code] = project
        self.admissions.append(record)


@dataclass(frozen=True, slots=True)
class Officer:
    """A registered person of the unit.

    Attributes:
        posts: ``maker``, ``checker``, ``signer``, ``head``.
        public_key: 130 hex characters.
    """

    id: str
    posts: tuple[str, ...]
    public_key: str
    active: bool
