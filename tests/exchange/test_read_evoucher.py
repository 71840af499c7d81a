"""What is read from invoices as they arrive: three published OFDs, XML, and OFDs of other builders."""

import hashlib
import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from desktop.domain.evoucher import EvoucherKind, Signature, check_evoucher
from desktop.exchange.evouchers import EvoucherRefused, read_evoucher, read_evoucher_bytes
from desktop.exchange.evouchers.fields import bank_and_account, parse_amount, parse_date
from desktop.exchange.evouchers.sample import sample_ofd, sample_xml
from tests.data.make_ofd import UNIT_NAME, UNIT_TAX_NO, build_invoice_ofd, edited, invoice_of, members_of, pack

INVOICES = Path(__file__).parent.parent / "data" / "invoices"
HUNDRED = (INVOICES / "vat-electronic-hundred-lines.ofd").read_bytes()
OTHER = (INVOICES / "vat-electronic-other-seal.ofd").read_bytes()
NO_ATTACHMENT = {"Doc_0/Attachs/original_invoice.xml": None}


def without_custom_data(root: bytes) -> bytes:
    return re.sub(rb"<ofd:CustomDatas>.*</ofd:CustomDatas>", b"", root, flags=re.DOTALL)


def refusal(data: bytes) -> EvoucherRefused:
    with pytest.raises(EvoucherRefused) as refused:
        read_evoucher_bytes(data, "a")
    return refused.value


def test_an_older_invoice_with_a_hundred_lines_is_read_whole() -> None:
    e = read_evoucher(INVOICES / "vat-electronic-hundred-lines.ofd")
    assert (e.key, e.kind) == ("VAT:050001700111+12235358", EvoucherKind.VAT_ORD)
    assert (e.invoice_code, e.invoice_no, e.issue_date) == ("050001700111", "12235358", date(2020, 8, 5))
    assert (e.untaxed, e.tax, e.total) == (Decimal("10000.00"), Decimal("600.00"), Decimal("10600.00"))
    assert (e.seller_name, e.seller_tax_no) == ("财天下科技有限公司", "91500102563638729E")
    assert (e.seller_bank, e.seller_account) == ("建设银行", "625555888900998711")
    assert (e.buyer_name, e.buyer_tax_no) == ("个人", "")
    assert (len(e.lines), e.lines[0].item, e.lines[99].amount) == (100, "*餐饮服务*餐费", Decimal("100.00"))
    assert (e.check_code, e.total_in_words, e.is_red) == ("16630282980991510014", "壹万零陆佰圆整", False)
    assert (e.container, e.size, e.source_level, e.confidence) == ("OFD", len(HUNDRED), 2, Decimal("1.00"))
    assert e.sm3 == hashlib.new("sm3", HUNDRED).hexdigest()
    assert (e.digest_ok, e.signature, e.conflicts) == (True, Signature.UNKNOWN_CA, ())


def test_an_invoice_sealed_by_another_program_is_read_the_same_way() -> None:
    e = read_evoucher(INVOICES / "vat-electronic-other-seal.ofd")
    assert (e.key, e.issue_date) == ("VAT:011002680026+71500013", date(2020, 2, 20))
    assert (e.untaxed, e.tax, e.total) == (Decimal("9709.00"), Decimal("291.00"), Decimal("10000.00"))
    assert (e.seller_name, e.seller_tax_no) == ("ukey测试", "91110101202001201")
    assert (e.buyer_name, e.buyer_tax_no) == ("百望股份有限公司", "91110108339805094M")
    assert (e.seller_bank, e.seller_account, e.remark) == ("重庆商业银行", "624562566022125", "稻谷交易")
    assert (e.digest_ok, e.signature) == (True, Signature.UNKNOWN_CA)
    assert check_evoucher(e, buyer_name=e.buyer_name, buyer_tax_no=e.buyer_tax_no)[1:] == []


