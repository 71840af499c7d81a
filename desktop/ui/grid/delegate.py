"""How every cell is drawn, and which editor it opens."""

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop.ui.grid.columns import Rich
from desktop.ui.grid.editors import CellEditor
from desktop.ui.grid.look import CellLook
from desktop.ui.grid.model import SheetModel
from desktop.ui.kit.choices import Choice
from desktop.ui.kit.icons import paint_icon, qcolor
from desktop.ui.kit.paint import CENTER, LEFT, RIGHT, draw_box, text_width
from desktop.ui.kit.pills import PillLook, paint_pill, pill_look
from desktop.ui.kit.typography import font, row_px

Index = QModelIndex | QPersistentModelIndex
PAD, SIGN = 8, 13
MOST_FITTED = 20_000
_SIGNS = {"error": ("error", "err"), "warning": ("warning", "warn"), "info": ("info", "ready")}


class SheetDelegate(QStyledItemDelegate):
    """Draws cells of a `SheetModel`; opens a `CellEditor`.

    Args:
        lists: Only horizontal lines and whole selected rows, as lists of documents are.

    Signals:
        walk(int, str): The editor was left by Enter or Tab: +1 or -1, and "enter" or "tab"; arrows: "up", "down" …
        fill(object): The editor was left by Ctrl+Enter; its value, for all selected cells.
    """

    walk = Signal(int, str)
    fill = Signal(object)

    def __init__(self, parent: QAbstractItemView, *, lists: bool = False) -> None:
        super().__init__(parent)
        self._lists = lists
        self.row_height = 24
        self.current: tuple[int, int] = (-1, -1)
        self.hits: frozenset[tuple[int, int]] = frozenset()
        self.hovered = -1
        self.active = True
        self.by_typing = False
        self.editor: CellEditor | None = None
        self.frozen_edge = -1
        self._table = parent
        self._codes: dict[str, int] = {}
        self._faces: dict[bool, tuple[QFont, QFontMetrics]] = {}
        self._fitted: dict[tuple[str, int, bool], tuple[str, int]] = {}

    def forget_sizes(self) -> None:
        """Measure texts again after the type size changed."""
        self._codes.clear()
        self._faces.clear()
        self._fitted.clear()

    # -- drawing

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        if not isinstance(model, SheetModel):
            return
        row, column = place = (index.row(), index.column())
        look, box = model.look(row, column), option.rect
        # Asked here, not of `option.state`: that builds an enumeration in Python for every cell of a page.
        selected = self._table.selectionModel().isSelected(index)
        marked = look.tint in ("errbg", "warnbg")
        whole = selected and not (self._lists and marked) and look.row_kind != "group"
        hover = row == self.hovered and not look.tint
        fill = "sel" if whole else look.tint or ("alt" if hover else "")
        if fill:        # else the ground of the view is what is wanted
            painter.fillRect(box, qcolor(fill))
        if place in self.hits:
            self._paint_hit(painter, box)
        right, bottom = box.right(), box.bottom()
        line = qcolor("line")
        painter.fillRect(box.left(), bottom, box.width(), 1, line)
        if not self._lists and look.row_kind != "group":
            edge = qcolor("ctl") if column == self.frozen_edge else line
            painter.fillRect(right, box.top(), 1, box.height(), edge)
        inner = _inner(box, look.align)
        if look.mark.level or look.mark.changed or look.mark.note:
            inner = self._paint_marks(painter, box, inner, look)
        self._paint_value(painter, inner, look, selected)
        if place == self.current and (not self._lists or place in self.hits):
            self._paint_current(painter, box)

    def _paint_hit(self, painter: QPainter, box: QRect) -> None:
        """Mark a cell that was found: tint and an underline, since colour is never the only sign."""
        painter.fillRect(box.adjusted(0, 0, -1, -1), qcolor("warnbg"))
        painter.fillRect(box.left() + 2, box.bottom() - 2, box.width() - 5, 2, qcolor("warn"))

    def _paint_marks(self, painter: QPainter, box: QRect, inner: QRect, look: CellLook) -> QRect:
        mark = look.mark
        if mark.level == "error":
            painter.fillRect(box.left(), box.top(), 2, box.height(), qcolor("err"))
        if mark.level in _SIGNS:
            name, color = _SIGNS[mark.level]
            paint_icon(painter, name, box.left() + 6, box.center().y() - SIGN // 2, color, SIGN)
            inner = inner.adjusted(SIGN + 1, 0, 0, 0)
        if mark.changed or mark.note:
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(qcolor("accent" if mark.changed else "ctl"))
            corner = box.topRight()
            painter.drawPolygon([corner - QPoint(6, 0), corner, corner + QPoint(0, 6)])
            painter.restore()
        return inner

    def _paint_value(self, painter: QPainter, inner: QRect, look: CellLook, selected: bool) -> None:
        if look.kind == "pill" and look.text:
            state, _, word = str(look.value).partition("|")
            paint_pill(painter, inner.left(), inner.center().y() + 1, pill_look(state, word),
                       18 if self.row_height < 28 else 20)
        elif look.kind == "check" and look.row_kind != "group":
            paint_check(painter, QRect(inner.center().x() - 7, inner.center().y() - 7, 16, 16), bool(look.value))
        elif look.kind == "code" and isinstance(look.value, Choice) and not look.value.shown:
            self._paint_code(painter, inner, look)
        elif isinstance(look.value, Rich):
            self._paint_rich(painter, inner, look.value, look)
        elif look.text:
            self._paint_text(painter, inner, look.text, look, bold=look.row_kind == "group")

    def _paint_text(self, painter: QPainter, inner: QRect, text: str, look: CellLook, *, bold: bool = False,
                    tone: str = "") -> None:
        face, metrics = self._face(bold)
        painter.setFont(face)
        painter.setPen(qcolor(tone or look.tone))
        room = inner.width()
        fitted = self._fitted.get((text, room, bold))
        if fitted is None:
            fitted = self._fit(text, room, metrics, number=look.align is RIGHT and text[-1:].isdigit())
            if len(self._fitted) > MOST_FITTED:
                self._fitted.clear()
            self._fitted[text, room, bold] = fitted
        # By point, not by box: laying out a box costs Qt twice as much, and a page has hundreds of cells.
        shown, width = fitted
        left = inner.left() if look.align is LEFT else inner.right() + 1 - width if look.align is RIGHT else \
            inner.left() + (room - width) // 2
        painter.drawText(left, inner.top() + (inner.height() - metrics.height()) // 2 + metrics.ascent(), shown)

    def _face(self, bold: bool) -> tuple[QFont, QFontMetrics]:
        found = self._faces.get(bold)
        if found is None:
            face = font("body", bold=bold)
            found = self._faces[bold] = face, QFontMetrics(face)
        return found

    @staticmethod
    def _fit(text: str, room: int, metrics: QFontMetrics, *, number: bool) -> tuple[str, int]:
        """Return what of a text is shown, and its width: a number whole or as a row of #, never a part of it."""
        text = text.replace("\n", " ")
        width = metrics.horizontalAdvance(text)
        if width <= room:
            return text, width
        text = "#" * max(1, room // max(1, metrics.horizontalAdvance("#"))) if number else \
            metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
        return text, metrics.horizontalAdvance(text)

    def _paint_code(self, painter: QPainter, inner: QRect, look: CellLook) -> None:
        value = look.value
        if not isinstance(value, Choice):
            return
        width = self._codes.get(value.code)
        if width is None:
            width = self._codes[value.code] = text_width(font(), value.code)
        self._paint_text(painter, QRect(inner.left(), inner.top(), width + 1, inner.height()), value.code, look)
        tone = "text2" if look.tone == "text" else look.tone
        self._paint_text(painter, inner.adjusted(width + 8, 0, 0, 0), value.name, look, tone=tone)

    def _paint_rich(self, painter: QPainter, inner: QRect, value: Rich, look: CellLook) -> None:
        if value.tag:
            tag = PillLook("", value.tag, "text2", "draftbg")
            width = paint_pill(painter, inner.left() + 12, inner.center().y() + 1, tag, 18)
            inner = inner.adjusted(width + 22, 0, 0, 0)
        if value.icon:
            tint = value.tone if value.tone not in ("text", "dis") else "text2"
            paint_icon(painter, value.icon, inner.left(), inner.center().y() - 6, tint, 14)
            inner = inner.adjusted(20, 0, 0, 0)
        self._paint_text(painter, inner, value.text, look, bold=value.bold)

    def _paint_current(self, painter: QPainter, box: QRect) -> None:
        painter.save()
        color = qcolor("accent" if self.active else "ctl")
        painter.setPen(QPen(color, 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.SquareCap, Qt.PenJoinStyle.MiterJoin))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(box.adjusted(1, 1, -1, -1))
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(40, row_px(self.row_height))

    # -- editing

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        model = index.model()
        place = self.place_for(index.column(), parent)
        column = model.columns[index.column()] if isinstance(model, SheetModel) else None
        editor = CellEditor(place, column, opened_by_typing=self.by_typing)
        editor.picked.connect(self._picked)
        self.editor = editor
        return editor

    def place_for(self, column: int, parent: QWidget) -> QWidget:
        """Return the widget that the editor of a column lies in; a view with frozen columns overrides it."""
        return parent

    def box_for(self, index: Index, option: QStyleOptionViewItem) -> QRect:
        """Return where the editor lies; a view with frozen columns overrides it."""
        return option.rect

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        if isinstance(editor, CellEditor) and not editor.touched:
            editor.setText(str(index.data(Qt.ItemDataRole.EditRole) or ""))

    def setModelData(self, editor: QWidget, model: object, index: Index) -> None:
        if isinstance(editor, CellEditor) and isinstance(model, SheetModel):
            model.setData(index, editor.value(), Qt.ItemDataRole.EditRole)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        editor.setGeometry(self.box_for(index, option).adjusted(0, 0, 0, 0))

    def _picked(self) -> None:
        editor = self.editor
        if editor is not None:
            self.commitData.emit(editor)
            self.closeEditor.emit(editor)
            self.walk.emit(1, "enter")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(watched, CellEditor) and isinstance(event, QKeyEvent):
            if watched.take_key(event):
                return True
            if _fills_all(event):
                self.closeEditor.emit(watched)
                self.fill.emit(watched.value())
                return True
            way = _way(event, watched)
            if way is not None:
                self.commitData.emit(watched)
                self.closeEditor.emit(watched)
                self.walk.emit(*way)
                return True
        return super().eventFilter(watched, event)


def _inner(box: QRect, align: Qt.AlignmentFlag) -> QRect:
    """Return where the text of a cell goes: 8 px from its line, less where that would only cost room."""
    if align is RIGHT:
        return box.adjusted(PAD, 0, -PAD - 1, -1)
    if align is CENTER:
        return box.adjusted(2, 0, -3, -1)
    return box.adjusted(PAD, 0, -PAD // 2 - 1, -1)


def _fills_all(event: QKeyEvent) -> bool:
    """Tell whether the key is Ctrl+Enter, which writes what was typed into every selected cell."""
    control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
    return control and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def _way(event: QKeyEvent, editor: CellEditor) -> tuple[int, str] | None:
    """Return where a key leads out of the editor, None when it stays inside."""
    key, back = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
    if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
        return (-1 if back else 1), "enter"
    if key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
        return (-1 if back or key == Qt.Key.Key_Backtab else 1), "tab"
    if editor.opened_by_typing and event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier \
            == Qt.KeyboardModifier.NoModifier:
        arrows = {Qt.Key.Key_Up: "up", Qt.Key.Key_Down: "down", Qt.Key.Key_Left: "left", Qt.Key.Key_Right: "right"}
        if key in arrows:
            return 0, arrows[Qt.Key(key)]
    return None


def paint_check(painter: QPainter, box: QRect, on: bool, *, part: bool = False) -> None:
    """Draw a check box of 16: empty, ticked, or partly ticked."""
    if on or part:
        draw_box(painter, box, "accent", "", radius=3)
        paint_icon(painter, "minus" if part and not on else "check", box.left() + 2, box.top() + 2, "white", 12)
    else:
        draw_box(painter, box, "base", "ctl", radius=3)
