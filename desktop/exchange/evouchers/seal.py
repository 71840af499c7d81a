"""The electronic seal on an OFD: are all sealed members unchanged, and is the seal's signature right.

A seal is a chain: SignedValue.dat signs the digest of Signature.xml, which lists the digests of the members.
Source: GB/T 33190 (OFD, chapter on signatures), GB/T 38540 and GM/T 0031 (the two forms of SES_Signature).
"""

import base64
import binascii
import hashlib
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from desktop.domain.evoucher import Signature
from desktop.exchange.evouchers import der
from desktop.exchange.evouchers.der import BIT_STRING, OCTET_STRING, OID, SEQUENCE, Node, NotDer
from desktop.exchange.evouchers.faults import EvoucherRefused
from desktop.exchange.evouchers.package import Package
from desktop.exchange.evouchers.safe_xml import MalformedXml, XmlReader, descendants, text_of
from sync.crypto import PublicKey, verify
from sync.faults import ExchangeFault

MAX_SEALS = 16
MAX_SEAL_VALUE = 4 * 1024 * 1024  # bytes; a seal with its picture has some thousands

SM3_OID = "1.2.156.10197.1.401"
SM2_SM3_OID = "1.2.156.10197.1.501"
_METHODS = {  # the standard names MD5 and SHA1 as words; seals of invoices use SM3
    SM3_OID: "sm3",
    "SM3": "sm3",
    "2.16.840.1.101.3.4.2.1": "sha256",
    "SHA256": "sha256",
    "1.3.14.3.2.26": "sha1",
    "SHA1": "sha1",
    "1.2.840.113549.2.5": "md5",
    "MD5": "md5",
}
_COMMON_NAME, _ORGANISATION = der.oid("2.5.4.3"), der.oid("2.5.4.10")
_WORST_FIRST = (Signature.INVALID, Signature.NOT_CHECKED, Signature.UNKNOWN_CA)


@dataclass(slots=True)
class SealCheck:
    """What the seals of one OFD say.

    Attributes:
        sealed: Whether the OFD claims to have a seal at all.
        broken: Whether a digest fails, or a part that a seal names is missing.
        unchecked: Whether some digest is of a method that is not known.
        signature: The worst of all seals; never VALID, as no issuer of certificates is known here.
        covered: Members whose digest a seal holds, right or wrong.
        facts: Who sealed, when, with which program; and which members were changed.
        digests: Computed so far, by member and method: a list that names a member again costs nothing.
    """

    sealed: bool = False
    broken: bool = False
    unchecked: bool = False
    signature: Signature = Signature.NOT_CHECKED
    covered: set[str] = field(default_factory=set)
    facts: list[tuple[str, str]] = field(default_factory=list)
    digests: dict[tuple[str, str], bytes] = field(default_factory=dict)

    @property
    def digest_ok(self) -> bool | None:
        """Whether every digest matches; None when there is nothing that could be checked."""
        if self.broken:
            return False
        return True if self.sealed and not self.unchecked else None

    def digest(self, package: Package, member: str, method: str) -> bytes:
        """Return a member's digest."""
        if (member, method) not in self.digests:
            self.digests[member, method] = hashlib.new(method, package[member], usedforsecurity=False).digest()
        return self.digests[member, method]

    def breaks(self, what: str, member: str) -> None:
        """Note that a member does not fit its seal."""
        self.broken = True
        self.facts.append((what, member))


def check_seals(package: Package, xml: XmlReader, listed_in: str, location: str) -> SealCheck:
    """Recompute every digest of every seal and verify every signature.

    Args:
        package: The unpacked OFD.
        xml: The reader for its XML.
        listed_in: The member that names the list of seals (OFD.xml).
        location: What it names; empty when the OFD has no seals.

    Raises:
        EvoucherRefused: From limits only (of XML, or more than `MAX_SEALS`); damage is a finding.
    """
    check = SealCheck(sealed=bool(location))
    if not location:
        return check
    listing = package.resolve(listed_in, location)
    root = None if listing is None else _parsed(package, xml, listing)
    if listing is None or root is None:
        check.breaks("seal.missing", location)
        check.signature = Signature.INVALID
        return check
    states = []
    places = list(dict.fromkeys(element.get("BaseLoc", "") for element in descendants(root, "Signature")))
    if len(places) > MAX_SEALS:
        raise EvoucherRefused("E-BOMB", what="seals", limit=str(MAX_SEALS))
    for place in places:
        member = package.resolve(listing, place)
        if member is None:
            check.breaks("seal.missing", place)
            states.append(Signature.INVALID)
        else:
            states.append(_check_seal(package, xml, member, check))
    if not states:
        check.breaks("seal.missing", listing)
    check.signature = next((state for state in _WORST_FIRST if state in states), Signature.INVALID)
    return check


def _parsed(package: Package, xml: XmlReader, member: str) -> Element | None:
    try:
        return xml.parse(package[member], member)
    except MalformedXml:
        return None


