"""Private keys on disk: the only module through which one leaves memory.

A key file holds one SM2 private key, sealed with SM4-GCM. The sealing key comes from two things together: a wrapping
secret of 32 random bytes, which the computer's store of secrets keeps, and the PIN (scrypt), which a person knows. A
stolen file is worthless without the computer's account, and the account's programs cannot use it without the PIN. A key
of the installation itself has no PIN and is protected by the wrapping secret alone.

A wrong PIN is counted before it is tried: the raised count is durable first, so that pulling the plug cannot take it
back. The count carries a MAC under the wrapping secret; an edited one is refused. After five failures the key is locked
for good, and a new one has to be registered. (An old copy of the whole file brings its old count with it; whoever can
place one already works under the account.)
"""

import base64
import binascii
import dataclasses
import hmac
import threading
from dataclasses import dataclass
from pathlib import Path
from secrets import token_bytes
from typing import Annotated

from msgspec import Meta

from sync.crypto import NONCE_SIZE, SM4_KEY_SIZE, PublicKey, SoftKey, derive, sm4_gcm_open, sm4_gcm_seal
from sync.durable import read_file, write_file
from sync.faults import DamagedFile, KeyExists, KeyNotAtHand, PinLocked, PinTooShort, TargetExists, WrongPin
from sync.fields import Canonical, Digest, Name
from sync.passwords import Stretching, as_typed
from sync.secrets import SecretStore

SHORTEST_PIN = 6  # domain/sync rule: personal PIN of at least 6, locked after 5 wrong tries
MAX_FAILURES = 5
DEFAULT_COST = 1 << 15  # of scrypt: 32 MiB and about a tenth of a second for each PIN entry
_MAX_FILE = 16 << 10

_unlocking = threading.Lock()  # two tries at once would count as one


@dataclass(frozen=True, slots=True)
class _KeyHead(Canonical):
    """What stands openly in the file; bound to the private key as associated data."""

    owner: Name
    public: str
    nonce: Annotated[str, Meta(pattern=r"\A[0-9a-f]{24}\Z")]
    check: Digest
    stretching: Stretching | None = None  # of the PIN; absent for a key of the installation
    format: Annotated[int, Meta(ge=1, le=1)] = 1


@dataclass(frozen=True, slots=True)
class _KeyContent(Canonical):
    head: _KeyHead
    sealed: str
    failures: Annotated[int, Meta(ge=0, le=MAX_FAILURES)]
    failures_mac: Digest


