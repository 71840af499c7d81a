"""One session with the platform: connect and compare, receive, send, collect.

The stages are called one by one, in the order of the screen: what comes down is applied before anything is sealed and
sent. Each stage may be repeated, and the whole may be killed at any point: run again it comes to the same end, because
a sealed batch is re-sent byte for byte (R2), the platform knows it by id and digest (R3), and nothing here changes a
document but `Desk.apply_receipt` with a verified receipt (R6).
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from sync.batch import open_sealed, verify
from sync.catalogue import Catalogue, Trust, newer_catalogues, open_catalogue, verify_head, verify_root
from sync.crypto import SoftKey, sm3
from sync.durable import disk_fault, write_file
from sync.faults import CodedFault, ExchangeFault, TooLarge
from sync.manifest import CatalogueRef, HeadManifest, ReceiptManifest, RootManifest
from sync.protocol import (
    CHUNK,
    OLDEST_PROTOCOL,
    PROGRAM,
    PROTOCOL,
    RECEIPTS_AT_ONCE,
    Announcement,
    Hello,
    too_old,
)
from sync.stream import SentBatch, StreamState, after_receipt, check_receipt, check_tip
from sync.transport import Transport

_MOST_ROOTS = 100  # a chain that never ends is an attack, not a platform
_FIRST_PAUSE, _LONGEST_PAUSE = 0.25, 2.0  # seconds between two questions for receipts


class Stopped(CodedFault):
    """The user stopped the session. Facts: stage, sent, left (batches): nothing is lost, nothing is sent twice."""

    CODE = "STOPPED"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a stage is.

    Attributes:
        stage: ``connect``, ``receive``, ``send`` or ``collect``.
        done: Bytes while something is carried, else steps.
        total: The same unit; 0 while unknown.
        what: A batch id, a scope, or empty.
    """

    stage: str
    done: int
    total: int
    what: str = ""


@dataclass(frozen=True, slots=True)
class Received:
    """What came down and is applied."""

    receipts: tuple[ReceiptManifest, ...] = ()
    catalogues: tuple[CatalogueRef, ...] = ()
    head: HeadManifest | None = None


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of one offered batch.

    Attributes:
        verdict: ``accepted`` (arrived), ``held``, ``refused``; empty when its receipt has not come yet.
        code: Why it is held or refused.
    """

    batch_id: str
    verdict: str
    code: str
    documents: int
    receipt_no: int


@dataclass(frozen=True, slots=True)
class Collected:
    """Receipts that came after sending, and the ids of batches that the platform has not decided yet."""

    receipts: tuple[ReceiptManifest, ...]
    waiting: tuple[str, ...]


class Desk(Protocol):
    """What the exchange needs of the unit's own store; every method is one durable step."""

    def stream(self) -> StreamState:
        """Return how far the stream has come."""
        ...

    def trust(self) -> Trust:
        """Return what is believed now."""
        ...

    def to_send(self) -> Sequence[SentBatch]:
        """Return the batches at stage ``sealed``, by ``seq``."""
        ...

    def batch(self, batch_id: str) -> SentBatch | None:
        """Return one of our sealed batches at any stage."""
        ...

    def inbox(self) -> Path:
        """Return the folder in which received containers are kept; it exists."""
        ...

    def apply_receipt(self, manifest: ReceiptManifest, container: Path, state: StreamState) -> None:
        """Apply a proven receipt in one transaction; the same receipt twice is one effect.

        - ``arrived``/``accepted``: the batch is ``arrived``, its documents are SUBMITTED.
        - ``decided``: the batch is ``decided``, each document takes its verdict. A ``duplicate`` takes the verdict of
          the receipt that its facts name: ``receipt_no`` and ``verdict``.
        - ``held``: nothing but the receipt is kept; the batch stays ``sealed``.
        - ``refused``: the batch and every batch sealed behind it are ``refused``, their documents ready again. Nothing
          but the receipt is kept when the batch is none of ours.

        Args:
            manifest: Verified and checked.
            container: In the inbox.
            state: How far the stream is with it; stored in the same transaction.
        """
        ...

    def apply_catalogue(self, catalogue: Catalogue, container: Path) -> None:
        """Replace the mirrors of the catalogue's scope, and its pin in the trust, in one transaction."""
        ...

    def apply_head(self, head: HeadManifest, data: bytes) -> None:
        """Keep a verified head."""
        ...

    def apply_root(self, root: RootManifest, data: bytes) -> None:
        """Keep a verified root."""
        ...

    def set_aside(self, container: Path, fault: ExchangeFault) -> None:
        """Keep a container that was not applied, with the reason, for people to look at."""
        ...


