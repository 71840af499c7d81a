"""What the rehearsal is made from: unit, people, projects, budget, quotas and vouchers, read from the resources."""

import tomllib
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

Table = dict[str, Any]


@dataclass(frozen=True, slots=True)
class VoucherPlan:
    """A voucher of the rehearsal year and how far it comes. Amounts in yuan."""

    date: date
    quota: str
    payee: str
    purpose: str
    stage: str
    business: str
    settlement: str
    invoice: bool
    lines: tuple[tuple[str, str, Decimal], ...]  # department economic code, summary, amount
    code: str = ""
    field: str = ""
    comment: str = ""

    @property
    def amount(self) -> Decimal:
        """Yuan of all lines."""
        return sum((amount for _, _, amount in self.lines), Decimal("0.00"))


@cache
def unit_material() -> Table:
    """Return the unit's tables: unit, officers, own_accounts, projects, income, lines, quotas, payees."""
    return _table("unit-219001.toml")


@cache
def voucher_plans() -> tuple[VoucherPlan, ...]:
    """Return the year's vouchers in order."""
    return tuple(_plan(row) for row in _table("vouchers-2026.toml")["vouchers"])


def pins() -> dict[str, str]:
    """Return the PIN of each officer of the rehearsal; printed for whoever rehearses."""
    return {row["id"]: row["pin"] for row in unit_material()["officers"]}


def _table(name: str) -> Table:
    return tomllib.loads(files("resources").joinpath("rehearsal", name).read_text(encoding="utf-8"))


def _plan(row: Table) -> VoucherPlan:
    return VoucherPlan(
        date=date.fromisoformat(row["date"]),
        quota=row["quota"],
        payee=row["payee"],
        purpose=row["purpose"],
        stage=row["stage"],
        business=row.get("business", "ORDINARY"),
        settlement=row.get("settlement", "TRANSFER"),
        invoice=row.get("invoice", True),
        lines=tuple((line["code"], line["summary"], Decimal(line["amount"])) for line in row["lines"]),
        code=row.get("code", ""),
        field=row.get("field", ""),
        comment=row.get("comment", ""),
    )