def _check_seal(package: Package, xml: XmlReader, member: str, check: SealCheck) -> Signature:
    root = _parsed(package, xml, member)
    if root is None:
        check.breaks("seal.changed", member)
        return Signature.INVALID
    for provider in descendants(root, "Provider"):
        check.facts.append(("seal.provider", provider.get("ProviderName", "")))
    check.facts.append(("seal.time", text_of(root, "SignatureDateTime")))
    method = None
    for references in descendants(root, "References"):
        method = _METHODS.get(references.get("CheckMethod", "MD5").upper())  # MD5 is the standard's default
        for reference in descendants(references, "Reference"):
            _check_reference(package, member, reference, method, check)
    if not check.covered:
        check.breaks("seal.empty", member)  # a seal over nothing protects nothing
    location = text_of(root, "SignedValue") or "SignedValue.dat"
    value = package.resolve(member, location)
    if value is None:
        check.breaks("seal.missing", location)
        return Signature.INVALID
    return _check_value(package[value], package[member], member, check)


def _check_reference(package: Package, seal: str, reference: Element, method: str | None, check: SealCheck) -> None:
    path = reference.get("FileRef", "")
    member = package.resolve(seal, path)
    if member is None:
        check.breaks("seal.missing", path)
        return
    check.covered.add(member)
    if method is None:
        check.unchecked = True
        return
    try:
        expected = base64.b64decode(text_of(reference, "CheckValue"), validate=True)
    except (binascii.Error, ValueError):
        expected = b""
    if check.digest(package, member, method) != expected:
        check.breaks("seal.changed", member)


@dataclass(frozen=True, slots=True)
class _SealValue:
    """The parts of an SES_Signature that are needed, in either of its two forms."""

    signed: bytes
    digest: bytes
    certificate: bytes
    algorithm: bytes
    signature: bytes
    vouched: tuple[bytes, ...]  # certificates that the seal itself lists as its holders'


def _check_value(value: bytes, signature_xml: bytes, member: str, check: SealCheck) -> Signature:
    """Check what SignedValue.dat holds: the digest of Signature.xml, and the signature over it."""
    if len(value) > MAX_SEAL_VALUE:
        return Signature.NOT_CHECKED
    try:
        top = der.parse(value)
    except NotDer:
        return Signature.INVALID  # whatever its format was, it has been cut or changed
    try:
        seal = _ses_value(top)
        issuer, subject, point = _certificate(seal.certificate)
    except (NotDer, IndexError, ValueError):
        return Signature.NOT_CHECKED
    check.facts += [("seal.issuer", issuer), ("seal.holder", subject)]
    if seal.algorithm != der.oid(SM2_SM3_OID):
        return Signature.NOT_CHECKED
    if hashlib.new("sm3", signature_xml).digest() != seal.digest:
        check.breaks("seal.changed", member)
        return Signature.INVALID
    if seal.vouched and seal.certificate not in seal.vouched:
        return Signature.INVALID
    try:
        right = verify(PublicKey(point), seal.signed, seal.signature)
    except ExchangeFault:
        right = False  # a point that is not on the curve is no key
    return Signature.UNKNOWN_CA if right else Signature.INVALID


def _ses_value(top: Node) -> _SealValue:
    """Take an SES_Signature apart.

    Raises:
        NotDer, IndexError: When it is something else.
    """
    parts = top.of(SEQUENCE).children()
    to_sign = parts[0].of(SEQUENCE).children()
    if len(parts) == 2:  # GM/T 0031-2014: certificate and algorithm are among what is signed
        certificate, algorithm, signature = to_sign[5], to_sign[6], parts[1]
    else:  # GB/T 38540-2020
        certificate, algorithm, signature = parts[1], parts[2], parts[3]
    seal_info = to_sign[1].of(SEQUENCE).children()[0].of(SEQUENCE).children()
    holders = [node for node in seal_info[2].of(SEQUENCE).children() if node.tag == SEQUENCE][:1]
    listed = [node for group in holders for node in group.children()]
    return _SealValue(
        signed=parts[0].encoded,
        digest=to_sign[3].of(BIT_STRING).bits(),
        certificate=certificate.of(OCTET_STRING).content,
        algorithm=algorithm.of(OID).encoded,
        signature=signature.bits(),
        # A list of digests instead of certificates (the other choice of the standard) says nothing comparable.
        vouched=tuple(node.content for node in listed if node.tag == OCTET_STRING),
    )


def _certificate(data: bytes) -> tuple[str, str, bytes]:
    """Return issuer and holder of a certificate, as readable names, and its public point.

    Raises:
        NotDer, IndexError: When it is not an X.509 certificate.
    """
    fields = der.parse(data).of(SEQUENCE).children()[0].of(SEQUENCE).children()
    if fields[0].tag == der.CONTEXT_0:
        fields = fields[1:]
    _serial, _algorithm, issuer, _validity, subject, key = fields[:6]
    return _readable(issuer), _readable(subject), key.of(SEQUENCE).children()[1].bits()


def _readable(name: Node) -> str:
    return ", ".join(der.texts_of(name, (_COMMON_NAME, _ORGANISATION)))
