"""The recovery code: printed once at set-up, it opens the database key when the computer that kept it is gone.

The code is eight groups of five: 32 random characters of an alphabet of 31 that cannot be confused (no 0, 1, I, O,
U), and in each group a fifth that proves it, so that a mistyped group is named before anything is tried. 31^32 is
more than 2^158. The code is stretched with scrypt all the same and seals the key with SM4-GCM into
``keys/recovery.json``.
"""

import base64
import hmac
import secrets
import unicodedata
from dataclasses import dataclass

from desktop.storage.codec import NotReadable, decode, encode
from desktop.storage.faults import WorkspaceFault
from desktop.storage.layout import Layout, read_small, write_small
from sync.crypto import NONCE_SIZE, SM4_KEY_SIZE, derive, sm4_gcm_open, sm4_gcm_seal
from sync.faults import DamagedFile
from sync.passwords import Stretching

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTVWXYZ"
GROUPS, GROUP_SIZE = 8, 5
DEFAULT_COST = 1 << 15
_LARGEST_FILE = 4096
_WEIGHTS = (3, 7, 13, 22)  # different and never 0 modulo 31: one wrong or two swapped characters are always seen
_CHECK = "budgetdesk database key check"


@dataclass(frozen=True, slots=True)
class Wrapped:
    """The database key under the recovery code; nothing in it tells whose it is.

    Attributes:
        check: Tells whether a key is the right one without opening the database.
    """

    workspace: str
    check: str
    stretching: Stretching
    nonce: str
    sealed: str
    format: int = 1


def new_code() -> str:
    """Return a fresh code, ``ABCDE-FGHJK-…``."""
    drawn = [[secrets.randbelow(len(ALPHABET)) for _ in _WEIGHTS] for _ in range(GROUPS)]
    return "-".join(
        "".join(ALPHABET[number] for number in (*group, _proof(place, group))) for place, group in enumerate(drawn)
    )


def read_code(text: str) -> str:
    """Return a typed code in its one form: any case, spacing and width is taken.

    Raises:
        WorkspaceFault: RECOVERY_CODE_MISTYPED; ``groups`` names the wrong ones, 1 to 8, or is empty when the number of
            characters is wrong.
    """
    plain = unicodedata.normalize("NFKC", text).upper()
    letters = "".join(character for character in plain if character.isalnum())
    if len(letters) != GROUPS * GROUP_SIZE:
        raise WorkspaceFault("RECOVERY_CODE_MISTYPED", groups="", characters=str(len(letters)))
    groups = [letters[at : at + GROUP_SIZE] for at in range(0, len(letters), GROUP_SIZE)]
    wrong = [place for place, group in enumerate(groups) if not _is_proven(place, group)]
    if wrong:
        raise WorkspaceFault("RECOVERY_CODE_MISTYPED", groups=" ".join(str(place + 1) for place in wrong))
    return "-".join(groups)


def wrap(layout: Layout, workspace_id: str, key: bytes, code: str, cost: int = DEFAULT_COST) -> None:
    """Write the database key under the code into the workspace."""
    stretching, nonce = Stretching.fresh(cost), secrets.token_bytes(NONCE_SIZE)
    sealed = sm4_gcm_seal(_sealing_key(code, stretching), nonce, key, workspace_id.encode())
    wrapped = Wrapped(
        workspace=workspace_id,
        check=key_check(key),
        stretching=stretching,
        nonce=nonce.hex(),
        sealed=base64.b64encode(sealed).decode(),
    )
    write_small(layout.recovery, encode(wrapped))


def unwrap(layout: Layout, workspace_id: str, code: str) -> bytes:
    """Return the database key.

    Raises:
        WorkspaceFault: RECOVERY_CODE_MISTYPED, RECOVERY_CODE_WRONG (of another workspace or an older print),
            RECOVERY_MISSING when the workspace has no such file, FILE_DAMAGED.
    """
    plain, wrapped = read_code(code), read_wrapped(layout)
    if wrapped is None:
        raise WorkspaceFault("RECOVERY_MISSING", folder=str(layout.folder))
    try:
        nonce = bytes.fromhex(wrapped.nonce)
        sealed = base64.b64decode(wrapped.sealed, validate=True)
    except ValueError as reason:
        raise WorkspaceFault("FILE_DAMAGED", what=layout.recovery.name) from reason
    if len(nonce) != NONCE_SIZE:
        raise WorkspaceFault("FILE_DAMAGED", what=layout.recovery.name)
    try:
        return sm4_gcm_open(_sealing_key(plain, wrapped.stretching), nonce, sealed, workspace_id.encode())
    except DamagedFile as reason:
        raise WorkspaceFault("RECOVERY_CODE_WRONG") from reason


def read_wrapped(layout: Layout) -> Wrapped | None:
    """Return the file's content, None when there is no file.

    Raises:
        WorkspaceFault: FILE_DAMAGED when it is not what was written.
    """
    data = read_small(layout.recovery, _LARGEST_FILE)
    if data is None:
        return None
    try:
        return decode(data, Wrapped)
    except NotReadable as reason:
        raise WorkspaceFault("FILE_DAMAGED", what=layout.recovery.name) from reason


def is_key_of(wrapped: Wrapped, key: bytes) -> bool:
    """Tell whether a key is the workspace's database key."""
    return hmac.compare_digest(wrapped.check, key_check(key))


def key_check(key: bytes) -> str:
    """Return what tells a key from others and gives nothing of it away."""
    return derive(key, _CHECK, 16).hex()


def _sealing_key(code: str, stretching: Stretching) -> bytes:
    return derive(stretching.stretch(code), "budgetdesk recovery", SM4_KEY_SIZE)


def _proof(place: int, numbers: list[int]) -> int:
    weighted = sum(weight * number for weight, number in zip(_WEIGHTS, numbers, strict=True))
    return (weighted + 11 * place) % len(ALPHABET)


def _is_proven(place: int, group: str) -> bool:
    numbers = [ALPHABET.find(character) for character in group]
    return min(numbers) >= 0 and _proof(place, numbers[:-1]) == numbers[-1]
