"""The list that every kind of document has: tools, state tabs, filters, rows with a total, and steps on many."""

from collections.abc import Callable, Sequence
from decimal import Decimal

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.domain.listing import ListHit
from desktop.domain.money import ZERO
from desktop.texts import tr
from desktop.ui.context import Context
from desktop.ui.documents.actions import Act, bulk_acts
from desktop.ui.documents.figures import figures, filtered
from desktop.ui.documents.history import open_history
from desktop.ui.documents.list_filter import FilterRow
from desktop.ui.documents.list_kind import TABS, URGENT, ListKind, Names, read_names
from desktop.ui.documents.list_rows import ListRows, columns_of
from desktop.ui.documents.list_states import ListStates
from desktop.ui.documents.list_tools import ListTools, Tool
from desktop.ui.documents.list_work import ListWork, ended_words, may_write, reasons_of, show_bulk
from desktop.ui.documents.wording import finding_row
from desktop.ui.grid.model import SheetModel
from desktop.ui.grid.sheet import Sheet
from desktop.ui.grid.statistics import statistics
from desktop.ui.kit.bulk import BulkBar
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.panels import Band, Line
from desktop.ui.kit.problems import ProblemsPanel
from desktop.ui.kit.tabs import StateTab, StateTabs
from desktop.ui.shell.state import Segment
from desktop.ui.tasks import Job
from desktop.usecases.list_steps import Examined, Stepped
from desktop.usecases.lists import BIN, ListPage, list_page, rows_of
from desktop.usecases.ports import Books, DocumentRow

AT_ONCE = 500  # rows read behind the first ones, so that scrolling meets no gap
_UNSORTED = ("tick",)
_DOWN_FIRST = ("amount", "updated", "files")


