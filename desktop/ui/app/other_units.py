"""Looks into the other workspaces of this PC, and runs 一键同步 for them, without leaving the open one."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from desktop.domain.document import Post, State
from desktop.domain.fault import Fault
from desktop.texts.outcome import RunEnd
from desktop.ui.app.installation import Installation
from desktop.ui.app.opening import Opening
from desktop.ui.app.units import other_units
from desktop.ui.kit.notes import Notes
from desktop.ui.shell.state import UnitItem
from desktop.ui.sync.runner import run_end
from desktop.usecases.seat import Seat, seat_of
from desktop.usecases.unit_summary import UnitSummary, unit_summary


class NeighbourUnits:
    """Implements `ui.units.OtherUnits`.

    Args:
        notes: Know the names of units that were open once.
        folders: Gives all workspaces of this PC.
        here: The open one.
        opening_of: What may be tried with a workspace; one that needs a password is not asked for it here.
        switch: Leaves the open unit for a folder.
    """

    def __init__(self, notes: Notes, folders: Callable[[], Sequence[Path]], here: Path,
                 opening_of: Callable[[Path], Opening], switch: Callable[[str], None]) -> None:
        self._notes, self._folders, self._here = notes, folders, here
        self._opening_of, self._switch = opening_of, switch

    def items(self) -> Sequence[UnitItem]:
        """Return the others, the open one left out."""
        return sorted(other_units(self._notes, self._folders(), self._here), key=lambda item: (item.code, item.name))

    def look(self, key: str, *, judge: bool = False) -> UnitSummary:
        """Open one to read and say how it stands."""
        with self._open(key, readonly=True) as one:
            today = one.clock.now().date()
            return unit_summary(one.books(), today, today.year, judge=judge)

    def sync(self, key: str, stop: Callable[[], bool]) -> RunEnd:
        """Run 一键同步 for one; what is signed there goes, nothing is signed here."""
        with self._open(key, readonly=False) as one:
            outcome = one.month_end(lambda work: work(one.books()), _maker(one), stop, lambda report: None).run()
            with one.books() as books:
                left = len(books.documents.rows(states=(State.SIGNED, State.SEALED)))
            return run_end(outcome, left)

    def switch(self, key: str) -> None:
        """Leave the open unit for this one."""
        self._switch(key)

    @contextmanager
    def _open(self, key: str, *, readonly: bool) -> Iterator[Installation]:
        opening = self._opening_of(Path(key))
        if opening.needs_password:
            raise Fault("PASSWORD_NEEDED")
        try:
            installation = opening.open("", readonly)
        except Fault as fault:
            if not readonly or fault.code != "WORKSPACE_READONLY":
                raise
            installation = opening.open("", False)  # of an older program: brought up to date once, then read
        try:
            if installation.workspace.damaged:
                raise Fault("WORKSPACE_DAMAGED", folder=key)
            yield installation
        finally:
            opening.close(installation)


def _maker(one: Installation) -> Seat:
    books = one.books()
    with books:
        makers = [officer for officer in books.mirrors.officers() if Post.MAKER.value in officer.posts]
    if not makers:  # before the first catalogue nobody is known: the PC itself
        return Seat("", "", Post.MAKER, one.clock, one.ids)
    return seat_of(makers[0], Post.MAKER, one.clock, one.ids)
