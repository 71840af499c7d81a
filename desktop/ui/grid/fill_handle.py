"""The small square at the corner of the selection: dragged, it fills on; a double click fills down beside data."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from desktop.texts import tr
from desktop.ui.grid.base import GridBase
from desktop.ui.grid.blocks import Blocks
from desktop.ui.kit.icons import qcolor

SIZE, REACH, SCROLL_MS = 7, 5, 50


class _Frame(QWidget):
    """The dashed frame around the cells that would be filled."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(QPen(qcolor("accent"), 2, Qt.PenStyle.DashLine))
        painter.drawRect(self.rect().adjusted(1, 1, -1, -1))


class FillHandle(QWidget):
    """Sits at the lower right corner of the selection while the view has the focus.

    Dragged down, up, right or left it copies the selection there; with Ctrl held at the end, numbers, dates and
    numbered texts go on as a series. The way for the keyboard is Ctrl+D, Ctrl+R and Ctrl+Enter.
    """

    def __init__(self, view: GridBase, blocks: Blocks) -> None:
        super().__init__(view)
        self._view, self._blocks = view, blocks
        self._frame = _Frame(view.viewport())
        self._target: tuple[Sequence[int], Sequence[int]] | None = None
        self._pulled = QPoint()
        self.setFixedSize(SIZE + 2 * REACH, SIZE + 2 * REACH)  # easier to hit than it looks
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setToolTip(tr("拖动填充；按住 Ctrl 拖动则递增"))
        self.setAccessibleName(tr("填充柄"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll = QTimer(self)
        self._scroll.setInterval(SCROLL_MS)
        self._scroll.timeout.connect(self._scroll_on)
        view.installEventFilter(self)
        view.viewport().installEventFilter(self)
        view.selectionModel().selectionChanged.connect(self.place)
        view.selectionModel().currentChanged.connect(self.place)
        view.horizontalHeader().sectionResized.connect(self.place)
        for bar in (view.horizontalScrollBar(), view.verticalScrollBar()):
            bar.valueChanged.connect(self.place)
        sheet = view.sheet
        for signal in (sheet.modelReset, sheet.layoutChanged, sheet.rowsInserted, sheet.rowsRemoved):
            signal.connect(self.place)
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut, QEvent.Type.Resize):
            QTimer.singleShot(0, self, self.place)
        return False

    # -- where it is

    def place(self, *_told: object) -> None:
        """Move to the corner of the selection; hide where nothing can be filled from or the corner is out of sight."""
        rows, columns = self._blocks.box()
        fits = bool(rows) and bool(columns) and self._view.hasFocus() and not self._view.lists \
            and len(self._view.ranges()) == 1 and not self._view.sheet.is_add_row(rows[-1]) \
            and any(self._view.sheet.columns[at].editable for at in self._view.columns())
        if not fits:
            self.setVisible(self._target is not None)
            return
        corner = self._view.cell_box(rows[-1], columns[-1]).bottomRight()
        view = self._view.viewport().geometry()
        spot = corner + view.topLeft() - QPoint(SIZE // 2 + REACH + 1, SIZE // 2 + REACH + 1)
        seen = view.adjusted(-REACH, 0, REACH, REACH).contains(spot + QPoint(REACH, REACH))
        self.move(spot)
        self.setVisible(seen)
        if seen:
            self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(REACH, REACH, SIZE, SIZE, qcolor("base"))
        painter.fillRect(REACH + 1, REACH + 1, SIZE - 1, SIZE - 1, qcolor("accent"))

    # -- dragging

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._target = [], []
            self._scroll.start()
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._target is not None:
            self._pull_to(self._view.viewport().mapFromGlobal(event.globalPosition().toPoint()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._target is None or event.button() != Qt.MouseButton.LeftButton:
            return
        (rows, columns), self._target = self._target, None
        self._scroll.stop()
        self._frame.hide()
        if rows and columns:
            self.fill(rows, columns, on=bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier))
        self.place()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Fill down as far as the column at the left, or at the right, holds something."""
        self._target = None
        self._frame.hide()
        self._scroll.stop()
        rows, columns = self._blocks.box()
        last = self._data_below(rows[-1], columns)
        if last > rows[-1]:
            self.fill(range(rows[-1] + 1, last + 1), columns, on=False)

    def fill(self, rows: Sequence[int], columns: Sequence[int], *, on: bool) -> None:
        """Fill the cells beside the selection, then select all of it."""
        own_rows, own_columns = self._blocks.box()
        self._blocks.extend(rows, columns, on=on)
        self._view.select_box(min(*rows, *own_rows), min(*columns, *own_columns),
                              max(*rows, *own_rows), max(*columns, *own_columns))

    def _data_below(self, row: int, columns: Sequence[int]) -> int:
        shown, sheet = self._view.columns(), self._view.sheet
        left, right = shown.index(columns[0]) - 1, shown.index(columns[-1]) + 1
        for beside in [shown[at] for at in (left, right) if 0 <= at < len(shown)]:
            last = row
            while last + 1 < sheet.shown_count() and sheet.clip(last + 1, beside):
                last += 1
            if last > row:
                return last
        return row

    def _pull_to(self, point: QPoint) -> None:
        self._pulled = point
        view, sheet = self._view, self._view.sheet
        rows, columns = self._blocks.box()
        inside = QRect(QPoint(0, 0), view.viewport().size() - QSize(1, 1))
        held = QPoint(min(max(point.x(), 0), inside.right()), min(max(point.y(), 0), inside.bottom()))
        row, column = view.rowAt(held.y()), view.columnAt(held.x())
        row = sheet.shown_count() - 1 if row < 0 or row >= sheet.shown_count() else row
        shown = view.columns()
        column = column if column in shown else shown[-1]
        down = max(row - rows[-1], 0) or min(row - rows[0], 0)
        first, last = shown.index(columns[0]), shown.index(columns[-1])
        right = max(shown.index(column) - last, 0) or min(shown.index(column) - first, 0)
        if abs(down) >= abs(right):
            more = range(rows[-1] + 1, row + 1) if down > 0 else range(row, rows[0])
            self._target = list(more) if down else [], list(columns)
        else:
            beside = shown[last + 1:last + 1 + right] if right > 0 else shown[first + right:first]
            self._target = list(rows), list(beside)
        self._show_frame()

    def _show_frame(self) -> None:
        rows, columns = self._target if self._target is not None else ([], [])
        if not rows or not columns:
            self._frame.hide()
            return
        first = self._view.cell_box(rows[0], columns[0])
        box = first.united(self._view.cell_box(rows[-1], columns[-1]))
        self._frame.setGeometry(box)
        self._frame.show()
        self._frame.raise_()

    def _scroll_on(self) -> None:
        """Move on while the mouse is held beyond the edge."""
        for bar, at, end in ((self._view.verticalScrollBar(), self._pulled.y(), self._view.viewport().height()),
                             (self._view.horizontalScrollBar(), self._pulled.x(), self._view.viewport().width())):
            if at < 0 or at > end:
                bar.setValue(bar.value() + (1 if at > end else -1) * bar.singleStep())
                self._pull_to(self._pulled)
