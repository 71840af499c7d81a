"""The judgement of a batch's documents: pure, one after the other, in the order in which kinds build on each other.

A returned document does not hurt the others (R5). What was decided once is never decided again (S-01).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sync.central.comments import comment
from sync.central.documents import ORDER, Content, NotReadable, Project, Voucher, amount_of, read_document
from sync.central.register import Earlier, EvoucherTaken, QuotaUse, Register, Ruling
from sync.central.rules import Finding, check_content
from sync.central.sheets import Signatures, fault_of
from sync.crypto import sm3
from sync.manifest import BatchManifest, DocumentEntry, DocumentVerdict

SECOND_SIGNER_FROM = "50000.00"  # yuan; parameter ``second_signer_from``
ROLE_NAMES: Mapping[str, str] = {"checker": "复核", "signer": "签章", "head": "单位负责人"}
_PREFIX: Mapping[str, str] = {"GOAL": "JX", "BUDGET_UP2": "YS", "VOUCHER": "ZF"}
_ZERO = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict with what the platform keeps of the document.

    Attributes:
        is_new: Whether this revision is decided for the first time; what was decided before stays as it is.
    """

    verdict: DocumentVerdict
    entry: DocumentEntry
    data: bytes
    amount: Decimal
    is_new: bool


def judge(
    manifest: BatchManifest,
    documents: Sequence[bytes],
    signatures: Signatures,
    register: Register,
    comment_by: Mapping[str, str],
) -> list[Judgement]:
    """Judge every document of a batch.

    Args:
        manifest: The batch's.
        documents: Exact bytes, in the manifest's order.
        signatures: What the batch's sheets prove.
        register: The unit as it is known; changed by what is accepted.
        comment_by: Who signs a comment, by kind.

    Returns:
        One judgement for each document, in the manifest's order.
    """
    papers = [_paper(entry, data) for entry, data in zip(manifest.documents, documents, strict=True)]
    wrong_totals = _wrong_totals(manifest, papers)
    order = sorted(range(len(papers)), key=lambda at: _rank(papers[at].entry.kind))
    found: dict[int, Judgement] = {}
    for at in order:
        paper = papers[at]
        entry = paper.entry
        is_new = _of_revision(register, entry) is None
        verdict = _judge_one(paper, signatures, register, comment_by.get(entry.kind, ""), wrong_totals)
        found[at] = Judgement(verdict, entry, paper.data, paper.amount, is_new)
        if is_new:
            _remember(register, verdict)
    return [found[at] for at in range(len(papers))]


def accepted_totals(manifest: BatchManifest, judgements: Sequence[Judgement]) -> dict[str, str]:
    """Give the sums by kind of what is accepted now, for the kinds whose totals the batch states."""
    sums = dict.fromkeys(manifest.totals, _ZERO)
    for one in judgements:
        if one.verdict.verdict == "accepted" and one.entry.kind in sums:
            sums[one.entry.kind] += one.amount
    return {kind: f"{total:.2f}" for kind, total in sums.items()}


def _judge_one(
    paper: "_Paper", signatures: Signatures, register: Register, by: str, wrong_totals: Mapping[str, Finding]
) -> DocumentVerdict:
    entry, content = paper.entry, paper.content
    earlier = _of_revision(register, entry)
    if earlier is not None and earlier.digest == entry.digest == paper.digest:
        return _duplicate(entry, earlier)
    if isinstance(content, NotReadable):
        return _rejected(entry, [Finding(content.code, content.field, {"reason": content.reason})], by)
    if content.head.unit_code != register.unit_code:
        return _rejected(entry, [Finding("UNIT_MISMATCH", "head.unit_code")], by)
    findings = _identity(entry, register) or _signed(entry, content, signatures, register)
    if not findings and entry.kind in wrong_totals:
        findings = [wrong_totals[entry.kind]]
    if findings:
        return _rejected(entry, findings, by)
    ruling = register.rulings.pop((entry.kind, entry.key), None)
    if ruling is not None:
        return _ruled(entry, ruling, by)
    findings = check_content(content, register)
    if findings:
        return _rejected(entry, findings, by)
    return _verdict(entry, "accepted", central_no=_accept(content, register))


@dataclass(frozen=True, slots=True)
class _Paper:
    """One document as it came: its content, or why it cannot be read."""

    entry: DocumentEntry
    data: bytes
    digest: str
    content: Content | NotReadable

    @property
    def amount(self) -> Decimal:
        return _ZERO if isinstance(self.content, NotReadable) else amount_of(self.content)


def _paper(entry: DocumentEntry, data: bytes) -> _Paper:
    digest = sm3(data)
    try:
        return _Paper(entry, data, digest, _read(entry, data, digest))
    except NotReadable as reason:
        return _Paper(entry, data, digest, reason)


def _read(entry: DocumentEntry, data: bytes, digest: str) -> Content:
    """Read a document and compare it with its entry: what people signed, what is announced and what came are one.

    Raises:
        NotReadable: They are not, or the document is none.
    """
    if digest != entry.digest:
        raise NotReadable("DIGEST_MISMATCH", "", "")
    content = read_document(entry.kind, entry.schema, data)
    head = content.head
    same = (head.doc_id, head.kind, head.schema, head.key, head.revision, head.supersedes) == (
        entry.doc_id,
        entry.kind,
        entry.schema,
        entry.key,
        entry.revision,
        entry.supersedes,
    )
    if not same:
        raise NotReadable("ENTRY_MISMATCH", "head", "")
    return content


