"""The one byte form of a value."""

import json
import unicodedata
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.canonical import MAX_DEPTH, MAX_INTEGER, NotCanonical, decode, encode
from sync.faults import ContentInvalid

KEYS = st.text("abcdefghijklmnopqrstuvwxyzABCXYZ_0123456789", min_size=1, max_size=12)
TEXTS = st.text(st.characters(codec="utf-8")).map(lambda text: unicodedata.normalize("NFC", text))
SCALARS = st.one_of(TEXTS, st.booleans(), st.integers(-MAX_INTEGER, MAX_INTEGER))
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4), max_leaves=20
)


def jcs(value: object) -> str:
    """RFC 8785 written down once more, from the text of the RFC."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        short = {8: "\\b", 9: "\\t", 10: "\\n", 12: "\\f", 13: "\\r", 34: '\\"', 92: "\\\\"}
        return '"' + "".join(short.get(ord(c)) or (f"\\u{ord(c):04x}" if ord(c) < 32 else c) for c in value) + '"'
    if isinstance(value, list):
        return "[" + ",".join(jcs(item) for item in value) + "]"
    assert isinstance(value, dict)
    ordered = sorted(value.items(), key=lambda pair: pair[0].encode("utf-16-be"))
    return "{" + ",".join(f"{jcs(key)}:{jcs(item)}" for key, item in ordered) + "}"


def nested(depth: int) -> object:
    value: object = "leaf"
    for _ in range(depth):
        value = [value]
    return value


@given(VALUES)
def test_encoding_gives_the_bytes_of_rfc_8785(value):
    assert encode(value) == jcs(value).encode("utf-8")


@given(VALUES)
def test_decoding_gives_back_what_was_encoded(value):
    assert decode(encode(value)) == value


@given(st.binary(max_size=200) | TEXTS.map(str.encode) | VALUES.map(lambda value: json.dumps(value).encode()))
def test_foreign_bytes_are_canonical_or_refused(data):
    try:
        value = decode(data)
    except ContentInvalid:
        return
    assert encode(value) == data


@pytest.mark.parametrize(
    "value",
    [
        1.5,
        1.0,
        None,
        {"a": None},
        [float("nan")],
        Decimal("1.00"),
        b"bytes",
        {1, 2},
        MAX_INTEGER + 1,
        -MAX_INTEGER - 1,
        {1: "number as key"},
        {"": "empty key"},
        {"with space": 1},
        {"键": 1},
        {"k" * 65: 1},
        "e\u0301",  # é as two characters: not NFC
        "\ud800",
        nested(MAX_DEPTH + 1),
    ],
    ids=repr,
)
def test_a_value_outside_the_profile_is_not_encoded(value):
    with pytest.raises(NotCanonical):
        encode(value)


def test_the_deepest_value_and_the_largest_integers_are_encoded():
    assert decode(encode(nested(MAX_DEPTH))) == nested(MAX_DEPTH)
    assert (
        encode({"most": MAX_INTEGER, "least": -MAX_INTEGER}) == b'{"least":-9007199254740991,"most":9007199254740991}'
    )


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b'{"a":1,"a":1}',
        b'{"a":1.0}',
        b'{"a":1e2}',
        b'{"a":-0}',
        b'{"a":01}',
        b'{"a":null}',
        b'{"a":NaN}',
        b'{"a":Infinity}',
        b'{"a":9007199254740992}',
        b'{"a":' + b"9" * 100_000 + b"}",
        b'{"b":1,"a":1}',
        b'{"a": 1}',
        b'{"a":1}\n',
        b'\xef\xbb\xbf{"a":1}',
        b'{"a":"\\u4e2d"}',
        b'{"a":"\\/"}',
        b'{"a":"\\ud800"}',
        b'{"a":"\xed\xa0\x80"}',
        b'{"a":"\xff"}',
        b'{"a":"e\xcc\x81"}',
        b'{"\xe9\x94\xae":1}',
        b"[" * 17 + b"]" * 17,
        b"[" * 200_000 + b"]" * 200_000,
        b'{"a":' * 100_000,
    ],
    ids=lambda data: data[:24].decode("latin-1"),
)
def test_bytes_outside_the_profile_are_refused(data):
    with pytest.raises(ContentInvalid) as caught:
        decode(data)
    assert caught.value.code == "CONTENT_INVALID"
    assert len(caught.value.facts["reason"]) <= 200


def test_numbers_and_booleans_of_equal_value_have_their_own_forms():
    assert encode([True, 1, "1"]) == b'[true,1,"1"]'
    assert decode(b"[true,1]") == [True, 1]
    assert decode(b"true") is True
