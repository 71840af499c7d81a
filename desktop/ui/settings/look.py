"""How the window looks and moves for this user: kept in notes, shown at the start and when it changes."""

from dataclasses import dataclass

from PySide6.QtWidgets import QApplication

from desktop.ui.kit import theme, tokens, typography
from desktop.ui.kit.notes import Notes, read_note, write_note
from desktop.ui.shell.top_bar import LOCK_MINUTES

DENSITIES = {"tight": 1.0, "normal": 28 / 24, "wide": 34 / 24}
RIGHT, DOWN = "right", "down"
CONTRAST, DENSITY, DIRECTION, LOCK = "look/contrast", "look/density", "grid/direction", "session/lock"
FIRST_LOCK = 15


@dataclass(frozen=True, slots=True)
class Look:
    """What is kept, apart from the size of the type, which the window's own memory keeps.

    Attributes:
        contrast: A key of `tokens.TABLES`.
        density: A key of `DENSITIES`.
        direction: Where Enter leads in tables, `RIGHT` or `DOWN`.
        lock_minutes: Minutes without a key after which the window locks; 0 for never.
    """

    contrast: str
    density: str
    direction: str
    lock_minutes: int


def read_look(notes: Notes) -> Look:
    """Return what is kept; what cannot be read is as at first."""
    contrast, density = read_note(notes, CONTRAST), read_note(notes, DENSITY)
    direction, minutes = read_note(notes, DIRECTION), read_note(notes, LOCK)
    return Look(
        contrast if isinstance(contrast, str) and contrast in tokens.TABLES else tokens.NORMAL_COLORS,
        density if isinstance(density, str) and density in DENSITIES else "tight",
        DOWN if direction == DOWN else RIGHT,
        minutes if isinstance(minutes, int) and minutes in LOCK_MINUTES else FIRST_LOCK,
    )


def show_contrast(notes: Notes, name: str) -> None:
    """Show other colours and remember them."""
    write_note(notes, CONTRAST, name or None)
    app = QApplication.instance()
    if isinstance(app, QApplication):
        theme.set_contrast(app, name)


def show_density(notes: Notes, name: str) -> None:
    """Make rows higher or lower and remember it."""
    write_note(notes, DENSITY, name)
    typography.set_density(DENSITIES[name])


def show_kept(notes: Notes) -> None:
    """Show what was kept; called once, before the first window."""
    look = read_look(notes)
    typography.set_density(DENSITIES[look.density])
    app = QApplication.instance()
    if isinstance(app, QApplication) and look.contrast:
        theme.set_contrast(app, look.contrast)