def test_a_published_invoice_that_somebody_edited_is_read_and_found_out() -> None:
    e = read_evoucher(INVOICES / "vat-electronic-altered.ofd")
    assert (e.key, e.issue_date) == ("VAT:050001700111+99999951", date(2020, 10, 10))
    assert (e.untaxed, e.tax, e.total) == (Decimal("300.00"), Decimal("18.00"), Decimal("318.00"))
    assert (e.seller_name, e.buyer_tax_no) == ("杭州融易算企业管理咨询有限公司", "9150010807MGZHI002")
    assert [(line.unit, line.quantity, line.tax_rate, line.tax) for line in e.lines] == [
        ("次", "4", "6%", Decimal(6))
    ] * 3
    assert e.digest_ok is False
    assert ("seal.changed", "Doc_0/Document.xml") in e.facts
    assert "E-02" in [p.code for p in check_evoucher(e, buyer_name=e.buyer_name, buyer_tax_no=e.buyer_tax_no)]


def test_a_digital_invoice_in_xml_is_read() -> None:
    e = read_evoucher(INVOICES / "einvoice-219001.xml")
    assert (e.key, e.kind) == ("EINV:26157912570200055449", EvoucherKind.EINV_ORD)
    assert (e.issue_date, e.total) == (date(2026, 3, 5), Decimal("3200.00"))
    assert (e.untaxed, e.tax) == (Decimal("2831.86"), Decimal("368.14"))
    assert (e.seller_name, e.seller_tax_no) == ("甲旗示例商贸有限公司", "91150821MA0Q567845")
    assert (e.buyer_name, e.buyer_tax_no) == (UNIT_NAME, UNIT_TAX_NO)
    assert (e.lines[0].item, e.lines[0].quantity, e.lines[0].tax_rate) == ("*纸制品*复印纸", "20", "0.13")
    assert (e.container, e.digest_ok, e.signature) == ("XML", None, Signature.NOT_CHECKED)
    assert (e.source_level, e.confidence, e.invoice_code, e.check_code) == (1, Decimal("1.00"), "", "")
    assert ("EInvoiceData/BasicInformation/TotalTax-includedAmount", "3200.00") in e.facts
    assert [p.code for p in check_evoucher(e, buyer_name=UNIT_NAME, buyer_tax_no=UNIT_TAX_NO)] == ["E-06"]


def test_an_invoice_of_the_field_rules_is_read() -> None:
    xml = (
        "<EInvoice><Header><EIid>26157912570200055449</EIid></Header><EInvoiceData>"
        "<SellerInformation><SellerIdNum>91150821MA0Q567845</SellerIdNum></SellerInformation>"
        "<BasicInformation><TotalAmWithoutTax>18.63</TotalAmWithoutTax><TotalTaxAm>0.56</TotalTaxAm>"
        "<TotalTax-includedAmount>19.19</TotalTax-includedAmount></BasicInformation></EInvoiceData>"
        "<TaxSupervisionInfo><InvoiceNumber>26157912570200055449</InvoiceNumber>"
        "<IssueTime>2026-02-28 09:30:11</IssueTime></TaxSupervisionInfo></EInvoice>"
    )
    e = read_evoucher_bytes(xml.encode(), "a.xml")
    assert (e.invoice_no, e.issue_date) == ("26157912570200055449", date(2026, 2, 28))
    assert (e.untaxed, e.tax, e.total) == (Decimal("18.63"), Decimal("0.56"), Decimal("19.19"))


def test_a_special_invoice_is_known_by_its_label_at_any_depth() -> None:
    xml = sample_xml(invoice_of()).decode()
    deeper = xml.replace("<LabelName>普通发票", "<LabelCode>01</LabelCode><LabelName>增值税专用发票")
    assert read_evoucher_bytes(deeper.encode(), "a.xml").kind is EvoucherKind.EINV_SPCL
    deeper = deeper.replace("<GeneralOrSpecialVAT>", "<A><GeneralOrSpecialVAT><B>").replace(
        "</GeneralOrSpecialVAT>", "</B></GeneralOrSpecialVAT></A>"
    )
    assert read_evoucher_bytes(deeper.encode(), "a.xml").kind is EvoucherKind.EINV_SPCL


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_xml_is_read_in_the_encodings_that_occur(encoding: str) -> None:
    text = (INVOICES / "einvoice-219001.xml").read_text("utf-8")
    declared = {"gb18030": "GBK", "utf-16": "UTF-16"}.get(encoding, "UTF-8")
    data = f'<?xml version="1.0" encoding="{declared}"?>\n{text}'.encode(encoding)
    assert read_evoucher_bytes(data, "a.xml").buyer_name == UNIT_NAME
    assert read_evoucher_bytes(text.encode(encoding), "a.xml").buyer_name == UNIT_NAME


