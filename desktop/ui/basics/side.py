"""The left side: a search over all tables, and the tables with how many rows they have or how many were found."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, QSize, Qt, Signal
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
from desktop.ui.basics.shelves import Shelf
from desktop.ui.kit.icons import qcolor
from desktop.ui.kit.inputs import search_input
from desktop.ui.kit.lists import set_up_side_list
from desktop.ui.kit.paint import RIGHT, draw_box, draw_text, hairline, text_width
from desktop.ui.kit.typography import font, px

Index = QModelIndex | QPersistentModelIndex
_TOP = QModelIndex()
WIDTH, NARROW, ROW, HEADING = 252, 204, 44, 30


@dataclass(frozen=True, slots=True)
class Item:
    """A line of the list: a table, or the heading over some."""

    words: str
    key: str = ""
    detail: str = ""
    count: str = ""


class ShelfModel(QAbstractListModel):
    """Tables under their headings; those without a hit are left out while something is looked for."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.items: list[Item] = []

    def show_shelves(self, shelves: Sequence[Shelf], found: Mapping[str, int] | None) -> None:
        """Show the tables.

        Args:
            found: How many rows of each table fit what is looked for; None when nothing is.
        """
        self.beginResetModel()
        self.items = []
        heading = None
        for shelf in shelves:
            if found is not None and not found.get(shelf.key):
                continue
            if shelf.group != heading:
                heading = shelf.group
                self.items.append(Item(heading or tr("其他")))
            count = len(shelf.lines) if found is None else found[shelf.key]
            self.items.append(Item(shelf.name, shelf.key, shelf.edition, f"{count:,}"))
        self.endResetModel()

    def row_of(self, key: str) -> int:
        """Return the row of a table; -1 when it is not shown."""
        return next((at for at, item in enumerate(self.items) if item.key == key), -1)

    def rowCount(self, parent: Index = _TOP) -> int:
        return 0 if parent.isValid() else len(self.items)

    def flags(self, index: Index) -> Qt.ItemFlag:
        shown = index.isValid() and bool(self.items[index.row()].key)
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable if shown else Qt.ItemFlag.NoItemFlags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        item = self.items[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return item.words
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{item.words}\n{item.detail}" if item.detail else None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return tr("{name}，{count} 条，{edition}", name=item.words, count=item.count, edition=item.detail) \
                if item.key else item.words
        return None


class Side(QWidget):
    """Search and list.

    Signals:
        chosen(str): Set of the table under the cursor.
        typed(): Something else is looked for.
        entered(): The user goes on to the rows.
    """

    chosen = Signal(str)
    typed = Signal()
    entered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.search = search_input(tr("编码、名称或拼音首字母"), lambda text: self.typed.emit())
        self.search.setAccessibleName(tr("搜索基础资料"))
        self.model = ShelfModel(self)
        self.list = QListView()
        set_up_side_list(self.list, self.model, _Delegate(self.list), tr("基础资料目录"))
        self.list.setUniformItemSizes(False)
        self.list.setMouseTracking(True)
        self.set_narrow(False)
        top = QHBoxLayout()
        top.setContentsMargins(12, 8, 12, 6)
        top.addWidget(self.search)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 1, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self.list, 1)
        self.list.selectionModel().currentChanged.connect(self._current)
        self.list.activated.connect(lambda index: self.entered.emit())
        self.search.installEventFilter(self)

    def set_narrow(self, on: bool) -> None:
        """Take less room, where the window has little."""
        self.setFixedWidth(px(NARROW if on else WIDTH))

    def words(self) -> list[str]:
        """Return the words that are looked for."""
        return self.search.text().lower().split()

    def look_for(self, text: str) -> None:
        """Look for these words, as if they had been typed."""
        if self.search.text() != text:
            self.search.setText(text)
            self.typed.emit()

    def show_shelves(self, shelves: Sequence[Shelf], found: Mapping[str, int] | None, key: str) -> None:
        """Show tables and the cursor at one of them, telling nobody."""
        blocked = self.list.selectionModel().blockSignals(True)
        self.model.show_shelves(shelves, found)
        at = self.model.row_of(key)
        self.list.setCurrentIndex(self.model.index(at) if at >= 0 else QModelIndex())
        self.list.selectionModel().blockSignals(blocked)
        if at > 1:
            self.list.scrollTo(self.model.index(at))
        else:  # the first heading comes into view with what stands under it
            self.list.scrollToTop()
        self.list.viewport().update()

    def _current(self, index: QModelIndex) -> None:
        if index.isValid():
            self.chosen.emit(self.model.items[index.row()].key)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.search and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape and self.search.text():
                self.look_for("")
                return True
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.entered.emit()
                return True
        return super().eventFilter(watched, event)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ApplicationFontChange:
            self.list.scheduleDelayedItemsLayout()
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), qcolor("base"))
        hairline(painter, self.rect(), "right")


class _Delegate(QStyledItemDelegate):
    """A heading on one line; a table on two: name and count, edition."""

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        model = index.model()
        table = isinstance(model, ShelfModel) and bool(model.items[index.row()].key)
        return QSize(160, px(ROW if table else HEADING))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model, box = index.model(), option.rect
        if not isinstance(model, ShelfModel):
            return
        item = model.items[index.row()]
        painter.fillRect(box, qcolor("base"))
        if not item.key:
            draw_text(painter, box.adjusted(16, box.height() // 4, -16, 0), item.words, font("caption", bold=True),
                      "text2")
            return
        frame = box.adjusted(8, 1, -7, -1)
        if option.state & QStyle.StateFlag.State_Selected:
            draw_box(painter, frame, "sel")
            if self._view.hasFocus():
                draw_box(painter, frame, "", "accent", 2)
        elif option.state & QStyle.StateFlag.State_MouseOver:
            draw_box(painter, frame, "alt")
        upper = frame.adjusted(10, 3, -10, -frame.height() // 2)
        lower = frame.adjusted(10, frame.height() // 2, -10, -3)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        width = text_width(font("caption"), item.count)
        draw_text(painter, upper, item.count, font("caption"), "text2", RIGHT)
        draw_text(painter, upper.adjusted(0, 0, -width - 8, 0), item.words, font(bold=chosen), "text")
        draw_text(painter, lower, item.detail, font("caption"), "text2")
