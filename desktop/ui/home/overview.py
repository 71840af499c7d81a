"""各单位总览: how every unit of this PC stands, one line each; Enter changes to it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.domain.fault import Fault
from desktop.domain.money import format_yuan
from desktop.texts import faults, tr
from desktop.texts import home as words
from desktop.texts.outcome import RunEnd, ended, level
from desktop.ui.app.read_source import ReadSource
from desktop.ui.app.rows import day
from desktop.ui.context import Context
from desktop.ui.grid.columns import ColumnSpec, Rich
from desktop.ui.grid.model import SheetModel
from desktop.ui.grid.sheet import Sheet
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.dialogs import Verb, ask
from desktop.ui.kit.panels import Panel, SectionTitle
from desktop.ui.shell.state import UnitItem
from desktop.ui.tasks import Job
from desktop.ui.units import OtherUnits
from desktop.usecases.ports import AtBooks
from desktop.usecases.unit_summary import UnitSummary, unit_summary
from sync.faults import ExchangeFault

COLUMNS = (
    ColumnSpec("unit", tr("单位"), "rich", 200, stretch=3),
    ColumnSpec("drafts", tr("草稿"), "number", 60, places=0),
    ColumnSpec("errors", tr("有错误"), "rich", 68, align="right"),
    ColumnSpec("returned", tr("退回"), "rich", 60, align="right"),
    ColumnSpec("waiting", tr("待复核签章"), "number", 88, places=0),
    ColumnSpec("to_send", tr("待同步"), "number", 68, places=0),
    ColumnSpec("total", tr("待送金额（元）"), "amount", 116),
    ColumnSpec("last", tr("上次同步"), width=96),
    ColumnSpec("due", tr("截止"), width=150, stretch=1),
    ColumnSpec("note", tr("情况"), "rich", 120, stretch=2),
)


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A line: the unit, its numbers once they are read, and what is said about it."""

    item: UnitItem
    summary: UnitSummary | None = None
    note: Rich = Rich(tr("正在读取…"), "text2", "clock")  # noqa: RUF009 - frozen
    here: bool = False


class UnitRows(ReadSource):
    """Lines as rows of the table."""

    def __init__(self) -> None:
        self.rows: list[UnitRow] = []
        self.year = 0

    def row_count(self) -> int:
        return len(self.rows)

    def value(self, row: int, key: str) -> object:
        one = self.rows[row]
        if key == "unit":
            name = one.summary.name if one.summary is not None else one.item.name
            return Rich(f"{one.item.code} {name}".strip(), bold=one.here)
        if key == "note":
            return one.note
        found = one.summary
        if found is None:
            return None
        match key:
            case "errors":
                return Rich(str(found.with_errors), "err", "error") if found.with_errors else ""
            case "returned":
                return Rich(str(found.returned), "err", "return") if found.returned else ""
            case "last":
                return day(found.last_good.started_at, self.year) if found.last_good is not None else tr("还没有")
            case "due":
                return f"{found.due.day:%m-%d} {words.due_left(found.due)}" if found.due is not None else ""
        return Decimal(found.total) if key == "total" else Decimal(getattr(found, key))


