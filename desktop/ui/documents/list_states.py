"""What stands in a list's place: rows, grey bars while it is read, one sentence with one button, or why it failed."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop.texts import tr
from desktop.ui.documents.list_kind import TABS, ListKind
from desktop.ui.documents.wording import told
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.panels import Band, EmptyState
from desktop.ui.kit.skeleton import SkeletonRows
from desktop.usecases.lists import BIN

TAB_WORDS = {key: word for key, word in TABS if key != "ALL"}

class ListStates(QStackedWidget):
    """Never a blank white area.

    Signals:
        again(): 重试.
        stopped(): 取消 while it is read.
        copied(): The reason lies on the clipboard.
    """

    again = Signal()
    stopped = Signal()
    copied = Signal()

    def __init__(self, kind: ListKind, rows: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows, self._reason = rows, ""
        self.new = Button(tr("新增一{measure}", measure=kind.measure), "second", "plus")
        self.clear = Button(tr("清除条件"), "second")
        self.nothing = EmptyState(tr("今年还没有{noun}。", noun=kind.noun), self.new, kind.icon)
        self.no_hit = EmptyState(tr("没有符合条件的{noun}。", noun=kind.noun), self.clear, "search")
        self.every = Button(tr("看全部"), "second")
        self.empty_tab = EmptyState("", self.every, kind.icon)
        self._noun = kind.noun
        self.reading = SkeletonRows()
        retry, self._copy = Button(tr("重试"), "tonal"), Button(tr("复制详情"), "link")
        self.error = Band("error", "", retry, self._copy)
        self.broken = QWidget()
        column = QVBoxLayout(self.broken)
        column.setContentsMargins(16, 12, 16, 12)
        column.addWidget(self.error)
        column.addStretch(1)
        for part in (self.reading, rows, self.nothing, self.no_hit, self.empty_tab, self.broken):
            self.addWidget(part)
        retry.clicked.connect(self.again)
        self._copy.clicked.connect(self._copy_reason)
        self.reading.stopped.connect(self.stopped)

    def show_reading(self, expected: int) -> None:
        """Say that the list is being read, unless rows are shown already; ``expected`` rows, 0 when nobody knows."""
        if self.currentWidget() is not self._rows:
            words = tr("正在读取 {count} 行…", count=f"{expected:,}") if expected else tr("正在读取…")
            self.reading.begin(words)
            self.setCurrentWidget(self.reading)

    def show_rows(self, there: bool, *, narrowed: bool, anything: bool, tab: str) -> None:
        """Show the rows, or that there are none: at all, in this tab, or under these conditions.

        Args:
            there: Whether rows are shown.
            narrowed: Whether a search or a filter narrows them.
            anything: Whether another tab holds some.
            tab: Key of the tab.
        """
        if there or narrowed:
            self.setCurrentWidget(self._rows if there else self.no_hit)
        elif tab == BIN:
            self.empty_tab.set_sentence(tr("回收站是空的。删除的草稿会在这里保留 30 天，随时可以恢复。"))
            self.setCurrentWidget(self.empty_tab)
        elif anything and tab in TAB_WORDS:
            words = tr("没有“{tab}”的{noun}。", tab=TAB_WORDS[tab], noun=self._noun)
            self.empty_tab.set_sentence(words)
            self.setCurrentWidget(self.empty_tab)
        else:
            self.setCurrentWidget(self.nothing)

    def show_stopped(self) -> None:
        """Say that the user stopped the reading."""
        self.error.set_content("info", tr("没有改动任何内容。"), tr("已停止读取"))
        self._copy.hide()
        self.setCurrentWidget(self.broken)

    def show_error(self, error: Exception) -> None:
        """Say why the list could not be read: a fault or a refusal."""
        title, body = told(error)
        self._reason = f"{title}\n{body}\n{error!r}"
        self.error.set_content("error", body, title)
        self._copy.show()
        self.setCurrentWidget(self.broken)

    def _copy_reason(self) -> None:
        QGuiApplication.clipboard().setText(self._reason)
        self.copied.emit()