class Session:
    """One session of a stream with its platform, over any carrier.

    Args:
        transport: The carrier.
        desk: The unit's store.
        writer: The stream's key.
        stop: Looked at between pieces and calls; true ends the stage with `Stopped`.
        progress: Told of every step; must be quick.
        program: The version that this program says of itself.
        now: The time of this PC, with zone; recorded, never decided by (R9).
        pause: Waits some seconds between two questions for receipts.
    """

    def __init__(
        self,
        transport: Transport,
        desk: Desk,
        writer: SoftKey,
        *,
        stop: Callable[[], bool] = lambda: False,
        progress: Callable[[Progress], None] = lambda progress: None,
        program: str = PROGRAM,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        self._link, self._desk, self._writer = transport, desk, writer
        self._stop, self._progress = stop, progress
        self._program, self._now, self._pause = program, now, pause
        self._hello: Hello | None = None
        self._sent = 0
        self._answers: dict[str, ReceiptManifest] = {}  # first receipt of each batch that was answered in this session
        self._undecided: set[str] = set()
        self.clock_difference = 0  # seconds that this PC is ahead of the platform, known after `connect`

    def connect(self) -> Hello:
        """Sign in, greet, and compare the platform's tip with our chain (R7).

        Raises:
            ExchangeFault: ``PROGRAM_TOO_OLD``, ``PLATFORM_TOO_OLD``, ``WRONG_AUDIENCE`` (another platform answers),
                ``TIP_UNKNOWN`` (see `sync.stream.check_tip`), or a refusal of the key.
        """
        self._go("connect", 0, 3)
        state, platform = self._desk.stream(), self._desk.trust().root_manifest().platform
        self._link.sign_in(state.stream, platform, self._writer)
        self._go("connect", 1, 3)
        hello = self._link.hello(self._program)
        self.clock_difference = hello.clock_difference(self._now())
        if hello.oldest_protocol > PROTOCOL or too_old(self._program, hello.min_program):
            raise ExchangeFault("PROGRAM_TOO_OLD", {"found": self._program, "needed": hello.min_program})
        if hello.protocol < OLDEST_PROTOCOL:
            raise ExchangeFault("PLATFORM_TOO_OLD", {"found": str(hello.protocol), "needed": str(OLDEST_PROTOCOL)})
        if hello.platform != platform:
            raise ExchangeFault("WRONG_AUDIENCE", {"expected": platform, "found": hello.platform})
        self._go("connect", 2, 3)
        check_tip(state, self._desk.to_send(), hello.tip, hello.last_receipt_no)
        self._hello = hello
        self._progress(Progress("connect", 3, 3))
        return hello

    def receive(self) -> Received:
        """Take roots, the head, outstanding receipts and newer catalogues, in this order, each proven.

        Raises:
            ExchangeFault: What is wrong with the first thing that cannot be believed. A container is then set aside;
                everything before it is applied.
        """
        self._require_hello()
        self._take_roots()
        head = self._take_head()
        receipts = self._take_receipts("receive")
        refs = newer_catalogues(self._desk.trust(), head, self._desk.stream().unit_code)
        for ref in refs:
            self._take_catalogue(ref, head)
        return Received(tuple(receipts), tuple(refs), head)

    def send(self) -> list[Sent]:
        """Offer every waiting batch in order and apply the platform's answers.

        Stops behind a batch that is refused: what was sealed after it can only be refused too.

        Raises:
            Stopped: Between two pieces; the batch stays as it is.
            ExchangeFault: ``NO_LINK`` when an answer is missing. Nothing is marked then; the next session asks again
                and gets the stored receipt (R3).
        """
        hello = self._require_hello()
        outcome: list[Sent] = []
        for batch in self._desk.to_send():
            receipt = self._offer(batch, hello)
            outcome.append(_sent(batch, receipt))
            self._sent += 1
            if receipt is not None and receipt.verdict == "refused":
                break
        return outcome

    def collect(self, patience: float) -> Collected:
        """Ask for receipts until every batch that arrived in this session is decided, or the patience is over.

        Args:
            patience: Seconds; 0 asks once.
        """
        self._require_hello()
        found: list[ReceiptManifest] = []
        total, spent, wait = len(self._undecided), 0.0, _FIRST_PAUSE
        while True:
            self._go("collect", total - len(self._undecided), total)
            found += self._take_receipts("collect")
            if not self._undecided or spent >= patience:
                break
            wait = min(wait, patience - spent)
            self._pause(wait)
            spent, wait = spent + wait, min(wait * 2, _LONGEST_PAUSE)
        self._progress(Progress("collect", total - len(self._undecided), total))
        return Collected(tuple(found), tuple(sorted(self._undecided)))

    def close(self) -> None:
        """Let the carrier go."""
        self._link.close()

    def _take_roots(self) -> None:
        for step in range(_MOST_ROOTS):
            self._go("receive", step, 0, "root")
            trust = self._desk.trust()
            if (data := self._link.root(trust.root_version + 1)) is None:
                return
            self._desk.apply_root(verify_root([trust.root, data]), data)
        raise ExchangeFault("ROOT_ROLLBACK", {"reason": "ENDLESS"})

    def _take_head(self) -> HeadManifest:
        self._go("receive", 0, 0, "head")
        data = self._link.head()
        head = verify_head(data, self._desk.trust())
        self._desk.apply_head(head, data)
        return head

    def _take_receipts(self, stage: str) -> list[ReceiptManifest]:
        """Apply every receipt behind the last one, in order."""
        found: list[ReceiptManifest] = []
        while True:
            self._go(stage, len(found), 0, "receipts")
            containers = self._link.receipts(self._desk.stream().last_receipt_no, RECEIPTS_AT_ONCE)
            for data in containers:
                found.append(self._apply(data))
            if len(containers) < RECEIPTS_AT_ONCE:
                return found

    def _take_catalogue(self, ref: CatalogueRef, head: HeadManifest) -> None:
        container = self._desk.inbox() / f"catalogue-{ref.scope.replace(':', '-')}-{ref.version:06d}.bsp"

        def tick(done: int) -> None:
            self._go("receive", done, 0, ref.scope)

        tick(0)
        self._link.catalogue(ref, container, tick)
        try:
            catalogue = open_catalogue(container, self._desk.trust(), head, [self._writer])
            if CatalogueRef(catalogue.manifest.scope, catalogue.manifest.version, catalogue.digest) != ref:
                raise ExchangeFault("CATALOGUE_NOT_IN_HEAD", {"scope": ref.scope, "found": catalogue.manifest.scope})
        except ExchangeFault as fault:
            fault.facts["catalogue"] = ref.scope  # people are told of what was read, not of its frames
            self._desk.set_aside(container, fault)
            raise
        self._desk.apply_catalogue(catalogue, container)

    def _offer(self, batch: SentBatch, hello: Hello) -> ReceiptManifest | None:
        """Bring one batch to the platform and apply what it answers."""
        self._go("send", 0, batch.size, batch.id)
        if batch.size > hello.max_container:
            raise TooLarge(what=batch.id, limit=str(hello.max_container), found=str(batch.size))
        stream = self._desk.stream().stream
        known = self._link.announce(
            Announcement(batch.id, stream, batch.epoch, batch.seq, batch.size, batch.file_sm3)
        )
        if known.stage == "receiving":
            self._upload(batch, min(CHUNK, hello.max_chunk))
        self._go("send", batch.size, batch.size, batch.id)
        self._answer(self._link.complete(batch.id))
        return self._answers.get(batch.id)

    def _upload(self, batch: SentBatch, piece: int) -> None:
        offset = 0
        try:
            with batch.path.open("rb") as file:
                while chunk := file.read(piece):
                    self._go("send", offset, batch.size, batch.id)
                    reached = self._link.append(batch.id, offset, chunk)
                    offset += len(chunk)
                    if reached != offset:
                        raise ExchangeFault("OFFSET_WRONG", {"expected": str(offset), "found": str(reached)})
        except OSError as reason:
            raise disk_fault(reason, batch.path) from reason

    def _answer(self, data: bytes) -> None:
        """Apply the receipt that came as an answer, with those before it when it is not the next one."""
        if self._read(data)[0].receipt_no == self._desk.stream().last_receipt_no + 1:
            self._apply(data)
        else:
            self._take_receipts("send")

    def _apply(self, data: bytes) -> ReceiptManifest:
        """Keep a receipt's container, prove it, and let the desk apply it."""
        manifest, digest = self._read(data)
        container = self._desk.inbox() / f"receipt-{manifest.receipt_no:06d}-{digest[:8]}.bsp"
        write_file(container, data, replace=True)
        state, batch = self._desk.stream(), self._desk.batch(manifest.batch.id)
        try:
            check_receipt(state, manifest, batch, state.stream)
        except ExchangeFault as fault:
            self._desk.set_aside(container, fault)
            raise
        self._desk.apply_receipt(manifest, container, after_receipt(state, manifest, digest, batch))
        if manifest.stage == "arrived":
            self._answers[manifest.batch.id] = manifest
            if manifest.verdict == "accepted":
                self._undecided.add(manifest.batch.id)
        else:
            self._undecided.discard(manifest.batch.id)
        return manifest

    def _read(self, data: bytes) -> tuple[ReceiptManifest, str]:
        """Open a receipt and prove who signed it; bytes that fail are kept aside under their digest."""
        try:
            opened = open_sealed(data, keys=[self._writer])
            manifest, root = opened.expect(ReceiptManifest), self._desk.trust().root_manifest()
            verify(opened, root.keys_of("receipt"), root.roles["receipt"].threshold)
        except ExchangeFault as fault:
            container = self._desk.inbox() / f"receipt-unread-{sm3(data)[:16]}.bsp"
            write_file(container, data, replace=True)
            self._desk.set_aside(container, fault)
            raise
        return manifest, opened.digest

    def _require_hello(self) -> Hello:
        if self._hello is None:
            raise RuntimeError("connect comes first: nothing may move before the tips are compared")
        return self._hello

    def _go(self, stage: str, done: int, total: int, what: str = "") -> None:
        """Tell the progress, unless the user has stopped the session."""
        if self._stop():
            raise Stopped(stage=stage, sent=str(self._sent), left=str(len(self._desk.to_send())))
        self._progress(Progress(stage, done, total, what))


def _sent(batch: SentBatch, receipt: ReceiptManifest | None) -> Sent:
    if receipt is None:
        return Sent(batch.id, "", "", len(batch.documents), 0)
    return Sent(batch.id, receipt.verdict, receipt.code or "", len(batch.documents), receipt.receipt_no)
