"""One voucher open in one tab: its content, its undo steps, and its copy in the books after every change."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from desktop.domain.document import Document, State
from desktop.domain.head import Acknowledgement
from desktop.domain.voucher import PaymentVoucher
from desktop.domain.voucher_rules import RuleResult, paired
from desktop.texts import tr
from desktop.ui.context import Context
from desktop.ui.documents.actions import Act, legal_acts, standing_of
from desktop.ui.documents.arrivals import differs, leaves_draft
from desktop.ui.documents.content import Autosave
from desktop.ui.payment.reading import Desk, Look, keep, keep_and_present, open_voucher, take_file
from desktop.usecases.hand_over import HandedOver
from desktop.usecases.ports import Books
from desktop.usecases.take_evoucher import Taken, attach, detach

UNDO_STEPS = 200


class _ContentStep(QUndoCommand):
    """The whole content before and after: it is an immutable value, so nothing else has to be remembered."""

    def __init__(self, session: "VoucherSession", old: PaymentVoucher, new: PaymentVoucher, word: str) -> None:
        super().__init__(word)
        self._session, self._old, self._new = session, old, new

    def redo(self) -> None:
        self._session.show(self._new)

    def undo(self) -> None:
        self._session.show(self._old)


class VoucherSession(QObject):
    """Holds a voucher, saves every change at once, and keeps what the rules say of it.

    Signals:
        content_changed(): Another content is to be shown.
        looked(): The rules have spoken, or the document's standing changed.
        saved(): The content on the screen lies in the books.
        failed(object): The content could not be saved; the exception. It stays on the screen.
        outdated(object): The document in the books is another one, which is not shown over what is being typed.
        followed(): The document changed in the books, and is shown as it is now.
    """

    content_changed = Signal()
    looked = Signal()
    saved = Signal()
    failed = Signal(object)
    outdated = Signal(object)
    followed = Signal()

    def __init__(self, context: Context, desk: Desk, look: Look, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.context, self.desk = context, desk
        self.voucher, self.document, self.facts = look.voucher, look.document, look.facts
        self.report, self.evouchers, self.flaws = look.report, look.evouchers, look.flaws
        self.undo_stack = QUndoStack(self)
        self.undo_stack.setUndoLimit(UNDO_STEPS)
        self.touched: set[str] = set()
        self.reviewed = look.document is not None or bool(look.voucher.purpose or look.voucher.amount)
        self._presenting, self._writer = False, context.seat()
        self._newer: Document | None = None  # in the books, in place of the one on the screen
        self._aside: PaymentVoucher | None = None  # typed over a document that meanwhile is no draft any more
        self.saving: Autosave[Look] = Autosave(
            context, self._work, self._kept, self.failed.emit, self,
            topic=lambda: "" if self.document is not None else "documents",
        )

    # -- standing

    @property
    def state(self) -> State:
        """Where the document stands; a voucher that is not stored is a draft."""
        return self.document.state if self.document is not None else State.DRAFT

    def editable(self) -> bool:
        """Say whether the person at the screen may type into it."""
        seat = self.context.seat()
        own = self.context.makes() and self.voucher.head.maker == seat.officer
        return own and self.state is State.DRAFT and not self._presenting

    def acts(self) -> tuple[Act, ...]:
        """Return the steps that the person at the screen may take now."""
        if self.document is None:
            return (Act.PRESENT,) if self.editable() else ()
        acts = legal_acts(standing_of(self.document), self.context.seat(), self.desk.head_from)
        never_sent = self.state is State.DRAFT and self.voucher.head.revision == 1
        return tuple(Act.DISCARD if act is Act.VOID and never_sent else act for act in acts)

    # -- findings

    def findings(self) -> list[RuleResult]:
        """Return the findings worth showing: before F8, none about a field that nobody has come to yet."""
        return [result for result in self.report if result.level is not None and not self._pending(result)]

    def pending(self) -> int:
        """Return how many findings are about fields that nobody has come to yet."""
        return sum(result.level is not None and self._pending(result) for result in self.report)

    def passed(self) -> list[RuleResult]:
        """Return the rules that passed."""
        return [result for result in self.report if result.level is None]

    def touch(self, *groups: str) -> None:
        """Remember that somebody has come to these fields: from now on their findings are shown."""
        if not self.touched.issuperset(groups):
            self.touched.update(groups)
            self.looked.emit()

    def review(self) -> None:
        """Show every finding from now on (F8)."""
        self.reviewed = True
        self.looked.emit()

    def _pending(self, result: RuleResult) -> bool:
        if self.reviewed or result.where.startswith("evouchers["):
            return False
        return group_of(result.where) not in self.touched

    # -- content

    def change(self, voucher: PaymentVoucher, word: str) -> None:
        """Take a changed content as one undo step, and save it."""
        voucher = self._paired(voucher)
        if voucher != self.voucher and self.editable():
            self.undo_stack.push(_ContentStep(self, self.voucher, voucher, word))

    def show(self, voucher: PaymentVoucher) -> None:
        """Show a content and save it; undo steps come back through here."""
        self.put(voucher)
        self.tell()

    def put(self, voucher: PaymentVoucher) -> None:
        """Take a content that the grid's own undo step changes; `tell` follows once the step is through."""
        self.voucher = self._paired(voucher)

    def _paired(self, voucher: PaymentVoucher) -> PaymentVoucher:
        return paired(voucher, self.desk.unit.kind, self.desk.pairs)

    def tell(self) -> None:
        """Show what `put` took, and save it."""
        self.content_changed.emit()
        self.save()

    def save(self) -> None:
        """Save the content; changes made meanwhile are saved right after."""
        if self.saving.held and self._newer is not None:
            self.outdated.emit(self._newer)
        elif self.editable():
            self._writer = self.context.seat()  # not who may sit here when it is written
            self.saving.request()

    def finish(self) -> None:
        """Save what is still waiting, or could not be saved before; called before the tab goes."""
        self.saving.finish()

    def _work(self) -> Callable[[Books], Look]:
        voucher, seat = self.voucher, self._writer
        return lambda books: keep(books, seat, voucher)

    def _kept(self, look: Look) -> None:
        if self._presenting:
            return
        had = self.document.problems_count if self.document is not None else 0
        self._take(look)
        if self.saving.busy():
            return
        self.saved.emit()
        if look.document is not None and bool(had) != bool(look.document.problems_count):
            self.context.changed.emit("documents")

    def _not_presented(self, error: Exception) -> None:
        self._presenting = False
        self.saving.refused(error)

    def _take(self, look: Look) -> None:
        self.document, self.facts, self.report = look.document, look.facts, look.report
        self.evouchers, self.flaws = look.evouchers, look.flaws
        self.looked.emit()

    def fill_from(self, source: PaymentVoucher) -> None:
        """Take the content of another voucher (复制上张); number, date and identity stay this one's."""
        self.reviewed = True
        self.change(replace(source, head=self.voucher.head, date=self.voucher.date), tr("复制上张"))

    # -- steps

    def reload(self, typing: Callable[[], bool] = lambda: False) -> None:
        """Read the document again, unless it is being saved; what is not in the books stays on the screen.

        Args:
            typing: Says, once it is read, whether something is being typed that was not taken yet.
        """
        if self.document is None or self._in_hand():
            return
        doc_id = self.voucher.head.doc_id
        self.context.run(self, lambda books: open_voucher(books, doc_id), lambda look: self._reloaded(look, typing()))

    def _reloaded(self, look: Look, typing: bool) -> None:
        if self._in_hand():
            return
        other = differs(self.document, look.document)
        unsaved = typing or self.saving.error is not None
        if other and unsaved:
            # A draft may be saved over, the other content stays in its history; anything else must not be.
            self.saving.held = leaves_draft(look.document)
            self._newer = look.document
            self.outdated.emit(look.document)
        elif not self.saving.held and self.saving.error is None:
            self._arrive(look)
            if other:
                self.followed.emit()

    def take_newest(self, then: Callable[[bool], None]) -> None:
        """Show the document as it lies in the books (查看更新); what was typed comes back with undo.

        Args:
            then: Gets whether it can be typed into; called only when something typed was put aside.
        """
        mine, doc_id = self.voucher, self.voucher.head.doc_id
        self.saving.forget()

        def back(look: Look) -> None:
            self.saving.held, self._newer = False, None
            aside = mine if mine != look.voucher else None
            self._aside = aside
            self._arrive(look)
            if aside is not None:
                then(self.editable())

        self.context.run(self, lambda books: open_voucher(books, doc_id), back)

    def _bring_back(self) -> None:
        """Put what was typed and set aside behind the present content, one undo step away."""
        if self._aside is not None and self.editable():
            mine, self._aside = replace(self._aside, head=self.voucher.head), None
            self.undo_stack.push(_ContentStep(self, mine, self.voucher, tr("查看更新")))

    def _in_hand(self) -> bool:
        return self._presenting or self.saving.busy()

    def _arrive(self, look: Look) -> None:
        other = look.voucher != self.voucher
        if other or look.document is None or look.document.state is not State.DRAFT:
            self.undo_stack.clear()
        self.voucher = look.voucher
        if other:
            self.content_changed.emit()
        self._take(look)
        self._bring_back()

    def present(self, then: Callable[[HandedOver], None]) -> None:
        """Save and give to the checker; ``then`` gets what moved and what did not."""
        if self.saving.held and self._newer is not None:
            self.outdated.emit(self._newer)
            return
        voucher, seat = self.voucher, self.context.seat()
        # Until the answer comes nothing may be typed or saved: a late save would take the voucher back to its draft.
        self._presenting = True
        self.saving.forget()

        def back(result: tuple[HandedOver, Look]) -> None:
            self._presenting = False
            self.reviewed = True
            self._arrive(result[1])
            then(result[0])

        self.context.run(
            self, lambda books: keep_and_present(books, seat, voucher), back, self._not_presented, changes="documents"
        )

    def step(self, work: Callable[[Books], object], then: Callable[[object], None],
             failed: Callable[[Exception], None] | None = None) -> None:
        """Take another step on the document, then look at it again."""
        doc_id = self.voucher.head.doc_id

        def both(books: Books) -> tuple[object, Look]:
            result = work(books)
            return result, open_voucher(books, doc_id)

        def back(result: tuple[object, Look]) -> None:
            self._arrive(result[1])
            then(result[0])

        self.context.run(self, both, back, failed, changes="documents")

    # -- e-vouchers

    def take(self, path: Path, then: Callable[[Taken, bool], None], failed: Callable[[Exception], None]) -> None:
        """Take an e-voucher's file behind the voucher.

        Args:
            then: Gets what was taken, and whether it was new to this voucher.
            failed: Gets the fault of a file that was refused; nothing is changed then.
        """
        seat, read = self.context.seat(), self.context.services.read_evoucher

        def back(taken: Taken) -> None:
            voucher = attach(self.voucher, taken, seat.ids.new())
            new = voucher != self.voucher
            self.touched.update(("lines", "amount", "payee.name"))
            self.change(voucher, tr("加入发票"))
            then(taken, new)

        self.context.run(self, lambda books: take_file(books, seat, path, read), back, failed)

    def drop(self, key: str) -> None:
        """Take an e-voucher out of the voucher; its original stays on file."""
        self.change(detach(self.voucher, key), tr("移除发票"))

    def acknowledge(self, code: str, text: str) -> None:
        """Take the maker's reason for going on in spite of a warning; an empty one takes it away."""
        others = tuple(one for one in self.voucher.acknowledgements if one.code != code)
        own = (Acknowledgement(code, text.strip()),) if text.strip() else ()
        self.change(replace(self.voucher, acknowledgements=others + own), tr("写说明"))


def group_of(where: str) -> str:
    """Return the field that a finding's place belongs to, as `VoucherSession.touch` names it."""
    if where == "evouchers":  # that invoices are missing is of interest once there are lines
        return "lines"
    return where if where.startswith("payee.") else where.partition("[")[0].partition(".")[0]
