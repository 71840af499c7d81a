"""`central library publish`: sheets become a signed edition, or a Chinese line says why not and nothing changes."""

import csv
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

import resources
from desktop.domain.library import Indicator
from desktop.exchange.library_files import record_of, sheet
from sync.central.bureau import Bureau
from sync.central.opening import open_platform
from tests.system.asking import Ask, assert_refused

SHIPPED = Path(resources.__file__).with_name("library")
SHEET = "common.csv"


@contextmanager
def bureau(data: Path) -> Iterator[Bureau]:
    platform = open_platform(data, cost=1 << 10)
    try:
        yield Bureau(platform)
    finally:
        platform.store.close()


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A platform whose units have the common indicators of the shipped library."""
    left_out = ("reference_values", "region_uses")
    records = [record_of(Indicator, row, left_out) for row in sheet("library", "indicators", SHEET)]
    with bureau(tmp_path / "platform") as desk:
        desk.publish_public({"indicator": records})
    return tmp_path / "platform"


@pytest.fixture
def edit(tmp_path: Path) -> Callable[..., Path]:
    """Return what writes the sheet of the common indicators with some rows changed, and others after them."""

    def write(changes: dict[int, dict[str, str]], more: list[dict[str, str]] | None = None) -> Path:
        with (SHIPPED / "indicators" / SHEET).open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        for at, fields in changes.items():
            rows[at].update(fields)
        path = tmp_path / "新版.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows([*rows, *({**rows[0], **one} for one in more or [])])
        return path

    return write


def published(data: Path) -> list[dict[str, Any]]:
    with bureau(data) as desk:
        return desk.public("indicator")


def test_a_sheet_becomes_an_edition(ask: Ask, data: Path, edit: Callable[..., Path]) -> None:
    before = published(data)
    path = edit({1: {"evidence": "抽查记录", "version": "2026.9"}})
    weighed = ask("central", "library", "publish", "--data", str(data), str(path), "--dry-run")
    assert weighed.code == 0
    assert "只核对，没有发布" in weighed.out
    assert published(data) == before
    answer = ask("central", "library", "publish", "--data", str(data), str(path))
    assert answer.code == 0
    assert "修改 1" in answer.out
    assert "已签名发布" in answer.out
    changed = [one for one in published(data) if one not in before]
    assert [(one["evidence"], one["version"]) for one in changed] == [("抽查记录", "2026.9")]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({1: {"evidence": "抽查记录"}}, "版本"),
        ({1: {"version": "2026.9", "successor": "GX9999999999", "effective_to": "2026"}}, "L-14"),
        ({1: {"version": "2026.9", "operator": "大概"}}, "L-21"),
        ({1: {"version": "2026.9", "level1": "未来指标"}}, "L-21"),
        ({1: {"version": "2026.9", "unit": "大桶"}}, "L-09"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_published(
    ask: Ask, data: Path, edit: Callable[..., Path], changes: dict[int, dict[str, str]], said: str
) -> None:
    before = published(data)
    answer = ask("central", "library", "publish", "--data", str(data), str(edit(changes)))
    assert answer.code in (1, 2)
    assert said in answer.out + answer.err
    assert published(data) == before


def test_a_code_that_stands_twice_is_named(ask: Ask, data: Path, edit: Callable[..., Path]) -> None:
    answer = ask("central", "library", "publish", "--data", str(data), str(edit({}, [{"name": "另一个名称"}])))
    assert (answer.code, "L-01" in answer.out) == (1, True)


def test_a_folder_without_some_of_the_codes_is_refused(ask: Ask, data: Path, tmp_path: Path) -> None:
    folder = tmp_path / "部分"
    folder.mkdir()
    lines = (SHIPPED / "indicators" / SHEET).read_text(encoding="utf-8").splitlines(keepends=True)
    (folder / SHEET).write_text("".join(lines[:-3]), encoding="utf-8")
    before = published(data)
    assert_refused(ask("central", "library", "publish", "--data", str(data), str(folder)))
    assert published(data) == before
    answer = ask("central", "library", "publish", "--data", str(data), str(folder), "--withdraw", "--json")
    assert answer.code == 0
    assert len(published(data)) == len(before) - 3


def test_a_place_without_a_platform_or_sheets_is_refused(ask: Ask, data: Path, tmp_path: Path) -> None:
    (tmp_path / "空").mkdir()
    for arguments in (
        ("--data", str(tmp_path / "nowhere"), str(SHIPPED)),
        ("--data", str(data), str(tmp_path / "没有")),
        ("--data", str(data), str(tmp_path / "空")),
    ):
        assert_refused(ask("central", "library", "publish", *arguments))
    assert not (tmp_path / "nowhere").exists()
    shutil.rmtree(tmp_path / "空")
