"""`budgetdesk evoucher FILE…`: read e-invoices and say what is right and wrong with each."""

from argparse import Namespace
from pathlib import Path

from desktop.commands.answer import Exit, say, say_json
from desktop.domain.evoucher import Evoucher, check_evoucher
from desktop.domain.fault import Fault
from desktop.domain.money import format_yuan
from desktop.domain.problem import Problem, errors
from desktop.exchange.evouchers import read_evoucher
from desktop.texts import faults, problems

_DIGESTS = {True: "摘要全部相符", False: "摘要不符：文件被改动过", None: "文件不带摘要"}
_SIGNATURES = {
    "VALID": "签名有效",
    "INVALID": "签名无效",
    "NOT_CHECKED": "签名未验",
    "UNKNOWN_CA": "签名相符，签发机构未知",
}


def run(arguments: Namespace) -> Exit:
    """Read every file; one that is refused does not stop the others."""
    rows, worst = [], Exit.GOOD
    for name in arguments.files:
        try:
            evoucher = read_evoucher(Path(name))
        except Fault as fault:
            told = faults.describe(fault.code, fault.facts)
            rows.append({"file": name, "ok": False, "code": fault.code, "message": f"{told.happened} {told.advice}"})
            worst = Exit.REFUSED
            continue
        found = check_evoucher(evoucher, buyer_name=evoucher.buyer_name, buyer_tax_no=evoucher.buyer_tax_no)
        rows.append(_row(name, evoucher, found))
        if errors(found) and worst is Exit.GOOD:
            worst = Exit.PROBLEMS
    if arguments.json:
        say_json(list(rows))
    else:
        for row in rows:
            _print(row)
    return worst


def _row(name: str, one: Evoucher, found: list[Problem]) -> dict[str, object]:
    return {
        "file": name,
        "ok": not errors(found),
        "kind": one.kind.value,
        "invoice_code": one.invoice_code,
        "invoice_no": one.invoice_no,
        "issue_date": one.issue_date.isoformat(),
        "seller": one.seller_name,
        "buyer": one.buyer_name,
        "untaxed": f"{one.untaxed:.2f}",
        "tax": f"{one.tax:.2f}",
        "total": f"{one.total:.2f}",
        "digest_ok": one.digest_ok,
        "signature": one.signature.value,
        "sm3": one.sm3,
        "problems": [{"code": p.code, "level": p.level.value, "message": problems.describe(p).sentence} for p in found],
        "total_text": format_yuan(one.total),
    }


def _print(row: dict[str, object]) -> None:
    say(str(row["file"]))
    if "invoice_no" not in row:
        say(f"  未读入：{row['message']}")
        return
    code = f"{row['invoice_code']} " if row["invoice_code"] else ""
    say(f"  号码 {code}{row['invoice_no']}  {row['issue_date']}  价税合计 {row['total_text']} 元")
    say(f"  销售方 {row['seller']}  购买方 {row['buyer']}")
    say(f"  {_DIGESTS[row['digest_ok']]}；{_SIGNATURES[str(row['signature'])]}")  # type: ignore[index]
    for problem in row["problems"]:  # type: ignore[attr-defined]
        say(f"  {problem['code']} {problem['message']}")
