"""The dark column at the left: pages that exist, badges for what this user must act on."""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop.ui.kit import tokens
from desktop.ui.kit.icons import paint_icon, qcolor
from desktop.ui.kit.paint import CENTER, LEFT, draw_box, draw_text
from desktop.ui.kit.typography import font, px

_TOP = QModelIndex()
Index = QModelIndex | QPersistentModelIndex
PITCH, INSET, ICON, BADGE = 40, 8, 18, 16


@dataclass(frozen=True, slots=True)
class NavItem:
    """A page: its key, word and icon."""
    key: str
    text: str
    icon: str


class NavModel(QAbstractListModel):
    """The pages in the order in which they were added."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.items: list[NavItem] = []
        self.badges: Mapping[str, int] = {}

    def add(self, item: NavItem) -> None:
        """Add a page at the end."""
        self.beginInsertRows(_TOP, len(self.items), len(self.items))
        self.items.append(item)
        self.endInsertRows()

    def set_badges(self, badges: Mapping[str, int]) -> None:
        """Show these counts; zero shows none."""
        self.badges = dict(badges)
        if self.items:
            self.dataChanged.emit(self.index(0), self.index(len(self.items) - 1))

    def rowCount(self, parent: Index = _TOP) -> int:
        return 0 if parent.isValid() else len(self.items)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        item = self.items[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return item.text
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{item.text}　Alt+{(index.row() + 1) % 10}" if index.row() < 10 else item.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            count = self.badges.get(item.key, 0)
            return f"{item.text}，{count} 项待处理" if count else item.text
        return None


class _NavDelegate(QStyledItemDelegate):
    folded = False

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(tokens.NAV_FOLDED, px(PITCH))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        if not isinstance(model, NavModel):
            return
        item, count = model.items[index.row()], model.badges.get(model.items[index.row()].key, 0)
        edge = 4 if self.folded else INSET
        box = option.rect.adjusted(edge, 2, -edge, -2)
        active = bool(option.state & QStyle.StateFlag.State_Selected)
        over = bool(option.state & QStyle.StateFlag.State_MouseOver)
        if active or over:
            draw_box(painter, box, "navactive" if active else "navover")
        if active:
            draw_box(painter, QRect(box.left(), box.center().y() - 7, 3, 16), "sel", radius=1)
        keys = QStyle.StateFlag.State_HasFocus | QStyle.StateFlag.State_KeyboardFocusChange
        if active and option.state & keys == keys:
            draw_box(painter, box, "", "sel", 2)
        color = "white" if active else "navtext"
        left = box.center().x() - ICON // 2 + 1 if self.folded else option.rect.left() + 20
        paint_icon(painter, item.icon, left, box.center().y() - ICON // 2 + 1, color, ICON)
        if not self.folded:
            text = QRect(option.rect.left() + 46, box.top(), box.right() - 46, box.height())
            draw_text(painter, text, item.text, font("body", bold=active), color, LEFT)
        if count:
            self._paint_badge(painter, box, count)

    def _paint_badge(self, painter: QPainter, box: QRect, count: int) -> None:
        text = str(count) if count < 100 else "99+"
        width = BADGE if len(text) == 1 else BADGE + 6 * (len(text) - 1)
        middle = box.top() + 8 if self.folded else box.center().y() + 1
        badge = QRect(box.right() - width - (0 if self.folded else 6), middle - BADGE // 2, width, BADGE)
        draw_box(painter, badge, "err", radius=BADGE // 2)
        draw_text(painter, badge, text, font("caption", bold=True), "white", CENTER)


class Navigation(QListView):
    """The list of pages; folds to icons.

    Signals:
        chosen(str): The user chose a page by click, arrows or Enter.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pages = NavModel(self)
        self._delegate = _NavDelegate(self)
        self.setModel(self._pages)
        self.setItemDelegate(self._delegate)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("导航")
        self.setViewportMargins(0, 6, 0, 6)
        self._color()
        self.setAutoFillBackground(True)
        self.selectionModel().currentChanged.connect(self._changed)
        self.fold(False)

    def _color(self) -> None:
        colors = self.palette()
        for role in (colors.ColorRole.Base, colors.ColorRole.Window):
            colors.setColor(role, qcolor("nav"))
        self.setPalette(colors)

    def add(self, item: NavItem) -> None:
        """Add a page at the end."""
        self._pages.add(item)

    def items(self) -> list[NavItem]:
        """Return the pages."""
        return list(self._pages.items)

    def set_badges(self, badges: Mapping[str, int]) -> None:
        """Show counts on pages by their keys."""
        self._pages.set_badges(badges)

    def choose(self, key: str) -> None:
        """Select a page."""
        for at, item in enumerate(self._pages.items):
            if item.key == key:
                self.setCurrentIndex(self._pages.index(at))

    def fold(self, on: bool) -> None:
        """Show icons only."""
        self._delegate.folded = on
        self.setFixedWidth(tokens.NAV_FOLDED if on else px(tokens.NAV_WIDTH))
        self.scheduleDelayedItemsLayout()
        self.viewport().update()

    def folded(self) -> bool:
        """Tell whether only icons are shown."""
        return self._delegate.folded

    def _changed(self, current: QModelIndex) -> None:
        if current.isValid():
            self.chosen.emit(self._pages.items[current.row()].key)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ApplicationFontChange:
            self.fold(self.folded())
            self._color()
        return super().event(event)