def test_elements_are_known_by_local_name_and_unknown_ones_are_kept_as_facts() -> None:
    xml = (INVOICES / "einvoice-219001.xml").read_text("utf-8")
    xml = re.sub(r"<(/?)(\w)", r"<\1n:\2", xml).replace(
        "<n:EInvoice>", '<n:EInvoice xmlns:n="urn:x"><n:New>7</n:New>', 1
    )
    e = read_evoucher_bytes(xml.encode(), "a.xml")
    assert (e.total, e.facts[0]) == (Decimal("3200.00"), ("New", "7"))


def test_names_inside_a_special_business_do_not_pass_for_the_invoice() -> None:
    toll = "<Toll><IssueDate>2020-01-01</IssueDate><SellerName>别人</SellerName></Toll>"
    toll = f"<SpecificInformation>{toll}</SpecificInformation>"
    xml = (INVOICES / "einvoice-219001.xml").read_text("utf-8").replace("<EInvoiceData>", f"<EInvoiceData>{toll}")
    e = read_evoucher_bytes(xml.encode(), "a.xml")
    assert (e.issue_date, e.seller_name) == (date(2026, 3, 5), "甲旗示例商贸有限公司")


def test_a_number_that_the_file_gives_twice_differently_is_a_conflict() -> None:
    xml = (INVOICES / "einvoice-219001.xml").read_text("utf-8").replace("<EIid>26", "<EIid>25")
    e = read_evoucher_bytes(xml.encode(), "a.xml")
    assert e.conflicts == ("number: 25157912570200055449 ≠ 26157912570200055449",)


def test_an_old_code_beside_a_digital_number_is_not_part_of_the_key() -> None:
    xml = sample_xml(invoice_of()).replace(b"<Header>", b"<Header><InvoiceCode>150021700111</InvoiceCode>")
    e = read_evoucher_bytes(xml, "a.xml")
    assert (e.key, e.kind, e.invoice_code) == ("EINV:26157912570200055449", EvoucherKind.EINV_ORD, "")


@pytest.mark.parametrize(
    ("code", "graph", "kind"),
    [
        ("050001700113", "01,10", EvoucherKind.VAT_SPCL),
        ("050001700111", "01,10", EvoucherKind.VAT_ORD),
        ("1500172130", "01,01", EvoucherKind.VAT_SPCL),
        ("1500172130", "01,04", EvoucherKind.VAT_ORD),
    ],
)
def test_an_older_special_invoice_is_known_by_its_code_or_its_picture(
    code: str, graph: str, kind: EvoucherKind
) -> None:
    xml = members_of(HUNDRED)["Doc_0/Attachs/original_invoice.xml"].decode("utf-8-sig")
    xml = xml.replace("050001700111", code).replace("01,10", graph)
    e = read_evoucher_bytes(xml.encode(), "a.xml")
    assert (e.kind, e.invoice_code, e.container, e.source_level) == (kind, code, "XML", 2)


def test_a_red_invoice_is_read_with_its_sign() -> None:
    e = read_evoucher_bytes(sample_xml(invoice_of(amounts=("-2831.86",))), "a.xml")
    assert (e.total, e.tax, e.is_red) == (Decimal("-3200.00"), Decimal("-368.14"), True)


@pytest.mark.parametrize("tax", ["免税", "***", ""])
def test_an_exempt_invoice_has_no_tax(tax: str) -> None:
    xml = (INVOICES / "einvoice-219001.xml").read_text("utf-8").replace("368.14", tax).replace("2831.86", "3200.00")
    e = read_evoucher_bytes(xml.encode(), "a.xml")
    assert (e.untaxed, e.tax, e.lines[0].tax) == (Decimal("3200.00"), Decimal("0.00"), None)
    assert [p.code for p in check_evoucher(e, buyer_name=UNIT_NAME, buyer_tax_no=UNIT_TAX_NO)] == ["E-06"]


