"""What the books of a test have around them: the people of a unit, a clock that stands, and kept secrets."""

from datetime import datetime, timedelta, timezone
from uuid import uuid4

ZONE = timezone(timedelta(hours=8))
CHEAP = 1 << 10  # scrypt of codes and keys
UNIT, PIN = "219001", "135790"
PEOPLE = {
    "zhangli": ("张丽", ("maker",)),
    "liqiang": ("李强", ("checker",)),
    "wangzhiyuan": ("王志远", ("signer",)),
    "batu": ("巴图", ("head",)),
}


class Memory:
    """Secrets of one computer."""

    def __init__(self, kept: dict[str, bytes] | None = None) -> None:
        self.kept = kept or {}

    def get(self, name: str) -> bytes | None:
        return self.kept.get(name)

    def put(self, name: str, secret: bytes) -> None:
        self.kept[name] = secret

    def forget(self, name: str) -> None:
        self.kept.pop(name, None)


class Clock:
    """A clock that stands at 10:36 on 2026-11-20."""

    time = datetime(2026, 11, 20, 10, 36, tzinfo=ZONE)

    def now(self) -> datetime:
        return self.time


class Ids:
    def new(self) -> str:
        return str(uuid4())
