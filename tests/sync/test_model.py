"""Random faults: lost requests, lost replies, repeats, files that come by another way, late and twice.

Whatever happens on the way, a document is booked once, none is lost, and in the end both sides agree.
"""

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar
from uuid import uuid4

from hypothesis import given, settings
from hypothesis import strategies as st

from sync.central.arrival import arrive
from sync.faults import ExchangeFault, NoLink
from sync.protocol import Announcement, Hello, UploadState
from sync.transport.direct import DirectTransport
from tests.sync.papers import UNIT, quota, voucher
from tests.sync.rehearsal import Rehearsal

Answer = TypeVar("Answer")

FAULTS = ["ok", "ok", "ok", "ok", "lost request", "lost reply", "twice"]
ACTIONS = ["seal", "session", "session", "decide", "stick"]


class LossyTransport(DirectTransport):
    """A carrier on which each call fares as the next of the planned faults says."""

    def __init__(self, rehearsal: Rehearsal, faults: list[str]) -> None:
        super().__init__(rehearsal.service, decide=False)
        self._faults = faults

    def _fare(self, call: Callable[[], Answer]) -> Answer:
        fault = self._faults.pop(0) if self._faults else "ok"
        if fault == "lost request":
            raise NoLink(reason="BROKEN")
        if fault == "twice":
            call()
        answer = call()
        if fault == "lost reply":
            raise NoLink(reason="BROKEN")
        return answer

    def hello(self, program: str) -> Hello:
        return self._fare(lambda: DirectTransport.hello(self, program))

    def announce(self, batch: Announcement) -> UploadState:
        return self._fare(lambda: DirectTransport.announce(self, batch))

    def append(self, batch_id: str, offset: int, chunk: bytes) -> int:
        return self._fare(lambda: DirectTransport.append(self, batch_id, offset, chunk))

    def complete(self, batch_id: str) -> bytes:
        return self._fare(lambda: DirectTransport.complete(self, batch_id))

    def receipts(self, after: int, limit: int) -> list[bytes]:
        return self._fare(lambda: DirectTransport.receipts(self, after, limit))

    def catalogue(self, *arguments: Any) -> None:
        return self._fare(lambda: DirectTransport.catalogue(self, *arguments))


def carried_by_stick(rehearsal: Rehearsal, source: Path) -> None:
    """Hand a copy of a sealed batch over by another way; whatever the platform answers is for the receipts."""
    copy = rehearsal.folder / f"{uuid4()}.bsp"
    shutil.copy(source, copy)
    arrive(rehearsal.platform, copy)


@settings(max_examples=15)
@given(
    steps=st.lists(st.tuples(st.sampled_from(ACTIONS), st.integers(0, 9)), min_size=8, max_size=24),
    faults=st.lists(st.sampled_from(FAULTS), max_size=80),
)
def test_random_faults_never_book_twice_nor_lose_a_document(steps: list[tuple[str, int]], faults: list[str]):
    with tempfile.TemporaryDirectory() as folder:
        rehearsal = Rehearsal.opened(Path(folder))
        try:
            rehearsal.bureau.publish_unit(UNIT, {"quota": [quota(amount="1000000.00")]})
            play(rehearsal, steps, faults)
        finally:
            rehearsal.close()


def play(rehearsal: Rehearsal, steps: list[tuple[str, int]], faults: list[str]) -> None:
    office, sealed, codes = rehearsal.office(), 0, set[str]()
    for action, choice in steps:
        if action == "seal":
            sealed += 1
            office.seal(voucher(sealed, f"{sealed}.00"))
        elif action == "decide":
            rehearsal.service.decide_next()
        elif action == "stick" and office.desk.batches:
            batches = sorted(office.desk.batches.values(), key=lambda one: one.seq)
            carried_by_stick(rehearsal, batches[choice % len(batches)].path)
        elif action == "session":
            try:
                office.exchange(LossyTransport(rehearsal, faults), patience=0)
            except ExchangeFault as fault:
                codes.add(fault.code)
    rehearsal.service.decide_all()
    office.exchange(DirectTransport(rehearsal.service))

    # A piece that was sent twice finds the upload further than the unit thinks; nothing else goes wrong.
    assert codes <= {"NO_LINK", "OFFSET_WRONG"}
    keys = [f"{UNIT}-2026-{number:06d}" for number in range(1, sealed + 1)]
    assert sorted(rehearsal.accepted()) == keys
    assert len(office.desk.documents) == sealed
    assert set(office.desk.documents.values()) <= {"accepted"}
    assert set(office.desk.booked.values()) <= {1}
    assert {one.stage for one in office.desk.batches.values()} <= {"decided"}
    numbers = [one.receipt_no for one in office.desk.receipts]
    assert numbers == list(range(1, len(numbers) + 1))
    hello = office.session(DirectTransport(rehearsal.service)).connect()
    assert (hello.tip, hello.last_receipt_no) == (office.desk.state.sealed, office.desk.state.last_receipt_no)
