"""The OFD of a rehearsal invoice: one readable page, the invoice's XML attached, everything sealed."""

import base64
import hashlib
import io
import zipfile
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

from desktop.domain.words import in_words
from desktop.exchange.evouchers import der
from desktop.exchange.evouchers.der import CONTEXT_0, GENERALIZED, IA5, INTEGER, OCTET_STRING, SET, UTF8, build, oid
from desktop.exchange.evouchers.sample_invoice import SampleInvoice, sample_xml
from desktop.exchange.evouchers.seal import SM2_SM3_OID, SM3_OID
from sync.crypto import SoftKey

_NAMESPACE = "http://www.ofdspec.org/2016"
_SEAL = "Doc_0/Signs/Sign_0"
_PAGE_WIDTH, _PAGE_HEIGHT = 210, 140  # millimetres, as real invoices
_FONT = "2"
_HOLDER, _ISSUER = "演示开票方（演练）", "演示签发机构（演练，不可信）"
_EPOCH = (2000, 1, 1, 0, 0, 0)  # of all members: the same invoice and key give the same names, sizes and order


def sample_ofd(invoice: SampleInvoice, key: SoftKey | None = None) -> bytes:
    """Write the OFD.

    Args:
        invoice: What it says.
        key: Who seals; None makes a key that nobody keeps.
    """
    members = {
        "OFD.xml": _root_xml(invoice),
        "Doc_0/Document.xml": _document_xml(),
        "Doc_0/PublicRes.xml": _resources_xml(),
        "Doc_0/Pages/Page_0/Content.xml": _page_xml(invoice),
        "Doc_0/Attachs/Attachments.xml": _attachments_xml(),
        "Doc_0/Attachs/einvoice.xml": sample_xml(invoice),
        "Doc_0/Signs/Signatures.xml": _seals_xml(),
    }
    return seal_and_pack(members, invoice, key or SoftKey.generate())


