"""Finds what a window has no room for: Qt cuts in silence."""

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit, QMenu, QScrollArea, QWidget

from desktop.ui.kit.buttons import Button
from desktop.ui.kit.pills import Pill

_WHOLE = (QLabel, QAbstractButton, Pill, QLineEdit, QComboBox)


def clipped(window: QWidget) -> list[str]:
    """Name every visible label, button and pill of a window that has less room than it needs.

    Also names children that stick out of their parent, except what lies inside a scroll area.
    """
    found: list[str] = []
    for widget in window.findChildren(QWidget):
        if not widget.isVisible() or isinstance(widget, QMenu):
            continue
        if isinstance(widget, QLabel) and widget.text():
            need = widget.heightForWidth(widget.width()) if widget.wordWrap() else widget.sizeHint().height()
            wide = 0 if widget.wordWrap() else widget.sizeHint().width()
            if widget.height() < need or widget.width() < wide:
                found.append(f"label {widget.text()!r} has {widget.size()}, needs {wide}x{need}")
        elif isinstance(widget, (Button, Pill)):
            need_size = widget.sizeHint()
            if widget.width() < need_size.width() or widget.height() < need_size.height():
                found.append(f"{type(widget).__name__} {widget.accessibleName()!r} has {widget.size()}")
        found.extend(_outside(widget))
    return found


def _outside(widget: QWidget) -> list[str]:
    parent = widget.parentWidget()
    if parent is None or widget.isWindow() or _scrolls(parent) or not isinstance(widget, _WHOLE):
        return []
    place = QRect(widget.mapTo(parent, QPoint(0, 0)), widget.size())
    if parent.rect().contains(place):
        return []
    return [f"{type(widget).__name__} {widget.accessibleName()!r} sticks out of {type(parent).__name__}"]


def _scrolls(widget: QWidget) -> bool:
    return isinstance(widget.parentWidget(), QScrollArea)
