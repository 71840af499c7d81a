"""What was checked of one e-invoice, each with its outcome in words: the findings first, then what is in order."""

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.domain.accounts import normal_digits
from desktop.domain.evoucher import Evoucher, Signature, normal_name
from desktop.domain.problem import Level, Problem
from desktop.domain.voucher import EvoucherUse, Payee
from desktop.domain.voucher_rules import RuleResult
from desktop.texts import problems, tr

_LEVELS = {Level.ERROR: "error", Level.WARN: "warning", Level.INFO: "info"}
_BUYER, _DATE, _RED = ("buyer_name", "buyer_tax_no"), ("issue_date",), ("is_red",)


@dataclass(frozen=True, slots=True)
class InvoiceCheck:
    """One check: ok, error, warning or info, its words, and the rule's number."""

    level: str
    text: str
    code: str = ""


def checks_of(at: int, use: EvoucherUse, evoucher: Evoucher | None, payee: Payee, flaws: Sequence[Problem],
              findings: Sequence[RuleResult]) -> tuple[InvoiceCheck, ...]:
    """Return every check of an invoice, what speaks against it first.

    Args:
        at: Its place in the voucher, as findings name it.
        use: What the voucher holds of it.
        evoucher: What was read from its file; without it only what the voucher holds is checked.
        payee: Who is paid.
        flaws: Of the file, as `check_evoucher` found them.
        findings: Of the voucher's rules.
    """
    own = [one for one in findings if one.where.startswith(f"evouchers[{at}].")]
    against = list(flaws) if evoucher is not None else [one for one in own if one.code != "R-11"]
    found = [_said(one) for one in against]
    found += [_said(one) for one in own if one.code == "R-11"]
    wrong = {(one.code, one.where.rpartition(".")[2]) for one in against}
    passed = [*_of_paper(wrong), *_of_payee(use, evoucher, payee)]
    passed += _of_file(use, evoucher, {code for code, _ in wrong})
    if not any(one.code == "R-11" for one in own):
        passed.append(InvoiceCheck("ok", tr("没有被别的单据用过"), "R-11"))
    order = {"error": 0, "warning": 1, "info": 2, "ok": 3}
    return tuple(sorted([*found, *passed], key=lambda one: order[one.level]))


def _said(problem: Problem | RuleResult) -> InvoiceCheck:
    return InvoiceCheck(_LEVELS[problem.level or Level.INFO], problems.describe(problem).sentence, problem.code)


def _of_paper(wrong: set[tuple[str, str]]) -> list[InvoiceCheck]:
    topics = (
        (_BUYER, tr("购买方是本单位，税号一致")),
        (_DATE, tr("开票日期不晚于申请日期，没有超过一年")),
        (_RED, tr("不是红字发票")),
    )
    return [InvoiceCheck("ok", words, "R-12") for fields, words in topics
            if not any(("R-12", field) in wrong for field in fields)]


def _of_payee(use: EvoucherUse, evoucher: Evoucher | None, payee: Payee) -> list[InvoiceCheck]:
    if not payee.name:
        return []
    if normal_name(use.seller_name) != normal_name(payee.name):
        words = tr("销售方是“{seller}”，收款人是“{payee}”，请问清为什么不同。", seller=use.seller_name,
                   payee=payee.name)
        return [InvoiceCheck("warning", words)]
    printed = normal_digits(evoucher.seller_account) if evoucher is not None else ""
    if printed and printed != normal_digits(payee.account):
        return [InvoiceCheck("warning", tr("收款账号和发票上印的不同，请与对方核对。"))]
    same = tr("销售方就是收款人，账号与发票一致") if printed else tr("销售方就是收款人")
    return [InvoiceCheck("ok", same)]


def _of_file(use: EvoucherUse, evoucher: Evoucher | None, wrong: set[str]) -> list[InvoiceCheck]:
    passed = []
    if evoucher is not None:
        topics = [("E-01", tr("不含税、税额与价税合计加得拢")), ("E-03", tr("发票号码格式正确"))]
        if evoucher.total_in_words:
            topics.append(("E-04", tr("大写与小写金额一致")))
        passed = [InvoiceCheck("ok", words, code) for code, words in topics if code not in wrong]
    if "E-02" not in wrong and use.digest_ok is not None:
        good = bool(use.digest_ok)
        words = tr("文件内容没有改动过") if good else tr("文件内容与签章时不一致。")
        passed.append(InvoiceCheck("ok" if good else "error", words, "E-02"))
    if evoucher is not None and evoucher.signature is Signature.VALID:
        passed.append(InvoiceCheck("ok", tr("签章验证通过"), "E-05"))
    return passed
