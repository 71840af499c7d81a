"""As much of DER as a seal needs: read a node at a time, write a few kinds of node."""

from collections.abc import Sequence
from dataclasses import dataclass

INTEGER, BIT_STRING, OCTET_STRING, OID, UTF8, IA5, GENERALIZED = 0x02, 0x03, 0x04, 0x06, 0x0C, 0x16, 0x18
SEQUENCE, SET, CONTEXT_0 = 0x30, 0x31, 0xA0


class NotDer(Exception):
    """The bytes are not DER, or not of the expected form."""


@dataclass(frozen=True, slots=True)
class Node:
    """One element.

    Attributes:
        tag: Its identifier octet.
        content: What is inside.
        encoded: All of it: identifier, length and content, as it stood in the file.
    """

    tag: int
    content: bytes
    encoded: bytes

    def children(self) -> list["Node"]:
        """Return the elements inside.

        Raises:
            NotDer: When this is not a constructed element or its content is not whole elements.
        """
        if not self.tag & 0x20:
            raise NotDer(f"tag {self.tag:#x} holds no elements")
        found, at = [], 0
        while at < len(self.content):
            node = _node_at(self.content, at)
            found.append(node)
            at += len(node.encoded)
        return found

    def of(self, tag: int) -> "Node":
        """Return this node if it has the tag.

        Raises:
            NotDer: When it has another one.
        """
        if self.tag != tag:
            raise NotDer(f"tag {self.tag:#x} instead of {tag:#x}")
        return self

    def bits(self) -> bytes:
        """Return the bytes of a bit string without unused bits."""
        self.of(BIT_STRING)
        if not self.content or self.content[0] != 0:
            raise NotDer("a bit string with unused bits")
        return self.content[1:]


def parse(data: bytes) -> Node:
    """Read the one element that the bytes are.

    Raises:
        NotDer: When they are cut, are followed by more, or have a length that DER would write otherwise.
    """
    node = _node_at(data, 0)
    if len(node.encoded) != len(data):
        raise NotDer("bytes after the end")
    return node


def _node_at(data: bytes, at: int) -> Node:
    if len(data) - at < 2:
        raise NotDer("cut")
    tag, first = data[at], data[at + 1]
    start, length = at + 2, first
    if tag & 0x1F == 0x1F:
        raise NotDer("a long tag")
    if first >= 0x80:
        octets = first & 0x7F
        start += octets
        if not 1 <= octets <= 4 or start > len(data):
            raise NotDer("length of lengths")
        length = int.from_bytes(data[at + 2 : start], "big")
        if length < 0x80 or length >> 8 * (octets - 1) == 0:
            raise NotDer("a longer length than needed")
    if start + length > len(data):
        raise NotDer("cut")
    return Node(tag, data[start : start + length], data[at : start + length])


def build(tag: int, content: bytes) -> bytes:
    """Write one element."""
    size = len(content)
    if size < 0x80:
        return bytes((tag, size)) + content
    octets = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes((tag, 0x80 | len(octets))) + octets + content


def sequence(*parts: bytes) -> bytes:
    """Write a sequence of elements that are already written."""
    return build(SEQUENCE, b"".join(parts))


def oid(dotted: str) -> bytes:
    """Write an object identifier such as ``1.2.156.10197.1.501``."""
    first, second, *others = map(int, dotted.split("."))
    return build(OID, b"".join(map(_base_128, (first * 40 + second, *others))))


def _base_128(number: int) -> bytes:
    octets = [number & 0x7F]
    while number := number >> 7:
        octets.append(number & 0x7F | 0x80)
    return bytes(reversed(octets))


def texts_of(name: Node, attributes: Sequence[bytes]) -> list[str]:
    """Return the texts of a distinguished name's parts whose type is one of the encoded object identifiers."""
    found = []
    for part in name.of(SEQUENCE).children():
        for pair in part.of(SET).children():
            kind, value = pair.of(SEQUENCE).children()[:2]
            if kind.encoded in attributes:
                found.append(value.content.decode("utf-8", errors="replace"))
    return found
