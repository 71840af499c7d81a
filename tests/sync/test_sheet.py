"""A person's signature over a list of documents."""

import dataclasses

import pytest

from sync import canonical
from sync.envelope import Envelope, sign
from sync.faults import BadSignature, ContentInvalid, FormatTooNew
from sync.manifest import BATCH, SHEET
from sync.sheet import Sheet, sign_sheet, verify_sheet
from tests.sync.material import CHECKER, DOCUMENTS, STRANGER, sheet, signed_sheet, trusted


def test_a_signed_sheet_names_its_documents_and_key():
    found = verify_sheet(Envelope.from_bytes(signed_sheet().to_bytes()), trusted(CHECKER))
    assert found.sheet == sheet()
    assert found.key_id == CHECKER.key_id


def test_a_sheet_survives_its_bytes():
    assert Sheet.from_bytes(sheet().to_bytes()) == sheet()


def test_one_signature_covers_four_hundred_documents():
    line = sheet().documents[0]
    many = tuple(dataclasses.replace(line, key=f"219001-2026-{number:06d}") for number in range(400))
    envelope = sign_sheet(dataclasses.replace(sheet(), documents=many), CHECKER)
    assert len(envelope.signatures) == 1
    assert len(verify_sheet(envelope, trusted(CHECKER)).sheet.documents) == 400


def test_a_sheet_of_a_key_that_is_not_registered_is_refused():
    with pytest.raises(BadSignature):
        verify_sheet(signed_sheet(), trusted(STRANGER))
    with pytest.raises(BadSignature):
        verify_sheet(signed_sheet(), {})


@pytest.mark.parametrize(
    "change",
    [
        {"role": "signer"},
        {"officer": "o-3"},
        {"at": "2026-11-06T09:30:00+08:00"},
        {"documents": sheet().documents[:1]},
        {"documents": (dataclasses.replace(sheet().documents[0], digest="00" * 32), sheet().documents[1])},
    ],
    ids=["role", "officer", "time", "fewer documents", "another digest"],
)
def test_a_sheet_that_was_changed_after_signing_is_refused(change):
    changed = dataclasses.replace(sheet(), **change)
    moved = Envelope(SHEET, changed.to_bytes(), signed_sheet().signatures)
    with pytest.raises(BadSignature):
        verify_sheet(moved, trusted(CHECKER))


def test_another_payload_is_no_sheet_however_well_signed():
    with pytest.raises(FormatTooNew):
        verify_sheet(sign(BATCH, sheet().to_bytes(), [CHECKER]), trusted(CHECKER))
    with pytest.raises(FormatTooNew):
        verify_sheet(sign(SHEET.replace("v=1", "v=2"), sheet().to_bytes(), [CHECKER]), trusted(CHECKER))


@pytest.mark.parametrize(
    "change",
    [{"role": "maker"}, {"documents": []}, {"unit": "21"}, {"name": ""}, {"at": "yesterday"}],
    ids=str,
)
def test_a_signed_sheet_that_breaks_a_rule_is_refused(change):
    fields = canonical.decode(sheet().to_bytes())
    assert isinstance(fields, dict)
    with pytest.raises(ContentInvalid):
        verify_sheet(sign(SHEET, canonical.encode(fields | change), [CHECKER]), trusted(CHECKER))


def test_a_sheet_lists_a_document_once_and_at_least_one():
    with pytest.raises(ValueError, match="stands twice"):
        dataclasses.replace(sheet(), documents=sheet().documents * 2)
    with pytest.raises(ValueError, match="says nothing"):
        dataclasses.replace(sheet(), documents=())


def test_the_digests_of_a_sheet_are_those_of_the_exact_bytes():
    assert len(sheet().documents) == len(DOCUMENTS) == 2
    assert len({one.digest for one in sheet().documents}) == 2
