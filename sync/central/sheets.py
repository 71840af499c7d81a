"""Who signed which documents: the sheets of a batch against the register of officers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import product

from sync.central.register import Officer
from sync.crypto import PublicKey
from sync.envelope import Envelope
from sync.faults import ExchangeFault
from sync.manifest import DocumentEntry
from sync.sheet import Sheet, verify_sheet

Covered = tuple[str, str, int, str]  # kind, key, revision, digest


@dataclass(slots=True)
class Signatures:
    """What the sheets of one batch prove.

    Attributes:
        by: For each document and role, the officers whose valid sheet covers it.
        broken: For each document and role, that a sheet names it but proves nothing.
    """

    by: dict[tuple[Covered, str], set[str]] = field(default_factory=dict)
    broken: set[tuple[Covered, str]] = field(default_factory=set)


def read_sheets(envelopes: Iterable[bytes], unit_code: str, officers: Mapping[str, Officer]) -> Signatures:
    """Verify every sheet once, however many documents it covers."""
    found = Signatures()
    for data in envelopes:
        try:
            envelope = Envelope.from_bytes(data)
            sheet = Sheet.from_bytes(envelope.payload)
        except ExchangeFault:
            continue  # names no document that could be told; what it should cover stays unsigned
        covered = [(line.kind, line.key, line.revision, line.digest) for line in sheet.documents]
        if _is_valid(envelope, sheet, unit_code, officers):
            for one in covered:
                found.by.setdefault((one, sheet.role), set()).add(sheet.officer)
        else:
            found.broken.update((one, sheet.role) for one in covered)
    return found


def fault_of(
    entry: DocumentEntry, maker: str, roles: tuple[str, ...], signatures: Signatures
) -> tuple[str, str] | None:
    """Give what is wrong with a document's signatures, and the role; None when they are good.

    Every role needs a valid sheet, all of them of different people, none of whom is the maker.
    """
    document: Covered = (entry.kind, entry.key, entry.revision, entry.digest)
    signers: list[set[str]] = []
    for role in roles:
        officers = signatures.by.get((document, role), set())
        if not officers:
            broken = (document, role) in signatures.broken
            return ("SHEET_INVALID" if broken else "SHEET_MISSING"), role
        signers.append(officers - {maker})
    choices = product(*signers)
    if any(len(set(people)) == len(roles) for people in choices):
        return None
    return "SAME_PERSON", roles[-1]


def _is_valid(envelope: Envelope, sheet: Sheet, unit_code: str, officers: Mapping[str, Officer]) -> bool:
    """Tell whether a registered, active officer of the unit signed it in a role that the officer's posts allow."""
    officer = officers.get(sheet.officer)
    if officer is None or not officer.active or sheet.unit != unit_code or sheet.role not in officer.posts:
        return False
    try:
        key = PublicKey.from_hex(officer.public_key)
        verify_sheet(envelope, {key.key_id: key})
    except ExchangeFault:
        return False
    return True
