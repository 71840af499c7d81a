"""A stream's numbering at the unit, and what a receipt must prove before anything is changed by it.

Pure functions over frozen values: whoever keeps the stream stores what they return. A stream is one unit and one
writer; its batches are numbered and chained (R4), and so are the platform's receipts.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from typing import Literal

from sync.faults import ExchangeFault
from sync.manifest import NO_DIGEST, DocumentEntry, DocumentVerdict, ReceiptManifest, Tip

BatchStage = Literal["sealed", "arrived", "decided", "refused"]

_Identity = tuple[str, str, str, int, str]  # doc_id, kind, key, revision, digest

_ZERO = Decimal("0.00")
_NOTHING = Tip(1, 0, NO_DIGEST)  # before the first batch of a stream


@dataclass(frozen=True, slots=True)
class StreamState:
    """How far a stream has come at the unit.

    Attributes:
        stream: ``unit_code/writer_id``.
        epoch: The unbroken run of numbering that the next batch belongs to.
        sealed: The last sealed batch of this epoch; ``seq`` 0 and 64 zeros before the first.
        last_receipt_no: The last applied receipt, 0 before the first.
        last_receipt_digest: SM3 of that receipt's manifest, 64 zeros before the first.
    """

    stream: str
    epoch: int = 1
    sealed: Tip = _NOTHING
    last_receipt_no: int = 0
    last_receipt_digest: str = NO_DIGEST

    @property
    def unit_code(self) -> str:
        """The unit's code, the part before the slash."""
        return self.stream.partition("/")[0]


@dataclass(frozen=True, slots=True)
class SentBatch:
    """A sealed batch of ours: what a receipt is compared with.

    Attributes:
        path: The container; its bytes never change.
        size: Bytes of the container.
        file_sm3: SM3 of the container.
        digest: SM3 of the batch manifest.
        documents: What it holds, as in its manifest.
        totals: Sums by kind, decimal strings with two places, as in its manifest.
        stage: ``sealed`` until an ``arrived`` receipt was applied, however often it was offered.
        amounts: Yuan by ``doc_id`` as decimal strings. With them the total of a partly accepted kind is proven to the
            fen; without them only its bounds are.
    """

    id: str
    path: Path
    size: int
    file_sm3: str
    digest: str
    epoch: int
    seq: int
    prev: str
    documents: tuple[DocumentEntry, ...]
    totals: Mapping[str, str]
    stage: BatchStage
    amounts: Mapping[str, str] = field(default_factory=dict)


def next_place(state: StreamState) -> tuple[int, int, str]:
    """Return (epoch, seq, prev) of the next batch to be sealed.

    Source: R4; ``prev`` is 64 zeros for the first of an epoch.
    """
    return state.epoch, state.sealed.seq + 1, state.sealed.digest


def after_sealing(state: StreamState, seq: int, digest: str) -> StreamState:
    """Return the state once the batch at ``next_place`` is sealed; stored together with the batch."""
    return replace(state, sealed=Tip(state.epoch, seq, digest))


def after_receipt(
    state: StreamState, manifest: ReceiptManifest, digest: str, batch: SentBatch | None
) -> StreamState:
    """Return the state once a checked receipt is applied.

    A refused batch never became a point of the platform's chain, and neither can what was sealed behind it: the next
    batch follows the platform's tip, which the receipt states. Where another branch stands at the batch's place
    (``FORK``), only a recovery of the stream can go on, and the numbering stays as it is.

    Args:
        state: Before.
        manifest: Passed `check_receipt` against ``state`` and ``batch``.
        digest: SM3 of the receipt manifest's bytes.
        batch: Our batch of that id, if there is one.
    """
    moved = replace(state, last_receipt_no=manifest.receipt_no, last_receipt_digest=digest)
    if batch is None or manifest.verdict != "refused" or manifest.tip.epoch != state.epoch:
        return moved
    return replace(moved, sealed=manifest.tip) if manifest.tip.seq < batch.seq else moved


