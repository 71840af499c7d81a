"""Pages are read by a library that bounds depth, not work: what would take it too long is left unread."""

import io
import zipfile
from pathlib import Path
from xml.etree.ElementTree import fromstring

import pytest

from desktop.domain.evoucher import Evoucher
from desktop.exchange.evouchers import read_evoucher_bytes
from desktop.exchange.evouchers.pages import PageWork
from desktop.exchange.evouchers.sample import sample_ofd
from tests.data.make_ofd import Edit, edited, invoice_of

INVOICES = Path(__file__).parent.parent / "data" / "invoices"
SAMPLE = sample_ofd(invoice_of())
PAGE = "Doc_0/Pages/Page_0/Content.xml"
OFD = 'xmlns:ofd="http://www.ofdspec.org/2016"'


def read(edits: dict[str, Edit]) -> Evoucher:
    # Stored, not deflated: repetition alone would be refused for its ratio.
    return read_evoucher_bytes(edited(SAMPLE, edits, zipfile.ZIP_STORED), "a.ofd")


def page_is_read(e: Evoucher) -> bool:
    return any(name.startswith("Text/") for name, _ in e.facts)


def into(end_tag: bytes, more: str) -> Edit:
    return lambda xml: xml.replace(end_tag, more.encode() + end_tag)


def text(number: int, content: str) -> str:
    place = f"{number % 50 * 4} {number // 50} 4 3"
    code = f'<ofd:TextCode X="0" Y="3">{content}</ofd:TextCode>'
    return f'<ofd:TextObject Boundary="{place}" Size="3">{code}</ofd:TextObject>'


@pytest.mark.parametrize("path", sorted(INVOICES.glob("*.ofd")), ids=lambda path: path.stem)
def test_the_work_of_a_published_invoice_is_small(path: Path) -> None:
    work = PageWork()
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as archive:
        for name in archive.namelist():
            if name.endswith(".xml"):
                work.add(fromstring(archive.read(name)), archive.getinfo(name).file_size)
    assert work.pages
    assert work.affordable


def test_the_page_of_a_sample_is_read() -> None:
    assert page_is_read(read({}))


def test_many_texts_are_still_read() -> None:
    assert page_is_read(read({PAGE: into(b"</ofd:Layer>", "".join(text(i, f"a{i}") for i in range(2_000)))}))


@pytest.mark.parametrize(
    "edits",
    [
        {PAGE: into(b"</ofd:Layer>", "".join(text(i, f"a{i}") for i in range(30_001)))},
        {PAGE: into(b"</ofd:Layer>", "".join(text(i, "次") for i in range(2_000)))},
        {"Doc_0/Document.xml": into(b"</ofd:Pages>", '<ofd:Page ID="1" BaseLoc="Pages/Page_0/Content.xml"/>' * 60_000)},
        {
            "Doc_0/Attachs/Attachments.xml": into(
                b"</ofd:Attachments>", "<ofd:Attachment><ofd:FileLoc>big.xml</ofd:FileLoc></ofd:Attachment>" * 20_000
            ),
            "Doc_0/Attachs/big.xml": b"<a>" + b"<b>1234567</b>" * 10_000 + b"</a>",
        },
    ],
    ids=["texts", "single characters", "pages", "attachments"],
)
def test_a_page_that_would_take_too_long_is_left_unread_and_the_attachment_still_counts(edits: dict[str, Edit]) -> None:
    e = read(edits)
    assert (e.source_level, str(e.total)) == (1, "3200.00")
    assert not page_is_read(e)


def test_drawings_that_draw_each_other_are_left_alone() -> None:
    units = "".join(
        f'<ofd:CompositeGraphicUnit ID="u{level}"><ofd:Content>'
        + f'<ofd:CompositeObject ResourceID="u{level + 1}"/>' * 2
        + "</ofd:Content></ofd:CompositeGraphicUnit>"
        for level in range(40)
    )
    resources = f"<ofd:Res {OFD}><ofd:CompositeGraphicUnits>{units}</ofd:CompositeGraphicUnits></ofd:Res>"
    start = into(b"</ofd:Layer>", '<ofd:CompositeObject ResourceID="u0"/>')
    e = read({"Doc_0/PublicRes.xml": resources.encode(), PAGE: start})
    assert (e.source_level, page_is_read(e)) == (1, False)


def test_a_list_that_names_a_member_over_and_over_costs_nothing_more() -> None:
    seal = "Doc_0/Signs/Sign_0/Signature.xml"
    again = f'<ofd:Reference FileRef="/{PAGE}"><ofd:CheckValue>AAAA</ofd:CheckValue></ofd:Reference>' * 50_000
    assert read({seal: into(b"</ofd:References>", again)}).digest_ok is False


def test_a_page_that_is_not_well_formed_is_left_out() -> None:
    e = read({PAGE: lambda xml: xml[:-5]})
    assert (e.source_level, page_is_read(e), e.digest_ok) == (1, False, False)


@pytest.mark.parametrize("value", ["x", "", "1e999", "nan", "9" * 400])
def test_values_that_make_no_sense_on_a_page_do_no_harm(value: str) -> None:
    spoiled = {
        PAGE: lambda xml: xml.replace(b'Size="3"', f'Size="{value}"'.encode()).replace(
            b'Y="3"', f'Y="{value}"'.encode()
        ),
        "Doc_0/Document.xml": lambda xml: xml.replace(b"0 0 210 140", f"0 0 {value} 140".encode()),
    }
    assert read(spoiled).source_level == 1
