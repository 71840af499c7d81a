"""Where backups go: the first place, and a second one on another disk.

Stands openly in the workspace's folder, because it is wanted just when the database cannot be opened; it holds two
paths and nothing of the unit.
"""

from dataclasses import dataclass

from desktop.storage.codec import NotReadable, decode, encode
from desktop.storage.layout import Layout, read_small, write_small

FILE_NAME = "backups.json"
_LARGEST = 16 << 10


@dataclass(frozen=True, slots=True)
class Places:
    """Folders chosen by people.

    Attributes:
        first: In place of the workspace's own ``backups``; empty for that.
        second: Gets a copy of each backup; empty for none.
        copied_at: When the last copy was made there, local time with zone; empty when none was.
    """

    first: str = ""
    second: str = ""
    copied_at: str = ""


def read_places(layout: Layout) -> Places:
    """Return the places; a file that cannot be read counts as none."""
    data = read_small(layout.folder / FILE_NAME, _LARGEST)
    try:
        return Places() if data is None else decode(data, Places)
    except NotReadable:
        return Places()


def write_places(layout: Layout, places: Places) -> None:
    """Remember the places.

    Raises:
        WorkspaceFault: DISK_FULL, DISK_FAILED.
    """
    write_small(layout.folder / FILE_NAME, encode(places))
