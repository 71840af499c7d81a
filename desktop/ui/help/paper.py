"""A page of the help on paper: the same rich text, cut into sheets, in the colours of paper."""

import re
import threading
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from PySide6.QtCore import QEventLoop, QRectF, QSizeF, QUrl
from PySide6.QtGui import QImage, QPainter, QTextDocument

from desktop.domain.printed.marks import POINT, Measure, Page, PageSetup, Picture
from desktop.ui.charts.chart import Drawing
from desktop.ui.help.reader import picture
from desktop.ui.kit.icons import pixmap
from desktop.ui.kit.typography import base_size, font
from desktop.ui.printing.report import Report, ready

T = TypeVar("T")
BODY = 9.5  # points of body text on paper
PICTURE_WIDE = 165  # millimetres
PIXELS_OF_POINT = 96 / 72
MOST_SHEETS = 60
_IMAGES = re.compile(r'src="((?:icon|picture):[^"]+)"')
_ICON = 30  # pixels: sharp on paper


def pixels_of_millimetre() -> float:
    """Return how many pixels of the text, at the size that the window shows now, lie in a millimetre of paper."""
    return base_size() / BODY * PIXELS_OF_POINT / POINT


def picture_size(name: str) -> tuple[int, int]:
    """Return how large a picture is put on paper, in pixels of the text; 0 for one that is not shipped."""
    shown = picture(name)
    if shown.isNull():
        return 0, 0
    width = round(PICTURE_WIDE * pixels_of_millimetre())
    return width, round(shown.height() * width / shown.width())


class _Document(QTextDocument):
    def __init__(self, images: dict[str, QImage]) -> None:
        super().__init__()
        self._images = images

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        return self._images.get(name.toString() if isinstance(name, QUrl) else name)


class HelpPaper:
    """Lays and draws one page of the help; made where pictures may be read, used in any thread.

    A document lives and dies in one thread: that of the window keeps the last one, workers make their own each time.
    """

    def __init__(self, made: str) -> None:
        self._html = made
        self._scale = pixels_of_millimetre()
        self._images = {address: _image(address) for address in _IMAGES.findall(made)}
        self._rooms: set[tuple[float, float]] = set()
        self._kept: tuple[tuple[float, float], QTextDocument] | None = None

    def lay(self, setup: PageSetup, measure: Measure) -> Sequence[Page]:
        """Return the sheets; each is one drawing inside the margins."""
        wide, high = setup.size
        room = (wide - 2 * setup.margin, high - 2 * setup.margin)
        self._rooms.add(room)
        count = min(MOST_SHEETS, self._with_document(room, QTextDocument.pageCount))
        return [Page(wide, high, (Picture(setup.margin, setup.margin, *room, str(at)),)) for at in range(count)]

    def drawings(self) -> dict[str, Drawing]:
        """Return what draws each sheet."""
        return {str(number): self._drawing(number) for number in range(MOST_SHEETS)}

    def _drawing(self, number: int) -> Callable[[QPainter, QRectF], None]:
        def draw(painter: QPainter, place: QRectF) -> None:
            def put(document: QTextDocument) -> None:
                size = document.pageSize()
                painter.translate(place.topLeft())
                painter.scale(place.width() / size.width(), place.height() / size.height())
                painter.translate(0, -number * size.height())
                document.drawContents(painter, QRectF(0, number * size.height(), size.width(), size.height()))

            self._with_document(self._room_of(place), put)

        return draw

    def _room_of(self, place: QRectF) -> tuple[float, float]:
        """Return the room, in millimetres, that has the proportions of a place in any unit."""
        share = place.height() / place.width()
        return min(self._rooms, key=lambda room: abs(room[1] / room[0] - share))

    def _with_document(self, room: tuple[float, float], use: Callable[[QTextDocument], T]) -> T:
        if threading.current_thread() is not threading.main_thread():
            timing = QEventLoop()  # a long text starts a timer while it is laid out, and a worker has nothing for it
            found = use(self._document(room))
            timing.quit()
            return found
        if self._kept is None or self._kept[0] != room:
            self._kept = (room, self._document(room))
        return use(self._kept[1])

    def _document(self, room: tuple[float, float]) -> QTextDocument:
        document = _Document(self._images)
        document.setDocumentMargin(0)
        document.setDefaultFont(font())
        document.setHtml(self._html)
        document.setPageSize(QSizeF(room[0] * self._scale, room[1] * self._scale))
        return document


def help_report(title: str, made: str) -> Report:
    """Return a page of the help as something to print.

    Args:
        title: Of the page.
        made: Its HTML, without links, in the colours of paper.
    """
    paper = HelpPaper(made)
    return Report("help", title, ready(paper.lay), drawings=paper.drawings())


def _image(address: str) -> QImage:
    scheme, _, rest = address.partition(":")
    if scheme == "icon":
        icon, _, token = rest.partition(":")
        made = pixmap(icon, token or "text2", _ICON).toImage()
        made.setDevicePixelRatio(2.0)
        return made
    return picture(rest).toImage()
