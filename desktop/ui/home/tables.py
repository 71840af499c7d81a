"""The two tables of the home page: 待我处理, and at a wide screen 最近单据."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.texts import tr
from desktop.texts.states import pill, pill_key
from desktop.ui.app.read_source import ReadSource
from desktop.ui.app.rows import about, day, kind_word, name_of, number_of
from desktop.ui.grid.columns import ColumnSpec, Rich
from desktop.ui.grid.model import SheetModel
from desktop.ui.grid.sheet import Sheet
from desktop.ui.kit import tokens
from desktop.ui.kit.panels import Panel, SectionTitle
from desktop.ui.kit.typography import px
from desktop.usecases.ports import DocumentRow

COLUMNS = (
    ColumnSpec("state", tr("状态"), "pill", 96),
    ColumnSpec("kind", tr("类别"), width=80),
    ColumnSpec("number", tr("单号"), width=72),
    ColumnSpec("name", tr("收款人或项目"), width=180, stretch=5),
    ColumnSpec("about", tr("用途"), width=120, stretch=4, fold_below=1200),
    ColumnSpec("amount", tr("金额（元）"), "amount", 120, zero_blank=False),
    ColumnSpec("maker", tr("经办"), width=72),
    ColumnSpec("note", tr("退回意见"), "rich", 120, stretch=3, fold_below=1200),
    ColumnSpec("at", tr("更新时间"), width=100),
)
WAITING_COLUMNS = tuple(column for column in COLUMNS if column.key != "note")


class RowSource(ReadSource):
    """Documents as rows."""

    def __init__(self) -> None:
        self.rows: tuple[DocumentRow, ...] = ()
        self.names: Mapping[str, str] = {}
        self.year = 0

    def row_count(self) -> int:
        return len(self.rows)

    def row_kind(self, row: int) -> str:
        return "void" if self.rows[row].state.value == "VOIDED" else "data"

    def value(self, row: int, key: str) -> str | Decimal | Rich:
        one = self.rows[row]
        match key:
            case "state":
                return f"{pill_key(one.state, one.problems_count)}|{pill(one.state, one.problems_count)}"
            case "amount":
                return one.amount
            case "note":
                return Rich(one.comment, "err") if one.comment else ""
            case "maker":
                return self.names.get(one.maker, "")
        texts = {"kind": kind_word(one), "number": number_of(one), "name": name_of(one), "about": about(one)}
        return texts[key] if key in texts else day(one.updated_at, self.year)


class DocumentTable(Panel):
    """A titled table as high as its rows, up to a limit.

    Signals:
        chosen(object): Enter or double click: the `DocumentRow`.

    Args:
        most: Rows shown without scrolling.
    """

    chosen = Signal(object)

    def __init__(self, title: str, most: int, *tools: QWidget, columns: Sequence[ColumnSpec] = COLUMNS,
                 parent: QWidget | None = None) -> None:
        super().__init__(0, parent)
        self._most = most
        self.source = RowSource()
        self.model = SheetModel(columns, self.source)
        self.sheet = Sheet(self.model, lists=True)
        self.sheet.view.setAccessibleName(title)
        self.sheet.view.opened.connect(lambda row: self.chosen.emit(self.source.rows[row]))
        self.title = SectionTitle(title, "", *tools)
        head = QHBoxLayout()
        head.setContentsMargins(16, 10, 16, 2)
        head.addWidget(self.title)
        self.body.setSpacing(4)
        self.body.addLayout(head)
        self.body.addWidget(self.sheet)

    def show_rows(self, rows: Sequence[DocumentRow], names: Mapping[str, str], year: int) -> None:
        """Show these documents."""
        self.source.rows, self.source.names, self.source.year = tuple(rows), names, year
        self.model.reload()
        shown = min(max(1, len(rows)), self._most)
        self.sheet.setFixedHeight(px(tokens.HEAD_ROW) + shown * px(tokens.ROW) + 2)
