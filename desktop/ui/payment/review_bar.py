"""The bar over a voucher that is being checked or signed: 第 3 / 12 张, the way to the others, and the open key."""

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QWidget

from desktop.domain.document import Post
from desktop.domain.money import format_yuan
from desktop.texts import tr
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.icons import qcolor
from desktop.ui.kit.labels import Label
from desktop.ui.kit.paint import hairline
from desktop.ui.payment.series import ReviewSeries
from desktop.ui.payment.session import VoucherSession

MOST_LISTED = 20


class ReviewBar(QWidget):
    """Shown to checkers and signers only.

    Signals:
        go_wanted(str): Doc id of the voucher to be shown instead of this one.
    """

    go_wanted = Signal(str)

    def __init__(self, session: VoucherSession, series: ReviewSeries, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._series = session, series
        self.count = Button("", "flat", "list", tip=tr("看这一轮还有哪些"))
        self.before = Button(tr("上一张"), "flat", "arrow-left", "K", live=False, tip=tr("看上一张（K 或 ↑）"))
        self.after = Button(tr("下一张"), "flat", "arrow-right", "J", live=False, tip=tr("看下一张（J 或 ↓）"))
        self.told = Label("", "caption", "text2")
        self.told.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.end = Button(tr("收起口令"), "link", tip=tr("这一轮到此为止，再签要重新输入口令"))
        self.count.clicked.connect(self._show_queue)
        self.before.clicked.connect(lambda: self.go(-1))
        self.after.clicked.connect(lambda: self.go(1))
        self.end.clicked.connect(series.hold.drop)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 2, 16, 2)
        row.setSpacing(4)
        for part in (self.before, self.count, self.after):
            row.addWidget(part)
        row.addSpacing(8)
        row.addWidget(self.told, 1)
        row.addWidget(self.end)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def go(self, step: int) -> None:
        """Go to the next voucher that waits (1) or the one before (-1)."""
        found = self._series.beside(self._session.voucher.head.doc_id, step)
        if found:
            self.go_wanted.emit(found)

    def look(self) -> None:
        """Show where this voucher stands in the series now."""
        series, doc_id = self._series, self._session.voucher.head.doc_id
        place = series.place(doc_id)
        if place.at:
            self.count.setText(tr("第 {at} / {total} 张", at=place.at, total=place.total))
        else:
            self.count.setText(tr("待办 {count} 张", count=place.left))
        self.count.setAccessibleName(self.count.text())
        self.count.setEnabled(bool(series.queue()))
        for button, step in ((self.before, -1), (self.after, 1)):
            button.setEnabled(bool(series.beside(doc_id, step)))
        held = series.hold.key_of(self._session.context.seat().officer) is not None
        self.end.setVisible(held)
        self.told.setText(self._words(held=held, left=place.left))
        self.told.setToolTip(self.told.text())
        self.updateGeometry()

    def _words(self, *, held: bool, left: int) -> str:
        done = self._series.summary()
        if held:
            now = tr("口令已输入，这一轮不再问。")
        elif left:
            now = tr("看清楚再按 Y；口令一轮只输一次。")
        else:
            now = tr("没有等您办理的了。")
        return tr("本轮{done}。{now}", done=done, now=now) if done else now

    def _show_queue(self) -> None:
        menu = QMenu(self)
        here = self._session.voucher.head.doc_id
        listed = self._series.queue()
        for one in listed[:MOST_LISTED]:
            words = tr("{number}　{payee}　{amount}", number=one.key.rpartition("-")[2],
                       payee=one.payee or tr("没有收款人"), amount=format_yuan(one.amount))
            if one.own:
                action = menu.addAction(f"{words}　{self._why_not()}")
                action.setEnabled(False)
                continue
            action = menu.addAction(words)
            action.setCheckable(True)
            action.setChecked(one.doc_id == here)
            action.triggered.connect(lambda _=False, doc_id=one.doc_id: self._choose(doc_id))
        if len(listed) > MOST_LISTED:
            menu.addAction(tr("还有 {count} 张，按 J 往下看", count=len(listed) - MOST_LISTED)).setEnabled(False)
        menu.popup(self.count.mapToGlobal(QPoint(0, self.count.height())))

    def _choose(self, doc_id: str) -> None:
        if doc_id != self._session.voucher.head.doc_id:
            self.go_wanted.emit(doc_id)

    def _why_not(self) -> str:
        names = [name for name in self._session.desk.posts.get(self._session.context.seat().post.value, ())
                 if name != self._session.context.seat().name]
        other = "、".join(names[:2]) or tr("其他人")
        checks = self._session.context.seat().post is Post.CHECKER
        if checks:
            return tr("自己经办的，请由{other}复核", other=other)
        return tr("自己经办的，请由{other}签章", other=other)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), qcolor("alt"))
        hairline(painter, self.rect(), "bottom")
