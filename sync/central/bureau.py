"""What an officer of the bureau does: registers, publishes, pays, returns.

Every publishing is a new version of a scope's catalogue and a new head, in one transaction with the records that it
tells of.
"""

import base64
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from sync.activation import Activation, write_activation
from sync.catalogue import PUBLIC, verify_root
from sync.central.datasets import Record
from sync.central.library import LibraryStep, weigh
from sync.central.platform import Platform
from sync.central.publish import publish_head, publish_scope, put_dataset, put_record, read_dataset, unit_scope
from sync.central.store import Numbers
from sync.central.tables import documents, quota_uses, roots, rulings, streams, units, writers
from sync.crypto import PublicKey
from sync.manifest import NO_DIGEST, CatalogueRef

_ZERO = Decimal("0.00")


class NotPossible(Exception):
    """What the officer asked for cannot be done: no such voucher, more than was paid."""


class Bureau:
    """The officer's desk over one platform."""

    def __init__(self, platform: Platform) -> None:
        self._platform = platform

    def register_unit(self, profile: Record) -> None:
        """Register a unit with its profile (dataset ``unit_profile``), or renew the profile."""
        code, name = str(profile["unit_code"]), str(profile["name"])
        with self._platform.store.write() as db:
            known = db.execute(select(units.c.unit_code).where(units.c.unit_code == code)).scalar()
            if known is None:
                db.execute(insert(units).values(unit_code=code, name=name))
            else:
                db.execute(update(units).where(units.c.unit_code == code).values(name=name))
            put_record(db, unit_scope(code), "unit_profile", profile)
            self._publish(db, unit_scope(code))

    def register_writer(self, unit: str, writer_id: str, public_key: PublicKey) -> str:
        """Register the key of an installation of a unit, and publish the unit's catalogue for it.

        Returns:
            The name of its stream.

        Raises:
            NotPossible: The unit is not registered, or the stream has another key: a new key is a new writer.
        """
        stream = f"{unit}/{writer_id}"
        with self._platform.store.write() as db:
            self._unit_name(db, unit)
            known = db.execute(select(writers.c.public_key).where(writers.c.stream == stream)).scalar()
            if known == public_key.hex:
                return stream
            if known is not None:
                raise NotPossible(f"{stream} has another key")
            row = {"stream": stream, "unit_code": unit, "key_id": public_key.key_id, "public_key": public_key.hex}
            db.execute(insert(writers).values(**row))
            start = {"epoch": 1, "seq": 0, "digest": NO_DIGEST}
            receipts = {"last_receipt_no": 0, "last_receipt_digest": NO_DIGEST}
            db.execute(insert(streams).values(stream=stream, **start, **receipts))
            self._publish(db, unit_scope(unit))
        return stream

    def revoke_writer(self, stream: str) -> None:
        """Take a writer's key back, e.g. because the computer was lost; later batches are refused."""
        with self._platform.store.write() as db:
            taken = update(writers).where(writers.c.stream == stream, writers.c.revoked_at.is_(None))
            db.execute(taken.values(revoked_at=self._platform.now()))
            self._publish(db, unit_scope(stream.partition("/")[0]))

    def register_officer(self, unit: str, officer: Record) -> None:
        """Register a person of a unit with posts and public key, or change the registration."""
        with self._platform.store.write() as db:
            self._unit_name(db, unit)
            put_record(db, unit_scope(unit), "officer", officer)
            self._publish(db, unit_scope(unit))

    def publish_public(self, datasets: Mapping[str, Iterable[Record]]) -> CatalogueRef:
        """Replace whole datasets for all units; those not named stay as they are.

        Raises:
            ValueError: Not a dataset for all units, or a record without its key.
        """
        return self._replace(PUBLIC, datasets)

    def weigh_library(
        self, datasets: Mapping[str, Iterable[Record]], *, whole: bool = True, withdraw: bool = False
    ) -> LibraryStep:
        """Say what `publish_library` would change; nothing is written.

        Raises:
            ExchangeFault: ``LIBRARY_REFUSED``, as `sync.central.library.weigh`.
        """
        with self._platform.store.read() as db:
            return weigh(db, datasets, whole=whole, withdraw=withdraw)

    def publish_library(
        self, datasets: Mapping[str, Iterable[Record]], *, whole: bool = True, withdraw: bool = False
    ) -> tuple[LibraryStep, CatalogueRef | None]:
        """Publish the next edition of the performance library to all units.

        Args:
            datasets: Indicators, cases, core sets; those not named stay as they are.
            whole: They are the whole datasets; otherwise records that are not among them stay.
            withdraw: Records of a whole dataset may vanish.

        Returns:
            What changed, and the new catalogue; None when nothing did, and nothing was published.

        Raises:
            ExchangeFault: ``LIBRARY_REFUSED``; nothing was published.
        """
        with self._platform.store.write() as db:
            step = weigh(db, datasets, whole=whole, withdraw=withdraw)
            if step.is_empty():
                return step, None
            for name, rows in step.rows.items():
                put_dataset(db, PUBLIC, name, rows.values())
            return step, self._publish(db, PUBLIC)

    def public(self, dataset: str) -> list[dict[str, Any]]:
        """Give the records of a dataset for all units, in key order."""
        with self._platform.store.read() as db:
            return read_dataset(db, PUBLIC, dataset)

    def publish_unit(self, unit: str, datasets: Mapping[str, Iterable[Record]]) -> CatalogueRef:
        """Replace whole datasets of one unit; those not named stay as they are."""
        with self._platform.store.read() as db:
            self._unit_name(db, unit)
        return self._replace(unit_scope(unit), datasets)

    def publish_root(self, data: bytes) -> None:
        """Publish the next root, signed by the root keys of the last one and by its own.

        Raises:
            ExchangeFault: It does not follow the last one.
        """
        with self._platform.store.write() as db:
            last = db.execute(select(roots.c.data).order_by(roots.c.version.desc()).limit(1)).scalar_one()
            root = verify_root([bytes(last), data])
            db.execute(insert(roots).values(version=root.version, data=data))

    def activation(self, unit: str, writer_id: str) -> bytes:
        """Give the activation file of an installation: what its first start imports."""
        platform = self._platform
        with platform.store.read() as db:
            name = self._unit_name(db, unit)
            root = db.execute(select(roots.c.data).order_by(roots.c.version.desc()).limit(1)).scalar_one()
        activation = Activation(
            unit_code=unit,
            unit_name=name,
            writer_id=writer_id,
            platform=platform.settings.audience,
            url=platform.settings.url,
            encryption_key=platform.keys.encryption.public.hex,
            root=base64.b64encode(root).decode("ascii"),
        )
        return write_activation(activation, platform.keys.root)

    def plan_return(self, unit: str, kind: str, key: str, code: str, field: str, comment: str) -> None:
        """Rule that a document goes back when it comes, whatever the rules find; used up by one decision.

        Args:
            unit: Unit code.
            kind: Kind of the document.
            key: Its business key.
            code: The reason's code.
            field: Path of the field that the comment is about, may be empty.
            comment: What the officer writes.
        """
        row = {"unit_code": unit, "kind": kind, "key": key}
        with self._platform.store.write() as db:
            same = (rulings.c.unit_code == unit, rulings.c.kind == kind, rulings.c.key == key)
            db.execute(delete(rulings).where(*same))
            db.execute(insert(rulings).values(**row, code=code, field=field, comment=comment))

    def pay(self, unit: str, voucher_key: str, bank_serial: str, date: str) -> Record:
        """Pay an accepted voucher whole, and tell the unit.

        Args:
            unit: Unit code.
            voucher_key: The voucher's business key.
            bank_serial: The bank's number.
            date: ISO date of the payment.

        Raises:
            NotPossible: It is not accepted, or paid already.
        """
        with self._platform.store.write() as db:
            use = self._use(db, unit, voucher_key)
            if use.paid > 0:
                raise NotPossible(f"{voucher_key} is paid already")
            self._set_use(db, unit, voucher_key, paid=use.amount)
            return self._result(db, unit, voucher_key, "PAID", use.amount, bank_serial, date, "")

    def refund(
        self, unit: str, voucher_key: str, amount: Decimal, bank_serial: str, date: str, reason: str
    ) -> Record:
        """Book money that came back, wholly or in part: the quota is free again by as much.

        Raises:
            NotPossible: More than was paid and not refunded, or nothing.
        """
        with self._platform.store.write() as db:
            use = self._use(db, unit, voucher_key)
            if not 0 < amount <= use.paid - use.refunded:
                raise NotPossible(f"{voucher_key}: {use.paid - use.refunded} can be refunded")
            self._set_use(db, unit, voucher_key, refunded=use.refunded + amount)
            return self._result(db, unit, voucher_key, "REFUND", amount, bank_serial, date, reason)

    def decided(self, unit: str) -> list[Mapping[str, object]]:
        """Give what was decided for a unit's documents, in the order of the receipts."""
        names = ("kind", "key", "revision", "digest", "verdict", "code", "central_no", "amount", "receipt_no")
        columns = [documents.c[name] for name in names]
        found = select(*columns).where(documents.c.unit_code == unit)
        order = (documents.c.decided_at, documents.c.receipt_no, documents.c.kind, documents.c.key)
        with self._platform.store.read() as db:
            return [dict(row._mapping) for row in db.execute(found.order_by(*order))]

    def available(self, unit: str, quota_id: str, amount: Decimal) -> Decimal:
        """Give what is left of a quota of the given amount, yuan."""
        held = func.sum(quota_uses.c.amount - quota_uses.c.refunded, type_=quota_uses.c.amount.type)
        found = select(held).where(quota_uses.c.unit_code == unit, quota_uses.c.quota_id == quota_id)
        with self._platform.store.read() as db:
            return amount - (db.execute(found).scalar() or _ZERO)

    def _replace(self, scope: str, datasets: Mapping[str, Iterable[Record]]) -> CatalogueRef:
        with self._platform.store.write() as db:
            for name, content in datasets.items():
                put_dataset(db, scope, name, content)
            return self._publish(db, scope)

    def _publish(self, db: Connection, scope: str) -> CatalogueRef:
        ref = publish_scope(self._platform, db, scope)
        publish_head(self._platform, db)
        return ref

    def _result(
        self,
        db: Connection,
        unit: str,
        voucher_key: str,
        kind: str,
        amount: Decimal,
        bank_serial: str,
        date: str,
        reason: str,
    ) -> Record:
        sequences, name = Numbers(db), f"ZFJG{date[:4]}"
        record = {
            "result_no": f"{name}{sequences.next(name):06d}",
            "kind": kind,
            "voucher_key": voucher_key,
            "central_no": self._central_no(db, unit, voucher_key),
            "bank_serial": bank_serial,
            "date": date,
            "amount": f"{amount:.2f}",
            "reason": reason,
        }
        sequences.save()
        put_record(db, unit_scope(unit), "payment_result", record)
        self._publish(db, unit_scope(unit))
        return record

    def _unit_name(self, db: Connection, unit: str) -> str:
        name = db.execute(select(units.c.name).where(units.c.unit_code == unit)).scalar()
        if name is None:
            raise NotPossible(f"unit {unit} is not registered")
        return str(name)

    def _central_no(self, db: Connection, unit: str, voucher_key: str) -> str:
        found = select(documents.c.central_no).where(
            documents.c.unit_code == unit,
            documents.c.kind == "VOUCHER",
            documents.c.key == voucher_key,
            documents.c.verdict == "accepted",
        )
        return str(db.execute(found).scalar_one())

    def _use(self, db: Connection, unit: str, voucher_key: str) -> "_Use":
        columns = (quota_uses.c.amount, quota_uses.c.paid, quota_uses.c.refunded)
        found = select(*columns).where(
            quota_uses.c.unit_code == unit, quota_uses.c.voucher_key == voucher_key
        )
        row = db.execute(found).one_or_none()
        if row is None:
            raise NotPossible(f"voucher {voucher_key} is not accepted")
        return _Use(*row)

    def _set_use(self, db: Connection, unit: str, voucher_key: str, **values: Decimal) -> None:
        same = (quota_uses.c.unit_code == unit, quota_uses.c.voucher_key == voucher_key)
        db.execute(update(quota_uses).where(*same).values(**values))


class _Use:
    """What an accepted voucher holds, what was paid of it and what came back, yuan."""

    __slots__ = ("amount", "paid", "refunded")

    def __init__(self, amount: Decimal, paid: Decimal, refunded: Decimal) -> None:
        self.amount, self.paid, self.refunded = amount, paid, refunded
