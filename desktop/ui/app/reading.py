"""What the frame around the pages shows, read in the database thread."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from desktop.domain.document import Post, State
from desktop.domain.fault import Fault
from desktop.domain.head import Kind
from desktop.domain.mirrors import Officer
from desktop.ui.app.routes import PAGE_OF_KIND
from desktop.usecases.ports import Books, DocumentRow, SyncRun
from desktop.usecases.seat import Seat

_RUNS = 20
PIN_SETTING = "pin-for-all"  # "1": makers are asked for their PIN too when they sit down


@dataclass(frozen=True, slots=True)
class UnitName:
    """Whose workspace it is. Before the first sync only the activation's words are known."""

    code: str
    name: str
    bureau: str
    known: bool  # the unit's profile has arrived


@dataclass(frozen=True, slots=True)
class FrameView:
    """What the frame shows.

    Attributes:
        badges: Page key to how many documents wait for the person at the seat.
        waiting: Documents signed or sealed that the platform does not have yet.
        returned: Documents of this person that the platform returned.
        version: Version of the public base data, 0 before the first.
        ready: Documents that would go with the next run.
        pin_for_all: Whether makers too are asked for the PIN when they sit down.
    """

    unit: UnitName
    officers: tuple[Officer, ...]
    badges: dict[str, int]
    waiting: int
    returned: int
    runs: tuple[SyncRun, ...]
    version: int
    ready: tuple[DocumentRow, ...] = ()
    pin_for_all: bool = False

    @property
    def last_good(self) -> SyncRun | None:
        """The last run that ended well."""
        return next((run for run in self.runs if run.outcome == "DONE"), None)


def unit_of(books: Books) -> UnitName:
    """Return the unit's names; must be called inside ``with books``."""
    try:
        unit = books.mirrors.unit()
    except Fault as fault:
        if fault.code != "MIRROR_MISSING":
            raise
        return UnitName(books.setting("unit_code"), books.setting("unit_name"), "", known=False)
    return UnitName(unit.unit_code, unit.name, unit.bureau_name, known=True)


def frame_view(books: Books, seat: Seat) -> FrameView:
    """Return what the frame shows to the person at the seat."""
    with books:
        unit = unit_of(books)
        officers = [officer for officer in books.mirrors.officers() if officer.active]
        open_states = (State.PRESENTED, State.CHECKED, State.SIGNED, State.SEALED, State.RETURNED)
        rows = books.documents.rows(states=open_states)
        runs = books.exchange.runs(_RUNS)
        version = books.mirrors.versions().get("public", (0, ""))[0]
        pin_for_all = bool(books.setting(PIN_SETTING))
        head_from = books.mirrors.parameters().number("second_signer_from")
    ready = [row for row in rows if row.state in (State.SIGNED, State.SEALED)]
    mine = waiting_rows(rows, seat, head_from)
    badges: dict[str, int] = {}
    for row in mine:
        page = PAGE_OF_KIND[row.kind]
        badges[page] = badges.get(page, 0) + 1
    return FrameView(
        unit,
        tuple(officers),
        badges,
        len(ready),
        sum(row.state is State.RETURNED for row in mine),
        tuple(runs),
        version,
        tuple(ready),
        pin_for_all,
    )


def waiting_rows(rows: Sequence[DocumentRow], seat: Seat, head_from: Decimal) -> list[DocumentRow]:
    """Return the documents that this person, in this post, must act on.

    Args:
        rows: Documents of any state.
        seat: Who is at the screen.
        head_from: Yuan from which a voucher needs the head's signature too.
    """
    if seat.post is Post.MAKER:
        return [row for row in rows if row.state is State.RETURNED and row.maker == seat.officer]
    if seat.post is Post.CHECKER:
        return [row for row in rows if row.state is State.PRESENTED and row.maker != seat.officer]
    to_sign = [
        row
        for row in rows
        if row.state is State.CHECKED and row.maker != seat.officer and seat.officer not in row.signers
    ]
    if seat.post is Post.HEAD:
        return [row for row in to_sign if row.kind is Kind.VOUCHER and row.amount >= head_from]
    return to_sign
