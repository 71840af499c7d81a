"""The list that opens under a field while typing: up to 12 hits, keys stay in the field."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QPainter
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop.ui.kit.choices import MOST, Choice
from desktop.ui.kit.icons import qcolor
from desktop.ui.kit.paint import LEFT, RIGHT, draw_text, text_width
from desktop.ui.kit.typography import font, px

_TOP = QModelIndex()
Index = QModelIndex | QPersistentModelIndex


class _Hits(QAbstractListModel):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: Sequence[Choice] = ()

    def show_rows(self, rows: Sequence[Choice]) -> None:
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = _TOP) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        if not index.isValid() or role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        row = self.rows[index.row()]
        return f"{row.label}　{row.detail}" if row.detail else row.label


class _HitDelegate(QStyledItemDelegate):
    """Code, name and a grey detail at the right."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, px(28))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        if not isinstance(model, _Hits):
            return
        row, box = model.rows[index.row()], option.rect
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.fillRect(box, qcolor("sel" if chosen else "base"))
        inner = box.adjusted(8, 0, -8, 0)
        left = inner.left()
        if not row.shown:
            width = text_width(font(), row.code)
            draw_text(painter, QRect(left, box.top(), width + 1, box.height()), row.code, font(), "text")
            left += width + 8
        detail = min(text_width(font("caption"), row.detail), inner.width() * 2 // 3)
        name = QRect(left, box.top(), inner.right() - left - (detail + 12 if detail else 0), box.height())
        draw_text(painter, name, row.shown or row.name, font(), "text", LEFT)
        if detail:
            side = QRect(inner.right() - detail, box.top(), detail + 1, box.height())
            draw_text(painter, side, row.detail, font("caption"), "text2", RIGHT)


def _width(row: Choice) -> int:
    """Return how wide a row must be to be read whole."""
    words = text_width(font(), row.shown or row.code + row.name) + (0 if row.shown else 8)
    return 20 + words + (16 + text_width(font("caption"), row.detail) if row.detail else 0)


class CompletionPopup(QListView):
    """A borderless window that never takes the focus; its field hands it the keys by `take_key`."""

    picked = Signal(object)         # Choice

    def __init__(self, field: QWidget) -> None:
        super().__init__(field)
        self._field, self._hits, self._most = field, _Hits(self), MOST
        self.setWindowFlags(Qt.WindowType.ToolTip | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameStyle(QFrame.Shape.Box | QFrame.Shadow.Plain)
        self.setLineWidth(1)
        colors = self.palette()
        colors.setColor(colors.ColorRole.WindowText, qcolor("ctl"))
        self.setPalette(colors)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setModel(self._hits)
        self.setItemDelegate(_HitDelegate(self))
        self.setAccessibleName("可选项")
        self.clicked.connect(lambda index: self._pick(index.row()))
        self.entered.connect(self.setCurrentIndex)

    def show_rows(self, rows: Sequence[Choice], under: QRect | None = None, *, first: bool = True) -> None:
        """Open with these rows under the field (or a rectangle of it), or close when there is none.

        Args:
            first: Select the first row, so that Enter picks it.
        """
        rows = list(rows)[:self._most]
        self._hits.show_rows(rows)
        if not rows:
            self.hide()
            return
        box = under or self._field.rect()
        height = px(28) * len(rows) + 2 * self.frameWidth()
        width = min(max(box.width(), max(_width(row) for row in rows) + 2 * self.frameWidth()), 640)
        self.setGeometry(self._fit(box, width, height))
        if first:
            self.setCurrentIndex(self._hits.index(0))
        self.show()

    def rows(self) -> Sequence[Choice]:
        """Return the rows now offered."""
        return self._hits.rows

    def current(self) -> Choice | None:
        """Return the selected row, if the list is open."""
        index = self.currentIndex()
        return self._hits.rows[index.row()] if self.isVisible() and index.isValid() else None

    def take_key(self, event: QKeyEvent) -> bool:
        """Use Up, Down, PgUp, PgDn, Enter and Esc while open; tell whether the key was used."""
        if not self.isVisible():
            return False
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}
        key = Qt.Key(event.key())
        if key in steps:
            at = self.currentIndex().row() if self.currentIndex().isValid() else -1
            self.setCurrentIndex(self._hits.index(min(max(at + steps[key], 0), len(self._hits.rows) - 1)))
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._pick(self.currentIndex().row())
            return True
        if key == Qt.Key.Key_Escape:
            self.hide()
            return True
        return False

    def _pick(self, row: int) -> None:
        choice = self._hits.rows[row]
        self.hide()
        self.picked.emit(choice)

    def _fit(self, box: QRect, width: int, height: int) -> QRect:
        corner = self._field.mapToGlobal(QPoint(box.left(), box.bottom() + 2))
        screen = QGuiApplication.screenAt(corner) or self._field.screen()
        area = screen.availableGeometry()
        if corner.y() + height > area.bottom():
            corner.setY(self._field.mapToGlobal(box.topLeft()).y() - height - 2)
        corner.setX(max(area.left(), min(corner.x(), area.right() - width)))
        return QRect(corner, QSize(width, height))
