"""SM2, SM3 and SM4-GCM against the standards, against OpenSSL and against a second library."""

import base64
import hmac
import itertools
import json
import shlex
import subprocess
from pathlib import Path

import gmalg
import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, modes
from cryptography.hazmat.primitives.ciphers.algorithms import SM4
from hypothesis import given, settings
from hypothesis import strategies as st

from sync.crypto import PublicKey, Sm3, SoftKey, derive, sm3, sm4_gcm_open, sm4_gcm_seal, verify, wrap_key
from sync.faults import DamagedFile, ExchangeFault, KeyMalformed
from tests.sync.material import CHECKER, STRANGER, VECTORS, WRITER

STANDARDS = json.loads((VECTORS / "standards.json").read_text(encoding="ascii"))
SM2 = STANDARDS["sm2"]
ORDER = 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFF7203DF6B21C6052B53BBF40939D54123
MESSAGE = "支付凭证 219001-2026-000001".encode()


def integer(number: int) -> bytes:
    body = number.to_bytes(number.bit_length() // 8 + 1, "big")
    return b"\x02" + bytes([len(body)]) + body


def sequence(*values: bytes) -> bytes:
    body = b"".join(values)
    return b"\x30" + (b"\x81" if len(body) > 127 else b"") + bytes([len(body)]) + body


def numbers_of(signature: bytes) -> tuple[int, int]:
    first = 4 + signature[3]
    return int.from_bytes(signature[4:first], "big"), int.from_bytes(signature[first + 2 :], "big")


def standard_key() -> SoftKey:
    return SoftKey.from_private(bytes.fromhex(SM2["private"]), PublicKey.from_hex(SM2["public"]))


def openssl(arguments: str, folder: Path) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(["openssl", *shlex.split(arguments)], cwd=folder, capture_output=True, check=False)


def private_pem(key: SoftKey) -> str:
    """SEC 1 form, as OpenSSL reads it."""
    curve = bytes.fromhex("a00a06082a811ccf5501822d")
    point = b"\xa1\x44\x03\x42\x00" + key.public.raw
    der = sequence(b"\x02\x01\x01", b"\x04\x20" + key.private_bytes(), curve, point)
    text = base64.encodebytes(der).decode("ascii")
    return f"-----BEGIN EC PRIVATE KEY-----\n{text}-----END EC PRIVATE KEY-----\n"


# --- the standards -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("vector", STANDARDS["sm3"], ids=lambda vector: vector["source"])
def test_sm3_gives_the_digests_of_the_standard(vector):
    message = vector["message"].encode("ascii")
    pieces = Sm3()
    for at in range(0, len(message), 5):
        pieces.update(message[at : at + 5])
    assert sm3(message) == pieces.hexdigest() == pieces.digest().hex() == vector["digest"]


def test_the_signature_of_the_standard_verifies():
    signed = SM2["signed"]
    signature = sequence(integer(int(signed["r"], 16)), integer(int(signed["s"], 16)))
    key = PublicKey.from_hex(SM2["public"])
    assert verify(key, signed["message"].encode("ascii"), signature)
    assert not verify(key, b"message digesT", signature)


def test_the_encryption_of_the_standard_opens():
    sealed = {name: bytes.fromhex(SM2["encrypted"][name]) for name in ("c1", "c2", "c3")}
    x, y = int.from_bytes(sealed["c1"][1:33], "big"), int.from_bytes(sealed["c1"][33:], "big")
    wrapped = sequence(
        integer(x), integer(y), b"\x04\x20" + sealed["c3"], b"\x04" + bytes([len(sealed["c2"])]) + sealed["c2"]
    )
    assert standard_key().unwrap(wrapped) == SM2["encrypted"]["message"].encode("ascii")


def test_sm4_gives_the_block_of_the_standard():
    vector = STANDARDS["sm4"]
    one_block = Cipher(SM4(bytes.fromhex(vector["key"])), modes.ECB()).encryptor()
    assert one_block.update(bytes.fromhex(vector["plain"])).hex() == vector["cipher"]


def test_sm4_gcm_gives_the_bytes_of_rfc_8998():
    vector = STANDARDS["sm4_gcm"]
    key, nonce, plain, ad = (bytes.fromhex(vector[name]) for name in ("key", "nonce", "plain", "ad"))
    sealed = sm4_gcm_seal(key, nonce, plain, ad)
    assert sealed.hex() == vector["cipher"] + vector["tag"]
    assert sm4_gcm_open(key, nonce, sealed, ad) == plain


# --- other implementations ---------------------------------------------------------------------------------------


@settings(max_examples=10)
@given(st.binary(max_size=300))
def test_a_second_library_verifies_what_we_sign_and_the_other_way_round(message):
    theirs = gmalg.SM2(WRITER.private_bytes(), b"1234567812345678", WRITER.public.raw)
    r, s = numbers_of(WRITER.sign(message))
    assert theirs.verify(message, r.to_bytes(32, "big"), s.to_bytes(32, "big"))
    r_bytes, s_bytes = theirs.sign(message)
    signature = sequence(integer(int.from_bytes(r_bytes, "big")), integer(int.from_bytes(s_bytes, "big")))
    assert verify(WRITER.public, message, signature)


def test_a_second_library_opens_what_we_wrap():
    secret = bytes(range(16))
    wrapped = wrap_key(CHECKER.public, secret)
    x_end = 5 + wrapped[4] if wrapped[1] == 0x81 else 4 + wrapped[3]
    x_start = 5 if wrapped[1] == 0x81 else 4
    y_end = x_end + 2 + wrapped[x_end + 1]
    x, y = (int.from_bytes(part, "big") for part in (wrapped[x_start:x_end], wrapped[x_end + 2 : y_end]))
    c3, c2 = wrapped[y_end + 2 : y_end + 34], wrapped[y_end + 36 :]
    theirs = gmalg.SM2(CHECKER.private_bytes(), b"1234567812345678", CHECKER.public.raw)
    assert theirs.decrypt(b"\x04" + x.to_bytes(32, "big") + y.to_bytes(32, "big") + c3 + c2) == secret


def test_openssl_verifies_what_we_sign(tmp_path):
    (tmp_path / "key.pem").write_text(WRITER.public.to_pem())
    (tmp_path / "message").write_bytes(MESSAGE)
    (tmp_path / "signature").write_bytes(WRITER.sign(MESSAGE))
    command = "dgst -sm3 -verify key.pem -sigopt distid:1234567812345678 -signature signature message"
    assert openssl(command, tmp_path).returncode == 0
    (tmp_path / "message").write_bytes(MESSAGE + b"!")
    assert openssl(command, tmp_path).returncode != 0


def test_we_verify_what_openssl_signs(tmp_path):
    (tmp_path / "private.pem").write_text(private_pem(WRITER))
    (tmp_path / "message").write_bytes(MESSAGE)
    command = "dgst -sm3 -sign private.pem -sigopt distid:1234567812345678 -out signature message"
    done = openssl(command, tmp_path)
    assert done.returncode == 0, done.stderr
    assert verify(WRITER.public, MESSAGE, (tmp_path / "signature").read_bytes())


def test_openssl_opens_what_we_wrap_and_the_other_way_round(tmp_path):
    secret = bytes(range(16))
    (tmp_path / "private.pem").write_text(private_pem(CHECKER))
    (tmp_path / "key.pem").write_text(CHECKER.public.to_pem())
    (tmp_path / "wrapped").write_bytes(wrap_key(CHECKER.public, secret))
    (tmp_path / "secret").write_bytes(secret)
    command = "pkeyutl -decrypt -inkey private.pem -in wrapped -out opened"
    assert openssl(command, tmp_path).returncode == 0
    assert (tmp_path / "opened").read_bytes() == secret
    command = "pkeyutl -encrypt -pubin -inkey key.pem -in secret -out theirs"
    assert openssl(command, tmp_path).returncode == 0
    assert CHECKER.unwrap((tmp_path / "theirs").read_bytes()) == secret


# --- signatures --------------------------------------------------------------------------------------------------


def test_a_signature_of_another_key_or_message_is_not_valid():
    signature = WRITER.sign(MESSAGE)
    assert verify(WRITER.public, MESSAGE, signature)
    assert not verify(STRANGER.public, MESSAGE, signature)
    assert not verify(WRITER.public, MESSAGE + b"\0", signature)


def test_numbers_with_leading_zeros_are_signed_in_the_strict_form():
    # One signature in 128 has a number below 2^248; encoders that keep or double its zeros are a classic.
    for number in itertools.count():
        message = b"%d" % number
        signature = WRITER.sign(message)
        assert verify(WRITER.public, message, signature)
        if min(numbers_of(signature)) < 1 << 248:
            return


def test_two_signatures_over_the_same_bytes_differ():
    assert WRITER.sign(MESSAGE) != WRITER.sign(MESSAGE)


SIGNATURE = WRITER.sign(MESSAGE)


@settings(max_examples=300)
@given(st.integers(0, len(SIGNATURE) * 8 - 1))
def test_a_flipped_bit_of_a_signature_is_never_valid(bit):
    changed = bytearray(SIGNATURE)
    changed[bit // 8] ^= 1 << bit % 8
    assert not verify(WRITER.public, MESSAGE, bytes(changed))


@given(st.binary(max_size=100))
def test_foreign_bytes_are_no_signature_and_raise_nothing(data):
    assert not verify(WRITER.public, MESSAGE, data)


def other_spellings(signature: bytes) -> dict[str, bytes]:
    r, s = numbers_of(signature)
    ints = (integer(r), integer(s))
    body = b"".join(ints)
    padded = b"\x02" + bytes([ints[0][1] + 1]) + b"\0" + ints[0][2:]
    return {
        "trailing byte": signature + b"\0",
        "trailing byte inside": b"\x30" + bytes([len(body) + 1]) + body + b"\0",
        "long form of a short length": b"\x30\x81" + bytes([len(body)]) + body,
        "longer form of a short length": b"\x30\x82\0" + bytes([len(body)]) + body,
        "indefinite length": b"\x30\x80" + body + b"\0\0",
        "padded integer": sequence(padded, ints[1]),
        "raw numbers": r.to_bytes(32, "big") + s.to_bytes(32, "big"),
        "three integers": sequence(*ints, integer(1)),
        "one integer": sequence(ints[0]),
        "set instead of sequence": b"\x31" + signature[1:],
        "s and n more": sequence(ints[0], integer(s + ORDER)),
        "zero": sequence(integer(0), ints[1]),
        "negative": sequence(b"\x02\x01\xff", ints[1]),
        "empty integer": sequence(b"\x02\x00", ints[1]),
        "order": sequence(integer(ORDER), ints[1]),
        "nothing": b"",
    }


@pytest.mark.parametrize("name", list(other_spellings(SIGNATURE)))
def test_another_spelling_of_a_signature_is_not_valid(name):
    assert not verify(WRITER.public, MESSAGE, other_spellings(SIGNATURE)[name])


# --- keys --------------------------------------------------------------------------------------------------------


def test_a_key_is_named_by_half_the_digest_of_its_point():
    assert WRITER.key_id == WRITER.public.key_id == sm3(WRITER.public.raw)[:32]


def test_a_key_survives_its_hexadecimal_form():
    assert PublicKey.from_hex(WRITER.public.hex) == WRITER.public


@pytest.mark.parametrize(
    "text",
    [
        "",
        "04",
        "zz",
        WRITER.public.hex[:-2],
        WRITER.public.hex + "00",
        WRITER.public.hex.upper(),
        " " + WRITER.public.hex,
        "02" + WRITER.public.hex[2:66],
        "06" + WRITER.public.hex[2:],
        WRITER.public.hex[:-1] + ("0" if WRITER.public.hex[-1] != "0" else "1"),
        "04" + "00" * 64,
        "04" + "ff" * 64,
    ],
)
def test_a_malformed_public_key_is_refused(text):
    with pytest.raises(KeyMalformed):
        PublicKey.from_hex(text)


def test_halves_of_two_keys_are_refused():
    with pytest.raises(KeyMalformed):
        SoftKey.from_private(WRITER.private_bytes(), CHECKER.public)


@pytest.mark.parametrize("private", [b"", bytes(32), b"\xff" * 32, (ORDER - 1).to_bytes(32, "big")])
def test_a_private_number_out_of_range_is_refused(private):
    with pytest.raises(KeyMalformed):
        SoftKey.from_private(private, WRITER.public)


def test_a_wiped_key_neither_signs_nor_opens():
    key = SoftKey.generate()
    wrapped = wrap_key(key.public, b"secret")
    key.wipe()
    assert not any(key.private_bytes())
    with pytest.raises(ValueError, match="wiped"):
        key.sign(MESSAGE)
    with pytest.raises(ValueError, match="wiped"):
        key.unwrap(wrapped)


def test_a_private_key_does_not_show_itself():
    assert WRITER.private_bytes().hex() not in repr(WRITER)
    assert str(list(WRITER.private_bytes())[:4])[1:-1] not in repr(WRITER)


# --- wrapping and sealing ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("length", [1, 16, 255])
def test_a_wrapped_secret_opens_for_its_key_alone(length):
    secret = bytes(range(1, length + 1)) if length < 255 else b"x" * 255
    wrapped = STRANGER.wrap(WRITER.public, secret)
    assert WRITER.unwrap(wrapped) == secret
    with pytest.raises(DamagedFile):
        STRANGER.unwrap(wrapped)


@pytest.mark.parametrize("secret", [b"", b"x" * 256])
def test_a_secret_of_no_usable_length_is_not_wrapped(secret):
    with pytest.raises(ValueError, match="1 to 255"):
        wrap_key(WRITER.public, secret)


WRAPPED = wrap_key(WRITER.public, bytes(range(16)))


@settings(max_examples=200)
@given(st.integers(0, len(WRAPPED) * 8 - 1))
def test_a_flipped_bit_of_a_wrapped_secret_is_refused(bit):
    changed = bytearray(WRAPPED)
    changed[bit // 8] ^= 1 << bit % 8
    with pytest.raises(DamagedFile):
        WRITER.unwrap(bytes(changed))


def test_a_wrapped_secret_with_a_point_off_the_curve_is_refused():
    off = sequence(integer(2), integer(3), b"\x04\x20" + bytes(32), b"\x04\x10" + bytes(16))
    with pytest.raises(DamagedFile):
        WRITER.unwrap(off)


@given(st.binary(max_size=150))
def test_foreign_bytes_are_no_wrapped_secret(data):
    with pytest.raises(ExchangeFault):
        WRITER.unwrap(data)


KEY, NONCE = bytes(range(16)), bytes(12)


@given(st.binary(max_size=100), st.binary(max_size=20), st.integers(0))
def test_a_changed_sealed_text_does_not_open(plain, ad, where):
    sealed = bytearray(sm4_gcm_seal(KEY, NONCE, plain, ad))
    assert sm4_gcm_open(KEY, NONCE, bytes(sealed), ad) == plain
    bit = where % (len(sealed) * 8)
    sealed[bit // 8] ^= 1 << bit % 8
    with pytest.raises(DamagedFile):
        sm4_gcm_open(KEY, NONCE, bytes(sealed), ad)


def test_a_sealed_text_is_bound_to_key_nonce_and_associated_data():
    sealed = sm4_gcm_seal(KEY, NONCE, b"plain", b"ad")
    for key, nonce, ad in [
        (KEY[::-1], NONCE, b"ad"),
        (KEY, b"\1" + NONCE[1:], b"ad"),
        (KEY, NONCE, b"other"),
        (KEY, NONCE, b""),
    ]:
        with pytest.raises(DamagedFile):
            sm4_gcm_open(key, nonce, sealed, ad)
    with pytest.raises(DamagedFile):
        sm4_gcm_open(KEY, NONCE, sealed[:15], b"ad")


@pytest.mark.parametrize(("key", "nonce"), [(b"short", NONCE), (KEY, b"short"), (KEY, bytes(16))])
def test_a_key_or_nonce_of_another_length_is_our_mistake(key, nonce):
    with pytest.raises(ValueError, match="key of 16 and a nonce of 12"):
        sm4_gcm_seal(key, nonce, b"", b"")


def test_derived_keys_differ_by_purpose_and_follow_rfc_5869():
    secret = bytes(range(32))
    assert derive(secret, "one", 32) != derive(secret, "two", 32)
    extracted = hmac.new(bytes(32), secret, "sm3").digest()
    assert derive(secret, "one", 16) == hmac.new(extracted, b"one\x01", "sm3").digest()[:16]
