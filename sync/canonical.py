"""The restricted JSON whose bytes are hashed, signed and kept.

In this profile ``json.dumps`` with sorted keys and no spaces gives exactly the bytes of RFC 8785 (JCS), because keys
are ASCII and numbers are integers. The profile: objects, arrays, text in NFC, booleans and integers within
±(2^53 - 1); no floats, no nulls (an absent value is left out), no duplicate keys; keys of ASCII letters, digits and
underscore; at most 16 levels of objects and arrays. Amounts and quantities are text with a fixed scale.
"""

import json
import re
import unicodedata
from collections.abc import Mapping
from typing import NoReturn

from sync.faults import ContentInvalid

MAX_INTEGER = 2**53 - 1
MAX_DEPTH = 16
_KEY = re.compile(r"[A-Za-z0-9_]{1,64}")
_LONGEST_INTEGER = len(str(-MAX_INTEGER))


class NotCanonical(ValueError):
    """A value of our own that has no form in the profile: a mistake of the caller, not of the world."""


def encode(value: object) -> bytes:
    """Give the one canonical form of a value as UTF-8.

    Args:
        value: Mappings with text keys, lists or tuples, ``str``, ``bool`` and ``int``, nested at most 16 deep.

    Raises:
        NotCanonical: The value is outside the profile; the text names the place.

    Source: SYNC.md section 3, record encoding.
    """
    text = json.dumps(
        _checked(value, "$", 1), sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )
    return text.encode("utf-8")


def decode(data: bytes) -> object:
    """Read canonical bytes; any other spelling of the same value is refused.

    Returns:
        ``dict``, ``list``, ``str``, ``bool`` or ``int``.

    Raises:
        ContentInvalid: Not UTF-8, not JSON, outside the profile, or not in canonical form.
    """
    try:
        value: object = json.loads(
            data.decode("utf-8"),
            object_pairs_hook=_unique,
            parse_float=_no_float,
            parse_constant=_no_float,
            parse_int=_small_integer,
        )
        again = encode(value)
    except (ValueError, RecursionError) as reason:
        # UnicodeDecodeError, JSONDecodeError and NotCanonical are all ValueError.
        raise ContentInvalid(what="json", reason=_short(reason)) from reason
    if again != data:
        raise ContentInvalid(what="json", reason="not in canonical form")
    return value


def _checked(value: object, where: str, depth: int) -> object:
    """Give the value back with plain containers, or name the place that breaks the profile."""
    if isinstance(value, str):
        return _checked_text(value, where)
    if isinstance(value, bool):
        return value
    if isinstance(value, int):
        if abs(value) > MAX_INTEGER:
            raise NotCanonical(f"{where}: integer beyond 2^53 - 1")
        return value
    if isinstance(value, Mapping):
        _check_depth(where, depth)
        return {_checked_key(key, where): _checked(item, f"{where}.{key}", depth + 1) for key, item in value.items()}
    if isinstance(value, list | tuple):
        _check_depth(where, depth)
        return [_checked(item, f"{where}[{number}]", depth + 1) for number, item in enumerate(value)]
    raise NotCanonical(f"{where}: {type(value).__name__} has no canonical form")


def _checked_text(text: str, where: str) -> str:
    if text.isascii():
        return text
    if not unicodedata.is_normalized("NFC", text):
        raise NotCanonical(f"{where}: text is not in NFC")
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise NotCanonical(f"{where}: text holds half of a surrogate pair")
    return text


def _checked_key(key: object, where: str) -> str:
    if not isinstance(key, str) or not _KEY.fullmatch(key):
        raise NotCanonical(f"{where}: bad key {str(key)[:64]!r}")
    return key


def _check_depth(where: str, depth: int) -> None:
    if depth > MAX_DEPTH:
        raise NotCanonical(f"{where[:200]}: deeper than {MAX_DEPTH} levels")


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise NotCanonical("duplicate key")
    return found


def _no_float(text: str) -> NoReturn:
    raise NotCanonical(f"number is no integer: {text[:32]}")


def _small_integer(text: str) -> int:
    # Looked at before int(): a number of a million digits must cost nothing.
    if len(text) > _LONGEST_INTEGER:
        raise NotCanonical("integer beyond 2^53 - 1")
    return int(text)


def _short(reason: BaseException) -> str:
    return str(reason)[:200] or type(reason).__name__
