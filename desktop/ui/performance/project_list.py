"""The projects of the year at the left: name, amount, points and a mark."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QHBoxLayout,
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
from desktop.ui.kit.choices import Choice, rank
from desktop.ui.kit.icons import paint_icon, qcolor
from desktop.ui.kit.inputs import search_input
from desktop.ui.kit.lists import set_up_side_list
from desktop.ui.kit.paint import RIGHT, draw_box, draw_text
from desktop.ui.kit.panels import SectionTitle
from desktop.ui.kit.typography import font, px
from desktop.ui.performance.reading import ProjectEntry

Index = QModelIndex | QPersistentModelIndex
_TOP = QModelIndex()
ROW, LONG = 46, 8  # from so many projects on the list can be searched
ALL, OPEN, EMPTY = "all", "open", "empty"
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
    """The list with its title and 新增项目; a long one can be searched and narrowed.

    Signals:
        chosen(str): Doc id of a project.
        new_requested(): 新增项目.
        letters_typed(object): Names whose pinyin initials are wanted: `know_initials`.
    """

    chosen = Signal(str)
    new_requested = Signal()
    letters_typed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._doc_id, self._filter = "", ALL
        self.entries: tuple[ProjectEntry, ...] = ()
        self._initials: Mapping[str, str] = {}
        self.new = Button(tr("新增项目"), "link", "plus", tip=tr("新增项目（Ctrl+N）"))
        self._title = SectionTitle(tr("项目"), "", self.new)
        self.search = search_input(tr("项目名称或拼音首字母"), self._search)
        self.search.setAccessibleName(tr("搜索项目"))
        self.filters = {key: self._filter_button(key) for key in (ALL, OPEN, EMPTY)}
        self.model, self.list = ProjectModel(self), QListView()
        self._tools = QWidget()
        self._lay_out()
        view = self.list
        set_up_side_list(view, self.model, _ProjectDelegate(view), tr("项目"))
        view.selectionModel().currentChanged.connect(self._current)
        self.new.clicked.connect(self.new_requested)
        self.search.returnPressed.connect(view.setFocus)

    def _filter_button(self, key: str) -> Button:
        button = Button("", "flat")
        button.setCheckable(True)
        button.set_caption()
        button.clicked.connect(lambda checked: self._narrow(key))
        return button

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(4)
        for button in self.filters.values():
            row.addWidget(button)
        row.addStretch(1)
        tools = QVBoxLayout(self._tools)
        tools.setContentsMargins(16, 0, 12, 4)
        tools.setSpacing(2)
        tools.addWidget(self.search)
        tools.addLayout(row)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._title.setContentsMargins(16, 4, 12, 4)
        column.addWidget(self._title)
        column.addWidget(self._tools)
        column.addWidget(self.list, 1)
        self._tools.hide()

    def show_entries(self, entries: Sequence[ProjectEntry], chosen: str, *, may_add: bool) -> None:
        """Show the projects; select one without telling."""
        self._doc_id, self.entries = chosen, tuple(entries)
        self.new.setVisible(may_add)
        self._tools.setVisible(len(entries) >= LONG)
        self._show()

    def know_initials(self, initials: Mapping[str, str]) -> None:
        """Take the pinyin initials of names, which were typed for."""
        self._initials = {**self._initials, **initials}
        self._show()

    def _search(self, typed: str) -> None:
        unknown = [entry.name for entry in self.entries if entry.name not in self._initials]
        if typed.strip().isascii() and typed.strip() and unknown:
            self.letters_typed.emit(unknown)
        self._show()

    def _narrow(self, key: str) -> None:
        self._filter = key
        self._show()

    def _show(self) -> None:
        kinds = {key: [entry for entry in self.entries if fits(entry, key)] for key in self.filters}
        for key, word in ((ALL, tr("全部")), (OPEN, tr("要处理")), (EMPTY, tr("未填"))):
            self.filters[key].setText(f"{word} {len(kinds[key])}")
            self.filters[key].setAccessibleName(self.filters[key].text())
            self.filters[key].setChecked(key == self._filter)
        rows = [Choice(str(at), entry.name, self._initials.get(entry.name, ""))
                for at, entry in enumerate(kinds[self._filter])]
        found = sorted(rank(rows, self.search.text(), len(rows)), key=lambda row: int(row.code))
        shown = [kinds[self._filter][int(row.code)] for row in found]
        self.model.show_entries(shown)
        count = tr("{count} 个", count=len(self.entries))
        if len(shown) < len(self.entries):
            count = tr("{shown}/{count} 个", shown=len(shown), count=len(self.entries))
        self._title.set_text(tr("项目"), count)
        for row, entry in enumerate(shown):
            if entry.doc_id == self._doc_id and self.list.currentIndex().row() != row:
                self.list.setCurrentIndex(self.model.index(row))

    def _current(self, index: QModelIndex) -> None:
        if index.isValid() and (doc_id := self.model.entries[index.row()].doc_id) != self._doc_id:
            self._doc_id = doc_id
            self.chosen.emit(doc_id)


def fits(entry: ProjectEntry, key: str) -> bool:
    """Tell whether a project belongs under 全部, 要处理 (errors, or returned) or 未填 (a goal without points)."""
    if key == EMPTY:
        return entry.project_class.needs_goal and not entry.have
    return key == ALL or bool(entry.errors) or entry.state is State.RETURNED
