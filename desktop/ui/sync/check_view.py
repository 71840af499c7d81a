"""待送出: what would go and what would not, before anything goes; Enter starts."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.money import format_yuan
from desktop.texts import tr
from desktop.ui.app.rows import telling_total
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.labels import Label
from desktop.ui.kit.panels import Line, Panel, SectionTitle
from desktop.ui.kit.typography import px
from desktop.ui.sync.check_lines import check_lines
from desktop.ui.sync.check_list import CheckList
from desktop.ui.sync.readiness import ReadyList, ready_items
from desktop.ui.sync.reading import SyncView, to_send
from desktop.ui.sync.sheet_head import SheetHead

SIDE, NARROW_SIDE, WIDE_FROM = 264, 216, 1100
_PROMISE = tr("开始前可以取消，不会送出任何内容。")


class CheckView(QWidget):
    """The check sheet.

    Signals:
        start_requested(), cancelled(): The two verbs at its foot.
        document_chosen(object), group_chosen(str): From the list.
    """

    start_requested = Signal()
    cancelled = Signal()
    document_chosen = Signal(object)
    group_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.head, self.list, self.ready = SheetHead(), CheckList(), ReadyList()
        self.list.document_chosen.connect(self.document_chosen)
        self.list.group_chosen.connect(self.group_chosen)
        self.promise = Label(_PROMISE, tone="text2")
        self.start = Button(tr("开始同步"), "primary", "sync", "Enter", tall=True)
        self.cancel = Button(tr("取消"), "second", tall=True)
        self.start.clicked.connect(self.start_requested)
        self.cancel.clicked.connect(self.cancelled)
        self.start.setAutoDefault(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self._sheet(), 1)
        row.addWidget(self._side())

    def _sheet(self) -> QWidget:
        sheet = Panel(0)
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 10, 12, 10)
        foot.setSpacing(8)
        foot.addWidget(self.promise)
        foot.addStretch(1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.start)
        sheet.body.setSpacing(0)
        sheet.body.addWidget(self.head)
        sheet.body.addWidget(self.list, 1)
        sheet.body.addWidget(Line())
        sheet.body.addLayout(foot)
        return sheet

    def _side(self) -> QWidget:
        self._panel = panel = Panel()
        panel.body.addWidget(SectionTitle(tr("准备情况")))
        panel.body.addWidget(self.ready)
        panel.body.addStretch(1)
        self._promise = Label(
            tr("每一步都可以停止；断网、断电后再同步会接着做，不会重复报送。"), "caption", "text2", wrap=True
        )
        panel.body.addWidget(self._promise)
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(panel)
        return side

    def show_view(self, view: SyncView, clock_note: str, *, can_start: bool, why_not: str = "") -> None:
        """Show the sheet; nothing can be started while a run goes on, or in a workspace that is only for reading."""
        ready = view.sheet.ready
        word, total = telling_total(ready)
        count = to_send(view)
        self.head.show_words(
            tr("为 {code} {name} 报送", code=view.unit.code, name=view.unit.name),
            tr("送往 {bureau} · 收发一次完成", bureau=view.unit.bureau or tr("财政平台")),
            format_yuan(total) if ready else tr("{count} 份", count=count),
            tr("{count} 份，{word}合计（元）", count=count, word=word) if ready
            else tr("上次封好，原样再送") if count else tr("没有要送出的单据"),
        )
        self.list.lines.show(check_lines(view))
        self.ready.show_items(ready_items(view, clock_note))
        self.start.setEnabled(can_start)
        self.promise.setText(why_not or _PROMISE)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._panel.setFixedWidth(px(SIDE if self.width() >= px(WIDE_FROM) else NARROW_SIDE))
        super().resizeEvent(event)

    def take_focus(self) -> None:
        """Put the focus on 开始同步, so that Enter starts."""
        self.start.setFocus(Qt.FocusReason.ShortcutFocusReason)
