"""What is signed: one frozen value for each payload type.

A manifest is checked twice by the same rules: when it is made (a mistake of ours, ``ValueError``) and when foreign
bytes are read (``ContentInvalid``). Absent values are left out of the JSON. Fields that a newer minor version adds are
tolerated; whoever opens a manifest keeps its original bytes beside it, because only those are signed.
"""

import dataclasses
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from sync.crypto import PublicKey, sm3
from sync.faults import FormatTooNew, KeyMalformed
from sync.fields import (
    Amount,
    BatchVerdict,
    Count,
    Digest,
    ItemVerdict,
    KeyId,
    Kind,
    Label,
    Manifest,
    Moment,
    Name,
    Number,
    Period,
    Remark,
    RoleName,
    Schema,
    Scope,
    Stage,
    Stream,
    UnitCode,
    Uuid,
    require_unique,
)

BATCH = "application/vnd.budgetdesk.batch+json;v=1"
RECEIPT = "application/vnd.budgetdesk.receipt+json;v=1"
CATALOGUE = "application/vnd.budgetdesk.catalogue+json;v=1"
HEAD = "application/vnd.budgetdesk.head+json;v=1"
ROOT = "application/vnd.budgetdesk.root+json;v=1"
SHEET = "application/vnd.budgetdesk.sheet+json;v=1"
ACTIVATION = "application/vnd.budgetdesk.activation+json;v=1"

