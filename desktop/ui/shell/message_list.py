"""The messages of this run, newest first: what was only shown for some seconds can be read again."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.texts import tr
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.icons import qcolor
from desktop.ui.kit.labels import Label
from desktop.ui.kit.panels import Icon, Line
from desktop.ui.kit.toast import Said
from desktop.ui.kit.typography import px

WIDE, HIGH = 460, 360
_ICONS = {"ok": ("check-circle", "ok"), "info": ("info", "accent"), "warning": ("warning", "warn"),
          "error": ("error", "err")}


class MessageList(QFrame):
    """A small window over the status bar; a click outside or Esc closes it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowFlags(Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setFrameStyle(QFrame.Shape.Box | QFrame.Shadow.Plain)
        colors = self.palette()
        colors.setColor(colors.ColorRole.WindowText, qcolor("ctl"))
        colors.setColor(colors.ColorRole.Window, qcolor("base"))
        self.setPalette(colors)
        self.setAccessibleName(tr("消息"))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(1, 1, 1, 1)
        self._column.setSpacing(0)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        head = Label(tr("消息"), "section")
        head.setContentsMargins(14, 8, 14, 8)
        self._column.addWidget(head)
        self._column.addWidget(Line())
        self._column.addWidget(self._area, 1)

    def open_over(self, said: Sequence[Said], corner: QPoint, area: QRect) -> None:
        """Show messages with the lower right corner at a point.

        Args:
            said: Newest first.
            corner: Of the screen.
            area: Of the screen that may be used.
        """
        inside = QWidget()
        inside.setPalette(self.palette())
        inside.setAutoFillBackground(True)
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for at, one in enumerate(said):
            if at:
                column.addWidget(Line())
            column.addWidget(self._row(one))
        if not said:
            nothing = Label(tr("打开程序以来还没有消息。"), tone="text2")
            nothing.setContentsMargins(14, 12, 14, 12)
            column.addWidget(nothing)
        column.addStretch(1)
        self._area.setWidget(inside)
        width, height = min(px(WIDE), area.width() - 16), min(px(HIGH), area.height() - 16)
        left, top = corner.x() - width, corner.y() - height
        self.setGeometry(max(left, area.left()), max(top, area.top()), width, height)
        self.show()
        self._area.setFocus(Qt.FocusReason.PopupFocusReason)

    def _row(self, one: Said) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(14, 8, 14, 8)
        line.setSpacing(10)
        name, color = _ICONS[one.kind]
        line.addWidget(Icon(name, color, 16), 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(Label(one.text, wrap=True, selectable=True), 1)
        if one.action and one.call is not None:
            again = Button(one.action, "link")
            again.clicked.connect(self.close)
            again.clicked.connect(lambda: one.call() if one.call is not None else None)
            line.addWidget(again, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(Label(f"{one.at:%H:%M}", "caption", "text2"), 0, Qt.AlignmentFlag.AlignTop)
        return row

    def texts(self) -> list[str]:
        """Return what stands in the list."""
        inside = self._area.widget()
        labels = inside.findChildren(Label) if inside is not None else []
        return [label.text() for label in labels if len(label.text()) > len("00:00")]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
            return
        super().keyPressEvent(event)
