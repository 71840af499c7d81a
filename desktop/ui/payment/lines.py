"""The lines of the voucher: a small grid on ruled paper, with its total and the difference to the amount."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal

from PySide6.QtCore import QRect, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from desktop.domain.code_tables import entry_of
from desktop.domain.money import ZERO, format_yuan
from desktop.domain.problem import Level
from desktop.domain.voucher import EvoucherUse, PaymentVoucher, VoucherLine
from desktop.texts import tr
from desktop.ui.documents.codes import nodes_of, path_of
from desktop.ui.documents.wording import describe
from desktop.ui.grid.binding import DocumentSource, Field, NotTaken
from desktop.ui.grid.columns import NO_MARK, CodeNode, ColumnSpec, Mark, Rich
from desktop.ui.grid.model import SheetModel
from desktop.ui.grid.sheet import TotalRow
from desktop.ui.grid.skipped import tell_pastes
from desktop.ui.grid.view import SheetView
from desktop.ui.kit import tokens
from desktop.ui.kit.choices import Choice, rank
from desktop.ui.kit.icons import qcolor
from desktop.ui.kit.typography import px
from desktop.ui.payment.session import VoucherSession

ROW = 28
LEAST_ROWS = (3, 6)  # lines in sight even on a low screen: at least, and at most before the grid scrolls
ECONOMIC, SUMMARY, AMOUNT, INVOICE, CLIP, STATE = "economic", "summary", "amount", "invoice", "clip", "state"
# Key of a column to the field of a line that it shows, as findings name it.
FIELDS = {ECONOMIC: "dept_economic_code", SUMMARY: "summary", AMOUNT: "amount", INVOICE: "evoucher_key"}
_COLUMNS_OF = {field: key for key, field in FIELDS.items()} | {"gov_economic_code": ECONOMIC}


def columns(find: Callable[[str], Sequence[Choice]],
            tree: Callable[[], Sequence[CodeNode]]) -> tuple[ColumnSpec, ...]:
    """Return the columns of the grid; both search the department codes that the quota allows."""
    carried = tr("由发票文件带出。把 OFD 或 XML 发票拖进来，或按 Ctrl+Shift+A")
    return (
        ColumnSpec("index", "", "index", 32),
        ColumnSpec(ECONOMIC, tr("部门经济分类"), "code", 208, editable=True, choices=find, tree=tree),
        ColumnSpec(SUMMARY, tr("摘要"), "text", 140, editable=True, stretch=1),
        ColumnSpec(AMOUNT, tr("金额"), "amount", 108, editable=True),
        ColumnSpec(INVOICE, tr("发票号码"), "digits", 196, reason=carried),
        ColumnSpec(CLIP, tr("附件"), "rich", 56, reason=carried, fold_below=980),
        ColumnSpec(STATE, tr("状态"), "rich", 80, reason=tr("由系统核对得出")),
    )


class LinesSource(DocumentSource[PaymentVoucher, VoucherLine]):
    """The lines of the session's voucher; every change goes through the session."""

    def __init__(self, session: VoucherSession) -> None:
        fields = (
            Field(ECONOMIC, FIELDS[ECONOMIC], self._economic, _code),
            Field(SUMMARY, FIELDS[SUMMARY], take=lambda value: str(value or "").strip()),
            Field(AMOUNT, FIELDS[AMOUNT], lambda amount: amount or None, _amount),
        )
        super().__init__("lines", fields, read=lambda: session.voucher, write=self._write_voucher,
                         fresh=lambda: VoucherLine(session.context.seat().ids.new()))
        self.session = session
        self._marks: dict[tuple[int, str], Mark] = {}

    def find(self, typed: str) -> Sequence[Choice]:
        """Search the department codes that the quota allows, the leaves of the table."""
        allowed, table = self._allowed(), self.session.desk.economics
        rows = [
            Choice(entry.code, entry.name, entry.initials, path_of(table, entry.code))
            for entry in table.values()
            if entry.leaf and (not allowed or entry.code in allowed)
        ]
        return rank(rows, typed)

    def nodes(self) -> Sequence[CodeNode]:
        """Return the same codes as a tree."""
        return nodes_of(self.session.desk.economics, self._allowed())

    def _allowed(self) -> set[str]:
        quota = self.session.facts.quota
        return set(quota.dept_economic_codes) if quota is not None else set()

    def look(self) -> None:
        """Take the marks of the newest findings."""
        marks: dict[tuple[int, str], Mark] = {}
        for finding in self.session.findings():
            place = line_place(finding.where)
            if place is not None and finding.level is not None:
                level = {Level.ERROR: "error", Level.WARN: "warning"}.get(finding.level, "info")
                text = describe(finding)
                marks.setdefault(place, Mark(level, f"{text.sentence}{text.advice}（{finding.code}）"))
        self._marks = marks

    def computed(self, row: int, line: VoucherLine, key: str) -> object:
        use = next((one for one in self.session.voucher.evouchers if one.key == line.evoucher_key), None)
        if key == INVOICE:
            return use.invoice_no if use is not None else None
        if key == CLIP:
            return Rich("1", icon="clip") if use is not None else None
        return self._state(row, line, use) if key == STATE else None

    def read_only_reason(self, row: int, key: str) -> str:
        return "" if self.session.editable() else tr("这张单据现在不能修改，原因见上方")

    def mark(self, row: int, key: str) -> Mark:
        return self._marks.get((row, key), NO_MARK)

    def add_label(self) -> str:
        return tr("在此输入新的一行") if self.session.editable() else ""

    def total(self, key: str) -> object:
        if key == ECONOMIC:
            return tr("合计")
        if key == AMOUNT:
            return self.session.voucher.line_total()
        if key == INVOICE:
            difference = self.session.voucher.amount - self.session.voucher.line_total()
            words = tr("与单据金额差 {difference}", difference=format_yuan(difference))
            return Rich(words, "err" if difference else "ok", bold=True)
        return None

    def _write_voucher(self, voucher: PaymentVoucher) -> None:
        self.session.touched.add("lines")
        self.session.put(voucher)

    def _state(self, row: int, line: VoucherLine, use: EvoucherUse | None) -> Rich | None:
        levels = {mark.level for (at, _), mark in self._marks.items() if at == row}
        if "error" in levels:
            return Rich(tr("有错误"), "err", "error")
        if "warning" in levels:
            return Rich(tr("要说明"), "warn", "warning")
        if use is None:
            return Rich(tr("无发票"), "dis") if line.amount else None
        if use.used != line.amount:
            return Rich(tr("不符"), "warn", "warning")
        return Rich(tr("相符"), "ok", "check-circle")

    def _economic(self, code: str) -> Choice | None:
        if not code:
            return None
        entry = entry_of(code, self.session.desk.economics)
        return Choice(code, entry.name if entry is not None else "", entry.initials if entry is not None else "")


