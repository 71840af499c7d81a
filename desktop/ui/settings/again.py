"""What a window is closed for when it is to come back: opened anew, or with a backup in the place of the data."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QWidget


@dataclass(slots=True)
class Wish:
    """Filled by the window, read by whoever showed it; outlives the window.

    Attributes:
        again: Open the same workspace once more.
        restore: The backup to put in the place of the data before that; None for none.
    """

    again: bool = False
    restore: Path | None = None

    def taken(self) -> "Wish":
        """Return what is wished, and wish nothing from now on."""
        wished = Wish(self.again, self.restore)
        self.again, self.restore = False, None
        return wished


def open_again(window: QWidget, wish: Wish, restore: Path | None = None) -> None:
    """Close the window, which saves everything, and let the program open it anew; nothing is wished if it stays."""
    wish.again, wish.restore = True, restore
    if not window.close():
        wish.taken()
