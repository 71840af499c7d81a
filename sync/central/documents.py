"""The documents as the platform reads them: only the fields that it judges, each checked for its form.

Fields that a newer minor schema adds are passed over; the document's bytes are kept as they came.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated

import msgspec
from msgspec import Meta

from sync import canonical
from sync.faults import ContentInvalid
from sync.fields import Amount, Digest, Kind, Name, Number, Schema, UnitCode

SCHEMA_MAJOR = 1

# Base information before projects before budget before vouchers (rule S-05).
ORDER = ("PROJECT", "GOAL", "BUDGET_UP2", "VOUCHER")

Text = Annotated[str, Meta(max_length=5000)]
Code = Annotated[str, Meta(max_length=40)]
Weight = Annotated[str, Meta(pattern=r"\A-?(0|[1-9][0-9]{0,3})(\.[0-9]{1,4})?\Z")]
Day = Annotated[str, Meta(pattern=r"\A[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")]

_ZERO = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class Head:
    """Identity of a document; agrees with its entry in the manifest."""

    doc_id: Name
    kind: Kind
    schema: Schema
    unit_code: UnitCode
    key: Name
    fiscal_year: Annotated[int, Meta(ge=2000, le=2999)]
    revision: Number
    maker: Name
    supersedes: Digest | None = None


@dataclass(frozen=True, slots=True)
class YearPlan:
    """Money of a project in one year."""

    year: int
    amount: Amount


@dataclass(frozen=True, slots=True)
class Project:
    """A project proposed for admission."""

    head: Head
    name: Text
    project_class: Annotated[str, Meta(pattern=r"\A(R|Y1|Y2|T)\Z")]
    function_code: Code
    total: Amount
    plan: tuple[YearPlan, ...] = ()


@dataclass(frozen=True, slots=True)
class GoalLine:
    """One indicator with its points."""

    name: Text
    weight: Weight


@dataclass(frozen=True, slots=True)
class Goal:
    """The performance goal of a project's year."""

    head: Head
    project_key: Name
    year_total: Amount
    lines: tuple[GoalLine, ...] = ()


@dataclass(frozen=True, slots=True)
class IncomeLine:
    """One income of the year."""

    amount: Amount


@dataclass(frozen=True, slots=True)
class BudgetLine:
    """One line of expenditure."""

    project_key: Code
    fund_nature: Code
    amount: Amount
    project_name: Text = ""


@dataclass(frozen=True, slots=True)
class Budget:
    """The second submission of a unit's budget."""

    head: Head
    income: tuple[IncomeLine, ...] = ()
    lines: tuple[BudgetLine, ...] = ()
    year_end_carry: Amount = "0.00"


@dataclass(frozen=True, slots=True)
class QuotaPart:
    """What the voucher says of its quota."""

    quota_id: Code
    project_key: Code
    fund_nature: Code
    function_code: Code


@dataclass(frozen=True, slots=True)
class VoucherLine:
    """One line of a voucher."""

    amount: Amount
    dept_economic_code: Code


@dataclass(frozen=True, slots=True)
class EvoucherUse:
    """How much of an e-voucher the voucher uses up."""

    key: Name
    total: Amount
    used: Amount
    sm3: Digest
    invoice_no: Code = ""


@dataclass(frozen=True, slots=True)
class Voucher:
    """A request to pay."""

    head: Head
    date: Day
    quota: QuotaPart
    amount: Amount
    lines: tuple[VoucherLine, ...] = ()
    evouchers: tuple[EvoucherUse, ...] = ()


Content = Project | Goal | Budget | Voucher
SHAPES: Mapping[str, type[Content]] = {"PROJECT": Project, "GOAL": Goal, "BUDGET_UP2": Budget, "VOUCHER": Voucher}


def amount_of(content: Content) -> Decimal:
    """Give the yuan that a document stands for: what totals add up by kind."""
    if isinstance(content, Voucher):
        return Decimal(content.amount)
    if isinstance(content, Budget):
        return sum((Decimal(line.amount) for line in content.lines), _ZERO)
    return Decimal(content.year_total if isinstance(content, Goal) else content.total)


class NotReadable(Exception):
    """The bytes are no document of the kind; carries the code, the field if it is known, and the reason."""

    def __init__(self, code: str, field: str, reason: str) -> None:
        super().__init__(code, field, reason)
        self.code, self.field, self.reason = code, field, reason


def read_document(kind: str, schema: str, data: bytes) -> Content:
    """Read a document's exact bytes.

    Raises:
        NotReadable: ``KIND_UNKNOWN``, ``SCHEMA_TOO_OLD``, ``SCHEMA_TOO_NEW``, ``CONTENT_INVALID``.
    """
    shape = SHAPES.get(kind)
    if shape is None:
        raise NotReadable("KIND_UNKNOWN", "", kind)
    major = int(schema.partition(".")[0])
    if major != SCHEMA_MAJOR:
        raise NotReadable("SCHEMA_TOO_OLD" if major < SCHEMA_MAJOR else "SCHEMA_TOO_NEW", "", schema)
    try:
        return msgspec.convert(canonical.decode(data), shape)
    except ContentInvalid as fault:
        raise NotReadable("CONTENT_INVALID", "", fault.facts.get("reason", "")) from fault
    except msgspec.ValidationError as reason:
        raise NotReadable("CONTENT_INVALID", _path(str(reason)), str(reason)[:200]) from reason


def _path(reason: str) -> str:
    """Give the field that msgspec names behind ``at``: ``$.lines[0].amount`` is our ``lines[0].amount``."""
    found = re.search(r"at `\$\.(.+?)`", reason)
    return found[1] if found else ""
