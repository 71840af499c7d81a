"""Take documents along their life from a page: ask what has to be asked, run the use case, say how it ended."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.document import Document, Post, State, roles_needed
from desktop.domain.fault import Fault
from desktop.texts import faults, tr
from desktop.texts.messages import message
from desktop.texts.problems import describe
from desktop.ui.context import READ_ONLY, Context
from desktop.ui.documents.actions import LOOKS, Act, legal_acts, standing_of
from desktop.ui.kit.dialogs import Verb, ask, ask_secret, ask_text
from desktop.usecases.hand_over import Blocked, HandedOver, check, present, send_back, sign
from desktop.usecases.ports import Books
from desktop.usecases.problems_of import amount_of
from desktop.usecases.seat import Seat
from desktop.usecases.write_document import recall, reopen, void
from sync.faults import ExchangeFault

_LOCKED = {
    State.DRAFT: tr("正在办理，请稍候"),
    State.PRESENTED: tr("已送复核，撤回后才能修改"),
    State.CHECKED: tr("已复核，撤回后才能修改"),
    State.SIGNED: tr("已签章，撤回后才能修改"),
    State.SEALED: tr("已封存，等待送出，不能修改"),
    State.SUBMITTED: tr("已送达财政，等待审核，不能修改"),
    State.ACCEPTED: tr("财政已接收，不能修改"),
    State.RETURNED: tr("已退回，点“更正并重报”后修改"),
    State.VOIDED: tr("已作废，不能修改"),
}
HandOver = Callable[[Books, Seat, Sequence[str]], HandedOver]
_ENDED = {
    Act.PRESENT: tr("已送复核，等待复核人审核。"),
    Act.CHECK: tr("复核通过，已送签章。"),
    Act.SIGN: tr("签章完成。"),
    Act.SEND_BACK: tr("已退回经办。"),
    Act.RECALL: tr("已撤回到草稿，可以继续修改。"),
    Act.REOPEN: tr("已打开为新的一版，改好后重新送复核。"),
    Act.VOID: tr("已作废。"),
}


@dataclass(frozen=True, slots=True)
class Subject:
    """The documents that a page acts on together and how it calls them; the first gives the name to questions."""

    documents: tuple[Document, ...]
    name: str

    def acts(self, seat: Seat, head_from: Decimal) -> tuple[Act, ...]:
        """Return the steps that a person may take on any of them, the most wanted first."""
        found = {act for document in self.documents for act in _acts(document, seat, head_from)}
        return tuple(act for act in Act if act in found)

    def ids(self, act: Act, seat: Seat, head_from: Decimal) -> list[str]:
        """Return the doc ids that a step may be taken on."""
        return [one.head.doc_id for one in self.documents if act in _acts(one, seat, head_from)]


def _acts(document: Document, seat: Seat, head_from: Decimal) -> tuple[Act, ...]:
    if seat.post not in (Post.MAKER, *roles_needed(document.head.kind, amount_of(document.content), head_from)):
        return ()
    return legal_acts(standing_of(document), seat, head_from)


class Approval(QObject):
    """Runs steps for a page.

    Args:
        context: Runs the work.
        page: Over which questions stand.
        say: Shows a short message: text and kind.
        hand_over: The use case that gives documents to the checker.

    Signals:
        running(bool): A step is being taken: nothing may be typed, a late save would take the document back. False
            when it did not move; when it did, the page reads the document anew.
        done(object): An `Act` went through.
        blocked(object): A list of `Blocked`: the documents that stayed, with their problems.
    """

    running = Signal(bool)
    done = Signal(object)
    blocked = Signal(object)

    def __init__(
        self, context: Context, page: QWidget, say: Callable[[str, str], None], hand_over: HandOver = present
    ) -> None:
        super().__init__(page)
        self._context, self._page, self._say, self._hand_over = context, page, say, hand_over

    def take(self, act: Act, doc_ids: Sequence[str], name: str) -> None:
        """Take a step on documents; nothing happens when the user steps back."""
        if not doc_ids:
            return
        if LOOKS[act].signs:
            self._sign(act, list(doc_ids), name)
        elif act is Act.PRESENT:
            seat = self._context.seat()
            self._run(act, lambda books: self._hand_over(books, seat, doc_ids))
        elif act is Act.SEND_BACK:
            self._send_back(list(doc_ids), name)
        else:
            self._step(act, list(doc_ids), name)

    def _step(self, act: Act, doc_ids: list[str], name: str) -> None:
        seat = self._context.seat()
        steps: dict[Act, Callable[[Books, Seat, str], object]] = {
            Act.RECALL: recall, Act.REOPEN: reopen, Act.VOID: void,
        }
        work = steps[act]
        if act is not Act.REOPEN:
            said = (message("M25", count=len(doc_ids), measure=tr("份")) if act is Act.RECALL
                    else message("M26-VOID", title=name))
            kind = "second" if act is Act.RECALL else "danger"
            verbs = (Verb("go", said.verbs[0], kind), Verb("back", said.verbs[1]))
            if ask(said.title, said.body, verbs, parent=self._page) != "go":
                return

        def all_of(books: Books) -> HandedOver | None:
            for doc_id in doc_ids:
                work(books, seat, doc_id)
            return None

        self._run(act, all_of)

    def _send_back(self, doc_ids: list[str], name: str) -> None:
        seat = self._context.seat()
        title = tr("退回经办")
        reason = ask_text(
            title, tr("“{name}”将回到经办人手里。请写明哪里要改。", name=name), verb=tr("退回"), parent=self._page
        )
        if reason is None:
            return

        def all_of(books: Books) -> HandedOver | None:
            for doc_id in doc_ids:
                send_back(books, seat, doc_id, reason)
            return None

        self._run(Act.SEND_BACK, all_of)

    def _sign(self, act: Act, doc_ids: list[str], name: str, again: str = "") -> None:
        seat, vault = self._context.seat(), self._context.vault
        word = LOOKS[act].word
        body = again or tr("{who}，请输入签名口令：{word}“{name}”。", who=seat.name, word=word, name=name)
        pin = ask_secret(word, body, verb=word, hint=tr("签名口令"), parent=self._page)
        if pin is None:
            return

        def work(books: Books) -> HandedOver:
            key = vault.unlock(seat.officer, pin)
            step = check if seat.post is Post.CHECKER else sign
            return step(books, seat, key, doc_ids)

        def failed(error: Exception) -> None:
            if isinstance(error, (Fault, ExchangeFault)) and error.code == "PIN_WRONG":
                self._sign(act, doc_ids, name, faults.sentence(error.code, error.facts))
            else:
                self._context.failed.emit(error)

        self._run(act, work, failed)

    def _run(
        self,
        act: Act,
        work: Callable[[Books], HandedOver | None],
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        def back(handed: HandedOver | None) -> None:
            if handed is not None and handed.blocked:
                self.running.emit(False)
                self.blocked.emit(list(handed.blocked))
                return
            self._say(_ENDED[act], "ok")
            self.done.emit(act)

        def refused(error: Exception) -> None:
            self.running.emit(False)
            (failed or self._context.failed.emit)(error)

        self.running.emit(True)
        self._context.run(self, work, back, refused, changes="documents")


def locked_words(document: Document, seat: Seat, *, sending: bool = False) -> str:
    """Return why a document cannot be typed into by this person; it is known that it cannot.

    Args:
        document: As it is stored.
        seat: Who is at the screen.
        sending: A sync is sending now, so that what is sealed is on its way.
    """
    if sending and document.state is State.SEALED:
        return tr("正在送出，不能修改")
    if seat.looks_only:
        return READ_ONLY
    if seat.post is not Post.MAKER or seat.officer != document.head.maker:
        return tr("由经办人填写，您这里只能查看")
    return _LOCKED.get(document.state, tr("已办结，不能修改"))


def guidance(acts: Sequence[Act]) -> str:
    """Return what a checker or signer is asked to do; empty for others."""
    for act in (Act.CHECK, Act.SIGN):
        if act in acts:
            return tr("请核对内容，点“{word}”签名，或写明原因退回经办。", word=LOOKS[act].word)
    return ""


def why_blocked(blocked: Sequence[Blocked]) -> str:
    """Return the first reason of every document that stayed, in one paragraph."""
    return "".join(describe(one.problems[0]).sentence for one in blocked if one.problems)

