"""The line over a voucher: number, state, when it was saved, and the steps that may be taken now."""

from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from desktop.domain.document import Post, State
from desktop.texts import tr
from desktop.texts.messages import message
from desktop.texts.states import pill, pill_key
from desktop.ui.documents.actions import LOOKS, Act
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.panels import Header
from desktop.ui.payment.session import VoucherSession
from desktop.ui.payment.standing import moment

# One key each for those who look at many vouchers; nothing is typed into a voucher that they may check or sign.
_IN_MENU = (Act.VOID, Act.DISCARD)
KEYS = {Act.CHECK: "Y", Act.SIGN: "Y", Act.SEND_BACK: "N"}


class TitleBar(QWidget):
    """Title and tools.

    Signals:
        act_wanted(object): An `Act`.
        review_wanted(), balance_wanted(), drop_line_wanted(), copy_wanted(), print_wanted(), templates_wanted(): The
            other tools.
    """

    act_wanted = Signal(object)
    review_wanted = Signal()
    balance_wanted = Signal()
    drop_line_wanted = Signal()
    copy_wanted = Signal()
    print_wanted = Signal()
    templates_wanted = Signal()
    history_wanted = Signal()

    def __init__(self, session: VoucherSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._header = Header(tr("支付申请"), session.voucher.head.key)
        self.saved = self._header.saved
        self._shown: object = None
        self._primary: Button | None = None
        if session.document is not None and session.editable():
            self.saved.show_saved(tr("{time} 已自动保存", time=moment(session.document.updated_at)))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._header)

    def look(self) -> None:
        """Show where the voucher stands, and the tools that fit."""
        session = self._session
        errors = session.document.problems_count if session.document is not None else 0
        state = session.state
        self._header.set_state(pill_key(state, errors), pill(state, errors))
        shown = (session.acts(), session.editable(), session.document is None, own_to_decide(session))
        if shown != self._shown:
            self._shown = shown
            self._header.set_tools(self._tools())

    def focus_primary(self) -> None:
        """Give the focus to the next step, if there is one."""
        if self._primary is not None:
            self._primary.setFocus(Qt.FocusReason.TabFocusReason)

    def _tools(self) -> list[QWidget]:
        session, acts = self._session, self._session.acts()
        tools: list[QWidget] = []
        fresh = session.document is None
        tip = tr("把最近一张的内容填进来（Ctrl+Shift+D）") if fresh else tr("照这张另开一张（Ctrl+Shift+D）")
        copy = Button(tr("复制上张") if fresh else tr("复制"), "flat", "copy", tip=tip)
        copy.clicked.connect(self.copy_wanted)
        if session.editable():
            tools.append(copy)
        if not fresh:
            paper = Button(tr("打印"), "flat", "printer", tip=tr("打印这张申请书（Ctrl+P）"))
            paper.clicked.connect(self.print_wanted)
            tools.append(paper)
        review = Button(tr("审核"), "flat", "shield", "F8")
        review.clicked.connect(self.review_wanted)
        tools.append(review)
        if session.editable():
            tools.append(self._more(acts))
        self._primary = None
        for act in reversed([act for act in acts if act not in _IN_MENU or not session.editable()]):
            tools.append(self._act(act, acts))
        if own_to_decide(session):
            tools += [self._not_own(act) for act in (Act.SEND_BACK, Act.CHECK)]
        return tools

    @staticmethod
    def _not_own(act: Act) -> Button:
        button = Button(LOOKS[act].word, "second", LOOKS[act].icon, KEYS[act], live=False,
                        tip=message("M24", other="").title)
        button.setEnabled(False)
        return button

    def _act(self, act: Act, acts: tuple[Act, ...]) -> Button:
        look, first = LOOKS[act], act is acts[0]
        kind = "primary" if first else "danger" if act is Act.VOID else "second"
        # Its key is the review view's: one that is held down may count once only.
        button = Button(look.word, kind, look.icon, KEYS.get(act, ""), live=False)
        button.clicked.connect(lambda: self.act_wanted.emit(act))
        if first:
            button.setAutoDefault(True)
            self._primary = button
        return button

    def _more(self, acts: tuple[Act, ...]) -> Button:
        menu = QMenu(self)
        for words, call in ((tr("常用模板\tCtrl+T"), self.templates_wanted.emit),
                            (tr("自动平衡\tCtrl+F7"), self.balance_wanted.emit),
                            (tr("删除本行\tCtrl+Delete"), self.drop_line_wanted.emit)):
            menu.addAction(words, call)
        menu.addSeparator()
        if self._session.document is not None:
            menu.addAction(tr("修改记录…"), self.history_wanted.emit)
        for act in acts:
            if act in _IN_MENU:
                menu.addAction(LOOKS[act].word, partial(self.act_wanted.emit, act))
        button = Button("", "flat", "more", tip=tr("更多"))
        button.clicked.connect(lambda: menu.popup(button.mapToGlobal(QPoint(0, button.height()))))
        return button


def own_to_decide(session: VoucherSession) -> bool:
    """Say whether a checker looks at a voucher that waits for a check and that they made themselves (M24)."""
    seat, document = session.context.seat(), session.document
    waits = document is not None and document.state is State.PRESENTED
    return waits and seat.post is Post.CHECKER and session.voucher.head.maker == seat.officer


def tab_title(session: VoucherSession) -> str:
    """Return the words of the voucher's tab: its purpose and the end of its number."""
    purpose = session.voucher.purpose.strip() or tr("新支付申请")
    number = session.voucher.head.key.rpartition("-")[2]
    return f"{purpose[:7]}… {number}" if len(purpose) > 8 else f"{purpose} {number}"


def not_sent(session: VoucherSession) -> bool:
    """Tell whether the platform does not have the voucher as it stands here: the dot on its tab."""
    state = session.document.state if session.document is not None else State.DRAFT
    return state in (State.DRAFT, State.PRESENTED, State.CHECKED, State.SIGNED, State.SEALED, State.RETURNED)
