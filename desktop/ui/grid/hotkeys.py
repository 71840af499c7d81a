"""The keys that change a selection: clipboard, fill, undo, today, calculator, reference."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeyEvent

from desktop.ui.grid.base import GridBase
from desktop.ui.grid.blocks import Blocks
from desktop.ui.grid.reference import Reference

_CONTROL, _SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
_WITH = _CONTROL | _SHIFT | Qt.KeyboardModifier.AltModifier
Key = tuple[Qt.Key, Qt.KeyboardModifier]


class Hotkeys(QObject):
    """Does what a key stands for.

    Args:
        view: Whose keys these are; in a list only copying works.
        blocks: Works on its selection.
        reference: Opens the tree of a code cell or the calculator of a number cell.
    """

    def __init__(self, view: GridBase, blocks: Blocks, reference: Reference) -> None:
        super().__init__(view)
        stack = view.sheet.undo_stack
        key = Qt.Key
        none = Qt.KeyboardModifier.NoModifier
        copying: dict[Key, Callable[[], object]] = {
            (key.Key_C, _CONTROL): blocks.copy, (key.Key_Insert, _CONTROL): blocks.copy,
            (key.Key_C, _CONTROL | _SHIFT): lambda: blocks.copy(with_heads=True),
            (key.Key_L, _CONTROL): lambda: bool(blocks.copy_words()),
        }
        changing: dict[Key, Callable[[], object]] = {
            (key.Key_V, _CONTROL): blocks.paste, (key.Key_Insert, _SHIFT): blocks.paste,
            (key.Key_V, _CONTROL | _SHIFT): lambda: blocks.paste(as_text=True),
            (key.Key_X, _CONTROL): blocks.cut, (key.Key_Delete, _SHIFT): blocks.cut,
            (key.Key_Z, _CONTROL): stack.undo, (key.Key_Backspace, Qt.KeyboardModifier.AltModifier): stack.undo,
            (key.Key_Y, _CONTROL): stack.redo, (key.Key_Z, _CONTROL | _SHIFT): stack.redo,
            (key.Key_Delete, _CONTROL): blocks.remove_lines, (key.Key_Minus, _CONTROL | _SHIFT): blocks.remove_lines,
            (key.Key_Delete, none): blocks.clear, (key.Key_Backspace, none): blocks.clear,
            (key.Key_D, _CONTROL): blocks.fill_down, (key.Key_R, _CONTROL): blocks.fill_right,
            (key.Key_Return, _CONTROL): blocks.fill_selection, (key.Key_Enter, _CONTROL): blocks.fill_selection,
            (key.Key_Semicolon, _CONTROL): blocks.fill_today,
            (key.Key_F7, none): reference.open, (key.Key_F2, none): reference.open_tree,
        }
        self._acts: Mapping[Key, Callable[[], object]] = copying if view.lists else copying | changing

    def take(self, event: QKeyEvent) -> bool:
        """Do what the key stands for; tell whether it stands for something at this place."""
        act = self._acts.get((Qt.Key(event.key()), event.modifiers() & _WITH))
        if act is None:
            return False
        return act() is not False
