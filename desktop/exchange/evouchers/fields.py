"""What one place of a file says about an invoice: names as found, brought to one vocabulary.

Element names are matched by local name, whatever the prefix; all spellings, odd ones included, are the official ones.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from xml.etree.ElementTree import Element

from desktop.domain.evoucher import EvoucherLine
from desktop.domain.money import yuan
from desktop.exchange.evouchers.faults import EvoucherRefused
from desktop.exchange.evouchers.safe_xml import local_name

MAX_FACTS = 60_000  # an invoice has at most 2,000 lines of some fifteen values
XML_OF_INVOICE, ORIGINAL_INVOICE, CUSTOM_DATA, TAGS, PAGE_TEXT = range(1, 6)  # levels, the surest first

# Leaf elements of 数电票 XML, of XBRL instances of the same invoices, and of original_invoice.xml.
_LEAVES = {
    "EIid": "number",
    "InvoiceNumber": "number",
    "InvoiceNo": "number",
    "InvoiceCode": "code",
    "IssueTime": "date",
    "IssueDate": "date",
    "DateOfIssue": "date",
    "RequestTime": "requested",  # stands in where no issue time is given
    "InvoiceCheckCode": "check_code",
    "SellerIdNum": "seller_tax_no",
    "SellerTaxID": "seller_tax_no",
    "SellerName": "seller_name",
    "SellerBankName": "seller_bank",
    "SellerBankAccNum": "seller_account",
    "SellerFinancialAccount": "seller_bank_and_account",
    "BuyerIdNum": "buyer_tax_no",
    "BuyerTaxID": "buyer_tax_no",
    "BuyerName": "buyer_name",
    "TotalAmWithoutTax": "untaxed",
    "TaxExclusiveTotalAmount": "untaxed",
    "TotalTaxAm": "tax",
    "TaxTotalAmount": "tax",
    "TotalTax-includedAmount": "total",
    "TaxInclusiveTotalAmount": "total",
    "TotalTax-includedAmountInChinese": "words",
    "TaxInclusiveTotalAmountWithWords": "words",
    "Remark": "remark",
    "Note": "remark",
    "OriginalInvoiceNo": "reversed_no",
    "GraphCode": "graph",
}
_LINES = ("IssuItemInformation", "GoodsInfo")
_NOT_THE_INVOICE = ("SpecificInformation",)  # tolls and the like repeat names of the invoice for their own things
_LINE_LEAVES = {
    "ItemName": "item",
    "Item": "item",
    "SpecMod": "specification",
    "Specification": "specification",
    "MeaUnits": "unit",
    "MeasurementDimension": "unit",
    "Quantity": "quantity",
    "Amount": "amount",
    "TaxRate": "tax_rate",
    "TaxScheme": "tax_rate",
    "ComTaxAm": "tax",
    "TaxAmount": "tax",
}
# Names of CustomData entries of OFD.xml, without white space and punctuation.
_CUSTOM_DATA = {
    "发票代码": "code",
    "发票号码": "number",
    "开票日期": "date",
    "合计金额": "untaxed",
    "合计税额": "tax",
    "价税合计": "total",
    "校验码": "check_code",
    "购买方名称": "buyer_name",
    "购买方纳税人识别号": "buyer_tax_no",
    "销售方名称": "seller_name",
    "销售方纳税人识别号": "seller_tax_no",
    "销售方开户行及账号": "seller_bank_and_account",
    "备注": "remark",
    "开票类型": "issuing_type",
    "模板编号": "title",
}
KEY_FIELDS = ("number", "code", "date", "untaxed", "tax", "total", "seller_tax_no", "buyer_tax_no")


@dataclass(slots=True)
class Fields:
    """One place's values, while a file is being read.

    Attributes:
        level: The place's rank, 1 to 5, as in `Evoucher.source_level`.
        members: Members of the package whose bytes the values come from.
        values: Text by field; the first one found stays.
        lines: The goods and services.
        facts: Every leaf, as path and text.
        conflicts: Fields that this place itself gives twice, differently.
    """

    level: int
    members: tuple[str, ...] = ()
    values: dict[str, str] = field(default_factory=dict)
    lines: list[EvoucherLine] = field(default_factory=list)
    facts: list[tuple[str, str]] = field(default_factory=list)
    conflicts: list[str] = field(default_factory=list)

    def take(self, name: str, value: str) -> None:
        """Note one value; an empty one says nothing, a second different one of a key field is a conflict."""
        value = value.strip()
        if not value:
            return
        known = self.values.setdefault(name, value)
        if known != value and name in KEY_FIELDS and canonical(name, known) != canonical(name, value):
            self.conflicts.append(f"{name}: {known} ≠ {value}")

    @property
    def total(self) -> Decimal | None:
        """The total with tax, added up when only its parts are given."""
        stated = parse_amount(self.values.get("total", ""))
        untaxed, tax = parse_amount(self.values.get("untaxed", "")), parse_amount(self.values.get("tax", ""))
        if stated is None and untaxed is not None and tax is not None:
            return untaxed + tax
        return stated

    @property
    def issue_date(self) -> date | None:
        """The day of issue; the day of the request where nothing else is given."""
        return parse_date(self.values.get("date", "") or self.values.get("requested", ""))

    @property
    def missing(self) -> list[str]:
        """Which of number, date and total can't be read from here."""
        read = {"number": self.values.get("number"), "date": self.issue_date, "total": self.total}
        return [name for name, value in read.items() if value is None]


