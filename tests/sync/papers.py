"""Documents of unit 219001 as canonical bytes, and what the bureau has published for it."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sync import canonical
from sync.crypto import sm3
from sync.manifest import DocumentEntry

UNIT = "219001"
QUOTA = "Q2026-002"
PROJECT = "L-219001-2"
MAKER, CHECKER, SIGNER, HEAD = "219001-01", "219001-02", "219001-03", "219001-04"

PROFILE: Mapping[str, Any] = {
    "unit_code": UNIT,
    "name": "甲旗林业和草原局",
    "division": "150821000",
    "division_name": "甲旗",
    "bureau_name": "甲旗财政局",
    "kind": "ADMIN",
}
PARAMETERS = [{"name": "second_signer_from", "value": "50000.00", "source": ""}]
CODES = [{"set": "FUNCTION", "code": "2130201", "name": "行政运行", "parent": "21302", "leaf": True}]


def quota(quota_id: str = QUOTA, amount: str = "100000.00", **changes: Any) -> dict[str, Any]:
    """Give a quota record."""
    record = {
        "id": quota_id,
        "document_no": "甲财预〔2026〕3号",
        "date": "2026-02-10",
        "type": "INITIAL",
        "fiscal_year": 2026,
        "project_key": PROJECT,
        "project_name": "公用经费",
        "project_class": "Y1",
        "fund_nature": "111",
        "fund_source": "LOCAL",
        "function_code": "2130201",
        "amount": amount,
        "description": "公用经费",
        "dept_economic_codes": ["30201", "30202", "30211"],
        "status": "ACTIVE",
    }
    return record | changes


def admitted(key: str = PROJECT, code: str = "15082126Y000000000001", **changes: Any) -> dict[str, Any]:
    """Give a record of an admitted project."""
    record = {
        "key": key,
        "code": code,
        "name": "公用经费",
        "project_class": "Y1",
        "function_code": "2130201",
        "state": "ADMITTED",
        "monitor_state": "NORMAL",
    }
    return record | changes


def head(kind: str, key: str, revision: int = 1, year: int = 2026, **changes: Any) -> dict[str, Any]:
    """Give the head of a document; its ``doc_id`` follows from kind and key."""
    fields = {
        "doc_id": str(UUID(sm3(f"{kind} {key}".encode())[:32])),
        "kind": kind,
        "schema": "1.0",
        "unit_code": UNIT,
        "key": key,
        "fiscal_year": year,
        "revision": revision,
        "maker": MAKER,
    }
    return fields | changes


def voucher(number: int, amount: str = "1200.00", revision: int = 1, **changes: Any) -> dict[str, Any]:
    """Give a voucher of one line over the quota."""
    fields = {
        "head": head("VOUCHER", f"{UNIT}-2026-{number:06d}", revision),
        "date": "2026-11-20",
        "quota": {"quota_id": QUOTA, "project_key": PROJECT, "function_code": "2130201", "fund_nature": "111"},
        "payee": {"name": "甲旗文化用品商店", "account": "0512010104000001"},
        "amount": amount,
        "purpose": "购办公用品",
        "lines": [{"line_id": "1", "dept_economic_code": "30201", "amount": amount, "summary": "办公用品"}],
        "evouchers": [],
    }
    return fields | changes


def evoucher(key: str, used: str, total: str, sm3_of_file: str) -> dict[str, Any]:
    """Give the use of an e-voucher."""
    return {"key": key, "invoice_no": key[-8:], "total": total, "used": used, "sm3": sm3_of_file, "file_name": "f.ofd"}


def project(number: int, total: str = "300000.00", revision: int = 1, **changes: Any) -> dict[str, Any]:
    """Give a project proposed for 2027."""
    fields = {
        "head": head("PROJECT", f"L-{UNIT}-{number}", revision, 2027),
        "name": "沙化土地综合治理",
        "project_class": "T",
        "function_code": "2130217",
        "start_year": 2027,
        "end_year": 2027,
        "total": total,
        "plan": [{"year": 2027, "fund_nature": "111", "fund_source": "LOCAL", "amount": total}],
    }
    return fields | changes


def goal(project_key: str, weights: tuple[str, ...] = ("50", "30", "10"), **changes: Any) -> dict[str, Any]:
    """Give the goal of a project."""
    fields = {
        "head": head("GOAL", f"G-{project_key}", 1, 2027),
        "project_key": project_key,
        "project_name": "沙化土地综合治理",
        "year_total": "300000.00",
        "lines": [{"name": f"指标{n}", "weight": weight} for n, weight in enumerate(weights)],
    }
    return fields | changes


def budget(amounts: Mapping[str, str], income: str, **changes: Any) -> dict[str, Any]:
    """Give a budget with one line for each project key."""
    lines = [
        {"project_key": key, "project_name": key, "fund_nature": "111", "fund_source": "LOCAL", "amount": amount}
        for key, amount in amounts.items()
    ]
    fields = {
        "head": head("BUDGET_UP2", f"{UNIT}-2027-UP2", 1, 2027),
        "income": [{"item": "GENERAL", "fund_nature": "111", "amount": income}],
        "lines": lines,
        "year_end_carry": "0.00",
    }
    return fields | changes


def encoded(document: Mapping[str, Any]) -> bytes:
    """Give a document's exact bytes."""
    return canonical.encode(document)


def entry_of(document: Mapping[str, Any]) -> DocumentEntry:
    """Give a document's entry in the manifest."""
    fields = document["head"]
    return DocumentEntry(
        fields["doc_id"],
        fields["kind"],
        fields["schema"],
        fields["key"],
        fields["revision"],
        sm3(encoded(document)),
        fields.get("supersedes"),
    )


def amount_of(document: Mapping[str, Any]) -> str:
    """Give the yuan that a test document stands for."""
    return str(document.get("amount") or document.get("total") or document.get("year_total") or _lines(document))


def _lines(document: Mapping[str, Any]) -> str:
    cents = sum(int(line["amount"].replace(".", "")) for line in document["lines"])
    return f"{cents // 100}.{cents % 100:02d}"
