"""Make a workspace the unit's own: the activation file says which unit, which platform, and whom to trust."""

from dataclasses import dataclass

import msgspec

from desktop.usecases.ports import Books
from sync.catalogue import first_trust
from sync.envelope import Envelope
from sync.faults import ExchangeFault
from sync.manifest import ACTIVATION
from sync.stream import StreamState


@dataclass(frozen=True, slots=True)
class Activation:
    """What an activation file says, signed by the platform's root key.

    Attributes:
        root: The root's envelope: from now on the only thing that is believed without a proof.
        url: Where the platform answers; may be empty when there is no network.
        encryption_key: The platform's public key for batches, 130 hex characters.
    """

    unit_code: str
    unit_name: str
    writer_id: str
    platform: str
    url: str
    encryption_key: str
    root: bytes


def read_activation(data: bytes) -> Activation:
    """Read an activation file and prove it against the root that it carries.

    Raises:
        ExchangeFault: It is none, it was changed, or it names another platform than its root.
    """
    envelope = Envelope.from_bytes(data)
    if envelope.payload_type != ACTIVATION:
        raise ExchangeFault("CONTENT_INVALID", {"what": "activation"})
    fields = msgspec.json.decode(envelope.payload, type=_Fields)
    trust = first_trust(fields.root)
    root = trust.root_manifest()
    envelope.require(root.keys_of("root"), root.roles["root"].threshold)
    if root.platform != fields.platform:
        raise ExchangeFault("ROOT_OTHER_PLATFORM", {"have": root.platform, "found": fields.platform})
    return Activation(
        fields.unit_code,
        fields.unit_name,
        fields.writer_id,
        fields.platform,
        fields.url,
        fields.encryption_key,
        fields.root,
    )


def enrol(books: Books, activation: Activation, at: str) -> None:
    """Write the unit's identity and first trust into an empty workspace.

    Raises:
        ExchangeFault: ``NOT_FOR_US`` when the workspace already belongs to another unit.
    """
    with books:
        present = books.setting("unit_code")
        if present and present != activation.unit_code:
            raise ExchangeFault("NOT_FOR_US", {"have": present, "found": activation.unit_code})
        for name in ("unit_code", "unit_name", "writer_id", "platform", "url", "encryption_key"):
            books.set_setting(name, getattr(activation, name))
        if not present:
            books.exchange.set_stream(StreamState(f"{activation.unit_code}/{activation.writer_id}"))
            books.exchange.set_trust(first_trust(activation.root))
        books.audit("", "", "ENROLLED", activation.unit_code, {"platform": activation.platform}, at=at)
        books.commit()


class _Fields(msgspec.Struct, frozen=True):
    unit_code: str
    unit_name: str
    writer_id: str
    platform: str
    url: str
    encryption_key: str
    root: bytes
