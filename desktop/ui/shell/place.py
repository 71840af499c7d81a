"""Where the window stands: kept in shares of its screen, brought back so that all of it can be seen."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from PySide6.QtCore import QRect, QSize


@dataclass(frozen=True, slots=True)
class Screen:
    """A screen: its name, and the part of it that windows may use."""

    name: str
    area: QRect


@dataclass(frozen=True, slots=True)
class Place:
    """A window's place in shares of its screen's usable part, 0 to 1, and its size in logical pixels."""

    screen: str
    left: float
    top: float
    width: int
    height: int
    maximized: bool = False


def place_of(window: QRect, screen: Screen, *, maximized: bool) -> Place:
    """Return where a window stands on its screen."""
    area = screen.area
    left = (window.left() - area.left()) / max(1, area.width())
    top = (window.top() - area.top()) / max(1, area.height())
    return Place(screen.name, round(left, 4), round(top, 4), window.width(), window.height(), maximized)


def rect_of(place: Place, screens: Sequence[Screen], least: QSize) -> QRect:
    """Return the rectangle for a place among the screens that exist now; the first one stands in for one that is gone.

    Args:
        place: As it was kept.
        screens: The first is the main one.
        least: The window is never smaller, unless the screen is.
    """
    screen = next((one for one in screens if one.name == place.screen), screens[0])
    area = screen.area
    left = area.left() + round(place.left * area.width())
    top = area.top() + round(place.top * area.height())
    return clamped(QRect(left, top, place.width, place.height), area, least)


def clamped(window: QRect, area: QRect, least: QSize) -> QRect:
    """Return a rectangle that lies inside an area: moved as little as needed, made smaller only where it must be."""
    width = min(max(window.width(), least.width()), area.width())
    height = min(max(window.height(), least.height()), area.height())
    left = min(max(window.left(), area.left()), area.left() + area.width() - width)
    top = min(max(window.top(), area.top()), area.top() + area.height() - height)
    return QRect(left, top, width, height)


def written(place: Place) -> bytes:
    """Return a place as bytes that `read` understands."""
    return json.dumps(asdict(place)).encode()


def read(kept: bytes) -> Place | None:
    """Return a place that was kept; None when the bytes say something else."""
    try:
        found = json.loads(kept)
        return Place(
            str(found["screen"]), float(found["left"]), float(found["top"]), int(found["width"]), int(found["height"]),
            bool(found["maximized"]),
        )
    except (ValueError, TypeError, KeyError):
        return None
