"""常用模板: a list that is searched by typing, taken by Enter, renamed by F2 and deleted by Delete."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.domain.voucher import PaymentVoucher
from desktop.texts import tr
from desktop.ui.grid.columns import ColumnSpec, SheetSource
from desktop.ui.grid.model import SheetModel
from desktop.ui.grid.sheet import Sheet
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.choices import Choice, rank
from desktop.ui.kit.dialogs import Question, Verb
from desktop.ui.kit.inputs import LineInput, search_input
from desktop.ui.kit.panels import Band
from desktop.ui.kit.typography import px
from desktop.usecases.initials import initials
from desktop.usecases.templates import NAME_MOST, VoucherTemplate

TAKE, BACK = "take", "back"
ROWS, WIDTH = 6, 680
_COLUMNS = (
    ColumnSpec("name", tr("名称"), width=130, stretch=2),
    ColumnSpec("payee", tr("收款人"), width=180, stretch=3),
    ColumnSpec("purpose", tr("用途"), width=140, stretch=2),
    ColumnSpec("amount", tr("金额"), "amount", 108),
    ColumnSpec("used", tr("用过"), width=64),
)


class TemplateRows(SheetSource):
    """The templates that the search found."""

    def __init__(self) -> None:
        self.found: Sequence[VoucherTemplate] = ()

    def row_count(self) -> int:
        return len(self.found)

    def value(self, row: int, key: str) -> object:
        one = self.found[row]
        values = {"name": one.name, "payee": one.payee.name, "purpose": one.purpose, "amount": one.amount or None,
                  "used": tr("{count} 次", count=one.used) if one.used else ""}
        return values[key]

    def read_only_reason(self, row: int, key: str) -> str:
        return tr("套用后在单据里改；名称按 F2 改")


class TemplateDialog(Question):
    """The list; Enter takes a template, Esc leaves everything as it was.

    Signals:
        keep_wanted(): The voucher in front becomes a template.
        rename_wanted(object), remove_wanted(object): A `VoucherTemplate`.
        undo_wanted(): The one that was just deleted comes back.
    """

    keep_wanted = Signal()
    rename_wanted = Signal(object)
    remove_wanted = Signal(object)
    undo_wanted = Signal()

    def __init__(self, *, fillable: bool, keepable: bool, parent: QWidget | None = None) -> None:
        body = tr("选一个，按回车填进这张单据：收款人、用途、业务类型、经济分类和明细。指标、日期和发票不变。")
        verbs = (Verb(TAKE, tr("套用"), "primary"), Verb(BACK, tr("返回")))
        super().__init__(tr("常用模板"), body, verbs, default=TAKE, level="info", parent=parent)
        self._all: Sequence[VoucherTemplate] = ()
        self._fillable = fillable
        self.search = search_input(tr("名称、收款人、用途或拼音首字母"), lambda text: self._look())
        self._rows = TemplateRows()
        self._model = SheetModel(_COLUMNS, self._rows, parent=self)
        self.sheet = Sheet(self._model, lists=True)
        self.sheet.view.setAccessibleName(tr("常用模板"))
        self.sheet.setFixedHeight(px(28) + px(24) * ROWS + 14)
        self.sheet.setMinimumWidth(px(WIDTH))
        self._keep = Button(tr("把这一张存为模板"), "tonal", "plus")
        self._rename, self._remove = Button(tr("改名"), "flat", "pencil", "F2"), Button(tr("删除"), "flat", "trash")
        undo = Button(tr("撤销"), "link")
        self.told = Band("info", "", undo)
        self.told.hide()
        tools = QWidget()
        row = QHBoxLayout(tools)
        row.setContentsMargins(0, 0, 0, 0)
        for button in (self._keep, self._rename, self._remove):
            button.setAutoDefault(False)
            row.addWidget(button)
        row.addStretch(1)
        undo.setAutoDefault(False)
        self._keep.setVisible(keepable)
        for part in (self.search, self.sheet, self.told, tools):
            self.add_field(part)
        self._keep.clicked.connect(self.keep_wanted)
        self._rename.clicked.connect(lambda: self._with_current(self.rename_wanted))
        self._remove.clicked.connect(lambda: self._with_current(self.remove_wanted))
        undo.clicked.connect(self.undo_wanted)
        self.sheet.view.opened.connect(lambda _: self._take())
        self.search.installEventFilter(self)
        self.sheet.view.installEventFilter(self)
        self.search.setFocus()

    def show_templates(self, found: Sequence[VoucherTemplate], current: str = "") -> None:
        """Show these; the one with this id is the current one."""
        self._all = found
        self._look(current)

    def tell(self, words: str, *, undo: bool = False) -> None:
        """Say what came of a step, over the tools; with a way back if there is one."""
        self.told.set_content("info", words)
        for button in self.told.findChildren(Button):
            button.setVisible(undo)
        self.told.show()

    def current(self) -> VoucherTemplate | None:
        """Return the template under the cursor."""
        at = self.sheet.view.source_at()[0]
        return self._rows.found[at] if 0 <= at < len(self._rows.found) else None

    def _look(self, current: str = "") -> None:
        by_id = {one.template_id: one for one in self._all}
        choices = [Choice(one.template_id, one.name, initials(one.name),
                          f"{one.payee.name} {one.purpose} {initials(one.payee.name)} {initials(one.purpose)}")
                   for one in self._all]
        self._rows.found = [by_id[hit.code] for hit in rank(choices, self.search.text(), len(choices))]
        self._model.reload()
        found = [one.template_id for one in self._rows.found]
        if found:
            self.sheet.view.select_source(found.index(current) if current in found else 0, 0)
        self.buttons[TAKE].setEnabled(bool(found) and self._fillable)
        self._rename.setEnabled(bool(found))
        self._remove.setEnabled(bool(found))

    def _take(self) -> None:
        if self.current() is not None and self._fillable:
            self.answer = TAKE
            self.accept()

    def _with_current(self, signal: object) -> None:
        one = self.current()
        if one is not None:
            signal.emit(one)  # type: ignore[attr-defined]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if watched is self.search and event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self._rows.found:
                self.sheet.view.setFocus(Qt.FocusReason.TabFocusReason)
                return True
            if watched is self.search and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._take()
                return True
            if watched is self.sheet.view and event.key() == Qt.Key.Key_Delete:
                self._with_current(self.remove_wanted)
                return True
        return super().eventFilter(watched, event)


class NameQuestion(Question):
    """The name of a template, and whether its amounts are kept; the verb stays grey without a name."""

    def __init__(self, voucher: PaymentVoucher, names: Sequence[str], parent: QWidget | None = None) -> None:
        body = tr("记下收款人、用途、业务类型、经济分类和明细，下次按 Ctrl+T 就填好。")
        super().__init__(tr("存为常用模板"), body, (Verb("go", tr("存下"), "primary"), Verb("back", tr("返回"))),
                         default="go", parent=parent)
        self._names = frozenset(names)
        self.name = LineInput(voucher.purpose[:NAME_MOST], tr("模板名称，例如：每月电费"))
        self.name.setMaxLength(NAME_MOST)
        self.name.setAccessibleName(tr("模板名称"))
        self.amounts = Button(tr("金额也记下"), "second", "circle")
        self.amounts.setCheckable(True)
        self.amounts.setAutoDefault(False)
        self.amounts.toggled.connect(self._look)
        self.name.textChanged.connect(self._look)
        self._told = Band("warning", tr("已有同名的模板，存下就换成这一张的内容。"))
        for part in (self.amounts, self._told, self.name):
            self.add_field(part)
        self.name.selectAll()
        self._look()

    def _look(self) -> None:
        name = " ".join(self.name.text().split())
        self.amounts.set_icon("check" if self.amounts.isChecked() else "circle")
        self.buttons["go"].setEnabled(bool(name))
        self._told.setVisible(name in self._names)
