"""What the platform makes of the bytes of a batch: R3, R4, R5 and whole refusals."""

import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select

from sync.batch import Opened, open_sealed, seal
from sync.central.arrival import arrive
from sync.central.chain import place_of
from sync.central.tables import batches, receipts, streams
from sync.crypto import SoftKey, sm3
from sync.faults import ExchangeFault
from sync.manifest import BATCH, NO_DIGEST, BatchManifest, Part, ReceiptManifest, Tip
from sync.stream import SentBatch
from sync.transport.direct import DirectTransport
from tests.sync.office import Office
from tests.sync.papers import voucher
from tests.sync.rehearsal import SETTINGS, Rehearsal

A, B = sm3(b"a"), sm3(b"b")


def bring(rehearsal: Rehearsal, office: Office, batch: SentBatch) -> ReceiptManifest:
    """Hand a container over as a file, without a session."""
    copy = rehearsal.folder / f"{uuid4()}.bsp"
    shutil.copy(batch.path, copy)
    return read(arrive(rehearsal.platform, copy), office)


def read(container: bytes, office: Office) -> ReceiptManifest:
    return open_sealed(container, keys=[office.writer]).expect(ReceiptManifest)


def tip(rehearsal: Rehearsal) -> Tip:
    with rehearsal.platform.store.read() as db:
        row = db.execute(select(streams)).one()
    return Tip(row.epoch, row.seq, row.digest)


def answers(rehearsal: Rehearsal) -> list[tuple[int, str, str]]:
    with rehearsal.platform.store.read() as db:
        found = select(receipts.c.number, receipts.c.stage, receipts.c.verdict).order_by(receipts.c.number)
        return [tuple(row) for row in db.execute(found)]


def turned_away(rehearsal: Rehearsal, path: Path, **options: Any) -> str:
    copy = rehearsal.folder / f"{uuid4()}.bsp"
    shutil.copy(path, copy)
    with pytest.raises(ExchangeFault) as caught:
        arrive(rehearsal.platform, copy, **options)
    assert not copy.exists()
    return caught.value.code


@pytest.mark.parametrize(
    ("epoch", "seq", "prev", "resume", "place"),
    [
        (2, 4, A, None, "next"),
        (2, 4, B, None, "BAD_PREV"),
        (2, 5, A, None, "gap"),
        (2, 3, A, None, "FORK"),
        (2, 1, NO_DIGEST, None, "FORK"),
        (1, 9, A, None, "STALE_EPOCH"),
        (3, 1, NO_DIGEST, Tip(2, 3, A), "next"),
        (3, 1, NO_DIGEST, Tip(2, 3, B), "BAD_PREV"),
        (3, 1, NO_DIGEST, None, "BAD_PREV"),
        (3, 2, B, None, "gap"),
        (4, 1, NO_DIGEST, Tip(2, 3, A), "BAD_PREV"),
    ],
)
def test_place_follows_the_chain(epoch: int, seq: int, prev: str, resume: Tip | None, place: str):
    assert place_of(Tip(2, 3, A), epoch, seq, prev, resume) == place


def test_batch_that_follows_the_tip_arrives_and_becomes_the_tip(rehearsal: Rehearsal, office: Office):
    batch = office.seal(voucher(1))
    receipt = bring(rehearsal, office, batch)
    assert (receipt.stage, receipt.verdict, receipt.receipt_no) == ("arrived", "accepted", 1)
    assert receipt.batch.digest == batch.digest
    assert receipt.tip == tip(rehearsal) == Tip(1, 1, batch.digest)
    assert rehearsal.platform.batch_path(batch.id).read_bytes() == batch.path.read_bytes()


def test_same_batch_brought_twice_is_booked_once_with_one_receipt(rehearsal: Rehearsal, office: Office):
    batch = office.seal(voucher(1))
    first = bring(rehearsal, office, batch)
    assert bring(rehearsal, office, batch) == first
    rehearsal.service.decide_all()
    assert bring(rehearsal, office, batch) == first
    assert answers(rehearsal) == [(1, "arrived", "accepted"), (2, "decided", "accepted")]
    assert rehearsal.accepted() == ["219001-2026-000001"]


def test_same_id_with_other_content_is_refused_without_a_receipt(rehearsal: Rehearsal, office: Office):
    batch = office.seal(voucher(1))
    bring(rehearsal, office, batch)
    other, _ = office.build(
        [voucher(2)], id=batch.id, epoch=1, seq=2, prev=batch.digest, path=office.folder / "other.bsp"
    )
    copy = rehearsal.folder / "copy.bsp"
    shutil.copy(other.path, copy)
    with pytest.raises(ExchangeFault) as caught:
        arrive(rehearsal.platform, copy)
    assert caught.value.code == "ID_REUSED"
    assert answers(rehearsal) == [(1, "arrived", "accepted")]


