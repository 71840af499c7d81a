"""What manifests say, and what they may not say."""

import dataclasses
from typing import Any

import pytest

from sync import canonical
from sync.crypto import sm3
from sync.faults import ContentInvalid, FormatTooNew, KeyMalformed
from sync.fields import Manifest
from sync.manifest import (
    ACTIVATION,
    BATCH,
    CATALOGUE,
    HEAD,
    MANIFESTS,
    NO_DIGEST,
    RECEIPT,
    ROLE_NAMES,
    ROOT,
    SHEET,
    BatchManifest,
    CatalogueManifest,
    CatalogueRef,
    Dataset,
    HeadManifest,
    Part,
    Person,
    ReceiptManifest,
    Role,
    RootManifest,
    Tip,
    digest_of,
    kind_of,
    read_manifest,
)
from tests.sync.material import BATCH_ID, CHECKER, PLATFORM, RECEIPT_KEY, WRITER, batch_manifest, receipt_manifest

DIGEST = "cd" * 32
PART = Part("documents.ndjson", "application/x-ndjson", DIGEST, 10, 1)


def head() -> HeadManifest:
    refs = (CatalogueRef("public", 3, DIGEST), CatalogueRef("unit:219001", 1, DIGEST))
    return HeadManifest(7, "2026-11-05T10:00:00+08:00", "2026-11-20T10:00:00+08:00", "0.1.0", refs)


def catalogue() -> CatalogueManifest:
    dataset = Dataset("indicators", "1.0", 1, DIGEST, "documents.ndjson")
    return CatalogueManifest(BATCH_ID, "public", 3, (dataset,), (PART,))


def root() -> RootManifest:
    keys = {key.key_id: key.public.hex for key in (PLATFORM, RECEIPT_KEY)}
    roles = {name: Role((PLATFORM.key_id,)) for name in ROLE_NAMES} | {"receipt": Role((RECEIPT_KEY.key_id,))}
    people = (Person("219001", "o-2", "李四", CHECKER.key_id, CHECKER.public.hex),)
    return RootManifest(1, "demo-bureau", keys, roles, people)


MADE: list[Manifest] = [batch_manifest((PART,)), receipt_manifest(DIGEST), head(), catalogue(), root()]


def fields_of(manifest: Manifest) -> dict[str, Any]:
    read = canonical.decode(manifest.to_bytes())
    assert isinstance(read, dict)
    return read


@pytest.mark.parametrize("manifest", MADE, ids=lambda one: type(one).__name__)
def test_a_manifest_survives_its_bytes(manifest):
    data = manifest.to_bytes()
    again = type(manifest).from_bytes(data)
    assert again == manifest
    assert again.to_bytes() == data
    assert read_manifest(manifest.PAYLOAD_TYPE, data) == manifest


@pytest.mark.parametrize("manifest", MADE, ids=lambda one: type(one).__name__)
def test_absent_values_are_left_out(manifest):
    assert b"null" not in manifest.to_bytes()
    absent = [one.name for one in dataclasses.fields(manifest) if getattr(manifest, one.name) is None]
    assert not set(absent) & set(fields_of(manifest))


@pytest.mark.parametrize("manifest", MADE, ids=lambda one: type(one).__name__)
def test_unknown_fields_of_a_newer_minor_version_are_tolerated(manifest):
    newer = canonical.encode(fields_of(manifest) | {"added_later": {"anything": [1, True]}})
    assert type(manifest).from_bytes(newer) == manifest


@pytest.mark.parametrize("manifest", MADE, ids=lambda one: type(one).__name__)
def test_a_missing_field_or_one_of_another_type_is_refused(manifest):
    required = [one for one in dataclasses.fields(manifest) if one.default is dataclasses.MISSING]
    for one in required:
        if one.default_factory is not dataclasses.MISSING:
            continue
        fields = fields_of(manifest)
        del fields[one.name]
        with pytest.raises(ContentInvalid):
            type(manifest).from_bytes(canonical.encode(fields))
        with pytest.raises(ContentInvalid):
            type(manifest).from_bytes(canonical.encode(fields | {one.name: True}))