class Overview(QWidget):
    """The table and what may be done for all units.

    Signals:
        said(str, str): A short message for the window's toast, and its kind.
    """

    said = Signal(str, str)

    def __init__(self, context: Context, units: OtherUnits, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._units = context, units
        self._job: Job | None = None
        self.audit, self.sync = Button(tr("全部审核"), "second", "shield"), Button(tr("全部同步"), "tonal", "sync")
        self.stop = Button(tr("停止"), "second", "stop")
        self.source = UnitRows()
        self.model = SheetModel(COLUMNS, self.source, parent=self)
        self.sheet = Sheet(self.model, lists=True)
        self.sheet.view.setAccessibleName(tr("各单位总览"))
        self.title = SectionTitle(tr("各单位总览"), tr("回车换到该单位"), self.stop, self.audit, self.sync)
        panel = Panel()
        panel.body.addWidget(self.title)
        panel.body.addWidget(self.sheet, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(panel)
        self.audit.clicked.connect(lambda: self._read(judge=True))
        self.sync.clicked.connect(self._sync_all)
        self.stop.clicked.connect(self._stop)
        self.sheet.view.opened.connect(self._switch)
        self._show_busy(busy=False)

    # -- reading

    def refresh(self) -> None:
        """Read all units again, one after the other; not while something runs."""
        if self._job is None:
            self._read(judge=False)

    def _read(self, *, judge: bool) -> None:
        units, today, year = self._units, self._context.services.today(), self._context.this_year
        unit = self._context.unit
        here = UnitRow(UnitItem("", unit.code, unit.name, unit.color), here=True)
        self._show([here, *(UnitRow(item) for item in units.items())])

        def look(row: UnitRow, at: AtBooks, job: Job) -> UnitRow:
            if row.here:
                found = at(lambda books: unit_summary(books, today, year, judge=judge))
            else:
                found = units.look(row.item.key, judge=judge)
            return replace(row, summary=found, note=_standing(found, here=row.here, judged=judge))

        self._each(look, tr("全部审核完成，有错误的单位按回车进去逐条改。") if judge else "")

    def _each(self, step: Callable[[UnitRow, AtBooks, Job], UnitRow], finished: str) -> None:
        """Take a step for every row in a worker; a unit that does not open says why, and the others go on."""
        rows, relay = tuple(self.source.rows), _Relay(self)
        relay.row_done.connect(self._put)

        def work(at: AtBooks, job: Job) -> None:
            for place, row in enumerate(rows):
                if job.stop.is_set():  # not by `tick`: what is done stays on the screen
                    return
                try:
                    relay.row_done.emit(place, step(row, at, job))
                except (Fault, ExchangeFault) as fault:
                    told = faults.describe(fault.code, fault.facts)
                    relay.row_done.emit(place, replace(row, note=Rich(told.title, "warn", "warning")))

        def done(_: object) -> None:
            self._over()
            if finished:
                self.said.emit(finished, "ok")

        self._show_busy(busy=True)
        self._job = self._context.run_in_net(self, work, done, lambda error: self._over())

    def _put(self, place: int, row: UnitRow) -> None:
        if place < len(self.source.rows):
            self.source.rows[place] = row
            self.model.refresh()

    def _show(self, rows: Sequence[UnitRow]) -> None:
        at = max(0, self.sheet.view.source_at()[0])
        self.source.rows, self.source.year = list(rows), self._context.this_year
        self.model.reload()
        self.sheet.view.select_source(min(at, len(rows) - 1), 0)

    def _over(self) -> None:
        self._job = None
        self._show_busy(busy=False)

    def _show_busy(self, *, busy: bool) -> None:
        self.stop.setVisible(busy)
        self.audit.setEnabled(not busy)
        self.sync.setEnabled(not busy)

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self.stop.setEnabled(False)

    # -- acting

    def _switch(self, row: int) -> None:
        one = self.source.rows[row]
        if one.here:
            self.said.emit(tr("现在就在这个单位。"), "info")
        else:
            self._units.switch(one.item.key)

    def _sync_all(self) -> None:
        others = [row for row in self.source.rows if not row.here]
        count = sum(row.summary.to_send for row in others if row.summary is not None)
        total = sum((row.summary.total for row in others if row.summary is not None), Decimal(0))
        names = "、".join(row.item.name for row in others)
        body = tr("依次为 {names} 送出待同步的 {count} 份单据（支付申请合计 {total} 元），并领取回执和基础数据。"
                  "当前单位请按 F12 单独核对。", names=names, count=count, total=format_yuan(total))
        verbs = (Verb("go", tr("依次同步"), "primary"), Verb("back", tr("返回")))
        title = tr("要为 {count} 个单位同步吗？", count=len(others))
        if ask(title, body, verbs, default="back", level="warning", parent=self) != "go":
            return

        def sync(row: UnitRow, at: AtBooks, job: Job) -> UnitRow:
            if row.here:
                return row
            end = self._units.sync(row.item.key, job.stop.is_set)
            return replace(row, summary=self._units.look(row.item.key), note=_ended(end))

        self._each(sync, tr("各单位已依次同步，结果写在“情况”一列。"))


class _Relay(QObject):
    """Brings a row from the worker into the window's thread."""

    row_done = Signal(int, object)


def _standing(found: UnitSummary, *, here: bool, judged: bool) -> Rich:
    if found.returned:
        return Rich(tr("有退回，要处理"), "err", "return")
    if found.with_errors:
        return Rich(tr("有错误，要改"), "err", "error")
    if found.to_send:
        return Rich(tr("可以同步"), "accent", "send")
    if judged:
        return Rich(tr("审核通过"), "ok", "check-circle")
    return Rich(tr("当前单位") if here else tr("没有要办的"), "text2", "check")


_TONES: Mapping[str, tuple[str, str]] = {"ok": ("ok", "check-circle"), "warning": ("warn", "return"),
                                         "error": ("err", "error"), "neutral": ("text2", "clock")}


def _ended(end: RunEnd) -> Rich:
    tone, icon = _TONES[level(end)]
    if end.outcome == "DONE":
        return Rich(tr("送出 {sent}，退回 {returned}，更新 {received}", sent=end.sent, returned=end.returned,
                       received=end.received), tone, icon)
    return Rich(ended(end).title, tone, icon)
