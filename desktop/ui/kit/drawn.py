"""What widgets share that draw their own text."""

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QWidget


class Drawn(QWidget):
    """Asks for room anew when the size of the type changes; its size hints follow the type."""

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ApplicationFontChange:
            self.updateGeometry()
        return super().event(event)
