"""The grid itself: keys, selection, frozen columns, editors; what it shows comes from a `SheetModel`."""

from PySide6.QtCore import QEvent, QItemSelection, QModelIndex, QRect, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QInputMethodEvent,
    QKeyEvent,
    QMouseEvent,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from desktop.ui.grid.base import GridBase
from desktop.ui.grid.blocks import Blocks
from desktop.ui.grid.cells import CellPainter
from desktop.ui.grid.cursor import Cursor
from desktop.ui.grid.fill_handle import FillHandle
from desktop.ui.grid.frozen import FrozenView, MainDelegate, paint_cells, share_width
from desktop.ui.grid.header import SheetHeader
from desktop.ui.grid.hotkeys import Hotkeys
from desktop.ui.grid.menu import open_menu
from desktop.ui.grid.model import SheetModel
from desktop.ui.grid.reference import Reference
from desktop.ui.grid.viewing import Viewing
from desktop.ui.kit import tokens
from desktop.ui.kit.bubble import Bubble
from desktop.ui.kit.typography import px, row_px

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_ARROWS = {Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Down: (1, 0), Qt.Key.Key_Left: (0, -1), Qt.Key.Key_Right: (0, 1)}
_ARROW_WORDS = {"up": (-1, 0), "down": (1, 0), "left": (0, -1), "right": (0, 1)}
_TYPED = QAbstractItemView.EditTrigger.AnyKeyPressed


