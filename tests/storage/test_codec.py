"""A value becomes exact bytes and comes back the same; what is not exactly of the profile is refused."""

import dataclasses
import json
import unicodedata
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.budget import FormCell
from desktop.domain.document import ReturnComment
from desktop.domain.evoucher import Evoucher, EvoucherKind, EvoucherLine, Signature
from desktop.domain.fault import Fault
from desktop.domain.goal import Level1, LibraryKind
from desktop.domain.head import Kind
from desktop.domain.library import Indicator
from desktop.domain.mirrors import PUBLIC_DATASETS, UNIT_DATASETS, Ceiling
from desktop.domain.voucher import EvoucherUse
from desktop.storage.codec import NotReadable, convert, decode, decode_content, encode, reader
from sync.canonical import decode as canonical_decode
from sync.canonical import encode as canonical_encode
from tests.storage.samples import budget, goal, project, voucher

CONTENTS = [voucher(evoucher="EINV:1"), project(), goal(), budget()]
letters = st.characters(exclude_categories=["Cs"])
texts = st.text(letters, max_size=12).map(lambda text: unicodedata.normalize("NFC", text))
money = st.decimals(-(10**12), 10**12, places=2)
exact = st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-999, max_value=999)


@pytest.mark.parametrize("content", CONTENTS, ids=lambda content: content.head.kind.value)
def test_a_document_comes_back_the_same_from_its_bytes(content):
    assert decode_content(encode(content)) == content


@pytest.mark.parametrize("content", CONTENTS, ids=lambda content: content.head.kind.value)
def test_the_bytes_are_those_of_the_profile_of_the_exchange(content):
    data = encode(content)
    assert canonical_encode(canonical_decode(data)) == data


@st.composite
def forms(draw):
    cells = draw(st.lists(st.builds(FormCell, form=texts, row=texts, column=texts, amount=money), max_size=5))
    explanation = draw(texts)
    return dataclasses.replace(budget(), forms=tuple(cells), explanation=explanation, year_end_carry=draw(money))


@st.composite
def invoices(draw):
    lines = draw(
        st.lists(
            st.builds(
                EvoucherLine,
                item=texts,
                specification=texts,
                unit=texts,
                quantity=texts,
                amount=st.none() | exact,
                tax_rate=texts,
                tax=st.none() | exact,
            ),
            max_size=3,
        )
    )
    return Evoucher(
        key=draw(texts),
        kind=draw(st.sampled_from(EvoucherKind)),
        invoice_code=draw(texts),
        invoice_no=draw(texts),
        issue_date=draw(st.dates()),
        seller_name=draw(texts),
        seller_tax_no="",
        buyer_name=draw(texts),
        buyer_tax_no="",
        seller_bank="",
        seller_account="",
        untaxed=draw(exact),
        tax=draw(exact),
        total=draw(exact),
        lines=tuple(lines),
        remark=draw(texts),
        check_code="",
        is_red=draw(st.booleans()),
        container="OFD",
        sm3="",
        size=draw(st.integers(0, 2**53 - 1)),
        file_name=draw(texts),
        facts=tuple(draw(st.lists(st.tuples(texts, texts), max_size=3))),
        digest_ok=draw(st.none() | st.booleans()),
        signature=draw(st.sampled_from(Signature)),
        source_level=1,
        confidence=Decimal("0.85"),
    )


@given(st.one_of(forms(), invoices()))
def test_any_value_comes_back_the_same_and_its_bytes_are_canonical(value):
    data = encode(value)
    assert canonical_encode(canonical_decode(data)) == data
    assert decode(data, type(value)) == value
    assert encode(decode(data, type(value))) == data


@given(st.builds(ReturnComment, by=st.text(), at=st.just(""), code=st.just(""), text=st.text()))
def test_text_in_any_form_is_written_in_nfc(comment):
    try:
        data = encode(comment)
    except UnicodeEncodeError:
        assert any("\ud800" <= character <= "\udfff" for character in comment.by + comment.text)
        return
    assert decode(data, ReturnComment).text == unicodedata.normalize("NFC", comment.text)


