"""How a signed value is written and read, and the forms that its fields may take.

The forms are checked by msgspec when foreign bytes are read and before our own are written.
"""

from collections import Counter
from collections.abc import Hashable, Iterable
from typing import Annotated, Any, ClassVar, Self

import msgspec
from msgspec import Meta

from sync import canonical
from sync.canonical import MAX_INTEGER
from sync.faults import ContentInvalid

# \Z and [0-9], not $ and \d: those also take a trailing line end and digits of other scripts.
Digest = Annotated[str, Meta(pattern=r"\A[0-9a-f]{64}\Z")]
KeyId = Annotated[str, Meta(pattern=r"\A[0-9a-f]{32}\Z")]
Uuid = Annotated[str, Meta(pattern=r"\A[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\Z")]
UnitCode = Annotated[str, Meta(pattern=r"\A[0-9]{3}([0-9]{3}){0,2}\Z")]
RoleName = Annotated[str, Meta(pattern=r"\A[a-z_]{1,40}\Z")]
Stream = Annotated[str, Meta(pattern=r"\A[0-9]{3}([0-9]{3}){0,2}/[A-Za-z0-9_-]{1,64}\Z")]
Label = Annotated[str, Meta(pattern=r"\A[A-Za-z0-9][A-Za-z0-9._-]{0,127}\Z")]
Kind = Annotated[str, Meta(pattern=r"\A[A-Z][A-Z0-9_]{0,39}\Z")]
Schema = Annotated[str, Meta(pattern=r"\A[0-9]{1,4}\.[0-9]{1,4}\Z")]
Amount = Annotated[str, Meta(pattern=r"\A-?(0|[1-9][0-9]{0,17})\.[0-9]{2}\Z")]
Period = Annotated[str, Meta(pattern=r"\A([0-9]{4}-(0[1-9]|1[0-2])|none)\Z")]
Scope = Annotated[str, Meta(pattern=r"\A(public|unit:[0-9]{3}([0-9]{3}){0,2})\Z")]
Name = Annotated[str, Meta(min_length=1, max_length=200)]
Remark = Annotated[str, Meta(max_length=2000)]
Moment = Annotated[
    str,
    Meta(pattern=r"\A[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?(Z|[+-][0-9]{2}:[0-9]{2})\Z"),
]
Base64 = Annotated[str, Meta(pattern=r"\A[A-Za-z0-9+/]*={0,2}\Z", max_length=4096)]
Count = Annotated[int, Meta(ge=0, le=MAX_INTEGER)]
Number = Annotated[int, Meta(ge=1, le=MAX_INTEGER)]
BatchVerdict = Annotated[str, Meta(pattern=r"\A(accepted|refused|held)\Z")]
ItemVerdict = Annotated[str, Meta(pattern=r"\A(accepted|rejected|duplicate)\Z")]
Stage = Annotated[str, Meta(pattern=r"\A(arrived|decided)\Z")]


class Canonical:
    """A value with one byte form; a subclass is a frozen dataclass."""

    __slots__ = ()

    def to_bytes(self) -> bytes:
        """Give the canonical bytes; absent values are left out.

        Raises:
            ValueError: A field breaks its rule; nothing invalid can be signed by mistake.
        """
        plain = _without_absent(msgspec.to_builtins(self))
        msgspec.convert(plain, type(self))  # ValidationError is a ValueError
        return canonical.encode(plain)

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """Read canonical bytes.

        Raises:
            ContentInvalid: Not canonical, a field missing, or one that breaks its rule.
        """
        try:
            return msgspec.convert(canonical.decode(data), cls)
        except msgspec.ValidationError as reason:
            raise ContentInvalid(what=cls.__name__, reason=str(reason)[:300]) from reason

    @classmethod
    def from_exact_bytes(cls, data: bytes) -> Self:
        """Read canonical bytes that hold no field besides ours.

        For what has a format number of its own, where an unread field could only be damage or somebody's afterthought.

        Raises:
            ContentInvalid: As ``from_bytes``, or a field is unknown.
        """
        value = cls.from_bytes(data)
        if value.to_bytes() != data:
            raise ContentInvalid(what=cls.__name__, reason="a field that is not of this format")
        return value


class Manifest(Canonical):
    """What every payload type offers; a subclass names its type. Its canonical bytes are signed and digested."""

    __slots__ = ()
    PAYLOAD_TYPE: ClassVar[str]


def require_unique(what: str, keys: Iterable[Hashable]) -> None:
    """Refuse a list that names something twice.

    Raises:
        ValueError: It does.
    """
    repeated = [key for key, times in Counter(keys).items() if times > 1]
    if repeated:
        raise ValueError(f"{what} stands twice: {repeated[0]}")


def _without_absent(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_absent(item) for key, item in value.items() if item is not None}
    if isinstance(value, list | tuple):
        return [_without_absent(item) for item in value]
    return value
