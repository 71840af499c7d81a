"""Sealing, opening and verifying containers of every kind.

Sealing makes the whole file once: parts are digested, the manifest lists them, the signers sign it, and everything is
written under a temporary name, made durable and renamed. Opening proves that the bytes are whole and agree with the
manifest; it does *not* prove who signed. That is ``verify``, a step of its own with the keys that are trusted.
"""

import io
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, TypeVar

from sync.container import LIMITS, ContainerReader, ContainerWriter, Header, Limits, Source
from sync.crypto import KeyUnwrap, PublicKey, Signer, Sm3
from sync.durable import disk_fault, new_file
from sync.envelope import Envelope, sign
from sync.faults import ContentInvalid, DamagedFile, TooLarge
from sync.fields import Manifest
from sync.frames import FramePacker, FrameUnpacker
from sync.manifest import Part, digest_of, kind_of, read_manifest

CHUNK = LIMITS.chunk  # a part is cut every 4 MiB, the last piece is what remains; an empty part is one empty frame
_KEPT = 4 << 20  # parts up to this total stay in memory after opening: most batches are read once

AnyManifest = TypeVar("AnyManifest", bound=Manifest)


@dataclass(frozen=True, slots=True)
class PartSource:
    """What becomes a part: bytes, or a file that must not change until the container is sealed.

    Attributes:
        name: Label inside the container, ASCII, unique without regard to case.
        media_type: E.g. ``application/x-ndjson``.
        content: The bytes, or where they lie.
        records: How many records it holds; 1 for an attachment.
    """

    name: str
    media_type: str
    content: bytes | Path
    records: int = 1


@dataclass(frozen=True, slots=True)
class Sealed:
    """A container that is on disk for good.

    Attributes:
        id: UUID of the container.
        digest: SM3 of the manifest bytes: names the batch in chains and receipts.
        size: Bytes of the file.
        file_sm3: SM3 of the file: what an upload announces.
    """

    path: Path
    id: str
    digest: str
    size: int
    file_sm3: str


@dataclass(frozen=True, slots=True)
class SealedBytes:
    """A container in memory; see ``Sealed``."""

    data: bytes
    id: str
    digest: str
    file_sm3: str


@dataclass(frozen=True, slots=True)
class Opened:
    """A container whose bytes are whole and agree with its manifest; who signed is for ``verify`` to say.

    Attributes:
        header: Not secret, bound to the frames.
        envelope: The signed manifest as it came.
        manifest_bytes: The exact signed bytes: keep them, they are the proof.
        manifest: The same, read.
        parts: By name.
        size: Bytes of the file.
        file_sm3: SM3 of the file.
    """

    header: Header
    envelope: Envelope
    manifest_bytes: bytes
    manifest: Manifest
    parts: Mapping[str, Part]
    size: int
    file_sm3: str
    _contents: "_Contents" = field(repr=False, compare=False)

    @property
    def digest(self) -> str:
        """SM3 of the manifest bytes: names the batch in chains and receipts."""
        return digest_of(self.manifest_bytes)

    def expect(self, kind: type[AnyManifest]) -> AnyManifest:
        """Give the manifest as one of its kind.

        Raises:
            ContentInvalid: The container holds another kind.
        """
        if not isinstance(self.manifest, kind):
            raise ContentInvalid(what=self.header.kind, reason=f"expected {kind.__name__}")
        return self.manifest

    def read(self, name: str) -> bytes:
        """Give a part whole.

        Raises:
            KeyError: No such part.
            TooLarge: Above 64 MiB; use ``stream``.
            DamagedFile: The file changed since it was opened.
        """
        return self._contents.read(self.parts[name])

    def stream(self, name: str) -> Iterator[bytes]:
        """Give a part in pieces of at most 4 MiB; raises as ``read`` does, the digest being compared at the end."""
        return self._contents.stream(self.parts[name])


@dataclass(frozen=True, slots=True)
class Peek:
    """What a container shows without a key; nothing of it is proven."""

    header: Header
    trailer_ok: bool
    size: int


def seal(
    path: Path,
    *,
    kind: str,
    payload_type: str,
    manifest: Callable[[tuple[Part, ...]], Manifest],
    parts: Iterable[PartSource],
    signers: Sequence[Signer],
    recipients: Sequence[PublicKey] = (),
    replace: bool = False,
) -> Sealed:
    """Write a signed container: complete and durable under its name, or not at all.

    Args:
        path: Final name; its folder exists.
        kind: Word of the payload type, e.g. ``batch``.
        payload_type: One of the constants of ``manifest``.
        manifest: Given the digested parts in order, makes the manifest that lists them.
        parts: In the order of the container.
        signers: At least one.
        recipients: Who may open it, the sender included; nobody means that it is not encrypted.
        replace: Whether a file of that name may be replaced. A sealed batch never is.

    Raises:
        TargetExists: A file stands there and may not be replaced.
        DiskFull, DiskFailed: See ``durable``.
        ContentInvalid: A part's file changed while it was sealed.
        TooLarge: The manifest is larger than a reader takes.
    """
    plan = _Plan(kind, payload_type, manifest, tuple(parts), signers, recipients)
    with new_file(path, replace=replace) as file:
        size, file_sm3 = plan.write(file)
    return Sealed(path, plan.id, plan.digest, size, file_sm3)


