"""本次: the run while it goes on, and its exact result when it is over."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.texts import tr
from desktop.texts.outcome import RunEnd, ended, level, must_act
from desktop.ui.app.reading import UnitName
from desktop.ui.kit import tokens
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.labels import Label
from desktop.ui.kit.panels import Band, EmptyState, Icon, Line, Panel
from desktop.ui.kit.typography import px
from desktop.ui.sync.backup_ways import BackupWays
from desktop.ui.sync.returned_list import ReturnedList
from desktop.ui.sync.runner import Ended, SyncRunner
from desktop.ui.sync.sheet_head import SheetHead
from desktop.ui.sync.stage_list import StageList, clock
from desktop.usecases.month_end import Stage, StageReport, Status

TICK_MS = 500


class RunView(QWidget):
    """Shows a `SyncRunner`.

    Signals:
        background_requested(): 在后台继续: the user goes on with other work.
        check_requested(): To the check sheet, to start (again).
        document_chosen(object): A `DocumentRow` that came back.
        receipts_requested(): To the receipts.
        library_requested(str): To what changed in the library; version of the catalogue.
    """

    background_requested = Signal()
    check_requested = Signal()
    document_chosen = Signal(object)
    receipts_requested = Signal()
    library_requested = Signal(str)

    def __init__(self, runner: SyncRunner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._unit = UnitName("", "", "", known=False)
        self.head, self.stages = SheetHead(), StageList()
        self.library = Button(tr("指标库什么变了"), "link", "list")
        self.library.clicked.connect(lambda: self.library_requested.emit(self._library()))
        self.band, self.returned, self.ways = Band("ok", "", self.library), ReturnedList(), BackupWays()
        self.returned.chosen.connect(self.document_chosen)
        begin = Button(tr("核对并同步"), "primary", "sync")
        begin.clicked.connect(self.check_requested)
        self._empty = EmptyState(tr("打开程序以来还没有同步过。核对要送出的内容，再开始。"), begin, "sync")
        self._sheet = Panel(0)
        self._lay_out()
        self._beat = QTimer(self)
        self._beat.setInterval(TICK_MS)
        self._beat.timeout.connect(self._tick)
        runner.started.connect(self._started)
        runner.reported.connect(self._reported)
        runner.finished.connect(self._finished)
        self._show_state()

    def _lay_out(self) -> None:
        self.stop = Button(tr("停止"), "second", "stop", tall=True)
        self.background = Button(tr("在后台继续"), "primary", tall=True)
        self.again = Button(tr("再次同步"), "second", "sync", tall=True)
        self.close_result = Button(tr("回到首页"), "primary", tall=True)
        self.stop.clicked.connect(self._stop)
        self.background.clicked.connect(self.background_requested)
        self.again.clicked.connect(self.check_requested)
        self.close_result.clicked.connect(self.background_requested)
        self.receipts = Button(tr("查看回执"), "link", "receipt", tall=True)
        self.unsent = Button("", "link", "send", tall=True)
        self.receipts.clicked.connect(self.receipts_requested)
        self.unsent.clicked.connect(self.check_requested)
        self._note = Label("", tone="text2")
        self._lock = Icon("lock", "text2", 16)
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 10, 12, 10)
        foot.setSpacing(8)
        foot.addWidget(self._lock)
        foot.addWidget(self._note, 1)
        foot.addWidget(self.receipts)
        foot.addWidget(self.unsent)
        foot.addSpacing(8)
        for button in (self.stop, self.background, self.again, self.close_result):
            foot.addWidget(button)
        result = QVBoxLayout()
        result.setContentsMargins(12, 8, 12, 0)
        self.band.setMinimumHeight(px(tokens.CONTROL + 8))
        result.setSpacing(8)
        result.addWidget(self.band)
        result.addWidget(self.ways)
        body = self._sheet.body
        body.setSpacing(0)
        body.addWidget(self.head)
        body.addLayout(result)
        scroll = self._scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(self.stages)
        body.addWidget(scroll, 1)
        body.addWidget(self.returned)
        body.addWidget(Line())
        body.addLayout(foot)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._sheet)
        column.addWidget(self._empty)

    def show_unit(self, unit: UnitName) -> None:
        """Name the unit that the run is for."""
        self._unit = unit
        self._show_state()

    def _started(self) -> None:
        self._beat.start()
        self._show_state()
        self.background.setFocus()

    def _reported(self, report: StageReport) -> None:
        self._show_state()

    def _finished(self, over: Ended) -> None:
        self._beat.stop()
        self._show_state()
        self.close_result.setFocus()

    def _tick(self) -> None:
        self._show_state()

    def _stop(self) -> None:
        self._runner.stop()
        self._show_state()

    def _show_state(self) -> None:
        running, over = self._runner.running, self._runner.last
        self._sheet.setVisible(running or over is not None)
        self._empty.setVisible(not running and over is None)
        for part, on in (
            (self.stop, running), (self.background, running), (self._lock, running),
            (self.again, not running), (self.close_result, not running), (self.band, over is not None),
            (self.library, bool(self._library())),
            (self.receipts, not running and over is not None and over.end.sent > 0),
            (self.unsent, not running and over is not None and over.end.left > 0),
        ):
            part.setVisible(on)
        self.ways.show_run(self._runner)
        if over is not None and not running:
            self._show_result(over)
        elif running:
            self._show_running()

    def _library(self) -> str:
        """Return the version of the catalogue whose library came in this run, empty when none did."""
        received = self._runner.reports.get(Stage.RECEIVE)
        return received.facts.get("library_version", "") if received is not None else ""

    def _show_running(self) -> None:
        now = self._runner.current()
        place = list(Stage).index(now.stage) + 1 if now is not None else 1
        self.head.show_words(
            tr("正在同步 {unit}", unit=self._unit.name), self._batch_words(),
            tr("已用 {time}", time=clock(self._runner.seconds())), tr("8 步中第 {place} 步", place=place),
        )
        self.stages.show_reports(self._runner.reports)
        top, bottom = self.stages.running_span()
        self._scroll.ensureVisible(0, bottom, 0, 4)
        self._scroll.ensureVisible(0, top, 0, 4)
        self.returned.show_rows(())
        self.stop.setEnabled(not self._runner.stopping)
        if self._runner.stopping:
            self._note.setText(tr("正在停下，做完手上的这一小步就停。已经送达的不受影响。"))
        else:
            self._note.setText(tr("送出的单据暂不能修改，其他工作照常。"))

    def _batch_words(self) -> str:
        checked = self._runner.reports.get(Stage.PRECHECK)
        if checked is None or checked.status is not Status.DONE:
            return tr("开始前先清点和备份")
        count, unsent = checked.facts.get("count", "0"), checked.facts.get("unsent", "0")
        if count == unsent == "0":
            return tr("没有要送出的单据，只领取回执和基础数据")
        more = tr("，连同上次封好的 {unsent} 批", unsent=unsent) if unsent != "0" else ""
        return tr("共 {count} 份{more}", count=count, more=more)

    def _show_result(self, over: Ended) -> None:
        end = over.end
        told = ended(end)
        urgent = end.outcome == "FAILED" and must_act(end.code, end.facts)
        self.head.show_words(
            told.title, tr("{unit} · 送往 {bureau}", unit=self._unit.name, bureau=self._unit.bureau or tr("财政平台")),
            tr("用时 {time}", time=clock(over.seconds)), _numbers(end),
        )
        self.band.set_content(level(end), told.body)
        self.stages.show_reports(self._runner.reports, urgent=urgent)
        self.returned.show_rows(over.returned)
        self._note.setText("")
        self.unsent.setText(tr("未送出 {count} 份", count=end.left))
        self.again.setText(tr("继续同步") if end.outcome == "STOPPED" else tr("再试一次") if end.outcome == "FAILED"
                           else tr("再次同步"))


def _numbers(end: RunEnd) -> str:
    return tr("送出 {sent} · 退回 {returned} · 更新 {received} · 未送 {left}", sent=end.sent, returned=end.returned,
              received=end.received, left=end.left)

