"""The seal: any change of what it covers is noticed, and so is a seal that was moved, made up or taken off."""

import base64
import hashlib
import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.evoucher import Evoucher, Signature
from desktop.exchange.evouchers import EvoucherRefused, der, read_evoucher_bytes
from desktop.exchange.evouchers.sample import sample_ofd
from sync.crypto import SoftKey
from tests.data.make_ofd import edited, flipped, invoice_of, members_of

INVOICES = Path(__file__).parent.parent / "data" / "invoices"
OTHER = (INVOICES / "vat-electronic-other-seal.ofd").read_bytes()
KEY = SoftKey.generate()
SAMPLE = sample_ofd(invoice_of(), KEY)
SEAL = "Doc_0/Signs/Sign_0/Signature.xml"
VALUE = "Doc_0/Signs/Sign_0/SignedValue.dat"


def read(data: bytes) -> Evoucher:
    return read_evoucher_bytes(data, "a.ofd")


def covered(data: bytes) -> list[str]:
    return [path.decode().lstrip("/") for path in re.findall(rb'FileRef="([^"]+)"', members_of(data)[SEAL])]


def reference(xml: bytes, member: str, content: bytes) -> bytes:
    """Return Signature.xml with the right digest for another content, as a forger would write it."""
    digest = base64.b64encode(hashlib.new("sm3", content).digest())
    pattern = rb'(FileRef="/%s"\s*>\s*<[^>]*CheckValue>)[^<]*' % re.escape(member.encode())
    changed, count = re.subn(pattern, lambda match: match[1] + digest, xml)
    assert count == 1
    return changed


def test_an_untouched_seal_is_right_but_its_issuer_is_not_known() -> None:
    for data in (SAMPLE, OTHER):
        assert (read(data).digest_ok, read(data).signature) == (True, Signature.UNKNOWN_CA)


