"""The worked unit of the budget rules, section 12: 219001 甲旗林业和草原局, built from the rehearsal's own material.

Everything here passes every rule; tests change one thing and look for exactly one rule.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

import resources
from desktop.domain.budget import BudgetDraft, BudgetLine, IncomeLine
from desktop.domain.budget_rules import BudgetFacts, settle
from desktop.domain.head import Acknowledgement, Head, Kind
from desktop.domain.ledger import Balance
from desktop.domain.mirrors import AdmittedProject, Ceiling, CodeEntry, EconomicPair, OwnAccount, Quota, UnitProfile
from desktop.domain.project import ProjectClass
from desktop.domain.voucher import Account, EvoucherUse, Payee, PaymentVoucher, QuotaPart, VoucherLine
from desktop.domain.voucher_rules import VoucherFacts, paired, with_words
from desktop.exchange.reference import public_datasets

BUDGET_YEAR = 2027
SPENDING_YEAR = 2026
TODAY = date(2026, 11, 20)


@cache
def material() -> Mapping[str, Any]:
    """The unit's tables as they ship."""
    return tomllib.loads(resources.read_bytes("rehearsal", "unit-219001.toml").decode())


@cache
def _public() -> Mapping[str, Any]:
    return public_datasets()


@cache
def codes(set_name: str) -> Mapping[str, CodeEntry]:
    """One code table by code."""
    entries = [CodeEntry(**record) for record in _public()["code"] if record["set"] == set_name]
    return {entry.code: entry for entry in entries}


@cache
def pairs() -> tuple[EconomicPair, ...]:
    """The pairing of economic codes."""
    return tuple(EconomicPair(**record) for record in _public()["economic_pair"])


def unit() -> UnitProfile:
    """The unit."""
    row = material()["unit"]
    return UnitProfile(**{**row, "zero_balance_account": Account(**row["zero_balance_account"])})


def projects() -> Mapping[str, AdmittedProject]:
    """The admitted projects, with the bureau's codes of 21 characters."""
    return {
        row["key"]: AdmittedProject(
            row["key"],
            f"15082126{row['project_class'][0]}{n:012d}",
            row["name"],
            row["project_class"],
            row["function_code"],
        )
        for n, row in enumerate(material()["projects"], 1)
    }


def ceilings() -> tuple[Ceiling, ...]:
    """A ceiling of every project, equal to its lines, and one of the unit for each fiscal nature."""
    rows = material()["projects"]
    by_project = [
        Ceiling(f"C{n}", BUDGET_YEAR, row["fund_nature"], Decimal(row["amount"]), "甲财预〔2026〕58号", row["key"])
        for n, row in enumerate(rows, 1)
    ]
    whole = [
        Ceiling(f"U{nature}", BUDGET_YEAR, nature, _sum(rows, nature), "甲财预〔2026〕58号")
        for nature in ("111", "121")
    ]
    return (*by_project, *whole)


def _sum(rows: list[dict[str, Any]], nature: str) -> Decimal:
    return sum((Decimal(row["amount"]) for row in rows if row["fund_nature"] == nature), Decimal(0))


def budget_facts() -> BudgetFacts:
    """Facts under which the golden budget has no error."""
    tables = (codes(name) for name in ("FUNCTION", "DEPT_ECONOMIC", "FUND_NATURE", "FUND_SOURCE"))
    return BudgetFacts(*tables, projects(), pairs(), ceilings())


