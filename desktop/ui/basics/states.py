"""What stands in the place of the rows: rows, grey bars while they are read, one sentence, or why there are none."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop.texts import tr
from desktop.ui.basics.shelves import Shelf
from desktop.ui.documents.wording import told
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.panels import Band, EmptyState
from desktop.ui.kit.skeleton import SkeletonRows

_NAMED = 3  # tables named when something is found elsewhere


class States(QStackedWidget):
    """Never a blank white area.

    Signals:
        again(): 重试.
        stopped(): 取消 while it is read.
        sync_wanted(): The user wants to fetch tables.
        elsewhere(str): Set of another table in which something was found.
        cleared(): The search is to be taken away.
    """

    again = Signal()
    stopped = Signal()
    sync_wanted = Signal()
    elsewhere = Signal(str)
    cleared = Signal()

    def __init__(self, rows: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows, self._reason, self._other = rows, "", ""
        self.reading = SkeletonRows()
        self.sync, self.there, self.clear = (Button(tr("去同步"), "tonal", "sync"), Button("", "tonal"),
                                             Button(tr("清除搜索"), "second"))
        self.nothing = EmptyState(tr("还没有领取财政下发的基础资料，同步一次就有了。"), self.sync, "list")
        self.other = EmptyState("", self.there, "search")
        self.no_hit = EmptyState("", self.clear, "search")
        self.empty = EmptyState("", None, "list")
        retry, self._copy = Button(tr("重试"), "tonal"), Button(tr("复制详情"), "link")
        self.error = Band("error", "", retry, self._copy)
        self.broken = QWidget()
        column = QVBoxLayout(self.broken)
        column.setContentsMargins(16, 12, 16, 12)
        column.addWidget(self.error)
        column.addStretch(1)
        for part in (rows, self.reading, self.nothing, self.other, self.no_hit, self.empty, self.broken):
            self.addWidget(part)
        self.sync.clicked.connect(self.sync_wanted)
        self.there.clicked.connect(lambda: self.elsewhere.emit(self._other))
        self.clear.clicked.connect(self.cleared)
        retry.clicked.connect(self.again)
        self._copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self._reason))
        self.reading.stopped.connect(self.stopped)

    def rows_shown(self) -> bool:
        """Tell whether rows are shown."""
        return self.currentWidget() is self._rows

    def show_reading(self) -> None:
        """Say that the tables are being read; rows that are shown stay until the others are here."""
        if not self.rows_shown() or not self._rows.isVisible():
            self.reading.begin(tr("正在读取基础资料…"))
            self.setCurrentWidget(self.reading)

    def show_rows(self) -> None:
        """Show the rows."""
        self.setCurrentWidget(self._rows)

    def show_nothing(self) -> None:
        """Say that nothing has arrived yet."""
        self.setCurrentWidget(self.nothing)

    def show_empty(self, name: str) -> None:
        """Say that a table has no rows in the year."""
        self.empty.set_sentence(tr("这一年度没有“{name}”的内容。可以在上面换一个年度。", name=name))
        self.setCurrentWidget(self.empty)

    def show_no_hit(self, name: str, typed: str, others: Sequence[Shelf]) -> None:
        """Say that nothing fits here, and where something does.

        Args:
            others: Tables in which something fits.
        """
        if not others:
            words = tr("没有找到“{typed}”。换个说法，或只打拼音首字母试试。", typed=typed[:12])
            self.no_hit.set_sentence(words)
            self.setCurrentWidget(self.no_hit)
            return
        names = "、".join(one.name for one in others[:_NAMED])
        more = tr("等 {count} 张表", count=len(others)) if len(others) > _NAMED else ""
        self.other.set_sentence(
            tr("“{name}”里没有“{typed}”，在{names}里找到了。", name=name, typed=typed[:12], names=f"{names}{more}")
        )
        self._other = others[0].key
        self.there.setText(tr("看{name}", name=others[0].name))
        self.setCurrentWidget(self.other)

    def show_stopped(self) -> None:
        """Say that the user stopped the reading."""
        self.error.set_content("info", tr("没有改动任何内容。"), tr("已停止读取"))
        self._copy.hide()
        self.setCurrentWidget(self.broken)

    def show_error(self, error: Exception) -> None:
        """Say why the tables could not be read: a fault or a refusal."""
        title, body = told(error)
        self._reason = f"{title}\n{body}\n{error!r}"
        self.error.set_content("error", body, title)
        self._copy.show()
        self.setCurrentWidget(self.broken)
