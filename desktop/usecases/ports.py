"""What the use cases need of the world, as Protocols; `desktop.bootstrap` gives them their implementations.

Threads: a `Books` belongs to the thread that opened it. Times are ISO strings with the zone's offset.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self, TypeVar

from desktop.domain.document import Content, Document, State
from desktop.domain.evoucher import Evoucher
from desktop.domain.head import Kind
from desktop.domain.ledger import Balance, Movement
from desktop.domain.listing import DocumentRow as DocumentRow
from desktop.domain.listing import ListHit, ListQuery, Tally
from desktop.usecases.mirror_ports import LibraryLog, Mirrors
from sync.catalogue import Trust
from sync.manifest import Tip
from sync.stream import SentBatch, StreamState

T = TypeVar("T")


class Clock(Protocol):
    """The time of this PC; recorded, never decided by (R9)."""

    def now(self) -> datetime:
        """Return the local time with its zone."""


class Ids(Protocol):
    """Random identities."""

    def new(self) -> str:
        """Return a fresh UUID4 as text."""


@dataclass(frozen=True, slots=True)
class Revision:
    """One committed content of a document."""

    number: int  # running number of the commit inside the document, 1, 2, 3 …
    revision: int
    sm3: str
    at: str
    by: str
    why: str


@dataclass(frozen=True, slots=True)
class StoredSheet:
    """A sheet as it was signed: the DSSE envelope's bytes, verbatim."""

    sheet_id: str
    role: str
    officer: str
    envelope: bytes


@dataclass(frozen=True, slots=True)
class SimilarVoucher:
    """Another voucher to the same payee, for R-11's warning."""

    key: str
    date: str
    amount: Decimal
    purpose: str
    account: str
    bank: str


class Listings(Protocol):
    """The part of `ports.Documents` that lists ask."""

    def hits(self, query: ListQuery) -> list[ListHit]:
        """Return every document that a list shows, in its order."""

    def rows_of(self, doc_ids: Sequence[str]) -> list[DocumentRow]:
        """Return the list rows of these documents, in this order; those that do not exist are left out."""

    def tallies(self, query: ListQuery) -> list[Tally]:
        """Return counts and sums of what a list holds, by state; ``states`` and ``faulty`` are not looked at."""

    def names(self, query: ListQuery) -> list[str]:
        """Return the payees and projects of what a list holds, each once."""


class Documents(Listings, Protocol):
    """Documents with their exact bytes, revisions and index rows, all written together."""

    def encode(self, content: Content) -> bytes:
        """Return the exact bytes of a content: the JSON profile of the exchange, money with two decimals."""

    def digest(self, content: Content) -> str:
        """Return SM3 (hex) of `encode(content)`."""

    def get(self, doc_id: str) -> Document:
        """Return a document; `KeyError` when there is none."""

    def find(self, kind: Kind, key: str) -> Document | None:
        """Return the newest revision of a business key."""

    def of_kind(self, kind: Kind, fiscal_year: int | None = None) -> list[Document]:
        """Return every document of a kind that is not void, by key."""

    def put(self, document: Document, *, by: str, why: str, at: str) -> None:
        """Store a new document or its next content or state, its revision row and its index rows.

        A revision row is added only when the content's digest changed. The audit row is written with it.
        """

    def bytes_of(self, doc_id: str) -> bytes:
        """Return the stored bytes of the document's content, exactly."""

    def rows(
        self,
        kinds: Collection[Kind] = (),
        states: Collection[State] = (),
        fiscal_year: int | None = None,
        text: str = "",
        limit: int | None = None,
    ) -> list[DocumentRow]:
        """Return list rows, newest change first; ``text`` matches key, title, payee, purpose, project or amount.

        What lies in the recycle bin is left out. Without a limit all of them come.
        """

    def earlier(self, doc_id: str, number: int) -> Content:
        """Return the content of a commit; `KeyError` when there is none."""

    def revisions(self, doc_id: str) -> list[Revision]:
        """Return all commits of a document, newest first."""

    def next_number(self, name: str) -> int:
        """Return the next number of a local sequence (``voucher-2026``, ``project``), never given twice."""

    def similar_vouchers(self, payee: str, since: str, except_doc: str) -> list[SimilarVoucher]:
        """Return vouchers to the payee dated ``since`` or later that are not void, newest first."""

    def evoucher_used(self, key: str, except_doc: str) -> Decimal:
        """Return yuan of an e-voucher used by all vouchers that are not void, but one (R-11)."""

    def planned_use(self, quota_id: str, except_doc: str) -> Decimal:
        """Return yuan of drafts (DRAFT, PRESENTED) on the quota that reserve nothing yet, but one (R-01)."""


class Ledger(Protocol):
    """指标账: append only, balanced by constraints; amounts in yuan."""

    def balance(self, quota_id: str) -> Balance: ...
    def balances(self, quota_ids: Iterable[str]) -> Mapping[str, Balance]: ...
    def post(self, movement: Movement, *, at: str) -> None:
        """Add the movement's two sides; a `Fault` LEDGER_… when an invariant would break; a cause counts once."""

    def reserved_by(self, doc_id: str) -> Decimal:
        """Return yuan that the document holds reserved now."""


class Originals(Protocol):
    """Originals of e-vouchers and attachments: sealed on disk under their SM3, and what was read from them."""

    def keep(self, data: bytes) -> str:
        """Seal the bytes into the workspace and return their SM3; the same bytes twice are one file."""

    def read(self, sm3: str) -> bytes:
        """Return the original bytes, digest verified; `Fault` FILE_DAMAGED when they changed."""

    def evoucher(self, key: str) -> Evoucher | None: ...
    def put_evoucher(self, evoucher: Evoucher, *, at: str, by: str) -> None: ...


