"""支付申请: the list with its state tabs, search, total and bulk steps."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.domain.document import Post
from desktop.domain.money import ZERO, format_yuan
from desktop.texts import tr
from desktop.texts.messages import message
from desktop.texts.states import pill
from desktop.ui.context import Context
from desktop.ui.documents.actions import LOOKS, Act, bulk_acts
from desktop.ui.documents.wording import blocked_words
from desktop.ui.grid.model import SheetModel
from desktop.ui.grid.sheet import Sheet
from desktop.ui.kit.bulk import BulkBar
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.dialogs import Verb, ask
from desktop.ui.kit.inputs import search_input
from desktop.ui.kit.panels import Band, EmptyState, Header, Line
from desktop.ui.kit.tabs import StateTab, StateTabs
from desktop.ui.kit.typography import px
from desktop.ui.payment.host import DocumentHost
from desktop.ui.payment.list_source import COLUMNS, VoucherRows
from desktop.ui.payment.reading import Names, read_list
from desktop.ui.payment.signing import ToSign, show_error, sign_with_pin
from desktop.ui.shell.state import Segment
from desktop.usecases.hand_over import HandedOver, present
from desktop.usecases.lists import ListPage
from desktop.usecases.ports import Books, DocumentRow
from desktop.usecases.write_document import recall, void

TABS = (("ALL", tr("全部")), ("DRAFT", tr("草稿")), ("ERRORS", tr("有错误")), ("PRESENTED", tr("待复核")),
        ("CHECKED", tr("待签章")), ("SIGNED", tr("可报送")), ("SEALED", tr("待同步")), ("SENT", tr("已送达")),
        ("RETURNED", tr("已退回")), ("DONE", tr("已办结")), ("VOIDED", tr("已作废")))
URGENT = ("ERRORS", "RETURNED")
SEARCH_MS = 150
SORTED = ("number", "date", "payee", "amount", "quota", "economic", "purpose", "files", "updated")


class VoucherList(QWidget):
    """The list page.

    Signals:
        opened(str): Doc id of the voucher to be shown.
        new_wanted(), copy_wanted(str): Start a voucher, empty or like another.
    """

    opened = Signal(str)
    new_wanted = Signal()
    copy_wanted = Signal(str)

    def __init__(self, context: Context, host: DocumentHost, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._host = context, host
        self._names: Names | None = None
        self._new, self._copy = Button(tr("新增"), "primary", "plus", "Ctrl+N"), Button(tr("复制"), "flat", "copy")
        self._copy.setToolTip(tr("照当前这张另开一张（Ctrl+Shift+D）"))
        self.header = Header(tr("支付申请"), "", (self._copy, self._new))
        self.tabs = StateTabs([StateTab(key, word) for key, word in TABS])
        self.search = search_input(tr("收款人、金额、用途"), self._typed)
        self.search.setAccessibleName(tr("在列表中查找"))
        self.search.setFixedWidth(px(220))
        self.source = VoucherRows("")
        self.model = SheetModel(COLUMNS, self.source, parent=self)
        self.sheet = Sheet(self.model, lists=True, total=True)
        self.sheet.view.setAccessibleName(tr("支付申请列表"))
        self.bulk = BulkBar()
        self.notice = Band("warning", closable=True)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SEARCH_MS)
        self._asked = 0
        self._order: tuple[str, bool] = ("", False)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self._empty_new, self._empty_clear = Button(tr("新增一张"), "second", "plus"), Button(tr("清除条件"), "second")
        self._nothing = EmptyState(tr("今年还没有支付申请。"), self._empty_new, "receipt")
        self._no_hit = EmptyState(tr("没有符合条件的支付申请。"), self._empty_clear, "search")
        self._reading = EmptyState(tr("正在读取…"), icon="clock")
        self._stack = QStackedWidget()
        for part in (self._reading, self.sheet, self._nothing, self._no_hit):
            self._stack.addWidget(part)
        filters = QHBoxLayout()
        filters.setContentsMargins(16, 6, 16, 6)
        filters.addWidget(self.search)
        filters.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.tabs)
        column.addLayout(filters)
        column.addWidget(Line())
        column.addWidget(self.notice)
        column.addWidget(self._stack, 1)
        column.addWidget(self.bulk)
        self.notice.hide()

    def _connect(self) -> None:
        self._timer.timeout.connect(self.refresh)
        self.tabs.chosen.connect(lambda key: self.refresh())
        self.model.edited.connect(self._ticked)
        self.sheet.view.opened.connect(lambda at: self.opened.emit(self.source.row(at).doc_id))
        self.sheet.view.statistics_changed.connect(lambda _: self.show_status())
        self.sheet.view.head.check_clicked.connect(self.sheet.view.blocks.toggle_all)
        self.sheet.view.installEventFilter(self)
        self.sheet.view.sort_requested.connect(self._sort)
        self.search.returnPressed.connect(self._enter_list)
        self.bulk.dismissed.connect(self.untick)
        for button in (self._new, self._empty_new):
            button.clicked.connect(self.new_wanted)
        self._copy.clicked.connect(self._copy_current)
        self._empty_clear.clicked.connect(self._clear)
        for keys, call in (("F5", self.new_wanted.emit), ("Ctrl+Shift+D", self._copy_current),
                           ("Ctrl+F", self.search.setFocus)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(call)

    # -- reading

    def refresh(self) -> None:
        """Read the chosen tab again."""
        self._timer.stop()
        self._asked += 1
        asked, year, tab, text = self._asked, self._context.year, self.tabs.key() or "ALL", self.search.text()
        self._context.run(self, lambda books: read_list(books, year, tab, text.strip()),
                          lambda result: self._show(*result) if asked == self._asked else None)

    def _typed(self, text: str) -> None:
        self._timer.start()

    def _show(self, page: ListPage, names: Names) -> None:
        self._names = names
        self.tabs.set_tabs([StateTab(key, word, page.counts.get(key, 0), key in URGENT) for key, word in TABS])
        today = self._context.services.today().isoformat()
        at = self.sheet.view.at()[0]
        current = self.source.row(at).doc_id if 0 <= at < self.source.row_count() else ""
        self.source.show(page.rows, names, today)
        self.source.sort(self._order[0], descending=self._order[1])
        self.model.reload()
        places = (at for at in range(self.source.row_count()) if self.source.row(at).doc_id == current)
        place = next(places, 0)
        if page.rows:
            self.sheet.view.setCurrentIndex(self.model.index(place, 1))
        maker = self._context.seat().post is Post.MAKER
        self._new.setVisible(maker)
        self._copy.setVisible(maker and bool(page.rows))
        self._empty_new.setVisible(maker)
        year = self._context.year
        self.header.set_title(tr("支付申请"), tr("{year} 年", year=year))
        anything = page.counts.get("ALL", 0) or self.search.text().strip()
        self._stack.setCurrentWidget(self.sheet if page.rows else self._no_hit if anything else self._nothing)
        self._ticked()

    def _sort(self, key: str) -> None:
        if key in SORTED:
            self._order = (key, not self._order[1]) if key == self._order[0] else (key, key in ("amount", "updated"))
            self.sheet.view.head.set_sort(key, descending=self._order[1])
            self.refresh()

    def show_tab(self, key: str) -> None:
        """Choose a state tab."""
        self.tabs.choose(key)

    def _clear(self) -> None:
        self.search.clear()
        self.tabs.choose("ALL")
        self.refresh()

    def _enter_list(self) -> None:
        self.refresh()
        self.sheet.view.setFocus(Qt.FocusReason.TabFocusReason)

    def _copy_current(self) -> None:
        at = self.sheet.view.at()[0]
        if 0 <= at < self.source.row_count() and self._context.seat().post is Post.MAKER:
            self.copy_wanted.emit(self.source.row(at).doc_id)

    # -- many at once

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.matches(QKeySequence.StandardKey.SelectAll):
                self.source.tick_all()
                self.model.refresh()
                self._ticked()
                return True
            if event.key() == Qt.Key.Key_Escape and self.source.ticked():
                self.untick()
                return True
        return super().eventFilter(watched, event)

    def untick(self) -> None:
        """Take every tick away."""
        self.source.untick()
        self.model.refresh()
        self._ticked()

    def _ticked(self) -> None:
        rows = self.source.ticked()
        head_from = self._names.head_from if self._names is not None else None
        acts = bulk_acts(rows, self._context.seat(), head_from) if head_from is not None else {}
        self._show_bulk(rows, acts)
        self.sheet.view.head.viewport().update()
        self.show_status()

    def _show_bulk(self, rows: Sequence[DocumentRow], acts: Mapping[Act, Sequence[DocumentRow]]) -> None:
        if not rows:
            self.bulk.show_selection("")
            return
        words = {pill(row.state, row.problems_count) for row in rows}
        state = words.pop() if len(words) == 1 else ""
        note = tr("合计 {total}", total=format_yuan(sum((row.amount for row in rows), ZERO)))
        buttons = []
        for act, fitting in acts.items():
            part = "" if len(fitting) == len(rows) else tr(" {count} 张", count=len(fitting))
            button = Button(f"{LOOKS[act].word}{part}", "nav", LOOKS[act].icon)
            button.clicked.connect(lambda _=False, act=act: self.take(act))
            buttons.append(button)
        if not buttons:
            note = tr("{note} · 没有可以一起做的操作", note=note)
        self.bulk.show_selection(tr("已选 {count} 张{state}", count=len(rows), state=state), note, buttons)

    def take(self, act: Act) -> None:
        """Take a step on every ticked voucher that it fits."""
        if self._names is None:
            return
        rows = bulk_acts(self.source.ticked(), self._context.seat(), self._names.head_from).get(act, [])
        if not rows or not self._sure(act, rows):
            return
        ids = [row.doc_id for row in rows]
        if LOOKS[act].signs:
            total = sum((row.amount for row in rows), ZERO)
            batch = ToSign(act, ids, total, self._names.unit)
            sign_with_pin(self._context, self, batch, self._run, lambda handed: self._done(act, handed))
            return
        seat = self._context.seat()
        if act is Act.PRESENT:
            self._run(lambda books: present(books, seat, ids), lambda handed: self._done(act, handed), self._failed)
            return

        def each(books: Books) -> HandedOver:
            step = recall if act is Act.RECALL else void
            for doc_id in ids:
                step(books, seat, doc_id)
            return HandedOver((), ())

        self._run(each, lambda _: self._say(act, len(ids)), self._failed)

    def _run(self, work: object, then: object, failed: object) -> object:
        return self._context.run(self, work, then, failed, changes="documents")  # type: ignore[arg-type]

    def _sure(self, act: Act, rows: Sequence[DocumentRow]) -> bool:
        if act not in (Act.RECALL, Act.VOID):
            return True
        if act is Act.RECALL:
            told = message("M25", count=len(rows))
        else:
            told = message("M26", title=rows[0].title or rows[0].key if len(rows) == 1 else
                           tr("{count} 张支付申请", count=len(rows)))
        verbs = (Verb("go", told.verbs[0], "danger" if act is Act.VOID else "primary"), Verb("keep", told.verbs[1]))
        level = "warning" if act is Act.VOID else "question"
        return ask(told.title, told.body, verbs, default="keep", level=level, parent=self) == "go"

    def _done(self, act: Act, handed: HandedOver) -> None:
        if handed.moved:
            self._say(act, len(handed.moved))
        self.notice.setVisible(bool(handed.blocked))
        if handed.blocked:
            words = tr("{count} 张没有{word}", count=len(handed.blocked), word=LOOKS[act].word)
            self.notice.set_content("warning", blocked_words(handed.blocked), words)

    def _say(self, act: Act, count: int) -> None:
        self.notice.hide()
        self.untick()
        self._host.toast.say(tr("{word} {count} 张。", word=LOOKS[act].word, count=count), "ok")

    def _failed(self, error: Exception) -> None:
        show_error(error, self)

    # -- status

    def show_status(self) -> None:
        """Show `segments` in the status bar while the list is in front."""
        if self.isVisible():
            self._host.show_segments(self.segments())

    def segments(self) -> list[Segment]:
        """Return sum, mean and count of what is ticked, or of the selected amounts; nothing for one row."""
        rows = self.source.ticked()
        numbers = [row.amount for row in rows]
        if not numbers:
            found = self.sheet.view.statistics()
            if found.count < 2:
                return []
            total, mean, count = found.total, found.mean, found.count
        else:
            total = sum(numbers, ZERO)
            mean, count = total / len(numbers), len(numbers)
        said = ((tr("求和"), format_yuan(total)), (tr("平均"), f"{mean:,.2f}"), (tr("计数"), str(count)))
        return [Segment(label, value) for label, value in said]

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()
        self.show_status()
        QTimer.singleShot(0, self, self._take_focus)

    def _take_focus(self) -> None:
        """Put the cursor into the rows, where Qt alone would choose the first button of the page."""
        focus = self.focusWidget()
        if self.isVisible() and isinstance(focus, Button) and focus.hasFocus():
            self.sheet.view.setFocus(Qt.FocusReason.OtherFocusReason)


