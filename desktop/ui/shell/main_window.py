"""The window: top bar, navigation, pages with their documents, status bar; no business inside."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QByteArray, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from desktop.ui.kit import tokens, typography
from desktop.ui.kit.focus import commit_typing, give_back
from desktop.ui.kit.icons import qcolor
from desktop.ui.kit.labels import Label
from desktop.ui.kit.toast import Toast
from desktop.ui.shell.navigation import Navigation, NavItem
from desktop.ui.shell.page_area import LIST, Factory, PageArea
from desktop.ui.shell.search_box import Search
from desktop.ui.shell.state import Segment, ShellState
from desktop.ui.shell.status_bar import StatusBar
from desktop.ui.shell.top_bar import TopBar

ZOOMS = tuple(tokens.BASE_SIZES.values())
ZOOM = "zoom"


class MainWindow(QMainWindow):
    """The frame of the program.

    Signals:
        sync_requested(): 一键同步 or F12.
        officer_switch_requested(str): Another person's id was chosen.
        page_requested(str): A page was shown, by the user or by `show_page`.
        hit_chosen(str): Code of a row that the caller's search gave.
        document_closed(str, str): Page key and document key.
        segment_clicked(str): Key of a status bar segment.
        zoom_changed(float): Points of body text, to be remembered.
        about_to_close(): The window closes; pages save what they hold.
    """

    sync_requested = Signal()
    officer_switch_requested = Signal(str)
    page_requested = Signal(str)
    hit_chosen = Signal(str)
    document_closed = Signal(str, str)
    segment_clicked = Signal(str)
    zoom_changed = Signal(float)
    about_to_close = Signal()

    def __init__(self, state: ShellState | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state or ShellState()
        self._areas: dict[str, PageArea] = {}
        self._shown = ""
        self._left: tuple[Segment, ...] | None = None
        self.top_bar, self.navigation, self.status_bar = TopBar(), Navigation(), StatusBar()
        self._stack, self._strip = QStackedWidget(), _Strip()
        self._lay_out()
        self.toast = Toast(self, self._message_area)
        self._connect()
        self._add_shortcuts()
        self.setMinimumSize(800, 480)
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
        column.addWidget(self._strip)
        column.addWidget(self.top_bar)
        column.addLayout(middle, 1)
        column.addWidget(self.status_bar)
        self.setCentralWidget(inside)

    def _connect(self) -> None:
        self.top_bar.sync_clicked.connect(self.sync_requested)
        self.top_bar.officer_chosen.connect(self.officer_switch_requested)
        self.top_bar.chip_clicked.connect(lambda: self.show_page("sync"))
        self.top_bar.search.chosen.connect(self._hit)
        self.navigation.chosen.connect(self.show_page)
        self.status_bar.clicked.connect(self._segment)

    def _add_shortcuts(self) -> None:
        for keys, call in (
            ("F12", self._sync_by_key), ("Ctrl+K", self._focus_search),
            ("F4", self.toggle_inspector), ("F6", self.next_pane),
            ("F11", self.toggle_frame), ("Ctrl+=", lambda: self.zoom(1)), ("Ctrl++", lambda: self.zoom(1)),
            ("Ctrl+-", lambda: self.zoom(-1)), ("Ctrl+0", lambda: self.zoom(0)),
            ("Ctrl+Tab", lambda: self._step_tab(1)), ("Ctrl+Shift+Tab", lambda: self._step_tab(-1)),
            ("Ctrl+W", self._close_tab),
        ):
            QShortcut(QKeySequence(keys), self, call)

    # -- pages and documents

    def add_page(self, key: str, text: str, icon: str, factory: Factory, *, initials: str = "") -> None:
        """Register a page; it is built when it is first shown.

        Args:
            key: Unique; "sync" is where the sync chip leads.
            factory: Makes the page's widget.
            initials: Pinyin initials for the search.
        """
        area = PageArea(text, icon, factory)
        area.document_closed.connect(lambda document, page=key: self.document_closed.emit(page, document))
        area.crowded.connect(lambda title: self.toast.say(f"已收起最早打开的“{title}”，内容已保存。", "info"))
        self._areas[key] = area
        self._stack.addWidget(area)
        self.navigation.add(NavItem(key, text, icon))
        self.top_bar.search.add_page(key, text, initials)
        number = len(self._areas)
        if number <= 10:
            QShortcut(QKeySequence(f"Alt+{number % 10}"), self, lambda: self.show_page(key))

    def show_page(self, key: str) -> None:
        """Bring a page to the front as it was left; an unknown key changes nothing."""
        area = self._areas.get(key)
        if area is None:
            return
        if key == self._shown:
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

    def show_list(self, page: str) -> None:
        """Show the page itself, its documents stay open behind it."""
        self._areas[page].activate(LIST)
        self.show_page(page)

    def _step_tab(self, by: int) -> None:
        area = self._stack.currentWidget()
        if isinstance(area, PageArea):
            area.step(by)

    def _close_tab(self) -> None:
        area = self._stack.currentWidget()
        if isinstance(area, PageArea) and area.active != LIST:
            area.close_document(area.active)

    # -- what is around the page

    def show_state(self, state: ShellState) -> None:
        """Show who sits here, the sync chip, badges and segments; the page stays."""
        self._state = state
        self.setWindowTitle(state.title)
        self.top_bar.show_state(state)
        self.navigation.set_badges(state.badges)
        self._strip.show_words(state.strip)
        self._show_status()

    def state(self) -> ShellState:
        """Return what is shown now."""
        return self._state

    def show_segments(self, left: Sequence[Segment] | None) -> None:
        """Show a page's own words at the left of the status bar; None: the state's."""
        self._left = None if left is None else tuple(left)
        self._show_status()

    def set_search(self, search: Search) -> None:
        """Ask this for documents while the user types into the search box."""
        self.top_bar.search.set_search(search)

    def set_sync_primary(self, on: bool) -> None:
        """Fill 一键同步 on the home page; elsewhere it is tonal so that one button only is filled."""
        self.top_bar.sync.set_kind("primary" if on else "tonal")

    def _show_status(self) -> None:
        zoom = Segment(f"{round(typography.base_size() / tokens.NORMAL * 100)}%", key=ZOOM)
        left = self._state.left if self._left is None else self._left
        *most, last = self._state.right or (None,)
        right = [segment for segment in (*most, zoom, last) if segment is not None]
        self.status_bar.show_segments(left, right)

    def _segment(self, key: str) -> None:
        if key == ZOOM:
            self.zoom(1 if typography.base_size() < ZOOMS[-1] else 0)
        else:
            self.segment_clicked.emit(key)

    def _hit(self, code: str) -> None:
        if code.startswith("page:"):
            self.show_page(code.removeprefix("page:"))
        else:
            self.hit_chosen.emit(code)

    # -- keys

    def zoom(self, step: int) -> None:
        """Make all type larger (1), smaller (-1) or normal (0)."""
        at = ZOOMS.index(typography.base_size()) if typography.base_size() in ZOOMS else 1
        points = tokens.NORMAL if step == 0 else ZOOMS[min(max(at + step, 0), len(ZOOMS) - 1)]
        typography.set_base_size(points)
        self._fold()
        self._show_status()
        self.zoom_changed.emit(points)

    def toggle_frame(self) -> None:
        """Hide everything but the page, or show it again (F11)."""
        shown = self.navigation.isHidden()
        for part in (self.top_bar, self.navigation, self.status_bar):
            part.setVisible(shown)

    def toggle_inspector(self) -> None:
        """Hand F4 to what is in front, if it has an inspector."""
        toggle = self._front_call("toggle_inspector")
        if toggle is not None:
            toggle()

    def next_pane(self) -> None:
        """Move the focus to the next pane (F6): panes of the page, navigation, search."""
        own = self._front_call("panes")
        panes: list[QWidget] = [*(own() if own is not None else [self._front()] if self._front() else []),
                                self.navigation, self.top_bar.search]
        panes = [pane for pane in panes if pane is not None and pane.isVisible()]
        inside = [at for at, pane in enumerate(panes) if pane.hasFocus() or pane.isAncestorOf(self.focusWidget())]
        if panes:
            panes[((inside[0] if inside else -1) + 1) % len(panes)].setFocus(Qt.FocusReason.TabFocusReason)

    def _front(self) -> QWidget | None:
        area = self._stack.currentWidget()
        return area.current() if isinstance(area, PageArea) else None

    def _message_area(self) -> QWidget:
        """Return what messages may cover: what the page in front names, else the whole page."""
        own = getattr(self._front(), "message_area", None)
        named = own() if callable(own) else None
        return named if isinstance(named, QWidget) and named.isVisible() else self._stack

    def _front_call(self, name: str) -> Callable[..., list[QWidget]] | None:
        found = getattr(self._front(), name, None)
        return found if callable(found) else None

    def _sync_by_key(self) -> None:
        place = commit_typing()
        self.top_bar.sync.click()
        give_back(place)

    def _focus_search(self) -> None:
        if self.top_bar.isHidden():
            self.toggle_frame()
        self.top_bar.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.top_bar.search.selectAll()

    # -- size

    def _fold(self) -> None:
        self.navigation.fold(self.width() < tokens.FOLD_BELOW)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def layout_state(self) -> bytes:
        """Return size and place of the window, to be kept."""
        return bytes(self.saveGeometry().data())

    def restore_layout(self, kept: bytes) -> bool:
        """Take size and place from before; Qt moves the window onto a screen that exists."""
        return self.restoreGeometry(QByteArray(kept))

    def closeEvent(self, event: QCloseEvent) -> None:
        commit_typing()
        self.about_to_close.emit()
        super().closeEvent(event)


class _Strip(QWidget):
    """A thin amber strip over everything, as in the practice workspace."""

    def __init__(self) -> None:
        super().__init__()
        self._label = Label("", "caption", "warn", bold=True)
        self._label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setAutoFillBackground(True)
        colors = self.palette()
        colors.setColor(colors.ColorRole.Window, qcolor("warnbg"))
        self.setPalette(colors)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 2, 8, 2)
        row.addWidget(self._label)

    def show_words(self, words: str) -> None:
        self._label.setText(words)
        self.setVisible(bool(words))
