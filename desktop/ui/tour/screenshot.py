"""A picture of the screen: the window with every dialog, menu and list that lies over it."""

from PySide6.QtCore import QPoint
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from desktop.ui.kit.icons import qcolor


def picture_of(window: QWidget) -> QPixmap:
    """Return what a person would see; dialogs, which nobody places on a missing screen, are put in the middle."""
    picture = window.grab()
    origin = window.mapToGlobal(QPoint(0, 0))
    painter = QPainter(picture)
    for over in QApplication.topLevelWidgets():
        if over is window or not over.isVisible() or over.width() * over.height() == 0:
            continue
        part = over.grab()
        place = over.mapToGlobal(QPoint(0, 0)) - origin
        if over.isModal():
            place = QPoint((window.width() - over.width()) // 2, (window.height() - over.height()) // 2)
        painter.setPen(qcolor("ctl"))
        painter.drawRect(place.x() - 1, place.y() - 1, over.width() + 1, over.height() + 1)
        painter.drawPixmap(place, part)
    painter.end()
    return picture
