"""SM2, SM3 and SM4-GCM: the only module that knows which libraries compute them.

SM3 comes from ``hashlib``, SM4-GCM from ``cryptography`` (both OpenSSL inside), SM2 from ``gmssl_pyx``, whose
nonces come from the system's random source. SM2 signs ``SM3(Z || message)`` with the signer id ``1234567812345678``;
Z and the digest are computed here because the library's own message interface is ten times slower.

Signing keys in a token implement ``Signer`` and ``KeyUnwrap`` and need nothing else from this module.
"""

import base64
import hashlib
import secrets
from dataclasses import dataclass, field
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers import Cipher, modes
from cryptography.hazmat.primitives.ciphers.algorithms import SM4
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from gmssl_pyx import (
    GmsslInnerError,
    sm2_decrypt,
    sm2_encrypt,
    sm2_key_generate,
    sm2_sign_sm3_digest,
    sm2_verify_sm3_digest,
)

from sync.faults import DamagedFile, KeyMalformed

SIGNER_ID = b"1234567812345678"  # fixed by GB/T 35276 for everyone; part of our specification
KEY_ID_LENGTH = 32  # hex characters: the first half of SM3 over the point
SM4_KEY_SIZE = 16
NONCE_SIZE = 12
TAG_SIZE = 16
MAX_WRAPPED_SECRET = 255  # what the library encrypts at once

# GB/T 32918.5: the curve sm2p256v1.
_P = 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF00000000FFFFFFFFFFFFFFFF
_A = _P - 3
_B = 0x28E9FA9E9D9F5E344D5A9E4BCF6509A7F39789F515AB8F92DDBCBD414D940E93
_N = 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFF7203DF6B21C6052B53BBF40939D54123
_GX = 0x32C4AE2C1F1981195F9904466A39C9948FE30BBFF2660BE1715A4589334C74C7
_GY = 0xBC3736A2F4F6779C59BDCEE36B692153D0A9877CC62A474002DF32E52139F0A0
_Z_CURVE = b"".join(number.to_bytes(32, "big") for number in (_A, _B, _GX, _GY))

# SubjectPublicKeyInfo of an uncompressed point: id-ecPublicKey, curve 1.2.156.10197.1.301.
_SPKI_HEAD = bytes.fromhex("3059301306072a8648ce3d020106082a811ccf5501822d034200")


def sm3(data: bytes) -> str:
    """Give the SM3 digest as 64 hex characters."""
    return hashlib.new("sm3", data).hexdigest()


class Sm3:
    """SM3 over data that comes in pieces."""

    __slots__ = ("_state",)

    def __init__(self) -> None:
        self._state = hashlib.new("sm3")

    def update(self, data: bytes) -> None:
        """Add the next piece."""
        self._state.update(data)

    def hexdigest(self) -> str:
        """Give the digest of everything so far as 64 hex characters."""
        return self._state.hexdigest()

    def digest(self) -> bytes:
        """Give the digest of everything so far as 32 bytes."""
        return self._state.digest()


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A point on the SM2 curve; one that is not on the curve cannot be made.

    Attributes:
        raw: 65 bytes: 04, X, Y.
        key_id: First 32 hex characters of SM3 over ``raw``; names the key everywhere.

    Raises:
        KeyMalformed: Wrong length or form, or no point of the curve.
    """

    raw: bytes
    key_id: str = field(init=False, compare=False)

    def __post_init__(self) -> None:
        if len(self.raw) != 65 or self.raw[0] != 4:
            raise KeyMalformed(reason="not an uncompressed point of 65 bytes")
        if not _on_curve(self.raw[1:33], self.raw[33:]):
            raise KeyMalformed(reason="not on the curve")
        object.__setattr__(self, "key_id", sm3(self.raw)[:KEY_ID_LENGTH])

    @property
    def hex(self) -> str:
        """The point as 130 lower-case hex characters: its form in manifests."""
        return self.raw.hex()

    @classmethod
    def from_hex(cls, text: str) -> "PublicKey":
        """Read the form of manifests.

        Raises:
            KeyMalformed: Not exactly that form.
        """
        try:
            raw = bytes.fromhex(text)
        except ValueError as reason:
            raise KeyMalformed(reason="not hexadecimal") from reason
        if raw.hex() != text:
            raise KeyMalformed(reason="more than one spelling of a key")
        return cls(raw)

    def to_pem(self) -> str:
        """Give the key as a SubjectPublicKeyInfo in PEM, which OpenSSL reads."""
        coded = base64.b64encode(_SPKI_HEAD + self.raw).decode("ascii")
        lines = [coded[at : at + 64] for at in range(0, len(coded), 64)]
        return "\n".join(["-----BEGIN PUBLIC KEY-----", *lines, "-----END PUBLIC KEY-----", ""])


class Signer(Protocol):
    """Whoever can sign: a key in memory, or a token."""

    @property
    def key_id(self) -> str:
        """Id of the public key that verifies."""
        ...

    def sign(self, message: bytes) -> bytes:
        """Give a DER signature (r, s), SM2 with SM3 and the fixed signer id."""
        ...


class Verifier(Protocol):
    """Whoever can say whether a signature is valid; ``verify`` is the one of this module."""

    def __call__(self, key: PublicKey, message: bytes, signature: bytes) -> bool:
        """Tell whether the signature over the message is the key's."""
        ...


