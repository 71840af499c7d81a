"""The head row of a grid: lock, fx, sort and menu signs, and a check box over a column of ticks."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QMouseEvent, QPainter
from PySide6.QtWidgets import QHeaderView, QWidget

from desktop.ui.grid.columns import ColumnSpec
from desktop.ui.grid.delegate import paint_check
from desktop.ui.grid.model import SheetModel, alignment
from desktop.ui.kit import tokens
from desktop.ui.kit.icons import paint_icon, qcolor
from desktop.ui.kit.paint import RIGHT, draw_text, hairline, text_width
from desktop.ui.kit.typography import font, px

PAD, SIGN = 8, 13


class SheetHeader(QHeaderView):
    """A horizontal header, 28 high.

    Signals:
        menu_requested(str, QPoint): A click on a column with a menu; the point is where the menu opens (global).
        sort_requested(str): A click on any other column.
        check_clicked(str): A click on the head of a column of ticks.
    """

    menu_requested = Signal(str, QPoint)
    sort_requested = Signal(str)
    check_clicked = Signal(str)

    def __init__(self, parent: QWidget | None = None, *, lists: bool = False) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._lists = lists
        self._sort: tuple[str, bool] = ("", False)
        self._pressed = QPoint(-1, -1)
        self.frozen_edge = -1
        self.setMinimumSectionSize(16)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)

    def set_sort(self, key: str, *, descending: bool = False) -> None:
        """Show by which column the rows are sorted; an empty key: by none."""
        self._sort = (key, descending)
        self.viewport().update()

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), px(tokens.HEAD_ROW))

    def _column(self, at: int) -> ColumnSpec | None:
        model = self.model()
        return model.columns[at] if isinstance(model, SheetModel) and at < len(model.columns) else None

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        column = self._column(logicalIndex)
        painter.fillRect(rect, qcolor("head"))
        if column is None:
            return
        hairline(painter, rect, "bottom")
        if self._lists:
            painter.fillRect(rect.right(), rect.top() + 8, 1, rect.height() - 16, qcolor("line"))
        else:
            hairline(painter, rect, "right", "ctl" if logicalIndex == self.frozen_edge else "line")
        if column.kind == "check":
            self._paint_check(painter, rect, column)
            return
        centred = bool(alignment(column) & Qt.AlignmentFlag.AlignHCenter)
        inner = rect.adjusted(2, 0, -3, 0) if centred else rect.adjusted(PAD, 0, -PAD - 1, 0)
        if self._sort[0] == column.key:
            paint_icon(painter, "arrow-down" if self._sort[1] else "chevron-up", inner.right() - 12,
                       inner.center().y() - 6, "accent", SIGN)
            inner = inner.adjusted(0, 0, -16, 0)
        elif column.menu:
            paint_icon(painter, "chevron-down", inner.right() - 12, inner.center().y() - 6, "text2", SIGN)
            inner = inner.adjusted(0, 0, -16, 0)
        self._paint_title(painter, inner, column)

    def _paint_title(self, painter: QPainter, inner: QRect, column: ColumnSpec) -> None:
        face, align = font("caption"), alignment(column)
        sign = 20 if column.tint == "fx" else 18 if column.tint == "ro" else 0
        width = min(text_width(face, column.title), inner.width())
        left = inner.right() + 1 - width if align == RIGHT else \
            inner.center().x() - width // 2 if align & Qt.AlignmentFlag.AlignHCenter else inner.left()
        if align != RIGHT and sign and width + sign <= inner.width():
            left += sign
        draw_text(painter, QRect(left, inner.top(), inner.right() - left + 2, inner.height()), column.title, face,
                  "text2")
        if sign and left - sign >= inner.left() - 4:
            self._paint_sign(painter, QRect(left - sign, inner.top(), sign, inner.height()), column.tint)

    def _paint_sign(self, painter: QPainter, box: QRect, tint: str) -> None:
        if tint == "ro":
            paint_icon(painter, "lock", box.left(), box.center().y() - 5, "text2", 12)
            return
        face = QFont(font("caption"))
        face.setItalic(True)
        draw_text(painter, box, "fx", face, "ok")

    def _paint_check(self, painter: QPainter, rect: QRect, column: ColumnSpec) -> None:
        model = self.model()
        if not isinstance(model, SheetModel):
            return
        count = model.shown_count()
        on = sum(bool(model.value(row, column.key)) for row in range(count))
        box = QRect(rect.center().x() - 7, rect.center().y() - 7, 16, 16)
        paint_check(painter, box, count > 0 and on == count, part=on > 0)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed = event.position().toPoint()
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        place = event.position().toPoint()
        if (place - self._pressed).manhattanLength() > 4 or event.button() != Qt.MouseButton.LeftButton:
            return
        column = self._column(self.logicalIndexAt(place))
        if column is None or self.cursor().shape() == Qt.CursorShape.SplitHCursor:
            return
        if column.kind == "check":
            self.check_clicked.emit(column.key)
        elif column.menu:
            corner = QPoint(self.sectionViewportPosition(self.logicalIndexAt(place)), self.height())
            self.menu_requested.emit(column.key, self.viewport().mapToGlobal(corner))
        else:
            self.sort_requested.emit(column.key)
