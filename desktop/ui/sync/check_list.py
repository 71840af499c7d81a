"""The check sheet's list, painted: groups 44 high, documents 28, one amount column through all of them."""

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop.domain.money import format_yuan
from desktop.texts import tr
from desktop.ui.app.row_button import paint_row_button, row_button_width
from desktop.ui.app.rows import about, kind_word, name_of, number_of
from desktop.ui.kit.icons import paint_icon, qcolor
from desktop.ui.kit.paint import LEFT, RIGHT, draw_box, draw_text, text_width
from desktop.ui.kit.typography import font, px
from desktop.ui.sync.check_lines import BatchLine, CheckLine, CheckModel, DocumentLine, GroupLine, HeadLine
from desktop.usecases.ports import DocumentRow

Index = QModelIndex | QPersistentModelIndex
GROUP, LINE, EDGE, KIND, NUMBER, AMOUNT, CLIP = 44, 28, 44, 72, 64, 116, 48
WIDE = 720  # from here on the purpose has a column of its own
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


@dataclass(frozen=True, slots=True)
class Places:
    """Left edge and width of the columns at one width of the list."""

    kind: tuple[int, int]
    number: tuple[int, int]
    name: tuple[int, int]
    use: tuple[int, int]
    amount: tuple[int, int]
    clip: tuple[int, int]
    remark: tuple[int, int]


