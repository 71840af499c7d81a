"""The list of a column's values in the filter: tick, text and how many rows; found by text, code or initials."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desktop.texts import tr
from desktop.ui.grid.cells import paint_check
from desktop.ui.grid.filtering import BLANK, MOST_VALUES, ValueCount, is_found
from desktop.ui.kit.icons import qcolor
from desktop.ui.kit.paint import RIGHT, draw_text, text_width
from desktop.ui.kit.typography import font, px
from desktop.usecases.initials import initials

_TOP = QModelIndex()
Index = QModelIndex | QPersistentModelIndex
ROW, SHOWN_ROWS = 26, 9


class ValueModel(QAbstractListModel):
    """全选 and the values that fit the search, at most a thousand; ticks stay while other values are searched.

    Signals:
        ticked(): A tick changed.
    """

    ticked = Signal()

    def __init__(self, values: Sequence[ValueCount], chosen: frozenset[str] | None, parent: QWidget) -> None:
        super().__init__(parent)
        self._all = list(values)
        self._off = set() if chosen is None else {value.text for value in values} - chosen
        self._found = self._all
        self._search = ""

    def rowCount(self, parent: Index = _TOP) -> int:
        return 0 if parent.isValid() else 1 + min(len(self._found), MOST_VALUES)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        value = self.value(index.row())
        if role == Qt.ItemDataRole.CheckStateRole:
            return self.state(index.row())
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._words() if value is None else value.text or BLANK
        if role == Qt.ItemDataRole.AccessibleTextRole:
            on = self.state(index.row()) == Qt.CheckState.Checked
            words = self._words() if value is None else tr("{value}，{count} 行", value=value.text or BLANK,
                                                           count=value.count)
            return f"{words}，{tr('已选') if on else tr('未选')}"
        return None

    def value(self, row: int) -> ValueCount | None:
        """Return the value in a row; None in the row 全选."""
        return self._found[row - 1] if row else None

    def state(self, row: int) -> Qt.CheckState:
        """Return whether a row is ticked; the row 全选 may be ticked in part."""
        value = self.value(row)
        if value is not None:
            return Qt.CheckState.Unchecked if value.text in self._off else Qt.CheckState.Checked
        off = sum(one.text in self._off for one in self._found)
        if not off:
            return Qt.CheckState.Checked
        return Qt.CheckState.Unchecked if off == len(self._found) else Qt.CheckState.PartiallyChecked

    def turn(self, row: int) -> None:
        """Tick a row or take its tick away; in the row 全选, all that are found."""
        value = self.value(row)
        if value is None:
            texts = {one.text for one in self._found}
            self._off = self._off - texts if texts & self._off else self._off | texts
        else:
            self._off ^= {value.text}
        self.dataChanged.emit(self.index(0), self.index(self.rowCount() - 1))
        self.ticked.emit()

    def search(self, typed: str) -> None:
        """Show only the values that fit what was typed."""
        self.beginResetModel()
        self._search = typed.strip()
        self._found = [one for one in self._all if is_found(one.text or BLANK, one.plain, self._search, initials)]
        self.endResetModel()
        self.ticked.emit()

    def found(self) -> int:
        """Return how many values fit the search."""
        return len(self._found)

    def chosen(self) -> frozenset[str] | None:
        """Return the ticked values, those found when something is searched; None when nothing is left out."""
        if not self._search and not self._off:
            return None
        return frozenset(one.text for one in self._found if one.text not in self._off)

    def _words(self) -> str:
        return tr("全选（找到 {count} 个值）", count=len(self._found)) if self._search else \
            tr("全选（{count} 个值）", count=len(self._all))


class _ValueDelegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(120, px(ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model, box = index.model(), option.rect
        if not isinstance(model, ValueModel):
            return
        value, state = model.value(index.row()), model.state(index.row())
        painter.fillRect(box, qcolor("sel" if option.state & QStyle.StateFlag.State_Selected else "base"))
        paint_check(painter, QRect(box.left() + 8, box.center().y() - 7, 16, 16), state == Qt.CheckState.Checked,
                    part=state == Qt.CheckState.PartiallyChecked)
        count = "" if value is None else f"{value.count:,}"
        wide = text_width(font("caption"), count)
        draw_text(painter, QRect(box.right() - 8 - wide, box.top(), wide + 1, box.height()), count, font("caption"),
                  "text2", RIGHT)
        face = font("body", bold=value is None)
        draw_text(painter, box.adjusted(32, 0, -wide - 16, 0), str(index.data()), face,
                  "text2" if value is not None and not value.text else "text")


class ValueList(QListView):
    """The list itself: Space and a click tick."""

    def __init__(self, model: ValueModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._values = model
        self.setModel(model)
        self.setItemDelegate(_ValueDelegate(self))
        self.setUniformItemSizes(True)
        self.setFrameStyle(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAccessibleName(tr("这一列的值"))
        self.setFixedHeight(px(ROW) * min(max(model.rowCount(), 3), SHOWN_ROWS))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and self.currentIndex().isValid():
            self._values.turn(self.currentIndex().row())
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Stay: typing belongs into the search field."""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index.isValid():
            self._values.turn(index.row())
