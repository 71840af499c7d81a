"""What the status bar says about the selected cells of a budget sheet."""

from collections.abc import Sequence

from desktop.texts import tr
from desktop.ui.documents.figures import figures, filtered
from desktop.ui.grid.statistics import Statistics
from desktop.ui.grid.view import SheetView
from desktop.ui.shell.state import Segment


def segments(found: Statistics, *, in_wan: bool, view: SheetView | None = None,
             ) -> tuple[Sequence[Segment], Sequence[Segment]]:
    """Return what is filtered in the sheet in front and the figures at the left, the unit of money at the right."""
    left = [*(filtered(view) if view is not None else ()), *figures(found, yuan=not in_wan)]
    return left, [Segment(tr("单位：万元") if in_wan else tr("单位：元"), key="money-unit")]
