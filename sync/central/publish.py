"""Catalogues and the head: what the bureau says to the units, signed.

A change of records and the catalogue and head that tell of it are written in one transaction: there is never a head
that names what is not there, nor a record that no unit can learn of.
"""

import uuid
from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select

from sync import canonical
from sync.batch import PartSource, seal_bytes
from sync.catalogue import PUBLIC, dataset_lines, state_digest
from sync.central.datasets import PUBLIC_DATASETS, SCHEMA, UNIT_DATASETS, Record, encoded, key_of
from sync.central.platform import Platform, moment
from sync.central.tables import catalogues, heads, records, writers
from sync.crypto import PublicKey
from sync.envelope import sign
from sync.manifest import CATALOGUE, HEAD, CatalogueManifest, CatalogueRef, Dataset, HeadManifest, Part

_LINES = "application/x-ndjson"
_KEPT = 5  # versions of a catalogue that are kept for units that hold an older head


def unit_scope(unit_code: str) -> str:
    """Give the scope of what one unit alone may see."""
    return f"unit:{unit_code}"


def put_dataset(db: Connection, scope: str, dataset: str, content: Iterable[Record]) -> None:
    """Replace a dataset whole.

    Raises:
        ValueError: Not a dataset of this scope, a record without its key, or two with the same.
    """
    if dataset not in (PUBLIC_DATASETS if scope == PUBLIC else UNIT_DATASETS):
        raise ValueError(f"{dataset} is no dataset of {scope}")
    rows: dict[str, bytes] = {}
    for record in content:
        key = key_of(dataset, record)
        if key in rows:
            raise ValueError(f"{dataset}: {key} stands twice")
        rows[key] = encoded(record)
    db.execute(delete(records).where(records.c.scope == scope, records.c.dataset == dataset))
    if rows:
        values = [{"scope": scope, "dataset": dataset, "key": key, "content": data} for key, data in rows.items()]
        db.execute(insert(records), values)


def put_record(db: Connection, scope: str, dataset: str, record: Record) -> None:
    """Add one record, in place of an earlier one of its key."""
    key = key_of(dataset, record)
    where = (records.c.scope == scope, records.c.dataset == dataset, records.c.key == key)
    db.execute(delete(records).where(*where))
    db.execute(insert(records).values(scope=scope, dataset=dataset, key=key, content=encoded(record)))


def read_dataset(db: Connection, scope: str, dataset: str) -> list[dict[str, Any]]:
    """Give the records of a dataset in key order."""
    found = select(records.c.content).where(records.c.scope == scope, records.c.dataset == dataset)
    rows = db.execute(found.order_by(records.c.key)).scalars()
    return [dict(record) for record in map(canonical.decode, rows) if isinstance(record, dict)]


def publish_scope(platform: Platform, db: Connection, scope: str) -> CatalogueRef:
    """Make the next version of a scope's catalogue from its records; `publish_head` has to follow.

    What is for one unit is sealed for its writers and for the platform; what is for all is open.
    """
    content = _content(db, scope)
    version = _next_version(db, scope)
    catalogue_id = str(uuid.uuid4())

    def manifest(parts: tuple[Part, ...]) -> CatalogueManifest:
        datasets = tuple(
            Dataset(name, SCHEMA, len(rows), state_digest(rows), part.name)
            for (name, rows), part in zip(content.items(), parts, strict=True)
        )
        return CatalogueManifest(catalogue_id, scope, version, datasets, parts)

    sealed = seal_bytes(
        kind="catalogue",
        payload_type=CATALOGUE,
        manifest=manifest,
        parts=[PartSource(name, _LINES, dataset_lines(rows), len(rows)) for name, rows in content.items()],
        signers=[platform.keys.catalogue],
        recipients=_recipients(platform, db, scope),
    )
    row = {"scope": scope, "version": version, "digest": sealed.digest, "container": sealed.data}
    db.execute(insert(catalogues).values(**row))
    db.execute(delete(catalogues).where(catalogues.c.scope == scope, catalogues.c.version <= version - _KEPT))
    return CatalogueRef(scope, version, sealed.digest)


def publish_head(platform: Platform, db: Connection) -> HeadManifest:
    """Sign the next head: it names the newest catalogue of every scope."""
    newest = select(catalogues.c.scope, func.max(catalogues.c.version).label("version")).group_by(catalogues.c.scope)
    latest = newest.subquery()
    joined = select(catalogues.c.scope, catalogues.c.version, catalogues.c.digest).join(
        latest, (catalogues.c.scope == latest.c.scope) & (catalogues.c.version == latest.c.version)
    )
    refs = tuple(CatalogueRef(*row) for row in db.execute(joined.order_by(catalogues.c.scope)))
    version = (db.execute(select(func.max(heads.c.version))).scalar() or 0) + 1
    now = platform.clock()
    head = HeadManifest(
        version=version,
        issued_at=moment(now),
        stale_after=moment(now + timedelta(days=platform.settings.stale_days)),
        min_program=platform.settings.min_program,
        catalogues=refs,
    )
    data = sign(HEAD, head.to_bytes(), [platform.keys.head]).to_bytes()
    db.execute(insert(heads).values(version=version, data=data))
    db.execute(delete(heads).where(heads.c.version < version))
    return head


def _content(db: Connection, scope: str) -> Mapping[str, dict[str, bytes]]:
    """Give every dataset of a scope; one without records is there too, so that a unit learns that it is empty."""
    names = PUBLIC_DATASETS if scope == PUBLIC else UNIT_DATASETS
    content: dict[str, dict[str, bytes]] = {name: {} for name in names}
    for dataset, key, data in db.execute(
        select(records.c.dataset, records.c.key, records.c.content).where(records.c.scope == scope)
    ):
        content[dataset][key] = data
    return content


def _recipients(platform: Platform, db: Connection, scope: str) -> list[PublicKey]:
    if scope == PUBLIC:
        return []
    found = select(writers.c.public_key).where(
        writers.c.unit_code == scope.partition(":")[2], writers.c.revoked_at.is_(None)
    )
    keys = [PublicKey.from_hex(text) for text in db.execute(found.order_by(writers.c.stream)).scalars()]
    return [*keys, platform.keys.encryption.public]


def _next_version(db: Connection, scope: str) -> int:
    newest = db.execute(select(func.max(catalogues.c.version)).where(catalogues.c.scope == scope)).scalar()
    return int(newest or 0) + 1
