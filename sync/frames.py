"""What lies in a frame: zstd, then SM4-GCM under the container's key.

Every frame has its own nonce (prefix of the header, number of the frame) and is bound to the header and to its place:
frames can be neither swapped, nor taken from another container, nor put under another header.
"""

import base64
import binascii
import secrets
from collections.abc import Iterable, Sequence

import zstandard

from sync.container import Header, WrappedKey
from sync.crypto import SM4_KEY_SIZE, KeyUnwrap, PublicKey, sm4_gcm_open, sm4_gcm_seal, wrap_key
from sync.faults import DamagedFile, TooLarge, WrongRecipient

LEVEL = 10
MAX_WINDOW = 8 << 20
_ZSTD_MAGIC = bytes.fromhex("28b52ffd")


class FramePacker:
    """Compresses and seals the frames of one container under a fresh key.

    Attributes:
        header: The container's header, with the key wrapped for every recipient; without recipients nothing is hidden.
    """

    def __init__(self, *, kind: str, container_id: str, frames: int, recipients: Sequence[PublicKey]) -> None:
        self._compressor = zstandard.ZstdCompressor(level=LEVEL, write_content_size=True)
        self._key = secrets.token_bytes(SM4_KEY_SIZE) if recipients else None
        self._prefix = secrets.token_bytes(8)
        wrapped = tuple(
            WrappedKey(key.key_id, base64.b64encode(wrap_key(key, self._key)).decode("ascii"))
            for key in dict.fromkeys(recipients)
            if self._key is not None
        )
        self.header = Header(
            kind=kind,
            id=container_id,
            frames=frames,
            enc="sm4-gcm" if recipients else "none",
            nonce_prefix=self._prefix.hex() if recipients else None,
            wrapped=wrapped,
        )
        self._header_bytes = self.header.to_bytes()

    def pack(self, number: int, plain: bytes) -> bytes:
        """Give frame ``number`` as it is stored; each number once."""
        packed = self._compressor.compress(plain)
        if self._key is None:
            return packed
        return sm4_gcm_seal(self._key, _nonce(self._prefix, number), packed, _associated(self._header_bytes, number))


class FrameUnpacker:
    """Opens the frames of one container.

    Raises:
        WrongRecipient: None of the keys is a recipient's.
        DamagedFile: The wrapped key does not open.
    """

    def __init__(self, header: Header, header_bytes: bytes, keys: Iterable[KeyUnwrap]) -> None:
        self._header_bytes = header_bytes
        self._decompressor = zstandard.ZstdDecompressor(max_window_size=MAX_WINDOW)
        self._key = None if header.nonce_prefix is None else _unwrap(header, keys)
        self._prefix = bytes.fromhex(header.nonce_prefix or "")

    def unpack(self, number: int, stored: bytes, limit: int) -> bytes:
        """Give the content of frame ``number``.

        Args:
            number: Its place in the container.
            stored: As it lies in the file.
            limit: Bytes it may have unpacked; memory for more is never taken.

        Raises:
            DamagedFile: Not sealed with this key for this place, or not one whole zstd frame.
            TooLarge: It says that it is larger.
        """
        packed = stored
        if self._key is not None:
            packed = sm4_gcm_open(
                self._key, _nonce(self._prefix, number), stored, _associated(self._header_bytes, number)
            )
        return self._decompress(packed, limit)

    def _decompress(self, packed: bytes, limit: int) -> bytes:
        try:
            if packed[:4] != _ZSTD_MAGIC:
                raise DamagedFile(what="compressed frame")  # a skippable frame is no content
            declared = zstandard.get_frame_parameters(packed)
            if declared.content_size > limit:
                # Also a size that is not declared at all, which reads as the largest number.
                raise TooLarge(what="unpacked frame", limit=str(limit))
            if declared.window_size > MAX_WINDOW:
                raise TooLarge(what="zstd window", limit=str(MAX_WINDOW), found=str(declared.window_size))
            if declared.content_size == 0:
                return self._decompress_empty(packed)
            return self._decompressor.decompress(packed, max_output_size=limit, allow_extra_data=False)
        except zstandard.ZstdError as reason:
            raise DamagedFile(what="compressed frame") from reason

    def _decompress_empty(self, packed: bytes) -> bytes:
        """Read the frame of an empty part: the library answers at once there and would not look at the rest."""
        reader = self._decompressor.decompressobj()
        plain = reader.decompress(packed)
        if plain or not reader.eof or reader.unused_data:
            raise DamagedFile(what="compressed frame")
        return plain


def _unwrap(header: Header, keys: Iterable[KeyUnwrap]) -> bytes:
    at_hand = {key.key_id: key for key in keys}
    for one in header.wrapped:
        key = at_hand.get(one.to)
        if key is None:
            continue
        try:
            secret = key.unwrap(base64.b64decode(one.key, validate=True))
        except binascii.Error as reason:
            raise DamagedFile(what="wrapped key") from reason
        if len(secret) != SM4_KEY_SIZE:
            raise DamagedFile(what="wrapped key")
        return secret
    raise WrongRecipient(recipients=",".join(one.to for one in header.wrapped))


def _nonce(prefix: bytes, number: int) -> bytes:
    return prefix + number.to_bytes(4, "big")


def _associated(header_bytes: bytes, number: int) -> bytes:
    return header_bytes + number.to_bytes(4, "big")
