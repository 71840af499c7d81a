"""How a run of 一键同步 ended, in exact words: what went, what did not, what is safe, what to do now."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from desktop.domain.money import ZERO, format_yuan
from desktop.texts import tr
from desktop.texts.faults import describe
from desktop.texts.messages import Message, message

# Faults of the link or of the moment: nobody has to do anything but go on later.
_PASSING = frozenset({"NO_LINK", "BUSY", "STOPPED", "ANSWER_INVALID"})
_LINK_ACTS = frozenset({"TLS", "CAPTIVE"})
_CARRYING = frozenset({"RECEIVE", "RECHECK", "SIGN", "SEND", "RECEIPT"})


@dataclass(frozen=True, slots=True)
class RunEnd:
    """What is said about a run.

    Attributes:
        outcome: ``DONE``, ``STOPPED`` or ``FAILED``.
        stage: The stage that it ended in.
        left: Signed or sealed documents that the platform does not have.
        undecided: Batches that arrived and are not judged yet.
        total: Yuan of the vouchers that went.
        received: Records of the mirrors that changed.
        receipt_no: Number of the last receipt, 0 for none.
    """

    outcome: str
    stage: str = ""
    sent: int = 0
    left: int = 0
    accepted: int = 0
    returned: int = 0
    undecided: int = 0
    received: int = 0
    receipt_no: int = 0
    total: Decimal = ZERO
    code: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)


def must_act(code: str, facts: Mapping[str, str]) -> bool:
    """Tell whether somebody has to do something before the next run can go better; only then it is shown in red."""
    return bool(code) and (code not in _PASSING or facts.get("reason", "") in _LINK_ACTS)


def level(end: RunEnd) -> str:
    """Return the kind of band for it: ok, warning, error or neutral."""
    if end.outcome == "DONE":
        return "warning" if end.returned else "ok"
    return "error" if must_act(end.code, end.facts) else "neutral"


def ended(end: RunEnd) -> Message:
    """Return title, body and verbs; the first verb is the next step."""
    if end.outcome == "DONE":
        return _done(end)
    if end.outcome == "STOPPED":
        return message("M06", sent=end.sent, left=end.left)
    told = describe(end.code, end.facts)
    if end.code == "NO_LINK" and not must_act(end.code, end.facts):
        if end.stage in _CARRYING:
            cut = message("M07")
            return Message(cut.title, cut.body + _counts(end), cut.verbs)
        return Message(told.title, told.advice + _counts(end), message("M07").verbs)
    body = "".join(part for part in (told.happened, told.safe, _counts(end), told.advice) if part)
    return Message(told.title, body, message("M07").verbs)


def _done(end: RunEnd) -> Message:
    whole = message(
        "M05",
        sent=end.sent,
        total=format_yuan(end.total),
        accepted=end.accepted,
        returned=end.returned,
        receipt=end.receipt_no,
    )
    verbs = whole.verbs if end.returned else whole.verbs[-1:]
    news = tr("基础数据更新 {count} 条。", count=end.received) if end.received else ""
    if not end.sent:
        return Message(whole.title, tr("没有要送出的单据。") + (news or tr("已是最新，没有新的基础数据。")), verbs)
    if end.undecided:
        waiting = tr(
            "送出 {sent} 份，财政平台已收到，还在审核；结果会在下次同步时领取。财政回执号 {receipt}。",
            sent=end.sent,
            receipt=end.receipt_no,
        )
        return Message(tr("已送达，等待审核"), waiting + news, verbs)
    return Message(whole.title, whole.body + news, verbs)


def _counts(end: RunEnd) -> str:
    if not end.sent and not end.left:
        return ""
    said = tr("已送达 {sent} 份，未送出 {left} 份，", sent=end.sent, left=end.left)
    return said + tr("没有重复也没有丢失。")
