"""Which cells a paste left alone, and why; the way from its report to each of them."""

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout

from desktop.texts import tr
from desktop.texts.messages import message
from desktop.ui.context import Say
from desktop.ui.grid.columns import ColumnSpec, SheetSource
from desktop.ui.grid.model import SheetModel
from desktop.ui.grid.pasting import PasteReport
from desktop.ui.grid.sheet import Sheet
from desktop.ui.grid.view import SheetView
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.labels import Label
from desktop.ui.kit.typography import px


class _Skipped(SheetSource):
    def __init__(self, report: PasteReport) -> None:
        self.cells = report.skipped

    def row_count(self) -> int:
        return len(self.cells)

    def value(self, row: int, key: str) -> object:
        cell = self.cells[row]
        return {"row": str(cell.row + 1), "column": cell.title, "text": cell.text, "reason": cell.reason}[key]


class SkippedDialog(QDialog):
    """Lists the skipped cells; Enter or a double click goes to the cell and closes the list."""

    def __init__(self, view: SheetView, report: PasteReport) -> None:
        super().__init__(view.window())
        self._view, self._report = view, report
        self.setWindowTitle(tr("粘贴时跳过的格子"))
        columns = (ColumnSpec("row", tr("行"), width=48, align="right"), ColumnSpec("column", tr("列"), width=120),
                   ColumnSpec("text", tr("剪贴板里的内容"), width=150), ColumnSpec("reason", tr("原因"), stretch=1))
        self.sheet = Sheet(SheetModel(columns, _Skipped(report), parent=self), lists=True)
        self.sheet.view.setAccessibleName(tr("跳过的格子"))
        self.sheet.view.opened.connect(lambda _row: self.go())
        go, back = Button(tr("转到该格"), "primary", tall=True), Button(tr("关闭"), tall=True)
        go.clicked.connect(self.go)
        back.clicked.connect(self.reject)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(back)
        foot.addWidget(go)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 12)
        column.setSpacing(10)
        column.addWidget(Label(tr("有 {count} 格没有写入，其余都已粘贴。", count=len(report.skipped)), wrap=True))
        column.addWidget(self.sheet, 1)
        column.addLayout(foot)
        self.resize(px(680), px(380))
        self.sheet.view.selectRow(0)
        self.sheet.view.setFocus()

    def go(self) -> None:
        """Go to the cell of the current line, if it is one of the table's."""
        at = self.sheet.view.source_at()[0]
        cell = self._report.skipped[at] if at >= 0 else None
        self.accept()
        if cell is not None and cell.key:
            self._view.go_to(cell.row, cell.key)


def paste_action(view: SheetView, report: PasteReport) -> tuple[str, Callable[[], None] | None]:
    """Return word and call of the button beside the report (M15); empty and None when nothing was skipped."""
    if not report.skipped:
        return "", None

    def show() -> None:
        dialog = SkippedDialog(view, report)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    return message("M15", rows=0, columns=0, written=0, skipped=0).verbs[0], show


def tell_pastes(view: SheetView, say: Say) -> None:
    """Say after each paste of more than one cell what it did, with the way to the cells that it skipped."""
    def tell(report: PasteReport) -> None:
        words, call = paste_action(view, report)
        say(report.sentence(), report.level, action=words, call=call)

    view.sheet.pasted.connect(tell)
