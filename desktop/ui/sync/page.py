"""The page 同步中心: 待送出, 本次 and 历史."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.domain.money import format_yuan
from desktop.texts import tr
from desktop.texts.stages import sentence
from desktop.ui.app.routes import CHECK, HISTORY, HOME, LIBRARY_CHANGES, PAGE_OF_KIND, RUN
from desktop.ui.app.rows import day, telling_total
from desktop.ui.context import READ_ONLY, Context
from desktop.ui.kit.panels import Header
from desktop.ui.kit.tabs import StateTab, StateTabs
from desktop.ui.kit.typography import px
from desktop.ui.printing.report import Report
from desktop.ui.settings.keeper import BackupKeeper
from desktop.ui.shell.state import Segment
from desktop.ui.sync.backup_ways import DISK, PLACE, THIN
from desktop.ui.sync.check_lines import ERRORS
from desktop.ui.sync.check_view import CheckView
from desktop.ui.sync.history_view import HistoryView
from desktop.ui.sync.printed import sync_reports
from desktop.ui.sync.reading import SyncView, Workplace, sync_view, to_send
from desktop.ui.sync.recent_runs import RecentRuns
from desktop.ui.sync.run_view import RunView
from desktop.ui.sync.runner import Ended, SyncRunner
from desktop.usecases.month_end import Stage, StageReport, Status
from desktop.usecases.ports import Books, DocumentRow

SIDE, WIDEST, BESIDE_FROM = 360, 420, 880


class SyncPage(QWidget):
    """Everything about the exchange with the platform.

    Signals:
        status_changed(): `status` gives other words now.

    Args:
        runner: The one run of this window.
        workplace: What the check sheet says of this PC.
    """

    status_changed = Signal()

    def __init__(self, context: Context, runner: SyncRunner, workplace: Workplace,
                 parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._runner, self._workplace = context, runner, workplace
        self._view: SyncView | None = None
        self._clock_note, self._wants_focus = "", False
        self.check, self.run, self.history, self.recent = CheckView(), RunView(runner), HistoryView(), RecentRuns()
        self.history.run_sheet.keep_layout(context.notes, "sync/runs")
        self.history.receipt_sheet.keep_layout(context.notes, "sync/receipts")
        self.tabs = StateTabs([StateTab(CHECK, tr("待送出"), 0), StateTab(RUN, tr("本次")),
                               StateTab(HISTORY, tr("历史"), 0)])
        self._header = Header(tr("同步中心"))
        self._stack = QStackedWidget()
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        beside = QWidget()
        row = QHBoxLayout(beside)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.run, 1)
        row.addWidget(self.recent)
        self._fix_width()
        for part in (self.check, beside, self.history):
            self._stack.addWidget(part)
        inside = QVBoxLayout()
        inside.setContentsMargins(16, 12, 16, 12)
        inside.addWidget(self._stack)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._header)
        column.addWidget(self.tabs)
        column.addLayout(inside, 1)

    def _connect(self) -> None:
        self.tabs.chosen.connect(self._show_tab)
        self.check.start_requested.connect(self._start)
        self.check.cancelled.connect(lambda: self._context.open_page(HOME, ""))
        self.check.document_chosen.connect(self._open_document)
        self.check.group_chosen.connect(self._open_group)
        self.run.background_requested.connect(lambda: self._context.open_page(HOME, ""))
        self.run.check_requested.connect(lambda: self.open(CHECK))
        self.run.document_chosen.connect(self._open_document)
        self.run.receipts_requested.connect(lambda: self.open(HISTORY))
        self.run.ways.chosen.connect(self._mend_backup)
        self.run.library_requested.connect(lambda version: self._context.open_page(LIBRARY_CHANGES, version))
        self.recent.history_requested.connect(lambda: self.open(HISTORY))
        self._runner.reported.connect(self._reported)
        self._runner.finished.connect(self._finished)

    # -- what the window asks of a page

    def refresh(self) -> None:
        """Read everything again."""
        workplace = self._workplace

        def read(books: Books) -> SyncView:
            return sync_view(books, workplace)

        self._context.run(self, read, self._show)

    def open(self, argument: str = "") -> None:
        """Show the check sheet, the run or the history; while a run goes on the check sheet is the run."""
        tab = argument if argument in (CHECK, RUN, HISTORY) else self.tabs.key()
        if self._runner.running and tab == CHECK:
            tab = RUN
        self._wants_focus = tab == CHECK
        self.tabs.choose(tab)
        self._show_tab(tab)
        self.refresh()

    def status(self) -> tuple[list[Segment], list[Segment]]:
        """Return the segments of the status bar."""
        last = self._view.last_good if self._view else None
        right = [Segment(tr("上次成功"), day(last.started_at, self._context.year))] if last else []
        if self._runner.running:
            now = self._runner.current()
            words = sentence(now.stage, now.status, now.facts) if now else tr("正在开始")
            return [Segment(tr("正在同步"), words)], right
        if self._view is None:
            return [], right
        ready = self._view.sheet.ready
        word, total = telling_total(ready)
        left = [Segment(tr("可送出"), tr("{count} 份", count=to_send(self._view)))]
        return [*left, Segment(tr("{word}合计", word=word), format_yuan(total))] if ready else left, right

    def reports(self) -> Sequence[Report]:
        """Return what is printed: the receipt of the run under the cursor, of the last one that sent; the history."""
        if self._view is None or not self._view.runs:
            return ()
        runs, at = self._view.runs, self.history.run_sheet.view.at()[0]
        last = next((run for run in runs if run.sent), runs[0])
        run = runs[at] if self.tabs.key() == HISTORY and 0 <= at < len(runs) else last
        return sync_reports(self._view, run, self.history.run_sheet, self._context.year)

    def help_topic(self) -> str:
        """Return what F1 opens."""
        return "sync/check"

    def panes(self) -> list[QWidget]:
        """Return where F6 goes."""
        if self.tabs.key() == CHECK:
            return [self.check.start, self.check.list]
        if self.tabs.key() == HISTORY:
            return list(self.history.panes())
        return [self.run.background if self._runner.running else self.run.close_result, self.recent.list]

    # -- the run

    def _start(self) -> None:
        self._runner.start()
        self.open(RUN)
        self.status_changed.emit()

    def _reported(self, report: StageReport) -> None:
        if report.stage is Stage.CONNECT and report.status is Status.DONE:
            self._clock_note = sentence(report.stage, report.status, report.facts).rpartition("· ")[2]
        self.status_changed.emit()

    def _finished(self, over: Ended) -> None:
        self.refresh()
        self.status_changed.emit()

    # -- showing

    def _show(self, view: SyncView) -> None:
        self._view = view
        note = view.unit.bureau or tr("财政平台")
        self._header.set_title(tr("同步中心"), tr("{bureau} · 预算管理一体化系统", bureau=note))
        self.tabs.set_tabs([StateTab(CHECK, tr("待送出"), to_send(view)), StateTab(RUN, tr("本次")),
                            StateTab(HISTORY, tr("历史"), len(view.runs))])
        only = f"{READ_ONLY}。" if self._workplace.readonly else ""
        self.check.show_view(view, self._clock_note, can_start=not self._runner.running and not only, why_not=only)
        self.run.show_unit(view.unit)
        self.recent.show_runs(view.runs, self._context.year)
        self.history.show_view(view, self._context.year)
        if self._wants_focus and self.isVisible():
            self._wants_focus = False
            self.check.take_focus()
        self.status_changed.emit()

    def _show_tab(self, key: str) -> None:
        self._stack.setCurrentIndex((CHECK, RUN, HISTORY).index(key))

    def _mend_backup(self, way: str) -> None:
        """Do what makes a backup possible again; the user then starts once more."""
        keeper = self.window().findChild(BackupKeeper)
        if keeper is not None:
            {PLACE: keeper.choose_first, THIN: keeper.thin, DISK: keeper.open_folder}[way]()

    def _open_document(self, row: DocumentRow) -> None:
        self._context.open_page(PAGE_OF_KIND[row.kind], row.doc_id)

    def _open_group(self, key: str) -> None:
        if key == ERRORS and self._view is not None and self._view.sheet.with_errors:
            self._open_document(self._view.sheet.with_errors[0])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._context.open_page(HOME, "")
            return
        super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(900, 560)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ApplicationFontChange:
            self._fix_width()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fix_width()

    def _fix_width(self) -> None:
        """Give the run its room first: with large type on a small screen the list beside it goes."""
        self.recent.setFixedWidth(min(px(SIDE), WIDEST))
        self.recent.setVisible(self.width() >= px(BESIDE_FROM))
