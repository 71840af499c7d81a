"""The head row of a grid: lock, fx, sort and filter signs, and a check box over a column of ticks."""

from collections.abc import Collection

from PySide6.QtCore import QAbstractItemModel, QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFont, QMouseEvent, QPainter
from PySide6.QtWidgets import QHeaderView, QWidget

from desktop.ui.grid.cells import paint_check
from desktop.ui.grid.columns import ColumnSpec
from desktop.ui.grid.filtering import offers_filter
from desktop.ui.grid.look import alignment
from desktop.ui.grid.model import SheetModel
from desktop.ui.kit import tokens
from desktop.ui.kit.icons import paint_icon, qcolor
from desktop.ui.kit.paint import RIGHT, draw_box, draw_text, hairline, text_width
from desktop.ui.kit.typography import font, px

PAD, SIGN, ARROW, GRIP = 8, 13, 22, 4      # the last pixels of a head change its width


class SheetHeader(QHeaderView):
    """A horizontal header, 28 high.

    Signals:
        menu_requested(str, QPoint): A click on the arrow of a column; the point is where its filter opens (global).
        context_requested(str, QPoint): The right mouse button on a column.
        sort_requested(str): A click beside the arrow.
        check_clicked(str): A click on the head of a column of ticks.
    """

    menu_requested = Signal(str, QPoint)
    context_requested = Signal(str, QPoint)
    sort_requested = Signal(str)
    check_clicked = Signal(str)

    def __init__(self, parent: QWidget | None = None, *, lists: bool = False) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._lists = lists
        self._sort: tuple[str, bool] = ("", False)
        self._pressed = QPoint(-1, -1)
        self.frozen_edge = -1
        self._filtered: frozenset[str] = frozenset()
        self._hovered = -1
        self.filters = False        # whether heads offer a filter
        self._ticks: tuple[int, int] | None = None
        self.setMouseTracking(True)
        self.setMinimumSectionSize(16)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)

    def set_sort(self, key: str, *, descending: bool = False) -> None:
        """Show by which column the rows are sorted; an empty key: by none."""
        self._sort = (key, descending)
        self.viewport().update()

    def set_filtered(self, keys: Collection[str]) -> None:
        """Show which columns are filtered."""
        self._filtered = frozenset(keys)
        self.viewport().update()

    def setModel(self, model: QAbstractItemModel | None) -> None:
        super().setModel(model)
        if model is not None:
            for signal in (model.dataChanged, model.modelReset, model.layoutChanged, model.rowsInserted,
                           model.rowsRemoved):
                signal.connect(self._forget_ticks)

    def _forget_ticks(self) -> None:
        self._ticks = None

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
        for name, color in self._signs(column):
            paint_icon(painter, name, inner.right() - 12, inner.center().y() - 6, color, SIGN)
            inner = inner.adjusted(0, 0, -16, 0)
        self._paint_title(painter, inner, column)
        if logicalIndex == self._hovered and not column.menu and column.key not in self._filtered \
                and self.filters and offers_filter(column):
            self._paint_arrow(painter, rect)

    def _signs(self, column: ColumnSpec) -> list[tuple[str, str]]:
        """Return the signs at the right of a title, the outermost first: filter or arrow, then the sorting."""
        found = []
        if column.key in self._filtered:
            found.append(("filter", "accent"))
        elif column.menu:
            found.append(("chevron-down", "text2"))
        if self._sort[0] == column.key:
            found.append(("arrow-down" if self._sort[1] else "arrow-up", "accent"))
        return found

    def _paint_arrow(self, painter: QPainter, rect: QRect) -> None:
        """Draw the arrow of the filter under the mouse, over the end of the title."""
        box = QRect(rect.right() - ARROW, rect.top() + 3, ARROW - 2, rect.height() - 7)
        painter.fillRect(box.adjusted(-3, 0, 0, 0), qcolor("head"))
        draw_box(painter, box, "base", "ctl", radius=3)
        paint_icon(painter, "chevron-down", box.center().x() - 5, box.center().y() - 5, "text", 12)

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
        on = model.source.ticked_count(column.key) if model.arrangement() is None else None
        if on is None:  # a heading among the rows has no tick
            ticks = [tick for row in range(count) if (tick := model.value(row, column.key)) is not None]
            count, on = len(ticks), sum(map(bool, ticks))
        box = QRect(rect.center().x() - 7, rect.center().y() - 7, 16, 16)
        paint_check(painter, box, count > 0 and on == count, part=on > 0)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed = event.position().toPoint()
        if event.button() == Qt.MouseButton.LeftButton and self._on_arrow(self._pressed):
            return      # the arrow opens the filter: nothing is selected, dragged or sorted
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        if event.button() == Qt.MouseButton.LeftButton and self._on_arrow(self._pressed):
            if self._on_arrow(place):
                self.open_menu(self.logicalIndexAt(place))
            return
        super().mouseReleaseEvent(event)
        if (place - self._pressed).manhattanLength() > 4 or event.button() != Qt.MouseButton.LeftButton:
            return
        column = self._column(self.logicalIndexAt(place))
        if column is None or self.cursor().shape() == Qt.CursorShape.SplitHCursor:
            return
        if column.kind == "check":
            self.check_clicked.emit(column.key)
        else:
            self.sort_requested.emit(column.key)

    def open_menu(self, at: int) -> None:
        """Ask for the filter of a column, under its head."""
        column = self._column(at)
        if column is not None:
            corner = QPoint(self.sectionViewportPosition(at), self.height())
            self.menu_requested.emit(column.key, self.viewport().mapToGlobal(corner))

    def _on_arrow(self, place: QPoint) -> bool:
        at = self.logicalIndexAt(place)
        column = self._column(at)
        if column is None or not self.filters or column.kind == "check" or not offers_filter(column) \
                or self.cursor().shape() == Qt.CursorShape.SplitHCursor:
            return False
        right = self.sectionViewportPosition(at) + self.sectionSize(at)
        return right - ARROW <= place.x() < right - GRIP

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hover(self.logicalIndexAt(event.position().toPoint()))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(-1)

    def _hover(self, at: int) -> None:
        if at != self._hovered:
            self._hovered = at
            self.viewport().update()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        column = self._column(self.logicalIndexAt(event.pos()))
        if column is not None:
            self.context_requested.emit(column.key, event.globalPos())