class Sheets(Protocol):
    """Signed sheets, verbatim."""

    def put(self, sheet: StoredSheet, documents: Sequence[tuple[str, int]], *, at: str) -> None:
        """Store a sheet that covers (doc_id, revision) pairs."""

    def of_documents(self, doc_ids: Collection[str]) -> list[StoredSheet]:
        """Return the sheets that the documents' present signatures lie in, each once."""


@dataclass(frozen=True, slots=True)
class SyncRun:
    """One run of 一键同步 as the history shows it, kept for ever. ``outcome``: ``DONE``, ``STOPPED`` or ``FAILED``."""

    run_id: str
    started_at: str
    seconds: Decimal
    way: str  # ``NET``
    outcome: str
    sent: int
    accepted: int
    returned: int
    received: int  # catalogue records and results that changed
    total: Decimal  # yuan of the vouchers sent
    batch_id: str
    receipt_no: int
    code: str  # fault code of a run that did not end well


@dataclass(frozen=True, slots=True)
class StoredReceipt:
    """A receipt as it lies in the inbox."""

    receipt_no: int
    stage: str
    batch_id: str
    digest: str
    file_name: str
    applied: bool
    server_time: str
    at: str


class Exchange(Protocol):
    """State of the stream with the platform: SYNC numbering, batches, receipts, trust, and the mirrors' rows."""

    def stream(self) -> StreamState: ...
    def put_batch(self, batch: SentBatch, doc_ids: Sequence[str], *, at: str) -> None:
        """Record a sealed batch and move the stream's sealed tip; its documents go in the same transaction."""

    def batch(self, batch_id: str) -> SentBatch | None: ...
    def batches(self, stages: Collection[str] = ()) -> list[SentBatch]:
        """Return batches in sending order, of the given stages or all."""

    def documents_of(self, batch_id: str) -> list[str]:
        """Return the doc ids inside a batch."""

    def set_stage(self, batch_id: str, stage: str) -> None: ...
    def begin_stream(self, stream: str, epoch: int = 1) -> None:
        """Set the stream (``unit/writer``) once, at activation."""

    def rewind(self, to: Tip) -> None:
        """Set the sealed tip back after the platform refused a batch as a whole."""

    def put_receipt(self, receipt: StoredReceipt, prev_digest: str) -> None:
        """Record a receipt; an applied one moves the stream's last receipt number and digest."""

    def receipts(self) -> list[StoredReceipt]: ...
    def trust(self) -> Trust: ...
    def set_trust(self, trust: Trust) -> None:
        """Store root, head version and scopes; `Fault` MIRROR_OLDER when a version would go down (R10)."""

    def replace_mirror(
        self, scope: str, datasets: Mapping[str, Sequence[Mapping[str, object]]], version: int, at: str = ""
    ) -> int:
        """Replace the datasets of a scope by a snapshot's records; return how many records changed.

        What changed in the library is noted in the `LibraryLog`, as of ``at``.
        """

    def add_run(self, run: SyncRun) -> None: ...
    def runs(self, limit: int = 20) -> list[SyncRun]: ...


@dataclass(frozen=True, slots=True)
class AuditRow:
    """One row of the audit: who did what to which subject."""

    number: int
    at: str
    who: str
    post: str
    what: str
    subject: str
    facts: Mapping[str, str]


class Books(Protocol):
    """One open transaction over the workspace; leaving without `commit` undoes everything."""

    @property
    def documents(self) -> Documents: ...

    @property
    def mirrors(self) -> Mirrors: ...

    @property
    def library_log(self) -> LibraryLog: ...

    @property
    def ledger(self) -> Ledger: ...

    @property
    def originals(self) -> Originals: ...

    @property
    def sheets(self) -> Sheets: ...

    @property
    def exchange(self) -> Exchange: ...

    def __enter__(self) -> Self: ...
    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None: ...
    def commit(self) -> None:
        """Make everything since entering durable, exactly one database commit."""

    def audit(self, who: str, post: str, what: str, subject: str, facts: Mapping[str, str], *, at: str) -> None:
        """Append a row to the hash-chained audit."""

    def audit_tail(self, limit: int) -> list[AuditRow]:
        """Return the last rows of the audit, oldest of them first."""

    def setting(self, name: str, default: str = "") -> str: ...
    def set_setting(self, name: str, value: str) -> None: ...


class AtBooks(Protocol):
    """Runs work over the books in the one thread that may use them, and waits for its result."""

    def __call__(self, work: Callable[[Books], T], /) -> T: ...


class Vault(Protocol):
    """Keys at hand on this PC. PINs are asked by the caller and never kept."""

    def has(self, officer_id: str) -> bool:
        """Tell whether the officer's key file is on this PC."""

    def unlock(self, officer_id: str, pin: str) -> "OfficerKey":
        """Open an officer's key file; `Fault`/`ExchangeFault` PIN_WRONG (facts: left), PIN_LOCKED, KEY_NOT_AT_HAND."""


class OfficerKey(Protocol):
    """A private key that can sign: DER SM2-SM3."""

    @property
    def key_id(self) -> str: ...

    def sign(self, message: bytes) -> bytes: ...


@dataclass(frozen=True, slots=True)
class BackupMade:
    """A finished backup: where, and its size in bytes."""

    path: Path
    size: int


@dataclass(frozen=True, slots=True)
class BackupContent:
    """What a backup holds, shown before it replaces anything: counts by (kind, state), and its last change."""

    made_at: str
    unit_name: str
    counts: tuple[tuple[str, str, int], ...]
    last_title: str
    last_change: str