def check_tip(state: StreamState, waiting: Sequence["SentBatch"], tip: Tip, last_receipt_no: int) -> None:
    """Compare the platform's tip with our own chain before anything else is exchanged (R7).

    Args:
        state: Ours.
        waiting: Our batches that have no ``arrived`` receipt yet, in order; the platform may hold some of them already.
        tip: The platform's.
        last_receipt_no: The last receipt that the platform wrote for this stream.

    Raises:
        ExchangeFault: ``TIP_UNKNOWN``: a backup was restored at one of the two sides, or another computer uses this
            writer's number. Nothing may be sent before the stream is recovered; documents stay as they are.
    """
    points = [Tip(one.epoch, one.seq, one.digest) for one in waiting]
    confirmed = Tip(waiting[0].epoch, waiting[0].seq - 1, waiting[0].prev) if waiting else state.sealed
    if tip not in (confirmed, *points):
        _refuse(
            "TIP_UNKNOWN", reason="TIP", ours=str(confirmed.seq), theirs=str(tip.seq), digest=tip.digest[:16]
        )
    if last_receipt_no < state.last_receipt_no:
        _refuse("TIP_UNKNOWN", reason="RECEIPTS", ours=str(state.last_receipt_no), theirs=str(last_receipt_no))


def check_receipt(state: StreamState, manifest: ReceiptManifest, batch: SentBatch | None, stream: str) -> None:
    """Refuse a receipt that does not prove what it says; the signature was verified before.

    Args:
        state: Ours, before the receipt.
        manifest: The receipt.
        batch: Our batch of that id, if there is one. A refusal of a batch that we never sealed is let through: it moves
            nothing but the numbering, and says that another computer uses this writer's number.
        stream: The stream that this installation writes.

    Raises:
        ExchangeFault: ``RECEIPT_NOT_OURS``, ``RECEIPT_OLD``, ``RECEIPT_GAP``, ``RECEIPT_CHAIN``, ``RECEIPT_DIGEST``,
            ``RECEIPT_TWICE``, ``RECEIPT_STAGE``, ``RECEIPT_DOCUMENTS``, ``RECEIPT_TOTALS`` or ``RECEIPT_TIP``.

    Source: domain rules of the exchange, section 4 (what a receipt must prove).
    """
    if manifest.stream != stream or state.stream != stream:
        _refuse("RECEIPT_NOT_OURS", stream=manifest.stream)
    _check_number(state, manifest)
    if batch is None:
        if manifest.verdict != "refused":
            _refuse("RECEIPT_NOT_OURS", batch=manifest.batch.id)
        return
    ref = manifest.batch
    if (ref.id, ref.digest, ref.epoch, ref.seq) != (batch.id, batch.digest, batch.epoch, batch.seq):
        _refuse("RECEIPT_DIGEST", batch=batch.id, ours=batch.digest, theirs=ref.digest)
    _check_stage(manifest, batch)
    _check_documents(manifest, batch)
    _check_totals(manifest, batch)
    _check_tip_of(manifest, batch)


def _check_number(state: StreamState, manifest: ReceiptManifest) -> None:
    expected = state.last_receipt_no + 1
    if manifest.receipt_no < expected:
        _refuse("RECEIPT_OLD", found=str(manifest.receipt_no), last=str(state.last_receipt_no))
    if manifest.receipt_no > expected:
        _refuse("RECEIPT_GAP", expected=str(expected), found=str(manifest.receipt_no))
    if manifest.prev_receipt != state.last_receipt_digest:
        _refuse("RECEIPT_CHAIN", receipt=str(manifest.receipt_no))


def _check_stage(manifest: ReceiptManifest, batch: SentBatch) -> None:
    """A batch goes sealed → arrived → decided, or sealed → refused; nothing is said twice or too early."""
    if manifest.stage == "arrived":
        if batch.stage != "sealed":
            _refuse("RECEIPT_TWICE", batch=batch.id, stage=batch.stage)
        return
    if batch.stage in ("decided", "refused"):
        _refuse("RECEIPT_TWICE", batch=batch.id, stage=batch.stage)
    if batch.stage != "arrived" or manifest.verdict != "accepted":
        _refuse("RECEIPT_STAGE", batch=batch.id, stage=batch.stage, verdict=manifest.verdict)


