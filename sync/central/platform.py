"""A platform as it lies in a data folder; every part of the service is given this one value."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sync.central.settings import PlatformSettings
from sync.central.store import Store
from sync.central.vault import PlatformKeys

Clock = Callable[[], datetime]


def system_clock() -> datetime:
    """Give the time of this machine."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Platform:
    """What a running platform consists of.

    Attributes:
        data: The folder: ``keys``, ``batches`` (received containers), ``uploads`` (unfinished ones), ``rejected``
            (those whose signature or bytes were wrong).
        clock: The time, with zone; stands in receipts and heads, decides only when a session or a nonce ends.
    """

    data: Path
    store: Store
    keys: PlatformKeys
    settings: PlatformSettings
    clock: Clock

    def folder(self, name: str) -> Path:
        """Give one of the folders; made when it is missing."""
        folder = self.data / name
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return folder

    def batch_path(self, batch_id: str) -> Path:
        """Give where the container of a received batch lies."""
        return self.folder("batches") / f"{batch_id}.bsp"

    def upload_path(self, batch_id: str) -> Path:
        """Give where the bytes of an unfinished upload lie."""
        return self.folder("uploads") / f"{batch_id}.part"

    def now(self) -> str:
        """Give the time as text, in whole seconds."""
        return moment(self.clock())


def moment(time: datetime) -> str:
    """Give a time with zone as it stands in manifests and tables."""
    return time.isoformat(timespec="seconds")
