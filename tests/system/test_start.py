"""What the window loads before its home page can be read: what is not seen then is not waited for."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.demo.story import UNIT_FOLDER

ROOT = Path(__file__).resolve().parents[2]
OURS = ("desktop.", "sync.")
NOT_AT_START = {
    "the readings of Chinese signs": ("pypinyin",),
    "table files": ("openpyxl", "xlsxwriter", "python_calamine", "desktop.exchange.tables"),
    "e-invoices": ("ofdkit", "defusedxml", "desktop.exchange.evouchers"),
    "the net": ("requests", "truststore", "urllib3", "sync.transport.http"),
    "the platform": ("sync.central", "fastapi", "uvicorn", "pydantic"),
    "the rehearsal": ("desktop.demo",),
    "databases that are not here": ("sqlalchemy.orm", "sqlalchemy.dialects.postgresql", "sqlalchemy.dialects.mysql"),
    "printing": ("PySide6.QtPrintSupport", "PySide6.QtPdf", "desktop.ui.printing.preview"),
    "the help": ("desktop.ui.help.library", "desktop.usecases.guide", "desktop.texts.field_help"),
    "pages that are not shown": (
        "desktop.ui.budget.page",
        "desktop.ui.help.page",
        "desktop.ui.importing",
        "desktop.ui.payment.page",
        "desktop.ui.performance.page",
        "desktop.ui.settings.page",
        "desktop.ui.sync.page",
        "desktop.ui.welcome.wizard",
    ),
}


@pytest.fixture(scope="module")
def loaded(made_rehearsal: Path, tmp_path_factory: pytest.TempPathFactory) -> frozenset[str]:
    """The modules of a fresh process whose home page has just been painted."""
    home = Path(shutil.copytree(made_rehearsal, tmp_path_factory.mktemp("start") / "home"))
    surroundings = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONPATH": str(ROOT),
        "XDG_DATA_HOME": str(home / "data"),
        "XDG_STATE_HOME": str(home / "state"),
    }
    asked = [sys.executable, str(Path(__file__).with_name("opened.py")), str(home / UNIT_FOLDER)]
    done = subprocess.run(asked, env=surroundings, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    return frozenset(done.stdout.split())


def test_the_window_is_there_with_its_home_page(loaded: frozenset[str]) -> None:
    assert {"desktop.ui.home.page", "desktop.ui.shell.main_window", "desktop.storage.workspace"} <= loaded


@pytest.mark.parametrize("what", NOT_AT_START)
def test_the_home_page_waits_for_nothing_that_is_not_seen(loaded: frozenset[str], what: str) -> None:
    early = [name for name in NOT_AT_START[what] if name in loaded or any(one.startswith(f"{name}.") for one in loaded)]
    assert early == [], f"{what}: load it where it is first needed"


@pytest.mark.parametrize("name", [name for names in NOT_AT_START.values() for name in names if name.startswith(OURS)])
def test_what_must_not_be_loaded_still_goes_by_its_name(name: str) -> None:
    path = ROOT.joinpath(*name.split("."))
    assert path.is_dir() or path.with_suffix(".py").is_file()