def seal_and_pack(members: dict[str, bytes], invoice: SampleInvoice, key: SoftKey) -> bytes:
    """Seal all members and put them into one ZIP.

    Args:
        members: Everything but the seal itself, by path.
        invoice: For the time of sealing: noon, Beijing time, of the day of issue.
        key: Who seals.
    """
    noon = f"{invoice.issue_date:%Y%m%d}040000Z"
    signature_xml = _signature_xml(members, noon)
    sealed = {
        **members,
        f"{_SEAL}/Signature.xml": signature_xml,
        f"{_SEAL}/SignedValue.dat": _seal_value(signature_xml, noon, key),
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in sealed.items():
            archive.writestr(zipfile.ZipInfo(name, _EPOCH), content, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def _tag(name: str) -> str:
    return f"{{{_NAMESPACE}}}{name}"


def _add(parent: Element, name: str, text: str = "", **attributes: str) -> Element:
    child = SubElement(parent, _tag(name), attributes)
    child.text = text or None
    return child


def _written(root: Element) -> bytes:
    register_namespace("ofd", _NAMESPACE)
    return tostring(root, encoding="utf-8", xml_declaration=True)


def _root_xml(invoice: SampleInvoice) -> bytes:
    root = Element(_tag("OFD"), {"DocType": "OFD", "Version": "1.1"})
    body = _add(root, "DocBody")
    info = _add(body, "DocInfo")
    _add(info, "DocID", hashlib.new("sm3", invoice.number.encode()).hexdigest()[:32])
    data = _add(info, "CustomDatas")
    for name, value in (
        ("发票号码", invoice.number),
        ("开票日期", _day(invoice)),
        ("合计金额", f"{invoice.untaxed:.2f}"),
        ("合计税额", f"{invoice.tax:.2f}"),
        ("销售方纳税人识别号", invoice.seller_tax_no),
        ("购买方纳税人识别号", invoice.buyer_tax_no),
    ):
        _add(data, "CustomData", value, Name=name)
    _add(body, "DocRoot", "Doc_0/Document.xml")
    _add(body, "Signatures", "/Doc_0/Signs/Signatures.xml")
    return _written(root)


def _day(invoice: SampleInvoice) -> str:
    day = invoice.issue_date
    return f"{day.year}年{day.month:02d}月{day.day:02d}日"


def _document_xml() -> bytes:
    root = Element(_tag("Document"))
    common = _add(root, "CommonData")
    _add(common, "MaxUnitID", "1000")
    _add(_add(common, "PageArea"), "PhysicalBox", f"0 0 {_PAGE_WIDTH} {_PAGE_HEIGHT}")
    _add(common, "PublicRes", "PublicRes.xml")
    _add(_add(root, "Pages"), "Page", ID="1", BaseLoc="Pages/Page_0/Content.xml")
    _add(root, "Attachments", "Attachs/Attachments.xml")
    return _written(root)


def _resources_xml() -> bytes:
    root = Element(_tag("Res"), {"BaseLoc": "Res"})
    _add(_add(root, "Fonts"), "Font", ID=_FONT, FontName="宋体", FamilyName="宋体")
    return _written(root)


def _attachments_xml() -> bytes:
    root = Element(_tag("Attachments"))
    attachment = _add(root, "Attachment", ID="3", Name="einvoice", Format="xml", Visible="false")
    _add(attachment, "FileLoc", "einvoice.xml")
    return _written(root)


def _page_xml(invoice: SampleInvoice) -> bytes:
    root = Element(_tag("Page"))
    _add(_add(root, "Area"), "PhysicalBox", f"0 0 {_PAGE_WIDTH} {_PAGE_HEIGHT}")
    layer = _add(_add(root, "Content"), "Layer", ID="10")
    for number, (x, y, size, text) in enumerate(_printed(invoice), start=11):
        width = _PAGE_WIDTH - x - 5
        boundary = f"{x} {y} {width} {size + 2}"
        box = _add(layer, "TextObject", ID=str(number), Boundary=boundary, Font=_FONT, Size=str(size))
        advances = " ".join(str(size if ord(character) > 0xFF else size / 2) for character in text[:-1])
        code = _add(box, "TextCode", text, X="0", Y=str(size))
        if advances:
            code.set("DeltaX", advances)
    return _written(root)


def _printed(invoice: SampleInvoice) -> list[tuple[float, float, float, str]]:
    """Return every text on the page: millimetres from left and top, size in millimetres, text."""
    texts: list[tuple[float, float, float, str]] = [
        (70, 8, 6, invoice.title),
        (150, 8, 3, f"发票号码：{invoice.number}"),
        (150, 14, 3, f"开票日期：{_day(invoice)}"),
        (8, 28, 3, f"购买方名称：{invoice.buyer_name}"),
        (8, 34, 3, f"统一社会信用代码/纳税人识别号：{invoice.buyer_tax_no}"),
        (110, 28, 3, f"销售方名称：{invoice.seller_name}"),
        (110, 34, 3, f"统一社会信用代码/纳税人识别号：{invoice.seller_tax_no}"),
    ]
    columns = (8, 70, 95, 110, 130, 160, 180)
    heads = ("项目名称", "规格型号", "单位", "数量", "金额", "税率", "税额")
    texts += [(x, 44, 3, head) for x, head in zip(columns, heads, strict=True)]
    for row, line in enumerate(invoice.lines):
        rate = f"{(line.tax_rate * 100).normalize():f}%"
        cells = (line.item, line.specification, line.unit, line.quantity, f"{line.amount:.2f}", rate, f"{line.tax:.2f}")
        texts += [(x, 50 + 4 * row, 3, cell) for x, cell in zip(columns, cells, strict=True) if cell]
    foot = min(50 + 4 * len(invoice.lines) + 4, 106)
    texts += [
        (8, foot, 3, "合计"),
        (130, foot, 3, f"¥{invoice.untaxed:.2f}"),
        (180, foot, 3, f"¥{invoice.tax:.2f}"),
        (8, foot + 6, 3, f"价税合计（大写）{in_words(invoice.total)}"),
        (130, foot + 6, 3, f"（小写）¥{invoice.total:.2f}"),
        (8, foot + 14, 3, f"备注：{invoice.remark}"),
    ]
    return texts


def _seals_xml() -> bytes:
    root = Element(_tag("Signatures"))
    _add(root, "MaxSignId", "1")
    _add(root, "Signature", ID="1", BaseLoc=f"/{_SEAL}/Signature.xml")
    return _written(root)


def _signature_xml(members: dict[str, bytes], time: str) -> bytes:
    root = Element(_tag("Signature"))
    info = _add(root, "SignedInfo")
    _add(info, "Provider", ProviderName="rehearsal", Version="1.0", Company="rehearsal")
    _add(info, "SignatureMethod", SM2_SM3_OID)
    _add(info, "SignatureDateTime", time)
    references = _add(info, "References", CheckMethod=SM3_OID)
    for name, content in members.items():
        reference = _add(references, "Reference", FileRef=f"/{name}")
        _add(reference, "CheckValue", base64.b64encode(hashlib.new("sm3", content).digest()).decode("ascii"))
    _add(info, "StampAnnot", ID="1", PageRef="1", Boundary="90 14 30 20")
    _add(root, "SignedValue", f"/{_SEAL}/SignedValue.dat")
    return _written(root)


def _seal_value(signature_xml: bytes, time: str, key: SoftKey) -> bytes:
    """Write an SES_Signature of GB/T 38540-2020 whose seal has no picture."""
    certificate = _certificate(time, key)
    times = [build(GENERALIZED, text.encode("ascii")) for text in (time, time, "20991231000000Z")]
    integer = {number: build(INTEGER, bytes((number,))) for number in (1, 3, 4)}
    seal_info = der.sequence(
        der.sequence(build(IA5, b"ES"), integer[4], build(IA5, b"REHEARSAL")),
        build(IA5, b"00000000000000"),
        der.sequence(
            integer[3],
            build(UTF8, _HOLDER.encode()),
            integer[1],
            der.sequence(build(OCTET_STRING, certificate)),
            *times,
        ),
        der.sequence(build(IA5, b"png"), build(OCTET_STRING, b""), integer[1], integer[1]),
    )
    seal = der.sequence(
        seal_info,
        build(OCTET_STRING, certificate),
        oid(SM2_SM3_OID),
        _bits(key.sign(seal_info)),
    )
    to_sign = der.sequence(
        integer[4],
        seal,
        times[0],
        _bits(hashlib.new("sm3", signature_xml).digest()),
        build(IA5, f"/{_SEAL}/Signature.xml".encode("ascii")),
    )
    return der.sequence(to_sign, build(OCTET_STRING, certificate), oid(SM2_SM3_OID), _bits(key.sign(to_sign)))


def _certificate(time: str, key: SoftKey) -> bytes:
    """Write a certificate that the key gives itself under the name of an issuer that does not exist."""
    algorithm = der.sequence(oid(SM2_SM3_OID))
    validity = [build(GENERALIZED, text.encode("ascii")) for text in (time, "20991231000000Z")]
    key_info = der.sequence(der.sequence(oid("1.2.840.10045.2.1"), oid("1.2.156.10197.1.301")), _bits(key.public.raw))
    body = der.sequence(
        build(CONTEXT_0, build(INTEGER, b"\x02")),
        build(INTEGER, b"\x01"),
        algorithm,
        _name(_ISSUER),
        der.sequence(*validity),
        _name(_HOLDER),
        key_info,
    )
    return der.sequence(body, algorithm, _bits(key.sign(body)))


def _name(common: str) -> bytes:
    return der.sequence(build(SET, der.sequence(oid("2.5.4.3"), build(UTF8, common.encode()))))


def _bits(content: bytes) -> bytes:
    return build(der.BIT_STRING, b"\0" + content)
