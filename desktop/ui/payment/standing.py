"""Why a voucher can or can't be typed into, and how far it is: the band over the paper and the flow strip."""

from dataclasses import dataclass

from desktop.domain.document import Document, Post, ReturnComment, SignatureMark, State
from desktop.domain.money import format_yuan
from desktop.texts import tr
from desktop.texts.messages import message
from desktop.ui.context import READ_ONLY
from desktop.ui.kit.flow import FlowStep
from desktop.ui.payment.session import VoucherSession
from desktop.ui.shell.state import Segment


@dataclass(frozen=True, slots=True)
class BandText:
    """A band's kind, bold words and sentence, and the word on its button, if it has one."""

    kind: str
    title: str
    text: str
    remedy: str = ""


_FIXED = {
    State.SEALED: ("wait", tr("正在等待送出"), tr("已封入待送出的批次，内容不能再改。")),
    State.SUBMITTED: ("ok", tr("已送达财政"), tr("等待财政审核，内容不能再改。")),
    State.PART_REFUNDED: ("ok", tr("已支付，部分退款"), tr("退回的钱已回到指标。")),
    State.REFUNDED: ("ok", tr("已全额退款"), tr("退回的钱已回到指标。")),
    State.PAID: ("ok", tr("已支付"), tr("银行已付款，本单办结。")),
    State.VOIDED: ("neutral", tr("已作废"), tr("号码保留，只能查看。")),
}


def moment(at: str) -> str:
    """Return a stored time for people: ``11-20 10:36``."""
    return f"{at[5:10]} {at[11:16]}" if len(at) >= 16 else at


def comment_words(comment: ReturnComment) -> str:
    """Return who gave a document back, when and why: a sentence with one stop, however the writer ended it."""
    reason = comment.text.strip().rstrip("。；;")
    said = tr("{by} {at}：{reason}", by=comment.by, at=moment(comment.at), reason=reason).strip("： ")
    return said if said.endswith(("！", "？", "!", "?")) else f"{said}。"


def band_of(session: VoucherSession) -> BandText | None:
    """Return what the band says; None when the voucher may simply be typed into."""
    document, seat = session.document, session.context.seat()
    if document is None:
        return None
    if document.state is State.SEALED and session.context.sending:
        return BandText("wait", tr("正在送出"), tr("正在送往财政，内容不能改。送完这里自动更新。"))
    if document.state in _FIXED:
        return BandText(*_FIXED[document.state])
    if document.state is State.ACCEPTED:
        return BandText("ok", tr("财政已接收"), tr("财政编号 {no}，等待银行付款。", no=document.central_no))
    if document.state is State.RETURNED and document.comment is not None:
        own = document.head.maker == seat.officer and session.context.makes()
        after = tr("额度已恢复。点“更正并重报”修改后再送。") if own else tr("等待经办更正。")
        return BandText("error", tr("财政退回"), f"{comment_words(document.comment)}{after}")
    if document.state is State.DRAFT:
        return _draft(session, document)
    return _in_hand(session, document)


def _draft(session: VoucherSession, document: Document) -> BandText | None:
    if document.comment is not None:
        return BandText("warning", tr("退回意见"), comment_words(document.comment))
    if session.editable():
        return None
    if session.context.readonly:
        return BandText("neutral", tr("只能查看"), f"{READ_ONLY}。")
    maker = session.desk.officers.get(document.head.maker, "")
    return BandText("neutral", tr("只能查看"), tr("经办 {maker} 正在填写，还没有送复核。", maker=maker))


