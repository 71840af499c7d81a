"""A small table and a sentence that show the chosen size, height, contrast and direction while they are chosen."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.texts import tr
from desktop.ui.app.read_source import ReadSource
from desktop.ui.grid.columns import ColumnSpec
from desktop.ui.grid.cursor import DOWNWARDS, RIGHTWARDS
from desktop.ui.grid.model import SheetModel
from desktop.ui.grid.sheet import Sheet
from desktop.ui.kit import tokens
from desktop.ui.kit.labels import Label
from desktop.ui.kit.panels import Icon, Panel, SectionTitle
from desktop.ui.kit.pills import Pill
from desktop.ui.kit.typography import px, row_px
from desktop.ui.settings.look import DOWN

_COLUMNS = (
    ColumnSpec("code", tr("经济分类"), width=104),
    ColumnSpec("name", tr("摘要"), width=140, stretch=1),
    ColumnSpec("amount", tr("金额(元)"), width=108, align="right"),
)
_ROWS = (
    ("30201", tr("办公用品"), "1,280.00"),
    ("30211", tr("差旅费"), "3,560.50"),
    ("30213", tr("维修费"), "36,500.00"),
)


class _Rows(ReadSource):
    def row_count(self) -> int:
        return len(_ROWS)

    def value(self, row: int, key: str) -> str:
        return _ROWS[row][("code", "name", "amount").index(key)]


class LookSample(Panel):
    """What a voucher's lines look like now.

    Args:
        in_words: 大写 of the sample's amount.
    """

    def __init__(self, in_words: str, parent: QWidget | None = None) -> None:
        super().__init__(12, parent)
        self.body.addWidget(SectionTitle(tr("看看效果"), tr("以下是样子，不是真的单据")))
        self.sheet = Sheet(SheetModel(_COLUMNS, _Rows()))
        self.sheet.view.setAccessibleName(tr("显示效果样例"))
        self.body.addWidget(self.sheet)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(Pill("draft"))
        row.addWidget(Pill("returned"))
        row.addWidget(Label(tr("合计 {words}", words=in_words)))
        row.addStretch(1)
        self._arrow, self._way = Icon("arrow-right", "accent"), Label("", tone="text2")
        row.addWidget(self._arrow)
        row.addWidget(self._way)
        self.body.addLayout(row)
        self._fix()

    def show_direction(self, direction: str) -> None:
        """Show where Enter leads."""
        down = direction == DOWN
        self.sheet.view.set_direction(DOWNWARDS if down else RIGHTWARDS)
        self._arrow.set_icon("arrow-down" if down else "arrow-right", "accent")
        self._way.setText(tr("回车向下走") if down else tr("回车向右走"))
        self._fix()

    def _fix(self) -> None:
        self.sheet.setFixedHeight(px(tokens.HEAD_ROW) + len(_ROWS) * row_px(tokens.ROW) + 2)
