"""What a person types, made into key material at a price."""

import hashlib
import secrets
import unicodedata
from dataclasses import dataclass
from typing import Annotated

from msgspec import Meta

from sync.fields import Canonical


@dataclass(frozen=True, slots=True)
class Stretching(Canonical):
    """How one password was stretched with scrypt (r = 8, p = 1); stands openly beside the result.

    Attributes:
        salt: 16 random bytes in hex.
        cost: N, a power of two from 2^10 to 2^20; N KiB of memory. A foreign file cannot ask for more.
    """

    salt: Annotated[str, Meta(pattern=r"\A[0-9a-f]{32}\Z")]
    cost: Annotated[int, Meta(ge=1 << 10, le=1 << 20)]

    def __post_init__(self) -> None:
        if self.cost & (self.cost - 1):
            raise ValueError("the cost of scrypt is a power of two")

    @classmethod
    def fresh(cls, cost: int) -> "Stretching":
        """Draw a new salt."""
        return cls(secrets.token_hex(16), cost)

    def stretch(self, password: str) -> bytes:
        """Make 32 bytes from a password."""
        typed = as_typed(password).encode("utf-8")
        memory = self.cost * 1024 + (1 << 20)
        return hashlib.scrypt(typed, salt=bytes.fromhex(self.salt), n=self.cost, r=8, p=1, maxmem=memory, dklen=32)


def as_typed(password: str) -> str:
    """Give the form that counts: full-width digits of an input method are plain ones (NFKC)."""
    return unicodedata.normalize("NFKC", password)