@pytest.mark.parametrize("member", covered(OTHER))
def test_one_changed_byte_in_a_sealed_member_of_a_published_invoice_is_noticed(member: str) -> None:
    content = members_of(OTHER)[member]
    for at in (len(content) // 3, len(content) - 2):
        try:
            e = read(edited(OTHER, {member: flipped(content, at)}))
        except EvoucherRefused:
            continue  # the change makes it no OFD at all
        assert e.digest_ok is False


@given(st.data())
def test_one_changed_bit_anywhere_in_a_sealed_package_is_noticed(data: st.DataObject) -> None:
    members = members_of(SAMPLE)
    member = data.draw(st.sampled_from(sorted(members)))
    at = data.draw(st.integers(0, len(members[member]) - 1))
    try:
        e = read(edited(SAMPLE, {member: flipped(members[member], at, data.draw(st.integers(0, 7)))}))
    except EvoucherRefused:
        return
    if member == VALUE:
        assert e.signature in (Signature.INVALID, Signature.NOT_CHECKED) or e.digest_ok is False
    else:
        assert e.digest_ok is False


def test_the_page_that_was_changed_is_named() -> None:
    page = "Doc_0/Pages/Page_0/Content.xml"
    e = read(edited(SAMPLE, {page: lambda xml: xml.replace(b"3200.00", b"9200.00")}))
    assert (e.digest_ok, ("seal.changed", page) in e.facts) == (False, True)


def test_a_digest_that_was_put_right_again_is_noticed_by_the_signature() -> None:
    attachment = "Doc_0/Attachs/einvoice.xml"
    content = members_of(SAMPLE)[attachment].replace(b"3200.00", b"9200.00")
    forged = edited(SAMPLE, {attachment: content, SEAL: lambda xml: reference(xml, attachment, content)})
    assert (read(forged).digest_ok, read(forged).signature) == (False, Signature.INVALID)


def test_a_seal_taken_from_another_invoice_is_noticed() -> None:
    other = members_of(sample_ofd(invoice_of("26157912570200055450", date(2026, 3, 6)), KEY))
    assert read(edited(SAMPLE, {VALUE: other[VALUE]})).signature is Signature.INVALID
    moved = read(edited(SAMPLE, {VALUE: other[VALUE], SEAL: other[SEAL]}))
    assert (moved.digest_ok, moved.signature) == (False, Signature.UNKNOWN_CA)


def test_a_signature_by_a_key_outside_the_seal_is_wrong() -> None:
    """The certificate beside the signature must be one that the seal itself lists."""
    mine, theirs = (der.parse(members_of(sample_ofd(invoice_of()))[VALUE]).children() for _ in range(2))
    swapped = der.sequence(mine[0].encoded, theirs[1].encoded, mine[2].encoded, mine[3].encoded)
    assert read(edited(SAMPLE, {VALUE: swapped})).signature is Signature.INVALID


@pytest.mark.parametrize("gone", [SEAL, VALUE, "Doc_0/Signs/Signatures.xml"])
def test_a_seal_with_a_missing_part_is_broken(gone: str) -> None:
    e = read(edited(SAMPLE, {gone: None}))
    assert (e.digest_ok, e.signature) == (False, Signature.INVALID)
    assert any(name == "seal.missing" for name, _ in e.facts)


def test_an_empty_list_of_seals_is_broken() -> None:
    listing = "Doc_0/Signs/Signatures.xml"
    e = read(edited(SAMPLE, {listing: lambda xml: re.sub(rb"<ofd:Signature ID[^>]*/>", b"", xml)}))
    assert (e.digest_ok, e.signature) == (False, Signature.INVALID)


def test_a_seal_over_nothing_is_broken() -> None:
    def emptied(xml: bytes) -> bytes:
        return re.sub(rb"<ofd:Reference .*</ofd:Reference>", b"", xml, flags=re.DOTALL)

    assert read(edited(SAMPLE, {SEAL: emptied})).digest_ok is False


def test_an_ofd_without_any_seal_has_nothing_to_check() -> None:
    def unsealed(xml: bytes) -> bytes:
        return re.sub(rb"<ofd:Signatures>.*</ofd:Signatures>", b"", xml)

    e = read(edited(SAMPLE, {"OFD.xml": unsealed}))
    assert (e.digest_ok, e.signature) == (None, Signature.NOT_CHECKED)


def test_values_from_outside_the_seal_prove_nothing() -> None:
    """Somebody adds an attachment that the seal does not cover; every digest of the seal is still right."""
    members = members_of(SAMPLE)
    listing = "Doc_0/Attachs/Attachments.xml"
    forged = {
        "Doc_0/Attachs/new.xml": members["Doc_0/Attachs/einvoice.xml"].replace(b"3200.00", b"9200.00"),
        listing: members[listing].replace(b"einvoice.xml", b"new.xml"),
    }
    without = re.sub(rb'<ofd:Reference FileRef="/%s">.*?</ofd:Reference>' % listing.encode(), b"", members[SEAL])
    e = read(edited(SAMPLE, {**forged, SEAL: without}))
    assert ("seal.uncovered", "Doc_0/Attachs/new.xml") in e.facts
    assert e.digest_ok is False


def test_custom_data_outside_the_seal_is_taken_when_the_sealed_pages_say_the_same() -> None:
    hundred = (INVOICES / "vat-electronic-hundred-lines.ofd").read_bytes()
    assert "OFD.xml" not in covered(hundred)
    assert read(hundred).digest_ok is True
    assert read(edited(hundred, {"OFD.xml": lambda xml: xml.replace(b"10600.00", b"10700.00")})).conflicts


def test_a_digest_method_that_is_not_known_leaves_it_open() -> None:
    e = read(edited(SAMPLE, {SEAL: lambda xml: xml.replace(b"1.2.156.10197.1.401", b"1.2.3"), VALUE: der.sequence()}))
    assert (e.digest_ok, e.signature) == (None, Signature.NOT_CHECKED)


@pytest.mark.parametrize(("method", "name"), [("SHA1", "sha1"), ("MD5", "md5"), ("2.16.840.1.101.3.4.2.1", "sha256")])
def test_other_digest_methods_of_the_standard_are_computed(method: str, name: str) -> None:
    members = members_of(SAMPLE)

    def other_method(xml: bytes) -> bytes:
        for member in covered(SAMPLE):
            old, new = (hashlib.new(each, members[member]).digest() for each in ("sm3", name))
            xml = xml.replace(base64.b64encode(old), base64.b64encode(new))
        return xml.replace(b"1.2.156.10197.1.401", method.encode())

    e = read(edited(SAMPLE, {SEAL: other_method, VALUE: der.sequence()}))
    assert (e.digest_ok, e.signature) == (True, Signature.NOT_CHECKED)
    page = "Doc_0/Pages/Page_0/Content.xml"
    assert (
        read(edited(SAMPLE, {SEAL: other_method, VALUE: der.sequence(), page: members[page] + b" "})).digest_ok is False
    )


def test_a_check_value_that_is_no_base64_does_not_match() -> None:
    assert read(edited(SAMPLE, {SEAL: lambda xml: xml.replace(b"CheckValue>", b"CheckValue>%", 1)})).digest_ok is False


def older_form(value: bytes, key: SoftKey) -> bytes:
    """Write the same seal value as GM/T 0031-2014 has it: certificate and algorithm inside what is signed."""
    to_sign, certificate, algorithm, _ = der.parse(value).children()
    version, seal, time, digest, info = to_sign.children()
    inside = der.sequence(
        version.encoded,
        seal.encoded,
        der.build(der.BIT_STRING, b"\0" + time.content),
        digest.encoded,
        info.encoded,
        certificate.encoded,
        algorithm.encoded,
    )
    return der.sequence(inside, der.build(der.BIT_STRING, b"\0" + key.sign(inside)))


def test_the_older_form_of_a_seal_value_is_verified_too() -> None:
    value = older_form(members_of(SAMPLE)[VALUE], KEY)
    assert read(edited(SAMPLE, {VALUE: value})).signature is Signature.UNKNOWN_CA
    assert (
        read(edited(SAMPLE, {VALUE: older_form(members_of(SAMPLE)[VALUE], SoftKey.generate())})).signature
        is Signature.INVALID
    )


@pytest.mark.parametrize("value", [der.sequence(), der.sequence(der.oid("1.2.156.10197.6.1.4.2.2"), der.sequence())])
def test_a_seal_value_of_another_format_is_not_checked(value: bytes) -> None:
    assert read(edited(SAMPLE, {VALUE: value})).signature is Signature.NOT_CHECKED


@pytest.mark.parametrize("value", [b"", b"garbage", members_of(SAMPLE)[VALUE][:-1], members_of(SAMPLE)[VALUE] + b"\0"])
def test_a_seal_value_that_was_cut_or_spoiled_is_wrong(value: bytes) -> None:
    assert read(edited(SAMPLE, {VALUE: value})).signature is Signature.INVALID


@given(st.lists(st.binary(max_size=300), max_size=4), st.integers(1, 2**40))
def test_what_der_writes_it_reads(parts: list[bytes], number: int) -> None:
    written = der.sequence(*(der.build(der.OCTET_STRING, part) for part in parts), der.oid(f"1.2.{number}"))
    node = der.parse(written)
    assert [child.content for child in node.children()[:-1]] == parts
    assert node.encoded == written
    assert b"".join(child.encoded for child in node.children()) == node.content


@pytest.mark.parametrize(
    "data",
    [b"", b"\x30", b"\x30\x05\x04", b"\x30\x80\x00\x00", b"\x30\x81\x02\x05\x00", b"\x30\x82\x00\x81" + b"x" * 129,
     b"\x30\x00\x00", b"\x1f\x81\x00\x00", b"\x30\x85\x00\x00\x00\x00\x00", b"\x30\x84\xff\xff\xff\xff"],
)  # fmt: skip
def test_bytes_that_der_would_write_otherwise_are_refused(data: bytes) -> None:
    with pytest.raises(der.NotDer):
        der.parse(data)


def test_elements_that_are_not_what_is_expected_are_refused() -> None:
    text = der.parse(der.build(der.UTF8, b"x"))
    with pytest.raises(der.NotDer):
        text.children()
    with pytest.raises(der.NotDer):
        text.of(der.SEQUENCE)
    with pytest.raises(der.NotDer):
        der.parse(der.build(der.BIT_STRING, b"\x01\x80")).bits()
