"""Draws a page of marks on any painter: the preview, a printer, a PDF, an image. One code for all of them."""

import threading
from collections.abc import Mapping

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from desktop.domain.printed.marks import POINT, Area, Page, Picture, Rule, Watermark, Words
from desktop.ui.charts.chart import Drawing
from desktop.ui.kit.tokens import FAMILIES

UNITS = 100  # units of the painter in one millimetre: type sizes come out as whole pixels
LEAST = 6.0  # points; smaller cannot be read on paper
_MEASURED = 1000
_ALIGN = {"left": Qt.AlignmentFlag.AlignLeft, "center": Qt.AlignmentFlag.AlignHCenter,
          "right": Qt.AlignmentFlag.AlignRight}
_INK = {"text": "#000000", "grey": "#5A5A5A"}
HEAD, WATERMARK = "#EFEFEF", QColor(0, 0, 0, 26)  # a tenth of black: digits stay readable through it


def print_font(size: float, *, bold: bool = False) -> QFont:
    """Return the type of paper in units of the painter; size in points."""
    face = QFont()
    face.setFamilies(list(FAMILIES))
    face.setPixelSize(max(1, round(size * POINT * UNITS)))
    face.setBold(bold)
    face.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return face


class _Widths(threading.local):
    """Widths of signs and types, for each thread its own: a font's engine belongs to the thread that uses it."""

    def __init__(self) -> None:
        self._metrics: dict[bool, QFontMetricsF] = {}
        self._known: dict[tuple[str, bool], float] = {}
        self._faces: dict[tuple[float, bool], QFont] = {}

    def face(self, size: float, bold: bool) -> QFont:
        """Return the type of a size, made once."""
        if (size, bold) not in self._faces:
            self._faces[size, bold] = print_font(size, bold=bold)
        return self._faces[size, bold]

    def of(self, sign: str, bold: bool) -> float:
        """Return the width of a sign in heights of its type."""
        known = self._known.get((sign, bold))
        if known is None:
            if bold not in self._metrics:
                face = print_font(_MEASURED / UNITS / POINT, bold=bold)
                self._metrics[bold] = QFontMetricsF(face)
            known = self._known[sign, bold] = self._metrics[bold].horizontalAdvance(sign) / _MEASURED
        return known


_widths = _Widths()


def measure(text: str, size: float, bold: bool) -> float:
    """Return the width of a line in millimetres; size in points. The sum of its signs, which is quick for tables."""
    return sum(_widths.of(sign, bold) for sign in text) * size * POINT


class Engine:
    """Draws pages.

    Args:
        unit_color: #RRGGBB of the unit.
        drawings: What `Picture` marks show, by key.
    """

    def __init__(self, unit_color: str, drawings: Mapping[str, Drawing] | None = None) -> None:
        self._unit, self._drawings = QColor(unit_color), dict(drawings or {})

    def draw(self, painter: QPainter, page: Page, per_mm: float, *, faint: bool = False,
             offset: tuple[float, float] = (0, 0)) -> None:
        """Draw a page with its corner at the painter's origin.

        Args:
            per_mm: Device units in one millimetre.
            faint: Draw the form that is already on the paper, light, for the screen only.
            offset: Millimetres to the right and down, as a printer needs.
        """
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        painter.scale(per_mm / UNITS, per_mm / UNITS)
        painter.translate(offset[0] * UNITS, offset[1] * UNITS)
        if faint:
            painter.setOpacity(0.35)
        for mark in page.marks:
            self._draw(painter, mark, page)
        painter.restore()

    def _draw(self, painter: QPainter, mark: object, page: Page) -> None:
        if isinstance(mark, Words):
            self._words(painter, mark)
        elif isinstance(mark, Rule):
            pen = QPen(QColor("#000000"), mark.width * UNITS)
            pen.setCapStyle(Qt.PenCapStyle.SquareCap)
            painter.setPen(pen)
            painter.drawLine(QPointF(mark.x1 * UNITS, mark.y1 * UNITS), QPointF(mark.x2 * UNITS, mark.y2 * UNITS))
        elif isinstance(mark, Area):
            color = self._unit if mark.tone == "unit" else QColor(HEAD)
            painter.fillRect(_box(mark.x, mark.y, mark.width, mark.height), color)
        elif isinstance(mark, Picture):
            self._picture(painter, mark)
        elif isinstance(mark, Watermark):
            _watermark(painter, mark.text, page)

    def _words(self, painter: QPainter, mark: Words) -> None:
        size, needed = mark.size, measure(mark.text, mark.size, mark.bold)
        if mark.fit and needed > mark.width > 0:
            size = max(LEAST, mark.size * mark.width / needed)
        face = _widths.face(round(size, 2), mark.bold)
        text = mark.text
        if measure(text, size, mark.bold) > mark.width + 0.05:
            text = QFontMetricsF(face).elidedText(text, Qt.TextElideMode.ElideRight, mark.width * UNITS)
        painter.setFont(face)
        painter.setPen(self._unit if mark.tone == "unit" else QColor(_INK.get(mark.tone, "#000000")))
        flags = _ALIGN[mark.align] | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine \
            | Qt.TextFlag.TextDontClip
        painter.drawText(_box(mark.x, mark.y, mark.width, mark.height), flags, text)

    def _picture(self, painter: QPainter, mark: Picture) -> None:
        draw = self._drawings.get(mark.key)
        if draw is not None:
            painter.save()
            draw(painter, _box(mark.x, mark.y, mark.width, mark.height))
            painter.restore()


def _box(x: float, y: float, width: float, height: float) -> QRectF:
    return QRectF(x * UNITS, y * UNITS, width * UNITS, height * UNITS)


def _watermark(painter: QPainter, text: str, page: Page) -> None:
    painter.save()
    painter.translate(page.width / 2 * UNITS, page.height / 2 * UNITS)
    painter.rotate(-28)
    wide = min(page.width, page.height * 1.6) * 0.62
    size = min(110.0, wide / max(measure(text, 1, bold=True), 0.01))
    painter.setFont(print_font(size, bold=True))
    painter.setPen(WATERMARK)
    box = _box(-page.width, -page.height, 2 * page.width, 2 * page.height)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextSingleLine, text)
    painter.restore()