def _code(value: object) -> str:
    return value.code if isinstance(value, Choice) else ""


def _amount(value: object) -> Decimal:
    amount = value if isinstance(value, Decimal) else ZERO
    if amount < 0:
        raise NotTaken(tr("金额不能小于零；退款不在这里填"))
    return amount


class _RuledView(SheetView):
    """The grid on paper: empty lines are ruled down to the total, and Enter on the empty new line leaves it."""

    def walk(self, step: int, *, by_tab: bool = False) -> bool:
        row = self.at()[0]
        model = self.model()
        if step > 0 and not by_tab and isinstance(model, SheetModel) and row >= 0 and model.is_add_row(row):
            self.walked_out.emit(step)
            return False
        return super().walk(step, by_tab=by_tab)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter, room = QPainter(self.viewport()), self.viewport().height()
        height = self.verticalHeader().defaultSectionSize()
        line, shown = qcolor("line"), self.columns()
        top = self.model().rowCount() * height - self.verticalScrollBar().value() * height
        while top < room:
            bottom = min(top + height, room) - 1
            for at in shown:
                left, width = self.columnViewportPosition(at), self.columnWidth(at)
                if at == shown[0]:
                    painter.fillRect(QRect(left, top, width, height), qcolor("alt"))
                painter.fillRect(left + width - 1, top, 1, height, line)
                painter.fillRect(left, bottom, width, 1, line)
            top += height


