"""What a rehearsal invoice says, and its 数电票 XML; `sample` tells what it is for."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from xml.etree.ElementTree import Element, SubElement, tostring

from desktop.domain.money import ZERO
from desktop.domain.words import in_words

REMARK = "演示：演练用样票，不是真实发票，不得报销"
_FEN = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class SampleLine:
    """One line of goods or services.

    Attributes:
        item: With its class between stars as on real invoices, ``*纸制品*复印纸``.
        amount: Yuan without tax, two decimals; negative on a red invoice.
        tax_rate: Part of one, ``0.13``.
    """

    item: str
    amount: Decimal
    tax_rate: Decimal = Decimal("0.13")
    specification: str = ""
    unit: str = ""
    quantity: str = "1"

    @property
    def tax(self) -> Decimal:
        """Tax on the line, yuan, rounded half up to a fen."""
        return (self.amount * self.tax_rate).quantize(_FEN, ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class SampleInvoice:
    """A digital invoice (数电票) for rehearsal.

    Attributes:
        number: 20 digits, the first two not after the year of issue; see `sample_number`.
        lines: At least one.
        special: Whether it is a 专用 one.
    """

    number: str
    issue_date: date
    seller_name: str
    seller_tax_no: str
    buyer_name: str
    buyer_tax_no: str
    lines: tuple[SampleLine, ...]
    seller_bank: str = ""
    seller_account: str = ""
    remark: str = REMARK
    special: bool = False

    @property
    def untaxed(self) -> Decimal:
        """Σ amounts without tax, yuan."""
        return sum((line.amount for line in self.lines), ZERO)

    @property
    def tax(self) -> Decimal:
        """Σ taxes, yuan."""
        return sum((line.tax for line in self.lines), ZERO)

    @property
    def total(self) -> Decimal:
        """With tax, yuan."""
        return self.untaxed + self.tax

    @property
    def title(self) -> str:
        """What is printed on top."""
        return "电子发票（增值税专用发票）" if self.special else "电子发票（普通发票）"


def sample_number(issued: date, sequence: int) -> str:
    """Return a 20-digit number: year, province 15 (Inner Mongolia), channel 9, and the sequence.

    Args:
        issued: Day of issue.
        sequence: 0 to 999,999,999,999,999.
    """
    return f"{issued.year % 100:02d}159{sequence:015d}"


def taxed_line(item: str, total: Decimal, tax_rate: Decimal = Decimal("0.13"), **more: str) -> SampleLine:
    """Make a line from what it costs with tax, as prices are quoted.

    Args:
        item: As in `SampleLine`.
        total: Yuan with tax, two decimals. The line's own rounding may miss it by a fen for awkward numbers.
        tax_rate: Part of one.
        more: ``specification``, ``unit``, ``quantity``.
    """
    return SampleLine(item, (total / (1 + tax_rate)).quantize(_FEN, ROUND_HALF_UP), tax_rate, **more)


def sample_xml(invoice: SampleInvoice) -> bytes:
    """Write the 数电票 XML, UTF-8 with a declaration; an absent bank or account is left out."""
    root = Element("EInvoice")
    header = SubElement(root, "Header")
    SubElement(header, "EIid").text = invoice.number
    label = SubElement(SubElement(header, "InherentLabel"), "GeneralOrSpecialVAT")
    SubElement(label, "LabelName").text = "增值税专用发票" if invoice.special else "普通发票"
    data = SubElement(root, "EInvoiceData")
    _leaves(
        SubElement(data, "SellerInformation"),
        SellerIdNum=invoice.seller_tax_no,
        SellerName=invoice.seller_name,
        SellerBankName=invoice.seller_bank,
        SellerBankAccNum=invoice.seller_account,
    )
    _leaves(SubElement(data, "BuyerInformation"), BuyerIdNum=invoice.buyer_tax_no, BuyerName=invoice.buyer_name)
    totals = {
        "TotalAmWithoutTax": f"{invoice.untaxed:.2f}",
        "TotalTaxAm": f"{invoice.tax:.2f}",
        "TotalTax-includedAmount": f"{invoice.total:.2f}",
        "TotalTax-includedAmountInChinese": in_words(invoice.total),
    }
    _leaves(SubElement(data, "BasicInformation"), **totals)
    for line in invoice.lines:
        _leaves(
            SubElement(data, "IssuItemInformation"),
            ItemName=line.item,
            SpecMod=line.specification,
            MeaUnits=line.unit,
            Quantity=line.quantity,
            Amount=f"{line.amount:.2f}",
            TaxRate=str(line.tax_rate),
            ComTaxAm=f"{line.tax:.2f}",
            TotaltaxIncludedAmount=f"{line.amount + line.tax:.2f}",
        )
    SubElement(SubElement(data, "AdditionalInformation"), "Remark").text = invoice.remark
    supervision = SubElement(root, "TaxSupervisionInfo")
    _leaves(supervision, InvoiceNumber=invoice.number, IssueTime=invoice.issue_date.isoformat())
    return tostring(root, encoding="utf-8", xml_declaration=True)


def _leaves(parent: Element, **texts: str) -> None:
    for name, text in texts.items():
        if text:
            SubElement(parent, name).text = text
