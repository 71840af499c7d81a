"""XML from elsewhere: no DOCTYPE, no entity, no address followed; limits on depth, text and number of elements."""

import codecs
import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError, TreeBuilder

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import XMLParser

from desktop.exchange.evouchers.faults import EvoucherRefused

MAX_DEPTH = 64
MAX_TEXT = 1024 * 1024  # characters in one element
MAX_ELEMENTS = 500_000  # of all the XML in one file: bounds time and memory

_DECLARATION = re.compile(r"^\s*<\?xml\s[^>]*\?>")
_DECLARED_ENCODING = re.compile(rb"^\s*<\?xml\s[^>]*?encoding\s*=\s*[\"']([A-Za-z0-9._-]+)[\"']")
_FORBIDDEN = re.compile(r"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
# GB 18030 reads what the two older names mean, and more; other names are not met in vouchers.
_ENCODINGS = {"utf-8": "utf-8", "utf8": "utf-8", "gb2312": "gb18030", "gbk": "gb18030", "gb18030": "gb18030"}


class MalformedXml(EvoucherRefused):
    """The text is not well formed; E-DAMAGED unless the caller has another way to read it."""


def local_name(element: Element) -> str:
    """Return the tag without its namespace."""
    return str(element.tag).rpartition("}")[2]


def namespace(element: Element) -> str:
    """Return the namespace's name, empty when there is none."""
    return str(element.tag).rpartition("}")[0].lstrip("{")


def children(element: Element, name: str) -> Iterator[Element]:
    """Go through the direct children of that local name."""
    return (child for child in element if local_name(child) == name)


def descendants(element: Element, name: str) -> Iterator[Element]:
    """Go through the element itself and all below it of that local name."""
    return (child for child in element.iter() if local_name(child) == name)


def text_of(element: Element, name: str) -> str:
    """Return the text of the first element of that local name below, without white space around it; or empty."""
    found = next(descendants(element, name), None)
    return "" if found is None else (found.text or "").strip()


def looks_like_xml(data: bytes) -> bool:
    """Say whether the bytes start as XML does, in any of the encodings met."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return True
    return data.removeprefix(codecs.BOM_UTF8).lstrip()[:1] == b"<"


class XmlReader:
    """Parses the XML of one file; all that it parses counts towards one number of elements."""

    def __init__(self, max_elements: int = MAX_ELEMENTS) -> None:
        self._left = max_elements
        self._max_elements = max_elements

    def parse(self, data: bytes, member: str) -> Element:
        """Parse one document.

        Args:
            data: Its bytes.
            member: How to name it in a refusal.

        Raises:
            EvoucherRefused: E-DOCTYPE or E-XML_LIMIT.
            MalformedXml: E-DAMAGED, also when the bytes do not fit their encoding.
        """
        try:
            text = _decode(data)
        except UnicodeError as error:
            raise MalformedXml("E-DAMAGED", member=member, where="encoding") from error
        if _FORBIDDEN.search(text):
            raise EvoucherRefused("E-DOCTYPE", member=member)
        builder = _LimitedBuilder(self._left)
        parser = XMLParser(target=builder, forbid_dtd=True, forbid_entities=True, forbid_external=True)
        try:
            parser.feed(_DECLARATION.sub("", text, count=1))
            root = parser.close()
        except _OverLimit as over:
            limit = {"depth": MAX_DEPTH, "text": MAX_TEXT, "elements": self._max_elements}[over.what]
            raise EvoucherRefused("E-XML_LIMIT", what=over.what, limit=str(limit), member=member) from over
        except DefusedXmlException as error:
            raise EvoucherRefused("E-DOCTYPE", member=member) from error
        except (ParseError, ValueError) as error:
            raise MalformedXml("E-DAMAGED", member=member, where="xml") from error
        finally:
            self._left = builder.left
        assert isinstance(root, Element)
        return root


class _OverLimit(Exception):
    """Unwinds the parser."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


class _LimitedBuilder(TreeBuilder):
    """Builds the tree and stops at the first limit."""

    def __init__(self, max_elements: int) -> None:
        super().__init__()
        self.left = max_elements
        self._depth = 0
        self._text = 0

    def start(self, tag: str, attrs: dict[str, str], /) -> Element:
        self.left -= 1
        self._depth += 1
        self._text = sum(map(len, attrs.values()))
        if self.left < 0:
            raise _OverLimit("elements")
        if self._depth > MAX_DEPTH:
            raise _OverLimit("depth")
        if self._text > MAX_TEXT:
            raise _OverLimit("text")
        return super().start(tag, attrs)

    def end(self, tag: str, /) -> Element:
        self._depth -= 1
        self._text = 0
        return super().end(tag)

    def data(self, data: str, /) -> None:
        self._text += len(data)
        if self._text > MAX_TEXT:
            raise _OverLimit("text")
        super().data(data)


def _decode(data: bytes) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16")
    if data.startswith(codecs.BOM_UTF8):
        return data.decode("utf-8-sig")
    declared = _DECLARED_ENCODING.match(data)
    if declared is None:
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError:
            return data.decode("gb18030")  # what older Chinese programs write without saying so
    return data.decode(_ENCODINGS.get(declared[1].decode("ascii").lower(), "utf-8"))
