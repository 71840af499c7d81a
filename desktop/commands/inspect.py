"""`budgetdesk inspect FILE.bsp`: what a container holds, opened with any key at hand."""

from argparse import Namespace
from dataclasses import dataclass
from pathlib import Path

from desktop.commands.answer import Exit, Unusable, say, say_json
from desktop.commands.homes import KeysAtHand, keys_at_hand
from desktop.domain.money import format_yuan, yuan
from desktop.texts.words import KINDS, POSTS
from sync.batch import Opened, open_sealed, peek, verify
from sync.catalogue import Trust
from sync.contents import documents_of, sheets_of
from sync.crypto import PublicKey, sm3
from sync.envelope import Envelope
from sync.faults import ExchangeFault, KeyNotAtHand, WrongRecipient
from sync.manifest import BatchManifest, ReceiptManifest
from sync.sheet import verify_sheet


@dataclass(frozen=True, slots=True)
class _Trusted:
    """Public keys by key id, with the name of whom each belongs to."""

    names: dict[str, str]
    keys: dict[str, PublicKey]


def run(arguments: Namespace) -> Exit:
    """Open the container; without a key check trailer and header and say that it saw no further."""
    path = Path(arguments.file)
    if not path.is_file():
        raise Unusable(f"找不到文件 {path}。")
    hand = keys_at_hand(arguments.home)
    try:
        opened = open_sealed(path, keys=hand.keys)
    except (KeyNotAtHand, WrongRecipient):
        return _from_outside(path, arguments.json)
    told = _tell(opened, hand)
    if arguments.json:
        say_json(told)
    else:
        _print(told)
    return Exit.GOOD if told["ok"] else Exit.REFUSED


def _from_outside(path: Path, as_json: bool) -> Exit:
    seen = peek(path)
    if not seen.trailer_ok:
        raise ExchangeFault("FILE_DAMAGED", {"what": path.name})
    if as_json:
        say_json(
            {
                "ok": True,
                "opened": False,
                "kind": seen.header.kind,
                "id": seen.header.id,
                "frames": seen.header.frames,
                "size": seen.size,
            }
        )
    else:
        say(f"{_CONTAINERS.get(seen.header.kind, seen.header.kind)} {seen.header.id}，{seen.size:,} 字节")
        say("文件完整（尾部校验相符）。本机没有能打开它的密钥，内容和签名没有看到。")
    return Exit.GOOD


_CONTAINERS = {"batch": "上报批次", "receipt": "回执", "catalogue": "基础数据", "root": "信任根", "head": "目录头"}


def _tell(opened: Opened, hand: KeysAtHand) -> dict[str, object]:
    told: dict[str, object] = {
        "ok": True,
        "opened": True,
        "kind": opened.header.kind,
        "id": opened.header.id,
        "digest": opened.digest,
    }
    manifest = opened.manifest
    if isinstance(manifest, BatchManifest):
        told |= _batch(opened, manifest, hand)
    elif isinstance(manifest, ReceiptManifest):
        told |= _receipt(opened, manifest, hand.trust)
    else:
        role = opened.header.kind if opened.header.kind in ("catalogue", "root", "head") else "root"
        told["signature"] = _platform_signature(opened, hand.trust, role)
    told["ok"] = told.get("signature") != "INVALID" and not told.get("broken")
    return told


def _batch(opened: Opened, manifest: BatchManifest, hand: KeysAtHand) -> dict[str, object]:
    people = _Trusted(
        {officer.key_id: officer.name for officer in hand.officers},
        {officer.key_id: PublicKey.from_hex(officer.public_key) for officer in hand.officers},
    )
    signers = [_sheet(Envelope.from_bytes(data), people) for data in sheets_of(opened, manifest)]
    contents = documents_of(opened, manifest)
    broken = [entry.key for entry, data in zip(manifest.documents, contents, strict=True) if sm3(data) != entry.digest]
    return {
        "stream": manifest.stream,
        "audience": manifest.audience,
        "epoch": manifest.epoch,
        "seq": manifest.seq,
        "period": manifest.period,
        "sealed_at": manifest.sealed_at,
        "totals": dict(manifest.totals),
        "documents": [
            {"kind": e.kind, "key": e.key, "revision": e.revision, "digest": e.digest} for e in manifest.documents
        ],
        "signers": signers,
        "broken": broken + [s["name"] for s in signers if s["signature"] == "INVALID"],
        "signature": _writer_signature(opened, hand),
    }