class KeyFile:
    """One key file; ``open`` reads what stands openly in it, ``unlock`` gives the key."""

    def __init__(self, path: Path, secrets: SecretStore) -> None:
        self._path, self._secrets = path, secrets
        self._content = self._load()
        self.public = PublicKey.from_hex(self._content.head.public)

    @classmethod
    def create(cls, path: Path, pin: str | None, owner: str, secrets: SecretStore, cost: int = DEFAULT_COST) -> SoftKey:
        """Make a new key and keep it.

        Args:
            path: Where; its folder exists, and no file stands there.
            pin: At least 6 characters; None for a key of the installation itself.
            owner: Whose key it is, as shown to people.
            secrets: Where the wrapping secret goes.
            cost: N of scrypt.

        Raises:
            PinTooShort, KeyExists: Nothing was made.
            SecretStoreFailed, DiskFull, DiskFailed: The same.
        """
        if pin is not None and len(as_typed(pin)) < SHORTEST_PIN:
            raise PinTooShort(least=str(SHORTEST_PIN))
        if path.exists():
            raise KeyExists(path=str(path))
        key, wrapping = SoftKey.generate(), token_bytes(32)
        stretching = None if pin is None else Stretching.fresh(cost)
        stretched = b"" if pin is None or stretching is None else stretching.stretch(pin)
        seal_key, check = _seal_keys(wrapping, stretched)
        head = _KeyHead(
            owner=owner,
            public=key.public.hex,
            nonce=token_bytes(NONCE_SIZE).hex(),
            check=check,
            stretching=stretching,
        )
        sealed = sm4_gcm_seal(seal_key, bytes.fromhex(head.nonce), key.private_bytes(), head.to_bytes())
        content = _KeyContent(head, base64.b64encode(sealed).decode("ascii"), 0, _failures_mac(wrapping, key.key_id, 0))
        # The secret first: a secret without a file is litter, a file without its secret is a lost key.
        secrets.put(_secret_name(key.key_id), wrapping)
        try:
            write_file(path, content.to_bytes(), replace=False)
        except BaseException as reason:
            secrets.forget(_secret_name(key.key_id))
            if isinstance(reason, TargetExists):
                raise KeyExists(path=str(path)) from reason
            raise
        return key

    @classmethod
    def open(cls, path: Path, secrets: SecretStore) -> "KeyFile":
        """Read what stands openly in a key file.

        Raises:
            KeyNotAtHand: No such file.
            ContentInvalid, KeyMalformed: It is no key file.
            DiskFailed: It cannot be read.
        """
        return cls(path, secrets)

    @property
    def owner(self) -> str:
        """Whose key it is, as shown to people."""
        return self._content.head.owner

    @property
    def key_id(self) -> str:
        """Id of the public key."""
        return self.public.key_id

    @property
    def has_pin(self) -> bool:
        """Whether a person has to enter a PIN; False for a key of the installation."""
        return self._content.head.stretching is not None

    @property
    def failures(self) -> int:
        """Wrong PINs since the last right one."""
        return self._content.failures

    @property
    def locked(self) -> bool:
        """Whether the key can be used no more."""
        return self.failures >= MAX_FAILURES

    def unlock(self, pin: str | None = None) -> SoftKey:
        """Give the private key.

        Args:
            pin: What the person typed; None for a key of the installation.

        Raises:
            WrongPin: It is wrong; ``left`` tries remain.
            PinLocked: It was the last try, or the key was locked before; the PIN is then not looked at.
            KeyNotAtHand: The wrapping secret is not on this computer, or the file has gone.
            DamagedFile: The file was changed.
            ValueError: A PIN for a key without one, or none for a key with one.
        """
        if (pin is not None) != self.has_pin:
            raise ValueError("a PIN belongs to a personal key, and only to one")
        with _unlocking:
            self._content = self._load()  # another window may have counted a failure meanwhile
            wrapping = self._wrapping_secret()
            if self.locked:
                raise PinLocked(key=self.key_id)
            stretching = self._content.head.stretching
            if pin is None or stretching is None:
                return self._open_private(wrapping, b"")
            return self._try_pin(wrapping, stretching, pin)

    def _try_pin(self, wrapping: bytes, stretching: Stretching, pin: str) -> SoftKey:
        self._count(wrapping, self.failures + 1)
        stretched = stretching.stretch(pin)
        if not hmac.compare_digest(_seal_keys(wrapping, stretched)[1], self._content.head.check):
            if self.locked:
                raise PinLocked(key=self.key_id)
            raise WrongPin(left=str(MAX_FAILURES - self.failures))
        key = self._open_private(wrapping, stretched)
        self._count(wrapping, 0)
        return key

    def _open_private(self, wrapping: bytes, stretched: bytes) -> SoftKey:
        head, (seal_key, _) = self._content.head, _seal_keys(wrapping, stretched)
        try:
            sealed = base64.b64decode(self._content.sealed, validate=True)
            private = sm4_gcm_open(seal_key, bytes.fromhex(head.nonce), sealed, head.to_bytes())
        except (binascii.Error, DamagedFile) as reason:
            raise DamagedFile(what=self._path.name) from reason
        return SoftKey.from_private(private, self.public)

    def _count(self, wrapping: bytes, failures: int) -> None:
        """Make a new count of failures durable."""
        mac = _failures_mac(wrapping, self.key_id, failures)
        content = dataclasses.replace(self._content, failures=failures, failures_mac=mac)
        write_file(self._path, content.to_bytes(), replace=True)
        self._content = content

    def _wrapping_secret(self) -> bytes:
        wrapping = self._secrets.get(_secret_name(self.key_id))
        if wrapping is None:
            raise KeyNotAtHand(key=self.key_id)
        expected = _failures_mac(wrapping, self.key_id, self.failures)
        if not hmac.compare_digest(expected, self._content.failures_mac):
            raise DamagedFile(what=self._path.name)
        return wrapping

    def _load(self) -> _KeyContent:
        data = read_file(self._path, _MAX_FILE)
        if data is None:
            raise KeyNotAtHand(key=str(self._path))
        return _KeyContent.from_exact_bytes(data)


def _secret_name(key_id: str) -> str:
    return f"key-{key_id}"


def _seal_keys(wrapping: bytes, stretched: bytes) -> tuple[bytes, str]:
    """Give the key that seals, and a value that tells a wrong PIN from a changed file."""
    both = wrapping + stretched
    return (
        derive(both, "budgetdesk key file: seal", SM4_KEY_SIZE),
        derive(both, "budgetdesk key file: check", 32).hex(),
    )


def _failures_mac(wrapping: bytes, key_id: str, failures: int) -> str:
    key = derive(wrapping, "budgetdesk key file: failures", 32)
    return hmac.new(key, f"{key_id}:{failures}".encode("ascii"), "sm3").hexdigest()
