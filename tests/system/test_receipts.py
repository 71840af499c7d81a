"""Receipts that lie: everything but the platform's honest word is put aside and changes nothing."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import uuid4

import pytest

from desktop.domain.document import Post, State
from desktop.texts import faults
from sync.batch import open_sealed, seal_bytes
from sync.crypto import PublicKey, Signer, SoftKey
from sync.faults import ExchangeFault
from sync.manifest import RECEIPT, BatchRef, DocumentVerdict, ReceiptManifest, Tip
from sync.session import Received
from sync.transport import Transport
from sync.transport.direct import DirectTransport
from tests.system.standing import Carrier, Desk, open_desk, press

Lie = Callable[[ReceiptManifest], ReceiptManifest]


class Telling(Carrier):
    """Brings these receipts instead of the platform's."""

    def __init__(self, link: Transport, told: list[bytes]) -> None:
        super().__init__(link)
        self._told = told

    def receipts(self, after: int, limit: int) -> list[bytes]:
        return self._told if after < 1_000_000 else []


@dataclass(frozen=True)
class Waiting:
    """A desk whose batch has arrived and is decided, and the receipt that says so, not yet fetched."""

    desk: Desk
    honest: bytes

    @property
    def writer(self) -> SoftKey:
        return self.desk.workspace.vault().writer_key()

    @property
    def signer(self) -> SoftKey:
        return self.desk.bureau.service.platform.keys.receipt

    def manifest(self) -> ReceiptManifest:
        return open_sealed(self.honest, keys=[self.writer]).expect(ReceiptManifest)

    def forged(self, lie: Lie, signer: Signer | None = None, to: PublicKey | None = None) -> bytes:
        """The receipt with a lie in it, signed as the platform signs."""
        manifest = lie(self.manifest())
        return seal_bytes(
            kind="receipt",
            payload_type=RECEIPT,
            manifest=lambda parts: manifest,
            signers=[signer or self.signer],
            recipients=[to or self.writer.public],
        ).data

    def receive(self, *told: bytes) -> Received:
        """Ask for receipts and be told these."""
        desk = self.desk
        session = desk.over(lambda link: Telling(link, list(told)))  # type: ignore[arg-type,return-value]
        seat = session.seat(Post.MAKER)
        channel = session.channel(session.at_once, seat)
        opened = channel.open_session(channel.desk, lambda: False, lambda progress: None)
        opened.connect()
        return opened.receive()

    def aside(self) -> set[str]:
        folder = self.desk.workspace.inbox / "set-aside"
        return {path.name for path in folder.iterdir()} if folder.is_dir() else set()


@pytest.fixture(scope="module")
def waiting(made_rehearsal: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Waiting]:
    """One desk for all lies: each of them proves that it changed nothing."""
    home = Path(shutil.copytree(made_rehearsal, tmp_path_factory.mktemp("receipts") / "home"))
    with open_desk(home) as desk:
        yield arrived(desk)


def arrived(desk: Desk) -> Waiting:
    service = desk.bureau.service
    slow = desk.over(lambda _: DirectTransport(service, decide=False))
    outcome = press(slow, patience=0)
    assert (outcome.fault, outcome.run.sent, outcome.run.accepted) == (None, 6, 0)
    service.decide_all()
    stream = desk.standing().stream
    (honest,) = service.receipts(stream.stream, stream.last_receipt_no)
    return Waiting(desk, honest)


def first(manifest: ReceiptManifest, **changes: object) -> tuple[DocumentVerdict, ...]:
    """The verdicts with something changed in the first."""
    one, *others = manifest.documents
    return (replace(one, **changes), *others)  # type: ignore[arg-type]


def never_sent(manifest: ReceiptManifest) -> ReceiptManifest:
    stranger = replace(manifest.documents[0], doc_id=str(uuid4()), key="219001-2026-900001")
    return replace(manifest, documents=(*manifest.documents, stranger))


def other_total(manifest: ReceiptManifest) -> ReceiptManifest:
    return replace(manifest, totals={"VOUCHER": "186420.01"})


