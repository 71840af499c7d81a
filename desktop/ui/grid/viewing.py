"""What a user does to see a table otherwise: filter, sort, arrange columns, find; keys and menus for it."""

from functools import partial

from PySide6.QtCore import QItemSelectionModel, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QMenu

from desktop.texts import tr
from desktop.ui.grid.arranging import Arranger
from desktop.ui.grid.base import GridBase
from desktop.ui.grid.column_layout import ColumnLayout
from desktop.ui.grid.filter_popup import FilterPopup
from desktop.ui.grid.filtering import ColumnFilter, offers_filter
from desktop.ui.grid.header import SheetHeader
from desktop.ui.kit.icons import icon

_ALT, _CONTROL, _SHIFT = (Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier,
                          Qt.KeyboardModifier.ShiftModifier)


class Viewing(QObject):
    """Serves one view.

    Signals:
        find_wanted(bool): Ctrl+F, or Ctrl+H (True: to replace).
        next_wanted(int): F3 (+1) or Shift+F3 (-1) while something is being found.
    """

    find_wanted = Signal(bool)
    next_wanted = Signal(int)

    def __init__(self, view: GridBase, head: SheetHeader, frozen: int) -> None:
        super().__init__(view)
        self._view, self._model = view, view.sheet
        self.arranger = Arranger(self._model, self)
        self.columns = ColumnLayout(view, head, frozen)
        self.heads: list[SheetHeader] = []
        self.finding = self.filters = False
        self.arranger.changed.connect(self._show_arrangement)

    def offer_filters(self) -> None:
        """Offer filters, sorting and finding: where the bars that show them stand over the table, as in a `Sheet`."""
        self.filters = True
        for head in self.heads:
            head.filters = True

    def add_head(self, head: SheetHeader) -> None:
        """Serve a head as well: that of the view, that of its frozen columns."""
        self.heads.append(head)
        head.menu_requested.connect(self.open_filter_at)
        head.context_requested.connect(self.open_head_menu)
        head.sort_requested.connect(self._sort)

    def _show_arrangement(self) -> None:
        key, descending = self.arranger.sorting()
        for head in self.heads:
            head.set_filtered(self.arranger.filters())
            if not self.arranger.sorted_by_page:
                head.set_sort(key, descending=descending)

    def _sort(self, key: str) -> None:
        """Sort a list by a click on a head. In a sheet the click selects the column, as accountants know it."""
        if self.filters and self._view.lists and not self.arranger.sorted_by_page:
            self.arranger.turn(key)

    # -- filter

    def open_filter(self, column: int) -> bool:
        """Open the filter of a column under its head; tell whether it has one."""
        spec = self._model.columns[column]
        if not offers_filter(spec):
            return False
        self._view.scrollTo(self._model.index(max(0, self._view.at()[0]), column))
        head = next((one for one in reversed(self.heads) if not one.isSectionHidden(column)), self.heads[0])
        head.open_menu(column)
        return True

    def open_filter_at(self, key: str, corner: QPoint) -> None:
        """Open the filter of a column at a global point."""
        FilterPopup(self.arranger, self._model.columns[self._model.column_of(key)], self._view).open_at(corner)

    def only_this(self) -> None:
        """Show only the rows that have the same in the current column as the current cell."""
        row, column = self._view.at()
        if row >= 0 and not self._model.is_add_row(row):
            key = self._model.columns[column].key
            text = self.arranger.cells(key).texts[self._model.source_row(row)]
            self.arranger.set_filter(key, ColumnFilter(frozenset((text,))))

    # -- keys

    def take(self, event: QKeyEvent) -> bool:
        """Do what a key means for seeing and finding; tell whether it means something."""
        key, held = Qt.Key(event.key()), event.modifiers() & (_ALT | _CONTROL | _SHIFT)
        if key == Qt.Key.Key_Space and held in (_CONTROL, _SHIFT) and not self._view.lists:
            self._select_line(down=held == _CONTROL)
            return True
        return self.filters and self._take(key, held)

    def _take(self, key: Qt.Key, held: Qt.KeyboardModifier) -> bool:
        column = self._view.at()[1]
        if key == Qt.Key.Key_Down and held in (_ALT, _ALT | _SHIFT):
            return column >= 0 and self.open_filter(column)
        if key == Qt.Key.Key_L and held == _CONTROL | _SHIFT:
            self.arranger.clear()
        elif key in (Qt.Key.Key_F, Qt.Key.Key_H) and held == _CONTROL and (
                key == Qt.Key.Key_F or not self._view.lists):
            self.find_wanted.emit(key == Qt.Key.Key_H)
        elif key == Qt.Key.Key_F3 and held in (Qt.KeyboardModifier.NoModifier, _SHIFT) and self.finding:
            self.next_wanted.emit(-1 if held else 1)
        else:
            return False
        return True

    def _select_line(self, *, down: bool) -> None:
        """Select the whole columns (Ctrl+Space) or rows (Shift+Space) of the selection."""
        flags = QItemSelectionModel.SelectionFlag
        way = flags.Columns if down else flags.Rows
        chosen = self._view.selectionModel()
        chosen.select(chosen.selection(), flags.Select | way)

    # -- menus

    def open_head_menu(self, key: str, at: QPoint) -> None:
        """Open the menu of a column's head at a global point; it goes when it is closed."""
        menu = self.head_menu(key)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(at)

    def head_menu(self, key: str) -> QMenu:
        """Return the menu of a column's head: sorting, filter, and where the column stands."""
        menu, columns, arranger = QMenu(self._view), self.columns, self.arranger
        column = self._model.column_of(key)
        spec = self._model.columns[column]
        filters = self.filters and offers_filter(spec)
        if filters:
            if not arranger.sorted_by_page:
                menu.addAction(icon("arrow-up"), tr("升序"), lambda: arranger.sort(key))
                menu.addAction(icon("arrow-down"), tr("降序"), lambda: arranger.sort(key, descending=True))
            menu.addAction(icon("filter"), tr("筛选…\tAlt+Shift+↓"), lambda: self.open_filter(column))
            menu.addSeparator()
        for words, picture, step in ((tr("左移一列"), "arrow-left", -1), (tr("右移一列"), "arrow-right", 1)):
            moving = menu.addAction(icon(picture), words)
            moving.triggered.connect(partial(columns.move, key, step))
            moving.setEnabled(columns.can_move(key, step))
        menu.addAction(tr("隐藏“{title}”列", title=spec.title), lambda: columns.hide(key)).setEnabled(
            columns.can_hide(key))
        for hidden in columns.hidden():
            menu.addAction(tr("显示“{title}”列", title=hidden.title), partial(columns.show_column, hidden.key))
        menu.addAction(icon("undo"), tr("各列恢复默认"), columns.restore).setEnabled(columns.is_changed())
        _show_keys(menu)
        return menu

    def extend_menu(self, menu: QMenu) -> None:
        """Add to the menu of a cell what filters and finds."""
        if not self.filters:
            return
        row, column = self._view.at()
        filters = row >= 0 and offers_filter(self._model.columns[column])
        menu.addSeparator()
        entries = (
            (tr("只看这个值"), "", "", self.only_this, filters and not self._model.is_add_row(row)),
            (tr("筛选这一列…\tAlt+Shift+↓"), "filter", "", lambda: self.open_filter(column), filters),
            (tr("清除筛选和排序"), "", "Ctrl+Shift+L", self.arranger.clear, self.arranger.is_on()),
            (tr("查找…"), "search", "Ctrl+F", lambda: self.find_wanted.emit(False), True),
        )
        for words, picture, keys, call, enabled in entries:
            entry = menu.addAction(words)
            entry.triggered.connect(lambda _checked=False, call=call: call())
            entry.setEnabled(enabled)
            if keys:
                entry.setShortcut(QKeySequence(keys))
            if picture:
                entry.setIcon(icon(picture))
        if not self._view.lists:
            entry = menu.addAction(tr("替换…"))
            entry.triggered.connect(lambda: self.find_wanted.emit(True))
            entry.setShortcut(QKeySequence("Ctrl+H"))
        _show_keys(menu)


def _show_keys(menu: QMenu) -> None:
    for entry in menu.actions():
        entry.setShortcutVisibleInContextMenu(True)
