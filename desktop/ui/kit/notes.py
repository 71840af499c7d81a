"""What a part of the window remembers for this user on this PC: column widths, recent codes, print offsets.

Never the unit's own data: that belongs into the books. A note is a short text, mostly JSON, under a name such as
``columns/vouchers``; a note that cannot be read counts as none.
"""

import json
from typing import Protocol


class Notes(Protocol):
    """Names and texts that outlive the window."""

    def note(self, name: str) -> str:
        """Return the text under a name; empty when there is none."""
        ...

    def keep_note(self, name: str, text: str) -> None:
        """Remember a text under a name; an empty one forgets it."""
        ...


class FleetingNotes:
    """Notes that end with the program."""

    def __init__(self) -> None:
        self._texts: dict[str, str] = {}

    def note(self, name: str) -> str:
        """Return the text under a name; empty when there is none."""
        return self._texts.get(name, "")

    def keep_note(self, name: str, text: str) -> None:
        """Remember a text under a name; an empty one forgets it."""
        if text:
            self._texts[name] = text
        else:
            self._texts.pop(name, None)


def read_note(notes: Notes, name: str) -> object:
    """Return what `write_note` kept; None when there is nothing or it cannot be read."""
    try:
        return json.loads(notes.note(name) or "null")
    except ValueError:
        return None


def write_note(notes: Notes, name: str, value: object) -> None:
    """Remember a value of JSON's kinds; None forgets it."""
    notes.keep_note(name, "" if value is None else json.dumps(value, ensure_ascii=False, separators=(",", ":")))
