"""The indicator library beside the goal: search, tick with Space, add with Enter."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QListView, QVBoxLayout, QWidget

from desktop.domain.goal import Level1
from desktop.domain.library import Indicator
from desktop.domain.library_search import LibraryQuery
from desktop.texts import tr
from desktop.texts.words import LEVEL1
from desktop.ui.context import Context
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.icons import qcolor
from desktop.ui.kit.inputs import search_input
from desktop.ui.kit.lists import set_up_side_list
from desktop.ui.kit.paint import hairline
from desktop.ui.kit.panels import EmptyState, Line, SectionTitle
from desktop.ui.kit.typography import px
from desktop.ui.performance.library import LibraryDelegate, LibraryModel, counts
from desktop.usecases.pick_indicators import LibraryPage, search_library

WIDTH = 372
_HELD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class _HitList(QListView):
    """Space ticks, Enter adds, a letter goes on in the search field."""

    toggled = Signal(int)
    entered_keys = Signal()
    typed = Signal(str)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            self.toggled.emit(self.currentIndex().row())
        elif event.key() in _ENTER:
            self.entered_keys.emit()
        elif event.text().strip() and event.text().isprintable() and not event.modifiers() & _HELD:
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)


class Picker(QWidget):
    """Searches the library and hands on what was ticked.

    Signals:
        picked(object): A list of `Indicator` to be added to the goal.
        looked_at(object): The `Indicator` under the cursor, or None.
    """

    picked = Signal(object)
    looked_at = Signal(object)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._function_code, self._asked = "", 0
        self._levels: Sequence[Level1] = tuple(Level1)
        self._found: Sequence[Indicator] = ()
        self._level = self._level2 = ""
        self.setFixedWidth(px(WIDTH))
        self._title = SectionTitle(tr("指标库"))
        self.search = search_input(tr("名称、编码或拼音首字母"), self._search)
        self.search.setAccessibleName(tr("搜索指标库"))
        self.search.installEventFilter(self)
        self._filters: dict[str, Button] = {}
        self._filter_row = QHBoxLayout()
        self.model = LibraryModel(self._show_count, self)
        self.list = _HitList()
        self._empty = EmptyState(tr("没有找到，换个词试试。"), None, "search")
        self.add = Button(tr("加入"), "second", "plus", "Enter")
        self.look = Button(tr("看评分标准"), "flat", "eye")
        self._lay_out()
        self._connect()
        self._show_count()

    def _lay_out(self) -> None:
        head = QVBoxLayout()
        head.setContentsMargins(17, 8, 16, 5)
        head.setSpacing(6)
        head.addWidget(self._title)
        head.addWidget(self.search)
        self._filter_row.setSpacing(6)
        for key in ("", *(level.value for level in Level1)):
            button = Button("", "flat")
            button.setCheckable(True)
            button.set_caption()
            button.clicked.connect(self._chooser(key))
            self._filters[key] = button
            self._filter_row.addWidget(button)
        self._filter_row.addStretch(1)
        head.addLayout(self._filter_row)
        foot = QHBoxLayout()
        foot.setContentsMargins(17, 9, 16, 10)
        foot.setSpacing(8)
        foot.addWidget(self.add)
        foot.addWidget(self.look)
        foot.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(Line())
        column.addWidget(self.list, 1)
        column.addWidget(self._empty, 1)
        column.addWidget(Line())
        column.addLayout(foot)
        self._empty.hide()

    def _connect(self) -> None:
        view = self.list
        set_up_side_list(view, self.model, LibraryDelegate(view), tr("指标库"))
        view.selectionModel().currentChanged.connect(self._look_at)
        view.clicked.connect(lambda index: self.model.toggle(index.row()))
        view.toggled.connect(self.model.toggle)
        view.entered_keys.connect(self._pick)
        view.typed.connect(self._go_on_typing)
        self.add.clicked.connect(self._pick)
        self.look.clicked.connect(lambda: self._look_at(self.list.currentIndex()))

    # -- what the page says

    def show_goal(self, function_code: str, levels: Sequence[Level1], used: frozenset[str]) -> None:
        """Say for which function code is searched, which levels the form has, and what it holds already."""
        again = function_code != self._function_code or tuple(levels) != tuple(self._levels)
        self._function_code, self._levels = function_code, tuple(levels)
        self.model.set_used(used)
        for key, button in self._filters.items():
            button.setVisible(key == "" or any(level.value == key for level in levels))
        if again or not self._asked:
            self._search(self.search.text())

    def narrow(self, level1: str, level2: str = "") -> None:
        """Show only what there is of a level, for who lacks one there; typing or 全部 shows everything again.

        Args:
            level1: Code of a level 1.
            level2: The full word of a group of it, empty for all.
        """
        self._level, self._level2 = level1, level2
        self.search.clear()
        self._search("")

    def current(self) -> Indicator | None:
        """Return the hit under the cursor."""
        row = self.list.currentIndex().row()
        return self.model.hits[row] if 0 <= row < len(self.model.hits) else None

    # -- searching

    def _search(self, typed: str) -> None:
        self._level2 = "" if typed else self._level2
        self._asked += 1
        number, function_code = self._asked, self._function_code

        def back(page: LibraryPage) -> None:
            if number == self._asked:  # an answer that a later letter has overtaken is of no use
                self._show_page(page)

        self._context.run(self, lambda books: search_library(books, LibraryQuery(typed, function_code=function_code)), back)

    def _show_page(self, page: LibraryPage) -> None:
        version = tr("第 {version} 版", version=page.version) if page.version != "0" else ""
        self._title.set_text(tr("指标库"), " · ".join(
            part for part in (version, tr("{count} 条", count=f"{page.library_size:,}")) if part))
        self._found = [one for one in page.hits if one.level1 in self._levels]
        self._show_hits()

    def _show_hits(self) -> None:
        totals = counts(self._found, self._levels)
        if not totals.get(self._level):
            self._level = ""
        for key, button in self._filters.items():
            word = tr("全部") if not key else LEVEL1[key].removesuffix(tr("指标"))
            button.setText(f"{word} {totals.get(key, 0)}")
            button.setAccessibleName(button.text())
            button.setChecked(key == self._level)
        hits = [one for one in self._found
                if self._level in ("", one.level1.value) and self._level2 in ("", one.level2)]
        self.model.show_hits(hits, self.search.text())
        self.list.setVisible(bool(hits))
        self._empty.setVisible(not hits)
        if hits:
            self.list.setCurrentIndex(self.model.index(0))
        else:
            self.looked_at.emit(None)

    def _chooser(self, key: str) -> Callable[[], None]:
        def choose() -> None:
            self._level, self._level2 = key, ""
            self._show_hits()

        return choose

    # -- ticking and adding

    def _show_count(self) -> None:
        count = len(self.model.ticked)
        self.add.setText(tr("加入 {count} 条", count=count) if count else tr("加入"))

    def _pick(self) -> None:
        wanted = list(self.model.ticked.values())
        current = self.current()
        if not wanted and current is not None and current.code not in self.model.used:
            wanted = [current]
        if wanted:
            self.picked.emit(wanted)

    def _look_at(self, index: QModelIndex) -> None:
        self.looked_at.emit(self.model.hits[index.row()] if index.isValid() else None)

    def _go_on_typing(self, text: str) -> None:
        self.search.setFocus()
        self.search.setText(self.search.text() + text)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let Enter add and the arrows walk through the hits while the search field has the focus."""
        if watched is self.search and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in _ENTER:
                self._pick()
                return True
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
                step = 1 if event.key() == Qt.Key.Key_Down else -1
                row = min(max(self.list.currentIndex().row() + step, 0), len(self.model.hits) - 1)
                self.list.setFocus()
                self.list.setCurrentIndex(self.model.index(row))
                return True
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), qcolor("base"))
        hairline(painter, self.rect(), "left")


