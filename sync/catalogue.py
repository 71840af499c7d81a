"""Trust in what comes down: root, head, catalogue manifests, datasets; each proven by the one before.

The root says which keys may do what and comes with the unit's activation. Root N + 1 is signed by N and by itself. The
head names the newest catalogue of every scope. A catalogue holds whole datasets, and its digest stands in the head.
Versions only go up (R10): a lower one is refused, whoever signed it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from sync import canonical
from sync.batch import open_sealed, verify
from sync.crypto import KeyUnwrap, Sm3, sm3
from sync.envelope import Envelope
from sync.faults import ContentInvalid, ExchangeFault, FormatTooNew
from sync.manifest import HEAD, ROOT, CatalogueManifest, CatalogueRef, Dataset, HeadManifest, RootManifest

PUBLIC = "public"
DATASET_MAJOR = 1  # of a dataset's ``schema``; a higher one is for a newer program


@dataclass(frozen=True, slots=True)
class Pin:
    """The catalogue of one scope that is applied here."""

    version: int
    digest: str


@dataclass(frozen=True, slots=True)
class Trust:
    """What the unit believes now, kept between sessions.

    Attributes:
        root_version: Version of ``root``.
        root: The root's envelope as it came: the only thing that is believed without a proof, at activation.
        head_version: The newest head seen, 0 before the first.
        scopes: The applied catalogues.
    """

    root_version: int
    root: bytes
    head_version: int = 0
    scopes: Mapping[str, Pin] = field(default_factory=dict)

    def root_manifest(self) -> RootManifest:
        """Return the root, read; it was verified when it was taken."""
        return RootManifest.from_bytes(Envelope.from_bytes(self.root).payload)

    def with_root(self, data: bytes, root: RootManifest) -> "Trust":
        """Return the trust once a verified newer root is stored."""
        return replace(self, root=data, root_version=root.version)

    def with_head(self, head: HeadManifest) -> "Trust":
        """Return the trust once a verified head is stored."""
        return replace(self, head_version=head.version)

    def with_catalogue(self, catalogue: "Catalogue") -> "Trust":
        """Return the trust once a verified catalogue is applied."""
        pin = Pin(catalogue.manifest.version, catalogue.digest)
        return replace(self, scopes={**self.scopes, catalogue.manifest.scope: pin})


@dataclass(frozen=True, slots=True)
class Catalogue:
    """A verified catalogue.

    Attributes:
        digest: SM3 of the manifest's bytes, as the head names it.
        datasets: Records by dataset name, in key order.
    """

    manifest: CatalogueManifest
    digest: str
    datasets: Mapping[str, list[dict[str, Any]]]


def first_trust(data: bytes) -> Trust:
    """Take a root on trust, at activation: it must at least be signed by itself.

    Raises:
        BadSignature: Its own root keys did not sign it.
        ContentInvalid, FormatTooNew: It is no root of this protocol.
    """
    envelope = _envelope(data, ROOT)
    root = RootManifest.from_bytes(envelope.payload)
    envelope.require(root.keys_of("root"), root.roles["root"].threshold)
    return Trust(root.version, data)


def verify_root(chain: Sequence[bytes]) -> RootManifest:
    """Prove the last of a chain of roots, the first of which is trusted.

    Args:
        chain: Envelopes; the trusted root, then its successors without a hole.

    Raises:
        ExchangeFault: ``ROOT_ROLLBACK`` for a version that does not follow, ``ROOT_OTHER_PLATFORM``.
        BadSignature: A successor is not signed by the one before, or not by itself.
    """
    trusted = RootManifest.from_bytes(_envelope(chain[0], ROOT).payload)
    for data in chain[1:]:
        envelope = _envelope(data, ROOT)
        newer = RootManifest.from_bytes(envelope.payload)
        if newer.version != trusted.version + 1:
            raise ExchangeFault("ROOT_ROLLBACK", {"have": str(trusted.version), "found": str(newer.version)})
        if newer.platform != trusted.platform:
            raise ExchangeFault("ROOT_OTHER_PLATFORM", {"have": trusted.platform, "found": newer.platform})
        for root in (trusted, newer):
            envelope.require(root.keys_of("root"), root.roles["root"].threshold)
        trusted = newer
    return trusted


def verify_head(data: bytes, trust: Trust) -> HeadManifest:
    """Prove a head and refuse one that would lead back.

    Raises:
        BadSignature: Not signed in the head role.
        ExchangeFault: ``HEAD_ROLLBACK`` or ``CATALOGUE_ROLLBACK`` for a lower version than the one known (R10),
            ``CATALOGUE_CHANGED`` when a known version suddenly has another digest.
    """
    root = trust.root_manifest()
    envelope = _envelope(data, HEAD)
    envelope.require(root.keys_of("head"), root.roles["head"].threshold)
    head = HeadManifest.from_bytes(envelope.payload)
    if head.version < trust.head_version:
        raise ExchangeFault("HEAD_ROLLBACK", {"have": str(trust.head_version), "found": str(head.version)})
    for ref in head.catalogues:
        pin = trust.scopes.get(ref.scope)
        if pin is None:
            continue
        facts = {"scope": ref.scope, "have": str(pin.version), "found": str(ref.version)}
        if ref.version < pin.version:
            raise ExchangeFault("CATALOGUE_ROLLBACK", facts)
        if ref.version == pin.version and ref.digest != pin.digest:
            raise ExchangeFault("CATALOGUE_CHANGED", facts)
    return head


def newer_catalogues(trust: Trust, head: HeadManifest, unit_code: str) -> list[CatalogueRef]:
    """Return what is newer than ours: the catalogue for all units first, then the unit's own."""
    wanted = (PUBLIC, f"unit:{unit_code}")
    known = {ref.scope: ref for ref in head.catalogues}
    refs = [known[scope] for scope in wanted if scope in known]
    return [ref for ref in refs if ref.scope not in trust.scopes or ref.version > trust.scopes[ref.scope].version]


