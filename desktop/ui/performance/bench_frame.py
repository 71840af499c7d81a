"""The widgets of the performance page and their places: what is shown in them is the bench's business."""

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.texts import tr
from desktop.ui.context import Context
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.icons import qcolor
from desktop.ui.kit.paint import hairline
from desktop.ui.kit.panels import EmptyState, Line
from desktop.ui.kit.problems import ProblemsPanel
from desktop.ui.kit.tabs import StateTab, StateTabs
from desktop.ui.kit.typography import px
from desktop.ui.performance.bench_bands import Bands
from desktop.ui.performance.bench_tools import BenchTools, Calls
from desktop.ui.performance.checklist import Checklist
from desktop.ui.performance.form_head import HeadLine
from desktop.ui.performance.picker import Picker
from desktop.ui.performance.problem_rows import GOAL, PROJECT
from desktop.ui.performance.project_list import ProjectList

LEFT_WIDTH = 252
LOW = 520  # height of the page, logical pixels at 10 pt: below, library and findings do not fit one over the other


class _TabRow(QWidget):
    """The tabs, and beside them the form's head in one line."""

    def __init__(self, tabs: StateTabs, head: HeadLine) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 8, 0)
        row.setSpacing(0)
        row.addWidget(tabs, 1)
        row.addWidget(head)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), qcolor("base"))
        hairline(painter, self.rect(), "bottom")


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
        self.bands = Bands()
        self.projects, self.checklist = ProjectList(), Checklist()
        self.tabs = StateTabs([StateTab(GOAL, tr("绩效目标")), StateTab(PROJECT, tr("立项"))])
        self.head_line = HeadLine()
        self.stack, self.picker, self.problems = QStackedWidget(), Picker(context), ProblemsPanel()
        self.begin = Button(tr("开始填绩效目标"), "primary", "pencil")
        self.empty = EmptyState(tr("正在读取项目…"), self.begin, "target")
        self.left = QWidget()
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
        middle.addWidget(_TabRow(self.tabs, self.head_line))
        middle.addWidget(self.stack, 1)
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
        self.bands.give_way(lambda: not self.problems.isHidden() or self.left.isHidden())
        self.problems.closed.connect(self.bands.fit)

    def give_room(self) -> None:
        """Close the findings where the library in the place of the projects has no room over them."""
        if self.left.isHidden() and self.height() < px(LOW):
            self.problems.hide()
        self.bands.fit()

    def say(self, text: str, kind: str) -> None:
        """Show a short message."""
        self._context.say(text, kind)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), qcolor("window"))
        painter.fillRect(self.left.geometry(), qcolor("base"))