class SheetView(GridBase):
    """A table of a `SheetModel`.

    Args:
        model: Its model.
        frozen: How many left columns stay in place.
        lists: Whole rows are selected, nothing is typed, Enter opens a row.
        row_height: 24 (sheets, lists), 28 (voucher, check sheet) or 32 (goal), at 10 pt.

    Signals:
        statistics_changed(object): Statistics of the selected cells.
        current_changed(int, str): Row and key of the current cell.
        opened(int): Enter or double click on a row of a list.
        Rows in signals and in `go_to` are source rows: pages know no others.
        link_clicked(int, str): A click on a cell of kind link.
        sort_requested(str): A click on the head of a column.
        walked_out(int): Enter or Tab at the last (+1) or first (-1) cell.
    """

    statistics_changed = Signal(object)
    current_changed = Signal(int, str)
    opened = Signal(int)
    link_clicked = Signal(int, str)
    sort_requested = Signal(str)
    walked_out = Signal(int)
    # At class level: Qt asks before __init__ has run.
    frozen: FrozenView | None = None

    def __init__(self, model: SheetModel, *, frozen: int = 0, lists: bool = False, row_height: int = tokens.ROW,
                 parent: QWidget | None = None) -> None:
        super().__init__(model, lists=lists, parent=parent)
        self._row_height, self._fitting = row_height, False
        self.bubble = Bubble(self)
        self._cells = CellPainter(lists=lists, row_height=row_height)
        self._delegate = MainDelegate(self, row_height=row_height)
        self.setItemDelegate(self._delegate)
        self._delegate.walk.connect(self._left_editor)
        self.head = SheetHeader(self, lists=lists)
        self.blocks = Blocks(self)
        self._delegate.fill.connect(self.blocks.fill_selection)
        self.mover = Cursor(self, self.blocks)
        self.reference = Reference(self)
        self.hotkeys = Hotkeys(self, self.blocks, self.reference)
        self._set_up(self, self.head)
        self.setModel(model)
        self.viewing = Viewing(self, self.head, frozen)
        self.setTabKeyNavigation(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers if lists else
                             _TYPED | QAbstractItemView.EditTrigger.EditKeyPressed
                             | QAbstractItemView.EditTrigger.DoubleClicked)
        self._connect_head(self.head)
        self.head.sectionResized.connect(self._column_resized)
        model.modelReset.connect(self.fit_columns)
        model.undo_stack.indexChanged.connect(self._update_all)
        if frozen:
            self._freeze(frozen)
        self.clicked.connect(self._clicked)
        if lists:
            self.entered.connect(lambda index: self._hover(index.row()))
        self.fill_handle = FillHandle(self, self.blocks)
        self.fit_columns()

    # -- set-up

    def _set_up(self, table: QTableView, head: SheetHeader) -> None:
        table.setHorizontalHeader(head)
        table.setShowGrid(False)
        table.setFrameShape(QTableView.Shape.NoFrame)
        table.setWordWrap(False)
        table.setCornerButtonEnabled(False)
        table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        table.setMouseTracking(True)
        rows = table.verticalHeader()
        rows.hide()
        rows.setMinimumSectionSize(16)
        rows.setDefaultSectionSize(row_px(self._row_height))
        if self.lists:
            table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)

    def _connect_head(self, head: SheetHeader) -> None:
        self.viewing.add_head(head)
        head.sort_requested.connect(self.sort_requested)
        head.check_clicked.connect(self.blocks.toggle_all)

    def _freeze(self, count: int) -> None:
        cells = CellPainter(lists=self.lists, row_height=self._row_height)
        frozen = FrozenView(self, count, cells, self.double_click)
        head = SheetHeader(frozen, lists=self.lists)
        head.frozen_edge = cells.frozen_edge = count - 1
        self._set_up(frozen, head)
        frozen.setModel(self.sheet)
        frozen.setSelectionModel(self.selectionModel())
        frozen.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        frozen.setFocusProxy(self)
        frozen.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        frozen.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        frozen.clicked.connect(self._clicked)
        self._connect_head(head)
        self.frozen = self._delegate.frozen = frozen
        self.viewport().stackUnder(frozen)
        self.verticalScrollBar().valueChanged.connect(frozen.verticalScrollBar().setValue)
        frozen.verticalScrollBar().valueChanged.connect(self.verticalScrollBar().setValue)
        head.sectionResized.connect(lambda at, _, width: self.setColumnWidth(at, width) if at < count else None)
        frozen.show()

    def _column_resized(self, at: int, _before: int, width: int) -> None:
        if not self._fitting and width > 0:
            self._widths[self.sheet.columns[at].key] = width
            self.viewing.columns.write_soon()
        if self.frozen is not None and at < self.frozen.count:
            self.frozen.place()

    def _painters(self) -> list[CellPainter]:
        return [self._cells] if self.frozen is None else [self._cells, self.frozen.cells]

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_cells(self, event, self._cells, from_left=self.frozen_width())

    def _set_active(self, active: bool) -> None:
        for cells in self._painters():
            cells.active = active
        self._update_all()

    def frozen_width(self) -> int:
        """Return how wide the frozen columns are."""
        return self.frozen.width_of_columns() if self.frozen is not None else 0

    def fit_columns(self) -> None:
        """Give columns their widths, hide folded ones, share out the width that is left over."""
        wide, room = (self.window().width(), self.viewport().width()) if self.isVisible() else (100_000, 100_000)
        for at, spec in enumerate(self.sheet.columns):
            hidden = wide < spec.fold_below or room < px(spec.room) or spec.key in self.hidden_keys
            self.setColumnHidden(at, hidden)
            if self.frozen is not None:
                self.frozen.setColumnHidden(at, at >= self.frozen.count or hidden)
        self._fitting = True
        shares = share_width(self.sheet.columns, self.columns(), self.viewport().width(), self._widths)
        for at, width in shares.items():
            self.setColumnWidth(at, width)
        self._fitting = False
        if self.frozen is not None:
            self.frozen.place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit_columns()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ApplicationFontChange:
            for cells in self._painters():
                cells.forget_sizes()
            for table in (self, self.frozen):
                if table is not None:
                    table.verticalHeader().setDefaultSectionSize(row_px(self._row_height))
            self.fit_columns()
        return super().event(event)

    def updateGeometries(self) -> None:
        super().updateGeometries()
        if self.frozen is not None:
            self.frozen.place()

    # -- the current cell

    def go_to(self, row: int, key: str = "") -> None:
        """Make a cell of a source row current, scroll to it and take the focus; without a key the first editable one.

        A row that the filter hides is shown for it.
        """
        self.viewing.arranger.reveal(row)
        row = row - self.sheet.source.row_count() + self.sheet.shown_count() \
            if row >= self.sheet.source.row_count() else self.sheet.shown_row(row)
        columns = self.columns()
        column = self.sheet.column_of(key) if key else \
            next((at for at in columns if self.sheet.editable(row, at)), columns[0] if columns else 0)
        index = self.sheet.index(row, column)
        if index.isValid():
            self.set_current(row, column)
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_direction(self, direction: str) -> None:
        """Choose where Enter leads: RIGHTWARDS or DOWNWARDS."""
        self.mover.direction = direction

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:
        super().currentChanged(current, previous)
        for cells in self._painters():
            cells.current = (current.row(), current.column())
        self.bubble.hide()
        self._update_all()
        if current.isValid():
            self.current_changed.emit(self.sheet.source_row(current.row()), self.sheet.columns[current.column()].key)

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        self.statistics_changed.emit(self.statistics())

    def scrollTo(self, index: QModelIndex,
                 hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible) -> None:
        bar, before = self.horizontalScrollBar(), self.horizontalScrollBar().value()
        super().scrollTo(index, hint)
        if self.frozen is None:
            return
        if index.column() < self.frozen.count:
            bar.setValue(before)
        elif self.visualRect(index).left() < self.frozen_width():
            bar.setValue(bar.value() + self.visualRect(index).left() - self.frozen_width())

    def show_hits(self, hits: frozenset[tuple[int, int]]) -> None:
        """Highlight the cells that were found, by shown row and column."""
        for cells in self._painters():
            cells.hits = hits
        self._update_all()

    def _hover(self, row: int) -> None:
        """Shade the row of a list under the mouse."""
        for cells in self._painters():
            cells.hovered = row
        self._update_all()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(-1)

    def _update_all(self) -> None:
        self.viewport().update()
        if self.frozen is not None:
            self.frozen.viewport().update()

    # -- editing

    def edit(self, index: QModelIndex, trigger: QAbstractItemView.EditTrigger | None = None,
             event: QEvent | None = None) -> bool:
        if trigger is None:
            return bool(super().edit(index))
        if index.isValid() and trigger & self.editTriggers() and not self.sheet.editable(index.row(), index.column()):
            self.say_why(index)
            return False
        self._delegate.by_typing = trigger == _TYPED
        opened = super().edit(index, trigger, event)  # type: ignore[arg-type]  # Qt takes no event for a double click
        editor = self._delegate.editor
        if opened and editor is not None:
            self.reference.watch(editor, index)
        if opened and editor is not None and trigger != _TYPED:
            editor.deselect()
            editor.setCursorPosition(len(editor.text()))
        return opened

    def say_why(self, index: QModelIndex) -> None:
        """Show at a cell why it cannot be typed into."""
        if self.lists:
            return
        box = self.visualRect(index)
        if self.frozen is not None and index.column() < self.frozen.count:
            box = self.frozen.visualRect(index)
        box.translate(0, self.horizontalHeader().height())
        self.bubble.say(box, self.sheet.reason(index.row(), index.column()))

    def cell_box(self, row: int, column: int) -> QRect:
        index = self.sheet.index(row, column)
        frozen = self.frozen is not None and column < self.frozen.count
        return self.frozen.visualRect(index) if frozen and self.frozen is not None else self.visualRect(index)

    def double_click(self, index: QModelIndex) -> None:
        """Do what a double click on a cell does; the frozen view calls it."""
        if self.lists:
            self.opened.emit(self.sheet.source_row(index.row()))
        else:
            self.edit(index, QAbstractItemView.EditTrigger.DoubleClicked, None)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid():
            self.double_click(index)

    def _clicked(self, index: QModelIndex) -> None:
        column = self.sheet.columns[index.column()]
        if column.kind == "check":
            self.blocks.toggle([index.row()], column.key)
        elif column.kind == "link":
            self.link_clicked.emit(self.sheet.source_row(index.row()), column.key)

    def _left_editor(self, step: int, way: str) -> None:
        if way in _ARROW_WORDS:
            self.mover.step(*_ARROW_WORDS[way])
        else:
            self.walk(step, by_tab=way == "tab")

    # -- keys

    def walk(self, step: int, *, by_tab: bool = False) -> bool:
        """Go to the next (+1) or previous (-1) cell that can be typed into; tell whether there was one."""
        found = self.mover.walk(step, by_tab=by_tab)
        if not found:
            self.walked_out.emit(step)
        return found

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.state() == QAbstractItemView.State.EditingState or not self._own_key(event):
            super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Open the cell for an input method; a sign that comes whole, as ， or １, must not be lost on the way."""
        before = self.state()
        super().inputMethodEvent(event)
        editor = self._delegate.editor
        opened = before != self.state() == QAbstractItemView.State.EditingState
        if opened and editor is not None and event.commitString() and not editor.touched:
            editor.begin(event.commitString())

    def keyboardSearch(self, search: str) -> None:
        """Stay: typing into a cell that cannot be changed says why and does not jump elsewhere."""

    def _own_key(self, event: QKeyEvent) -> bool:
        key, control = Qt.Key(event.key()), bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if key in _ENTER and not control:
            return self._enter(back=back)
        if key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab) and not control:
            if self.lists or not self.walk(-1 if back or key == Qt.Key.Key_Backtab else 1, by_tab=True):
                event.ignore()
                return self.lists
            return True
        if key == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier and not back \
                and self._open_list():
            return True
        if self.viewing.take(event):
            return True
        if key == Qt.Key.Key_Space and self.blocks.toggle_selected():
            return True
        if control and key in _ARROWS:
            self.mover.to_edge(*_ARROWS[key], extend=back)
            return True
        return self.hotkeys.take(event)

    def _enter(self, *, back: bool) -> bool:
        if not self.lists:
            self.walk(-1 if back else 1)
        elif self.currentIndex().isValid():
            self.opened.emit(self.source_at()[0])
        return True

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        open_menu(self, self.blocks, event.globalPos(), self.viewing.extend_menu)

    def _open_list(self) -> bool:
        index = self.currentIndex()
        if not index.isValid() or self.sheet.columns[index.column()].choices is None or not self.sheet.editable(
                index.row(), index.column()):
            return False
        if self.edit(index, QAbstractItemView.EditTrigger.EditKeyPressed, None) and self._delegate.editor is not None:
            self._delegate.editor.offer("")
        return True

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.mover.enter_first()  # before Qt, which would take the very first cell, editable or not
        super().focusInEvent(event)
        self._set_active(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._set_active(self.state() == QAbstractItemView.State.EditingState)
