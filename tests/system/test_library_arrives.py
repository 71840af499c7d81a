"""A library that is cut, wrong, old or from the future leaves the old one whole; the next good one applies."""

import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import delete, insert, select, update

from desktop.domain.library_changes import ChangeKind
from desktop.texts import faults
from desktop.texts.outcome import RunEnd, ended
from desktop.texts.stages import sentence
from desktop.usecases.month_end import Outcome, Stage
from sync.batch import PartSource, seal_bytes
from sync.catalogue import PUBLIC, dataset_lines, state_digest
from sync.central.datasets import encoded, key_of
from sync.central.publish import publish_head
from sync.central.tables import catalogues, heads
from sync.envelope import sign
from sync.manifest import CATALOGUE, HEAD, CatalogueManifest, Dataset, HeadManifest, Part
from tests.system.standing import Desk, Standing, open_desk, press

Record = dict[str, Any]
KEPT = 12  # of the rehearsal's indicators: enough to see what happens, and quick
CHINESE = re.compile("[一-鿿]")


@dataclass
class Library:
    """The desk, and what its library was before anything went wrong."""

    desk: Desk
    records: list[Record]
    before: tuple[Standing, Sequence[object], Sequence[object]] = field(init=False)

    def __post_init__(self) -> None:
        self.before = self.now()

    def now(self) -> tuple[Standing, Sequence[object], Sequence[object]]:
        standing = self.desk.standing()
        with self.desk.books() as books:
            return standing, sorted(books.mirrors.library(), key=lambda one: one.code), books.library_log.updates()

    def head(self) -> int:
        with self.desk.bureau.service.platform.store.read() as db:
            return int(db.execute(select(heads.c.version)).scalar_one())


