"""Where secrets live between two runs: the system's store, or one file under a password."""

import base64
import binascii
import hmac
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Protocol

import keyring
from keyring.backends.chainer import ChainerBackend
from keyring.errors import KeyringError, PasswordDeleteError
from msgspec import Meta

from sync.crypto import NONCE_SIZE, SM4_KEY_SIZE, derive, sm4_gcm_open, sm4_gcm_seal
from sync.durable import read_file, write_file
from sync.faults import DamagedFile, SecretStoreFailed, WrongPassword
from sync.fields import Canonical, Digest, Name
from sync.passwords import Stretching

DEFAULT_COST = 1 << 16  # of scrypt: 64 MiB and about a fifth of a second, once at start
_MAX_FILE = 1 << 20


class SecretStore(Protocol):
    """Keeps short secrets by name; what was put is there after a restart."""

    def get(self, name: str) -> bytes | None:
        """Give a secret, None when there is none of that name."""
        ...

    def put(self, name: str, secret: bytes) -> None:
        """Keep a secret, in place of an earlier one of that name."""
        ...

    def forget(self, name: str) -> None:
        """Remove a secret; nothing happens when there is none."""
        ...


class KeyringStore:
    """The system's own store: Windows Credential Locker, Secret Service on Linux.

    Every method raises SecretStoreFailed when the system refuses.
    """

    def __init__(self, service: str = "BudgetDesk") -> None:
        self._service = service

    def available(self) -> bool:
        """Tell whether secrets would really be kept and protected; may ask the user to unlock the store.

        ``keyring`` always offers something: a backend that fails, one that forgets, one that writes plain text. Those
        have a priority below 1. One that is good enough can still be locked or unreachable, so it is asked once.
        """
        backend = keyring.get_keyring()
        try:
            chosen = list(backend.backends)[:1] if isinstance(backend, ChainerBackend) else [backend]
            if not chosen or chosen[0].priority < 1:
                return False
            backend.get_password(self._service, "probe")
        except (KeyringError, RuntimeError):  # RuntimeError is how a backend says that it cannot work here
            return False
        return True

    def get(self, name: str) -> bytes | None:
        """Give a secret, None when there is none of that name."""
        try:
            text = keyring.get_password(self._service, name)
        except (KeyringError, RuntimeError) as reason:
            raise _store_fault(reason) from reason
        if text is None:
            return None
        try:
            return base64.b64decode(text, validate=True)
        except (binascii.Error, ValueError) as reason:
            raise SecretStoreFailed(reason="kept text is not ours") from reason

    def put(self, name: str, secret: bytes) -> None:
        """Keep a secret and read it back: a store that forgets must be noticed now, not when the key is needed."""
        try:
            keyring.set_password(self._service, name, base64.b64encode(secret).decode("ascii"))
        except (KeyringError, RuntimeError) as reason:
            raise _store_fault(reason) from reason
        kept = self.get(name)
        if kept is None or not hmac.compare_digest(kept, secret):
            raise SecretStoreFailed(reason="not kept")

    def forget(self, name: str) -> None:
        """Remove a secret; nothing happens when there is none."""
        if self.get(name) is None:
            return
        try:
            keyring.delete_password(self._service, name)
        except PasswordDeleteError as reason:
            raise SecretStoreFailed(reason="not removed") from reason
        except (KeyringError, RuntimeError) as reason:
            raise _store_fault(reason) from reason


@dataclass(frozen=True, slots=True)
class _StoreHead(Canonical):
    """How the file is sealed; bound to its content as associated data."""

    stretching: Stretching
    check: Digest
    nonce: Annotated[str, Meta(pattern=r"\A[0-9a-f]{24}\Z")]
    format: Annotated[int, Meta(ge=1, le=1)] = 1


@dataclass(frozen=True, slots=True)
class _StoreFile(Canonical):
    head: _StoreHead
    sealed: str


@dataclass(frozen=True, slots=True)
class _Secret:
    name: Name
    value: str


@dataclass(frozen=True, slots=True)
class _Secrets(Canonical):
    kept: tuple[_Secret, ...]


class PasswordFileStore:
    """One file sealed with SM4-GCM under a password, for systems without a store of their own.

    Every change rewrites the file whole, durably. One program at a time may use it.

    Raises:
        WrongPassword: The file was made with another one.
        DamagedFile: The file is no store, or was changed.
        ContentInvalid: The same, in its structure.
        DiskFull, DiskFailed: See ``durable``.
    """

    def __init__(self, path: Path, password: str, cost: int = DEFAULT_COST) -> None:
        self._path = path
        found = self._load()
        self._stretching = found.head.stretching if found else Stretching.fresh(cost)
        stretched = self._stretching.stretch(password)
        self._key = derive(stretched, "budgetdesk secrets: seal", SM4_KEY_SIZE)
        self._check = derive(stretched, "budgetdesk secrets: check", 32).hex()
        if found:
            if not hmac.compare_digest(self._check, found.head.check):
                raise WrongPassword(path=str(path))
            self._open(found)

    def get(self, name: str) -> bytes | None:
        """Give a secret, None when there is none of that name."""
        return self._all().get(name)

    def put(self, name: str, secret: bytes) -> None:
        """Keep a secret, in place of an earlier one of that name."""
        self._save(self._all() | {name: secret})

    def forget(self, name: str) -> None:
        """Remove a secret; nothing happens when there is none."""
        kept = self._all()
        if kept.pop(name, None) is not None:
            self._save(kept)

    def _load(self) -> _StoreFile | None:
        data = read_file(self._path, _MAX_FILE)
        return None if data is None else _StoreFile.from_exact_bytes(data)

    def _all(self) -> dict[str, bytes]:
        found = self._load()
        return {} if found is None else self._open(found)

    def _open(self, found: _StoreFile) -> dict[str, bytes]:
        try:
            sealed = base64.b64decode(found.sealed, validate=True)
            plain = sm4_gcm_open(self._key, bytes.fromhex(found.head.nonce), sealed, found.head.to_bytes())
            return {one.name: base64.b64decode(one.value, validate=True) for one in _Secrets.from_bytes(plain).kept}
        except (binascii.Error, DamagedFile) as reason:
            raise DamagedFile(what=self._path.name) from reason

    def _save(self, kept: dict[str, bytes]) -> None:
        nonce = secrets.token_bytes(NONCE_SIZE)
        head = _StoreHead(self._stretching, self._check, nonce.hex())
        listed = tuple(_Secret(name, base64.b64encode(kept[name]).decode("ascii")) for name in sorted(kept))
        sealed = sm4_gcm_seal(self._key, nonce, _Secrets(listed).to_bytes(), head.to_bytes())
        file = _StoreFile(head, base64.b64encode(sealed).decode("ascii"))
        write_file(self._path, file.to_bytes(), replace=True)


def _store_fault(reason: Exception) -> SecretStoreFailed:
    # The class alone: a backend's sentence may name accounts.
    return SecretStoreFailed(reason=type(reason).__name__)
