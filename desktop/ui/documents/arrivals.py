"""An open document that changed on arrival, by a sync or at another place: said over it (M20), never in its stead."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from desktop.domain.document import Document, State
from desktop.texts import tr
from desktop.texts.messages import message
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.panels import Band

_BY_SYNC = (State.SUBMITTED, State.ACCEPTED, State.PAID, State.PART_REFUNDED, State.REFUNDED)


class ArrivedBand(Band):
    """The band M20 over a document that holds unsaved typing; hidden until `show_update`.

    Signals:
        wanted(): 查看更新.
        turned(): The band came or went.
    """

    wanted = Signal()
    turned = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        words = message("M20", why="").verbs
        self.look, self.later = Button(words[0], "tonal", "eye"), Button(words[1], "link")
        super().__init__("warning", "", self.look, self.later, parent=parent)
        self.look.clicked.connect(self.wanted)
        self.later.clicked.connect(self.dismiss)
        self.hide()

    def show_update(self, document: Document) -> None:
        """Say that the document, which lies in the books like this now, is another one than on the screen."""
        told = message("M20", why=_why(document))
        self.set_content("warning", told.body, told.title)
        self.show()
        self.turned.emit()

    def dismiss(self) -> None:
        """Go (稍后, or once the newest content is shown)."""
        if not self.isHidden():
            self.hide()
            self.turned.emit()


def is_typing(page: QWidget) -> bool:
    """Say whether something is being typed on a page that was not taken yet: in a field, or in an open cell."""
    focus = QApplication.focusWidget()
    if focus is None or not page.isAncestorOf(focus):
        return False
    around = focus.parentWidget()
    while around is not None and around is not page:
        if isinstance(around.parentWidget(), QAbstractItemView):
            return isinstance(focus, (QLineEdit, QPlainTextEdit, QTextEdit))
        around = around.parentWidget()
    if isinstance(focus, QLineEdit):
        return focus.isModified() and not focus.isReadOnly()
    return isinstance(focus, (QPlainTextEdit, QTextEdit)) and focus.document().isModified() and not focus.isReadOnly()


def differs(shown: Document | None, stored: Document | None) -> bool:
    """Say whether a document in the books is another one than the screen shows: its content or its standing."""
    if shown is None or stored is None:
        return shown is not stored
    return _marks(shown) != _marks(stored)


def leaves_draft(stored: Document | None) -> bool:
    """Say whether typing must not be saved over what is stored: a draft keeps its older content, others would fall."""
    return stored is None or stored.state is not State.DRAFT


def followed_words() -> str:
    """Return the short message for a page that shows the newest content by itself."""
    return tr("{title}，已显示最新内容。", title=message("M20", why="").title)


def kept_words(*, draft: bool) -> str:
    """Return what is said when 查看更新 has put what was typed aside.

    Args:
        draft: The document can be typed into, so that undo brings it back.
    """
    return tr("已显示最新内容。您刚才输入的还在，按 Ctrl+Z 换回。") if draft else tr(
        "已显示最新内容。您刚才输入的还留着，单据回到草稿后按 Ctrl+Z 换回。")


def _marks(document: Document) -> tuple[object, ...]:
    return (document.digest, document.state, document.signatures, document.comment, document.central_no)


def _why(document: Document) -> str:
    if document.state is State.RETURNED:
        return tr("同步收到财政退回意见")
    return tr("同步收到了新的结果") if document.state in _BY_SYNC else tr("它在另一处改过")