def _sheet(envelope: Envelope, people: _Trusted) -> dict[str, object]:
    key_id = envelope.signatures[0].key_id if envelope.signatures else ""
    try:
        signed = verify_sheet(envelope, people.keys)
    except ExchangeFault:
        return {"name": people.names.get(key_id, key_id), "role": "", "documents": 0, "signature": "INVALID"}
    sheet = signed.sheet
    return {
        "name": sheet.name,
        "role": sheet.role,
        "at": sheet.at,
        "documents": len(sheet.documents),
        "key_id": signed.key_id,
        "signature": "VALID",
    }


def _writer_signature(opened: Opened, hand: KeysAtHand) -> str:
    keys = {key.public.key_id: key.public for key in hand.keys}
    try:
        verify(opened, keys)
    except ExchangeFault:
        return "INVALID"
    return "VALID"


def _receipt(opened: Opened, manifest: ReceiptManifest, trust: Trust | None) -> dict[str, object]:
    return {
        "stream": manifest.stream,
        "receipt_no": manifest.receipt_no,
        "stage": manifest.stage,
        "verdict": manifest.verdict,
        "batch": {"id": manifest.batch.id, "digest": manifest.batch.digest, "seq": manifest.batch.seq},
        "server_time": manifest.server_time,
        "totals": dict(manifest.totals),
        "documents": [
            {"kind": d.kind, "key": d.key, "verdict": d.verdict, "central_no": d.central_no, "comment": d.comment}
            for d in manifest.documents
        ],
        "signature": _platform_signature(opened, trust, "receipt"),
    }


def _platform_signature(opened: Opened, trust: Trust | None, role: str) -> str:
    if trust is None:
        return "NOT_CHECKED"
    root = trust.root_manifest()
    try:
        verify(opened, root.keys_of(role), root.roles[role].threshold)
    except ExchangeFault:
        return "INVALID"
    return "VALID"


_SIGNATURE_WORDS = {"VALID": "签名有效", "INVALID": "签名无效", "NOT_CHECKED": "签名未验（本机没有信任根）"}
_VERDICTS = {"accepted": "已接收", "rejected": "退回", "duplicate": "重复，按原回执"}


def _print(told: dict[str, object]) -> None:
    say(f"{_CONTAINERS.get(str(told['kind']), told['kind'])} {told['id']}")
    say(f"  SM3 {told['digest']}  {_SIGNATURE_WORDS[str(told['signature'])]}")
    if "seq" in told:
        say(
            f"  {told['stream']} → {told['audience']}  第 {told['seq']} 批（第 {told['epoch']} 期）  {told['sealed_at']}"
        )
    if "receipt_no" in told:
        say(f"  回执号 {told['receipt_no']}  {told['server_time']}")
    for kind, total in told.get("totals", {}).items():  # type: ignore[attr-defined]
        say(f"  {KINDS[kind]} 合计 {format_yuan(yuan(total))} 元")
    for one in told.get("documents", []):  # type: ignore[attr-defined]
        verdict = _VERDICTS.get(one.get("verdict", ""), "")
        extra = "  ".join(part for part in (verdict, one.get("central_no") or "", one.get("comment") or "") if part)
        say(f"  {KINDS[one['kind']]}  {one['key']}  {extra or '第 ' + str(one['revision']) + ' 版'}".rstrip())
    for one in told.get("signers", []):  # type: ignore[attr-defined]
        role = POSTS.get(one["role"], "")
        say(f"  {role} {one['name']}  {one['documents']} 份  {_SIGNATURE_WORDS[one['signature']]}")
    if told.get("broken"):
        say(f"  不相符：{'、'.join(told['broken'])}")  # type: ignore[arg-type]
