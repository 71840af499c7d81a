"""The reading part of the help: rich text with pictures that follow its width and the size of the type."""

from typing import Any

from PySide6.QtCore import QSize, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QKeyEvent, QPixmap, QResizeEvent, QTextCharFormat, QTextDocument
from PySide6.QtWidgets import QFrame, QTextBrowser, QTextEdit, QWidget

import resources
from desktop.texts import tr
from desktop.ui.kit.icons import pixmap, qcolor
from desktop.ui.kit.typography import font, px, scale

MOST, MARGIN, LATER_MS, MOST_MARKS = 820, 24, 120, 200
_ICON = 15


class Reader(QTextBrowser):
    """Shows HTML; links are only told.

    Signals:
        followed(str): A link that was clicked, or opened by Enter.
        space_pressed(): Space, which this reader leaves to the page.
        widened(): Room or type changed; the page should be made anew.
    """

    followed = Signal(str)
    space_pressed = Signal()
    widened = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setUndoRedoEnabled(False)
        self.setAccessibleName(tr("帮助内容"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)  # pages never change their width
        self.document().setDocumentMargin(0)
        self.anchorClicked.connect(lambda url: self.followed.emit(url.toString()))
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(LATER_MS)
        self._later.timeout.connect(self.widened)
        self._width = 0

    def room(self) -> int:
        """Return how wide the text is, logical pixels."""
        return max(240, min(px(MOST), self.viewport().width() - 2 * MARGIN))

    def picture_size(self, name: str) -> tuple[int, int]:
        """Return how large a picture is shown: it grows with the type, never wider than the text; 0 for none."""
        shown = picture(name)
        if shown.isNull():
            return 0, 0
        width = min(self.room(), round(shown.width() * scale()))
        return width, round(shown.height() * width / shown.width())

    def show_html(self, made: str) -> None:
        """Show a page from its top."""
        self.document().setDefaultFont(font())
        left = MARGIN
        right = max(MARGIN, self.viewport().width() - self.room() - left)
        self.setHtml(made)
        frame = self.document().rootFrame().frameFormat()
        frame.setLeftMargin(left)
        frame.setRightMargin(right)
        frame.setTopMargin(18)
        frame.setBottomMargin(32)
        self.document().rootFrame().setFrameFormat(frame)
        self._width = self.viewport().width()

    def mark_words(self, words: tuple[str, ...]) -> None:
        """Mark every place where these words stand: tinted and underlined."""
        look = QTextCharFormat()
        look.setBackground(qcolor("warnbg"))
        look.setFontUnderline(True)
        found: list[QTextEdit.ExtraSelection] = []
        for word in words:
            place = self.document().find(word)
            while not place.isNull() and len(found) < MOST_MARKS:
                mark = QTextEdit.ExtraSelection()
                mark.cursor, mark.format = place, look
                found.append(mark)
                place = self.document().find(word, place)
        self.setExtraSelections(found)

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        """Return a picture of the manual, or an icon at the size of the type; nothing else is ever loaded."""
        address = name.toString() if isinstance(name, QUrl) else name
        scheme, _, rest = address.partition(":")
        if kind != QTextDocument.ResourceType.ImageResource.value:
            return None
        if scheme == "icon":
            icon, _, token = rest.partition(":")
            return pixmap(icon, token or "text2", px(_ICON), self.devicePixelRatioF())
        return picture(rest) if scheme == "picture" else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and not event.modifiers():
            self.space_pressed.emit()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.viewport().width() != self._width:
            self._later.start()

    def minimumSizeHint(self) -> QSize:
        return QSize(px(260), px(160))


def picture(name: str) -> QPixmap:
    """Return a picture of the manual; a null one when it is not shipped."""
    made = QPixmap()
    try:
        made.loadFromData(resources.read_bytes("help", "pictures", name), "PNG")  # named: no other reader guesses first
    except OSError:
        return made
    return made
