"""Looks over a zipped workbook (xlsx, ods) before anything reads it: sizes, ratios, cells, and XML that declares."""

import re
import zipfile
import zlib
from collections.abc import Callable

from desktop.exchange.tables.extent import Extent, check_repeats
from desktop.exchange.tables.faults import TableRefused
from desktop.exchange.tables.limits import MOST_CELLS, MOST_MEMBERS, MOST_RATIO, MOST_ROWS, MOST_UNPACKED, RATIO_FROM

_CHUNK = 1 << 20
_PROLOGUE = 1 << 16  # bytes within which the root element must begin
_ROOT = re.compile(rb"<[A-Za-z_]")
_DECLARES = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
# A cell that holds something: in xlsx a value or an inline text, in ods a typed cell or a repeated one.
_SIGNS, _ODS_SIGNS = (b"</v>", b"</is>"), (b":value-type=",)
_XLSX, _ODS = "[Content_Types].xml", "content.xml"


def check_package(path: str, name: str, tick: Callable[[], None]) -> None:
    """Refuse a package that is no workbook, is not whole, or is larger inside than a table can be.

    Args:
        path: Of the file.
        name: As the fault shows it.
        tick: Called for each megabyte; may raise to stop.

    Raises:
        TableRefused: T-DAMAGED, T-NOT_TABLE, T-BOMB, T-PASSWORD, T-DOCTYPE.
    """
    try:
        with zipfile.ZipFile(path) as package:
            members = package.infolist()
            _check_sizes(members, name)
            _check_kind({member.filename for member in members}, package, name)
            cells = 0
            for member in members:
                if member.flag_bits & 1:
                    raise TableRefused("T-PASSWORD", file=name)
                if member.filename == _ODS:
                    check_repeats(package.read(member), name)
                if member.filename.endswith((".xml", ".rels")):
                    cells += _scan(package, member, name, tick)
                    if cells > MOST_CELLS:
                        raise TableRefused("T-BOMB", file=name, what="格子", limit=f"{MOST_CELLS // 10_000} 万个")
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError, ValueError):
        raise TableRefused("T-DAMAGED", file=name) from None


def _check_sizes(members: list[zipfile.ZipInfo], name: str) -> None:
    if len(members) > MOST_MEMBERS:
        raise TableRefused("T-BOMB", file=name, what="内部文件", limit=f"{MOST_MEMBERS} 个")
    unpacked = sum(member.file_size for member in members)
    if unpacked > MOST_UNPACKED:
        raise TableRefused("T-BOMB", file=name, what="解开后的大小", limit=f"{MOST_UNPACKED >> 20} MB")
    for member in members:
        if member.file_size > RATIO_FROM and member.file_size > MOST_RATIO * max(member.compress_size, 1):
            raise TableRefused("T-BOMB", file=name, what="压缩比", limit=f"{MOST_RATIO} 倍")


def _check_kind(names: set[str], package: zipfile.ZipFile, name: str) -> None:
    if _XLSX in names:
        if any(one.startswith(("word/", "ppt/", "visio/")) for one in names):
            kind = "Word 文档" if any(one.startswith("word/") for one in names) else "演示文稿或图"
            raise TableRefused("T-NOT_TABLE", file=name, kind=kind)
        if not any(one.startswith("xl/") for one in names):
            raise TableRefused("T-NOT_TABLE", file=name, kind="压缩包")
        return
    if _ODS in names and "mimetype" in names:
        with package.open("mimetype") as stream:
            if b"spreadsheet" in stream.read(200):
                return
        raise TableRefused("T-NOT_TABLE", file=name, kind="文字文档")
    kind = "OFD 文件" if "OFD.xml" in names else "压缩包"
    raise TableRefused("T-NOT_TABLE", file=name, kind=kind)


def _scan(package: zipfile.ZipFile, member: zipfile.ZipInfo, name: str, tick: Callable[[], None]) -> int:
    """Unpack a member once without keeping it; return how many cells the reader will make room for, or nearly."""
    counts = "sheet" in member.filename or member.filename == _ODS
    cells = read = 0
    extent, signs = Extent(), _ODS_SIGNS if member.filename == _ODS else _SIGNS
    with package.open(member) as stream:
        while chunk := stream.read(_CHUNK):
            if not read:
                _check_prologue(chunk[:_PROLOGUE], name)
            read += len(chunk)
            if read > member.file_size:
                raise TableRefused("T-DAMAGED", file=name)
            if counts:
                cells += sum(chunk.count(sign) for sign in signs)
                extent.take(chunk)
            tick()
    if cells > MOST_CELLS and extent.rows() > MOST_ROWS:
        rows, limit = f"{extent.rows():,}", f"{MOST_ROWS:,}"
        raise TableRefused("T-TOO_MANY", file=name, sheet="工作表", rows=rows, limit=limit)
    return max(cells, extent.cells())


def _check_prologue(head: bytes, name: str) -> None:
    if head.startswith((b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<")):  # UTF-16 would hide what is looked for here
        raise TableRefused("T-NOT_TABLE", file=name, kind="编码特殊的文件")
    root = _ROOT.search(head)
    if root is None or _DECLARES.search(head[: root.start()]):
        raise TableRefused("T-DOCTYPE", file=name)