def _in_hand(session: VoucherSession, document: Document) -> BandText | None:
    seat, desk = session.context.seat(), session.desk
    if session.acts() and seat.post is not Post.MAKER:
        return None
    if session.context.readonly:
        return BandText("neutral", tr("只能查看"), f"{READ_ONLY}。")
    if seat.post is not Post.MAKER and document.head.maker == seat.officer:
        told = message("M24", other="、".join(_others(session, "checker")) or tr("其他复核人"))
        return BandText("warning", told.title, told.body, told.verbs[0])
    if seat.post is Post.HEAD and document.state is State.CHECKED:
        limit = format_yuan(desk.head_from)
        return BandText("neutral", tr("不需要您签章"), tr("金额不到 {limit} 元，由签章人签章即可。", limit=limit))
    waits = {
        State.PRESENTED: (tr("等待复核"), tr("已交给复核人，内容不能再改。")),
        State.CHECKED: (tr("等待签章"), tr("已复核，额度已占用。")),
        State.SIGNED: (tr("可以报送"), tr("已签章，下次同步时送出。")),
    }
    title, text = waits[document.state]
    own = document.head.maker == seat.officer and session.context.makes()
    return BandText("info", title, f"{text}{tr('要修改请先撤回。')}" if own else text)


def _others(session: VoucherSession, post: str) -> tuple[str, ...]:
    return tuple(name for name in session.desk.posts.get(post, ()) if name != session.context.seat().name)


def segments_of(session: VoucherSession, purpose: str) -> list[Segment]:
    """Return what the status bar says of a voucher: how long the typed purpose is, and the amount in words."""
    most = session.facts.parameters.text("purpose_max")
    length = Segment(tr("用途"), tr("{length} / {most} 字", length=len(purpose.strip()), most=most))
    return [length, Segment(tr("大写"), session.voucher.amount_in_words)] if session.voucher.amount else [length]


# -- flow

_REACHED = {State.DRAFT: 0, State.RETURNED: 3, State.PRESENTED: 1, State.CHECKED: 2, State.SIGNED: 3, State.SEALED: 3,
            State.SUBMITTED: 4, State.ACCEPTED: 4, State.PAID: 5, State.PART_REFUNDED: 5, State.REFUNDED: 5,
            State.VOIDED: 0}


def flow_of(session: VoucherSession) -> list[FlowStep]:
    """Return the five steps 经办 → 复核 → 签章 → 已送达 → 已支付, who and when under each."""
    document = session.document
    state = session.state
    marks = document.signatures if document is not None else ()
    reached = _REACHED[state]
    maker = session.desk.officers.get(session.voucher.head.maker, session.context.seat().name)
    at = moment(document.updated_at) if document is not None and reached == 0 else ""
    signers = [mark for mark in marks if mark.role is not Post.CHECKER]
    notes = (
        " · ".join(part for part in (maker, at) if part),
        _signed(marks[:1]) or _names(session, "checker"),
        _signed(signers) or _names(session, "signer"),
        _sent_note(document, reached),
        tr("银行回单") if reached < 5 else tr("已办结"),
    )
    sent = tr("财政退回") if state is State.RETURNED else tr("已送达")
    words = (tr("经办"), tr("复核"), tr("签章"), sent, tr("已支付"))
    steps = enumerate(zip(words, notes, strict=True))
    return [FlowStep(word, note, _mode(at, reached, state)) for at, (word, note) in steps]


def _mode(at: int, reached: int, state: State) -> str:
    if state is State.RETURNED and at == 3:
        return "failed"
    if state is State.VOIDED:
        return "later"
    return "done" if at < reached else "now" if at == reached else "later"


def _signed(marks: tuple[SignatureMark, ...] | list[SignatureMark]) -> str:
    if not marks:
        return ""
    return " · ".join(["、".join(mark.officer_name for mark in marks), moment(marks[-1].at)])


def _names(session: VoucherSession, post: str) -> str:
    names = list(session.desk.posts.get(post, ()))
    if post == "signer" and session.voucher.amount >= session.desk.head_from:
        names += [name for name in session.desk.posts.get("head", ()) if name not in names]
    return "、".join(names[:2])


def _sent_note(document: Document | None, reached: int) -> str:
    if document is not None and document.state is State.RETURNED and document.comment is not None:
        return moment(document.comment.at)
    if reached <= 3 or document is None:
        return tr("等待同步")
    return document.central_no or tr("等待审核")
