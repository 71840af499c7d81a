"""The projects of the year at the left: name, amount, points and a mark."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.document import State
from desktop.domain.goal_rules import points
from desktop.domain.money import format_yuan
from desktop.texts import tr
from desktop.texts.states import pill
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.icons import paint_icon, qcolor
from desktop.ui.kit.lists import set_up_side_list
from desktop.ui.kit.paint import RIGHT, draw_box, draw_text
from desktop.ui.kit.panels import SectionTitle
from desktop.ui.kit.typography import font, px
from desktop.ui.performance.reading import ProjectEntry

Index = QModelIndex | QPersistentModelIndex
_TOP = QModelIndex()
ROW = 46
_SIGNS = {"error": ("error", "err"), "warning": ("warning", "warn"), "done": ("check", "ok")}
_SPOKEN = {"error": tr("有错误"), "warning": tr("有提示"), "done": tr("已填好"), "": ""}


def mark_of(entry: ProjectEntry) -> str:
    """Return error, warning or done; nothing while the goal has no points yet."""
    if entry.want and not entry.have:
        return ""
    if entry.errors:
        return "error"
    return "warning" if entry.warnings else "done"


def points_of(entry: ProjectEntry) -> str:
    """Return the words for a project's points."""
    if entry.project_class.is_basic:
        return tr("不填目标")
    if not entry.have:
        return tr("未填")
    return tr("{have}/{want} 分", have=points(entry.have), want=points(entry.want))


class ProjectModel(QAbstractListModel):
    """The entries of the list."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.entries: Sequence[ProjectEntry] = ()

    def show_entries(self, entries: Sequence[ProjectEntry]) -> None:
        """Show these; the same projects with other numbers keep the selection."""
        same = [one.doc_id for one in entries] == [one.doc_id for one in self.entries]
        if same:
            self.entries = tuple(entries)
            if entries:
                self.dataChanged.emit(self.index(0), self.index(len(entries) - 1))
            return
        self.beginResetModel()
        self.entries = tuple(entries)
        self.endResetModel()

    def rowCount(self, parent: Index = _TOP) -> int:
        return 0 if parent.isValid() else len(self.entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        entry = self.entries[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.name
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{entry.name}　{pill(entry.state, entry.errors)}"
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{entry.name} {format_yuan(entry.amount)} {points_of(entry)} {_SPOKEN[mark_of(entry)]}".strip()
        return None


class _ProjectDelegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, px(ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model, box = index.model(), option.rect
        if not isinstance(model, ProjectModel):
            return
        entry = model.entries[index.row()]
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.fillRect(box, qcolor("base"))
        if chosen:
            draw_box(painter, box.adjusted(8, 1, -8, -1), "sel")
        half = box.height() // 2 - 2
        upper = QRect(box.left() + 16, box.top() + 2, box.width() - 32, half)
        lower = upper.translated(0, half)
        mark = mark_of(entry)
        name = upper.adjusted(0, 0, -24 if mark else 0, 0)
        draw_text(painter, name, entry.name or tr("未命名项目"), font(bold=chosen), "text")
        if mark and entry.state is State.DRAFT:
            icon, color = _SIGNS[mark]
            paint_icon(painter, icon, upper.right() - 15, upper.center().y() - 7, color, 15)
        draw_text(painter, lower, format_yuan(entry.amount), font("caption"), "text2")
        wrong = mark == "error" and not entry.project_class.is_basic and entry.have != entry.want
        words = points_of(entry) if entry.state is State.DRAFT else f"{pill(entry.state)}　{points_of(entry)}"
        draw_text(painter, lower, words, font("caption"), "err" if wrong else "text2", RIGHT)


class ProjectList(QWidget):
    """The list with its title and 新增项目.

    Signals:
        chosen(str): Doc id of a project.
        new_requested(): 新增项目.
    """

    chosen = Signal(str)
    new_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._doc_id = ""
        self.new = Button(tr("新增项目"), "link", "plus", tip=tr("新增项目（Ctrl+N）"))
        self._title = SectionTitle(tr("项目"), "", self.new)
        self.model, self.list = ProjectModel(self), QListView()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._title.setContentsMargins(16, 4, 12, 4)
        column.addWidget(self._title)
        column.addWidget(self.list, 1)
        view = self.list
        set_up_side_list(view, self.model, _ProjectDelegate(view), tr("项目"))
        view.selectionModel().currentChanged.connect(self._current)
        self.new.clicked.connect(self.new_requested)

    def show_entries(self, entries: Sequence[ProjectEntry], chosen: str, *, may_add: bool) -> None:
        """Show the projects; select one without telling."""
        self._doc_id = chosen
        self.model.show_entries(entries)
        self._title.set_text(tr("项目"), tr("{count} 个", count=len(entries)))
        self.new.setVisible(may_add)
        for row, entry in enumerate(entries):
            if entry.doc_id == chosen and self.list.currentIndex().row() != row:
                self.list.setCurrentIndex(self.model.index(row))

    def _current(self, index: QModelIndex) -> None:
        if index.isValid() and (doc_id := self.model.entries[index.row()].doc_id) != self._doc_id:
            self._doc_id = doc_id
            self.chosen.emit(doc_id)
