"""What holds for every test: no screen, no keyring and none of the user's own folders."""

import os
import shutil
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile(
    "suite",
    deadline=None,  # a busy machine is no failure
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("suite")

_FOLDERS = ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "APPDATA", "LOCALAPPDATA")
_home = pytest.StashKey[Path]()


def pytest_configure(config: pytest.Config) -> None:
    """Set the surroundings before any module of the program is imported."""
    if sys.platform.startswith("linux"):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"
    config.stash[_home] = Path(tempfile.mkdtemp(prefix="budgetdesk-tests-"))
    for name in _FOLDERS:
        os.environ[name] = str(config.stash[_home] / name.lower())


def pytest_unconfigure(config: pytest.Config) -> None:
    """Leave nothing behind."""
    shutil.rmtree(config.stash[_home], ignore_errors=True)
