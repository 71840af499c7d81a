"""What the two sides of a link say to each other around the containers: numbers, headers and small values.

The containers prove themselves; nothing here is trusted for more than the course of a session (R6).
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, ClassVar

from msgspec import Meta

from sync.envelope import pae
from sync.fields import Canonical, Count, Digest, Moment, Name, Number, Stream, Uuid
from sync.manifest import Tip

PROGRAM = "0.1.0"  # what this client says of itself; the project's version

# Versions of the HTTP protocol, and since when:
#   1  0.1.0  session, hello, batches, uploads, receipts, root, head, catalogue
PROTOCOL = 1
OLDEST_PROTOCOL = 1

PROTOCOL_HEADER = "BSP-Protocol"
PROGRAM_HEADER = "BSP-Program"
OFFSET_HEADER = "Upload-Offset"
CHECKSUM_HEADER = "Upload-Checksum"
CONTAINER_TYPE = "application/vnd.budgetdesk.container"
PROBLEM_TYPE = "application/problem+json"

CHUNK = 256 << 10  # bytes of one piece of an upload
RECEIPTS_AT_ONCE = 50
SESSION = "application/vnd.budgetdesk.session+json;v=1"

UploadStage = Annotated[str, Meta(pattern=r"\A(receiving|held|arrived|decided|refused)\Z")]


@dataclass(frozen=True, slots=True)
class Hello(Canonical):
    """The platform's greeting to a signed-in stream.

    Attributes:
        platform: Its name, the ``audience`` of batches.
        protocol: The newest HTTP protocol it speaks.
        oldest_protocol: The oldest one it still speaks.
        min_program: Oldest program that may take part.
        server_time: Its time; shown beside ours, decides nothing (R9).
        max_container: Bytes of the largest container it takes.
        max_chunk: Bytes of the largest piece of an upload.
        tip: The last booked point of the stream.
        last_receipt_no: The last receipt it wrote for the stream, 0 before the first.
        notice: A line for the people at the unit, may be empty.
    """

    platform: Name
    protocol: Number
    oldest_protocol: Number
    min_program: Name
    server_time: Moment
    max_container: Number
    max_chunk: Number
    tip: Tip
    last_receipt_no: Count
    notice: str = ""

    def clock_difference(self, now: datetime) -> int:
        """Return seconds by which the clock of this PC is ahead of the platform's, negative when behind."""
        return round((now - datetime.fromisoformat(self.server_time)).total_seconds())


@dataclass(frozen=True, slots=True)
class Announcement(Canonical):
    """What is said of a batch before its bytes: enough to refuse early, and to find a known one."""

    id: Uuid
    stream: Stream
    epoch: Number
    seq: Number
    size: Number
    sm3: Digest


@dataclass(frozen=True, slots=True)
class UploadState(Canonical):
    """Where the platform stands with a batch.

    Attributes:
        stage: ``receiving`` until the bytes are complete and verified.
        offset: Bytes that it holds while receiving.
    """

    stage: UploadStage
    offset: Count = 0


@dataclass(frozen=True, slots=True)
class _Challenge(Canonical):
    stream: Stream
    platform: Name
    nonce: Digest

    PAYLOAD_TYPE: ClassVar[str] = SESSION


def session_message(stream: str, platform: str, nonce: str) -> bytes:
    """Return the bytes that a writer's key signs to open a session.

    The platform's name is inside, so that one platform cannot use the answer at another; the payload type keeps the
    signature from being shown as anything else.
    """
    return pae(SESSION, _Challenge(stream, platform, nonce).to_bytes())


def too_old(program: str, oldest: str) -> bool:
    """Tell whether a program version is below the oldest one allowed; versions are numbers with dots.

    Anything that is no such version counts as too old.
    """
    return _numbers(program) < _numbers(oldest)


def _numbers(version: str) -> tuple[int, ...]:
    parts = version.split(".")
    return tuple(int(part) for part in parts) if all(part.isascii() and part.isdecimal() for part in parts) else (-1,)

