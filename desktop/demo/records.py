"""The bureau's datasets for the rehearsal unit, as the records that a platform publishes."""

from decimal import Decimal
from typing import Any

from desktop.demo.material import unit_material

Record = dict[str, Any]
BUDGET_YEAR = 2027
SPENDING_YEAR = 2026


def profile_records() -> list[Record]:
    """Return the unit profile."""
    return [dict(unit_material()["unit"])]


def officer_records(public_keys: dict[str, tuple[str, str]]) -> list[Record]:
    """Return the officers with their registered keys.

    Args:
        public_keys: Officer id to (key id, public key in hex).
    """
    return [
        {
            "id": row["id"],
            "name": row["name"],
            "posts": list(row["posts"]),
            "key_id": public_keys[row["id"]][0],
            "public_key": public_keys[row["id"]][1],
            "active": True,
        }
        for row in unit_material()["officers"]
    ]


def opening_records() -> dict[str, list[Record]]:
    """Return what the unit gets when the year opens: accounts, payees and quotas."""
    material = unit_material()
    return {
        "own_account": [dict(row) for row in material["own_accounts"]],
        "payee": [{**row, "kind": "COMPANY"} for row in material["payees"]],
        "quota": [_quota(row) for row in material["quotas"]],
    }


def ceiling_records() -> dict[str, list[Record]]:
    """Return what DOWN1 brings: ceilings by project and by nature, and last year's figures."""
    material = unit_material()
    document = "甲财预〔2026〕58号"
    ceilings = [
        {
            "id": f"C{BUDGET_YEAR}-{number:03d}",
            "fiscal_year": BUDGET_YEAR,
            "fund_nature": row["fund_nature"],
            "amount": row["amount"],
            "document_no": document,
            "project_key": row["key"],
        }
        for number, row in enumerate(material["projects"], 1)
    ]
    for nature in ("111", "121"):
        total = sum(
            (Decimal(row["amount"]) for row in material["projects"] if row["fund_nature"] == nature), Decimal(0)
        )
        ceilings.append(
            {
                "id": f"C{BUDGET_YEAR}-U{nature}",
                "fiscal_year": BUDGET_YEAR,
                "fund_nature": nature,
                "amount": f"{total:.2f}",
                "document_no": document,
                "project_key": "",
            }
        )
    last_year = [
        {
            "id": f"L{BUDGET_YEAR}-{number:03d}",
            "fiscal_year": BUDGET_YEAR,
            "project_key": row["project"],
            "function_code": row["function_code"],
            "dept_economic_code": row["dept_economic_code"],
            "fund_nature": row["fund_nature"],
            "amount": row["last_year"],
        }
        for number, row in enumerate(material["lines"], 1)
    ]
    return {"ceiling": ceilings, "last_year": last_year}


def _quota(row: Record) -> Record:
    names = {project["key"]: project["name"] for project in unit_material()["projects"]}
    return {
        "id": row["id"],
        "document_no": row["document_no"],
        "date": row["date"],
        "type": row["type"],
        "fiscal_year": SPENDING_YEAR,
        "project_key": row["project"],
        "project_name": names[row["project"]],
        "project_class": row["project_class"],
        "fund_nature": row["fund_nature"],
        "fund_source": row["fund_source"],
        "function_code": row["function_code"],
        "amount": row["amount"],
        "description": row["description"],
        "dept_economic_codes": list(row["dept_economic_codes"]),
        "three_public": row["three_public"],
        "salary_flag": row["salary_flag"],
        "direct_fund_flag": row["direct_fund_flag"],
    }
