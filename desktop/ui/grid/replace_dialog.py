"""替换: a list of every cell that would change, before and after, ticked one by one; one step to take back."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop.texts import tr
from desktop.ui.grid.columns import TAKEN, ColumnSpec, Outcome, SheetSource
from desktop.ui.grid.finding import Change, FoundText, replacements
from desktop.ui.grid.model import SheetModel
from desktop.ui.grid.view import SheetView
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.inputs import Field, LineInput
from desktop.ui.kit.labels import Label
from desktop.ui.kit.typography import px

_TEXTS = ("text", "amount", "number", "percent", "date", "digits", "code", "choice")
_COLUMNS = (
    ColumnSpec("on", "", "check", 36, editable=True), ColumnSpec("place", tr("位置"), width=190),
    ColumnSpec("before", tr("改前"), width=170, stretch=1), ColumnSpec("after", tr("改后"), width=170, stretch=1),
)


class _Changes(SheetSource):
    def __init__(self, view: SheetView) -> None:
        self._view = view
        self.changes: Sequence[Change] = ()
        self.off: set[int] = set()

    def row_count(self) -> int:
        return len(self.changes)

    def value(self, row: int, key: str) -> object:
        change = self.changes[row]
        if key == "on":
            return row not in self.off
        if key == "place":
            return tr("第 {row} 行 · {title}", row=self._view.sheet.source_row(change.row) + 1,
                      title=self._view.sheet.columns[change.column].title)
        return change.before if key == "before" else change.after

    def set_value(self, row: int, key: str, value: object) -> Outcome:
        (self.off.discard if value else self.off.add)(row)
        return TAKEN


class ReplaceDialog(QDialog):
    """Replaces in the cells that are shown and may be typed into; with several selected, only in these."""

    def __init__(self, view: SheetView, wanted: str, parent: QWidget | None = None) -> None:
        super().__init__(parent or view)
        self.setWindowTitle(tr("替换"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._view = view
        self._cells = self._editable_cells()
        self.wanted, self.new = LineInput(wanted), LineInput()
        self.whole = Button(tr("整格相同才替换"), "second")
        self.whole.setCheckable(True)
        self.source = _Changes(view)
        self.model = SheetModel(_COLUMNS, self.source, parent=self)
        self.list = SheetView(self.model, lists=True)
        self.list.setAccessibleName(tr("会改的格子"))
        self.note = Label("", tone="text2", wrap=True)
        self.go, back = Button("", "primary", tall=True), Button(tr("取消"), tall=True)
        self.go.setDefault(True)
        self._lay_out(back)
        for field in (self.wanted, self.new):
            field.textChanged.connect(lambda _: self.show_changes())
        self.whole.toggled.connect(lambda _: self.show_changes())
        self.model.edited.connect(self._count)
        self.go.clicked.connect(self.apply)
        back.clicked.connect(self.reject)
        self.resize(px(680), px(440))
        self.show_changes()
        (self.new if wanted else self.wanted).setFocus()

    def _lay_out(self, back: Button) -> None:
        fields, foot = QHBoxLayout(), QHBoxLayout()
        fields.setSpacing(12)
        fields.addWidget(Field(tr("查找"), self.wanted), 1)
        fields.addWidget(Field(tr("替换为"), self.new), 1)
        foot.addWidget(self.whole)
        foot.addStretch(1)
        foot.addWidget(back)
        foot.addWidget(self.go)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 12)
        column.setSpacing(10)
        column.addLayout(fields)
        column.addWidget(self.note)
        column.addWidget(self.list, 1)
        column.addLayout(foot)

    def _editable_cells(self) -> list[FoundText]:
        model, view = self._view.sheet, self._view
        columns = [at for at in view.columns() if model.columns[at].kind in _TEXTS and model.columns[at].editable]
        parts = view.ranges()
        self._within = sum(part.width() * part.height() for part in parts)
        if self._within > 1:
            places = sorted({(row, at) for part in parts for row in range(part.top(), part.bottom() + 1)
                             for at in range(part.left(), part.right() + 1) if at in columns})
        else:
            places = [(row, at) for row in range(model.shown_count()) for at in columns]
        found = [FoundText(row, at, model.typed(row, at), model.clip(row, at)) for row, at in places
                 if not model.is_add_row(row) and model.editable(row, at)]
        return [cell for cell in found if cell.plain]

    def show_changes(self) -> None:
        """List what would change with what is typed now, everything ticked."""
        self.source.changes = replacements(self._cells, self.wanted.text(), self.new.text(),
                                           whole=self.whole.isChecked())
        self.source.off.clear()
        self.model.reload()
        self._count()

    def _count(self) -> None:
        ticked = len(self.source.changes) - len(self.source.off)
        where = tr("只在选中的 {count} 格里找。", count=self._within) if self._within > 1 else ""
        if not self.wanted.text():
            said = tr("输入要查找的内容，下面列出会改的格子，核对后再替换。")
        elif not self.source.changes:
            said = tr("没有能改的格子。不能填写的格子不会列出。")
        else:
            said = tr("会改 {count} 格。空格键取消打勾的格子不改，替换后可以按 Ctrl+Z 撤销。", count=ticked)
        self.note.setText(f"{where}{said}")
        self.go.setText(tr("替换 {count} 格", count=ticked))
        self.go.setEnabled(bool(ticked))

    def apply(self) -> None:
        """Replace in the ticked cells, as one step, and close."""
        model = self._view.sheet
        cells = [(change.row, model.columns[change.column].key, change.after)
                 for at, change in enumerate(self.source.changes) if at not in self.source.off]
        self.accept()
        if cells:
            model.enter(cells, tr("替换 {count} 格", count=len(cells)))
            self._view.go_to(model.source_row(cells[0][0]), cells[0][1])
