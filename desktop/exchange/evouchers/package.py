"""A ZIP from elsewhere, unpacked whole under limits: afterwards nothing can grow, escape or hide."""

import io
import posixpath
import re
import stat
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from desktop.exchange.evouchers.faults import EvoucherRefused

_LOCAL_HEADER, _CENTRAL_HEADER = b"PK\x03\x04", b"PK\x01\x02"
_CHUNK = 64 * 1024
_UTF8_FLAG, _ENCRYPTED_FLAG = 0x800, 0x1
# A few hundred bytes of blanks compress well without being an attack: the ratio counts from here on.
_RATIO_COUNTS_FROM = 64 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """What a package may be at most; sizes in bytes, all of them counted on what really comes out.

    Source: the safety limits of the rules for electronic vouchers.
    """

    file_size: int = 20 * 1024 * 1024
    members: int = 500
    unpacked: int = 100 * 1024 * 1024
    ratio: int = 100
    depth: int = 2


LIMITS = Limits()


class Package:
    """The members of an unpacked ZIP by their cleaned names, with the look-up rules of OFD."""

    def __init__(self, members: Mapping[str, bytes]) -> None:
        self._members = members
        self._folded = {name.casefold(): name for name in members}

    def __iter__(self) -> Iterator[str]:
        return iter(self._members)

    def __getitem__(self, name: str) -> bytes:
        return self._members[name]

    def find(self, path: str) -> str | None:
        """Return the member's name for a path from the root, in any case of letters; None when it is not there."""
        return self._folded.get(posixpath.normpath(path.strip().lstrip("/")).casefold())

    def resolve(self, base: str, location: str | None) -> str | None:
        """Return the member that a location inside the member ``base`` means, or None.

        A leading ``/`` starts at the root; otherwise the location is relative to the folder of ``base``, or, as some
        producers write it, to the root after all.
        """
        path = (location or "").strip().replace("\\", "/")
        if not path:
            return None
        if path.startswith("/"):
            return self.find(path)
        return self.find(posixpath.join(posixpath.dirname(base), path)) or self.find(path)


def unpack(data: bytes, limits: Limits = LIMITS) -> Package:
    """Unpack a ZIP into memory.

    Args:
        data: The whole file, already known to be no larger than ``limits.file_size``.
        limits: What it may be at most; ZIPs inside it count into the same totals.

    Raises:
        EvoucherRefused: E-DAMAGED, E-ENCRYPTED, E-BOMB or E-PATH.
    """
    return Package(_Unpacking(len(data), limits).open(data, depth=1))


class _Unpacking:
    """One run over a file and the ZIPs in it, counting towards the limits."""

    def __init__(self, file_size: int, limits: Limits) -> None:
        self._file_size = file_size
        self._limits = limits
        self._members = 0
        self._bytes = 0

    def open(self, data: bytes, depth: int) -> dict[str, bytes]:
        if depth > self._limits.depth:
            raise EvoucherRefused("E-BOMB", what="depth", limit=str(self._limits.depth))
        # Every entry has such a header, so this bounds the directory before zipfile builds a list of it.
        self._count(members=data.count(_CENTRAL_HEADER))
        members: dict[str, bytes] = {}
        seen: set[str] = set()
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                for info in archive.infolist():
                    name = _member_name(info)
                    if info.is_dir():
                        continue
                    if name.casefold() in seen:
                        raise EvoucherRefused("E-PATH", member=name)  # two readers would see two different files
                    seen.add(name.casefold())
                    members[name] = self._read(archive, info, name)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError, OverflowError) as error:
            # zipfile knows damage by all of these names; RuntimeError includes an unknown compression method.
            raise EvoucherRefused("E-DAMAGED", where="zip") from error
        for content in members.values():
            if content.startswith(_LOCAL_HEADER) and zipfile.is_zipfile(io.BytesIO(content)):
                self.open(content, depth + 1)  # never read for its content, only held to the limits
        return members

    def _read(self, archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str) -> bytes:
        if info.flag_bits & _ENCRYPTED_FLAG:
            raise EvoucherRefused("E-ENCRYPTED", member=name)
        packed = min(info.compress_size, self._file_size)  # the directory may claim anything
        content = bytearray()
        with archive.open(info) as stream:
            while chunk := stream.read(_CHUNK):
                content += chunk
                self._count(size=len(chunk))
                if len(content) > _RATIO_COUNTS_FROM and len(content) > packed * self._limits.ratio:
                    raise EvoucherRefused("E-BOMB", what="ratio", limit=str(self._limits.ratio), member=name)
        return bytes(content)

    def _count(self, members: int = 0, size: int = 0) -> None:
        self._members += members
        self._bytes += size
        if self._members > self._limits.members:
            raise EvoucherRefused("E-BOMB", what="members", limit=str(self._limits.members))
        if self._bytes > self._limits.unpacked:
            raise EvoucherRefused("E-BOMB", what="unpacked", limit=str(self._limits.unpacked))
        if self._bytes > max(self._file_size * self._limits.ratio, _RATIO_COUNTS_FROM):
            raise EvoucherRefused("E-BOMB", what="ratio", limit=str(self._limits.ratio))


def _member_name(info: zipfile.ZipInfo) -> str:
    """Return the member's cleaned name.

    Raises:
        EvoucherRefused: E-PATH for ``..``, an absolute path, a drive, a NUL or a link.
    """
    name = info.orig_filename
    if not info.flag_bits & _UTF8_FLAG:
        name = _real_name(name)
    name = name.replace("\\", "/")
    link = stat.S_ISLNK(info.external_attr >> 16)
    if link or "\0" in name or name.startswith("/") or re.match(r"[A-Za-z]:", name) or ".." in name.split("/"):
        raise EvoucherRefused("E-PATH", member=name.replace("\0", "␀"))
    return posixpath.normpath(name)


def _real_name(name: str) -> str:
    """Undo zipfile's cp437: without the flag, Chinese programs write GB 18030, some of them UTF-8."""
    raw = name.encode("cp437")
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        text = ""
    # Two bytes of GBK can pass for one UTF-8 letter below U+0800, where no Chinese character is.
    if text and all(character.isascii() or ord(character) >= 0x800 for character in text):
        return text
    try:
        return raw.decode("gb18030")
    except UnicodeDecodeError:
        return name
