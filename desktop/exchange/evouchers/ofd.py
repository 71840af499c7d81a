"""An invoice in an OFD package: its seals, and every place that says what the invoice is."""

from dataclasses import dataclass, field

from desktop.exchange.evouchers.faults import EvoucherRefused
from desktop.exchange.evouchers.fields import PAGE_TEXT, Fields, fields_of_custom_data
from desktop.exchange.evouchers.package import Package, unpack
from desktop.exchange.evouchers.pages import PageWork, read_pages
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

MAX_REPAIRED = 1024 * 1024  # bytes of an attachment that is not well formed and may still be read


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
    work, malformed = _guard_all(package, xml)
    if document is None or document in malformed:
        raise EvoucherRefused("E-DAMAGED", member=text_of(root, "DocRoot") or "DocRoot")
    attached, repairable = _attachments(package, xml, document)
    entries = [(entry.get("Name", ""), (entry.text or "").strip()) for entry in descendants(root, "CustomData")]
    content.sources += [*attached, fields_of_custom_data(entries, root_name)]
    if work.affordable:
        # What is malformed is left out, but for the attachments: those ofdkit may be able to repair.
        pages = read_pages(package, malformed - repairable, xml, document)
        content.title = pages.title
        # ofdkit mixes tags with attachments: beside an attachment that was read its tags are no second witness.
        alone = all(source.missing for source in attached)
        content.sources += [source for source in pages.sources if alone or source.level == PAGE_TEXT]
    content.sources.sort(key=lambda source: source.level)
    return content


def _guard_all(package: Package, xml: XmlReader) -> tuple[PageWork, set[str]]:
    """Hold all XML of the package to the limits before another reader opens it.

    Returns:
        What reading the pages would take, and the members that are not well formed.
    """
    work, malformed = PageWork(), set()
    for name in package:
        if looks_like_xml(package[name]):
            try:
                work.add(xml.parse(package[name], name), len(package[name]))
            except MalformedXml:
                malformed.add(name)
    return work, malformed


def _attachments(package: Package, xml: XmlReader, document: str) -> tuple[list[Fields], set[str]]:
    """Read every attached XML that is an invoice, and name those that are not well formed but small."""
    listing = package.resolve(document, text_of(xml.parse(package[document], document), "Attachments"))
    if listing is None:
        return [], set()
    places = [text_of(each, "FileLoc") for each in children(xml.parse(package[listing], listing), "Attachment")]
    found, malformed = [], set()
    for member in dict.fromkeys(package.resolve(listing, place) for place in places):
        if member is None or not looks_like_xml(package[member]):
            continue
        try:
            fields = fields_of_root(xml.parse(package[member], member), (member,))
        except MalformedXml:
            if len(package[member]) <= MAX_REPAIRED:
                malformed.add(member)
            continue
        if fields is not None:
            found.append(fields)
    return found, malformed
