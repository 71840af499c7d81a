"""The framed ``.bsp`` file: one format for every direction.

::

    "BSP1\\n"
    'H' len64 header        canonical JSON, not secret
    'F' len64 frame 0       the signed envelope
    'F' len64 frame 1..n    the parts
    'T' len64 SM3           32 bytes over everything before

Lengths are 8 bytes, most significant first. A reader takes exactly this order and nothing behind the trailer. This
module knows the framing alone; what a frame holds is known to ``frames`` and ``batch``. The trailer finds a bad copy at
once; security does not rest on it.
"""

import io
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Annotated, BinaryIO, Self

from msgspec import Meta

from sync import canonical
from sync.crypto import Sm3
from sync.durable import disk_fault
from sync.faults import ContentInvalid, DamagedFile, FormatTooNew, NotOurs, TooLarge
from sync.fields import Base64, Canonical, KeyId, Number, Uuid, require_unique

MAGIC = b"BSP1\n"
FORMAT = 1  # since the first release; another number means another reader
_TAG_AND_LENGTH = 9
_BLOCK = 1 << 20

Source = Path | bytes


@dataclass(frozen=True, slots=True)
class Limits:
    """What a reader takes at most; a hostile file is refused before anything is read into memory.

    Attributes:
        container: Bytes of the whole file.
        header: Bytes of the header.
        frames: Number of frames.
        envelope: Bytes of the unpacked envelope, frame 0.
        chunk: Bytes of any other unpacked frame.
        whole_part: Bytes of a part that is read in one piece; longer ones are streamed.
    """

    container: int = 4 << 30
    header: int = 64 << 10
    frames: int = 65_536
    envelope: int = 8 << 20
    chunk: int = 4 << 20
    whole_part: int = 64 << 20

    @property
    def stored_frame(self) -> int:
        """Bytes of a frame as it lies in the file: what does not compress grows a little."""
        return max(self.envelope, self.chunk) + (64 << 10)


LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class WrappedKey:
    """The container's key, wrapped for one recipient: SM2, C1C3C2 in DER, base64."""

    to: KeyId
    key: Base64
    alg: Annotated[str, Meta(pattern=r"\Asm2-c1c3c2\Z")] = "sm2-c1c3c2"


@dataclass(frozen=True, slots=True)
class Header(Canonical):
    """What everybody may read about a container; bound to its frames as associated data.

    Attributes:
        kind: ``batch``, ``receipt``, ``catalogue`` ...: must agree with the payload type inside.
        id: Must agree with the manifest inside.
        frames: How many frames follow.
        enc: ``sm4-gcm`` or ``none``.
        nonce_prefix: 8 random bytes in hex; only with encryption.
        wrapped: The key for each recipient; only with encryption.
    """

    kind: Annotated[str, Meta(pattern=r"\A[a-z]{1,20}\Z")]
    id: Uuid
    frames: Number
    enc: Annotated[str, Meta(pattern=r"\A(sm4-gcm|none)\Z")] = "none"
    nonce_prefix: Annotated[str, Meta(pattern=r"\A[0-9a-f]{16}\Z")] | None = None
    wrapped: Annotated[tuple[WrappedKey, ...], Meta(max_length=16)] = ()
    format: Number = FORMAT

    def __post_init__(self) -> None:
        if (self.enc == "none") != (self.nonce_prefix is None) or (self.enc == "none") != (not self.wrapped):
            raise ValueError("nonce prefix and wrapped keys belong to encryption, and encryption needs both")
        require_unique("recipient", (one.to for one in self.wrapped))


class ContainerWriter:
    """Writes one container frame by frame into an open file; the caller makes the file durable."""

    def __init__(self, file: BinaryIO, header: Header) -> None:
        self._file, self._hash, self._left = file, Sm3(), header.frames
        self.size = 0
        self.header_bytes = header.to_bytes()
        self._write(MAGIC)
        self._write_record(b"H", self.header_bytes)

    def add(self, frame: bytes) -> None:
        """Append the next frame.

        Raises:
            ValueError: The header promised fewer.
        """
        if self._left == 0:
            raise ValueError("more frames than the header promised")
        self._left -= 1
        self._write_record(b"F", frame)

    def finish(self) -> str:
        """Append the trailer.

        Returns:
            SM3 of the whole file: what an upload announces. Its size stands in ``size``.

        Raises:
            ValueError: The header promised more frames.
        """
        if self._left:
            raise ValueError("fewer frames than the header promised")
        self._write_record(b"T", self._hash.digest())
        return self._hash.hexdigest()

    def _write_record(self, tag: bytes, body: bytes) -> None:
        self._write(tag + len(body).to_bytes(8, "big"))
        self._write(body)

    def _write(self, data: bytes) -> None:
        self._hash.update(data)
        self._file.write(data)
        self.size += len(data)


