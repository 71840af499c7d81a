"""Signatures over a payload and its type."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync import canonical
from sync.envelope import MAX_SIGNATURES, Envelope, Signature, pae, sign
from sync.faults import BadSignature, ContentInvalid, TooLarge
from tests.sync.material import CHECKER, STRANGER, WRITER, trusted

TYPE = "application/vnd.example+json;v=1"
PAYLOAD = '{"title":"预算"}'.encode()


def fields_of(envelope: Envelope) -> dict[str, object]:
    read = canonical.decode(envelope.to_bytes())
    assert isinstance(read, dict)
    return read


def test_the_signed_bytes_are_those_of_the_dsse_specification():
    assert pae("http://example.com/HelloWorld", b"hello world") == (
        b"DSSEv1 29 http://example.com/HelloWorld 11 hello world"
    )
    assert pae("类型", b"") == b"DSSEv1 6 " + "类型".encode() + b" 0 "


@given(st.text(max_size=20), st.binary(max_size=20), st.text(max_size=20), st.binary(max_size=20))
def test_two_pairs_of_type_and_payload_never_give_the_same_signed_bytes(kind, payload, other_kind, other_payload):
    assert (pae(kind, payload) == pae(other_kind, other_payload)) == ((kind, payload) == (other_kind, other_payload))


def test_an_envelope_survives_its_bytes():
    envelope = sign(TYPE, PAYLOAD, [WRITER, CHECKER])
    assert Envelope.from_bytes(envelope.to_bytes()) == envelope


def test_every_trusted_signer_is_named_in_order():
    envelope = sign(TYPE, PAYLOAD, [WRITER, CHECKER])
    assert envelope.signed_by(trusted(CHECKER, WRITER, STRANGER)) == [WRITER.key_id, CHECKER.key_id]
    assert envelope.signed_by(trusted(CHECKER)) == [CHECKER.key_id]
    assert envelope.signed_by({}) == []


@pytest.mark.parametrize(
    "changed",
    [
        lambda one: Envelope(one.payload_type, one.payload + b" ", one.signatures),
        lambda one: Envelope("application/vnd.other+json;v=1", one.payload, one.signatures),
        lambda one: Envelope(one.payload_type, one.payload, (Signature(STRANGER.key_id, one.signatures[0].sig),)),
        lambda one: Envelope(one.payload_type, one.payload, (Signature(WRITER.key_id, b""),)),
        lambda one: Envelope(
            one.payload_type, one.payload, (Signature(WRITER.key_id, one.signatures[0].sig, "sm2-sha256"),)
        ),
        lambda one: Envelope(one.payload_type, one.payload, ()),
    ],
    ids=["payload", "type", "key id", "signature", "algorithm", "no signature"],
)
def test_a_changed_envelope_is_signed_by_nobody(changed):
    envelope = changed(sign(TYPE, PAYLOAD, [WRITER]))
    assert envelope.signed_by(trusted(WRITER, STRANGER)) == []
    with pytest.raises(BadSignature) as caught:
        envelope.require(trusted(WRITER, STRANGER))
    assert caught.value.code == "SIGNATURE_INVALID"


def test_a_key_filed_under_a_wrong_id_is_not_trusted():
    envelope = sign(TYPE, PAYLOAD, [STRANGER])
    renamed = Envelope(TYPE, PAYLOAD, (Signature(WRITER.key_id, envelope.signatures[0].sig),))
    assert renamed.signed_by({WRITER.key_id: STRANGER.public}) == []


def test_a_signature_given_twice_counts_once():
    envelope = sign(TYPE, PAYLOAD, [WRITER])
    doubled = Envelope(TYPE, PAYLOAD, envelope.signatures + sign(TYPE, PAYLOAD, [WRITER]).signatures)
    assert doubled.signed_by(trusted(WRITER)) == [WRITER.key_id]
    with pytest.raises(BadSignature) as caught:
        doubled.require(trusted(WRITER, CHECKER), threshold=2)
    assert caught.value.facts["needed"] == "2"
    assert caught.value.facts["valid"] == WRITER.key_id


def test_a_threshold_is_met_by_different_keys():
    envelope = sign(TYPE, PAYLOAD, [WRITER, STRANGER, CHECKER])
    assert envelope.require(trusted(WRITER, CHECKER), threshold=2) == [WRITER.key_id, CHECKER.key_id]


def test_a_threshold_below_one_is_our_mistake():
    with pytest.raises(ValueError, match="trust anything"):
        sign(TYPE, PAYLOAD, [WRITER]).require(trusted(WRITER), threshold=0)


@pytest.mark.parametrize("signers", [[], [WRITER, WRITER]])
def test_an_envelope_is_signed_by_different_signers_and_at_least_one(signers):
    with pytest.raises(ValueError, match="different signers"):
        sign(TYPE, PAYLOAD, signers)


def test_too_many_signatures_are_refused_before_any_is_verified():
    one = sign(TYPE, PAYLOAD, [WRITER]).signatures
    with pytest.raises(TooLarge):
        Envelope.from_bytes(Envelope(TYPE, PAYLOAD, one * (MAX_SIGNATURES + 1)).to_bytes())


def test_unknown_fields_of_a_newer_minor_version_are_tolerated():
    envelope = sign(TYPE, PAYLOAD, [WRITER])
    newer = canonical.encode(fields_of(envelope) | {"timestamp": "2027-01-01T00:00:00Z"})
    assert Envelope.from_bytes(newer) == envelope


@pytest.mark.parametrize(
    "change",
    [
        {"payload": "AB=="},  # bits beyond the last byte: a second spelling of "AA=="
        {"payload": "A"},
        {"payload": "AA=A"},
        {"payload": "AA ="},
        {"payload": "中文"},
        {"payload": 1},
        {"payload_type": 1},
        {"signatures": {}},
        {"signatures": ["text"]},
        {"signatures": [{"key_id": "a", "alg": "sm2-sm3"}]},
        {"signatures": [{"key_id": "a", "alg": "sm2-sm3", "sig": "!"}]},
    ],
    ids=str,
)
def test_bytes_that_are_no_envelope_are_refused(change):
    fields = fields_of(sign(TYPE, PAYLOAD, [WRITER])) | change
    with pytest.raises(ContentInvalid):
        Envelope.from_bytes(canonical.encode(fields))


@pytest.mark.parametrize("data", [b"", b"[]", b"{}", b'{"payload":""}', base64.b64encode(b"x")])
def test_other_json_is_no_envelope(data):
    with pytest.raises(ContentInvalid):
        Envelope.from_bytes(data)
