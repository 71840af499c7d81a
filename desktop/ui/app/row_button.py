"""The button at the end of a painted row: looks like the kit's second kind, has no widget of its own."""

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter

from desktop.ui.kit.paint import CENTER, draw_box, draw_text, text_width
from desktop.ui.kit.typography import font, px

PADDING = 12


def row_button_width(word: str, least: int = 0) -> int:
    """Return how wide the button is."""
    return max(px(least), text_width(font(), word) + 2 * PADDING)


def paint_row_button(painter: QPainter, box: QRect, word: str, *, over: bool = False, focused: bool = False) -> None:
    """Draw the button; ``focused``: Enter would press it."""
    draw_box(painter, box, "alt" if over else "base", "accent" if focused else "ctl", 2 if focused else 1)
    draw_text(painter, box, word, font(), "text", CENTER)
