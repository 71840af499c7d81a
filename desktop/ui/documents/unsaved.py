"""What could not be saved: said over the document, tried again, and asked about before it is left."""

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.document import Refused
from desktop.domain.fault import Fault
from desktop.texts import faults, tr
from desktop.ui.documents.content import Autosave
from desktop.ui.documents.wording import told
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.dialogs import Verb, ask
from desktop.ui.kit.panels import Band
from sync.faults import ExchangeFault

_ADVICE = {
    "DISK_FULL": tr("请清理磁盘。"),
    "DISK_FAILED": tr("请检查磁盘和连线。"),
    "WORKSPACE_UNWRITABLE": tr("请检查磁盘的写保护和权限。"),
    "WORKSPACE_READONLY": tr("请检查磁盘的写保护和权限。"),
    "WORKSPACE_LOCKED": tr("请关闭别处打开的这个单位的窗口。"),
}


class UnsavedBand(Band):
    """The red band over a document: what happened, that nothing is lost yet, and 再试一次; hidden while all is well.

    Args:
        saving: Whose errors are shown.

    Signals:
        turned(): The band came or went.
    """

    turned = Signal()

    def __init__(self, saving: Autosave[Any], parent: QWidget | None = None) -> None:
        self.retry = Button(tr("再试一次"), "tonal", "sync")
        super().__init__("error", "", self.retry, parent=parent)
        self._saving = saving
        self.retry.clicked.connect(saving.request)
        saving.troubled.connect(self._show)
        self._show()

    def _show(self) -> None:
        error = self._saving.error
        if error is not None:
            again = "" if isinstance(error, Refused) else tr("程序每半分钟自动再试一次。")
            words = tr("{why}刚输入的内容还在这里，以前保存的都完整。{again}", why=reason(error), again=again)
            self.set_content("error", words, tr("没有保存"))
        self.setVisible(error is not None)
        self.turned.emit()


def reason(error: Exception) -> str:
    """Return what happened and what to do about it, in whole sentences."""
    if isinstance(error, Refused):
        return told(error)[1]
    if isinstance(error, (Fault, ExchangeFault)):
        text = faults.describe(error.code, error.facts)
        return f"{text.happened}{_ADVICE.get(error.code, text.advice)}"
    return tr("程序出了意外。")


def may_leave(saving: Autosave[Any], name: str, parent: QWidget) -> bool:
    """Tell whether a document may go: at once when it is saved, else as the user decides.

    Args:
        saving: Of the document; what is being typed must have been committed before.
        name: How the question calls the document.
        parent: Over which the question stands.
    """
    saving.settle()
    if saving.error is not None:  # there may be room by now
        saving.request()
        saving.settle()
    while saving.error is not None:
        body = tr("{why}关闭就会丢掉最后一次保存以后输入的内容。可以先处理好再试，也可以返回，内容还在。",
                  why=reason(saving.error))
        verbs = (Verb("retry", tr("再试一次"), "primary"), Verb("leave", tr("仍然关闭"), "danger"),
                 Verb("back", tr("返回")))
        answer = ask(tr("“{name}”没有保存", name=name), body, verbs, level="error", parent=parent)
        if answer == "leave":
            saving.forget()
        elif answer == "back":
            return False
        else:
            saving.request()
            saving.settle()
    return True
