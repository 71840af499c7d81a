"""What this PC and this program are: parts, ciphers, fonts, secrets, disk; for `doctor` and the log package."""

import platform
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from desktop import __version__
from desktop.storage.database import cipher_version
from desktop.texts.stages import size
from sync.crypto import SoftKey, sm3, verify
from sync.secrets import KeyringStore

_PARTS = (
    "PySide6-Essentials",
    "SQLAlchemy",
    "sqlcipher3",
    "gmssl-pyx",
    "cryptography",
    "msgspec",
    "zstandard",
    "ofdkit",
)
_LEAST_FREE = 500 << 20
# GB/T 32905: the digest of "abc".
_SM3_ABC = "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
_CJK_FONTS = ("Noto Sans CJK", "Source Han", "WenQuanYi", "Microsoft YaHei", "PingFang", "SimSun")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at; ``needed`` ones decide whether this PC can do the work."""

    what: str
    ok: bool
    told: str
    needed: bool = True


def diagnose(home: Path) -> list[Finding]:
    """Look at everything; changes nothing.

    Args:
        home: Where this user's workspaces lie.
    """
    return [finding for look in _LOOKS for finding in look()] + list(_disk(home))


def as_line(finding: Finding) -> str:
    """Return a finding as one line with its mark."""
    mark = "✓" if finding.ok else "✕" if finding.needed else "▲"
    return f"{mark} {finding.what}：{finding.told}"


def _system() -> Iterator[Finding]:
    yield Finding("系统", True, f"{platform.system()} {platform.release()}，Python {platform.python_version()}")
    yield Finding("程序", True, f"预算单位工作台 {__version__}")


def _parts() -> Iterator[Finding]:
    for name in _PARTS:
        try:
            yield Finding(name, True, version(name))
        except PackageNotFoundError:
            yield Finding(name, False, "没有安装；请重新运行安装程序")


def _ciphers() -> Iterator[Finding]:
    key = SoftKey.generate()
    works = verify(key.public, b"budgetdesk", key.sign(b"budgetdesk"))
    yield Finding(
        "国密 SM2/SM3", works and sm3(b"abc") == _SM3_ABC, "签名、验签、摘要自检" + ("通过" if works else "未通过")
    )
    yield Finding("加密数据库", bool(cipher_version()), f"SQLCipher {cipher_version() or '不可用'}")


def _fonts() -> Iterator[Finding]:
    found = _windows_font() if sys.platform == "win32" else _fontconfig_font()
    yield Finding("中文字体", bool(found), found or "没有找到；Debian/Ubuntu 请安装 fonts-noto-cjk")


def _windows_font() -> str:
    return "微软雅黑" if Path(r"C:\Windows\Fonts\msyh.ttc").exists() else ""


def _fontconfig_font() -> str:
    program = shutil.which("fc-list")
    if program is None:
        return ""
    listed = subprocess.run([program, ":lang=zh", "family"], capture_output=True, text=True, check=False, timeout=30)
    return next((name for name in _CJK_FONTS if name in listed.stdout), listed.stdout.split("\n")[0].split(",")[0])


def _secrets() -> Iterator[Finding]:
    available = KeyringStore().available()
    told = "可用" if available else "没有；改用口令保护的密钥文件"
    yield Finding("系统密钥库", available, told, needed=False)


def _disk(home: Path) -> Iterator[Finding]:
    place = next(folder for folder in (home, *home.parents) if folder.exists())
    free = shutil.disk_usage(place).free
    yield Finding("磁盘", free > _LEAST_FREE, f"{home} 所在磁盘剩 {size(free)}")
    yield Finding("工作区", True, f"{len(list(home.glob('*/workspace.json')))} 个")


_LOOKS: tuple[Callable[[], Iterator[Finding]], ...] = (_system, _parts, _ciphers, _fonts, _secrets)
