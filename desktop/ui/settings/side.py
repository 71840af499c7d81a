"""The sections of the settings as a list at the left; up and down bring them to the front."""

from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop.ui.kit.icons import paint_icon
from desktop.ui.kit.lists import set_up_side_list
from desktop.ui.kit.paint import LEFT, draw_box, draw_text
from desktop.ui.kit.typography import font, px

Index = QModelIndex | QPersistentModelIndex
_TOP = QModelIndex()
WIDTH, ROW, ICON = 148, 34, 16


@dataclass(frozen=True, slots=True)
class Entry:
    """One section: its key, word and icon."""

    key: str
    word: str
    icon: str


class EntryModel(QAbstractListModel):
    """The sections in order; those with a warning carry a sign."""

    def __init__(self, entries: tuple[Entry, ...], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.entries = entries
        self.warned: frozenset[str] = frozenset()

    def warn(self, keys: frozenset[str]) -> None:
        """Mark these sections."""
        self.warned = keys
        self.dataChanged.emit(self.index(0), self.index(len(self.entries) - 1))

    def rowCount(self, parent: Index = _TOP) -> int:
        return 0 if parent.isValid() else len(self.entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if index.isValid() and role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            entry = self.entries[index.row()]
            return f"{entry.word}，请看" if entry.key in self.warned else entry.word
        return None


class _Delegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(px(WIDTH), px(ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        if not isinstance(model, EntryModel):
            return
        entry, box = model.entries[index.row()], option.rect.adjusted(6, 1, -6, -1)
        active = bool(option.state & QStyle.StateFlag.State_Selected)
        if active or option.state & QStyle.StateFlag.State_MouseOver:
            draw_box(painter, box, "sel" if active else "head")
        if active and option.state & QStyle.StateFlag.State_HasFocus:
            draw_box(painter, box, "", "accent", 2)
        paint_icon(painter, entry.icon, box.left() + 10, box.center().y() - ICON // 2 + 1, "text2", ICON)
        words = QRect(box.left() + 34, box.top(), box.width() - 56, box.height())
        draw_text(painter, words, entry.word, font("body", bold=active), "text", LEFT)
        if entry.key in model.warned:
            paint_icon(painter, "warning", box.right() - 22, box.center().y() - ICON // 2 + 1, "warn", ICON)


class Side(QListView):
    """The list.

    Signals:
        chosen(str): Key of the section that came to the front.
    """

    chosen = Signal(str)

    def __init__(self, entries: tuple[Entry, ...], name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = EntryModel(entries, self)
        set_up_side_list(self, self._model, _Delegate(self), name)
        self.setMouseTracking(True)
        self.setViewportMargins(0, 8, 0, 8)
        self.selectionModel().currentChanged.connect(self._changed)

    def choose(self, key: str) -> None:
        """Bring a section to the front; an unknown key changes nothing."""
        for at, entry in enumerate(self._model.entries):
            if entry.key == key:
                self.setCurrentIndex(self._model.index(at))

    def key(self) -> str:
        """Return the section in front."""
        at = self.currentIndex()
        return self._model.entries[at.row()].key if at.isValid() else ""

    def warn(self, keys: frozenset[str]) -> None:
        """Put a sign behind these sections."""
        self._model.warn(keys)

    def _changed(self, current: QModelIndex) -> None:
        if current.isValid():
            self.chosen.emit(self._model.entries[current.row()].key)

    def sizeHint(self) -> QSize:
        return QSize(px(WIDTH), px(ROW) * len(self._model.entries) + 20)

    def minimumSizeHint(self) -> QSize:
        return QSize(px(WIDTH), px(ROW) * 3)
