"""历史: every run for ever, the last twenty as a strip, and the receipts that prove them."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.texts import tr
from desktop.ui.app.read_source import ReadSource
from desktop.ui.app.rows import day
from desktop.ui.charts.history import HistoryStrip
from desktop.ui.grid.columns import ColumnSpec, Rich
from desktop.ui.grid.model import SheetModel
from desktop.ui.grid.sheet import Sheet
from desktop.ui.kit.panels import EmptyState, Panel, SectionTitle
from desktop.ui.kit.typography import px
from desktop.ui.sync.reading import SyncView
from desktop.ui.sync.runs import outcome_cell, receipt_word, run_bar, run_receipt, took, way_word
from desktop.usecases.ports import StoredReceipt, SyncRun
from sync.stream import SentBatch

SIDE, NARROW_SIDE, WIDE_FROM = 388, 300, 1100
_STAGES = {"arrived": tr("已送达"), "decided": tr("已审核")}

_RUN_COLUMNS = (
    ColumnSpec("at", tr("时间"), width=132),
    ColumnSpec("outcome", tr("结果"), "rich", 132, stretch=3),
    ColumnSpec("way", tr("方式"), width=52),
    ColumnSpec("sent", tr("送出"), "number", 52, places=0),
    ColumnSpec("returned", tr("退回"), "number", 52, places=0),
    ColumnSpec("received", tr("更新"), "number", 60, places=0),
    ColumnSpec("total", tr("金额（元）"), "amount", 116, fold_below=1200),
    ColumnSpec("took", tr("用时"), width=56, align="right"),
    ColumnSpec("receipt", tr("财政回执号"), width=92, align="right"),
)
_RECEIPT_COLUMNS = (
    ColumnSpec("number", tr("回执号"), width=72),
    ColumnSpec("stage", tr("内容"), "rich", 84, stretch=1),
    ColumnSpec("batch", tr("批次"), width=72),
    ColumnSpec("at", tr("财政平台时间"), width=124),
)


class RunSource(ReadSource):
    """Rows of the history."""

    def __init__(self) -> None:
        self.runs: tuple[SyncRun, ...] = ()
        self.year = 0

    def row_count(self) -> int:
        return len(self.runs)

    def value(self, row: int, key: str) -> str | int | Decimal | Rich:
        run = self.runs[row]
        texts = {"at": day(run.started_at, self.year), "way": way_word(run), "took": took(run),
                 "receipt": run_receipt(run)}
        if key in texts:
            return texts[key]
        if key == "outcome":
            return outcome_cell(run)
        numbers = {"sent": run.sent, "returned": run.returned, "received": run.received}
        return numbers.get(key, run.total)


class ReceiptSource(ReadSource):
    """Rows of the receipts."""

    def __init__(self) -> None:
        self.receipts: tuple[StoredReceipt, ...] = ()
        self.batches: Mapping[str, SentBatch] = {}
        self.year = 0

    def row_count(self) -> int:
        return len(self.receipts)

    def value(self, row: int, key: str) -> str | Rich:
        one = self.receipts[row]
        if key == "number":
            return receipt_word(one.receipt_no)
        if key == "stage":
            return Rich(_STAGES.get(one.stage, tr("通知")), "ok" if one.stage == "decided" else "text",
                        "receipt")
        if key == "batch":
            batch = self.batches.get(one.batch_id)
            return tr("第 {seq} 批", seq=batch.seq) if batch else "—"
        return day(one.server_time, self.year)


class HistoryView(QWidget):
    """Strip and table at the left, receipts at the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._run_source, self._receipt_source = RunSource(), ReceiptSource()
        self.runs = SheetModel(_RUN_COLUMNS, self._run_source)
        self.receipts = SheetModel(_RECEIPT_COLUMNS, self._receipt_source)
        self.strip = HistoryStrip()
        self.run_sheet, self.receipt_sheet = Sheet(self.runs, lists=True), Sheet(self.receipts, lists=True)
        self.run_sheet.view.setAccessibleName(tr("同步历史"))
        self.receipt_sheet.view.setAccessibleName(tr("财政回执"))
        self._title = SectionTitle(tr("同步历史"))
        self._receipt_title = SectionTitle(tr("财政回执"), tr("都已验签，原件保存在本机"))
        self._empty = EmptyState(tr("还没有同步过。第一次同步后，每一次都会记在这里。"), icon="history")
        self._receipts = _boxed(self._receipt_title, self.receipt_sheet)
        self._body = QWidget()
        parts = QHBoxLayout(self._body)
        parts.setContentsMargins(0, 0, 0, 0)
        parts.setSpacing(12)
        parts.addWidget(self._left(), 1)
        parts.addWidget(self._receipts)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._body)
        row.addWidget(self._empty)

    def _left(self) -> QWidget:
        left = QWidget()
        left.setMinimumWidth(px(420))
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        strip = Panel()
        strip.body.addWidget(SectionTitle(tr("最近 20 次")))
        strip.body.addWidget(self.strip)
        column.addWidget(strip)
        column.addWidget(_boxed(self._title, self.run_sheet), 1)
        return left

    def show_view(self, view: SyncView, year: int) -> None:
        """Show every run and every receipt."""
        self._run_source.runs, self._run_source.year = view.runs, year
        self._receipt_source.receipts, self._receipt_source.year = view.receipts, year
        self._receipt_source.batches = view.batches
        self.runs.reload()
        self.receipts.reload()
        self.strip.set_runs([run_bar(run) for run in reversed(view.runs[:20])])
        self._title.set_text(tr("同步历史"), tr("共 {count} 次，永久保留", count=len(view.runs)))
        self._body.setVisible(bool(view.runs))
        self._empty.setVisible(not view.runs)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._receipts.setFixedWidth(px(SIDE if self.width() >= px(WIDE_FROM) else NARROW_SIDE))
        super().resizeEvent(event)

    def panes(self) -> Sequence[QWidget]:
        """Return where F6 goes."""
        return [self.run_sheet.view, self.receipt_sheet.view]


def _boxed(title: SectionTitle, sheet: Sheet) -> QWidget:
    panel = Panel(0)
    head = QHBoxLayout()
    head.setContentsMargins(16, 12, 16, 4)
    head.addWidget(title)
    panel.body.addLayout(head)
    panel.body.addWidget(sheet, 1)
    return panel