class KeyUnwrap(Protocol):
    """Whoever can open what was wrapped for a key: a key in memory, or a token."""

    @property
    def key_id(self) -> str:
        """Id of the public key that wraps."""
        ...

    def unwrap(self, wrapped: bytes) -> bytes:
        """Give the secret; DamagedFile when it was not wrapped for this key or was changed."""
        ...


class KeyWrap(KeyUnwrap, Protocol):
    """Both directions of wrapping."""

    def wrap(self, to: PublicKey, secret: bytes) -> bytes:
        """Wrap a short secret for the holder of a key."""
        ...


def verify(key: PublicKey, message: bytes, signature: bytes) -> bool:
    """Tell whether an SM2 signature is valid; never raises on foreign bytes.

    Args:
        key: The signer's key.
        message: What was signed, before Z and SM3.
        signature: DER SEQUENCE of r and s in its one strict form; another spelling of the same numbers is not valid.
    """
    numbers = _read_der(signature, b"\x02\x02")
    if numbers is None or not all(0 < int.from_bytes(one, "big") < _N for one in numbers):
        return False
    return bool(sm2_verify_sm3_digest(key.raw[1:], _message_digest(key, message), signature))


def wrap_key(to: PublicKey, secret: bytes) -> bytes:
    """Encrypt a short secret with SM2 for the holder of a key.

    Args:
        to: Who may open it.
        secret: 1 to 255 bytes.

    Returns:
        DER of GB/T 35276: x and y of C1, then C3, then C2.
    """
    if not 0 < len(secret) <= MAX_WRAPPED_SECRET:
        raise ValueError(f"a wrapped secret has 1 to {MAX_WRAPPED_SECRET} bytes, got {len(secret)}")
    return bytes(sm2_encrypt(to.raw[1:], secret))


@dataclass(frozen=True, slots=True)
class SoftKey:
    """A private key in memory; implements ``Signer`` and ``KeyWrap``.

    The private number stands in a buffer of our own, so that ``wipe`` can overwrite it. Copies that the libraries
    make for the time of a call are beyond reach.
    """

    public: PublicKey
    _private: bytearray = field(repr=False, compare=False)

    @classmethod
    def generate(cls) -> "SoftKey":
        """Draw a new key from the system's random source."""
        point, private = sm2_key_generate()
        return cls(PublicKey(b"\x04" + point), bytearray(private))

    @classmethod
    def from_private(cls, private: bytes, public: PublicKey) -> "SoftKey":
        """Take a key that was kept elsewhere, and prove that both halves belong together.

        Raises:
            KeyMalformed: They do not.
        """
        if len(private) != 32 or not 0 < int.from_bytes(private, "big") < _N - 1:
            raise KeyMalformed(reason="private number out of range")
        key = cls(public, bytearray(private))
        probe = secrets.token_bytes(32)
        if not verify(public, probe, key.sign(probe)):
            key.wipe()
            raise KeyMalformed(reason="private and public half do not match")
        return key

    @property
    def key_id(self) -> str:
        """Id of the public half."""
        return self.public.key_id

    def private_bytes(self) -> bytes:
        """Give the private number, 32 bytes; only ``sync.keys`` has a use for it."""
        return bytes(self._private)

    def sign(self, message: bytes) -> bytes:
        """Give a DER signature (r, s) over SM3(Z || message)."""
        self._require_present()
        return bytes(sm2_sign_sm3_digest(bytes(self._private), _message_digest(self.public, message)))

    def wrap(self, to: PublicKey, secret: bytes) -> bytes:
        """Wrap a short secret for the holder of a key; our own key plays no part in it."""
        return wrap_key(to, secret)

    def unwrap(self, wrapped: bytes) -> bytes:
        """Open what was wrapped for this key.

        Raises:
            DamagedFile: Wrapped for another key, changed, or no wrapped secret at all.
        """
        self._require_present()
        parts = _read_der(wrapped, b"\x02\x02\x04\x04")
        # A point off the curve would make the library compute on another, weaker curve and leak the private number.
        if parts is None or len(parts[2]) != 32 or not _on_curve(_padded(parts[0]), _padded(parts[1])):
            raise DamagedFile(what="wrapped key")
        try:
            return bytes(sm2_decrypt(bytes(self._private), wrapped))
        except GmsslInnerError as reason:
            raise DamagedFile(what="wrapped key") from reason

    def wipe(self) -> None:
        """Overwrite the private number; the key can sign no more."""
        self._private[:] = bytes(len(self._private))

    def _require_present(self) -> None:
        if not any(self._private):
            raise ValueError("the private key was wiped")