ROLE_NAMES = ("root", "head", "catalogue", "receipt", "batch_encryption")
NO_DIGEST = "0" * 64  # `prev` of the first in a chain


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a container, before compression.

    Attributes:
        name: A label inside the container, never a path.
        media_type: E.g. ``application/x-ndjson``.
        sm3: Digest of the bytes.
        size: Bytes; also the limit when it is unpacked.
        records: How many records it holds; 1 for an attachment.
    """

    name: Label
    media_type: Name
    sm3: Digest
    size: Count
    records: Count


@dataclass(frozen=True, slots=True)
class DocumentEntry:
    """One document of a batch: an index that needs no part to be opened.

    Attributes:
        doc_id: Identity of the document at the unit, the same over all revisions.
        kind: Kind of the closed list, e.g. ``VOUCHER``.
        schema: ``major.minor`` of the document's form.
        key: Business key, e.g. the local voucher number.
        revision: 1, 2, 3 ...
        digest: SM3 of the document's exact bytes: what people signed.
        supersedes: The ``doc_id`` this one corrects, if any.
    """

    doc_id: Name
    kind: Kind
    schema: Schema
    key: Name
    revision: Number
    digest: Digest
    supersedes: Name | None = None


@dataclass(frozen=True, slots=True)
class CatalogueRef:
    """A catalogue by scope, version and digest of its manifest."""

    scope: Scope
    version: Number
    digest: Digest


@dataclass(frozen=True, slots=True)
class Tip:
    """The last booked point of a stream; ``seq`` 0 and 64 zeros before the first batch."""

    epoch: Number
    seq: Count
    digest: Digest


@dataclass(frozen=True, slots=True)
class BatchRef:
    """A batch that a receipt answers."""

    id: Uuid
    digest: Digest
    epoch: Number
    seq: Number


@dataclass(frozen=True, slots=True)
class BatchManifest(Manifest):
    """A sealed batch of one stream.

    Attributes:
        id: Random UUID of the batch.
        stream: ``unit_code/writer_id``.
        audience: Name of the platform this is for; another one must refuse it.
        epoch: Unbroken run of numbering.
        seq: 1, 2, 3 ... within the epoch.
        prev: Digest of the manifest before; zeros exactly for ``seq`` 1.
        resume: The platform's tip that a later epoch continues; only for ``seq`` 1 of an epoch above 1.
        period: ``2026-11``, the month that the batch closes, or ``none``.
        sealed_at: Local time with zone; a record, never an order.
        program: Version of the program that sealed.
        rules: Version of the rules that checked.
        catalogue: The mirrors that the documents were checked against.
        counts: Documents by kind; must agree with ``documents``.
        totals: Sums by kind, decimal strings with two places.
    """

    PAYLOAD_TYPE: ClassVar[str] = BATCH

    id: Uuid
    stream: Stream
    audience: Name
    epoch: Number
    seq: Number
    prev: Digest
    period: Period
    sealed_at: Moment
    program: Name
    rules: Name
    catalogue: tuple[CatalogueRef, ...]
    counts: Mapping[Kind, Count]
    totals: Mapping[Kind, Amount]
    parts: tuple[Part, ...]
    documents: tuple[DocumentEntry, ...]
    resume: Tip | None = None

    def __post_init__(self) -> None:
        if (self.prev == NO_DIGEST) != (self.seq == 1):
            raise ValueError("prev is zero exactly for the first of an epoch")
        if self.resume is not None and (self.seq != 1 or self.epoch == 1):
            raise ValueError("resume belongs to the first batch of a later epoch")
        if dict(Counter(one.kind for one in self.documents)) != dict(self.counts):
            raise ValueError("counts do not agree with the documents")
        require_unique("document", ((one.kind, one.key, one.revision) for one in self.documents))
        require_unique("part", (one.name.casefold() for one in self.parts))


@dataclass(frozen=True, slots=True)
class DocumentVerdict:
    """What the platform decided for one document.

    Attributes:
        verdict: ``accepted``, ``rejected`` or ``duplicate``.
        code: Why, when it is not accepted.
        field: Path of the field the comment is about, e.g. ``payee.account``.
        comment: What a person at the bureau wrote.
        facts: What the shown text needs.
        central_no: The platform's own number, at acceptance.
    """

    doc_id: Name
    kind: Kind
    key: Name
    revision: Number
    digest: Digest
    verdict: ItemVerdict
    code: Name | None = None
    field: Name | None = None
    comment: Remark | None = None
    facts: Mapping[str, str] = dataclasses.field(default_factory=dict)
    central_no: Name | None = None


@dataclass(frozen=True, slots=True)
class ReceiptManifest(Manifest):
    """The platform's signed answer to one batch.

    Attributes:
        receipt_no: 1, 2, 3 ... per stream.
        prev_receipt: Digest of the receipt manifest before; zeros exactly for number 1.
        stage: ``arrived`` (durable, sending may stop) or ``decided`` (judged).
        verdict: ``accepted``, ``refused`` (with ``code``) or ``held`` (``facts`` name what is missing).
        totals: Sums by kind of what was accepted, decimal strings with two places.
        tip: The stream's tip after this receipt.
        server_time: The platform's time; information.
        protocol: Number of the HTTP protocol.
        platform_serial: Key id of the receipt key.
    """

    PAYLOAD_TYPE: ClassVar[str] = RECEIPT

    receipt_no: Number
    prev_receipt: Digest
    stream: Stream
    stage: Stage
    batch: BatchRef
    verdict: BatchVerdict
    documents: tuple[DocumentVerdict, ...]
    totals: Mapping[Kind, Amount]
    tip: Tip
    server_time: Moment
    min_program: Name
    protocol: Number
    platform_serial: KeyId
    code: Name | None = None
    facts: Mapping[str, str] = dataclasses.field(default_factory=dict)

    def __post_init__(self) -> None:
        if (self.prev_receipt == NO_DIGEST) != (self.receipt_no == 1):
            raise ValueError("prev_receipt is zero exactly for the first receipt")
        if self.verdict == "refused" and self.code is None:
            raise ValueError("a refusal needs a code")
        require_unique("verdict", ((one.kind, one.key, one.revision) for one in self.documents))


@dataclass(frozen=True, slots=True)
class HeadManifest(Manifest):
    """The newest catalogues: small and signed often.

    Attributes:
        version: Only goes up.
        issued_at: The platform's time.
        stale_after: From then on the unit shows how old its mirrors are.
        min_program: Oldest program that may take part.
        catalogues: One for each scope.
    """

    PAYLOAD_TYPE: ClassVar[str] = HEAD

    version: Number
    issued_at: Moment
    stale_after: Moment
    min_program: Name
    catalogues: tuple[CatalogueRef, ...]

    def __post_init__(self) -> None:
        require_unique("scope", (one.scope for one in self.catalogues))


@dataclass(frozen=True, slots=True)
class Dataset:
    """One dataset of a catalogue: how many records, the digest of its state, and the part with its snapshot."""

    name: Label
    schema: Schema
    records: Count
    state_digest: Digest
    part: Label


@dataclass(frozen=True, slots=True)
class CatalogueManifest(Manifest):
    """Reference data of one scope: ``public``, or ``unit:219001`` for what one unit alone may see."""

    PAYLOAD_TYPE: ClassVar[str] = CATALOGUE

    id: Uuid
    scope: Scope
    version: Number
    datasets: tuple[Dataset, ...]
    parts: tuple[Part, ...]

    def __post_init__(self) -> None:
        require_unique("dataset", (one.name for one in self.datasets))
        require_unique("part", (one.name.casefold() for one in self.parts))
        missing = {one.part for one in self.datasets} - {one.name for one in self.parts}
        if missing:
            raise ValueError(f"datasets without their part: {sorted(missing)}")


@dataclass(frozen=True, slots=True)
class Role:
    """Which keys may act in a role, and how many different ones must."""

    key_ids: tuple[KeyId, ...]
    threshold: Number = 1


@dataclass(frozen=True, slots=True)
class Person:
    """An officer whose key is registered: whose sheets count."""

    unit: UnitCode
    officer: Name
    name: Name
    key_id: KeyId
    public: Name


@dataclass(frozen=True, slots=True)
class RootManifest(Manifest):
    """Whom a unit trusts: the platform's keys and what each may do.

    Attributes:
        version: Only goes up; N + 1 is signed by the root role of N and of itself.
        platform: The name that batches carry as ``audience``.
        keys: Public keys (130 hex characters) by key id.
        roles: ``root``, ``head``, ``catalogue``, ``receipt``: who signs what; ``batch_encryption``: for whom batches
            are sealed.
        people: Officers' registered keys, where the platform publishes them.
    """

    PAYLOAD_TYPE: ClassVar[str] = ROOT

    version: Number
    platform: Name
    keys: Mapping[KeyId, str]
    roles: Mapping[RoleName, Role]
    people: tuple[Person, ...] | None = None

    def __post_init__(self) -> None:
        missing = set(ROLE_NAMES) - set(self.roles)
        if missing:
            raise ValueError(f"roles without keys: {sorted(missing)}")
        for name, role in self.roles.items():
            require_unique(f"{name} key", role.key_ids)
            if not 1 <= role.threshold <= len(role.key_ids):
                raise ValueError(f"{name}: threshold {role.threshold} of {len(role.key_ids)} keys")
            if not set(role.key_ids) <= set(self.keys):
                raise ValueError(f"{name}: a key that is not listed")
        for key_id, text in [*self.keys.items(), *((one.key_id, one.public) for one in self.people or ())]:
            if _public_key(text).key_id != key_id:
                raise ValueError(f"key {key_id} is filed under a wrong id")

    def keys_of(self, role: str) -> dict[str, PublicKey]:
        """Give the keys of one of the five roles by key id."""
        return {key_id: PublicKey.from_hex(self.keys[key_id]) for key_id in self.roles[role].key_ids}


MANIFESTS: Mapping[str, type[Manifest]] = {
    one.PAYLOAD_TYPE: one for one in (BatchManifest, ReceiptManifest, HeadManifest, CatalogueManifest, RootManifest)
}


def read_manifest(payload_type: str, payload: bytes) -> Manifest:
    """Read a signed payload as what its type says.

    Raises:
        FormatTooNew: A type, or a major version of one, that this program does not know.
        ContentInvalid: The payload breaks a rule of its type.
    """
    kind = MANIFESTS.get(payload_type)
    if kind is None:
        raise FormatTooNew(what="payload", found=payload_type[:200], known=",".join(MANIFESTS))
    return kind.from_bytes(payload)


def kind_of(payload_type: str) -> str:
    """Give the short word of a payload type: the container's ``kind``."""
    return payload_type.removeprefix("application/vnd.budgetdesk.").partition("+")[0]


def digest_of(manifest_bytes: bytes) -> str:
    """Give the digest that names a manifest in chains and receipts: SM3 over its bytes."""
    return sm3(manifest_bytes)


def _public_key(text: str) -> PublicKey:
    try:
        return PublicKey.from_hex(text)
    except KeyMalformed as reason:
        raise ValueError(str(reason)) from reason
