"""One page of the navigation with the documents opened from it, as tabs."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QMenu, QStackedWidget, QVBoxLayout, QWidget

from desktop.texts import tr
from desktop.ui.kit.focus import commit_typing
from desktop.ui.kit.tabs import DocumentTab, DocumentTabs

MOST_OPEN = 8
LIST = ""                   # key of the page itself among its tabs
Factory = Callable[[], QWidget]


class PageArea(QWidget):
    """The page is built when it is first shown; documents lie over it as tabs.

    Signals:
        document_closed(str): Key of a document whose tab was closed; its widget goes afterwards.
        crowded(str): Title of the document that was closed to make room for the ninth.
        reopen_requested(): The document that was closed last is wanted again.
        tabs_changed(): Another document is open, gone or in front.
    """

    document_closed = Signal(str)
    crowded = Signal(str)
    reopen_requested = Signal()
    tabs_changed = Signal()

    def __init__(self, title: str, icon: str, factory: Factory, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._factory, self._page = factory, DocumentTab(LIST, title, icon, fixed=True)
        self._documents: dict[str, tuple[DocumentTab, QWidget]] = {}
        self._recent: list[str] = []
        self._built: QWidget | None = None
        self.active = LIST
        self._tabs, self._stack = DocumentTabs(), QStackedWidget()
        self._tabs.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._tabs)
        column.addWidget(self._stack, 1)
        self._tabs.chosen.connect(self.activate)
        self._tabs.close_requested.connect(self.close_document)
        self._tabs.menu_requested.connect(self._open_menu)

    def page(self) -> QWidget:
        """Return the page, built now if it was not."""
        if self._built is None:
            self._built = self._factory()
            self._stack.addWidget(self._built)
        return self._built

    def current(self) -> QWidget:
        """Return the widget on top: the page or a document."""
        return self._documents[self.active][1] if self.active in self._documents else self.page()

    def documents(self) -> list[str]:
        """Return the keys of the open documents."""
        return list(self._documents)

    def open_document(self, key: str, title: str, factory: Factory, icon: str = "") -> QWidget:
        """Show a document's tab, built now if it is not open yet."""
        if key not in self._documents:
            if len(self._documents) >= MOST_OPEN:
                self._make_room()
            widget = factory()
            self._documents[key] = (DocumentTab(key, title, icon or self._page.icon), widget)
            self._stack.addWidget(widget)
        self.activate(key)
        return self._documents[key][1]

    def change_document(self, key: str, *, title: str | None = None, dot: bool | None = None) -> None:
        """Change a tab's title or the dot for changes that are not sent."""
        if key in self._documents:
            tab, widget = self._documents[key]
            changed = DocumentTab(key, tab.title if title is None else title, tab.icon,
                                  tab.dot if dot is None else dot)
            self._documents[key] = (changed, widget)
            self._show_tabs()

    def rename_document(self, key: str, new_key: str) -> None:
        """Give an open document another key, as when a new one was saved for the first time."""
        if key in self._documents and new_key not in self._documents:
            entries = list(self._documents.items())
            self._documents = {
                (new_key if at == key else at):
                    ((DocumentTab(new_key, tab.title, tab.icon, tab.dot), widget) if at == key else (tab, widget))
                for at, (tab, widget) in entries
            }
            self._recent = [new_key if at == key else at for at in self._recent]
            self.active = new_key if self.active == key else self.active
            self._show_tabs()

    def may_close(self) -> bool:
        """Tell whether page and documents may go with the window; the one that may not comes to the front."""
        widgets = [(LIST, self._built), *((key, widget) for key, (_, widget) in self._documents.items())]
        for key, widget in widgets:
            if widget is not None and not _may_close(widget):
                self.activate(key)
                return False
        return True

    def close_document(self, key: str) -> None:
        """Take a document's tab away unless it may not go; its page saves what was typed on `document_closed`."""
        if key not in self._documents:
            return
        _, widget = self._documents[key]
        commit_typing()
        if not _may_close(widget):
            self.activate(key)
            return
        keys = [LIST, *self._documents]
        neighbour = keys[keys.index(key) - 1]
        self.document_closed.emit(key)
        del self._documents[key]
        self._recent = [at for at in self._recent if at != key]
        self._stack.removeWidget(widget)
        widget.deleteLater()
        self.activate(neighbour if self.active == key else self.active)

    def activate(self, key: str) -> None:
        """Bring a document, or with LIST the page, to the front."""
        self.active = key if key in self._documents else LIST
        self._recent = [*(at for at in self._recent if at != key), key]
        self._stack.setCurrentWidget(self.current())
        self._show_tabs()

    def close_others(self, key: str) -> None:
        """Close every document but one; with LIST every one."""
        for other in [at for at in self._documents if at != key]:
            self.close_document(other)

    def menu(self, key: str) -> QMenu:
        """Return the menu of a tab."""
        menu = QMenu(self)
        for words, call, possible in (
            (f"{tr('关闭')}\tCtrl+W", lambda: self.close_document(key), key != LIST),
            (tr("关闭其他"), lambda: self.close_others(key), any(at != key for at in self._documents)),
            (f"{tr('重新打开刚关闭的')}\tCtrl+Shift+T", self.reopen_requested.emit, True),
        ):
            action = menu.addAction(words)
            action.triggered.connect(call)
            action.setEnabled(possible)
        return menu

    def _open_menu(self, key: str, corner: QPoint) -> None:
        menu = self.menu(key)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(corner)

    def step(self, by: int) -> None:
        """Go to the next or previous tab, around the end."""
        keys = [LIST, *self._documents]
        self.activate(keys[(keys.index(self.active) + by) % len(keys)])

    def _make_room(self) -> None:
        oldest = next(key for key in [*self._recent, *self._documents] if key in self._documents)
        title = self._documents[oldest][0].title
        self.close_document(oldest)
        if oldest not in self._documents:
            self.crowded.emit(title)

    def _show_tabs(self) -> None:
        tabs = [self._page, *(tab for tab, _ in self._documents.values())] if self._documents else []
        self._tabs.set_tabs(tabs, self.active)
        self.tabs_changed.emit()


def _may_close(widget: QWidget) -> bool:
    asked = getattr(widget, "may_close", None)
    return not callable(asked) or bool(asked())
