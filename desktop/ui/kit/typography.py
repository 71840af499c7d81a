"""Type and type-bound sizes: fonts by role at the size that the user chose.

The base size is one value for the whole program; `set_base_size` changes it, after which Qt tells every
widget by a font change event and the kit's widgets ask again for their fonts and heights.
"""

from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QEvent
from PySide6.QtGui import QFont, QFontMetricsF
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from desktop.ui.kit import tokens

ROLES = ("body", "caption", "section", "title", "large")
_STEP = {"body": 0.0, "caption": -1.0, "section": 1.0, "title": 3.0, "large": 6.0}


@dataclass(slots=True)
class _Type:
    points: float = tokens.NORMAL
    density: float = 1.0


_type = _Type()


def base_size() -> float:
    """Return the size of body text in points."""
    return _type.points


def set_base_size(points: float) -> None:
    """Choose the size of body text, 9 to 20 points, for the whole program."""
    _type.points = min(20.0, max(tokens.CAPTION_LEAST, points))
    font.cache_clear()
    application = QApplication.instance()
    if isinstance(application, QApplication):
        application.setFont(font("body"))
        tell_widgets(application)


def tell_widgets(application: QApplication) -> None:
    """Let every widget ask again for its fonts, heights and colours."""
    for widget in application.allWidgets():     # under a style sheet Qt itself tells none of them
        # A widget that is just going may come back as something less than a widget.
        if isinstance(widget, QWidget) and isValid(widget):
            application.sendEvent(widget, QEvent(QEvent.Type.ApplicationFontChange))
            widget.update()


def density() -> float:
    """Return how much higher than the tight 24 pixels the rows of lists and tables are."""
    return _type.density


def set_density(factor: float) -> None:
    """Choose the height of rows, 1 to 1.5 times the tight one, for the whole program."""
    _type.density = min(1.5, max(1.0, factor))
    application = QApplication.instance()
    if isinstance(application, QApplication):
        tell_widgets(application)


def row_px(pixels: float) -> int:
    """Return the height of a row given at 10 points and tight, as it must be at the chosen size and density."""
    return round(pixels * scale() * _type.density)


def scale() -> float:
    """Return the chosen size relative to the normal one of 10 points; never below 1."""
    return max(1.0, _type.points / tokens.NORMAL)


def px(pixels: float) -> int:
    """Return a height or width given at 10 points as it must be at the chosen size."""
    return round(pixels * scale())


@lru_cache(maxsize=64)
def font(role: str = "body", *, bold: bool = False) -> QFont:
    """Return the font of a role: body, caption, section (bold), title (bold) or large (bold)."""
    face = QFont()
    face.setFamilies(list(tokens.FAMILIES))
    face.setPointSizeF(max(tokens.CAPTION_LEAST, _type.points + _STEP[role]))
    face.setBold(bold or role in ("section", "title", "large"))
    face.setHintingPreference(QFont.HintingPreference.PreferFullHinting)
    return face


def digits_are_even(face: QFont) -> bool:
    """Tell whether all ten digits are equally wide, so that columns of amounts line up."""
    metrics = QFontMetricsF(face)
    return len({round(metrics.horizontalAdvance(digit), 2) for digit in "0123456789"}) == 1
