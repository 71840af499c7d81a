"""Sessions that end early: stopped by the user, killed, refused. Run again they come to the same end."""

from dataclasses import replace
from pathlib import Path

import pytest

from sync.batch import open_sealed
from sync.crypto import SoftKey
from sync.faults import ExchangeFault
from sync.manifest import ReceiptManifest
from sync.protocol import Announcement
from sync.session import Progress, Stopped
from sync.transport.direct import DirectTransport
from tests.sync.office import FileDesk, Office
from tests.sync.papers import UNIT, voucher
from tests.sync.rehearsal import SETTINGS, PlatformServer, Rehearsal


def code_of(office: Office, rehearsal: Rehearsal) -> str:
    with pytest.raises(ExchangeFault) as caught:
        office.exchange(DirectTransport(rehearsal.service))
    return caught.value.code


def test_stop_at_every_step_loses_nothing_and_counts_exactly(rehearsal: Rehearsal, office: Office):
    office.seal(voucher(1))
    office.seal(voucher(2))
    link = DirectTransport(rehearsal.service)
    stages: list[str] = []
    counts: list[tuple[int, int]] = []  # left as told, left as it is
    for allowed in range(100):
        looks = iter(range(allowed))
        try:
            office.exchange(link, stop=lambda looks=looks: next(looks, None) is None)
        except Stopped as fault:
            counts.append((int(fault.facts["left"]), len(office.desk.to_send())))
            stages.append(fault.facts["stage"])
            continue
        break
    assert set(stages) == {"connect", "receive", "send"}
    assert all(told == left for told, left in counts)
    assert {left for _, left in counts} == {1, 2}
    assert {one.stage for one in office.desk.batches.values()} == {"decided"}
    assert rehearsal.accepted() == ["219001-2026-000001", "219001-2026-000002"]
    assert set(office.desk.booked.values()) == {1}


def test_stop_between_two_pieces_keeps_the_batch_for_the_next_session(quiet: PlatformServer, office: Office):
    batch = office.seal(voucher(1))
    seen: list[Progress] = []

    def stop() -> bool:
        return bool(seen) and seen[-1].stage == "send"

    with pytest.raises(Stopped) as caught:
        office.exchange(quiet.link(), stop=stop, progress=seen.append, pause=quiet.decide)
    assert caught.value.facts == {"stage": "send", "sent": "0", "left": "1"}
    assert office.desk.batches[batch.id].stage == "sealed"
    office.exchange(quiet.link(), pause=quiet.decide)
    assert office.desk.batches[batch.id].stage == "decided"


def test_stop_while_waiting_for_decisions_keeps_what_arrived(rehearsal: Rehearsal, office: Office):
    batch = office.seal(voucher(1))
    waits: list[float] = []
    link = DirectTransport(rehearsal.service, decide=False)
    with pytest.raises(Stopped) as caught:
        office.exchange(link, patience=30, stop=lambda: len(waits) == 3, pause=waits.append)
    assert caught.value.facts == {"stage": "collect", "sent": "1", "left": "0"}
    assert waits == [0.25, 0.5, 1.0]
    assert office.desk.batches[batch.id].stage == "arrived"


def test_patience_ends_and_names_the_batches_that_wait(rehearsal: Rehearsal, office: Office):
    batch = office.seal(voucher(1))
    waits: list[float] = []
    session = office.session(DirectTransport(rehearsal.service, decide=False), pause=waits.append)
    session.connect()
    session.receive()
    session.send()
    collected = session.collect(3)
    assert (collected.receipts, collected.waiting) == ((), (batch.id,))
    assert sum(waits) == 3
    rehearsal.service.decide_all()
    assert [one.batch.id for one in session.collect(0).receipts] == [batch.id]


class Killed(BaseException):
    """The program ends here; nothing of it goes on."""


class MortalDesk(FileDesk):
    """A desk whose program is killed around its n-th durable step, before or after it."""

    steps = 0
    killed_at = -1
    after = False

    def _step(self, name: str, *arguments: object) -> None:
        self.steps += 1
        if self.steps == self.killed_at and not self.after:
            raise Killed
        getattr(super(), name)(*arguments)
        if self.steps == self.killed_at:
            raise Killed

    def apply_receipt(self, *arguments: object) -> None:
        self._step("apply_receipt", *arguments)

    def apply_catalogue(self, *arguments: object) -> None:
        self._step("apply_catalogue", *arguments)

    def apply_head(self, *arguments: object) -> None:
        self._step("apply_head", *arguments)


@pytest.mark.parametrize("after", [False, True])
def test_program_killed_around_every_durable_step_ends_the_same(rehearsal: Rehearsal, office: Office, after: bool):
    office.desk.__class__ = MortalDesk
    desk = office.desk
    assert isinstance(desk, MortalDesk)
    desk.after = after
    office.seal(voucher(1))
    office.seal(voucher(2, "200000.00"))
    deaths = 0
    for step in range(1, 40):
        desk.steps, desk.killed_at = 0, step
        try:
            office.exchange(DirectTransport(rehearsal.service))
        except Killed:
            deaths += 1
            continue
        break
    assert deaths >= 2
    assert sorted(desk.documents.values()) == ["accepted", "returned"]
    assert [one.receipt_no for one in desk.receipts] == [1, 2, 3, 4]
    assert rehearsal.accepted() == ["219001-2026-000001"]


