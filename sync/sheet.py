"""What a person signs: a list of documents, one or four hundred, with one PIN entry.

The exact bytes of a sheet name each document by kind, business key, revision and digest, and say who signs, in which
post and role, and when. A sheet travels as a part of the batch in its signed envelope.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, ClassVar

from msgspec import Meta

from sync.crypto import PublicKey, Signer
from sync.envelope import Envelope, sign
from sync.faults import FormatTooNew
from sync.fields import Digest, Kind, Manifest, Moment, Name, Number, UnitCode, require_unique
from sync.manifest import SHEET

MEDIA_TYPE = "application/vnd.budgetdesk.sheet"  # of the part that holds one signed sheet

SheetRole = Annotated[str, Meta(pattern=r"\A(checker|signer|head)\Z")]


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One document of a sheet; the digest is SM3 of its exact bytes."""

    kind: Kind
    key: Name
    revision: Number
    digest: Digest


@dataclass(frozen=True, slots=True)
class Sheet(Manifest):
    """The documents that one person takes responsibility for in one role.

    Attributes:
        unit: Unit code.
        officer: The person's id at the unit.
        name: The person's name as written.
        post: The post held, e.g. 会计.
        role: ``checker``, ``signer`` or ``head``.
        at: Local time with zone; a record, never an order.
        documents: At least one; none twice.
    """

    PAYLOAD_TYPE: ClassVar[str] = SHEET

    unit: UnitCode
    officer: Name
    name: Name
    post: Name
    role: SheetRole
    at: Moment
    documents: tuple[SheetLine, ...]

    def __post_init__(self) -> None:
        if not self.documents:
            raise ValueError("a sheet without documents says nothing")
        require_unique("document", ((one.kind, one.key, one.revision) for one in self.documents))


@dataclass(frozen=True, slots=True)
class SignedSheet:
    """A sheet whose signature was verified, and the key that made it."""

    sheet: Sheet
    key_id: str


def sign_sheet(sheet: Sheet, signer: Signer) -> Envelope:
    """Let a person's key sign the exact bytes of a sheet."""
    return sign(SHEET, sheet.to_bytes(), [signer])


def verify_sheet(envelope: Envelope, keys: Mapping[str, PublicKey]) -> SignedSheet:
    """Open a sheet that one of the keys signed.

    Args:
        envelope: As it came.
        keys: By key id the registered keys of the people who may sign; that a key belongs to the sheet's officer is
            for the caller to compare, who keeps the register.

    Raises:
        FormatTooNew: Another payload, or a newer major version of a sheet.
        BadSignature: None of the keys signed these bytes.
        ContentInvalid: The sheet breaks a rule.
    """
    if envelope.payload_type != SHEET:
        raise FormatTooNew(what="sheet", found=envelope.payload_type[:200], known=SHEET)
    signed_by = envelope.require(keys)
    return SignedSheet(Sheet.from_bytes(envelope.payload), signed_by[0])