class DocumentList(QWidget):
    """A list page.

    Args:
        context: The workspace.
        kind: What it lists.
        show_segments: Puts words at the left of the status bar while the list is in front.
        tools: The page's own tools.

    Signals:
        opened(str): Doc id of the document to be shown.
        problem_opened(str, str): Doc id and place of a finding.
        new_wanted(), copy_wanted(str): Start a document, empty or like another.
    """

    opened = Signal(str)
    problem_opened = Signal(str, str)
    new_wanted = Signal()
    copy_wanted = Signal(str)

    def __init__(self, context: Context, kind: ListKind, show_segments: Callable[[Sequence[Segment]], object],
                 tools: tuple[Tool, ...] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._kind, self._show_segments = context, kind, show_segments
        self._names: Names | None = None
        self._job: Job | None = None
        self._asked, self._order = 0, ("", False)
        self._failed_ids: tuple[str, ...] = ()
        self.tools = ListTools(self, kind, tools)
        self.header = self.tools.header
        self.tabs = StateTabs([StateTab(key, word) for key, word in TABS])
        self.filters = FilterRow(kind.hint)
        self.search = self.filters.search
        self.source = ListRows(kind)
        self.model = SheetModel(columns_of(kind), self.source, parent=self)
        self.sheet = Sheet(self.model, lists=True, total=True)
        self.sheet.view.setAccessibleName(tr("{title}列表", title=kind.title))
        self.sheet.keep_layout(context.notes, f"list/{kind.key}")
        self.bulk, self.problems = BulkBar(), ProblemsPanel()
        self._show_failed, self._stop = Button(tr("只看没办成的"), "tonal"), Button(tr("取消"), "second")
        self.notice = Band("warning", "", self._show_failed, closable=True)
        self.progress = Band("wait", "", self._stop)
        self.work = ListWork(context, kind, self)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self._new, self._states = self.tools.new, ListStates(self._kind, self.sheet)
        self._stack, self._nothing, self._no_hit = self._states, self._states.nothing, self._states.no_hit
        self._empty_new, self._empty_clear, self.error = self._states.new, self._states.clear, self._states.error
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        upper: tuple[QWidget, ...] = (self.header, self.tabs, self.filters, Line(), self.progress, self.notice)
        for part in upper:
            column.addWidget(part)
        column.addWidget(self._stack, 1)
        column.addWidget(self.problems)
        column.addWidget(self.bulk)
        for hidden in (self.notice, self.progress, self.problems):
            hidden.hide()

    def _connect(self) -> None:
        view = self.sheet.view
        self.tabs.chosen.connect(lambda key: self.refresh())
        self.filters.changed.connect(self.refresh)
        self.model.edited.connect(self._ticked)
        view.opened.connect(lambda at: self._open(self.source.hit(at).doc_id))
        view.statistics_changed.connect(lambda _: self.show_status())
        view.viewing.arranger.changed.connect(self.show_status)
        view.head.check_clicked.disconnect()
        view.head.check_clicked.connect(lambda _: self.tick_all() if not self.source.ticked() else self.untick())
        view.viewing.arranger.sorted_by_page = True
        view.sort_requested.connect(self._sort)
        view.installEventFilter(self)
        self.search.returnPressed.connect(self._enter_list)
        self.bulk.dismissed.connect(self.untick)
        self._empty_new.clicked.connect(self.new_wanted)
        self._empty_clear.clicked.connect(self._clear)
        self._states.again.connect(self.refresh)
        self._states.every.clicked.connect(self._clear)
        self._states.copied.connect(lambda: self._context.say(tr("已复制，可以发给技术人员。"), "ok"))
        self._states.stopped.connect(self._stop_reading)
        self._stop.clicked.connect(self.work.cancel)
        self._show_failed.clicked.connect(
            lambda: self.filters.show_only(tr("没办成的 {count} 份", count=len(self._failed_ids)), self._failed_ids))
        self.work.ended.connect(self._ended)
        self.work.examined.connect(self._examined)
        self.work.progressed.connect(self._progressed)
        self.problems.opened.connect(lambda where: self.problem_opened.emit(*where.split("|", 1)))
        self.problems.remedy_requested.connect(lambda row: self.problem_opened.emit(*row.where.split("|", 1)))
        for keys, call in (("F5", self.new_wanted.emit), ("Ctrl+F", self.search.setFocus), ("Del", self.delete)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(call)

    # -- reading

    def refresh(self) -> None:
        """Read the chosen tab again; rows that are shown stay until the others are here."""
        self.filters.flush()
        if self._job is not None:
            self._job.cancel()
        self._asked += 1
        asked, context, kind = self._asked, self._context, self._kind
        year = context.budget_year if kind.of_budget else context.year
        today, tab, narrow = context.services.today(), self.tabs.key() or "ALL", self.filters.filter()
        order, descending = self._order if self._order[0] else ("change", True)

        def read(books: Books, job: Job) -> tuple[ListPage, Names]:
            job.tick()
            names = read_names(books)
            job.tick()
            return list_page(books, kind.kinds, year, today, tab, narrow, order, descending=descending), names

        def back(result: tuple[ListPage, Names]) -> None:
            if asked == self._asked:
                self._job = None
                self._show(*result)

        def failed(error: Exception) -> None:
            if asked == self._asked:
                self._job = None
                self._states.show_error(error)

        self._states.show_reading(self.tabs.count_of(tab))
        self._job = self._context.run_job(self, read, back, failed)

    def _stop_reading(self) -> None:
        if self._job is not None:
            self._job.cancel()
        self._job, self._asked = None, self._asked + 1
        self._states.show_stopped()

    def _show(self, page: ListPage, names: Names) -> None:
        self._names = names
        self.tabs.set_tabs([StateTab(key, word, page.counts.get(key, 0), key in URGENT) for key, word in TABS])
        today = self._context.services.today()
        at = self.sheet.view.source_at()[0]
        current = self.source.hit(at).doc_id if 0 <= at < self.source.row_count() else ""
        hits: Sequence[ListHit] = page.hits
        total = page.total
        if self.filters.only:
            hits = [hit for hit in hits if hit.doc_id in self.filters.only]
            total = _sum(hits)
        self.source.show(hits, page.rows, names, today.isoformat(), total)
        self.model.reload()
        if hits:
            self.sheet.view.select_source(max(0, self.source.place_of(current)), 1)
        projects = sorted({row.project_name for row in page.rows if row.project_name})
        self.filters.offer(today, projects, names.officers)
        maker = may_write(self._context)
        self._empty_new.setVisible(maker)
        self.tools.look(self._context, maker=maker, rows=bool(hits), binned=self.tabs.key() == BIN)
        self._states.show_rows(bool(hits), narrowed=not self.filters.is_empty(), anything=page.anything,
                               tab=self.tabs.key())
        self._ticked()
        self._read_more()

    def _read_more(self) -> None:
        """Read the rows behind the first ones, some at a time, while nobody waits for them."""
        ids, asked = self.source.unread(AT_ONCE), self._asked
        if not ids:
            return

        def back(rows: list[DocumentRow]) -> None:
            if asked == self._asked and rows:
                self.source.take(rows)
                self.model.refresh()
                self._read_more()

        self._context.run(self, lambda books: rows_of(books, ids), back)

    def complete(self) -> bool:
        """Say whether every row of the list is here, as printing and exporting need it."""
        return not self.source.unread(1)

    def _sort(self, key: str) -> None:
        if key not in _UNSORTED:
            self._order = (key, not self._order[1]) if key == self._order[0] else (key, key in _DOWN_FIRST)
            self.sheet.view.head.set_sort(key, descending=self._order[1])
            self.refresh()

    def show_tab(self, key: str) -> None:
        """Choose a state tab."""
        self.tabs.choose(key)

    def _clear(self) -> None:
        blocked = self.tabs.blockSignals(True)
        self.tabs.choose("ALL")
        self.tabs.blockSignals(blocked)
        self.filters.reset()

    def _enter_list(self) -> None:
        self.refresh()
        self.sheet.view.setFocus(Qt.FocusReason.TabFocusReason)

    def _open(self, doc_id: str) -> None:
        if self.tabs.key() == BIN:
            self._context.say(tr("先恢复，再打开。"), "info", action=tr("恢复"),
                              call=lambda: self.work.step(Act.RESTORE, [doc_id]))
        else:
            self.opened.emit(doc_id)

    # -- one or many

    def targets(self) -> list[ListHit]:
        """Return the ticked documents, or the current one when none is ticked."""
        at = self.sheet.view.source_at()[0]
        current = [self.source.hit(at)] if 0 <= at < self.source.row_count() else []
        return self.source.ticked() or current

    def open_current(self) -> None:
        """Open the current document (修改)."""
        at = self.sheet.view.source_at()[0]
        if 0 <= at < self.source.row_count():
            self._open(self.source.hit(at).doc_id)

    def copy_current(self) -> None:
        """Start a document like the current one (复制)."""
        at = self.sheet.view.source_at()[0]
        if 0 <= at < self.source.row_count() and may_write(self._context):
            self.copy_wanted.emit(self.source.hit(at).doc_id)

    def show_history(self) -> None:
        """Show who changed what in the current document (修改记录)."""
        at = self.sheet.view.source_at()[0]
        row = self.source.row(at) if 0 <= at < self.source.row_count() else None
        if row is not None:
            open_history(self._context, row.doc_id, row.title or row.key, self)

    def examine(self) -> None:
        """Run every rule over the ticked documents, or over all that are shown (审核 F8)."""
        hits = self.source.ticked() or self.source.hits()
        if hits and self.tabs.key() != BIN:
            self.work.examine([hit.doc_id for hit in hits])

    def delete(self) -> None:
        """Put what is ticked, or the current draft, into the recycle bin; what was sent is made void instead."""
        acts = self._acts(self.targets())
        act = next((one for one in (Act.DISCARD, Act.VOID) if one in acts), None)
        if act is None:
            self._context.say(tr("这里没有可以删除的草稿。已送出过的单据只能撤回或作废。"), "info")
        else:
            self._take(act, acts[act])

    def take(self, act: Act) -> None:
        """Take a step on every ticked document that it fits, or on the current one when none is ticked."""
        self._take(act, self._acts(self.targets()).get(act, []))

    def _take(self, act: Act, hits: Sequence[ListHit]) -> None:
        if self._names is not None and hits:
            row = self.source.row_of(hits[0].doc_id)
            self.work.take(act, hits, (row.title or row.key) if row is not None else "", self._names)

    def _acts(self, hits: Sequence[ListHit]) -> dict[Act, list[ListHit]]:
        if self._names is None:
            return {}
        return bulk_acts(hits, self._context.seat(), self._names.head_from, binned=self.tabs.key() == BIN)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.matches(QKeySequence.StandardKey.SelectAll):
                self.tick_all()
                return True
            if event.key() == Qt.Key.Key_Escape and self.source.ticked():
                self.untick()
                return True
        return super().eventFilter(watched, event)

    def restore_columns(self) -> None:
        """Give every column its place and width back."""
        self.sheet.view.viewing.columns.restore()

    def tick_all(self) -> None:
        """Tick every document that is shown."""
        order = self.model.arrangement()
        self.source.tick_all() if order is None else self.source.tick(order)
        self.model.refresh()
        self._ticked()

    def untick(self) -> None:
        """Take every tick away."""
        self.source.untick()
        self.model.refresh()
        self._ticked()

    def _ticked(self) -> None:
        hits = self.source.ticked()
        show_bulk(self.bulk, hits, self._acts(hits), self._kind.measure, self.take)
        self.sheet.view.head.viewport().update()
        self.show_status()

    def _progressed(self, words: str) -> None:
        self.progress.setVisible(bool(words))
        if words:
            self.progress.set_content("wait", words)

    def _ended(self, act: Act, ended: Stepped) -> None:
        words = ended_words(act, ended, self._kind.measure)
        self._failed_ids = tuple(one.doc_id for one in ended.stopped)
        self.notice.setVisible(bool(ended.stopped))
        if ended.stopped:
            self._show_failed.setVisible(self.source.row_count() > len(ended.stopped))
            self.notice.set_content("warning", reasons_of(ended.stopped), words)
            return
        self.untick()
        if act is Act.DISCARD:
            self._context.say(tr("{words}，30 天内可在回收站恢复。", words=words), "ok", action=tr("撤销"),
                              call=lambda: self.work.step(Act.RESTORE, ended.done))
        else:
            self._context.say(tr("{words}。", words=words), "ok")

    def _examined(self, found: list[Examined]) -> None:
        rows = [finding_row(one.doc_id, one.key, problem) for one in found for problem in one.problems]
        self.problems.set_rows(rows)
        self.problems.setVisible(bool(rows))
        wrong = sum(any(row.level == "error" and row.where.startswith(f"{one.doc_id}|") for row in rows)
                    for one in found)
        measure = self._kind.measure
        if wrong:
            words = tr("审核 {count} {measure}，{wrong} {measure}有错误。双击可到出错的格。", count=len(found),
                       measure=measure, wrong=wrong)
        else:
            words = tr("审核 {count} {measure}，没有错误。", count=len(found), measure=measure)
        self._context.say(words, "warning" if wrong else "ok")

    # -- status

    def show_status(self) -> None:
        """Show `segments` in the status bar while the list is in front."""
        if self.isVisible():
            self._show_segments(self.segments())

    def segments(self) -> list[Segment]:
        """Return sum, mean and count of what is ticked, or of the selected amounts; nothing for one row."""
        ticked = statistics(hit.amount for hit in self.source.ticked())
        found = ticked if ticked.count else self.sheet.view.statistics()
        return [*filtered(self.sheet.view), *(figures(found) if ticked.count or found.count > 1 else ())]

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


def _sum(hits: Sequence[ListHit]) -> Decimal:
    return sum((hit.amount for hit in hits), ZERO)
