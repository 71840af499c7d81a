"""已完成: what is done this month, one quiet green line."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.texts import tr
from desktop.ui.kit.drawn import Drawn
from desktop.ui.kit.icons import paint_icon
from desktop.ui.kit.paint import LEFT, draw_box, draw_text, text_width
from desktop.ui.kit.typography import font, px

HEIGHT = 36


class DoneStrip(Drawn):
    """The line; hidden while nothing is done."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.done: tuple[str, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.hide()

    def show_done(self, done: Sequence[str]) -> None:
        """Show these."""
        self.done = tuple(done)
        self.setAccessibleName(tr("已完成：{what}", what="、".join(done)))
        self.setToolTip("\n".join(done))
        self.setVisible(bool(done))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(400, px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return QSize(200, px(HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        draw_box(painter, self.rect(), "okbg")
        middle, height = self.height() // 2, self.height()
        paint_icon(painter, "check-circle", 17, middle - 9, "ok", 18)
        head = tr("已完成 {count} 项", count=len(self.done))
        left = 38
        draw_text(painter, QRect(left, 0, self.width() - left, height), head, font(bold=True), "ok", LEFT)
        left += text_width(font(bold=True), head) + 14
        for word in self.done:
            width = text_width(font(), word)
            if left + 18 + width > self.width() - 12:
                break
            paint_icon(painter, "check", left, middle - 6, "ok", 12)
            draw_text(painter, QRect(left + 18, 0, width + 1, height), word, font(), "text", LEFT)
            left += 18 + width + 14
