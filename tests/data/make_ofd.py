"""Invoices for tests: an OFD or XML whose buyer is the unit of the golden fixture, as it should be or with a flaw."""

import io
import zipfile
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path

from desktop.exchange.evouchers.sample import SampleInvoice, SampleLine, write_sample_einvoice

UNIT_NAME = "甲旗林业和草原局"
UNIT_TAX_NO = "11150821MB0X12343J"
SELLER_NAME = "甲旗示例商贸有限公司"
SELLER_TAX_NO = "91150821MA0Q567845"

Edit = Callable[[bytes], bytes] | bytes | None


def invoice_of(
    number: str = "26157912570200055449",
    issued: date = date(2026, 3, 5),
    amounts: tuple[str, ...] = ("2831.86",),
    rate: str = "0.13",
    **more: str,
) -> SampleInvoice:
    """Make an invoice to the unit.

    Args:
        number: 20 digits.
        issued: Day of issue.
        amounts: Yuan without tax, one for each line.
        rate: Tax rate of all lines.
        more: Other fields of `SampleInvoice`: parties, bank, account, remark.
    """
    lines = tuple(SampleLine("*纸制品*复印纸", Decimal(a), Decimal(rate), "A4 70g", "箱", "20") for a in amounts)
    parties = {
        "seller_name": SELLER_NAME,
        "seller_tax_no": SELLER_TAX_NO,
        "buyer_name": UNIT_NAME,
        "buyer_tax_no": UNIT_TAX_NO,
        "seller_bank": "中国农业银行甲旗支行",
        "seller_account": "05430101040012345",
    }
    return SampleInvoice(number=number, issue_date=issued, lines=lines, **{**parties, **more})  # type: ignore[arg-type]


def build_invoice_ofd(
    path: Path,
    number: str = "26157912570200055449",
    issued: date = date(2026, 3, 5),
    amounts: tuple[str, ...] = ("2831.86",),
    rate: str = "0.13",
    **more: str,
) -> Path:
    """Write a sealed OFD with right digests; arguments as `invoice_of`. Returns the path."""
    write_sample_einvoice(path, invoice_of(number, issued, amounts, rate, **more))
    return path


def members_of(data: bytes) -> dict[str, bytes]:
    """Return the members of a ZIP by name, in its order."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def pack(members: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Put members into a ZIP with right checksums of its own."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return packed.getvalue()


def edited(data: bytes, edits: Mapping[str, Edit], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return the ZIP with some members changed by a function, replaced or added by bytes, or left out by None.

    The ZIP's own checksums are right again: only the digests of the seal can tell.
    """
    members: dict[str, bytes] = members_of(data)
    for name, edit in edits.items():
        if edit is None:
            del members[name]
        else:
            members[name] = edit if isinstance(edit, bytes) else edit(members[name])
    return pack(members, method)


def flipped(content: bytes, at: int, bit: int = 0) -> bytes:
    """Return the bytes with one bit changed."""
    return content[:at] + bytes((content[at] ^ (1 << bit),)) + content[at + 1 :]