def test_absent_values_are_left_out_and_come_back_as_none():
    content = voucher(evoucher="EINV:1")
    raw = json.loads(encode(content))
    assert "digest_ok" not in raw["evouchers"][0]
    assert "supersedes" not in raw["head"]
    assert decode_content(encode(content)).evouchers[0].digest_ok is None


def test_money_has_two_decimals_and_other_numbers_are_as_typed():
    raw = json.loads(encode(voucher(amount="4800")))
    assert raw["amount"] == "4800.00"
    assert json.loads(encode(goal()))["lines"][0]["weight"] == "12.5"
    assert json.loads(encode(voucher(amount="-0.00")))["amount"] == "0.00"


@pytest.mark.parametrize("amount", ["0.001", "NaN", "Infinity", "1E+40"])
def test_money_that_is_no_whole_fen_is_refused(amount):
    with pytest.raises(ValueError, match=r"decimals|amount"):
        encode(voucher(amount=amount))


def test_integers_beyond_the_profile_are_refused():
    with pytest.raises(ValueError, match="integer"):
        encode(dataclasses.replace(project(), priority_rank=2**53))


@pytest.mark.parametrize("amount", ["1", "1.5", "01.00", "1.000", "1e2", "NaN", "", "1,000.00", 1, 1.0, None])
def test_foreign_money_in_another_form_is_refused(amount):
    record = {"id": "c", "fiscal_year": 2027, "fund_nature": "111", "amount": amount, "document_no": ""}
    with pytest.raises(NotReadable):
        convert(record, Ceiling)


@pytest.mark.parametrize(
    "data", [b"", b"[]", b"nil", b'{"by":1.0}', b'{"by":NaN}', b'{"by":"x"}', b"\xff", b"[" * 9000]
)
def test_bytes_that_are_no_such_value_are_refused(data):
    with pytest.raises(NotReadable):
        decode(data, ReturnComment)


def test_unknown_fields_of_a_newer_program_are_passed_over():
    raw = json.loads(encode(voucher())) | {"later": {"more": "1"}}
    assert decode_content(json.dumps(raw).encode()) == voucher()


def test_a_document_of_a_newer_schema_is_not_read():
    raw = json.loads(encode(voucher()))
    raw["head"]["schema"] = "2.0"
    with pytest.raises(Fault) as caught:
        decode_content(json.dumps(raw).encode())
    assert caught.value.code == "FORMAT_TOO_NEW"


def test_an_older_schema_goes_through_every_upgrade_in_order():
    raw = json.loads(encode(voucher(purpose="旧")))
    steps = {
        (Kind.VOUCHER, 1): lambda old: old | {"purpose": old["purpose"] + "一"},
        (Kind.VOUCHER, 2): lambda old: old | {"purpose": old["purpose"] + "二"},
    }
    assert decode_content(json.dumps(raw).encode(), steps).purpose == "旧一二"


@pytest.mark.parametrize("raw", [{}, {"head": {}}, {"head": {"kind": "LETTER", "schema": "1.0"}}, {"head": []}])
def test_bytes_without_a_known_head_are_refused(raw):
    with pytest.raises(NotReadable):
        decode_content(json.dumps(raw).encode())


@pytest.mark.parametrize("record_class", [record for record, _ in (PUBLIC_DATASETS | UNIT_DATASETS).values()])
def test_every_mirror_record_has_a_fast_reader(record_class):
    assert callable(reader(record_class))


def test_the_fast_reader_reads_what_the_codec_writes():
    kinds = LibraryKind.CORE, "农林水", "林业草原", "防沙治沙", Level1.OUTPUT
    one = Indicator("HY1", "2026.1", *kinds, "数量指标", "治理面积", applies_to=("213",))
    assert reader(Indicator)(encode(one)) == one


def test_a_class_whose_absent_fields_have_no_default_has_no_fast_reader():
    with pytest.raises(TypeError):
        reader(EvoucherUse)
