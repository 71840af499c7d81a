"""Opening a platform, and making one at the first start: its root, its keys, its first head."""

from pathlib import Path

from sqlalchemy import Connection, insert, select

from sync.central.platform import Clock, Platform, system_clock
from sync.central.publish import publish_head
from sync.central.settings import PlatformSettings
from sync.central.store import Store
from sync.central.tables import roots, settings
from sync.central.vault import PlatformKeys, open_keys
from sync.crypto import SoftKey
from sync.durable import disk_fault, sweep
from sync.envelope import sign
from sync.manifest import ROOT, Role, RootManifest
from sync.secrets import DEFAULT_COST

_SETTINGS = "platform"


def open_platform(
    data: Path,
    database: str | None = None,
    *,
    wanted: PlatformSettings | None = None,
    password: str | None = None,
    clock: Clock = system_clock,
    cost: int = DEFAULT_COST,
) -> Platform:
    """Open the platform of a data folder; the first start makes it.

    Args:
        data: The folder; made when it is missing.
        database: URL; None for ``platform.db`` in the folder.
        wanted: Settings for the first start; later ones are those that were kept.
        password: Of the platform's secrets, see `sync.central.vault`.
        clock: The time.
        cost: N of scrypt for the secrets of a first start.

    Raises:
        ExchangeFault: The keys, the database or the disk fail.
    """
    try:
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as reason:
        raise disk_fault(reason, data) from reason
    keys = open_keys(data / "keys", password, cost)
    store = Store(database or f"sqlite:///{(data / 'platform.db').resolve().as_posix()}")
    with store.write() as db:
        found = db.execute(select(settings.c.value).where(settings.c.name == _SETTINGS)).scalar()
        kept = PlatformSettings.from_bytes(found) if found else wanted or PlatformSettings()
        platform = Platform(data, store, keys, kept, clock)
        if not found:
            _found(platform, db)
    sweep(platform.folder("batches"))
    return platform


def _found(platform: Platform, db: Connection) -> None:
    """Keep the settings, and sign the first root and head."""
    db.execute(insert(settings).values(name=_SETTINGS, value=platform.settings.to_bytes()))
    root = first_root(platform.settings.audience, platform.keys)
    db.execute(insert(roots).values(version=1, data=sign_root(root, platform.keys.root)))
    publish_head(platform, db)


def first_root(audience: str, keys: PlatformKeys) -> RootManifest:
    """Give the root of a new platform: one key in each role."""
    signing = {"root": keys.root, "head": keys.head, "catalogue": keys.catalogue, "receipt": keys.receipt}
    all_roles = {**signing, "batch_encryption": keys.encryption}
    return RootManifest(
        version=1,
        platform=audience,
        keys={key.key_id: key.public.hex for key in all_roles.values()},
        roles={name: Role((key.key_id,), 1) for name, key in all_roles.items()},
    )


def sign_root(root: RootManifest, *signers: SoftKey) -> bytes:
    """Give a root's envelope."""
    return sign(ROOT, root.to_bytes(), signers).to_bytes()