def seal_bytes(
    *,
    kind: str,
    payload_type: str,
    manifest: Callable[[tuple[Part, ...]], Manifest],
    parts: Iterable[PartSource] = (),
    signers: Sequence[Signer],
    recipients: Sequence[PublicKey] = (),
) -> SealedBytes:
    """Make a small signed container in memory, e.g. a receipt; see ``seal``."""
    plan = _Plan(kind, payload_type, manifest, tuple(parts), signers, recipients)
    file = io.BytesIO()
    _, file_sm3 = plan.write(file)
    return SealedBytes(file.getvalue(), plan.id, plan.digest, file_sm3)


def container_id(manifest: Manifest, manifest_bytes: bytes) -> str:
    """Give the id that a container's header must carry.

    A manifest with an ``id`` names its container; another one (a receipt, a head, a root) is named by its own digest,
    written as a UUID of version 8.
    """
    own: str | None = getattr(manifest, "id", None)
    if own is not None:
        return own
    digits = list(digest_of(manifest_bytes)[:32])
    digits[12], digits[16] = "8", "89ab"[int(digits[16], 16) % 4]
    return str(uuid.UUID("".join(digits)))


def open_sealed(source: Source, *, keys: Iterable[KeyUnwrap] = (), limits: Limits = LIMITS) -> Opened:
    """Open a container and prove that its bytes are whole.

    Checked in this order: structure and limits, trailer, encryption of every frame, envelope, manifest, agreement of
    header and manifest, size and SM3 of every part. Nothing stays open; a file must stay where it is while parts are
    read from it.

    Args:
        source: A file, or the bytes of one.
        keys: Those at hand for opening; none are needed for a container that is not encrypted.
        limits: What is taken at most.

    Raises:
        ExchangeFault: NotOurs, FormatTooNew, DamagedFile, TooLarge, ContentInvalid, WrongRecipient, DiskFailed.
    """
    with ContainerReader(source, limits) as reader:
        file_sm3 = reader.verify_trailer()
        unpacker = FrameUnpacker(reader.header, reader.header_bytes, keys)
        envelope = Envelope.from_bytes(unpacker.unpack(0, reader.frame(0), limits.envelope))
        manifest = read_manifest(envelope.payload_type, envelope.payload)
        if reader.header.kind != kind_of(envelope.payload_type):
            raise ContentInvalid(what="header", reason="kind is not that of the payload")
        if reader.header.id != container_id(manifest, envelope.payload):
            raise ContentInvalid(what="header", reason="id is not that of the manifest")
        parts: tuple[Part, ...] = getattr(manifest, "parts", ())
        contents = _Contents(source, limits, unpacker, parts)
        contents.check_all(reader)
    return Opened(
        reader.header,
        envelope,
        envelope.payload,
        manifest,
        {part.name: part for part in parts},
        reader.size,
        file_sm3,
        contents,
    )


def verify(opened: Opened, keys: Mapping[str, PublicKey], threshold: int = 1) -> list[str]:
    """Prove that enough trusted keys signed the manifest of an opened container.

    Args:
        opened: As ``open_sealed`` gave it.
        keys: The trusted keys by key id, e.g. ``root.keys_of("receipt")`` or the stream's registered key.
        threshold: How many different ones must have signed, at least 1.

    Returns:
        The ids of the keys whose signature is valid.

    Raises:
        BadSignature: Too few.
    """
    return opened.envelope.require(keys, threshold)


def peek(source: Source) -> Peek:
    """Read what a container shows without a key; a wrong trailer is told, not raised.

    Raises:
        ExchangeFault: It is no container, or its structure is broken.
    """
    with ContainerReader(source) as reader:
        try:
            reader.verify_trailer()
        except DamagedFile:
            return Peek(reader.header, False, reader.size)
        return Peek(reader.header, True, reader.size)