def open_catalogue(path: Path, trust: Trust, head: HeadManifest, keys: Iterable[KeyUnwrap]) -> Catalogue:
    """Open a catalogue, prove it against the head, and read every record.

    Args:
        path: The container.
        trust: What is believed now.
        head: A verified head; the catalogue must be one that it names.
        keys: For what is sealed for this unit alone.

    Raises:
        BadSignature: Not signed in the catalogue role.
        ExchangeFault: ``CATALOGUE_NOT_IN_HEAD``, ``CATALOGUE_ROLLBACK``, ``CATALOGUE_STATE`` (records do not give the
            state digest), and whatever `open_sealed` raises.
        FormatTooNew: A dataset's schema has a newer major version.
    """
    opened = open_sealed(path, keys=keys)
    manifest = opened.expect(CatalogueManifest)
    root = trust.root_manifest()
    verify(opened, root.keys_of("catalogue"), root.roles["catalogue"].threshold)
    facts = {"scope": manifest.scope, "found": str(manifest.version)}
    if CatalogueRef(manifest.scope, manifest.version, opened.digest) not in head.catalogues:
        raise ExchangeFault("CATALOGUE_NOT_IN_HEAD", facts)
    pin = trust.scopes.get(manifest.scope)
    if pin is not None and manifest.version < pin.version:
        raise ExchangeFault("CATALOGUE_ROLLBACK", {**facts, "have": str(pin.version)})
    datasets = {one.name: _records(one, opened.read(one.part)) for one in manifest.datasets}
    return Catalogue(manifest, opened.digest, datasets)


def record_key(fields: Iterable[str]) -> str:
    """Return the key of a record: its key fields as a canonical JSON list, so that no two lists look alike."""
    return canonical.encode(list(fields)).decode("utf-8")


def dataset_lines(records: Mapping[str, bytes]) -> bytes:
    """Return a dataset as it lies in its part: one line ``{"key": …, "record": …}`` for each record, in key order.

    Args:
        records: Canonical bytes of each record by `record_key`.
    """
    lines = (
        b'{"key":%s,"record":%s}\n' % (canonical.encode(key), records[key]) for key in sorted(records, key=_key_order)
    )
    return b"".join(lines)


def state_digest(records: Mapping[str, bytes]) -> str:
    """Return SM3 over (key, SM3 of the record) in key order: the same for every way that led to this state."""
    state = Sm3()
    for key in sorted(records, key=_key_order):
        state.update(canonical.encode([key, sm3(records[key])]))
    return state.hexdigest()


def _records(dataset: Dataset, data: bytes) -> list[dict[str, Any]]:
    """Read the lines of a dataset and prove that they are the state that the manifest names."""
    if int(dataset.schema.partition(".")[0]) > DATASET_MAJOR:
        raise FormatTooNew(what=dataset.name, found=dataset.schema, known=f"{DATASET_MAJOR}.x")
    lines = data.split(b"\n")
    if lines.pop():
        raise ContentInvalid(what=dataset.name, reason="last line is cut")
    found: dict[str, dict[str, Any]] = {}
    for line in lines:
        fields = canonical.decode(line)
        if not isinstance(fields, dict) or not isinstance(fields.get("record"), dict):
            raise ContentInvalid(what=dataset.name, reason="line is no record")
        found[str(fields.get("key"))] = fields["record"]
    whole = {key: canonical.encode(record) for key, record in found.items()}
    if len(lines) != dataset.records or len(found) != dataset.records or state_digest(whole) != dataset.state_digest:
        raise ExchangeFault("CATALOGUE_STATE", {"dataset": dataset.name})
    return [found[key] for key in sorted(found, key=_key_order)]


def _key_order(key: str) -> bytes:
    return key.encode("utf-8")


def _envelope(data: bytes, payload_type: str) -> Envelope:
    envelope = Envelope.from_bytes(data)
    if envelope.payload_type != payload_type:
        raise FormatTooNew(what="payload", found=envelope.payload_type[:200], known=payload_type)
    return envelope
