"""The platform's counter, from the unit's side: send documents, get back what was decided."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sync.manifest import DocumentVerdict
from sync.stream import SentBatch
from sync.transport.direct import DirectTransport
from tests.sync.office import Office
from tests.sync.papers import QUOTA, UNIT
from tests.sync.rehearsal import Rehearsal


@dataclass
class Counter:
    """Sends documents and gives back what was decided, in the order of sending."""

    rehearsal: Rehearsal
    office: Office

    def send(self, *documents: Any, **changes: Any) -> list[DocumentVerdict]:
        return self.sent(self.office.seal(*documents, **changes))

    def sent(self, batch: SentBatch) -> list[DocumentVerdict]:
        self.office.exchange(DirectTransport(self.rehearsal.service))
        last = self.office.desk.receipts[-1]
        assert (last.stage, last.batch.id) == ("decided", batch.id)
        return list(last.documents)

    def one(self, document: Any, **changes: Any) -> DocumentVerdict:
        (verdict,) = self.send(document, **changes)
        return verdict

    def left(self, amount: str = "100000.00") -> Decimal:
        return self.rehearsal.bureau.available(UNIT, QUOTA, Decimal(amount))


def said(verdict: DocumentVerdict) -> tuple[str, str | None, str | None]:
    """Give a verdict in short: word, code, field."""
    return verdict.verdict, verdict.code, verdict.field
