"""From a file to an `Evoucher`: find out what it is, read it, put the places together."""

import hashlib
import re
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path

from desktop.domain.credit_code import normal_code
from desktop.domain.evoucher import Evoucher, EvoucherKind, EvoucherLine, Signature, evoucher_key
from desktop.domain.money import ZERO
from desktop.exchange.evouchers.faults import EvoucherRefused
from desktop.exchange.evouchers.fields import (
    KEY_FIELDS,
    MAX_FACTS,
    PAGE_TEXT,
    TAGS,
    Fields,
    bank_and_account,
    canonical,
    parse_amount,
)
from desktop.exchange.evouchers.ofd import read_ofd
from desktop.exchange.evouchers.package import LIMITS
from desktop.exchange.evouchers.safe_xml import XmlReader, looks_like_xml
from desktop.exchange.evouchers.seal import SealCheck
from desktop.exchange.evouchers.xml_invoice import fields_of_root

_CONFIDENCE = {TAGS: Decimal("0.95"), PAGE_TEXT: Decimal("0.85")}
_FOREIGN = ((b"%PDF", "PDF"), (b"\xff\xd8\xff", "JPEG"), (b"\x89PNG", "PNG"), (b"Rar!", "RAR"), (b"7z\xbc\xaf", "7Z"))


def read_evoucher(path: Path) -> Evoucher:
    """Read an electronic invoice from an OFD or XML file; which one it is, its bytes say, never its name.

    Works on any thread, opens nothing but the file, fetches nothing.
    What speaks against the invoice itself (a broken seal, another buyer) is no refusal: see `check_evoucher`.

    Args:
        path: The file; it is left as it is.

    Raises:
        EvoucherRefused: With one of the codes named there, and the file's name among its facts.
    """
    try:
        # A pipe or a device would keep us waiting for ever.
        if not path.is_file():
            raise EvoucherRefused("E-UNREADABLE", file=path.name, reason="NotAFile")
        with path.open("rb") as file:
            data = file.read(LIMITS.file_size + 1)
    except (OSError, ValueError) as error:
        raise EvoucherRefused("E-UNREADABLE", file=path.name, reason=type(error).__name__) from error
    try:
        return read_evoucher_bytes(data, path.name)
    except EvoucherRefused as refused:
        refused.facts.setdefault("file", path.name)
        raise


def read_evoucher_bytes(data: bytes, file_name: str) -> Evoucher:
    """Read an electronic invoice from the bytes of its file; otherwise as `read_evoucher`."""
    if not data:
        raise EvoucherRefused("E-EMPTY", file=file_name)
    if len(data) > LIMITS.file_size:
        raise EvoucherRefused("E-TOO_LARGE", file=file_name, limit=str(LIMITS.file_size))
    if data.startswith(b"PK"):
        content = read_ofd(data)
        reading = _Reading("OFD", content.sources, content.seal, content.title)
    elif looks_like_xml(data):
        fields = fields_of_root(XmlReader().parse(data, file_name))
        reading = _Reading("XML", [] if fields is None else [fields])
    else:
        formats = [name for start, name in _FOREIGN if data.startswith(start)]
        if formats:
            raise EvoucherRefused("E-UNSUPPORTED", file=file_name, format=formats[0])
        raise EvoucherRefused("E-NOT_INVOICE", file=file_name, missing="OFD, XML")
    return reading.evoucher(data, file_name)