def fields_of_tree(root: Element, level: int, members: tuple[str, ...]) -> Fields:
    """Read the XML of an invoice: 数电票, original_invoice.xml, or XBRL facts of the same names.

    Raises:
        EvoucherRefused: E-XML_LIMIT when it has more leaves than an invoice can have.
    """
    fields = Fields(level, members)
    for path, element in _leaves(root, ()):
        value = (element.text or "").strip()
        if not value:
            continue
        if len(fields.facts) >= MAX_FACTS:
            raise EvoucherRefused("E-XML_LIMIT", what="facts", limit=str(MAX_FACTS), member="".join(members[:1]))
        fields.facts.append(("/".join((*path, local_name(element))), value))
        if not set(path).intersection((*_LINES, *_NOT_THE_INVOICE)):
            name = _field_name((*path, local_name(element)))
            if name is not None:
                fields.take(name, value)
    for element in root.iter():
        if local_name(element) in _LINES:
            fields.lines.append(_line(element))
    return fields


def _field_name(path: tuple[str, ...]) -> str | None:
    """Return the field that a leaf's text belongs to; ordinary or special stands at a depth that varies."""
    if "GeneralOrSpecialVAT" in path:
        return None if path[-1] == "LabelCode" else "label"
    return _LEAVES.get(path[-1])


def _leaves(element: Element, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Element]]:
    """Go through the elements without children, each with the names above it, the root's left out."""
    for child in element:
        if len(child):
            yield from _leaves(child, (*path, local_name(child)))
        else:
            yield path, child


def _line(element: Element) -> EvoucherLine:
    read: dict[str, str] = {}
    for leaf in element:
        name = _LINE_LEAVES.get(local_name(leaf))
        if name is not None and leaf.text is not None:
            read.setdefault(name, leaf.text.strip())
    return line_of(read)


def line_of(read: dict[str, str]) -> EvoucherLine:
    """Make a line from texts by the names of `EvoucherLine`."""
    return EvoucherLine(
        item=read.get("item", ""),
        specification=read.get("specification", ""),
        unit=read.get("unit", ""),
        quantity=read.get("quantity", ""),
        amount=parse_amount(read.get("amount", "")),
        tax_rate=read.get("tax_rate", ""),
        tax=parse_amount(read.get("tax", "")),
    )


def fields_of_custom_data(entries: list[tuple[str, str]], member: str) -> Fields:
    """Read the CustomData of OFD.xml, names such as 发票号码; the parts are enough for a total."""
    fields = Fields(CUSTOM_DATA, (member,))
    for name, value in entries:
        fields.facts.append((f"CustomData/{name}", value))
        known = _CUSTOM_DATA.get(re.sub(r"[\s、，,:：]", "", name))
        if known is not None:
            fields.take(known, value)
    return fields


