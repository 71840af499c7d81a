"""The units of this PC: their names without opening them, their colours, and the change from one to another."""

import hashlib
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from desktop.ui.app.opening import Opening
from desktop.ui.kit import tokens
from desktop.ui.kit.notes import Notes, read_note, write_note
from desktop.ui.settings.again import Wish
from desktop.ui.shell.state import UnitItem


@dataclass(slots=True)
class Switching:
    """What outlives one window when another unit is opened in the same run.

    Attributes:
        folders: Gives the workspaces of this PC.
        wanted: The workspace to open next; None: the program ends with its window.
        came_from: Name of the unit that was left; empty in the first one.
        fronts: Folder to the page that was in front when the unit was left.
        wish: To open the same workspace again, perhaps with a backup in the place of its data.
        opening_of: What may be tried with a workspace; None: no other can be looked into.
    """

    folders: Callable[[], Sequence[Path]] = tuple
    wanted: Path | None = None
    came_from: str = ""
    fronts: dict[Path, str] = field(default_factory=dict)
    wish: Wish = field(default_factory=Wish)
    opening_of: Callable[[Path], Opening] | None = None


def default_color(unit_code: str) -> str:
    """Return the colour of a unit for which nobody picked one: always the same for the same code."""
    colors = list(tokens.UNIT_COLORS.values())
    return colors[zlib.crc32(unit_code.encode()) % len(colors)]


def color_of(notes: Notes, unit_code: str) -> str:
    """Return the colour of a unit's stripe."""
    kept = read_note(notes, f"unit/color/{unit_code}")
    return str(kept) if kept in tokens.UNIT_COLORS.values() else default_color(unit_code)


def keep_color(notes: Notes, unit_code: str, color: str) -> None:
    """Remember the colour that was picked for a unit."""
    write_note(notes, f"unit/color/{unit_code}", color)


def keep_name(notes: Notes, folder: Path, code: str, name: str) -> None:
    """Remember whose workspace a folder is, so that it can be named without being opened."""
    write_note(notes, _note(folder), {"code": code, "name": name})


def other_units(notes: Notes, folders: Sequence[Path], here: Path) -> tuple[UnitItem, ...]:
    """Return the other workspaces by the names that are known of them, else by the names of their folders."""
    return tuple(unit_item(notes, folder) for folder in folders if folder.resolve() != here.resolve())


def unit_item(notes: Notes, folder: Path) -> UnitItem:
    """Return one workspace as the switcher shows it."""
    kept = read_note(notes, _note(folder))
    known = kept if isinstance(kept, dict) else {}
    code, name = str(known.get("code", "")), str(known.get("name", "")) or folder.name
    return UnitItem(str(folder), code, name, color_of(notes, code or folder.name))


def folder_key(folder: Path) -> str:
    """Return a short name for a folder in notes: a path may hold any sign, and the notes show nobody's folders."""
    return hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:16]


def _note(folder: Path) -> str:
    return f"unit/name/{folder_key(folder)}"
