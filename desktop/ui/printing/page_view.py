"""One page on the screen, at the width of the window or larger, on grey like a sheet on a desk."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from desktop.domain.printed.marks import Page
from desktop.texts import tr
from desktop.ui.kit.icons import qcolor
from desktop.ui.printing.engine import Engine

EDGE, LEAST, MOST, STEP = 16, 0.5, 4.0, 1.25


class PaperSheet(QWidget):
    """The page itself; kept as a picture until page or size changes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._engine: Engine | None = None
        self._page: Page | None = None
        self._over_form, self._width = False, 100
        self._picture = QPixmap()

    def show_page(self, engine: Engine, page: Page, *, over_form: bool) -> None:
        """Show a page; over a pre-printed form the form is drawn light."""
        self._engine, self._page, self._over_form = engine, page, over_form
        self._renew()

    def set_paper_width(self, pixels: int) -> None:
        """Make the paper this wide on the screen."""
        if pixels != self._width:
            self._width = pixels
            self._renew()

    def _renew(self) -> None:
        self._picture = QPixmap()
        self.setFixedSize(self.sizeHint())
        self.update()

    def sizeHint(self) -> QSize:
        if self._page is None:
            return QSize(100, 100)
        return QSize(self._width, self._height(self._page) + 2 * EDGE)

    def _height(self, page: Page) -> int:
        return round(self._width * page.height / page.width)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._page is not None and self._engine is not None:
            if self._picture.isNull():
                self._picture = self._drawn(self._engine, self._page)
            QPainter(self).drawPixmap(QPoint(0, EDGE), self._picture)

    def _drawn(self, engine: Engine, page: Page) -> QPixmap:
        ratio = self.devicePixelRatioF()
        size = QSize(self._width, self._height(page))
        picture = QPixmap(size * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.white)
        per_mm = self._width / page.width
        painter = QPainter(picture)
        if self._over_form:
            engine.draw(painter, page.without_fields(), per_mm, faint=True)
            engine.draw(painter, page.only_fields(), per_mm)
        else:
            engine.draw(painter, page, per_mm)
        painter.setPen(qcolor("ctl"))
        painter.drawRect(QRect(0, 0, size.width() - 1, size.height() - 1))
        painter.end()
        return picture


class PageView(QScrollArea):
    """Scrolls over one page; `zoom` 1 shows it whole in width."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sheet, self.zoom = PaperSheet(), 1.0
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.setWidget(self.sheet)
        self.setAccessibleName(tr("打印预览"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.sheet.setAutoFillBackground(False)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self.viewport()).fillRect(self.viewport().rect(), qcolor("line"))

    def set_zoom(self, zoom: float) -> None:
        """Make the page larger or smaller than the window is wide."""
        self.zoom = min(MOST, max(LEAST, zoom))
        self._fit()

    def show_page(self, engine: Engine, page: Page, *, over_form: bool = False) -> None:
        """Show a page from its top."""
        self.sheet.show_page(engine, page, over_form=over_form)
        self._fit()
        self.verticalScrollBar().setValue(0)

    def _fit(self) -> None:
        room = self.width() - self.verticalScrollBar().sizeHint().width() - 2 * EDGE
        self.sheet.set_paper_width(max(100, round(room * self.zoom)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