def test_later_batch_is_held_until_the_missing_one_comes(rehearsal: Rehearsal, office: Office):
    seventh, eighth, ninth = office.seal(voucher(1)), office.seal(voucher(2)), office.seal(voucher(3))
    held = bring(rehearsal, office, eighth)
    assert (held.stage, held.verdict, held.code, held.facts) == ("arrived", "held", "GAP", {"missing": "1"})
    assert tip(rehearsal) == Tip(1, 0, NO_DIGEST)
    assert bring(rehearsal, office, eighth) == held
    assert bring(rehearsal, office, ninth).verdict == "held"
    bring(rehearsal, office, seventh)
    assert tip(rehearsal) == Tip(1, 3, ninth.digest)
    assert bring(rehearsal, office, eighth).verdict == "accepted"
    rehearsal.service.decide_all()
    assert rehearsal.accepted() == ["219001-2026-000001", "219001-2026-000002", "219001-2026-000003"]


def test_second_branch_is_refused_and_the_tip_stays(rehearsal: Rehearsal, office: Office):
    first = office.seal(voucher(1))
    bring(rehearsal, office, first)
    branch, _ = office.build([voucher(2)], epoch=1, seq=1, prev=NO_DIGEST)
    receipt = bring(rehearsal, office, branch)
    assert (receipt.verdict, receipt.code) == ("refused", "FORK")
    assert receipt.tip == tip(rehearsal) == Tip(1, 1, first.digest)


def test_batch_that_follows_something_else_is_refused(rehearsal: Rehearsal, office: Office):
    bring(rehearsal, office, office.seal(voucher(1)))
    wrong, _ = office.build([voucher(2)], epoch=1, seq=2, prev=sm3(b"another branch"))
    assert bring(rehearsal, office, wrong).code == "BAD_PREV"


def test_held_batch_of_another_branch_is_refused_when_the_place_is_taken(rehearsal: Rehearsal, office: Office):
    stray, _ = office.build([voucher(9)], epoch=1, seq=2, prev=sm3(b"another branch"))
    assert bring(rehearsal, office, stray).verdict == "held"
    bring(rehearsal, office, office.seal(voucher(1)))
    receipt = bring(rehearsal, office, stray)
    assert (receipt.verdict, receipt.code, receipt.receipt_no) == ("refused", "BAD_PREV", 3)


def test_batch_of_an_epoch_that_was_left_is_refused(rehearsal: Rehearsal, office: Office):
    first = office.seal(voucher(1))
    bring(rehearsal, office, first)
    resumed, _ = office.build([voucher(2)], epoch=2, seq=1, prev=NO_DIGEST, resume=Tip(1, 1, first.digest))
    assert bring(rehearsal, office, resumed).verdict == "accepted"
    late, _ = office.build([voucher(3)], epoch=1, seq=2, prev=first.digest)
    assert bring(rehearsal, office, late).code == "STALE_EPOCH"


def test_batch_for_another_platform_is_refused(rehearsal: Rehearsal, office: Office):
    wrong, _ = office.build([voucher(1)], epoch=1, seq=1, prev=NO_DIGEST, audience="somebody-else")
    assert bring(rehearsal, office, wrong).code == "WRONG_AUDIENCE"


def test_batch_under_a_revoked_key_is_refused(rehearsal: Rehearsal, office: Office):
    batch = office.seal(voucher(1))
    rehearsal.bureau.revoke_writer("219001/W1")
    receipt = bring(rehearsal, office, batch)
    assert (receipt.verdict, receipt.code) == ("refused", "KEY_REVOKED")
    assert tip(rehearsal).seq == 0


def test_refusal_is_final_for_the_same_bytes(rehearsal: Rehearsal, office: Office):
    wrong, _ = office.build([voucher(1)], epoch=1, seq=1, prev=NO_DIGEST, audience="somebody-else")
    assert bring(rehearsal, office, wrong) == bring(rehearsal, office, wrong)
    assert len(answers(rehearsal)) == 1


def test_batch_signed_by_another_key_is_kept_aside_and_leaves_no_trace(rehearsal: Rehearsal, office: Office):
    forged, _ = office.build([voucher(1)], epoch=1, seq=1, prev=NO_DIGEST, signer=SoftKey.generate())
    assert turned_away(rehearsal, forged.path) == "SIGNATURE_INVALID"
    assert [one.read_bytes() for one in rehearsal.platform.folder("rejected").iterdir()] == [forged.path.read_bytes()]
    assert answers(rehearsal) == []