@pytest.fixture(scope="module")
def library(made_rehearsal: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """A rehearsal whose library is small, synced once; the cases leave it as they found it."""
    home = Path(shutil.copytree(made_rehearsal, tmp_path_factory.mktemp("library") / "home"))
    with open_desk(home) as desk:
        bureau = desk.bureau.bureau
        used = [line.indicator_code for one in desk.standing().documents.values()
                for line in getattr(one.content, "lines", ()) if hasattr(line, "indicator_code")]
        rows = bureau.public("indicator")
        small = [row for at, row in enumerate(rows) if at < KEPT or row["code"] in used]
        bureau.publish_public({"indicator": small, "goal_case": [], "core_set": [], "code": bureau.public("code")})
        assert press(desk.installation).fault is None
        yield Library(desk, small)


def issue(
    desk: Desk,
    records: Sequence[Record],
    *,
    lines: Callable[[bytes], bytes] = lambda data: data,
    state: str = "",
    count: int = 0,
    version: int = 0,
    container: Callable[[bytes], bytes] = lambda data: data,
) -> None:
    """Let the platform sign a catalogue that is right or wrong as a test wants it, and a head that names it."""
    platform = desk.bureau.service.platform
    rows = {f'{key_of("indicator", one)}{at}': encoded(one) for at, one in enumerate(records)}
    data = lines(dataset_lines(rows))
    count = count or len(rows)

    def manifest(parts: tuple[Part, ...]) -> CatalogueManifest:
        datasets = (Dataset("indicator", "1.0", count, state or state_digest(rows), "indicator"),)
        return CatalogueManifest(str(uuid4()), PUBLIC, number, datasets, parts)

    with platform.store.write() as db:
        last = int(db.execute(select(catalogues.c.version).where(catalogues.c.scope == PUBLIC)
                              .order_by(catalogues.c.version.desc()).limit(1)).scalar_one())
        number = version or last + 1
        part = PartSource("indicator", "application/x-ndjson", data, count)
        sealed = seal_bytes(kind="catalogue", payload_type=CATALOGUE, manifest=manifest, parts=[part],
                            signers=[platform.keys.catalogue], recipients=[])
        if version:
            db.execute(delete(catalogues).where(catalogues.c.scope == PUBLIC))
        db.execute(insert(catalogues).values(scope=PUBLIC, version=number, digest=sealed.digest,
                                             container=container(sealed.data)))
        publish_head(platform, db)


def older_head(desk: Desk) -> None:
    """Let the platform offer the head of an old backup."""
    with desk.books() as books:
        version = books.exchange.trust().head_version - 1
    platform = desk.bureau.service.platform
    with platform.store.write() as db:
        head = HeadManifest(version, "2026-11-01T08:00:00+08:00", "2026-11-08T08:00:00+08:00", "0.1.0", ())
        data = sign(HEAD, head.to_bytes(), [platform.keys.head]).to_bytes()
        db.execute(update(heads).values(version=version, data=data))


def cut(data: bytes) -> bytes:
    return data[: len(data) // 2]


CASES: dict[str, tuple[str, Callable[[Library], None]]] = {
    "container cut in half": ("FILE_DAMAGED", lambda one: issue(one.desk, one.records, container=cut)),
    "last line cut": ("CONTENT_INVALID", lambda one: issue(one.desk, one.records, lines=lambda data: data[:-9])),
    "fewer records than the manifest says": (
        "CATALOGUE_STATE",
        lambda one: issue(one.desk, one.records, lines=lambda data: b"".join(data.splitlines(keepends=True)[:-2])),
    ),
    "another state digest": ("CATALOGUE_STATE", lambda one: issue(one.desk, one.records, state="0" * 64)),
    "a code twice": ("MIRROR_INVALID", lambda one: issue(one.desk, [*one.records, one.records[0]])),
    "a level of a newer program": (
        "MIRROR_INVALID",
        lambda one: issue(one.desk, [*one.records[1:], {**one.records[0], "level1": "FUTURE"}]),
    ),
    "an older catalogue": ("CATALOGUE_ROLLBACK", lambda one: issue(one.desk, one.records, version=1)),
    "an older head": ("HEAD_ROLLBACK", lambda one: older_head(one.desk)),
}


def told(outcome: Outcome) -> str:
    """What the window says over the run."""
    assert outcome.fault is not None
    end = RunEnd(outcome.run.outcome, Stage.RECEIVE, code=outcome.fault.code, facts=outcome.fault.facts)
    return ended(end).title + ended(end).body


@pytest.fixture
def mended(library: Library) -> Iterator[Library]:
    """The library, and afterwards a platform that is right again."""
    platform = library.desk.bureau.service.platform
    with platform.store.read() as db:
        kept = [dict(row._mapping) for row in db.execute(select(catalogues))]
        head = [dict(row._mapping) for row in db.execute(select(heads))]
    yield library
    with platform.store.write() as db:
        for table, rows in ((catalogues, kept), (heads, head)):
            db.execute(delete(table))
            db.execute(insert(table), rows)
    with library.desk.books() as books:
        known = books.exchange.trust().head_version
    while library.head() <= known:  # heads that were believed are not offered again
        with platform.store.write() as db:
            publish_head(platform, db)


@pytest.mark.parametrize("wrong", CASES)
def test_what_is_wrong_leaves_the_old_library_whole(mended: Library, wrong: str) -> None:
    code, spoil = CASES[wrong]
    spoil(mended)
    outcome = press(mended.desk.installation)
    assert outcome.fault is not None
    assert (outcome.fault.code, outcome.run.outcome, outcome.run.sent) == (code, "FAILED", 0)
    assert mended.now() == mended.before
    text = faults.describe(code, outcome.fault.facts)
    assert all(CHINESE.search(part) for part in (text.title, text.happened, text.safe, text.advice))
    assert text.safe in told(outcome)
    assert text.advice in told(outcome)
    assert not re.search(r"[a-z]{3,}|\{", told(outcome)), told(outcome)


def test_the_next_good_edition_applies_and_is_told(library: Library) -> None:
    bureau = library.desk.bureau.bureau
    changed = {**library.records[0], "version": "2031.1", "evidence": "新的佐证"}
    new = {**library.records[1], "version": "2031.1", "code": "ZZ01", "name": "新的指标"}
    step, ref = bureau.publish_library({"indicator": [changed, *library.records[1:], new]})
    assert ref is not None
    outcome = press(library.desk.installation)
    assert outcome.fault is None
    with library.desk.books() as books:
        changes = books.library_log.changes(ref.version)
        assert books.library_log.edition() == step.edition == "2031.1"
    assert {(one.key, one.kind) for one in changes} == {
        (changed["code"], ChangeKind.CHANGED), ("ZZ01", ChangeKind.ADDED)
    }
    received = next(one for one in outcome.stages if one.stage is Stage.RECEIVE)
    said = sentence(received.stage, received.status, received.facts)
    assert said.startswith("指标库 2031.1 版（新增 1、修改 1）")
    before = {key: one.digest for key, one in library.before[0].documents.items()}
    after = {key: one.digest for key, one in library.desk.standing().documents.items()}
    assert after == before
