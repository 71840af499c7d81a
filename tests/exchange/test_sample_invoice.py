"""Rehearsal invoices read like real ones and say what they are."""

import subprocess
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.evoucher import EvoucherKind, Signature, check_evoucher
from desktop.domain.problem import Level
from desktop.exchange.evouchers import der, read_evoucher, read_evoucher_bytes
from desktop.exchange.evouchers.sample import (
    REMARK,
    SampleInvoice,
    SampleLine,
    sample_number,
    sample_ofd,
    sample_xml,
    taxed_line,
    write_sample_einvoice,
)
from sync.crypto import SoftKey
from tests.data.make_ofd import SELLER_NAME, SELLER_TAX_NO, UNIT_NAME, UNIT_TAX_NO, invoice_of, members_of

KEY = SoftKey.generate()


@pytest.mark.parametrize("ending", ["ofd", "xml", "OFD"])
def test_a_written_invoice_reads_back_without_a_blocking_finding(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"a.{ending}"
    write_sample_einvoice(path, invoice_of())
    e = read_evoucher(path)
    assert (e.invoice_no, e.issue_date, e.total) == ("26157912570200055449", date(2026, 3, 5), Decimal("3200.00"))
    assert (e.seller_bank, e.seller_account) == ("中国农业银行甲旗支行", "05430101040012345")
    assert (e.remark, e.kind, e.total_in_words) == (REMARK, EvoucherKind.EINV_ORD, "叁仟贰佰元整")
    findings = check_evoucher(e, buyer_name=UNIT_NAME, buyer_tax_no=UNIT_TAX_NO, on=date(2026, 11, 20))
    assert [p for p in findings if p.level is Level.ERROR] == []


def test_another_ending_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"a\.pdf"):
        write_sample_einvoice(tmp_path / "a.pdf", invoice_of())


def test_the_page_says_that_it_is_for_rehearsal_and_so_does_the_certificate() -> None:
    data = sample_ofd(invoice_of(), KEY)
    assert REMARK in members_of(data)["Doc_0/Pages/Page_0/Content.xml"].decode()
    facts = dict(read_evoucher_bytes(data, "a").facts)
    assert "演练" in facts["seal.issuer"]
    assert "演练" in facts["seal.holder"]


def test_the_page_shows_what_the_attachment_says() -> None:
    e = read_evoucher_bytes(sample_ofd(invoice_of(amounts=("1000.00", "1831.86")), KEY), "a")
    shown = {name: value for name, value in e.facts if name.startswith("Text/")}
    assert shown["Text/number"] == e.invoice_no
    assert (shown["Text/total"], shown["Text/untaxed"], shown["Text/tax"]) == ("3200.00", "2831.86", "368.14")
    assert shown["Text/words"] == e.total_in_words


def test_a_special_invoice_reads_as_one() -> None:
    line = taxed_line("*办公设备*打印机", Decimal("2260.00"), unit="台", quantity="1")
    day = date(2026, 3, 5)
    parties = (SELLER_NAME, SELLER_TAX_NO, UNIT_NAME, UNIT_TAX_NO)
    invoice = SampleInvoice(sample_number(day, 7), day, *parties, (line,), special=True)
    for data in (sample_ofd(invoice, KEY), sample_xml(invoice)):
        e = read_evoucher_bytes(data, "a")
        assert (e.kind, e.total, e.lines[0].unit) == (EvoucherKind.EINV_SPCL, Decimal("2260.00"), "台")
    assert invoice.number == "26159000000000000007"


def test_the_same_invoice_and_key_give_the_same_members_but_for_the_signature() -> None:
    one, two = (members_of(sample_ofd(invoice_of(), KEY)) for _ in range(2))
    assert list(one) == list(two)
    assert [name for name in one if one[name] != two[name]] == ["Doc_0/Signs/Sign_0/SignedValue.dat"]


def test_the_certificate_is_one_that_openssl_reads(tmp_path: Path) -> None:
    value = der.parse(members_of(sample_ofd(invoice_of(), KEY))["Doc_0/Signs/Sign_0/SignedValue.dat"])
    (tmp_path / "c.der").write_bytes(value.children()[1].content)
    command = ["openssl", "x509", "-inform", "DER", "-in", str(tmp_path / "c.der"), "-noout", "-text"]
    shown = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert "SM2-with-SM3" in shown
    assert "2099" in shown


AMOUNTS = st.lists(st.decimals("0.01", "9999999.99", places=2), min_size=1, max_size=12)
RATES = st.sampled_from(["0", "0.01", "0.03", "0.06", "0.09", "0.13"])
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=20)


@given(AMOUNTS, RATES, TEXTS, st.dates(date(2020, 1, 1), date(2099, 12, 31)), st.integers(0, 10**15 - 1), st.booleans())
def test_any_invoice_is_read_as_it_was_written(
    amounts: list[Decimal], rate: str, seller: str, issued: date, sequence: int, sealed: bool
) -> None:
    lines = tuple(SampleLine(f"*类*{seller}", amount, Decimal(rate)) for amount in amounts)
    invoice = SampleInvoice(
        sample_number(issued, sequence), issued, seller, SELLER_TAX_NO, UNIT_NAME, UNIT_TAX_NO, lines
    )
    e = read_evoucher_bytes(sample_ofd(invoice, KEY) if sealed else sample_xml(invoice), "a")
    assert (e.untaxed, e.tax, e.total) == (invoice.untaxed, invoice.tax, invoice.total)
    assert (e.seller_name, e.issue_date, e.invoice_no) == (seller, issued, invoice.number)
    assert [line.amount for line in e.lines] == amounts
    assert e.signature is (Signature.UNKNOWN_CA if sealed else Signature.NOT_CHECKED)
    findings = check_evoucher(e, buyer_name=UNIT_NAME, buyer_tax_no=UNIT_TAX_NO)
    assert [(p.code, p.where) for p in findings if p.level is Level.ERROR] == []
