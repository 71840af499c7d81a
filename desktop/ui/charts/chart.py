"""What all charts are: a picture of any size, a table of the same numbers, and a sentence that says them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.ui.grid.columns import ColumnSpec
from desktop.ui.kit.drawn import Drawn

Drawing = Callable[[QPainter, QRectF], None]


@dataclass(frozen=True, slots=True)
class ChartTable:
    """The numbers behind a chart: columns, and a value for each column's key in every row."""
    columns: tuple[ColumnSpec, ...]
    rows: tuple[Mapping[str, object], ...]


class Chart(Drawn):
    """A chart; what it shows is set by the subclass, which then calls `show_anew`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def has_data(self) -> bool:
        """Tell whether there is anything to draw."""
        raise NotImplementedError

    def summary(self) -> str:
        """Return the chart in words."""
        raise NotImplementedError

    def table(self) -> ChartTable:
        """Return the numbers."""
        raise NotImplementedError

    def draw(self, painter: QPainter, field: QRect) -> None:
        """Draw the chart into a field of logical pixels; only called when there is data."""
        raise NotImplementedError

    def show_anew(self) -> None:
        """Say and paint what is set now."""
        self.setAccessibleName(self.summary())
        self.setToolTip(self.summary())
        self.updateGeometry()
        self.update()

    def drawing(self) -> Drawing:
        """Return what draws the chart into a rectangle of any unit: a PDF's points, a page's millimetres.

        The chart keeps its own proportions of type to bars; it fills the width and stays inside the height.
        """
        def put(painter: QPainter, place: QRectF) -> None:
            if not self.has_data() or place.isEmpty():
                return
            wanted = self.sizeHint().expandedTo(self.minimumSizeHint())
            scale = min(place.width() / wanted.width(), place.height() / wanted.height())
            size = QSize(round(place.width() / scale), min(round(place.height() / scale), wanted.height() * 2))
            painter.save()
            painter.translate(place.topLeft())
            painter.scale(scale, scale)
            self.draw(painter, QRect(0, 0, size.width(), size.height()))
            painter.restore()
        return put

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.has_data():
            self.draw(QPainter(self), self.rect())


def rows_of(keys: Sequence[str], values: Sequence[Sequence[object]]) -> tuple[Mapping[str, object], ...]:
    """Return rows of a table from plain tuples in the order of the keys."""
    return tuple(dict(zip(keys, row, strict=True)) for row in values)