class _Contents:
    """The parts of an opened container: small ones in memory, others read and proven again when asked for."""

    def __init__(self, source: Source, limits: Limits, unpacker: FrameUnpacker, parts: tuple[Part, ...]) -> None:
        self._source, self._limits, self._unpacker, self._parts = source, limits, unpacker, parts
        self._first_frame: dict[str, int] = {}
        self._kept: dict[str, bytes] = {}
        number = 1
        for part in parts:
            self._first_frame[part.name] = number
            number += _frame_count(part)
        self._frames = number

    def check_all(self, reader: ContainerReader) -> None:
        """Prove every part while the container is open."""
        if reader.header.frames != self._frames:
            raise ContentInvalid(what="header", reason="frames are not those of the parts")
        room = _KEPT
        for part in self._parts:
            keep = part.size <= room
            pieces = [piece for piece in self._proven(reader, part) if keep]
            if keep:
                self._kept[part.name] = b"".join(pieces)
                room -= part.size

    def read(self, part: Part) -> bytes:
        if part.size > self._limits.whole_part:
            raise TooLarge(what=part.name, limit=str(self._limits.whole_part), found=str(part.size))
        return b"".join(self.stream(part))

    def stream(self, part: Part) -> Iterator[bytes]:
        kept = self._kept.get(part.name)
        if kept is not None:
            yield kept
            return
        with ContainerReader(self._source, self._limits) as reader:
            yield from self._proven(reader, part)

    def _proven(self, reader: ContainerReader, part: Part) -> Iterator[bytes]:
        """Give the pieces of a part; at the end its digest is compared."""
        state, left = Sm3(), part.size
        for number in range(self._first_frame[part.name], self._first_frame[part.name] + _frame_count(part)):
            piece = self._unpacker.unpack(number, reader.frame(number), self._limits.chunk)
            if len(piece) != min(CHUNK, left):
                raise DamagedFile(what=part.name)
            left -= len(piece)
            state.update(piece)
            yield piece
        if state.hexdigest() != part.sm3:
            raise DamagedFile(what=part.name)


class _Plan:
    """Everything decided before the first byte is written."""

    def __init__(
        self,
        kind: str,
        payload_type: str,
        manifest: Callable[[tuple[Part, ...]], Manifest],
        sources: tuple[PartSource, ...],
        signers: Sequence[Signer],
        recipients: Sequence[PublicKey],
    ) -> None:
        self._sources = sources
        self._parts = tuple(_describe(source) for source in sources)
        value = manifest(self._parts)
        if payload_type != value.PAYLOAD_TYPE or kind_of(payload_type) != kind:
            raise ValueError(f"kind {kind}, {payload_type} and {type(value).__name__} do not belong together")
        if tuple(getattr(value, "parts", ())) != self._parts:
            raise ValueError("the manifest does not list the parts of the container")
        payload = value.to_bytes()
        self.digest, self.id = digest_of(payload), container_id(value, payload)
        self._envelope = sign(payload_type, payload, signers).to_bytes()
        if len(self._envelope) > LIMITS.envelope:
            raise TooLarge(what="manifest", limit=str(LIMITS.envelope), found=str(len(self._envelope)))
        frames = 1 + sum(_frame_count(part) for part in self._parts)
        if frames > LIMITS.frames:
            raise TooLarge(what="frames", limit=str(LIMITS.frames), found=str(frames))
        self._packer = FramePacker(kind=kind, container_id=self.id, frames=frames, recipients=recipients)

    def write(self, file: BinaryIO) -> tuple[int, str]:
        """Write the container; gives its size and the SM3 of its bytes."""
        writer = ContainerWriter(file, self._packer.header)
        writer.add(self._packer.pack(0, self._envelope))
        number = 1
        for source, part in zip(self._sources, self._parts, strict=True):
            state = Sm3()
            for chunk in _chunks(source):
                state.update(chunk)
                writer.add(self._packer.pack(number, chunk))
                number += 1
            if state.hexdigest() != part.sm3:
                raise ContentInvalid(what=part.name, reason="changed while it was sealed")
        file_sm3 = writer.finish()
        return writer.size, file_sm3


def _describe(source: PartSource) -> Part:
    state, size = Sm3(), 0
    for chunk in _chunks(source):
        state.update(chunk)
        size += len(chunk)
    return Part(source.name, source.media_type, state.hexdigest(), size, source.records)


def _chunks(source: PartSource) -> Iterator[bytes]:
    """Give the pieces of a part as they become frames; at least one."""
    if isinstance(source.content, bytes):
        for at in range(0, max(len(source.content), 1), CHUNK):
            yield source.content[at : at + CHUNK]
        return
    try:
        with source.content.open("rb") as file:
            yield (chunk := file.read(CHUNK))
            while len(chunk) == CHUNK and (chunk := file.read(CHUNK)):
                yield chunk
    except OSError as reason:
        raise disk_fault(reason, source.content) from reason


def _frame_count(part: Part) -> int:
    return max(1, -(-part.size // CHUNK))
