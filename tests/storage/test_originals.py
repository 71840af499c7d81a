"""Originals are sealed on disk under the digest of what is inside, and never come back changed."""

import os
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.domain.evoucher import Evoucher, EvoucherKind, EvoucherLine, Signature
from desktop.domain.fault import Fault
from desktop.storage.originals import SealedFiles
from sync.crypto import sm3
from tests.storage.samples import AT

DATA = "发票原件".encode() * 500


def code_of(call, *arguments):
    with pytest.raises(Fault) as caught:
        call(*arguments)
    return caught.value.code


def invoice(**changes):
    made = Evoucher(
        key="EINV:26157912570200055449",
        kind=EvoucherKind.EINV_ORD,
        invoice_code="",
        invoice_no="26157912570200055449",
        issue_date=date(2026, 10, 30),
        seller_name="甲旗绿源苗木有限责任公司",
        seller_tax_no="91150821MA0X12343J",
        buyer_name="甲旗林业和草原局",
        buyer_tax_no="11150821MB0X12343J",
        seller_bank="",
        seller_account="",
        untaxed=Decimal("4752.48"),
        tax=Decimal("47.52"),
        total=Decimal("4800.00"),
        lines=(EvoucherLine("*林业产品*樟子松", "", "株", "1200", None, "免税", None),),
        remark="",
        check_code="",
        is_red=False,
        container="OFD",
        sm3=sm3(DATA),
        size=len(DATA),
        file_name="发票.ofd",
        facts=(("发票号码", "26157912570200055449"),),
        digest_ok=None,
        signature=Signature.NOT_CHECKED,
        source_level=1,
        confidence=Decimal("1.00"),
    )
    return replace(made, **changes)


@pytest.fixture
def files(tmp_path):
    return SealedFiles(tmp_path / "files", bytes(32))


def test_bytes_come_back_from_under_their_digest(books, workspace):
    digest = books.originals.keep(DATA)
    assert digest == sm3(DATA)
    assert books.originals.read(digest) == DATA
    assert (workspace.folder / "files" / digest[:2] / digest).is_file()


def test_the_same_bytes_twice_are_one_file(files, tmp_path):
    files.keep(DATA)
    before = [(path, path.read_bytes()) for path in tmp_path.rglob("*") if path.is_file()]
    files.keep(DATA)
    assert [(path, path.read_bytes()) for path in tmp_path.rglob("*") if path.is_file()] == before
    assert len(before) == 1


@given(st.binary(max_size=300))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20)
def test_any_bytes_come_back(files, data):
    assert files.read(files.keep(data)) == data


@pytest.mark.parametrize("at", [0, 4, 16, 17, 1000, -1])
def test_a_changed_file_is_refused(files, at):
    digest = files.keep(DATA)
    path = files.path_of(digest)
    sealed = bytearray(path.read_bytes())
    sealed[at] ^= 1
    path.write_bytes(sealed)
    assert code_of(files.read, digest) == "FILE_DAMAGED"


@pytest.mark.parametrize("left", [0, 3, 16, 20, 1000])
def test_a_cut_file_is_refused(files, left):
    digest = files.keep(DATA)
    os.truncate(files.path_of(digest), left)
    assert code_of(files.read, digest) == "FILE_DAMAGED"


def test_a_file_in_the_place_of_another_is_refused(files):
    one, two = files.keep(DATA), files.keep(b"another")
    files.path_of(two).replace(files.path_of(one))
    assert code_of(files.read, one) == "FILE_DAMAGED"


def test_a_missing_file_and_a_foreign_key_are_told_apart(files, tmp_path):
    digest = files.keep(DATA)
    assert code_of(SealedFiles(tmp_path / "files", b"1" * 32).read, digest) == "FILE_DAMAGED"
    assert code_of(files.read, "0" * 64) == "FILE_MISSING"


def test_a_file_that_can_not_be_written_is_a_fault_and_leaves_nothing(files, tmp_path):
    (tmp_path / "files").write_text("in the way")
    assert code_of(files.keep, DATA) == "DISK_FAILED"


def test_what_was_read_from_an_invoice_comes_back(books):
    books.originals.put_evoucher(invoice(), at=AT, by="zhangli")
    assert books.originals.evoucher(invoice().key) == invoice()
    assert books.originals.evoucher("EINV:0") is None


def test_the_same_invoice_from_another_container_takes_the_place_of_the_first(books):
    books.originals.put_evoucher(invoice(), at=AT, by="zhangli")
    better = invoice(container="XML", digest_ok=True, signature=Signature.VALID)
    books.originals.put_evoucher(better, at=AT, by="zhangli")
    assert books.originals.evoucher(invoice().key) == better
