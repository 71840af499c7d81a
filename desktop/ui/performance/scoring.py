"""评分标准 under the grid: how the indicator at hand is scored, and what proves it."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.goal import GoalLine
from desktop.domain.library import Indicator
from desktop.texts import tr
from desktop.texts.words import LIBRARY_KINDS
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.icons import qcolor
from desktop.ui.kit.labels import Label
from desktop.ui.kit.paint import hairline


class Scoring(QWidget):
    """Two or three lines about one indicator.

    Signals:
        remove_requested(): 移出本表.
    """

    remove_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._code = Label("", tone="text2"), Label("", "caption", "text2")
        self._method = Label("", tone="text2", wrap=True, selectable=True)
        self._proof = Label("", "caption", "text2", wrap=True, selectable=True)
        self.remove = Button(tr("移出本表"), "link", tip=tr("移出本表（Ctrl+Delete）"))
        self.remove.set_caption()
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Label(tr("评分标准"), bold=True))
        head.addWidget(self._name)
        head.addStretch(1)
        head.addWidget(self._code)
        head.addWidget(self.remove)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 6, 16, 8)
        column.setSpacing(3)
        column.addLayout(head)
        column.addWidget(self._method)
        column.addWidget(self._proof)
        self.remove.clicked.connect(self.remove_requested)
        self.show_line(None, None, may_remove=False)

    def show_line(self, line: GoalLine | None, indicator: Indicator | None, *, may_remove: bool) -> None:
        """Show a line of the goal, with what the library says of its indicator today."""
        if line is None:
            self._show("", "", tr("在上面选一条指标，这里显示它怎么评分、用什么作证。"), "")
        else:
            kind = LIBRARY_KINDS[line.library_kind.value]
            formula = indicator.formula or indicator.definition if indicator is not None else ""
            self._show(line.name, f"{line.indicator_code} · {kind}", _sentence(formula, line.scoring_method),
                       _proof(line.evidence, line.data_source))
        self.remove.setVisible(line is not None and may_remove)

    def show_indicator(self, one: Indicator) -> None:
        """Show an entry of the library that is not in the goal."""
        kind = LIBRARY_KINDS[one.library_kind.value]
        self._show(one.name, f"{one.code} · {kind}", _sentence(one.formula or one.definition, one.scoring_method),
                   _proof(one.evidence, one.data_source))
        self.remove.hide()

    def _show(self, name: str, code: str, method: str, proof: str) -> None:
        self._name.setText(name)
        self._code.setText(code)
        self._method.setText(method)
        self._proof.setText(proof)
        self._proof.setVisible(bool(proof))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), qcolor("alt"))
        hairline(painter, self.rect(), "bottom")


def _sentence(formula: str, method: str) -> str:
    parts = [part.rstrip("。") for part in (formula, method) if part.strip()]
    return "。".join(parts) + "。" if parts else tr("指标库没有给出评分办法，按完成比例赋分。")


def _proof(evidence: str, source: str) -> str:
    parts = [(tr("佐证"), evidence), (tr("取值"), source)]
    return "　".join(f"{name}：{text}" for name, text in parts if text.strip())
