"""Invoices in XML: 数电票, the original_invoice.xml of older OFDs, and XBRL instances of both."""

import re
from xml.etree.ElementTree import Element

from desktop.domain.evoucher import EvoucherKind
from desktop.exchange.evouchers.faults import EvoucherRefused
from desktop.exchange.evouchers.fields import ORIGINAL_INVOICE, XML_OF_INVOICE, Fields, fields_of_tree
from desktop.exchange.evouchers.safe_xml import descendants, local_name, namespace

# The taxonomy's date may be any; the family at the end says what it is. The namespace is a name, never an address.
_FAMILY = re.compile(r"/taxonomy/\d{4}-\d{2}-\d{2}/([a-z]+)$")
_INVOICE_FAMILIES = ("einv", "inv")
_OTHER_KINDS = {
    "rai": EvoucherKind.RAIL,
    "atr": EvoucherKind.AIR,
    "efi": EvoucherKind.FISCAL_BILL,
    "ntrev": EvoucherKind.NONTAX,
    "bker": EvoucherKind.BANK_RECEIPT,
    "bkrs": EvoucherKind.BANK_STATEMENT,
    "ctp": EvoucherKind.TREASURY,
}


def fields_of_root(root: Element, members: tuple[str, ...] = ()) -> Fields | None:
    """Read an XML document as an invoice.

    Args:
        root: Its root element.
        members: The members of a package it comes from.

    Returns:
        What it says, or None when it is no invoice.

    Raises:
        EvoucherRefused: E-UNSUPPORTED for an electronic voucher of another kind; E-XML_LIMIT.
    """
    for name, level in (("EInvoice", XML_OF_INVOICE), ("eInvoice", ORIGINAL_INVOICE)):
        invoice = next(descendants(root, name), None)
        if invoice is not None:
            return fields_of_tree(invoice, level, members)
    if local_name(root) != "xbrl":
        return None
    families = {found[1] for found in map(_FAMILY.search, map(namespace, root.iter())) if found}
    for family in sorted(families):
        if family in _OTHER_KINDS:
            raise EvoucherRefused("E-UNSUPPORTED", kind=_OTHER_KINDS[family].value)
    if families.intersection(_INVOICE_FAMILIES):
        return fields_of_tree(root, XML_OF_INVOICE, members)
    return None
