"""The forms of the budget at the left: groups that fold, a mark for each form, counts at the foot."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from desktop.texts import tr
from desktop.ui.kit import tokens
from desktop.ui.kit.icons import paint_icon, qcolor
from desktop.ui.kit.labels import Label
from desktop.ui.kit.lists import set_up_side_list
from desktop.ui.kit.paint import RIGHT, draw_box, draw_text, hairline
from desktop.ui.kit.panels import Icon
from desktop.ui.kit.pills import Tag
from desktop.ui.kit.typography import font, px

Index = QModelIndex | QPersistentModelIndex
_TOP = QModelIndex()
WIDTH, ROW = 168, 26
_SIGNS = {"done": ("check", "ok"), "empty": ("pencil", "text2"), "warning": ("warning", "warn")}
_SPOKEN = {"done": tr("已填好"), "empty": tr("填报中"), "warning": tr("有提示"), "error": tr("有错误")}


@dataclass(frozen=True, slots=True)
class FormNode:
    """A form or, without a key, a group.

    Attributes:
        mark: done, empty, warning or error.
        errors: Shown as ×2 behind a form with errors.
        full: The whole title, for the tooltip.
    """

    key: str
    title: str
    mark: str = ""
    errors: int = 0
    full: str = ""


class FormModel(QAbstractListModel):
    """Groups and the forms of groups that are open."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._all: tuple[FormNode, ...] = ()
        self._folded: set[str] = set()
        self.nodes: list[FormNode] = []

    def show_nodes(self, nodes: Sequence[FormNode]) -> None:
        """Show these; the same forms with other marks keep the selection."""
        same = [node.title for node in nodes] == [node.title for node in self._all]
        self._all = tuple(nodes)
        if same:
            self.nodes = self._open()
            self.dataChanged.emit(self.index(0), self.index(max(0, len(self.nodes) - 1)))
        else:
            self._reset()

    def toggle(self, row: int) -> None:
        """Fold or open a group."""
        title = self.nodes[row].title
        self._folded ^= {title}
        self._reset()

    def folded(self, row: int) -> bool:
        """Say whether a group is folded."""
        return self.nodes[row].title in self._folded

    def _reset(self) -> None:
        self.beginResetModel()
        self.nodes = self._open()
        self.endResetModel()

    def _open(self) -> list[FormNode]:
        shown, hidden = [], False
        for node in self._all:
            if not node.key:
                hidden = node.title in self._folded
            if not node.key or not hidden:
                shown.append(node)
        return shown

    def rowCount(self, parent: Index = _TOP) -> int:
        return 0 if parent.isValid() else len(self.nodes)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        node = self.nodes[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return node.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{node.title} {_SPOKEN.get(node.mark, '')}".strip()
        if role == Qt.ItemDataRole.ToolTipRole and node.mark:
            return f"{node.full or node.title}：{_SPOKEN[node.mark]}"
        return None


class _FormDelegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, px(ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model, box = index.model(), option.rect
        if not isinstance(model, FormModel):
            return
        node = model.nodes[index.row()]
        chosen = bool(option.state & QStyle.StateFlag.State_Selected) and bool(node.key)
        painter.fillRect(box, qcolor("base"))
        if chosen:
            draw_box(painter, box.adjusted(8, 1, -7, -1), "sel")
        elif option.state & QStyle.StateFlag.State_HasFocus:
            draw_box(painter, box.adjusted(8, 1, -7, -1), "", "accent", 2)
        middle = box.center().y()
        if not node.key:
            paint_icon(painter, "chevron-right" if model.folded(index.row()) else "chevron-down", 12, middle - 6,
                       "text2", 12)
            draw_text(painter, box.adjusted(28, 0, -8, 0), node.title, font(), "text2")
            return
        left = 28 if node.key == "cover" else 36
        text = QRect(left, box.top(), box.width() - left - 32, box.height())
        draw_text(painter, text, node.title, font(bold=chosen), "text")
        self._paint_mark(painter, box, node, middle)

    def _paint_mark(self, painter: QPainter, box: QRect, node: FormNode, middle: int) -> None:
        if node.mark == "error":
            draw_text(painter, box.adjusted(box.width() - 48, 0, -13, 0), f"×{node.errors}", font("caption", bold=True),
                      "err", RIGHT)
        elif node.mark in _SIGNS:
            name, color = _SIGNS[node.mark]
            paint_icon(painter, name, box.right() - 26, middle - 6, color, 14)


class _FormList(QListView):
    toggled = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        model = self.model()
        group = index.isValid() and isinstance(model, FormModel) and not model.nodes[index.row()].key
        keys = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space, Qt.Key.Key_Left, Qt.Key.Key_Right)
        if group and event.key() in keys:
            self.toggled.emit(index.row())
            return
        super().keyPressEvent(event)


class FormTree(QWidget):
    """The column of forms, 168 wide.

    Signals:
        chosen(str): Key of a form.
    """

    chosen = Signal(str)

    def __init__(self, stage: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(px(WIDTH))
        self._key = ""
        self.model, self.list = FormModel(self), _FormList(self)
        head = QHBoxLayout()
        head.setContentsMargins(16, 0, 12, 0)
        head.addWidget(Label(tr("部门预算"), "section"))
        head.addStretch(1)
        head.addWidget(Tag(stage, "accent", "readybg"))
        top = QWidget()
        top.setLayout(head)
        top.setFixedHeight(px(tokens.HEADER))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 1, 0)
        column.setSpacing(0)
        column.addWidget(top)
        column.addWidget(self.list, 1)
        column.addWidget(self._foot())
        self._set_up_list()

    def _set_up_list(self) -> None:
        view = self.list
        set_up_side_list(view, self.model, _FormDelegate(view), tr("预算表"))
        view.selectionModel().currentChanged.connect(self._current)
        view.clicked.connect(self._clicked)
        view.toggled.connect(self._toggle)

    def _foot(self) -> QWidget:
        foot = QWidget()
        foot.setFixedHeight(px(28))
        row = QHBoxLayout(foot)
        row.setContentsMargins(16, 0, 8, 0)
        row.setSpacing(4)
        signs = {"done": ("check", "ok"), "empty": ("pencil", "text2"), "error": ("error", "err"),
                 "warning": ("warning", "warn")}
        self._foot_labels: Mapping[str, Label] = {key: Label("0", "caption", "text2") for key in signs}
        for key, (name, color) in signs.items():
            row.addWidget(Icon(name, color, 13))
            self._foot_labels[key].setAccessibleName(_SPOKEN[key])
            row.addWidget(self._foot_labels[key])
            row.addSpacing(6)
        row.addStretch(1)
        return foot

    def show_nodes(self, nodes: Sequence[FormNode]) -> None:
        """Show forms with their marks."""
        self.model.show_nodes(nodes)
        for key, label in self._foot_labels.items():
            label.setText(str(sum(node.mark == key for node in nodes if node.key)))
        self.choose(self._key)

    def choose(self, key: str) -> None:
        """Select a form without telling."""
        self._key = key
        for row, node in enumerate(self.model.nodes):
            if node.key == key and self.list.currentIndex().row() != row:
                self.list.setCurrentIndex(self.model.index(row))

    def _current(self, index: QModelIndex) -> None:
        if index.isValid():
            node = self.model.nodes[index.row()]
            if node.key and node.key != self._key:
                self._key = node.key
                self.chosen.emit(node.key)

    def _clicked(self, index: QModelIndex) -> None:
        if not self.model.nodes[index.row()].key:
            self._toggle(index.row())

    def _toggle(self, row: int) -> None:
        self.model.toggle(row)
        self.list.setCurrentIndex(self.model.index(row))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), qcolor("base"))
        hairline(painter, self.rect(), "right")
        painter.fillRect(0, self.height() - px(28), self.width(), 1, qcolor("line"))
