"""Reading the register of a unit from the database, for one decision, inside its transaction."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Row, func, select

from sync.catalogue import PUBLIC
from sync.central.publish import read_dataset, unit_scope
from sync.central.register import AdmittedProject, Ceiling, Earlier, Officer, Quota, Register, Ruling
from sync.central.store import Numbers
from sync.central.tables import documents, evoucher_uses, quota_uses, rulings
from sync.manifest import DocumentEntry

_AT_ONCE = 500  # keys in one question; databases take a limited number of parameters


def load_register(
    db: Connection, unit_code: str, entries: Iterable[DocumentEntry], files: frozenset[str], sequences: Numbers
) -> Register:
    """Give the unit as the platform knows it.

    Args:
        db: A transaction that writes: what is read may not change before the decision is written.
        unit_code: The stream's unit.
        entries: The documents to be judged.
        files: SM3 of the originals that came with them.
        sequences: Give the platform's numbers.
    """
    scope = unit_scope(unit_code)
    profile = next(iter(read_dataset(db, scope, "unit_profile")), {})
    return Register(
        unit_code=unit_code,
        division=str(profile.get("division", "000000000")),
        officers={one.id: one for one in map(_officer, read_dataset(db, scope, "officer"))},
        parameters={one["name"]: one["value"] for one in read_dataset(db, PUBLIC, "parameter")},
        quotas={one.id: one for one in map(_quota, read_dataset(db, scope, "quota"))},
        projects=_projects(read_dataset(db, scope, "project")),
        ceilings=tuple(map(_ceiling, read_dataset(db, scope, "ceiling"))),
        taken=_taken(db, unit_code),
        evouchers=_evouchers(db, unit_code),
        earlier=_earlier(db, unit_code, entries),
        rulings=_rulings(db, unit_code),
        files=files,
        next_number=sequences.next,
    )


def _officer(record: Mapping[str, Any]) -> Officer:
    return Officer(record["id"], tuple(record["posts"]), record["public_key"], bool(record.get("active", True)))


def _quota(record: Mapping[str, Any]) -> Quota:
    return Quota(
        id=record["id"],
        fiscal_year=record["fiscal_year"],
        project_key=record["project_key"],
        fund_nature=record["fund_nature"],
        function_code=record["function_code"],
        amount=Decimal(record["amount"]),
        status=record.get("status", "ACTIVE"),
        dept_economic_codes=tuple(record.get("dept_economic_codes", ())),
    )


def _projects(found: Iterable[Mapping[str, Any]]) -> dict[str, AdmittedProject]:
    projects: dict[str, AdmittedProject] = {}
    for record in found:
        project = AdmittedProject(
            record["key"],
            record["code"],
            record["name"],
            record.get("state", "ADMITTED"),
            record.get("monitor_state", "NORMAL"),
        )
        projects[project.key] = project
        if project.code:
            projects[project.code] = project
    return projects


def _ceiling(record: Mapping[str, Any]) -> Ceiling:
    return Ceiling(
        record["fiscal_year"], record["fund_nature"], Decimal(record["amount"]), record.get("project_key", "")
    )


def _taken(db: Connection, unit_code: str) -> dict[str, Decimal]:
    held = func.sum(quota_uses.c.amount - quota_uses.c.refunded, type_=quota_uses.c.amount.type)
    rows = select(quota_uses.c.quota_id, held).where(quota_uses.c.unit_code == unit_code)
    return {row[0]: row[1] for row in db.execute(rows.group_by(quota_uses.c.quota_id))}


def _evouchers(db: Connection, unit_code: str) -> dict[str, tuple[Decimal, Decimal]]:
    used = func.sum(evoucher_uses.c.used, type_=evoucher_uses.c.used.type)
    total = func.min(evoucher_uses.c.total, type_=evoucher_uses.c.total.type)
    rows = select(evoucher_uses.c.evoucher_key, used, total).where(evoucher_uses.c.unit_code == unit_code)
    return {row[0]: (row[1], row[2]) for row in db.execute(rows.group_by(evoucher_uses.c.evoucher_key))}


def _earlier(
    db: Connection, unit_code: str, entries: Iterable[DocumentEntry]
) -> dict[tuple[str, str], list[Earlier]]:
    known: dict[tuple[str, str], list[Earlier]] = {}
    wanted = sorted({(one.kind, one.key) for one in entries})
    for kind, pairs in groupby(wanted, key=lambda pair: pair[0]):
        keys = [key for _, key in pairs]
        for at in range(0, len(keys), _AT_ONCE):
            same = (documents.c.kind == kind, documents.c.key.in_(keys[at : at + _AT_ONCE]))
            found = select(*_EARLIER).where(documents.c.unit_code == unit_code, *same)
            for row in db.execute(found.order_by(documents.c.revision)):
                known.setdefault((kind, row.key), []).append(_earlier_of(row))
    return known


_EARLIER = [
    documents.c[name]
    for name in ("key", "digest", "revision", "verdict", "receipt_no", "code", "field", "comment", "central_no")
]


def _earlier_of(row: Row[Any]) -> Earlier:
    return Earlier(
        row.digest,
        row.revision,
        row.verdict,
        row.receipt_no,
        row.code or "",
        row.field or "",
        row.comment or "",
        row.central_no or "",
    )


def _rulings(db: Connection, unit_code: str) -> dict[tuple[str, str], Ruling]:
    rows = db.execute(select(rulings).where(rulings.c.unit_code == unit_code))
    return {(row.kind, row.key): Ruling(row.code, row.field, row.comment) for row in rows}
