"""What the search of the help has found: title, place and a piece of the text, with the words marked."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop.domain.passages import Hit
from desktop.texts import tr
from desktop.ui.kit.icons import qcolor
from desktop.ui.kit.lists import set_up_side_list
from desktop.ui.kit.paint import draw_box, draw_text, hairline, text_width
from desktop.ui.kit.typography import font, px

Index = QModelIndex | QPersistentModelIndex
_TOP = QModelIndex()
ROW, LINE = 68, 20


class HitModel(QAbstractListModel):
    """The hits of one search."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.hits: tuple[Hit, ...] = ()

    def show_hits(self, hits: Sequence[Hit]) -> None:
        """Show these."""
        self.beginResetModel()
        self.hits = tuple(hits)
        self.endResetModel()

    def rowCount(self, parent: Index = _TOP) -> int:
        return 0 if parent.isValid() else len(self.hits)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        hit = self.hits[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return hit.passage.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            found = hit.passage
            return tr("{title}，{group}，{snippet}", title=found.title, group=found.group, snippet=hit.snippet)
        return hit.passage.group if role == Qt.ItemDataRole.ToolTipRole else None


class HitList(QListView):
    """The list.

    Signals:
        chosen(str): Topic of the hit under the cursor.
        opened(str): Enter or a double click.
    """

    chosen = Signal(str)
    opened = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.hits = HitModel(self)
        set_up_side_list(self, self.hits, _HitDelegate(self), tr("搜索结果"))
        self.setMouseTracking(True)
        self.selectionModel().currentChanged.connect(self._current)
        self.doubleClicked.connect(lambda index: self.opened.emit(self.topic()))

    def topic(self) -> str:
        """Return the topic under the cursor; empty without one."""
        at = self.currentIndex().row()
        return self.hits.hits[at].passage.topic if 0 <= at < len(self.hits.hits) else ""

    def start(self) -> None:
        """Take the keyboard, at the first hit."""
        self.setFocus(Qt.FocusReason.TabFocusReason)
        if self.hits.hits and not self.currentIndex().isValid():
            self.setCurrentIndex(self.hits.index(0))

    def _current(self, index: QModelIndex) -> None:
        if index.isValid():
            self.chosen.emit(self.topic())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.topic():
            self.opened.emit(self.topic())
            return
        super().keyPressEvent(event)


class _HitDelegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(120, px(ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model, box = index.model(), option.rect
        if not isinstance(model, HitModel):
            return
        hit, chosen = model.hits[index.row()], bool(option.state & QStyle.StateFlag.State_Selected)
        painter.fillRect(box, qcolor("base"))
        hairline(painter, box, "bottom")
        if chosen:
            draw_box(painter, box.adjusted(6, 3, -5, -4), "sel")
        elif option.state & QStyle.StateFlag.State_MouseOver:
            draw_box(painter, box.adjusted(6, 3, -5, -4), "alt")
        line = QRect(box.left() + 16, box.top() + px(5), box.width() - 32, px(LINE))
        marked(painter, line, hit.passage.title, hit.title_marks, font(bold=True))
        line.translate(0, px(LINE - 2))
        draw_text(painter, line, hit.passage.group, font("caption"), "text2")
        line.translate(0, px(LINE - 2))
        shown, marks = _around(hit, line.width())
        marked(painter, line, shown, marks, font("caption"))


def _around(hit: Hit, width: int) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Cut the snippet so that its first mark is inside the width."""
    metrics = QFontMetrics(font("caption"))
    if not hit.marks or metrics.horizontalAdvance(hit.snippet[: sum(hit.marks[0])]) <= width:
        return hit.snippet, hit.marks
    cut = max(0, hit.marks[0][0] - 4)
    return f"…{hit.snippet[cut:]}", tuple((start - cut + 1, length) for start, length in hit.marks if start >= cut)


def marked(painter: QPainter, box: QRect, text: str, marks: Sequence[tuple[int, int]], face: QFont) -> None:
    """Draw one line with the marked pieces on a tint, underlined: colour is not the only sign."""
    room = box.width()
    for start, length in marks:
        left, width = text_width(face, text[:start]), text_width(face, text[start : start + length])
        if left + width <= room:
            tint = QRect(box.left() + left - 1, box.top() + 2, width + 2, box.height() - 4)
            painter.fillRect(tint, qcolor("warnbg"))
            painter.fillRect(tint.left(), tint.bottom(), tint.width(), 1, qcolor("warn"))
    draw_text(painter, box, text, face, "text")