def places(width: int) -> Places:
    """Return where the columns stand; everything on the sheet takes the amount's place from here."""
    wide = width >= px(WIDE)
    remark = px(168) if wide else px(124)
    left = EDGE
    kind = (left, px(KIND))
    number = (left + kind[1], px(NUMBER))
    clip = px(CLIP) if wide else 0
    end = width - 16 - remark - clip
    amount = (end - px(AMOUNT), px(AMOUNT))
    middle = number[0] + number[1]
    room = amount[0] - middle
    name = (middle, room * 55 // 100 if wide else room)
    use = (middle + name[1], room - name[1])
    return Places(kind, number, name, use, amount, (end + 12, clip), (end + clip + 12, remark - 12))


class _Delegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        line = _line(index)
        return QSize(320, px(GROUP) if isinstance(line, GroupLine) else px(LINE))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line, box = _line(index), option.rect
        at = places(box.width())
        current = bool(option.state & QStyle.StateFlag.State_Selected)
        focused = current and bool(option.state & QStyle.StateFlag.State_HasFocus)
        if isinstance(line, HeadLine):
            _paint_head(painter, box, at)
            return
        painter.fillRect(box, qcolor("sel" if focused and not isinstance(line, GroupLine) else "base"))
        if isinstance(line, GroupLine):
            _paint_group(painter, box, at, line, focused)
        else:
            painter.fillRect(box.left(), box.bottom(), box.width(), 1, qcolor("line"))
            if isinstance(line, DocumentLine):
                _paint_document(painter, box, at, line)
            else:
                _paint_batch(painter, box, at, line)


def _line(index: Index) -> CheckLine:
    model = index.model()
    assert isinstance(model, CheckModel)
    return model.lines[index.row()]


def _cell(box: QRect, place: tuple[int, int], inset: int = 6) -> QRect:
    return QRect(box.left() + place[0], box.top(), max(0, place[1] - inset), box.height())


def _paint_head(painter: QPainter, box: QRect, at: Places) -> None:
    painter.fillRect(box, qcolor("head"))
    face = font("caption")
    words = ((at.kind, tr("类别")), (at.number, tr("单号")), (at.name, tr("收款人或项目")), (at.use, tr("用途")),
             (at.remark, tr("签章")))
    for place, word in words:
        if place[1]:
            draw_text(painter, _cell(box, place), word, face, "text2", LEFT)
    if at.clip[1]:
        draw_text(painter, _cell(box, at.clip), tr("附件"), face, "text2", LEFT)
    draw_text(painter, _cell(box, at.amount, 0), tr("金额（元）"), face, "text2", RIGHT)


def _paint_group(painter: QPainter, box: QRect, at: Places, line: GroupLine, focused: bool) -> None:
    if box.top() > 0:
        painter.fillRect(box.left(), box.top(), box.width(), 1, qcolor("line"))
    paint_icon(painter, line.icon, box.left() + 14, box.center().y() - 8, line.tone, 18)
    title = QRect(box.left() + EDGE, box.top(), at.amount[0] - EDGE, box.height())
    draw_text(painter, title, line.title, font("section"), "text", LEFT)
    used = text_width(font("section"), line.title) + 10
    draw_text(painter, title.adjusted(used, 1, -8, 0), line.note, font(), "text2", LEFT)
    if line.amount is not None:
        draw_text(painter, _cell(box, at.amount, 0), format_yuan(line.amount), font(bold=True), "text", RIGHT)
    if line.button:
        paint_row_button(painter, button_place(box, line), line.button, focused=focused)
    elif focused:
        draw_box(painter, box.adjusted(4, 4, -4, -4), "", "accent", 2)


def button_place(box: QRect, line: GroupLine) -> QRect:
    """Return where a group's button lies."""
    width, height = row_button_width(line.button, 56), px(28)
    return QRect(box.right() - width - 11, box.center().y() - height // 2 + 1, width, height)


def _paint_document(painter: QPainter, box: QRect, at: Places, line: DocumentLine) -> None:
    row = line.row
    draw_text(painter, _cell(box, at.kind), kind_word(row), font(), "text2", LEFT)
    draw_text(painter, _cell(box, at.number), number_of(row), font(), "text", LEFT)
    name, place = name_of(row), _cell(box, at.name)
    draw_text(painter, place, name, font(), "text", LEFT)
    use = _cell(box, at.use) if at.use[1] else place.adjusted(text_width(font(), name) + 12, 0, 0, 0)
    if use.width() > px(48):
        draw_text(painter, use, about(row), font(), "text" if at.use[1] else "text2", LEFT)
    draw_text(painter, _cell(box, at.amount, 0), format_yuan(row.amount), font(), "text", RIGHT)
    if at.clip[1] and row.attachments:
        clip = _cell(box, at.clip)
        paint_icon(painter, "clip", clip.left(), clip.center().y() - 6, "text2", 14)
        draw_text(painter, clip.adjusted(19, 0, 0, 0), str(row.attachments), font(), "text", LEFT)
    remark = _cell(box, at.remark)
    if line.icon:
        paint_icon(painter, line.icon, remark.left(), remark.center().y() - 6, "ok", 14)
        remark = remark.adjusted(20, 0, 0, 0)
    draw_text(painter, remark, line.remark, font(), line.tone, LEFT)


def _paint_batch(painter: QPainter, box: QRect, at: Places, line: BatchLine) -> None:
    title = QRect(box.left() + EDGE, box.top(), at.amount[0] - EDGE - 8, box.height())
    paint_icon(painter, "clock", box.left() + 18, box.center().y() - 6, "wait", 14)
    draw_text(painter, title, line.title, font(), "wait", LEFT)
    draw_text(painter, _cell(box, at.amount, 0), format_yuan(line.amount), font(), "text", RIGHT)
    draw_text(painter, _cell(box, at.remark), line.remark, font(), "wait", LEFT)


class CheckList(QListView):
    """The list.

    Signals:
        document_chosen(object): Enter or double click on a document: its `DocumentRow`.
        group_chosen(str): The button of a group.
    """

    document_chosen = Signal(object)
    group_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines = CheckModel(self)
        self.setModel(self.lines)
        self.setItemDelegate(_Delegate(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setAccessibleName(tr("核对清单"))
        self.setMinimumHeight(px(LINE) * 5)
        self.doubleClicked.connect(self._open)

    def rows(self) -> list[DocumentRow]:
        """Return the documents shown, in order."""
        return [line.row for line in self.lines.lines if isinstance(line, DocumentLine)]

    def _open(self, index: QModelIndex) -> None:
        line = self.lines.lines[index.row()]
        if isinstance(line, DocumentLine):
            self.document_chosen.emit(line.row)
        elif isinstance(line, GroupLine) and line.button:
            self.group_chosen.emit(line.key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER and self.currentIndex().isValid():
            self._open(self.currentIndex())
            return
        super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        point: QPoint = event.position().toPoint()
        index = self.indexAt(point)
        if index.isValid():
            line = self.lines.lines[index.row()]
            if isinstance(line, GroupLine) and line.button and \
                    button_place(self.visualRect(index), line).contains(point):
                self.group_chosen.emit(line.key)
                return
        super().mouseReleaseEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ApplicationFontChange:
            self.scheduleDelayedItemsLayout()
        return super().event(event)
