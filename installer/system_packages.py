"""What is needed from a Linux system: Qt's shared libraries, a Chinese font, Python's ``venv``.

The libraries are those that Qt's Core, Gui, Widgets, Svg, PrintSupport, Network and DBus and the platform plugins
``xcb`` and ``offscreen`` link and do not bring along; a test compares the table with the installed Qt.
"""

import ctypes
import importlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from installer.faults import SetupFault
from installer.logged import last_lines, run_logged


@dataclass(frozen=True, slots=True)
class Requirement:
    """Something that the system's own package manager brings."""

    name: str  # a library's soname, or a word for people
    deb: str  # the package on Debian and Ubuntu
    rpm: str  # on Fedora, openEuler, Kylin Server


LIBRARIES: Final = (
    Requirement("libEGL.so.1", "libegl1", "libglvnd-egl"),
    Requirement("libGL.so.1", "libgl1", "libglvnd-glx"),
    Requirement("libX11-xcb.so.1", "libx11-xcb1", "libX11-xcb"),
    Requirement("libX11.so.6", "libx11-6", "libX11"),
    Requirement("libbrotlicommon.so.1", "libbrotli1", "libbrotli"),
    Requirement("libbrotlidec.so.1", "libbrotli1", "libbrotli"),
    Requirement("libdbus-1.so.3", "libdbus-1-3", "dbus-libs"),
    Requirement("libfontconfig.so.1", "libfontconfig1", "fontconfig"),
    Requirement("libfreetype.so.6", "libfreetype6", "freetype"),
    Requirement("libglib-2.0.so.0", "libglib2.0-0", "glib2"),
    Requirement("libgssapi_krb5.so.2", "libgssapi-krb5-2", "krb5-libs"),
    Requirement("libgthread-2.0.so.0", "libglib2.0-0", "glib2"),
    Requirement("libxcb-cursor.so.0", "libxcb-cursor0", "xcb-util-cursor"),
    Requirement("libxcb-glx.so.0", "libxcb-glx0", "libxcb"),
    Requirement("libxcb-icccm.so.4", "libxcb-icccm4", "xcb-util-wm"),
    Requirement("libxcb-image.so.0", "libxcb-image0", "xcb-util-image"),
    Requirement("libxcb-keysyms.so.1", "libxcb-keysyms1", "xcb-util-keysyms"),
    Requirement("libxcb-randr.so.0", "libxcb-randr0", "libxcb"),
    Requirement("libxcb-render-util.so.0", "libxcb-render-util0", "xcb-util-renderutil"),
    Requirement("libxcb-render.so.0", "libxcb-render0", "libxcb"),
    Requirement("libxcb-shape.so.0", "libxcb-shape0", "libxcb"),
    Requirement("libxcb-shm.so.0", "libxcb-shm0", "libxcb"),
    Requirement("libxcb-sync.so.1", "libxcb-sync1", "libxcb"),
    Requirement("libxcb-util.so.1", "libxcb-util1", "xcb-util"),
    Requirement("libxcb-xfixes.so.0", "libxcb-xfixes0", "libxcb"),
    Requirement("libxcb-xkb.so.1", "libxcb-xkb1", "libxcb"),
    Requirement("libxcb.so.1", "libxcb1", "libxcb"),
    Requirement("libxkbcommon-x11.so.0", "libxkbcommon-x11-0", "libxkbcommon-x11"),
    Requirement("libxkbcommon.so.0", "libxkbcommon0", "libxkbcommon"),
    Requirement("libz.so.1", "zlib1g", "zlib"),
    Requirement("libzstd.so.1", "libzstd1", "libzstd"),
)
FONT: Final = Requirement("中文字体", "fonts-noto-cjk", "google-noto-sans-cjk-ttc-fonts")
# Debian keeps a part of the standard library in a package of its own.
VENV: Final = Requirement(
    "Python 的 venv 模块", f"python{sys.version_info.major}.{sys.version_info.minor}-venv", "python3-pip"
)

FONT_FOLDERS: Final = (
    Path("/usr/share/fonts"),
    Path("/usr/local/share/fonts"),
    Path("~/.local/share/fonts"),
    Path("~/.fonts"),
)
_CHINESE_FONT = re.compile(
    r"noto(sans|serif)(mono)?-?(cjk|sc|hans)|sourcehan|wqy|simsun|simhei|msyh|uming|ukai|droidsansfallback|harmonyos",
    re.I,
)
_FONT_FILE = (".ttf", ".ttc", ".otf")