def budget() -> BudgetDraft:
    """The golden draft of 11,000,000 yuan, settled; its one warning (印刷费 of the grassland) has its reason."""
    known = projects()
    income = tuple(
        IncomeLine(
            f"i{n}", row["item"], row["fund_nature"], row["fund_source"], _yuan(row, "amount"), _yuan(row, "last_year")
        )
        for n, row in enumerate(material()["income"])
    )
    lines = tuple(
        BudgetLine(
            f"b{n}",
            row["project"],
            known[row["project"]].name,
            ProjectClass(known[row["project"]].project_class),
            row["function_code"],
            row["dept_economic_code"],
            "",
            row["fund_nature"],
            row["fund_source"],
            _yuan(row, "amount"),
            _yuan(row, "last_year"),
        )
        for n, row in enumerate(material()["lines"])
    )
    head = Head("b-1", Kind.BUDGET_UP2, "1.0", "219001", "219001-2027-UP2", BUDGET_YEAR, 1, "219001-01")
    reason = Acknowledgement("B-19", "草原监测表册改为彩印，印刷量增加。")
    return settle(BudgetDraft(head, unit().kind, income, lines, acknowledgements=(reason,)), pairs())


def _yuan(row: Mapping[str, Any], name: str) -> Decimal:
    return Decimal(row[name])


def quota(quota_id: str = "Q2026-003") -> Quota:
    """A quota of 2026; by default the one of official vehicles, 80,000 yuan."""
    row = next(row for row in material()["quotas"] if row["id"] == quota_id)
    known = projects()[row["project"]]
    names = {field.name for field in fields(Quota)}
    given = {name: value for name, value in row.items() if name in names}
    given |= {"amount": Decimal(row["amount"]), "dept_economic_codes": tuple(row["dept_economic_codes"])}
    return Quota(
        **given,
        fiscal_year=SPENDING_YEAR,
        project_key=known.key,
        project_name=known.name,
    )


def own_accounts() -> tuple[OwnAccount, ...]:
    """The unit's own accounts."""
    return tuple(OwnAccount(**row) for row in material()["own_accounts"])


def payee(name: str = "甲旗顺达汽车维修有限公司") -> Payee:
    """A payee of the rehearsal."""
    row = next(row for row in material()["payees"] if row["name"] == name)
    return Payee(row["name"], row["account"], row["bank"], row["bank_line_no"])


def _invoice(number: str, total: str) -> EvoucherUse:
    return EvoucherUse(
        f"EINV:{number}",
        "EINV_ORD",
        number,
        date(2026, 11, 18),
        "甲旗顺达汽车维修有限公司",
        "甲旗林业和草原局",
        unit().credit_code,
        Decimal(total),
        Decimal(total),
        is_red=False,
        digest_ok=True,
        sm3="0" * 64,
        file_name=f"{number}.ofd",
        size=30_000,
    )


def voucher() -> PaymentVoucher:
    """Repair of an official vehicle, 6,480.00 yuan on two invoices, without a finding."""
    source = quota()
    uses = (_invoice("26152000000044180327", "4280.00"), _invoice("26152000000044180335", "2200.00"))
    texts = ("更换轮胎、刹车片", "更换机油、常规保养")
    lines = tuple(
        VoucherLine(f"v{n}", "30231", "", text, use.total, use.key)
        for n, (use, text) in enumerate(zip(uses, texts, strict=True))
    )
    made = PaymentVoucher(
        Head("v-1", Kind.VOUCHER, "1.0", "219001", "219001-2026-000131", SPENDING_YEAR, 1, "219001-01"),
        TODAY,
        QuotaPart(
            source.id,
            source.document_no,
            source.description,
            source.project_key,
            source.project_name,
            source.fund_nature,
            source.function_code,
        ),
        unit().zero_balance_account,
        payee(),
        Decimal("6480.00"),
        purpose="公务用车维修保养（蒙L·A0219）",
        three_public="VEHICLE_RUN",
        lines=lines,
        evouchers=uses,
    )
    return with_words(paired(made, unit().kind, pairs()))


def voucher_facts() -> VoucherFacts:
    """Facts under which the golden voucher has no finding: 8,740.00 of 80,000.00 are still there."""
    return VoucherFacts(
        unit=unit(),
        quota=quota(),
        balance=Balance(sources=Decimal("80000.00"), available=Decimal("8740.00"), paid=Decimal("71260.00")),
        project=projects()[quota().project_key],
        economics=codes("DEPT_ECONOMIC"),
        pairs=pairs(),
        own_accounts=own_accounts(),
        today=TODAY,
    )
