"""The menu under the right mouse button: the same actions as the keys, which it names."""

from collections.abc import Callable

from PySide6.QtCore import QPoint
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtWidgets import QMenu

from desktop.ui.grid.base import GridBase
from desktop.ui.grid.blocks import Blocks
from desktop.ui.kit.icons import icon

Entry = tuple[str, str, str, Callable[[], object], bool]


def _can_paste() -> bool:
    data = QGuiApplication.clipboard().mimeData()
    return data is not None and (data.hasText() or data.hasHtml())


def sheet_menu(view: GridBase, blocks: Blocks) -> QMenu:
    """Return the menu for what is selected now; lists offer only what changes nothing."""
    menu, stack = QMenu(view), view.sheet.undo_stack
    entries: list[Entry] = [("复制", "copy", "Ctrl+C", blocks.copy, True),
                            ("连同表头复制", "", "Ctrl+Shift+C", lambda: blocks.copy(with_heads=True), True)]
    if not view.lists:
        row, column = view.at()
        free = row >= 0 and view.sheet.editable(row, column)
        kind = view.sheet.columns[column].kind if row >= 0 else ""
        lines = bool(view.sheet.source.add_label()) and row >= 0 and not view.sheet.is_add_row(row)
        entries += [
            ("剪切", "", "Ctrl+X", blocks.cut, free),
            ("粘贴", "", "Ctrl+V", blocks.paste, _can_paste()),
            ("按文本粘贴", "", "Ctrl+Shift+V", lambda: blocks.paste(as_text=True), _can_paste()),
            ("清除", "", "Delete", blocks.clear, free),
            ("", "", "", blocks.clear, False),
            ("向下填充", "arrow-down", "Ctrl+D", blocks.fill_down, free),
            ("向右填充", "arrow-right", "Ctrl+R", blocks.fill_right, free),
            ("填今天的日期", "", "Ctrl+;", blocks.fill_today, free and kind in ("date", "text")),
            ("复制大写金额", "", "Ctrl+L", blocks.copy_words, kind == "amount"),
            ("", "", "", blocks.clear, False),
            ("删除选中的行", "trash", "Ctrl+Delete", blocks.remove_lines, lines),
            ("", "", "", blocks.clear, False),
            (view.sheet.undo_text() or "撤销", "undo", "Ctrl+Z", stack.undo, stack.canUndo()),
            (view.sheet.redo_text() or "重做", "redo", "Ctrl+Y", stack.redo, stack.canRedo()),
        ]
    for text, picture, keys, call, enabled in entries:
        if not text:
            menu.addSeparator()
            continue
        action = menu.addAction(text)
        action.setShortcut(QKeySequence(keys))
        action.setShortcutVisibleInContextMenu(True)
        action.setEnabled(enabled)
        action.triggered.connect(lambda _checked=False, call=call: call())
        if picture:
            action.setIcon(icon(picture))
    return menu


def open_menu(view: GridBase, blocks: Blocks, at: QPoint, extend: Callable[[QMenu], None]) -> None:
    """Open the menu at a global point; it goes when it is closed.

    Args:
        extend: Adds what does not concern blocks.
    """
    menu = sheet_menu(view, blocks)
    extend(menu)
    menu.aboutToHide.connect(menu.deleteLater)
    menu.popup(at)