def test_the_bytes_of_a_manifest_are_frozen():
    # A change here is a change of the protocol: it needs a new version and new vectors.
    assert head().to_bytes().decode() == (
        '{"catalogues":[{"digest":"' + DIGEST + '","scope":"public","version":3},'
        '{"digest":"' + DIGEST + '","scope":"unit:219001","version":1}],'
        '"issued_at":"2026-11-05T10:00:00+08:00","min_program":"0.1.0",'
        '"stale_after":"2026-11-20T10:00:00+08:00","version":7}'
    )
    assert digest_of(head().to_bytes()) == sm3(head().to_bytes())


BATCH_BREAKS: dict[str, dict[str, Any]] = {
    "id in capitals": {"id": BATCH_ID.upper()},
    "id with line end": {"id": BATCH_ID + "\n"},
    "stream of no unit": {"stream": "2190/w1"},
    "stream without writer": {"stream": "219001"},
    "stream with a path": {"stream": "219001/../w1"},
    "digits of another script": {"stream": "２１９/w1"},
    "no audience": {"audience": ""},
    "epoch zero": {"epoch": 0},
    "seq zero": {"seq": 0},
    "seq beyond": {"seq": 2**53 - 1},
    "prev of a first batch": {"prev": DIGEST},
    "no prev of a second batch": {"seq": 2},
    "digest in capitals": {"prev": "AB" * 32, "seq": 2},
    "month 13": {"period": "2026-13"},
    "no zone": {"sealed_at": "2026-11-05T10:00:00"},
    "float total": {"totals": {"VOUCHER": "1314.5"}},
    "total with sign": {"totals": {"VOUCHER": "+1314.50"}},
    "total with leading zero": {"totals": {"VOUCHER": "01314.50"}},
    "total as number": {"totals": {"VOUCHER": 1314}},
    "counts too high": {"counts": {"VOUCHER": 3}},
    "counts of another kind": {"counts": {"VOUCHER": 2, "GOAL": 1}},
    "no counts": {"counts": {}},
    "resume in the first epoch": {"resume": {"epoch": 1, "seq": 1, "digest": DIGEST}},
    "scope of nobody": {"catalogue": [{"scope": "all", "version": 1, "digest": DIGEST}]},
    "part twice": {"parts": [fields_of(batch_manifest((PART,)))["parts"][0]] * 2},
    "part as path": {"parts": [{"name": "../a", "media_type": "x", "sm3": DIGEST, "size": 1, "records": 1}]},
    "part as drive": {"parts": [{"name": "c:a", "media_type": "x", "sm3": DIGEST, "size": 1, "records": 1}]},
    "hidden part": {"parts": [{"name": ".a", "media_type": "x", "sm3": DIGEST, "size": 1, "records": 1}]},
    "negative size": {"parts": [{"name": "a", "media_type": "x", "sm3": DIGEST, "size": -1, "records": 1}]},
    "document twice": {"documents": [fields_of(batch_manifest())["documents"][0]] * 2},
    "bool as number": {"epoch": True},
}


@pytest.mark.parametrize("name", list(BATCH_BREAKS))
def test_a_batch_that_breaks_a_rule_is_refused(name):
    fields = fields_of(batch_manifest((PART,))) | BATCH_BREAKS[name]
    if name == "seq beyond":
        fields["prev"] = DIGEST
        assert BatchManifest.from_bytes(canonical.encode(fields)).seq == 2**53 - 1
        return
    with pytest.raises(ContentInvalid) as caught:
        BatchManifest.from_bytes(canonical.encode(fields))
    assert caught.value.facts["what"] == "BatchManifest"


def test_part_names_that_differ_in_case_alone_are_one_name():
    with pytest.raises(ValueError, match="part stands twice"):
        batch_manifest((PART, dataclasses.replace(PART, name="Documents.NDJSON")))


def test_a_later_epoch_may_resume_at_its_first_batch_alone():
    resumed = dataclasses.replace(batch_manifest(), epoch=2, resume=Tip(1, 4, DIGEST))
    assert BatchManifest.from_bytes(resumed.to_bytes()).resume == Tip(1, 4, DIGEST)
    with pytest.raises(ValueError, match="resume"):
        dataclasses.replace(resumed, seq=2, prev=DIGEST)


def test_an_invalid_manifest_of_our_own_is_not_written():
    for change in ({"epoch": -1}, {"totals": {"VOUCHER": "1.5"}}, {"audience": ""}, {"program": "e\u0301"}):
        with pytest.raises(ValueError, match=r".+"):
            dataclasses.replace(batch_manifest(), **change).to_bytes()


