"""Makes a small .xls by hand: a BIFF8 stream inside an OLE compound file (MS-XLS, MS-CFB)."""

import struct
from collections.abc import Sequence

SECTOR, LEAST = 512, 4096
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def workbook(rows: Sequence[Sequence[object]]) -> bytes:
    """Return an .xls with one sheet of texts and numbers."""
    stream = _stream(rows)
    stream += b"\0" * (-len(stream) % SECTOR)
    return _compound(stream.ljust(LEAST, b"\0"))


def _record(kind: int, data: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def _text(text: str) -> bytes:
    return struct.pack("<HB", len(text), 1) + text.encode("utf-16-le")


def _stream(rows: Sequence[Sequence[object]]) -> bytes:
    start = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0))
    code_page = _record(0x0042, struct.pack("<H", 1200))
    name = "表".encode("utf-16-le")
    bound = struct.pack("<IBBBB", 0, 0, 0, len(name) // 2, 1) + name
    end = _record(0x000A)
    at = len(start) + len(code_page) + len(_record(0x0085, bound)) + len(end)
    bound = struct.pack("<I", at) + bound[4:]
    cells = b""
    for row, values in enumerate(rows):
        for column, value in enumerate(values):
            place = struct.pack("<HHH", row, column, 0)
            if isinstance(value, str):
                cells += _record(0x0204, place + _text(value))
            else:
                cells += _record(0x0203, place + struct.pack("<d", float(str(value))))
    sheet = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0))
    size = _record(0x0200, struct.pack("<IIHHH", 0, len(rows), 0, max(map(len, rows)), 0))
    return start + code_page + _record(0x0085, bound) + end + sheet + size + cells + end


def _entry(name: str, kind: int, child: int, first: int, size: int) -> bytes:
    raw = name.encode("utf-16-le") + b"\0\0"
    head = raw.ljust(64, b"\0") + struct.pack("<HBBIII", len(raw) if name else 0, kind, 1, FREE, FREE, child)
    return head + b"\0" * 36 + struct.pack("<IQ", first, size)


def _compound(stream: bytes) -> bytes:
    """Return the file: header, table of sectors, directory, the stream."""
    count = len(stream) // SECTOR
    chain = [FAT, END, *(at + 3 for at in range(count - 1)), END]
    table = struct.pack(f"<{SECTOR // 4}I", *chain, *[FREE] * (SECTOR // 4 - len(chain)))
    directory = _entry("Root Entry", 5, 1, END, 0) + _entry("Workbook", 2, FREE, 2, len(stream))
    directory += _entry("", 0, FREE, 0, 0) * 2
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16
    head += struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + b"\0" * 6
    head += struct.pack("<IIIIIIIII", 0, 1, 1, 0, LEAST, END, 0, END, 0)
    head += struct.pack("<I", 0) + struct.pack("<I", FREE) * 108
    return head + table + directory + stream