LIES: dict[str, tuple[Lie, str]] = {
    "for another unit": (lambda m: replace(m, stream="219002/pc1"), "RECEIPT_NOT_OURS"),
    "for another computer of the unit": (lambda m: replace(m, stream="219001/pc2"), "RECEIPT_NOT_OURS"),
    "for a batch never sealed": (
        lambda m: replace(m, batch=replace(m.batch, id=str(uuid4()))),
        "RECEIPT_NOT_OURS",
    ),
    "for other bytes than were sent": (
        lambda m: replace(m, batch=BatchRef(m.batch.id, "ab" * 32, m.batch.epoch, m.batch.seq)),
        "RECEIPT_DIGEST",
    ),
    "listing a document never sent": (never_sent, "RECEIPT_DOCUMENTS"),
    "leaving a document out": (lambda m: replace(m, documents=m.documents[1:]), "RECEIPT_DOCUMENTS"),
    "about other bytes of a document": (
        lambda m: replace(m, documents=first(m, digest="cd" * 32)),
        "RECEIPT_DOCUMENTS",
    ),
    "about another revision": (lambda m: replace(m, documents=first(m, revision=2)), "RECEIPT_DOCUMENTS"),
    "calling a new document a duplicate": (
        lambda m: replace(m, documents=first(m, verdict="duplicate", facts={"receipt_no": str(m.receipt_no)})),
        "RECEIPT_DOCUMENTS",
    ),
    "with a fen too much": (other_total, "RECEIPT_TOTALS"),
    "with a total for what it returns": (
        lambda m: replace(m, documents=first(m, verdict="rejected", code="X", central_no=None)),
        "RECEIPT_TOTALS",
    ),
    "with a number left out": (lambda m: replace(m, receipt_no=m.receipt_no + 1), "RECEIPT_GAP"),
    "with a number that was there": (lambda m: replace(m, receipt_no=m.receipt_no - 1), "RECEIPT_OLD"),
    "that does not follow the last one": (lambda m: replace(m, prev_receipt="ef" * 32), "RECEIPT_CHAIN"),
    "with another tip": (lambda m: replace(m, tip=Tip(1, m.tip.seq, "01" * 32)), "RECEIPT_TIP"),
    "refusing what has arrived": (
        lambda m: replace(m, verdict="refused", code="FORK", documents=(), totals={}),
        "RECEIPT_STAGE",
    ),
    "arriving once more": (
        lambda m: replace(m, stage="arrived", documents=(), totals={}),
        "RECEIPT_TWICE",
    ),
}


@pytest.mark.parametrize("lie", LIES)
def test_a_lying_receipt_is_put_aside_and_changes_nothing(waiting: Waiting, lie: str) -> None:
    tell, code = LIES[lie]
    before, aside = waiting.desk.standing(), waiting.aside()
    with pytest.raises(ExchangeFault) as refusal:
        waiting.receive(waiting.forged(tell))
    assert refusal.value.code == code
    assert faults.describe(code, refusal.value.facts).title != faults.describe("NO_SUCH_CODE").title
    assert waiting.desk.standing() == before
    assert len(waiting.aside() - aside) == 1


def test_a_receipt_with_one_changed_byte_is_put_aside_and_changes_nothing(waiting: Waiting) -> None:
    before = waiting.desk.standing()
    for at in (6, 40, len(waiting.honest) // 2, len(waiting.honest) - 1):
        changed = bytearray(waiting.honest)
        changed[at] ^= 0x10
        with pytest.raises(ExchangeFault) as refusal:
            waiting.receive(bytes(changed))
        assert refusal.value.code in ("FILE_DAMAGED", "TOO_LARGE", "CONTENT_INVALID")
    assert waiting.desk.standing() == before


def test_a_receipt_signed_by_another_key_of_the_platform_is_refused(waiting: Waiting) -> None:
    before = waiting.desk.standing()
    for signer in (waiting.desk.bureau.service.platform.keys.head, SoftKey.generate(), waiting.writer):
        with pytest.raises(ExchangeFault, match="SIGNATURE_INVALID"):
            waiting.receive(waiting.forged(lambda m: m, signer))
    assert waiting.desk.standing() == before


def test_a_receipt_sealed_for_another_computer_is_refused(waiting: Waiting) -> None:
    before = waiting.desk.standing()
    with pytest.raises(ExchangeFault, match="WRONG_RECIPIENT"):
        waiting.receive(waiting.forged(lambda m: m, to=SoftKey.generate().public))
    assert waiting.desk.standing() == before


def test_a_batch_or_a_catalogue_is_no_receipt(waiting: Waiting) -> None:
    before = waiting.desk.standing()
    batch = next(waiting.desk.workspace.outbox.glob("*.bsp")).read_bytes()
    catalogue = next(waiting.desk.workspace.inbox.glob("catalogue-unit-*.bsp")).read_bytes()
    for data in (batch, catalogue, b"", b"<html>", b"BSP1\n"):
        with pytest.raises(ExchangeFault):
            waiting.receive(data)
    assert waiting.desk.standing() == before


def test_after_a_lie_the_honest_receipt_is_still_taken_once(home: Path) -> None:
    with open_desk(home) as desk:
        one = arrived(desk)
        sent = [key for key, document in desk.standing().documents.items() if document.state is State.SUBMITTED]
        with pytest.raises(ExchangeFault, match="RECEIPT_TOTALS"):
            one.receive(one.forged(other_total))
        assert one.receive(one.honest).receipts[0].stage == "decided"
        after = desk.standing()
        assert {after.documents[key].state for key in sent} == {State.ACCEPTED}
        second = replace(one.manifest(), receipt_no=one.manifest().receipt_no + 1)
        follows = replace(second, prev_receipt=after.stream.last_receipt_digest)
        with pytest.raises(ExchangeFault, match="RECEIPT_TWICE"):
            one.receive(one.forged(lambda _: follows))
        with pytest.raises(ExchangeFault, match="RECEIPT_OLD"):
            one.receive(one.honest)
        assert desk.standing() == after
        outcome = press(desk.installation)
        assert (outcome.fault, outcome.run.sent) == (None, 0)
