"""Finishing what is being typed before something else happens, without taking the user's place away."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid


def commit_typing() -> list[QWidget]:
    """Make the field or cell editor with the focus hand its text on, as if the user had left it.

    Returns:
        Where the focus was: the field, then what lies around it; for `give_back`.
    """
    place, widget = [], QApplication.focusWidget()
    if widget is not None:
        around: QWidget | None = widget
        while around is not None:
            if around is widget or around.focusPolicy() & Qt.FocusPolicy.TabFocus:
                place.append(around)
            around = around.parentWidget() if not around.isWindow() else None
        widget.clearFocus()
    return place


def give_back(place: list[QWidget]) -> None:
    """Put the focus back to where it was, unless something else has it by now."""
    if QApplication.focusWidget() is None:
        for widget in place:
            if isValid(widget) and widget.isVisible() and widget.isEnabled():
                widget.setFocus(Qt.FocusReason.OtherFocusReason)
                return
