"""Frozen values to exact JSON bytes and back: the only form in which a document is stored, shown, signed and sent.

The profile is that of the exchange (``sync.canonical``): None is left out, money (`domain.money.Yuan`) is text with
exactly two decimals, other exact numbers are plain text, enums go by value, dates are ISO, tuples are lists, text is
NFC. Fields that are unknown here (a newer program's) are passed over when reading; the bytes themselves are kept by
whoever read them.
"""

import json
import re
import types
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import Enum
from functools import cache
from typing import Annotated, Any, NoReturn, TypeVar, Union, get_args, get_origin, get_type_hints

import msgspec

from desktop.domain.document import Content, type_of_content
from desktop.domain.fault import Fault
from desktop.domain.head import Kind
from desktop.domain.money import Yuan
from sync.canonical import MAX_INTEGER

T = TypeVar("T")
Give = Callable[[Any], object]
Take = Callable[[Any], Any]

SCHEMA_MAJOR = 1  # of every content class that this program writes

# (kind, major) -> pure function from the JSON object of that major to the next one's. Stored bytes are never rewritten.
Upgrades = Mapping[tuple[Kind, int], Callable[[dict[str, Any]], dict[str, Any]]]
UPGRADES: Upgrades = {}

_MONEY = re.compile(r"-?(?:0|[1-9][0-9]*)\.[0-9]{2}")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
_CENT = Decimal("0.01")
# What the givers below return lies inside the profile by construction, so the second walk of `sync.canonical.encode`
# is left out: a budget is written four times as fast. The tests compare the bytes of both.
_WRITER = json.JSONEncoder(
    sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False, check_circular=False
)


class NotReadable(ValueError):
    """Bytes that are no value of the wanted class; the text names the place."""


def encode(value: object) -> bytes:
    """Return the exact bytes of a frozen dataclass.

    Raises:
        ValueError: Money with more than two decimals, a number that is not finite, an integer beyond 2^53 - 1.
    """
    hint: Any = type(value)
    return dump(_giver(hint)(value))


def dump(plain: object) -> bytes:
    """Return the JSON of plain values that lie inside the profile: objects, lists, NFC text, whole numbers."""
    return _WRITER.encode(plain).encode("utf-8")


def decode(data: bytes, wanted: type[T]) -> T:
    """Read a value back.

    Args:
        data: UTF-8 JSON, an object.
        wanted: The frozen dataclass.

    Raises:
        NotReadable: Not JSON, a float or null inside, a missing field, a wrong type, money without two decimals.
    """
    return convert(read_json(data), wanted)


def convert(value: object, wanted: type[T]) -> T:
    """Read a value from JSON objects that were parsed already; like `decode`."""
    try:
        hint: Any = wanted
        return msgspec.convert(_taker(hint)(value), wanted)
    except (msgspec.ValidationError, TypeError, AttributeError) as reason:
        raise NotReadable(f"{wanted.__name__}: {reason}") from reason


def read_json(data: bytes) -> Any:
    """Parse JSON without floats and nulls.

    Raises:
        NotReadable: It is no such JSON.
    """
    try:
        return json.loads(data, parse_float=_refuse_number, parse_constant=_refuse_number)
    except (ValueError, RecursionError) as reason:
        raise NotReadable(f"not JSON: {reason}") from reason


def reader(wanted: type[T]) -> Callable[[bytes], T]:
    """Return a fast reader for bytes that were checked when they came in.

    Args:
        wanted: A class whose optional fields all have defaults, else `TypeError`.
    """
    hint: Any = wanted
    return _reader(hint)


@cache
def _reader(wanted: Any) -> Callable[[bytes], Any]:
    if any(_is_gap(field, hint) for field, hint in _typed_fields(wanted)):
        raise TypeError(f"{wanted.__name__} leaves out a field that has no default")
    return msgspec.json.Decoder(wanted).decode


def decode_content(data: bytes, upgrades: Upgrades = UPGRADES) -> Content:
    """Read a document's content of any schema that this program knows, brought up to the present one.

    Raises:
        Fault: FORMAT_TOO_NEW when a newer program wrote it.
        NotReadable: The bytes are no document.
    """
    raw = read_json(data)
    try:
        kind, major = Kind(raw["head"]["kind"]), int(raw["head"]["schema"].partition(".")[0])
    except (KeyError, TypeError, ValueError, AttributeError) as reason:
        raise NotReadable(f"no head: {reason}") from reason
    newest = max((step + 1 for of, step in upgrades if of is kind), default=SCHEMA_MAJOR)
    if major > newest:
        raise Fault("FORMAT_TOO_NEW", what=kind.value, found=str(major), known=str(newest))
    for step in range(major, newest):
        raw = upgrades[kind, step](raw)
    return convert(raw, type_of_content[kind])


