"""The other units of this PC as pages see them; the window gives the way to them."""

from collections.abc import Callable, Sequence
from typing import Protocol

from desktop.texts.outcome import RunEnd
from desktop.ui.shell.state import UnitItem
from desktop.usecases.unit_summary import UnitSummary


class OtherUnits(Protocol):
    """Workspaces beside the one that is open. Everything but `items` and `switch` runs in a worker of the net."""

    def items(self) -> Sequence[UnitItem]:
        """Return them, by name, the open one left out."""
        ...

    def look(self, key: str, *, judge: bool = False) -> UnitSummary:
        """Open one to read, say how it stands, and close it; `Fault` or `ExchangeFault` when it does not open."""
        ...

    def sync(self, key: str, stop: Callable[[], bool]) -> RunEnd:
        """Open one, run 一键同步 for it, and close it; `Fault` or `ExchangeFault` when it does not open."""
        ...

    def switch(self, key: str) -> None:
        """Leave the open unit for this one."""
        ...