class ContainerReader:
    """Reads one container frame by frame.

    Making it walks the whole structure (magic, header, every tag and length, the end), so that afterwards every frame
    is known to lie inside the file; contents are not looked at.

    Attributes:
        header: As read; nothing in it is proven yet.
        header_bytes: The same as bytes: the associated data of the frames.
        size: Bytes of the file.

    Raises:
        NotOurs: Another kind of file.
        FormatTooNew: A container of a later format.
        DamagedFile: Cut, or not in the one order.
        TooLarge: A limit is passed.
        ContentInvalid: The header breaks a rule.
        DiskFailed: The file cannot be read.
    """

    def __init__(self, source: Source, limits: Limits = LIMITS) -> None:
        self._path = Path("memory") if isinstance(source, bytes) else source
        self._limits = limits
        try:
            self._file: BinaryIO = io.BytesIO(source) if isinstance(source, bytes) else source.open("rb")
        except OSError as reason:
            raise disk_fault(reason, self._path) from reason
        try:
            self.size = self._file.seek(0, os.SEEK_END)
            self._file.seek(0)
            self.header_bytes = self._read_header()
            self.header = _parse_header(self.header_bytes, limits)
            self._frames = self._find_frames()
        except OSError as reason:
            self.close()
            raise disk_fault(reason, self._path) from reason
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let the file go."""
        self._file.close()

    def verify_trailer(self) -> str:
        """Compare the trailer with everything before it.

        Returns:
            SM3 of the whole file.

        Raises:
            DamagedFile: They differ.
        """
        end = self.size - _TAG_AND_LENGTH - 32
        state = Sm3()
        self._file.seek(0)
        while end:
            block = self._read(min(_BLOCK, end))
            state.update(block)
            end -= len(block)
        expected = state.digest()
        tail = self._read(_TAG_AND_LENGTH + 32)
        if tail[_TAG_AND_LENGTH:] != expected:
            raise DamagedFile(what="trailer")
        state.update(tail)
        return state.hexdigest()

    def frame(self, number: int) -> bytes:
        """Read one frame as it is stored; 0 is the envelope."""
        start, length = self._frames[number]
        self._file.seek(start)
        return self._read(length)

    def frames(self) -> Iterator[bytes]:
        """Read all frames as they are stored, in order."""
        return (self.frame(number) for number in range(len(self._frames)))

    def _read_header(self) -> bytes:
        if self.size > self._limits.container:
            raise TooLarge(what="container", limit=str(self._limits.container), found=str(self.size))
        magic = self._file.read(len(MAGIC))
        if magic != MAGIC:
            if self.size < len(MAGIC) and MAGIC.startswith(magic):
                raise DamagedFile(what="magic")  # cut very early: an empty file on a stick
            if magic[:3] == MAGIC[:3] and magic[3:4].isdigit() and magic[4:] == MAGIC[4:]:
                raise FormatTooNew(what="container", found=magic[3:4].decode("ascii"), known=str(FORMAT))
            raise NotOurs()
        return self._read(self._next_length(b"H", "header", self._limits.header))

    def _find_frames(self) -> list[tuple[int, int]]:
        found: list[tuple[int, int]] = []
        for _ in range(self.header.frames):
            length = self._next_length(b"F", "frame", self._limits.stored_frame)
            start = self._file.tell()
            if length > self.size - start:
                raise DamagedFile(what="frame")
            found.append((start, length))
            self._file.seek(start + length)
        if self._next_length(b"T", "trailer", 32) != 32 or self.size - self._file.tell() != 32:
            raise DamagedFile(what="trailer")
        return found

    def _next_length(self, tag: bytes, what: str, limit: int) -> int:
        record = self._read(_TAG_AND_LENGTH)
        if record[:1] != tag:
            raise DamagedFile(what=what)
        length = int.from_bytes(record[1:], "big")
        if length > limit:
            raise TooLarge(what=what, limit=str(limit), found=str(length))
        return length

    def _read(self, length: int) -> bytes:
        try:
            data = self._file.read(length)
        except OSError as reason:
            raise disk_fault(reason, self._path) from reason
        if len(data) != length:
            raise DamagedFile(what="end of file")
        return data


def _parse_header(data: bytes, limits: Limits) -> Header:
    fields = canonical.decode(data)
    if not isinstance(fields, dict):
        raise ContentInvalid(what="header", reason="not an object")
    # The number comes first: a later format may have other fields, and is then "too new", not "invalid".
    found = fields.get("format")
    if found != FORMAT or isinstance(found, bool):
        raise FormatTooNew(what="container", found=str(found)[:20], known=str(FORMAT))
    header = Header.from_exact_bytes(data)
    if header.frames > limits.frames:
        raise TooLarge(what="frames", limit=str(limits.frames), found=str(header.frames))
    return header
