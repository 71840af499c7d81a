"""What the world can do wrong to an exchange: one exception class with a stable code for each.

A fault never carries a sentence for the user. ``code`` and ``facts`` travel to the one module that knows the texts;
both are safe to log (no PIN, no key, no content of a document is ever put into a fact).
"""

from collections.abc import Mapping
from typing import ClassVar


class ExchangeFault(Exception):
    """Base of every expected failure of the exchange.

    Attributes:
        code: Stable identifier in capitals, e.g. ``FILE_DAMAGED``. Never shown as it is.
        facts: What the shown text needs: names, numbers and limits as text.
    """

    def __init__(self, code: str, facts: Mapping[str, str] | None = None) -> None:
        self.code = code
        self.facts: dict[str, str] = dict(facts or {})
        super().__init__(code, self.facts)

    def __str__(self) -> str:
        shown = ", ".join(f"{name}={value}" for name, value in sorted(self.facts.items()))
        return f"{self.code} ({shown})" if shown else self.code

    def __reduce__(self) -> tuple[object, ...]:
        # The platform verifies in worker processes; a fault has to survive the way back.
        return _rebuild, (type(self), self.code, self.facts)


class CodedFault(ExchangeFault):
    """A fault whose class fixes its code; the facts are given by name."""

    CODE: ClassVar[str]

    def __init__(self, **facts: str) -> None:
        super().__init__(self.CODE, facts)


def _rebuild(kind: type[ExchangeFault], code: str, facts: dict[str, str]) -> ExchangeFault:
    """Make a fault again from what pickle kept."""
    if issubclass(kind, CodedFault):
        return kind(**facts)
    return kind(code, facts)


class DamagedFile(CodedFault):
    """Bytes are missing, changed or too many: the file must be made or fetched again. Facts: what."""

    CODE = "FILE_DAMAGED"


class NotOurs(CodedFault):
    """The file is not a container of this protocol at all."""

    CODE = "FILE_NOT_OURS"


class FormatTooNew(CodedFault):
    """A newer program made this; nothing of it was read. Facts: what, found, known."""

    CODE = "FORMAT_TOO_NEW"


class TooLarge(CodedFault):
    """A declared or real size is above a hard limit. Facts: what, limit, and found where it is known."""

    CODE = "TOO_LARGE"


class ContentInvalid(CodedFault):
    """The bytes are whole, but say something the protocol does not allow. Facts: what, reason."""

    CODE = "CONTENT_INVALID"


class WrongRecipient(CodedFault):
    """The container is sealed for other keys. Facts: recipients (key ids, comma separated)."""

    CODE = "WRONG_RECIPIENT"


class BadSignature(CodedFault):
    """Fewer valid signatures of trusted keys than required. Facts: named, valid, needed."""

    CODE = "SIGNATURE_INVALID"


class KeyMalformed(CodedFault):
    """Bytes that should be an SM2 public key are none. Facts: reason."""

    CODE = "KEY_MALFORMED"


class KeyNotAtHand(CodedFault):
    """The key file, or the secret that protects it, is not on this computer. Facts: key."""

    CODE = "KEY_NOT_AT_HAND"


class KeyExists(CodedFault):
    """A key file already stands there and is never overwritten. Facts: path."""

    CODE = "KEY_EXISTS"


class WrongPin(CodedFault):
    """The PIN is wrong. Facts: left, how many tries remain before the key locks."""

    CODE = "PIN_WRONG"


class PinLocked(CodedFault):
    """Too many wrong PINs; this key file can be used no more. Facts: key."""

    CODE = "PIN_LOCKED"


class PinTooShort(CodedFault):
    """A new PIN has fewer characters than allowed. Facts: least."""

    CODE = "PIN_TOO_SHORT"


class WrongPassword(CodedFault):
    """The password does not open the file of secrets. Facts: path."""

    CODE = "PASSWORD_WRONG"


class SecretStoreFailed(CodedFault):
    """The system's store of secrets refused or lost a secret. Facts: reason."""

    CODE = "SECRET_STORE_FAILED"


class DiskFull(CodedFault):
    """No space; nothing was renamed into place, the old state stands. Facts: folder."""

    CODE = "DISK_FULL"


class DiskFailed(CodedFault):
    """Reading or writing failed for another reason than space. Facts: path, reason."""

    CODE = "DISK_FAILED"


class TargetExists(CodedFault):
    """A sealed file already stands there; sealed bytes are never rebuilt. Facts: path."""

    CODE = "TARGET_EXISTS"


class NoLink(CodedFault):
    """The platform cannot be reached, or what answered is not the platform. Facts: reason."""

    CODE = "NO_LINK"
