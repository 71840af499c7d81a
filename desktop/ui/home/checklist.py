"""必须做: one line a thing, most urgent first; Enter opens."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
    SignalInstance,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QFrame, QListView, QSizePolicy, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop.domain.home_rules import ChecklistEntry, Urgency
from desktop.domain.money import format_yuan
from desktop.texts import home, tr
from desktop.ui.app.row_button import paint_row_button
from desktop.ui.kit.icons import paint_icon, qcolor
from desktop.ui.kit.paint import LEFT, RIGHT, draw_text, text_width
from desktop.ui.kit.typography import font, px

_TOP = QModelIndex()
Index = QModelIndex | QPersistentModelIndex
LINE, TEXT_LEFT, AMOUNT, DUE, BUTTON, EDGE = 40, 47, 110, 116, 96, 16
_SOON_DAYS = 7
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_TONES = {
    Urgency.RETURNED: "err",
    Urgency.ERRORS: "err",
    Urgency.DUE: "warn",
    Urgency.READY: "accent",
    Urgency.INFO: "text2",
}


@dataclass(frozen=True, slots=True)
class Line:
    """An entry with its words; `amount` and `due` are empty where there is nothing to say."""

    entry: ChecklistEntry
    title: str
    reason: str
    amount: str
    due: str
    button: str

    @property
    def words(self) -> str:
        """The line for readers."""
        return " ".join(part for part in (self.title, self.reason, self.amount, self.due) if part)

    def due_tone(self, today: date) -> str:
        """Return the colour of the due date: red only for what came back, amber when it is near."""
        if self.entry.urgency is Urgency.RETURNED:
            return "err"
        near = self.entry.due is not None and (self.entry.due - today).days <= _SOON_DAYS
        return "warn" if near and self.entry.urgency is Urgency.DUE else "text2"


def lines_of(entries: Sequence[ChecklistEntry], today: date) -> list[Line]:
    """Return the lines of these entries."""
    lines = []
    for entry in entries:
        text = home.entry(entry, today)
        amount = format_yuan(entry.amount) if entry.amount is not None else ""
        reason = text.reason.replace("。；", "；").rstrip("。")
        lines.append(Line(entry, text.title, reason, amount, text.due, text.button))
    return lines


class ChecklistModel(QAbstractListModel):
    """The lines."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lines: list[Line] = []
        self.today = date.min

    def show(self, lines: Sequence[Line], today: date) -> None:
        """Replace all lines."""
        self.beginResetModel()
        self.lines, self.today = list(lines), today
        self.endResetModel()

    def rowCount(self, parent: Index = _TOP) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        line = self.lines[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return line.words
        return line.reason or None if role == Qt.ItemDataRole.ToolTipRole else None


class _Delegate(QStyledItemDelegate):
    over: QPoint | None = None

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(480, px(LINE))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        if not isinstance(model, ChecklistModel):
            return
        line, box = model.lines[index.row()], option.rect
        focused = bool(option.state & QStyle.StateFlag.State_Selected)
        focused = focused and bool(option.state & QStyle.StateFlag.State_HasFocus)
        painter.fillRect(box, qcolor("alt" if focused else "base"))
        if index.row() + 1 < len(model.lines):
            painter.fillRect(box.left(), box.bottom(), box.width(), 1, qcolor("line"))
        tone = _TONES[line.entry.urgency]
        paint_icon(painter, line.entry.icon, box.left() + EDGE, box.center().y() - 9, tone, 20)
        button = button_place(box)
        due = QRect(button.left() - EDGE - px(DUE), box.top(), px(DUE), box.height())
        amount = QRect(due.left() - 12 - px(AMOUNT), box.top(), px(AMOUNT), box.height())
        text = QRect(box.left() + TEXT_LEFT, box.top(), amount.left() - box.left() - TEXT_LEFT - 12, box.height())
        draw_text(painter, text, line.title, font("section"), "text", LEFT)
        used = text_width(font("section"), line.title) + 9
        if used + px(40) < text.width():
            draw_text(painter, text.adjusted(used, 1, 0, 0), line.reason, font(), "text2", LEFT)
        draw_text(painter, amount, line.amount, font(bold=True), "text", RIGHT)
        draw_text(painter, due, line.due, font(), line.due_tone(model.today), RIGHT)
        over = self.over is not None and button.contains(self.over)
        paint_row_button(painter, button, line.button, over=over, focused=focused)


def button_place(box: QRect) -> QRect:
    """Return where the button of a line lies; all are equally wide."""
    width, height = px(BUTTON), px(28)
    return QRect(box.right() - EDGE - width + 1, box.center().y() - height // 2 + 1, width, height)


class Checklist(QListView):
    """The list; as high as its lines.

    Signals:
        opened(object): Enter or double click on a line: its `ChecklistEntry`.
        pressed_button(object), space_pressed(object), delete_pressed(object): The same of its button and two keys.
    """

    opened = Signal(object)
    pressed_button = Signal(object)
    space_pressed = Signal(object)
    delete_pressed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines, self._delegate = ChecklistModel(self), _Delegate(self)
        self.setModel(self.lines)
        self.setItemDelegate(self._delegate)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("必须做"))
        self.doubleClicked.connect(lambda index: self._say(self.opened, index.row()))

    def show_lines(self, lines: Sequence[Line], today: date) -> None:
        """Replace all lines; the same place stays current."""
        row = max(0, self.currentIndex().row())
        self.lines.show(lines, today)
        if lines:
            self.setCurrentIndex(self.lines.index(min(row, len(lines) - 1)))
        self.setFixedHeight(px(LINE) * len(lines))

    def _say(self, signal: SignalInstance, row: int) -> None:
        if 0 <= row < len(self.lines.lines):
            signal.emit(self.lines.lines[row].entry)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER:
            self._say(self.opened, self.currentIndex().row())
        elif event.key() == Qt.Key.Key_Space:
            self._say(self.space_pressed, self.currentIndex().row())
        elif event.key() == Qt.Key.Key_Delete:
            self._say(self.delete_pressed, self.currentIndex().row())
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._delegate.over = event.position().toPoint()
        self.viewport().update()
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._delegate.over = None
        self.viewport().update()
        super().leaveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        index = self.indexAt(point)
        if index.isValid() and button_place(self.visualRect(index)).contains(point):
            self._say(self.pressed_button, index.row())
            return
        super().mouseReleaseEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ApplicationFontChange:
            self.setFixedHeight(px(LINE) * self.lines.rowCount())
            self.scheduleDelayedItemsLayout()
        return super().event(event)
