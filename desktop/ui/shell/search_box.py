"""The search box in the middle of the top bar: pages and documents, Ctrl+K."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.ui.kit.choices import Choice, rank
from desktop.ui.kit.completion import CompletionPopup
from desktop.ui.kit.inputs import LineInput
from desktop.ui.kit.paint import RIGHT, draw_text, text_width
from desktop.ui.kit.typography import font, px

PAUSE_MS, WIDE, NARROW, MOST = 120, 264, 132, 12
Answer = Callable[[Sequence[Choice]], None]
Search = Callable[[str, Answer], None]


class SearchBox(LineInput):
    """Searches pages at once and whatever the caller's search finds after a short pause.

    Signals:
        chosen(str): Code of the chosen row: a page key after "page:", else what the caller's search gave.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "搜索单据、指标、功能", "search", parent=parent)
        self.setProperty("look", "search")
        self.setAccessibleName("搜索")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMaximumWidth(px(WIDE))
        self._pages: list[Choice] = []
        self._search: Search | None = None
        self._popup = CompletionPopup(self)
        self._popup.picked.connect(self._picked)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._ask)
        self.textEdited.connect(self._typed)

    def add_page(self, key: str, text: str, initials: str) -> None:
        """Make a page findable."""
        self._pages.append(Choice(f"page:{key}", text, initials, "页面", text))

    def set_search(self, search: Search) -> None:
        """Ask this for documents: it is given the text and a function that takes the rows, now or later."""
        self._search = search

    def sizeHint(self) -> QSize:
        return QSize(px(WIDE), px(28))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(NARROW), px(28))

    def _typed(self, text: str) -> None:
        self._show(text, ())
        self._pause.start()

    def _ask(self) -> None:
        text = self.text().strip()
        if text and self._search is not None:
            self._search(text, lambda rows: self._show(text, rows) if self.text().strip() == text else None)

    def _show(self, text: str, rows: Sequence[Choice]) -> None:
        pages = rank(self._pages, text, 5) if text.strip() else []
        named = [replace(row, shown=row.shown or row.name) for row in rows]
        self._popup.show_rows([*pages, *named][:MOST])

    def _picked(self, choice: Choice) -> None:
        self.set_text("")
        self.clearFocus()
        self.chosen.emit(choice.code)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._popup.take_key(event):
            return
        if event.key() == Qt.Key.Key_Escape:
            self.set_text("")
            self.clearFocus()
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._popup.hide()
        super().focusOutEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        words = 34 + text_width(font(), self.placeholderText())
        if not self.text() and self.width() > words + 64:
            box = QRect(self.width() - 72, 0, 60, self.height())
            draw_text(QPainter(self), box, "Ctrl+K", font("caption"), "text2", RIGHT)
