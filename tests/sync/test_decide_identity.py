"""What stands for one document, and what is decided once for all (S-01)."""

from dataclasses import replace
from decimal import Decimal

import pytest

from sync.crypto import sm3
from tests.sync.counter import Counter, said
from tests.sync.papers import (
    encoded,
    entry_of,
    head,
    voucher,
)


def test_returned_document_does_not_hurt_the_others(counter: Counter):
    verdicts = counter.send(voucher(1, "100.00"), voucher(2, "100000.00"), voucher(3, "200.00"))
    assert [one.verdict for one in verdicts] == ["accepted", "rejected", "accepted"]
    assert counter.office.desk.receipts[-1].totals == {"VOUCHER": "300.00"}


def test_same_document_sent_again_is_a_duplicate_with_the_first_number(counter: Counter):
    first = counter.one(voucher(1))
    again = counter.one(voucher(1))
    assert (again.verdict, again.central_no) == ("duplicate", first.central_no)
    assert again.facts == {"receipt_no": "2", "verdict": "accepted"}
    assert counter.left() == Decimal("98800.00")


def test_returned_document_sent_again_unchanged_stays_returned(counter: Counter):
    first = counter.one(voucher(1, "200000.00"))
    again = counter.one(voucher(1, "200000.00"))
    assert (again.verdict, again.facts["verdict"]) == ("duplicate", "rejected")
    assert (again.code, again.field, again.comment) == (first.code, first.field, first.comment)


def test_other_content_under_the_same_revision_is_a_conflict_never_a_duplicate(counter: Counter):
    counter.one(voucher(1))
    assert said(counter.one(voucher(1, "1300.00"))) == ("rejected", "DOC_CONFLICT", None)
    assert counter.left() == Decimal("98800.00")
    assert counter.one(voucher(1)).verdict == "duplicate"


def test_next_revision_of_a_returned_voucher_is_accepted(counter: Counter):
    counter.one(voucher(1, "200000.00"))
    paper = voucher(1, "1200.00", revision=2)
    paper["head"]["supersedes"] = sm3(encoded(voucher(1, "200000.00")))
    assert counter.one(paper).verdict == "accepted"


def test_next_revision_of_an_accepted_voucher_is_returned(counter: Counter):
    counter.one(voucher(1))
    assert counter.one(voucher(1, "10.00", revision=2)).code == "DOC_CLOSED"


def test_older_revision_that_comes_late_is_returned(counter: Counter):
    counter.one(voucher(1, "200000.00", revision=2))
    assert counter.one(voucher(1, "10.00")).code == "REVISION_OLD"


def test_two_revisions_in_one_batch_are_booked_once(counter: Counter):
    batch = counter.office.seal(voucher(1, "100.00"), voucher(1, "200.00", revision=2))
    batch = counter.office.desk.batches[batch.id] = replace(batch, amounts={})  # one document cannot have two amounts
    verdicts = counter.sent(batch)
    assert [one.code for one in verdicts] == [None, "DOC_CLOSED"]
    assert counter.left() == Decimal("99900.00")


def test_document_of_another_unit_is_returned(counter: Counter):
    paper = voucher(1, head=head("VOUCHER", "219002-2026-000001", unit_code="219002"))
    assert said(counter.one(paper)) == ("rejected", "UNIT_MISMATCH", "head.unit_code")


def test_entry_that_says_something_else_than_the_document_is_returned(counter: Counter):
    paper = voucher(1)
    entries = (replace(entry_of(paper), key="219001-2026-000777"),)
    assert counter.one(paper, entries=entries).code == "ENTRY_MISMATCH"


def test_bytes_that_are_not_those_that_were_signed_are_returned(counter: Counter):
    paper = voucher(1)
    assert counter.one(paper, bodies=[encoded(voucher(1, "1300.00"))]).code == "DIGEST_MISMATCH"


@pytest.mark.parametrize("body", [b"", b"{}", b"[1]", b'{"head":1}', b"\xff\xfe", b'{"a": 1}'])
def test_bytes_that_are_no_document_are_returned(counter: Counter, body: bytes):
    paper = voucher(1)
    entries = (replace(entry_of(paper), digest=sm3(body)),)
    verdict = counter.one(paper, entries=entries, bodies=[body])
    assert (verdict.verdict, verdict.code) == ("rejected", "CONTENT_INVALID")


def test_field_that_breaks_its_form_is_named(counter: Counter):
    paper = voucher(1)
    paper["lines"][0]["amount"] = "12,00"
    assert said(counter.one(paper, totals={"VOUCHER": "0.00"})) == ("rejected", "CONTENT_INVALID", "lines[0].amount")


@pytest.mark.parametrize(("schema", "code"), [("0.9", "SCHEMA_TOO_OLD"), ("2.0", "SCHEMA_TOO_NEW")])
def test_document_of_another_major_schema_is_returned(counter: Counter, schema: str, code: str):
    paper = voucher(1)
    paper["head"]["schema"] = schema
    assert counter.one(paper, totals={"VOUCHER": "0.00"}).code == code


def test_unknown_fields_of_a_newer_minor_schema_are_passed_over(counter: Counter):
    paper = voucher(1, new_field="later")
    paper["head"]["schema"] = "1.7"
    assert counter.one(paper).verdict == "accepted"


def test_kind_that_is_not_taken_here_is_returned(counter: Counter):
    paper = {"head": head("PAYROLL", "P-1"), "amount": "0.00"}
    assert counter.one(paper).code == "KIND_UNKNOWN"


def test_batch_without_its_documents_is_answered_document_by_document(counter: Counter):
    first, second = voucher(1), voucher(2)
    verdicts = counter.send(first, second, bodies=[encoded(first)])
    assert [one.code for one in verdicts] == ["DIGEST_MISMATCH", "DIGEST_MISMATCH"]


def test_totals_that_the_documents_do_not_give_are_returned(counter: Counter):
    verdict = counter.one(voucher(1), totals={"VOUCHER": "1200.01"})
    assert said(verdict) == ("rejected", "TOTALS_WRONG", None)
    assert counter.left() == Decimal("100000.00")
