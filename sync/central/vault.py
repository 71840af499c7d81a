"""The platform's own keys, in the folder ``keys`` of its data.

Each is a key file without a PIN. The wrapping secrets lie in ``secrets.json``, a `PasswordFileStore`; its password is
given from outside, or drawn at the first start and kept in ``password`` beside it. In the second case whoever can read
the folder can use the keys: right for a rehearsal, wrong for a province, where the root key also belongs on a medium of
its own.
"""

import secrets
from dataclasses import dataclass
from pathlib import Path

from sync.crypto import SoftKey
from sync.durable import read_file, write_file
from sync.keys import KeyFile
from sync.secrets import DEFAULT_COST, PasswordFileStore

ROLES = ("root", "head", "catalogue", "receipt", "encryption")


@dataclass(frozen=True, slots=True)
class PlatformKeys:
    """One key for each role; ``encryption`` opens what units seal for the platform."""

    root: SoftKey
    head: SoftKey
    catalogue: SoftKey
    receipt: SoftKey
    encryption: SoftKey


def open_keys(folder: Path, password: str | None, cost: int = DEFAULT_COST) -> PlatformKeys:
    """Open the platform's keys, making those that do not exist yet.

    Args:
        folder: Where they lie; made when it is missing.
        password: Of the file of secrets; None for the one kept in the folder.
        cost: N of scrypt for a new file of secrets.

    Raises:
        WrongPassword, KeyNotAtHand, DamagedFile, DiskFailed: The keys cannot be used.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    store = PasswordFileStore(folder / "secrets.json", password or _kept_password(folder / "password"), cost)
    keys: dict[str, SoftKey] = {}
    for role in ROLES:
        path = folder / f"{role}.key"
        if path.exists():
            keys[role] = KeyFile.open(path, store).unlock()
        else:
            keys[role] = KeyFile.create(path, None, f"platform {role}", store)
    return PlatformKeys(**keys)


def _kept_password(path: Path) -> str:
    found = read_file(path, 1024)
    if found is None:
        found = secrets.token_urlsafe(32).encode("ascii")
        write_file(path, found, replace=False)
    return found.decode("ascii")