def test_an_xbrl_instance_of_an_invoice_is_read_whatever_its_date() -> None:
    facts = "".join(
        f"<e:{name}>{value}</e:{name}>"
        for name, value in {
            "InvoiceNumber": "26157912570200055449",
            "IssueTime": "2026-03-05",
            "TotalTax-includedAmount": "3200.00",
            "BuyerName": UNIT_NAME,
        }.items()
    )
    space = "http://xbrl.mof.gov.cn/taxonomy/2027-01-31/einv"
    xml = f'<xbrl xmlns="http://www.xbrl.org/2003/instance" xmlns:e="{space}">{facts}</xbrl>'
    e = read_evoucher_bytes(xml.encode(), "a.xml")
    assert (e.invoice_no, e.total, e.buyer_name, e.source_level) == (
        "26157912570200055449",
        Decimal(3200),
        UNIT_NAME,
        1,
    )


@pytest.mark.parametrize(
    ("family", "kind"), [("rai", "RAIL"), ("atr", "AIR"), ("bker", "BANK_RECEIPT"), ("ctp", "TREASURY")]
)
def test_a_voucher_of_another_kind_is_named_when_refused(family: str, kind: str) -> None:
    xml = (
        '<xbrl xmlns="http://www.xbrl.org/2003/instance" '
        f'xmlns:f="http://xbrl.mof.gov.cn/taxonomy/2021-11-30/{family}"><f:Fare>272.50</f:Fare></xbrl>'
    )
    assert (refusal(xml.encode()).code, refusal(xml.encode()).facts["kind"]) == ("E-UNSUPPORTED", kind)


def test_custom_data_is_enough_when_nothing_is_attached() -> None:
    e = read_evoucher_bytes(edited(OTHER, NO_ATTACHMENT), "a.ofd")
    assert (e.source_level, e.confidence, e.total, e.buyer_name) == (
        3,
        Decimal("1.00"),
        Decimal(10000),
        "百望股份有限公司",
    )
    assert len(e.lines) == 100  # from the tags below


@pytest.mark.parametrize("data", [HUNDRED, OTHER], ids=["hundred", "other"])
def test_tags_lead_to_the_printed_values(data: bytes) -> None:
    whole = read_evoucher_bytes(data, "a.ofd")
    e = read_evoucher_bytes(edited(data, {**NO_ATTACHMENT, "OFD.xml": without_custom_data}), "a.ofd")
    assert (e.source_level, e.confidence) == (4, Decimal("0.95"))
    for name in (
        "key",
        "issue_date",
        "untaxed",
        "tax",
        "total",
        "seller_name",
        "buyer_name",
        "seller_account",
        "lines",
    ):
        assert getattr(e, name) == getattr(whole, name)


@pytest.mark.parametrize("data", [HUNDRED, OTHER], ids=["hundred", "other"])
def test_the_printed_text_is_the_last_resort_and_less_sure(data: bytes) -> None:
    whole = read_evoucher_bytes(data, "a.ofd")
    edits = {**NO_ATTACHMENT, "OFD.xml": without_custom_data, "Doc_0/Tags/CustomTags.xml": None}
    e = read_evoucher_bytes(edited(data, edits), "a.ofd")
    assert (e.source_level, e.confidence) == (5, Decimal("0.85"))
    for name in ("key", "issue_date", "untaxed", "tax", "total", "seller_name", "buyer_name", "check_code"):
        assert getattr(e, name) == getattr(whole, name)


def test_custom_data_without_a_total_is_added_up() -> None:
    e = read_evoucher_bytes(edited(sample_ofd(invoice_of()), {"Doc_0/Attachs/einvoice.xml": None}), "a.ofd")
    assert (e.source_level, e.total, e.invoice_no) == (3, Decimal("3200.00"), "26157912570200055449")
    assert (e.buyer_name, e.seller_name) == (UNIT_NAME, "甲旗示例商贸有限公司")  # from the page


def test_places_of_an_ofd_that_disagree_are_a_conflict() -> None:
    e = read_evoucher_bytes(edited(OTHER, {"OFD.xml": lambda b: b.replace(b">10000.00<", b">1000.00<")}), "a.ofd")
    assert e.conflicts == ("total: 10000.00 ≠ 1000.00",)


def test_an_attachment_that_is_not_well_formed_is_still_read() -> None:
    def spoil(xml: bytes) -> bytes:
        return xml.replace(
            b'<eInvoice xmlns:fp="http://www.edrm.org.cn/schema/e-invoice/2019"', b'<:eInvoice xmlns:=""'
        ).replace(b"</eInvoice>", b"</:eInvoice>")

    edits = {
        "Doc_0/Attachs/original_invoice.xml": spoil,
        "OFD.xml": without_custom_data,
        "Doc_0/Tags/CustomTags.xml": None,
    }
    e = read_evoucher_bytes(edited(OTHER, edits), "a.ofd")
    assert (e.source_level, e.total, len(e.lines)) == (2, Decimal("10000.00"), 100)


