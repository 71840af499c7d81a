"""The activation file: which unit, which platform, and whom to trust; signed by the platform's root key.

It travels once, from the bureau to the unit's first start, and carries the root that is then believed.
"""

import base64
from dataclasses import dataclass
from typing import Annotated, ClassVar

from msgspec import Meta

from sync.catalogue import first_trust
from sync.crypto import Signer
from sync.envelope import Envelope, sign
from sync.faults import ContentInvalid, ExchangeFault, FormatTooNew
from sync.fields import Manifest, Name, UnitCode
from sync.manifest import ACTIVATION


@dataclass(frozen=True, slots=True)
class Activation(Manifest):
    """What an activation file says.

    Attributes:
        writer_id: The installation's part of the stream's name.
        platform: The audience of batches.
        url: Where the platform answers; empty when there is no network.
        encryption_key: The platform's public key for batches, 130 hex characters.
        root: The root's envelope in base64.
    """

    PAYLOAD_TYPE: ClassVar[str] = ACTIVATION

    unit_code: UnitCode
    unit_name: Name
    writer_id: Annotated[str, Meta(pattern=r"\A[A-Za-z0-9_-]{1,64}\Z")]
    platform: Name
    url: str
    encryption_key: Annotated[str, Meta(pattern=r"\A[0-9a-f]{130}\Z")]
    root: str

    @property
    def root_envelope(self) -> bytes:
        """The root's envelope as bytes."""
        return base64.b64decode(self.root)


def write_activation(activation: Activation, root_key: Signer) -> bytes:
    """Give the bytes of an activation file."""
    return sign(ACTIVATION, activation.to_bytes(), [root_key]).to_bytes()


def read_activation(data: bytes) -> Activation:
    """Read an activation file and prove it against the root that it carries.

    Raises:
        FormatTooNew, ContentInvalid: It is none.
        BadSignature: It was changed, or its root was.
        ExchangeFault: ``ROOT_OTHER_PLATFORM`` when it names another platform than its root.
    """
    envelope = Envelope.from_bytes(data)
    if envelope.payload_type != ACTIVATION:
        raise FormatTooNew(what="activation", found=envelope.payload_type[:200], known=ACTIVATION)
    activation = Activation.from_bytes(envelope.payload)
    try:
        root = first_trust(activation.root_envelope).root_manifest()
    except ValueError as reason:
        raise ContentInvalid(what="activation", reason="root is not base64") from reason
    envelope.require(root.keys_of("root"), root.roles["root"].threshold)
    if root.platform != activation.platform:
        raise ExchangeFault("ROOT_OTHER_PLATFORM", {"have": root.platform, "found": activation.platform})
    return activation
