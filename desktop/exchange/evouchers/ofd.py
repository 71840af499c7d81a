"""An invoice in an OFD package: its seals, and every place that says what the invoice is."""

import io
from dataclasses import dataclass, field

import ofdkit

from desktop.exchange.evouchers.faults import EvoucherRefused
from desktop.exchange.evouchers.fields import (
    CUSTOM_DATA,
    ORIGINAL_INVOICE,
    TAGS,
    Fields,
    fields_of_custom_data,
    fields_of_page_text,
    line_of,
)
from desktop.exchange.evouchers.package import Package, unpack
from desktop.exchange.evouchers.safe_xml import (
    MalformedXml,
    XmlReader,
    children,
    descendants,
    local_name,
    looks_like_xml,
    text_of,
)
from desktop.exchange.evouchers.seal import SealCheck, check_seals
from desktop.exchange.evouchers.xml_invoice import fields_of_root

# ofdkit follows the same file once it is known to be within our limits. What it raises on values that make no sense
# (a page number that is no number, a box of three sides) is not only its own OFDError.
_OFDKIT_FAILS = (ofdkit.OFDError, ValueError, LookupError, ArithmeticError, AttributeError, TypeError)
_KIT_FIELDS = {
    "number": "invoice_number",
    "code": "invoice_code",
    "date": "issue_date",
    "check_code": "check_code",
    "untaxed": "amount_without_tax",
    "tax": "tax_amount",
    "total": "total_amount",
    "remark": "note",
}
_KIT_LINE = {
    "item": "name",
    "specification": "specification",
    "unit": "unit",
    "quantity": "quantity",
    "amount": "amount",
    "tax_rate": "tax_rate",
    "tax": "tax_amount",
}


@dataclass(slots=True)
class OfdContent:
    """What was found in an OFD.

    Attributes:
        sources: The places with values, best level first.
        seal: What its seals say.
        title: The printed title, 电子发票（普通发票）, or empty.
    """

    sources: list[Fields] = field(default_factory=list)
    seal: SealCheck = field(default_factory=SealCheck)
    title: str = ""


def read_ofd(data: bytes) -> OfdContent:
    """Read an OFD from its bytes.

    Raises:
        EvoucherRefused: When it is not one, is damaged, or over a limit.
    """
    package = unpack(data)
    root_name = package.find("OFD.xml")
    if root_name is None:
        invoices = [name for name in package if name.lower().endswith((".ofd", ".xml", ".pdf"))]
        if invoices:
            raise EvoucherRefused("E-UNSUPPORTED", format="ZIP")  # a parcel of files: unpack it first
        raise EvoucherRefused("E-NOT_INVOICE", missing="OFD.xml")
    xml = XmlReader()
    root = xml.parse(package[root_name], root_name)
    if local_name(root) != "OFD":
        raise EvoucherRefused("E-NOT_INVOICE", missing="OFD")
    content = OfdContent(seal=check_seals(package, xml, root_name, text_of(root, "Signatures")))
    document = package.resolve(root_name, text_of(root, "DocRoot"))
    malformed = _guard_all(package, xml)
    if document is None or document in malformed:
        raise EvoucherRefused("E-DAMAGED", member=text_of(root, "DocRoot") or "DocRoot")
    content.sources += _attachments(package, xml, document)
    entries = [(entry.get("Name", ""), (entry.text or "").strip()) for entry in descendants(root, "CustomData")]
    content.sources.append(fields_of_custom_data(entries, root_name))
    _read_with_ofdkit(data, package, xml, document, content)
    content.sources.sort(key=lambda source: source.level)
    return content


def _guard_all(package: Package, xml: XmlReader) -> set[str]:
    """Hold all XML of the package to the limits before another reader opens it; return what is not well formed."""
    malformed = set()
    for name in package:
        if looks_like_xml(package[name]):
            try:
                xml.parse(package[name], name)
            except MalformedXml:
                malformed.add(name)
    return malformed


def _attachments(package: Package, xml: XmlReader, document: str) -> list[Fields]:
    """Read every attached XML that is an invoice; one that is malformed is left to ofdkit's repair."""
    listing = package.resolve(document, text_of(xml.parse(package[document], document), "Attachments"))
    if listing is None:
        return []
    found = []
    for attachment in children(xml.parse(package[listing], listing), "Attachment"):
        member = package.resolve(listing, text_of(attachment, "FileLoc"))
        if member is None or not looks_like_xml(package[member]):
            continue
        try:
            fields = fields_of_root(xml.parse(package[member], member), (member,))
        except MalformedXml:
            continue
        if fields is not None:
            found.append(fields)
    return found


def _read_with_ofdkit(data: bytes, package: Package, xml: XmlReader, document: str, content: OfdContent) -> None:
    """Add what takes an understanding of pages: custom tags, the printed title, and the text of the pages."""
    try:
        with ofdkit.open(io.BytesIO(data)) as opened:
            invoice = opened.invoice()
            pages = tuple(page.location for page in opened.pages if page.location is not None)
            text = opened.text()
    except _OFDKIT_FAILS:
        return
    if invoice is not None:
        content.title = invoice.invoice_type or ""
        if all(source.missing for source in content.sources if source.level < CUSTOM_DATA):
            content.sources += _kit_fields(invoice, package, xml, document, pages)
    content.sources.append(fields_of_page_text(text, pages))


def _kit_fields(
    invoice: ofdkit.Invoice, package: Package, xml: XmlReader, document: str, pages: tuple[str, ...]
) -> list[Fields]:
    """Take ofdkit's reading of the tags, or of an attachment that it had to repair."""
    if "custom_tags" in invoice.sources:
        level, listing = TAGS, "CustomTags"
    elif "attachment" in invoice.sources:
        level, listing = ORIGINAL_INVOICE, "Attachments"
    else:
        return []
    fields = Fields(level, _listed(package, xml, document, listing) + pages)
    for name, attribute in _KIT_FIELDS.items():
        fields.take(name, getattr(invoice, attribute) or "")
    for prefix, party in (("seller", invoice.seller), ("buyer", invoice.buyer)):
        fields.take(f"{prefix}_name", party.name or "")
        fields.take(f"{prefix}_tax_no", party.tax_id or "")
    fields.take("seller_bank_and_account", invoice.seller.bank_account or "")
    for item in invoice.items:
        read = {name: getattr(item, attribute) or "" for name, attribute in _KIT_LINE.items()}
        fields.lines.append(line_of(read))
    fields.facts += [(f"Tags/{path}", value) for path, values in invoice.raw.items() for value in values]
    return [fields]


def _listed(package: Package, xml: XmlReader, document: str, name: str) -> tuple[str, ...]:
    """Name the list that Document.xml calls so, and the members in it."""
    listing = package.resolve(document, text_of(xml.parse(package[document], document), name))
    if listing is None:
        return ()
    files = descendants(xml.parse(package[listing], listing), "FileLoc")
    places = [package.resolve(listing, file.text) for file in files]
    return (listing, *(place for place in places if place is not None))