def test_refused_batch_gives_its_documents_back_and_the_stream_goes_on(rehearsal: Rehearsal, office: Office):
    wrong = office.seal(voucher(1), audience="somebody-else")
    behind = office.seal(voucher(2))
    session = office.exchange(DirectTransport(rehearsal.service))
    assert {office.desk.batches[one.id].stage for one in (wrong, behind)} == {"refused"}
    assert set(office.desk.documents.values()) == {"ready"}
    assert session.send() == []
    office.seal(voucher(1), voucher(2))
    office.exchange(DirectTransport(rehearsal.service))
    assert set(office.desk.documents.values()) == {"accepted"}
    assert rehearsal.accepted() == ["219001-2026-000001", "219001-2026-000002"]


def test_sending_stops_behind_a_refused_batch(rehearsal: Rehearsal, office: Office):
    office.seal(voucher(1), audience="somebody-else")
    office.seal(voucher(2))
    session = office.session(DirectTransport(rehearsal.service))
    session.connect()
    session.receive()
    (sent,) = session.send()
    assert (sent.verdict, sent.code) == ("refused", "WRONG_AUDIENCE")


def test_batch_left_behind_by_a_refusal_can_never_be_booked(rehearsal: Rehearsal, office: Office):
    office.seal(voucher(1), audience="somebody-else")
    behind = office.seal(voucher(2))
    office.exchange(DirectTransport(rehearsal.service))
    office.seal(voucher(1))
    office.exchange(DirectTransport(rehearsal.service))
    link = DirectTransport(rehearsal.service)
    link.sign_in(office.desk.state.stream, office.platform, office.writer)
    data = behind.path.read_bytes()
    link.announce(Announcement(behind.id, office.desk.state.stream, 1, behind.seq, behind.size, behind.file_sm3))
    link.append(behind.id, 0, data)
    receipt = open_sealed(link.complete(behind.id), keys=[office.writer]).expect(ReceiptManifest)
    assert (receipt.verdict, receipt.code) == ("refused", "BAD_PREV")
    assert rehearsal.accepted() == ["219001-2026-000001"]


def test_revoked_key_is_told_at_once_and_changes_nothing(rehearsal: Rehearsal, office: Office):
    batch = office.seal(voucher(1))
    rehearsal.bureau.revoke_writer(f"{UNIT}/W1")
    assert code_of(office, rehearsal) == "KEY_REVOKED"
    assert office.desk.batches[batch.id].stage == "sealed"


def test_key_revoked_during_a_session_ends_it(rehearsal: Rehearsal, office: Office):
    office.seal(voucher(1))
    session = office.session(DirectTransport(rehearsal.service))
    session.connect()
    rehearsal.bureau.revoke_writer(f"{UNIT}/W1")
    with pytest.raises(ExchangeFault) as caught:
        session.send()
    assert caught.value.code == "KEY_REVOKED"


def test_unregistered_key_is_told_at_once(rehearsal: Rehearsal, office: Office):
    office.writer = SoftKey.generate()
    assert code_of(office, rehearsal) == "KEY_UNKNOWN"


def test_too_old_program_is_told_and_the_sealed_bytes_are_kept(tmp_path: Path):
    strict = Rehearsal.opened(tmp_path, replace(SETTINGS, min_program="0.2.0"))
    try:
        office = strict.office()
        batch = office.seal(voucher(1))
        assert code_of(office, strict) == "PROGRAM_TOO_OLD"
        assert office.desk.batches[batch.id].stage == "sealed"
        office.exchange(DirectTransport(strict.service), program="0.2.0")
        assert office.desk.batches[batch.id].stage == "decided"
    finally:
        strict.close()


def test_nothing_moves_before_the_tips_are_compared(rehearsal: Rehearsal, office: Office):
    session = office.session(DirectTransport(rehearsal.service))
    for stage in (session.receive, session.send, lambda: session.collect(0)):
        with pytest.raises(RuntimeError):
            stage()


def test_copied_installation_is_stopped_before_it_sends(rehearsal: Rehearsal, office: Office, tmp_path: Path):
    activation = rehearsal.bureau.activation(UNIT, "W1")
    copy = Office.opened(tmp_path / "copy", activation, office.writer, office.officers)
    office.seal(voucher(1))
    office.exchange(DirectTransport(rehearsal.service))
    batch = copy.seal(voucher(2))
    assert code_of(copy, rehearsal) == "TIP_UNKNOWN"
    assert copy.desk.batches[batch.id].stage == "sealed"
    assert rehearsal.accepted() == ["219001-2026-000001"]


def test_restored_backup_is_stopped_before_it_sends(rehearsal: Rehearsal, office: Office):
    office.seal(voucher(1))
    office.exchange(DirectTransport(rehearsal.service))
    saved = office.desk.state
    office.seal(voucher(2))
    office.exchange(DirectTransport(rehearsal.service))
    office.desk.state = saved
    assert code_of(office, rehearsal) == "TIP_UNKNOWN"


def test_strangers_fork_is_seen_and_does_not_block_our_stream(
    rehearsal: Rehearsal, office: Office, tmp_path: Path
):
    activation = rehearsal.bureau.activation(UNIT, "W1")
    copy = Office.opened(tmp_path / "copy", activation, office.writer, office.officers)
    office.seal(voucher(1))
    copy.seal(voucher(2))
    link = DirectTransport(rehearsal.service)
    second = copy.session(link)
    second.connect()  # both compare before either sends
    second.receive()
    office.exchange(DirectTransport(rehearsal.service))
    with pytest.raises(ExchangeFault):
        second.send()
    office.seal(voucher(3))
    office.exchange(DirectTransport(rehearsal.service))
    assert [one.code for one in office.desk.receipts if one.verdict == "refused"] == ["FORK"]
    assert rehearsal.accepted() == ["219001-2026-000001", "219001-2026-000003"]