def test_batch_of_a_writer_that_nobody_registered_is_turned_away(rehearsal: Rehearsal, office: Office):
    unknown, _ = office.build([voucher(1)], epoch=1, seq=1, prev=NO_DIGEST, stream="219001/W9")
    assert turned_away(rehearsal, unknown.path) == "KEY_UNKNOWN"


def test_receipt_in_the_place_of_a_batch_is_turned_away(rehearsal: Rehearsal, office: Office):
    office.seal(voucher(1))
    office.exchange(DirectTransport(rehearsal.service))
    container = next(one for one in office.desk.inbox().iterdir() if one.name.startswith("receipt"))
    assert turned_away(rehearsal, container) == "CONTENT_INVALID"


def test_batch_announced_as_another_is_turned_away(rehearsal: Rehearsal, office: Office):
    batch = office.seal(voucher(1))
    assert turned_away(rehearsal, batch.path, stream="219001/W2") == "CONTENT_INVALID"
    assert turned_away(rehearsal, batch.path, stream="219001/W1", batch_id=str(uuid4())) == "CONTENT_INVALID"


@pytest.mark.parametrize(("version", "code"), [(0, "FORMAT_TOO_OLD"), (2, "FORMAT_TOO_NEW")])
def test_batch_of_another_major_version_is_told_apart_by_age(
    rehearsal: Rehearsal, office: Office, monkeypatch: pytest.MonkeyPatch, version: int, code: str
):
    other = BATCH.replace("v=1", f"v={version}")
    with monkeypatch.context() as patched:
        patched.setattr(BatchManifest, "PAYLOAD_TYPE", other)
        path = office.folder / "other.bsp"

        def manifest(parts: tuple[Part, ...]) -> BatchManifest:
            return BatchManifest(
                id=str(uuid4()),
                stream="219001/W1",
                audience=office.platform,
                epoch=1,
                seq=1,
                prev=NO_DIGEST,
                period="none",
                sealed_at="2026-11-20T16:02:00+08:00",
                program="9.0.0",
                rules="2026.11",
                catalogue=(),
                counts={},
                totals={},
                parts=parts,
                documents=(),
            )

        keys = {"signers": [office.writer], "recipients": [office.platform_key]}
        seal(path, kind="batch", payload_type=other, manifest=manifest, parts=[], **keys)
    assert turned_away(rehearsal, path) == code
    assert answers(rehearsal) == []


def test_container_above_the_platforms_limit_is_turned_away(tmp_path: Path):
    small = Rehearsal.opened(tmp_path, replace(SETTINGS, max_container=2000))
    try:
        office = small.office()
        batch = office.seal(voucher(1))
        assert batch.size > 2000
        assert turned_away(small, batch.path) == "TOO_LARGE"
    finally:
        small.close()


def test_every_changed_byte_of_a_batch_is_turned_away(rehearsal: Rehearsal, office: Office):
    batch = office.seal(voucher(1))
    data = batch.path.read_bytes()
    for at in range(0, len(data), 37):
        changed = bytearray(data)
        changed[at] ^= 0x10
        path = office.folder / "changed.bsp"
        path.write_bytes(changed)
        turned_away(rehearsal, path)
    assert answers(rehearsal) == []
    assert bring(rehearsal, office, batch).verdict == "accepted"


def test_receipts_are_numbered_and_chained_over_all_that_happens(rehearsal: Rehearsal, office: Office):
    for number in range(1, 4):
        bring(rehearsal, office, office.seal(voucher(number)))
    rehearsal.service.decide_all()
    found = [opened(one, office) for one in rehearsal.service.receipts("219001/W1", 0, 50)]
    chain = [NO_DIGEST, *(one.digest for one in found)]
    manifests = [one.expect(ReceiptManifest) for one in found]
    assert [one.receipt_no for one in manifests] == [1, 2, 3, 4, 5, 6]
    assert [one.prev_receipt for one in manifests] == chain[:-1]


def test_state_of_each_batch_is_kept(rehearsal: Rehearsal, office: Office):
    first, third = office.seal(voucher(1)), office.build([voucher(3)], epoch=1, seq=3, prev=A)[0]
    bring(rehearsal, office, first)
    rehearsal.service.decide_all()
    bring(rehearsal, office, third)
    with rehearsal.platform.store.read() as db:
        states = {row.id: row.state for row in db.execute(select(batches.c.id, batches.c.state))}
    assert states == {first.id: "decided", third.id: "held"}


def opened(container: bytes, office: Office) -> Opened:
    return open_sealed(container, keys=[office.writer])
