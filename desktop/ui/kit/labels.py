"""Text on a page: a label that follows the chosen type size, by role and tone."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QLabel, QWidget

from desktop.ui.kit.icons import qcolor
from desktop.ui.kit.typography import font


class Label(QLabel):
    """Plain text, never rich; `role` is a type role, `tone` a colour token.

    Args:
        wrap: Break lines at the width that the layout gives.
        selectable: Let the user copy the text with the mouse.
    """

    def __init__(self, text: str = "", role: str = "body", tone: str = "text", *, bold: bool = False,
                 wrap: bool = False, selectable: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._role, self._bold, self._tone = role, bold, tone
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        if selectable:
            self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setText(text)
        self.setFont(font(role, bold=bold))
        self.set_tone(tone)

    def set_tone(self, tone: str) -> None:
        """Change the colour token of the text."""
        self._tone = tone
        colors = self.palette()
        colors.setColor(self.foregroundRole(), qcolor(tone))
        self.setPalette(colors)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ApplicationFontChange:
            self.setFont(font(self._role, bold=self._bold))
            self.set_tone(self._tone)
        return super().event(event)
