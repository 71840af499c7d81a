"""Which editor a cell opens, and how it is left."""

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop.ui.grid.editors import CellEditor
from desktop.ui.grid.model import SheetModel
from desktop.ui.kit.typography import row_px

Index = QModelIndex | QPersistentModelIndex

class SheetDelegate(QStyledItemDelegate):
    """Opens a `CellEditor` in a cell of a `SheetModel`; `cells` draws them all.

    Args:
        row_height: Of a row at 10 pt.

    Signals:
        walk(int, str): The editor was left by Enter or Tab: +1 or -1, and "enter" or "tab"; arrows: "up", "down" …
        fill(object): The editor was left by Ctrl+Enter; its value, for all selected cells.
    """

    walk = Signal(int, str)
    fill = Signal(object)

    def __init__(self, parent: QAbstractItemView, *, row_height: int) -> None:
        super().__init__(parent)
        self._row_height = row_height
        self.by_typing = False
        self.editor: CellEditor | None = None

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(40, row_px(self._row_height))

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