_NUMBER = re.compile(r"发票号码:?\s*([0-9]{20}|[0-9]{8})(?![0-9])")
_PAGE_TEXT = (
    ("number", _NUMBER),
    ("code", re.compile(r"发票代码:?\s*([0-9]{10,12})(?![0-9])")),
    ("date", re.compile(r"开票日期:?\s*([0-9]{4}\s*年\s*[0-9]{1,2}\s*月\s*[0-9]{1,2}\s*日)")),
    ("check_code", re.compile(r"校\s*验\s*码:?\s*([0-9]{5}(?: ?[0-9]{5}){3})")),
    ("total", re.compile(r"\(小写\)\s*[¥￥]?\s*(-?[0-9][0-9,]*\.[0-9]{2})")),
    ("words", re.compile(r"\(大写\)[\s⊗ⓧ]*([零壹贰叁肆伍陆柒捌玖拾佰仟万亿元圆角分整正]+)")),
    ("untaxed", re.compile(r"[合总]\s*计\s*[¥￥]\s*(-?[0-9][0-9,]*\.[0-9]{2})")),
    ("tax", re.compile(r"[合总]\s*计\s*[¥￥]\s*-?[0-9][0-9,]*\.[0-9]{2}\s*[¥￥]\s*(-?[0-9][0-9,]*\.[0-9]{2})")),
    ("seller_name", re.compile(r"销售方名称:?\s*(\S+)")),
)


def fields_of_page_text(text: str, members: tuple[str, ...]) -> Fields:
    """Read what the pages show; the last resort, and the maker has to confirm it.

    The printed form is the national one: labels before values, the buyer's tax number above the seller's.
    """
    fields = Fields(PAGE_TEXT, members)
    plain = unicodedata.normalize("NFKC", text)
    for name, pattern in _PAGE_TEXT:
        found = pattern.search(plain)
        if found:
            fields.take(name, re.sub(r"\s", "", found[1]))
            fields.facts.append((f"Text/{name}", found[1]))
    names = re.findall(r"(?<!销售方)(?<!项目)名\s*称:\s*(\S+)", plain)
    codes = re.findall(r"纳税人识别号:\s*([0-9A-Z]{15,20})", plain)
    if names:
        fields.take("buyer_name", names[0])
    if len(names) > 1:
        fields.take("seller_name", names[1])
    if len(codes) == 2:  # a buyer that is a person has none, and then nothing says whose the only one is
        fields.take("buyer_tax_no", codes[0])
        fields.take("seller_tax_no", codes[1])
    return fields


_DATE = re.compile(r"([0-9]{4})[-/.年]?([0-9]{1,2})[-/.月]?([0-9]{1,2})日?(?:[T ][0-9:.+Z]*)?")
_AMOUNT = re.compile(r"[+-]?[0-9]{1,11}(?:\.[0-9]{1,2}0*)?")


def parse_date(text: str) -> date | None:
    """Read ``2026-02-28``, with a time or not, ``2020年04月07日``, ``2020/4/7`` or ``20200407``; else None."""
    plain = unicodedata.normalize("NFKC", text).strip()
    match = _DATE.fullmatch(plain) or _DATE.fullmatch(re.sub(r"\s", "", plain))
    if match is None:
        return None
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None


def parse_amount(text: str) -> Decimal | None:
    """Read an amount with its sign, ``¥3,200.00`` or ``-12.5``, as yuan with two decimals; None when it is not one."""
    plain = re.sub(r"[\s,¥元]", "", unicodedata.normalize("NFKC", text))
    if not _AMOUNT.fullmatch(plain):
        return None
    return yuan(plain)


def canonical(name: str, value: str) -> str:
    """Return a key field's value in the form in which two places are compared."""
    if name == "date":
        return str(parse_date(value) or value)
    if name in ("untaxed", "tax", "total"):
        amount = parse_amount(value)
        return value if amount is None else str(amount)
    return "".join(unicodedata.normalize("NFKC", value).split()).upper()


def bank_and_account(text: str) -> tuple[str, str]:
    """Split ``建设银行625555888900998711`` into the bank's name and the number without spaces."""
    text = text.strip()
    match = re.search(r"[0-9][0-9 \-]{5,38}[0-9]$", text)
    if match is None:
        return text, ""
    bank = text[: match.start()].rstrip(" ,，:：;；").removesuffix("账号").removesuffix("帐号")
    return bank.rstrip(" ,，:：;；"), re.sub(r"[ \-]", "", match[0])
