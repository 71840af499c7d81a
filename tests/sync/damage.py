"""Bytes as a bad disk gives them back."""

from collections.abc import Iterator


def each_byte_changed(good: bytes) -> Iterator[bytes]:
    """Give the bytes with one bit of the first byte changed, of the second, and so on."""
    for at in range(len(good)):
        changed = bytearray(good)
        changed[at] ^= 1 << at % 7
        yield bytes(changed)


def damaged_at(good: bytes, place: float, bit: int, cut: bool) -> bytes:
    """Give the bytes cut off at a place, 0 to below 1 of their length, or with one bit changed there."""
    at = int(place * len(good))
    if cut:
        return good[:at]
    return good[:at] + bytes((good[at] ^ 1 << bit,)) + good[at + 1 :]
