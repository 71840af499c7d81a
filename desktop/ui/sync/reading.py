"""What 同步中心 shows, read in the database thread."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from desktop.domain.problem import errors
from desktop.texts import problems
from desktop.ui.app.reading import UnitName, unit_of
from desktop.usecases.month_end import CheckSheet, check_sheet
from desktop.usecases.ports import Books, StoredReceipt, SyncRun
from desktop.usecases.problems_of import problems_of
from sync.faults import ExchangeFault
from sync.stream import SentBatch

ALL_RUNS = 100_000


@dataclass(frozen=True, slots=True)
class BackupKept:
    """A backup that lies on this PC."""

    made_at: datetime
    folder: str


@dataclass(frozen=True, slots=True)
class Workplace:
    """What the window is told about this PC; every function is called in the database thread.

    Attributes:
        backups: Backups that lie there, newest first.
        writer_ready: Raises the `ExchangeFault` when the key that seals batches is not at hand.
        free_space: Bytes free where the workspace lies.
        readonly: The workspace is open for reading only.
    """

    backups: Callable[[], list[BackupKept]] = list
    writer_ready: Callable[[], None] = lambda: None
    free_space: Callable[[], int] = lambda: 0
    readonly: bool = False


@dataclass(frozen=True, slots=True)
class SyncView:
    """Everything on the page but the run itself.

    Attributes:
        findings: Document id to the title of its first error.
        officers: Officer id to name.
        holders: Post to the names of who hold it.
        batches: Our batches by id.
        writer_fault: Code and facts of why batches cannot be sealed; empty when they can.
    """

    unit: UnitName
    platform: str
    url: str
    sheet: CheckSheet
    findings: Mapping[str, str]
    officers: Mapping[str, str]
    holders: Mapping[str, str]
    runs: tuple[SyncRun, ...]
    receipts: tuple[StoredReceipt, ...]
    batches: Mapping[str, SentBatch]
    backup: BackupKept | None = None
    free_space: int = 0
    writer_fault: tuple[str, Mapping[str, str]] = field(default=("", {}))

    @property
    def last_good(self) -> SyncRun | None:
        """The last run that ended well."""
        return next((run for run in self.runs if run.outcome == "DONE"), None)


def sync_view(books: Books, workplace: Workplace) -> SyncView:
    """Return the page's content; changes nothing."""
    sheet = check_sheet(books)
    backups, writer_fault = workplace.backups(), _writer_fault(workplace)
    with books:
        officers = [officer for officer in books.mirrors.officers() if officer.active]
        return SyncView(
            unit=unit_of(books),
            platform=books.setting("platform"),
            url=books.setting("url"),
            sheet=sheet,
            findings={row.doc_id: _first_finding(books, row.doc_id) for row in sheet.with_errors},
            officers={officer.id: officer.name for officer in officers},
            holders={
                post: "、".join(officer.name for officer in officers if post in officer.posts)
                for post in ("maker", "checker", "signer", "head")
            },
            runs=tuple(books.exchange.runs(ALL_RUNS)),
            receipts=tuple(sorted(books.exchange.receipts(), key=lambda one: one.receipt_no, reverse=True)),
            batches={batch.id: batch for batch in books.exchange.batches()},
            backup=backups[0] if backups else None,
            free_space=workplace.free_space(),
            writer_fault=writer_fault,
        )


def to_send(view: SyncView) -> int:
    """Return how many documents the next run would carry, those in batches sealed earlier too."""
    return len(view.sheet.ready) + sum(len(batch.documents) for batch in view.sheet.unsent)


def _first_finding(books: Books, doc_id: str) -> str:
    found = errors(problems_of(books, books.documents.get(doc_id).content))
    return problems.describe(found[0]).title if found else ""


def _writer_fault(workplace: Workplace) -> tuple[str, Mapping[str, str]]:
    try:
        workplace.writer_ready()
    except ExchangeFault as fault:
        return fault.code, fault.facts
    return "", {}