def nfc(text: str) -> str:
    """Return the text in the one form that is stored."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def _money(value: Decimal) -> str:
    try:
        exact = value.quantize(_CENT)
    except InvalidOperation as reason:  # not finite, or more digits than anyone's money has
        raise ValueError(f"not an amount: {value}") from reason
    if exact != value:
        raise ValueError(f"more than two decimals: {value}")
    return f"{exact or abs(exact):f}"  # 0.00, never -0.00


def _integer(value: int) -> int:
    if abs(value) > MAX_INTEGER:
        raise ValueError("integer beyond 2^53 - 1")
    return value


def _number(value: Decimal) -> str:
    if not value.is_finite():
        raise ValueError(f"not a number: {value}")
    return f"{value or abs(value):f}"


def _typed_fields(cls: type) -> list[tuple[Field[Any], Any]]:
    hints = get_type_hints(cls, include_extras=True)
    return [(field, hints[field.name]) for field in fields(cls)]


def _optional(hint: Any) -> Any:
    """Return the X of ``X | None``, or None for any other type."""
    if get_origin(hint) not in (Union, types.UnionType):
        return None
    parts = [part for part in get_args(hint) if part is not type(None)]
    if len(parts) != 1 or len(parts) == len(get_args(hint)):
        raise TypeError(f"no JSON form for {hint}")
    return parts[0]


def _is_gap(field: Field[Any], hint: Any) -> bool:
    return _optional(hint) is not None and field.default is MISSING and field.default_factory is MISSING


@cache
def _giver(hint: Any) -> Give:
    """Compile how a value of the type becomes what ``json`` writes."""
    if hint == Yuan:
        return _money
    if get_origin(hint) is Annotated:
        return _giver(get_args(hint)[0])
    if get_origin(hint) is tuple:
        return _tuple_giver(get_args(hint))
    if get_origin(hint) is not None and issubclass(get_origin(hint), Mapping):
        item = _giver(get_args(hint)[1])
        return lambda value: {nfc(name): item(one) for name, one in value.items()}
    if is_dataclass(hint):
        return _dataclass_giver(hint)  # type: ignore[arg-type]
    if isinstance(hint, type) and issubclass(hint, Enum):
        return lambda value: value.value
    if hint is Decimal:
        return _number
    if hint is date:
        return date.isoformat
    if hint is str:
        return nfc
    if hint is int:
        return _integer
    if hint is bool:
        return _as_is
    raise TypeError(f"no JSON form for {hint}")


def _tuple_giver(parts: tuple[Any, ...]) -> Give:
    if len(parts) == 2 and parts[1] is Ellipsis:
        item = _giver(parts[0])
        return lambda value: [item(one) for one in value]
    items = [_giver(part) for part in parts]
    return lambda value: [give(one) for give, one in zip(items, value, strict=True)]


def _dataclass_giver(cls: type) -> Give:
    plan = [(field.name, _giver(_optional(hint) or hint)) for field, hint in _typed_fields(cls)]

    def give(value: Any) -> object:
        found = ((name, item, getattr(value, name)) for name, item in plan)
        return {name: item(one) for name, item, one in found if one is not None}

    return give


@cache
def _taker(hint: Any) -> Take:
    """Compile the checks of what ``msgspec`` would let pass, and put back the None of fields that were left out."""
    if hint == Yuan:
        return _taken_money
    if get_origin(hint) is Annotated:
        return _taker(get_args(hint)[0])
    if hint is Decimal:
        return _taken_number
    if get_origin(hint) is tuple:
        parts = get_args(hint)
        if len(parts) == 2 and parts[1] is Ellipsis:
            item = _taker(parts[0])
            return lambda value: value if item is _as_is else [item(one) for one in value]
        items = [_taker(part) for part in parts]
        return lambda value: [take(one) for take, one in zip(items, value, strict=True)]
    if is_dataclass(hint):
        return _dataclass_taker(hint)  # type: ignore[arg-type]
    return _as_is


def _dataclass_taker(cls: type) -> Take:
    typed = _typed_fields(cls)
    gaps = [field.name for field, hint in typed if _is_gap(field, hint)]
    takes = {field.name: _taker(_optional(hint) or hint) for field, hint in typed}
    checked = {name: take for name, take in takes.items() if take is not _as_is}

    def take(value: Any) -> Any:
        if not isinstance(value, dict):
            raise NotReadable(f"{cls.__name__}: not an object")
        taken = {**dict.fromkeys(gaps), **value}
        for name, check in checked.items():
            if taken.get(name) is not None:
                taken[name] = check(taken[name])
        return taken

    return take


def _as_is(value: Any) -> Any:
    return value


def _taken_money(value: Any) -> Any:
    if not isinstance(value, str) or not _MONEY.fullmatch(value):
        raise NotReadable(f"not an amount with two decimals: {str(value)[:40]!r}")
    return value


def _taken_number(value: Any) -> Any:
    if not isinstance(value, str) or not _NUMBER.fullmatch(value):
        raise NotReadable(f"not a plain number: {str(value)[:40]!r}")
    return value


def _refuse_number(text: str) -> NoReturn:
    raise NotReadable(f"number is no integer: {text[:32]}")
