"""The dark column at the left: pages that exist, badges for what this user must act on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QPainter, QResizeEvent
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
    """A page: its key, word and icon, and whether it stands in the group at the foot."""
    key: str
    text: str
    icon: str
    foot: bool = False


class NavModel(QAbstractListModel):
    """The pages that are shown, in their order."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.items: list[NavItem] = []
        self.badges: Mapping[str, int] = {}

    def show_items(self, items: Sequence[NavItem]) -> None:
        """Show these pages and no others."""
        self.beginResetModel()
        self.items = list(items)
        self.endResetModel()

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


def begins_foot(index: Index) -> bool:
    """Tell whether the group at the foot begins with a row."""
    model, at = index.model(), index.row()
    return isinstance(model, NavModel) and model.items[at].foot and at > 0 and not model.items[at - 1].foot


class _NavDelegate(QStyledItemDelegate):
    folded = False
    gap = 0  # free room above the group at the foot

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(tokens.NAV_FOLDED, px(PITCH) + (self.gap if begins_foot(index) else 0))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        if not isinstance(model, NavModel):
            return
        item, count = model.items[index.row()], model.badges.get(model.items[index.row()].key, 0)
        edge = 4 if self.folded else INSET
        whole = option.rect.adjusted(0, option.rect.height() - px(PITCH), 0, 0)
        box = whole.adjusted(edge, 2, -edge, -2)
        if begins_foot(index):
            painter.fillRect(whole.left() + INSET, whole.top() - 4, whole.width() - 2 * INSET, 1, qcolor("navactive"))
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
        self.viewport().setPalette(colors)  # under a style sheet it keeps the one it was polished with

    def show_items(self, items: Sequence[NavItem]) -> None:
        """Show these pages and no others; the chosen one stays chosen and nothing is emitted."""
        chosen = self._pages.items[self.currentIndex().row()].key if self.currentIndex().isValid() else ""
        self._pages.show_items(items)
        self._fit()
        blocked = self.selectionModel().blockSignals(True)
        self.choose(chosen)
        self.selectionModel().blockSignals(blocked)

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
        self._fit()

    def _fit(self) -> None:
        """Push the group at the foot down to the foot."""
        self._delegate.gap = max(0, self.viewport().height() - px(PITCH) * len(self._pages.items))
        self.scheduleDelayedItemsLayout()
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def indexAt(self, point: QPoint) -> QModelIndex:
        """Return the page under a point; the free room above the foot belongs to none."""
        index = super().indexAt(point)
        free = index.isValid() and point.y() < self.visualRect(index).bottom() - px(PITCH)
        return QModelIndex() if free else index

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
