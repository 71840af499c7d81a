"""What widgets share that draw their own text, or whose height follows the size of the type."""

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QWidget

from desktop.ui.kit.typography import px


class Drawn(QWidget):
    """Asks for room anew when the size of the type changes; its size hints follow the type."""

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ApplicationFontChange:
            self.updateGeometry()
        return super().event(event)


class Bar(QWidget):
    """As high as a token says, at any size of the type.

    Args:
        height: Logical pixels at 10 pt.
    """

    def __init__(self, height: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._token = height
        self.setFixedHeight(px(height))

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ApplicationFontChange:
            self.setFixedHeight(px(self._token))
        return super().event(event)