@pytest.mark.parametrize(
    "change",
    [
        {"receipt_no": 2},
        {"prev_receipt": DIGEST},
        {"stage": "maybe"},
        {"verdict": "perhaps"},
        {"verdict": "refused"},
        {"tip": {"epoch": 1, "seq": -1, "digest": DIGEST}},
        {"platform_serial": "short"},
        {"facts": {"over_by": 1}},
        {"documents": [fields_of(receipt_manifest(DIGEST))["documents"][0]] * 2},
        {"documents": [fields_of(receipt_manifest(DIGEST))["documents"][0] | {"verdict": "lost"}]},
    ],
    ids=lambda change: str(change)[:40],
)
def test_a_receipt_that_breaks_a_rule_is_refused(change):
    with pytest.raises(ContentInvalid):
        ReceiptManifest.from_bytes(canonical.encode(fields_of(receipt_manifest(DIGEST)) | change))


def test_a_receipt_that_refuses_the_batch_names_the_code():
    refused = dataclasses.replace(receipt_manifest(DIGEST), verdict="refused", code="FORK", documents=())
    assert ReceiptManifest.from_bytes(refused.to_bytes()).code == "FORK"


def test_a_head_names_a_scope_once():
    with pytest.raises(ValueError, match="scope stands twice"):
        dataclasses.replace(head(), catalogues=(*head().catalogues, CatalogueRef("public", 4, DIGEST)))


def test_a_dataset_needs_its_part():
    with pytest.raises(ValueError, match="without their part"):
        dataclasses.replace(catalogue(), parts=())
    with pytest.raises(ValueError, match="dataset stands twice"):
        dataclasses.replace(catalogue(), datasets=catalogue().datasets * 2)


def test_a_root_gives_the_keys_of_a_role():
    assert root().keys_of("receipt") == {RECEIPT_KEY.key_id: RECEIPT_KEY.public}


@pytest.mark.parametrize(
    "change",
    [
        {"roles": {name: Role((PLATFORM.key_id,)) for name in ROLE_NAMES[1:]}},
        {"roles": root().roles | {"head": Role((PLATFORM.key_id,), threshold=2)}},
        {"roles": root().roles | {"head": Role((), threshold=0)}},
        {"roles": root().roles | {"head": Role((PLATFORM.key_id, PLATFORM.key_id), threshold=2)}},
        {"roles": root().roles | {"head": Role((WRITER.key_id,))}},
        {"keys": root().keys | {WRITER.key_id: CHECKER.public.hex}},
        {"keys": root().keys | {WRITER.key_id: "04"}},
        {"people": (Person("219001", "o-2", "李四", WRITER.key_id, CHECKER.public.hex),)},
    ],
    ids=["role missing", "threshold", "nobody", "same key twice", "unlisted", "wrong id", "no key", "person"],
)
def test_a_root_that_breaks_a_rule_is_not_made(change):
    with pytest.raises(ValueError, match=r".+") as caught:
        dataclasses.replace(root(), **change)
    assert not isinstance(caught.value, KeyMalformed)


def test_a_root_read_from_foreign_bytes_obeys_the_same_rules():
    fields = fields_of(root())
    fields["keys"][WRITER.key_id] = CHECKER.public.hex
    with pytest.raises(ContentInvalid):
        RootManifest.from_bytes(canonical.encode(fields))


def test_every_payload_type_has_one_word():
    words = [kind_of(one) for one in (BATCH, RECEIPT, CATALOGUE, HEAD, ROOT, SHEET, ACTIVATION)]
    assert words == ["batch", "receipt", "catalogue", "head", "root", "sheet", "activation"]
    assert set(MANIFESTS) == {BATCH, RECEIPT, CATALOGUE, HEAD, ROOT}


@pytest.mark.parametrize("payload_type", [BATCH.replace("v=1", "v=2"), "application/json", "", SHEET])
def test_a_payload_of_an_unknown_type_is_too_new(payload_type):
    with pytest.raises(FormatTooNew):
        read_manifest(payload_type, batch_manifest().to_bytes())


def test_the_first_of_a_chain_has_no_digest_before_it():
    assert batch_manifest().prev == receipt_manifest(DIGEST).prev_receipt == NO_DIGEST == "0" * 64
