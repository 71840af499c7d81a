"""Whose signatures a document needs, and which ones count."""

from dataclasses import replace
from typing import Any

import pytest

from sync.crypto import SoftKey
from tests.sync.counter import Counter, said
from tests.sync.office import officer_records
from tests.sync.papers import (
    CHECKER,
    MAKER,
    SIGNER,
    UNIT,
    entry_of,
    voucher,
)


def sheets_by(counter: Counter, document: Any, **people: str) -> list[bytes]:
    return counter.office.sheets([entry_of(document)], **people)


def test_voucher_signed_by_two_others_is_accepted_with_a_number(counter: Counter):
    paper = voucher(1)
    verdict = counter.one(paper, sheets=sheets_by(counter, paper, head=""))
    assert (said(verdict), verdict.central_no) == (("accepted", None, None), "ZF2026000001")


@pytest.mark.parametrize("role", ["checker", "signer"])
def test_voucher_without_a_sheet_of_a_role_is_returned(counter: Counter, role: str):
    paper = voucher(1)
    verdict = counter.one(paper, sheets=sheets_by(counter, paper, head="", **{role: ""}))
    assert said(verdict) == ("rejected", "SHEET_MISSING", None)
    assert {"checker": "复核", "signer": "签章"}[role] in (verdict.comment or "")


@pytest.mark.parametrize(("amount", "verdict"), [("49999.99", "accepted"), ("50000.00", "rejected")])
def test_large_voucher_also_needs_the_head(counter: Counter, amount: str, verdict: str):
    paper = voucher(1, amount)
    assert counter.one(paper, sheets=sheets_by(counter, paper, head="")).verdict == verdict


def test_limit_of_the_second_signer_is_the_bureaus_parameter(counter: Counter):
    counter.rehearsal.bureau.publish_public({"parameter": [{"name": "second_signer_from", "value": "1000.00"}]})
    paper = voucher(1, "1000.00")
    assert counter.one(paper, sheets=sheets_by(counter, paper, head="")).code == "SHEET_MISSING"


def test_sheet_over_another_digest_does_not_count(counter: Counter):
    signed = voucher(1, "1200.00")
    changed = voucher(1, "1200.01")
    assert counter.one(changed, sheets=sheets_by(counter, signed)).code == "SHEET_MISSING"


def test_sheet_over_another_revision_does_not_count(counter: Counter):
    paper = voucher(1)
    other = replace(entry_of(paper), revision=2)
    assert counter.one(paper, sheets=counter.office.sheets([other])).code == "SHEET_MISSING"


@pytest.mark.parametrize(("officer", "role"), [(SIGNER, "checker"), (CHECKER, "signer"), (MAKER, "checker")])
def test_sheet_of_an_officer_without_the_post_is_invalid(counter: Counter, officer: str, role: str):
    paper = voucher(1)
    assert counter.one(paper, sheets=sheets_by(counter, paper, **{role: officer})).code == "SHEET_INVALID"


def test_sheet_under_a_key_that_is_not_the_officers_is_invalid(counter: Counter):
    paper = voucher(1)
    entries = [entry_of(paper)]
    forged = counter.office.sheet(entries, "checker", CHECKER, SoftKey.generate())
    assert counter.one(paper, sheets=[forged, *counter.office.sheets(entries, checker="")]).code == "SHEET_INVALID"


def test_sheet_of_an_officer_who_left_is_invalid(counter: Counter):
    record = next(one for one in officer_records(counter.rehearsal.officers) if one["id"] == CHECKER)
    counter.rehearsal.bureau.register_officer(UNIT, record | {"active": False})
    paper = voucher(1)
    assert counter.one(paper, sheets=sheets_by(counter, paper)).code == "SHEET_INVALID"


def test_sheet_of_a_person_nobody_registered_is_invalid(counter: Counter):
    paper = voucher(1)
    stranger = counter.office.sheet([entry_of(paper)], "checker", "219001-99", SoftKey.generate())
    sheets = [stranger, *counter.office.sheets([entry_of(paper)], checker="")]
    assert counter.one(paper, sheets=sheets).code == "SHEET_INVALID"


def test_bytes_that_are_no_sheet_sign_nothing(counter: Counter):
    assert counter.one(voucher(1), sheets=[b"not a sheet"]).code == "SHEET_MISSING"


def everything(counter: Counter, officer: str) -> None:
    """Give one officer every post."""
    record = next(one for one in officer_records(counter.rehearsal.officers) if one["id"] == officer)
    counter.rehearsal.bureau.register_officer(UNIT, record | {"posts": ["maker", "checker", "signer", "head"]})


def test_one_person_in_two_roles_is_returned(counter: Counter):
    everything(counter, CHECKER)
    paper = voucher(1)
    assert counter.one(paper, sheets=sheets_by(counter, paper, signer=CHECKER, head="")).code == "SAME_PERSON"


def test_maker_in_a_role_is_returned(counter: Counter):
    everything(counter, MAKER)
    paper = voucher(1)
    assert counter.one(paper, sheets=sheets_by(counter, paper, checker=MAKER, head="")).code == "SAME_PERSON"


def test_further_sheet_of_the_maker_does_no_harm(counter: Counter):
    everything(counter, MAKER)
    paper = voucher(1)
    sheets = [*sheets_by(counter, paper), *sheets_by(counter, paper, checker=MAKER, signer="", head="")]
    assert counter.one(paper, sheets=sheets).verdict == "accepted"
