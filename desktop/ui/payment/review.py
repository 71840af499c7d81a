"""复核 view of an open voucher: the bar, the attachments beside the paper, and the keys of those who check and sign."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.domain.document import Post, State
from desktop.texts import tr
from desktop.ui.documents.actions import Act
from desktop.ui.kit.inspector import InspectorPlace
from desktop.ui.payment.review_bar import ReviewBar
from desktop.ui.payment.review_pane import ReviewPane
from desktop.ui.payment.series import ReviewSeries
from desktop.ui.payment.session import VoucherSession


class ReviewView(QObject):
    """On while somebody who is no maker looks at a stored voucher; off, nothing of it is seen.

    Args:
        session: The voucher.
        series: Of the page.
        editor: Its screen.
        title: The line over the voucher: arrows there lead to the other vouchers too.

    Signals:
        go_wanted(str): Doc id of the voucher to be shown instead.
        act_wanted(object): An `Act`, by its key.
        said(str, str): A short message and its kind.
    """

    go_wanted = Signal(str)
    act_wanted = Signal(object)
    said = Signal(str, str)

    def __init__(self, session: VoucherSession, series: ReviewSeries, editor: QWidget, title: QWidget) -> None:
        super().__init__(editor)
        self._session, self._series, self._editor = session, series, editor
        self.bar, self.pane = ReviewBar(session, series), ReviewPane(session)
        self.bar.hide()
        self.bar.go_wanted.connect(self.go_wanted)
        series.changed.connect(self._turned)
        editor.installEventFilter(self)
        places = [(editor, "J", 1), (editor, "K", -1)]
        places += [(part, word, step) for part in (title, self.bar) for word, step in (("Down", 1), ("Up", -1))]
        self._keys = [self._key(part, word, partial(self.bar.go, step)) for part, word, step in places]
        self._keys += [self._key(editor, "Y", partial(self._act, Act.CHECK, Act.SIGN)),
                       self._key(editor, "N", partial(self._act, Act.SEND_BACK))]

    def stand(self, row: QHBoxLayout) -> None:
        """Take the place at the right of the paper, or over it where the screen is narrow."""
        self._place = InspectorPlace(self.pane, self._editor, row, lambda: self.pane.fit(self._editor.width()))
        self._place.allow(False)
        self.pane.grown.connect(self._place.fit)

    def on(self) -> bool:
        """Say whether the person at the screen checks or signs: makers fill in, others look."""
        return self._session.document is not None and self._session.context.seat().post is not Post.MAKER

    def look(self) -> None:
        """Show the view, or put it away, and what it says now."""
        on = self.on()
        self.bar.setVisible(on)
        for key in self._keys:
            key.setEnabled(on)
        if on:
            self.pane.look()
            self.bar.look()
        self._place.allow(on)

    def toggle(self) -> None:
        """Show the attachments or put them away (F4)."""
        self._place.toggle()

    def show_invoice(self, at: int) -> None:
        """Bring an invoice into sight."""
        if self.pane.isHidden():
            self._place.toggle()
        self.pane.show_invoice(at)

    def decided(self, act: Act, words: str) -> None:
        """Count a voucher that was passed or given back, and go on to the next one, if there is any."""
        series, voucher = self._series, self._session.voucher
        doc_id = voucher.head.doc_id
        following = series.beside(doc_id, 1)
        series.decide(doc_id, act, voucher.amount)
        if following:
            left = series.place(doc_id).left
            self.said.emit(tr("{words}这是下一张，还有 {count} 张。", words=words, count=left), "ok")
            self.go_wanted.emit(following)
        else:
            self.said.emit(tr("{words}这一轮办完了：{done}。", words=words, done=series.summary()), "ok")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and self.on():
            self._series.arrive(self._session.voucher.head.doc_id)
        elif event.type() == QEvent.Type.Hide:
            self._series.depart(self._session.voucher.head.doc_id)
        return super().eventFilter(watched, event)

    def _turned(self) -> None:
        if self.on() and self._editor.isVisible():
            self.bar.look()

    def _act(self, *acts: Act) -> None:
        legal = self._session.acts()
        act = next((one for one in acts if one in legal), None)
        if act is not None:
            self.act_wanted.emit(act)
        elif self._session.state in (State.PRESENTED, State.CHECKED):
            self.said.emit(tr("这一张不能由您办理，原因写在上面。"), "warning")

    @staticmethod
    def _key(part: QWidget, word: str, call: Callable[[], None]) -> QShortcut:
        key = QShortcut(QKeySequence(word), part)
        key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        key.setAutoRepeat(False)  # a key held down too long must not pass a voucher that nobody looked at
        key.activated.connect(call)
        return key
