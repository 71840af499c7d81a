"""A page with an inspector: beside it where there is room, over its right edge where there is not."""

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from desktop.ui.kit import tokens
from desktop.ui.kit.inspector import Inspector


class WithInspector(QWidget):
    """Holds a page and its inspector.

    At 1500 pixels of window or more the inspector is open unless the user closed it; below it is closed until
    F4. It lies over the page only where the page could not shrink enough.

    Args:
        main: The page.
        inspector: Shown at its right.
    """

    def __init__(self, main: QWidget, inspector: Inspector, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._main, self.inspector = main, inspector
        self._wish: bool | None = None          # what the user chose; None: by the width of the window
        main.setParent(self)
        inspector.setParent(self)
        inspector.closed.connect(self.toggle_inspector)

    def toggle_inspector(self) -> None:
        """Open or close the inspector, as F4 does."""
        self._wish = not self.is_open()
        self._place()
        if not self._wish:
            self._main.setFocus()

    def is_open(self) -> bool:
        """Tell whether the inspector is shown."""
        if self._wish is not None:
            return self._wish
        return self.window().width() >= tokens.INSPECTOR_OPENS_AT

    def lies_over(self) -> bool:
        """Tell whether the inspector covers a part of the page."""
        return self.is_open() and self._main.minimumSizeHint().width() + self.inspector.width() > self.width()

    def _place(self) -> None:
        side = self.inspector.width()
        room = self.width() - side if self.is_open() and not self.lies_over() else self.width()
        self._main.setGeometry(0, 0, room, self.height())
        self.inspector.setGeometry(self.width() - side, 0, side, self.height())
        self.inspector.setVisible(self.is_open())
        self.inspector.raise_()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._place()
        return super().event(event)
