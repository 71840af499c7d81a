"""The program's own icons: one-colour SVG on a grid of 20, coloured and rendered when asked for."""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

import resources
from desktop.ui.kit.tokens import COLORS

_RATIOS = (1.0, 1.25, 1.5, 2.0, 3.0)


@lru_cache(maxsize=128)
def _drawing(name: str) -> str:
    return resources.read_text("icons", f"{name}.svg")


@lru_cache(maxsize=2048)
def pixmap(name: str, color: str = "text2", size: int = 16, ratio: float = 1.0) -> QPixmap:
    """Return an icon as a picture of `size` logical pixels for a screen of the given pixel ratio.

    Args:
        name: File name in resources/icons without its ending.
        color: A token of `tokens.COLORS` or a value #RRGGBB.

    Raises:
        FileNotFoundError: There is no such icon.
    """
    value = COLORS.get(color, color)
    renderer = QSvgRenderer(QByteArray(_drawing(name).replace("currentColor", value).encode()))
    picture = QPixmap(round(size * ratio), round(size * ratio))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    renderer.render(painter, QRectF(0, 0, picture.width(), picture.height()))
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture


@lru_cache(maxsize=512)
def icon(name: str, color: str = "text2", size: int = 16) -> QIcon:
    """Return an icon with its disabled form, sharp on every screen."""
    made = QIcon()
    for ratio in _RATIOS:
        made.addPixmap(pixmap(name, color, size, ratio), QIcon.Mode.Normal)
        made.addPixmap(pixmap(name, color, size, ratio), QIcon.Mode.Selected)
        made.addPixmap(pixmap(name, "dis", size, ratio), QIcon.Mode.Disabled)
    return made


def paint_icon(painter: QPainter, name: str, left: int, top: int, color: str = "text2", size: int = 16) -> None:
    """Draw an icon with its upper left corner at whole logical pixels."""
    ratio = painter.device().devicePixelRatioF() if painter.device() is not None else 1.0
    painter.drawPixmap(left, top, pixmap(name, color, size, ratio))


@lru_cache(maxsize=128)
def qcolor(name: str) -> QColor:
    """Return the colour of a token, or of a value #RRGGBB."""
    return QColor(COLORS.get(name, name))


def forget_colors() -> None:
    """Forget pictures and colours of before; called when the table of colours changes."""
    for cached in (pixmap, icon, qcolor):
        cached.cache_clear()
