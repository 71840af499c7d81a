"""The widgets of the performance page and their places: what is shown in them is the bench's business."""

from typing import Any

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.texts import tr
from desktop.ui.context import Context
from desktop.ui.documents.content import Autosave
from desktop.ui.documents.unsaved import UnsavedBand
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.icons import qcolor
from desktop.ui.kit.panels import Band, EmptyState, Line
from desktop.ui.kit.problems import ProblemsPanel
from desktop.ui.kit.tabs import StateTab, StateTabs
from desktop.ui.kit.typography import px
from desktop.ui.performance.bench_tools import BenchTools, Calls
from desktop.ui.performance.checklist import Checklist
from desktop.ui.performance.picker import Picker
from desktop.ui.performance.problem_rows import GOAL, PROJECT
from desktop.ui.performance.project_list import ProjectList

LEFT_WIDTH = 252


class BenchFrame(QWidget):
    """Header and bands over three columns: projects with checks, goal or form, library.

    Args:
        context: For the library's searches.
        calls: What the tools of the header do.
    """

    def __init__(self, context: Context, calls: Calls, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.tools = BenchTools(calls, self)
        self.reopen = Button(tr("更正并重报"), "tonal", "pencil")
        self.adopt = Button(tr("采用建议"), "link")
        self.band = Band("neutral", "", self.reopen)
        self.proposal = Band("info", "", self.adopt, title=tr("建议分值"), closable=True)
        self.projects, self.checklist = ProjectList(), Checklist()
        self.tabs = StateTabs([StateTab(GOAL, tr("绩效目标")), StateTab(PROJECT, tr("立项"))])
        self.stack, self.picker, self.problems = QStackedWidget(), Picker(context), ProblemsPanel()
        self.begin = Button(tr("开始填绩效目标"), "primary", "pencil")
        self.empty = EmptyState(tr("正在读取项目…"), self.begin, "target")
        self.left, self.bands = QWidget(), QWidget()
        self._unsaved: UnsavedBand | None = None
        self._lay_out()

    def _lay_out(self) -> None:
        self.left.setFixedWidth(px(LEFT_WIDTH))
        side = QVBoxLayout(self.left)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(0)
        side.addWidget(self.projects, 5)
        side.addWidget(Line())
        side.addWidget(self.checklist, 6)
        middle = QVBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.tabs)
        middle.addWidget(self.stack, 1)
        bands = self._bands_column = QVBoxLayout(self.bands)
        bands.setContentsMargins(12, 8, 12, 8)
        bands.setSpacing(8)
        bands.addWidget(self.band)
        bands.addWidget(self.proposal)
        pair = QHBoxLayout()
        pair.setSpacing(0)
        pair.addLayout(middle, 1)
        pair.addWidget(self.picker)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addLayout(pair, 1)
        right.addWidget(self.problems)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.left)
        row.addWidget(Line(down=True))
        row.addLayout(right, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.tools.header)
        column.addWidget(self.bands)
        column.addLayout(row, 1)
        self.stack.addWidget(self.empty)
        self.problems.hide()

    def show_unsaved(self, saving: Autosave[Any] | None) -> None:
        """Say over everything what of the project on the bench can't be saved."""
        if self._unsaved is not None:
            self._unsaved.deleteLater()
        self._unsaved = UnsavedBand(saving) if saving is not None else None
        if self._unsaved is not None:
            self._bands_column.insertWidget(0, self._unsaved)

    def fit_bands(self) -> None:
        """Show the bands' place while one of them says something."""
        bands = (self._unsaved, self.band, self.proposal)
        self.bands.setVisible(any(band is not None and not band.isHidden() for band in bands))

    def say(self, text: str, kind: str) -> None:
        """Show a short message."""
        self._context.say(text, kind)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), qcolor("window"))
        painter.fillRect(self.left.geometry(), qcolor("base"))
