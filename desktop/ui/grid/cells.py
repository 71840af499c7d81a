"""How the cells of a table are drawn: all that are seen at once, by one painter that keeps what it measured."""

from collections.abc import Iterator

from PySide6.QtCore import QItemSelectionModel, QPoint, QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QHeaderView

from desktop.ui.grid.columns import Rich
from desktop.ui.grid.look import CellLook
from desktop.ui.grid.model import SheetModel
from desktop.ui.kit.choices import Choice
from desktop.ui.kit.icons import paint_icon, qcolor
from desktop.ui.kit.paint import CENTER, LEFT, RIGHT, draw_box, text_width
from desktop.ui.kit.pills import PillLook, paint_pill, pill_look
from desktop.ui.kit.typography import font

PAD, SIGN = 8, 13
MOST_FITTED = 20_000
_SIGNS = {"error": ("error", "err"), "warning": ("warning", "warn"), "info": ("info", "ready")}
_Band = tuple[int, int, int]        # number of a row or column, where it begins, its size


class CellPainter:
    """Draws the cells of a `SheetModel`.

    Qt's own way asks Python four times for every cell and sets the painter up anew each time; a page of a wide
    sheet then takes longer than a frame. Here the rows that are seen are drawn in one go, in the same order of layers:
    grounds, lines, contents, current cell.

    Args:
        lists: Only horizontal lines and whole selected rows, as lists of documents are.
        row_height: Of a row at 10 pt; pills in low rows are lower.
    """

    def __init__(self, *, lists: bool, row_height: int) -> None:
        self._lists, self._row_height = lists, row_height
        self.current: tuple[int, int] = (-1, -1)
        self.hits: frozenset[tuple[int, int]] = frozenset()
        self.hovered = -1
        self.active = True
        self.frozen_edge = -1
        self._codes: dict[str, int] = {}
        self._faces: dict[bool, tuple[QFont, QFontMetrics]] = {}
        self._fitted: dict[tuple[str, int, bool], tuple[str, int]] = {}

    def forget_sizes(self) -> None:
        """Measure texts again after the type size changed."""
        self._codes.clear()
        self._faces.clear()
        self._fitted.clear()

    def paint(self, painter: QPainter, part: QRect, model: SheetModel, selection: QItemSelectionModel,
              heads: tuple[QHeaderView, QHeaderView]) -> None:
        """Draw the cells that lie in a part of a viewport.

        Args:
            heads: The heads of the rows and of the columns, which say where the cells lie.
        """
        rows = list(_bands(heads[0], part.top(), part.bottom()))
        columns = list(_bands(heads[1], part.left(), part.right()))
        if not rows or not columns:
            return
        chosen = _selected(selection, rows, columns)
        for row in rows:
            self._paint_row(painter, row, columns, model, chosen)

    def _paint_row(self, painter: QPainter, row: _Band, columns: list[_Band], model: SheetModel,
                   chosen: set[tuple[int, int]]) -> None:
        number, top, height = row
        looks = [(at, QRect(left, top, width, height), model.look(number, at)) for at, left, width in columns]
        for at, box, look in looks:
            fill = self._ground(number, look, selected=(number, at) in chosen)
            if fill:        # else the ground of the view is what is wanted
                painter.fillRect(box, qcolor(fill))
            if (number, at) in self.hits:
                self._paint_hit(painter, box)
        self._paint_lines(painter, looks)
        for at, box, look in looks:
            inner = _inner(box, look.align)
            if look.mark.level or look.mark.changed or look.mark.note:
                inner = self._paint_marks(painter, box, inner, look)
            self._paint_value(painter, inner, look)
            if (number, at) == self.current and (not self._lists or (number, at) in self.hits):
                self._paint_current(painter, box)

    def _ground(self, row: int, look: CellLook, *, selected: bool) -> str:
        marked = look.tint in ("errbg", "warnbg")
        whole = selected and not (self._lists and marked) and look.row_kind != "group"
        return "sel" if whole else look.tint or ("alt" if row == self.hovered else "")

    def _paint_lines(self, painter: QPainter, looks: list[tuple[int, QRect, CellLook]]) -> None:
        line, edge = qcolor("line"), qcolor("ctl")
        for at, box, look in looks:
            painter.fillRect(box.left(), box.bottom(), box.width(), 1, line)
            if not self._lists and look.row_kind != "group":
                painter.fillRect(box.right(), box.top(), 1, box.height(), edge if at == self.frozen_edge else line)

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

    def _paint_value(self, painter: QPainter, inner: QRect, look: CellLook) -> None:
        if look.kind == "pill" and look.text:
            state, _, word = str(look.value).partition("|")
            paint_pill(painter, inner.left(), inner.center().y() + 1, pill_look(state, word),
                       18 if self._row_height < 28 else 20)
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


def _bands(head: QHeaderView, first: int, last: int) -> Iterator[_Band]:
    """Yield number, beginning and size of the rows or columns that lie between two pixels of the viewport."""
    begin, end = head.visualIndexAt(first), head.visualIndexAt(last)
    if begin < 0:
        return
    for place in range(begin, (end if end >= 0 else head.count() - 1) + 1):
        at = head.logicalIndex(place)
        size = head.sectionSize(at)     # nothing for a hidden one
        if size:
            yield at, head.sectionViewportPosition(at), size


def _selected(selection: QItemSelectionModel, rows: list[_Band], columns: list[_Band]) -> set[tuple[int, int]]:
    """Return the selected cells among these."""
    top, bottom = rows[0][0], rows[-1][0]
    shown = [at for at, _, _ in columns]
    found: set[tuple[int, int]] = set()
    chosen = selection.selection()
    for place in range(chosen.size()):
        part = chosen.at(place)
        first, last, left, right = part.top(), part.bottom(), part.left(), part.right()
        found.update((row, at) for row in range(max(first, top), min(last, bottom) + 1)
                     for at in shown if left <= at <= right)
    return found


def _inner(box: QRect, align: Qt.AlignmentFlag) -> QRect:
    """Return where the text of a cell goes: 8 px from its line, less where that would only cost room."""
    if align is RIGHT:
        return box.adjusted(PAD, 0, -PAD - 1, -1)
    if align is CENTER:
        return box.adjusted(2, 0, -3, -1)
    return box.adjusted(PAD, 0, -PAD // 2 - 1, -1)


def paint_check(painter: QPainter, box: QRect, on: bool, *, part: bool = False) -> None:
    """Draw a check box of 16: empty, ticked, or partly ticked."""
    if on or part:
        draw_box(painter, box, "accent", "", radius=3)
        paint_icon(painter, "minus" if part and not on else "check", box.left() + 2, box.top() + 2, "white", 12)
    else:
        draw_box(painter, box, "base", "ctl", radius=3)
