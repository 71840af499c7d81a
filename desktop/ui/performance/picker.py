"""The indicator library beside the goal: search, narrow, tick with Space, add with Enter."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QModelIndex, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.goal import Level1
from desktop.domain.library import Indicator
from desktop.domain.library_search import LibraryQuery
from desktop.texts import tr
from desktop.texts.words import LEVEL1
from desktop.ui.context import Context
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.icons import qcolor
from desktop.ui.kit.inputs import search_input
from desktop.ui.kit.labels import Label
from desktop.ui.kit.lists import set_up_side_list
from desktop.ui.kit.paint import hairline
from desktop.ui.kit.panels import EmptyState, Line, SectionTitle
from desktop.ui.kit.typography import px
from desktop.ui.kit.wrapping import WrapRow
from desktop.ui.performance.changes_news import LibraryNews
from desktop.ui.performance.library import MOST, NOTHING, LibraryModel
from desktop.ui.performance.library_paint import LibraryDelegate
from desktop.ui.performance.picker_filters import FilterChips, FilterPanel, cleared, is_filtered
from desktop.ui.performance.picker_list import HitList, SearchKeys
from desktop.usecases.pick_indicators import SHOWN, LibraryPage, search_library

WIDTH = 372
EXAMPLE = "wxmj"  # 维修面积
TALL = 360  # logical pixels at 10 pt: from here on, open filters leave room for all words


class Picker(QWidget):
    """Searches the library and hands on what was ticked.

    Signals:
        picked(object): A list of `Indicator` to be added to the goal.
        left(): What was added wants its values now: the goal may take the focus.
        looked_at(object): The `Indicator` under the cursor, or None.
    """

    picked = Signal(object)
    left = Signal()
    looked_at = Signal(object)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._query, self._asked, self._wanted = LibraryQuery(), 0, SHOWN
        self._levels: Sequence[Level1] = tuple(Level1)
        self.setMaximumWidth(px(WIDTH))
        self._title = SectionTitle(tr("指标库"), "", self._filter_button())
        self.search = search_input(tr("名称、拼音、首字母、编码或别名"), self._search)
        self.search.setAccessibleName(tr("搜索指标库"))
        self._keys = SearchKeys(self.search, self)
        self._filters: dict[str, Button] = {}
        self._filter_row, self.panel, self.chips = WrapRow(2), FilterPanel(), FilterChips()
        self.news = LibraryNews(context)
        self.model = LibraryModel(self._show_count, self._want_more, self)
        self.list = HitList()
        self.clear = Button(tr("清除筛选"), "second", "close")
        self._empty = EmptyState(tr("没有找到，换个词试试。"), self.clear, "search")
        self.total = Label("", "caption", "text2")
        self.add = Button(tr("加入"), "second", "plus", "Enter")
        self.look = Button(tr("看评分标准"), "flat", "eye", "F4", live=False)
        self.own = Button(tr("自拟"), "flat", "pencil", tip=tr("自拟：指标库里没有的，自己写一条"))
        self._lay_out()
        self._connect()
        self._show_count()

    def _filter_button(self) -> Button:
        self.narrow = Button("", "flat", "filter", tip=tr("筛选：类型、行业、资金用途、二级指标"))
        self.narrow.setCheckable(True)
        return self.narrow

    def _lay_out(self) -> None:
        head = QVBoxLayout()
        head.setContentsMargins(17, 6, 16, 5)
        head.setSpacing(5)
        head.addWidget(self._title)
        head.addWidget(self.news)
        head.addWidget(self.search)
        for key in ("", *(level.value for level in Level1)):
            button = Button("", "flat")
            button.setCheckable(True)
            button.set_caption()
            button.clicked.connect(self._chooser(key))
            self._filters[key] = button
            self._filter_row.add(button)
        head.addWidget(self._filter_row)
        head.addWidget(self.panel)
        head.addWidget(self.chips)
        foot = QHBoxLayout()
        foot.setContentsMargins(17, 8, 16, 9)
        foot.setSpacing(8)
        foot.addWidget(self.add)
        foot.addWidget(self.look)
        foot.addStretch(1)
        foot.addWidget(self.own)
        count = QHBoxLayout()
        count.setContentsMargins(17, 3, 16, 3)
        count.addWidget(self.total)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(Line())
        column.addWidget(self.list, 1)
        column.addWidget(self._empty, 1)
        column.addWidget(Line())
        column.addLayout(count)
        column.addLayout(foot)
        for part in (self._empty, self.panel, self.chips):
            part.hide()

    def _connect(self) -> None:
        view = self.list
        set_up_side_list(view, self.model, LibraryDelegate(view), tr("指标库"))
        view.selectionModel().currentChanged.connect(self._look_at)
        view.clicked.connect(lambda index: self._toggle(index.row()))
        view.toggled.connect(self._toggle)
        view.entered_keys.connect(lambda stay: self._pick(stay=stay))
        view.typed.connect(self._go_on_typing)
        self._keys.entered.connect(lambda stay: self._pick(stay=stay))
        self._keys.stepped.connect(self._step)
        self._keys.escaped.connect(self._escape)
        self.add.clicked.connect(lambda checked: self._pick())
        self.look.clicked.connect(lambda: self._look_at(self.list.currentIndex()))
        self.narrow.clicked.connect(self._fit)
        self.panel.wanted.connect(self._ask)
        self.chips.wanted.connect(self._ask)
        self._context.changed.connect(self._hear)
        self.clear.clicked.connect(lambda: self._ask(replace(cleared(self._query), level1="")))

    # -- what the page says

    def show_goal(
        self, function_code: str, levels: Sequence[Level1], used: frozenset[str], *,
        project_name: str = "", fiscal_year: int = 0, goal_id: str = "",
    ) -> None:
        """Say for which project is searched, which levels its form has, and what its goal holds already.

        Args:
            fiscal_year: Of the goal; what is retired by then can't be ticked. 0: nothing is.
            goal_id: The goal itself does not count as a use by this unit.
        """
        self.model.set_used(used)
        query = replace(
            self._query, function_code=function_code, project_name=project_name, fiscal_year=fiscal_year,
            except_goal=goal_id, levels=tuple(level.value for level in levels),
        )
        for key, button in self._filters.items():
            button.setVisible(key == "" or key in query.levels)
        if query != self._query or not self._asked:
            self._levels = tuple(levels)
            self._ask(query)

    def seek(self, level1: str, level2: str = "") -> None:
        """Show what there is of a level, for who lacks one there; nothing that was typed or chosen narrows it.

        Args:
            level1: Code of a level 1.
            level2: The full word of a group of it, empty for all.
        """
        self.search.clear()
        self._ask(replace(cleared(self._query), level1=level1, level2=level2))
        self.search.setFocus()

    def current(self) -> Indicator | None:
        """Return the hit under the cursor."""
        row = self.list.currentIndex().row()
        return self.model.hits[row] if 0 <= row < len(self.model.hits) else None

    # -- searching

    def _search(self, typed: str) -> None:
        self._ask(self._query)

    def _ask(self, query: LibraryQuery) -> None:
        """Search anew, with the text that stands in the field."""
        if query.level1 and query.level1 not in query.levels:
            query = replace(query, level1="", level2="")
        self._query, self._wanted = replace(query, text=self.search.text()), SHOWN
        self._run(self._show_page)

    def _hear(self, topic: str) -> None:
        """Search the edition of the library that has arrived."""
        if topic == "mirrors" and self._asked:
            self._ask(self._query)

    def _want_more(self) -> None:
        if self._wanted <= len(self.model.hits):
            self._wanted = min(len(self.model.hits) + SHOWN, MOST)
            self._run(self._lengthen)

    def _run(self, show: Callable[[LibraryPage], None]) -> None:
        self._asked += 1
        number, query, limit = self._asked, self._query, self._wanted

        def back(page: LibraryPage) -> None:
            if number == self._asked:  # an answer that a later letter has overtaken is of no use
                show(page)

        self._context.run(self, lambda books: search_library(books, query, limit), back)

    def _show_page(self, page: LibraryPage) -> None:
        version = tr("第 {version} 版", version=page.version) if page.version != "0" else ""
        self._title.set_text(tr("指标库"), " · ".join(
            part for part in (version, tr("{count} 条", count=f"{page.library_size:,}")) if part))
        self._show_levels(page)
        self.panel.show_query(self._query, page.found)
        self.chips.show_query(self._query)
        self.model.show_page(page, self._query.text, self._query.fiscal_year)
        self._show_total()
        self._fit()
        if page.hits:
            self.list.setCurrentIndex(self.model.index(0))
            self.list.scrollToTop()
        else:
            self._say_nothing_found()
            self.looked_at.emit(None)

    def _lengthen(self, page: LibraryPage) -> None:
        self.model.lengthen(page)
        self._show_total()

    def _show_levels(self, page: LibraryPage) -> None:
        counts = {"": sum(page.found.level1.values()), **page.found.level1}
        for key, button in self._filters.items():
            word = tr("全部") if not key else LEVEL1[key].removesuffix(tr("指标"))
            button.setText(f"{word} {counts.get(key, 0):,}")
            button.setAccessibleName(button.text())
            button.setChecked(key == self._query.level1)

    def _show_total(self) -> None:
        total, shown = self.model.page.found.total, len(self.model.hits)
        words = tr("共 {total} 条，先看前 {shown} 条", total=f"{total:,}", shown=shown)
        if total <= shown:
            words = tr("共 {total} 条", total=f"{total:,}")
        if self.model.page.found.loose:
            words = tr("没有完全对上的，相近的 {words}", words=words)
        first = not self._query.text.strip() and self._query.function_code
        self.total.setText(tr("适合本项目的排在前面 · {words}", words=words) if first else words)

    def _say_nothing_found(self) -> None:
        typed, filtered = self._query.text.strip(), is_filtered(self._query) or bool(self._query.level1)
        if not self.model.page.library_size:
            self._empty.set_sentence(tr("还没有收到财政的指标库。同步一次，或导入离线包，就能从这里勾选。"))
        elif filtered:
            words = tr("按现在的筛选没有找到“{typed}”。", typed=typed) if typed else tr("按现在的筛选没有指标。")
            self._empty.set_sentence(tr("{words}可以清除筛选，在整个指标库里找。", words=words))
        else:
            self._empty.set_sentence(tr("没有找到“{typed}”。可以少打几个字，或打拼音首字母，例如 {example}；"
                                        "几个词用空格隔开。", typed=typed, example=EXAMPLE))
        self.clear.setVisible(filtered and bool(self.model.page.library_size))

    def _chooser(self, key: str) -> Callable[[], None]:
        return lambda: self._ask(replace(self._query, level1=key, level2=""))

    def _fit(self) -> None:
        """Show filters, list or the word that there is nothing, as far as there is room."""
        opened, some = self.narrow.isChecked(), bool(self.model.hits) or self.model.page is NOTHING
        self.panel.setVisible(opened)
        self.total.setVisible(not opened or self.height() >= px(TALL))  # the first filter says the number too
        self.chips.setVisible(not opened and is_filtered(self._query))
        self.list.setVisible(some)
        self._empty.setVisible(not some)

    # -- ticking and adding

    def _show_count(self) -> None:
        count = len(self.model.ticked)
        self.add.setText(tr("加入 {count} 条", count=count) if count else tr("加入"))
        self.add.setToolTip("\n".join(one.name for one in self.model.ticked.values()))

    def _toggle(self, row: int) -> None:
        if not self.model.toggle(row) and 0 <= row < len(self.model.hits):
            self._refuse(self.model.hits[row])

    def _refuse(self, one: Indicator) -> None:
        """Say why a hit can't be picked, and lead to what takes its place."""
        if one.code in self.model.used:
            self._context.say(tr("“{name}”已经在目标里了。", name=one.name), "info")
            return
        successor = self.model.page.successors.get(one.code)
        if successor is None:
            self._context.say(tr("“{name}”已停用，不能用于新的绩效目标。请另选一条。", name=one.name), "warning")
            return
        text = tr("“{name}”已停用，请改用“{other}”。", name=one.name, other=successor.name)
        self._context.say(text, "warning", action=tr("找到它"), call=lambda: self.search.setText(successor.code))

    def _pick(self, *, stay: bool = False) -> None:
        wanted = list(self.model.ticked.values())
        current = self.current()
        if not wanted and current is not None:
            if current.code in self.model.used or not self.model.is_open(current):
                self._refuse(current)
                return
            wanted = [current]
        if wanted:
            self.picked.emit(wanted)
            if not stay:
                self.left.emit()

    def _look_at(self, index: QModelIndex) -> None:
        self.looked_at.emit(self.model.hits[index.row()] if index.isValid() else None)

    # -- keys

    def _go_on_typing(self, text: str) -> None:
        self.search.setFocus()
        if text == "\b":
            self.search.backspace()
        elif text:
            self.search.setText(self.search.text() + text)

    def _step(self, step: int) -> None:
        """Go from the field into the list: ↓ to the hit that is marked already, the first one of a new search."""
        row = min(max(self.list.currentIndex().row() + min(step, 0), 0), len(self.model.hits) - 1)
        self.list.setFocus()
        self.list.setCurrentIndex(self.model.index(row))

    def _escape(self) -> None:
        """Take away the text, then the filters, then leave the field for the goal."""
        if self.search.text():
            self.search.clear()
        elif is_filtered(self._query) or self._query.level1:
            self._ask(replace(cleared(self._query), level1=""))
        else:
            self.left.emit()

    def sizeHint(self) -> QSize:
        return QSize(px(WIDTH), super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), qcolor("base"))
        hairline(painter, self.rect(), "left")