@dataclass(slots=True)
class _Reading:
    """All that was found in one file, best place first."""

    container: str
    sources: list[Fields]
    seal: SealCheck = field(default_factory=SealCheck)
    title: str = ""

    def evoucher(self, data: bytes, file_name: str) -> Evoucher:
        first = self._surest()
        values = self._filled(first)
        kind = self._kind(values)
        code, number = _digits(values.get("code", "")), _digits(values["number"])
        if kind in (EvoucherKind.EINV_ORD, EvoucherKind.EINV_SPCL):
            code = ""
        bank, account = values.get("seller_bank", ""), values.get("seller_account", "")
        if not account:
            bank, account = bank_and_account(values.get("seller_bank_and_account", ""))
        lines = next((source.lines for source in self.sources if source.lines), [])
        untaxed, tax, total = _amounts(values, first, lines)
        self._require_cover(first)
        return Evoucher(
            key=evoucher_key(kind, code, number),
            kind=kind,
            invoice_code=code,
            invoice_no=number,
            issue_date=_day(first),
            seller_name=values.get("seller_name", ""),
            seller_tax_no=normal_code(values.get("seller_tax_no", "")),
            buyer_name=values.get("buyer_name", ""),
            buyer_tax_no=normal_code(values.get("buyer_tax_no", "")),
            seller_bank=bank,
            seller_account=account,
            untaxed=untaxed,
            tax=tax,
            total=total,
            lines=tuple(lines),
            remark=values.get("remark", ""),
            check_code=_digits(values.get("check_code", "")),
            is_red=_is_red(values, total, self.title),
            container=self.container,
            sm3=hashlib.new("sm3", data).hexdigest(),
            size=len(data),
            file_name=file_name,
            facts=self._facts(),
            digest_ok=self.seal.digest_ok,
            signature=self.seal.signature if self.container == "OFD" else Signature.NOT_CHECKED,
            source_level=first.level,
            confidence=_CONFIDENCE.get(first.level, Decimal("1.00")),
            total_in_words=values.get("words", ""),
            conflicts=tuple(self._conflicts(first)),
        )

    def _facts(self) -> tuple[tuple[str, str], ...]:
        facts = [fact for source in self.sources for fact in source.facts]
        facts += dict.fromkeys(self.seal.facts)
        if len(facts) > MAX_FACTS:
            raise EvoucherRefused("E-XML_LIMIT", what="facts", limit=str(MAX_FACTS))
        return tuple(facts)

    def _surest(self) -> Fields:
        for source in self.sources:
            if not source.missing:
                return source
        missing = min((source.missing for source in self.sources), key=len, default=["number", "date", "total"])
        raise EvoucherRefused("E-NOT_INVOICE", missing=", ".join(missing))

    def _same_invoice(self, first: Fields) -> list[Fields]:
        """Return the other places that speak of this invoice, or at least name no other."""
        number = _digits(first.values["number"])
        return [s for s in self.sources if s is not first and _digits(s.values.get("number", number)) == number]

    def _filled(self, first: Fields) -> dict[str, str]:
        """Return the surest place's values, what it leaves out taken from the next."""
        values = dict(first.values)
        for source in self._same_invoice(first):
            for name, value in source.values.items():
                values.setdefault(name, value)
        return values

    def _conflicts(self, first: Fields) -> list[str]:
        found = [text for source in self.sources for text in source.conflicts]
        for source in self.sources:
            if source is first or source.level == PAGE_TEXT:
                continue  # what rules find in printed text is too unsure to accuse a file
            for name in KEY_FIELDS:
                ours, theirs = first.values.get(name), source.values.get(name)
                if ours and theirs and canonical(name, ours) != canonical(name, theirs):
                    found.append(f"{name}: {ours} ≠ {theirs}")
        return list(dict.fromkeys(found))

    def _require_cover(self, first: Fields) -> None:
        """Break the seal when nothing under it says the same number and total: bytes outside prove nothing."""
        if not self.seal.sealed:
            return
        number, total = _digits(first.values["number"]), first.total
        for source in (first, *self._same_invoice(first)):
            if source.members and self.seal.covered.issuperset(source.members):
                same = _digits(source.values.get("number", "")) == number and source.total == total
                if same:
                    return
        self.seal.breaks("seal.uncovered", ", ".join(first.members))

    def _kind(self, values: dict[str, str]) -> EvoucherKind:
        code, graph = _digits(values.get("code", "")), values.get("graph", "").split(",")
        title = values.get("label", "") + values.get("title", "") + self.title
        if not code or len(_digits(values["number"])) == 20:  # a digital invoice on paper may carry an old code too
            return EvoucherKind.EINV_SPCL if "专" in title else EvoucherKind.EINV_ORD
        # The last two digits of an electronic invoice's code, or the kind in its QR text.
        special = (len(code) == 12 and code.endswith("13")) or graph[1:2] in (["01"], ["08"]) or "专用" in title
        return EvoucherKind.VAT_SPCL if special else EvoucherKind.VAT_ORD


def _digits(text: str) -> str:
    """Return a number as it is compared: no white space."""
    return re.sub(r"\s", "", text)


def _day(first: Fields) -> date:
    day = first.issue_date
    assert day is not None, "the surest place has a date"
    return day


def _amounts(
    values: dict[str, str], first: Fields, lines: list[EvoucherLine]
) -> tuple[Decimal, Decimal, Decimal]:
    """Return untaxed, tax and total.

    Where tax is exempt (免税, ***) the figure is what the others leave; where neither is given, the lines say it.
    """
    total = first.total
    assert total is not None, "the surest place has a total"
    untaxed, tax = parse_amount(values.get("untaxed", "")), parse_amount(values.get("tax", ""))
    if untaxed is None and tax is None:
        taxes = sum((line.tax for line in lines if line.tax is not None), ZERO)
        amounts = sum((line.amount for line in lines if line.amount is not None), ZERO)
        tax = taxes if amounts + taxes == total else ZERO
    if untaxed is None:
        untaxed = total - (tax or ZERO)
    return untaxed, total - untaxed if tax is None else tax, total


def _is_red(values: dict[str, str], total: Decimal, title: str) -> bool:
    said = values.get("issuing_type", "") + values.get("label", "") + title
    return total < 0 or "红字" in said or bool(values.get("reversed_no"))
