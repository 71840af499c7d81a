"""F6: from one pane of the window to the next, and around its end."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def focus_next(panes: Sequence[QWidget | None], place: Sequence[QWidget]) -> None:
    """Give the keyboard to the visible pane after the one that holds the place of the cursor."""
    shown = [pane for pane in panes if pane is not None and pane.isVisible()]
    inside = [at for at, pane in enumerate(shown)
              if any(widget is pane or pane.isAncestorOf(widget) for widget in place)]
    if shown:
        shown[((inside[0] if inside else -1) + 1) % len(shown)].setFocus(Qt.FocusReason.TabFocusReason)


def next_size(points: float, sizes: Sequence[float], normal: float, step: int) -> float:
    """Return the size of type one step larger (1) or smaller (-1), within the sizes; 0 is the normal one."""
    at = sizes.index(points) if points in sizes else 1
    return normal if step == 0 else sizes[min(max(at + step, 0), len(sizes) - 1)]
