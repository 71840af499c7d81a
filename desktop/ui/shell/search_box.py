"""The search box in the middle of the top bar, Ctrl+K: pages and commands at once, everything else a moment later."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.texts import tr
from desktop.ui.kit.choices import Choice, rank
from desktop.ui.kit.focus import give_back
from desktop.ui.kit.inputs import LineInput
from desktop.ui.kit.paint import RIGHT, draw_text, text_width
from desktop.ui.kit.typography import font, px
from desktop.ui.shell.keys import KEYS, Reach
from desktop.ui.shell.search_popup import Hit, HitGroup, SearchPopup

PAUSE_MS, WIDE, NARROW = 100, 264, 132
PAGE, COMMAND, RECENT = "page:", "command:", "recent:"
_MOST_LOCAL, _MOST_RECENT = 4, 8
Answer = Callable[[Sequence[HitGroup]], None]
Search = Callable[[str, Answer], None]


class SearchBox(LineInput):
    """Searches pages and commands at once, and whatever the caller's search finds after a short pause.

    Signals:
        chosen(str): Code of the chosen row: ``page:`` with a page, ``command:`` with a command, else what the caller's
            search gave.
        searched(str): The words that led to something, to be remembered.
    """

    chosen = Signal(str)
    searched = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", tr("搜索单据、指标、功能"), "search", parent=parent)
        self.setProperty("look", "search")
        self.setAccessibleName(tr("搜索"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMaximumWidth(px(WIDE))
        self._pages: list[tuple[Choice, str]] = []
        self._commands = [
            Choice(COMMAND + entry.name, entry.words, entry.initials, entry.keys) for entry in KEYS
            if entry.reach is not Reach.PLACE and entry.initials
        ]
        self._search: Search | None = None
        self._recent: tuple[str, ...] = ()
        self._place: list[QWidget] = []
        self._waits = False  # Enter was pressed before anything was found
        self.popup = SearchPopup(self)
        self.popup.picked.connect(self._picked)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._ask)
        self.textEdited.connect(self._typed)

    def add_page(self, key: str, text: str, initials: str, icon: str = "document") -> None:
        """Make a page findable."""
        self._pages.append((Choice(PAGE + key, text, initials), icon))

    def forget_pages(self) -> None:
        """Let no page be found any more; others are added then."""
        self._pages.clear()

    def set_search(self, search: Search) -> None:
        """Ask this for everything else: it is given the text and a function that takes the groups, now or later."""
        self._search = search

    def set_recent(self, texts: Sequence[str]) -> None:
        """Offer these searches while nothing is typed, newest first."""
        self._recent = tuple(texts)[:_MOST_RECENT]

    def recent(self) -> tuple[str, ...]:
        """Return the searches that are offered, newest first."""
        return self._recent

    def open(self, place: Sequence[QWidget] = ()) -> None:
        """Take the cursor and offer the last searches (Ctrl+K).

        Args:
            place: Where the cursor was, the innermost first; Esc brings it back there.
        """
        self._place = list(place)
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()
        if not self.text().strip():
            self._offer_recent()

    def sizeHint(self) -> QSize:
        return QSize(px(WIDE), px(28))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(NARROW), px(28))

    def _typed(self, text: str) -> None:
        self._waits = False
        if text.strip():
            self._show(text, (), sure=self._search is None)
            self._pause.start()
        else:
            self._pause.stop()
            self._offer_recent()

    def _offer_recent(self) -> None:
        hits = tuple(Hit(RECENT + text, text, icon="history") for text in self._recent)
        self.popup.show_groups([HitGroup(tr("最近搜索"), hits)])

    def _ask(self) -> None:
        text = self.text().strip()
        if text and self._search is not None:
            self._search(text, lambda groups: self._answered(text, groups))

    def _answered(self, text: str, groups: Sequence[HitGroup]) -> None:
        if self.text().strip() != text or not self.hasFocus():
            return  # something else is asked by now
        self._show(text, groups, sure=True)
        if self._waits and self.popup.current() is not None:
            self._picked(self.popup.current())

    def _show(self, text: str, groups: Sequence[HitGroup], *, sure: bool) -> None:
        icons = {choice.code: icon for choice, icon in self._pages}
        pages = rank([choice for choice, _ in self._pages], text, _MOST_LOCAL)
        commands = rank(self._commands, text, _MOST_LOCAL)
        local = (
            HitGroup(tr("页面"), tuple(Hit(one.code, one.name, icon=icons[one.code]) for one in pages)),
            HitGroup(tr("功能"), tuple(Hit(one.code, one.name, one.detail, "chevron-right") for one in commands)),
        )
        nothing = tr("没有找到“{typed}”。可以输入拼音首字母、编码或一部分文字。", typed=text) if sure else ""
        self.popup.show_groups([*local, *groups], nothing)

    def _picked(self, hit: Hit | None) -> None:
        if hit is None:
            return
        if hit.code.startswith(RECENT):
            self.set_text(hit.text)
            self._typed(hit.text)
            return
        text = self.text().strip()
        self.popup.hide()
        self.set_text("")
        self.clearFocus()
        if text:
            self.searched.emit(text)
        self.chosen.emit(hit.code)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.popup.take_key(event):
            return
        if event.key() == Qt.Key.Key_Escape:
            self.set_text("")
            self.clearFocus()
            give_back(self._place)
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._waits = bool(self.text().strip())
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.popup.hide()
        super().focusOutEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        words = 34 + text_width(font(), self.placeholderText())
        if not self.text() and self.width() > words + 64:
            box = QRect(self.width() - 72, 0, 60, self.height())
            draw_text(QPainter(self), box, "Ctrl+K", font("caption"), "text2", RIGHT)
