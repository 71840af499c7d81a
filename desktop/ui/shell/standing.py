"""Keeps the window where it can be seen: remembers its place, and follows screens that change or go."""

from PySide6.QtCore import QObject, QRect, QSize, QTimer
from PySide6.QtGui import QGuiApplication, QScreen, QWindow
from PySide6.QtWidgets import QApplication, QWidget

from desktop.ui.kit import typography
from desktop.ui.shell.place import Screen, clamped, place_of, read, rect_of, written


class Standing(QObject):
    """The place of one window on the screens.

    Args:
        window: The window.
        least: Its smallest width and height.
    """

    def __init__(self, window: QWidget, least: tuple[int, int]) -> None:
        super().__init__(window)
        self._window, self._least = window, QSize(*least)
        self._followed: QWindow | None = None
        application = QApplication.instance()
        if isinstance(application, QGuiApplication):
            application.screenRemoved.connect(self.screen_gone)

    def kept(self) -> bytes:
        """Return size and place, to be remembered."""
        window, screen = self._window, self._window.screen()
        normal = window.normalGeometry() if window.isMaximized() else window.geometry()
        return written(place_of(normal, _seen(screen), maximized=window.isMaximized()))

    def restore(self, kept: bytes) -> bool:
        """Take size and place from before, all of it in view; False when the bytes say nothing."""
        place = read(kept)
        if place is None:
            return False
        self._window.setGeometry(rect_of(place, _screens(), self._least))
        if place.maximized:
            self._window.showMaximized()
        return True

    def follow(self, handle: QWindow | None) -> None:
        """Lay the window out anew whenever it comes to another screen."""
        if handle is not None and handle is not self._followed:
            self._followed = handle
            handle.screenChanged.connect(self.screen_changed)

    def screen_gone(self, screen: QScreen) -> None:
        """A screen was unplugged: once the window has another one, come into view there."""
        QTimer.singleShot(0, self, self.come_into_view)

    def screen_changed(self, screen: QScreen) -> None:
        """Another screen has another size and scale: come into view, and measure all type anew."""
        self.come_into_view(screen.availableGeometry())

    def come_into_view(self, area: QRect | None = None) -> None:
        """Move the window so that all of it can be seen, and let everything be laid out anew.

        Args:
            area: Of the screen; asked of the window's screen without it.
        """
        window = self._window
        if not (window.isMaximized() or window.isFullScreen()):
            wanted = clamped(window.geometry(), area or window.screen().availableGeometry(), self._least)
            if wanted != window.geometry():
                window.setGeometry(wanted)
        typography.set_base_size(typography.base_size())


def _seen(screen: QScreen) -> Screen:
    return Screen(screen.name(), screen.availableGeometry())


def _screens() -> list[Screen]:
    first = QGuiApplication.primaryScreen()
    return [_seen(first), *(_seen(one) for one in QGuiApplication.screens() if one is not first)]
