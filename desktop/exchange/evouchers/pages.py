"""What the pages of an OFD show: custom tags, the printed title and the text, read by ofdkit.

ofdkit knows where text stands on a page. It bounds the depth of what it follows but not the work, so a file is counted
first (`PageWork`) and given to it only when the work is small; and it gets a package that holds nothing but members
already known to be within the limits.
"""

import io
import zipfile
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

import ofdkit

from desktop.exchange.evouchers.fields import ORIGINAL_INVOICE, TAGS, Fields, fields_of_page_text, line_of
from desktop.exchange.evouchers.package import Package
from desktop.exchange.evouchers.safe_xml import MalformedXml, XmlReader, descendants, local_name, text_of

MAX_TEXTS = 30_000
MAX_STEPS = 10_000_000  # of every kind of repeated work: some seconds at the most
MAX_PARSED = 1024 * 1024 * 1024  # bytes, every member counted for every load: an overestimate by its nature

# What ofdkit raises on values that make no sense (a page number that is none) is not only its own OFDError.
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
class PageWork:
    """How much reading the pages would take, counted over all the XML of a package."""

    bodies: int = 0
    pages: int = 0
    parts: int = 0  # attachments, tags and resources: each mention is read again
    page_parts: int = 0  # resources that pages name: read again for each page
    size: int = 0  # bytes
    elements: int = 0
    texts: int = 0
    references: int = 0  # from tags to texts
    singles: int = 0  # most texts of one character in one member: each is compared with each
    drawn: int = 0  # uses of composite units
    unit_elements: int = 0
    nested_units: bool = False

    def add(self, root: Element, size: int) -> None:
        """Count one document of so many bytes."""
        self.size += size
        singles = 0
        for element in root.iter():
            self.elements += 1
            match local_name(element):
                case "DocBody":
                    self.bodies += 1
                case "Page" if "BaseLoc" in element.attrib:
                    self.pages += 1
                case "Attachment" | "CustomTag" | "PublicRes" | "DocumentRes":
                    self.parts += 1
                case "PageRes":
                    self.page_parts += 1
                case "TextCode":
                    self.texts += 1
                    singles += len((element.text or "").strip()) == 1
                case "ObjectRef":
                    self.references += 1
                case "CompositeObject":
                    self.drawn += 1
                case "CompositeGraphicUnit":
                    inside = list(element.iter())
                    self.unit_elements += len(inside)
                    # Units that draw units double with every level: "billion laughs" without an entity.
                    self.nested_units |= any(local_name(each) == "CompositeObject" for each in inside)
        self.singles = max(self.singles, singles)

    @property
    def affordable(self) -> bool:
        """Whether it takes no more than some seconds; every real invoice is far below."""
        pages = self.bodies * self.pages
        steps = (
            pages * self.elements,
            pages * self.references,
            pages * (2 * self.singles) ** 2,
            max(pages, 1) * self.drawn * self.unit_elements,
        )
        loads = pages * (1 + self.page_parts) + self.bodies * (1 + self.parts)
        few = self.texts <= MAX_TEXTS and max(steps) <= MAX_STEPS and loads * self.size <= MAX_PARSED
        return few and not self.nested_units


@dataclass(slots=True)
class PageContent:
    """What the pages show.

    Attributes:
        sources: The tags or a repaired attachment, and the text; best level first.
        title: The printed title, 电子发票（普通发票）, or empty.
    """

    sources: list[Fields] = field(default_factory=list)
    title: str = ""


def read_pages(package: Package, leave_out: set[str], xml: XmlReader, document: str) -> PageContent:
    """Read tags, title and text; nothing of it when ofdkit cannot make sense of the file.

    Args:
        package: The unpacked OFD; its work is affordable.
        leave_out: Members that ofdkit does not get to see.
        xml: The reader for the package's XML.
        document: The member that is Document.xml.
    """
    content = PageContent()
    try:
        with ofdkit.open(_repacked(package, leave_out)) as opened:
            invoice = opened.invoice()
            pages = tuple(page.location for page in opened.pages if page.location is not None)
            text = opened.text()
    except _OFDKIT_FAILS:
        return content
    if invoice is not None:
        content.title = invoice.invoice_type or ""
        content.sources += _kit_fields(invoice, package, xml, document, pages)
    content.sources.append(fields_of_page_text(text, pages))
    return content


def _repacked(package: Package, leave_out: set[str]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for name in package:
            if name not in leave_out:
                archive.writestr(zipfile.ZipInfo(name), package[name])
    return packed.getvalue()


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
    try:
        root = xml.parse(package[listing], listing)
    except MalformedXml:
        return (listing,)
    places = [package.resolve(listing, file.text) for file in descendants(root, "FileLoc")]
    return (listing, *(place for place in places if place is not None))
