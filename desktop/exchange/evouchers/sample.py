"""Rehearsal invoices: they look and read like real ones, and say in their remark that they are none.

The demonstration and the tests need invoices for a unit that does not exist. What is written here goes through the
same reader as a real file. The OFD is sealed by a key made for the occasion, under a certificate that names itself a
rehearsal and that nobody vouches for: it reads as `Signature.UNKNOWN_CA`, as a real invoice does where no issuer of
certificates is known. The XML carries no seal and reads as `Signature.NOT_CHECKED`.
"""

from pathlib import Path

from desktop.exchange.evouchers.sample_invoice import (
    REMARK,
    SampleInvoice,
    SampleLine,
    sample_number,
    sample_xml,
    taxed_line,
)
from desktop.exchange.evouchers.sample_ofd import sample_ofd
from sync.crypto import SoftKey

__all__ = [
    "REMARK",
    "SampleInvoice",
    "SampleLine",
    "sample_number",
    "sample_ofd",
    "sample_xml",
    "taxed_line",
    "write_sample_einvoice",
]


def write_sample_einvoice(path: Path, invoice: SampleInvoice, key: SoftKey | None = None) -> None:
    """Write a rehearsal invoice, as OFD or XML by the ending of the path.

    Args:
        path: Ends in ``.ofd`` or ``.xml``; an existing file is replaced.
        invoice: What it says.
        key: Who seals the OFD; None makes a key that nobody keeps.

    Raises:
        ValueError: For another ending.
        OSError: When the file can't be written.
    """
    ending = path.suffix.lower()
    if ending == ".xml":
        path.write_bytes(sample_xml(invoice))
    elif ending == ".ofd":
        path.write_bytes(sample_ofd(invoice, key))
    else:
        raise ValueError(f"neither .ofd nor .xml: {path.name}")