def _of_revision(register: Register, entry: DocumentEntry) -> Earlier | None:
    known = register.earlier.get((entry.kind, entry.key), [])
    return next((one for one in known if one.revision == entry.revision), None)


def _remember(register: Register, verdict: DocumentVerdict) -> None:
    """Let a later revision in the same batch see what was decided for this one; its receipt is still to be written."""
    decided = Earlier(verdict.digest, verdict.revision, verdict.verdict, 0, central_no=verdict.central_no or "")
    register.earlier.setdefault((verdict.kind, verdict.key), []).append(decided)


def _identity(entry: DocumentEntry, register: Register) -> list[Finding]:
    """S-01: one key and revision stands for one content, and what is accepted stays as it is."""
    known = register.earlier.get((entry.kind, entry.key), [])
    facts = {"key": entry.key, "revision": str(entry.revision)}
    if _of_revision(register, entry) is not None:
        return [Finding("DOC_CONFLICT", "", facts)]
    accepted = next((one for one in known if one.verdict == "accepted"), None)
    if accepted is not None:
        return [Finding("DOC_CLOSED", "", {**facts, "central_no": accepted.central_no})]
    if any(one.revision > entry.revision for one in known):
        return [Finding("REVISION_OLD", "", facts)]
    return []


def _signed(entry: DocumentEntry, content: Content, signatures: Signatures, register: Register) -> list[Finding]:
    """Checker and signer, and the unit's head for a large voucher."""
    roles: tuple[str, ...] = ("checker", "signer")
    if isinstance(content, Voucher):
        limit = register.number("second_signer_from", SECOND_SIGNER_FROM)
        roles = (*roles, "head") if Decimal(content.amount) >= limit else roles
    fault = fault_of(entry, content.head.maker, roles, signatures)
    if fault is None:
        return []
    code, role = fault
    return [Finding(code, "", {"role": ROLE_NAMES[role]})]


def _accept(content: Content, register: Register) -> str:
    """Let a document take effect and give it the platform's number."""
    head = content.head
    if isinstance(content, Project):
        return _admit(content, register)
    if isinstance(content, Voucher):
        register.take_quota(QuotaUse(head.key, content.quota.quota_id, Decimal(content.amount)))
        used: dict[str, EvoucherTaken] = {}
        for use in content.evouchers:
            before = used[use.key].used if use.key in used else _ZERO
            used[use.key] = EvoucherTaken(use.key, head.key, before + Decimal(use.used), Decimal(use.total))
        for taken in used.values():
            register.take_evoucher(taken)
    name = f"{_PREFIX[head.kind]}{head.fiscal_year}"
    return f"{name}{register.next_number(name):06d}"


def _admit(project: Project, register: Register) -> str:
    """Give a project its code of 21 characters: division, year, class letter, running number."""
    head = project.head
    stem = f"{register.division[:6]}{head.fiscal_year % 100:02d}{project.project_class[0]}"
    code = f"{stem}{register.next_number(stem):012d}"
    register.admit(
        {
            "key": head.key,
            "code": code,
            "name": project.name,
            "project_class": project.project_class,
            "function_code": project.function_code,
            "state": "ADMITTED",
            "monitor_state": "NORMAL",
        }
    )
    return code


def _wrong_totals(manifest: BatchManifest, papers: Sequence[_Paper]) -> dict[str, Finding]:
    """Compare the totals that the batch states with what its documents say; nothing of such a kind is accepted."""
    sums: dict[str, Decimal] = {}
    for one in papers:
        sums[one.entry.kind] = sums.get(one.entry.kind, _ZERO) + one.amount
    return {
        kind: Finding("TOTALS_WRONG", "", {"found": stated, "expected": f"{sums.get(kind, _ZERO):.2f}"})
        for kind, stated in manifest.totals.items()
        if Decimal(stated) != sums.get(kind, _ZERO)
    }


def _duplicate(entry: DocumentEntry, earlier: Earlier) -> DocumentVerdict:
    """Say again what the first receipt said, and which it was."""
    facts = {"receipt_no": str(earlier.receipt_no), "verdict": earlier.verdict}
    return _verdict(
        entry,
        "duplicate",
        code=earlier.code or None,
        field=earlier.field or None,
        comment=earlier.comment or None,
        facts=facts,
        central_no=earlier.central_no or None,
    )


def _rejected(entry: DocumentEntry, findings: Sequence[Finding], by: str) -> DocumentVerdict:
    text = comment([(one.code, one.facts) for one in findings])
    first = findings[0]
    facts = {**first.facts, "comment_by": by}
    return _verdict(entry, "rejected", code=first.code, field=first.field or None, comment=text, facts=facts)


def _ruled(entry: DocumentEntry, ruling: Ruling, by: str) -> DocumentVerdict:
    return _verdict(
        entry,
        "rejected",
        code=ruling.code,
        field=ruling.field or None,
        comment=ruling.comment,
        facts={"comment_by": by},
    )


def _verdict(
    entry: DocumentEntry,
    verdict: str,
    *,
    code: str | None = None,
    field: str | None = None,
    comment: str | None = None,
    facts: Mapping[str, str] | None = None,
    central_no: str | None = None,
) -> DocumentVerdict:
    return DocumentVerdict(
        entry.doc_id,
        entry.kind,
        entry.key,
        entry.revision,
        entry.digest,
        verdict,
        code,
        field,
        comment,
        facts or {},
        central_no,
    )


def _rank(kind: str) -> int:
    return ORDER.index(kind) if kind in ORDER else len(ORDER)


