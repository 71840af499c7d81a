"""What a proposed line rests on: its reasons, how it is computed, where its value comes from, what else there is."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from desktop.domain.suggesting.proposal import Candidate
from desktop.texts import tr
from desktop.texts.suggestions import basis, why
from desktop.texts.words import LIBRARY_KINDS
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.icons import qcolor
from desktop.ui.kit.labels import Label
from desktop.ui.kit.paint import hairline
from desktop.ui.kit.panels import clear_layout
from desktop.ui.kit.typography import px
from desktop.ui.performance.suggestion_rows import SuggestedRow, value_of

WIDTH = 300


class SuggestionDetail(QWidget):
    """The side of the proposal that F4 shows.

    Signals:
        exchange_wanted(object): A `Candidate` that is to stand in the place of the line.
    """

    exchange_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(px(WIDTH))
        inside = QWidget()
        self._body = QVBoxLayout(inside)
        self._body.setContentsMargins(16, 12, 16, 12)
        self._body.setSpacing(6)
        self.area = QScrollArea()
        self.area.setWidget(inside)
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        inside.setAutoFillBackground(False)  # after `setWidget`, which turns it on
        self.area.viewport().setAutoFillBackground(False)
        self.area.setAccessibleName(tr("推荐理由和来源"))
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 0, 0)
        column.addWidget(self.area)
        self.exchanges: list[Button] = []

    def show_row(self, row: SuggestedRow | None, text: str) -> None:
        """Show a line; on a heading the text that would be filled in, and a hint.

        Args:
            row: Under the cursor.
            text: The year's goal as it would be written; empty where the form has its own.
        """
        clear_layout(self._body)
        self.exchanges = []
        if row is None or row.one is None:
            self._body.addWidget(Label(tr("把光标移到一条指标上，这里说明为什么推荐它、指标值怎么来、还可以换成什么。"),
                                       tone="text2", wrap=True))
            self._body.addWidget(Label(text, wrap=True, selectable=True))
        else:
            self._show_line(row.one)
            self._show_others(row)
        self._body.addStretch(1)

    def _show_line(self, one: Candidate) -> None:
        entry = one.indicator
        self._body.addWidget(Label(entry.name, bold=True, wrap=True))
        kind = LIBRARY_KINDS[entry.library_kind.value]
        self._body.addWidget(Label(f"{entry.code} · {kind} · {entry.fund_use}", "caption", "text2", wrap=True,
                                   selectable=True))
        self._add(tr("为什么推荐"), why(one.evidence, len(one.evidence)))
        tone = "warn" if one.target.estimated or not one.target.value else "text"
        self._add(tr("指标值"), f"{value_of(one)}\n{basis(one.target)}", tone)
        self._add(tr("指标解释"), entry.definition)
        self._add(tr("计算方法"), entry.formula)
        self._add(tr("佐证材料"), entry.evidence or entry.data_source)
        self._add(tr("来源编码"), "、".join(one.sources))

    def _add(self, title: str, text: str, tone: str = "text") -> None:
        if text:
            self._body.addSpacing(4)
            self._body.addWidget(Label(title, "caption", "text2"))
            self._body.addWidget(Label(text, tone=tone, wrap=True, selectable=True))

    def _show_others(self, row: SuggestedRow) -> None:
        if row.here or not row.others:
            return
        self._body.addSpacing(8)
        self._body.addWidget(Label(tr("可以换成"), "caption", "text2"))
        for other in row.others[:5]:
            button = Button(other.indicator.name, "link", tip=tr("换成“{name}”", name=other.indicator.name))
            button.clicked.connect(self._exchanger(other))
            self.exchanges.append(button)
            self._body.addWidget(button)
            self._body.addWidget(Label(f"{value_of(other)} · {why(other.evidence, 1)}", "caption", "text2", wrap=True))

    def _exchanger(self, other: Candidate) -> Callable[[], None]:
        return lambda: self.exchange_wanted.emit(other)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), qcolor("base"))
        hairline(painter, self.rect(), "left")
