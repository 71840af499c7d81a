"""填报检查: what of the goal is done, what is not, what deserves a look; a line leads to its place on the form."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QVBoxLayout, QWidget

from desktop.domain.goal import Level1
from desktop.domain.goal_checklist import ChecklistItem
from desktop.domain.problem import Problem, errors
from desktop.texts import tr
from desktop.texts.problems import checklist_item, describe
from desktop.ui.kit.icons import paint_icon, qcolor
from desktop.ui.kit.lists import set_up_side_list
from desktop.ui.kit.paint import draw_text
from desktop.ui.kit.panels import SectionTitle
from desktop.ui.kit.typography import font, px
from desktop.ui.performance.problem_rows import GOAL, PROJECT

Index = QModelIndex | QPersistentModelIndex
_TOP = QModelIndex()
ROW, MORE = 27, 18
_SIGNS = {True: ("check-circle", "ok"), False: ("error", "err"), None: ("warning", "warn")}
_SPOKEN = {True: tr("已完成"), False: tr("要处理"), None: tr("请留意")}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
# Findings that no cell stands for lead to the library, at the level where something is missing: rule and case.
MISSING = {
    ("P-10", "quantity"): (Level1.OUTPUT, "数量指标"),
    ("P-10", "quality"): (Level1.OUTPUT, "质量指标"),
    ("P-11", "lines"): (Level1.COST, ""),
    ("P-13", "lines"): (Level1.SATISFACTION, ""),
    ("P-15", "output"): (Level1.OUTPUT, ""),
    ("P-15", "benefit"): (Level1.BENEFIT, ""),
}
LIBRARY = "library"


@dataclass(frozen=True, slots=True)
class Check:
    """One line: whether it is done, its words, words for a second line, and where it leads.

    Attributes:
        where: ``goal:…`` or ``project:…`` as in a finding, or ``library:LEVEL1/level 2`` for what is missing.
    """

    ok: bool | None
    words: str
    more: str = ""
    where: str = ""


def checks(items: Sequence[ChecklistItem], project_problems: Sequence[Problem]) -> list[Check]:
    """Return the lines: the goal's checklist, then what is open on the project's form."""
    found = []
    for item in items:
        if item.code == "SHAPE" and item.problems:
            found += [_gap(problem) for problem in item.problems]
            continue
        words, _, more = checklist_item(item).partition("：")
        found.append(Check(item.ok, words, more or _why(item), _place(item.where)))
    wrong = errors(project_problems)
    form = tr("立项信息还有 {count} 处错误", count=len(wrong)) if wrong else tr("立项信息已填好")
    return [*found, Check(not wrong, form, where=f"{PROJECT}:{wrong[0].where if wrong else 'name'}")]


def _gap(problem: Problem) -> Check:
    """Return a line for something that the form must have and has not."""
    text, level = describe(problem), MISSING.get((problem.code, problem.facts.get("case", "")))
    where = f"{LIBRARY}:{'/'.join(level)}" if level is not None else f"{GOAL}:{problem.where}"
    return Check(False, text.title, problem.facts.get("name", "") or text.advice.rstrip("。"), where)


def _why(item: ChecklistItem) -> str:
    """Return whose words or points are wrong, where one line stands for several findings."""
    names = list(dict.fromkeys(one.facts["name"] for one in item.problems if one.facts.get("name")))
    if item.code not in ("TARGETS", "OWN") or not names:
        return ""
    return names[0] if len(names) == 1 else tr("{name}等 {count} 条", name=names[0], count=len(names))


def _place(where: str) -> str:
    return f"{LIBRARY}:{where}" if where.isupper() else f"{GOAL}:{where}"


class ChecklistModel(QAbstractListModel):
    """The lines."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines: tuple[Check, ...] = ()

    def show_lines(self, lines: tuple[Check, ...]) -> None:
        """Show these; as many as before keep the cursor."""
        if len(lines) == len(self.lines):
            self.lines = lines
            if lines:
                self.dataChanged.emit(self.index(0), self.index(len(lines) - 1))
                self.layoutChanged.emit()  # a second line may have come or gone
            return
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()

    def rowCount(self, parent: Index = _TOP) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        line = self.lines[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return line.words
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{line.words} {line.more}".strip()
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{line.words} {line.more} {_SPOKEN[line.ok]}"
        return None


class _CheckDelegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        model = index.model()
        more = isinstance(model, ChecklistModel) and bool(model.lines[index.row()].more)
        return QSize(100, px(ROW) + (px(MORE) if more else 0))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model, box = index.model(), option.rect
        if not isinstance(model, ChecklistModel):
            return
        check, line = model.lines[index.row()], px(ROW)
        on = bool(option.state & QStyle.StateFlag.State_HasFocus and option.state & QStyle.StateFlag.State_Selected)
        over = bool(option.state & QStyle.StateFlag.State_MouseOver)
        painter.fillRect(box, qcolor("sel" if on else "alt" if over else "base"))
        icon, color = _SIGNS[check.ok]
        paint_icon(painter, icon, box.left() + 16, box.top() + line // 2 - 8, color, 16)
        words = QRect(box.left() + 38, box.top(), box.width() - 44, line)
        draw_text(painter, words, check.words, font(), "text" if check.ok else color)
        if check.more:
            draw_text(painter, words.translated(0, px(20)), check.more, font("caption"), color)


class _Lines(QListView):
    """Enter opens the line at hand."""

    entered_keys = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER:
            self.entered_keys.emit()
        else:
            super().keyPressEvent(event)


class Checklist(QWidget):
    """The title and one line for each check.

    Signals:
        opened(str): Enter or a click on a line: where it leads.
    """

    opened = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model, self.list = ChecklistModel(self), _Lines()
        title = SectionTitle(tr("填报检查"), tr("随填随查"))
        title.setContentsMargins(16, 8, 12, 4)
        set_up_side_list(self.list, self.model, _CheckDelegate(self.list), tr("填报检查"))
        self.list.setUniformItemSizes(False)
        self.list.setMouseTracking(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(title)
        column.addWidget(self.list, 1)
        self.list.clicked.connect(self._open)
        self.list.entered_keys.connect(lambda: self._open(self.list.currentIndex()))

    @property
    def shown(self) -> tuple[Check, ...]:
        """The lines in their order."""
        return self.model.lines

    def show_checks(self, found: Sequence[Check]) -> None:
        """Show these lines."""
        if self.model.lines != tuple(found):
            self.model.show_lines(tuple(found))

    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            self.opened.emit(self.model.lines[index.row()].where)