def can_open(soname: str) -> bool:
    """Whether the system's loader finds the library and all that it needs in turn."""
    try:
        ctypes.CDLL(soname)
    except OSError:
        return False
    return True


def has_chinese_font(folders: Iterable[Path] = FONT_FOLDERS) -> bool:
    """Whether text in simplified Chinese can be shown.

    Asks fontconfig where its command is there, else looks for a file with a well-known name.
    """
    if listing := shutil.which("fc-list"):
        found = subprocess.run([listing, ":lang=zh-cn", "family"], capture_output=True, check=False)
        if found.returncode == 0:
            return bool(found.stdout.strip())
    return any(
        name.lower().endswith(_FONT_FILE) and _CHINESE_FONT.search(name)
        for folder in folders
        for _, _, names in os.walk(folder.expanduser())
        for name in names
    )


def has_venv() -> bool:
    """Whether ``python -m venv`` can make an environment with pip in it."""
    importlib.invalidate_caches()  # it may have been installed a moment ago
    return all(importlib.util.find_spec(module) for module in ("venv", "ensurepip"))


def missing_requirements(
    opens: Callable[[str], bool] = can_open,
    font_there: Callable[[], bool] = has_chinese_font,
    venv_there: Callable[[], bool] = has_venv,
) -> list[Requirement]:
    """All that the system lacks, so that one command of the administrator's is enough: libraries, font, venv."""
    lacking = [library for library in LIBRARIES if not opens(library.name)]
    if not font_there():
        lacking.append(FONT)
    if not venv_there():
        lacking.append(VENV)
    return lacking


def apt_arguments(packages: Iterable[str]) -> list[str]:
    """The apt-get call that installs the packages and nothing merely recommended; each package once, sorted."""
    wanted = sorted(set(packages))
    return ["apt-get", "install", "-y", "--no-install-recommends", "-o", "DPkg::Lock::Timeout=300", *wanted]


def command_line(requirements: Sequence[Requirement], which: Callable[[str], str | None] = shutil.which) -> str | None:
    """The line that an administrator types to install the requirements; None where the package manager is unknown."""
    if which("apt-get"):
        return "sudo apt-get install -y " + " ".join(sorted({each.deb for each in requirements}))
    if which("dnf"):
        return "sudo dnf install -y " + " ".join(sorted({each.rpm for each in requirements}))
    return None


def is_root() -> bool:
    """Whether this process may install system packages; never on Windows."""
    return sys.platform != "win32" and os.geteuid() == 0


def apt_install(packages: Iterable[str]) -> None:
    """Install Debian packages as root; refreshes the package lists only when the first try fails.

    Raises:
        SetupFault: ``SYSTEM_INSTALL_FAILED``, or ``DISK_FULL``.
    """
    arguments = apt_arguments(packages)
    quiet = {"DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C.UTF-8"}
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "apt.log"
        status, output = run_logged(arguments, log, env=quiet)
        if status != 0:
            run_logged(["apt-get", "update"], log, env=quiet)
            status, output = run_logged(arguments, log, env=quiet)
    if status != 0:
        if "No space left on device" in output or "enough free space" in output:
            raise SetupFault("DISK_FULL", folder="/var")
        raise SetupFault("SYSTEM_INSTALL_FAILED", command=" ".join(arguments), tail=last_lines(output))


def _need_by_hand(lacking: Sequence[Requirement]) -> SetupFault:
    names = "、".join(each.name for each in lacking)
    if line := command_line(lacking):
        return SetupFault("SYSTEM_PACKAGES_MISSING", missing=names, command=line)
    return SetupFault("SYSTEM_PACKAGES_UNKNOWN", missing=names)


def ensure_requirements(say: Callable[[str], None]) -> None:
    """See to it that the environment can be made and the window can open.

    What is missing is installed where this process may.

    Raises:
        SetupFault: What is missing can't be installed from here; the text names the command.
    """
    lacking = missing_requirements()
    if not lacking:
        return
    if not (is_root() and shutil.which("apt-get")):
        raise _need_by_hand(lacking)
    packages = {each.deb for each in lacking}
    say(f"正在安装系统组件：{' '.join(sorted(packages))}")
    apt_install(packages)
    if still := missing_requirements():
        raise _need_by_hand(still)