def test_the_document_folder_may_have_any_name_and_paths_may_start_at_the_root() -> None:
    members = members_of(sample_ofd(invoice_of()))
    renamed = {name.replace("Doc_0/", "文档/Doc_7/"): content for name, content in members.items()}
    renamed["OFD.xml"] = renamed["OFD.xml"].replace(b"Doc_0/", "/文档/Doc_7/".encode()).replace(b"//", b"/")
    renamed["OFD.xml"] = renamed["OFD.xml"].replace(b"http:/www", b"http://www")
    signs = "文档/Doc_7/Signs/"
    renamed[signs + "Signatures.xml"] = renamed[signs + "Signatures.xml"].replace(b"/Doc_0/Signs/", b"")
    listing = "文档/Doc_7/Attachs/Attachments.xml"
    renamed[listing] = renamed[listing].replace(b">einvoice.xml<", ">/文档/doc_7/Attachs/EInvoice.xml<".encode())
    e = read_evoucher_bytes(pack(renamed), "a.ofd")
    assert (e.source_level, e.total) == (1, Decimal("3200.00"))
    assert ("seal.provider", "rehearsal") in e.facts  # the seal is found, and no longer fits
    assert e.digest_ok is False


def test_names_in_gbk_without_the_flag_are_understood() -> None:
    members = members_of(sample_ofd(invoice_of()))
    members = {name.replace("einvoice.xml", "aa.xml"): content for name, content in members.items()}
    listing = "Doc_0/Attachs/Attachments.xml"
    members[listing] = members[listing].replace(b">einvoice.xml<", ">票.xml<".encode())
    packed = pack(members).replace(b"Attachs/aa.xml", b"Attachs/" + "票".encode("gb18030") + b".xml")
    assert read_evoucher_bytes(packed, "a.ofd").source_level == 1


def test_the_name_of_the_file_decides_nothing(tmp_path: Path) -> None:
    path = build_invoice_ofd(tmp_path / "a.ofd").rename(tmp_path / "发票.xml")
    assert (read_evoucher(path).container, read_evoucher(path).file_name) == ("OFD", "发票.xml")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-02-28", date(2026, 2, 28)),
        ("2026-02-28 10:11:12", date(2026, 2, 28)),
        ("2026-02-28T10:11:12+08:00", date(2026, 2, 28)),
        ("2020年04月07日", date(2020, 4, 7)),
        ("2020 年 4 月 7 日", date(2020, 4, 7)),
        ("２０２０年０４月０７日", date(2020, 4, 7)),
        ("20200407", date(2020, 4, 7)),
        ("2020/4/7", date(2020, 4, 7)),
        ("2020-02-30", None),
        ("2020", None),
        ("", None),
        ("明天", None),
    ],
)
def test_dates_are_read_as_they_occur(text: str, day: date | None) -> None:
    assert parse_date(text) == day


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("3200", "3200.00"),
        ("¥3,200.00", "3200.00"),
        ("￥ 3200.5元", "3200.50"),
        ("-0.00", "0.00"),
        ("－12.30", "-12.30"),
        ("97.09000", "97.09"),
        ("97.091", None),
        ("1e5", None),
        ("NaN", None),
        ("***", None),
        ("", None),
        ("123456789012", None),
    ],
)
def test_amounts_are_exact_or_none(text: str, amount: str | None) -> None:
    assert parse_amount(text) == (None if amount is None else Decimal(amount))


@pytest.mark.parametrize(
    ("text", "bank", "account"),
    [
        ("建设银行625555888900998711", "建设银行", "625555888900998711"),
        ("农行甲旗支行 0543 0101 0400 12345", "农行甲旗支行", "05430101040012345"),
        ("农行甲旗支行，账号：05430101040012345", "农行甲旗支行", "05430101040012345"),
        ("只有银行", "只有银行", ""),
        ("", "", ""),
    ],
)
def test_bank_and_account_in_one_text_are_parted(text: str, bank: str, account: str) -> None:
    assert bank_and_account(text) == (bank, account)
