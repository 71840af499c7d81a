"""Reads a file as tables, by what is in it and not by its name."""

import errno
import time
from collections.abc import Callable
from pathlib import Path

from desktop.domain.importing.table import Table
from desktop.exchange.tables.delimited import read_delimited
from desktop.exchange.tables.faults import TableRefused
from desktop.exchange.tables.html import looks_like_html, read_html
from desktop.exchange.tables.limits import MOST_BYTES, MOST_TEXT_BYTES
from desktop.exchange.tables.package import check_package
from desktop.exchange.tables.workbook import read_workbook

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BIFF = (b"\x09\x08", b"\x09\x04", b"\x09\x02", b"\x09\x00")  # a bare stream of Excel 2 to 5, not read
# Streams of an OLE file tell what it is; their names are UTF-16.
_KINDS = (("EncryptedPackage", ""), ("WordDocument", "Word 文档"), ("PowerPoint Document", "演示文稿"))
_BOOK = ("Workbook", "Book")
_OTHERS = (
    (b"%PDF", "PDF 文件"),
    (b"\x89PNG", "图片"),
    (b"\xff\xd8\xff", "图片"),
    (b"Rar!", "压缩包"),
    (b"7z\xbc\xaf", "压缩包"),
    (b"{\\rtf", "RTF 文档"),
)
LONGEST = 60.0  # seconds that one file may take


def read_tables(path: Path, tick: Callable[[], None] = lambda: None) -> list[Table]:
    """Read every sheet of a file that holds something.

    Args:
        path: An xlsx, xlsm, xls, ods, csv, tsv or HTML file, whatever it is called.
        tick: Called at least every half second of work but for the parsing of one sheet; may raise to stop.

    Raises:
        TableRefused: See the class; nothing was changed.
    """
    name, end = path.name, time.monotonic() + LONGEST

    def go_on() -> None:
        if time.monotonic() > end:
            raise TableRefused("T-BOMB", file=name, what="读取时间", limit="1 分钟")
        tick()

    try:
        size = path.stat().st_size
        if not path.is_file():
            raise TableRefused("T-UNREADABLE", file=name, reason="它不是文件")
        if not size:
            raise TableRefused("T-EMPTY", file=name)
        if size > MOST_BYTES:
            raise TableRefused("T-TOO_LARGE", file=name, limit=f"{MOST_BYTES >> 20} MB")
        with path.open("rb") as stream:
            head = stream.read(4096)
        return _by_content(path, name, head, size, go_on)
    except OSError as reason:
        raise TableRefused("T-UNREADABLE", file=name, reason=_why(reason)) from None


def _by_content(path: Path, name: str, head: bytes, size: int, tick: Callable[[], None]) -> list[Table]:
    for sign, kind in _OTHERS:
        if head.startswith(sign):
            raise TableRefused("T-NOT_TABLE", file=name, kind=kind)
    if head.startswith(_ZIP):
        check_package(str(path), name, tick)
        return read_workbook(str(path), name, tick)
    if head.startswith(_OLE):
        _check_ole(path.read_bytes(), name)
        return read_workbook(str(path), name, tick)
    if head[:2] in _BIFF and b"\x00" in head[:8]:
        raise TableRefused("T-NOT_TABLE", file=name, kind="很旧的 Excel 文件（5.0 以前）")
    if head.startswith(_ZIP[:2]) or path.suffix.lower() in (".xlsx", ".xlsm", ".ods"):
        raise TableRefused("T-DAMAGED", file=name)
    if size > MOST_TEXT_BYTES:
        raise TableRefused("T-TOO_LARGE", file=name, limit=f"{MOST_TEXT_BYTES >> 20} MB")
    data = path.read_bytes()
    if looks_like_html(head):
        return read_html(data, name, tick)
    if head.lstrip(b"\xef\xbb\xbf \r\n").startswith(b"<"):
        raise TableRefused("T-NOT_TABLE", file=name, kind="XML 文件")
    return read_delimited(data, name, tick)


def _check_ole(data: bytes, name: str) -> None:
    """Tell an old Excel file from everything else that looks the same from outside."""
    for stream, kind in _KINDS:
        if stream.encode("utf-16-le") in data:
            if not kind:
                raise TableRefused("T-PASSWORD", file=name)
            raise TableRefused("T-NOT_TABLE", file=name, kind=kind)
    if not any(book.encode("utf-16-le") in data for book in _BOOK):
        raise TableRefused("T-NOT_TABLE", file=name, kind="其他程序的文件")


def _why(reason: OSError) -> str:
    words = {errno.ENOENT: "找不到它", errno.EACCES: "没有权限，或正被别的程序占用", errno.EISDIR: "它是文件夹"}
    return words.get(reason.errno or 0, "磁盘没有正常读取")