class LinesGrid(QWidget):
    """The grid with its total row.

    Signals:
        walked_out(int): Enter behind the last line (+1), or Shift+Enter before the first (-1).
        place_changed(str): Key of the column that the person is in.
        refused(str): What was typed was not taken; why.
    """

    walked_out = Signal(int)
    place_changed = Signal(str)
    refused = Signal(str)

    def __init__(self, session: VoucherSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.source = LinesSource(session)
        self.model = SheetModel(columns(self.source.find, self.source.nodes), self.source, session.undo_stack, self)
        self.view = _RuledView(self.model, row_height=ROW)
        self.view.setParent(self)
        self.view.setAccessibleName(tr("明细"))
        self.total = TotalRow(self.view, self.model, self)
        self.setFocusProxy(self.view)
        self._count = self.model.rowCount()
        # Rows that the grid itself adds or drops are known to it; only others ask for a reset, which closes an editor.
        for told in (self.model.rowsInserted, self.model.rowsRemoved, self.model.modelReset):
            told.connect(self._counted)
        self.model.edited.connect(session.tell)
        self.model.refused.connect(self.refused)
        tell_pastes(self.view, session.context.say)
        self.view.reference.remember(session.context.notes, "voucher-lines")
        self.view.viewing.columns.keep(session.context.notes, "voucher-lines")
        self.view.walked_out.connect(self.walked_out)
        self.view.current_changed.connect(lambda row, key: self.place_changed.emit(key))

    def follow(self) -> None:
        """Show the session's lines again; the current cell stays where it is."""
        if self.model.rowCount() == self._count:
            self.model.refresh()
        else:
            row, column = self.view.source_at()
            self.model.reload()
            if row >= 0 and self.model.rowCount():
                self.view.select_source(row, column)
        self.total.update()

    def _counted(self) -> None:
        self._count = self.model.rowCount()
        self.updateGeometry()

    def look(self) -> None:
        """Show the marks of the newest findings."""
        self.source.look()
        self.follow()

    def start(self) -> None:
        """Take the focus at the first cell that is still to be filled."""
        for row in range(self.source.row_count()):
            for key in (ECONOMIC, SUMMARY, AMOUNT):
                if not self.source.value(row, key):
                    self.view.go_to(row, key)
                    return
        self.view.go_to(self.source.row_count() if self.source.add_label() else 0, ECONOMIC)

    def go_to(self, where: str) -> bool:
        """Go to the place of a finding; tell whether it is one of the lines."""
        place = line_place(where)
        if place is None or not self.source.row_count():
            return False
        self.view.go_to(min(place[0], self.source.row_count() - 1), place[1])
        return True

    def current_line(self) -> int:
        """Return the line that the person is in, or the last one; -1 when there is none."""
        row, last = self.view.source_at()[0], self.source.row_count() - 1
        return row if 0 <= row <= last else last

    def drop_line(self) -> bool:
        """Take the current line out as one undo step; its e-voucher stays with the voucher."""
        row, voucher = self.view.source_at()[0], self.source.session.voucher
        if not 0 <= row < len(voucher.lines) or not self.source.session.editable():
            return False
        lines = voucher.lines[:row] + voucher.lines[row + 1 :]
        self.source.session.change(replace(voucher, lines=lines), tr("删除明细行"))
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # Whole lines only, as on paper: what is left of the height stays white under the total.
        head, row, total = px(tokens.HEAD_ROW), px(ROW), px(tokens.TOTAL_ROW)
        height = head + max(1, (self.height() - head - total) // row) * row
        self.view.setGeometry(0, 0, self.width(), height)
        self.total.setGeometry(0, height, self.width(), total)

    def sizeHint(self) -> QSize:
        return QSize(px(800), px(tokens.HEAD_ROW) + 5 * px(ROW) + px(tokens.TOTAL_ROW))

    def minimumSizeHint(self) -> QSize:
        rows = min(LEAST_ROWS[1], max(LEAST_ROWS[0], self.model.rowCount()))
        return QSize(px(480), px(tokens.HEAD_ROW) + rows * px(ROW) + px(tokens.TOTAL_ROW))

def line_place(where: str) -> tuple[int, str] | None:
    """Return row and column of a finding's place ``lines[2].amount``; None for any other place."""
    head, _, field = where.partition("].")
    if not head.startswith("lines[") or not head[6:].isdigit():
        return (0, ECONOMIC) if where == "lines" else None
    return int(head[6:]), _COLUMNS_OF.get(field, ECONOMIC)
