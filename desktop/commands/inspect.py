"""`budgetdesk inspect FILE.bsp`: what a container holds, opened with any key at hand."""

from argparse import Namespace
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from desktop.commands.answer import Exit, Unusable, say, say_json
from desktop.commands.dump import dump
from desktop.commands.homes import KeysAtHand, keys_at_hand
from desktop.domain.mirrors import Officer
from desktop.domain.money import format_yuan
from desktop.texts import faults
from desktop.texts.words import KINDS, POSTS
from sync.batch import Opened, open_sealed, peek, verify
from sync.catalogue import Trust
from sync.contents import documents_of, sheets_of
from sync.crypto import PublicKey, sm3
from sync.envelope import Envelope
from sync.faults import ContentInvalid, DamagedFile, ExchangeFault, KeyNotAtHand, WrongRecipient
from sync.manifest import BatchManifest, ReceiptManifest
from sync.sheet import verify_sheet


def run(arguments: Namespace) -> Exit:
    """Open the container; without a key check trailer and header and say that it saw no further."""
    path = Path(arguments.file)
    if not arguments.file or not path.exists():
        raise Unusable(f"找不到文件 {arguments.file}。")
    if not path.is_file():
        raise Unusable(f"{path} 不是文件。")
    hand = keys_at_hand(arguments.home)
    try:
        try:
            opened = open_sealed(path, keys=hand.keys)
        except (KeyNotAtHand, WrongRecipient):
            return _from_outside(path, arguments.json)
        told = _tell(opened, hand)
        if arguments.dump is not None:
            told["dumped"] = [str(made) for made in dump(opened, hand, arguments.dump)]
    except (DamagedFile, ContentInvalid) as fault:
        # Which part of the container it was says nothing to people: they gave one file.
        raise ExchangeFault(fault.code, {**fault.facts, "what": path.name}) from fault
    if arguments.json:
        say_json(told)
    else:
        _print(told)
    return Exit.GOOD if told["ok"] else Exit.REFUSED


def _from_outside(path: Path, as_json: bool) -> Exit:
    seen = peek(path)
    if not seen.trailer_ok:
        raise DamagedFile(what=path.name)
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
    people = {officer.key_id: officer for officer in hand.officers}
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
        "broken": broken + [one["name"] for one in signers if one["signature"] == "INVALID"],
        "signature": _writer_signature(opened, hand),
    }


def _sheet(envelope: Envelope, people: Mapping[str, Officer]) -> dict[str, object]:
    """Say who signed a sheet: the officer to whom the key is registered, whatever name the sheet gives."""
    try:
        signed = verify_sheet(envelope, {key_id: PublicKey.from_hex(one.public_key) for key_id, one in people.items()})
    except ExchangeFault:
        key_id = envelope.signatures[0].key_id if envelope.signatures else ""
        name = people[key_id].name if key_id in people else key_id
        return {"name": name, "role": "", "documents": 0, "signature": "INVALID" if people else "NOT_CHECKED"}
    sheet, officer = signed.sheet, people[signed.key_id]
    return {
        "name": officer.name,
        "role": sheet.role,
        "at": sheet.at,
        "documents": len(sheet.documents),
        "key_id": signed.key_id,
        "signature": "VALID" if sheet.officer == officer.id else "INVALID",
    }


def _writer_signature(opened: Opened, hand: KeysAtHand) -> str:
    if not hand.keys:
        return "NOT_CHECKED"
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
        "code": manifest.code or "",
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


_SIGNATURE_WORDS = {"VALID": "签名有效", "INVALID": "签名无效", "NOT_CHECKED": "签名未验（本机没有可以核对的密钥）"}
_VERDICTS = {"accepted": "已接收", "rejected": "退回", "duplicate": "重复，按原回执"}
_ANSWERS = {
    ("arrived", "accepted"): "整批已送达",
    ("arrived", "refused"): "整批没有接收",
    ("arrived", "held"): "暂存，等前面的批次",
    ("decided", "accepted"): "已逐份审核",
}


def _print(told: dict[str, Any]) -> None:
    say(f"{_CONTAINERS.get(told['kind'], told['kind'])} {told['id']}")
    say(f"  SM3 {told['digest']}  {_SIGNATURE_WORDS[told['signature']]}")
    if "audience" in told:
        place = f"第 {told['seq']} 批（第 {told['epoch']} 期）"
        say(f"  {told['stream']} → {told['audience']}  {place}  {told['sealed_at']}")
    if "receipt_no" in told:
        answer = _ANSWERS.get((told["stage"], told["verdict"]), told["verdict"])
        why = f"：{faults.describe(told['code']).title}" if told["code"] else ""
        say(f"  回执号 {told['receipt_no']}  {told['server_time']}  {answer}{why}")
    for kind, total in told.get("totals", {}).items():
        say(f"  {KINDS.get(kind, kind)} 合计 {format_yuan(Decimal(total))} 元")
    for one in told.get("documents", []):
        verdict = _VERDICTS.get(one.get("verdict", ""), "")
        extra = "  ".join(part for part in (verdict, one.get("central_no"), one.get("comment")) if part)
        say(f"  {KINDS.get(one['kind'], one['kind'])}  {one['key']}  {extra or '第 ' + str(one['revision']) + ' 版'}")
    for one in told.get("signers", []):
        role = POSTS.get(one["role"], "")
        say(f"  {role} {one['name']}  {one['documents']} 份  {_SIGNATURE_WORDS[one['signature']]}")
    for folder in told.get("dumped", []):
        say(f"  已写出供 OpenSSL 核对的文件：{folder}")
    if told.get("broken"):
        say(f"  不相符：{'、'.join(told['broken'])}")
