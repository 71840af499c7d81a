"""填报检查: what of the goal is done, what is not, what deserves a look, while it is written."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from desktop.domain.goal_checklist import ChecklistItem
from desktop.domain.problem import Problem, errors
from desktop.texts import tr
from desktop.texts.problems import checklist_item
from desktop.ui.kit.icons import paint_icon
from desktop.ui.kit.paint import draw_text
from desktop.ui.kit.panels import SectionTitle, clear_layout
from desktop.ui.kit.typography import font, px

ROW = 27
_SIGNS = {True: ("check-circle", "ok"), False: ("error", "err"), None: ("warning", "warn")}


@dataclass(frozen=True, slots=True)
class Check:
    """One line: whether it is done, its words, and words for a second line."""

    ok: bool | None
    words: str
    more: str = ""


def checks(items: Sequence[ChecklistItem], project_problems: Sequence[Problem]) -> list[Check]:
    """Return the lines: the goal's checklist, then what is open on the project's form."""
    found = []
    for item in items:
        words, _, more = checklist_item(item).partition("：")
        found.append(Check(item.ok, words, more))
    wrong = len(errors(project_problems))
    form = tr("立项信息还有 {count} 处错误", count=wrong) if wrong else tr("立项信息已填好")
    return [*found, Check(not wrong, form)]


class _CheckLine(QWidget):
    def __init__(self, check: Check) -> None:
        super().__init__()
        self._check = check
        self.setAccessibleName(f"{check.words} {check.more}".strip())
        self.setToolTip(f"{check.words} {check.more}".strip())
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(200, px(ROW) + (px(18) if self._check.more else 0))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, line = QPainter(self), px(ROW)
        icon, color = _SIGNS[self._check.ok]
        paint_icon(painter, icon, 16, line // 2 - 8, color, 16)
        box = self.rect().adjusted(38, 0, -2, 0)
        box.setHeight(line)
        draw_text(painter, box, self._check.words, font(), "text" if self._check.ok else color)
        if self._check.more:
            box.translate(0, px(20))
            draw_text(painter, box, self._check.more, font("caption"), color)


class Checklist(QWidget):
    """The title and one line for each check."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shown: tuple[Check, ...] = ()
        title = SectionTitle(tr("填报检查"), tr("随填随查"))
        title.setContentsMargins(16, 8, 12, 4)
        inside = QWidget()
        self._lines = QVBoxLayout(inside)
        self._lines.setContentsMargins(0, 0, 0, 8)
        self._lines.setSpacing(0)
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inside)
        scroll.viewport().setAutoFillBackground(False)
        inside.setAutoFillBackground(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(title)
        column.addWidget(scroll, 1)

    def show_checks(self, found: Sequence[Check]) -> None:
        """Show these lines."""
        if self.shown == tuple(found):
            return
        self.shown = tuple(found)
        clear_layout(self._lines)
        for check in found:
            self._lines.addWidget(_CheckLine(check))
        self._lines.addStretch(1)
