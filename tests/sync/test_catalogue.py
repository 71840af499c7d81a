"""Trust in what comes down: root, head, catalogue, datasets; versions only go up (R10)."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from desktop.domain.mirrors import PUBLIC_DATASETS as PUBLIC_MIRRORS
from desktop.domain.mirrors import UNIT_DATASETS as UNIT_MIRRORS
from sync.batch import PartSource, seal
from sync.catalogue import (
    Pin,
    Trust,
    dataset_lines,
    first_trust,
    newer_catalogues,
    open_catalogue,
    record_key,
    state_digest,
    verify_head,
    verify_root,
)
from sync.central.datasets import PUBLIC_DATASETS, UNIT_DATASETS, encoded, key_of
from sync.central.opening import first_root, sign_root
from sync.central.publish import publish_head
from sync.crypto import SoftKey, sm3
from sync.envelope import Envelope, sign
from sync.faults import BadSignature, ExchangeFault, FormatTooNew, WrongRecipient
from sync.manifest import (
    CATALOGUE,
    HEAD,
    CatalogueManifest,
    CatalogueRef,
    Dataset,
    HeadManifest,
    Part,
    Role,
    RootManifest,
)
from sync.transport.direct import DirectTransport
from tests.sync.office import Office
from tests.sync.papers import UNIT, quota
from tests.sync.rehearsal import Rehearsal

RECORDS: list[dict[str, Any]] = [{"name": f"parameter_{n}", "value": str(n)} for n in range(3)]


def code_of(call: Callable[[], object]) -> str:
    with pytest.raises(ExchangeFault) as caught:
        call()
    return caught.value.code


@pytest.fixture
def trust(rehearsal: Rehearsal) -> Trust:
    return first_trust(rehearsal.service.root(1))


def head_of(rehearsal: Rehearsal, *, key: SoftKey | None = None, **changes: Any) -> bytes:
    fields: dict[str, Any] = {
        "version": 50,
        "issued_at": "2026-11-20T08:00:00+08:00",
        "stale_after": "2026-11-27T08:00:00+08:00",
        "min_program": "0.1.0",
        "catalogues": (),
    }
    return sign(HEAD, HeadManifest(**fields | changes).to_bytes(), [key or rehearsal.platform.keys.head]).to_bytes()


def catalogue(rehearsal: Rehearsal, path: Path, *, key: SoftKey | None = None, **changes: Any) -> CatalogueRef:
    """Seal a catalogue of one dataset, right or wrong as a test wants it."""
    rows = {key_of("parameter", one): encoded(one) for one in RECORDS}
    lines = changes.pop("lines", dataset_lines(rows))
    state = changes.pop("state", state_digest(rows))
    schema, count = changes.pop("schema", "1.0"), changes.pop("count", len(rows))
    fields = {"id": str(uuid4()), "scope": "public", "version": 9} | changes

    def manifest(parts: tuple[Part, ...]) -> CatalogueManifest:
        datasets = (Dataset("parameter", schema, count, state, "parameter"),)
        return CatalogueManifest(datasets=datasets, parts=parts, **fields)

    sealed = seal(
        path,
        kind="catalogue",
        payload_type=CATALOGUE,
        manifest=manifest,
        parts=[PartSource("parameter", "application/x-ndjson", lines, count)],
        signers=[key or rehearsal.platform.keys.catalogue],
    )
    return CatalogueRef(fields["scope"], fields["version"], sealed.digest)


def naming(ref: CatalogueRef) -> HeadManifest:
    return HeadManifest(7, "2026-11-20T08:00:00+08:00", "2026-11-27T08:00:00+08:00", "0.1.0", (ref,))


# Roots


def next_root(rehearsal: Rehearsal, *signers: SoftKey, **changes: Any) -> bytes:
    root = first_root("rehearsal-150821", rehearsal.platform.keys)
    return sign_root(replace(root, **{"version": 2, **changes}), *(signers or (rehearsal.platform.keys.root,)))


def with_new_root_key(rehearsal: Rehearsal, new: SoftKey, **changes: Any) -> dict[str, Any]:
    root = first_root("rehearsal-150821", rehearsal.platform.keys)
    return {
        "keys": {**root.keys, new.key_id: new.public.hex},
        "roles": {**root.roles, "root": Role((new.key_id,), 1)},
        **changes,
    }


def test_root_must_be_signed_by_itself(rehearsal: Rehearsal):
    forged = sign_root(first_root("rehearsal-150821", rehearsal.platform.keys), SoftKey.generate())
    assert code_of(lambda: first_trust(forged)) == "SIGNATURE_INVALID"


def test_next_root_is_signed_by_the_last_and_by_itself(rehearsal: Rehearsal, trust: Trust):
    old, new = rehearsal.platform.keys.root, SoftKey.generate()
    changes = with_new_root_key(rehearsal, new)
    assert verify_root([trust.root, next_root(rehearsal, old, new, **changes)]).version == 2
    for signers in ((old,), (new,)):
        with pytest.raises(BadSignature):
            verify_root([trust.root, next_root(rehearsal, *signers, **changes)])


@pytest.mark.parametrize("version", [1, 3])
def test_root_that_does_not_follow_is_refused(rehearsal: Rehearsal, trust: Trust, version: int):
    data = next_root(rehearsal, version=version)
    assert code_of(lambda: verify_root([trust.root, data])) == "ROOT_ROLLBACK"


def test_root_of_another_platform_is_refused(rehearsal: Rehearsal, trust: Trust):
    data = next_root(rehearsal, platform="another")
    assert code_of(lambda: verify_root([trust.root, data])) == "ROOT_OTHER_PLATFORM"


def test_head_in_the_place_of_a_root_is_refused(rehearsal: Rehearsal):
    with pytest.raises(FormatTooNew):
        first_trust(rehearsal.service.head())


def test_session_follows_a_chain_of_roots(rehearsal: Rehearsal, office: Office):
    old, second, third = rehearsal.platform.keys.root, SoftKey.generate(), SoftKey.generate()
    rehearsal.bureau.publish_root(next_root(rehearsal, old, second, **with_new_root_key(rehearsal, second)))
    changes = with_new_root_key(rehearsal, third, version=3)
    changes["keys"] = {**changes["keys"], second.key_id: second.public.hex}
    rehearsal.bureau.publish_root(next_root(rehearsal, second, third, **changes))
    office.exchange(DirectTransport(rehearsal.service))
    assert office.desk.believed.root_version == 3
    assert isinstance(office.desk.believed.root_manifest(), RootManifest)


def test_root_that_does_not_follow_is_not_published(rehearsal: Rehearsal):
    assert code_of(lambda: rehearsal.bureau.publish_root(next_root(rehearsal, version=5))) == "ROOT_ROLLBACK"


# Heads


def test_head_under_another_key_is_refused(rehearsal: Rehearsal, trust: Trust):
    data = head_of(rehearsal, key=rehearsal.platform.keys.catalogue)
    assert code_of(lambda: verify_head(data, trust)) == "SIGNATURE_INVALID"


def test_older_head_is_refused_and_the_same_one_is_not(rehearsal: Rehearsal, trust: Trust):
    known = trust.with_head(verify_head(head_of(rehearsal), trust))
    verify_head(head_of(rehearsal), known)
    assert code_of(lambda: verify_head(head_of(rehearsal, version=49), known)) == "HEAD_ROLLBACK"


def test_head_that_leads_back_to_an_older_catalogue_is_refused(rehearsal: Rehearsal, trust: Trust):
    known = replace(trust, scopes={"public": Pin(4, sm3(b"4"))})
    for version, digest, code in ((3, b"3", "CATALOGUE_ROLLBACK"), (4, b"other", "CATALOGUE_CHANGED")):
        data = head_of(rehearsal, catalogues=(CatalogueRef("public", version, sm3(digest)),))
        assert code_of(lambda data=data: verify_head(data, known)) == code
    verify_head(head_of(rehearsal, catalogues=(CatalogueRef("public", 4, sm3(b"4")),)), known)


def test_only_newer_catalogues_of_our_scopes_are_fetched(trust: Trust):
    refs = tuple(CatalogueRef(scope, 4, sm3(b"4")) for scope in ("public", "unit:219001", "unit:219002"))
    head = replace(naming(refs[0]), catalogues=refs)
    assert newer_catalogues(trust, head, UNIT) == [refs[0], refs[1]]
    known = replace(trust, scopes={"public": Pin(4, sm3(b"4")), "unit:219001": Pin(3, sm3(b"3"))})
    assert newer_catalogues(known, head, UNIT) == [refs[1]]


# Catalogues


def test_catalogue_that_the_head_names_gives_its_records(rehearsal: Rehearsal, trust: Trust, tmp_path: Path):
    ref = catalogue(rehearsal, tmp_path / "c.bsp")
    opened = open_catalogue(tmp_path / "c.bsp", trust, naming(ref), [])
    assert opened.datasets == {"parameter": RECORDS}
    assert trust.with_catalogue(opened).scopes == {"public": Pin(9, ref.digest)}


def test_catalogue_under_another_key_is_refused(rehearsal: Rehearsal, trust: Trust, tmp_path: Path):
    ref = catalogue(rehearsal, tmp_path / "c.bsp", key=rehearsal.platform.keys.head)
    assert code_of(lambda: open_catalogue(tmp_path / "c.bsp", trust, naming(ref), [])) == "SIGNATURE_INVALID"


def test_old_catalogue_replayed_is_refused(rehearsal: Rehearsal, trust: Trust, tmp_path: Path):
    ref = catalogue(rehearsal, tmp_path / "c.bsp")
    newer = naming(replace(ref, version=10, digest=sm3(b"10")))
    assert code_of(lambda: open_catalogue(tmp_path / "c.bsp", trust, newer, [])) == "CATALOGUE_NOT_IN_HEAD"
    known = replace(trust, scopes={"public": Pin(10, sm3(b"10"))})
    assert code_of(lambda: open_catalogue(tmp_path / "c.bsp", known, naming(ref), [])) == "CATALOGUE_ROLLBACK"


def test_catalogue_whose_records_do_not_give_the_state_is_refused(
    rehearsal: Rehearsal, trust: Trust, tmp_path: Path
):
    rows = {key_of("parameter", one): encoded(one) for one in RECORDS}
    changed = dataset_lines({**rows, key_of("parameter", RECORDS[0]): encoded({**RECORDS[0], "value": "9"})})
    twice = dataset_lines(rows).splitlines(keepends=True)[0] * 3
    missing = b"".join(dataset_lines(rows).splitlines(keepends=True)[:2])
    for number, lines in enumerate((changed, twice, missing)):
        path = tmp_path / f"{number}.bsp"
        ref = catalogue(rehearsal, path, lines=lines)
        assert code_of(lambda path=path, ref=ref: open_catalogue(path, trust, naming(ref), [])) == "CATALOGUE_STATE"


@pytest.mark.parametrize("lines", [b"{}\n", b'["x"]\n', b"x", b'{"key":"a","record":1}\n'])
def test_lines_that_are_no_records_are_refused(
    rehearsal: Rehearsal, trust: Trust, tmp_path: Path, lines: bytes
):
    ref = catalogue(rehearsal, tmp_path / "c.bsp", lines=lines)
    assert code_of(lambda: open_catalogue(tmp_path / "c.bsp", trust, naming(ref), [])) == "CONTENT_INVALID"


def test_dataset_of_a_newer_major_schema_is_for_a_newer_program(
    rehearsal: Rehearsal, trust: Trust, tmp_path: Path
):
    ref = catalogue(rehearsal, tmp_path / "c.bsp", schema="2.0")
    assert code_of(lambda: open_catalogue(tmp_path / "c.bsp", trust, naming(ref), [])) == "FORMAT_TOO_NEW"
    minor = catalogue(rehearsal, tmp_path / "d.bsp", schema="1.4")
    assert open_catalogue(tmp_path / "d.bsp", trust, naming(minor), []).datasets["parameter"] == RECORDS


def test_keys_of_records_never_look_alike():
    assert record_key(["a,b", "c"]) != record_key(["a", "b,c"])
    assert record_key(["a", "b"]) != record_key(["a,b"])


def test_state_digest_does_not_depend_on_the_way_it_was_reached():
    rows = {key_of("parameter", one): encoded(one) for one in RECORDS}
    assert state_digest(rows) == state_digest(dict(reversed(rows.items())))
    assert state_digest(rows) != state_digest({key: rows[key] for key in list(rows)[1:]})


# What the platform publishes


def test_catalogue_of_a_unit_is_sealed_for_its_own_writers(rehearsal: Rehearsal, office: Office, tmp_path: Path):
    office.exchange(DirectTransport(rehearsal.service))
    container = next(one for one in office.desk.inbox().iterdir() if "unit" in one.name)
    head = verify_head(rehearsal.service.head(), office.desk.trust())
    with pytest.raises(WrongRecipient):
        open_catalogue(container, office.desk.trust(), head, [SoftKey.generate()])
    other = rehearsal.office("W2")
    other.exchange(DirectTransport(rehearsal.service))
    assert other.desk.mirrors[f"unit:{UNIT}"]["quota"] == [quota()]


def test_each_publishing_is_a_version_and_a_head(rehearsal: Rehearsal, office: Office):
    office.exchange(DirectTransport(rehearsal.service))
    before = office.desk.believed
    ref = rehearsal.bureau.publish_unit(UNIT, {"quota": [quota(amount="5.00")]})
    office.exchange(DirectTransport(rehearsal.service))
    after = office.desk.believed
    assert after.head_version == before.head_version + 1
    assert after.scopes[f"unit:{UNIT}"] == Pin(ref.version, ref.digest)
    assert after.scopes["public"] == before.scopes["public"]
    mirror = office.desk.mirrors[f"unit:{UNIT}"]
    assert [one["amount"] for one in mirror["quota"]] == ["5.00"]
    assert len(mirror["officer"]) == 4


def test_records_that_cannot_be_published_change_nothing(rehearsal: Rehearsal):
    before = rehearsal.service.head()
    for datasets in ({"quota": [quota(), quota()]}, {"quota": [{"amount": "1.00"}]}, {"parameter": []}, {"x": []}):
        with pytest.raises(ValueError, match=r"twice|without|no dataset"):
            rehearsal.bureau.publish_unit(UNIT, datasets)
    assert rehearsal.service.head() == before


def test_head_names_the_newest_version_of_every_scope(rehearsal: Rehearsal):
    with rehearsal.platform.store.write() as db:
        head = publish_head(rehearsal.platform, db)
    assert [ref.scope for ref in head.catalogues] == ["public", f"unit:{UNIT}"]
    assert Envelope.from_bytes(rehearsal.service.head()).payload == head.to_bytes()


def test_datasets_and_keys_are_those_of_the_mirrors():
    assert dict(PUBLIC_DATASETS) == {name: keys for name, (_, keys) in PUBLIC_MIRRORS.items()}
    assert dict(UNIT_DATASETS) == {name: keys for name, (_, keys) in UNIT_MIRRORS.items()}


def test_the_key_of_a_code_names_its_first_year_only_where_it_has_one():
    code = {"set": "FUNCTION", "code": "213", "name": "农林水支出"}
    assert key_of("code", code) == key_of("code", {**code, "from_year": ""}) == '["FUNCTION","213"]'
    assert key_of("code", {**code, "from_year": "2027"}) == '["FUNCTION","213","2027"]'
    with pytest.raises(ValueError, match="without code"):
        key_of("code", {"set": "FUNCTION", "from_year": "2027"})
    with pytest.raises(ValueError, match="without from_year"):
        key_of("code", {**code, "from_year": 2027})
    for years in ({"from_year": "2027年"}, {"to_year": "27"}):
        with pytest.raises(ValueError, match="four digits"):
            key_of("code", {**code, **years})


def test_an_absent_field_in_the_middle_of_a_key_keeps_its_place():
    standard = {"standard": "工会经费", "item": "计提比例"}
    assert key_of("expenditure_standard", {**standard, "grade": "2027"}) == '["工会经费","计提比例","","2027"]'
    assert key_of("expenditure_standard", {**standard, "from_year": "2027"}) == '["工会经费","计提比例","","","2027"]'
