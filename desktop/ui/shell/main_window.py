"""The window: top bar, navigation, pages with their documents, status bar; no business inside."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from desktop.texts import tr
from desktop.ui.kit import tokens, typography
from desktop.ui.kit.focus import commit_typing
from desktop.ui.kit.toast import Toast
from desktop.ui.shell.commands import Commands
from desktop.ui.shell.curtain import Curtain
from desktop.ui.shell.keys import key
from desktop.ui.shell.main_menu import MainMenu
from desktop.ui.shell.message_list import MessageList
from desktop.ui.shell.navigation import Navigation, NavItem
from desktop.ui.shell.page_area import LIST, Factory, PageArea
from desktop.ui.shell.panes import focus_next, next_size
from desktop.ui.shell.search_box import COMMAND, PAGE, Search
from desktop.ui.shell.standing import Standing
from desktop.ui.shell.state import Segment, ShellState
from desktop.ui.shell.status_bar import StatusBar
from desktop.ui.shell.strip import Strip
from desktop.ui.shell.top_bar import TopBar
from desktop.ui.shell.watch import InputWatch

ZOOMS = tuple(tokens.BASE_SIZES.values())
ZOOM, MESSAGES = "zoom", "messages"
LEAST = (800, 480)
_MOST_CLOSED = 20


class MainWindow(QMainWindow):
    """The frame of the program.

    Signals:
        sync_requested(): 一键同步 or F12.
        officer_switch_requested(str), unit_switch_requested(str), year_requested(int), color_requested(str): What was
            chosen in the top bar.
        lock_requested(): From the menu of people.
        page_requested(str): A page was shown, by the user or by `show_page`.
        hit_chosen(str): Code of a row that the caller's search gave.
        document_closed(str, str), reopen_requested(str, str): Page key and document key.
        tabs_changed(): Another document is open, closed or in front.
        segment_clicked(str): Key of a status bar segment.
        zoom_changed(float): Points of body text, to be remembered.
        about_to_close(): The window closes; pages save what they hold.
    """

    sync_requested = Signal()
    officer_switch_requested = Signal(str)
    unit_switch_requested = Signal(str)
    year_requested = Signal(int)
    color_requested = Signal(str)
    lock_requested = Signal()
    page_requested = Signal(str)
    hit_chosen = Signal(str)
    document_closed = Signal(str, str)
    reopen_requested = Signal(str, str)
    tabs_changed = Signal()
    segment_clicked = Signal(str)
    zoom_changed = Signal(float)
    about_to_close = Signal()

    def __init__(self, state: ShellState | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state or ShellState()
        self._areas: dict[str, PageArea] = {}
        self._items: dict[str, tuple[NavItem, str]] = {}
        self._offered: list[str] = []
        self._closed: list[tuple[str, str]] = []
        self._shown = ""
        self._left: tuple[Segment, ...] | None = None
        self.top_bar, self.navigation, self.status_bar = TopBar(), Navigation(), StatusBar()
        self._stack, self.strip = QStackedWidget(), Strip()
        self._lay_out()
        self.toast = Toast(self, self._message_area)
        self.message_list = MessageList(self)
        self.commands = Commands(self, self.fronts, self.toast.say)
        self.main_menu = MainMenu(self.commands, self)
        self.curtain = Curtain(self)
        self.watch = InputWatch(self.commands.owns, self)
        self.standing = Standing(self, LEAST)
        self._connect()
        self._bind()
        self.setMinimumSize(*LEAST)
        self.show_state(self._state)
        self.navigation.setFocus()

    def _lay_out(self) -> None:
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.navigation)
        middle.addWidget(self._stack, 1)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.strip)
        column.addWidget(self.top_bar)
        column.addLayout(middle, 1)
        column.addWidget(self.status_bar)
        self.setCentralWidget(inside)

    def _connect(self) -> None:
        bar = self.top_bar
        for mine, asked in (
            (bar.sync_clicked, self.sync_requested), (bar.officer_chosen, self.officer_switch_requested),
            (bar.unit_chosen, self.unit_switch_requested), (bar.year_chosen, self.year_requested),
            (bar.color_chosen, self.color_requested), (bar.lock_clicked, self.lock_requested),
            (bar.menu_clicked, self.open_menu), (bar.search.chosen, self._hit),
            (self.navigation.chosen, self.show_page), (self.status_bar.clicked, self._segment),
            (self.watch.alt_pressed, self.open_menu), (self.toast.told, self._show_status),
        ):
            mine.connect(asked)
        bar.chip_clicked.connect(lambda: self.show_page("sync"))
        self.strip.back_wanted.connect(lambda: self.year_requested.emit(self._state.this_year))

    def _bind(self) -> None:
        bind, bar = self.commands.bind, self.top_bar
        for name, call in (
            ("sync", bar.sync.click), ("sync-page", lambda: self.show_page("sync")), ("pane", self.next_pane),
            ("search", self._focus_search), ("whole-page", self.toggle_frame), ("menu", self.open_menu),
            ("larger", lambda: self.zoom(1)), ("smaller", lambda: self.zoom(-1)),
            ("normal-size", lambda: self.zoom(0)), ("next-tab", lambda: self._step_tab(1)),
            ("previous-tab", lambda: self._step_tab(-1)), ("close-tab", self._close_tab),
            ("reopen-tab", self.reopen), ("messages", self.open_messages), ("quit", self.close),
            ("lock", self.lock_requested.emit), ("unit", lambda: self._open_item("unit")),
            ("year", lambda: self._open_item("year")), ("person", lambda: self._open_item("officer")),
        ):
            bind(name, call)
        for at, sequence in enumerate(key("pages").sequences):
            QShortcut(QKeySequence(sequence), self).activated.connect(self._page_opener(at))

    # -- pages and documents

    def add_page(self, key: str, text: str, icon: str, factory: Factory, *, initials: str = "",
                 foot: bool = False) -> None:
        """Register a page; it is built when it is first shown.

        Args:
            key: Unique; "sync" is where the sync chip leads.
            factory: Makes the page's widget.
            initials: Pinyin initials for the search.
            foot: Whether it stands in the group at the foot of the navigation.
        """
        area = PageArea(text, icon, factory)
        area.document_closed.connect(lambda document, page=key: self._document_gone(page, document))
        area.crowded.connect(self._crowded)
        area.reopen_requested.connect(self.reopen)
        area.tabs_changed.connect(self.tabs_changed)
        self._areas[key] = area
        self._stack.addWidget(area)
        self._items[key] = (NavItem(key, text, icon, foot), initials)
        self.offer_pages([*self._offered, key])

    def offer_pages(self, keys: Sequence[str]) -> None:
        """Show these pages in the navigation, under Alt+1 … and in the search; those at the foot come last."""
        items = sorted((self._items[key] for key in keys), key=lambda entry: entry[0].foot)
        self._offered = [item.key for item, _ in items]
        self.navigation.show_items([item for item, _ in items])
        self.top_bar.search.forget_pages()
        for item, initials in items:
            self.top_bar.search.add_page(item.key, item.text, initials, item.icon)

    def show_page(self, key: str) -> None:
        """Bring a page to the front as it was left; one that is unknown or not offered changes nothing."""
        area = self._areas.get(key)
        if area is None or key == self._shown or key not in self._offered:
            return
        self._shown = key
        area.activate(area.active)
        self._stack.setCurrentWidget(area)
        self.navigation.choose(key)
        self.show_segments(None)
        if self.toast.isVisible():
            self.toast.place()
        self.page_requested.emit(key)

    def page(self, key: str) -> QWidget:
        """Return a page's own widget, built now if it was not.

        Raises:
            KeyError: There is no such page.
        """
        return self._areas[key].page()

    def has_page(self, key: str) -> bool:
        """Tell whether there is such a page."""
        return key in self._areas

    def current_page(self) -> str:
        """Return the key of the page in front; empty when there is none."""
        return self._shown

    def open_document(self, page: str, key: str, title: str, factory: Factory, icon: str = "") -> QWidget:
        """Show a document as a tab over its page and return its widget; built only when it is not open yet."""
        widget = self._areas[page].open_document(key, title, factory, icon)
        self.show_page(page)
        return widget

    def change_document(self, page: str, key: str, *, title: str | None = None, dot: bool | None = None) -> None:
        """Change the title of a document's tab or its dot for changes that are not sent."""
        self._areas[page].change_document(key, title=title, dot=dot)

    def rename_document(self, page: str, key: str, new_key: str) -> None:
        """Give an open document another key."""
        self._areas[page].rename_document(key, new_key)

    def close_document(self, page: str, key: str) -> None:
        """Close a document's tab."""
        self._areas[page].close_document(key)

    def documents(self) -> dict[str, list[str]]:
        """Return the keys of the open documents by the key of their page."""
        return {page: area.documents() for page, area in self._areas.items() if area.documents()}

    def active_document(self, page: str) -> str:
        """Return the key of the document in front on a page; empty for the page itself."""
        return self._areas[page].active

    def show_document(self, page: str, key: str) -> None:
        """Show a document that is open; one that was closed meanwhile shows its page as it was left."""
        area = self._areas[page]
        if key == LIST or key in area.documents():
            area.activate(key)
        self.show_page(page)

    def show_list(self, page: str) -> None:
        """Show the page itself, its documents stay open behind it."""
        self._areas[page].activate(LIST)
        self.show_page(page)

    def reopen(self) -> None:
        """Ask for the document that was closed last; says so when there is none."""
        open_now = {(page, key) for page, keys in self.documents().items() for key in keys}
        while self._closed:
            page, key = self._closed.pop()
            if (page, key) not in open_now:
                self.reopen_requested.emit(page, key)
                return
        self.toast.say(tr("没有刚关闭的标签。"), "info")

    def _crowded(self, title: str) -> None:
        self.toast.say(tr("已收起最早打开的“{title}”，内容已保存。", title=title), "info")

    def _document_gone(self, page: str, key: str) -> None:
        self._closed = [*self._closed[1 - _MOST_CLOSED :], (page, key)]
        self.document_closed.emit(page, key)

    def _step_tab(self, by: int) -> None:
        area = self._stack.currentWidget()
        if isinstance(area, PageArea):
            area.step(by)

    def _close_tab(self) -> None:
        area = self._stack.currentWidget()
        if isinstance(area, PageArea) and area.active != LIST:
            area.close_document(area.active)

    def _page_opener(self, at: int) -> Callable[[], None]:
        return lambda: self.show_page(self._offered[at]) if at < len(self._offered) else None

    # -- what is around the page

    def show_state(self, state: ShellState) -> None:
        """Show who sits here, the sync chip, badges and segments; the page stays."""
        self._state = state
        self.setWindowTitle(state.title)
        self.top_bar.show_state(state)
        self.navigation.set_badges(state.badges)
        self.strip.show_state(state)
        self._show_status()

    def state(self) -> ShellState:
        """Return what is shown now."""
        return self._state

    def show_segments(self, left: Sequence[Segment] | None) -> None:
        """Show a page's own words at the left of the status bar; None: the state's."""
        self._left = None if left is None else tuple(left)
        self._show_status()

    def set_search(self, search: Search) -> None:
        """Ask this for everything but pages and commands while the user types into the search box."""
        self.top_bar.search.set_search(search)

    def set_sync_primary(self, on: bool) -> None:
        """Fill 一键同步 on the home page; elsewhere it is tonal so that one button only is filled."""
        self.top_bar.sync.set_kind("primary" if on else "tonal")

    def _show_status(self) -> None:
        zoom = Segment(f"{round(typography.base_size() / tokens.NORMAL * 100)}%", key=ZOOM)
        told = len(self.toast.said)
        messages = Segment(tr("消息"), str(told) if told else "", key=MESSAGES)
        left = self._state.left if self._left is None else self._left
        *most, last = self._state.right or (None,)
        right = [segment for segment in (*most, messages, zoom, last) if segment is not None]
        self.status_bar.show_segments(left, right)

    def _segment(self, key: str) -> None:
        if key == ZOOM:
            self.zoom(1 if typography.base_size() < ZOOMS[-1] else 0)
        elif key == MESSAGES:
            self.open_messages()
        else:
            self.segment_clicked.emit(key)

    def _hit(self, code: str) -> None:
        if code.startswith(PAGE):
            self.show_page(code.removeprefix(PAGE))
        elif code.startswith(COMMAND):
            self.commands.run(code.removeprefix(COMMAND))
        else:
            self.hit_chosen.emit(code)

    # -- keys and menus

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Use a key that nothing in front took."""
        if not self.commands.take_key(event):
            super().keyPressEvent(event)

    def open_menu(self) -> None:
        """Open the menu of all commands (F10)."""
        self._show_bar()
        button = self.top_bar.menu
        self.main_menu.open_at(button.mapToGlobal(QPoint(0, button.height() + 2)))

    def open_messages(self) -> None:
        """Show the messages of this run."""
        corner = self.status_bar.mapToGlobal(QPoint(self.status_bar.width() - 8, -4))
        self.message_list.open_over(list(self.toast.said), corner, self.screen().availableGeometry())

    def _open_item(self, name: str) -> None:
        self._show_bar()
        getattr(self.top_bar, name).open_menu()

    def zoom(self, step: int) -> None:
        """Make all type larger (1), smaller (-1) or normal (0)."""
        points = next_size(typography.base_size(), ZOOMS, tokens.NORMAL, step)
        typography.set_base_size(points)
        self._fold()
        self._show_status()
        self.zoom_changed.emit(points)

    def toggle_frame(self) -> None:
        """Hide everything but the page, or show it again (F11)."""
        shown = self.navigation.isHidden()
        for part in (self.top_bar, self.navigation, self.status_bar):
            part.setVisible(shown)

    def next_pane(self) -> None:
        """Move the focus to the next pane (F6): panes of the page, navigation, search."""
        own = getattr(self.front(), "panes", None)
        inside_page = own() if callable(own) else [self.front()]
        focus_next([*inside_page, self.navigation, self.top_bar.search], self.commands.place)

    def front(self) -> QWidget | None:
        """Return the page or document in front."""
        area = self._stack.currentWidget()
        return area.current() if isinstance(area, PageArea) and self._shown else None

    def fronts(self) -> list[QWidget]:
        """Return the document in front, then its page."""
        front, area = self.front(), self._stack.currentWidget()
        if front is None or not isinstance(area, PageArea):
            return []
        return [front] if front is area.page() else [front, area.page()]

    def _message_area(self) -> QWidget:
        """Return what messages may cover."""
        own = getattr(self.front(), "message_area", None)
        named = own() if callable(own) else None
        return named if isinstance(named, QWidget) and named.isVisible() else self._stack

    def _show_bar(self) -> None:
        if self.top_bar.isHidden():
            self.toggle_frame()

    def _focus_search(self) -> None:
        self._show_bar()
        self.top_bar.search.open(self.commands.place)

    # -- size

    def _fold(self) -> None:
        self.navigation.fold(self.width() < tokens.FOLD_BELOW)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.watch.watch(self.windowHandle())
        self.standing.follow(self.windowHandle())

    def closeEvent(self, event: QCloseEvent) -> None:
        commit_typing()
        stays = next((key for key, area in self._areas.items() if not area.may_close()), "")
        if stays:
            self.show_page(stays)
            event.ignore()
            return
        self.about_to_close.emit()
        super().closeEvent(event)
