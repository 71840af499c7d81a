"""What was read or written and still holds, so that it need not be read again; one for each open workspace."""

from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Any

from desktop.domain.document import Content

Tips = tuple[tuple[int, str] | None, int | None]

CONTENTS = 256  # documents; a budget is some 200 KB of values
WRITTEN = 16


@dataclass(slots=True)
class Memory:
    """Belongs to the thread of the books.

    Attributes:
        mirrors: Values of the mirrors; emptied whenever mirrors are written.
        contents: Contents by digest as decoded, the latest used last; a digest's content never changes.
        written: Contents by digest as they were put, which may hold text in another normal form than the bytes do: good
            for telling what changes next, never handed out.
        audit_tip: Number and hash of the audit's last row; None when it has to be read.
        change_no: The last number of a change of a document; None when it has to be read.
    """

    mirrors: dict[object, Any] = field(default_factory=dict)
    contents: OrderedDict[str, Content] = field(default_factory=OrderedDict)
    written: OrderedDict[str, Content] = field(default_factory=OrderedDict)
    audit_tip: tuple[int, str] | None = None
    change_no: int | None = None

    def content(self, digest: str) -> Content | None:
        """Return a content that was decoded not long ago."""
        found = self.contents.get(digest)
        if found is not None:
            self.contents.move_to_end(digest)
        return found

    def remember(self, digest: str, content: Content) -> None:
        """Keep a content that was decoded from the bytes of that digest."""
        self.contents[digest] = content
        if len(self.contents) > CONTENTS:
            self.contents.popitem(last=False)

    def remember_written(self, digest: str, content: Content) -> None:
        """Keep a content whose bytes of that digest were put just now."""
        self.written[digest] = content
        if len(self.written) > WRITTEN:
            self.written.popitem(last=False)

    def tips(self) -> Tips:
        """Return the last numbers, to go back to when the transaction is undone."""
        return self.audit_tip, self.change_no

    def go_back(self, tips: Tips) -> None:
        """Take the numbers of before a transaction that was undone."""
        self.audit_tip, self.change_no = tips
