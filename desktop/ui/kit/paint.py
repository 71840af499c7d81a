"""Small drawing steps that widgets and delegates share: text, rounded boxes, hairlines."""

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QWidget

from desktop.ui.kit.icons import qcolor
from desktop.ui.kit.tokens import RADIUS

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CENTER = Qt.AlignmentFlag.AlignCenter


def text_width(face: QFont, text: str) -> int:
    """Return the width of one line of text in logical pixels."""
    return QFontMetrics(face).horizontalAdvance(text)


def draw_text(painter: QPainter, box: QRect, text: str, face: QFont, color: str,
              align: Qt.AlignmentFlag = LEFT) -> bool:
    """Draw one line, elided at its end when the box is too narrow; tell whether it was."""
    shown = QFontMetrics(face).elidedText(text, Qt.TextElideMode.ElideRight, box.width())
    painter.setFont(face)
    painter.setPen(qcolor(color))
    painter.drawText(box, align | Qt.TextFlag.TextSingleLine, shown)
    return shown != text


def draw_box(painter: QPainter, box: QRect, fill: str = "", border: str = "", width: int = 1,
             radius: int = RADIUS) -> None:
    """Draw a rounded box whose border lies inside the given rectangle."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    inset = width / 2 if border else 0.0
    painter.setPen(QPen(qcolor(border), width) if border else Qt.PenStyle.NoPen)
    painter.setBrush(qcolor(fill) if fill else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(QRectF(box).adjusted(inset, inset, -inset, -inset), radius, radius)
    painter.restore()


def hairline(painter: QPainter, box: QRect, side: str, color: str = "line", width: int = 1) -> None:
    """Fill one whole-pixel line along the top, bottom, left or right side inside the box."""
    line = QRect(box)
    if side == "top":
        line.setHeight(width)
    elif side == "bottom":
        line.setTop(box.bottom() - width + 1)
    elif side == "left":
        line.setWidth(width)
    else:
        line.setLeft(box.right() - width + 1)
    painter.fillRect(line, qcolor(color))


def set_flag(widget: QWidget, name: str, value: object) -> None:
    """Set a property that the style sheet looks at and make the widget restyle itself."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()