def sm4_gcm_seal(key: bytes, nonce: bytes, plain: bytes, ad: bytes) -> bytes:
    """Encrypt and authenticate.

    Args:
        key: 16 bytes.
        nonce: 12 bytes, never used twice with the same key.
        plain: What to hide.
        ad: Associated data: not hidden, but bound.

    Returns:
        Ciphertext and the 16-byte tag behind it.
    """
    _check_gcm(key, nonce)
    seal = Cipher(SM4(key), modes.GCM(nonce)).encryptor()
    seal.authenticate_additional_data(ad)
    return seal.update(plain) + seal.finalize() + seal.tag


def sm4_gcm_open(key: bytes, nonce: bytes, sealed: bytes, ad: bytes) -> bytes:
    """Check and decrypt what ``sm4_gcm_seal`` gave.

    Raises:
        DamagedFile: Key, nonce, ciphertext or associated data are not those of the sealing.
    """
    _check_gcm(key, nonce)
    if len(sealed) < TAG_SIZE:
        raise DamagedFile(what="sealed bytes")
    opened = Cipher(SM4(key), modes.GCM(nonce, sealed[-TAG_SIZE:])).decryptor()
    opened.authenticate_additional_data(ad)
    try:
        return opened.update(memoryview(sealed)[:-TAG_SIZE]) + opened.finalize()
    except InvalidTag as reason:
        raise DamagedFile(what="sealed bytes") from reason


def derive(secret: bytes, purpose: str, length: int) -> bytes:
    """Make an independent key for one purpose from a strong secret (HKDF with SM3).

    Args:
        secret: At least 32 bytes that nobody can guess.
        purpose: What the result is for; another purpose gives an unrelated result.
        length: Bytes wanted.
    """
    return HKDF(algorithm=hashes.SM3(), length=length, salt=None, info=purpose.encode("utf-8")).derive(secret)


def _message_digest(key: PublicKey, message: bytes) -> bytes:
    """SM3(Z || message), where Z binds signer id, curve and public key (GB/T 32918.2, 5.5)."""
    z = hashlib.new("sm3", (len(SIGNER_ID) * 8).to_bytes(2, "big") + SIGNER_ID + _Z_CURVE + key.raw[1:])
    state = hashlib.new("sm3", z.digest())
    state.update(message)
    return state.digest()


def _on_curve(x_bytes: bytes, y_bytes: bytes) -> bool:
    x, y = int.from_bytes(x_bytes, "big"), int.from_bytes(y_bytes, "big")
    return x < _P and y < _P and (y * y - (x * x + _A) * x - _B) % _P == 0


def _padded(number: bytes) -> bytes:
    return number.rjust(32, b"\0")


def _check_gcm(key: bytes, nonce: bytes) -> None:
    if len(key) != SM4_KEY_SIZE or len(nonce) != NONCE_SIZE:
        raise ValueError("SM4-GCM takes a key of 16 and a nonce of 12 bytes")


def _read_der(data: bytes, tags: bytes) -> list[bytes] | None:
    """Read a DER SEQUENCE of exactly these INTEGERs and OCTET STRINGs; None when it is not in its one strict form.

    Integers are non-negative, at most 256 bits, and come without their sign byte.
    """
    content = _read_value(data, 0, 0x30)
    if content is None or content[1] != len(data):
        return None
    values: list[bytes] = []
    at = content[1] - len(content[0])
    for tag in tags:
        found = _read_value(data, at, tag)
        if found is None:
            return None
        value, at = found
        if tag == 0x02:
            if not value or value[0] >= 0x80 or (len(value) > 1 and value[0] == 0 and value[1] < 0x80):
                return None
            value = value[1:] if value[0] == 0 else value
            if len(value) > 32:
                return None
        values.append(value)
    return values if at == len(data) else None


def _read_value(data: bytes, at: int, tag: int) -> tuple[bytes, int] | None:
    """Give one DER value and where the next one starts; lengths up to 65,535 in their shortest form."""
    if len(data) < at + 2 or data[at] != tag:
        return None
    length, start = data[at + 1], at + 2
    if length >= 0x80:
        extra = length - 0x80
        if extra not in (1, 2) or len(data) < start + extra:
            return None
        length, start = int.from_bytes(data[start : start + extra], "big"), start + extra
        if length < (0x80 if extra == 1 else 0x100):
            return None
    end = start + length
    return (data[start:end], end) if end <= len(data) else None
