"""What the lock and the tables of the set-up promise, compared with what is installed."""

import re
import sys
import tomllib
from pathlib import Path

import PySide6
import pytest

from installer import system_packages
from tests.system.elf import needed

ROOT = Path(__file__).resolve().parents[2]
LOCK = (ROOT / "installer" / "requirements.lock").read_text(encoding="utf-8")

# There on every system that has Python itself: the C library, the compilers' run-time libraries.
ALWAYS = re.compile(r"lib(c|m|dl|pthread|rt|resolv|gcc_s|stdc\+\+)\.so|ld-linux")
BROUGHT_ALONG = re.compile(r"lib(Qt6|pyside6|shiboken6|icu)")
MODULES = ("Core", "Gui", "Widgets", "Svg", "PrintSupport", "Network", "DBus", "XcbQpa", "OpenGL", "Test")


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_the_lock_holds_every_pin_of_the_project() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    pins = [*project["dependencies"], *(pin for extra in project["optional-dependencies"].values() for pin in extra)]
    locked = dict(re.findall(r"^([A-Za-z0-9._-]+)==(\S+)", LOCK, re.M))
    assert [pin for pin in pins if locked.get(normal(pin.split("==")[0])) != pin.split("==")[1]] == []


def test_every_entry_of_the_lock_has_a_hash_and_none_names_a_place() -> None:
    assert "://" not in LOCK
    lines = [line for line in LOCK.splitlines() if line and not line.startswith("#")]
    entry = re.compile(r"[a-z0-9-]+==[\w.]+( ; [^\\]+)? \\")
    hashed = re.compile(r"    --hash=sha256:[0-9a-f]{64}( \\)?")
    assert [line for line in lines if not (entry.fullmatch(line) or hashed.fullmatch(line))] == []
    bare = [one for one, after in zip(lines, [*lines[1:], ""], strict=True) if "==" in one and "--hash" not in after]
    assert bare == []


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Qt brings its libraries along elsewhere")
def test_the_table_of_libraries_is_what_the_installed_qt_links() -> None:
    qt = Path(PySide6.__file__).parent / "Qt"
    files = [
        *(qt / "lib" / f"libQt6{module}.so.6" for module in MODULES),
        *(qt / "plugins" / "platforms" / f"libq{platform}.so" for platform in ("xcb", "offscreen")),
        *(qt / "plugins" / "xcbglintegrations").glob("*.so"),
        *(qt / "plugins" / "iconengines").glob("*.so"),
    ]
    links = {name for file in files for name in needed(file)}
    foreign = {name for name in links if not (ALWAYS.match(name) or BROUGHT_ALONG.match(name))}
    assert {library.name for library in system_packages.LIBRARIES} == foreign
