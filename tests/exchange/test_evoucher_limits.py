"""Files that are no invoices, are damaged, or mean harm: each is refused with its code, and nothing else happens."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.evoucher import Signature
from desktop.exchange.evouchers import EvoucherRefused, read_evoucher, read_evoucher_bytes
from desktop.exchange.evouchers.package import LIMITS, Limits, unpack
from desktop.exchange.evouchers.safe_xml import MAX_DEPTH, MAX_TEXT, XmlReader
from desktop.exchange.evouchers.sample import sample_ofd, sample_xml
from tests.data.make_ofd import edited, flipped, invoice_of, members_of, pack

OFD = sample_ofd(invoice_of())
XML = sample_xml(invoice_of())
INVOICES = Path(__file__).parent.parent / "data" / "invoices"


def refusal(data: bytes) -> EvoucherRefused:
    with pytest.raises(EvoucherRefused) as refused:
        read_evoucher_bytes(data, "a")
    return refused.value


def refused_unpacking(data: bytes, limits: Limits = LIMITS) -> EvoucherRefused:
    with pytest.raises(EvoucherRefused) as refused:
        unpack(data, limits)
    return refused.value


@pytest.mark.parametrize(
    ("data", "code", "facts"),
    [
        (b"", "E-EMPTY", {}),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", "E-UNSUPPORTED", {"format": "PDF"}),
        (b"\xff\xd8\xff\xe0", "E-UNSUPPORTED", {"format": "JPEG"}),
        (b"\x89PNG\r\n", "E-UNSUPPORTED", {"format": "PNG"}),
        (b"hello", "E-NOT_INVOICE", {"missing": "OFD, XML"}),
        (b"PK", "E-DAMAGED", {"where": "zip"}),
        (b"PK\x03\x04" + b"\0" * 100, "E-DAMAGED", {"where": "zip"}),
        (b"<html/>", "E-NOT_INVOICE", {"missing": "number, date, total"}),
        (b"<EInvoice/>", "E-NOT_INVOICE", {"missing": "number, date, total"}),
        (b"<EInvoice><EIid>1</EIid><IssueTime>x</IssueTime></EInvoice>", "E-NOT_INVOICE", {"missing": "date, total"}),
        (b"<EInvoice><EIid>1</EIid>", "E-DAMAGED", {"where": "xml"}),
        (b"<?xml version='1.0' encoding='utf-8'?><EInvoice>\xff</EInvoice>", "E-DAMAGED", {"where": "encoding"}),
        (b"<!DOCTYPE EInvoice><EInvoice/>", "E-DOCTYPE", {}),
        (b'<!doctype EInvoice SYSTEM "file:///etc/passwd"><EInvoice/>', "E-DOCTYPE", {}),
        ("<!DOCTYPE EInvoice><EInvoice/>".encode("utf-16"), "E-DOCTYPE", {}),
    ],
)
def test_a_file_that_is_no_invoice_is_refused_by_name(data: bytes, code: str, facts: dict[str, str]) -> None:
    refused = refusal(data)
    assert refused.code == code
    assert facts.items() <= refused.facts.items()


def test_a_refusal_names_the_file(tmp_path: Path) -> None:
    path = tmp_path / "发票.ofd"
    path.write_bytes(b"%PDF-1.4")
    with pytest.raises(EvoucherRefused) as refused:
        read_evoucher(path)
    assert (refused.value.code, refused.value.facts) == ("E-UNSUPPORTED", {"file": "发票.ofd", "format": "PDF"})
    path.write_bytes(OFD[:-1])
    with pytest.raises(EvoucherRefused) as refused:
        read_evoucher(path)
    assert refused.value.facts["file"] == "发票.ofd"


@pytest.mark.parametrize("make", [lambda path: path / "none.ofd", lambda path: path], ids=["missing", "folder"])
def test_a_file_that_cannot_be_opened_is_refused(tmp_path: Path, make: Callable[[Path], Path]) -> None:
    with pytest.raises(EvoucherRefused) as refused:
        read_evoucher(make(tmp_path))
    assert refused.value.code == "E-UNREADABLE"


def test_twenty_megabytes_are_read_and_one_byte_more_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_bytes(XML + b"\n" * (LIMITS.file_size - len(XML)))
    assert read_evoucher(path).size == LIMITS.file_size
    path.write_bytes(XML + b"\n" * (LIMITS.file_size - len(XML) + 1))
    with pytest.raises(EvoucherRefused) as refused:
        read_evoucher(path)
    assert (refused.value.code, refused.value.facts["limit"]) == ("E-TOO_LARGE", str(LIMITS.file_size))


def test_entities_that_multiply_are_refused() -> None:
    lol = '<!DOCTYPE a [<!ENTITY a "lol">' + "".join(
        f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 10}">' for i in range(9)
    )
    assert refusal(f"<?xml version='1.0'?>{lol}]><EInvoice>&j;</EInvoice>".encode()).code == "E-DOCTYPE"


@pytest.mark.parametrize(
    "member", ["OFD.xml", "Doc_0/Attachs/einvoice.xml", "Doc_0/Pages/Page_0/Content.xml", "Doc_0/new"]
)
def test_a_doctype_in_any_member_is_refused(member: str) -> None:
    def with_doctype(xml: bytes) -> bytes:
        return b'<?xml version="1.0"?><!DOCTYPE a>' + xml.partition(b"?>")[2]

    data = edited(OFD, {member: with_doctype if member in members_of(OFD) else b"<!DOCTYPE a><a/>"})
    assert (refusal(data).code, refusal(data).facts["member"]) == ("E-DOCTYPE", member)


def test_xml_may_be_sixty_four_deep_and_no_deeper() -> None:
    nested = [b"<a>" * depth + b"</a>" * depth for depth in (MAX_DEPTH, MAX_DEPTH + 1)]
    assert XmlReader().parse(nested[0], "a").tag == "a"
    with pytest.raises(EvoucherRefused) as refused:
        XmlReader().parse(nested[1], "a")
    assert refused.value.facts == {"what": "depth", "limit": "64", "member": "a"}
    assert refusal(b"<EInvoice>" + nested[1] + b"</EInvoice>").code == "E-XML_LIMIT"


@pytest.mark.parametrize("shape", [b"<a>%s</a>", b"<a><![CDATA[%s]]></a>", b'<a b="%s"/>'])
def test_a_text_may_have_a_million_characters_and_no_more(shape: bytes) -> None:
    assert XmlReader().parse(shape % (b"x" * MAX_TEXT), "a").tag == "a"
    with pytest.raises(EvoucherRefused) as refused:
        XmlReader().parse(shape % (b"x" * (MAX_TEXT + 1)), "a")
    assert (refused.value.code, refused.value.facts["what"]) == ("E-XML_LIMIT", "text")


def test_all_the_xml_of_a_file_shares_one_number_of_elements() -> None:
    reader = XmlReader(max_elements=10)
    reader.parse(b"<a>" + b"<b/>" * 5 + b"</a>", "a")
    with pytest.raises(EvoucherRefused) as refused:
        reader.parse(b"<a>" + b"<b/>" * 4 + b"</a>", "b")
    assert refused.value.facts == {"what": "elements", "limit": "10", "member": "b"}


def test_an_invoice_with_more_values_than_an_invoice_can_have_is_refused() -> None:
    assert refusal(b"<EInvoice>" + b"<a>1</a>" * 60_001 + b"</EInvoice>").facts["what"] == "facts"


@pytest.mark.parametrize("cut", [0.1, 0.5, 0.9, 0.999])
def test_a_cut_package_is_refused(cut: float) -> None:
    assert refusal(OFD[: int(len(OFD) * cut)]).code == "E-DAMAGED"


def test_a_package_without_a_part_that_must_be_there_is_refused() -> None:
    assert refusal(edited(OFD, {"Doc_0/Document.xml": None})).code == "E-DAMAGED"
    assert refusal(edited(OFD, {"Doc_0/Document.xml": b"<a>"})).code == "E-DAMAGED"
    assert refusal(edited(OFD, {"OFD.xml": b"<a/>"})).code == "E-NOT_INVOICE"
    assert refusal(edited(OFD, {"OFD.xml": None})).code == "E-UNSUPPORTED"  # a parcel of other XML
    assert refusal(pack({"a.txt": b"x"})).code == "E-NOT_INVOICE"


def test_a_parcel_of_invoices_has_to_be_unpacked_first() -> None:
    refused = refusal(pack({"1.ofd": OFD, "2.xml": XML}))
    assert (refused.code, refused.facts["format"]) == ("E-UNSUPPORTED", "ZIP")


def test_a_package_may_have_five_hundred_members_and_no_more() -> None:
    members = {f"{number}": b"x" for number in range(LIMITS.members)}
    assert len(list(unpack(pack(members)))) == 500
    refused = refused_unpacking(pack({**members, "more": b"x"}))
    assert (refused.code, refused.facts["what"]) == ("E-BOMB", "members")


def test_what_comes_out_is_counted_over_all_members() -> None:
    limits = Limits(unpacked=10_000, ratio=10_000)
    assert len(list(unpack(pack({"a": bytes(5_000), "b": bytes(5_000)}), limits))) == 2
    refused = refused_unpacking(pack({"a": bytes(5_000), "b": bytes(5_001)}), limits)
    assert (refused.code, refused.facts["what"]) == ("E-BOMB", "unpacked")


def test_a_member_that_swells_is_refused_before_it_is_whole() -> None:
    refused = refusal(edited(OFD, {"Doc_0/Res/a.png": bytes(50 * 1024 * 1024)}))
    assert (refused.code, refused.facts["what"], refused.facts["member"]) == ("E-BOMB", "ratio", "Doc_0/Res/a.png")


def test_a_member_that_lies_about_its_sizes_is_refused() -> None:
    swelling = edited(OFD, {"a.png": bytes(10 * 1024 * 1024)})
    small_print = struct.pack("<I", 10 * 1024 * 1024)
    assert swelling.count(small_print) == 2
    assert refusal(swelling.replace(small_print, struct.pack("<I", 10))).code == "E-DAMAGED"
    packed_size = struct.pack("<I", zipfile.ZipFile(io.BytesIO(swelling)).getinfo("a.png").compress_size)
    lying = swelling.replace(packed_size + small_print, struct.pack("<I", 2**31) + small_print)
    assert refusal(lying).code in ("E-BOMB", "E-DAMAGED")


def test_many_members_over_the_same_bytes_are_refused() -> None:
    """The overlapping kind of bomb: every entry of the directory names one kernel, so no single ratio is high."""
    content = bytes(range(256)) * 4096
    kernel = zlib.compress(content, 0)[2:-4]
    local = struct.pack(
        "<4s5H3I2H", b"PK\x03\x04", 20, 0, 8, 0, 0x21, zlib.crc32(content), len(kernel), len(content), 1, 0
    )
    directory = b"".join(
        struct.pack(
            "<4s6H3I5H2I", b"PK\x01\x02", 20, 20, 0, 8, 0, 0x21, zlib.crc32(content), len(kernel), len(content),
            3, 0, 0, 0, 0, 0, 0,
        )
        + f"{number:03}".encode()
        for number in range(400)
    )  # fmt: skip
    body = local + b"x" + kernel
    end = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, 400, 400, len(directory), len(body), 0)
    assert refused_unpacking(body + directory + end).code in ("E-BOMB", "E-DAMAGED")


def test_zips_in_a_zip_are_counted_and_a_third_level_is_refused() -> None:
    inner = pack({"x": b"x"})
    assert list(unpack(pack({"a.zip": inner}))) == ["a.zip"]
    refused = refused_unpacking(pack({"a.zip": pack({"b.zip": inner})}))
    assert (refused.code, refused.facts["what"]) == ("E-BOMB", "depth")
    swelling = pack({"a.zip": pack({"x": bytes(20 * 1024 * 1024)})})
    assert refused_unpacking(swelling).facts["what"] == "ratio"


def test_a_picture_that_only_starts_like_a_zip_is_left_alone() -> None:
    assert read_evoucher_bytes(edited(OFD, {"Doc_0/a.bin": b"PK\x03\x04 no zip"}), "a").digest_ok is True


@pytest.mark.parametrize(
    "name", ["../a", "a/../../b", "/etc/passwd", "C:/a", "c:a", "..\\a", "\\a", "a/..", "Doc_0/../../../x.xml"]
)
def test_a_member_that_would_leave_the_package_is_refused(name: str) -> None:
    assert refusal(edited(OFD, {name: b"x"})).code == "E-PATH"


def test_a_link_is_refused() -> None:
    packed = io.BytesIO(OFD)
    with zipfile.ZipFile(packed, "a") as archive:
        info = zipfile.ZipInfo("Doc_0/link")
        info.create_system, info.external_attr = 3, 0o120777 << 16
        archive.writestr(info, "/etc/passwd")
    assert refusal(packed.getvalue()).code == "E-PATH"


@pytest.mark.parametrize("name", ["ofd.XML", "./OFD.xml"])
def test_a_member_that_is_there_twice_is_refused(name: str) -> None:
    assert refusal(edited(OFD, {name: b"<a/>"})).code == "E-PATH"


def test_a_name_with_a_nul_in_it_is_refused() -> None:
    data = edited(OFD, {"Doc_0/axb": b"x"}).replace(b"Doc_0/axb", b"Doc_0/a\0b")
    assert refusal(data).code == "E-PATH"


def test_a_locked_member_is_refused() -> None:
    data = bytearray(OFD)
    for signature, at in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        data[data.index(signature) + at] |= 1
    assert refusal(bytes(data)).code == "E-ENCRYPTED"


def test_a_compression_that_is_not_known_is_refused() -> None:
    data = bytearray(OFD)
    for signature, at in ((b"PK\x01\x02", 10), (b"PK\x03\x04", 8)):
        data[data.index(signature) + at] = 99
    assert refusal(bytes(data)).code == "E-DAMAGED"


def harmless(data: bytes) -> bool:
    """Say whether the reader refused in its own way or noticed that the bytes are not those that were sealed."""
    try:
        e = read_evoucher_bytes(data, "a")
    except EvoucherRefused:
        return True
    return e.digest_ok is False or e.signature is Signature.INVALID


def same_members(data: bytes) -> bool:
    """Say whether the change hit only what no reader looks at: dates, versions, attributes of the ZIP."""
    try:
        return members_of(data) == members_of(OFD)
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, RuntimeError, OSError):
        return False


@given(st.integers(0, len(OFD) - 1), st.integers(0, 7))
def test_a_flipped_bit_anywhere_is_refused_noticed_or_without_effect(at: int, bit: int) -> None:
    changed = flipped(OFD, at, bit)
    assert harmless(changed) or same_members(changed)


@given(st.integers(0, len(OFD) - 1), st.integers(1, 4000), st.binary(max_size=8))
def test_a_piece_that_is_cut_out_or_replaced_is_refused_or_noticed(at: int, size: int, patch: bytes) -> None:
    changed = OFD[:at] + patch + OFD[at + size :]
    assert harmless(changed) or same_members(changed)


@given(
    st.binary(max_size=400), st.sampled_from([b"", b"PK\x03\x04", b"<EInvoice>", b"<?xml version='1.0'", b"\xff\xfe<"])
)
def test_random_bytes_are_refused_and_nothing_else_is_raised(data: bytes, start: bytes) -> None:
    assert harmless(start + data)


@given(st.integers(0, len(XML) - 1), st.binary(min_size=1, max_size=4))
def test_damaged_xml_is_read_or_refused_and_nothing_else_is_raised(at: int, patch: bytes) -> None:
    try:
        e = read_evoucher_bytes(XML[:at] + patch + XML[at + len(patch) :], "a")
    except EvoucherRefused:
        return
    assert e.digest_ok is None
