"""What a unit's books say as a whole, to prove that a refusal changed nothing; and a desk without a port."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from desktop.bootstrap import Installation, install
from desktop.demo.bureau import RehearsalBureau, open_bureau
from desktop.demo.clock import StoryClock
from desktop.demo.stage import PLATFORM_FOLDER, TODAY, UNIT_FOLDER
from desktop.domain.document import Document, Post
from desktop.domain.head import Kind
from desktop.domain.ledger import Balance
from desktop.storage.workspace import Workspace, open_workspace
from desktop.usecases.month_end import MonthEnd, Outcome, StageReport
from desktop.usecases.ports import Books, StoredReceipt
from sync.stream import SentBatch, StreamState
from sync.transport import Transport
from sync.transport.direct import DirectTransport
from tests.system.conftest import secrets_in


@dataclass(frozen=True, slots=True)
class Standing:
    """Documents with states and signatures, money on every quota, the stream, and what lies in the outbox."""

    documents: Mapping[str, Document]
    balances: Mapping[str, Balance]
    stream: StreamState
    batches: tuple[SentBatch, ...]
    receipts: tuple[StoredReceipt, ...]
    mirrors: Mapping[str, tuple[int, str]]
    originals: frozenset[str]
    outbox: frozenset[str]


def standing_of(workspace: Workspace) -> Standing:
    """Read everything that a refusal must leave alone; the audit and the history of runs may grow."""
    with workspace.books() as books:
        documents = {document.head.doc_id: document for kind in Kind for document in books.documents.of_kind(kind)}
        quotas = [quota.id for year in (2026, 2027) for quota in books.mirrors.quotas(year)]
        return Standing(
            documents=documents,
            balances={quota: books.ledger.balance(quota) for quota in quotas},
            stream=books.exchange.stream(),
            batches=tuple(books.exchange.batches()),
            receipts=tuple(books.exchange.receipts()),
            mirrors=dict(books.mirrors.versions()),
            originals=frozenset(path.name for path in (workspace.folder / "files").rglob("*") if path.is_file()),
            outbox=frozenset(path.name for path in workspace.outbox.iterdir()),
        )


@dataclass(frozen=True, slots=True)
class Desk:
    """An open unit and its platform in this process, on the rehearsal's day."""

    installation: Installation
    bureau: RehearsalBureau

    @property
    def workspace(self) -> Workspace:
        """The unit's workspace."""
        return self.installation.workspace

    def books(self) -> Books:
        """The unit's books."""
        return self.installation.books()

    def standing(self) -> Standing:
        """What the books say now."""
        return standing_of(self.workspace)

    def over(self, carry: Callable[[Transport], Transport]) -> Installation:
        """The same unit over another carrier."""
        return install(
            self.workspace,
            clock=self.installation.clock,
            connect=lambda _: carry(DirectTransport(self.bureau.service)),
        )


@contextmanager
def open_desk(home: Path) -> Iterator[Desk]:
    """Open unit and platform of a rehearsal without any server."""
    clock = StoryClock(TODAY)
    bureau = open_bureau(home / PLATFORM_FOLDER, clock)
    try:
        with open_workspace(home / UNIT_FOLDER, secrets_in(home), clock=clock.now) as workspace:
            installation = install(workspace, clock=clock, connect=lambda _: DirectTransport(bureau.service))
            yield Desk(installation, bureau)
    finally:
        bureau.close()


def press(
    installation: Installation,
    *,
    patience: float = 60.0,
    progress: Callable[[StageReport], None] = lambda report: None,
) -> Outcome:
    """Press 一键同步 as the maker; ``patience`` is how many seconds the decision may take."""
    seat = installation.seat(Post.MAKER)
    channel = replace(installation.channel(installation.at_once, seat), patience=patience)
    return MonthEnd(installation.at_once, seat, channel, lambda: False, progress).run()


class Carrier:
    """A carrier that hands everything on; a test changes one call."""

    def __init__(self, link: Transport) -> None:
        self.link = link

    def __getattr__(self, name: str) -> object:
        return getattr(self.link, name)
