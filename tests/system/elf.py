"""Reads from a 64-bit little-endian ELF file the names of the libraries that it links."""

import struct
from pathlib import Path

_DYNAMIC = 6  # section type SHT_DYNAMIC
_NEEDED = 1  # tag DT_NEEDED


def needed(path: Path) -> set[str]:
    """The DT_NEEDED entries of the file."""
    data = path.read_bytes()
    offset, size, count = *struct.unpack_from("<Q", data, 0x28), *struct.unpack_from("<HH", data, 0x3A)
    sections = [struct.unpack_from("<IIQQQQIIQQ", data, offset + at * size) for at in range(count)]
    dynamic = next(section for section in sections if section[1] == _DYNAMIC)
    strings = sections[dynamic[6]][4]
    entries = struct.iter_unpack("<QQ", data[dynamic[4] : dynamic[4] + dynamic[5]])
    starts = [strings + value for tag, value in entries if tag == _NEEDED]
    return {data[start : data.index(b"\0", start)].decode() for start in starts}
