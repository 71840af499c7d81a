"""`budgetdesk demo --headless`, as somebody runs it on a fresh machine, and what it leaves."""

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from tests.sync.test_verify_page import DOCUMENT_SECTION, commands
from tests.sync.test_verify_page import run as run_section
from tests.system.conftest import only_one, shared_folder

ROOT = Path(__file__).parents[2]
OFFICERS = {"李强", "王志远", "巴图"}


def budgetdesk(arguments: Sequence[str | Path], timeout: float = 60) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "desktop", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False, timeout=timeout)


@pytest.fixture(scope="session")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of one headless demo, shared by all test processes; ``out`` and ``home`` lie in it."""
    folder = shared_folder(tmp_path_factory) / "shown"
    with only_one(folder.with_suffix(".lock")):
        if not (folder / "out" / "report.json").exists():
            folder.mkdir(exist_ok=True)
            done = budgetdesk(["demo", "--headless", "--out", folder / "out", "--home", folder / "home"], timeout=400)
            assert done.returncode == 0, done.stderr + done.stdout
            assert "Traceback" not in done.stderr
    return folder


def test_the_report_says_that_three_kinds_and_more_were_accepted(shown: Path) -> None:
    report = json.loads((shown / "out" / "report.json").read_text(encoding="utf-8"))
    assert report["ok"] is True
    assert {stage["status"] for stage in report["stages"]} == {"DONE"}
    assert len(report["stages"]) == 8
    assert report["batch"]["kinds"] == ["BUDGET_UP2", "GOAL", "PROJECT", "VOUCHER"]
    assert report["receipt"]["accepted"] == report["batch"]["documents"] >= 12
    assert report["receipt"]["returned"] == 0


def test_every_picture_shows_something_at_the_size_of_a_screen(shown: Path) -> None:
    pictures = sorted((shown / "out" / "screens").glob("*.png"))
    assert len(pictures) >= 20
    sizes = set()
    for path in pictures:
        image = QImage(str(path))
        colours = {image.pixel(x, y) for x in range(0, image.width(), 7) for y in range(0, image.height(), 7)}
        assert len(colours) > 12, path.name
        sizes.add((image.width(), image.height()))
    assert {(1366, 768), (1920, 1080)} <= sizes


def test_inspect_names_every_document_and_signer(shown: Path) -> None:
    home = shown / "home"
    told = json.loads(budgetdesk(["inspect", shown / "out" / "batch.bsp", "--home", home, "--json"]).stdout)
    report = json.loads((shown / "out" / "report.json").read_text(encoding="utf-8"))
    assert (told["ok"], told["signature"], told["digest"]) == (True, "VALID", report["batch"]["digest"])
    assert len(told["documents"]) == report["batch"]["documents"]
    assert {signer["name"] for signer in told["signers"]} == OFFICERS
    assert {signer["signature"] for signer in told["signers"]} == {"VALID"}
    receipt = json.loads(budgetdesk(["inspect", shown / "out" / "receipt.bsp", "--home", home, "--json"]).stdout)
    assert (receipt["signature"], receipt["batch"]["digest"]) == ("VALID", told["digest"])


def test_without_a_key_inspect_says_that_it_saw_no_further(shown: Path, tmp_path: Path) -> None:
    done = budgetdesk(["inspect", shown / "out" / "batch.bsp", "--home", tmp_path])
    assert done.returncode == 0
    assert "没有看到" in done.stdout
    assert "219001-2026" not in done.stdout


@pytest.mark.parametrize("place", [0.0, 0.001, 0.05, 0.2, 0.5, 0.8, 0.97, 0.999, 1.0])
def test_one_flipped_bit_makes_inspect_refuse(shown: Path, tmp_path: Path, place: float) -> None:
    data = bytearray((shown / "out" / "batch.bsp").read_bytes())
    data[round(place * (len(data) - 1))] ^= 1
    changed = tmp_path / "batch.bsp"
    changed.write_bytes(data)
    done = budgetdesk(["inspect", changed, "--home", shown / "home"])
    assert done.returncode == 2
    assert done.stderr.strip()
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("name", ["batch", "receipt"])
def test_openssl_verifies_what_the_demo_left(shown: Path, tmp_path: Path, name: str) -> None:
    dumped = tmp_path / "dump"
    done = budgetdesk(["inspect", shown / "out" / f"{name}.bsp", "--home", shown / "home", "--dump", dumped])
    assert done.returncode == 0, done.stderr
    folders = sorted(dumped.iterdir())
    assert len(folders) == (1 if name == "receipt" else 10)
    for folder in folders:
        for section in commands():
            if section == DOCUMENT_SECTION and not (folder / "document.json").exists():
                continue
            checked = run_section(folder, section)
            assert checked.returncode == 0, (folder.name, section, checked.stderr)
