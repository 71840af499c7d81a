"""Signatures over bytes as they are: DSSE with SM2.

What is signed is the pre-authentication encoding of (payload type, payload). The payload is verified as bytes and only
then parsed from the same bytes, so canonical form is never a matter of trust, and a signature under one type can never
be shown as a signature under another.
"""

import base64
import binascii
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sync import canonical
from sync.crypto import PublicKey, Signer, verify
from sync.faults import BadSignature, ContentInvalid, TooLarge

ALGORITHM = "sm2-sm3"
MAX_SIGNATURES = 16  # every one costs the platform about a millisecond


def pae(payload_type: str, payload: bytes) -> bytes:
    """Give the bytes that are really signed.

    Source: DSSE protocol v1, pre-authentication encoding.
    """
    kind = payload_type.encode("utf-8")
    return b"DSSEv1 %d %s %d %s" % (len(kind), kind, len(payload), payload)


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature of an envelope.

    Attributes:
        key_id: Which key is said to have signed: a hint for finding the key, never a proof.
        sig: DER SEQUENCE of r and s.
        alg: Always ``sm2-sm3``; another one is never counted as valid.
    """

    key_id: str
    sig: bytes
    alg: str = ALGORITHM


@dataclass(frozen=True, slots=True)
class Envelope:
    """A payload with the signatures that travel beside it; holding one proves nothing until it is verified."""

    payload_type: str
    payload: bytes
    signatures: tuple[Signature, ...]

    def to_bytes(self) -> bytes:
        """Give the canonical JSON form."""
        return canonical.encode(
            {
                "payload_type": self.payload_type,
                "payload": _to_base64(self.payload),
                "signatures": [
                    {"key_id": one.key_id, "alg": one.alg, "sig": _to_base64(one.sig)} for one in self.signatures
                ],
            }
        )

    @classmethod
    def from_bytes(cls, data: bytes) -> "Envelope":
        """Read the canonical JSON form; fields of a newer minor version are tolerated.

        Raises:
            ContentInvalid: Not an envelope.
            TooLarge: More signatures than anybody needs.
        """
        fields = _mapping(canonical.decode(data), "envelope")
        listed = fields.get("signatures")
        if not isinstance(listed, list):
            raise ContentInvalid(what="envelope", reason="no list of signatures")
        if len(listed) > MAX_SIGNATURES:
            raise TooLarge(what="signatures", limit=str(MAX_SIGNATURES), found=str(len(listed)))
        return cls(
            payload_type=_text(fields, "payload_type"),
            payload=_from_base64(_text(fields, "payload")),
            signatures=tuple(_read_signature(_mapping(one, "signature")) for one in listed),
        )

    def signed_by(self, keys: Mapping[str, PublicKey]) -> list[str]:
        """Name the keys whose signature over this envelope is valid.

        Args:
            keys: Trusted keys by key id; signatures of others are not looked at.

        Returns:
            Key ids without repetition, in the order of the envelope.
        """
        message = pae(self.payload_type, self.payload)
        valid: list[str] = []
        for one in self.signatures:
            key = keys.get(one.key_id)
            if key is None or one.key_id in valid or one.alg != ALGORITHM or key.key_id != one.key_id:
                continue
            if verify(key, message, one.sig):
                valid.append(one.key_id)
        return valid

    def require(self, keys: Mapping[str, PublicKey], threshold: int = 1) -> list[str]:
        """Give ``signed_by`` when at least ``threshold`` different trusted keys signed.

        Raises:
            BadSignature: Too few did.
            ValueError: The threshold is below 1: nothing may be trusted unsigned.
        """
        if threshold < 1:
            raise ValueError("a threshold below 1 would trust anything")
        valid = self.signed_by(keys)
        if len(valid) < threshold:
            named = ",".join(one.key_id for one in self.signatures)
            raise BadSignature(named=named, valid=",".join(valid), needed=str(threshold))
        return valid


def sign(payload_type: str, payload: bytes, signers: Sequence[Signer]) -> Envelope:
    """Sign a payload with every signer, in their order.

    Raises:
        ValueError: No signer, the same key twice, or too many.
    """
    ids = [signer.key_id for signer in signers]
    if not ids or len(set(ids)) != len(ids) or len(ids) > MAX_SIGNATURES:
        raise ValueError(f"an envelope needs 1 to {MAX_SIGNATURES} different signers, got {ids}")
    message = pae(payload_type, payload)
    return Envelope(payload_type, payload, tuple(Signature(one.key_id, one.sign(message)) for one in signers))


def dump_for_openssl(envelope: Envelope, key: PublicKey, folder: Path) -> None:
    """Write what the commands of VERIFY.md need to check one signature without this program.

    Writes ``envelope.json``, ``payload.json``, ``payload_type.txt``, ``message.bin`` (the signed bytes),
    ``signature.der`` and ``key.pem`` into an existing folder. Nothing is verified here: that is the purpose.

    Raises:
        BadSignature: The envelope holds no signature that names the key.
    """
    found = [one for one in envelope.signatures if one.key_id == key.key_id]
    if not found:
        raise BadSignature(named=",".join(one.key_id for one in envelope.signatures), valid="", needed="1")
    (folder / "envelope.json").write_bytes(envelope.to_bytes())
    (folder / "payload.json").write_bytes(envelope.payload)
    (folder / "payload_type.txt").write_bytes(envelope.payload_type.encode("utf-8"))
    (folder / "message.bin").write_bytes(pae(envelope.payload_type, envelope.payload))
    (folder / "signature.der").write_bytes(found[0].sig)
    (folder / "key.pem").write_text(key.to_pem(), encoding="ascii", newline="\n")


def _read_signature(fields: dict[str, Any]) -> Signature:
    return Signature(key_id=_text(fields, "key_id"), sig=_from_base64(_text(fields, "sig")), alg=_text(fields, "alg"))


def _mapping(value: object, what: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise ContentInvalid(what=what, reason="not an object")
    return value


def _text(fields: dict[str, Any], name: str) -> str:
    value = fields.get(name)
    if not isinstance(value, str):
        raise ContentInvalid(what="envelope", reason=f"no text in {name}")
    return value


def _to_base64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _from_base64(text: str) -> bytes:
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as reason:
        raise ContentInvalid(what="envelope", reason="not base64") from reason
    if _to_base64(data) != text:  # unused bits set in the last character: two spellings of one signature
        raise ContentInvalid(what="envelope", reason="base64 has two spellings")
    return data
