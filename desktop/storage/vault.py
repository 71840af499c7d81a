"""Keys at hand on this computer: officers' key files under a PIN, and the installation's own writer key."""

from collections.abc import Callable
from pathlib import Path

from sync.crypto import SoftKey, sm3
from sync.faults import ExchangeFault
from sync.keys import DEFAULT_COST, MAX_FAILURES, KeyFile
from sync.secrets import SecretStore

_WRITER = "writer"


class OfficerVault:
    """Implements `ports.Vault` over key files in one folder.

    File names are digests: they tell nothing, and an officer id from elsewhere can name no path.

    Args:
        folder: Where the key files lie.
        secrets: Keeps the wrapping secret of every key.
        cost: N of scrypt for new keys.
        registered: Tells whether the bureau knows this installation's own key already.
    """

    def __init__(
        self,
        folder: Path,
        secrets: SecretStore,
        cost: int = DEFAULT_COST,
        registered: Callable[[], bool] = lambda: False,
    ) -> None:
        self._folder, self._secrets, self._cost, self._registered = folder, secrets, cost, registered

    def create(self, officer_id: str, pin: str) -> str:
        """Make an officer's key and return its public half as hex, for the bureau to register.

        Raises:
            ExchangeFault: PIN_TOO_SHORT, KEY_EXISTS, SECRET_STORE_FAILED, DISK_FULL, DISK_FAILED.
        """
        return KeyFile.create(self._path(officer_id), pin, officer_id, self._secrets, self._cost).public.hex

    def has(self, officer_id: str) -> bool:
        """Tell whether the officer's key file is on this computer."""
        return self._path(officer_id).exists()

    def public_key(self, officer_id: str) -> str:
        """Return the public half of an officer's key as hex; no PIN is needed.

        Raises:
            ExchangeFault: KEY_NOT_AT_HAND.
        """
        return KeyFile.open(self._path(officer_id), self._secrets).public.hex

    def unlock(self, officer_id: str, pin: str) -> SoftKey:
        """Open an officer's key file.

        Raises:
            ExchangeFault: PIN_WRONG (``left``), PIN_LOCKED, KEY_NOT_AT_HAND, FILE_DAMAGED.
        """
        return KeyFile.open(self._path(officer_id), self._secrets).unlock(pin)

    def writer_key(self) -> SoftKey:
        """Return the installation's own key, which seals batches; it is made at the first call.

        A workspace that the bureau knows already makes no second one: the platform would refuse what it seals, and
        nobody would know why.

        Raises:
            ExchangeFault: KEY_NOT_AT_HAND when the file came from another computer: this one needs a writer of its own.
                WRITER_KEY_LOST when the key was registered once and its file is gone.
        """
        path = self._named(_WRITER)
        if path.exists():
            return KeyFile.open(path, self._secrets).unlock()
        if self._registered():
            raise ExchangeFault("WRITER_KEY_LOST", {"folder": str(self._folder)})
        return KeyFile.create(path, None, _WRITER, self._secrets, self._cost)

    def has_writer_key(self) -> bool:
        """Tell whether the installation's own key file is there."""
        return self._named(_WRITER).exists()

    def writer_public(self) -> str:
        """Return the public half of the installation's own key as hex, for the bureau to register.

        Raises:
            ExchangeFault: KEY_NOT_AT_HAND when none was made yet.
        """
        return KeyFile.open(self._named(_WRITER), self._secrets).public.hex

    def tries_left(self, officer_id: str) -> int:
        """Return how many wrong PINs an officer's key still takes, 0 when it is locked.

        Raises:
            ExchangeFault: KEY_NOT_AT_HAND.
        """
        return MAX_FAILURES - KeyFile.open(self._path(officer_id), self._secrets).failures

    def _path(self, officer_id: str) -> Path:
        return self._named(f"officer {officer_id}")

    def _named(self, owner: str) -> Path:
        return self._folder / f"{sm3(owner.encode())[:24]}.key"
