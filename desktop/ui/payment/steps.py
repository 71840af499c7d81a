"""The steps on an open voucher: hand over, check, sign, give back, take back, make void."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.texts import tr
from desktop.texts.messages import message
from desktop.texts.problems import describe
from desktop.ui.documents.actions import Act
from desktop.ui.documents.history import open_history
from desktop.ui.documents.key_hold import KeyHold
from desktop.ui.documents.return_reason import ask_reason
from desktop.ui.documents.signing import ToSign, show_error, sign_with_pin
from desktop.ui.documents.wording import blocked_words
from desktop.ui.kit.dialogs import Verb, ask
from desktop.ui.payment.host import PAGE
from desktop.ui.payment.session import VoucherSession
from desktop.usecases.hand_over import HandedOver, send_back
from desktop.usecases.recycle_bin import BinMove, discard, restore
from desktop.usecases.write_document import recall, reopen, void


class VoucherSteps(QObject):
    """Takes the steps of one session, asks what has to be asked, and says what came of it.

    Signals:
        said(str, str): A short message and its kind, for a toast.
        decided(object, str): It was checked, signed or given back: the `Act` and the words for it.
        blocked(): The voucher stayed where it was: its findings are to be shown.
        discarded(): It lies in the recycle bin; its tab is to be closed.
    """

    said = Signal(str, str)
    decided = Signal(object, str)
    blocked = Signal()
    discarded = Signal()

    def __init__(self, session: VoucherSession, window: QWidget, hold: KeyHold) -> None:
        super().__init__(window)
        self._session, self._window, self._hold = session, window, hold

    def take(self, act: Act) -> None:
        """Take a step that the person may take now."""
        steps: dict[Act, Callable[[], None]] = {
            Act.PRESENT: self._present,
            Act.CHECK: partial(self._sign, Act.CHECK),
            Act.SIGN: partial(self._sign, Act.SIGN),
            Act.SEND_BACK: self._send_back,
            Act.RECALL: self._recall,
            Act.REOPEN: self._reopen,
            Act.VOID: self._void,
            Act.DISCARD: self._discard,
        }
        if act in self._session.acts():
            steps[act]()

    def _present(self) -> None:
        def then(handed: HandedOver) -> None:
            if handed.moved:
                names = "、".join(self._session.desk.posts.get("checker", ()))
                self.said.emit(tr("已送复核，等待 {names} 复核。", names=names or tr("复核人")), "ok")
            else:
                self.blocked.emit()

        self._session.present(then)

    def _sign(self, act: Act) -> None:
        session = self._session

        def then(handed: HandedOver) -> None:
            if handed.moved:
                self.decided.emit(act, tr("已复核，额度已占用。") if act is Act.CHECK else tr("已签章。"))
            else:
                self.said.emit(tr("没有通过：{why}", why=blocked_words(handed.blocked)), "error")
                self.blocked.emit()

        voucher = session.voucher
        batch = ToSign(act, [voucher.head.doc_id], voucher.amount, session.desk.unit.name)
        sign_with_pin(session.context, self._window, batch, session.step, then, hold=self._hold)

    def _send_back(self) -> None:
        session = self._session
        name = session.voucher.purpose.strip() or session.voucher.head.key
        reason = ask_reason(tr("退回经办"), tr("“{name}”回到经办手里，原因写在单据最上面。按数字键勾选。", name=name),
                            parent=self._window)
        if reason is None:
            return
        seat, doc_id = session.context.seat(), session.voucher.head.doc_id
        session.step(lambda books: send_back(books, seat, doc_id, reason),
                     lambda _: self.decided.emit(Act.SEND_BACK, tr("已退回经办。")), self._failed)

    def _recall(self) -> None:
        seat, doc_id = self._session.context.seat(), self._session.voucher.head.doc_id
        self._session.step(lambda books: recall(books, seat, doc_id),
                           lambda _: self.said.emit(tr("已撤回到草稿，可继续修改。"), "ok"), self._failed)

    def _reopen(self) -> None:
        seat, doc_id = self._session.context.seat(), self._session.voucher.head.doc_id
        self._session.step(lambda books: reopen(books, seat, doc_id),
                           lambda _: self.said.emit(tr("已重新打开，请按退回意见修改。"), "ok"), self._failed)

    def _void(self) -> None:
        session = self._session
        told = message("M26-VOID", title=session.voucher.purpose or session.voucher.head.key)
        verbs = (Verb("void", told.verbs[0], "danger"), Verb("keep", told.verbs[1]))
        if ask(told.title, told.body, verbs, default="keep", level="warning", parent=self._window) != "void":
            return
        seat, doc_id = session.context.seat(), session.voucher.head.doc_id
        session.step(lambda books: void(books, seat, doc_id), lambda _: self.said.emit(tr("已作废。"), "ok"),
                     self._failed)

    def show_history(self) -> None:
        """Show who changed what in the voucher (修改记录)."""
        voucher = self._session.voucher
        title = voucher.purpose.strip() or voucher.head.key
        open_history(self._session.context, voucher.head.doc_id, title, self._window)

    def _discard(self) -> None:
        session, context = self._session, self._session.context
        name = session.voucher.purpose.strip() or session.voucher.head.key
        told = message("M26", title=name)
        verbs = (Verb("go", told.verbs[0], "danger"), Verb("keep", told.verbs[1]))
        if ask(told.title, told.body, verbs, default="keep", level="warning", parent=self._window) != "go":
            return
        seat, doc_id = context.seat(), session.voucher.head.doc_id
        session.saving.forget()
        session.saving.held = True  # a late save would find no draft any more

        def back(moved: BinMove) -> None:
            if moved.stayed:
                session.saving.held = False
                self.said.emit(describe(moved.stayed[0].problem).sentence, "warning")
                return
            context.say(tr("“{name}”已移到回收站，30 天内可恢复。", name=name), "ok", action=tr("撤销"), call=undo)
            self.discarded.emit()

        def undo() -> None:
            context.run(context, lambda books: restore(books, seat, [doc_id]),
                        lambda _: context.open_page(PAGE, doc_id), changes="documents")

        def failed(error: Exception) -> None:
            session.saving.held = False
            self._failed(error)

        context.run(self, lambda books: discard(books, seat, [doc_id]), back, failed, changes="documents")

    def _failed(self, error: Exception) -> None:
        show_error(error, self._window)
