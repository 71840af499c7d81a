"""Who did what to which document: append only, each row's hash over the hash before it and the row itself.

A changed, removed or inserted row breaks every hash behind it. Source: the unit's state machine asks for an audit row
with who, post, when, from and to at every change.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, select

from desktop.storage import tables
from desktop.storage.codec import dump, nfc
from desktop.storage.memory import Memory
from desktop.storage.rows import add
from desktop.usecases.ports import AuditRow
from sync.crypto import sm3

NO_HASH = "0" * 64


@dataclass(frozen=True, slots=True)
class AuditCheck:
    """What a walk along the chain found.

    Attributes:
        rows: How many rows were looked at.
        last_hash: Hash of the last sound row, 64 zeros for an empty audit.
        broken_at: Number of the first row that does not follow, None when all do.
    """

    rows: int
    last_hash: str
    broken_at: int | None


class Audit:
    """The audit inside one transaction."""

    def __init__(self, connection: Connection, memory: Memory) -> None:
        self._connection, self._memory = connection, memory

    def append(self, who: str, post: str, what: str, subject: str, facts: Mapping[str, str], *, at: str) -> None:
        """Add a row; keys of ``facts`` are ASCII words."""
        number, before = self._memory.audit_tip or self._last()
        told = dump({name: nfc(text) for name, text in facts.items()}).decode()
        row = {
            "number": number + 1,
            "at": at,
            "who": nfc(who),
            "post": nfc(post),
            "what": nfc(what),
            "subject": nfc(subject),
            "facts": told,
        }
        digest = _hash(before, row)
        add(self._connection, tables.audit, [{**row, "hash": digest}])
        self._memory.audit_tip = number + 1, digest

    def verify(self) -> AuditCheck:
        """Walk the whole chain."""
        columns = [column for column in tables.audit.columns if column.name != "hash"]
        before, count = NO_HASH, 0
        found = self._connection.execute(select(*columns, tables.audit.c.hash).order_by(tables.audit.c.number))
        for *values, stored in found:
            row = {column.name: value for column, value in zip(columns, values, strict=True)}
            if row["number"] != count + 1 or _hash(before, row) != stored:
                return AuditCheck(count, before, count + 1)
            before, count = stored, count + 1
        return AuditCheck(count, before, None)

    def tail(self, limit: int) -> list[AuditRow]:
        """Return the last rows, oldest of them first."""
        found = self._connection.execute(select(tables.audit).order_by(tables.audit.c.number.desc()).limit(limit)).all()
        return [
            AuditRow(row.number, row.at, row.who, row.post, row.what, row.subject, json.loads(row.facts))
            for row in reversed(found)
        ]

    def _last(self) -> tuple[int, str]:
        row = self._connection.execute(_LAST).one_or_none()
        return (0, NO_HASH) if row is None else (row.number, row.hash)


_LAST = select(tables.audit.c.number, tables.audit.c.hash).order_by(tables.audit.c.number.desc()).limit(1)


def _hash(before: str, row: Mapping[str, object]) -> str:
    return sm3(before.encode() + dump(row))