def _check_documents(manifest: ReceiptManifest, batch: SentBatch) -> None:
    """A decision names every document of the batch exactly once, and nothing else; the other stages name none."""
    told = [_identity(one) for one in manifest.documents]
    if manifest.stage == "arrived":
        if told:
            _refuse("RECEIPT_DOCUMENTS", reason="EARLY", batch=batch.id)
        return
    sent = {_identity(one) for one in batch.documents}
    never_sent = [one for one in told if one not in sent]
    if never_sent:
        _refuse("RECEIPT_DOCUMENTS", reason="NEVER_SENT", kind=never_sent[0][1], key=never_sent[0][2])
    if len(set(told)) != len(told):
        _refuse("RECEIPT_DOCUMENTS", reason="TWICE", batch=batch.id)
    missing = sorted(sent - set(told))
    if missing:
        _refuse("RECEIPT_DOCUMENTS", reason="MISSING", kind=missing[0][1], key=missing[0][2])
    for one in manifest.documents:
        earlier = one.facts.get("receipt_no", "")
        if one.verdict == "duplicate" and not (earlier.isdecimal() and 0 < int(earlier) < manifest.receipt_no):
            _refuse("RECEIPT_DOCUMENTS", reason="DUPLICATE_OF_NOTHING", kind=one.kind, key=one.key)


def _check_totals(manifest: ReceiptManifest, batch: SentBatch) -> None:
    """Totals count what this receipt accepts; a duplicate was counted by its first receipt."""
    if manifest.stage == "arrived":
        if manifest.totals:
            _refuse("RECEIPT_TOTALS", reason="EARLY", batch=batch.id)
        return
    accepted = {_identity(one) for one in manifest.documents if one.verdict == "accepted"}
    for kind in sorted({*batch.totals, *manifest.totals}):
        found = Decimal(manifest.totals.get(kind, "0.00"))
        least, most = _bounds(batch, kind, accepted)
        if not least <= found <= most:
            _refuse("RECEIPT_TOTALS", kind=kind, found=str(found), expected=str(most if least == most else least))


def _bounds(batch: SentBatch, kind: str, accepted: set[_Identity]) -> tuple[Decimal, Decimal]:
    """Return the least and the greatest total that the verdicts on a kind allow."""
    sent = [one for one in batch.documents if one.kind == kind]
    whole = Decimal(batch.totals.get(kind, "0.00"))
    taken = [one for one in sent if _identity(one) in accepted]
    if not taken:
        return _ZERO, _ZERO
    if len(taken) == len(sent):
        return whole, whole
    if all(one.doc_id in batch.amounts for one in taken):
        exact = sum((Decimal(batch.amounts[one.doc_id]) for one in taken), _ZERO)
        return exact, exact
    return _ZERO, whole


def _check_tip_of(manifest: ReceiptManifest, batch: SentBatch) -> None:
    """An arrived batch is the tip, a decided one lies at or before it, a refused or held one is not in the chain."""
    tip, place = manifest.tip, Tip(batch.epoch, batch.seq, batch.digest)
    if manifest.verdict != "accepted":
        right = tip != place
    elif manifest.stage == "arrived":
        right = tip == place
    else:
        right = tip == place or (tip.epoch, tip.seq) > (place.epoch, place.seq)
    if not right:
        _refuse("RECEIPT_TIP", batch=batch.id, seq=str(tip.seq), digest=tip.digest[:16])


def _identity(one: DocumentEntry | DocumentVerdict) -> _Identity:
    return one.doc_id, one.kind, one.key, one.revision, one.digest


def _refuse(code: str, **facts: str) -> None:
    raise ExchangeFault(code, facts)
